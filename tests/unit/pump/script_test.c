/* links: app/pump/script_parse.c app/pump/script.c app/pump/net.c app/base/ app/shell/script_names.c ui/ids.c */
/* The language of scripted visits, and the thread that reads it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "app/base/queue.h"
#include "app/shell/script_names.h"

static struct script_line parsed(const char *text) {
    struct script_line line = {.number = 3};
    assert_true(script_parse(text, &script_names, &line));
    assert_int_equal(line.number, 3);
    return line;
}

static void every_command_is_understood(void **state) {
    (void)state;
    struct script_line line = parsed("  wait pay_qr 20\r\n");
    assert_int_equal(line.command, SCRIPT_WAIT);
    assert_int_equal(line.screen, SCREEN_PAY_QR);
    assert_int_equal(line.seconds, 20);
    assert_int_equal(parsed("wait welcome").seconds, 10);
    line = parsed("tap bill.3");
    assert_int_equal(line.command, SCRIPT_TAP);
    assert_int_equal(line.touch.kind, TOUCH_BILL);
    assert_int_equal(line.touch.n, 3);
    line = parsed("tap 540,1200");
    assert_int_equal(line.command, SCRIPT_TAP_AT);
    assert_int_equal(line.x, 540);
    assert_int_equal(line.y, 1200);
    assert_int_equal(parsed("key enter").key, '\n');
    assert_int_equal(parsed("key 7").key, '7');
    assert_int_equal(parsed("key next").key, '\t');
    assert_int_equal(parsed("key down").key, 0x1f);
    assert_string_equal(parsed("type C10000001").text, "C10000001");
    assert_string_equal(parsed("expect 张*丰  已支付").text, "张*丰  已支付");
    line = parsed("device scanner scan C10000001");
    assert_int_equal(line.command, SCRIPT_DEVICE);
    assert_string_equal(line.text, "scanner scan C10000001");
    assert_int_equal(parsed("phone late").command, SCRIPT_PHONE);
    assert_int_equal(parsed("shot result").command, SCRIPT_SHOT);
    assert_string_equal(parsed("hear title.bills").text, "title.bills");
    assert_int_equal(parsed("hear title.bills").command, SCRIPT_HEAR);
    assert_int_equal(parsed("quit").command, SCRIPT_QUIT);
}

static void wrong_lines_say_why(void **state) {
    (void)state;
    static const char *const wrong[] = {
        "wait nowhere", "wait welcome x", "wait welcome 0", "tap",   "tap nothing.1",
        "key two",      "phone steal",    "expect",         "dance", "quit everything"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct script_line line = parsed(wrong[i]);
        assert_int_equal(line.command, SCRIPT_WRONG);
        assert_true(strlen(line.text) > 0);
    }
}

static void empty_lines_and_comments_are_nothing(void **state) {
    (void)state;
    struct script_line line = {0};
    assert_false(script_parse("", &script_names, &line));
    assert_false(script_parse("   \t", &script_names, &line));
    assert_false(script_parse("# tap pay", &script_names, &line));
}

static void no_wake(void *context) {
    (void)context;
}

static void take(void *context, struct script_line *line) {
    assert_true(queue_push_droppable(context, &line));
}

static struct script_line *taken(struct queue *queue) {
    struct script_line *line;
    while (!queue_pop(queue, &line))
        usleep(1000); /* the runner of all tests ends what never comes */
    return line;
}

static char *file_with(const char *text) {
    static char path[] = "/tmp/script-XXXXXX";
    strcpy(path + sizeof path - 7, "XXXXXX");
    int file = mkstemp(path);
    assert_int_equal(write(file, text, strlen(text)), (ssize_t)strlen(text));
    close(file);
    return path;
}

static void lines_come_one_by_one_and_the_end_is_a_quit(void **state) {
    (void)state;
    char *path = file_with("# a visit\nwait welcome\n\ntap next");
    struct queue *queue = queue_create(sizeof(struct script_line *), 4, no_wake, NULL);
    struct script_options options = {
        .path = path, .sandbox_url = "", .usb_socket = "", .names = &script_names};
    struct script *script = script_start(&options, take, queue);
    assert_non_null(script);
    struct script_line *line = taken(queue);
    assert_int_equal(line->number, 2);
    assert_int_equal(line->command, SCRIPT_WAIT);
    script_done(script);
    line = taken(queue);
    assert_int_equal(line->number, 4);
    assert_int_equal(line->command, SCRIPT_TAP);
    script_done(script);
    assert_int_equal(taken(queue)->command, SCRIPT_QUIT);
    script_stop(script);
    queue_destroy(queue);
    unlink(path);
}

/* Devices that say "not now" so many times. */
struct reluctant {
    int listener, refusals;
};

static void *refuse(void *context) {
    const struct reluctant *reluctant = context;
    char line[64];
    for (int i = 0; i <= reluctant->refusals; i++) {
        int file = accept(reluctant->listener, NULL, NULL);
        assert_true(recv(file, line, sizeof line, 0) > 0);
        const char *answer = i < reluctant->refusals ? "error: not now\n" : "ok\n";
        assert_int_equal(send(file, answer, strlen(answer), 0), (ssize_t)strlen(answer));
        close(file);
    }
    return NULL;
}

static void what_a_device_refuses_is_tried_again(void **state) {
    (void)state;
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    struct reluctant reluctant = {socket(AF_UNIX, SOCK_STREAM, 0), 3};
    char folder[] = "/tmp/script-XXXXXX", *path = file_with("device pinpad sold 1\nquit\n");
    pthread_t thread;
    assert_non_null(mkdtemp(folder));
    snprintf(address.sun_path, sizeof address.sun_path, "%s/socket", folder);
    assert_int_equal(bind(reluctant.listener, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(reluctant.listener, 8), 0);
    assert_int_equal(pthread_create(&thread, NULL, refuse, &reluctant), 0);
    struct queue *queue = queue_create(sizeof(struct script_line *), 4, no_wake, NULL);
    struct script_options options = {
        .path = path, .sandbox_url = "", .usb_socket = address.sun_path, .names = &script_names};
    struct script *script = script_start(&options, take, queue);
    struct script_line *line = taken(queue);
    assert_int_equal(line->number, 2);
    assert_int_equal(line->command, SCRIPT_QUIT);
    script_done(script);
    pthread_join(thread, NULL);
    script_stop(script);
    queue_destroy(queue);
    close(reluctant.listener);
    unlink(address.sun_path);
    rmdir(folder);
    unlink(path);
}

static void a_bench_that_is_not_there_fails_the_line(void **state) {
    (void)state;
    char *path = file_with("device scanner scan C1\nphone pay\n");
    struct queue *queue = queue_create(sizeof(struct script_line *), 4, no_wake, NULL);
    struct script_options options = {
        .path = path, .sandbox_url = "", .usb_socket = "/none", .names = &script_names};
    struct script *script = script_start(&options, take, queue);
    for (int number = 1; number <= 2; number++) {
        struct script_line *line = taken(queue);
        assert_int_equal(line->number, number);
        assert_int_equal(line->command, SCRIPT_WRONG);
        script_done(script);
    }
    script_stop(script);
    queue_destroy(queue);
    unlink(path);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_command_is_understood),
        cmocka_unit_test(wrong_lines_say_why),
        cmocka_unit_test(empty_lines_and_comments_are_nothing),
        cmocka_unit_test(lines_come_one_by_one_and_the_end_is_a_quit),
        cmocka_unit_test(what_a_device_refuses_is_tried_again),
        cmocka_unit_test(a_bench_that_is_not_there_fails_the_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
