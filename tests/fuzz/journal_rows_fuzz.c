/* A journal that somebody has altered, values of any row or bytes of the file: everything that
 * reads it ends with a result, an order that is shown is within its bounds, and the proof says what
 * it finds. The input is a list of changes: a byte that says which kind, where, and what. */
#include <fcntl.h>
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/base/log.h"
#include "app/core/order/verdict.h"
#include "app/journal/journal.h"
#include "tests/support/one_leg.h"

#define NOON_MS INT64_C(1795147200000)
#define ORDERS 3
#define CHANGES_MAX 8

static char folder[64], path[96];
static uint8_t *original;
static size_t original_size;

static void need(bool holds) {
    if (!holds)
        abort();
}

static void forget_folder(void) {
    unlink(path);
    rmdir(folder);
}

static void fill_order(struct order *order, int n) {
    static const enum claim_state states[ORDERS] = {CLAIM_DONE, CLAIM_CASE, CLAIM_CREDIT_UNKNOWN};
    *order = (struct order){
        .service = SERVICE_DEPOSIT, .created_ms = NOON_MS + n, .leg_count = 1, .claim_count = 1};
    snprintf(order->no, sizeof order->no, "261120120000000100%02u", (unsigned)n % ORDERS);
    snprintf(order->person.keys.id, sizeof order->person.keys.id, "%064d", n);
    snprintf(order->person.masked_name, sizeof order->person.masked_name, "张*丰");
    snprintf(order->person.cert_no, sizeof order->person.cert_no, "11010519491231002X");
    order->legs[0] = (struct leg){.route = ROUTE_UPP,
                                  .channel = CHANNEL_WECHAT,
                                  .state = LEG_PAID,
                                  .amount = {10000},
                                  .paid_ms = NOON_MS};
    memcpy(order->legs[0].no, order->no, sizeof order->no);
    order->claims[0] = (struct claim){.state = states[n], .amount = {10000}};
    one_leg_pays(order);
}

static void keep_original(void) {
    FILE *file = fopen(path, "r");
    need(file != NULL && fseek(file, 0, SEEK_END) == 0);
    original_size = (size_t)ftell(file);
    original = malloc(original_size);
    rewind(file);
    need(original != NULL && fread(original, 1, original_size, file) == original_size);
    fclose(file);
}

/* The file alone is what is altered: no log beside it, no identity. */
static void make_original(void) {
    static const struct part_note credited = {NOTE_CREDITED, 0, 0, PART_NONE};
    static struct order order;
    struct journal *journal;
    struct journal_options options = {.path = path, .terminal_id = "K1"};
    log_open("/dev/null", LOG_ERROR);
    snprintf(folder, sizeof folder, "%s/journal_fuzz.XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    need(mkdtemp(folder) != NULL);
    snprintf(path, sizeof path, "%s/j.db", folder);
    atexit(forget_folder);
    need(journal_open(&options, &journal) == JOURNAL_OK);
    for (int n = 0; n < ORDERS; n++) {
        fill_order(&order, n);
        struct journal_write write = {.order = &order,
                                      .notes = &credited,
                                      .note_count = 1,
                                      .wall_ms = NOON_MS,
                                      .evidence = "{\"code\":\"0\"}"};
        need(journal_commit(journal, &write, 1) == JOURNAL_OK);
    }
    need(journal_checkpoint(journal) == JOURNAL_OK);
    journal_close(journal);
    char beside[128];
    snprintf(beside, sizeof beside, "%s.identity", path);
    unlink(beside);
    sqlite3 *db;
    need(sqlite3_open(path, &db) == SQLITE_OK);
    need(sqlite3_exec(db, "PRAGMA journal_mode=DELETE", NULL, NULL, NULL) == SQLITE_OK);
    sqlite3_close(db);
    keep_original();
}

/* --- changes ---------------------------------------------------------------------------------- */

struct input {
    const uint8_t *at, *end;
};

static unsigned take_byte(struct input *input) {
    return input->at < input->end ? *input->at++ : 0;
}

static void alter_file(uint8_t *file, struct input *input) {
    size_t where =
        take_byte(input) | (size_t)take_byte(input) << 8 | (size_t)take_byte(input) << 16;
    for (unsigned count = take_byte(input) % 16; count > 0; count--, where++)
        file[where % original_size] = (uint8_t)take_byte(input);
}

/* The name of the nth column of any table, "table" and "column"; false: there are not so many. */
static bool find_column(sqlite3 *db, unsigned n, char table[64], char column[64]) {
    static const char sql[] = "SELECT t.name, c.name FROM sqlite_master AS t,"
                              " pragma_table_info(t.name) AS c WHERE t.type = 'table'"
                              " ORDER BY t.name, c.cid LIMIT 1 OFFSET ?";
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
        return false;
    sqlite3_bind_int(statement, 1, (int)n);
    bool found = sqlite3_step(statement) == SQLITE_ROW;
    if (found) {
        snprintf(table, 64, "%s", (const char *)sqlite3_column_text(statement, 0));
        snprintf(column, 64, "%s", (const char *)sqlite3_column_text(statement, 1));
    }
    sqlite3_finalize(statement);
    return found;
}

static void bind_value(sqlite3_stmt *statement, struct input *input) {
    unsigned kind = take_byte(input), length = take_byte(input) % 64;
    size_t left = (size_t)(input->end - input->at);
    length = length < left ? length : (unsigned)left;
    int64_t number = 0;
    for (unsigned i = 0; i < length && i < 8; i++)
        number = (int64_t)((uint64_t)number << 8 | input->at[i]);
    if (kind % 3 == 0)
        sqlite3_bind_int64(statement, 1, number);
    else if (kind % 3 == 1)
        sqlite3_bind_text(statement, 1, (const char *)input->at, (int)length, SQLITE_TRANSIENT);
    else
        sqlite3_bind_null(statement, 1);
    input->at += length;
}

static void alter_row(sqlite3 *db, struct input *input) {
    char table[64], column[64], sql[512];
    sqlite3_stmt *statement;
    if (!find_column(db, take_byte(input), table, column))
        return;
    snprintf(sql, sizeof sql,
             "UPDATE OR IGNORE \"%s\" SET \"%s\" = ? WHERE abs(%u) %% 2 = 0 OR \"%s\" IN"
             " (SELECT \"%s\" FROM \"%s\" LIMIT 1 OFFSET %u)",
             table, column, take_byte(input), column, column, table, take_byte(input) % 4);
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
        return;
    bind_value(statement, input);
    sqlite3_step(statement);
    sqlite3_finalize(statement);
}

static void write_file(const uint8_t *bytes) {
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    need(file >= 0 && write(file, bytes, original_size) == (ssize_t)original_size);
    close(file);
}

static void alter_rows(struct input *input) {
    sqlite3 *db;
    if (sqlite3_open(path, &db) == SQLITE_OK) {
        sqlite3_exec(db,
                     "PRAGMA synchronous=OFF; PRAGMA journal_mode=MEMORY;"
                     "PRAGMA foreign_keys=OFF; PRAGMA ignore_check_constraints=ON; BEGIN",
                     NULL, NULL, NULL);
        for (int i = 0; i < CHANGES_MAX && input->at < input->end; i++)
            alter_row(db, input);
        sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
    }
    sqlite3_close(db);
}

static void alter_journal(struct input *input) {
    bool raw = take_byte(input) % 2 == 1;
    uint8_t *file = malloc(original_size);
    need(file != NULL);
    memcpy(file, original, original_size);
    for (int i = 0; raw && i < CHANGES_MAX && input->at < input->end; i++)
        alter_file(file, input);
    write_file(file);
    free(file);
    if (!raw)
        alter_rows(input);
}

/* --- reading ---------------------------------------------------------------------------------- */

static bool is_bounded(const char *text, size_t size) {
    return strnlen(text, size) < size;
}

static bool look_at_order(void *context, const struct order *order) {
    (void)context;
    need(is_bounded(order->no, sizeof order->no));
    need(is_bounded(order->person.masked_name, sizeof order->person.masked_name));
    need(is_bounded(order->person.cert_no, sizeof order->person.cert_no));
    need(order->leg_count >= 0 && order->leg_count <= LEGS_MAX);
    need(order->claim_count >= 0 && order->claim_count <= CLAIMS_MAX);
    need(order->refund_count >= 0 && order->refund_count <= REFUNDS_MAX);
    (void)order_sums(order);
    (void)order_verdict(order);
    return true;
}

static bool look_at_case(void *context, const struct journal_case *found) {
    (void)context;
    need(found->order_no != NULL && found->case_no != NULL && found->part != NULL);
    (void)case_reason_name(found->reason);
    return true;
}

static bool look_at_event(void *context, const struct journal_event *event) {
    (void)context;
    need(event->order_no != NULL && event->note != NULL);
    return true;
}

static bool told(void *context, const char *order_no, const char *why) {
    (void)context;
    need(order_no != NULL && why != NULL && *why != '\0');
    return true;
}

static void read_journal(struct journal *journal) {
    static struct order order;
    struct patient_keys keys = {.id = ""};
    struct journal_staff_lock lock;
    struct journal_finding finding;
    struct fen sum;
    char no[ORDER_NO_SIZE];
    snprintf(keys.id, sizeof keys.id, "%064d", 1);
    journal_on_unreadable(journal, told, NULL);
    if (journal_verify(journal, &finding) == JOURNAL_OK)
        need(finding.good || *finding.text != '\0');
    if (journal_each(journal, 0, 10, look_at_order, NULL) == JOURNAL_OK &&
        journal_load(journal, "26112012000000010001", &order) == JOURNAL_OK)
        look_at_order(NULL, &order);
    bool good = journal_each_open(journal, look_at_order, NULL) == JOURNAL_OK;
    good = journal_each_of_patient(journal, &keys, look_at_order, NULL) == JOURNAL_OK && good;
    good = journal_each_case(journal, NULL, false, look_at_case, NULL) == JOURNAL_OK && good;
    good = journal_each_event(journal, "26112012000000010001", look_at_event, NULL) == JOURNAL_OK &&
           good;
    good = journal_paid_within(journal, 0, NOON_MS * 2, NULL, &sum) == JOURNAL_OK && good;
    good = journal_staff_lock(journal, &lock) == JOURNAL_OK && good;
    good = journal_last_no(journal, no) == JOURNAL_OK && good;
    need(good || *journal_error(journal) != '\0');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct input input = {data, data + size};
    struct journal_options options = {.path = path, .terminal_id = "K1", .read_only = true};
    struct journal *journal;
    if (original == NULL)
        make_original();
    alter_journal(&input);
    enum journal_result result = journal_open(&options, &journal);
    need((result == JOURNAL_OK) == (journal != NULL));
    if (journal != NULL) {
        read_journal(journal);
        journal_close(journal);
    }
    return 0;
}
