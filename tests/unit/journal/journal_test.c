/* links: app/journal/ app/core/order/ app/core/terms/ app/base/ */
/* What is written is there again, whole, and nothing else is. */
#include "tests/support/journal_fixture.h"

#include <sqlite3.h>

static void assert_same_order(const struct order *a, const struct order *b) {
    struct order *x = malloc(sizeof *x), *y = malloc(sizeof *y);
    *x = *a;
    *y = *b;
    memset(&x->run, 0, sizeof x->run);
    memset(&y->run, 0, sizeof y->run);
    assert_memory_equal(&x->person, &y->person, sizeof x->person);
    assert_memory_equal(x->legs, y->legs, sizeof x->legs);
    assert_memory_equal(x->claims, y->claims, sizeof x->claims);
    assert_memory_equal(x->shares, y->shares, sizeof x->shares);
    assert_memory_equal(x->refunds, y->refunds, sizeof x->refunds);
    assert_int_equal(x->service, y->service);
    assert_int_equal(x->created_ms, y->created_ms);
    free(x);
    free(y);
}

static int64_t number_of(struct fixture *fixture, const char *sql) {
    sqlite3 *db;
    sqlite3_stmt *statement;
    assert_int_equal(sqlite3_open(fixture->path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    int64_t number = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return number;
}

static void what_was_written_is_read_back_whole(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(1), *read = malloc(sizeof *read);
    fixture_wait(order);
    order->refund_count = 1;
    order->refunds[0] = (struct refund){.no = "26112012000000010009",
                                        .state = REFUND_UNKNOWN,
                                        .claim = -1,
                                        .amount = {16450},
                                        .created_ms = FIXTURE_WALL_MS};
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_OPENED), JOURNAL_OK);
    fixture_reopen(fixture);
    assert_int_equal(journal_load(fixture->journal, order->no, read), JOURNAL_OK);
    assert_same_order(order, read);
    free(order);
    free(read);
}

static void the_last_number_is_the_greatest_ever_given_out(void **state) {
    struct fixture *fixture = *state;
    struct order *first = fixture_order(7), *second = fixture_order(3);
    char no[ORDER_NO_SIZE];
    assert_int_equal(journal_last_no(fixture->journal, no), JOURNAL_OK);
    assert_string_equal(no, "");
    first->refund_count = 1;
    first->refunds[0] = (struct refund){.no = "26112012000000010008", .amount = {1}};
    assert_int_equal(fixture_write(fixture->journal, first, NOTE_OPENED), JOURNAL_OK);
    assert_int_equal(fixture_write(fixture->journal, second, NOTE_OPENED), JOURNAL_OK);
    fixture_reopen(fixture);
    assert_int_equal(journal_last_no(fixture->journal, no), JOURNAL_OK);
    assert_string_equal(no, "26112012000000010008");
    free(first);
    free(second);
}

struct seen {
    int count;
    char first[ORDER_NO_SIZE];
};

static bool see(void *context, const struct order *order) {
    struct seen *seen = context;
    if (seen->count++ == 0)
        strcpy(seen->first, order->no);
    return true;
}

static void open_orders_are_given_oldest_first_and_settled_ones_not(void **state) {
    struct fixture *fixture = *state;
    struct seen seen = {0};
    for (int i = 1; i <= 3; i++) {
        struct order *order = fixture_order(i);
        assert_int_equal(fixture_write(fixture->journal, order, NOTE_OPENED), JOURNAL_OK);
        if (i == 1) {
            fixture_credit(order);
            assert_int_equal(fixture_write(fixture->journal, order, NOTE_CREDITED), JOURNAL_OK);
        }
        free(order);
    }
    assert_int_equal(journal_each_open(fixture->journal, see, &seen), JOURNAL_OK);
    assert_int_equal(seen.count, 2);
    assert_string_equal(seen.first, "26112012000000010002");
    seen.count = 0;
    assert_int_equal(journal_each_of_patient(fixture->journal, "5f0c", see, &seen), JOURNAL_OK);
    assert_int_equal(seen.count, 3);
    assert_string_equal(seen.first, "26112012000000010003");
    seen.count = 0;
    assert_int_equal(journal_each(fixture->journal, FIXTURE_WALL_MS + 3, 0, see, &seen),
                     JOURNAL_OK);
    assert_int_equal(seen.count, 1);
}

static bool file_holds(const char *path, const char *needle) {
    FILE *file = fopen(path, "rb");
    static char bytes[1 << 20];
    size_t length = file ? fread(bytes, 1, sizeof bytes, file) : 0;
    if (file)
        fclose(file);
    return memmem(bytes, length, needle, strlen(needle)) != NULL;
}

static void the_persons_numbers_go_when_the_order_settles(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(1), *read = malloc(sizeof *read);
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_OPENED), JOURNAL_OK);
    assert_int_equal(journal_load(fixture->journal, order->no, read), JOURNAL_OK);
    assert_string_equal(read->person.cert_no, "11010519491231002X");
    fixture_credit(order);
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_CREDITED), JOURNAL_OK);
    assert_int_equal(journal_load(fixture->journal, order->no, read), JOURNAL_OK);
    assert_string_equal(read->person.cert_no, "");
    assert_string_equal(read->person.mdtrt_cert_no, "");
    assert_string_equal(read->person.masked_name, order->person.masked_name);
    assert_int_equal(journal_checkpoint(fixture->journal), JOURNAL_OK);
    assert_false(file_holds(fixture->path, "11010519491231002X"));
    free(order);
    free(read);
}

static long length_of(const char *path) {
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    fseek(file, 0, SEEK_END);
    long length = ftell(file);
    fclose(file);
    return length;
}

/* One order that is open, a day's others that are settled. */
static struct order *live_a_day(struct journal *journal) {
    struct order *open = fixture_order(1);
    assert_int_equal(fixture_write(journal, open, NOTE_OPENED), JOURNAL_OK);
    for (int i = 2; i < 20; i++) {
        struct order *order = fixture_order(i);
        strcpy(order->person.cert_no, "440524188001010014");
        assert_int_equal(fixture_write(journal, order, NOTE_OPENED), JOURNAL_OK);
        fixture_credit(order);
        assert_int_equal(fixture_write(journal, order, NOTE_CREDITED), JOURNAL_OK);
        free(order);
    }
    return open;
}

static void a_washed_log_is_as_long_and_tells_nothing(void **state) {
    struct fixture *fixture = *state;
    struct journal_finding finding;
    char log[128];
    snprintf(log, sizeof log, "%s-wal", fixture->path);
    struct order *open = live_a_day(fixture->journal), *read = malloc(sizeof *read);
    long length = length_of(log);
    assert_true(file_holds(log, "440524188001010014"));
    assert_int_equal(journal_wash(fixture->journal), JOURNAL_OK);
    assert_false(file_holds(log, "440524188001010014"));
    assert_false(file_holds(fixture->path, "440524188001010014"));
    assert_int_equal(length_of(log), length);
    assert_int_equal(journal_load(fixture->journal, open->no, read), JOURNAL_OK);
    assert_string_equal(read->person.cert_no, "11010519491231002X");
    fixture_credit(open);
    assert_int_equal(fixture_write(fixture->journal, open, NOTE_CREDITED), JOURNAL_OK);
    assert_int_equal(journal_wash(fixture->journal), JOURNAL_OK);
    assert_false(file_holds(log, "11010519491231002X"));
    assert_int_equal(length_of(log), length);
    assert_int_equal(journal_verify(fixture->journal, &finding), JOURNAL_OK);
    assert_true(finding.good);
    free(open);
    free(read);
}

struct second_reader {
    struct journal *writer;
    const char *log;
};

static bool wash_meanwhile(void *context, const struct order *order) {
    struct second_reader *reader = context;
    (void)order;
    assert_int_equal(journal_wash(reader->writer), JOURNAL_BUSY);
    assert_true(file_holds(reader->log, "440524188001010014"));
    return true;
}

static void a_log_somebody_reads_is_washed_later(void **state) {
    struct fixture *fixture = *state;
    struct journal_options options = {.path = fixture->path, .terminal_id = "K1", .read_only = 1};
    struct journal *other;
    char log[128];
    snprintf(log, sizeof log, "%s-wal", fixture->path);
    struct second_reader reader = {fixture->journal, log};
    free(live_a_day(fixture->journal));
    assert_int_equal(journal_open(&options, &other), JOURNAL_OK);
    assert_int_equal(journal_each(other, 0, 3, wash_meanwhile, &reader), JOURNAL_OK);
    assert_int_equal(journal_wash(fixture->journal), JOURNAL_OK);
    assert_false(file_holds(log, "440524188001010014"));
    journal_close(other);
}

static void only_changed_rows_enter_the_event(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(1);
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_OPENED), JOURNAL_OK);
    order->claims[1].tries = 1;
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_CREDITING), JOURNAL_OK);
    assert_int_equal(number_of(fixture, "SELECT count(*) FROM order_events, json_each(payload)"
                                        " WHERE number = 2 AND json_each.type = 'object'"),
                     1);
    assert_int_equal(number_of(fixture, "SELECT json_extract(payload, '$.\"claims/1\".tries')"
                                        " FROM order_events WHERE number = 2"),
                     1);
    free(order);
}

static void an_id_or_an_amount_never_changes(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(1), *read = malloc(sizeof *read);
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_OPENED), JOURNAL_OK);
    order->claims[0].amount.fen++;
    order->legs[0].place_tries = 1;
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_PLACED), JOURNAL_CORRUPT);
    assert_non_null(strstr(journal_error(fixture->journal), "amount_fen may not change"));
    assert_int_equal(journal_load(fixture->journal, order->no, read), JOURNAL_OK);
    assert_int_equal(read->legs[0].place_tries, 0);
    order->claims[0].amount.fen--;
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_PLACED), JOURNAL_OK);
    free(order);
    free(read);
}

static bool copy_event(void *context, const struct journal_event *event) {
    char *text = context;
    size_t length = strlen(text);
    bool rows = strstr(event->payload, "\"legs/0\"") != NULL;
    snprintf(text + length, 256 - length, "%s %.24s%s;", event->note, event->payload,
             rows ? " with rows" : "");
    return true;
}

static void a_turn_leaves_an_event_a_note_and_its_rows_in_the_first(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(1);
    char text[256] = "";
    struct part_note notes[] = {{NOTE_PAID, 0, PART_NONE, PART_NONE},
                                {NOTE_REVERSING, 0, 1, 2},
                                {NOTE_RESUMED, PART_NONE, PART_NONE, PART_NONE}};
    struct journal_write write = {order, notes, 3, FIXTURE_WALL_MS, NULL};
    assert_int_equal(journal_commit(fixture->journal, &write, 1), JOURNAL_OK);
    assert_int_equal(journal_each_event(fixture->journal, order->no, copy_event, text), JOURNAL_OK);
    assert_string_equal(text, "paid {\"about\":\"leg 0\",\"orders with rows;"
                              "reversing {\"about\":\"refund 2\"};"
                              "resumed {\"about\":\"\"};");
    free(order);
}

static void a_batch_is_written_whole_or_not_at_all(void **state) {
    struct fixture *fixture = *state;
    struct order *good = fixture_order(1), *bad = fixture_order(2);
    struct seen seen = {0};
    assert_int_equal(fixture_write(fixture->journal, bad, NOTE_OPENED), JOURNAL_OK);
    bad->legs[0].amount.fen = 1;
    struct part_note opened = {NOTE_OPENED, PART_NONE, PART_NONE, PART_NONE};
    struct part_note paid = {NOTE_PAID, 0, PART_NONE, PART_NONE};
    struct journal_write writes[] = {{good, &opened, 1, FIXTURE_WALL_MS, NULL},
                                     {bad, &paid, 1, FIXTURE_WALL_MS, NULL}};
    assert_int_equal(journal_commit(fixture->journal, writes, 2), JOURNAL_CORRUPT);
    assert_int_equal(journal_each(fixture->journal, 0, 0, see, &seen), JOURNAL_OK);
    assert_int_equal(seen.count, 1);
    free(good);
    free(bad);
}

static bool copy_case(void *context, const struct journal_case *found) {
    char *text = context;
    size_t length = strlen(text);
    snprintf(text + length, 512 - length, "%s %s %s %s;", found->case_no, found->part,
             case_reason_name(found->reason), found->resolved ? found->resolved_by : "open");
    return true;
}

static void a_part_in_its_case_state_opens_one_case(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(42);
    char text[512] = "";
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_OPENED), JOURNAL_OK);
    fixture_case(order);
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_CASE), JOURNAL_OK);
    snprintf(order->claims[1].code, CODE_SIZE, "99");
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_CASE), JOURNAL_OK);
    order->claims[0].state = CLAIM_CASE;
    order->claims[0].reason = CASE_CREDIT_CONTRADICTS;
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_CASE), JOURNAL_OK);
    assert_int_equal(journal_each_case(fixture->journal, NULL, false, copy_case, text), JOURNAL_OK);
    assert_string_equal(text, "C00010042 claim 1 credit_unknown open;"
                              "C00010042-2 claim 0 credit_contradicts open;");
    assert_int_equal(journal_resolve(fixture->journal, order->no, "C00010042", "王", "credited",
                                     FIXTURE_WALL_MS),
                     JOURNAL_OK);
    assert_int_equal(journal_load(fixture->journal, order->no, order), JOURNAL_OK);
    assert_false(order->resolved); /* the other is open */
    free(order);
}

static void a_resolved_case_stays_with_who_and_why(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(42);
    char text[512] = "";
    fixture_case(order);
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_CASE), JOURNAL_OK);
    assert_int_equal(journal_resolve(fixture->journal, order->no, "C00010042", "王", "credited",
                                     FIXTURE_WALL_MS),
                     JOURNAL_OK);
    assert_int_equal(
        journal_resolve(fixture->journal, order->no, "C00010042", "王", "again", FIXTURE_WALL_MS),
        JOURNAL_NOT_FOUND);
    assert_int_equal(journal_each_case(fixture->journal, order->no, true, copy_case, text),
                     JOURNAL_OK);
    assert_string_equal(text, "");
    assert_int_equal(journal_each_case(fixture->journal, NULL, false, copy_case, text), JOURNAL_OK);
    assert_string_equal(text, "C00010042 claim 1 credit_unknown 王;");
    assert_false(order->resolved);
    assert_int_equal(journal_load(fixture->journal, order->no, order), JOURNAL_OK);
    assert_true(order->resolved);
    free(order);
}

static void a_printed_receipt_is_an_outbox_row(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(1);
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_OPENED), JOURNAL_OK);
    for (int i = 0; i < 2; i++)
        assert_int_equal(
            journal_print_outcome(fixture->journal, order->no, i == 1, PRINT_UNKNOWN, 5),
            JOURNAL_OK);
    assert_int_equal(number_of(fixture, "SELECT count(*) FROM outbox WHERE outcome = 'unknown'"),
                     2);
    assert_int_equal(journal_print_outcome(fixture->journal, "1", false, PRINT_DONE, 5),
                     JOURNAL_NOT_FOUND);
    free(order);
}

static void a_settled_order_opens_again_when_a_refund_is_wanted(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(1), *read = malloc(sizeof *read);
    struct seen seen = {0};
    struct journal_finding finding;
    fixture_credit(order);
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_CREDITED), JOURNAL_OK);
    assert_int_equal(journal_load(fixture->journal, order->no, read), JOURNAL_OK);
    read->claims[0].state = CLAIM_UNCREDITING;
    snprintf(read->person.cert_no, sizeof read->person.cert_no, "11010519491231002X");
    assert_int_equal(fixture_write(fixture->journal, read, NOTE_UNCREDITING), JOURNAL_OK);
    assert_int_equal(journal_each_open(fixture->journal, see, &seen), JOURNAL_OK);
    assert_int_equal(seen.count, 1);
    assert_int_equal(journal_load(fixture->journal, order->no, order), JOURNAL_OK);
    assert_string_equal(order->person.cert_no, "11010519491231002X");
    assert_int_equal(journal_verify(fixture->journal, &finding), JOURNAL_OK);
    assert_true(finding.good);
    free(order);
    free(read);
}

static bool copy_evidence(void *context, const struct journal_event *event) {
    snprintf(context, 64, "%.63s", event->evidence);
    return true;
}

static void of_endless_evidence_only_the_length_is_kept(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(1);
    char *endless = calloc(1, JOURNAL_EVIDENCE_MAX + 2), kept[64];
    memset(endless, '9', JOURNAL_EVIDENCE_MAX + 1);
    struct part_note opened = {NOTE_OPENED, PART_NONE, PART_NONE, PART_NONE};
    struct journal_write write = {order, &opened, 1, FIXTURE_WALL_MS, endless};
    assert_int_equal(journal_commit(fixture->journal, &write, 1), JOURNAL_OK);
    assert_int_equal(journal_each_event(fixture->journal, order->no, copy_evidence, kept),
                     JOURNAL_OK);
    assert_string_equal(kept, "{\"left_out\":\"65537 bytes\"}");
    free(endless);
    free(order);
}

static void a_second_kiosk_is_refused_and_a_reader_is_not(void **state) {
    struct fixture *fixture = *state;
    struct journal *other = NULL;
    struct journal_options options = {.path = fixture->path, .terminal_id = "K1"};
    assert_int_equal(journal_open(&options, &other), JOURNAL_BUSY);
    assert_null(other);
    options.read_only = true;
    assert_int_equal(journal_open(&options, &other), JOURNAL_OK);
    struct order *order = fixture_order(1);
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_OPENED), JOURNAL_OK);
    struct seen seen = {0};
    assert_int_equal(journal_each(other, 0, 0, see, &seen), JOURNAL_OK);
    assert_int_equal(seen.count, 1);
    journal_close(other);
    free(order);
}

static void a_newer_schema_is_refused_untouched(void **state) {
    struct fixture *fixture = *state;
    sqlite3 *db;
    journal_close(fixture->journal);
    assert_int_equal(sqlite3_open(fixture->path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "PRAGMA user_version=99", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    struct journal_options options = {.path = fixture->path, .terminal_id = "K1"};
    assert_int_equal(journal_open(&options, &fixture->journal), JOURNAL_NEWER);
    assert_int_equal(number_of(fixture, "PRAGMA user_version"), 99);
}

static void change(struct fixture *fixture, const char *sql) {
    sqlite3 *db;
    journal_close(fixture->journal);
    assert_int_equal(sqlite3_open(fixture->path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s", sqlite3_errmsg(db));
    sqlite3_close(db);
    fixture_open(fixture);
}

static void expect_proven(struct fixture *fixture) {
    struct journal_finding finding;
    assert_int_equal(journal_verify(fixture->journal, &finding), JOURNAL_OK);
    if (!finding.good)
        fail_msg("%s", finding.text);
}

static void a_journal_from_before_bank_cards_stays_proven(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(1);
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_OPENED), JOURNAL_OK);
    change(fixture,
           "ALTER TABLE legs DROP COLUMN voucher; ALTER TABLE legs DROP COLUMN batch;"
           "ALTER TABLE legs DROP COLUMN terminal; ALTER TABLE legs DROP COLUMN card;"
           "ALTER TABLE legs DROP COLUMN date; ALTER TABLE legs DROP COLUMN close_answered;"
           "ALTER TABLE legs DROP COLUMN unpaid; ALTER TABLE legs DROP COLUMN seen_fen;"
           "DROP TABLE shares;"
           "ALTER TABLE claims ADD COLUMN leg INTEGER NOT NULL DEFAULT 0;"
           "ALTER TABLE claims DROP COLUMN creditor; PRAGMA user_version=1");
    expect_proven(fixture);
    fixture_credit(order);
    order->legs[0].slip = (struct pos_slip){.voucher = "000123",
                                            .batch = "000001",
                                            .terminal = "BENCH001",
                                            .card = "622202*********1234",
                                            .date = "20261120"};
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_PAID), JOURNAL_OK);
    expect_proven(fixture);
    static struct order back;
    assert_int_equal(journal_load(fixture->journal, order->no, &back), JOURNAL_OK);
    assert_memory_equal(&back.legs[0].slip, &order->legs[0].slip, sizeof back.legs[0].slip);
    free(order);
}

static void reading_a_journal_that_is_not_there_says_so(void **state) {
    (void)state;
    struct journal *journal;
    struct journal_options options = {.path = "/nonexistent/journal.db", .read_only = true};
    assert_int_equal(journal_open(&options, &journal), JOURNAL_NOT_FOUND);
    assert_null(journal);
}

static int64_t paid_since(struct fixture *fixture, const char *since_no, const char *key) {
    struct fen sum = {-1};
    assert_int_equal(journal_paid_since(fixture->journal, since_no, key, &sum), JOURNAL_OK);
    return sum.fen;
}

static void a_day_counts_what_was_paid_or_may_yet_be(void **state) {
    static const enum leg_state counted[] = {LEG_PLACE_UNKNOWN, LEG_WAITING, LEG_PAID, LEG_CASE};
    static const enum leg_state others[] = {LEG_DECLINED, LEG_CLOSED, LEG_RETURNED};
    struct fixture *fixture = *state;
    struct order *order;
    assert_int_equal(paid_since(fixture, "261120000000", NULL), 0);
    for (int i = 0; i < 7; i++) {
        order = fixture_order(i);
        order->legs[0].state = i < 4 ? counted[i] : others[i - 4];
        if (i == 0)
            strcpy(order->person.patient_key, "another");
        assert_int_equal(fixture_write(fixture->journal, order, NOTE_OPENED), JOURNAL_OK);
        free(order);
    }
    assert_int_equal(paid_since(fixture, "261120000000", NULL), 4 * 16450);
    assert_int_equal(paid_since(fixture, "261120000000", "5f0c"), 3 * 16450);
    assert_int_equal(paid_since(fixture, "261121000000", NULL), 0); /* all of the day before */
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, fixture_set_up, fixture_tear_down)

static bool see_payload(void *context, const struct journal_event *event) {
    snprintf(context, 4096, "%s", event->payload);
    return true;
}

static void any_character_of_a_code_is_kept_and_escaped(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(1);
    struct order loaded;
    struct journal_finding finding;
    char payload[4096];
    memcpy(order->legs[0].code, "a\"b\\c\nd\x1f", sizeof "a\"b\\c\nd\x1f");
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_OPENED), JOURNAL_OK);
    assert_int_equal(journal_load(fixture->journal, order->no, &loaded), JOURNAL_OK);
    assert_string_equal(loaded.legs[0].code, order->legs[0].code);
    assert_int_equal(journal_each_event(fixture->journal, order->no, see_payload, payload),
                     JOURNAL_OK);
    assert_non_null(strstr(payload, "a\\\"b\\\\c\\u000ad\\u001f"));
    assert_int_equal(journal_verify(fixture->journal, &finding), JOURNAL_OK);
    assert_true(finding.good);
    free(order);
}

static void a_number_without_a_word_is_a_question_mark(void **state) {
    (void)state;
    assert_string_equal(note_name((enum note) - 1), "?");
    assert_string_equal(note_name(NOTE_COUNT), "?");
    assert_string_equal(leg_state_name((enum leg_state)99), "?");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        STORY(any_character_of_a_code_is_kept_and_escaped),
        cmocka_unit_test(a_number_without_a_word_is_a_question_mark),
        STORY(what_was_written_is_read_back_whole),
        STORY(the_last_number_is_the_greatest_ever_given_out),
        STORY(open_orders_are_given_oldest_first_and_settled_ones_not),
        STORY(the_persons_numbers_go_when_the_order_settles),
        STORY(a_washed_log_is_as_long_and_tells_nothing),
        STORY(a_log_somebody_reads_is_washed_later),
        STORY(only_changed_rows_enter_the_event),
        STORY(an_id_or_an_amount_never_changes),
        STORY(a_turn_leaves_an_event_a_note_and_its_rows_in_the_first),
        STORY(a_batch_is_written_whole_or_not_at_all),
        STORY(a_part_in_its_case_state_opens_one_case),
        STORY(a_resolved_case_stays_with_who_and_why),
        STORY(a_printed_receipt_is_an_outbox_row),
        STORY(a_settled_order_opens_again_when_a_refund_is_wanted),
        STORY(of_endless_evidence_only_the_length_is_kept),
        STORY(a_second_kiosk_is_refused_and_a_reader_is_not),
        STORY(a_newer_schema_is_refused_untouched),
        STORY(a_journal_from_before_bank_cards_stays_proven),
        STORY(a_day_counts_what_was_paid_or_may_yet_be),
        cmocka_unit_test(reading_a_journal_that_is_not_there_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
