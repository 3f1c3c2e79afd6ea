/* links: app/base/pin.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "app/base/pin.h"

static void only_the_right_pin_matches(void **state) {
    (void)state;
    char hash[PIN_HASH_SIZE];
    assert_true(pin_hash("246813", hash));
    assert_true(pin_hash_is_valid(hash));
    assert_true(pin_matches("246813", hash));
    assert_false(pin_matches("246814", hash));
    assert_false(pin_matches("2468130", hash));
    assert_false(pin_matches("", hash));
}

static void the_same_pin_has_another_hash_each_time(void **state) {
    (void)state;
    char one[PIN_HASH_SIZE], other[PIN_HASH_SIZE];
    assert_true(pin_hash("135790", one) && pin_hash("135790", other));
    assert_string_not_equal(one, other);
}

/* RFC 7914 has no vector of these lengths; this one is of Python's hashlib.scrypt. */
static void a_hash_made_elsewhere_is_understood(void **state) {
    (void)state;
    assert_true(pin_matches("123456",
                            "scrypt:16384:8:1:000102030405060708090a0b0c0d0e0f:"
                            "53e59f1f9f56c2317d99f7a1e76fd1d43677ccb19c2c125e054f9a81281e0aec"));
}

static void what_is_no_pin_or_no_hash_is_refused(void **state) {
    (void)state;
    static const char *const bad[] = {
        "",
        "1234",
        "scrypt:16384:8:1:00:00",
        "scrypt:1024:8:1:000102030405060708090a0b0c0d0e0f:"
        "53e59f1f9f56c2317d99f7a1e76fd1d43677ccb19c2c125e054f9a81281e0aec",
        "scrypt:16385:8:1:000102030405060708090a0b0c0d0e0f:"
        "53e59f1f9f56c2317d99f7a1e76fd1d43677ccb19c2c125e054f9a81281e0aec",
        "scrypt:1048576:8:1:000102030405060708090a0b0c0d0e0f:"
        "53e59f1f9f56c2317d99f7a1e76fd1d43677ccb19c2c125e054f9a81281e0aec",
        "scrypt:16384:8:1:000102030405060708090a0b0c0d0e0f:"
        "53e59f1f9f56c2317d99f7a1e76fd1d43677ccb19c2c125e054f9a81281e0aec00",
    };
    char hash[PIN_HASH_SIZE];
    assert_false(pin_hash("12345", hash));
    assert_false(pin_hash("12345678901234", hash));
    assert_false(pin_hash("123a45", hash));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(pin_hash_is_valid(bad[i]));
        assert_false(pin_matches("123456", bad[i]));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_the_right_pin_matches),
        cmocka_unit_test(the_same_pin_has_another_hash_each_time),
        cmocka_unit_test(a_hash_made_elsewhere_is_understood),
        cmocka_unit_test(what_is_no_pin_or_no_hash_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
