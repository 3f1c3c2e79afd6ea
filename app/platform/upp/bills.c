/* upp: the rows of its bills, and nothing of the money: a row is read whole or the answer is not.
 */
#include "app/platform/upp/upp.h"
#include "app/wire/json.h"
#include "app/wire/reading.h"

static bool is_bill_row(const cJSON *row) {
    struct fen fee;
    const char *no = wire_text(row, "outTradeNo"), *type = wire_text(row, "tradeType");
    return no != NULL && *no != '\0' && type != NULL && reading_amount(row, "tradeFee", &fee);
}

/* No rows is an answer; one row may come without its array. */
void upp_read_bills(const cJSON *data, struct wire_reading *out) {
    const cJSON *row = cJSON_IsArray(data) ? data->child : cJSON_IsObject(data) ? data : NULL;
    int number = 1;
    for (; row != NULL; row = row == data ? NULL : row->next, number++)
        if (!is_bill_row(row)) {
            reading_malformed(out, "row %d misses outTradeNo, tradeType or tradeFee", number);
            return;
        }
    out->outcome = OUTCOME_ACCEPTED;
}
