#include "tests/support/order_templates.h"

#include <dirent.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EVIDENCE_FROM 100 /* bytes of a payload: what is as long came with an exchange */

static struct template_order *order_named(struct order_templates *orders, int first,
                                          const char *no) {
    for (int i = first; i < orders->count; i++)
        if (strcmp(orders->items[i].no, no) == 0)
            return &orders->items[i];
    orders->items = realloc(orders->items, (size_t)(orders->count + 1) * sizeof *orders->items);
    struct template_order *order = &orders->items[orders->count++];
    *order = (struct template_order){0};
    snprintf(order->no, sizeof order->no, "%s", no);
    return order;
}

static void add_template(struct template_order *order, sqlite3_stmt *row, int64_t gap_ms_max,
                         int64_t *last_ms) {
    int64_t wall_ms = sqlite3_column_int64(row, 0), after_ms = wall_ms - *last_ms;
    if (order->event_count == order->room) {
        order->room = order->room * 2 + 8;
        order->events = realloc(order->events, (size_t)order->room * sizeof *order->events);
    }
    if (order->event_count == 0 || after_ms < 0)
        after_ms = 0;
    order->events[order->event_count++] =
        (struct template_event){.note = strdup((const char *)sqlite3_column_text(row, 2)),
                                .payload = strdup((const char *)sqlite3_column_text(row, 3)),
                                .after_ms = after_ms < gap_ms_max ? after_ms : gap_ms_max,
                                .has_evidence = sqlite3_column_bytes(row, 3) > EVIDENCE_FROM};
    *last_ms = wall_ms;
}

static bool read_template(const char *path, int64_t gap_ms_max, struct order_templates *orders) {
    static const char sql[] =
        "SELECT wall_ms, order_no, note, payload FROM order_events ORDER BY order_no, number";
    sqlite3 *db;
    sqlite3_stmt *row = NULL;
    int first = orders->count;
    int64_t last_ms = 0;
    bool good = sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK &&
                sqlite3_prepare_v2(db, sql, -1, &row, NULL) == SQLITE_OK;
    if (!good)
        fprintf(stderr, "%s: %s\n", path, sqlite3_errmsg(db));
    while (good && sqlite3_step(row) == SQLITE_ROW)
        add_template(order_named(orders, first, (const char *)sqlite3_column_text(row, 1)), row,
                     gap_ms_max, &last_ms);
    sqlite3_finalize(row);
    sqlite3_close(db);
    return good;
}

bool order_templates_read(const char *folder, int64_t gap_ms_max, struct order_templates *out) {
    DIR *entries = opendir(folder);
    bool good = entries != NULL;
    *out = (struct order_templates){0};
    for (struct dirent *entry; good && (entry = readdir(entries)) != NULL;) {
        char path[512];
        size_t length = strlen(entry->d_name);
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (length > 3 && strcmp(entry->d_name + length - 3, ".db") == 0)
            good = read_template(path, gap_ms_max, out);
    }
    if (entries != NULL)
        closedir(entries);
    return good && out->count > 0;
}
