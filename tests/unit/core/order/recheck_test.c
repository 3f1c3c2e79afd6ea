/* links: app/core/ app/core/visit/ app/core/desk/ app/core/order/ app/core/terms/ ui/ids.c */
/* An order that somebody wants asked about: who gets a slot for it, and what is noted. */
#include "tests/unit/core/order/book_story.h"

/* What reconciliation knows reaches an order that waits in the journal, and one that has a slot. */
static void a_recheck_takes_up_the_order_and_proves_it(void **state) {
    static struct recheck recheck;
    (void)state;
    recheck = (struct recheck){.head.kind = DOCUMENT_RECHECK, .kind = RECHECK_PROVE};
    recheck.order = an_order(7, LEG_PAID, CLAIM_DONE);
    recheck.order.claims[0].unproven = true;
    recheck.order.claims[0].sent_ms = now.wall_ms;
    memcpy(recheck.proof.leg_no, recheck.order.no, ORDER_NO_SIZE);
    recheck.proof.amount = (struct fen){1000};
    struct event event = {.kind = EVENT_CONTROL,
                          .now = now,
                          .of.control = {.control = CONTROL_RECHECK, .document = &recheck.head}};
    core_step(&core, &event, &out);
    int slot = book_find(&core.book, recheck.order.no);
    assert_true(slot >= 0);
    assert_false(core.book.orders[slot].claims[0].unproven);
    assert_true(core.book.orders[slot].run.fetched);
    event.of.control.document = NULL;
    core_step(&core, &event, &out);
}

static void recheck_order(const struct order *order) {
    static struct recheck recheck;
    recheck = (struct recheck){.head.kind = DOCUMENT_RECHECK, .order = *order};
    struct event event = {.kind = EVENT_CONTROL,
                          .now = now,
                          .of.control = {.control = CONTROL_RECHECK, .document = &recheck.head}};
    core_step(&core, &event, &out);
}

/* Whatever somebody at a keyboard wants to know: what a patient looks at stays, and there is room
 * for whoever comes. */
static void a_recheck_pushes_nobody_out(void **state) {
    struct order order = an_order(1, LEG_WAITING, CLAIM_WAITING);
    (void)state;
    full_book_one_shown();
    recheck_order(&order);
    assert_string_equal(core.book.orders[5].no, "26112012000000420105");
}

static void rechecks_leave_slots_for_who_comes(void **state) {
    (void)state;
    for (int n = 1; n <= FETCHED_MAX; n++)
        assert_true(restore(n, LEG_WAITING, CLAIM_WAITING));
    for (int n = 1; n <= ORDERS_MAX; n++) {
        struct order order = an_order(n + 100, LEG_WAITING, CLAIM_WAITING);
        recheck_order(&order);
    }
    assert_true(book_take_slot_to_pay(&core.book, -1, now) >= 0);
}

static enum note only_note(void) {
    assert_int_equal(out.items[0].kind, EFFECT_PERSIST);
    assert_int_equal(out.items[0].of.persist.count, 1);
    return (enum note)out.notes[out.items[0].of.persist.first].note;
}

/* Who had it asked about stands in the journal, as the evidence of what the turn notes: of an order
 * that is taken up for this, that it was resumed. */
static void who_wanted_an_order_asked_about_is_noted(void **state) {
    struct order order = an_order(1, LEG_WAITING, CLAIM_WAITING);
    (void)state;
    recheck_order(&order);
    assert_int_equal(only_note(), NOTE_RESUMED);
    assert_false(book_may_recheck(&core.book, order.no)); /* while that is being written */
    recheck_order(&order);
    assert_int_equal(out.count, 0);
    core.book.orders[book_find(&core.book, order.no)].run.durable_wait = 0;
    assert_true(book_may_recheck(&core.book, order.no));
    recheck_order(&order);
    assert_int_equal(only_note(), NOTE_ASKED);
    core.book.orders[book_find(&core.book, order.no)].run.durable_wait = 0;
    core.book.journal_ok = false;
    assert_false(book_may_recheck(&core.book, order.no));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_recheck_takes_up_the_order_and_proves_it, open_core),
        cmocka_unit_test_setup(who_wanted_an_order_asked_about_is_noted, open_core),
        cmocka_unit_test_setup(a_recheck_pushes_nobody_out, open_core),
        cmocka_unit_test_setup(rechecks_leave_slots_for_who_comes, open_core),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
