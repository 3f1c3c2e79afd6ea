/* links: app/core/ app/core/visit/ app/core/desk/ app/core/order/ app/core/terms/ ui/ids.c */
/* Whatever is touched, scanned, answered, refused, forgotten or unplugged, in whatever order: the
 * core stops at nothing, the sums of every order agree, and it knows when it wants to be asked
 * again. The answers here make no sense together, on purpose; the simulator is where they do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "app/core/core.h"
#include "app/core/order/payments.h"
#include "app/core/visit/flows.h"
#include "app/core/visit/refundable.h"

#define NOON_MS INT64_C(1795147200000)
#define STEPS 30000
#define VISITS 24
#define OPEN_MAX 128
#define KEPT_MAX 48

struct open_effect {
    enum effect_kind kind;
    uint32_t number;
    struct address to;
    enum verb verb;
    enum staff_ask ask;
};

static struct core core;
static struct effects out;
static struct open_effect open_effects[OPEN_MAX];
static int open_count, kept_count;
static struct order kept[KEPT_MAX]; /* as a journal would have them */
static uint64_t seed;
static struct now now;

static struct account accounts[4];
static struct bill_list no_bills, one_bill, many_bills, odd_bills;
static struct pay_link link_document;
static struct guidance guidance;
static struct payment_list payments;
static struct order_document order_document;
static struct staff_cases staff_cases;
static struct staff_file staff_file;

static int64_t below(int64_t limit) {
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int64_t)((seed >> 33) % (uint64_t)limit);
}

static bool chance(int percent) {
    return below(100) < percent;
}

/* ---- documents ---- */
static void make_account(struct account *account, enum account_type type, int cards) {
    memset(account, 0, sizeof *account);
    account->head.kind = DOCUMENT_ACCOUNT;
    account->account_type = type;
    snprintf(account->name, sizeof account->name, "王淑兰");
    snprintf(account->keys.id, sizeof account->keys.id, "key");
    snprintf(account->cert_no, sizeof account->cert_no, "11010519491231002X");
    account->balance.fen = 30000;
    account->card_count = cards;
    for (int i = 0; i < cards; i++) {
        snprintf(account->cards[i].his_cust_id, TRACE_NO_SIZE, "H%d", i);
        account->cards[i].has_balance = i == 0;
        account->cards[i].balance.fen = 20000;
    }
}

static void make_bills(struct bill_list *list, int count, const char *tip) {
    memset(list, 0, sizeof *list);
    list->head.kind = DOCUMENT_BILLS;
    snprintf(list->tip, sizeof list->tip, "%s", tip);
    list->bill_count = count;
    for (int i = 0; i < count; i++) {
        snprintf(list->bills[i].org_trace_no, TRACE_NO_SIZE, "B%03d", i);
        snprintf(list->bills[i].doc_trace_no, TRACE_NO_SIZE, "D%03d", i);
        list->bills[i].amount.fen = 100 + i;
    }
}

static void make_documents(void) {
    make_account(&accounts[0], ACCOUNT_OUTPATIENT, 0);
    make_account(&accounts[1], ACCOUNT_OUTPATIENT, 1);
    make_account(&accounts[2], ACCOUNT_OUTPATIENT, 3);
    make_account(&accounts[3], ACCOUNT_INPATIENT, 0);
    accounts[1].mdtrt_cert_no[0] = 'C';
    accounts[1].keys.id[0] = '\0';
    accounts[3].has_cap = true;
    accounts[3].deposit_cap.fen = 15000;
    make_bills(&no_bills, 0, "");
    make_bills(&one_bill, 1, "");
    make_bills(&many_bills, 40, "tip");
    make_bills(&odd_bills, 3, "");
    odd_bills.bills[0].org_trace_no[0] = '\0';
    odd_bills.bills[1].amount.fen = 0;
    odd_bills.bills[2].amount.fen = MONEY_MAX_FEN;
    link_document.head.kind = DOCUMENT_PAY_LINK;
    snprintf(link_document.url, sizeof link_document.url, "https://pay");
    guidance.head.kind = DOCUMENT_GUIDANCE;
    staff_cases = (struct staff_cases){.head = {DOCUMENT_STAFF_CASES}, .count = 20};
    staff_file.head.kind = DOCUMENT_STAFF_FILE;
    staff_file.line_count = 0;
}

static const struct document *payments_now(void) {
    memset(&payments, 0, sizeof payments);
    payments.head.kind = DOCUMENT_PAYMENTS;
    for (int i = 0; i < kept_count; i++)
        (void)payments_add(&payments, &kept[i]);
    return &payments.head;
}

static const struct document *order_now(void) {
    memset(&order_document, 0, sizeof order_document);
    order_document.head.kind = DOCUMENT_ORDER;
    for (int i = 0; i < kept_count; i++)
        if (strcmp(kept[i].no, core.session.payment.order_no) == 0)
            order_document.order = kept[i];
    return &order_document.head;
}

static const struct document *sensible(enum verb verb) {
    const struct document *const lists[] = {&one_bill.head, &one_bill.head, &many_bills.head,
                                            &no_bills.head, &odd_bills.head};
    switch (verb) {
    case VERB_ACCOUNT:
        return &accounts[below(4)].head;
    case VERB_BILLS:
        return lists[below(5)];
    case VERB_PLACE:
        return &link_document.head;
    case VERB_RECORDS:
        return payments_now();
    case VERB_REOPEN:
        return order_now();
    case VERB_GUIDANCE:
        return &guidance.head;
    default:
        return NULL;
    }
}

/* ---- what the world may do ---- */
static void keep(const struct order *order) {
    int i = 0;
    while (i < kept_count && strcmp(kept[i].no, order->no) != 0)
        i++;
    if (i == KEPT_MAX)
        i = (int)below(KEPT_MAX);
    else if (i == kept_count)
        kept_count++;
    kept[i] = *order;
    memset(&kept[i].run, 0, sizeof kept[i].run);
    if (order_settled(order))
        kept[i].person.mdtrt_cert_no[0] = '\0';
}

static void note_effects(void) {
    for (int i = 0; i < out.count; i++) {
        const struct effect *effect = &out.items[i];
        if (effect->kind == EFFECT_PERSIST)
            keep(&core.book.orders[effect->to.index]);
        if (effect->kind != EFFECT_PERSIST && effect->kind != EFFECT_SEND &&
            effect->kind != EFFECT_PRINT && effect->kind != EFFECT_STAFF)
            continue;
        int at = open_count < OPEN_MAX ? open_count++ : (int)below(OPEN_MAX);
        open_effects[at] =
            (struct open_effect){.kind = effect->kind, .number = effect->number, .to = effect->to};
        if (effect->kind == EFFECT_SEND)
            open_effects[at].verb = effect->of.send.verb;
        if (effect->kind == EFFECT_STAFF)
            open_effects[at].ask = effect->of.staff.ask;
    }
}

static void check(void) {
    assert_true((unsigned)core.session.screen < SCREEN_COUNT);
    for (int i = 0; i < ORDERS_MAX; i++)
        if (core.book.orders[i].run.used)
            (void)order_sums(&core.book.orders[i]); /* asserts that they agree */
    struct fen presets[6];
    (void)offer_presets(core_situation(&core, now), presets);
    for (int channel = -1; channel <= CHANNEL_COUNT; channel++)
        (void)offer_channel_obstacle(core_situation(&core, now), (enum channel)channel);
    for (int service = 0; service <= SERVICE_COUNT; service++)
        (void)offer_service_obstacle(core_situation(&core, now), (enum service)service);
    assert_true(core_deadline(&core) > 0);
    (void)core_pay_code(&core, (int)below(ORDERS_MAX) - 1);
}

static void step(struct event event) {
    event.now = now;
    core_step(&core, &event, &out);
    note_effects();
    check();
}

static struct event_answer answer_to(const struct open_effect *effect) {
    static const char *const codes[] = {"",         "00", "01", "exp", "closed", "-28",
                                        "HTTP 502", "Z1", "Z2", "Z5",  "51"};
    static const enum trade_state trades[] = {TRADE_WAIT,     TRADE_PAID,          TRADE_FAILED,
                                              TRADE_RETURNED, TRADE_RETURN_FAILED, TRADE_OTHER};
    struct event_answer answer = {.request = effect->number,
                                  .verb = effect->verb,
                                  .outcome = (enum outcome)below(OUTCOME_MALFORMED + 1),
                                  .trade = chance(40) ? TRADE_NONE : trades[below(6)],
                                  .has_amount = chance(80),
                                  .not_closed = chance(30),
                                  .reached = chance(80),
                                  .time_ms = chance(30) ? 0 : now.wall_ms};
    bool agrees = chance(70);
    if (agrees)
        answer.outcome = OUTCOME_ACCEPTED;
    if (agrees && effect->to.kind == ADDRESS_ORDER)
        answer.trade = effect->verb == VERB_REFUND || effect->verb == VERB_ASK_REFUND
                           ? TRADE_RETURNED
                           : TRADE_PAID;
    if (agrees && effect->verb == VERB_PLACE && chance(60)) {
        answer.outcome = OUTCOME_PENDING;
        answer.trade = TRADE_WAIT;
    }
    if (effect->to.kind == ADDRESS_ORDER && core.book.orders[effect->to.index].run.used &&
        chance(90))
        answer.amount = core.book.orders[effect->to.index].legs[0].amount;
    answer.has_amount =
        answer.has_amount && (effect->verb == VERB_ASK || effect->verb == VERB_PLACE);
    answer.document = chance(90) ? sensible(effect->verb) : sensible((enum verb)below(VERB_COUNT));
    strcpy(answer.code, codes[below(11)]);
    return answer;
}

static void answer_one(void) {
    if (open_count == 0)
        return;
    int at = (int)below(open_count);
    struct open_effect effect = open_effects[at];
    struct event event = {0};
    open_effects[at] = open_effects[--open_count];
    switch (effect.kind) {
    case EFFECT_PERSIST:
        event.kind = chance(95) ? EVENT_DURABLE : EVENT_PERSIST_FAILED;
        event.of.durable.number = effect.number;
        break;
    case EFFECT_PRINT:
        event.kind = EVENT_PRINTED;
        event.of.printed = (struct event_printed){effect.number, (enum print_outcome)below(3)};
        break;
    case EFFECT_STAFF:
        event.kind = EVENT_STAFF;
        event.of.staff =
            (struct event_staff){.number = effect.number,
                                 .ask = effect.ask,
                                 .ok = chance(80),
                                 .document = effect.ask == STAFF_ASK_CASES  ? &staff_cases.head
                                             : effect.ask == STAFF_ASK_CASE ? &staff_file.head
                                                                            : NULL};
        if (chance(10))
            event.of.staff.document = &link_document.head;
        break;
    default:
        event.kind = EVENT_ANSWER;
        event.of.answer = answer_to(&effect);
        break;
    }
    step(event);
}

static void touch(enum touch_kind kind, int n) {
    const struct session *session = &core.session;
    struct event event = {.kind = EVENT_TOUCH};
    event.of.touch = (struct event_touch){.screen = session->screen,
                                          .revision = session->revision - chance(3),
                                          .touch = {kind, n},
                                          .held_ms = chance(10) ? 10000 : 80};
    step(event);
}

/* What leads on from a screen, or most likely does. */
static const struct touch onward[SCREEN_COUNT][4] = {
    [SCREEN_WELCOME] = {{TOUCH_SERVICE, SERVICE_BILLS},
                        {TOUCH_SERVICE, SERVICE_DEPOSIT},
                        {TOUCH_SERVICE, SERVICE_REFUND},
                        {TOUCH_SERVICE, SERVICE_RECORDS}},
    [SCREEN_SERVICE] = {{TOUCH_SERVICE, SERVICE_BILLS},
                        {TOUCH_SERVICE, SERVICE_DEPOSIT},
                        {TOUCH_SERVICE, SERVICE_REFUND},
                        {TOUCH_SERVICE, SERVICE_RECORDS}},
    [SCREEN_IDENTIFY] = {{TOUCH_NEXT, 0}, {TOUCH_KEY, '1'}, {TOUCH_MORE, 0}, {TOUCH_BACK, 0}},
    [SCREEN_KEYPAD] = {{TOUCH_KEY, 'C'}, {TOUCH_KEY, '1'}, {TOUCH_NEXT, 0}, {TOUCH_KEY, '\b'}},
    [SCREEN_CONFIRM] = {{TOUCH_NEXT, 0}, {TOUCH_PAY, 0}, {TOUCH_NEXT, 0}, {TOUCH_PAY, 0}},
    [SCREEN_CARDS] = {{TOUCH_CARD, 1}, {TOUCH_CARD, 2}, {TOUCH_CARD, 3}, {TOUCH_NEXT, 0}},
    [SCREEN_BILLS] = {{TOUCH_PAY, 0}, {TOUCH_BILL, 1}, {TOUCH_DETAIL, 1}, {TOUCH_PAY, 0}},
    [SCREEN_BILL] = {{TOUCH_BACK, 0}, {TOUCH_MORE, 0}, {TOUCH_LESS, 0}, {TOUCH_BACK, 0}},
    [SCREEN_AMOUNT] = {{TOUCH_AMOUNT, 1}, {TOUCH_PAY, 0}, {TOUCH_KEY, '5'}, {TOUCH_NEXT, 0}},
    [SCREEN_CHANNEL] = {{TOUCH_CHANNEL, CHANNEL_WECHAT},
                        {TOUCH_CHANNEL, CHANNEL_PHONE},
                        {TOUCH_CHANNEL, CHANNEL_CARD},
                        {TOUCH_CHANNEL, CHANNEL_ALIPAY}},
    [SCREEN_PAY_QR] = {{TOUCH_EXTEND, 0}, {TOUCH_CANCEL, 0}, {TOUCH_DETAIL, 1}, {TOUCH_HELP, 0}},
    [SCREEN_INSURANCE] = {{TOUCH_MORE, 0}, {TOUCH_LESS, 0}, {TOUCH_BACK, 0}, {TOUCH_EXTEND, 0}},
    [SCREEN_PUSHED] = {{TOUCH_EXTEND, 0}, {TOUCH_CANCEL, 0}, {TOUCH_HELP, 0}, {TOUCH_HOME, 0}},
    [SCREEN_PAY_CODE] = {{TOUCH_EXTEND, 0}, {TOUCH_CANCEL, 0}, {TOUCH_EXTEND, 0}, {TOUCH_BACK, 0}},
    [SCREEN_WAITING] = {{TOUCH_EXTEND, 0}, {TOUCH_CANCEL, 0}, {TOUCH_EXTEND, 0}, {TOUCH_BACK, 0}},
    [SCREEN_RESULT] = {{TOUCH_PRINT, 0}, {TOUCH_MORE, 0}, {TOUCH_LESS, 0}, {TOUCH_HOME, 0}},
    [SCREEN_RECORDS] = {{TOUCH_BILL, 1}, {TOUCH_BILL, 2}, {TOUCH_ALL, 0}, {TOUCH_MORE, 0}},
    [SCREEN_STAFF] = {{TOUCH_NEXT, 0}, {TOUCH_PICK, 1}, {TOUCH_KEY, '1'}, {TOUCH_PICK, 5}},
};

static void touch_anything(void) {
    struct touch on = onward[core.session.screen][below(4)];
    now.mono_ms += 400; /* a finger takes as long */
    now.wall_ms += 400;
    if (core.session.screen == SCREEN_WELCOME && chance(15))
        touch(TOUCH_STAFF, 0);
    else if (core.session.screen == SCREEN_STAFF && chance(60))
        touch(chance(70) ? TOUCH_PICK : TOUCH_CASE, (int)below(23) - 1);
    else if (on.kind != TOUCH_NONE && chance(85))
        touch(on.kind, on.n);
    else if (chance(35))
        touch(TOUCH_KEY, "0123456789X.\b\x18"[below(14)]);
    else
        touch((enum touch_kind)below(TOUCH_KIND_COUNT), (int)below(14) - 1);
}

static void scan_anything(void) {
    static const char *const texts[] = {"C10000001",
                                        "W20001234",
                                        "130123456789012345",
                                        "280123456789012345",
                                        "621234567890123456 7",
                                        "11010519491231002X",
                                        "110105194912310021",
                                        "",
                                        "c 1",
                                        "62123456789012345678",
                                        "sm:1?a",
                                        "!"};
    struct event event = {.kind = EVENT_SCAN};
    const char *text = texts[below(12)];
    event.of.scan.length = (uint8_t)strlen(text);
    strcpy(event.of.scan.text, text);
    step(event);
}

static void device_anything(void) {
    struct event event = {.kind = EVENT_DEVICE};
    event.of.device = (struct event_device){(enum device_role)below(ROLE_COUNT + 1),
                                            (enum device_word)below(DEVICE_FAULT + 1),
                                            (enum supply_word)below(SUPPLY_NOT_SUPPORTED + 1),
                                            (enum media_word)below(MEDIA_JAMMED + 1), false};
    if (chance(70))
        event.of.device.device = DEVICE_READY;
    step(event);
}

static void card_anything(void) {
    struct event event = {.kind = EVENT_CARD};
    event.of.card.kind = (enum identity_kind)below(IDENTITY_COUNT);
    event.of.card.role = (enum device_role)below(ROLE_COUNT);
    if (chance(80))
        strcpy(event.of.card.number, "C10000001");
    step(event);
    event = (struct event){.kind = EVENT_PROGRESS};
    if (open_count > 0)
        event.of.progress.request = open_effects[below(open_count)].number;
    event.of.progress.step = (enum card_step)below(8);
    step(event);
}

static void control_anything(void) {
    struct event event = {.kind = EVENT_CONTROL};
    event.of.control.control = (enum control)below(CONTROL_RESOLVED + 1);
    if (kept_count > 0)
        memcpy(event.of.control.order_no, kept[below(kept_count)].no, ORDER_NO_SIZE);
    step(event);
    event.of.control.control = CONTROL_IN_SERVICE;
    step(event);
}

static void anything(void) {
    static const int64_t pauses_ms[] = {10, 10, 300, 300, 1000, 3000, 3000, 16000, 70000, 4000000};
    int64_t pause_ms = chance(30) ? pauses_ms[below(chance(5) ? 10 : 7)] : 0;
    now.mono_ms += pause_ms;
    now.wall_ms += pause_ms;
    int what = (int)below(100);
    if (what < 50)
        answer_one();
    else if (what < 80)
        touch_anything();
    else if (what < (core.session.screen == SCREEN_IDENTIFY ? 92 : 84))
        scan_anything();
    else if (what < 88)
        device_anything();
    else if (what < 90)
        card_anything();
    else if (what < 91)
        control_anything();
    else if (what < 93)
        step((struct event){.kind = EVENT_TEXT, .of.text.key = "0c\n\b\x1b"[below(5)]});
    else
        step((struct event){.kind = EVENT_TICK});
}

static void begin(int visit) {
    struct core_setup setup = {.policy = policy_default(),
                               .limits = limits_default(),
                               .number_mark = "7K0042",
                               .journal_ok = true,
                               .receipt_on_request = visit % 2 == 1,
                               .has_printer = visit % 5 != 0,
                               .has_staff_pin = true,
                               .code_rule_count = 2,
                               .code_rules = {{IDENTITY_HOSPITAL_CARD, "C", 9, 9, false},
                                              {IDENTITY_WRISTBAND, "W", 9, 9, true}}};
    setup.policy.channels[CHANNEL_CARD] = true;
    setup.policy.confirm_last4 = visit % 3 == 1;
    setup.policy.confirm = visit % 4 < 2 ? CONFIRM_EVERYBODY : CONFIRM_TYPED;
    setup.policy.outpatient_deposit = visit % 4 == 2;
    setup.policy.refund_staff_confirm[ROUTE_POS] = visit % 2 == 0;
    if (visit == VISITS - 1)
        memset(setup.policy.channels, 0, sizeof setup.policy.channels);
    if (visit % 5 == 4)
        setup.policy.patient_day_max.fen = 50000;
    if (visit % 5 == 3)
        setup.policy.order_max.fen = 10000;
    seed = (uint64_t)visit * 7919 + 1;
    open_count = kept_count = 0;
    now = (struct now){NOON_MS, 1000};
    core_init(&core, &setup, now);
    for (int role = 0; role < ROLE_COUNT; role++) {
        struct event event = {.kind = EVENT_DEVICE};
        event.of.device = (struct event_device){(enum device_role)role, DEVICE_READY, SUPPLY_OK,
                                                MEDIA_NONE, false};
        step(event);
    }
}

static void whatever_happens_the_sums_agree(void **state) {
    (void)state;
    make_documents();
    for (int visit = 0; visit < VISITS; visit++) {
        begin(visit);
        for (int i = 0; i < STEPS; i++)
            anything();
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whatever_happens_the_sums_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
