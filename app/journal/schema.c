/* The schema, which a new journal gets whole, and its history: a text that brings a journal of the
 * version before to each, never edited afterwards. Both ways give the same columns.
 *
 * Amounts are in fen, times epoch milliseconds, closed sets the words of journal_words.c. `retry`
 * holds what only a retry needs of the person and loses the row when the order settles. `head`
 * repeats the end of the chain of order_events: rows cut off its end are missed there. */
#include "app/journal/parts.h"

#include <stdio.h>
#include <string.h>

/* What is being paid or is paid is nobody else's. */
#define HOLDS                                                                                      \
    "CREATE TABLE holds (order_no TEXT NOT NULL REFERENCES orders, n INTEGER NOT NULL,"            \
    " claim INTEGER NOT NULL, key TEXT NOT NULL, held INTEGER NOT NULL,"                           \
    " PRIMARY KEY (order_no, n)) STRICT, WITHOUT ROWID;"                                           \
    "CREATE UNIQUE INDEX holds_key ON holds (key) WHERE held = 1;"                                 \
    "CREATE INDEX claims_of_number ON claims (org_trace_no);"

/* What the staff have tried: a restart forgets no wrong PIN. */
#define STAFF_LOCK                                                                                 \
    "CREATE TABLE staff_lock (id INTEGER PRIMARY KEY CHECK (id = 1), tries INTEGER NOT NULL,"      \
    " until_ms INTEGER NOT NULL) STRICT;"

/* When an open order is asked about again; a settled one has no row. */
#define DUE                                                                                        \
    "CREATE TABLE due (order_no TEXT PRIMARY KEY REFERENCES orders, due_ms INTEGER NOT NULL)"      \
    " STRICT, WITHOUT ROWID;"                                                                      \
    "CREATE INDEX due_when ON due (due_ms);"
/* A number that a caller of the desk gave is one payment's for ever. */
#define CALLERS                                                                                    \
    "CREATE UNIQUE INDEX orders_of_caller ON orders (caller_no) WHERE caller_no <> '';"            \
    "CREATE INDEX refunds_of_caller ON refunds (caller_no) WHERE caller_no <> '';"

/* The platform's numbers, by which a desk's callers ask. */
#define TRACES                                                                                     \
    "CREATE INDEX legs_of_trace ON legs (out_no) WHERE out_no <> '';"                              \
    "CREATE INDEX refunds_of_trace ON refunds (out_no) WHERE out_no <> '';"

/* A receipt is of one credit; what the terminal has found out by itself of the hospital. */
#define RECEIPTS "CREATE INDEX claims_of_receipt ON claims (call_sn) WHERE call_sn <> '';"
#define FOUND                                                                                      \
    "CREATE TABLE found (what TEXT PRIMARY KEY, wall_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;"

/* A cashier's shifts; the one that is not ended has 0 there. */
#define SHIFTS                                                                                     \
    "CREATE TABLE shifts (n INTEGER PRIMARY KEY, began_ms INTEGER NOT NULL,"                       \
    " by TEXT NOT NULL, held_fen INTEGER NOT NULL, ended_ms INTEGER NOT NULL,"                     \
    " taken_fen INTEGER NOT NULL, returned_fen INTEGER NOT NULL,"                                  \
    " counted_fen INTEGER NOT NULL) STRICT;"

/* Of an open order, beside its row of retry, and as secret. */
#define CALLER_WORDS                                                                               \
    "CREATE TABLE caller_words (order_no TEXT PRIMARY KEY"                                         \
    " REFERENCES orders DEFERRABLE INITIALLY DEFERRED, operation TEXT NOT NULL,"                   \
    " members TEXT NOT NULL) STRICT;"

static const char newest[] =
    "CREATE TABLE head (id INTEGER PRIMARY KEY CHECK (id = 1), terminal_id TEXT NOT NULL,"
    " events INTEGER NOT NULL, hash TEXT NOT NULL, last_no TEXT NOT NULL,"
    " journal_id TEXT NOT NULL DEFAULT '', installation TEXT NOT NULL DEFAULT '') STRICT;"

    "CREATE TABLE orders (order_no TEXT PRIMARY KEY, service TEXT NOT NULL,"
    " created_ms INTEGER NOT NULL, patient_key TEXT NOT NULL, masked_name TEXT NOT NULL,"
    " patient_type TEXT NOT NULL, account_type TEXT NOT NULL, state TEXT NOT NULL,"
    " settled INTEGER NOT NULL, seal TEXT NOT NULL, cust_key TEXT NOT NULL DEFAULT '',"
    " card_key TEXT NOT NULL DEFAULT '', caller_no TEXT NOT NULL DEFAULT '',"
    " caller_channel TEXT NOT NULL DEFAULT '', received_fen INTEGER NOT NULL DEFAULT 0)"
    " STRICT, WITHOUT ROWID;"
    "CREATE INDEX orders_of_cust ON orders (cust_key, order_no);"
    "CREATE INDEX orders_of_card ON orders (card_key, order_no);"
    "CREATE INDEX orders_of_patient ON orders (patient_key, order_no);"
    "CREATE INDEX orders_open ON orders (order_no) WHERE settled = 0;"

    "CREATE TABLE retry (order_no TEXT PRIMARY KEY"
    " REFERENCES orders DEFERRABLE INITIALLY DEFERRED, salt TEXT NOT NULL,"
    " mdtrt_cert_type TEXT NOT NULL, mdtrt_cert_no TEXT NOT NULL, cert_no TEXT NOT NULL,"
    " his_cust_id TEXT NOT NULL, his_cust_type TEXT NOT NULL,"
    " whole_name TEXT NOT NULL DEFAULT '', pay_token TEXT NOT NULL DEFAULT '')"
    " STRICT, WITHOUT ROWID;"

    "CREATE TABLE legs (order_no TEXT NOT NULL REFERENCES orders, n INTEGER NOT NULL,"
    " no TEXT NOT NULL, route TEXT NOT NULL, channel TEXT NOT NULL, state TEXT NOT NULL,"
    " amount_fen INTEGER NOT NULL, expire_ms INTEGER NOT NULL, paid_ms INTEGER NOT NULL,"
    " watch_until_ms INTEGER NOT NULL, paid_by TEXT NOT NULL, out_no TEXT NOT NULL,"
    " in_no TEXT NOT NULL, code TEXT NOT NULL, place_tries INTEGER NOT NULL,"
    " close_wanted INTEGER NOT NULL, reason TEXT NOT NULL,"
    " voucher TEXT NOT NULL DEFAULT '', batch TEXT NOT NULL DEFAULT '',"
    " terminal TEXT NOT NULL DEFAULT '', card TEXT NOT NULL DEFAULT '',"
    " date TEXT NOT NULL DEFAULT '', close_answered INTEGER NOT NULL DEFAULT 0,"
    " unpaid INTEGER NOT NULL DEFAULT 0, seen_fen INTEGER NOT NULL DEFAULT 0,"
    " fund_fen INTEGER NOT NULL DEFAULT 0, account_fen INTEGER NOT NULL DEFAULT 0,"
    " own_fen INTEGER NOT NULL DEFAULT 0, prepaid_fen INTEGER NOT NULL DEFAULT 0,"
    " split_known INTEGER NOT NULL DEFAULT 0, shown_own_fen INTEGER NOT NULL DEFAULT 0,"
    " own_only INTEGER NOT NULL DEFAULT 0, pos_no TEXT NOT NULL DEFAULT '',"
    " settlement TEXT NOT NULL DEFAULT '', portal_no TEXT NOT NULL DEFAULT '',"
    " portal_trace TEXT NOT NULL DEFAULT '',"
    " PRIMARY KEY (order_no, n)) STRICT, WITHOUT ROWID;"

    "CREATE TABLE claims (order_no TEXT NOT NULL REFERENCES orders, n INTEGER NOT NULL,"
    " state TEXT NOT NULL, tries INTEGER NOT NULL, org_trace_no TEXT NOT NULL,"
    " doc_trace_no TEXT NOT NULL, amount_fen INTEGER NOT NULL, refunded_fen INTEGER NOT NULL,"
    " call_sn TEXT NOT NULL, code TEXT NOT NULL, sent_ms INTEGER NOT NULL, reason TEXT NOT NULL,"
    " creditor TEXT NOT NULL DEFAULT 'terminal', declined INTEGER NOT NULL DEFAULT 0,"
    " unproven INTEGER NOT NULL DEFAULT 0, renumbered INTEGER NOT NULL DEFAULT 0,"
    " bill_key TEXT NOT NULL DEFAULT '', taken_elsewhere INTEGER NOT NULL DEFAULT 0,"
    " PRIMARY KEY (order_no, n)) STRICT, WITHOUT ROWID;"

    "CREATE TABLE shares (order_no TEXT NOT NULL REFERENCES orders, n INTEGER NOT NULL,"
    " claim INTEGER NOT NULL, leg INTEGER NOT NULL, amount_fen INTEGER NOT NULL,"
    " returned_fen INTEGER NOT NULL, reason TEXT NOT NULL,"
    " disputed_fen INTEGER NOT NULL DEFAULT 0,"
    " PRIMARY KEY (order_no, n)) STRICT, WITHOUT ROWID;";

static const char newest_besides[] =
    "CREATE TABLE refunds (order_no TEXT NOT NULL REFERENCES orders, n INTEGER NOT NULL,"
    " no TEXT NOT NULL, state TEXT NOT NULL, leg INTEGER NOT NULL, claim INTEGER NOT NULL,"
    " amount_fen INTEGER NOT NULL, out_no TEXT NOT NULL, code TEXT NOT NULL,"
    " created_ms INTEGER NOT NULL, done_ms INTEGER NOT NULL, reason TEXT NOT NULL,"
    " caller_no TEXT NOT NULL DEFAULT '', why TEXT NOT NULL DEFAULT '',"
    " agreed_by TEXT NOT NULL DEFAULT '', in_cash INTEGER NOT NULL DEFAULT 0,"
    " caller_mode TEXT NOT NULL DEFAULT '', caller_flow TEXT NOT NULL DEFAULT '',"
    " terminal TEXT NOT NULL DEFAULT '', date TEXT NOT NULL DEFAULT '',"
    " never_left INTEGER NOT NULL DEFAULT 0,"
    " PRIMARY KEY (order_no, n)) STRICT, WITHOUT ROWID;"

    "CREATE TABLE cases (order_no TEXT NOT NULL REFERENCES orders, n INTEGER NOT NULL,"
    " case_no TEXT NOT NULL, part TEXT NOT NULL, reason TEXT NOT NULL,"
    " opened_ms INTEGER NOT NULL, state TEXT NOT NULL, resolved_ms INTEGER NOT NULL,"
    " resolved_by TEXT NOT NULL, resolution TEXT NOT NULL,"
    " how TEXT NOT NULL DEFAULT 'unsaid', decided_fen INTEGER NOT NULL DEFAULT 0,"
    " PRIMARY KEY (order_no, n)) STRICT, WITHOUT ROWID;"

    "CREATE TABLE outbox (order_no TEXT NOT NULL REFERENCES orders, n INTEGER NOT NULL,"
    " wall_ms INTEGER NOT NULL, reprint INTEGER NOT NULL, outcome TEXT NOT NULL,"
    " PRIMARY KEY (order_no, n)) STRICT, WITHOUT ROWID;"

    "CREATE TABLE order_events (number INTEGER PRIMARY KEY, wall_ms INTEGER NOT NULL,"
    " order_no TEXT NOT NULL REFERENCES orders, note TEXT NOT NULL, payload TEXT NOT NULL,"
    " evidence TEXT NOT NULL, prev_hash TEXT NOT NULL, hash TEXT NOT NULL) STRICT;"
    "CREATE INDEX events_of_order ON order_events (order_no);";

static const char *const steps[] = {
    /* 2: what a pinpad's slip says */
    "ALTER TABLE legs ADD COLUMN voucher TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE legs ADD COLUMN batch TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE legs ADD COLUMN terminal TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE legs ADD COLUMN card TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE legs ADD COLUMN date TEXT NOT NULL DEFAULT '';",

    /* 3: which leg pays what of which claim; until then each claim was paid by one leg */
    "CREATE TABLE shares (order_no TEXT NOT NULL REFERENCES orders, n INTEGER NOT NULL,"
    " claim INTEGER NOT NULL, leg INTEGER NOT NULL, amount_fen INTEGER NOT NULL,"
    " returned_fen INTEGER NOT NULL, reason TEXT NOT NULL,"
    " PRIMARY KEY (order_no, n)) STRICT, WITHOUT ROWID;"
    "INSERT INTO shares SELECT order_no, n, n, leg, amount_fen,"
    " CASE state WHEN 'reversed' THEN amount_fen ELSE refunded_fen END, '' FROM claims;"
    "ALTER TABLE claims DROP COLUMN leg;"
    "ALTER TABLE claims ADD COLUMN creditor TEXT NOT NULL DEFAULT 'terminal';",

    /* 4: what the platform said of a close and of the amount */
    "ALTER TABLE legs ADD COLUMN close_answered INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE legs ADD COLUMN unpaid INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE legs ADD COLUMN seen_fen INTEGER NOT NULL DEFAULT 0;",

    /* 5: an open order is found though its row of `retry` is lost */
    "CREATE INDEX orders_open ON orders (order_no) WHERE settled = 0;",

    /* 6: which installation's it is; an older one is named when it is brought here */
    "ALTER TABLE head ADD COLUMN journal_id TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE head ADD COLUMN installation TEXT NOT NULL DEFAULT '';",

    /* 7: a patient is found by any of three keys; patient_key is that of the ID number from now on
     */
    "ALTER TABLE orders ADD COLUMN cust_key TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE orders ADD COLUMN card_key TEXT NOT NULL DEFAULT '';"
    "CREATE INDEX orders_of_cust ON orders (cust_key, order_no);"
    "CREATE INDEX orders_of_card ON orders (card_key, order_no);",

    /* 8: how sure a credit is, and how much of it a case is about */
    "ALTER TABLE claims ADD COLUMN declined INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE claims ADD COLUMN unproven INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE shares ADD COLUMN disputed_fen INTEGER NOT NULL DEFAULT 0;",

    /* 9: what is being paid or is paid is nobody else's */
    "ALTER TABLE claims ADD COLUMN renumbered INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE claims ADD COLUMN bill_key TEXT NOT NULL DEFAULT '';" HOLDS,

    /* 10: a restart forgets no wrong PIN of the staff */
    STAFF_LOCK,

    /* 11: what is only waited for needs no memory; what is open already is asked about now */
    DUE "INSERT INTO due SELECT order_no, 0 FROM orders WHERE settled = 0;",

    /* 12: how a person settled a case, and how much money that was about */
    "ALTER TABLE cases ADD COLUMN how TEXT NOT NULL DEFAULT 'unsaid';"
    "ALTER TABLE cases ADD COLUMN decided_fen INTEGER NOT NULL DEFAULT 0;",

    /* 13: the numbers of the desk's callers */
    "ALTER TABLE orders ADD COLUMN caller_no TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE orders ADD COLUMN caller_channel TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE refunds ADD COLUMN caller_no TEXT NOT NULL DEFAULT '';" CALLERS,

    /* 14: who pays an insured payment, and that only its own part came */
    "ALTER TABLE legs ADD COLUMN fund_fen INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE legs ADD COLUMN account_fen INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE legs ADD COLUMN own_fen INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE legs ADD COLUMN prepaid_fen INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE legs ADD COLUMN split_known INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE legs ADD COLUMN shown_own_fen INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE legs ADD COLUMN own_only INTEGER NOT NULL DEFAULT 0;",

    /* 15: a credit that the hospital took back elsewhere; what was found out of the hospital */
    "ALTER TABLE claims ADD COLUMN taken_elsewhere INTEGER NOT NULL DEFAULT 0;" RECEIPTS FOUND,

    /* 16: a desk's pinpads, cash as it was handed over, why it goes back, and shifts */
    "ALTER TABLE legs ADD COLUMN pos_no TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE orders ADD COLUMN received_fen INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE refunds ADD COLUMN why TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE refunds ADD COLUMN agreed_by TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE refunds ADD COLUMN in_cash INTEGER NOT NULL DEFAULT 0;" SHIFTS,

    /* 17: how an insured payment was settled, and whom its centre's questions name */
    "ALTER TABLE legs ADD COLUMN settlement TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE retry ADD COLUMN whole_name TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE retry ADD COLUMN pay_token TEXT NOT NULL DEFAULT '';",

    /* 18: the portal's numbers of an upload that it settled, by which it goes back */
    "ALTER TABLE legs ADD COLUMN portal_no TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE legs ADD COLUMN portal_trace TEXT NOT NULL DEFAULT '';",

    /* 19: how a desk's caller wants money back; of a refund before that nobody has said it */
    "ALTER TABLE refunds ADD COLUMN caller_mode TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE refunds ADD COLUMN caller_flow TEXT NOT NULL DEFAULT '';",

    /* 20: what a desk's caller said, for whatever is sent again */
    CALLER_WORDS,

    /* 21: a payment or a refund is found by the platform's number */
    TRACES,

    /* 22: to which pinpad a refund is sent, and on which day of that one */
    "ALTER TABLE refunds ADD COLUMN terminal TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE refunds ADD COLUMN date TEXT NOT NULL DEFAULT '';",

    /* 23: that a refund certainly never left, so that it is sent and not asked about */
    "ALTER TABLE refunds ADD COLUMN never_left INTEGER NOT NULL DEFAULT 0;",
};
#define VERSION_WITHOUT_TWINS 15 /* from here on a bill is held, and a receipt looked for */
#define VERSION ((int)(1 + sizeof steps / sizeof *steps))

static enum journal_result read_version(struct journal *journal, int *out) {
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(journal->db, "PRAGMA user_version", -1, &statement, NULL) != SQLITE_OK)
        return journal_fail(journal, "reading the version");
    enum journal_result result = JOURNAL_OK;
    if (sqlite3_step(statement) == SQLITE_ROW)
        *out = sqlite3_column_int(statement, 0);
    else
        result = journal_fail(journal, "reading the version");
    sqlite3_finalize(statement);
    return result;
}

static enum journal_result write_first_head(struct journal *journal, const char *terminal_id) {
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_SET_HEAD);
    if (!statement)
        return journal_fail(journal, "writing the head");
    struct head head = {0};
    snprintf(head.terminal_id, sizeof head.terminal_id, "%s", terminal_id ? terminal_id : "");
    chain_genesis(journal, head.terminal_id, head.hash);
    sqlite3_bind_int64(statement, 1, 0);
    journal_bind_text(statement, 2, head.hash);
    sqlite3_bind_text(statement, 3, "", 0, SQLITE_STATIC);
    journal_bind_text(statement, 4, head.terminal_id);
    int step = sqlite3_step(statement);
    sqlite3_reset(statement);
    return step == SQLITE_DONE ? JOURNAL_OK : journal_fail(journal, "writing the head");
}

static enum journal_result write_version(struct journal *journal) {
    char pragma[48];
    snprintf(pragma, sizeof pragma, "PRAGMA user_version=%d", VERSION);
    return sqlite3_exec(journal->db, pragma, NULL, NULL, NULL) == SQLITE_OK
               ? JOURNAL_OK
               : journal_fail(journal, "writing the version");
}

static enum journal_result run_migration(struct journal *journal, const char *sql) {
    return sqlite3_exec(journal->db, sql, NULL, NULL, NULL) == SQLITE_OK
               ? JOURNAL_OK
               : journal_fail(journal, "bringing the journal to this version");
}

static enum journal_result make_newest(struct journal *journal, const char *terminal_id) {
    enum journal_result result = run_migration(journal, newest);
    if (result == JOURNAL_OK)
        result = run_migration(journal, newest_besides);
    if (result == JOURNAL_OK)
        result = run_migration(
            journal, HOLDS STAFF_LOCK DUE CALLERS RECEIPTS FOUND SHIFTS CALLER_WORDS TRACES);
    if (result == JOURNAL_OK)
        result = write_version(journal);
    return result == JOURNAL_OK ? write_first_head(journal, terminal_id) : result;
}

static enum journal_result run_steps(struct journal *journal, int from) {
    enum journal_result result = JOURNAL_OK;
    for (int version = from; version < VERSION && result == JOURNAL_OK; version++)
        result = run_migration(journal, steps[version - 1]);
    return result == JOURNAL_OK ? write_version(journal) : result;
}

enum journal_result journal_migrate(struct journal *journal, const char *terminal_id,
                                    bool read_only) {
    int version = 0;
    enum journal_result result = read_version(journal, &version);
    journal->version = VERSION;
    if (result != JOURNAL_OK || version == VERSION)
        return result;
    if (version > VERSION)
        return journal_say(journal, JOURNAL_NEWER, "written by version %d, this program knows %d",
                           version, VERSION);
    if (journal->must_stand && version == 0)
        return journal_say(journal, JOURNAL_LOST, "%s", journal_result_text(JOURNAL_LOST));
    if (read_only)
        return version == 0 ? journal_say(journal, JOURNAL_NOT_FOUND, "no journal yet")
                            : journal_say(journal, JOURNAL_OLDER, "written by version %d", version);
    result = journal_begin(journal);
    if (result != JOURNAL_OK)
        return result;
    result = version == 0 ? make_newest(journal, terminal_id) : run_steps(journal, version);
    if (result == JOURNAL_OK && version > 0 && version < VERSION_WITHOUT_TWINS)
        result = journal_tell_twins(journal);
    if (result == JOURNAL_OK)
        result = journal_give_identity(journal);
    return journal_end(journal, result);
}
