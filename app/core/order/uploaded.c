/* A bill on the patient's phone whose fees we have uploaded before: the HIS and the insurance are
 * asked by turns. The HIS says whether the bill is settled, the insurance who paid what, and
 * whether the upload could still be paid. */
#include "app/core/order/parts.h"

static struct leg *uploaded_leg(const struct turn *turn, int i) {
    return &turn->order->legs[i];
}

/* What follows when the HIS and the insurance were both asked. */
enum beside {
    BESIDE_WAITS = 0, /* nothing is settled yet, as far as they know */
    BESIDE_ODD,  /* they do not agree, or it is half done: asked on, and a case when that stands */
    BESIDE_PAID, /* the bill is settled, and nothing of the upload is open */
    BESIDE_DARK, /* settled; whether the upload is open nobody says */
    BESIDE_REVOKED, /* settled without the upload: it is open, and the phone could pay it again */
    BESIDE_CASE
};

/* The HIS has not booked it, or has; why it is a case, where it becomes one. */
static const struct {
    enum beside unbooked, booked;
    enum case_reason reason;
} both_said[] = {
    [NEWS_NONE] = {BESIDE_WAITS, BESIDE_DARK, CASE_NONE},
    [NEWS_WAIT] = {BESIDE_WAITS, BESIDE_REVOKED, CASE_NONE},
    [NEWS_SETTLING] = {BESIDE_ODD, BESIDE_ODD, CASE_HALF_SETTLED},
    [NEWS_PAID] = {BESIDE_ODD, BESIDE_PAID, CASE_CREDIT_UNKNOWN},
    [NEWS_FAILED] = {BESIDE_WAITS, BESIDE_PAID, CASE_NONE}, /* over: another way settled the bill */
    [NEWS_RETURNED] = {BESIDE_WAITS, BESIDE_ODD, CASE_CREDIT_CONTRADICTS},
    [NEWS_RETURN_FAILED] = {BESIDE_ODD, BESIDE_ODD, CASE_ABNORMAL},
    [NEWS_RETURN_ODD] = {BESIDE_ODD, BESIDE_ODD, CASE_ABNORMAL},
    [NEWS_CONTRADICTS] = {BESIDE_ODD, BESIDE_ODD, CASE_SPLIT_WRONG},
    [NEWS_OWN_STRANDED] = {BESIDE_ODD, BESIDE_ODD, CASE_HALF_SETTLED},
    [NEWS_ABNORMAL] = {BESIDE_CASE, BESIDE_CASE, CASE_ABNORMAL},
};

/* Of what the insurance has not settled only the phone knows who paid what. */
static void push_is_paid(struct turn *turn, int i, enum news news,
                         const struct event_answer *answer) {
    struct leg *leg = uploaded_leg(turn, i);
    leg->paid_ms = answer->time_ms != 0 ? answer->time_ms : turn->now.wall_ms;
    if (news != NEWS_PAID) {
        leg->split = (struct split){{0}, {0}, {0}, {0}};
        leg->split_known = leg->own_only = false;
    }
    if (news == NEWS_PAID && money_compare(answer->amount, leg->amount) != 0) {
        pushed_to_person(turn, i, CASE_AMOUNT_MISMATCH);
        return;
    }
    turn_enter_leg(turn, i, LEG_PAID, NOTE_PAID);
    turn_report(turn, FACT_LEG_PAID, turn_part_leg(i));
}

/* Has it stood so for long? What they say now may be something else than before: its time begins
 * anew. */
static bool stands_for_long(const struct turn *turn, struct part_run *run, enum beside as) {
    if (run->odd_since_mono_ms == 0 || run->odd_as != as) {
        run->odd_since_mono_ms = turn->now.mono_ms;
        run->odd_as = (uint8_t)as;
    }
    return run->asked_mono_ms - run->odd_since_mono_ms >= turn->rules->limits->credit_deadline_ms;
}

/* One of them may be in the middle of its work. A HIS that is silent contradicts nothing. */
static void ask_about_odd(struct turn *turn, int i, enum case_reason reason) {
    struct part_run *run = &turn->order->run.leg[i];
    const struct limits *limits = turn->rules->limits;
    bool spoke = run->his != PUSH_SILENT, stands = stands_for_long(turn, run, BESIDE_ODD);
    if (stands && (spoke || pushed_watch_is_over(turn, i, spoke)))
        pushed_to_person(turn, i, reason);
    else
        turn_ask_later(turn, run, limits->retry_max_ms);
}

/* Settled at the HIS; the insurance is asked until it says what became of the upload, or has none
 * for a long time: it may answer from an old copy. */
static void ask_in_the_dark(struct turn *turn, int i, const struct event_answer *answer) {
    struct part_run *run = &turn->order->run.leg[i];
    const struct limits *limits = turn->rules->limits;
    bool absent = leg_is_absent(uploaded_leg(turn, i), answer);
    bool gone = absent && stands_for_long(turn, run, BESIDE_DARK);
    if (gone || pushed_watch_is_over(turn, i, true))
        push_is_paid(turn, i, NEWS_NONE, answer);
    else
        turn_ask_later(turn, run, limits->retry_max_ms);
}

/* The portal may have told the HIS and be in the middle of settling the upload: what is open still
 * long after the booking is open. */
static void revoke_when_it_stands(struct turn *turn, int i) {
    struct part_run *run = &turn->order->run.leg[i];
    if (!stands_for_long(turn, run, BESIDE_REVOKED)) {
        turn_ask_later(turn, run, turn->rules->limits->retry_max_ms);
        return;
    }
    run->wanted = VERB_CLOSE;
    turn_note(turn, NOTE_CLOSING, turn_part_leg(i));
}

/* What went back at the insurance was settled by another way where nobody has proved that the
 * portal did it. */
static enum beside beside_of(const struct turn *turn, int i, enum news news) {
    bool booked = turn->order->run.leg[i].his == PUSH_BOOKED;
    bool unproven = turn->order->claims[order_first_claim(turn->order, i)].unproven;
    if (booked && unproven && news == NEWS_RETURNED)
        return BESIDE_PAID;
    return booked ? both_said[news].booked : both_said[news].unbooked;
}

/* Written when it is first heard: who has not known of an own part that was there would take its
 * return for the return of half of a settlement. */
static void keep_stranded(struct turn *turn, int i) {
    const struct part_run *run = &turn->order->run.leg[i];
    if (run->odd_since_mono_ms == 0 || run->odd_as != BESIDE_ODD)
        turn_note(turn, NOTE_STRANDED, turn_part_leg(i));
}

static void centre_answer(struct turn *turn, int i, enum news news,
                          const struct event_answer *answer) {
    struct part_run *run = &turn->order->run.leg[i];
    enum beside beside = beside_of(turn, i, news);
    run->asks_centre = false;
    if (news == NEWS_OWN_STRANDED)
        keep_stranded(turn, i);
    if (beside != BESIDE_ODD && beside != BESIDE_REVOKED && news != NEWS_NONE)
        run->odd_since_mono_ms = 0;
    switch (beside) {
    case BESIDE_WAITS:
        pushed_ask_on(turn, i, run->his != PUSH_SILENT);
        return;
    case BESIDE_ODD:
        ask_about_odd(turn, i, both_said[news].reason);
        return;
    case BESIDE_PAID:
        push_is_paid(turn, i, news, answer);
        return;
    case BESIDE_DARK:
        ask_in_the_dark(turn, i, answer);
        return;
    case BESIDE_REVOKED:
        revoke_when_it_stands(turn, i);
        return;
    case BESIDE_CASE:
        pushed_to_person(turn, i, both_said[news].reason);
        return;
    }
}

/* What the HIS names of an insured settlement is what the patient has paid of it. */
static void his_answer_of_push(struct turn *turn, int i, enum news news,
                               const struct event_answer *answer) {
    struct part_run *run = &turn->order->run.leg[i];
    bool booked = news == NEWS_PAID;
    if (booked && answer->has_amount &&
        money_compare(answer->amount, uploaded_leg(turn, i)->amount) > 0) {
        pushed_to_person(turn, i, CASE_AMOUNT_MISMATCH);
        return;
    }
    run->his = booked ? PUSH_BOOKED : answer_spoke(answer) ? PUSH_DENIED : PUSH_SILENT;
    run->asks_centre = true;
    turn_ask_in(turn, run, 0);
}

/* What is on no phone is revoked like any other upload. */
static void push_was_refused(struct turn *turn, int i) {
    struct part_run *run = &turn->order->run.leg[i];
    uploaded_leg(turn, i)->close_wanted = true;
    run->push_refused = true;
    turn_enter_leg(turn, i, LEG_WAITING, NOTE_NOT_PUSHED);
    turn_ask_now(turn, run);
}

/* Without an answer it may be on the phone all the same. */
static void push_was_heard(struct turn *turn, int i, bool taken) {
    struct part_run *run = &turn->order->run.leg[i];
    run->push_taken = taken;
    if (taken)
        turn_note(turn, NOTE_PUSHED, turn_part_leg(i));
    turn_ask_in(turn, run, turn->rules->limits->query_ms);
}

void uploaded_answer(struct turn *turn, int i, enum verb verb, enum news news,
                     const struct event_answer *answer) {
    struct part_run *run = &turn->order->run.leg[i];
    if (verb == VERB_ASK_CREDIT)
        his_answer_of_push(turn, i, news, answer);
    else if (verb == VERB_ASK)
        centre_answer(turn, i, news, answer);
    else if (verb == VERB_CLOSE) /* both are asked what came of it */
        turn_ask_later(turn, run, turn->rules->limits->retry_max_ms);
    else if (news == NEWS_FAILED)
        push_was_refused(turn, i);
    else
        push_was_heard(turn, i, news == NEWS_WAIT);
}
