#include "app/core/desk/choices.h"

#include <string.h>

#include "app/core/desk/parts.h"
#include "app/core/order/shares.h"

struct fen desk_left_to_refund(const struct order *order) {
    return (struct fen){order->claims[0].amount.fen - order->claims[0].refunded.fen};
}

/* Only what is definitely not paid is called so. */
static enum call_refusal obstacle_of_news(enum call_news news) {
    switch (news) {
    case CALL_PAID:
        return CALL_TAKEN;
    case CALL_UNPAID:
    case CALL_RETURNED:
        return CALL_NOT_PAID;
    case CALL_WITH_PERSON:
        return CALL_IN_CASE;
    case CALL_UNDER_WAY:
    case CALL_PLACED:
    case CALL_UNSURE:
    case CALL_CONFLICTS:
        break;
    }
    return CALL_BUSY;
}

/* Why nothing of it can go back now. What a kill could still undo decides nothing. */
enum call_refusal desk_refund_obstacle(const struct order *order) {
    enum call_refusal obstacle = obstacle_of_news(desk_payment_news(order));
    if (order->run.durable_wait != 0 || order->claims[0].state == CLAIM_UNCREDITING)
        return CALL_BUSY;
    if (obstacle == CALL_IN_CASE && order->resolved) /* nobody decides about it any more */
        return CALL_REFUSED;
    if (obstacle != CALL_TAKEN)
        return obstacle;
    bool all_back = order->claims[0].state == CLAIM_REFUNDED || desk_left_to_refund(order).fen <= 0;
    return all_back ? CALL_NOTHING_LEFT : CALL_TAKEN;
}

/* What a visit has paid may be several things at once, or elsewhere: the desk gives back what was
 * paid by onepay for one. */
bool desk_gives_back(const struct order *order) {
    return order->leg_count == 1 && order->claim_count == 1 &&
           (order_shown_leg(order)->route == ROUTE_ONEPAY || order_is_desk_card(order));
}

bool desk_is_insured(const struct order *order) {
    return order->caller_no[0] != '\0' && order->leg_count == 1 &&
           order_shown_leg(order)->channel == CHANNEL_INSURANCE;
}

struct desk_choice desk_choice_of(const struct order *order) {
    struct desk_choice choice = {.service = order->service,
                                 .account_type = order->person.account_type,
                                 .way = desk_way_of_order(order),
                                 .paid = order_amount(order),
                                 .before = order->claims[0].refunded,
                                 .paid_ms = order_shown_leg(order)->paid_ms,
                                 .obstacle = desk_gives_back(order) ? desk_refund_obstacle(order)
                                                                    : CALL_REFUSED};
    memcpy(choice.caller_no, order->caller_no, sizeof choice.caller_no);
    memcpy(choice.caller_channel, order->caller_channel, sizeof choice.caller_channel);
    memcpy(choice.trace_no, desk_trace_no(order), strlen(desk_trace_no(order)) + 1);
    return choice;
}

static bool stands_before(const struct desk_choice *a, const struct desk_choice *b) {
    bool a_can = a->obstacle == CALL_TAKEN, b_can = b->obstacle == CALL_TAKEN;
    return a_can != b_can ? a_can : a->paid_ms > b->paid_ms;
}

static void insert_choice(struct desk_choices *choices, const struct desk_choice *choice) {
    int at = choices->count;
    while (at > 0 && stands_before(choice, &choices->rows[at - 1]))
        at--;
    choices->more |= choices->count == DESK_CHOICES_MAX;
    if (at == DESK_CHOICES_MAX)
        return;
    int kept = choices->count < DESK_CHOICES_MAX ? choices->count++ : DESK_CHOICES_MAX - 1;
    memmove(&choices->rows[at + 1], &choices->rows[at],
            (size_t)(kept - at) * sizeof choices->rows[0]);
    choices->rows[at] = *choice;
}

/* What nobody has paid is no payment; a channel is also what the desk calls it. */
void desk_choices_add(struct desk_choices *choices, const struct order *order,
                      const char *channel) {
    struct desk_choice choice = desk_choice_of(order);
    bool same = channel[0] == '\0' || strcmp(channel, order->caller_channel) == 0 ||
                (desk_way_of_word(channel) != DESK_WAY_NONE &&
                 desk_way_of_word(channel) == desk_way_of_word(order->caller_channel));
    bool paid = choice.paid_ms != 0 && order->claims[0].state != CLAIM_VOID &&
                order->claims[0].state != CLAIM_REVERSED;
    if (order->caller_no[0] != '\0' && same && paid)
        insert_choice(choices, &choice);
}

struct fen desk_choice_amount(const struct desk_choice *choice, struct fen asked) {
    struct fen left = {choice->paid.fen - choice->before.fen};
    if (choice->obstacle != CALL_TAKEN)
        return (struct fen){0};
    return asked.fen < left.fen ? asked : left;
}
