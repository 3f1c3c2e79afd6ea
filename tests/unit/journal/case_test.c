/* links: app/journal/ app/core/order/ app/core/terms/ app/base/ */
/* What a person decided: how much money it was about, why, and what the journal then allows. */
#include "tests/support/journal_look.h"

static struct journal_decision decision_of(const char *order_no, const char *case_no) {
    return (struct journal_decision){order_no,
                                     case_no,
                                     "王敏",
                                     "seen in the books",
                                     RESOLUTION_RETURNED,
                                     FIXTURE_WALL_MS + 5,
                                     "{\"paper\":7}"};
}

static struct order *order_with_a_case(struct fixture *fixture, int n) {
    struct order *order = fixture_order(n);
    fixture_case(order);
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_CASE), JOURNAL_OK);
    return order;
}

struct shown {
    int count, most; /* most: 0 all */
    char order_no[ORDER_NO_SIZE], by[64], resolution[64];
    struct fen decided;
    int64_t resolved_ms;
};

static bool note_shown(void *context, const struct journal_case *found) {
    struct shown *shown = context;
    snprintf(shown->order_no, sizeof shown->order_no, "%s", found->order_no);
    snprintf(shown->by, sizeof shown->by, "%s", found->resolved_by);
    snprintf(shown->resolution, sizeof shown->resolution, "%s", found->resolution);
    shown->decided = found->decided;
    shown->resolved_ms = found->resolved_ms;
    return ++shown->count != shown->most;
}

static void cases_of_an_order_are_no_others(void **state) {
    struct fixture *fixture = *state;
    struct order *first = order_with_a_case(fixture, 1), *second = order_with_a_case(fixture, 2);
    struct order *all[] = {first, second};
    for (int i = 0; i < 2; i++) {
        struct shown shown = {0};
        assert_int_equal(journal_each_case(fixture->journal, all[i]->no, false, note_shown, &shown),
                         JOURNAL_OK);
        assert_int_equal(shown.count, 1);
        assert_string_equal(shown.order_no, all[i]->no);
    }
    for (int again = 0; again < 2; again++) { /* who has seen enough stops, and begins anew */
        struct shown shown = {.most = 1};
        assert_int_equal(journal_each_case(fixture->journal, NULL, true, note_shown, &shown),
                         JOURNAL_OK);
        assert_int_equal(shown.count, 1);
        assert_string_equal(shown.order_no, first->no);
    }
    free(first);
    free(second);
}

static bool note_resolved(void *context, const struct journal_event *event) {
    if (strcmp(event->note, "resolved") == 0)
        snprintf(context, 64, "%.7s %.40s", event->payload + 10, event->evidence);
    return true;
}

/* Decided by hand; how it is shown then. */
static void decide(struct fixture *fixture, const char *order_no, struct shown *out) {
    struct journal_decision decision = decision_of(order_no, "C00010042");
    assert_int_equal(journal_resolve(fixture->journal, &decision), JOURNAL_OK);
    assert_int_equal(journal_each_case(fixture->journal, order_no, false, note_shown, out),
                     JOURNAL_OK);
}

/* The claim's money; who, why and by what evidence. */
static void a_decision_is_kept_with_its_money_and_its_reason(void **state) {
    struct fixture *fixture = *state;
    struct order *order = order_with_a_case(fixture, 42);
    struct shown shown = {0};
    char event[64] = "";
    decide(fixture, order->no, &shown);
    assert_string_equal(shown.by, "王敏");
    assert_string_equal(shown.resolution, "seen in the books");
    assert_int_equal(shown.decided.fen, order->claims[1].amount.fen);
    assert_int_equal(shown.resolved_ms, FIXTURE_WALL_MS + 5);
    assert_int_equal(journal_each_event(fixture->journal, order->no, note_resolved, event),
                     JOURNAL_OK);
    assert_string_equal(event, "claim 1 {\"paper\":7}");
    free(order);
}

/* Nobody knows whether it was paid: all of the payment is decided about. */
static void a_payments_case_is_about_all_of_it(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(42);
    struct shown shown = {0};
    order->legs[0].state = LEG_CASE;
    order->legs[0].reason = CASE_PAYMENT_UNKNOWN;
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_CASE), JOURNAL_OK);
    decide(fixture, order->no, &shown);
    assert_int_equal(shown.decided.fen, order->legs[0].amount.fen);
    assert_int_equal(journal_load(fixture->journal, order->no, order), JOURNAL_OK);
    assert_true(order->resolved);
    free(order);
}

/* Its row is gone, and the case stands for it: it is decided like others, about nobody knows how
 * much, and afterwards nothing is written for orders that are not there. */
static void a_case_of_an_order_that_is_gone_is_decided(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(42);
    struct shown shown = {0};
    int undecided = 0;
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_OPENED), JOURNAL_OK);
    assert_int_equal(fixture_number(fixture, "DELETE FROM orders RETURNING 1"), 1);
    assert_int_equal(journal_isolate(fixture->journal, FIXTURE_WALL_MS, &undecided), JOURNAL_OK);
    assert_int_equal(undecided, 1);
    assert_int_not_equal(journal_set_due(fixture->journal, "26112012000000019999", 5), JOURNAL_OK);
    decide(fixture, order->no, &shown);
    assert_int_equal(shown.decided.fen, 0);
    assert_string_equal(shown.by, "王敏");
    assert_int_not_equal(journal_set_due(fixture->journal, "26112012000000019999", 5), JOURNAL_OK);
    assert_int_equal(journal_isolate(fixture->journal, FIXTURE_WALL_MS, &undecided), JOURNAL_OK);
    assert_int_equal(undecided, 0);
    free(order);
}

/* Somebody has repaired it meanwhile: the case stays, and is about no part of it. */
static void a_case_of_an_order_that_was_repaired_has_no_amount(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(42);
    struct shown shown = {0};
    int undecided = 0;
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_OPENED), JOURNAL_OK);
    assert_int_equal(fixture_number(fixture, "UPDATE legs SET state = 'x' RETURNING 1"), 1);
    assert_int_equal(journal_isolate(fixture->journal, FIXTURE_WALL_MS, &undecided), JOURNAL_OK);
    assert_int_equal(fixture_number(fixture, "UPDATE legs SET state = 'new' RETURNING 1"), 1);
    decide(fixture, order->no, &shown);
    assert_int_equal(shown.count, 1);
    assert_int_equal(shown.decided.fen, 0);
    free(order);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        STORY(cases_of_an_order_are_no_others),
        STORY(a_decision_is_kept_with_its_money_and_its_reason),
        STORY(a_payments_case_is_about_all_of_it),
        STORY(a_case_of_an_order_that_was_repaired_has_no_amount),
        STORY(a_case_of_an_order_that_is_gone_is_decided),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
