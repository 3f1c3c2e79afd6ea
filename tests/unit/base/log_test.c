/* links: app/base/ */
/* What reaches the log's file, and what does not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "app/base/log.h"

static char folder[64], path[96], other[96];
static char text[65536];

static int make_folder(void **state) {
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/log_test.XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/kiosk.log", folder);
    snprintf(other, sizeof other, "%s/other", folder);
    return 0;
}

static int leave_folder(void **state) {
    (void)state;
    log_close();
    unlink(path);
    unlink(other);
    rmdir(folder);
    return 0;
}

static const char *written(void) {
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    return text;
}

static int lines(void) {
    int count = 0;
    for (const char *at = written(); (at = strchr(at, '\n')) != NULL; at++)
        count++;
    return count;
}

static void a_message_cannot_forge_a_line(void **state) {
    (void)state;
    log_open(path, LOG_INFO);
    log_write(LOG_INFO, "his", "a\n2026 error forged\xc2\x85x\xe2\x80\xaey\xc2\x9bz");
    assert_int_equal(lines(), 1);
    assert_non_null(strstr(text, " info his: a 2026 error forged x y z\n"));
}

static void who_hangs_up_thousands_of_times_fills_no_disk(void **state) {
    (void)state;
    log_open(path, LOG_INFO);
    for (int i = 0; i < 4000; i++)
        log_write(LOG_WARNING, "control", "an answer was not taken");
    log_write(LOG_INFO, "loop", "something else");
    assert_int_equal(lines(), 7);
    assert_non_null(strstr(text, "info log: the same 3995 times more\n"));
    for (int i = 0; i < 10; i++)
        log_write(LOG_INFO, "loop", "number %d", i); /* what differs is written */
    assert_int_equal(lines(), 17);
    for (int i = 0; i < 6; i++)
        log_write(LOG_INFO, "loop", "once more");
    log_close();
    assert_int_equal(lines(), 23);
    assert_non_null(strstr(text, "the same 1 times more\n"));
}

static void a_symbolic_link_is_not_followed(void **state) {
    (void)state;
    struct stat status;
    assert_int_equal(symlink(other, path), 0);
    log_open(path, LOG_INFO);
    log_write(LOG_INFO, "loop", "said to stderr");
    assert_int_not_equal(stat(other, &status), 0);
    assert_int_equal(log_open_file(path), -1);
    assert_string_equal(log_open_reason(), "it is a symbolic link");
}

static void a_source_that_raves_leaves_room_for_others(void **state) {
    (void)state;
    log_open(path, LOG_INFO);
    for (int i = 0; i < 1000; i++)
        log_write(LOG_WARNING, "device", "error %d", i);
    log_write(LOG_ERROR, "journal", "the disk is full");
    assert_non_null(strstr(written(), "warning device: error 299\n"));
    assert_null(strstr(text, "error 300\n"));
    assert_non_null(strstr(text, "error journal: the disk is full\n"));
    log_close();
    assert_non_null(strstr(written(), "warning log: 700 lines of device were left out\n"));
}

static void a_file_that_has_grown_is_turned_over(void **state) {
    (void)state;
    char name[128];
    log_open(path, LOG_INFO);
    for (int i = 1; i <= 7; i++) { /* of which four are kept */
        log_write(LOG_INFO, "loop", "file %d", i);
        assert_int_equal(truncate(path, 8 << 20), 0);
        log_open(path, LOG_INFO);
        log_write(LOG_INFO, "loop", "the last line of %d", i);
    }
    assert_int_equal(lines(), 0);
    for (int i = 1; i <= 5; i++) {
        snprintf(name, sizeof name, "%s.%d", path, i);
        assert_int_equal(unlink(name), i <= 4 ? 0 : -1);
    }
}

static void journald_hears_fields(void **state) {
    (void)state;
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    char heard[512];
    int listener = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    memcpy(at.sun_path, other, strlen(other) + 1);
    assert_int_equal(
        bind(listener, (const struct sockaddr *)(const void *)&at, (socklen_t)sizeof at), 0);
    log_open_journald(other);
    log_write(LOG_ERROR, "net", "gone\nPRIORITY=0");
    ssize_t length = recv(listener, heard, sizeof heard - 1, 0);
    assert_true(length > 0);
    heard[length] = '\0';
    assert_string_equal(heard, "MESSAGE=net: gone PRIORITY=0\nPRIORITY=3\n"
                               "SYSLOG_IDENTIFIER=hopkiosk\nHOPKIOSK_SOURCE=net\n");
    close(listener);
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, make_folder, leave_folder)

int main(void) {
    const struct CMUnitTest tests[] = {
        STORY(a_message_cannot_forge_a_line),
        STORY(who_hangs_up_thousands_of_times_fills_no_disk),
        STORY(a_symbolic_link_is_not_followed),
        STORY(a_source_that_raves_leaves_room_for_others),
        STORY(a_file_that_has_grown_is_turned_over),
        STORY(journald_hears_fields),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
