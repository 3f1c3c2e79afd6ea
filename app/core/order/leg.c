/* The life of a leg: placed, waited for, closed. What an answer means for the money is in
 * reading.c; everything else follows from the state. */
#include "app/core/order/at_pinpad.h"
#include "app/core/order/parts.h"
#include "app/core/terms/assert.h"

#define WATCH_PAUSE_MS_MAX (INT64_C(10) * 60 * 1000) /* late money comes within hours */

static struct leg *leg_of_turn(const struct turn *turn, int i) {
    return &turn->order->legs[i];
}

static struct part_run *run_of_leg(const struct turn *turn, int i) {
    return &turn->order->run.leg[i];
}

/* Wall time is what the platform was told; monotonic time keeps a clock that was set back from
 * stretching the wait. */
static bool leg_expired(const struct turn *turn, int i) {
    return turn->now.wall_ms > leg_of_turn(turn, i)->expire_ms ||
           turn_has_passed(turn, run_of_leg(turn, i)->since_mono_ms,
                           2 * turn->rules->limits->expire_ms);
}

static bool leg_is_at_his(const struct turn *turn, int i) {
    return order_leg_is_pushed(leg_of_turn(turn, i));
}

/* A payment without a time counts as late when it is first seen after expire: the platform may
 * return it by itself, and what is credited and returned is lost. A platform that credits by itself
 * knows no expire of ours: what it took before a close it has credited. */
static bool came_late(const struct leg *leg) {
    const struct route_traits *traits = route_traits(leg->route);
    return traits->can_close && !traits->credits_by_itself && leg->paid_ms > leg->expire_ms;
}

/* Money was seen. When: as the platform says, else now. */
static void keep_paid_time(struct turn *turn, struct leg *leg, const struct event_answer *answer) {
    leg->paid_ms = answer->time_ms != 0 ? answer->time_ms : turn->now.wall_ms;
}

static void leave_leg_to_person(struct turn *turn, int i, enum case_reason reason) {
    turn_enter_leg_case(turn, i, reason);
    turn_report(turn, FACT_LEG_CASE, turn_part_leg(i));
}

/* What a HIS names of an insured settlement is what the patient has paid of it. */
static bool another_was_paid(const struct leg *leg, const struct event_answer *answer) {
    int differs = answer->has_amount ? money_compare(answer->amount, leg->amount) : 0;
    return order_leg_is_pushed(leg) ? differs > 0 : differs != 0;
}

/* Where the own part is ours to take, who was paid decides who takes it and who credits. */
static enum fact_kind fact_of_paid(const struct turn *turn, int i,
                                   const struct event_answer *answer) {
    if (!order_own_is_ours(turn->order, i))
        return FACT_LEG_PAID;
    if (answer->settled != SETTLED_INSURANCE)
        return FACT_LEG_PAID_ALL;
    return answer->split.own.fen > 0 ? FACT_OWN_DUE : FACT_LEG_PAID;
}

static void leg_is_paid(struct turn *turn, int i, const struct event_answer *answer) {
    struct leg *leg = leg_of_turn(turn, i);
    keep_paid_time(turn, leg, answer);
    if (another_was_paid(leg, answer)) {
        leave_leg_to_person(turn, i, CASE_AMOUNT_MISMATCH);
    } else if (came_late(leg)) {
        turn_report(turn, FACT_LEG_LATE, turn_part_leg(i));
    } else {
        turn_enter_leg(turn, i, LEG_PAID, NOTE_PAID);
        turn_report(turn, fact_of_paid(turn, i, answer), turn_part_leg(i));
    }
}

static void leg_is_declined(struct turn *turn, int i) {
    turn_enter_leg(turn, i, LEG_DECLINED, NOTE_DECLINED);
    turn_report(turn, FACT_LEG_UNPAID, turn_part_leg(i));
}

/* A code on our screen can be scanned again after the platform called the payment failed (upp 4.5:
 * only pay_success is final). */
static bool failure_is_final(const struct leg *leg) {
    const struct route_traits *traits = route_traits(leg->route);
    return !traits->can_close || traits->failure_is_final || leg->channel == CHANNEL_PHONE;
}

static void start_close(struct turn *turn, int i) {
    leg_of_turn(turn, i)->close_wanted = true;
    turn_enter_leg(turn, i, LEG_CLOSING, NOTE_CLOSING);
    run_of_leg(turn, i)->wanted = VERB_CLOSE;
}

/* A sale at the pinpad cannot be closed, nor what is being settled: it is asked about until a
 * person must. */
static void ask_on_without_close(struct turn *turn, int i, bool over, enum case_reason reason) {
    const struct limits *limits = turn->rules->limits;
    struct part_run *run = run_of_leg(turn, i);
    /* Also in this run: after a night without power the pinpad is asked before a person. */
    if (over && turn->now.wall_ms > leg_of_turn(turn, i)->expire_ms + limits->credit_deadline_ms &&
        turn_has_passed(turn, run->since_mono_ms, limits->credit_deadline_ms))
        leave_leg_to_person(turn, i, reason);
    else
        turn_ask_later(turn, run, limits->retry_max_ms);
}

/* The platform never named it, and still has no such payment long after its time: the request that
 * should have placed it was lost. Long after, for a platform may answer from an old copy. */
static bool leg_never_arrived(const struct turn *turn, int i, const struct event_answer *answer) {
    const struct leg *leg = leg_of_turn(turn, i);
    const struct part_run *run = run_of_leg(turn, i);
    const struct limits *limits = turn->rules->limits;
    return leg_is_absent(leg, answer) && leg->out_no[0] == '\0' && run->asked_late &&
           turn->now.wall_ms > leg->expire_ms + limits->credit_deadline_ms &&
           turn_has_passed(turn, run->since_mono_ms, limits->credit_deadline_ms);
}

/* Where a close can undo what was settled (its query, not its answer, proves it), it leaves only
 * right after an answer that shows the payment open, or that there is none: what is not known may
 * be settled. */
static bool close_may_leave(const struct leg *leg, enum news news,
                            const struct event_answer *answer) {
    return !route_traits(leg->route)->close_is_asked_about || news == NEWS_WAIT ||
           news == NEWS_FAILED || leg_is_absent(leg, answer);
}

/* What became of it is not known, and it may not be closed until it is. */
static void ask_on_in_the_dark(struct turn *turn, int i) {
    bool over = turn->now.wall_ms >= leg_of_turn(turn, i)->watch_until_ms &&
                turn_tracked_for(turn, turn->rules->limits->credit_deadline_ms);
    if (over)
        leave_leg_to_person(turn, i, CASE_PAYMENT_UNKNOWN);
    else
        turn_ask_later(turn, run_of_leg(turn, i), turn->rules->limits->retry_max_ms);
}

/* Its close is refused, and nobody says more, although the watch is over. That there is no such
 * payment is believed after less time in one run. */
static bool stays_unclosed(const struct turn *turn, int i) {
    return turn->now.wall_ms >= turn->order->legs[i].watch_until_ms &&
           turn_tracked_for(turn, 2 * turn->rules->limits->credit_deadline_ms);
}

/* Not decided yet: close it, or ask again. A close that was refused is repeated only when the
 * platform says that nobody has paid. */
static void close_or_ask_on(struct turn *turn, int i, enum news news,
                            const struct event_answer *answer) {
    const struct leg *leg = leg_of_turn(turn, i);
    struct part_run *run = run_of_leg(turn, i);
    const struct limits *limits = turn->rules->limits;
    bool over = leg_expired(turn, i) && run->asked_late;
    if (leg->state == LEG_CLOSING)
        return; /* the close is about to leave */
    if (leg_is_at_his(turn, i))
        pushed_ask_on(turn, i, answer_spoke(answer));
    else if (!route_traits(leg->route)->can_close)
        ask_on_without_close(turn, i, over, CASE_PAYMENT_UNKNOWN);
    else if (news == NEWS_SETTLING)
        ask_on_without_close(turn, i, over, CASE_HALF_SETTLED);
    else if (run->not_closed && stays_unclosed(turn, i))
        leave_leg_to_person(turn, i, CASE_PAYMENT_UNKNOWN);
    else if ((leg->close_wanted || over) && !close_may_leave(leg, news, answer))
        ask_on_in_the_dark(turn, i);
    else if ((leg->close_wanted || over) &&
             (!run->not_closed || news == NEWS_WAIT || news == NEWS_FAILED))
        start_close(turn, i);
    else if (run->not_closed)
        turn_ask_later(turn, run, limits->retry_max_ms);
    else
        turn_ask_in(turn, run, limits->query_ms);
}

static void leg_is_closed(struct turn *turn, int i) {
    turn_enter_leg(turn, i, LEG_CLOSED, NOTE_CLOSED);
    turn_report(turn, FACT_LEG_UNPAID, turn_part_leg(i));
    run_of_leg(turn, i)->pause_ms = 0;
    turn_ask_later(turn, run_of_leg(turn, i), WATCH_PAUSE_MS_MAX);
}

static void leg_is_not_closed(struct turn *turn, int i) {
    struct part_run *run = run_of_leg(turn, i);
    leg_of_turn(turn, i)->close_answered = false;
    turn_enter_leg(turn, i, LEG_WAITING, NOTE_NOT_CLOSED);
    if (run->not_closed)
        turn_ask_later(turn, run, turn->rules->limits->retry_max_ms);
    else
        turn_ask_now(turn, run);
    run->not_closed = true;
}

/* The platform says that the close is done: now its query must show that nothing is paid. Where it
 * knows nothing of the payment any more, two answers with a quiet time between them do. True: that
 * was all. */
static bool close_is_proved(struct turn *turn, int i, enum news news,
                            const struct event_answer *answer) {
    struct leg *leg = leg_of_turn(turn, i);
    bool gone = leg_is_absent(leg, answer) && turn_asked_when_quiet(turn, run_of_leg(turn, i));
    bool over = turn->now.wall_ms >= leg->watch_until_ms &&
                turn_tracked_for(turn, turn->rules->limits->credit_deadline_ms);
    if (news == NEWS_SETTLING || news == NEWS_CONTRADICTS) {
        leg_is_not_closed(turn, i);
        return true;
    }
    if (news != NEWS_NONE && news != NEWS_WAIT && news != NEWS_FAILED)
        return false;
    leg->unpaid = news != NEWS_NONE;
    if (leg->unpaid || gone || over)
        leg_is_closed(turn, i);
    else
        turn_ask_later(turn, run_of_leg(turn, i), turn->rules->limits->retry_max_ms);
    return true;
}

static void leg_is_placed(struct turn *turn, int i) {
    const struct leg *leg = leg_of_turn(turn, i);
    if (leg->state != LEG_PLACING && leg->state != LEG_PLACE_UNKNOWN)
        return;
    turn_move_leg(turn, i, LEG_WAITING);
    turn_note(turn, NOTE_PLACED, turn_part_leg(i));
}

/* It is settled somehow: nothing to close, nothing to credit. */
static void leg_contradicts(struct turn *turn, int i) {
    if (turn_contradiction_stands(turn, run_of_leg(turn, i)))
        leave_leg_to_person(turn, i, CASE_SPLIT_WRONG);
    else if (leg_of_turn(turn, i)->state != LEG_CLOSING) /* there the close is about to leave */
        turn_ask_later(turn, run_of_leg(turn, i), turn->rules->limits->credit_quiet_ms);
}

/* The insurance has the fees: now the message leaves that names them. */
static bool is_to_be_pushed(const struct turn *turn, int i) {
    const struct leg *leg = leg_of_turn(turn, i);
    return route_traits(leg->route)->uploads_first && leg->state == LEG_WAITING &&
           leg->in_no[0] != '\0' && !leg->close_wanted && !leg_expired(turn, i);
}

static void start_push(struct turn *turn, int i) {
    turn_enter_leg(turn, i, LEG_PUSHED, NOTE_PUSHING);
    run_of_leg(turn, i)->wanted = VERB_PUSH;
}

/* Also in CLOSING: asked before the close, which has not left, so paid is still in time. */
void leg_answer(struct turn *turn, int i, enum news news, const struct event_answer *answer) {
    struct leg *leg = leg_of_turn(turn, i);
    CORE_ASSERT(leg->state != LEG_NEW && leg->state != LEG_DUE && leg_traits(leg->state)->may_pay);
    if (leg_traits(leg->state)->settled)
        return; /* decided: nothing is asked any more */
    if (leg->state == LEG_CLOSING && leg->close_answered && close_is_proved(turn, i, news, answer))
        return;
    switch (news) {
    case NEWS_NONE:
        if (leg_never_arrived(turn, i, answer)) {
            leg_is_declined(turn, i);
            return;
        }
        if (leg->state == LEG_PLACING)
            turn_move_leg(turn, i, LEG_PLACE_UNKNOWN);
        break;
    case NEWS_PAID:
        leg_is_paid(turn, i, answer);
        return;
    case NEWS_FAILED:
        if (failure_is_final(leg)) {
            leg_is_declined(turn, i);
            return;
        }
        leg->close_wanted = true;
        if (leg->state == LEG_PLACING)
            turn_move_leg(turn, i, LEG_PLACE_UNKNOWN);
        break;
    case NEWS_RETURNED:
        turn_report(turn, FACT_LEG_RETURNED, turn_part_leg(i));
        return;
    case NEWS_RETURN_FAILED:
    case NEWS_RETURN_ODD:
    case NEWS_OWN_STRANDED:
        keep_paid_time(turn, leg, answer);
        turn_report(turn, FACT_LEG_LATE, turn_part_leg(i));
        return;
    case NEWS_ABNORMAL:
        leave_leg_to_person(turn, i, CASE_ABNORMAL);
        return;
    case NEWS_CONTRADICTS:
        leg_is_placed(turn, i);
        leg_contradicts(turn, i);
        return;
    case NEWS_SETTLING:
        leg_is_placed(turn, i);
        break;
    case NEWS_WAIT:
        leg_is_placed(turn, i);
        leg->close_wanted =
            leg->close_wanted || (answer->has_amount && order_leg_differs(leg, answer->amount));
        if (is_to_be_pushed(turn, i)) {
            start_push(turn, i);
            return;
        }
        break;
    }
    close_or_ask_on(turn, i, news, answer);
}

/* A close that never left this machine closed nothing: it is sent again, also after a night without
 * a network. */
static void close_again(struct turn *turn, int i) {
    int64_t end_ms = leg_of_turn(turn, i)->watch_until_ms + turn->rules->policy->late_window_ms;
    if (turn->now.wall_ms >= end_ms &&
        turn_tracked_for(turn, turn->rules->limits->credit_deadline_ms)) {
        leave_leg_to_person(turn, i, CASE_PAYMENT_UNKNOWN);
        return;
    }
    if (route_traits(leg_of_turn(turn, i)->route)->close_is_asked_about)
        turn_move_leg(turn, i, LEG_WAITING); /* it may be settled by now: asked about first */
    turn_ask_later(turn, run_of_leg(turn, i), turn->rules->limits->retry_max_ms);
}

void leg_close_answer(struct turn *turn, int i, const struct event_answer *answer) {
    struct leg *leg = leg_of_turn(turn, i);
    struct part_run *run = run_of_leg(turn, i);
    CORE_ASSERT(leg->state == LEG_CLOSING);
    if (!answer->reached) {
        close_again(turn, i);
        return;
    }
    bool read = answer->outcome != OUTCOME_MALFORMED && answer->outcome != OUTCOME_UNKNOWN;
    bool closed =
        route_traits(leg->route)->silent_close_is_closed || answer->outcome == OUTCOME_ACCEPTED;
    if (!run->closed_before && (!closed || (read && answer->not_closed))) {
        leg_is_not_closed(turn, i);
        return;
    }
    leg->close_answered = read && !answer->not_closed && answer_spoke(answer);
    if (route_traits(leg->route)->close_is_asked_about)
        turn_ask_now(turn, run);
    else
        leg_is_closed(turn, i);
}

/* Since it was opened a day may have begun at the pinpad, or another have been plugged in: what a
 * pinpad never had it denies, so where the sale leaves to is written before it leaves. */
static void write_sale_leaves(struct turn *turn, int i) {
    if (run_of_leg(turn, i)->wanted != VERB_PLACE || !turn_durable(turn) ||
        !at_pinpad_place_leg(turn, i))
        return;
    turn_note(turn, NOTE_PLACING, turn_part_leg(i));
    turn_persist(turn);
}

void leg_act(struct turn *turn, int i) {
    struct leg *leg = leg_of_turn(turn, i);
    struct part_run *run = run_of_leg(turn, i);
    if (run->cancel_wanted)
        turn_send_cancel(turn, run, turn_part_leg(i));
    run->cancel_wanted = false;
    if (leg->state == LEG_CLOSING && !leg->close_answered && turn_due(turn, run)) {
        run->wanted = VERB_CLOSE;
        run->next_mono_ms = 0;
    }
    write_sale_leaves(turn, i);
    if (turn_send_wanted(turn, run, turn_part_leg(i))) {
        if (run->verb == VERB_PLACE) {
            turn_move_leg(turn, i, LEG_PLACING);
            leg->place_tries++;
        }
    } else if (turn_due(turn, run) && leg_is_at_his(turn, i)) {
        pushed_ask(turn, i);
    } else if (leg->state != LEG_DUE && turn_due(turn, run)) {
        run->asked_late = leg_expired(turn, i);
        turn_send(turn, run, turn_part_leg(i), VERB_ASK);
    }
}

/* What was in flight when the program stopped. The PLACE may have left though the journal says NEW.
 */
void leg_resume(struct turn *turn, int i) {
    struct leg *leg = leg_of_turn(turn, i);
    struct part_run *run = run_of_leg(turn, i);
    run->since_mono_ms = turn->now.mono_ms;
    run->sent_mono_ms = turn->now.mono_ms; /* it may have left just before */
    bool uploads = route_traits(leg->route)->uploads_first;
    if (leg->state == LEG_DUE && leg->channel == CHANNEL_NONE)
        leg_is_declined(turn, i); /* nobody stands there any more who could choose */
    switch (leg->state) {
    case LEG_NEW:
    case LEG_DUE:
    case LEG_PLACING:
    case LEG_PLACE_UNKNOWN:
        turn_move_leg(turn, i, LEG_PLACE_UNKNOWN);
        /* Nobody holds the phone to the scanner any more: there is nothing to wait for. */
        leg->close_wanted = leg->close_wanted || leg->channel == CHANNEL_PHONE || uploads;
        break;
    case LEG_PUSHED:
        break;
    case LEG_CLOSING: /* the close may never have left, and closing twice is closing */
        run->closed_before = route_traits(leg->route)->silent_close_is_closed;
        break;
    case LEG_CLOSED:
    case LEG_PAID_AFTER_CLOSE:
        late_resume(turn, i);
        return;
    case LEG_WAITING: /* nor anybody for whom it could be pushed */
        leg->close_wanted = leg->close_wanted || uploads;
        break;
    case LEG_PAID:
    case LEG_DECLINED:
    case LEG_RETURNED:
    case LEG_CASE:
        return;
    }
    if (leg->state == LEG_CLOSING && !leg->close_answered &&
        route_traits(leg->route)->close_is_asked_about)
        turn_move_leg(turn, i, LEG_WAITING); /* what was settled meanwhile is not closed */
    turn_ask_now(turn, run);
}

void leg_cancel(struct turn *turn, int i) {
    struct leg *leg = leg_of_turn(turn, i);
    struct part_run *run = run_of_leg(turn, i);
    switch (leg->state) {
    case LEG_PAID:
    case LEG_DECLINED:
    case LEG_CLOSING:
    case LEG_CLOSED:
    case LEG_PAID_AFTER_CLOSE:
    case LEG_RETURNED:
    case LEG_CASE:
        return;
    case LEG_NEW:
    case LEG_DUE:
        leg_is_declined(turn, i);
        return;
    case LEG_PLACING:
        leg->close_wanted = true;
        run->cancel_wanted = leg->route == ROUTE_POS;
        return;
    case LEG_PLACE_UNKNOWN:
        leg->close_wanted = true;
        turn_ask_now(turn, run);
        return;
    case LEG_WAITING:
        leg->close_wanted = true;
        if (route_traits(leg->route)->close_is_asked_about)
            turn_ask_now(turn, run);
        else if (route_traits(leg->route)->can_close && !run->not_closed)
            start_close(turn, i);
        return;
    case LEG_PUSHED:
        leg->close_wanted = true;
        if (run->wanted == VERB_PUSH) { /* not yet: it stays here */
            turn_enter_leg(turn, i, LEG_WAITING, NOTE_NOT_PUSHED);
            turn_ask_now(turn, run);
        }
    }
}

void leg_void(struct turn *turn, int i) {
    turn_move_leg(turn, i, LEG_DECLINED);
    run_of_leg(turn, i)->wanted = VERB_NONE;
    turn_report(turn, FACT_LEG_UNPAID, turn_part_leg(i));
}
