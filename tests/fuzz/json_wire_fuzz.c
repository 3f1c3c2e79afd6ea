/* Any bytes: parsed or refused, and what was parsed prints and parses to the same text again. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "app/platform/platform.h"
#include "app/wire/json.h"
#include "app/wire/masked.h"
#include "app/wire/sign.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_again(const char *text) {
    const char *error;
    cJSON *tree = wire_parse(text, strlen(text), &error);
    if (tree == NULL)
        abort();
    char *again = wire_print(tree, true);
    if (strcmp(text, again) != 0)
        abort();
    free(again);
    cJSON_Delete(tree);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *error;
    cJSON *tree = wire_parse((const char *)data, size, &error);
    if (tree == NULL)
        return 0;
    char *text = wire_print(tree, true), *masked = masked_text(tree);
    check_again(text);
    if (cJSON_IsObject(tree))
        (void)sign_upp_verify(tree, "key");
    free(masked);
    free(text);
    cJSON_Delete(tree);
    return 0;
}
