/* What the desk's callers came to today. */
#include "app/core/desk/day.h"

#include <string.h>

#include "app/core/order/holds.h"
#include "app/core/order/shares.h"
#include "app/core/terms/assert.h"

static const char *const way_words[DESK_WAY_COUNT] = {
    [DESK_WAY_PHONE] = "ONE_BAR",    [DESK_WAY_CODE] = "ONE_QR", [DESK_WAY_POS1] = "POS",
    [DESK_WAY_POS2] = "POS",         [DESK_WAY_CASH] = "CASH",   [DESK_WAY_FACE] = "ALI_FACE",
    [DESK_WAY_INSURED] = "INSURANCE"};

static bool ends_with(const char *word, const char *end) {
    size_t length = strlen(word), tail = strlen(end);
    return length >= tail && strcmp(word + length - tail, end) == 0;
}

enum desk_way desk_way_of_word(const char *word) {
    if (ends_with(word, "_BAR"))
        return DESK_WAY_PHONE;
    if (ends_with(word, "_QR"))
        return DESK_WAY_CODE;
    for (int way = 1; way < DESK_WAY_COUNT; way++)
        if (strcmp(word, way_words[way]) == 0)
            return (enum desk_way)way;
    return DESK_WAY_NONE;
}

enum desk_way desk_way_of(const char *word, const char *pos_no) {
    enum desk_way way = desk_way_of_word(word);
    return way == DESK_WAY_POS1 && pos_no[0] == '2' ? DESK_WAY_POS2 : way;
}

enum desk_way desk_way_of_order(const struct order *order) {
    return desk_way_of(order->caller_channel, order_shown_leg(order)->pos_no);
}

const char *desk_way_word(enum desk_way way) {
    CORE_ASSERT(way > DESK_WAY_NONE && way < DESK_WAY_COUNT);
    return way_words[way];
}

static bool is_undecided(const struct desk_row *row) {
    switch (row->verdict) {
    case VERDICT_NONE:
    case VERDICT_ASKING:
    case VERDICT_UNKNOWN:
    case VERDICT_WINDOW:
    case VERDICT_LATE:
    case VERDICT_REFUNDING:
    case VERDICT_REFUND_UNCONFIRMED:
        return true;
    case VERDICT_NOT_PAID:
        return row->may_settle;
    case VERDICT_CREDITED:
    case VERDICT_UNPROVEN: /* of the insurance's alone: nothing more will be heard of it */
    case VERDICT_RETURNED:
    case VERDICT_PARTLY:
    case VERDICT_LATE_RETURNED:
    case VERDICT_REFUNDED:
    case VERDICT_REFUND_PARTLY:
    case VERDICT_REFUND_REFUSED:
    case VERDICT_SETTLED:
    case VERDICT_COUNT:
        break;
    }
    return false;
}

/* It is shown, nothing is decided by it: what is too much for a sum ends no day. */
static void add_fen(struct fen *sum, struct fen amount) {
    if (!money_add(*sum, amount, sum))
        sum->fen = MONEY_MAX_FEN;
}

/* What was paid in cash is among what went back of cash. */
static void add_handed(struct desk_day *day, const struct order *order,
                       const struct order_since *since) {
    if (desk_way_of_order(order) == DESK_WAY_CASH)
        return;
    for (int i = 0; i < order->refund_count; i++)
        if (order->refunds[i].in_cash && order->refunds[i].state == REFUND_DONE &&
            since->refunded[i])
            add_fen(&day->handed, order->refunds[i].amount);
}

/* Of one that was opened before the shift, what went back in it. The desk's own refunds; they are
 * of one claim. */
static void add_earlier(struct desk_day *day, const struct order *order,
                        const struct order_since *since) {
    add_handed(day, order, since);
    struct fen *returned = &day->totals[desk_way_of_order(order)].returned;
    for (int i = 0; i < order->refund_count; i++) {
        const struct refund *refund = &order->refunds[i];
        if (refund->caller_no[0] != '\0' && refund->state == REFUND_DONE && since->refunded[i])
            add_fen(returned, refund->amount);
    }
}

static void sum_row(struct desk_day *day, const struct order *order, const struct desk_row *row,
                    const struct order_since *since) {
    struct order_sums sums = order_sums(order);
    struct desk_total *total = &day->totals[row->way];
    struct fen refunded = order->claims[0].refunded;
    if (is_undecided(row)) {
        day->undecided++;
        add_fen(&day->due, row->amount);
    }
    if (!since->opened) {
        add_earlier(day, order, since);
        return;
    }
    day->shift_calls++;
    add_handed(day, order, since);
    bool credited = sums.credited.fen + refunded.fen > 0;
    bool lies_there = is_undecided(row) || (order->resolved && order->kept);
    if (lies_there && row->way == DESK_WAY_CASH && !credited)
        add_fen(&day->held, row->amount);
    if (!credited)
        return;
    total->count++;
    add_fen(&total->paid, sums.credited);
    add_fen(&total->paid, refunded);
    add_fen(&total->returned, refunded);
}

void desk_day_add(struct desk_day *day, const struct order *order,
                  const struct order_since *since) {
    if (order->caller_no[0] == '\0')
        return;
    if (order->created_ms < day->start_ms && !since->opened) {
        add_earlier(day, order, since);
        return;
    }
    struct desk_row row = {.service = order->service,
                           .account_type = order->person.account_type,
                           .way = desk_way_of_order(order),
                           .verdict = order_verdict(order),
                           .created_ms = order->created_ms,
                           .amount = order_amount(order),
                           .received = order->received,
                           .returned = order_sums(order).returned};
    row.may_settle = row.verdict == VERDICT_NOT_PAID && order_may_settle_yet(order);
    memcpy(row.order_no, order->no, sizeof row.order_no);
    memcpy(row.caller_no, order->caller_no, sizeof row.caller_no);
    memcpy(row.masked_name, order->person.masked_name, sizeof row.masked_name);
    if (verdict_has_case(row.verdict))
        order_case_no(order, row.case_no);
    sum_row(day, order, &row, since);
    if (day->whole++ >= day->skip && day->count < DESK_ROWS_MAX)
        day->rows[day->count++] = row;
}

struct fen desk_shift_expected(const struct desk_shift *shift) {
    return (struct fen){shift->taken.fen + shift->held.fen - shift->returned.fen};
}

struct fen desk_day_drawer(const struct desk_day *day) {
    const struct desk_total *cash = &day->totals[DESK_WAY_CASH];
    return (struct fen){cash->paid.fen + day->held.fen - cash->returned.fen - day->handed.fen};
}
