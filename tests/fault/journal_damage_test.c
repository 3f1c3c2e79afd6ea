/* links: tests/sim/vfs*.c app/journal/ app/core/order/ app/core/terms/ app/base/ */
/* A journal that is damaged, or a disk that answers no more, is said so by whatever is asked. */
#include "tests/fault/damaged_journal.h"
#include "tests/sim/vfs.h"

static bool see_order(void *context, const struct order *order) {
    (void)context, (void)order;
    return true;
}

static bool see_case(void *context, const struct journal_case *found) {
    (void)context, (void)found;
    return true;
}

static bool see_event(void *context, const struct journal_event *event) {
    (void)context, (void)event;
    return true;
}

static enum journal_result ask_last_no(struct journal *journal) {
    char no[ORDER_NO_SIZE];
    return journal_last_no(journal, no);
}

static enum journal_result ask_open(struct journal *journal) {
    return journal_each_open(journal, see_order, NULL);
}

static enum journal_result ask_patient(struct journal *journal) {
    return journal_each_of_patient(journal, &fixture_keys, see_order, NULL);
}

static enum journal_result ask_list(struct journal *journal) {
    return journal_each(journal, 0, 10, see_order, NULL);
}

static enum journal_result ask_load(struct journal *journal) {
    static struct order order;
    return journal_load(journal, ORDER_NO, &order);
}

static enum journal_result ask_cases(struct journal *journal) {
    return journal_each_case(journal, NULL, false, see_case, NULL);
}

static enum journal_result ask_events(struct journal *journal) {
    return journal_each_event(journal, ORDER_NO, see_event, NULL);
}

static enum journal_result ask_verify(struct journal *journal) {
    struct journal_finding finding;
    enum journal_result result = journal_verify(journal, &finding);
    return result == JOURNAL_OK && !finding.good ? JOURNAL_CORRUPT : result;
}

static enum journal_result ask_print(struct journal *journal) {
    return journal_print_outcome(journal, ORDER_NO, false, PRINT_DONE, FIXTURE_WALL_MS);
}

static enum journal_result ask_write(struct journal *journal) {
    struct order *order = fixture_order(1);
    order->legs[0].place_tries = 3;
    fixture_wait(order);
    enum journal_result result = fixture_write(journal, order, NOTE_PLACED);
    free(order);
    return result;
}

static enum journal_result ask_case(struct journal *journal) {
    struct order *order = fixture_order(1);
    fixture_case(order);
    enum journal_result result = fixture_write(journal, order, NOTE_CASE);
    free(order);
    return result;
}

struct question {
    const char *name;
    enum journal_result (*ask)(struct journal *journal);
    const char *tables; /* those it cannot do without */
};

static const struct question questions[] = {
    {"last number", ask_last_no, "head"},
    {"open orders", ask_open, "retry orders legs claims refunds"},
    {"of a patient", ask_patient, "orders retry legs claims refunds"},
    {"list", ask_list, "orders retry legs claims refunds"},
    {"load", ask_load, "orders retry legs claims refunds"},
    {"cases", ask_cases, "cases"},
    {"events", ask_events, "order_events"},
    {"verify", ask_verify, "head orders retry legs claims refunds cases outbox order_events"},
    {"resolve", ask_resolve, "head cases order_events"},
    {"print", ask_print, "head orders outbox order_events"},
    {"write", ask_write, "head orders retry legs claims order_events"},
    {"write a case", ask_case, "head orders retry legs claims cases order_events"},
};
#define QUESTIONS (sizeof questions / sizeof *questions)
#define READING_QUESTIONS 8

static void a_missing_table_is_said(void **state) {
    static const char *const tables[] = {"head",    "orders", "retry",  "legs",        "claims",
                                         "refunds", "cases",  "outbox", "order_events"};
    for (size_t t = 0; t < sizeof tables / sizeof *tables; t++) {
        char sql[64];
        assert_int_equal(fixture_set_up(state), 0);
        struct fixture *fixture = *state;
        live(fixture->journal);
        journal_close(fixture->journal);
        snprintf(sql, sizeof sql, "DROP TABLE %s", tables[t]);
        assert_true(change(fixture->path, sql));
        bool no_head = !open_damaged(fixture);
        assert_int_equal(no_head, t == 0); /* whose journal it is stands there */
        for (size_t i = 0; i < (no_head ? READING_QUESTIONS : QUESTIONS); i++) {
            if (!strstr(questions[i].tables, tables[t]))
                continue;
            enum journal_result result = questions[i].ask(fixture->journal);
            if (result != JOURNAL_CORRUPT)
                fail_msg("%s without %s: %d", questions[i].name, tables[t], result);
            assert_true(journal_error(fixture->journal)[0] != '\0' ||
                        questions[i].ask == ask_verify);
        }
        fixture_tear_down(state);
    }
}

static void a_value_nobody_wrote_is_said(void **state) {
    static const char *const changes[] = {
        "UPDATE legs SET state = 'nonsense'",
        "UPDATE legs SET place_tries = 256",
        "UPDATE legs SET close_wanted = 2",
        "UPDATE legs SET no = no || 'x'",
        "UPDATE legs SET n = 1",
        "UPDATE shares SET leg = -1",
        "UPDATE orders SET service = ''  || char(0) || 'x'",
    };
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        assert_int_equal(fixture_set_up(state), 0);
        struct fixture *fixture = *state;
        live(fixture->journal);
        assert_true(change(fixture->path, changes[i]));
        if (ask_load(fixture->journal) != JOURNAL_CORRUPT)
            fail_msg("%s", changes[i]);
        assert_int_equal(ask_open(fixture->journal), JOURNAL_CORRUPT);
        fixture_tear_down(state);
    }
}

/* It would heal the file: it holds the same pages. */
static void remove_log(const char *path) {
    char log[128];
    snprintf(log, sizeof log, "%s-wal", path);
    assert_int_equal(unlink(log), 0);
}

static void a_file_that_is_no_journal_is_said(void **state) {
    struct fixture *fixture = *state;
    struct journal_options options = {.path = fixture->path, .terminal_id = "K1"};
    journal_close(fixture->journal);
    remove_log(fixture->path);
    FILE *file = fopen(fixture->path, "wb");
    for (int i = 0; i < 5000; i++)
        fputs("not a journal ", file);
    fclose(file);
    assert_int_equal(journal_open(&options, &fixture->journal), JOURNAL_CORRUPT);
    options.path = "/nonexistent/folder/journal.db";
    assert_int_equal(journal_open(&options, &fixture->journal), JOURNAL_IO);
}

static void a_disk_that_answers_no_more_is_said(void **state) {
    struct journal_options options = {.path = "journal.db", .terminal_id = "K1", .vfs = "damage"};
    struct vfs *vfs = vfs_create("damage", 1);
    struct journal *journal;
    (void)state;
    assert_int_equal(journal_open(&options, &journal), JOURNAL_OK);
    live(journal);
    journal_close(journal);
    for (size_t i = 0; i < QUESTIONS; i++) {
        assert_int_equal(journal_open(&options, &journal), JOURNAL_OK);
        vfs_cut(vfs);
        enum journal_result result = questions[i].ask(journal);
        if (result == JOURNAL_OK || result == JOURNAL_NOT_FOUND)
            fail_msg("%s on a dead disk: %d", questions[i].name, result);
        journal_close(journal);
        vfs_restore(vfs, VFS_LOSE_NONE);
    }
    vfs_destroy(vfs);
}

static void flip(const char *path, long at, unsigned char bits) {
    FILE *file = fopen(path, "r+b");
    assert_non_null(file);
    fseek(file, at, SEEK_SET);
    int byte = fgetc(file);
    fseek(file, at, SEEK_SET);
    fputc(byte ^ bits, file);
    fclose(file);
}

static long size_of(const char *path) {
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    fclose(file);
    return size;
}

/* Whatever byte is flipped, everything asked comes back with an answer. */
static void a_flipped_byte_ends_nothing(void **state) {
    struct fixture *fixture = *state;
    struct journal_options options = {.path = fixture->path, .read_only = true};
    uint64_t random = 88172645463325252u;
    live(fixture->journal);
    assert_int_equal(journal_checkpoint(fixture->journal), JOURNAL_OK);
    journal_close(fixture->journal);
    fixture->journal = NULL;
    remove_log(fixture->path);
    long size = size_of(fixture->path);
    int said = 0;
    for (int i = 0; i < 1500; i++) {
        struct journal *journal;
        random ^= random << 13, random ^= random >> 7, random ^= random << 17;
        long at = (long)(random % (uint64_t)size);
        unsigned char bits = (unsigned char)(1u << (random >> 32) % 8);
        flip(fixture->path, at, bits);
        enum journal_result worst = journal_open(&options, &journal);
        for (size_t q = 0; journal && q < READING_QUESTIONS; q++) {
            enum journal_result result = questions[q].ask(journal);
            worst = result > worst ? result : worst;
        }
        assert_in_range(worst, JOURNAL_OK, JOURNAL_NOT_FOUND);
        said += worst != JOURNAL_OK;
        journal_close(journal);
        flip(fixture->path, at, bits);
    }
    print_message("%d of 1500 flips said, the others fell on empty space\n", said);
    assert_true(said > 100); /* each table that is still empty is pages of empty space more */
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, fixture_set_up, fixture_tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_missing_table_is_said),
        cmocka_unit_test(a_value_nobody_wrote_is_said),
        STORY(a_file_that_is_no_journal_is_said),
        cmocka_unit_test(a_disk_that_answers_no_more_is_said),
        STORY(a_flipped_byte_ends_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
