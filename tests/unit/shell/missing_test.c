/* links: house */
/* Without a journal, a USB bus or a right PIN whatever the core asks for is answered all the same.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/shell/dispatch.h"
#include "tests/support/patient.h"

static struct patient patient;
static struct services services;

static void wake_nobody(void *context) {
    (void)context;
}

static int services_set_up(void **state) {
    (void)state;
    begin(&patient);
    struct inbox *inbox = inbox_create(wake_nobody, NULL);
    const struct core *core = &patient.core;
    services = (struct services){.core = core};
    services.persist = (struct persist){.inbox = inbox, .core = core};
    services.exchanges.inbox = inbox;
    services.exchanges.core = core;
    services.pinpad = (struct pinpad){
        .inbox = inbox, .core = core, .exchanges = &services.exchanges, .till = "0001"};
    services.records = (struct records){.inbox = inbox, .core = core};
    services.resolve.inbox = inbox;
    services.staff =
        (struct staff_asks){.inbox = inbox, .core = core, .resolve = &services.resolve};
    services.print.inbox = inbox;
    services.print.core = core;
    return 0;
}

static int services_tear_down(void **state) {
    (void)state;
    inbox_destroy(services.persist.inbox);
    return 0;
}

/* What the core hears of one effect. */
static struct event answer_to(struct effect effect) {
    struct effects effects = {.count = 1};
    struct delivery delivery;
    effects.items[0] = effect;
    dispatch_effects(&services, &effects, NULL);
    assert_true(inbox_deliver(services.persist.inbox, &delivery));
    assert_false(delivery.none);
    assert_null(delivery.document);
    free(delivery.evidence);
    struct delivery more;
    assert_false(inbox_deliver(services.persist.inbox, &more));
    return delivery.event;
}

static void a_write_without_a_journal_fails(void **state) {
    (void)state;
    struct event event =
        answer_to((struct effect){.kind = EFFECT_PERSIST, .number = 7, .to = {ADDRESS_ORDER, 0}});
    assert_int_equal(event.kind, EVENT_PERSIST_FAILED);
    assert_int_equal(event.of.durable.number, 7);
}

static void records_that_cannot_be_read_are_unknown(void **state) {
    (void)state;
    struct effect effect = {.kind = EFFECT_SEND,
                            .number = 8,
                            .to = {ADDRESS_VISIT, 0},
                            .leg = PART_NONE,
                            .of.send.verb = VERB_RECORDS};
    struct event event = answer_to(effect);
    assert_int_equal(event.kind, EVENT_ANSWER);
    assert_int_equal(event.of.answer.request, 8);
    assert_int_equal(event.of.answer.outcome, OUTCOME_UNKNOWN);
}

static void a_sale_that_never_reached_the_pinpad_is_declined(void **state) {
    (void)state;
    struct order *order = &patient.core.book.orders[0];
    order->leg_count = 1;
    order->legs[0] = (struct leg){.route = ROUTE_POS, .no = "26112012000000010042"};
    struct effect effect = {.kind = EFFECT_SEND,
                            .number = 9,
                            .to = {ADDRESS_ORDER, 0},
                            .refund = PART_NONE,
                            .of.send.verb = VERB_PLACE};
    struct event event = answer_to(effect);
    assert_int_equal(event.kind, EVENT_ANSWER);
    assert_int_equal(event.of.answer.request, 9);
    assert_int_equal(event.of.answer.verb, VERB_PLACE);
    assert_int_equal(event.of.answer.outcome, OUTCOME_DECLINED);
    assert_false(event.of.answer.reached);
    assert_int_equal(services.exchanges.count, 0);
}

static void a_receipt_without_a_printer_failed(void **state) {
    (void)state;
    struct event event =
        answer_to((struct effect){.kind = EFFECT_PRINT, .number = 10, .to = {ADDRESS_ORDER, 0}});
    assert_int_equal(event.kind, EVENT_PRINTED);
    assert_int_equal(event.of.printed.job, 10);
    assert_int_equal(event.of.printed.outcome, PRINT_FAILED);
}

static void the_staff_hear_no(void **state) {
    static const enum staff_ask asks[] = {STAFF_ASK_PIN, STAFF_ASK_CASES, STAFF_ASK_CASE};
    (void)state;
    for (uint32_t i = 0; i < sizeof asks / sizeof *asks; i++) {
        struct effect effect = {.kind = EFFECT_STAFF, .number = 20 + i, .of.staff.ask = asks[i]};
        struct event event = answer_to(effect);
        assert_int_equal(event.kind, EVENT_STAFF);
        assert_int_equal(event.of.staff.number, 20 + i);
        assert_int_equal(event.of.staff.ask, asks[i]);
        assert_false(event.of.staff.ok);
        assert_null(event.of.staff.document);
    }
}

static void quitting_is_remembered_for_the_loop(void **state) {
    (void)state;
    struct effects effects = {.count = 1, .items = {{.kind = EFFECT_QUIT}}};
    assert_false(services.quit);
    dispatch_effects(&services, &effects, NULL);
    assert_true(services.quit);
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, services_set_up, services_tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        STORY(a_write_without_a_journal_fails),
        STORY(records_that_cannot_be_read_are_unknown),
        STORY(a_sale_that_never_reached_the_pinpad_is_declined),
        STORY(a_receipt_without_a_printer_failed),
        STORY(the_staff_hear_no),
        STORY(quitting_is_remembered_for_the_loop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
