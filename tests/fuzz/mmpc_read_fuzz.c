/* Any answer of the insurance centre, plain and sealed, so that what is behind the signature is
 * reached. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "app/platform/mmpc/mmpc.h"
#include "app/wire/envelope.h"
#include "app/wire/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Without keys of SM2 the envelope is signed with SM3, which is quicker. */
#define APP_ID "0123456789ABCDEF"
static struct mmpc_config mmpc = {.base_url = "http://127.0.0.1:1",
                                  .keys = {APP_ID, "key", NULL, NULL, NULL}};
static const struct config config = {.part_count = 1, .parts = {{&mmpc_section, &mmpc}}};
static const char sent_text[] = "{\"medOrgOrd\":\"P1\",\"data\":{\"medOrgOrd\":\"P1\"}}";

static void read_body(const char *operation, const char *body, size_t length) {
    const char *error;
    struct wire_reading reading;
    cJSON *sent = wire_parse(sent_text, sizeof sent_text - 1, &error);
    platform_mmpc.read(&config, operation, sent, 200, body, length, &reading);
    /* Nothing unverified or malformed may say anything about money. */
    if (reading.outcome == OUTCOME_MALFORMED && reading.answer.trade != TRADE_NONE)
        abort();
    if (reading.outcome == OUTCOME_ACCEPTED && strcmp(operation, "query") == 0 &&
        !reading.answer.has_amount)
        abort();
    free(reading.document);
    wire_reading_free(&reading);
    cJSON_Delete(sent);
}

static void sign_tree(cJSON *tree) {
    char sign[ENVELOPE_SM3_SIZE];
    cJSON_DeleteItemFromObjectCaseSensitive(tree, "signData");
    char *base = envelope_base(tree, "key");
    envelope_sm3(base, sign);
    free(base);
    cJSON_AddStringToObject(tree, "signData", sign);
}

/* The first byte chooses the operation, the dialect and the envelope. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0)
        return 0;
    const char *operation = mmpc_table[(data[0] & 0x3f) % 8].name, *error;
    const char *text = (const char *)data + 1;
    mmpc.sealed = data[0] & 0x80;
    mmpc.dialect = data[0] & 0x40 ? MMPC_NATIONAL : MMPC_DOCUMENT;
    read_body(operation, text, size - 1);
    cJSON *tree = mmpc.sealed ? wire_parse(text, size - 1, &error) : NULL;
    if (cJSON_IsObject(tree)) {
        sign_tree(tree);
        char *body = wire_member(tree, "data") != NULL ? sealed_body(&mmpc.keys, tree)
                                                       : wire_print(tree, false);
        read_body(operation, body, strlen(body));
        free(body);
    }
    cJSON_Delete(tree);
    return 0;
}
