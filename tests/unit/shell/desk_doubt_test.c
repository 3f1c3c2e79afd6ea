/* links: app/shell/desk_doubt.c app/shell/desk_answer.c app/shell/inbox.c app/platform/onepay/codes.c app/core/desk/ app/core/order/ app/core/terms/ app/wire/ app/base/ ui/ids.c */
/* What is told of a number that somebody asks about: of a card or insurance by our own book alone,
 * of the rest what the platform says, unless that lets the caller charge again too early. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "app/shell/desk_parts.h"
#include "app/wire/json.h"

static struct desk desk;
static struct desk_call asking;
static struct order in_book, in_journal; /* "": it is not there */
static enum journal_result reading;
static char told[16];

/* ---- the service and the journal around it ---- */

const struct order *desk_order_in(const struct desk *of, int slot) {
    static const struct order none;
    (void)of;
    return slot == 0 ? &in_book : &none;
}

struct desk_call *desk_find_call(struct desk *of, uint32_t number) {
    (void)of, (void)number;
    return &asking;
}

void desk_reply(struct desk *of, struct desk_call *call, const char *code, cJSON *answer) {
    bool found = strcmp(code, "000000") == 0;
    (void)of, (void)call;
    if (wire_member(answer, "respCode") != NULL)
        assert_string_equal(wire_text(answer, "respCode"), code);
    strcpy(told, found ? wire_text(wire_member(answer, "param"), "result") : code);
    cJSON_Delete(answer);
}

static enum journal_result read_order(bool there, struct order *out) {
    if (reading != JOURNAL_OK || !there)
        return reading != JOURNAL_OK ? reading : JOURNAL_NOT_FOUND;
    *out = in_journal;
    return JOURNAL_OK;
}

enum journal_result journal_load_called(struct journal *journal, const char *caller_no,
                                        struct order *out) {
    (void)journal;
    return read_order(strcmp(in_journal.caller_no, caller_no) == 0, out);
}

enum journal_result journal_load(struct journal *journal, const char *no, struct order *out) {
    (void)journal;
    return read_order(strcmp(in_journal.no, no) == 0, out);
}

enum journal_result journal_refund_owner(struct journal *journal, const char *caller_no,
                                         char order_no[ORDER_NO_SIZE]) {
    (void)journal;
    if (desk_refund(&in_journal, caller_no) != NULL)
        strcpy(order_no, in_journal.no);
    return reading;
}

enum journal_result journal_trace_owner(struct journal *journal, const char *trace_no, bool refund,
                                        char order_no[ORDER_NO_SIZE]) {
    const char *no = refund ? in_journal.refunds[0].out_no : desk_trace_no(&in_journal);
    (void)journal;
    order_no[0] = '\0';
    if (strcmp(trace_no, no) == 0)
        strcpy(order_no, in_journal.no);
    return reading;
}

void journal_pump_read(struct journal_pump *pump,
                       void (*read)(void *context, struct journal *journal), void *context) {
    (void)pump;
    read(context, NULL);
}

/* ---- somebody asks ---- */

static void wake_nobody(void *context) {
    (void)context;
}

static int begins(void **state) {
    (void)state;
    memset(&in_book, 0, sizeof in_book);
    memset(&in_journal, 0, sizeof in_journal);
    reading = JOURNAL_OK;
    desk.pump = (struct journal_pump *)(void *)&desk; /* there is one */
    desk.inbox = inbox_create(wake_nobody, NULL);
    return 0;
}

static int ends(void **state) {
    (void)state;
    inbox_destroy(desk.inbox);
    return 0;
}

/* An order N1 that was paid so, with a refund R1. */
static void fill_paid(struct order *order, enum channel channel, enum claim_state claim,
                      enum refund_state refund) {
    *order = (struct order){.caller_no = "N1",
                            .no = "26112011247K00010001",
                            .run.used = true,
                            .leg_count = 1,
                            .claim_count = 1,
                            .refund_count = 1};
    order->legs[0].state = LEG_PAID;
    order->legs[0].channel = channel;
    order->legs[0].route = channel == CHANNEL_CARD        ? ROUTE_POS
                           : channel == CHANNEL_INSURANCE ? ROUTE_MMPC
                                                          : ROUTE_ONEPAY;
    order->claims[0].state = claim;
    order->claims[0].creditor = CREDITOR_PLATFORM;
    order->refunds[0].state = refund;
    strcpy(order->refunds[0].caller_no, "R1");
}

/* What whoever asks is told where the platform answers so: the result, or the code. */
static const char *told_instead(cJSON *answer, const char *code) {
    struct delivery delivery;
    strcpy(told, "");
    if (!desk_doubts(&desk, &asking, code, answer))
        desk_reply(&desk, &asking, code, answer);
    while (inbox_deliver(desk.inbox, &delivery))
        ;
    cJSON_Delete(asking.param);
    return told;
}

static void asks_about(const char *no) {
    static const struct wire_operation query = {.name = "hop.trade.query", .kind = ONEPAY_QUERY};
    const char *type = no[0] == 'R' ? "hop.trade.refund" : "hop.trade.recharge";
    asking = (struct desk_call){.used = true, .row = &query, .param = cJSON_CreateObject()};
    cJSON_AddStringToObject(asking.param, "outTradeNo", no);
    cJSON_AddStringToObject(asking.param, "tradeType", type);
}

static const char *told_of(const char *no, const char *result) {
    cJSON *answer = cJSON_CreateObject(), *param = cJSON_AddObjectToObject(answer, "param");
    asks_about(no);
    cJSON_AddStringToObject(param, "result", result);
    return told_instead(answer, "000000");
}

static const char *told_of_code(const char *no, const char *code) {
    cJSON *answer = cJSON_CreateObject();
    asks_about(no);
    cJSON_AddStringToObject(answer, "respCode", code);
    return told_instead(answer, code);
}

/* "traceNo>outChargeNo": where both are given it counts. */
static const char *told_of_trace(const char *trace, const char *no, const char *type,
                                 const char *result) {
    static const struct wire_operation query = {.name = "hop.trade.query", .kind = ONEPAY_QUERY};
    cJSON *answer = cJSON_CreateObject(), *param = cJSON_AddObjectToObject(answer, "param");
    asking = (struct desk_call){.used = true, .row = &query, .param = cJSON_CreateObject()};
    cJSON_AddStringToObject(asking.param, "traceNo", trace);
    cJSON_AddStringToObject(asking.param, "outTradeNo", no);
    cJSON_AddStringToObject(asking.param, "tradeType", type);
    cJSON_AddStringToObject(param, "result", result);
    return told_instead(answer, "000000");
}

static void of_a_card_asked_about_by_traceno_our_own_word_is_told_too(void **state) {
    struct order *const where[] = {&in_book, &in_journal};
    (void)state;
    for (int i = 0; i < 2; i++) {
        memset(&in_book, 0, sizeof in_book);
        fill_paid(where[i], CHANNEL_CARD, CLAIM_CASE, REFUND_REFUSED); /* booked back, and the
                                                                         bank has refused */
        strcpy(where[i]->claims[0].call_sn, "T1");
        strcpy(where[i]->refunds[0].out_no, "B1");
        assert_string_equal(told_of_trace("T1", "", "hop.trade.recharge", "closed"), "exp");
        assert_string_equal(told_of_trace("T1", "N9", "hop.trade.recharge", "closed"), "exp");
        assert_string_equal(told_of_trace("T9", "N1", "hop.trade.recharge", "closed"), "closed");
        assert_string_equal(told_of_trace("B1", "", "hop.trade.refund", "fail"), "exp");
        assert_string_equal(told_of_trace("B1", "R9", "hop.trade.refund", "succ"), "exp");
        assert_string_equal(told_of_trace("B9", "R1", "hop.trade.refund", "succ"), "succ");
        where[i]->claims[0].call_sn[0] = '\0'; /* its booking is not answered yet */
        assert_string_equal(told_of_trace("T1", "N1", "hop.trade.recharge", "closed"), "exp");
    }
}

/* "There is no such payment", "it is not paid": what lets a caller charge again is no result alone.
 * What says nothing of the payment is passed on. */
static void a_code_that_lets_the_caller_charge_again_is_doubted_too(void **state) {
    static const struct {
        const char *code, *of_crediting, *of_done, *of_case; /* NULL: the code */
    } rows[] = {{"030002", "ing", "ing", "exp"}, {"030003", "ing", "ing", "exp"},
                {"034006", "ing", "ing", "exp"}, {"040008", "ing", "ing", "exp"},
                {"033002", "ing", "exp", "exp"}, {"040007", "ing", "exp", "exp"},
                {"035001", "ing", "exp", "exp"}, {"032002", "ing", "exp", "exp"},
                {"033001", NULL, NULL, NULL},    {"999999", NULL, NULL, NULL},
                {"040038", NULL, NULL, NULL},    {"-28", NULL, NULL, NULL}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *code = rows[i].code;
        fill_paid(&in_book, CHANNEL_ALIPAY, CLAIM_CREDITING, REFUND_NEW);
        assert_string_equal(told_of_code("N1", code),
                            rows[i].of_crediting == NULL ? code : rows[i].of_crediting);
        fill_paid(&in_book, CHANNEL_ALIPAY, CLAIM_DONE, REFUND_NEW);
        assert_string_equal(told_of_code("N1", code),
                            rows[i].of_done == NULL ? code : rows[i].of_done);
        fill_paid(&in_book, CHANNEL_ALIPAY, CLAIM_CASE, REFUND_NEW);
        assert_string_equal(told_of_code("N1", code),
                            rows[i].of_case == NULL ? code : rows[i].of_case);
        fill_paid(&in_book, CHANNEL_ALIPAY, CLAIM_VOID, REFUND_NEW); /* it may be charged again */
        assert_string_equal(told_of_code("N1", code), strcmp(code, "033001") == 0 ? "exp" : code);
        assert_string_equal(told_of_code("N9", code), code);
    }
    fill_paid(&in_book, CHANNEL_INSURANCE, CLAIM_DONE, REFUND_NEW);
    assert_string_equal(told_of_code("N1", "030002"), "succ");
}

static const char *const said_words[] = {"succ", "ing", "notfound", "fail", "closed", "exp"};
#define SAID_COUNT (sizeof said_words / sizeof said_words[0])

static void of_a_card_our_own_word_is_told(void **state) {
    static const struct {
        enum claim_state claim;
        enum refund_state refund;
        const char *payment_word, *refund_word;
    } rows[] = {
        {CLAIM_CREDITING, REFUND_NEW, "ing", "ing"},
        {CLAIM_DONE, REFUND_DONE, "succ", "succ"},
        {CLAIM_REFUNDED, REFUND_DONE, "succ", "succ"},
        {CLAIM_UNCREDITING, REFUND_SENDING, "succ",
         "ing"}, /* booked back, and not yet at the card */
        {CLAIM_UNCREDITING, REFUND_UNKNOWN, "succ", "ing"},
        {CLAIM_DONE, REFUND_REFUSED, "succ", "fail"},
        {CLAIM_CASE, REFUND_REFUSED, "exp", "exp"}, /* booked back, and the bank has refused */
        {CLAIM_CASE, REFUND_CASE, "exp", "exp"},
        {CLAIM_REVERSING, REFUND_NEW, "ing", "ing"},
        {CLAIM_REVERSED, REFUND_NEW, "fail", "ing"},
    };
    static const enum channel channels[] = {CHANNEL_CARD, CHANNEL_INSURANCE};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        for (size_t k = 0; k < 2 * SAID_COUNT * 2; k++) {
            struct order *where = k % 2 == 0 ? &in_book : &in_journal;
            const char *said = said_words[k / 4];
            memset(&in_book, 0, sizeof in_book);
            memset(&in_journal, 0, sizeof in_journal);
            fill_paid(where, channels[k / 2 % 2], rows[i].claim, rows[i].refund);
            assert_string_equal(told_of("N1", said), rows[i].payment_word);
            assert_string_equal(told_of("R1", said), rows[i].refund_word);
        }
}

/* What the platform took itself it knows better, but for a number that may not have reached it. */
static void of_a_wallet_the_platform_is_passed_on(void **state) {
    static const struct {
        enum claim_state claim;
        const char *said, *told;
    } rows[] = {{CLAIM_DONE, "succ", "succ"},        {CLAIM_CREDITING, "succ", "succ"},
                {CLAIM_CASE, "succ", "succ"},        {CLAIM_DONE, "ing", "ing"},
                {CLAIM_DONE, "notfound", "ing"},     {CLAIM_DONE, "fail", "exp"},
                {CLAIM_DONE, "closed", "exp"},       {CLAIM_CREDITING, "notfound", "ing"},
                {CLAIM_CREDITING, "fail", "ing"},    {CLAIM_CASE, "fail", "exp"},
                {CLAIM_REVERSED, "fail", "fail"},    {CLAIM_VOID, "notfound", "notfound"},
                {CLAIM_REVERSED, "closed", "closed"}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        fill_paid(&in_journal, CHANNEL_ALIPAY, rows[i].claim, REFUND_NEW);
        assert_string_equal(told_of("N1", rows[i].said), rows[i].told);
    }
}

static void of_what_is_not_ours_the_platform_is_passed_on(void **state) {
    (void)state;
    for (size_t i = 0; i < SAID_COUNT; i++) {
        assert_string_equal(told_of("N9", said_words[i]), said_words[i]);
        assert_string_equal(told_of("R9", said_words[i]), said_words[i]);
    }
}

/* What a kill could still undo is not told (desk_tell_call waits for it too). */
static void what_is_not_durable_yet_is_under_way(void **state) {
    (void)state;
    fill_paid(&in_journal, CHANNEL_CARD, CLAIM_REVERSING, REFUND_NEW);
    fill_paid(&in_book, CHANNEL_CARD, CLAIM_REVERSED, REFUND_NEW);
    in_book.run.durable_wait = 7;
    assert_string_equal(told_of("N1", "ing"), "ing");
}

/* Late money that this desk has sent back is not paid, also if the platform calls the payment so.
 * What is on its way back is not paid either, and what is closed contradicts that it is. */
static void what_went_back_is_not_told_as_paid(void **state) {
    static const struct {
        enum leg_state leg;
        const char *word;
    } rows[] = {{LEG_RETURNED, "closed"},
                {LEG_PAID_AFTER_CLOSE, "ing"},
                {LEG_CLOSED, "exp"},
                {LEG_DECLINED, "exp"}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        fill_paid(&in_journal, CHANNEL_ALIPAY, CLAIM_REVERSED, REFUND_NEW);
        in_journal.legs[0].state = rows[i].leg;
        assert_string_equal(told_of("N1", "succ"), rows[i].word);
    }
}

/* The book is what is open: it knows more than what was read. */
static void the_book_knows_more_than_the_journal(void **state) {
    (void)state;
    fill_paid(&in_journal, CHANNEL_CARD, CLAIM_CREDITING, REFUND_NEW);
    fill_paid(&in_book, CHANNEL_CARD, CLAIM_DONE, REFUND_NEW);
    assert_string_equal(told_of("N1", "ing"), "succ");
}

static void what_cannot_be_read_is_not_decided(void **state) {
    (void)state;
    reading = JOURNAL_IO;
    for (size_t i = 0; i < SAID_COUNT; i++)
        assert_string_equal(told_of("N1", said_words[i]), "exp");
}

/* The kiosk runs on where its journal cannot be opened: what it knew of the number it knows no
 * more.
 */
static void without_a_journal_nothing_is_decided(void **state) {
    (void)state;
    desk.pump = NULL;
    assert_string_equal(told_of("N1", "notfound"), "exp");
    assert_string_equal(told_of("N1", "fail"), "exp");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(of_a_card_our_own_word_is_told, begins, ends),
        cmocka_unit_test_setup_teardown(of_a_wallet_the_platform_is_passed_on, begins, ends),
        cmocka_unit_test_setup_teardown(of_what_is_not_ours_the_platform_is_passed_on, begins,
                                        ends),
        cmocka_unit_test_setup_teardown(what_is_not_durable_yet_is_under_way, begins, ends),
        cmocka_unit_test_setup_teardown(what_went_back_is_not_told_as_paid, begins, ends),
        cmocka_unit_test_setup_teardown(the_book_knows_more_than_the_journal, begins, ends),
        cmocka_unit_test_setup_teardown(of_a_card_asked_about_by_traceno_our_own_word_is_told_too,
                                        begins, ends),
        cmocka_unit_test_setup_teardown(a_code_that_lets_the_caller_charge_again_is_doubted_too,
                                        begins, ends),
        cmocka_unit_test_setup_teardown(without_a_journal_nothing_is_decided, begins, ends),
        cmocka_unit_test_setup_teardown(what_cannot_be_read_is_not_decided, begins, ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
