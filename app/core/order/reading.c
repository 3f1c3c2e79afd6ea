/* What an answer means for the money of a leg, and what of it is kept. */
#include <string.h>

#include "app/core/order/at_pinpad.h"
#include "app/core/order/parts.h"

static enum news untraded_news(const struct leg *leg, enum verb verb, enum outcome outcome) {
    if (leg->route == ROUTE_POS && outcome == OUTCOME_DECLINED)
        return NEWS_FAILED;
    bool placed = outcome == OUTCOME_ACCEPTED || outcome == OUTCOME_PENDING;
    return verb == VERB_PLACE && placed ? NEWS_WAIT : NEWS_NONE;
}

/* How much of the payment came must be known before it goes back: a part of just this payment. */
static bool is_own_part(const struct leg *leg, const struct event_answer *answer) {
    int64_t own_fen = answer->split.own.fen;
    return answer->has_amount && money_compare(answer->amount, leg->amount) == 0 && own_fen > 0 &&
           own_fen <= leg->amount.fen;
}

/* An upload that was found by the bill's number only: our own answer never named it. On the phone
 * the HIS says whose it is. */
static bool is_perhaps_anothers(const struct order *order, int i) {
    const struct leg *leg = &order->legs[i];
    return route_traits(leg->route)->has_split && leg->state != LEG_PUSHED &&
           order->claims[order_first_claim(order, i)].unproven;
}

/* Where the insurance may settle its part alone, "settled" is not yet all of it. Who takes the own
 * part must be known: where nobody here does, what is open of it is a window's; where we do, and it
 * is not said whether the centre did, nobody knows what is still to be paid. The own part of what
 * may be another machine's is taken there. */
static enum news news_of_settled(const struct order *order, int i,
                                 const struct event_answer *answer) {
    const struct leg *leg = &order->legs[i];
    bool open = answer->settled == SETTLED_INSURANCE && answer->split.own.fen > 0;
    if (!route_traits(leg->route)->settles_in_parts)
        return NEWS_PAID;
    bool sold = answer->split.own.fen >= 0 && money_compare(answer->split.own, leg->amount) <= 0;
    if (order_own_is_ours(order, i) && (answer->settled == SETTLED_UNSAID || !sold))
        return NEWS_CONTRADICTS;
    if (order_own_is_ours(order, i) && is_perhaps_anothers(order, i))
        return answer->settled == SETTLED_INSURANCE ? NEWS_SETTLING : NEWS_PAID;
    return open && !order_own_is_ours(order, i) ? NEWS_SETTLING : NEWS_PAID;
}

/* Paid and failed need the outcome to agree; what went back is no outcome of a payment, the trade
 * state alone says it. */
static enum news news_of(const struct order *order, int i, enum verb verb,
                         const struct event_answer *answer) {
    const struct leg *leg = &order->legs[i];
    enum service service = order->service;
    enum outcome outcome = answer->outcome;
    const struct route_traits *traits = route_traits(leg->route);
    if (outcome == OUTCOME_MALFORMED)
        return NEWS_NONE;
    switch (answer->trade) {
    case TRADE_NONE:
        return untraded_news(leg, verb, outcome);
    case TRADE_WAIT:
        return outcome == OUTCOME_PENDING ? NEWS_WAIT : NEWS_NONE;
    case TRADE_PAID:
        return outcome == OUTCOME_ACCEPTED && (answer->has_amount || traits->names_no_amount)
                   ? news_of_settled(order, i, answer)
                   : NEWS_NONE;
    case TRADE_FAILED:
        if (outcome != OUTCOME_DECLINED)
            return NEWS_NONE;
        return verb == VERB_ASK && service == SERVICE_BILLS && traits->keeps_failed_bills
                   ? NEWS_RETURN_FAILED
                   : NEWS_FAILED;
    case TRADE_CLOSED:
        return outcome == OUTCOME_DECLINED ? NEWS_FAILED : NEWS_NONE;
    case TRADE_RETURNED:
        return NEWS_RETURNED;
    case TRADE_RETURN_FAILED:
        return NEWS_RETURN_FAILED;
    case TRADE_RETURN_ODD:
        return NEWS_RETURN_ODD;
    case TRADE_SETTLING:
        return outcome == OUTCOME_PENDING ? NEWS_SETTLING : NEWS_NONE;
    case TRADE_REVOKED: /* of what was settled it is a return, else there never was a payment */
        return leg->own_only                        ? NEWS_SETTLING /* says nothing of that part */
               : leg->state == LEG_PAID_AFTER_CLOSE ? NEWS_RETURNED
                                                    : NEWS_FAILED;
    case TRADE_OWN_RETURNED: /* else its insurance may be settled, and somebody is giving it back */
        return leg->own_only ? NEWS_RETURNED : NEWS_SETTLING;
    case TRADE_OWN_STRANDED:
        if (is_perhaps_anothers(order, i)) /* whoever uploaded it returns it */
            return NEWS_SETTLING;
        return is_own_part(leg, answer) ? NEWS_OWN_STRANDED : NEWS_ABNORMAL;
    case TRADE_CONTRADICTS:
        return NEWS_CONTRADICTS;
    case TRADE_ABNORMAL:
        return NEWS_ABNORMAL;
    case TRADE_HALF_RETURNED:
    case TRADE_INSURANCE_RETURNED:
        return NEWS_SETTLING;
    case TRADE_ABSENT:
    case TRADE_OTHER:
        return NEWS_NONE;
    }
    return NEWS_NONE;
}

static struct leg *leg_that_is_read(const struct turn *turn, int i) {
    return &turn->order->legs[i];
}

static struct part_run *run_of_read(const struct turn *turn, int i) {
    return &turn->order->run.leg[i];
}

/* A slip is of the sale: what only refuses a question names whoever was asked. */
static void leg_keep_pos(struct leg *leg, const struct event_answer *answer) {
    struct pos_slip *slip = &leg->slip;
    const struct pos_slip *said = &answer->slip;
    at_pinpad_keep_code(leg->code, answer->code);
    if (!at_pinpad_is_of_act(answer->code))
        return;
    turn_keep_text(slip->voucher, sizeof slip->voucher, said->voucher);
    turn_keep_text(slip->batch, sizeof slip->batch, said->batch);
    turn_keep_text(slip->terminal, sizeof slip->terminal, said->terminal);
    turn_keep_text(slip->card, sizeof slip->card, said->card);
    turn_keep_text(slip->date, sizeof slip->date, said->date);
}

static void leg_keep_settlement(struct leg *leg, const struct event_answer *answer) {
    const struct document *document = document_if(answer->document, DOCUMENT_SETTLEMENT);
    if (document != NULL)
        turn_keep_text(leg->settlement, sizeof leg->settlement,
                       ((const struct settlement *)(const void *)document)->rows);
}

/* What is named before anything is settled can be shown before it is paid. A stranded own part
 * keeps its amount: what is named while it goes back may be what is left of it. Amounts that
 * contradict are the evidence of their case. */
static void leg_keep_split(struct leg *leg, enum news news, const struct event_answer *answer) {
    bool whole = news == NEWS_WAIT || news == NEWS_SETTLING;
    bool names = news == NEWS_PAID || news == NEWS_OWN_STRANDED ||
                 ((whole || news == NEWS_CONTRADICTS) && !leg->own_only);
    if (!names || !answer->has_amount || !route_traits(leg->route)->has_split)
        return;
    leg->split = answer->split;
    if (news == NEWS_PAID)
        leg_keep_settlement(leg, answer);
    if (news != NEWS_WAIT)
        return;
    leg->split_known = true;
    leg->shown_own = answer->split.own;
}

static void leg_keep_numbers(struct leg *leg, const struct event_answer *answer) {
    turn_keep_text(leg->out_no, sizeof leg->out_no, answer->no);
    turn_keep_text(leg->in_no, sizeof leg->in_no, answer->in_no);
    if (leg->route == ROUTE_POS)
        leg_keep_pos(leg, answer);
    else
        turn_keep_text(leg->code, sizeof leg->code, answer->code);
    if (answer->paid_by != CHANNEL_NONE)
        leg->paid_by = answer->paid_by;
    if (answer->has_amount && answer->outcome != OUTCOME_MALFORMED)
        leg->seen = answer->amount;
}

static void order_keep_token(struct order *order, const struct event_answer *answer) {
    const struct document *document = document_if(answer->document, DOCUMENT_PAY_LINK);
    if (document != NULL)
        turn_keep_text(order->person.pay_token, sizeof order->person.pay_token,
                       ((const struct pay_link *)(const void *)document)->pay_token);
}

/* An upload whose answer was lost is asked about by the bill's number: what is over there may be an
 * earlier upload of the same bill, and ours still on its way. */
static bool is_earlier_upload(const struct leg *leg, const struct event_answer *answer) {
    bool over = answer->trade == TRADE_REVOKED || answer->trade == TRADE_RETURNED ||
                answer->trade == TRADE_FAILED;
    return route_traits(leg->route)->has_split && leg->in_no[0] == '\0' && !leg->close_answered &&
           over;
}

/* What a refused upload names is not what was uploaded with it. */
static bool names_own_number(const struct leg *leg, enum verb verb,
                             const struct event_answer *answer) {
    return !route_traits(leg->route)->has_split || verb != VERB_PLACE ||
           answer->outcome == OUTCOME_ACCEPTED;
}

/* The centre has one, and perhaps names no more of it than the bill. */
static bool tells_of_upload(const struct event_answer *answer) {
    return answer->in_no[0] != '\0' ||
           (answer->trade != TRADE_NONE && answer->trade != TRADE_ABSENT &&
            answer->trade != TRADE_OTHER && answer->outcome != OUTCOME_MALFORMED);
}

/* Our upload was refused or its answer lost, and the centre has one under the bill's number: whose
 * it is nobody can tell, and no code of it was shown here. Nothing of it is ours to give back. */
static void keep_unnamed(struct order *order, int i, enum verb verb,
                         const struct event_answer *answer) {
    const struct leg *leg = &order->legs[i];
    bool there = tells_of_upload(answer);
    if (route_traits(leg->route)->has_split && verb == VERB_ASK && leg->in_no[0] == '\0' && there)
        order->claims[order_first_claim(order, i)].unproven = true;
}

/* The platform has no such payment, as far as it can say so: one that has no word for that refuses
 * the question. */
bool leg_is_absent(const struct leg *leg, const struct event_answer *answer) {
    bool refused = route_traits(leg->route)->absent_is_refused &&
                   answer->outcome == OUTCOME_UNKNOWN && answer->trade == TRADE_NONE;
    return answer_spoke(answer) &&
           (answer->trade == TRADE_ABSENT || refused || is_earlier_upload(leg, answer));
}

/* An upload that was refused may be one that is there already, or still on its way: the query that
 * has none after the quiet time decides. */
static bool leg_was_refused(const struct turn *turn, int i, enum verb verb,
                            const struct event_answer *answer) {
    const struct leg *leg = leg_that_is_read(turn, i);
    struct part_run *run = run_of_read(turn, i);
    bool split = route_traits(leg->route)->has_split;
    if (verb == VERB_PLACE)
        run->refused = split && answer->outcome == OUTCOME_DECLINED;
    return verb == VERB_ASK && run->refused && leg_is_absent(leg, answer) &&
           turn_asked_when_quiet(turn, run);
}

/* An answer that says nothing ends no contradiction. */
static void keep_contradiction(const struct turn *turn, struct part_run *run, enum news news) {
    if (news == NEWS_CONTRADICTS && run->odd_since_mono_ms == 0)
        run->odd_since_mono_ms = turn->now.mono_ms;
    else if (news != NEWS_CONTRADICTS && news != NEWS_NONE)
        run->odd_since_mono_ms = 0;
}

static bool pinpad_never_had_leg(const struct turn *turn, int i, enum verb verb,
                                 const struct event_answer *answer) {
    const struct leg *leg = leg_that_is_read(turn, i);
    struct pos_place to;
    memcpy(to.terminal, leg->slip.terminal, sizeof to.terminal);
    memcpy(to.date, leg->slip.date, sizeof to.date);
    return leg->route == ROUTE_POS && verb == VERB_ASK &&
           at_pinpad_never_had(turn, run_of_read(turn, i), &to, leg->code, answer);
}

/* The pinpad has the sale, and nobody knows its end: that is written, for once the pinpad forgets
 * it. */
static void note_pinpad_has(struct turn *turn, int i, const struct event_answer *answer) {
    const struct leg *leg = leg_that_is_read(turn, i);
    if (leg->route == ROUTE_POS && at_pinpad_is_of_act(answer->code) &&
        !at_pinpad_is_of_act(leg->code) && news_of(turn->order, i, VERB_ASK, answer) == NEWS_NONE)
        turn_note(turn, NOTE_PLACED, turn_part_leg(i));
}

enum news leg_read(struct turn *turn, int i, enum verb verb, const struct event_answer *answer) {
    struct leg *leg = leg_that_is_read(turn, i);
    const struct route_traits *traits = route_traits(leg->route);
    if (traits->seen_at_his &&
        (!traits->uploads_first || verb == VERB_PUSH || verb == VERB_ASK_CREDIT))
        return pushed_read(turn, i, verb, answer);
    bool never_had = pinpad_never_had_leg(turn, i, verb, answer);
    bool earlier = is_earlier_upload(leg, answer);
    order_keep_token(turn->order, answer);
    note_pinpad_has(turn, i, answer);
    if (!earlier && names_own_number(leg, verb, answer)) {
        keep_unnamed(turn->order, i, verb, answer);
        leg_keep_numbers(leg, answer);
    } else if (!earlier) {
        turn_keep_text(leg->code, sizeof leg->code, answer->code);
    }
    if (never_had || leg_was_refused(turn, i, verb, answer))
        return NEWS_FAILED;
    enum news news = earlier ? NEWS_NONE : news_of(turn->order, i, verb, answer);
    run_of_read(turn, i)->settling = news == NEWS_SETTLING || news == NEWS_CONTRADICTS;
    if (leg->state != LEG_PUSHED) /* there the HIS has a say in it */
        keep_contradiction(turn, run_of_read(turn, i), news);
    leg->own_only = news == NEWS_OWN_STRANDED || (leg->own_only && news != NEWS_PAID);
    leg_keep_split(leg, news, answer);
    return news;
}
