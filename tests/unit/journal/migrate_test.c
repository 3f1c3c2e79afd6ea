/* links: app/journal/ app/core/order/ app/core/terms/ app/base/ */
/* Journals that versions 2 and 3 wrote (tests/vectors/journal-version-*.sql) are brought to this
 * version, stay proven, and their orders go on. */
#include "tests/support/journal_look.h"

#include <sqlite3.h>

#define TWINS 4 /* credits of the vector that share a bill or a receipt with an earlier one */
#define VECTOR "tests/vectors/journal-version-2.sql"
#define VECTOR_OF_PATIENTS "tests/vectors/journal-version-3.sql"
#define NOON_MS INT64_C(1795147200000)

static struct policy policy;
static struct limits limits;
static struct effects out;
static char last_no[ORDER_NO_SIZE];
static uint32_t next_number;
static struct now now;

static struct order_rules rules(void) {
    return (struct order_rules){.policy = &policy,
                                .limits = &limits,
                                .next_number = &next_number,
                                .last_no = last_no,
                                .number_mark = "7K0001",
                                .journal_ok = true};
}

static void run_sql(const char *path, const char *sql) {
    sqlite3 *db;
    char *error = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, &error) != SQLITE_OK)
        fail_msg("%s", error);
    sqlite3_close(db);
}

/* The fixture's own journal makes room for the old one, which nobody has opened yet. */
static void lay_out_vector(struct fixture *fixture, const char *vector) {
    char path[128], *sql;
    journal_close(fixture->journal);
    fixture->journal = NULL;
    unlink(fixture->path);
    snprintf(path, sizeof path, "%s-wal", fixture->path);
    unlink(path);
    fixture_forget_identity(fixture);
    FILE *file = fopen(vector, "r");
    assert_non_null(file);
    sql = calloc(1, 1 << 17);
    assert_in_range(fread(sql, 1, (1 << 17) - 1, file), 1000, (1 << 17) - 2);
    fclose(file);
    run_sql(fixture->path, sql);
    free(sql);
}

static void lay_out(struct fixture *fixture) {
    lay_out_vector(fixture, VECTOR);
}

static void expect_proven(struct fixture *fixture, int64_t events) {
    struct journal_finding finding;
    assert_int_equal(journal_verify(fixture->journal, &finding), JOURNAL_OK);
    if (!finding.good)
        fail_msg("%s", finding.text);
    assert_int_equal(finding.events, events);
    assert_int_equal(finding.orders, 10);
}

static struct order *load(struct fixture *fixture, int n) {
    static struct order order;
    char no[ORDER_NO_SIZE];
    snprintf(no, sizeof no, "2611201200000001%04u", (unsigned)n % 1000 * 10);
    assert_int_equal(journal_load(fixture->journal, no, &order), JOURNAL_OK);
    return &order;
}

/* What the sums of the ten orders must be: paid, credited, returned, in cases, on the way. */
static const int64_t sums_fen[10][5] = {{0},
                                        {3000, 3000, 0, 0, 0},
                                        {3000, 1000, 0, 0, 2000},
                                        {3000, 1000, 0, 0, 2000},
                                        {1000, 0, 1000, 0, 0},
                                        {1000, 700, 300, 0, 0},
                                        {1000, 0, 0, 0, 1000},
                                        {3000, 1000, 0, 2000, 0},
                                        {0},
                                        {1000, 0, 0, 0, 1000}};

static void every_claim_has_the_share_that_its_leg_paid(void **state) {
    struct fixture *fixture = *state;
    lay_out(fixture);
    fixture_open(fixture);
    for (int n = 1; n <= 10; n++) {
        const struct order *order = load(fixture, n);
        struct order_sums sums = order_sums(order);
        const int64_t *wanted = sums_fen[n - 1];
        assert_int_equal(order->share_count, order->claim_count);
        for (int i = 0; i < order->share_count; i++) {
            assert_int_equal(order->shares[i].claim, i);
            assert_int_equal(order->shares[i].leg, 0);
            assert_int_equal(order->shares[i].amount.fen, order->claims[i].amount.fen);
            assert_int_equal(order->claims[i].creditor, CREDITOR_TERMINAL);
        }
        assert_int_equal(sums.paid.fen, wanted[0]);
        assert_int_equal(sums.credited.fen, wanted[1]);
        assert_int_equal(sums.returned.fen, wanted[2]);
        assert_int_equal(sums.in_cases.fen, wanted[3]);
        assert_int_equal(sums.in_flight.fen, wanted[4]);
    }
    expect_proven(fixture, 41 + TWINS);
}

static int64_t newest_ms; /* the journal has no clock */

static bool note_twin(void *context, const struct journal_case *found) {
    char *text = context;
    if (found->reason != CASE_CREDITED_TWICE)
        return true;
    assert_int_equal(found->opened_ms, newest_ms);
    sprintf(text + strlen(text), "%s %s;", found->order_no, found->part);
    return true;
}

/* The old version took them for credits of their own: of one bill, and with one receipt. */
static void credits_of_one_bill_become_cases(void **state) {
    struct fixture *fixture = *state;
    char twins[TWINS * 64] = "";
    lay_out(fixture);
    newest_ms = fixture_number(fixture, "SELECT max(wall_ms) FROM order_events");
    fixture_open(fixture);
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM order_events"
                                             " WHERE number > 41 AND note = 'case'"),
                     TWINS);
    assert_int_equal(journal_each_case(fixture->journal, NULL, true, note_twin, twins), JOURNAL_OK);
    assert_string_equal(twins, "26112012000000010030 claim 0;26112012000000010040 claim 0;"
                               "26112012000000010060 claim 0;26112012000000010080 claim 0;");
    fixture_reopen(fixture); /* once */
    expect_proven(fixture, 41 + TWINS);
    lay_out(fixture);
    run_sql(fixture->path, "UPDATE claims SET call_sn = order_no || n WHERE call_sn <> '';"
                           "UPDATE claims SET org_trace_no = 'B3-0'"
                           " WHERE order_no = '26112012000000010080' AND n = 0");
    fixture_open(fixture);
    twins[0] = '\0';
    assert_int_equal(journal_each_case(fixture->journal, NULL, true, note_twin, twins), JOURNAL_OK);
    assert_string_equal(twins, "26112012000000010080 claim 0;");
}

static struct journal_write write_of_effects(const struct order *order) {
    struct journal_write write = {.order = order, .wall_ms = now.wall_ms};
    for (int i = 0; i < out.count; i++)
        if (out.items[i].kind == EFFECT_PERSIST) {
            write.notes = &out.notes[out.items[i].of.persist.first];
            write.note_count = out.items[i].of.persist.count;
        }
    return write;
}

/* What the turn noted is written and the order hears of it. */
static void write_durably(struct fixture *fixture, struct order *order) {
    while (order->run.durable_wait != 0) {
        struct order_rules at = rules();
        struct journal_write write = write_of_effects(order);
        struct order_event event = {
            .kind = ORDER_HEARS_DURABLE, .now = now, .number = order->run.durable_wait};
        assert_true(write.note_count > 0);
        assert_int_equal(journal_commit(fixture->journal, &write, 1), JOURNAL_OK);
        effects_clear(&out);
        order_step(order, &at, &event, &out);
    }
}

static uint32_t sent(enum verb verb) {
    for (int i = 0; i < out.count; i++)
        if (out.items[i].kind == EFFECT_SEND && out.items[i].of.send.verb == verb)
            return out.items[i].number;
    fail_msg("verb %d was not sent", (int)verb);
    return 0;
}

static struct order *resume(struct fixture *fixture, int n) {
    struct order *order = load(fixture, n);
    struct order_rules at = rules();
    effects_clear(&out);
    order_resume(order, &at, now, &out);
    return order;
}

static void hear(struct fixture *fixture, struct order *order, struct event_answer answer) {
    struct order_rules at = rules();
    effects_clear(&out);
    order_step(order, &at,
               &(struct order_event){.kind = ORDER_HEARS_ANSWER, .now = now, .answer = &answer},
               &out);
    write_durably(fixture, order);
}

static void what_was_on_its_way_goes_on_and_stays_proven(void **state) {
    struct fixture *fixture = *state;
    lay_out(fixture);
    fixture_open(fixture);
    assert_int_equal(journal_last_no(fixture->journal, last_no), JOURNAL_OK);
    for (int n = 1; n <= 10; n++) {
        struct order *order = resume(fixture, n);
        write_durably(fixture, order);
    }
    struct order *order = resume(fixture, 4);
    assert_string_equal(order->refunds[0].caller_mode, ""); /* nobody has said how it goes back */
    assert_string_equal(order->refunds[0].to.terminal, ""); /* nor where it was sent */
    assert_false(order->refunds[0].never_left);             /* it may have left */
    uint32_t asked = sent(VERB_ASK_REFUND);
    write_durably(fixture, order);
    hear(fixture, order, (struct event_answer){.request = asked, .outcome = OUTCOME_ACCEPTED});
    order = load(fixture, 4);
    assert_int_equal(order->claims[1].state, CLAIM_REVERSED);
    assert_int_equal(order->shares[1].returned.fen, 2000);
    assert_int_equal(order_sums(order).returned.fen, 2000);
    assert_true(order_settled(order));
    order = resume(fixture, 10);
    asked = sent(VERB_ASK_REFUND);
    write_durably(fixture, order);
    hear(fixture, order, (struct event_answer){.request = asked, .outcome = OUTCOME_ACCEPTED});
    assert_int_equal(load(fixture, 10)->legs[0].state, LEG_RETURNED);
    struct journal_finding finding;
    assert_int_equal(journal_verify(fixture->journal, &finding), JOURNAL_OK);
    if (!finding.good)
        fail_msg("%s", finding.text);
    fixture_reopen(fixture);
    assert_int_equal(journal_verify(fixture->journal, &finding), JOURNAL_OK);
    assert_true(finding.good);
}

/* Where no event tells of a share, the old claim proves it. */
static void a_share_that_the_old_claim_does_not_say_is_found(void **state) {
    static const char *const changes[] = {
        "UPDATE shares SET returned_fen = 1 WHERE order_no = '26112012000000010020' AND n = 0",
        "UPDATE shares SET leg = 1 WHERE order_no = '26112012000000010020' AND n = 0",
        "UPDATE shares SET returned_fen = 0 WHERE order_no = '26112012000000010050'",
        "DELETE FROM shares WHERE order_no = '26112012000000010020' AND n = 1",
        "INSERT INTO shares SELECT order_no, 7, claim, leg, amount_fen, returned_fen, reason,"
        " disputed_fen FROM shares LIMIT 1",
        "UPDATE claims SET creditor = 'platform' WHERE order_no = '26112012000000010020'"};
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        struct journal_finding finding;
        if (fixture->journal == NULL)
            fixture_open(fixture);
        lay_out(fixture);
        fixture_open(fixture);
        journal_close(fixture->journal);
        run_sql(fixture->path, changes[i]);
        fixture_open(fixture);
        assert_int_equal(journal_verify(fixture->journal, &finding), JOURNAL_OK);
        if (finding.good)
            fail_msg("not found: %s", changes[i]);
    }
}

static bool keep_number(void *context, const struct order *order) {
    snprintf(context, ORDER_NO_SIZE, "%s", order->no);
    return true;
}

static const char *found_by(struct fixture *fixture, struct patient_keys keys) {
    static char no[ORDER_NO_SIZE];
    no[0] = '\0';
    assert_int_equal(journal_each_of_patient(fixture->journal, &keys, keep_number, no), JOURNAL_OK);
    return no;
}

/* Until version 6 one key stood for the ID number, or for his_cust_id where there was none. */
static void the_one_key_of_an_older_version_is_found_by_two(void **state) {
    static const char key[] = "0000000000000000000000000000000000000000000000000000000000000003";
    struct fixture *fixture = *state;
    struct patient_keys id = {.id = ""}, cust = {.id = ""}, card = {.id = ""};
    struct journal_finding finding;
    lay_out_vector(fixture, VECTOR_OF_PATIENTS);
    fixture_open(fixture);
    memcpy(id.id, key, sizeof key);
    memcpy(cust.cust, key, sizeof key);
    memcpy(card.card, key, sizeof key);
    assert_string_equal(found_by(fixture, id), "26111819034000010003");
    assert_string_equal(found_by(fixture, cust), "26111819034000010003");
    assert_string_equal(found_by(fixture, card), "");
    static struct order order;
    assert_int_equal(journal_load(fixture->journal, "26111819034000010003", &order), JOURNAL_OK);
    assert_true(patient_keys_agree(&order.person.keys, &id));
    assert_false(patient_keys_agree(&order.person.keys, &cust));
    assert_string_equal(order.person.keys.cust, "");
    assert_int_equal(journal_verify(fixture->journal, &finding), JOURNAL_OK);
    if (!finding.good)
        fail_msg("%s", finding.text);
    assert_int_equal(finding.orders, 6);
}

static char *columns_of(const char *path) {
    static const char sql[] =
        "SELECT group_concat(line, char(10)) FROM (SELECT t.name || ' ' || c.cid || ' ' || c.name"
        " || ' ' || c.type || ' ' || c.\"notnull\" || ' ' || ifnull(c.dflt_value, '-') || ' ' ||"
        " c.pk AS line FROM sqlite_master AS t, pragma_table_xinfo(t.name) AS c"
        " WHERE t.type = 'table' UNION ALL SELECT 'index ' || sql FROM sqlite_master"
        " WHERE type = 'index' AND sql IS NOT NULL ORDER BY 1)";
    sqlite3 *db;
    sqlite3_stmt *statement;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    char *text = strdup((const char *)sqlite3_column_text(statement, 0));
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return text;
}

static void an_old_journal_gets_the_columns_of_a_new_one(void **state) {
    struct fixture *fixture = *state;
    char *fresh = columns_of(fixture->path);
    lay_out(fixture);
    fixture_open(fixture);
    char *brought = columns_of(fixture->path);
    assert_string_equal(brought, fresh);
    free(fresh);
    free(brought);
}

static void a_reader_does_not_touch_an_old_journal(void **state) {
    struct fixture *fixture = *state;
    struct journal_options options = {.path = fixture->path, .read_only = true};
    struct journal *reader = NULL;
    lay_out(fixture);
    assert_int_equal(journal_open(&options, &reader), JOURNAL_OLDER);
    fixture_open(fixture);
}

static int set_up(void **state) {
    policy = policy_default();
    limits = limits_default();
    now = (struct now){NOON_MS, 1000};
    next_number = 1;
    return fixture_set_up(state);
}

#define OLD_STORY(name) cmocka_unit_test_setup_teardown(name, set_up, fixture_tear_down)
int main(void) {
    const struct CMUnitTest tests[] = {
        OLD_STORY(every_claim_has_the_share_that_its_leg_paid),
        OLD_STORY(credits_of_one_bill_become_cases),
        OLD_STORY(what_was_on_its_way_goes_on_and_stays_proven),
        OLD_STORY(a_share_that_the_old_claim_does_not_say_is_found),
        OLD_STORY(the_one_key_of_an_older_version_is_found_by_two),
        OLD_STORY(an_old_journal_gets_the_columns_of_a_new_one),
        OLD_STORY(a_reader_does_not_touch_an_old_journal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
