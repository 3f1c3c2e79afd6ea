#include "app/shell/order_rows.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/journal/rows.h"

/* What a row does not say is as it was before there was such a column. */
static struct value value_left_out(const struct column *column) {
    if (column->kind == COLUMN_LATER_WORD)
        return (struct value){column->words->names[0], 0};
    return (struct value){column->kind == COLUMN_LATER_TEXT ? "" : NULL, 0};
}

static bool is_later(const struct column *column) {
    return column->kind == COLUMN_LATER_TEXT || column->kind == COLUMN_LATER_WORD ||
           column->kind == COLUMN_LATER_NUMBER || column->kind == COLUMN_LATER_FLAG;
}

static bool value_of_member(const struct column *column, const cJSON *item, struct value *out) {
    if (item == NULL) {
        *out = value_left_out(column);
        return is_later(column);
    }
    if (cJSON_IsString(item)) {
        *out = (struct value){item->valuestring, 0};
        return true;
    }
    /* A number keeps its own text: no amount goes through floating point. */
    const char *digits = cJSON_IsRaw(item) ? item->valuestring : "";
    char *end;
    errno = 0;
    *out = (struct value){NULL, strtoll(digits, &end, 10)};
    return digits[0] != '\0' && *end == '\0' && errno == 0;
}

static bool read_table_row(enum table table, const cJSON *tree, void *row) {
    const struct table_shape *shape = &table_shapes[table];
    struct value values[COLUMNS_MAX];
    bool good = cJSON_IsObject(tree);
    for (int i = 0; i < shape->column_count && good; i++)
        good = value_of_member(&shape->columns[i],
                               cJSON_GetObjectItemCaseSensitive(tree, shape->columns[i].name),
                               &values[i]);
    return good && row_give(table, values, row);
}

/* Rows "legs/0", "legs/1" and so on; their count, -1: one cannot be read. */
static int read_table_rows(enum table table, const cJSON *rows, void *out, size_t size, int most) {
    for (int n = 0;; n++) {
        char name[24];
        snprintf(name, sizeof name, "%s/%d", table_shapes[table].name, n);
        const cJSON *row = cJSON_GetObjectItemCaseSensitive(rows, name);
        if (row == NULL)
            return n;
        if (n == most || !read_table_row(table, row, (char *)out + (size_t)n * size))
            return -1;
    }
}

/* One case as the journal shows its own. */
static bool show_case_row(const cJSON *order, const cJSON *row,
                          bool (*visit)(void *, const struct journal_case *), void *context) {
    struct case_row found = {.reason = CASE_UNREADABLE};
    (void)!read_table_row(TABLE_CASES, row, &found);
    struct journal_case shown = {
        .order_no = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(order, "order_no")),
        .case_no = found.case_no,
        .part = found.part,
        .reason = found.reason,
        .opened_ms = found.opened_ms,
        .resolved = found.state == CASE_RESOLVED,
        .resolved_ms = found.resolved_ms,
        .resolved_by = found.resolved_by,
        .resolution = found.resolution,
        .how = found.how,
        .decided = found.decided};
    return visit(context, &shown);
}

void order_rows_each_case(const cJSON *order, bool (*visit)(void *, const struct journal_case *),
                          void *context) {
    const cJSON *rows = cJSON_GetObjectItemCaseSensitive(order, "rows"), *row;
    cJSON_ArrayForEach(row, rows) if (strncmp(row->string, "cases/", 6) == 0 &&
                                      !show_case_row(order, row, visit, context)) return;
}

bool order_rows_read(const cJSON *tree, struct order *out) {
    const char *order_no = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(tree, "order_no"));
    const cJSON *rows = cJSON_GetObjectItemCaseSensitive(tree, "rows");
    struct order_row row = {0};
    *out = (struct order){0};
    if (order_no == NULL || !order_no_is_ours(order_no) ||
        !read_table_row(TABLE_ORDERS, cJSON_GetObjectItemCaseSensitive(rows, "orders"), &row))
        return false;
    memcpy(out->no, order_no, sizeof out->no);
    row_give_order(&row, out);
    out->leg_count = read_table_rows(TABLE_LEGS, rows, out->legs, sizeof *out->legs, LEGS_MAX);
    out->claim_count =
        read_table_rows(TABLE_CLAIMS, rows, out->claims, sizeof *out->claims, CLAIMS_MAX);
    out->share_count =
        read_table_rows(TABLE_SHARES, rows, out->shares, sizeof *out->shares, SHARES_MAX);
    out->refund_count =
        read_table_rows(TABLE_REFUNDS, rows, out->refunds, sizeof *out->refunds, REFUNDS_MAX);
    struct journal_decisions decisions = {0};
    order_rows_each_case(tree, journal_add_decision, &decisions);
    out->resolved = decisions.any && !decisions.open;
    out->kept = decisions.kept;
    return out->leg_count > 0 && out->claim_count > 0 && out->share_count >= 0 &&
           out->refund_count >= 0 && order_is_sound(out);
}
