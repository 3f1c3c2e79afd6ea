/* links: libsandbox.a */
/* The sandbox's own reading of upp's signature, against the vectors that both sides must meet. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/sandbox/message.h"
#include "tests/sandbox/onepay.h"
#include "tests/sandbox/sign.h"

#define VECTORS "tests/vectors/md5-signatures.json"

static cJSON *read_file(const char *path) {
    static char text[1 << 16];
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t length = fread(text, 1, sizeof text, file);
    fclose(file);
    cJSON *tree = message_read(text, length);
    assert_non_null(tree);
    return tree;
}

static cJSON *read_vectors(void) {
    return read_file(VECTORS);
}

static void check_case(const cJSON *one, const char *key) {
    char sign[SIGN_SIZE];
    const char *wire = message_text(one, "wire");
    cJSON *message = wire == NULL ? cJSON_Duplicate(cJSON_GetObjectItem(one, "params"), true)
                                  : message_read(wire, strlen(wire));
    char *base = sign_base(message);
    sign_make(message, key, sign);
    assert_string_equal(base, message_get(one, "text"));
    assert_string_equal(sign, message_get(one, "sign"));
    if (wire != NULL)
        assert_true(sign_good(message, key));
    free(base);
    cJSON_Delete(message);
}

static void every_vector_is_met(void **state) {
    (void)state;
    int met = 0;
    const cJSON *one;
    cJSON *vectors = read_vectors();
    const cJSON *upp = cJSON_GetObjectItem(vectors, "upp");
    cJSON_ArrayForEach(one, cJSON_GetObjectItem(upp, "cases")) {
        /* A form that may be read, which we never write. */
        if (strstr(message_get(one, "name"), "as a string") != NULL)
            continue;
        check_case(one, message_get(upp, "key"));
        met++;
    }
    assert_true(met >= 4);
    cJSON_Delete(vectors);
}

static void a_changed_amount_breaks_the_signature(void **state) {
    (void)state;
    const char *signed_text = "{\"paymentNo\":\"1\",\"tradeFee\":17.60,\"sign\":\"\"}";
    char sign[SIGN_SIZE];
    cJSON *message = message_read(signed_text, strlen(signed_text));
    sign_make(message, "key", sign);
    cJSON_ReplaceItemInObject(message, "sign", cJSON_CreateString(sign));
    assert_true(sign_good(message, "key"));
    cJSON_ReplaceItemInObject(message, "tradeFee", cJSON_CreateRaw("17.6"));
    assert_false(sign_good(message, "key"));
    cJSON_Delete(message);
}

static void numbers_keep_their_text(void **state) {
    (void)state;
    const char *text = "{\"a\":[-1.50,0,{\"b\":1e3}],\"c\":\"x\\\"7\\\\\",\"d\":true}";
    cJSON *tree = message_read(text, strlen(text));
    char *again = cJSON_PrintUnformatted(tree);
    assert_string_equal(again, text);
    free(again);
    cJSON_Delete(tree);
}

static void what_is_not_json_is_refused(void **state) {
    (void)state;
    static const char *const bad[] = {"", "{", "{}x", "{\"a\":}", "nul", "{\"a\":\"\x01\"}"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_null(message_read(bad[i], strlen(bad[i])));
}

/* What another implementation closed and signed opens here, and not when a byte was changed. */
static void the_gateways_vectors_open(void **state) {
    struct options options = {.key = "k"};
    struct sandbox sandbox;
    cJSON *all = read_file("tests/vectors/onepay-gateway.json");
    const cJSON *one;
    (void)state;
    sandbox_init(&sandbox, &options);
    cJSON_ArrayForEach(one, cJSON_GetObjectItem(all, "cases")) {
        cJSON *message = cJSON_Duplicate(cJSON_GetObjectItem(one, "message"), true);
        char *wanted = cJSON_PrintUnformatted(cJSON_GetObjectItem(message, "param"));
        cJSON_DeleteItemFromObject(message, "param");
        cJSON_AddStringToObject(message, "encryptData", message_get(one, "encryptData"));
        cJSON_AddStringToObject(message, "sign", message_get(one, "sign"));
        cJSON *param = hop_unseal(&sandbox, message);
        char *opened = cJSON_PrintUnformatted(param);
        assert_string_equal(opened, wanted);
        cJSON_GetObjectItem(message, "sign")->valuestring[0] ^= 1;
        assert_null(hop_unseal(&sandbox, message));
        free(opened);
        free(wanted);
        cJSON_Delete(param);
        cJSON_Delete(message);
    }
    sandbox_destroy(&sandbox);
    cJSON_Delete(all);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_gateways_vectors_open),
        cmocka_unit_test(every_vector_is_met),
        cmocka_unit_test(a_changed_amount_breaks_the_signature),
        cmocka_unit_test(numbers_keep_their_text),
        cmocka_unit_test(what_is_not_json_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
