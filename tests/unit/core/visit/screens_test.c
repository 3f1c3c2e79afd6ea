/* links: app/core/ app/core/visit/ app/core/desk/ app/core/order/ app/core/terms/ ui/ids.c */
/* The table of screens walked, every pair of screen and event, and long walks by nobody's plan. */
#include "tests/support/patient.h"
#include "tests/support/payments_story.h"

#include "app/core/visit/screens.h"

static void every_screen_has_an_exit_and_a_time_out(void **state) {
    (void)state;
    for (int i = 0; i < SCREEN_COUNT; i++) {
        const struct screen_rule *rule = screen_rule((enum screen)i);
        assert_int_equal(rule->screen, i);
        assert_true((rule->touches & 1u << TOUCH_HOME) != 0);
        assert_true((rule->touches & 1u << TOUCH_LANG) != 0);
        assert_true((rule->touches & 1u << TOUCH_HELP) != 0);
        assert_true((rule->touches & 1u << TOUCH_EXTEND) != 0);
        assert_true((rule->touches & 1u << TOUCH_LARGER) != 0);
        assert_true((rule->touches & 1u << TOUCH_LOW) != 0);
        assert_true((rule->touches & 1u << TOUCH_DARK) != 0);
        assert_true((rule->hears & 1u << EVENT_TICK) != 0);
        assert_int_equal(rule->money_touches & ~rule->touches, 0);
        assert_true(((rule->touches & 1u << TOUCH_BACK) != 0) == (rule->back != rule->screen));
        bool listens = (rule->hears & (1u << EVENT_SCAN)) != 0;
        assert_true(listens == (rule->arm != ARM_NONE));
    }
}

/* Following time-outs from anywhere ends at welcome. */
static void every_time_out_leads_home(void **state) {
    (void)state;
    for (int i = 0; i < SCREEN_COUNT; i++) {
        enum screen screen = (enum screen)i;
        for (int steps = 0; screen != SCREEN_WELCOME; steps++) {
            assert_true(steps < SCREEN_COUNT);
            screen = screen_rule(screen)->timeout;
        }
    }
}

static uint32_t dice(uint32_t *seed) {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

#define ORDERS_OF_BEFORE 3
static struct order_document of_before[ORDERS_OF_BEFORE];
static struct payment_list payments;

/* What the journal tells of both: two deposits and a payment of bills. */
static void fill_journal(void) {
    const struct order *orders[ORDERS_OF_BEFORE];

    of_before[0].order = paid_deposit("26111912000000010003", wang.keys.id, 20000, NOON_MS - 1);
    of_before[1].order = paid_deposit("26111912000000010002", wang.keys.id, 10000, NOON_MS - 2);
    of_before[2].order = paid_bills("26111912000000010001", zhang.keys.id, NOON_MS - 3);
    for (int i = 0; i < ORDERS_OF_BEFORE; i++) {
        of_before[i].head.kind = DOCUMENT_ORDER;
        orders[i] = &of_before[i].order;
    }
    payments = listed(orders, ORDERS_OF_BEFORE);
}

/* The journal answers what it was asked. */
static const struct order_document *asked_for(const struct patient *p) {
    for (int i = 0; i < ORDERS_OF_BEFORE; i++)
        if (strcmp(of_before[i].order.no, p->core.session.payment.order_no) == 0)
            return &of_before[i];
    return &of_before[0];
}

static const void *any_document(uint32_t *seed) {
    const void *const documents[] = {
        NULL,         &zhang,    &li,          &wang,        &three_bills,     &three_bills,
        &three_bills, &no_bills, &link_to_pay, &link_to_pay, &to_the_pharmacy, &payments,
        &of_before[0]};

    return documents[dice(seed) % (sizeof documents / sizeof *documents)];
}

static struct event any_answer(const struct patient *p, uint32_t *seed) {
    struct event event = answer_to_last(p, (enum outcome)(dice(seed) % 5));
    struct event_answer *answer = &event.of.answer;

    if (p->open_count > 0 && dice(seed) % 4 != 0)
        answer->request = p->open[dice(seed) % (p->open_count < 64 ? p->open_count : 64)].number;
    answer->trade = (enum trade_state)(dice(seed) % 7);
    answer->has_amount = dice(seed) % 4 != 0;
    answer->amount.fen = dice(seed) % 3 == 0 ? 1 : 16570;
    answer->reached = dice(seed) % 2;
    answer->not_closed = dice(seed) % 3 == 0;
    answer->document = any_document(seed);
    static const char *const codes[] = {"", "00", "fail", "closed"};
    strcpy(answer->code, codes[dice(seed) % 4]);
    enum verb asked = question_row(p->core.session.question)->verb;
    if (asked == VERB_REOPEN && dice(seed) % 4 != 0)
        answer->document = &asked_for(p)->head;
    if (asked == VERB_RECORDS && dice(seed) % 4 != 0)
        answer->document = &payments.head;
    return event;
}

static void any_scan(struct event *event, uint32_t *seed) {
    static const char *const texts[] = {"C10000001", "W20001234", "130000000000000000",
                                        "]",         "x",         ""};
    const char *text = texts[dice(seed) % 6];

    event->of.scan.length = (uint8_t)strlen(text);
    memcpy(event->of.scan.text, text, strlen(text));
}

static struct event any_event(const struct patient *p, enum event_kind kind, uint32_t *seed) {
    struct event event = {.kind = kind};

    switch (kind) {
    case EVENT_TOUCH:
        event.of.touch.screen = p->core.session.screen;
        event.of.touch.revision = p->core.session.revision;
        event.of.touch.touch.kind = (enum touch_kind)(dice(seed) % (TOUCH_KIND_COUNT + 1));
        event.of.touch.touch.n = dice(seed) % 3 == 0 ? (int)dice(seed) : (int)(dice(seed) % 8);
        break;
    case EVENT_TEXT:
        event.of.text.key = "0123456789CWX.\n\x1b\b\x18"[dice(seed) % 18];
        break;
    case EVENT_SCAN:
        any_scan(&event, seed);
        break;
    case EVENT_CARD:
        event.of.card.kind = (enum identity_kind)(dice(seed) % (IDENTITY_COUNT + 1));
        event.of.card.role = (enum device_role)(dice(seed) % ROLE_COUNT);
        memcpy(event.of.card.number, "C10000001", 10);
        break;
    case EVENT_DEVICE:
        event.of.device = (struct event_device){
            (enum device_role)(dice(seed) % (ROLE_COUNT + 1)), (enum device_word)(dice(seed) % 6),
            (enum supply_word)(dice(seed) % 6), (enum media_word)(dice(seed) % 5), false};
        break;
    case EVENT_ANSWER:
        event = any_answer(p, seed);
        break;
    case EVENT_DURABLE:
    case EVENT_PERSIST_FAILED:
        event.of.durable.number = p->persisted;
        break;
    case EVENT_PRINTED:
        event.of.printed = (struct event_printed){p->job, (enum print_outcome)(dice(seed) % 3)};
        break;
    case EVENT_PROGRESS:
        event.of.progress.request = p->open[dice(seed) % 64].number;
        event.of.progress.step = (enum card_step)(dice(seed) % (CARD_STEP_COUNT + 1));
        break;
    case EVENT_CONTROL:
        event.of.control.control =
            dice(seed) % 4 == 0 ? CONTROL_OUT_OF_SERVICE : CONTROL_IN_SERVICE;
        break;
    case EVENT_STAFF:
        event.of.staff = p->staff;
        event.of.staff.ok = dice(seed) % 2;
        break;
    case EVENT_CALL: /* not for a screen */
    case EVENT_PINPAD:
    case EVENT_DISPLAY:
    case EVENT_TICK:
        break;
    }
    return event;
}

static void stays_sane(const struct patient *p, uint32_t revision_before) {
    const struct session *session = &p->core.session;

    assert_true((unsigned)session->screen < SCREEN_COUNT);
    assert_true((unsigned)session->notice < NOTICE_COUNT);
    assert_true((unsigned)session->payment.verdict < VERDICT_COUNT);
    assert_true(session->revision - revision_before <= 4);
    assert_int_equal(session->armed, screen_rule(session->screen)->arm);
    assert_true(session->payment.slot >= -1 && session->payment.slot < ORDERS_MAX);
    assert_true(session->payment.slot < 0 || p->core.book.orders[session->payment.slot].run.used);
    assert_true(session->screen != SCREEN_RESULT || session->payment.slot < 0 ||
                session->payment.verdict != VERDICT_NONE);
    assert_true(core_deadline(&p->core) > 0);
    for (int i = 0; i < ORDERS_MAX; i++)
        if (p->core.book.orders[i].run.used)
            (void)order_sums(&p->core.book.orders[i]); /* asserts its own balance */
}

static void every_screen_bears_every_event(void **state) {
    uint32_t seed = 20261120;

    (void)state;
    for (int screen = 0; screen < SCREEN_COUNT; screen++)
        for (int kind = 0; kind <= EVENT_STAFF; kind++)
            for (int i = 0; i < 40; i++) {
                struct patient p;
                begin(&p);
                p.core.session.screen = (enum screen)screen;
                p.core.session.field = (enum keypad_field)(i % 2);
                p.core.session.service = (enum service)(1 + i % 2);
                uint32_t revision = p.core.session.revision;
                pass(&p, 400);
                happens(&p, any_event(&p, (enum event_kind)kind, &seed));
                stays_sane(&p, revision);
            }
}

/* At the patient's payments, for one of both services. */
static void at_payments(struct patient *p, int service) {
    tap_number(p, TOUCH_SERVICE, service);
    scan(p, "W20001234");
    answer(p, OUTCOME_ACCEPTED, &wang);
    tap(p, TOUCH_NEXT);
    answer(p, OUTCOME_ACCEPTED, &payments);
    assert_int_equal(p->core.session.screen, SCREEN_RECORDS);
}

/* The balance goes back: platform and hospital were asked about the first payment. */
static void at_refund(struct patient *p) {
    at_payments(p, SERVICE_REFUND);
    tap(p, TOUCH_ALL);
    tap(p, TOUCH_PAY);
    answer(p, OUTCOME_ACCEPTED, asked_for(p));
    answer_trade(p, OUTCOME_ACCEPTED, TRADE_PAID, NULL);
    answer_code(p, OUTCOME_ACCEPTED, "00");
}

/* No walk gives more back than was paid, or what is not there. */
static void gives_back_no_more_than_there_is(const struct patient *p) {
    for (int i = 0; i < ORDERS_MAX; i++) {
        const struct order *order = &p->core.book.orders[i];
        int64_t back_fen = 0;
        for (int r = 0; order->run.used && r < order->refund_count; r++)
            if (order->refunds[r].state != REFUND_REFUSED)
                back_fen += order->refunds[r].amount.fen;
        assert_true(!order->run.used || back_fen <= order->legs[0].amount.fen);
    }
}

static void no_walk_leads_astray(void **state) {
    static const enum event_kind often[] = {
        EVENT_TOUCH,  EVENT_TOUCH,  EVENT_TOUCH,   EVENT_TEXT,    EVENT_SCAN, EVENT_ANSWER,
        EVENT_ANSWER, EVENT_ANSWER, EVENT_DURABLE, EVENT_DURABLE, EVENT_TICK};
    static struct patient p;
    uint32_t seed = 88172645;
    int paid = 0, results = 0, refunds = 0;

    (void)state;
    fill_journal();
    for (int walk = 0; walk < 2000; walk++) {
        begin(&p);
        if (walk % 5 == 1)
            at_channel(&p);
        else if (walk % 5 == 2)
            at_qr(&p);
        else if (walk % 5 == 3)
            at_refund(&p);
        else if (walk % 5 == 4)
            at_payments(&p, walk % 2 == 0 ? SERVICE_REFUND : SERVICE_RECORDS);
        for (int i = 0; i < 400; i++) {
            enum screen before = p.core.session.screen;
            enum event_kind kind = often[dice(&seed) % (sizeof often / sizeof *often)];
            if (dice(&seed) % 40 == 0)
                kind = (enum event_kind)(dice(&seed) % (EVENT_STAFF + 1));
            uint32_t revision = p.core.session.revision;
            int64_t pause = dice(&seed) % 64 == 0 ? 30000 : dice(&seed) % 900;
            p.now.wall_ms += pause;
            p.now.mono_ms += pause;
            happens(&p, any_event(&p, kind, &seed));
            stays_sane(&p, revision);
            gives_back_no_more_than_there_is(&p);
            refunds += p.core.session.giving_back.refund >= 0;
            results += before != SCREEN_RESULT && p.core.session.screen == SCREEN_RESULT;
            paid += p.core.session.waiting == WAITING_CREDIT;
        }
    }
    assert_true(results > 5); /* or the walks prove nothing */
    assert_true(paid > 0);
    assert_true(refunds > 1000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_screen_has_an_exit_and_a_time_out),
        cmocka_unit_test(every_time_out_leads_home),
        cmocka_unit_test(every_screen_bears_every_event),
        cmocka_unit_test(no_walk_leads_astray),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
