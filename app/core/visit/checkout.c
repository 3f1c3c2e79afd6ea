#include "app/core/visit/checkout.h"

#include <string.h>

#include "app/core/order/shares.h"
#include "app/core/terms/copy.h"
#include "app/core/visit/bill_choice.h"
#include "app/core/visit/flows.h"
#include "app/core/visit/who.h"

struct next checkout_refuse(struct visit *visit, enum notice notice) {
    text_wipe(visit->session->payment.pay_code, sizeof visit->session->payment.pay_code);
    return next_tell(SCREEN_CHANNEL, notice);
}

static void fill_order(const struct visit *visit, struct order *order) {
    const struct session *session = visit->session;
    const struct core_setup *setup = visit->setup;
    int64_t wall_ms = visit->now.wall_ms;

    order_next_no(wall_ms, setup->number_mark, visit->book->last_no, order->no);
    memcpy(visit->book->last_no, order->no, ORDER_NO_SIZE);
    order->service = session->service;
    order->created_ms = wall_ms;
    order_add_leg(order, session->choice.channel, order->no, session->choice.amount)->route =
        policy_route(&setup->policy, session->choice.channel);
    flow_of(session)->payment->add_claims(session, order);
    order_share_out(order);
    order->run = (struct order_run){.used = true};
}

static struct next open_order(struct visit *visit) {
    struct session *session = visit->session;
    const struct flow_payment *payment = flow_of(session)->payment;
    struct order_person person;

    who_fill_person(session, &person);
    enum notice clash = payment->clash != NULL ? payment->clash(visit->book, &person) : NOTICE_NONE;
    if (clash == NOTICE_NONE) /* it may have turned wrong since the channel was chosen */
        clash = offer_clock_obstacle(visit_situation(visit), session->choice.channel);
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
    session->payment.slot = slot;
    memcpy(session->payment.order_no, order->no, ORDER_NO_SIZE);
    session->payment.card_step = CARD_STEP_NONE;
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
    enum notice notice = checkout_obstacle(visit);

    if (notice != NOTICE_NONE)
        return checkout_refuse(visit, notice);
    if (channel == CHANNEL_INSURANCE && offer_insured_code_known(visit->session))
        text_copy(visit->session->payment.pay_code, sizeof visit->session->payment.pay_code,
                  visit->session->who.identity_no);
    else if (channel == CHANNEL_PHONE || channel == CHANNEL_INSURANCE)
        return next_show(SCREEN_PAY_CODE);
    return checkout_begin(visit);
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

static struct next day_answer(struct visit *visit, const struct event_answer *answer) {
    visit->session->documents[DOCUMENT_PAYMENTS] = document_of(answer, DOCUMENT_PAYMENTS);
    if (session_payments(visit->session) == NULL)
        return checkout_refuse(visit, NOTICE_JOURNAL);
    return checkout_begin(visit);
}

static struct next recheck_answer(struct visit *visit, const struct event_answer *answer) {
    const struct bill_list *fresh = bill_choice_list(answer);

    if (fresh == NULL)
        return checkout_refuse(visit, offer_failure_notice(answer));
    if (bill_choice_renew(visit, fresh))
        return open_order(visit);
    text_wipe(visit->session->payment.pay_code, sizeof visit->session->payment.pay_code);
    bill_choice_take(visit, fresh);
    return next_tell(SCREEN_BILLS, NOTICE_BILLS_CHANGED);
}

struct next checkout_answer(struct visit *visit, enum visit_question question,
                            const struct event_answer *answer) {
    return question == QUESTION_DAY ? day_answer(visit, answer) : recheck_answer(visit, answer);
}
