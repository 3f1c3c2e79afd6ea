/* A journal of this version made into one of an older version: what each step of
 * app/journal/schema.c added is taken away again. Only what the older version could write may stand
 * in it, or its events are not proven. Its history is never edited; a new version adds a line. */
#ifndef HOPKIOSK_TESTS_JOURNAL_OLDER_H
#define HOPKIOSK_TESTS_JOURNAL_OLDER_H

#include <stdio.h>
#include <string.h>

#define JOURNAL_THIS_VERSION 23
#define JOURNAL_OLDER_SIZE 8192

/* older_undo[n] makes version n of n + 1. */
static const char *const older_undo[JOURNAL_THIS_VERSION] = {
    [1] = "ALTER TABLE legs DROP COLUMN voucher; ALTER TABLE legs DROP COLUMN batch;"
          "ALTER TABLE legs DROP COLUMN terminal; ALTER TABLE legs DROP COLUMN card;"
          "ALTER TABLE legs DROP COLUMN date;",
    [2] = "DROP TABLE shares; ALTER TABLE claims ADD COLUMN leg INTEGER NOT NULL DEFAULT 0;"
          "ALTER TABLE claims DROP COLUMN creditor;",
    [3] = "ALTER TABLE legs DROP COLUMN close_answered; ALTER TABLE legs DROP COLUMN unpaid;"
          "ALTER TABLE legs DROP COLUMN seen_fen;",
    [4] = "DROP INDEX orders_open;",
    [5] = "ALTER TABLE head DROP COLUMN journal_id; ALTER TABLE head DROP COLUMN installation;",
    [6] = "DROP INDEX orders_of_cust; DROP INDEX orders_of_card;"
          "ALTER TABLE orders DROP COLUMN cust_key; ALTER TABLE orders DROP COLUMN card_key;",
    [7] = "ALTER TABLE claims DROP COLUMN declined; ALTER TABLE claims DROP COLUMN unproven;"
          "ALTER TABLE shares DROP COLUMN disputed_fen;",
    [8] = "DROP INDEX claims_of_number; DROP TABLE holds;"
          "ALTER TABLE claims DROP COLUMN renumbered; ALTER TABLE claims DROP COLUMN bill_key;",
    [9] = "DROP TABLE staff_lock;",
    [10] = "DROP TABLE due;",
    [11] = "ALTER TABLE cases DROP COLUMN how; ALTER TABLE cases DROP COLUMN decided_fen;",
    [12] =
        "DROP INDEX orders_of_caller; DROP INDEX refunds_of_caller;"
        "ALTER TABLE orders DROP COLUMN caller_no; ALTER TABLE orders DROP COLUMN caller_channel;"
        "ALTER TABLE refunds DROP COLUMN caller_no;",
    [13] = "ALTER TABLE legs DROP COLUMN fund_fen; ALTER TABLE legs DROP COLUMN account_fen;"
           "ALTER TABLE legs DROP COLUMN own_fen; ALTER TABLE legs DROP COLUMN prepaid_fen;"
           "ALTER TABLE legs DROP COLUMN split_known; ALTER TABLE legs DROP COLUMN shown_own_fen;"
           "ALTER TABLE legs DROP COLUMN own_only;",
    [14] = "ALTER TABLE claims DROP COLUMN taken_elsewhere; DROP INDEX claims_of_receipt;"
           "DROP TABLE found;",
    [15] = "ALTER TABLE legs DROP COLUMN pos_no; ALTER TABLE orders DROP COLUMN received_fen;"
           "ALTER TABLE refunds DROP COLUMN why; ALTER TABLE refunds DROP COLUMN agreed_by;"
           "ALTER TABLE refunds DROP COLUMN in_cash;"
           "DROP TABLE shifts;",
    [16] = "ALTER TABLE legs DROP COLUMN settlement;"
           "ALTER TABLE retry DROP COLUMN whole_name; ALTER TABLE retry DROP COLUMN pay_token;",
    [17] = "ALTER TABLE legs DROP COLUMN portal_no; ALTER TABLE legs DROP COLUMN portal_trace;",
    [18] = "ALTER TABLE refunds DROP COLUMN caller_mode;"
           "ALTER TABLE refunds DROP COLUMN caller_flow;",
    [19] = "DROP TABLE caller_words;",
    [20] = "DROP INDEX legs_of_trace; DROP INDEX refunds_of_trace;",
    [21] = "ALTER TABLE refunds DROP COLUMN terminal; ALTER TABLE refunds DROP COLUMN date;",
    [22] = "ALTER TABLE refunds DROP COLUMN never_left;",
};

/* Returns `sql`. */
static inline const char *journal_older(int version, char sql[JOURNAL_OLDER_SIZE]) {
    size_t length = 0;
    sql[0] = '\0';
    for (int n = JOURNAL_THIS_VERSION - 1; n >= version; n--) {
        snprintf(sql + length, JOURNAL_OLDER_SIZE - length, "%s", older_undo[n]);
        length = strlen(sql);
    }
    snprintf(sql + length, JOURNAL_OLDER_SIZE - length, "PRAGMA user_version=%d", version);
    return sql;
}

#endif
