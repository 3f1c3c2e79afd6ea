#include "app/shell/payments_elsewhere.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"
#include "app/shell/order_rows.h"
#include "app/wire/json.h"

#define ORDERS_READ_MAX 64

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

static void add_order_of(struct payment_list *list, const cJSON *tree, struct order *scratch) {
    if (order_rows_read(tree, scratch))
        payments_add_elsewhere(list, scratch);
    else
        list->partly = true;
}

void elsewhere_read(struct payment_list *list, const char *answer) {
    const char *error;
    cJSON *tree = answer != NULL ? wire_parse(answer, strlen(answer), &error) : NULL;
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
