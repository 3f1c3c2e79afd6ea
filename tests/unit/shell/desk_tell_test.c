/* links: app/shell/desk_tell.c app/core/desk/ app/core/order/ app/core/terms/ app/platform/onepay/codes.c app/wire/ app/base/ ui/ids.c */
/* What window software hears of each end of its payment or refund, in the document's codes; of what
 * is not decided, or not written, it hears nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "app/shell/desk_parts.h"

static struct order order;
static struct desk desk;
static const char *answered; /* NULL: not yet */
static char answered_why[256];
static bool gave_up;

/* ---- the service around it ---- */

const struct order *desk_order_in(const struct desk *of, int slot) {
    (void)of, (void)slot;
    return &order;
}

static cJSON *no_answer(void) {
    return NULL;
}

cJSON *desk_answer_paid(const struct desk_record *record, const char *type,
                        const struct order *paid) {
    (void)record, (void)type, (void)paid;
    return no_answer();
}

cJSON *desk_answer_placed(const struct desk_record *record, const char *type) {
    (void)record, (void)type;
    return no_answer();
}

cJSON *desk_answer_closed(const char *type, const char *caller_no, int64_t wall_ms) {
    (void)type, (void)caller_no, (void)wall_ms;
    return no_answer();
}

cJSON *desk_answer_cancelled(const struct desk_record *record, const char *type,
                             const struct refund *refund, const char *med_sn) {
    (void)record, (void)type, (void)refund, (void)med_sn;
    return no_answer();
}

bool desk_is_cancel(const struct desk_call *call) {
    (void)call;
    return false;
}

const char *desk_refund_no(const struct desk_call *call) {
    (void)call;
    return "R1";
}

cJSON *desk_answer_refunded(const struct desk_record *record, const char *type,
                            const struct order *paid, const struct refund *refund) {
    (void)record, (void)type, (void)paid, (void)refund;
    return no_answer();
}

void desk_reply(struct desk *of, struct desk_call *call, const char *code, cJSON *answer) {
    (void)of, (void)call, (void)answer;
    answered = code;
}

void desk_reply_code(struct desk *of, struct desk_call *call, const char *code,
                     const char *detail) {
    (void)of, (void)call;
    answered = code;
    snprintf(answered_why, sizeof answered_why, "%s", detail);
}

void desk_give_up(struct desk *of, struct desk_call *call) {
    (void)of;
    call->gives_up = gave_up = true;
}

/* ---- payments ---- */

static const struct ending {
    enum leg_state leg;
    const char *code; /* the platform's last */
    enum claim_state claim;
    const char *pay, *close; /* NULL: nothing yet */
} endings[] = {
    {LEG_PLACING, "", CLAIM_WAITING, NULL, NULL},
    {LEG_PLACE_UNKNOWN, "999999", CLAIM_WAITING, NULL, NULL},
    {LEG_CLOSING, "035001", CLAIM_WAITING, NULL, NULL},
    {LEG_PAID_AFTER_CLOSE, "succ", CLAIM_VOID, NULL, NULL},
    {LEG_PAID, "succ", CLAIM_CREDITING, NULL, NULL},
    {LEG_PAID, "succ", CLAIM_REVERSING, NULL, NULL},
    {LEG_PAID, "succ", CLAIM_DONE, "000000", "033001"},
    {LEG_PAID, "succ", CLAIM_REFUNDED, "000000", "033001"},
    {LEG_PAID, "succ", CLAIM_REVERSED, "033002", "000000"},
    {LEG_PAID, "succ", CLAIM_CASE, "999999", "999999"},
    {LEG_CASE, "999999", CLAIM_WAITING, "999999", "999999"},
    {LEG_RETURNED, "succ", CLAIM_VOID, "033002", "000000"},
    {LEG_DECLINED, "031003", CLAIM_VOID, "031003", "000000"},
    {LEG_DECLINED, "fail", CLAIM_VOID, "033002", "000000"},
    {LEG_DECLINED, "999999", CLAIM_VOID, "033002", "000000"}, /* it was decided after that */
    {LEG_DECLINED, "000000", CLAIM_VOID, "033002", "000000"},
    {LEG_CLOSED, "033003", CLAIM_VOID, "033002", "000000"}, /* nobody waits for a password */
    {LEG_CLOSED, "035001", CLAIM_VOID, "033002", "000000"},
    {LEG_CLOSED, "000004", CLAIM_VOID, "033002", "000000"}, /* of the first close */
};

static void told_is(enum call_wish wish, const char *code, const char *what) {
    static const struct wire_operation row = {.name = "hop.trade.recharge"};
    struct desk_call call = {.used = true, .row = &row, .wish = wish};
    answered = NULL;
    desk_tell_call(&desk, &call, 0);
    if ((answered == NULL) != (code == NULL) || (code != NULL && strcmp(answered, code) != 0))
        fail_msg("%s: told %s, not %s", what, answered == NULL ? "nothing" : answered,
                 code == NULL ? "nothing" : code);
}

static void fill_order(enum leg_state leg, const char *code, enum claim_state claim) {
    memset(&order, 0, sizeof order);
    order.leg_count = order.claim_count = 1;
    order.legs[0].state = leg;
    order.legs[0].channel = CHANNEL_PHONE;
    order.claims[0].state = claim;
    snprintf(order.legs[0].code, sizeof order.legs[0].code, "%s", code);
}

static void test_each_end_has_its_code(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        const struct ending *ending = &endings[i];
        char what[64];
        snprintf(what, sizeof what, "ending %zu (%s)", i, ending->code);
        fill_order(ending->leg, ending->code, ending->claim);
        told_is(CALL_WISH_PAY, ending->pay, what);
        told_is(CALL_WISH_CLOSE, ending->close, what);
        order.run.durable_wait = 7; /* a kill could still undo it */
        told_is(CALL_WISH_PAY, NULL, what);
        told_is(CALL_WISH_CLOSE, NULL, what);
    }
}

/* The number is another order's, which may be paid. */
static void test_taken_number_is_not_closed(void **state) {
    (void)state;
    fill_order(LEG_NEW, "", CLAIM_WAITING);
    order.run.conflict = true;
    told_is(CALL_WISH_PAY, "030001", "taken");
    told_is(CALL_WISH_CLOSE, "999999", "taken");
}

static void test_placed_without_a_code(void **state) {
    (void)state;
    fill_order(LEG_WAITING, "000000", CLAIM_WAITING);
    told_is(CALL_WISH_PAY, NULL, "a phone's code may want a password");
    order.legs[0].channel = CHANNEL_ALIPAY;
    told_is(CALL_WISH_PAY, "040038", "the code was lost with the program");
    desk.records[0].said = cJSON_Parse("{\"qrcode\":\"0\"}");
    told_is(CALL_WISH_PAY, NULL, "it is closed first");
    assert_true(gave_up);
    cJSON_Delete(desk.records[0].said);
    desk.records[0].said = cJSON_Parse("{\"qrcode\":\"https://pay\"}");
    told_is(CALL_WISH_PAY, "000000", "a code to pay with");
    cJSON_Delete(desk.records[0].said);
    desk.records[0].said = NULL;
}

/* ---- refunds ---- */

static void test_refund(void **state) {
    static const struct {
        enum refund_state state;
        const char *code, *told;
    } rows[] = {{REFUND_NEW, "", NULL},
                {REFUND_SENDING, "", NULL},
                {REFUND_UNKNOWN, "999999", NULL},
                {REFUND_DONE, "000000", "000000"},
                {REFUND_CASE, "040023", "999999"},
                {REFUND_REFUSED, "034003", "034003"},
                {REFUND_REFUSED, "040018", "040018"},
                {REFUND_REFUSED, "999999", "034009"},
                {REFUND_REFUSED, "closed", "034009"},
                {REFUND_REFUSED, "", "034009"}};
    static const struct wire_operation row = {.name = "hop.trade.refund"};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct desk_call call = {.used = true, .row = &row, .wish = CALL_WISH_REFUND};
        fill_order(LEG_PAID, "succ", CLAIM_DONE);
        order.refund_count = 1;
        order.refunds[0].state = rows[i].state;
        strcpy(order.refunds[0].caller_no, "R1");
        strcpy(order.refunds[0].code, rows[i].code);
        call.param = cJSON_Parse("{\"outRefundNo\":\"R1\"}");
        answered = NULL;
        desk_tell_call(&desk, &call, 0);
        assert_true((answered == NULL) == (rows[i].told == NULL));
        if (rows[i].told != NULL)
            assert_string_equal(answered, rows[i].told);
        cJSON_Delete(call.param);
    }
}

/* The booking was taken back, or perhaps, and the bank says no: where the money is a person finds
 * out. */
static void test_refund_refused_in_a_case(void **state) {
    (void)state;
    fill_order(LEG_PAID, "succ", CLAIM_CASE);
    order.refund_count = 2;
    for (int i = 0; i < 2; i++)
        order.refunds[i].state = REFUND_REFUSED;
    strcpy(order.refunds[1].caller_no, "R1");
    told_is(CALL_WISH_REFUND, "999999", "of this one the case is");
    strcpy(order.refunds[0].caller_no, "R1");
    strcpy(order.refunds[1].caller_no, "R2");
    told_is(CALL_WISH_REFUND, "034009", "the one before it stays refused");
}

/* What the insurance keeps is told with its reason, as far as that is known. */
static void test_the_insurance_says_why_it_keeps_it(void **state) {
    static const struct wire_operation row = {.name = "hop.trade.pay.cancel"};
    struct desk_call call = {.used = true, .row = &row, .wish = CALL_WISH_REFUND};
    (void)state;
    fill_order(LEG_PAID, "6", CLAIM_DONE);
    order.legs[0].channel = CHANNEL_INSURANCE;
    order.refund_count = 1;
    order.refunds[0].state = REFUND_REFUSED;
    strcpy(order.refunds[0].caller_no, "R1");
    strcpy(order.refunds[0].code, "0");
    strcpy(desk.records[0].insurance_words, "已清算");
    desk_tell_call(&desk, &call, 0);
    assert_string_equal(answered, "034009");
    assert_string_equal(answered_why, "已清算");
    desk.records[0].insurance_words[0] = '\0';
    desk_tell_call(&desk, &call, 0);
    assert_string_equal(answered, "034009");
    assert_string_equal(answered_why, "");
}

/* -1002 says that nothing has left: never of what may have. */
static void test_refusals(void **state) {
    static const struct {
        enum call_refusal refusal;
        const char *pay, *refund;
    } rows[] = {{CALL_OTHER, "030001", "030001"},    {CALL_ABSENT, "030002", "040008"},
                {CALL_FULL, "-1002", "-1002"},       {CALL_NO_ROOM, "999999", "999999"},
                {CALL_NO_JOURNAL, "-1002", "-1002"}, {CALL_BUSY, "040038", "040038"},
                {CALL_NOTHING_LEFT, NULL, "034001"}, {CALL_NOT_PAID, NULL, "040007"},
                {CALL_OTHER_TRACE, NULL, "040008"},  {CALL_WHOLE, NULL, "034008"},
                {CALL_REFUSED, NULL, "034009"},      {CALL_IN_CASE, NULL, "999999"}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct desk_call call = {.used = true, .wish = CALL_WISH_REFUND};
        desk_tell_refusal(&desk, &call, 0, rows[i].refusal);
        assert_string_equal(answered, rows[i].refund);
        call.wish = CALL_WISH_PAY;
        desk_tell_refusal(&desk, &call, 0, rows[i].refusal);
        if (rows[i].pay != NULL)
            assert_string_equal(answered, rows[i].pay);
    }
}

static void test_a_case_is_told_with_its_number(void **state) {
    struct desk_call call = {.used = true, .wish = CALL_WISH_REFUND};
    (void)state;
    fill_order(LEG_PAID, "succ", CLAIM_CASE);
    strcpy(order.no, "26112011247K00010042");
    desk_tell_refusal(&desk, &call, 0, CALL_IN_CASE);
    assert_string_equal(answered, "999999");
    assert_string_equal(answered_why, "a person decides about it: case C00010042");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_each_end_has_its_code),
                                       cmocka_unit_test(test_taken_number_is_not_closed),
                                       cmocka_unit_test(test_placed_without_a_code),
                                       cmocka_unit_test(test_refund),
                                       cmocka_unit_test(test_refund_refused_in_a_case),
                                       cmocka_unit_test(test_the_insurance_says_why_it_keeps_it),
                                       cmocka_unit_test(test_refusals),
                                       cmocka_unit_test(test_a_case_is_told_with_its_number)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
