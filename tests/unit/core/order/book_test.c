/* links: app/core/ app/core/visit/ app/core/desk/ app/core/order/ app/core/terms/ ui/ids.c */
/* 64 slots for open orders: who has one, who waits in the journal until it is due. */
#include "tests/unit/core/order/book_story.h"

static void what_is_fetched_leaves_slots_for_who_comes(void **state) {
    (void)state;
    for (int n = 1; n <= FETCHED_MAX; n++)
        assert_true(restore(n, LEG_WAITING, CLAIM_WAITING));
    assert_false(asks_for_due());
    assert_true(book_take_slot_to_pay(&core.book, -1, now) >= 0);
}

/* Neither forgotten nor taken up without end: what is due too long stops new payments. */
static void what_finds_no_slot_for_ten_minutes_stops_new_payments(void **state) {
    (void)state;
    for (int n = 1; n <= FETCHED_MAX; n++)
        assert_true(restore(n, LEG_WAITING, CLAIM_WAITING));
    wait_for(600000);
    assert_true(book_take_slot_to_pay(&core.book, -1, now) >= 0);
    wait_for(1);
    assert_int_equal(book_take_slot_to_pay(&core.book, -1, now), -1);
}

/* That others are fetched makes nobody wait for less: since the start, or since their time. */
static void what_waits_longest_counts_however_many_are_fetched(void **state) {
    static const int64_t due_ms[] = {0, NOON_MS + 60000};
    for (int i = 0; i < 2; i++) {
        assert_int_equal(open_core(state), 0);
        struct order first = an_order(1, LEG_WAITING, CLAIM_WAITING),
                     second = an_order(2, LEG_WAITING, CLAIM_WAITING);
        wait_for(60000);
        assert_true(fetch(&first, due_ms[i]));
        wait_for(500000);
        assert_true(fetch(&second, due_ms[i]));
        wait_for(i == 0 ? 40000 : 100000);
        assert_true(book_take_slot_to_pay(&core.book, -1, now) >= 0);
        wait_for(1);
        assert_int_equal(book_take_slot_to_pay(&core.book, -1, now), -1);
    }
}

static void nothing_due_is_not_asked_for_again_before_its_time(void **state) {
    (void)state;
    assert_false(fetch(NULL, NOON_MS + 90000));
    assert_false(asks_for_due());
    assert_true(core_deadline(&core) <= now.mono_ms + 90000);
    wait_for(89999);
    assert_false(asks_for_due());
    wait_for(1);
    assert_true(asks_for_due());
    core.book.fetch_request = 0;
    assert_false(fetch(NULL, INT64_MAX));
    wait_for(INT64_C(86400000));
    assert_false(asks_for_due());
}

/* A journal that cannot be read: again a minute later, and what is due stays due. */
static void what_cannot_be_read_is_asked_for_again(void **state) {
    (void)state;
    assert_true(asks_for_due());
    struct event event = {.kind = EVENT_ANSWER,
                          .now = now,
                          .of.answer = {.request = core.book.fetch_request, .verb = VERB_FETCH}};
    core_step(&core, &event, &out);
    wait_for(59999);
    assert_false(asks_for_due());
    wait_for(1);
    assert_true(asks_for_due());
    wait_for(540001);
    assert_int_equal(book_take_slot_to_pay(&core.book, -1, now), -1);
}

/* Of a payment that is only watched the journal keeps when it is asked about. */
static void what_only_waits_gives_up_its_slot_until_it_is_due(void **state) {
    (void)state;
    struct order order = an_order(40, LEG_CLOSED, CLAIM_VOID);
    order.legs[0].watch_until_ms = NOON_MS + 3600000; /* closed long ago */
    assert_true(fetch(&order, INT64_MAX));
    int slot = book_find(&core.book, order.no);
    uint32_t request = core.book.orders[slot].run.leg[0].request;
    assert_true(request != 0); /* asked about at once: it keeps its slot */
    struct event event = {.kind = EVENT_ANSWER,
                          .now = now,
                          .of.answer = {.request = request,
                                        .verb = VERB_ASK,
                                        .outcome = OUTCOME_PENDING,
                                        .code = "0",
                                        .reached = true}};
    core_step(&core, &event, &out);
    assert_int_equal(effects_of(EFFECT_SET_ASIDE), 1);
    for (int i = 0; i < out.count; i++)
        if (out.items[i].kind == EFFECT_SET_ASIDE) {
            assert_int_equal(out.items[i].of.set_aside.due_ms, now.wall_ms + 600000);
            assert_int_equal(out.items[i].to.index, slot);
        }
    assert_int_equal(book_find(&core.book, order.no), -1);
    wait_for(599999);
    assert_false(asks_for_due());
    wait_for(1);
    assert_true(asks_for_due());
}

/* Codes that were left a moment ago, one after the other: each waits a second or two for its next
 * question, and keeps its slot only as long as there are enough. */
static void what_waits_shortly_keeps_its_slot_while_there_are_others(void **state) {
    (void)state;
    assert_false(fetch(NULL, INT64_MAX)); /* nothing is due in the journal */
    for (int n = 0; n < ORDERS_MAX - 8; n++) {
        struct order *order = &core.book.orders[n];
        *order = an_order(n, LEG_CLOSED, CLAIM_VOID);
        order->run.used = true;
        order->run.leg[0].next_mono_ms = now.mono_ms + 1000 + n % 2;
        core_step(&core, &(struct event){.kind = EVENT_TICK, .now = now}, &out);
        assert_int_equal(effects_of(EFFECT_SET_ASIDE), n == ORDERS_MAX - 9 ? ORDERS_MAX - 8 : 0);
    }
    for (int n = 0; n < ORDERS_MAX; n++)
        assert_int_equal(book_find(&core.book, an_order(n, LEG_CLOSED, CLAIM_VOID).no), -1);
    wait_for(999);
    assert_false(asks_for_due());
    wait_for(1);
    assert_true(asks_for_due());
}

/* The answer to a question that left before says nothing of it. */
static void what_is_set_aside_while_another_is_fetched_is_not_forgotten(void **state) {
    (void)state;
    struct order order = an_order(40, LEG_CLOSED, CLAIM_VOID);
    order.legs[0].watch_until_ms = NOON_MS + 3600000;
    assert_true(fetch(&order, now.wall_ms));
    int slot = book_find(&core.book, order.no);
    struct event event = {.kind = EVENT_ANSWER,
                          .now = now,
                          .of.answer = {.request = core.book.orders[slot].run.leg[0].request,
                                        .verb = VERB_ASK,
                                        .outcome = OUTCOME_PENDING,
                                        .code = "0",
                                        .reached = true}};
    assert_true(asks_for_due());
    uint32_t request = core.book.fetch_request;
    core_step(&core, &event, &out);
    assert_int_equal(effects_of(EFFECT_SET_ASIDE), 1);
    struct due_order none = {.head.kind = DOCUMENT_DUE_ORDER, .next_ms = INT64_MAX};
    event.of.answer = (struct event_answer){.request = request,
                                            .verb = VERB_FETCH,
                                            .outcome = OUTCOME_ACCEPTED,
                                            .document = &none.head};
    core_step(&core, &event, &out);
    assert_false(asks_for_due());
    wait_for(600000);
    assert_true(asks_for_due());
}

/* The visit knows more than what was read for nobody. */
static void what_has_a_slot_is_not_taken_up_twice(void **state) {
    (void)state;
    assert_true(restore(1, LEG_WAITING, CLAIM_WAITING));
    core.book.orders[0].legs[0].place_tries = 2;
    assert_true(restore(1, LEG_WAITING, CLAIM_WAITING));
    assert_int_equal(core.book.orders[0].legs[0].place_tries, 2);
    assert_false(core.book.orders[1].run.used);
}

/* What was noted by another clock means nothing. */
static void a_clock_that_is_set_makes_everything_due(void **state) {
    (void)state;
    assert_true(core.book.all_due); /* at a start */
    assert_false(fetch(NULL, NOON_MS + 3600000));
    assert_false(core.book.all_due);
    wait_for(59999);
    now.wall_ms -= 59999; /* drift */
    assert_false(asks_for_due());
    now.wall_ms -= 3600000;
    assert_true(asks_for_due());
    assert_true(core.book.all_due);
    core.book.fetch_request = 0;
    assert_false(fetch(NULL, INT64_MAX));
    assert_false(asks_for_due()); /* once */
}

/* By the new clock it has been due for half an hour; whoever wants to pay waits for that no longer
 * than since the clock was set. */
static void a_clock_that_is_set_makes_nothing_overdue(void **state) {
    (void)state;
    wait_for(3600000);
    now.wall_ms += 3600000;
    assert_true(asks_for_due());
    assert_false(fetch(NULL, now.wall_ms - 1800000));
    assert_int_not_equal(book_take_slot_to_pay(&core.book, -1, now), -1);
    wait_for(600001);
    assert_int_equal(book_take_slot_to_pay(&core.book, -1, now), -1);
}

static void one_that_cannot_be_read_stops_new_payments(void **state) {
    struct due_order due = {
        .head.kind = DOCUMENT_DUE_ORDER, .undecided = true, .next_ms = INT64_MAX};
    (void)state;
    assert_true(asks_for_due());
    struct event event = {.kind = EVENT_ANSWER,
                          .now = now,
                          .of.answer = {.request = core.book.fetch_request,
                                        .verb = VERB_FETCH,
                                        .outcome = OUTCOME_ACCEPTED,
                                        .document = &due.head}};
    core_step(&core, &event, &out);
    assert_int_equal(core.book.journal_fault, JOURNAL_UNDECIDED);
}

/* Somebody looks at it. */
static void what_a_visit_shows_is_not_pushed_out_of_its_slot(void **state) {
    (void)state;
    full_book_one_shown();
    assert_false(asks_for_due());
    core.book.fetch_request = 77; /* asked when there was room */
    struct due_order due = {.head.kind = DOCUMENT_DUE_ORDER,
                            .found = true,
                            .next_ms = INT64_MAX,
                            .order = an_order(1, LEG_WAITING, CLAIM_WAITING)};
    struct event_answer answer = {.request = 77, .verb = VERB_FETCH, .document = &due.head};
    assert_true(book_fetched((struct book_turn){&core.book, &core.setup, now, &out}, &answer));
    assert_string_equal(core.book.orders[5].no, "26112012000000420105");
    assert_true(core.book.due_mono_ms <= now.mono_ms); /* it is still due */
}

static void a_case_gives_up_its_slot(void **state) {
    (void)state;
    assert_false(restore(7, LEG_PAID, CLAIM_CASE));
}

static void the_greatest_number_of_all_is_the_last(void **state) {
    struct order order = an_order(9, LEG_PAID, CLAIM_REVERSED);
    (void)state;
    order.refund_count = 2;
    for (int i = 0; i < 2; i++)
        order.refunds[i] = (struct refund){.state = REFUND_REFUSED, .claim = 0, .amount = {1000}};
    order.refunds[1].state = REFUND_DONE;
    memcpy(order.refunds[0].no, "26112013000000420011", ORDER_NO_SIZE);
    memcpy(order.refunds[1].no, "26112012300000420010", ORDER_NO_SIZE);
    (void)fetch(&order, now.wall_ms);
    assert_true(restore(2, LEG_WAITING, CLAIM_WAITING));
    assert_string_equal(core.book.last_no, "26112013000000420011");
}

static void numbers_of_effects_never_are_zero(void **state) {
    struct event tick = {.kind = EVENT_TICK, .now = {NOON_MS + 60000, 61000}};
    (void)state;
    assert_true(restore(1, LEG_WAITING, CLAIM_WAITING));
    core.book.next_number = UINT32_MAX;
    for (int i = 0; i < 3; i++) {
        core_step(&core, &tick, &out);
        for (int at = 0; at < out.count; at++)
            if (out.items[at].kind == EFFECT_SEND || out.items[at].kind == EFFECT_PERSIST)
                assert_true(out.items[at].number != 0);
        tick.now.mono_ms += 60000;
    }
}

static void person_is(struct order *order, const char *customer) {
    memcpy(order->person.keys.cust, customer, strlen(customer) + 1);
}

static bool asks_for_list(void) {
    core_step(&core, &(struct event){.kind = EVENT_TICK, .now = now}, &out);
    for (int i = 0; i < out.count; i++)
        if (out.items[i].kind == EFFECT_SEND && out.items[i].of.send.verb == VERB_BILLS)
            return true;
    return false;
}

/* It would give the bill that the insurance is paying another number. */
static void no_list_is_read_while_an_insured_payment_of_the_patient_is_open(void **state) {
    (void)state;
    for (int same = 0; same < 2; same++) {
        open_core(NULL);
        struct order insured = an_order(1, LEG_WAITING, CLAIM_WAITING);
        insured.legs[0].route = ROUTE_MMPC;
        insured.service = SERVICE_BILLS;
        person_is(&insured, "the one");
        assert_true(fetch(&insured, now.wall_ms));
        struct order paid = an_order(2, LEG_PAID, CLAIM_CREDIT_UNKNOWN);
        paid.service = SERVICE_BILLS;
        person_is(&paid, same ? "the one" : "another");
        assert_true(fetch(&paid, INT64_MAX));
        bool asked = asks_for_list();
        for (int i = 0; i < 20 && !asked; i++) {
            wait_for(2000);
            asked = asks_for_list();
        }
        assert_int_equal(asked, !same);
        if (!same)
            continue;
        struct order *open = &core.book.orders[book_find(&core.book, insured.no)];
        open->legs[0].state = LEG_PAID;
        open->claims[0].state = CLAIM_DONE;
        open->run.leg[0] = (struct part_run){0};
        wait_for(60000);
        assert_true(asks_for_list());
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(what_is_fetched_leaves_slots_for_who_comes, open_core),
        cmocka_unit_test_setup(what_finds_no_slot_for_ten_minutes_stops_new_payments, open_core),
        cmocka_unit_test_setup(what_waits_longest_counts_however_many_are_fetched, open_core),
        cmocka_unit_test_setup(nothing_due_is_not_asked_for_again_before_its_time, open_core),
        cmocka_unit_test_setup(what_cannot_be_read_is_asked_for_again, open_core),
        cmocka_unit_test_setup(what_only_waits_gives_up_its_slot_until_it_is_due, open_core),
        cmocka_unit_test_setup(what_waits_shortly_keeps_its_slot_while_there_are_others, open_core),
        cmocka_unit_test_setup(what_is_set_aside_while_another_is_fetched_is_not_forgotten,
                               open_core),
        cmocka_unit_test_setup(what_has_a_slot_is_not_taken_up_twice, open_core),
        cmocka_unit_test_setup(a_clock_that_is_set_makes_everything_due, open_core),
        cmocka_unit_test_setup(a_clock_that_is_set_makes_nothing_overdue, open_core),
        cmocka_unit_test_setup(one_that_cannot_be_read_stops_new_payments, open_core),
        cmocka_unit_test_setup(what_a_visit_shows_is_not_pushed_out_of_its_slot, open_core),
        cmocka_unit_test_setup(a_case_gives_up_its_slot, open_core),
        cmocka_unit_test_setup(the_greatest_number_of_all_is_the_last, open_core),
        cmocka_unit_test_setup(no_list_is_read_while_an_insured_payment_of_the_patient_is_open,
                               open_core),
        cmocka_unit_test_setup(numbers_of_effects_never_are_zero, open_core),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
