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

#define TYPE "hop.trade.recharge"

static struct core core;
static struct desk desk = {.core = &core};

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
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(the_callers_members_go_with_it, forgets),
        cmocka_unit_test_teardown(a_call_made_again_changes_no_pinpad, forgets),
        cmocka_unit_test_teardown(a_refund_called_again_changes_no_way_back, forgets),
        cmocka_unit_test_teardown(what_is_called_again_while_it_runs_changes_nothing, forgets),
        cmocka_unit_test_teardown(what_the_insurance_refuses_is_kept_in_its_words, forgets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
