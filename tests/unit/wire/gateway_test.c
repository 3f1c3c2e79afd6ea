/* links: app/wire/gateway.c app/wire/cipher.c app/wire/sign.c app/wire/hex.c app/wire/json.c app/base/ */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/wire/gateway.h"
#include "tests/support/vectors.h"

static void every_vector_holds(void **state) {
    const cJSON *all = *state, *test;
    const char *secret = wire_text(all, "appSecret");
    char key[GATEWAY_KEY_SIZE], sign[SIGN_MD5_SIZE];
    int count = 0;
    assert_true(gateway_key(wire_text(all, "appId"), secret, key));
    assert_string_equal(key, wire_text(all, "derivedAesKey"));
    cJSON_ArrayForEach(test, wire_member(all, "cases")) {
        const cJSON *message = wire_member(test, "message");
        char *base = gateway_base(message);
        assert_string_equal(base, wire_text(test, "signBase"));
        gateway_sign(message, secret, sign);
        assert_string_equal(sign, wire_text(test, "sign"));
        char *closed = gateway_encrypt(wire_member(message, "param"), key);
        assert_string_equal(closed, wire_text(test, "encryptData"));
        cJSON *open = gateway_decrypt(closed, key);
        char *plain = wire_print(open, false);
        assert_string_equal(plain, wire_text(test, "encryptPlain"));
        free(plain);
        cJSON_Delete(open);
        free(closed);
        free(base);
        count++;
    }
    assert_int_equal(count, 5);
}

static void a_changed_message_does_not_verify(void **state) {
    const cJSON *all = *state;
    const char *secret = wire_text(all, "appSecret");
    const cJSON *test = cJSON_GetArrayItem(wire_member(all, "cases"), 1);
    cJSON *message = cJSON_Duplicate(wire_member(test, "message"), true);
    assert_false(gateway_verify(message, secret));
    cJSON_AddStringToObject(message, "sign", wire_text(test, "sign"));
    assert_true(gateway_verify(message, secret));
    assert_false(gateway_verify(message, "another secret"));
    cJSON_AddStringToObject(message, "billContent", "takes no part");
    assert_true(gateway_verify(message, secret));
    cJSON *amount = cJSON_GetObjectItem(cJSON_GetObjectItem(message, "param"), "amount");
    amount->valuestring[0] = '9';
    assert_false(gateway_verify(message, secret));
    cJSON_Delete(message);
}

static void what_is_not_of_the_key_does_not_open(void **state) {
    const cJSON *all = *state;
    const cJSON *test = cJSON_GetArrayItem(wire_member(all, "cases"), 0);
    char key[GATEWAY_KEY_SIZE], *closed = strdup(wire_text(test, "encryptData"));
    assert_true(gateway_key(wire_text(all, "appId"), wire_text(all, "appSecret"), key));
    assert_null(gateway_decrypt(closed, "0123456789abcdef"));
    closed[strlen(closed) - 1] ^= 1;
    assert_null(gateway_decrypt(closed, key));
    closed[3] = '\0'; /* half a byte */
    assert_null(gateway_decrypt(closed, key));
    assert_null(gateway_decrypt("", key));
    assert_null(gateway_decrypt("no hexadecimal", key));
    assert_false(gateway_key("short", "secret", key));
    free(closed);
}

static int load(void **state) {
    *state = vectors_load("tests/vectors/onepay-gateway.json");
    return *state == NULL;
}

static int unload(void **state) {
    cJSON_Delete(*state);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_vector_holds),
        cmocka_unit_test(a_changed_message_does_not_verify),
        cmocka_unit_test(what_is_not_of_the_key_does_not_open),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
