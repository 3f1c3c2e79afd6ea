/* A patient, a hospital and a platform around the real core: what the tests of visits are told in.
 * Time is virtual; what the core asked for is remembered and answered by hand. */
#ifndef HOPKIOSK_TESTS_PATIENT_H
#define HOPKIOSK_TESTS_PATIENT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "app/core/core.h"

#define NOON_MS INT64_C(1795147200000) /* 2026-11-20 12:00 in China */

struct asked {
    uint32_t number;
    enum verb verb;
    struct address to;
    int claim;
};

struct patient {
    struct core core;
    struct core_setup setup;
    struct now now;
    struct effects out;
    struct asked asked; /* the last SEND, or the one that `finds` found */
    struct asked open[64];
    int open_count;
    uint32_t persisted; /* the last PERSIST */
    uint32_t job;       /* the last PRINT */
    bool reprint;
    enum arm arm;
    int wipes, sends, prints, persists, quits;
    uint32_t replied;                   /* the last REPLY's asker */
    struct effect staff_effect, logged; /* the last of each */
    struct event_staff staff;           /* what the staff's screen asked last */
    int staff_asks;
    enum settle_result found; /* out of the hospital */
    bool asks_settled;        /* the test itself answers whether a bill is settled */
};

static inline void remember(struct patient *p) {
    for (int i = 0; i < p->out.count; i++) {
        const struct effect *effect = &p->out.items[i];
        switch (effect->kind) {
        case EFFECT_SEND:
            if (effect->of.send.verb == VERB_FETCH) /* nothing waits in the journal */
                break;
            p->asked =
                (struct asked){effect->number, effect->of.send.verb, effect->to, effect->claim};
            p->open[p->open_count++ % 64] = p->asked;
            p->sends++;
            break;
        case EFFECT_PERSIST:
            p->persisted = effect->number;
            p->persists++;
            break;
        case EFFECT_PRINT:
            p->job = effect->number;
            p->reprint = effect->of.print.reprint;
            p->prints++;
            break;
        case EFFECT_FOUND:
            p->found = (enum settle_result)effect->of.found.settles;
            break;
        case EFFECT_ARM:
            p->arm = effect->of.arm.arm;
            break;
        case EFFECT_WIPE:
            p->wipes++;
            break;
        case EFFECT_STAFF:
            p->staff = (struct event_staff){.number = effect->number, .ask = effect->of.staff.ask};
            p->staff_effect = *effect;
            p->staff_asks++;
            break;
        case EFFECT_REPLY:
            p->replied = effect->number;
            break;
        case EFFECT_QUIT:
            p->quits++;
            break;
        case EFFECT_LOG:
            p->logged = *effect;
            break;
        case EFFECT_SET_ASIDE:
        case EFFECT_CALL:
        case EFFECT_CHOSEN:
        case EFFECT_DRAWER:
        case EFFECT_SLIP:
        case EFFECT_COUNT:
            break;
        }
    }
}

static inline void happens(struct patient *p, struct event event) {
    event.now = p->now;
    core_step(&p->core, &event, &p->out);
    remember(p);
}

static inline struct core_setup usual_setup(void) {
    struct policy policy = policy_default();
    policy.settle_result = SETTLE_RESULT_ORDER;
    return (struct core_setup){
        .policy = policy,
        .limits = limits_default(),
        .number_mark = "7K0001",
        .code_rule_count = 3,
        .code_rules = {{.kind = IDENTITY_HOSPITAL_CARD, .prefix = "C", 9, 9, false},
                       {.kind = IDENTITY_WRISTBAND, .prefix = "W", 9, 9, false},
                       {.kind = IDENTITY_ID_CARD}},
        .journal_ok = true,
        .has_printer = true,
        .has_staff_pin = true};
}

static inline void device_is(struct patient *p, enum device_role role, enum device_word word,
                             enum supply_word supply) {
    happens(p,
            (struct event){.kind = EVENT_DEVICE, .of.device = {role, word, supply, MEDIA_UNKNOWN}});
}

/* A kiosk with scanner and printer; the guard of the first screen is over. */
static inline void begin_with(struct patient *p, const struct core_setup *setup) {
    memset(p, 0, sizeof *p);
    p->setup = *setup;
    p->now = (struct now){NOON_MS, 1000000};
    core_init(&p->core, &p->setup, p->now);
    device_is(p, ROLE_SCANNER, DEVICE_READY, SUPPLY_NOT_SUPPORTED);
    device_is(p, ROLE_PRINTER, DEVICE_READY, SUPPLY_OK);
}

static inline void begin(struct patient *p) {
    struct core_setup setup = usual_setup();

    begin_with(p, &setup);
}

static inline void pass(struct patient *p, int64_t ms) {
    p->now.wall_ms += ms;
    p->now.mono_ms += ms;
    happens(p, (struct event){.kind = EVENT_TICK});
}

/* Time goes from deadline to deadline, as in the program, until `ms` have passed. */
static inline void pass_by_deadlines(struct patient *p, int64_t ms) {
    int64_t end = p->now.mono_ms + ms;

    int late = 0; /* a deadline that stays in the past would spin the program */

    for (int64_t next; (next = core_deadline(&p->core)) <= end;) {
        late += next <= p->now.mono_ms;
        assert_true(late < 20);
        pass(p, next > p->now.mono_ms ? next - p->now.mono_ms : 1);
    }
    pass(p, end > p->now.mono_ms ? end - p->now.mono_ms : 0);
}

/* A touch of what is shown now, after a moment of looking. */
static inline void tap_number(struct patient *p, enum touch_kind kind, int n) {
    pass(p, 400);
    happens(p, (struct event){
                   .kind = EVENT_TOUCH,
                   .of.touch = {p->core.session.screen, p->core.session.revision, {kind, n}}});
}

static inline void tap(struct patient *p, enum touch_kind kind) {
    tap_number(p, kind, 0);
}

static inline void hears(const struct patient *p, enum screen screen, enum notice notice) {
    assert_int_equal(p->core.session.screen, screen);
    assert_int_equal(p->core.session.notice, notice);
}

static inline void type(struct patient *p, const char *keys) {
    for (; *keys; keys++)
        happens(p, (struct event){.kind = EVENT_TEXT, .of.text.key = *keys});
}

static inline void scan(struct patient *p, const char *text) {
    struct event event = {.kind = EVENT_SCAN, .of.scan.revision = p->core.session.revision};

    event.of.scan.length = (uint8_t)strlen(text);
    memcpy(event.of.scan.text, text, strlen(text));
    happens(p, event);
}

/* A question with this verb that was not answered yet becomes the one that is answered next. */
static inline bool finds(struct patient *p, enum verb verb) {
    for (int i = 0; i < p->open_count && i < 64; i++)
        if (p->open[i].verb == verb) {
            p->asked = p->open[i];
            p->open[i].verb = VERB_NONE;
            return true;
        }
    return false;
}

/* The last question's answer, still to be filled. */
static inline struct event answer_to_last(const struct patient *p, enum outcome outcome) {
    struct event event = {.kind = EVENT_ANSWER};

    event.of.answer.request = p->asked.number;
    event.of.answer.verb = p->asked.verb;
    event.of.answer.outcome = outcome;
    event.of.answer.reached = true;
    return event;
}

static inline void answer_code(struct patient *p, enum outcome outcome, const char *code) {
    struct event event = answer_to_last(p, outcome);

    strcpy(event.of.answer.code, code);
    happens(p, event);
}

/* Before a bill is paid the hospital is asked whether it is settled: it is not. */
static inline void unsettled(struct patient *p) {
    while (p->core.session.question == QUESTION_SETTLED && !p->asks_settled)
        answer_code(p, OUTCOME_DECLINED, "fail");
}

static inline void answer(struct patient *p, enum outcome outcome, const void *document) {
    struct event event = answer_to_last(p, outcome);

    event.of.answer.document = document;
    happens(p, event);
    unsettled(p);
}

static inline void answer_trade(struct patient *p, enum outcome outcome, enum trade_state trade,
                                const void *document) {
    struct event event = answer_to_last(p, outcome);

    event.of.answer.trade = trade;
    event.of.answer.document = document;
    event.of.answer.has_amount = p->asked.verb != VERB_REFUND;
    event.of.answer.amount = p->core.book.orders[p->asked.to.index].legs[0].amount;
    event.of.answer.time_ms = p->now.wall_ms;
    if (p->asked.verb == VERB_PLACE && outcome == OUTCOME_ACCEPTED)
        strcpy(event.of.answer.in_no, "ORD1"); /* what it takes it names */
    happens(p, event);
}

static inline void durable(struct patient *p) {
    happens(p, (struct event){.kind = EVENT_DURABLE, .of.durable.number = p->persisted});
}

static inline void persist_failed(struct patient *p) {
    happens(p, (struct event){.kind = EVENT_PERSIST_FAILED, .of.durable.number = p->persisted});
}

/* The hospital's people and papers. */
static const struct account zhang = {.head.kind = DOCUMENT_ACCOUNT,
                                     .keys.id = "key-of-zhang",
                                     .name = "张建丰",
                                     .cert_no = "11010519491231002X",
                                     .mdtrt_cert_no = "C10000001",
                                     .mdtrt_cert_type = "10",
                                     .his_cust_id = "10000001",
                                     .patient_type = "00",
                                     .account_type = ACCOUNT_OUTPATIENT,
                                     .balance = {1200}};
static const struct account li = {
    .head.kind = DOCUMENT_ACCOUNT,
    .keys.id = "key-of-li",
    .name = "李秀英",
    .cert_no = "110105195001011234",
    .his_cust_id = "10000002",
    .account_type = ACCOUNT_OUTPATIENT,
    .card_count = 2,
    .cards = {{.his_cust_id = "10000002", .his_cust_type = "诊疗卡"},
              {.his_cust_id = "20000002", .his_cust_type = "社保卡"}}};
static const struct account wang = {.head.kind = DOCUMENT_ACCOUNT,
                                    .keys.id = "key-of-wang",
                                    .name = "王淑兰",
                                    .his_cust_id = "20001234",
                                    .mdtrt_cert_no = "W20001234",
                                    .ipt_no = "W20001234",
                                    .ward = "心内科三病区",
                                    .bed = "12",
                                    .account_type = ACCOUNT_INPATIENT,
                                    .balance = {35000},
                                    .has_cap = true,
                                    .deposit_cap = {500000}};
static const struct bill_list three_bills = {
    .head.kind = DOCUMENT_BILLS,
    .bill_count = 3,
    .bills = {
        {.org_trace_no = "B1", .doc_trace_no = "D1", .department = "心内科", .amount = {12850}},
        {.org_trace_no = "B2", .doc_trace_no = "D2", .department = "检验科", .amount = {3600}},
        {.org_trace_no = "B3", .doc_trace_no = "D3", .department = "药房", .amount = {120}}}};
static const struct bill_list no_bills = {.head.kind = DOCUMENT_BILLS};
static const struct pay_link link_to_pay = {.head.kind = DOCUMENT_PAY_LINK,
                                            .url = "http://127.0.0.1/pay/T1"};
static const struct guidance to_the_pharmacy = {.head.kind = DOCUMENT_GUIDANCE,
                                                .item_count = 1,
                                                .items = {{.drug = true,
                                                           .key = "D-77",
                                                           .value = "门诊一楼西药房",
                                                           .window = "3号窗口",
                                                           .queue = "A012",
                                                           .code = CODE_TYPE_QR,
                                                           .code_value = "YF77"}}};

/* Where the stories begin again and again. */
static inline void at_bills(struct patient *p) {
    tap_number(p, TOUCH_SERVICE, SERVICE_BILLS);
    scan(p, "C10000001");
    answer(p, OUTCOME_ACCEPTED, &zhang);
    tap(p, TOUCH_NEXT);
    answer(p, OUTCOME_ACCEPTED, &three_bills);
    assert_int_equal(p->core.session.screen, SCREEN_BILLS);
}

static inline void at_channel(struct patient *p) {
    at_bills(p);
    tap(p, TOUCH_PAY);
    assert_int_equal(p->core.session.screen, SCREEN_CHANNEL);
}

/* The payment's intent is durable, and it leaves. */
static inline void at_placing(struct patient *p) {
    at_channel(p);
    tap_number(p, TOUCH_CHANNEL, CHANNEL_WECHAT);
    answer(p, OUTCOME_ACCEPTED, &three_bills); /* read again just before placing */
    durable(p);
}

static inline void at_qr(struct patient *p) {
    at_placing(p);
    answer_trade(p, OUTCOME_PENDING, TRADE_WAIT, &link_to_pay);
    durable(p);
    assert_int_equal(p->core.session.screen, SCREEN_PAY_QR);
}

#endif
