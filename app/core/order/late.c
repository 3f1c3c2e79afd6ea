/* Money that comes after a close: watched for, left to the platform that returns it by itself, at
 * last returned by us. It is never credited. */
#include "app/core/order/parts.h"
#include "app/core/order/shares.h"
#include "app/core/terms/assert.h"

#define WATCH_PAUSE_MS_MAX (INT64_C(10) * 60 * 1000) /* late money comes within hours */
#define WATCH_WINDOWS_MAX 2 /* a peer that says nothing at all is watched twice as long */

static struct leg *late_leg(const struct turn *turn, int i) {
    return &turn->order->legs[i];
}

static struct part_run *run_of_late_leg(const struct turn *turn, int i) {
    return &turn->order->run.leg[i];
}

/* Is the window over, so many times? */
static bool watch_is_over(const struct turn *turn, const struct leg *leg, int windows) {
    int64_t more_ms = (windows - 1) * turn->rules->policy->late_window_ms;
    return turn->now.wall_ms >= leg->watch_until_ms + more_ms;
}

void late_resume(struct turn *turn, int i) {
    const struct leg *leg = late_leg(turn, i);
    bool waits = leg->state == LEG_CLOSED ? leg->watch_until_ms != 0
                                          : order_refund_of_late_leg(turn->order, i) < 0;
    if (waits)
        turn_ask_now(turn, run_of_late_leg(turn, i));
}

/* Who has spoken about what has been waited for a long time is not asked again soon, so that the
 * order needs a slot for one question only, also after a restart. By a clock that was set back
 * nobody knows for how long. */
static void ask_late_again(struct turn *turn, int i, const struct event_answer *answer) {
    const struct leg *leg = late_leg(turn, i);
    struct part_run *run = run_of_late_leg(turn, i);
    int64_t since_ms = leg->state == LEG_CLOSED
                           ? leg->watch_until_ms - turn->rules->policy->late_window_ms
                           : leg->paid_ms;
    bool set_back = turn->now.wall_ms < turn->order->created_ms;
    int64_t half_age_ms = set_back ? WATCH_PAUSE_MS_MAX : (turn->now.wall_ms - since_ms) / 2;
    if (answer_spoke(answer) && half_age_ms > run->pause_ms)
        run->pause_ms = half_age_ms;
    turn_ask_later(turn, run, WATCH_PAUSE_MS_MAX);
}

/* A time that is yet to come is no time from which anybody could wait, nor is one of before the
 * order: by that the platform's own time to return it would be over at once. */
void late_begin(struct turn *turn, int i) {
    struct leg *leg = late_leg(turn, i);
    CORE_ASSERT(leg->paid_ms != 0);
    if (leg->paid_ms < turn->order->created_ms)
        leg->paid_ms = turn->order->created_ms;
    if (leg->paid_ms > turn->now.wall_ms) /* also where the order was opened by a clock ahead */
        leg->paid_ms = turn->now.wall_ms;
    turn_enter_leg(turn, i, LEG_PAID_AFTER_CLOSE, NOTE_PAID_LATE);
    turn_ask_now(turn, run_of_late_leg(turn, i));
}

void late_returned(struct turn *turn, int i) {
    turn_enter_leg(turn, i, LEG_RETURNED, NOTE_RETURNED);
}

/* Only an answered close and an answered query after it say that no money was taken. */
static void note_unpaid(struct turn *turn, int i, enum news news) {
    struct leg *leg = late_leg(turn, i);
    if (leg->unpaid || !leg->close_answered || (news != NEWS_WAIT && news != NEWS_FAILED))
        return;
    leg->unpaid = true;
    turn_note(turn, NOTE_UNPAID, turn_part_leg(i));
}

static bool is_half_settled(const struct leg *leg, enum news news) {
    return news == NEWS_SETTLING && route_traits(leg->route)->close_is_asked_about;
}

/* What is being settled even now, though it was revoked, has perhaps been settled half. What a
 * platform says nothing of at all, or only that something is wrong with it, was perhaps paid before
 * its close. */
static void end_watch(struct turn *turn, int i, enum news news, bool told) {
    struct leg *leg = late_leg(turn, i);
    leg->watch_until_ms = 0;
    if (is_half_settled(leg, news))
        turn_enter_leg_case(turn, i, CASE_HALF_SETTLED);
    else if (!told && !leg->unpaid)
        turn_enter_leg_case(turn, i, CASE_PAYMENT_UNKNOWN);
    else
        turn_enter_leg(turn, i, LEG_CLOSED, NOTE_WATCH_ENDED);
}

static void watch_answer(struct turn *turn, int i, enum news news,
                         const struct event_answer *answer) {
    struct leg *leg = late_leg(turn, i);
    bool told = answer_spoke(answer) && answer->trade != TRADE_OTHER;
    if (news == NEWS_PAID || news == NEWS_RETURN_FAILED || news == NEWS_RETURN_ODD ||
        news == NEWS_OWN_STRANDED || news == NEWS_ABNORMAL || news == NEWS_CONTRADICTS) {
        leg->paid_ms = answer->time_ms != 0 ? answer->time_ms : turn->now.wall_ms;
        turn_report(turn, FACT_LEG_LATE, turn_part_leg(i));
    } else if (news == NEWS_RETURNED) {
        turn_report(turn, FACT_LEG_RETURNED, turn_part_leg(i));
    } else if ((told && watch_is_over(turn, leg, 1)) ||
               (watch_is_over(turn, leg, WATCH_WINDOWS_MAX) &&
                turn_tracked_for(turn, turn->rules->limits->credit_deadline_ms))) {
        end_watch(turn, i, news, told);
    } else {
        note_unpaid(turn, i, news);
        ask_late_again(turn, i, answer);
    }
}

static bool late_refund_was_refused(const struct order *order, int leg) {
    for (int i = 0; i < order->refund_count; i++)
        if (order->refunds[i].leg == leg && order->refunds[i].claim == PART_NONE &&
            order->refunds[i].state == REFUND_REFUSED)
            return true;
    return false;
}

/* How long it is left to the platform. An own part whose insurance has failed it may be returning
 * just now. */
static int64_t late_patience_ms(const struct turn *turn, const struct leg *leg) {
    if (leg->own_only)
        return turn->rules->limits->credit_deadline_ms;
    return route_traits(leg->route)->returns_late_by_itself ? turn->rules->policy->late_window_ms
                                                            : 0;
}

/* The money is still with the platform. It returns it by itself within the window; then we do. What
 * was settled after it was said to be revoked is in the books of the insurance and of the HIS: a
 * person untangles it. */
static void late_still_paid(struct turn *turn, int i, const struct event_answer *answer) {
    const struct leg *leg = late_leg(turn, i);
    int64_t patience_ms = late_patience_ms(turn, leg);
    if (route_traits(leg->route)->close_is_asked_about && !leg->own_only)
        turn_enter_leg_case(turn, i, CASE_ABNORMAL);
    else if (late_refund_was_refused(turn->order, i))
        turn_enter_leg_case(turn, i, CASE_REFUND_REFUSED);
    else if (turn->now.wall_ms < leg->paid_ms + patience_ms)
        ask_late_again(turn, i, answer);
    else
        turn_report(turn, FACT_LEG_STRANDED, turn_part_leg(i));
}

static void late_money_answer(struct turn *turn, int i, enum news news,
                              const struct event_answer *answer) {
    const struct leg *leg = late_leg(turn, i);
    int64_t patience_ms = WATCH_WINDOWS_MAX * turn->rules->policy->late_window_ms;
    if (news == NEWS_RETURNED)
        turn_report(turn, FACT_LEG_RETURNED, turn_part_leg(i));
    else if (news == NEWS_PAID && answer->has_amount &&
             money_compare(answer->amount, leg->amount) != 0)
        turn_enter_leg_case(turn, i, CASE_AMOUNT_MISMATCH);
    else if (news == NEWS_ABNORMAL)
        turn_enter_leg_case(turn, i, CASE_ABNORMAL);
    else if (news == NEWS_CONTRADICTS && turn_contradiction_stands(turn, run_of_late_leg(turn, i)))
        turn_enter_leg_case(turn, i, CASE_SPLIT_WRONG);
    else if (news == NEWS_CONTRADICTS)
        turn_ask_later(turn, run_of_late_leg(turn, i), turn->rules->limits->credit_quiet_ms);
    else if (news == NEWS_PAID || news == NEWS_RETURN_FAILED || news == NEWS_OWN_STRANDED)
        late_still_paid(turn, i, answer);
    else if (turn->now.wall_ms >= leg->paid_ms + patience_ms && answer_spoke(answer))
        turn_enter_leg_case(turn, i,
                            is_half_settled(leg, news) ? CASE_HALF_SETTLED : CASE_PAYMENT_UNKNOWN);
    else
        ask_late_again(turn, i, answer);
}

void late_answer(struct turn *turn, int i, enum news news, const struct event_answer *answer) {
    if (late_leg(turn, i)->state == LEG_CLOSED)
        watch_answer(turn, i, news, answer);
    else if (late_leg(turn, i)->state == LEG_PAID_AFTER_CLOSE)
        late_money_answer(turn, i, news, answer);
}

void late_refunded(struct turn *turn, int i) {
    CORE_ASSERT(late_leg(turn, i)->state == LEG_PAID_AFTER_CLOSE);
    turn_move_leg(turn, i, LEG_RETURNED);
}

/* The platform says that it never had the money. */
void late_never_paid(struct turn *turn, int i) {
    CORE_ASSERT(late_leg(turn, i)->state == LEG_PAID_AFTER_CLOSE);
    turn_move_leg(turn, i, LEG_DECLINED);
}

/* The platform may have returned it a moment before us: look once more. */
void late_refund_refused(struct turn *turn, int i) {
    turn_ask_now(turn, run_of_late_leg(turn, i));
}
