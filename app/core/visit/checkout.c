#include "app/core/visit/checkout.h"

#include <string.h>

#include "app/core/order/shares.h"
#include "app/core/terms/copy.h"
#include "app/core/visit/bill_choice.h"
#include "app/core/visit/flows.h"
#include "app/core/visit/who.h"

#define SETTLED_PATIENCE_MS 3000 /* asking about bills before they are paid */

struct next checkout_refuse(struct visit *visit, enum notice notice) {
    text_wipe(visit->session->payment.pay_code, sizeof visit->session->payment.pay_code);
    return next_tell(SCREEN_CHANNEL, notice);
}

static void fill_order(const struct visit *visit, struct order *order) {
    const struct session *session = visit->session;
    const struct core_setup *setup = visit->setup;

    order_next_no(visit->now.wall_ms, setup->number_mark, visit->book->last_no, order->no);
    memcpy(visit->book->last_no, order->no, ORDER_NO_SIZE);
    order->service = session->service;
    order_add_leg(order, session->choice.channel, order->no, session->choice.amount)->route =
        policy_route(&setup->policy, session->choice.channel);
    flow_of(session)->payment->add_claims(session, order);
    order_share_out(order);
}

static struct next open_order(struct visit *visit) {
    struct session *session = visit->session;
    const struct flow_payment *payment = flow_of(session)->payment;
    struct order_person person;

    who_fill_person(session, &person);
    enum notice clash = payment->clash != NULL ? payment->clash(visit->book, &person) : NOTICE_NONE;
    if (clash == NOTICE_NONE) /* the way may have closed since it was chosen */
        clash = offer_channel_obstacle(visit_situation(visit), session->choice.channel);
    if (clash != NOTICE_NONE)
        return checkout_refuse(visit, clash);
    int slot = book_take_slot_to_pay(visit->book, session->payment.slot, visit->now);
    if (slot < 0) {
        visit_effect(visit, EFFECT_LOG)->of.log.word = LOG_ORDERS_FULL;
        return checkout_refuse(visit, NOTICE_FULL);
    }
    struct order *order = &visit->book->orders[slot];
    memset(order, 0, sizeof *order);
    fill_order(visit, order);
    order->person = person;
    who_name_insured(visit_situation(visit), order);
    session->payment.slot = slot;
    memcpy(session->payment.order_no, order->no, ORDER_NO_SIZE);
    book_open(visit_turn(visit), slot);
    return next_wait(WAITING_PLACING);
}

enum notice checkout_obstacle(const struct visit *visit) {
    const struct session *session = visit->session;
    const struct flow_payment *payment = flow_of(session)->payment;
    enum notice notice = offer_channel_obstacle(visit_situation(visit), session->choice.channel);

    if (notice == NOTICE_NONE)
        notice = offer_refusal_notice(
            policy_payment(&visit->setup->policy, session->choice.channel, session->choice.amount));
    if (notice == NOTICE_NONE && payment->obstacle != NULL)
        notice = payment->obstacle(visit_situation(visit));
    return notice;
}

struct next checkout_by(struct visit *visit, enum channel channel) {
    visit->session->choice.channel = channel;
    bool by_code = channel == CHANNEL_INSURANCE && policy_wants_insured_code(&visit->setup->policy);
    bool parted = channel == CHANNEL_INSURANCE && bill_choice_one_by_one(visit->session);
    enum notice notice = checkout_obstacle(visit);

    if (notice != NOTICE_NONE && parted)
        bill_choice_together(visit->session);
    if (notice != NOTICE_NONE)
        return checkout_refuse(visit, notice);
    if (by_code && offer_insured_code_known(visit->session))
        text_copy(visit->session->payment.pay_code, sizeof visit->session->payment.pay_code,
                  visit->session->who.identity_no);
    else if (channel == CHANNEL_PHONE || by_code)
        return next_show(SCREEN_PAY_CODE);
    return by_code ? checkout_begin_insured(visit) : checkout_begin(visit);
}

struct next checkout_ask_way(struct visit *visit) {
    int count = 0;
    enum channel only = CHANNEL_NONE;

    for (enum channel way = CHANNEL_NONE + 1; way < CHANNEL_COUNT; way++)
        if (visit->setup->policy.channels[way]) {
            count++;
            only = way;
        }
    if (count != 1 || offer_channel_obstacle(visit_situation(visit), only) != NOTICE_NONE)
        return next_show(SCREEN_CHANNEL);
    return checkout_by(visit, only);
}

/* Checks the limits of the day; needs the answer to QUESTION_DAY. */
static enum notice day_obstacle(const struct visit *visit) {
    const struct payment_list *payments = session_payments(visit->session);
    const struct policy *policy = &visit->setup->policy;

    if (!policy_limits_day(policy))
        return NOTICE_NONE;
    return offer_refusal_notice(policy_day(policy, visit->session->choice.amount,
                                           payments->patient_today, payments->terminal_today));
}

struct next checkout_begin(struct visit *visit) {
    const struct session *session = visit->session;
    enum notice notice = checkout_obstacle(visit);

    if (notice == NOTICE_NONE && policy_limits_day(&visit->setup->policy) &&
        session_payments(session) == NULL)
        return next_ask(QUESTION_DAY);
    if (notice == NOTICE_NONE)
        notice = day_obstacle(visit);
    if (notice != NOTICE_NONE)
        return checkout_refuse(visit, notice);
    if (flow_of(session)->payment->recheck != QUESTION_NONE)
        return next_ask(flow_of(session)->payment->recheck);
    return open_order(visit);
}

/* A bill that is asked about before it is paid: the next that is selected, -1 none. */
static int next_selected(const struct session *session, int after) {
    const struct bill_list *bills = session_bills(session);

    for (int i = after + 1; bills != NULL && i < bills->bill_count; i++)
        if (session_selected(session, i))
            return i;
    return -1;
}

/* A list lags: what a window has settled meanwhile is asked about once, before anybody pays. The
 * patient is not kept waiting for it: what is not asked now, the order's law finds out. */
static struct next ask_next_settled(struct visit *visit) {
    struct visit_choice *choice = &visit->session->choice;
    bool patient = visit->now.mono_ms - choice->asked_mono_ms < SETTLED_PATIENCE_MS;

    choice->asked_bill = next_selected(visit->session, choice->asked_bill);
    choice->no_such[0] = '\0';
    if (choice->asked_bill < 0 || !patient || visit->book->settles == SETTLE_RESULT_VISIT)
        return open_order(visit);
    return next_ask(QUESTION_SETTLED);
}

static struct next begin_settled(struct visit *visit) {
    visit->session->choice.asked_bill = -1;
    visit->session->choice.asked_mono_ms = visit->now.mono_ms;
    return ask_next_settled(visit);
}

/* The hospital lists the bill and calls it settled. */
static struct next refuse_sold(struct visit *visit) {
    struct session *session = visit->session;

    bill_choice_set_sold(session, session->choice.asked_bill);
    text_wipe(session->payment.pay_code, sizeof session->payment.pay_code);
    return next_tell(SCREEN_BILLS, NOTICE_BILL_SOLD);
}

/* Settled? Perhaps this hospital says so whatever it is asked: then of a number that does not exist
 * as well, one of ours that was never given out. */
static struct next doubt_settled(struct visit *visit) {
    order_next_no(visit->now.wall_ms, visit->setup->number_mark, visit->book->last_no,
                  visit->session->choice.no_such);
    return next_ask(QUESTION_SETTLED);
}

static struct next found_by_visit(struct visit *visit) {
    book_found(visit_turn(visit), SETTLE_RESULT_VISIT);
    return open_order(visit);
}

static struct next settled_answer(struct visit *visit, const struct event_answer *answer) {
    bool doubted = visit->session->choice.no_such[0] != '\0';
    bool settled = answer->outcome == OUTCOME_ACCEPTED;

    if (doubted && settled)
        return found_by_visit(visit);
    if (doubted && !answer_decides(answer)) /* neither is known */
        return checkout_refuse(visit, offer_failure_notice(answer));
    if (doubted)
        return refuse_sold(visit);
    if (!settled)
        return answer_spoke(answer) ? ask_next_settled(visit) : open_order(visit);
    return visit->setup->policy.settle_result == SETTLE_RESULT_AUTO ? doubt_settled(visit)
                                                                    : refuse_sold(visit);
}

static struct next day_answer(struct visit *visit, const struct event_answer *answer) {
    visit->session->documents[DOCUMENT_PAYMENTS] = document_of(answer, DOCUMENT_PAYMENTS);
    if (session_payments(visit->session) == NULL)
        return checkout_refuse(visit, NOTICE_JOURNAL);
    return checkout_begin(visit);
}

struct next checkout_begin_insured(struct visit *visit) {
    return visit->setup->policy.insured_decodes ? next_ask(QUESTION_DECODE) : checkout_begin(visit);
}

/* What was scanned is forgotten: the order is paid with what it stands for. */
static struct next decode_answer(struct visit *visit, const struct event_answer *answer) {
    struct visit_payment *payment = &visit->session->payment;

    if (answer->outcome == OUTCOME_DECLINED)
        return checkout_refuse(visit, NOTICE_INSURED_CODE);
    if (answer->outcome != OUTCOME_ACCEPTED || answer->in_no[0] == '\0')
        return checkout_refuse(visit, NOTICE_INSURED_DOWN);
    text_wipe(payment->pay_code, sizeof payment->pay_code);
    text_copy(payment->pay_code, sizeof payment->pay_code, answer->in_no);
    return checkout_begin(visit);
}

static struct next recheck_answer(struct visit *visit, const struct event_answer *answer) {
    const struct bill_list *fresh = bill_choice_list(answer);

    if (fresh == NULL)
        return checkout_refuse(visit, offer_failure_notice(answer));
    if (bill_choice_renew(visit, fresh))
        return begin_settled(visit);
    text_wipe(visit->session->payment.pay_code, sizeof visit->session->payment.pay_code);
    bill_choice_take(visit, fresh);
    return next_tell(SCREEN_BILLS, NOTICE_BILLS_CHANGED);
}

struct next checkout_answer(struct visit *visit, enum visit_question question,
                            const struct event_answer *answer) {
    if (question == QUESTION_DECODE)
        return decode_answer(visit, answer);
    if (question == QUESTION_DAY)
        return day_answer(visit, answer);
    return question == QUESTION_SETTLED ? settled_answer(visit, answer)
                                        : recheck_answer(visit, answer);
}
