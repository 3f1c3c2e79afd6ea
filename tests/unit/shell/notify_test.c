/* links: app/shell/notify.c app/base/ */
/* What systemd hears: ready once, its watchdog fed while every thread comes round, and nothing more
 * when one hangs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "app/shell/notify.h"

static struct {
    int listener;
    bool usb_turns, net_turns;
    int asked;
} world;

static bool thread_turns(void *flag) {
    world.asked++;
    return *(bool *)flag;
}

static const struct notify_thread threads[] = {{"usb", thread_turns, &world.usb_turns},
                                               {"net", thread_turns, &world.net_turns},
                                               {"journal", thread_turns, NULL}};
#define THREADS threads, sizeof threads / sizeof *threads

static int begin(void **state) {
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    char name[32];
    (void)state;
    memset(&world, 0, sizeof world);
    world.usb_turns = world.net_turns = true;
    world.listener = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    int length = snprintf(name, sizeof name, "@hopkiosk-test-%d", (int)getpid());
    memcpy(at.sun_path + 1, name + 1, (size_t)length - 1);
    assert_int_equal(bind(world.listener, (const struct sockaddr *)(const void *)&at,
                          (socklen_t)(offsetof(struct sockaddr_un, sun_path) + (size_t)length)),
                     0);
    setenv("NOTIFY_SOCKET", name, 1);
    setenv("WATCHDOG_USEC", "40000000", 1);
    unsetenv("WATCHDOG_PID");
    return 0;
}

static int end(void **state) {
    (void)state;
    close(world.listener);
    return 0;
}

/* What was said since, "" nothing. */
static const char *heard(void) {
    static char text[64];
    ssize_t length = recv(world.listener, text, sizeof text - 1, 0);
    text[length < 0 ? 0 : length] = '\0';
    return text;
}

static void the_first_turn_says_ready(void **state) {
    struct notify notify;
    (void)state;
    notify_start(&notify);
    assert_string_equal(heard(), "");
    notify_turn(&notify, THREADS, 1000);
    assert_string_equal(heard(), "READY=1");
    notify_turn(&notify, THREADS, 1001);
    assert_string_equal(heard(), "");
    notify_stop(&notify);
    assert_string_equal(heard(), "STOPPING=1");
}

static void turns_feed_the_watchdog_four_times_in_its_time(void **state) {
    struct notify notify;
    (void)state;
    notify_start(&notify);
    notify_turn(&notify, THREADS, 0);
    heard();
    assert_int_equal(notify_deadline(&notify), 10000);
    notify_turn(&notify, THREADS, 9999);
    assert_string_equal(heard(), "");
    notify_turn(&notify, THREADS, 10000);
    assert_string_equal(heard(), "WATCHDOG=1");
    assert_int_equal(notify_deadline(&notify), 20000);
    notify_stop(&notify);
}

static void a_thread_that_hangs_starves_it_and_every_thread_is_asked(void **state) {
    struct notify notify;
    (void)state;
    notify_start(&notify);
    notify_turn(&notify, THREADS, 0);
    heard();
    world.usb_turns = false;
    world.asked = 0;
    notify_turn(&notify, THREADS, 10000);
    assert_string_equal(heard(), "");
    assert_int_equal(world.asked, 2);
    assert_string_equal(notify.stuck, "usb");
    world.usb_turns = true;
    notify_turn(&notify, THREADS, 20000);
    assert_string_equal(heard(), "WATCHDOG=1");
    assert_null(notify.stuck);
    notify_stop(&notify);
}

static void no_child_hears_what_systemd_says(void **state) {
    struct notify notify;
    (void)state;
    notify_start(&notify);
    assert_null(getenv("NOTIFY_SOCKET"));
    assert_null(getenv("WATCHDOG_USEC"));
    notify_stop(&notify);
}

static void a_watchdog_of_another_process_is_not_fed(void **state) {
    struct notify notify;
    (void)state;
    setenv("WATCHDOG_PID", "1", 1);
    notify_start(&notify);
    assert_int_equal(notify.watchdog_ms, 0);
    assert_int_equal(notify_deadline(&notify), INT64_MAX);
    notify_stop(&notify);
}

static void without_systemd_nothing_is_said_and_nobody_is_asked(void **state) {
    struct notify notify;
    (void)state;
    unsetenv("NOTIFY_SOCKET");
    notify_start(&notify);
    notify_turn(&notify, THREADS, 0);
    world.asked = 0;
    notify_turn(&notify, THREADS, 100000);
    assert_int_equal(world.asked, 0);
    assert_string_equal(heard(), "");
    notify_stop(&notify);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(the_first_turn_says_ready),
        TEST(turns_feed_the_watchdog_four_times_in_its_time),
        TEST(a_thread_that_hangs_starves_it_and_every_thread_is_asked),
        TEST(no_child_hears_what_systemd_says),
        TEST(a_watchdog_of_another_process_is_not_fed),
        TEST(without_systemd_nothing_is_said_and_nobody_is_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
