/* Any answer of the insurance portal, sealed so that what is behind the signature is reached, or
 * left by a library. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "app/platform/amp/amp.h"
#include "app/wire/envelope.h"
#include "app/wire/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define APP_ID "0123456789ABCDEF"
static struct amp_config amp = {.keys = {APP_ID, "key", NULL, NULL, NULL}};
static const struct config config = {.part_count = 1, .parts = {{&amp_section, &amp}}};
static const char sent_text[] = "{\"data\":{\"traceId\":\"T1\",\"outRefundNo\":\"R1\"}}";

static void read_body(const char *operation, const char *body, size_t length) {
    const char *error;
    struct wire_reading reading;
    cJSON *sent = wire_parse(sent_text, sizeof sent_text - 1, &error);
    platform_amp.read(&config, operation, sent, 200, body, length, &reading);
    /* Nothing unverified or malformed may say anything about money. */
    if (reading.outcome == OUTCOME_MALFORMED && reading.answer.trade != TRADE_NONE)
        abort();
    free(reading.document);
    wire_reading_free(&reading);
    cJSON_Delete(sent);
}

static void read_sealed(const char *operation, cJSON *tree) {
    char sign[ENVELOPE_SM3_SIZE];
    cJSON_DeleteItemFromObjectCaseSensitive(tree, "signData");
    char *base = envelope_base(tree, "key");
    envelope_sm3(base, sign);
    free(base);
    cJSON_AddStringToObject(tree, "signData", sign);
    char *body =
        wire_member(tree, "data") != NULL ? sealed_body(&amp.keys, tree) : wire_print(tree, false);
    read_body(operation, body, strlen(body));
    free(body);
}

/* The text as what a library left in its buffer. */
static void read_library(const char *operation, const char *text, size_t size) {
    cJSON *reply = cJSON_CreateObject();
    char *out = strndup(text, size);
    cJSON_AddStringToObject(reply, "returned", size % 2 ? "000000" : "000105");
    cJSON_AddStringToObject(reply, "out", out);
    char *body = wire_print(reply, false);
    read_body(operation, body, strlen(body));
    free(body);
    free(out);
    cJSON_Delete(reply);
}

/* The first byte chooses the operation and the back end. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0)
        return 0;
    const char *operation = amp_table[data[0] % 4].name, *error;
    const char *text = (const char *)data + 1;
    amp.by_library = data[0] & 0x80;
    read_body(operation, text, size - 1);
    if (amp.by_library) {
        read_library(operation, text, size - 1);
        return 0;
    }
    cJSON *tree = wire_parse(text, size - 1, &error);
    if (cJSON_IsObject(tree))
        read_sealed(operation, tree);
    cJSON_Delete(tree);
    return 0;
}
