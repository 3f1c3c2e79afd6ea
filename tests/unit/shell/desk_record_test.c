/* links: app/shell/desk_record.c app/core/desk/ app/core/order/ app/core/terms/ app/wire/ app/base/ ui/ids.c */
/* What is sent for an order of a caller: the caller's own members, and over them what the order law
 * says and how it was paid. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/shell/desk_parts.h"
#include "app/wire/json.h"
#include "tests/support/may_be_none.h"

#define TYPE "hop.trade.recharge"

static struct core core;
static struct desk desk = {.core = &core};

struct desk_call *desk_find_call(struct desk *of, uint32_t number) {
    return of->calls[0].used && of->calls[0].number == number ? &of->calls[0] : NULL;
}

const char *desk_refund_no(const struct desk_call *call) {
    bool cancel = strcmp(call->row->name, "hop.trade.pay.cancel") == 0;
    return wire_text(call->param, cancel ? "outCancelNo" : "outRefundNo");
}

static cJSON *parsed(const char *text) {
    const char *ignored;
    return wire_parse(text, strlen(text), &ignored);
}

/* As the first call, or the first after a restart. */
static void is_called(const char *param) {
    static const struct wire_operation row = {.name = TYPE};
    struct desk_call call = {.row = &row, .wish = CALL_WISH_PAY, .param = parsed(param)};
    strcpy(core.book.orders[0].no, "26112011247K00010000");
    desk_keep_members(&desk, &call, 0);
    cJSON_Delete(call.param);
}

static void is_sent(const char *members, const char *expected) {
    cJSON *whole = parsed(members);
    desk_complete(&desk, 0, TYPE, &whole);
    char *text = wire_print(whole, false);
    assert_string_equal(text, expected);
    free(text);
    cJSON_Delete(whole);
}

static int forgets(void **state) {
    (void)state;
    desk_forget_records(&desk);
    return 0;
}

static void the_callers_members_go_with_it(void **state) {
    (void)state;
    is_called("{\"amount\":\"9\",\"notes\":\"n\",\"outChargeNo\":\"other\"}");
    is_sent("{\"amount\":\"3.00\",\"outChargeNo\":\"N1\"}",
            "{\"notes\":\"n\",\"amount\":\"3.00\",\"outChargeNo\":\"N1\"}");
}

/* The card was sold at the second pinpad; after a restart the same call names the first. */
static void a_call_made_again_changes_no_pinpad(void **state) {
    (void)state;
    is_called("{\"depositType\":\"CASH\",\"PosNo\":\"1\",\"notes\":\"n\"}");
    is_sent("{\"amount\":\"3.00\",\"depositType\":\"POS\",\"PosNo\":\"2\"}",
            "{\"notes\":\"n\",\"amount\":\"3.00\",\"depositType\":\"POS\",\"PosNo\":\"2\"}");
}

/* How a refund goes back was written down with it: a call made again may say otherwise. */
static void a_refund_called_again_changes_no_way_back(void **state) {
    (void)state;
    is_called("{\"withdrawMode\":\"1\",\"refundType\":\"direct\",\"notes\":\"n\"}");
    is_sent("{\"withdrawMode\":\"0\",\"refundType\":\"hisDecide\"}",
            "{\"notes\":\"n\",\"withdrawMode\":\"0\",\"refundType\":\"hisDecide\"}");
    is_sent("{\"withdrawMode\":\"1\"}", "{\"notes\":\"n\",\"withdrawMode\":\"1\"}");
}

static void what_is_called_again_while_it_runs_changes_nothing(void **state) {
    (void)state;
    is_called("{\"notes\":\"first\"}");
    is_called("{\"notes\":\"second\"}");
    is_sent("{\"amount\":\"3.00\"}", "{\"notes\":\"first\",\"amount\":\"3.00\"}");
}

static void expect_said_again(const char *operation, const char *members) {
    char *said = NULL, *of = NULL;
    desk_say_again(&desk, 0, &said, &of);
    expect_text_or_none(said, operation);
    expect_text_or_none(of, operation == NULL ? NULL : members);
}

static void calls_with(const char *type, enum call_wish wish, const char *param) {
    static struct wire_operation row;
    struct desk_call call = {.row = &row, .wish = wish, .param = parsed(param)};
    row.name = type;
    strcpy(core.book.orders[0].no, "26112011247K00010000");
    desk_keep_members(&desk, &call, 0);
    cJSON_Delete(call.param);
}

/* A card is booked when it is paid, perhaps by the next program; what goes back is sent until it is
 * answered. A wallet's payment is placed once, and asked about. */
static void what_may_be_sent_again_is_said_for_the_journal(void **state) {
    static const char *const types[] = {"hop.trade.recharge", "hop.trade.recpay",
                                        "hop.trade.refund", "hop.trade.pay.cancel"};
    struct leg *leg = &core.book.orders[0].legs[0];
    (void)state;
    strcpy(core.book.orders[0].caller_no, "N1");
    core.book.orders[0].leg_count = 1;
    for (int i = 0; i < 8; i++) {
        bool pays = i % 4 < 2, card = i < 4;
        leg->route = card ? ROUTE_POS : ROUTE_ONEPAY;
        calls_with(types[i % 4], pays ? CALL_WISH_PAY : CALL_WISH_REFUND, "{\"notes\":\"n\"}");
        expect_said_again(pays && !card ? NULL : types[i % 4], "{\"notes\":\"n\"}");
        desk_forget_records(&desk);
    }
    expect_said_again(NULL, NULL);
    core.book.orders[0] = (struct order){.no = ""};
}

/* No code to pay with, and no card. */
static void what_pays_is_not_said_for_the_journal(void **state) {
    (void)state;
    calls_with("hop.trade.refund", CALL_WISH_REFUND,
               "{\"extra\":{\"authCode\":\"134567890123456700\",\"medCancelSn\":\"M1\","
               "\"posTrans\":{\"BankCardNo\":\"6222021234567890123\"}}}");
    expect_said_again("hop.trade.refund", "{\"extra\":{\"medCancelSn\":\"M1\"}}");
    is_sent("{\"amount\":\"3.00\"}", "{\"amount\":\"3.00\"}"); /* of a payment: the order's own */
}

/* Set aside, or of the program before this one. */
static void who_is_fetched_is_sent_as_its_caller_said(void **state) {
    static const struct effects none;
    struct order *order = &core.book.orders[0];
    (void)state;
    strcpy(order->no, "26112011247K00010000");
    desk_fetched(&desk, order->no, TYPE, "{\"amount\":\"9\",\"notes\":\"n\"}");
    order->run.used = true;
    desk_before(&desk, &none);
    is_sent("{\"amount\":\"3.00\"}", "{\"notes\":\"n\",\"amount\":\"3.00\"}");
    calls_with(TYPE, CALL_WISH_PAY, "{\"notes\":\"second\"}");
    is_sent("{\"amount\":\"3.00\"}", "{\"notes\":\"n\",\"amount\":\"3.00\"}");
}

/* The core had no room for it, or nobody can read what was said. */
static void what_was_fetched_in_vain_is_forgotten(void **state) {
    static const struct {
        const char *order_no, *operation, *members;
    } rows[] = {{"26112011247K00019999", TYPE, "{\"notes\":\"n\"}"},
                {"26112011247K00010000", "hop.trade.query", "{\"notes\":\"n\"}"},
                {"26112011247K00010000", TYPE, "{\"notes\""}};
    static const struct effects none;
    struct order *order = &core.book.orders[0];
    (void)state;
    strcpy(order->no, "26112011247K00010000");
    order->run.used = true;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        desk_fetched(&desk, rows[i].order_no, rows[i].operation, rows[i].members);
        desk_before(&desk, &none);
        is_sent("{\"amount\":\"3.00\"}", "{\"amount\":\"3.00\"}");
        assert_string_equal(desk.fetched.order_no, "");
        assert_null(desk.fetched.param);
        desk_forget_records(&desk);
    }
}

/* Before the order's first write leaves, so that it has them. */
static void a_call_that_is_taken_is_kept_before_the_effects(void **state) {
    static const struct wire_operation row = {.name = TYPE};
    static struct effects effects;
    struct desk_call *call = &desk.calls[0];
    (void)state;
    strcpy(core.book.orders[0].no, "26112011247K00010000");
    for (int i = 0; i < 3; i++) {
        *call = (struct desk_call){.used = true,
                                   .number = 7,
                                   .row = &row,
                                   .wish = CALL_WISH_PAY,
                                   .param = parsed("{\"notes\":\"n\"}")};
        effects.count = 1;
        effects.items[0] = (struct effect){.kind = EFFECT_CALL, .number = i == 0 ? 7 : 0};
        effects.items[0].of.call.refusal = CALL_TAKEN;
        if (i == 2) {
            effects.items[0].number = 7;
            effects.items[0].of.call.refusal = CALL_OTHER;
        }
        desk_before(&desk, &effects);
        is_sent("{\"amount\":\"3.00\"}",
                i == 0 ? "{\"notes\":\"n\",\"amount\":\"3.00\"}" : "{\"amount\":\"3.00\"}");
        cJSON_Delete(call->param);
        desk_forget_records(&desk);
    }
    *call = (struct desk_call){.used = false};
}

/* Why the insurance refused, sealed or not: until it takes the same. */
static void what_the_insurance_refuses_is_kept_in_its_words(void **state) {
    static const struct {
        const char *sent, *said, *words;
    } rows[] = {
        {"{\"appRefdSn\":\"R1\"}", "{\"code\":0,\"message\":\"已\\n清算\"}", "已 清算"},
        {"{\"data\":{\"appRefdSn\":\"R1\"}}", "{\"code\":\"105\",\"message\":\"清算\"}", "清算"},
        {"{\"appRefdSn\":\"R2\"}", "{\"code\":0,\"message\":\"another's\"}", "清算"},
        {"{\"payOrdId\":\"R1\"}", "{\"code\":0,\"message\":\"no refund\"}", "清算"},
        {"{\"appRefdSn\":\"R1\"}", "{\"code\":1,\"message\":\"成功\"}", ""}};
    struct order *order = &core.book.orders[0];
    (void)state;
    order->run.used = true;
    order->refund_count = 1;
    strcpy(order->refunds[0].caller_no, "R1");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        cJSON *sent = parsed(rows[i].sent), *said = parsed(rows[i].said);
        desk_answered(&desk, "refund", sent, said);
        assert_string_equal(desk.records[0].insurance_words, rows[i].words);
        cJSON_Delete(sent);
        cJSON_Delete(said);
    }
    *order = (struct order){.no = ""};
}

/* It says only that nothing is known: asked about and not found, the same is sent again, under its
 * number and with the caller's own members, without which hop.trade.pay.cancel cannot leave. */
static void what_may_be_sent_again_keeps_its_callers_words(void **state) {
    struct order *order = &core.book.orders[0];
    cJSON *sent = parsed("{\"transType\":\"hop.trade.pay.cancel\",\"param\":{"
                         "\"outTradeNo\":\"N1\",\"outCancelNo\":\"R1\"}}");
    cJSON *said = parsed("{\"respCode\":\"040040\",\"respMsg\":\"\",\"param\":{}}");
    (void)state;
    calls_with("hop.trade.pay.cancel", CALL_WISH_REFUND,
               "{\"extra\":{\"phyExamNo\":\"E1\",\"purchaseNo\":\"P1\"}}");
    order->run.used = true;
    strcpy(order->caller_no, "N1");
    desk_answered(&desk, "hop.trade.pay.cancel", sent, said);
    cJSON *again = parsed("{\"outCancelNo\":\"R1\",\"extra\":{}}");
    desk_complete(&desk, 0, "hop.trade.pay.cancel", &again);
    char *text = wire_print(again, false);
    assert_string_equal(text, "{\"extra\":{\"phyExamNo\":\"E1\",\"purchaseNo\":\"P1\"},"
                              "\"outCancelNo\":\"R1\"}");
    free(text);
    cJSON_Delete(again);
    cJSON_Delete(sent);
    cJSON_Delete(said);
    *order = (struct order){.no = ""};
}

/* A reversal is under way. Its caller asks once more what became of the refund before it, or of the
 * payment: sent again, the reversal is what it was, and is written so. */
static void what_is_under_way_keeps_its_words_whatever_else_is_called(void **state) {
    static const struct {
        const char *type, *param;
        enum call_wish wish;
    } rows[] = {{"hop.trade.pay.cancel",
                 "{\"outCancelNo\":\"R1\",\"extra\":{\"medCancelSn\":\"M1\"}}", CALL_WISH_REFUND},
                {"hop.trade.refund", "{\"outRefundNo\":\"R1\",\"notes\":\"n\"}", CALL_WISH_REFUND},
                {"hop.trade.recpay", "{\"notes\":\"n\"}", CALL_WISH_PAY}};
    struct order *order = &core.book.orders[0];
    (void)state;
    order->run.used = true;
    strcpy(order->caller_no, "N1");
    order->refund_count = 2;
    order->refunds[0].state = REFUND_REFUSED;
    strcpy(order->refunds[0].caller_no, "R1");
    order->refunds[1].state = REFUND_UNKNOWN;
    strcpy(order->refunds[1].caller_no, "R2");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        calls_with("hop.trade.pay.cancel", CALL_WISH_REFUND,
                   "{\"outCancelNo\":\"R2\",\"extra\":{\"medCancelSn\":\"M2\"}}");
        calls_with(rows[i].type, rows[i].wish, rows[i].param);
        cJSON *again = parsed("{\"outCancelNo\":\"R2\"}");
        desk_complete(&desk, 0, "hop.trade.pay.cancel", &again);
        char *text = wire_print(again, false);
        assert_string_equal(text, "{\"extra\":{\"medCancelSn\":\"M2\"},\"outCancelNo\":\"R2\"}");
        free(text);
        cJSON_Delete(again);
        desk_forget_records(&desk);
    }
    *order = (struct order){.no = ""};
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(the_callers_members_go_with_it, forgets),
        cmocka_unit_test_teardown(a_call_made_again_changes_no_pinpad, forgets),
        cmocka_unit_test_teardown(a_refund_called_again_changes_no_way_back, forgets),
        cmocka_unit_test_teardown(what_is_called_again_while_it_runs_changes_nothing, forgets),
        cmocka_unit_test_teardown(what_may_be_sent_again_is_said_for_the_journal, forgets),
        cmocka_unit_test_teardown(what_pays_is_not_said_for_the_journal, forgets),
        cmocka_unit_test_teardown(who_is_fetched_is_sent_as_its_caller_said, forgets),
        cmocka_unit_test_teardown(what_was_fetched_in_vain_is_forgotten, forgets),
        cmocka_unit_test_teardown(a_call_that_is_taken_is_kept_before_the_effects, forgets),
        cmocka_unit_test_teardown(what_the_insurance_refuses_is_kept_in_its_words, forgets),
        cmocka_unit_test_teardown(what_may_be_sent_again_keeps_its_callers_words, forgets),
        cmocka_unit_test_teardown(what_is_under_way_keeps_its_words_whatever_else_is_called,
                                  forgets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
