#include "app/fleet/batch.h"

#include <arpa/inet.h>
#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"

#define DAY_MS INT64_C(86400000)
#define CHINA_MS INT64_C(28800000)
#define DAY_LAST 2932896 /* 9999-12-31 */

/* The types' numbers are the database's, for ever. */
static const struct batch_column shapes[BATCH_COLUMN_COUNT] = {
    [BATCH_DAYS] = {1007, 23, NULL, 0, 0},      [BATCH_WALLS] = {1016, 20, NULL, 0, 0},
    [BATCH_ORDERS] = {1009, 25, NULL, 0, 0},    [BATCH_ORDER_DAYS] = {1007, 23, NULL, 0, 0},
    [BATCH_NOTES] = {1009, 25, NULL, 0, 0},     [BATCH_PAYLOADS] = {1001, 17, NULL, 0, 0},
    [BATCH_EVIDENCES] = {1001, 17, NULL, 0, 0}, [BATCH_HASHES] = {1001, 17, NULL, 0, 0},
};

void batch_begin(struct batch *batch) {
    *batch = (struct batch){0};
    memcpy(batch->columns, shapes, sizeof shapes);
}

void batch_end(struct batch *batch) {
    for (int i = 0; i < BATCH_COLUMN_COUNT; i++)
        free(batch->columns[i].bytes);
    *batch = (struct batch){0};
}

static void add_bytes(struct batch_column *column, const void *bytes, size_t length) {
    if (column->length + length > column->room) {
        column->room = 2 * (column->length + length);
        column->bytes = realloc(column->bytes, column->room);
        ENSURE(column->bytes != NULL);
    }
    memcpy(column->bytes + column->length, bytes, length);
    column->length += length;
}

static void add_int(struct batch_column *column, uint32_t number) {
    uint32_t big = htonl(number);
    add_bytes(column, &big, sizeof big);
}

/* One dimension, no NULL, the first has number 1; the count is filled in at the end. */
static void open_column(struct batch_column *column) {
    column->length = 0;
    add_int(column, 1);
    add_int(column, 0);
    add_int(column, column->element);
    add_int(column, 0);
    add_int(column, 1);
}

static void close_column(struct batch_column *column, int count) {
    uint32_t big = htonl((uint32_t)count);
    memcpy(column->bytes + 12, &big, sizeof big);
}

static void add_element(struct batch_column *column, const void *bytes, size_t length) {
    add_int(column, (uint32_t)length);
    add_bytes(column, bytes, length);
}

static void add_day(struct batch_column *column, int day) {
    uint32_t big = htonl((uint32_t)day);
    add_element(column, &big, sizeof big);
}

int batch_day(int64_t wall_ms) {
    int64_t day = wall_ms < 0 ? 0 : (wall_ms / DAY_MS) + ((wall_ms % DAY_MS) + CHINA_MS) / DAY_MS;
    return day > DAY_LAST ? DAY_LAST : (int)day;
}

/* Days since 1970 of a day after 2000-02: years begin in March, so that a leap day is a year's
 * last.
 */
static int day_of_date(int year, int month, int day) {
    int from_march = (month + 9) % 12;
    int years = 2000 + year - (month < 3);
    return years * 365 + years / 4 - years / 100 + years / 400 + (from_march * 153 + 2) / 5 + day -
           1 - 719468;
}

static int two_digit_number(const char *text) {
    if (text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9')
        return -1;
    return (text[0] - '0') * 10 + text[1] - '0';
}

int batch_order_day(const char *order_no) {
    if (strlen(order_no) < 6)
        return 0;
    int year = two_digit_number(order_no), month = two_digit_number(order_no + 2),
        day = two_digit_number(order_no + 4);
    if (year < 0 || month < 1 || month > 12 || day < 1 || day > 31)
        return 0;
    return day_of_date(year, month, day);
}

static int hex_digit(char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool batch_hash_bytes(const char *hash, char out[32]) {
    if (strlen(hash) != JOURNAL_HASH_SIZE - 1)
        return false;
    for (int i = 0; i < 32; i++) {
        int high = hex_digit(hash[2 * i]), low = hex_digit(hash[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        out[i] = (char)(high << 4 | low);
    }
    return true;
}

static bool add_event(void *context, const struct journal_event *event, const char *hash) {
    struct batch *batch = context;
    struct batch_column *columns = batch->columns;
    uint64_t wall = htobe64((uint64_t)event->wall_ms);
    char bytes[32];
    if (event->number != batch->after + batch->count + 1 || !batch_hash_bytes(hash, bytes)) {
        batch->is_damaged = true;
        return false;
    }
    add_day(&columns[BATCH_DAYS], batch_day(event->wall_ms));
    add_element(&columns[BATCH_WALLS], &wall, sizeof wall);
    add_element(&columns[BATCH_ORDERS], event->order_no, strlen(event->order_no));
    add_day(&columns[BATCH_ORDER_DAYS], batch_order_day(event->order_no));
    add_element(&columns[BATCH_NOTES], event->note, strlen(event->note));
    add_element(&columns[BATCH_PAYLOADS], event->payload, strlen(event->payload));
    add_element(&columns[BATCH_EVIDENCES], event->evidence, strlen(event->evidence));
    add_element(&columns[BATCH_HASHES], bytes, sizeof bytes);
    memcpy(batch->last_hash, hash, sizeof batch->last_hash);
    batch->bytes += strlen(event->payload) + strlen(event->evidence);
    return ++batch->count < batch->count_max && batch->bytes < BATCH_BYTES_MAX;
}

enum journal_result batch_read(struct batch *batch, struct journal *journal, int64_t after,
                               int count_max) {
    batch->after = after;
    batch->count = 0;
    batch->count_max = count_max;
    batch->bytes = 0;
    batch->is_damaged = false;
    for (int i = 0; i < BATCH_COLUMN_COUNT; i++)
        open_column(&batch->columns[i]);
    enum journal_result result = journal_each_after(journal, after, add_event, batch);
    for (int i = 0; i < BATCH_COLUMN_COUNT; i++)
        close_column(&batch->columns[i], batch->count);
    return result;
}

void batch_values(struct batch *batch, struct fleet_value values[BATCH_COLUMN_COUNT]) {
    for (int i = 0; i < BATCH_COLUMN_COUNT; i++)
        values[i] = (struct fleet_value){batch->columns[i].array, batch->columns[i].bytes,
                                         (int)batch->columns[i].length};
}
