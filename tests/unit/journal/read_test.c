/* links: app/journal/ app/core/order/ app/core/terms/ app/base/ */
/* Rows become orders again, or are refused: what somebody altered is never paid, credited or given
 * back by. */
#include "tests/support/journal_look.h"

static struct order *kept_order(struct fixture *fixture) {
    struct order *order = fixture_order(1);
    fixture_case(order);
    order->claims[1] = (struct claim){.state = CLAIM_WAITING, .amount = order->claims[1].amount};
    order->refund_count = 1;
    order->refunds[0] = (struct refund){.no = "26112012000000010004",
                                        .state = REFUND_DONE,
                                        .claim = 0,
                                        .amount = {1},
                                        .created_ms = FIXTURE_WALL_MS};
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_CASE), JOURNAL_OK);
    return order;
}

static void change_rows(struct fixture *fixture, const char *sql) {
    sqlite3 *db;
    assert_int_equal(sqlite3_open(fixture->path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    sqlite3_close(db);
}

/* Each in a journal of its own; the complaint names what is wrong. */
static void an_altered_order_is_refused_by_name(void **state) {
    static const struct {
        const char *change, *complaint;
    } rows[] = {
        {"UPDATE orders SET service = 'nonsense'", "orders of order"},
        {"UPDATE orders SET account_type = 'x'", "orders of order"},
        {"UPDATE retry SET his_cust_type = printf('%.*c', 200, '1')", "retry of order"},
        {"UPDATE legs SET state = 'nonsense'", "legs of order"},
        {"UPDATE claims SET reason = 'nonsense' WHERE n = 1", "claims of order"},
        {"UPDATE refunds SET state = 'nonsense'", "refunds of order"},
        {"DELETE FROM claims WHERE n = 0", "claims of order"}, /* a gap */
        {"UPDATE legs SET n = 1", "legs of order"},
        {"UPDATE shares SET n = 9 WHERE n = 1", "shares of order"},
        {"DELETE FROM retry", "its row of retry is missing"},
        {"UPDATE legs SET amount_fen = amount_fen + 1", "contradict each other"},
        {"UPDATE shares SET amount_fen = amount_fen + 1 WHERE n = 0", "contradict each other"},
        {"UPDATE legs SET no = 'x'", "a number that is none of ours"},
        {"UPDATE refunds SET no = 'x'", "a number that is none of ours"},
        {"DELETE FROM orders", "not in the journal"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(fixture_tear_down(state), 0);
        assert_int_equal(fixture_set_up(state), 0);
        struct fixture *fixture = *state;
        struct order *order = kept_order(fixture), *read = malloc(sizeof *read);
        assert_int_equal(journal_load(fixture->journal, order->no, read), JOURNAL_OK);
        assert_false(read->resolved); /* nobody has decided about it: it has no case */
        change_rows(fixture, rows[i].change);
        enum journal_result result = journal_load(fixture->journal, order->no, read);
        if (result != JOURNAL_CORRUPT && result != JOURNAL_NOT_FOUND)
            fail_msg("%s: is read", rows[i].change);
        if (strstr(journal_error(fixture->journal), rows[i].complaint) == NULL)
            fail_msg("%s: %s", rows[i].change, journal_error(fixture->journal));
        free(order);
        free(read);
    }
}

/* As many parts as an order can hold, and one more. */
static void more_parts_than_an_order_holds_are_refused(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(1), *read = malloc(sizeof *read);
    for (int i = 1; i < LEGS_MAX; i++) { /* a fen each of the first bill */
        order->legs[i] = order->legs[0];
        order->legs[i].amount.fen = 1;
        order->legs[0].amount.fen--;
        order->shares[0].amount.fen--;
        order->shares[order->share_count++] = (struct share){.leg = (uint8_t)i, .amount = {1}};
    }
    order->leg_count = LEGS_MAX;
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_OPENED), JOURNAL_OK);
    if (journal_load(fixture->journal, order->no, read) != JOURNAL_OK)
        fail_msg("%s", journal_error(fixture->journal));
    assert_int_equal(read->leg_count, LEGS_MAX);
    change_rows(fixture, "CREATE TEMP TABLE more AS SELECT * FROM legs WHERE n = 3;"
                         "UPDATE more SET n = 4; INSERT INTO legs SELECT * FROM more");
    assert_int_equal(journal_load(fixture->journal, order->no, read), JOURNAL_CORRUPT);
    assert_non_null(strstr(journal_error(fixture->journal), "cannot hold")); /* nor was it begun */
    free(order);
    free(read);
}

static void what_is_no_number_of_an_order_is_not_found(void **state) {
    struct fixture *fixture = *state;
    struct order *order = kept_order(fixture), *read = malloc(sizeof *read);
    char longer[2 * ORDER_NO_SIZE];
    snprintf(longer, sizeof longer, "%s0", order->no);
    assert_int_equal(journal_load(fixture->journal, longer, read), JOURNAL_NOT_FOUND);
    assert_int_equal(journal_load(fixture->journal, "", read), JOURNAL_NOT_FOUND);
    assert_int_equal(journal_load_called(fixture->journal, longer, read), JOURNAL_NOT_FOUND);
    free(order);
    free(read);
}

static bool note_event(void *context, const struct journal_event *event) {
    struct journal_event *seen = context;
    seen->number = event->number;
    seen->wall_ms = event->wall_ms;
    assert_string_equal(event->order_no, "26112012000000010001");
    assert_string_equal(event->note, "case");
    assert_string_equal(event->evidence, "{\"code\":\"00\"}");
    assert_true(event->payload[0] == '{');
    return event->number < 2;
}

/* Whoever has seen enough stops, and begins with the first again. */
static void events_are_shown_as_they_were_written(void **state) {
    struct fixture *fixture = *state;
    struct order *order = kept_order(fixture);
    struct journal_event seen = {0};
    for (int i = 0; i < 2; i++)
        assert_int_equal(fixture_write(fixture->journal, order, NOTE_CASE), JOURNAL_OK);
    for (int again = 0; again < 2; again++) {
        assert_int_equal(journal_each_event(fixture->journal, order->no, note_event, &seen),
                         JOURNAL_OK);
        assert_int_equal(seen.number, 2);
        assert_int_equal(seen.wall_ms, FIXTURE_WALL_MS);
    }
    free(order);
}

/* Numbers go on after it: one that was altered would give out numbers again. */
static void a_last_number_that_is_none_of_ours_is_refused(void **state) {
    struct fixture *fixture = *state;
    struct order *order = kept_order(fixture);
    char no[ORDER_NO_SIZE];
    change_rows(fixture, "UPDATE head SET last_no = 'x'");
    assert_int_equal(journal_last_no(fixture->journal, no), JOURNAL_CORRUPT);
    change_rows(fixture, "DELETE FROM head");
    assert_int_equal(journal_last_no(fixture->journal, no), JOURNAL_CORRUPT);
    free(order);
}

/* What staff read of it: which words, and no other result's. */
static void each_result_has_its_words(void **state) {
    static const struct {
        enum journal_result result;
        const char *words;
    } rows[] = {{JOURNAL_OK, "ok"},
                {JOURNAL_BUSY, "another kiosk has the journal"},
                {JOURNAL_FULL, "the disk is full"},
                {JOURNAL_IO, "cannot be read or written"},
                {JOURNAL_CORRUPT, "the journal is damaged"},
                {JOURNAL_NEWER, "by a newer version"},
                {JOURNAL_OLDER, "by an older version"},
                {JOURNAL_LOST, "had a journal and it is gone"},
                {JOURNAL_LINK, "a symbolic link"},
                {JOURNAL_FOREIGN, "not the one that the identity file"},
                {JOURNAL_CONFLICT, "with another order"},
                {JOURNAL_NOT_FOUND, "not in the journal"}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strstr(journal_result_text(rows[i].result), rows[i].words) == NULL)
            fail_msg("%s: %s", rows[i].words, journal_result_text(rows[i].result));
}

struct told {
    int count;
    char first[ORDER_NO_SIZE], why[160];
};

static bool note_told(void *context, const char *order_no, const char *why) {
    struct told *told = context;
    if (told->count++ == 0)
        snprintf(told->first, sizeof told->first, "%s", order_no);
    snprintf(told->why, sizeof told->why, "%s", why);
    return told->count < 2;
}

/* One that cannot be read stops nobody who is told of it, and everybody who is not. */
static void whoever_is_told_of_a_damaged_order_sees_the_others(void **state) {
    struct fixture *fixture = *state;
    struct fixture_seen seen = {0};
    struct told told = {0};
    for (int n = 1; n <= 4; n++) {
        struct order *order = fixture_order(n);
        assert_int_equal(fixture_write(fixture->journal, order, NOTE_OPENED), JOURNAL_OK);
        free(order);
    }
    change_rows(fixture, "UPDATE legs SET state = 'x' WHERE order_no = '26112012000000010001'");
    assert_int_equal(journal_each_open(fixture->journal, fixture_see, &seen), JOURNAL_CORRUPT);
    assert_int_equal(seen.count, 0);
    journal_on_unreadable(fixture->journal, note_told, &told);
    assert_int_equal(journal_each_open(fixture->journal, fixture_see, &seen), JOURNAL_OK);
    assert_int_equal(seen.count, 3);
    assert_int_equal(told.count, 1);
    assert_string_equal(told.first, "26112012000000010001");
    assert_non_null(strstr(told.why, "legs of order"));
    change_rows(fixture, "UPDATE legs SET state = 'x'"); /* who has heard enough stops */
    told = (struct told){0};
    assert_int_equal(journal_each_open(fixture->journal, fixture_see, &seen), JOURNAL_OK);
    assert_int_equal(told.count, 2);
    journal_on_unreadable(fixture->journal, NULL, NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        STORY(an_altered_order_is_refused_by_name),
        STORY(more_parts_than_an_order_holds_are_refused),
        STORY(what_is_no_number_of_an_order_is_not_found),
        STORY(events_are_shown_as_they_were_written),
        STORY(a_last_number_that_is_none_of_ours_is_refused),
        cmocka_unit_test(each_result_has_its_words),
        STORY(whoever_is_told_of_a_damaged_order_sees_the_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
