/* links: app/journal/ app/core/order/ app/core/terms/ app/base/ */
/* What is written is there again, whole, and nothing else is. */
#include "tests/support/journal_look.h"
#include "tests/support/journal_older.h"

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

static void what_was_written_is_read_back_whole(void **state) {
    struct fixture *fixture = *state;
    struct order *order = fixture_order(1), *read = malloc(sizeof *read);
    fixture_wait(order);
    strcpy(order->person.whole_name, "张建丰");
    strcpy(order->person.pay_token, "AUTH350100202611290000000001");
    strcpy(order->legs[0].settlement, "f650 居民\"基金\nb0 \n");
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

static void wrong_pins_of_the_staff_are_there_again(void **state) {
    struct fixture *fixture = *state;
    struct journal_staff_lock lock = {7, 7}, five = {5, FIXTURE_WALL_MS};
    assert_int_equal(journal_staff_lock(fixture->journal, &lock), JOURNAL_OK);
    assert_int_equal(lock.tries, 0);
    assert_int_equal(lock.until_ms, 0);
    assert_int_equal(journal_set_staff_lock(fixture->journal, &(struct journal_staff_lock){1, 0}),
                     JOURNAL_OK);
    fixture_reopen(fixture);
    assert_int_equal(journal_staff_lock(fixture->journal, &lock), JOURNAL_OK);
    assert_int_equal(lock.tries, 1);
    assert_int_equal(journal_set_staff_lock(fixture->journal, &five), JOURNAL_OK);
    fixture_reopen(fixture);
    assert_int_equal(journal_staff_lock(fixture->journal, &lock), JOURNAL_OK);
    assert_int_equal(lock.tries, 5);
    assert_int_equal(lock.until_ms, FIXTURE_WALL_MS);
}

static void open_orders_are_given_oldest_first_and_settled_ones_not(void **state) {
    struct fixture *fixture = *state;
    struct fixture_seen seen = {0};
    for (int i = 1; i <= 3; i++) {
        struct order *order = fixture_order(i);
        assert_int_equal(fixture_write(fixture->journal, order, NOTE_OPENED), JOURNAL_OK);
        if (i == 1) {
            fixture_credit(order);
            assert_int_equal(fixture_write(fixture->journal, order, NOTE_CREDITED), JOURNAL_OK);
        }
        free(order);
    }
    assert_int_equal(journal_each_open(fixture->journal, fixture_see, &seen), JOURNAL_OK);
    assert_int_equal(seen.count, 2);
    assert_string_equal(seen.first, "26112012000000010002");
    seen.count = 0;
    assert_int_equal(journal_each_of_patient(fixture->journal, &fixture_keys, fixture_see, &seen),
                     JOURNAL_OK);
    assert_int_equal(seen.count, 3);
    assert_string_equal(seen.first, "26112012000000010003");
    seen.count = 0;
    assert_int_equal(journal_each(fixture->journal, FIXTURE_WALL_MS + 3, 0, fixture_see, &seen),
                     JOURNAL_OK);
    assert_int_equal(seen.count, 1);
}

/* One order of so and so; how many are found by who shows these. */
static int found_by(struct fixture *fixture, struct patient_keys shown) {
    struct fixture_seen seen = {0};
    assert_int_equal(journal_each_of_patient(fixture->journal, &shown, fixture_see, &seen),
                     JOURNAL_OK);
    return seen.count;
}

static void keep_order_of(struct fixture *fixture, int n, struct patient_keys keys) {
    struct order *order = fixture_order(n), *back = calloc(1, sizeof *back);
    order->person.keys = keys;
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_OPENED), JOURNAL_OK);
    assert_int_equal(journal_load(fixture->journal, order->no, back), JOURNAL_OK);
    assert_memory_equal(&back->person.keys, &keys, sizeof keys);
    free(order);
    free(back);
}

static void a_patient_is_found_by_any_key(void **state) {
    struct fixture *fixture = *state;
    keep_order_of(fixture, 1, (struct patient_keys){.id = "i", .cust = "h", .card = "c"});
    keep_order_of(fixture, 2, (struct patient_keys){.cust = "h"}); /* cert_no was missing once */
    keep_order_of(fixture, 3, (struct patient_keys){.card = "c"});
    keep_order_of(fixture, 4, (struct patient_keys){.id = "j"});
    keep_order_of(fixture, 5, (struct patient_keys){.id = ""}); /* of nobody that is known */
    assert_int_equal(found_by(fixture, (struct patient_keys){.id = "i"}), 1);
    assert_int_equal(found_by(fixture, (struct patient_keys){.cust = "h"}), 2);
    assert_int_equal(found_by(fixture, (struct patient_keys){.card = "c"}), 2);
    assert_int_equal(found_by(fixture, (struct patient_keys){.id = "i", .cust = "h", .card = "c"}),
                     3);
    assert_int_equal(found_by(fixture, (struct patient_keys){.id = "j", .card = "x"}), 1);
    assert_int_equal(found_by(fixture, (struct patient_keys){.id = "h", .cust = "c"}), 0);
    assert_int_equal(found_by(fixture, (struct patient_keys){.id = ""}), 0);
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
    assert_false(fixture_file_holds(fixture->path, "11010519491231002X"));
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
    assert_true(fixture_file_holds(log, "440524188001010014"));
    assert_int_equal(journal_wash(fixture->journal), JOURNAL_OK);
    assert_false(fixture_file_holds(log, "440524188001010014"));
    assert_false(fixture_file_holds(fixture->path, "440524188001010014"));
    assert_int_equal(length_of(log), length);
    assert_int_equal(journal_load(fixture->journal, open->no, read), JOURNAL_OK);
    assert_string_equal(read->person.cert_no, "11010519491231002X");
    fixture_credit(open);
    assert_int_equal(fixture_write(fixture->journal, open, NOTE_CREDITED), JOURNAL_OK);
    assert_int_equal(journal_wash(fixture->journal), JOURNAL_OK);
    assert_false(fixture_file_holds(log, "11010519491231002X"));
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
    assert_int_equal(journal_checkpoint(reader->writer), JOURNAL_OK); /* as far as it goes */
    assert_int_equal(journal_wash(reader->writer), JOURNAL_BUSY);
    assert_true(fixture_file_holds(reader->log, "440524188001010014"));
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
    assert_false(fixture_file_holds(log, "440524188001010014"));
    journal_close(other);
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
    struct fixture_seen seen = {0};
    assert_int_equal(journal_each(other, 0, 0, fixture_see, &seen), JOURNAL_OK);
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
    assert_int_equal(fixture_number(fixture, "PRAGMA user_version"), 99);
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
    order->person.keys = (struct patient_keys){.id = "5f0c"}; /* the only one there was */
    assert_int_equal(fixture_write(fixture->journal, order, NOTE_OPENED), JOURNAL_OK);
    fixture_forget_identity(fixture);
    char sql[JOURNAL_OLDER_SIZE];
    change(fixture, journal_older(1, sql));
    expect_proven(fixture);
    static struct due_order due; /* what was open then is asked about now */
    struct journal_due_ask ask = {.wall_ms = FIXTURE_WALL_MS};
    assert_int_equal(journal_fetch_due(fixture->journal, &ask, &due), JOURNAL_OK);
    assert_true(due.found);
    assert_string_equal(due.order.no, order->no);
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

static void a_journal_that_is_not_there_and_cannot_be_made_says_so(void **state) {
    (void)state;
    for (int reads = 0; reads < 2; reads++) {
        struct journal *journal;
        struct journal_options options = {.path = "/nonexistent/journal.db", .read_only = reads};
        assert_int_equal(journal_open(&options, &journal), reads ? JOURNAL_NOT_FOUND : JOURNAL_IO);
        assert_null(journal);
    }
}

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

static void a_word_that_nobody_knows_is_no_resolution(void **state) {
    static const char *const words[] = RESOLUTION_WORDS;
    (void)state;
    assert_int_equal(resolution_named(NULL), RESOLUTION_NONE);
    assert_int_equal(resolution_named("by_magic"), RESOLUTION_NONE);
    for (int how = RESOLUTION_NONE + 1; how < (int)(sizeof words / sizeof *words); how++)
        assert_int_equal(resolution_named(words[how]), how);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        STORY(any_character_of_a_code_is_kept_and_escaped),
        cmocka_unit_test(a_number_without_a_word_is_a_question_mark),
        cmocka_unit_test(a_word_that_nobody_knows_is_no_resolution),
        STORY(what_was_written_is_read_back_whole),
        STORY(the_last_number_is_the_greatest_ever_given_out),
        STORY(wrong_pins_of_the_staff_are_there_again),
        STORY(open_orders_are_given_oldest_first_and_settled_ones_not),
        STORY(a_patient_is_found_by_any_key),
        STORY(the_persons_numbers_go_when_the_order_settles),
        STORY(a_washed_log_is_as_long_and_tells_nothing),
        STORY(a_log_somebody_reads_is_washed_later),
        STORY(a_second_kiosk_is_refused_and_a_reader_is_not),
        STORY(a_newer_schema_is_refused_untouched),
        STORY(a_journal_from_before_bank_cards_stays_proven),
        cmocka_unit_test(a_journal_that_is_not_there_and_cannot_be_made_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
