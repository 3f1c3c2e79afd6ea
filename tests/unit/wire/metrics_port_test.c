/* links: app/wire/metrics_port.c app/base/ */
/* Where the figures may be fetched: loopback unless an address is named, and nothing that is no
 * address. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <arpa/inet.h>
#include <cmocka.h>

#include "app/wire/metrics_port.h"

static void a_port_alone_is_this_machines(void **state) {
    struct sockaddr_storage at;
    const struct sockaddr_in *four = (const struct sockaddr_in *)(const void *)&at;
    (void)state;
    assert_true(metrics_port_address("9465", &at));
    assert_int_equal(four->sin_family, AF_INET);
    assert_int_equal(four->sin_addr.s_addr, htonl(INADDR_LOOPBACK));
    assert_int_equal(four->sin_port, htons(9465));
}

static void an_address_is_taken_as_it_is(void **state) {
    struct sockaddr_storage at;
    const struct sockaddr_in *four = (const struct sockaddr_in *)(const void *)&at;
    const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)(const void *)&at;
    (void)state;
    assert_true(metrics_port_address("192.0.2.3:80", &at));
    assert_int_equal(four->sin_addr.s_addr, htonl(0xc0000203));
    assert_int_equal(four->sin_port, htons(80));
    assert_true(metrics_port_address("[::1]:9465", &at));
    assert_int_equal(six->sin6_family, AF_INET6);
    assert_int_equal(six->sin6_addr.s6_addr[15], 1);
    assert_int_equal(six->sin6_port, htons(9465));
}

static void what_is_no_address_is_refused(void **state) {
    static const char *const bad[] = {"",           "x",     "host:9465", "70000",  ":9465",
                                      "1.2.3.4:",   "-1",    "[::1]9465", "[::1]",  "::1:9465",
                                      "1.2.3:9465", "9465 ", "[x]:1",     "1.2.3.4"};
    struct sockaddr_storage at;
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (metrics_port_address(bad[i], &at))
            fail_msg("taken: %s", bad[i]);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_port_alone_is_this_machines),
                                       cmocka_unit_test(an_address_is_taken_as_it_is),
                                       cmocka_unit_test(what_is_no_address_is_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
