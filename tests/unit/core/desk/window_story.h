/* A cashier's window in a story: calls come, keys are pressed, the platform and the pinpad answer.
 */
#ifndef HOPKIOSK_TESTS_WINDOW_STORY_H
#define HOPKIOSK_TESTS_WINDOW_STORY_H

#include <stdio.h>

#include "app/core/core.h"
#include "tests/support/patient.h"

static struct patient p;
static struct call_document call;
static uint32_t calls;

static inline int begin_window(void **state) {
    (void)state;
    begin(&p);
    p.setup.desk_window = p.setup.patient_display = true;
    core_init(&p.core, &p.setup, p.now);
    call = (struct call_document){.head.kind = DOCUMENT_CALL,
                                  .caller_no = "N1",
                                  .service = SERVICE_DEPOSIT,
                                  .amount = {8800},
                                  .to_window = true};
    call.person.account_type = ACCOUNT_INPATIENT;
    strcpy(call.person.keys.cust, "c57");
    strcpy(call.person.masked_name, "王*兰");
    strcpy(call.person.mdtrt_cert_no, "W20001234");
    calls = 0;
    return 0;
}

static inline const struct desk_window *window_now(void) {
    return &p.core.window;
}

static inline const struct effect *find_effect(enum effect_kind kind, uint32_t number) {
    for (int i = 0; i < p.out.count; i++)
        if (p.out.items[i].kind == kind && (number == 0 || p.out.items[i].number == number))
            return &p.out.items[i];
    return NULL;
}

/* Returns the number of the call. */
static inline uint32_t comes(const char *caller_no) {
    snprintf(call.caller_no, sizeof call.caller_no, "%s", caller_no);
    happens(&p,
            (struct event){.kind = EVENT_CALL, .of.call = {++calls, CALL_WISH_PAY, &call.head}});
    return calls;
}

static inline void presses(enum touch_kind kind, int n) {
    happens(&p, (struct event){.kind = EVENT_TOUCH,
                               .of.touch = {.screen = window_now()->screen,
                                            .revision = window_now()->revision,
                                            .touch = {kind, n}}});
}

static inline void types(const char *keys) {
    for (; *keys; keys++)
        happens(&p, (struct event){.kind = EVENT_TEXT, .of.text.key = *keys});
}

/* Not just when the call came. */
static inline void scans(const char *code) {
    pass(&p, p.setup.limits.guard_ms);
    struct event event = {.kind = EVENT_SCAN, .of.scan.length = (uint8_t)strlen(code)};
    strcpy(event.of.scan.text, code);
    happens(&p, event);
}

static inline void shows(enum screen screen) {
    assert_string_equal(screen_name(window_now()->screen), screen_name(screen));
}

/* As the shell does: the same call, with the channel that was chosen. */
static inline void is_heard_again(uint32_t number, const char *word, enum channel channel) {
    call.to_window = false;
    call.channel = channel;
    strcpy(call.caller_channel, word);
    happens(&p, (struct event){.kind = EVENT_CALL, .of.call = {number, CALL_WISH_PAY, &call.head}});
    call.to_window = true;
    call.caller_channel[0] = '\0';
}

static inline void writes(void) {
    happens(&p, (struct event){.kind = EVENT_DURABLE, .of.durable.number = p.persisted});
}

static inline void platform_says(enum verb verb, enum outcome outcome, enum trade_state trade) {
    assert_true(finds(&p, verb));
    struct event event = answer_to_last(&p, outcome);
    event.of.answer.trade = trade;
    strcpy(event.of.answer.no, "T1");
    strcpy(event.of.answer.code, outcome == OUTCOME_DECLINED ? "fail" : "");
    happens(&p, event);
}

static inline void choose_code(const char *no) {
    uint32_t number = comes(no);
    presses(TOUCH_FUNCTION, DESK_WAY_CODE);
    is_heard_again(number, "ONE_QR", CHANNEL_ONE);
    writes();
}

/* All of it is of the shift that the day is summed for. */
static inline void adds_to_shift(struct desk_day *day, const struct order *order) {
    desk_day_add(day, order, &(struct order_since){.opened = true, .refunded = {true}});
}

static inline uint32_t wants_back(const char *refund_no, int64_t fen) {
    snprintf(call.refund_no, sizeof call.refund_no, "%s", refund_no);
    call.amount.fen = fen;
    happens(&p,
            (struct event){.kind = EVENT_CALL, .of.call = {++calls, CALL_WISH_REFUND, &call.head}});
    return calls;
}

static inline void pay_first(void) {
    choose_code("N1");
    platform_says(VERB_PLACE, OUTCOME_PENDING, TRADE_WAIT);
    writes();
    pass(&p, 6000);
    platform_says(VERB_ASK, OUTCOME_ACCEPTED, TRADE_PAID);
    writes();
    for (int i = 0; i < ORDERS_MAX; i++) /* as the shell finds it in the journal */
        if (strcmp(p.core.book.orders[i].caller_no, "N1") == 0)
            call.order = p.core.book.orders[i];
    call.found = true;
    presses(TOUCH_NEXT, 0);
    shows(SCREEN_DESK_IDLE);
}

#endif
