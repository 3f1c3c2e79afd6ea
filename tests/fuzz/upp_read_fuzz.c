/* Any answer, signed where it is an object, so that what is behind the signature is reached. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "app/platform/upp/upp.h"
#include "app/wire/json.h"
#include "app/wire/sign.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct upp_config upp = {.key = "key"};
static const struct config config = {.part_count = 1, .parts = {{&upp_section, &upp}}};
static const char sent_text[] = "{\"paymentNo\":\"1\",\"requestNo\":\"1\"}";

static void read_body(const char *operation, const char *body, size_t length) {
    const char *error;
    struct wire_reading reading;
    cJSON *sent = wire_parse(sent_text, sizeof sent_text - 1, &error);
    platform_upp.read(&config, operation, sent, 200, body, length, &reading);
    /* Nothing unverified or malformed may say anything about money. */
    if (reading.outcome == OUTCOME_MALFORMED && reading.answer.trade != TRADE_NONE)
        abort();
    free(reading.document);
    wire_reading_free(&reading);
    cJSON_Delete(sent);
}

static void read_signed(const char *operation, cJSON *tree) {
    char sign[SIGN_MD5_SIZE];
    cJSON_DeleteItemFromObjectCaseSensitive(tree, "sign");
    sign_upp(tree, "key", sign);
    cJSON_AddStringToObject(tree, "sign", sign);
    char *body = wire_print(tree, false);
    read_body(operation, body, strlen(body));
    free(body);
}

/* The first byte chooses the operation. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *const operations[] = {"network", "scanCode", "barCode",     "paymentQuery",
                                             "refund",  "close",    "yuntaiBills", "refundQuery"};
    if (size == 0)
        return 0;
    const char *operation = operations[data[0] % 8], *text = (const char *)data + 1, *error;
    read_body(operation, text, size - 1);
    cJSON *tree = wire_parse(text, size - 1, &error);
    if (cJSON_IsObject(tree))
        read_signed(operation, tree);
    cJSON_Delete(tree);
    return 0;
}
