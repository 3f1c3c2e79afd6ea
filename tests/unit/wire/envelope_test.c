/* links: app/wire/envelope.c app/wire/cipher.c app/wire/envelope_sm2.c app/wire/hex.c app/wire/json.c app/base/ */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/wire/envelope.h"
#include "tests/support/vectors.h"

static void every_vector_holds(void **state) {
    const cJSON *all = *state, *test;
    const char *secret = wire_text(all, "appSecret"), *public = wire_text(all, "sm2PublicKeyHex");
    char key[ENVELOPE_KEY_SIZE], sm3[ENVELOPE_SM3_SIZE];
    assert_true(envelope_key(wire_text(all, "appId"), secret, key));
    assert_string_equal(key, wire_text(all, "derivedSm4KeyAscii"));
    cJSON_ArrayForEach(test, wire_member(all, "cases")) {
        const cJSON *message = wire_member(test, "message");
        char *base = envelope_base(message, secret);
        assert_string_equal(base, wire_text(test, "signBase"));
        char *data = envelope_encrypt(wire_member(message, "data"), key);
        assert_string_equal(data, wire_text(test, "encData"));
        envelope_sm3(base, sm3);
        assert_string_equal(sm3, wire_text(test, "sm3OfBaseUpper"));
        const char *sign = wire_text(test, "sm2SignDataBase64");
        if (sign != NULL)
            assert_true(envelope_sm2_verify(base, public, sign));
        free(base);
        free(data);
    }
}

static void our_own_signature_verifies_and_a_changed_text_does_not(void **state) {
    const cJSON *all = *state;
    const char *public = wire_text(all, "sm2PublicKeyHex");
    char *sign = envelope_sm2_sign("a=1&key=k", wire_text(all, "sm2PrivateKeyHex"));
    assert_non_null(sign);
    assert_true(envelope_sm2_verify("a=1&key=k", public, sign));
    assert_false(envelope_sm2_verify("a=2&key=k", public, sign));
    free(sign);
}

/* What was encrypted opens again as it was, without its empties; what is changed on the way does
 * not. */
static void what_is_closed_opens_only_whole(void **state) {
    const cJSON *all = *state, *test;
    const char *secret = wire_text(all, "appSecret");
    char key[ENVELOPE_KEY_SIZE], sm3[ENVELOPE_SM3_SIZE];
    assert_true(envelope_key(wire_text(all, "appId"), secret, key));
    cJSON_ArrayForEach(test, wire_member(all, "cases")) {
        cJSON *message = cJSON_Duplicate(wire_member(test, "message"), true);
        char *closed = strdup(wire_text(test, "encData"));
        char *base = envelope_base(message, secret);
        envelope_sm3(base, sm3);
        cJSON_DeleteItemFromObject(message, "data");
        cJSON_AddItemToObject(message, "data", envelope_decrypt(closed, key));
        cJSON_AddStringToObject(message, "signData", sm3);
        assert_true(envelope_sm3_verify(message, secret));
        assert_false(envelope_sm3_verify(message, "another secret"));
        closed[strlen(closed) - 1] ^= 1;
        assert_null(envelope_decrypt(closed, key));
        assert_null(envelope_decrypt("", key));
        assert_null(envelope_decrypt("0x", key));
        free(closed);
        free(base);
        cJSON_Delete(message);
    }
}

static void what_is_no_key_is_refused(void **state) {
    const cJSON *all = *state;
    char zero[65], key[ENVELOPE_KEY_SIZE];
    memset(zero, '0', 64);
    zero[64] = '\0';
    assert_null(envelope_sm2_sign("a", "12"));
    assert_null(envelope_sm2_sign("a", zero));
    assert_false(envelope_sm2_verify("a", wire_text(all, "sm2PublicKeyHex"), "AAAA"));
    assert_false(envelope_sm2_verify("a", "04", "AAAA"));
    assert_false(envelope_key("short", "secret", key));
}

static void the_public_key_is_made_of_the_private_one(void **state) {
    const cJSON *all = *state;
    const char *public = wire_text(all, "sm2PublicKeyHex");
    const char *private = wire_text(all, "sm2PrivateKeyHex");
    char made[ENVELOPE_PUBLIC_SIZE];
    assert_true(envelope_sm2_public(private, made));
    assert_string_equal(made, public);
    char *sign = envelope_sm2_sign_as("a=1&key=k", private, made);
    assert_true(envelope_sm2_verify("a=1&key=k", public, sign));
    free(sign);
    assert_true(envelope_sm2_is_public(public));
    made[129] = made[129] == '0' ? '1' : '0'; /* no point of the curve */
    assert_false(envelope_sm2_is_public(made));
    assert_null(envelope_sm2_sign_as("a", private, made));
    assert_false(envelope_sm2_public("00", made));
}

static int load(void **state) {
    *state = vectors_load("tests/vectors/envelope.json");
    return *state == NULL;
}

static int unload(void **state) {
    cJSON_Delete(*state);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_vector_holds),
        cmocka_unit_test(our_own_signature_verifies_and_a_changed_text_does_not),
        cmocka_unit_test(what_is_closed_opens_only_whole),
        cmocka_unit_test(what_is_no_key_is_refused),
        cmocka_unit_test(the_public_key_is_made_of_the_private_one),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
