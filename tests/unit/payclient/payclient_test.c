/* links: app/base/ */
/* The library as window software has it: nothing but payclient.h and the shared object. The desk
 * here does whatever a test wants of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "app/payclient/payclient.h"

#define GREETING "hopkiosk desk 1\n"
#define CANARY 0xA5
#define CANARIES 4096

static struct {
    char path[96];
    int listener;
    pthread_t thread;
    atomic_bool silent;           /* it does not greet */
    atomic_bool leaves;           /* it goes away once it was asked */
    _Atomic(const char *) answer; /* its line; NULL: the question's param comes back */
    char heard[1 << 20];          /* the last question */
    atomic_int asked;             /* counted on its thread */
} desk;

static void read_question(int file) {
    size_t length = 0;
    while (length < sizeof desk.heard - 1) {
        ssize_t got = recv(file, desk.heard + length, sizeof desk.heard - 1 - length, 0);
        if (got <= 0)
            break;
        length += (size_t)got;
        if (desk.heard[length - 1] == '\n')
            break;
    }
    desk.heard[length] = '\0';
    desk.asked += length > 0;
}

static void say(int file, const char *text) {
    size_t length = strlen(text);
    while (length > 0) {
        ssize_t put = send(file, text, length, MSG_NOSIGNAL);
        if (put <= 0)
            return;
        text += put;
        length -= (size_t)put;
    }
}

static void echo(int file) {
    char *param = strstr(desk.heard, "\"param\":"), *end = strrchr(desk.heard, '}');
    if (param == NULL || end == NULL)
        return;
    *end = '\0';
    say(file, "{\"code\":\"000000\",\"out\":{\"respCode\":\"000000\",\"respMsg\":\"\",");
    say(file, param);
    say(file, "}}\n");
}

static void serve(int file) {
    if (!desk.silent)
        say(file, GREETING);
    read_question(file);
    if (!desk.leaves && !desk.silent) {
        say(file, "\n\n");
        if (desk.answer == NULL)
            echo(file);
        else
            say(file, desk.answer);
    }
    close(file);
}

static void *run_desk(void *context) {
    int file;
    (void)context;
    while ((file = accept(desk.listener, NULL, NULL)) >= 0)
        serve(file);
    return NULL;
}

static int open_desk(void **state) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    (void)state;
    snprintf(desk.path, sizeof desk.path, "/tmp/payclient_test.%d.sock", (int)getpid());
    snprintf(address.sun_path, sizeof address.sun_path, "%s", desk.path);
    unlink(desk.path);
    desk.listener = socket(AF_UNIX, SOCK_STREAM, 0);
    assert_int_equal(bind(desk.listener, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(desk.listener, 64), 0);
    desk.silent = desk.leaves = false;
    desk.answer = NULL;
    desk.asked = 0;
    setenv("PAYCLIENT_DESK", desk.path, 1);
    unsetenv("PAYCLIENT_ENCODING");
    assert_int_equal(pthread_create(&desk.thread, NULL, run_desk, NULL), 0);
    return 0;
}

static int close_desk(void **state) {
    (void)state;
    shutdown(desk.listener, SHUT_RDWR);
    pthread_join(desk.thread, NULL);
    close(desk.listener);
    unlink(desk.path);
    return 0;
}

/* Behind what may be written everything stays as it was. */
struct buffer {
    unsigned char bytes[PAYCLIENT_SIZE + CANARIES];
};

static char *fresh(struct buffer *buffer) {
    memset(buffer, CANARY, sizeof *buffer);
    return (char *)buffer->bytes;
}

static void assert_whole(const struct buffer *buffer, size_t size) {
    for (size_t i = size; i < sizeof buffer->bytes; i++)
        assert_int_equal(buffer->bytes[i], CANARY);
    assert_non_null(memchr(buffer->bytes, 0, size));
}

#define ACCOUNT                                                                                    \
    "\"operatorId\":\"001\",\"termNo\":\"W1\",\"operatorName\":\"张三\",\"cardType\":\"03\","    \
    "\"cardNo\":\"C10000001\",\"accountType\":\"01\""
#define RECHARGE                                                                                   \
    ACCOUNT ",\"hisCustId\":\"P1\",\"userName\":\"李四\",\"outChargeNo\":\"20161125000000001\""

static void ask(const char *in, const char *code, const char *mention) {
    struct buffer out;
    char text[PAYCLIENT_SIZE * 4];
    snprintf(text, sizeof text, "%s", in);
    const char *returned = payTrans(text, fresh(&out));
    if (strcmp(returned, code) != 0 || strstr((char *)out.bytes, mention) == NULL)
        print_error("%s\n%s %s\n", in, returned, (char *)out.bytes);
    assert_string_equal(returned, code);
    assert_non_null(strstr((char *)out.bytes, mention));
    assert_whole(&out, PAYCLIENT_SIZE);
}

static void ask_recharge(const char *rest, const char *code, const char *mention) {
    char in[PAYCLIENT_SIZE * 4];
    snprintf(in, sizeof in, "{\"transType\":\"hop.trade.recharge\",\"param\":{" RECHARGE "%s}}",
             rest);
    ask(in, code, mention);
}

static void test_input_is_checked_first(void **state) {
    (void)state;
    struct buffer out;
    assert_string_equal(payTrans(NULL, fresh(&out)), "000003");
    assert_whole(&out, PAYCLIENT_SIZE);
    ask("", "000003", "000003");
    ask(" \r\n", "000003", "");
    ask("{", "000004", "000004");
    ask("[]", "000004", "object");
    ask("\"x\"", "000004", "object");
    ask("{\"transType\":\"hop.trade.query\",\"param\":\"\xC5\xD0\"}", "000004", "");
    ask("{\"param\":{}}", "010001", "transType");
    ask("{\"transType\":\"hop.trade.steal\",\"param\":{}}", "010002", "transType");
    ask("{\"transType\":\"hop.trade.recharge\"}", "020001", "param");
    ask("{\"transType\":\"hop.trade.recharge\",\"param\":{}}", "020001", "operatorId");
    ask_recharge("", "020001", "amount");
    ask_recharge(",\"amount\":\"\"", "020001", "amount");
    ask_recharge(",\"amount\":\"0.00\"", "020003", "amount");
    ask_recharge(",\"amount\":\"1.001\"", "020003", "amount");
    ask_recharge(",\"amount\":\"-1.00\"", "020003", "amount");
    ask_recharge(",\"amount\":\"1.00\",\"depositType\":\"GOLD\"", "020000", "depositType");
    ask_recharge(",\"amount\":\"1.00\",\"feeType\":\"123456789012345678901234567890123\"", "020002",
                 "feeType");
    ask_recharge(",\"amount\":\"1.00\",\"PosNo\":\"11\"", "020000", "PosNo");
    ask_recharge(",\"amount\":\"1.00\",\"extra\":{\"birthday\":\"20200231\"}", "020011",
                 "birthday");
    ask_recharge(",\"amount\":\"1.00\",\"feeType\":\"123456789012345678901234567890123\"", "020002",
                 "feeType");
    ask_recharge(",\"amount\":\"1.00\",\"HZJDFlag\":\"1\"", "020001", "userSex");
    assert_int_equal(desk.asked, 0);
}

static void test_what_is_good_reaches_the_desk(void **state) {
    (void)state;
    ask("{\"transType\":\"hop. trade. recharge\",\"param\":{" RECHARGE ",\"amount\":\"100.00\","
        "\"extra\":\"\",\"transNO\":\"T9\",\"posTrans\":{\"a\":[1.50]}}}",
        "000000", "\"transNO\":\"T9\"");
    assert_non_null(strstr(desk.heard, "\"transType\":\"hop.trade.recharge\""));
    assert_int_equal(desk.asked, 1);
    /* A param as text, a number of its own text. */
    ask("{\"transType\":\"hop.account.info\",\"param\":\"{\\\"operatorId\\\":\\\"1\\\","
        "\\\"termNo\\\""
        ":\\\"1\\\",\\\"operatorName\\\":\\\"1\\\",\\\"cardType\\\":\\\"03\\\",\\\"cardNo\\\":\\\"1"
        "\\\",\\\"accountType\\\":\\\"01\\\",\\\"x\\\":1.50}\"}",
        "000000", "\"x\":1.50");
}

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void test_no_desk_is_said_within_a_second(void **state) {
    (void)state;
    double begun = seconds();
    setenv("PAYCLIENT_DESK", "/nowhere/desk.sock", 1);
    ask_recharge(",\"amount\":\"1.00\"", "-1002", "/nowhere/desk.sock");
    setenv("PAYCLIENT_DESK", desk.path, 1);
    desk.silent = true;
    ask_recharge(",\"amount\":\"1.00\"", "-1002", desk.path);
    assert_true(seconds() - begun < 1.5);
    assert_int_equal(desk.asked, 0);
}

/* Asked, and then the desk is gone: a payment may be under way. */
static void test_desk_that_goes_away(void **state) {
    (void)state;
    desk.leaves = true;
    ask_recharge(",\"amount\":\"1.00\"", "999999", "ask");
    ask("{\"transType\":\"hop.account.info\",\"param\":{" ACCOUNT "}}", "-1002", "");
    desk.leaves = false;
    desk.answer = "no JSON\n";
    ask_recharge(",\"amount\":\"1.00\"", "999999", "ask");
    ask("{\"transType\":\"hop.account.info\",\"param\":{" ACCOUNT "}}", "-3", "");
    desk.answer = "{\"code\":\"12345678901234567890\",\"out\":{}}\n";
    ask_recharge(",\"amount\":\"1.00\"", "999999", "ask");
}

static char *long_answer(const char *member, int length) {
    static char text[1 << 16];
    char filler[20001];
    memset(filler, 'x', sizeof filler);
    filler[length] = '\0';
    snprintf(text, sizeof text,
             "{\"code\":\"000000\",\"out\":{\"respCode\":\"000000\",\"respMsg\":\"done\",\"param\":"
             "{\"%s\":\"%s\",\"traceNo\":\"T1\",\"result\":\"succ\"},\"extra\":{\"y\":1}}}\n",
             member, filler);
    return text;
}

static void test_answers_about_money_always_fit(void **state) {
    (void)state;
    desk.answer = long_answer("resNote", 20000);
    ask_recharge(",\"amount\":\"1.00\"", "000000", "\"traceNo\":\"T1\"");
    struct buffer out;
    char whole[1 << 16];
    assert_string_equal(payTransLast(fresh(&out), 64), "-1001");
    assert_whole(&out, 64);
    assert_string_equal(payTransLast(whole, sizeof whole), "000000");
    assert_non_null(strstr(whole, "\"resNote\":\"xxx"));
}

static void test_other_answers_are_fetched(void **state) {
    (void)state;
    char query[] = "{\"transType\":\"hop.trade.query\",\"param\":{" ACCOUNT
                   ",\"tradeType\":\"hop.trade.recharge\",\"traceNo\":\"T1\"}}";
    struct buffer out;
    char whole[1 << 16];
    desk.answer = long_answer("resultDesc", 3000);
    ask(query, "-1001", "payTransLast");
    assert_string_equal(payTransLast(whole, sizeof whole), "000000");
    assert_non_null(strstr(whole, "\"result\":\"succ\""));
    assert_string_equal(payTransN(query, whole, sizeof whole), "000000");
    assert_string_equal(payTransN(query, fresh(&out), 100), "-1001");
    assert_whole(&out, 100);
    assert_string_equal(payTransN(query, fresh(&out), 1), "-1001");
    assert_whole(&out, 1);
    assert_string_equal(payTransN(query, NULL, 0), "000000");
    fresh(&out);
    (void)payTransN(query, (char *)out.bytes, -5);
    assert_int_equal(out.bytes[0], CANARY);
}

/* The picture goes first. */
static void test_picture_is_dropped(void **state) {
    (void)state;
    desk.answer = long_answer("authimg_base_64", 20000);
    ask("{\"transType\":\"hop.face.query\",\"param\":{\"operatorId\":\"1\",\"termNo\":\"1\","
        "\"operatorName\":\"1\",\"Business_type\":\"01\",\"CardListType\":\"0\",\"outTradeNo\":"
        "\"1\","
        "\"extra\":\"\"}}",
        "000000", "\"traceNo\":\"T1\"");
}

static void test_every_length_of_buffer(void **state) {
    (void)state;
    char query[] = "{\"transType\":\"hop.trade.query\",\"param\":{" ACCOUNT
                   ",\"tradeType\":\"hop.trade.recharge\",\"traceNo\":\"T1\"}}";
    struct buffer out;
    desk.answer = long_answer("resultDesc", 300);
    (void)payTrans(query, fresh(&out));
    for (int size = 1; size < PAYCLIENT_SIZE; size++) {
        const char *code = payTransLast(fresh(&out), size);
        assert_whole(&out, (size_t)size);
        assert_true(strcmp(code, "000000") == 0 || strcmp(code, "-1001") == 0);
    }
}

static void test_gb18030(void **state) {
    (void)state;
    struct buffer out;
    setenv("PAYCLIENT_ENCODING", "GB18030", 1);
    char in[] =
        "{\"transType\":\"hop.account.info\",\"param\":{\"operatorId\":\"1\",\"termNo\":\"1\","
        "\"operatorName\":\"\xD5\xC5\xC8\xFD\",\"cardType\":\"03\",\"cardNo\":\"1\","
        "\"accountType\":\"01\"}}";
    assert_string_equal(payTrans(in, fresh(&out)), "000000");
    assert_non_null(strstr((char *)out.bytes, "\"\xD5\xC5\xC8\xFD\""));
    assert_non_null(strstr(desk.heard, "张三"));
    char bad[] = "{\"transType\":\"hop.account.info\",\"param\":{\"operatorId\":\"\xFF\xFF\"}}";
    assert_string_equal(payTrans(bad, fresh(&out)), "000004");
    unsetenv("PAYCLIENT_ENCODING");
}

static void test_mobile(void **state) {
    (void)state;
    struct buffer out;
    char bad[] = "{\"data\":7}", good[] = "{\"data\":{\"serverAddr\":\"http://a/pushMsg\"}}";
    assert_string_equal(MobileTrans(NULL, fresh(&out)), "-2");
    assert_string_equal(MobileTrans(bad, fresh(&out)), "-2");
    assert_non_null(strstr((char *)out.bytes, "data"));
    assert_int_equal(desk.asked, 0);
    desk.answer = "{\"code\":\"000000\",\"out\":{\"code\":0,\"data\":{}}}\n";
    assert_string_equal(MobileTrans(good, fresh(&out)), "000000");
    assert_string_equal((char *)out.bytes, "{\"code\":0,\"data\":{}}");
    assert_non_null(strstr(desk.heard, "\"call\":\"MobileTrans\""));
    desk.leaves = true;
    assert_string_equal(MobileTrans(good, fresh(&out)), "000001");
    assert_whole(&out, PAYCLIENT_SIZE);
}

#define THREADS 32
#define CALLS 50
#define TRIES 100

/* One desk greets all of them, in turn: on a busy machine not within the library's patience. Then
 * nothing has left, and the caller calls again. */
static const char *call_until_greeted(char *in, struct buffer *out) {
    const char *code = payTrans(in, fresh(out));
    for (int i = 1; i < TRIES && strcmp(code, "-1002") == 0; i++)
        code = payTrans(in, fresh(out));
    return code;
}

static void *call_often(void *number) {
    char mine[64], in[1024];
    struct buffer out;
    snprintf(mine, sizeof mine, "\"operatorId\":\"%d\"", *(int *)number);
    snprintf(in, sizeof in,
             "{\"transType\":\"hop.account.info\",\"param\":{%s,\"termNo\":\"1\",\"operatorName\":"
             "\"1\",\"cardType\":\"03\",\"cardNo\":\"1\",\"accountType\":\"01\"}}",
             mine);
    for (int i = 0; i < CALLS; i++) {
        const char *code = call_until_greeted(in, &out);
        if (strcmp(code, "000000") != 0 || strstr((char *)out.bytes, mine) == NULL)
            return (void *)1;
    }
    return NULL;
}

static void test_threads_have_answers_of_their_own(void **state) {
    pthread_t threads[THREADS];
    int numbers[THREADS];
    (void)state;
    for (int i = 0; i < THREADS; i++) {
        numbers[i] = 1000 + i;
        assert_int_equal(pthread_create(&threads[i], NULL, call_often, &numbers[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        void *failed;
        pthread_join(threads[i], &failed);
        assert_null(failed);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_desk, close_desk)

int main(void) {
    const struct CMUnitTest tests[] = {TEST(test_input_is_checked_first),
                                       TEST(test_what_is_good_reaches_the_desk),
                                       TEST(test_no_desk_is_said_within_a_second),
                                       TEST(test_desk_that_goes_away),
                                       TEST(test_answers_about_money_always_fit),
                                       TEST(test_other_answers_are_fetched),
                                       TEST(test_picture_is_dropped),
                                       TEST(test_every_length_of_buffer),
                                       TEST(test_gb18030),
                                       TEST(test_mobile),
                                       TEST(test_threads_have_answers_of_their_own)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
