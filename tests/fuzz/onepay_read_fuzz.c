/* Any answer, as it is and signed by each wire, so that what is behind the signature is reached. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "app/config/privacy.h"
#include "app/platform/onepay/onepay.h"
#include "app/wire/envelope.h"
#include "app/wire/gateway.h"
#include "app/wire/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define APP_ID "0123456789ABCDEF"
static struct onepay_config onepay = {.appid = APP_ID, .appsecret = "key"};
static const struct config_privacy privacy = {.hospital_key = "hospital"};
static const struct config config = {
    .part_count = 2, .parts = {{&onepay_section, &onepay}, {&config_privacy_section, &privacy}}};
static const char sent_text[] =
    "{\"param\":{\"tradeType\":\"hop.trade.recharge\",\"outRefundNo\":\"1\"},\"data\":{}}";

static void read_body(const char *type, const char *body, size_t length) {
    const char *error;
    struct wire_reading reading;
    cJSON *sent = wire_parse(sent_text, sizeof sent_text - 1, &error);
    platform_onepay.read(&config, type, sent, 200, body, length, &reading);
    /* Nothing unverified or malformed may say anything about money. */
    if (reading.outcome == OUTCOME_MALFORMED && reading.answer.trade != TRADE_NONE)
        abort();
    free(reading.document);
    wire_reading_free(&reading);
    cJSON_Delete(sent);
}

static void sign_tree(cJSON *tree, bool envelope) {
    char sign[ENVELOPE_SM3_SIZE];
    const char *name = envelope ? "signData" : "sign";
    cJSON_DeleteItemFromObjectCaseSensitive(tree, name);
    if (envelope) {
        char *base = envelope_base(tree, "key");
        envelope_sm3(base, sign);
        free(base);
    } else {
        gateway_sign(tree, "key", sign);
    }
    cJSON_AddStringToObject(tree, name, sign);
}

/* The envelope opens nothing that was not closed. */
static void close_tree(cJSON *tree) {
    char key[ENVELOPE_KEY_SIZE];
    const cJSON *data = cJSON_GetObjectItemCaseSensitive(tree, "data");
    if (data == NULL || !envelope_key(APP_ID, "key", key))
        return;
    char *closed = envelope_encrypt(data, key);
    cJSON_DeleteItemFromObjectCaseSensitive(tree, "data");
    cJSON_DeleteItemFromObjectCaseSensitive(tree, "encData");
    cJSON_AddStringToObject(tree, "encData", closed);
    free(closed);
}

/* The text as what a library left in its buffer. */
static void read_library(const char *type, const char *text, size_t size) {
    cJSON *reply = cJSON_CreateObject();
    char *out = strndup(text, size), *body;
    cJSON_AddStringToObject(reply, "returned", size % 2 ? "000000" : "999999");
    cJSON_AddStringToObject(reply, "out", out);
    body = wire_print(reply, false);
    read_body(type, body, strlen(body));
    free(body);
    free(out);
    cJSON_Delete(reply);
}

/* The first byte chooses the type and the wire. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0)
        return 0;
    bool envelope = data[0] & 0x80;
    const char *type = onepay_table[(data[0] & 0x3f) % 20].name, *error;
    const char *text = (const char *)data + 1;
    onepay.wire = envelope ? ONEPAY_ENVELOPE : ONEPAY_GATEWAY;
    onepay.backend = data[0] & 0x40 ? ONEPAY_LIBRARY : ONEPAY_HTTP;
    read_body(type, text, size - 1);
    if (onepay.backend == ONEPAY_LIBRARY) {
        read_library(type, text, size - 1);
        return 0;
    }
    cJSON *tree = wire_parse(text, size - 1, &error);
    if (cJSON_IsObject(tree)) {
        sign_tree(tree, envelope);
        if (envelope)
            close_tree(tree);
        char *body = wire_print(tree, false);
        read_body(type, body, strlen(body));
        free(body);
    }
    cJSON_Delete(tree);
    return 0;
}
