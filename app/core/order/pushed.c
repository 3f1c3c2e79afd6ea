/* A bill whose message went to the patient's phone: the platform tells nothing of it, the HIS does.
 * ORG_004's yes is the end: the bill is settled. Its no is not: the patient may pay an hour later.
 * So it is asked about while the patient waits here, and then ever more rarely until the watch is
 * over; meanwhile nobody sells the bill. */
#include <string.h>

#include "app/core/order/parts.h"

#define PUSHED_PAUSE_MS_MAX (INT64_C(10) * 60 * 1000) /* whoever went to the window pays there */

static struct leg *pushed_leg(const struct turn *turn, int i) {
    return &turn->order->legs[i];
}

/* What did not leave this machine is on no phone. */
static enum news news_of_push(const struct event_answer *answer) {
    if (answer->outcome == OUTCOME_DECLINED || (!answer->reached && !answer_spoke(answer)))
        return NEWS_FAILED;
    return answer->outcome == OUTCOME_ACCEPTED || answer->outcome == OUTCOME_PENDING ? NEWS_WAIT
                                                                                     : NEWS_NONE;
}

/* amp_trace_id of an ORG_003 of a terminal of ours is an order's number and its claim. */
static bool is_trace_of_terminal(const char *trace) {
    char no[ORDER_NO_SIZE];
    if (strlen(trace) != CLAIM_TRACE_SIZE - 1)
        return false;
    memcpy(no, trace, ORDER_NO_SIZE - 1);
    no[ORDER_NO_SIZE - 1] = '\0';
    return order_no_is_ours(no);
}

/* The portal's own numbers of what it settled, under which alone it returns it. A number that does
 * not fit whole is none. */
static void keep_portal_numbers(struct leg *leg, const struct event_answer *answer) {
    bool uploaded =
        route_traits(leg->route)->uploads_first; /* there the others are the insurance's */
    char *no = uploaded ? leg->portal_no : leg->in_no;
    char *trace = uploaded ? leg->portal_trace : leg->out_no;
    if (strlen(answer->trace_id) >= OUT_NO_SIZE)
        return;
    turn_keep_text(no, IN_NO_SIZE, answer->in_no);
    turn_keep_text(trace, OUT_NO_SIZE, answer->trace_id);
}

/* What the HIS names of an insured settlement is what the patient has paid of it. The insurance
 * says it of an upload. */
static void keep_own_part(struct leg *leg, const struct event_answer *answer) {
    if (!route_traits(leg->route)->uploads_first && answer->has_amount &&
        money_compare(answer->amount, leg->amount) <= 0)
        leg->split.own = answer->amount;
}

/* The receipt of the HIS. That the platform settled the bill is proved where the HIS names the
 * amp_trace_id of its ORG_003: a window settles bills too, without one. It does not prove whose
 * upload it was: one that only the bill's number found stays unproven. */
static void keep_his_receipt(const struct turn *turn, int i, const struct event_answer *answer) {
    struct claim *claim = &turn->order->claims[order_first_claim(turn->order, i)];
    turn_keep_text(claim->call_sn, sizeof claim->call_sn, answer->no);
    bool unnamed = route_traits(pushed_leg(turn, i)->route)->uploads_first && claim->unproven;
    claim->unproven = unnamed || answer->in_no[0] == '\0' || is_trace_of_terminal(answer->in_no);
    if (claim->unproven)
        return;
    keep_portal_numbers(pushed_leg(turn, i), answer);
    keep_own_part(pushed_leg(turn, i), answer);
}

enum news pushed_read(struct turn *turn, int i, enum verb verb, const struct event_answer *answer) {
    struct leg *leg = pushed_leg(turn, i);
    turn_keep_text(leg->code, sizeof leg->code, answer->code);
    if (verb != VERB_ASK_CREDIT)
        return news_of_push(answer);
    if (answer->outcome != OUTCOME_ACCEPTED || leg_traits(leg->state)->settled)
        return NEWS_NONE;
    keep_his_receipt(turn, i, answer);
    return NEWS_PAID;
}

void pushed_ask(struct turn *turn, int i) {
    struct part_run *run = &turn->order->run.leg[i];
    if (run->asks_centre)
        turn_send(turn, run, turn_part_leg(i), VERB_ASK);
    else
        turn_send(turn, run, turn_part_claim(turn, order_first_claim(turn->order, i)),
                  VERB_ASK_CREDIT);
}

/* A HIS that is silent at the end of the watch is waited for once more as long. */
bool pushed_watch_is_over(const struct turn *turn, int i, bool his_spoke) {
    int64_t over_ms = pushed_leg(turn, i)->watch_until_ms;
    int64_t more_ms = his_spoke ? 0 : turn->rules->policy->late_window_ms;
    return turn->now.wall_ms >= over_ms + more_ms;
}

/* Nobody waits here any more, or its time here is over: it is asked about after half as long again.
 * By a clock that was set back nobody knows how long that is. */
static int64_t pause_of_push_ms(const struct turn *turn, const struct leg *leg) {
    int64_t since_ms = leg->close_wanted ? turn->order->created_ms : leg->expire_ms;
    int64_t half_age_ms = (turn->now.wall_ms - since_ms) / 2;
    int64_t least_ms = turn->rules->limits->query_ms;
    if (leg->close_wanted && half_age_ms < 0)
        return PUSHED_PAUSE_MS_MAX;
    if (half_age_ms < least_ms)
        return least_ms;
    return half_age_ms < PUSHED_PAUSE_MS_MAX ? half_age_ms : PUSHED_PAUSE_MS_MAX;
}

void pushed_to_person(struct turn *turn, int i, enum case_reason reason) {
    turn_enter_leg_case(turn, i, reason);
    turn_report(turn, FACT_LEG_CASE, turn_part_leg(i));
}

void pushed_ask_on(struct turn *turn, int i, bool his_spoke) {
    if (pushed_watch_is_over(turn, i, his_spoke))
        pushed_to_person(turn, i, CASE_PAYMENT_UNKNOWN);
    else
        turn_ask_in(turn, &turn->order->run.leg[i], pause_of_push_ms(turn, pushed_leg(turn, i)));
}
