/* Any bytes: parsed or refused, and what was parsed prints and parses to the same text again. A
 * card's number in text beside it is not seen, and nothing of such a text that was cut. */
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

#define CARD "6222021234567890123"
#define HIDDEN "***"

/* What is seen of the message {"extra": text}. Caller: cJSON_Delete. */
static cJSON *seen_of(const char *text) {
    const char *error;
    cJSON *message = cJSON_CreateObject();
    cJSON_AddStringToObject(message, "extra", text);
    char *masked = masked_text(message);
    cJSON *seen = wire_parse(masked, strlen(masked), &error);
    if (seen == NULL)
        abort();
    free(masked);
    cJSON_Delete(message);
    return seen;
}

static void check_hidden(const char *text) {
    cJSON *seen = seen_of(text);
    if (strcmp(wire_text(seen, "extra"), HIDDEN) != 0)
        abort();
    cJSON_Delete(seen);
}

/* What is behind the card is any tree: it may be too large or too deep to be opened. */
static void check_masked(const cJSON *tree, size_t size) {
    const char *error;
    cJSON *extra = cJSON_CreateObject();
    cJSON_AddStringToObject(extra, "BankCardNo", CARD);
    cJSON_AddItemToObject(extra, "x", cJSON_Duplicate(tree, true));
    char *text = wire_print(extra, false);
    cJSON *seen = seen_of(text);
    const char *shown = wire_text(seen, "extra");
    cJSON *open = wire_parse(shown, strlen(shown), &error);
    if (open == NULL ? strcmp(shown, HIDDEN) != 0
                     : strcmp(wire_text(open, "BankCardNo"), "62***") != 0)
        abort();
    text[4 + size % (strlen(text) - 4)] = '\0';
    check_hidden(text);
    cJSON_Delete(open);
    cJSON_Delete(seen);
    free(text);
    cJSON_Delete(extra);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *error;
    cJSON *tree = wire_parse((const char *)data, size, &error);
    if (tree == NULL)
        return 0;
    char *text = wire_print(tree, true), *masked = masked_text(tree);
    check_again(text);
    check_masked(tree, size);
    if (cJSON_IsObject(tree))
        (void)sign_upp_verify(tree, "key");
    free(masked);
    free(text);
    cJSON_Delete(tree);
    return 0;
}
