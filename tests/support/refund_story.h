/* A patient wants money back: payments of earlier days, and each step of giving one back. */
#ifndef HOPKIOSK_TESTS_SUPPORT_REFUND_STORY_H
#define HOPKIOSK_TESTS_SUPPORT_REFUND_STORY_H

#include "tests/support/patient.h"
#include "tests/support/payments_story.h"

#define NEWER "26111912000000010002"
#define OLDER "26111812000000010001"

static struct order newer, older; /* as the journal has them */
static struct payment_list list;
static struct order_document reopened;

static inline void verdict_is(const struct patient *p, enum verdict verdict) {
    assert_int_equal(p->core.session.screen, SCREEN_RESULT);
    assert_int_equal(p->core.session.payment.verdict, verdict);
}

static inline void at_list(struct patient *p, const char *code, const struct account *account) {
    tap_number(p, TOUCH_SERVICE, SERVICE_REFUND);
    scan(p, code);
    answer(p, OUTCOME_ACCEPTED, account);
    tap(p, TOUCH_NEXT);
    assert_int_equal(p->asked.verb, VERB_RECORDS);
    answer(p, OUTCOME_ACCEPTED, &list);
}

/* Two deposits of a wristband with 350.00: 200.00 yesterday, 100.00 the day before. */
static inline void at_deposits(struct patient *p, const struct core_setup *setup) {
    begin_with(p, setup);
    newer = paid_deposit(NEWER, wang.keys.id, 20000, NOON_MS - DAY_MS);
    older = paid_deposit(OLDER, wang.keys.id, 10000, NOON_MS - 2 * DAY_MS);
    list = listed((const struct order *const[]){&newer, &older}, 2);
    at_list(p, "W20001234", &wang);
    hears(p, SCREEN_RECORDS, NOTICE_NONE);
}

static inline void at_two_deposits(struct patient *p) {
    struct core_setup setup = usual_setup();

    at_deposits(p, &setup);
}

/* Two bills of one payment of 164.50. */
static inline void at_paid_bills(struct patient *p) {
    begin(p);
    newer = paid_bills(NEWER, zhang.keys.id, NOON_MS - DAY_MS);
    list = listed((const struct order *const[]){&newer}, 1);
    at_list(p, "C10000001", &zhang);
    hears(p, SCREEN_RECORDS, NOTICE_NONE);
}

static inline void journal_gives(struct patient *p, const struct order *order) {
    assert_int_equal(p->asked.verb, VERB_REOPEN);
    assert_string_equal(p->core.session.payment.order_no, order->no);
    reopened = (struct order_document){.head.kind = DOCUMENT_ORDER, .order = *order};
    answer(p, OUTCOME_ACCEPTED, &reopened);
}

/* The platform still has the payment: then the hospital is asked about the credit. */
static inline void platform_has_it(struct patient *p) {
    assert_int_equal(p->asked.verb, VERB_ASK);
    answer_trade(p, OUTCOME_ACCEPTED, TRADE_PAID, NULL);
}

static inline void hospital_says(struct patient *p, enum outcome outcome, const char *code) {
    assert_int_equal(p->asked.verb, VERB_ASK_CREDIT);
    answer_code(p, outcome, code);
}

/* It still has the credit, too: then ORG_005 leaves, once it is durable. */
static inline void both_have_it(struct patient *p) {
    platform_has_it(p);
    hospital_says(p, OUTCOME_ACCEPTED, "00");
    assert_int_equal(p->asked.verb, VERB_ASK_CREDIT); /* nothing has left before it is durable */
    durable(p);
    assert_int_equal(p->asked.verb, VERB_UNCREDIT);
}

static inline void taken_back(struct patient *p) {
    answer(p, OUTCOME_ACCEPTED, NULL);
    assert_int_equal(p->asked.verb, VERB_UNCREDIT);
    durable(p);
    assert_int_equal(p->asked.verb, VERB_REFUND);
}

static inline void returned(struct patient *p) {
    answer(p, OUTCOME_ACCEPTED, NULL);
}

static inline void confirmed(struct patient *p, const struct order *order) {
    assert_int_equal(p->core.session.screen, SCREEN_CONFIRM);
    tap(p, TOUCH_PAY);
    journal_gives(p, order);
}

static inline const struct order *the_order(const struct patient *p) {
    return &p->core.book.orders[p->core.session.payment.slot];
}

#endif
