/* links: app/journal/ app/core/order/ app/core/terms/ app/base/ */
/* The columns: what a row says once and for all, what fits into a column, and that all of it comes
 * back. */
#include <stddef.h>

#include "app/journal/rows.h"
#include "tests/support/journal_look.h"

/* An order of the desk that has something in every member, some of it back. */
static struct order *whole_order(void) {
    struct order *order = fixture_order(1);
    fixture_case(order);
    strcpy(order->caller_no, "20161125000000001");
    strcpy(order->caller_channel, "CASH");
    order->received.fen = 20000;
    strcpy(order->legs[0].pos_no, "2");
    strcpy(order->claims[0].bill_key, "K1");
    order->refund_count = 1;
    order->refunds[0] = (struct refund){.no = "26112012000000010004",
                                        .caller_no = "R1",
                                        .state = REFUND_DONE,
                                        .claim = 0,
                                        .amount = {1},
                                        .created_ms = FIXTURE_WALL_MS,
                                        .why = REFUND_WHY_TWICE,
                                        .agreed_by = "王敏",
                                        .caller_mode = "0",
                                        .caller_flow = "hisDecide",
                                        .to = {"BENCH001", "20261120"},
                                        .never_left = true};
    return order;
}

/* ---- what is said once ---- */

#define PART(member)                                                                               \
    { #member, offsetof(struct order, member) }
static const struct {
    const char *member;
    size_t at;
} said_once[] = {
    PART(service),
    PART(created_ms),
    PART(person.keys.id),
    PART(person.keys.cust),
    PART(person.keys.card),
    PART(caller_no),
    PART(caller_channel),
    PART(received),
    PART(legs[0].no),
    PART(legs[0].route),
    PART(legs[0].amount),
    PART(legs[0].pos_no),
    PART(claims[0].amount),
    PART(claims[0].creditor),
    PART(claims[0].bill_key),
    PART(shares[0].claim),
    PART(shares[0].leg),
    PART(shares[0].amount),
    PART(refunds[0].no),
    PART(refunds[0].caller_no),
    PART(refunds[0].leg),
    PART(refunds[0].claim),
    PART(refunds[0].amount),
    PART(refunds[0].in_cash),
    PART(refunds[0].why),
    PART(refunds[0].agreed_by),
    PART(refunds[0].caller_mode),
    PART(refunds[0].caller_flow),
};

static void what_is_said_once_never_changes(void **state) {
    struct fixture *fixture = *state;
    struct order *order = whole_order(), *read = malloc(sizeof *read);
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_CASE), JOURNAL_OK);
    for (size_t i = 0; i < sizeof said_once / sizeof *said_once; i++) {
        char *at = (char *)order + said_once[i].at;
        *at ^= 1;
        if (fixture_write(fixture->journal, order, NOTE_CREDITING) != JOURNAL_CORRUPT)
            fail_msg("%s may change", said_once[i].member);
        assert_non_null(strstr(journal_error(fixture->journal), "may not change"));
        *at ^= 1;
    }
    assert_int_equal(journal_load(fixture->journal, order->no, read), JOURNAL_OK);
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_CREDITING), JOURNAL_OK);
    free(order);
    free(read);
}

/* A column too many would stop an order whose peer tells more of it later. */
static void nothing_else_is_said_once(void **state) {
    static const enum table parts[] = {TABLE_ORDERS, TABLE_LEGS, TABLE_CLAIMS, TABLE_SHARES,
                                       TABLE_REFUNDS};
    size_t fixed = 0;
    (void)state;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        for (int c = 0; c < table_shapes[parts[i]].column_count; c++)
            fixed += table_shapes[parts[i]].columns[c].fixed;
    assert_int_equal(fixed, sizeof said_once / sizeof *said_once);
}

/* What may change does not take along what may not. */
static void an_amount_does_not_change_beside_a_state(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(1), *read = malloc(sizeof *read);
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_OPENED), JOURNAL_OK);
    order->legs[0].channel = CHANNEL_ALIPAY;
    order->legs[0].amount.fen++;
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_PLACED), JOURNAL_CORRUPT);
    assert_int_equal(journal_load(fixture->journal, order->no, read), JOURNAL_OK);
    assert_int_equal(read->legs[0].amount.fen, 16450);
    assert_int_equal(read->legs[0].channel, CHANNEL_WECHAT);
    free(order);
    free(read);
}

/* ---- what comes back ---- */

static void a_call_of_the_desk_comes_back_whole(void **state) {
    struct fixture *fixture = *state;
    struct order *order = whole_order(), *read = malloc(sizeof *read);
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_CASE), JOURNAL_OK);
    fixture_reopen(fixture);
    assert_int_equal(journal_load(fixture->journal, order->no, read), JOURNAL_OK);
    assert_int_equal(read->received.fen, 20000);
    assert_string_equal(read->caller_no, order->caller_no);
    assert_string_equal(read->caller_channel, order->caller_channel);
    assert_string_equal(read->legs[0].pos_no, "2");
    assert_string_equal(read->refunds[0].caller_no, "R1");
    assert_int_equal(read->refunds[0].why, REFUND_WHY_TWICE);
    assert_string_equal(read->refunds[0].agreed_by, "王敏");
    assert_string_equal(read->refunds[0].caller_mode, "0");
    assert_string_equal(read->refunds[0].caller_flow, "hisDecide");
    assert_string_equal(read->refunds[0].to.terminal, "BENCH001");
    assert_string_equal(read->refunds[0].to.date, "20261120");
    free(order);
    free(read);
}

/* Numbers at the edge of their column, texts that just fit. */
static void what_just_fits_is_kept(void **state) {
    struct fixture *fixture = *state;
    struct order *order = whole_order(), *read = malloc(sizeof *read);
    order->claims[0].tries = UINT8_MAX;
    order->received.fen = INT64_MAX;
    memset(order->caller_no, '7', sizeof order->caller_no - 1);
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_CASE), JOURNAL_OK);
    assert_int_equal(journal_load(fixture->journal, order->no, read), JOURNAL_OK);
    assert_int_equal(read->claims[0].tries, UINT8_MAX);
    assert_true(read->received.fen == INT64_MAX);
    assert_string_equal(read->caller_no, order->caller_no);
    free(order);
    free(read);
}

static void change_rows(struct fixture *fixture, const char *sql) {
    sqlite3 *db;
    assert_int_equal(sqlite3_open(fixture->path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK || sqlite3_changes(db) != 1)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    sqlite3_close(db);
}

/* What does not fit was not written by us: it is not read as something else. */
static void what_does_not_fit_is_not_read(void **state) {
    static const char *const changes[][2] = {
        {"UPDATE claims SET tries = 256 WHERE n = 0", "UPDATE claims SET tries = 0 WHERE n = 0"},
        {"UPDATE claims SET tries = -1 WHERE n = 0", "UPDATE claims SET tries = 0 WHERE n = 0"},
        {"UPDATE refunds SET claim = 128", "UPDATE refunds SET claim = 0"},
        {"UPDATE refunds SET claim = -129", "UPDATE refunds SET claim = 0"},
        {"UPDATE refunds SET in_cash = 2", "UPDATE refunds SET in_cash = 0"},
        {"UPDATE refunds SET in_cash = -1", "UPDATE refunds SET in_cash = 0"},
        {"UPDATE refunds SET why = 'x'", "UPDATE refunds SET why = 'twice'"},
        {"UPDATE legs SET state = 'paid' || char(0)", "UPDATE legs SET state = 'paid'"},
        {"UPDATE legs SET code = "
         "'0123456789012345678901234567890123456789012345678901234567890123'",
         "UPDATE legs SET code = ''"},
    };
    struct fixture *fixture = *state;
    struct order *order = whole_order(), *read = malloc(sizeof *read);
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_CASE), JOURNAL_OK);
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        change_rows(fixture, changes[i][0]);
        if (journal_load(fixture->journal, order->no, read) != JOURNAL_CORRUPT)
            fail_msg("%s: is read", changes[i][0]);
        change_rows(fixture, changes[i][1]);
        assert_int_equal(journal_load(fixture->journal, order->no, read), JOURNAL_OK);
    }
    free(order);
    free(read);
}

/* A text as long as its member has no room for its end. */
static void a_text_without_an_end_is_not_read(void **state) {
    struct fixture *fixture = *state;
    struct order *order = whole_order(), *read = malloc(sizeof *read);
    char sql[160];
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_CASE), JOURNAL_OK);
    for (int more = 0; more < 2; more++) {
        snprintf(sql, sizeof sql, "UPDATE legs SET code = printf('%%.*c', %d, '9')",
                 CODE_SIZE - 1 + more);
        change_rows(fixture, sql);
        assert_int_equal(journal_load(fixture->journal, order->no, read),
                         more ? JOURNAL_CORRUPT : JOURNAL_OK);
    }
    free(order);
    free(read);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        STORY(what_is_said_once_never_changes),
        STORY(an_amount_does_not_change_beside_a_state),
        STORY(nothing_else_is_said_once),
        STORY(a_call_of_the_desk_comes_back_whole),
        STORY(what_just_fits_is_kept),
        STORY(what_does_not_fit_is_not_read),
        STORY(a_text_without_an_end_is_not_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
