/* links: app/core/ app/core/visit/ app/core/desk/ app/core/order/ app/core/terms/ ui/ids.c */
/* Not every open order of the journal could be read: nothing is sold until a person has decided,
 * and that other writes succeed says nothing about it. */
#include "app/core/visit/flows.h"
#include "tests/support/patient.h"

static struct patient p;

static void start_with(enum journal_fault fault) {
    begin(&p);
    core_distrust_journal(&p.core, fault, p.now);
}

static void control_is(enum control control) {
    happens(&p, (struct event){.kind = EVENT_CONTROL, .of.control.control = control});
}

static void nothing_is_sold(void) {
    assert_int_equal(p.core.session.screen, SCREEN_OUT_OF_SERVICE);
    assert_int_equal(offer_service_obstacle(core_situation(&p.core, p.now), SERVICE_BILLS),
                     NOTICE_JOURNAL);
}

static void a_later_write_clears_nothing(void **state) {
    (void)state;
    start_with(JOURNAL_UNDECIDED);
    nothing_is_sold();
    happens(&p, (struct event){.kind = EVENT_DURABLE, .of.durable.number = 1});
    nothing_is_sold();
    control_is(CONTROL_IN_SERVICE);
    nothing_is_sold();
    happens(&p, (struct event){.kind = EVENT_PERSIST_FAILED, .of.durable.number = 1});
    pass(&p, 61000);
    nothing_is_sold();
}

static void a_person_who_decides_clears_it(void **state) {
    (void)state;
    start_with(JOURNAL_UNDECIDED);
    control_is(CONTROL_DECIDED);
    assert_int_equal(p.core.session.screen, SCREEN_WELCOME);
    assert_int_equal(offer_service_obstacle(core_situation(&p.core, p.now), SERVICE_BILLS),
                     NOTICE_NONE);
}

static void what_was_never_read_waits_for_the_next_start(void **state) {
    (void)state;
    start_with(JOURNAL_UNREAD);
    control_is(CONTROL_DECIDED);
    nothing_is_sold();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_later_write_clears_nothing),
        cmocka_unit_test(a_person_who_decides_clears_it),
        cmocka_unit_test(what_was_never_read_waits_for_the_next_start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
