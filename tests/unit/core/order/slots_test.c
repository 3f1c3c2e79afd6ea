/* links: app/core/ app/core/visit/ app/core/desk/ app/core/order/ app/core/terms/ ui/ids.c */
/* The book's own functions, one by one: who gets a slot, who is found, what is said to whom, what
 * is wiped. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/book_slots.h"

static struct core_setup setup;
static struct effects out;
static struct book_turn turn;

static int open_book(void **state) {
    (void)state;
    setup = (struct core_setup){
        .policy = policy_default(), .limits = limits_default(), .number_mark = "0042"};
    setup.journal_ok = true;
    setup.policy.settle_result = SETTLE_RESULT_AUTO;
    memset(&book, 0x5a, sizeof book); /* as a slot's memory may be */
    turn = (struct book_turn){&book, &setup, {NOON_MS, 100000}, &out};
    book_init(&book, &setup, turn.now);
    out.count = 0;
    return 0;
}

static void fill_all(void) {
    for (int i = 0; i < ORDERS_MAX; i++)
        put_order(i, LEG_WAITING, CLAIM_WAITING);
}

static void all_are_addressed_to(int slot) {
    assert_true(out.count > 0);
    for (int i = 0; i < out.count; i++) {
        assert_int_equal(out.items[i].to.kind, ADDRESS_ORDER);
        assert_int_equal(out.items[i].to.index, slot);
    }
}

static void a_new_book_is_sound_and_counts_from_one(void **state) {
    (void)state;
    assert_true(book_journal_usable(&book));
    assert_int_equal(book_take_number(&book), 1);
    assert_int_equal(book_find(&book, ""), -1);
    for (int i = 0; i < ORDERS_MAX; i++)
        assert_false(book.orders[i].run.used);
}

static void no_number_is_zero(void **state) {
    (void)state;
    book.next_number = UINT32_MAX - 1;
    assert_true(book_take_number(&book) == UINT32_MAX - 1);
    assert_true(book_take_number(&book) == UINT32_MAX);
    assert_true(book_take_number(&book) == 1);
    assert_true(book_take_number(&book) == 2);
}

static void who_waits_for_a_request_is_found(void **state) {
    (void)state;
    put_order(3, LEG_WAITING, CLAIM_WAITING);
    assert_int_equal(book_awaiting(&book, 0), -1); /* nobody waits for none */
    book.orders[3].run.leg[0].request = 1;
    assert_int_equal(book_awaiting(&book, 1), 3);
    assert_int_equal(book_awaiting(&book, 2), -1);
    book.orders[3].run.used = false;
    assert_int_equal(book_awaiting(&book, 1), -1);
}

static void the_first_slot_is_a_slot(void **state) {
    (void)state;
    assert_int_equal(book_take_slot(&book, -1), 0);
    fill_all();
    assert_int_equal(book_take_slot(&book, -1), -1);
    put_order(0, LEG_PAID, CLAIM_DONE);
    put_order(9, LEG_PAID, CLAIM_DONE);
    assert_int_equal(book_take_slot(&book, -1), 0);
    assert_int_equal(book_take_slot(&book, 0), 9); /* somebody looks at it */
    book.orders[0].run.used = false;
    assert_int_equal(book_take_slot(&book, 0), 0);
}

static void what_waits_for_a_minute_gives_up_its_slot(void **state) {
    (void)state;
    for (int less = 0; less < 2; less++) {
        open_book(NULL);
        put_order(2, LEG_CLOSED, CLAIM_VOID)->run.leg[0].next_mono_ms =
            turn.now.mono_ms + 60000 - less;
        book_free_slots(turn, -1);
        assert_int_equal(book.orders[2].run.used, less);
        assert_int_equal(out.count, !less);
    }
    assert_int_equal(out.count, 0);
    open_book(NULL);
    put_order(2, LEG_CLOSED, CLAIM_VOID)->run.leg[0].next_mono_ms = turn.now.mono_ms + 60000;
    book_free_slots(turn, 2);
    assert_true(book.orders[2].run.used);
}

/* Not what forbids a list that another order of the patient waits for. */
static void what_keeps_a_list_back_keeps_its_slot(void **state) {
    (void)state;
    for (int wanted = 0; wanted < 2; wanted++) {
        open_book(NULL);
        struct order *insured = put_order(2, LEG_PUSHED, CLAIM_WAITING);
        insured->legs[0].route = ROUTE_AMP;
        insured->run.leg[0].next_mono_ms = turn.now.mono_ms + 600000;
        if (wanted)
            put_order(3, LEG_PAID, CLAIM_CHECKING)->person.keys = insured->person.keys;
        book_free_slots(turn, -1);
        assert_int_equal(book.orders[2].run.used, wanted);
    }
}

static void what_a_free_slot_holds_of_a_person_is_wiped(void **state) {
    static const struct order nothing;
    (void)state;
    for (int slot = 0; slot < ORDERS_MAX; slot += ORDERS_MAX - 1) {
        put_order(slot, LEG_PAID, CLAIM_DONE);
        book_wipe_free(&book, &out);
        assert_true(book.orders[slot].no[0] != '\0'); /* in use */
        book.orders[slot].run.used = false;
        out.count = 1;
        out.items[0] = (struct effect){.to = {ADDRESS_ORDER, slot}};
        book_wipe_free(&book, &out);
        assert_true(book.orders[slot].no[0] != '\0'); /* an effect of this turn is about it */
        out.items[0].to = (struct address){ADDRESS_TERMINAL, slot};
        book_wipe_free(&book, &out);
        assert_memory_equal(&book.orders[slot], &nothing, sizeof nothing);
        out.count = 0;
    }
}

static void what_an_order_wants_is_addressed_to_it(void **state) {
    (void)state;
    put_order(7, LEG_WAITING, CLAIM_WAITING)->run.leg[0].next_mono_ms = turn.now.mono_ms;
    book_tick(turn);
    bool asked = false;
    for (int i = 0; i < out.count; i++)
        asked = asked || (out.items[i].of.send.verb == VERB_ASK &&
                          out.items[i].to.kind == ADDRESS_ORDER && out.items[i].to.index == 7);
    assert_true(asked);
    out.count = 0;
    setup.policy.settle_result = book.settles = SETTLE_RESULT_ORDER;
    put_order(8, LEG_PAID, CLAIM_DONE);
    book_taken_elsewhere(turn, 8, 0);
    all_are_addressed_to(8);
    assert_true(book.orders[8].claims[0].taken_elsewhere);
}

static struct event_answer nobodys_answer(void) {
    return (struct event_answer){.request = 99, .outcome = OUTCOME_UNKNOWN};
}

static void what_an_order_found_out_is_known_once(void **state) {
    struct event_answer answer = nobodys_answer();
    (void)state;
    put_order(4, LEG_PAID, CLAIM_DONE)->run.found = SETTLE_RESULT_VISIT;
    book_answer(turn, 4, &answer);
    assert_int_equal(book.settles, SETTLE_RESULT_VISIT);
    assert_int_equal(book.orders[4].run.found, SETTLE_RESULT_AUTO);
    assert_int_equal(out.count, 1);
    assert_int_equal(out.items[0].kind, EFFECT_FOUND);
    assert_int_equal(out.items[0].of.found.settles, SETTLE_RESULT_VISIT);
    out.count = 0;
    book.orders[4].run.found = SETTLE_RESULT_ORDER; /* what is known stays */
    book_answer(turn, 4, &answer);
    assert_int_equal(book.settles, SETTLE_RESULT_VISIT);
    assert_int_equal(out.count, 0);
    book.settles = SETTLE_RESULT_AUTO; /* nothing new is nothing */
    book_answer(turn, 4, &answer);
    assert_int_equal(book.settles, SETTLE_RESULT_AUTO);
    assert_int_equal(out.count, 0);
}

static void a_full_turn_finds_nothing_out_beyond_its_end(void **state) {
    (void)state;
    out.count = EFFECTS_MAX;
    book_found(turn, SETTLE_RESULT_ORDER);
    assert_int_equal(out.count, EFFECTS_MAX);
    assert_int_equal(book.settles, SETTLE_RESULT_ORDER);
}

/* A list from before a release holds a bill that may be paid again. */
static void a_release_counts_when_it_is_durable(void **state) {
    (void)state;
    setup.policy.settle_result = book.settles = SETTLE_RESULT_ORDER;
    put_order(5, LEG_PAID, CLAIM_DONE);
    uint32_t before = book.released = 6;
    book_taken_elsewhere(turn, 5, 0);
    uint32_t number = book.orders[5].run.durable_wait;
    assert_true(number != 0);
    book_persisted(turn, 5, number - 1, ORDER_HEARS_DURABLE);
    assert_int_equal(book.released, before);
    book_persisted(turn, 5, number, ORDER_HEARS_DURABLE);
    assert_int_equal(book.released, before + 1);
    book_persisted(turn, 5, number, ORDER_HEARS_DURABLE);
    assert_int_equal(book.released, before + 1);
    put_order(6, LEG_PAID, CLAIM_DONE);
    book_persisted(turn, 6, number, ORDER_HEARS_DURABLE); /* of nothing that was released */
    assert_int_equal(book.released, before + 1);
    book.orders[6].run.released = true;
    book_persisted(turn, 6, number, ORDER_HEARS_PERSIST_FAILED);
    assert_int_equal(book.released, before + 1);
}

static void a_full_turn_fetches_later(void **state) {
    (void)state;
    out.count = EFFECTS_MAX;
    book_tick(turn);
    assert_int_equal(book.fetch_request, 0);
    out.count = 0;
    book_tick(turn);
    assert_true(book.fetch_request != 0);
    assert_int_equal(out.count, 1);
}

/* As the journal's thread answers a FETCH. */
static bool fetched(struct due_order *due) {
    book.fetch_request = 12;
    struct event_answer answer = {
        .request = 12, .verb = VERB_FETCH, .outcome = OUTCOME_ACCEPTED, .document = &due->head};
    due->head.kind = DOCUMENT_DUE_ORDER;
    return book_fetched(turn, &answer);
}

static void only_the_answer_to_a_fetch_is_one(void **state) {
    struct event_answer answer = nobodys_answer();
    (void)state;
    assert_false(book_fetched(turn, &answer));
    answer.request = 0;
    assert_false(book_fetched(turn, &answer));
    book.fetch_request = 99;
    answer.request = 99;
    assert_true(book_fetched(turn, &answer)); /* without a document, but the answer */
    assert_int_equal(book.fetch_request, 0);
}

static void only_what_nobody_decided_about_is_a_fault(void **state) {
    static struct due_order due;
    (void)state;
    due = (struct due_order){.next_ms = INT64_MAX};
    assert_true(fetched(&due));
    assert_int_equal(book.journal_fault, JOURNAL_SOUND);
    due.undecided = true;
    book.journal_fault = JOURNAL_UNREAD; /* the worse one stays */
    assert_true(fetched(&due));
    assert_int_equal(book.journal_fault, JOURNAL_UNREAD);
    book.journal_fault = JOURNAL_SOUND;
    assert_true(fetched(&due));
    assert_int_equal(book.journal_fault, JOURNAL_UNDECIDED);
}

static void what_was_in_flight_before_is_not_any_more(void **state) {
    static struct order before;
    (void)state;
    before = *put_order(0, LEG_WAITING, CLAIM_WAITING);
    before.run.claim[0].request = 77;
    before.run.durable_wait = 5;
    before.run.conflict = true;
    open_book(NULL);
    int slot = book_reopen(turn, &before, -1);
    assert_int_equal(slot, 0);
    assert_true(book.orders[slot].run.used);
    assert_int_equal(book.orders[slot].run.claim[0].request, 0);
    assert_false(book.orders[slot].run.conflict);
    assert_int_equal(book_awaiting(&book, 77), -1);
    all_are_addressed_to(slot);
}

static void the_orders_own_number_may_be_the_greatest(void **state) {
    static struct due_order due;
    (void)state;
    due = (struct due_order){.found = true, .next_ms = INT64_MAX};
    due.order = *put_order(0, LEG_WAITING, CLAIM_WAITING);
    memcpy(due.order.no, "26112014000000420001", ORDER_NO_SIZE);
    book.orders[0].run.used = false;
    memcpy(book.last_no, "26112013000000420001", ORDER_NO_SIZE);
    assert_true(fetched(&due));
    assert_string_equal(book.last_no, "26112014000000420001");
}

/* How many questions left for each slot. */
static int asked_of(int slot) {
    int count = 0;
    for (int i = 0; i < out.count; i++)
        count += out.items[i].kind == EFFECT_SEND && out.items[i].to.index == slot;
    return count;
}

static void who_wants_to_know_is_told_of_ones_own(void **state) {
    (void)state;
    for (int slot = 0; slot < 3; slot++)
        put_order(slot, LEG_WAITING, CLAIM_WAITING)->run.leg[0].next_mono_ms =
            turn.now.mono_ms + 5000;
    struct patient_keys keys = book.orders[1].person.keys;
    book.orders[2].person.keys = keys;
    book.orders[2].run.used = false;
    book_ask_person(turn, &keys);
    assert_int_equal(asked_of(0), 0);
    assert_int_equal(asked_of(1), 1);
    assert_int_equal(asked_of(2), 0);
}

static void one_that_has_a_slot_may_be_rechecked_however_full_it_is(void **state) {
    (void)state;
    fill_all();
    assert_true(book_may_recheck(&book, book.orders[0].no));
    assert_false(book_may_recheck(&book, "26112099000000420001"));
}

static void a_bill_that_is_listed_again_is_asked_about(void **state) {
    static struct recheck recheck;
    (void)state;
    setup.policy.settle_result = book.settles = SETTLE_RESULT_ORDER;
    recheck = (struct recheck){.kind = RECHECK_LISTED, .claim = 0};
    recheck.order = *put_order(0, LEG_PAID, CLAIM_DONE);
    recheck.order.claims[0].sent_ms = NOON_MS - setup.policy.list_lag_ms - 60000;
    open_book(NULL);
    setup.policy.settle_result = book.settles = SETTLE_RESULT_ORDER;
    book_recheck(turn, &recheck);
    assert_int_equal(asked_of(0), 1);
    for (int i = 0; i < out.count; i++)
        if (out.items[i].kind == EFFECT_SEND)
            assert_int_equal(out.items[i].of.send.verb, VERB_ASK_CREDIT);
}

/* Which of the desk's two it is stands in the greeting. */
static void a_pinpad_that_greets_is_known_to_every_order(void **state) {
    (void)state;
    const struct pinpad_known known = {"BENCH002", 7000};
    for (int slot = 0; slot < ORDERS_MAX; slot += ORDERS_MAX - 1) {
        struct order *order = put_order(slot, LEG_PAID, CLAIM_REVERSING);
        order->legs[0].route = ROUTE_POS;
        strcpy(order->legs[0].pos_no, slot == 0 ? "1" : "2");
        order->refund_count = 1;
        order->refunds[0] = (struct refund){.state = REFUND_UNKNOWN, .never_left = true};
        order->run.refund[0].next_mono_ms = 600000;
    }
    book.pinpads[0] = (struct pinpad_known){"BENCH001", 3000};
    book_hears_pinpad(&book, true, &known);
    assert_memory_equal(&book.pinpads[1], &known, sizeof known);
    assert_string_equal(book.pinpads[0].terminal, "BENCH001");
    assert_int_equal(order_deadline(&book.orders[0]), 600000);
    assert_true(order_deadline(&book.orders[ORDERS_MAX - 1]) < 600000);
    book_hears_pinpad(&book, false, &known);
    assert_true(order_deadline(&book.orders[0]) < 600000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_new_book_is_sound_and_counts_from_one, open_book),
        cmocka_unit_test_setup(no_number_is_zero, open_book),
        cmocka_unit_test_setup(who_waits_for_a_request_is_found, open_book),
        cmocka_unit_test_setup(the_first_slot_is_a_slot, open_book),
        cmocka_unit_test_setup(what_waits_for_a_minute_gives_up_its_slot, open_book),
        cmocka_unit_test_setup(what_keeps_a_list_back_keeps_its_slot, open_book),
        cmocka_unit_test_setup(what_a_free_slot_holds_of_a_person_is_wiped, open_book),
        cmocka_unit_test_setup(what_an_order_wants_is_addressed_to_it, open_book),
        cmocka_unit_test_setup(what_an_order_found_out_is_known_once, open_book),
        cmocka_unit_test_setup(a_full_turn_finds_nothing_out_beyond_its_end, open_book),
        cmocka_unit_test_setup(a_release_counts_when_it_is_durable, open_book),
        cmocka_unit_test_setup(a_full_turn_fetches_later, open_book),
        cmocka_unit_test_setup(only_the_answer_to_a_fetch_is_one, open_book),
        cmocka_unit_test_setup(only_what_nobody_decided_about_is_a_fault, open_book),
        cmocka_unit_test_setup(what_was_in_flight_before_is_not_any_more, open_book),
        cmocka_unit_test_setup(the_orders_own_number_may_be_the_greatest, open_book),
        cmocka_unit_test_setup(who_wants_to_know_is_told_of_ones_own, open_book),
        cmocka_unit_test_setup(one_that_has_a_slot_may_be_rechecked_however_full_it_is, open_book),
        cmocka_unit_test_setup(a_bill_that_is_listed_again_is_asked_about, open_book),
        cmocka_unit_test_setup(a_pinpad_that_greets_is_known_to_every_order, open_book),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
