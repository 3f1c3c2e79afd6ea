/* links: app/fleet/lookup.c app/base/ */
/* The names of servers as addresses: the lists that libpq is told, a name that nobody knows, and a
 * look-up that does not end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <arpa/inet.h>
#include <cmocka.h>
#include <netdb.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "app/base/clock.h"
#include "app/fleet/lookup.h"

#define PATIENCE_MS 60000

/* The system's look-up as this test has it: names of so many addresses, one that nobody knows, and
 * one that is not answered before the test says so. */
static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static struct addrinfo answers[12];
static struct sockaddr_in places[12];

int getaddrinfo(const char *name, const char *service, const struct addrinfo *hints,
                struct addrinfo **out) {
    (void)service, (void)hints;
    if (strcmp(name, "hangs") == 0) {
        pthread_mutex_lock(&gate);
        pthread_mutex_unlock(&gate);
        return EAI_AGAIN;
    }
    if (strcmp(name, "nobody") == 0)
        return EAI_NONAME;
    int count = atoi(name + strcspn(name, "0123456789"));
    for (int i = 0; i < count; i++)
        answers[i].ai_next = i + 1 < count ? &answers[i + 1] : NULL;
    *out = answers;
    return 0;
}

void freeaddrinfo(struct addrinfo *list) {
    assert_ptr_equal(list, answers);
}

static int number_addresses(void **state) {
    (void)state;
    for (int i = 0; i < 12; i++) {
        places[i].sin_family = AF_INET;
        places[i].sin_addr.s_addr = htonl(0xc0000201U + (uint32_t)i); /* 192.0.2.1 and behind it */
        answers[i].ai_addr = (struct sockaddr *)&places[i];
        answers[i].ai_addrlen = sizeof places[i];
    }
    return 0;
}

static void expect_lists(const char *host, const char *port, const char *hosts,
                         const char *addresses, const char *ports) {
    struct lookup found;
    char error[FLEET_ERROR_SIZE];
    assert_int_equal(lookup_hosts(host, port, clock_mono_ms() + PATIENCE_MS, -1, &found, error),
                     FLEET_OK);
    assert_string_equal(found.host, hosts);
    assert_string_equal(found.hostaddr, addresses);
    assert_string_equal(found.port, ports);
}

static void each_address_stands_beside_its_name(void **state) {
    (void)state;
    expect_lists("one1", "", "one1", "192.0.2.1", "");
    expect_lists("two2", "6432", "two2,two2", "192.0.2.1,192.0.2.2", "6432,6432");
    expect_lists("two2,one1", "1,2", "two2,two2,one1", "192.0.2.1,192.0.2.2,192.0.2.1", "1,1,2");
}

static void a_folder_has_no_address(void **state) {
    (void)state;
    expect_lists("/run/postgresql", "", "/run/postgresql", "", "");
    expect_lists("/run/postgresql,one1", "5432", "/run/postgresql,one1", ",192.0.2.1", "5432,5432");
}

static void a_name_that_nobody_knows_is_left_out_beside_others(void **state) {
    (void)state;
    struct lookup found;
    char error[FLEET_ERROR_SIZE];
    expect_lists("nobody,one1", "1,2", "one1", "192.0.2.1", "2");
    assert_int_equal(lookup_hosts("nobody", "", clock_mono_ms() + PATIENCE_MS, -1, &found, error),
                     FLEET_DOWN);
    assert_non_null(strstr(error, "nobody: "));
}

static void what_has_no_room_is_refused_whole(void **state) {
    (void)state;
    char host[LOOKUP_TEXT_SIZE] = "many12", error[FLEET_ERROR_SIZE];
    struct lookup found;
    while (strlen(host) < LOOKUP_TEXT_SIZE - 20)
        strcat(host, ",many12");
    assert_int_equal(lookup_hosts(host, "", clock_mono_ms() + PATIENCE_MS, -1, &found, error),
                     FLEET_DOWN);
    assert_non_null(strstr(error, "more servers than there is room for"));
}

static void a_look_up_that_does_not_end_is_left_behind(void **state) {
    (void)state;
    struct lookup found;
    char error[FLEET_ERROR_SIZE];
    pthread_mutex_lock(&gate);
    int64_t begun_ms = clock_mono_ms();
    for (int i = 0; i < 2; i++) {
        assert_int_equal(lookup_hosts("hangs", "", clock_mono_ms() + 100, -1, &found, error),
                         FLEET_DOWN);
        assert_non_null(strstr(error, "not known in time"));
    }
    /* another server is found all the same, in what is left of the time */
    assert_int_equal(lookup_hosts("hangs,one1", "", clock_mono_ms() + 1000, -1, &found, error),
                     FLEET_OK);
    assert_string_equal(found.hostaddr, "192.0.2.1");
    assert_true(clock_mono_ms() - begun_ms < PATIENCE_MS / 2);
    /* threads that hang are not gathered: this is the last */
    assert_int_equal(lookup_hosts("hangs", "", clock_mono_ms() + 100, -1, &found, error),
                     FLEET_DOWN);
    assert_int_equal(lookup_hosts("hangs", "", clock_mono_ms() + 100, -1, &found, error),
                     FLEET_DOWN);
    assert_non_null(strstr(error, "have not ended"));
    pthread_mutex_unlock(&gate);
    int64_t until_ms = clock_mono_ms() + PATIENCE_MS;
    while (lookup_hosts("one1", "", clock_mono_ms() + PATIENCE_MS, -1, &found, error) != FLEET_OK)
        assert_true(clock_mono_ms() < until_ms);
}

static void being_told_to_stop_ends_the_wait(void **state) {
    (void)state;
    struct lookup found;
    char error[FLEET_ERROR_SIZE];
    int stop = eventfd(1, EFD_CLOEXEC);
    pthread_mutex_lock(&gate);
    assert_int_equal(lookup_hosts("hangs", "", clock_mono_ms() + PATIENCE_MS, stop, &found, error),
                     FLEET_STOPPED);
    pthread_mutex_unlock(&gate);
    close(stop);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_address_stands_beside_its_name),
        cmocka_unit_test(a_folder_has_no_address),
        cmocka_unit_test(a_name_that_nobody_knows_is_left_out_beside_others),
        cmocka_unit_test(what_has_no_room_is_refused_whole),
        cmocka_unit_test(a_look_up_that_does_not_end_is_left_behind),
        cmocka_unit_test(being_told_to_stop_ends_the_wait),
    };
    return cmocka_run_group_tests(tests, number_addresses, NULL);
}
