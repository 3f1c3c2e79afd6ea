/* Money that comes after a close: watched for, left to the platform that returns it by itself, at
 * last returned by us. It is never credited. */
#include "app/core/order/parts.h"
#include "app/core/terms/assert.h"

#define WATCH_WINDOWS_MAX 2 /* a peer that says nothing at all is watched twice as long */

static struct leg *leg_at(const struct turn *turn, int i) {
    return &turn->order->legs[i];
}

static struct part_run *run_at(const struct turn *turn, int i) {
    return &turn->order->run.leg[i];
}

bool leg_watched(const struct turn *turn, const struct leg *leg, int windows) {
    int64_t more_ms = (windows - 1) * turn->rules->policy->late_window_ms;
    return turn->now.wall_ms >= leg->watch_until_ms + more_ms;
}

/* Money that came too late, or came and could not be returned: it is never credited. */
void leg_late(struct turn *turn, int i, const struct event_answer *answer) {
    struct leg *leg = leg_at(turn, i);
    leg->paid_ms = answer->time_ms != 0 ? answer->time_ms : turn->now.wall_ms;
    leg_enter(turn, i, LEG_PAID_AFTER_CLOSE, NOTE_PAID_LATE);
    claims_of_unpaid_leg(turn, i);
    ask_now(turn, run_at(turn, i));
}

void leg_returned(struct turn *turn, int i) {
    leg_enter(turn, i, LEG_RETURNED, NOTE_RETURNED);
    claims_of_unpaid_leg(turn, i);
}

void leg_watch_heard(struct turn *turn, int i, enum news news, const struct event_answer *answer) {
    struct leg *leg = leg_at(turn, i);
    if (news == NEWS_PAID || news == NEWS_RETURN_FAILED) {
        leg_late(turn, i, answer);
    } else if (news == NEWS_RETURNED) {
        leg_returned(turn, i);
    } else if ((answer_spoke(answer) && leg_watched(turn, leg, 1)) ||
               (leg_watched(turn, leg, WATCH_WINDOWS_MAX) &&
                held(turn, turn->rules->limits->credit_deadline_ms))) {
        leg->watch_until_ms = 0;
        leg_enter(turn, i, LEG_CLOSED, NOTE_WATCH_ENDED);
    } else {
        ask_later(turn, run_at(turn, i), WATCH_PAUSE_MS_MAX);
    }
}

static bool refund_refused_before(const struct order *order, int leg) {
    for (int i = 0; i < order->refund_count; i++)
        if (order->refunds[i].leg == leg && order->refunds[i].claim == PART_NONE &&
            order->refunds[i].state == REFUND_REFUSED)
            return true;
    return false;
}

/* The money is still with the platform. It returns it by itself within the window; then we do. */
static void still_paid(struct turn *turn, int i) {
    struct leg *leg = leg_at(turn, i);
    int64_t patience_ms =
        route_traits(leg->route)->returns_late_by_itself ? turn->rules->policy->late_window_ms : 0;
    if (refund_refused_before(turn->order, i)) {
        leg_enter_case(turn, i, CASE_REFUND_REFUSED);
    } else if (turn->now.wall_ms < leg->paid_ms + patience_ms) {
        ask_later(turn, run_at(turn, i), WATCH_PAUSE_MS_MAX);
    } else {
        int refund = refund_new(turn, i, PART_NONE, leg->amount);
        if (refund < 0) {
            leg_enter_case(turn, i, CASE_NO_ACT);
            return;
        }
        turn->order->run.refund[refund].wanted = VERB_REFUND;
        ask_never(run_at(turn, i));
        turn_persist(turn, NOTE_REFUND_SENDING, part_refund(turn, refund));
    }
}

void leg_late_heard(struct turn *turn, int i, enum news news, const struct event_answer *answer) {
    struct leg *leg = leg_at(turn, i);
    int64_t patience_ms = WATCH_WINDOWS_MAX * turn->rules->policy->late_window_ms;
    if (news == NEWS_RETURNED)
        leg_returned(turn, i);
    else if (news == NEWS_PAID && money_compare(answer->amount, leg->amount) != 0)
        leg_enter_case(turn, i, CASE_AMOUNT_MISMATCH);
    else if (news == NEWS_PAID || news == NEWS_RETURN_FAILED)
        still_paid(turn, i);
    else if (turn->now.wall_ms >= leg->paid_ms + patience_ms && answer_spoke(answer))
        leg_enter_case(turn, i, CASE_PAYMENT_UNKNOWN);
    else
        ask_later(turn, run_at(turn, i), WATCH_PAUSE_MS_MAX);
}

void leg_refund_done(struct turn *turn, int i) {
    CORE_ASSERT(leg_at(turn, i)->state == LEG_PAID_AFTER_CLOSE);
    leg_at(turn, i)->state = LEG_RETURNED;
}

/* The platform may have returned it a moment before us: look once more. */
void leg_refund_refused(struct turn *turn, int i) {
    ask_now(turn, run_at(turn, i));
}

void leg_refund_case(struct turn *turn, int i, enum case_reason reason) {
    leg_enter_case(turn, i, reason);
}
