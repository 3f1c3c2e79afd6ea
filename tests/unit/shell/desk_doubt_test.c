/* links: app/shell/desk_doubt.c app/shell/inbox.c app/core/desk/ app/core/order/ app/core/terms/ app/wire/ app/base/ ui/ids.c */
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
    (void)of, (void)call;
    assert_string_equal(code, "000000");
    strcpy(told, wire_text(wire_member(answer, "param"), "result"));
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

/* The platform's word, and what whoever asked is told. */
static const char *told_of(const char *no, const char *result) {
    static const struct wire_operation query = {.name = "hop.trade.query", .kind = ONEPAY_QUERY};
    struct delivery delivery;
    const char *type = no[0] == 'R' ? "hop.trade.refund" : "hop.trade.recharge";
    cJSON *answer = cJSON_CreateObject(), *param = cJSON_AddObjectToObject(answer, "param");
    asking = (struct desk_call){.used = true, .row = &query, .param = cJSON_CreateObject()};
    cJSON_AddStringToObject(asking.param, "outTradeNo", no);
    cJSON_AddStringToObject(asking.param, "tradeType", type);
    cJSON_AddStringToObject(param, "result", result);
    strcpy(told, "");
    if (!desk_doubts(&desk, &asking, "000000", answer))
        desk_reply(&desk, &asking, "000000", answer);
    while (inbox_deliver(desk.inbox, &delivery))
        ;
    cJSON_Delete(asking.param);
    return told;
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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(of_a_card_our_own_word_is_told, begins, ends),
        cmocka_unit_test_setup_teardown(of_a_wallet_the_platform_is_passed_on, begins, ends),
        cmocka_unit_test_setup_teardown(of_what_is_not_ours_the_platform_is_passed_on, begins,
                                        ends),
        cmocka_unit_test_setup_teardown(the_book_knows_more_than_the_journal, begins, ends),
        cmocka_unit_test_setup_teardown(what_cannot_be_read_is_not_decided, begins, ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
