#include "app/shell/elsewhere.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"
#include "app/journal/rows.h"

#define ORDERS_READ_MAX 64
#define NUMBER_LARGEST 9007199254740991.0 /* whole in a double */

char *elsewhere_question(const struct patient_keys *keys) {
    const char *const texts[] = {keys->id, keys->cust, keys->card};
    cJSON *tree = cJSON_CreateObject();
    cJSON_AddStringToObject(tree, "ask", "payments");
    cJSON *array = cJSON_AddArrayToObject(tree, "keys");
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (texts[i][0] != '\0')
            cJSON_AddItemToArray(array, cJSON_CreateString(texts[i]));
    char *text = cJSON_PrintUnformatted(tree), *line = NULL;
    cJSON_Delete(tree);
    ENSURE(text != NULL && asprintf(&line, "%s\n", text) > 0);
    free(text);
    return line;
}

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
    double number = cJSON_GetNumberValue(item);
    bool whole = cJSON_IsNumber(item) && number >= -NUMBER_LARGEST && number <= NUMBER_LARGEST;
    *out = (struct value){NULL, whole ? (int64_t)number : 0};
    return whole;
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

/* Has a person decided about every case, so that nothing of it is the hospital's? As the journal
 * reads its own. */
static bool all_cases_free(const cJSON *rows) {
    const cJSON *row;
    cJSON_ArrayForEach(row, rows) {
        struct case_row found = {0};
        if (strncmp(row->string, "cases/", 6) != 0)
            continue;
        bool read = read_table_row(TABLE_CASES, row, &found);
        bool free = found.how == RESOLUTION_NONE || found.how == RESOLUTION_RETURNED ||
                    found.how == RESOLUTION_NO_MONEY;
        if (!read || found.state != CASE_RESOLVED || !free)
            return false;
    }
    return true;
}

static bool has_case_row(const cJSON *rows) {
    const cJSON *row;
    cJSON_ArrayForEach(row, rows) if (strncmp(row->string, "cases/", 6) == 0) return true;
    return false;
}

static bool read_order(const cJSON *tree, struct order *out) {
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
    out->resolved = has_case_row(rows) && all_cases_free(rows);
    return out->leg_count > 0 && out->claim_count > 0 && out->share_count >= 0 &&
           out->refund_count >= 0 && order_is_sound(out);
}

static void add_order_of(struct payment_list *list, const cJSON *tree, struct order *scratch) {
    if (read_order(tree, scratch))
        payments_add_elsewhere(list, scratch);
    else
        list->partly = true;
}

void elsewhere_read(struct payment_list *list, const char *answer) {
    cJSON *tree = answer != NULL ? cJSON_Parse(answer) : NULL;
    const cJSON *orders = cJSON_GetObjectItemCaseSensitive(tree, "orders"), *order;
    list->here_only = !cJSON_IsArray(orders);
    list->more = list->more || cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(tree, "more"));
    struct order *scratch = calloc(1, sizeof *scratch);
    ENSURE(scratch != NULL);
    int count = 0;
    cJSON_ArrayForEach(order, orders) {
        if (count++ == ORDERS_READ_MAX)
            break;
        add_order_of(list, order, scratch);
    }
    free(scratch);
    cJSON_Delete(tree);
}
