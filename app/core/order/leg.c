/* The life of a leg: placed, waited for, closed, watched. What an answer means for the money is in
 * news_of; everything else follows from the state. */
#include "app/core/order/parts.h"
#include "app/core/terms/assert.h"

static enum news untraded_news(const struct leg *leg, enum verb verb, enum outcome outcome) {
    if (leg->route == ROUTE_POS && outcome == OUTCOME_DECLINED)
        return NEWS_FAILED;
    bool placed = outcome == OUTCOME_ACCEPTED || outcome == OUTCOME_PENDING;
    return verb == VERB_PLACE && placed ? NEWS_WAIT : NEWS_NONE;
}

/* Paid and failed need the outcome to agree; what went back is no outcome of a payment, the trade
 * state alone says it. */
static enum news news_of(const struct leg *leg, enum verb verb, const struct event_answer *answer) {
    enum outcome outcome = answer->outcome;
    if (outcome == OUTCOME_MALFORMED)
        return NEWS_NONE;
    switch (answer->trade) {
    case TRADE_NONE:
        return untraded_news(leg, verb, outcome);
    case TRADE_WAIT:
        return outcome == OUTCOME_PENDING ? NEWS_WAIT : NEWS_NONE;
    case TRADE_PAID:
        return outcome == OUTCOME_ACCEPTED && answer->has_amount ? NEWS_PAID : NEWS_NONE;
    case TRADE_FAILED:
        return outcome == OUTCOME_DECLINED ? NEWS_FAILED : NEWS_NONE;
    case TRADE_RETURNED:
        return NEWS_RETURNED;
    case TRADE_RETURN_FAILED:
        return NEWS_RETURN_FAILED;
    case TRADE_OTHER:
        return NEWS_NONE;
    }
    return NEWS_NONE;
}

static struct leg *leg_at(const struct turn *turn, int i) {
    return &turn->order->legs[i];
}

static struct part_run *run_at(const struct turn *turn, int i) {
    return &turn->order->run.leg[i];
}

void leg_enter(struct turn *turn, int i, enum leg_state state, enum note note) {
    struct part_run *run = run_at(turn, i);
    leg_at(turn, i)->state = state;
    run->wanted = VERB_NONE;
    run->since_mono_ms = turn->now.mono_ms;
    run->next_mono_ms = 0;
    turn_persist(turn, note, part_leg(i));
}

void leg_enter_case(struct turn *turn, int i, enum case_reason reason) {
    leg_at(turn, i)->reason = reason;
    turn->order->resolved = false;
    leg_enter(turn, i, LEG_CASE, NOTE_CASE);
}

static void keep_slip(struct pos_slip *slip, const struct pos_slip *said) {
    keep_text(slip->voucher, sizeof slip->voucher, said->voucher);
    keep_text(slip->batch, sizeof slip->batch, said->batch);
    keep_text(slip->terminal, sizeof slip->terminal, said->terminal);
    keep_text(slip->card, sizeof slip->card, said->card);
    keep_text(slip->date, sizeof slip->date, said->date);
}

static void keep_ids(struct leg *leg, const struct event_answer *answer) {
    keep_text(leg->out_no, sizeof leg->out_no, answer->no);
    keep_text(leg->in_no, sizeof leg->in_no, answer->in_no);
    keep_text(leg->code, sizeof leg->code, answer->code);
    if (answer->paid_by != CHANNEL_NONE)
        leg->paid_by = answer->paid_by;
    if (leg->route == ROUTE_POS)
        keep_slip(&leg->slip, &answer->slip);
}

/* Wall time is what the platform was told; monotonic time keeps a clock that was set back from
 * stretching the wait. */
static bool expired(const struct turn *turn, int i) {
    return turn->now.wall_ms > leg_at(turn, i)->expire_ms ||
           waited(turn, run_at(turn, i)->since_mono_ms, 2 * turn->rules->limits->expire_ms);
}

/* A payment without a time counts as late when it is first seen after expire: the platform may
 * return it by itself, and what is credited and returned is lost. */
static bool came_late(const struct turn *turn, const struct leg *leg,
                      const struct event_answer *answer) {
    int64_t time_ms = answer->time_ms != 0 ? answer->time_ms : turn->now.wall_ms;
    return route_traits(leg->route)->can_close && time_ms > leg->expire_ms;
}

static void paid(struct turn *turn, int i, const struct event_answer *answer) {
    struct leg *leg = leg_at(turn, i);
    if (money_compare(answer->amount, leg->amount) != 0) {
        leg->paid_ms = answer->time_ms != 0 ? answer->time_ms : turn->now.wall_ms;
        leg_enter_case(turn, i, CASE_AMOUNT_MISMATCH);
    } else if (came_late(turn, leg, answer)) {
        leg_late(turn, i, answer);
    } else {
        leg->paid_ms = answer->time_ms != 0 ? answer->time_ms : turn->now.wall_ms;
        leg_enter(turn, i, LEG_PAID, NOTE_PAID);
        claims_of_paid_leg(turn, i);
    }
}

static void declined(struct turn *turn, int i) {
    leg_enter(turn, i, LEG_DECLINED, NOTE_DECLINED);
    claims_of_unpaid_leg(turn, i);
}

static void start_close(struct turn *turn, int i) {
    leg_at(turn, i)->close_wanted = true;
    leg_enter(turn, i, LEG_CLOSING, NOTE_CLOSING);
    run_at(turn, i)->wanted = VERB_CLOSE;
}

/* Not decided yet: close it, or ask again. A close that was refused is repeated only when the
 * platform says that nobody has paid. */
static void go_on(struct turn *turn, int i, enum news news) {
    struct leg *leg = leg_at(turn, i);
    struct part_run *run = run_at(turn, i);
    const struct limits *limits = turn->rules->limits;
    bool over = expired(turn, i) && run->asked_late;
    if (leg->state == LEG_CLOSING)
        return; /* the close is about to leave */
    if (!route_traits(leg->route)->can_close) {
        /* Also in this run: after a night without power the terminal is asked before a person. */
        if (over && turn->now.wall_ms > leg->expire_ms + limits->credit_deadline_ms &&
            waited(turn, run->since_mono_ms, limits->credit_deadline_ms))
            leg_enter_case(turn, i, CASE_PAYMENT_UNKNOWN);
        else
            ask_later(turn, run, limits->retry_max_ms);
    } else if (run->not_closed && leg_watched(turn, leg, 1)) {
        leg_enter_case(turn, i, CASE_PAYMENT_UNKNOWN);
    } else if ((leg->close_wanted || over) && (!run->not_closed || news == NEWS_WAIT)) {
        start_close(turn, i);
    } else if (run->not_closed) {
        ask_later(turn, run, limits->retry_max_ms);
    } else {
        ask_in(turn, run, limits->query_ms);
    }
}

static void hear(struct turn *turn, int i, enum news news, const struct event_answer *answer) {
    struct leg *leg = leg_at(turn, i);
    switch (news) {
    case NEWS_PAID:
        paid(turn, i, answer);
        return;
    case NEWS_FAILED:
        declined(turn, i);
        return;
    case NEWS_RETURNED:
        leg_returned(turn, i);
        return;
    case NEWS_RETURN_FAILED:
        leg_late(turn, i, answer);
        return;
    case NEWS_WAIT:
        if (leg->state == LEG_PLACING || leg->state == LEG_PLACE_UNKNOWN) {
            leg->state = LEG_WAITING;
            turn_persist(turn, NOTE_PLACED, part_leg(i));
        }
        break;
    case NEWS_NONE:
        if (leg->state == LEG_PLACING)
            leg->state = LEG_PLACE_UNKNOWN;
        break;
    }
    go_on(turn, i, news);
}

static void close_heard(struct turn *turn, int i, const struct event_answer *answer) {
    struct leg *leg = leg_at(turn, i);
    struct part_run *run = run_at(turn, i);
    bool read = answer->outcome != OUTCOME_MALFORMED && answer->outcome != OUTCOME_UNKNOWN;
    bool closed =
        route_traits(leg->route)->silent_close_is_closed || answer->outcome == OUTCOME_ACCEPTED;
    if (!closed || (read && answer->not_closed)) {
        leg_enter(turn, i, LEG_WAITING, NOTE_NOT_CLOSED);
        if (run->not_closed)
            ask_later(turn, run, turn->rules->limits->retry_max_ms);
        else
            ask_now(turn, run);
        run->not_closed = true;
        return;
    }
    leg_enter(turn, i, LEG_CLOSED, NOTE_CLOSED);
    run->pause_ms = 0;
    claims_of_unpaid_leg(turn, i);
    ask_later(turn, run, WATCH_PAUSE_MS_MAX);
}

void leg_answer(struct turn *turn, int i, enum verb verb, const struct event_answer *answer) {
    struct leg *leg = leg_at(turn, i);
    bool never_had = leg->route == ROUTE_POS && verb == VERB_ASK &&
                     pos_never_had(turn, run_at(turn, i), leg->no, answer);
    enum news news = never_had ? NEWS_FAILED : news_of(leg, verb, answer);
    keep_ids(leg, answer);
    if (verb == VERB_CLOSE) {
        CORE_ASSERT(leg->state == LEG_CLOSING);
        close_heard(turn, i, answer);
        return;
    }
    switch (leg->state) {
    case LEG_PLACING:
    case LEG_PLACE_UNKNOWN:
    case LEG_WAITING:
    case LEG_CLOSING: /* asked before the close, which has not left: paid is still in time */
        hear(turn, i, news, answer);
        return;
    case LEG_CLOSED:
        leg_watch_heard(turn, i, news, answer);
        return;
    case LEG_PAID_AFTER_CLOSE:
        leg_late_heard(turn, i, news, answer);
        return;
    case LEG_NEW:
    case LEG_PAID:
    case LEG_DECLINED:
    case LEG_RETURNED:
    case LEG_CASE:
        return; /* decided: nothing is asked any more */
    }
}

void leg_act(struct turn *turn, int i) {
    struct leg *leg = leg_at(turn, i);
    struct part_run *run = run_at(turn, i);
    if (turn_send_wanted(turn, run, part_leg(i))) {
        if (run->verb == VERB_PLACE) {
            leg->state = LEG_PLACING;
            leg->place_tries++;
        }
    } else if (turn_due(turn, run)) {
        run->asked_late = expired(turn, i);
        turn_send(turn, run, part_leg(i), VERB_ASK);
    }
}

/* What was in flight when the program stopped. The PLACE may have left though the journal says NEW;
 * the CLOSE may have left though its answer is not there: where silence closes, it is closed. */
void leg_resume(struct turn *turn, int i) {
    struct leg *leg = leg_at(turn, i);
    struct part_run *run = run_at(turn, i);
    run->since_mono_ms = turn->now.mono_ms;
    run->sent_mono_ms = turn->now.mono_ms; /* it may have left just before */
    switch (leg->state) {
    case LEG_NEW:
    case LEG_PLACING:
    case LEG_PLACE_UNKNOWN:
        leg->state = LEG_PLACE_UNKNOWN;
        /* Nobody holds the phone to the scanner any more: there is nothing to wait for. */
        leg->close_wanted = leg->close_wanted || leg->channel == CHANNEL_PHONE;
        break;
    case LEG_CLOSING:
        leg->state = route_traits(leg->route)->silent_close_is_closed ? LEG_CLOSED : LEG_WAITING;
        if (leg->state == LEG_CLOSED) {
            claims_of_unpaid_leg(turn, i);
            turn_persist(turn, NOTE_CLOSED, part_leg(i));
        }
        break;
    case LEG_CLOSED:
        if (leg->watch_until_ms == 0)
            return;
        break;
    case LEG_PAID_AFTER_CLOSE:
        if (refund_under_way(turn->order, i, PART_NONE) >= 0)
            return;
        break;
    case LEG_WAITING:
        break;
    case LEG_PAID:
    case LEG_DECLINED:
    case LEG_RETURNED:
    case LEG_CASE:
        return;
    }
    ask_now(turn, run);
}

void leg_cancel(struct turn *turn, int i) {
    struct leg *leg = leg_at(turn, i);
    struct part_run *run = run_at(turn, i);
    switch (leg->state) {
    case LEG_NEW:
        declined(turn, i);
        return;
    case LEG_PLACING:
        leg->close_wanted = true;
        if (leg->route == ROUTE_POS)
            turn_send_cancel(turn, run, part_leg(i));
        return;
    case LEG_PLACE_UNKNOWN:
        leg->close_wanted = true;
        ask_now(turn, run);
        return;
    case LEG_WAITING:
        leg->close_wanted = true;
        if (route_traits(leg->route)->can_close && !run->not_closed)
            start_close(turn, i);
        return;
    case LEG_PAID:
    case LEG_DECLINED:
    case LEG_CLOSING:
    case LEG_CLOSED:
    case LEG_PAID_AFTER_CLOSE:
    case LEG_RETURNED:
    case LEG_CASE:
        return;
    }
}

void leg_void(struct turn *turn, int i) {
    leg_at(turn, i)->state = LEG_DECLINED;
    run_at(turn, i)->wanted = VERB_NONE;
    claims_of_unpaid_leg(turn, i);
}
