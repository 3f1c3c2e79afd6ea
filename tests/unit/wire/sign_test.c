/* links: app/wire/sign.c app/wire/json.c app/base/ */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/wire/sign.h"
#include "tests/support/vectors.h"

static cJSON *message_of(const cJSON *test) {
    const char *error, *wire = wire_text(test, "wire");
    return wire != NULL ? wire_parse(wire, strlen(wire), &error)
                        : cJSON_Duplicate(wire_member(test, "params"), true);
}

static void upp_vectors_hold(void **state) {
    (void)state;
    cJSON *all = vectors_load("tests/vectors/md5-signatures.json");
    assert_non_null(all);
    const cJSON *upp = wire_member(all, "upp"), *test;
    const char *key = wire_text(upp, "key");
    int count = 0;
    cJSON_ArrayForEach(test, wire_member(upp, "cases")) {
        cJSON *message = message_of(test);
        bool as_string = strstr(wire_text(test, "name"), "data as a string") != NULL;
        char *text = sign_upp_text(message, as_string), sign[SIGN_MD5_SIZE];
        assert_string_equal(text, wire_text(test, "text"));
        if (!as_string) {
            sign_upp(message, key, sign);
            assert_string_equal(sign, wire_text(test, "sign"));
        }
        cJSON_DeleteItemFromObject(message, "sign");
        cJSON_AddStringToObject(message, "sign", wire_text(test, "sign"));
        assert_true(sign_upp_verify(message, key));
        assert_false(sign_upp_verify(message, "another key"));
        cJSON_DeleteItemFromObject(message, "sign");
        assert_false(sign_upp_verify(message, key));
        free(text);
        cJSON_Delete(message);
        count++;
    }
    assert_int_equal(count, 5);
    cJSON_Delete(all);
}

static void tongji_vectors_hold(void **state) {
    (void)state;
    cJSON *all = vectors_load("tests/vectors/md5-signatures.json");
    const cJSON *tongji = wire_member(all, "tongji"), *test;
    cJSON_ArrayForEach(test, wire_member(tongji, "cases")) {
        char *text = sign_tongji_text(wire_member(test, "params")), sign[SIGN_MD5_SIZE];
        sign_tongji(wire_member(test, "params"), wire_text(tongji, "key"), sign);
        assert_string_equal(text, wire_text(test, "text"));
        assert_string_equal(sign, wire_text(test, "sign"));
        free(text);
    }
    cJSON_Delete(all);
}

static void a_changed_byte_is_seen(void **state) {
    (void)state;
    const char *error;
    char wire[] = "{\"data\":{\"tradeFee\":17.60},\"sign\":\"00000000000000000000000000000000\"}";
    cJSON *message = wire_parse(wire, strlen(wire), &error);
    char sign[SIGN_MD5_SIZE];
    sign_upp(message, "k", sign);
    memcpy(cJSON_GetObjectItem(message, "sign")->valuestring, sign, SIGN_MD5_SIZE);
    assert_true(sign_upp_verify(message, "k"));
    cJSON *fee = cJSON_GetObjectItem(cJSON_GetObjectItem(message, "data"), "tradeFee");
    fee->valuestring[4] = '1';
    assert_false(sign_upp_verify(message, "k"));
    cJSON_Delete(message);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(upp_vectors_hold),
        cmocka_unit_test(tongji_vectors_hold),
        cmocka_unit_test(a_changed_byte_is_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
