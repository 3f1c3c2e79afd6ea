/* links: app/core/ app/core/visit/ app/core/desk/ app/core/order/ app/core/terms/ ui/ids.c */
/* Whatever is called, pressed, typed, scanned, answered or forgotten at the cashier's window, in
 * whatever order: nothing is opened that was not chosen, every call is answered once, the screen
 * fits its call. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "app/core/core.h"
#include "app/core/order/payments.h"
#include "app/core/order/shares.h"

#define NOON_MS INT64_C(1795147200000)
#define STEPS 120000
#define DAYS 60
#define OPEN_MAX 256
#define CALLS_MAX 8192
#define KEPT_MAX 64

enum fate { FATE_NONE = 0, FATE_WAITS, FATE_CHOSEN, FATE_ANSWERED };

/* As the shell has it. */
struct shell_call {
    enum fate fate;
    enum call_wish wish;
    int number; /* of the caller: N1, N2 ... */
    int refund;
    int64_t fen;
    const char *word;
};

struct open_effect {
    enum effect_kind kind;
    uint32_t number;
    struct address to;
    enum verb verb;
};

static struct core core;
static struct effects out;
static struct now now;
static struct shell_call calls[CALLS_MAX];
static uint32_t call_count;
static struct open_effect open_effects[OPEN_MAX];
static int open_count;
static struct order kept[KEPT_MAX];
static int kept_count;
static uint64_t seed;
static struct desk_day day;
static struct order_document reopened;
static struct pay_link link_document;
static int64_t insured_orders; /* seen after a step */

static int64_t below(int64_t limit) {
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int64_t)((seed >> 33) % (uint64_t)limit);
}

static bool chance(int percent) {
    return below(100) < percent;
}

/* ---- the journal ---- */

static void keep_order(const struct order *order) {
    if (order->leg_count == 0) /* its slot is free again */
        return;
    for (int i = 0; i < kept_count; i++)
        if (strcmp(kept[i].no, order->no) == 0) {
            kept[i] = *order;
            return;
        }
    if (kept_count < KEPT_MAX)
        kept[kept_count++] = *order;
}

static const struct order *kept_order(const char *caller_no) {
    for (int i = 0; i < kept_count; i++)
        if (strcmp(kept[i].caller_no, caller_no) == 0)
            return &kept[i];
    return NULL;
}

/* ---- what the core asks for ---- */

static void note_answer(const struct effect *effect) {
    struct shell_call *call = &calls[effect->number];
    bool taken = effect->of.call.refusal == CALL_TAKEN;
    assert_true(call->fate == FATE_WAITS || call->fate == FATE_CHOSEN);
    assert_int_not_equal(effect->of.call.refusal, CALL_SHOWN);
    if (taken && call->wish == CALL_WISH_PAY && call->fate == FATE_WAITS)
        assert_non_null(
            kept_order(core.book.orders[effect->to.index].caller_no)); /* known before */
    call->fate = FATE_ANSWERED;
}

static void note_effect(const struct effect *effect) {
    if (effect->kind == EFFECT_CALL && effect->number != 0)
        note_answer(effect);
    if (effect->kind == EFFECT_CHOSEN) {
        assert_int_equal(calls[effect->number].fate, FATE_WAITS);
        calls[effect->number].fate = FATE_CHOSEN;
    }
    bool answered = effect->kind == EFFECT_SEND || effect->kind == EFFECT_PERSIST ||
                    effect->kind == EFFECT_PRINT || effect->kind == EFFECT_CHOSEN;
    if (answered && open_count < OPEN_MAX)
        open_effects[open_count++] =
            (struct open_effect){effect->kind, effect->number, effect->to,
                                 effect->kind == EFFECT_SEND ? effect->of.send.verb : VERB_NONE};
}

static void check_window(void) {
    const struct desk_window *window = &core.window;
    assert_true(window->waiting_count >= 0 && window->waiting_count <= DESK_WAITING_MAX);
    assert_true(screen_is_desk(window->screen));
    if (window->screen == SCREEN_DESK_IDLE)
        assert_int_equal(window->waiting_count, 0);
    else
        assert_non_null(desk_window_call(window));
    if (window->payment.unknown && window->screen == SCREEN_DESK_WAIT)
        assert_false(desk_window_cancellable(window) && window->payment.news == CALL_UNDER_WAY &&
                     window->payment.slot >= 0);
    for (int i = window->looking ? 0 : 1; i < window->waiting_count; i++)
        assert_int_equal(calls[window->waiting[i].call].fate, FATE_WAITS);
    for (int i = 0; i < ORDERS_MAX; i++)
        if (core.book.orders[i].run.used) {
            insured_orders += core.book.orders[i].legs[0].route == ROUTE_MMPC;
            assert_true(order_adds_up(&core.book.orders[i]));
        }
    if (window->screen == SCREEN_DESK_IDLE) /* nobody's code stays here */
        assert_string_equal(window->payment.pay_code, "");
}

static void step(struct event event) {
    event.now = now;
    core_step(&core, &event, &out);
    for (int i = 0; i < out.count; i++)
        note_effect(&out.items[i]);
    check_window();
}

/* ---- what happens ---- */

static void hear_call(uint32_t n, bool to_window) {
    static struct call_document document;
    struct shell_call *call = &calls[n];
    memset(&document, 0, sizeof document);
    document.head.kind = DOCUMENT_CALL;
    snprintf(document.caller_no, sizeof document.caller_no, "N%d", call->number);
    if (call->wish == CALL_WISH_REFUND)
        snprintf(document.refund_no, sizeof document.refund_no, "R%d-%d", call->number,
                 call->refund);
    snprintf(document.caller_channel, sizeof document.caller_channel, "%s", call->word);
    bool insured = call->number % 3 == 0; /* a bill of an insured patient */
    document.insured = insured;
    document.service = insured ? SERVICE_BILLS : SERVICE_DEPOSIT;
    document.channel = strcmp(call->word, "ONE_BAR") == 0     ? CHANNEL_PHONE
                       : strcmp(call->word, "INSURANCE") == 0 ? CHANNEL_INSURANCE
                                                              : CHANNEL_ONE;
    document.amount.fen = call->fen;
    document.person.account_type = insured ? ACCOUNT_OUTPATIENT : ACCOUNT_INPATIENT;
    strcpy(document.person.keys.cust, "c1");
    strcpy(document.person.masked_name, "王*兰");
    document.to_window = to_window;
    const struct order *order = kept_order(document.caller_no);
    document.found = order != NULL;
    if (order != NULL)
        document.order = *order;
    step((struct event){.kind = EVENT_CALL, .of.call = {n, call->wish, &document.head}});
}

static void somebody_calls(void) {
    static const char *const words[] = {"", "", "", "ONE_QR", "ONE_BAR", "CASH"};
    if (call_count + 1 == CALLS_MAX || chance(70))
        return;
    uint32_t n = ++call_count;
    calls[n] = (struct shell_call){.fate = FATE_WAITS,
                                   .wish = chance(70) ? CALL_WISH_PAY : CALL_WISH_REFUND,
                                   .number = 1 + (int)below(KEPT_MAX),
                                   .refund = (int)below(3),
                                   .fen = 100 * (1 + below(40)),
                                   .word = words[below(6)]};
    hear_call(n, true);
}

static void somebody_presses(void) {
    static const enum touch_kind kinds[] = {
        TOUCH_FUNCTION, TOUCH_FUNCTION, TOUCH_NEXT,   TOUCH_NEXT, TOUCH_NEXT,
        TOUCH_CANCEL,   TOUCH_AMOUNT,   TOUCH_LESS,   TOUCH_MORE, TOUCH_LANG,
        TOUCH_PICK,     TOUCH_BACK,     TOUCH_REPRINT};
    step((struct event){.kind = EVENT_TOUCH,
                        .of.touch = {.screen = core.window.screen,
                                     .revision = core.window.revision - (uint32_t)chance(3),
                                     .touch = {kinds[below(13)], 1 + (int)below(12)}}});
}

static void somebody_types(void) {
    static const char keys[] = "0123456789.\b\n\x1bZ";
    step((struct event){.kind = EVENT_TEXT, .of.text.key = keys[below(sizeof keys - 1)]});
}

static void somebody_scans(void) {
    static const char *const codes[] = {
        "134567890123456700",    "C10000001",  "", "281234567890123456",
        "]Q1134567890123456700", "EC123456789"};
    struct event event = {.kind = EVENT_SCAN};
    strcpy(event.of.scan.text, codes[below(6)]);
    event.of.scan.length = (uint8_t)strlen(event.of.scan.text);
    step(event);
}

static const struct document *document_for(enum verb verb) {
    if (verb == VERB_DAY) {
        memset(&day, 0, sizeof day);
        day.head.kind = DOCUMENT_DESK_DAY;
        for (int i = kept_count - 1; i >= 0; i--)
            desk_day_add(&day, &kept[i], &(struct order_since){below(2) == 0, {below(2) == 0}});
        return &day.head;
    }
    if (verb == VERB_REOPEN && kept_count > 0) {
        reopened.head.kind = DOCUMENT_ORDER;
        reopened.order = kept[below(kept_count)];
        return &reopened.head;
    }
    link_document.head.kind = DOCUMENT_PAY_LINK;
    strcpy(link_document.url, "https://pay.example/1");
    return verb == VERB_PLACE ? &link_document.head : NULL;
}

static void answer_send(const struct open_effect *open) {
    static const enum trade_state trades[] = {TRADE_NONE, TRADE_WAIT, TRADE_PAID};
    struct event event = {.kind = EVENT_ANSWER};
    event.of.answer =
        (struct event_answer){.request = open->number,
                              .verb = open->verb,
                              .outcome = (enum outcome)below(5),
                              .reached = chance(90),
                              .trade = trades[below(3)],
                              .document = chance(85) ? document_for(open->verb) : NULL};
    strcpy(event.of.answer.no, "T1");
    if (chance(50))
        strcpy(event.of.answer.in_no, "ORD1");
    step(event);
}

static void answer_persist(const struct open_effect *open) {
    const struct order *order = &core.book.orders[open->to.index];
    const struct leg *leg = order_shown_leg(order);
    bool good = chance(99);
    bool fresh = leg->state == LEG_NEW || (leg->state == LEG_DECLINED && leg->place_tries == 0);
    if (good && open->to.kind == ADDRESS_ORDER)
        keep_order(order);
    step((struct event){
        .kind = good ? EVENT_DURABLE : EVENT_PERSIST_FAILED,
        .of.durable = {.number = open->number, .conflict = !good && fresh && chance(30)}});
}

/* The shell looks the call up again, or cannot. */
static void answer_chosen(const struct open_effect *open) {
    struct shell_call *call = &calls[open->number];
    if (call->fate != FATE_CHOSEN)
        return;
    if (chance(10)) {
        call->fate = FATE_ANSWERED;
        step((struct event){.kind = EVENT_CALL, .of.call = {open->number, CALL_WISH_GONE, NULL}});
        return;
    }
    bool by_insurance = core.window.payment.way == DESK_WAY_INSURED;
    if (call->wish == CALL_WISH_PAY && (call->word[0] == '\0' || by_insurance))
        call->word = desk_way_word(
            core.window.payment.way == DESK_WAY_NONE ? DESK_WAY_CODE : core.window.payment.way);
    hear_call(open->number, false);
}

static void something_is_answered(void) {
    if (open_count == 0)
        return;
    int i = (int)below(open_count);
    struct open_effect open = open_effects[i];
    open_effects[i] = open_effects[--open_count];
    switch (open.kind) {
    case EFFECT_SEND:
        answer_send(&open);
        return;
    case EFFECT_PERSIST:
        answer_persist(&open);
        return;
    case EFFECT_CHOSEN:
        answer_chosen(&open);
        return;
    default:
        step((struct event){.kind = EVENT_PRINTED,
                            .of.printed = {open.number, (enum print_outcome)below(3)}});
        return;
    }
}

static void time_passes(void) {
    static const int64_t leaps_ms[] = {5, 200, 1000, 4000, 70000};
    int64_t leap_ms = 1 + below(leaps_ms[below(5)]);
    now.mono_ms += leap_ms;
    now.wall_ms += leap_ms;
    step((struct event){.kind = EVENT_TICK});
}

static void anything_happens(void) {
    static void (*const happenings[])(void) = {
        somebody_calls,        somebody_presses,      somebody_presses,      somebody_types,
        somebody_scans,        something_is_answered, something_is_answered, something_is_answered,
        something_is_answered, something_is_answered, something_is_answered, time_passes};
    happenings[below((int64_t)(sizeof happenings / sizeof happenings[0]))]();
}

static void begin_day(uint64_t number) {
    struct core_setup setup = {.journal_ok = true,
                               .desk_window = true,
                               .patient_display = chance(70),
                               .has_printer = chance(70),
                               .receipt_on_request = chance(30)};
    setup.policy = policy_default();
    setup.policy.settle_result = SETTLE_RESULT_ORDER;
    setup.policy.channels[CHANNEL_INSURANCE] = number % 4 != 0;
    setup.code_rules[setup.code_rule_count++] =
        (struct code_rule){.kind = IDENTITY_E_INSURANCE, .prefix = "EC", 11, 11, false};
    setup.limits = limits_default();
    strcpy(setup.number_mark, "7K0042");
    seed = number * 77 + 5;
    now = (struct now){NOON_MS, 1000};
    memset(calls, 0, sizeof calls);
    call_count = 0;
    open_count = kept_count = 0;
    core_init(&core, &setup, now);
}

static void anything_may_happen_at_the_window(void **state) {
    (void)state;
    int chosen = 0, answered = 0;
    for (uint64_t number = 1; number <= DAYS; number++) {
        begin_day(number);
        for (int i = 0; i < STEPS / DAYS; i++)
            anything_happens();
        for (uint32_t n = 1; n <= call_count; n++) {
            chosen += calls[n].fate == FATE_CHOSEN;
            answered += calls[n].fate == FATE_ANSWERED;
        }
    }
    assert_true(answered > 500);
    assert_true(chosen < answered);
    assert_true(insured_orders > 500);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(anything_may_happen_at_the_window)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
