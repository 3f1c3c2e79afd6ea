#include "app/core/order/payments.h"

#include <string.h>

#include "app/core/order/holds.h"
#include "app/core/order/shares.h"

/* 0 also as long as any of it is still on its way back. */
static int64_t last_return_ms(const struct order *order) {
    int64_t last_ms = 0;

    if (order_state(order) == ORDER_RETURNING)
        return 0;
    for (int i = 0; i < order->refund_count; i++)
        if (order->refunds[i].state == REFUND_DONE && order->refunds[i].done_ms > last_ms)
            last_ms = order->refunds[i].done_ms;
    return last_ms;
}

void payment_of_order(const struct order *order, struct payment *out) {
    const struct leg *leg = order_shown_leg(order);
    struct payment row = {.service = order->service,
                          .account_type = order->person.account_type,
                          .portal_keeps = !order_portal_returns(leg),
                          .of_caller = order->caller_no[0] != '\0',
                          .route = leg->route,
                          .channel = leg->paid_by != CHANNEL_NONE ? leg->paid_by : leg->channel,
                          .verdict = order_verdict(order),
                          .perhaps_paid = order_perhaps_paid(order),
                          .may_settle = order_verdict(order) == VERDICT_NOT_PAID &&
                                        order_may_settle_yet(order),
                          .created_ms = order->created_ms,
                          .paid_ms = leg->paid_ms,
                          .returned_ms = last_return_ms(order),
                          .amount = order_amount(order),
                          .returned = order_sums(order).returned};

    memcpy(row.order_no, order->no, sizeof row.order_no);
    if (verdict_has_case(row.verdict))
        order_case_no(order, row.case_no);
    *out = row;
}

bool payments_add(struct payment_list *list, const struct order *order) {
    int row = list->count;

    if (row == PAYMENTS_MAX || list->item_count + order->claim_count > PAYMENT_ITEMS_MAX) {
        list->more = true;
        return false;
    }
    payment_of_order(order, &list->rows[row]);
    list->rows[row].returnable = patient_keys_agree(&order->person.keys, &list->keys);
    list->rows[row].first_item = list->item_count;
    list->rows[row].item_count = order->claim_count;
    list->count++;
    for (int i = 0; i < order->claim_count; i++) {
        const struct claim *claim = &order->claims[i];
        list->items[list->item_count++] =
            (struct payment_item){.payment = row,
                                  .claim = i,
                                  .state = claim->state,
                                  .unproven = claim->unproven,
                                  .taken_elsewhere = claim->taken_elsewhere,
                                  .to_window = order_is_to_window(order, i),
                                  .amount = claim->amount,
                                  .refunded = claim->refunded,
                                  .insured = order_settles_insured(order_shown_leg(order)),
                                  .own = order_own_alone(order, i),
                                  .uncrediting = order_uncrediting(order, i)};
    }
    return true;
}

#define TERMINAL_NO_AT 12 /* in an order's number, of both forms */

static bool payments_have(const struct payment_list *list, const char *order_no) {
    for (int i = 0; i < list->count; i++)
        if (strcmp(list->rows[i].order_no, order_no) == 0)
            return true;
    return false;
}

/* The oldest makes room, with its items, which are the last. */
static void drop_oldest(struct payment_list *list) {
    list->more = true;
    list->count--;
    if (list->rows[list->count].elsewhere[0] == '\0')
        list->item_count = list->rows[list->count].first_item;
}

void payments_add_elsewhere(struct payment_list *list, const struct order *order) {
    struct payment row;
    int at = 0;

    if (!patient_keys_meet(&order->person.keys, &list->keys) || payments_have(list, order->no))
        return;
    while (at < list->count && list->rows[at].created_ms >= order->created_ms)
        at++;
    if (at == PAYMENTS_MAX) {
        list->more = true;
        return;
    }
    if (list->count == PAYMENTS_MAX)
        drop_oldest(list);
    payment_of_order(order, &row);
    memcpy(row.elsewhere, order->no + TERMINAL_NO_AT, sizeof row.elsewhere - 1);
    memmove(&list->rows[at + 1], &list->rows[at],
            (size_t)(list->count - at) * sizeof list->rows[0]);
    list->rows[at] = row;
    list->count++;
    for (int i = 0; i < list->item_count; i++)
        list->items[i].payment += list->items[i].payment >= at;
}
