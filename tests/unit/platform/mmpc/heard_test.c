/* What the answers of the insurance centre mean for the money. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/wire/masked.h"
#include "tests/support/mmpc_fixture.h"

static void each_state_of_an_order_has_its_meaning(void **state) {
    (void)state;
    static const struct {
        enum outcome outcome;
        enum trade_state trade;
    } wanted[] = {{OUTCOME_PENDING, TRADE_WAIT},
                  {OUTCOME_PENDING, TRADE_WAIT},
                  {OUTCOME_PENDING, TRADE_SETTLING},
                  {OUTCOME_PENDING, TRADE_SETTLING},
                  {OUTCOME_PENDING, TRADE_SETTLING},
                  {OUTCOME_PENDING, TRADE_SETTLING},
                  {OUTCOME_ACCEPTED, TRADE_PAID},
                  {OUTCOME_UNKNOWN, TRADE_RETURNED},
                  {OUTCOME_UNKNOWN, TRADE_INSURANCE_RETURNED},
                  {OUTCOME_UNKNOWN, TRADE_OWN_RETURNED},
                  {OUTCOME_UNKNOWN, TRADE_HALF_RETURNED},
                  {OUTCOME_UNKNOWN, TRADE_HALF_RETURNED},
                  {OUTCOME_UNKNOWN, TRADE_REVOKED},
                  {OUTCOME_UNKNOWN, TRADE_HALF_RETURNED},
                  {OUTCOME_UNKNOWN, TRADE_ABNORMAL},
                  {OUTCOME_DECLINED, TRADE_FAILED},
                  {OUTCOME_UNKNOWN, TRADE_OWN_STRANDED},
                  {OUTCOME_PENDING, TRADE_SETTLING},
                  {OUTCOME_UNKNOWN, TRADE_OTHER}};
    asks_order();
    for (int i = 0; i < (int)(sizeof wanted / sizeof wanted[0]); i++) {
        char data[64];
        snprintf(data, sizeof data, "{\"medOrgOrd\":\"P1\",\"ordStas\":\"%d\"}", i);
        hears("query", i == 6 ? DONE : data);
        means(wanted[i].outcome, wanted[i].trade);
    }
    hears("query", DONE);
    assert_true(reading.answer.has_amount);
    assert_int_equal(reading.answer.split.own.fen, 1759);
    assert_string_equal(reading.answer.no, "ORD1");
    assert_string_equal(reading.code, "6");
    assert_int_equal(reading.answer.time_ms, INT64_C(1681788882000));
}

/* Only of what is settled; a word that is none says nothing. */
static void a_settled_order_says_who_was_paid(void **state) {
    static const struct {
        const char *members;
        enum settled_part part;
    } said[] = {
        {",\"setlType\":\"ALL\"}", SETTLED_ALL},  {",\"setlType\":\"HI\"}", SETTLED_INSURANCE},
        {",\"setlType\":\"CASH\"}", SETTLED_OWN}, {",\"setlType\":\"hi\"}", SETTLED_UNSAID},
        {",\"setlType\":1}", SETTLED_UNSAID},     {"}", SETTLED_UNSAID}};
    (void)state;
    asks_order();
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++) {
        char data[400];
        snprintf(data, sizeof data, "%.*s%s", (int)strlen(DONE) - 1, DONE, said[i].members);
        hears("query", data);
        means(OUTCOME_ACCEPTED, TRADE_PAID);
        assert_int_equal(reading.answer.settled, said[i].part);
    }
    hears("query", "{\"medOrgOrd\":\"P1\",\"ordStas\":\"4\",\"setlType\":\"HI\"}");
    means(OUTCOME_PENDING, TRADE_SETTLING);
    assert_int_equal(reading.answer.settled, SETTLED_UNSAID);
}

static void a_settled_order_needs_amounts_that_add_up(void **state) {
    (void)state;
    asks_order();
    hears("query", NAMED("\"6\"", "17.60"));
    means(OUTCOME_UNKNOWN, TRADE_CONTRADICTS);
    assert_true(reading.answer.has_amount); /* what it said is the evidence */
    assert_int_equal(reading.answer.split.own.fen, 1760);
    assert_string_equal(reading.answer.code, "6");
    assert_string_equal(reading.message, "settled, and its amounts do not add up");
    assert_true(reading.own_words);
    hears("query", ORDER("\"6\"", "\"much\""));
    means(OUTCOME_UNKNOWN, TRADE_CONTRADICTS);
    assert_false(reading.answer.has_amount);
    hears("query", ORDER("\"6\"", "\"17.59\"")); /* numbers may be text, text numbers */
    means(OUTCOME_ACCEPTED, TRADE_PAID);
    hears("query", ORDER("6", "17.59"));
    means(OUTCOME_ACCEPTED, TRADE_PAID);
    hears("query", "{\"medOrgOrd\":\"P1\",\"ordStas\":\"6\",\"feeSumamt\":39.09}");
    means(OUTCOME_UNKNOWN, TRADE_CONTRADICTS);
    assert_false(reading.answer.has_amount);
    hears("query", ORDER("\"1\"", "17.59"));
    means(OUTCOME_PENDING, TRADE_WAIT);
    assert_int_equal(reading.answer.amount.fen, 3909); /* all of it, whoever pays */
    assert_int_equal(reading.answer.split.fund.fen, 2150);
    assert_int_equal(reading.answer.split.own.fen, 1759);
    hears("query", NAMED("\"1\"", "17.60"));
    means(OUTCOME_PENDING, TRADE_WAIT);
    assert_false(reading.answer.has_amount); /* is not shown */
    hears("query", "{\"medOrgOrd\":\"P1\",\"ordStas\":\"6\",\"feeSumamt\":20,\"outOfMIFee\":5.5,"
                   "\"fundPay\":10,\"psnAcctPay\":12.34,\"ownpayAmt\":2.16,"
                   "\"prePaidDeduction\":\"1.00\"}");
    means(OUTCOME_ACCEPTED, TRADE_PAID);
    hears("query", "{\"medOrgOrd\":\"P1\",\"ordStas\":\"6\",\"feeSumamt\":99999999.99,"
                   "\"outOfMIFee\":99999999.99,\"fundPay\":99999999.99,"
                   "\"psnAcctPay\":99999999.99,\"ownPayAmt\":0}");
    means(OUTCOME_UNKNOWN, TRADE_CONTRADICTS); /* no bill is so much */
    assert_false(reading.answer.has_amount);
}

/* The table of 1.3 has neither outOfMIFee nor prePaidDeduction: what the bill costs is the bill's
 * to say. At least the sum of who pays it, and what the catalogue has of it. */
static void what_is_outside_the_catalogue_comes_from_the_bill(void **state) {
    static const struct {
        const char *fee, *own, *more;
        int64_t fen;
        bool least;
    } rows[] = {{"40.12", "40.62", "", 6062, true}, /* 2.1: 40.12 inside, 20.50 outside */
                {"39.09", "17.60", "", 3909, true},
                {"60.62", "17.59", "", 6062, true},
                {"40.12", "40.62", ",\"outOfMIFee\":20.50", 6062, false},
                {"40.12", "40.62", ",\"prePaidDeduction\":0", 6062, false},
                {"40.12", "39.62", ",\"prePaidDeduction\":\"1.00\"", 6062, false}};
    (void)state;
    asks_order();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char data[400];
        bool small = strcmp(rows[i].fee, "39.09") == 0;
        snprintf(data, sizeof data,
                 "{\"medOrgOrd\":\"P1\",\"ordStas\":\"6\",\"feeSumamt\":%s,\"fundPay\":%s,"
                 "\"psnAcctPay\":0,\"ownPayAmt\":%s%s}",
                 rows[i].fee, small ? "21.49" : "20.00", rows[i].own, rows[i].more);
        hears("query", data);
        means(OUTCOME_ACCEPTED, TRADE_PAID);
        assert_true(reading.answer.has_amount);
        assert_int_equal(reading.answer.amount.fen, rows[i].fen);
        assert_int_equal(reading.answer.at_least, rows[i].least);
    }
    hears("query", "{\"medOrgOrd\":\"P1\",\"ordStas\":\"6\",\"feeSumamt\":40.12,\"fundPay\":20,"
                   "\"psnAcctPay\":0,\"ownPayAmt\":20.00,\"prePaidDeduction\":0}");
    means(OUTCOME_UNKNOWN, TRADE_CONTRADICTS); /* less than the catalogue has of it */
}

static void another_order_or_none_says_nothing(void **state) {
    (void)state;
    static const char *const bodies[] = {
        "",
        "{",
        "[]",
        "{}",
        "{\"code\":1}",
        "{\"code\":1,\"data\":{}}",
        "{\"code\":1,\"data\":[]}",
        "{\"code\":1,\"data\":{\"medOrgOrd\":\"P1\"}}",
        "{\"code\":1,\"data\":{\"ordStas\":\"15\"}}",
        "{\"code\":1,\"data\":{\"medOrgOrd\":\"P2\",\"ordStas\":\"15\"}}",
        "{\"data\":{\"medOrgOrd\":\"P1\",\"ordStas\":\"15\"}}",
        "{\"code\":\"\",\"data\":{\"medOrgOrd\":\"P1\",\"ordStas\":\"15\"}}",
    };
    asks_order();
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        hears_body("query", bodies[i]);
        if (reading.outcome != OUTCOME_MALFORMED)
            fail_msg("%s", bodies[i]);
    }
    hears_body("query", "{\"code\":0,\"message\":\"busy\"}");
    means(OUTCOME_UNKNOWN, TRADE_NONE);
    hears_body("query",
               "{\"code\":1,\"data\":{\"code\":0,\"medOrgOrd\":\"P1\",\"ordStas\":\"6\"}}");
    means(OUTCOME_UNKNOWN, TRADE_NONE);
}

/* By which number it is asked, what it hears, and whether that is about the order. */
static void an_order_is_answered_about_by_the_number_asked(void **state) {
    static const struct {
        const char *asked, *data;
        bool ours;
    } rows[] = {
        {"medOrgOrd", "{\"medOrgOrd\":\"X1\",\"ordStas\":\"15\"}", true},
        {"medOrgOrd", "{\"medOrgOrd\":\"X1\",\"payOrdId\":\"ORD9\",\"ordStas\":\"15\"}", true},
        {"medOrgOrd", "{\"payOrdId\":\"ORD9\",\"ordStas\":\"15\"}", false},
        {"medOrgOrd", "{\"medOrgOrd\":\"\",\"payOrdId\":\"ORD9\",\"ordStas\":\"15\"}", false},
        {"medOrgOrd", "{\"medOrgOrd\":\"X2\",\"payOrdId\":\"ORD9\",\"ordStas\":\"15\"}", false},
        {"payOrdId", "{\"payOrdId\":\"X1\",\"ordStas\":\"15\"}", true},
        {"payOrdId", "{\"medOrgOrd\":\"P1\",\"payOrdId\":\"X1\",\"ordStas\":\"15\"}", true},
        /* 1.3 lists medOrgOrd alone; of kioskctl's question no bill is known to compare it with. */
        {"payOrdId", "{\"medOrgOrd\":\"P1\",\"ordStas\":\"15\"}", true},
        {"payOrdId", "{\"medOrgOrd\":\"P1\",\"payOrdId\":\"X2\",\"ordStas\":\"15\"}", false},
    };
    (void)state;
    plainly();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char asked[64];
        snprintf(asked, sizeof asked, "{\"%s\":\"X1\"}", rows[i].asked);
        sends("query", asked);
        hears("query", rows[i].data);
        if ((reading.outcome == OUTCOME_DECLINED) != rows[i].ours)
            fail_msg("by %s: %s", rows[i].asked, rows[i].data);
        if (!rows[i].ours) {
            means(OUTCOME_MALFORMED, TRADE_NONE);
            assert_string_equal(reading.answer.in_no, "");
        }
    }
    sends("upload", "{\"medOrgOrd\":\"P1\",\"ecToken\":\"E\"}");
    hears("upload", "{\"medOrgOrd\":\"P2\",\"payOrdId\":\"ORD2\",\"payToken\":\"T\"}");
    means(OUTCOME_MALFORMED, TRADE_NONE);
    assert_null(reading.document);
    sends("revoke", "{\"payOrdId\":\"ORD1\"}");
    hears("revoke", "{\"payOrdId\":\"ORD2\",\"success\":true}");
    means(OUTCOME_MALFORMED, TRADE_NONE);
}

/* The bill that a question by payOrdId is about was not sent. */
static void an_order_asked_by_its_own_number_is_of_the_bill_expected(void **state) {
    static const struct {
        const char *data;
        bool ours;
    } rows[] = {
        {"{\"medOrgOrd\":\"P1\",\"ordStas\":\"15\"}", true},
        {"{\"payOrdId\":\"X1\",\"ordStas\":\"15\"}", true},
        {"{\"medOrgOrd\":\"P2\",\"ordStas\":\"15\"}", false},
        {"{\"medOrgOrd\":\"P2\",\"payOrdId\":\"X1\",\"ordStas\":\"15\"}", false},
    };
    (void)state;
    plainly();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        sends("query", "{\"payOrdId\":\"X1\",\"" WIRE_EXPECTED "\":{\"medOrgOrd\":\"P1\"}}");
        hears("query", rows[i].data);
        means(rows[i].ours ? OUTCOME_DECLINED : OUTCOME_MALFORMED,
              rows[i].ours ? TRADE_FAILED : TRADE_NONE);
    }
}

static void an_answer_may_be_wrapped_three_times(void **state) {
    (void)state;
    asks_order();
    hears_body("query", "{\"code\":\"1\",\"body\":{\"output\":{\"data\":" DONE "}}}");
    means(OUTCOME_ACCEPTED, TRADE_PAID);
    hears_body("query", "{\"code\":\"1\",\"data\":\"{\\\"medOrgOrd\\\":\\\"P1\\\",\\\"ordStas\\\":"
                        "\\\"15\\\"}\"}");
    means(OUTCOME_DECLINED, TRADE_FAILED);
    hears_body("query", "{\"code\":1,\"data\":{\"data\":{\"data\":{\"data\":" DONE "}}}}");
    means(OUTCOME_MALFORMED, TRADE_NONE);
    mmpc.dialect = MMPC_NATIONAL;
    hears_body("query", "{\"infcode\":0,\"output\":" DONE "}");
    means(OUTCOME_ACCEPTED, TRADE_PAID);
    hears_body("query", "{\"infcode\":\"-1\",\"err_msg\":\"x\",\"output\":" DONE "}");
    means(OUTCOME_UNKNOWN, TRADE_NONE);
}

static void a_refund_is_taken_and_asked_about(void **state) {
    (void)state;
    plainly();
    sends("refund", "{\"medOrgOrd\":\"P1\",\"appRefdSn\":\"R1\",\"refChannel\":\"online\","
                    "\"refdType\":\"ALL\"}");
    hears("refund", "{\"medOrgOrd\":\"P1\",\"feeSumamt\":48.68,\"ownpayRefAmt\":-7.61}");
    means(OUTCOME_PENDING, TRADE_WAIT);
    hears("refund", "{\"medOrgOrd\":\"P1\"}");
    means(OUTCOME_MALFORMED, TRADE_NONE);
    hears("refund", "{\"medOrgOrd\":\"P2\",\"feeSumamt\":48.68}");
    means(OUTCOME_MALFORMED, TRADE_NONE);
    hears("refund", "{\"payOrdId\":\"ORD2\",\"feeSumamt\":48.68}");
    means(OUTCOME_MALFORMED, TRADE_NONE);
    hears("refund", "{\"payOrdId\":\"ORD2\",\"refStatus\":\"SUCC\"}");
    means(OUTCOME_MALFORMED, TRADE_NONE);
    hears("refund", "{\"feeSumamt\":48.68}");
    means(OUTCOME_MALFORMED, TRADE_NONE);
    hears_body("refund", "{\"code\":0,\"message\":\"no\"}");
    means(OUTCOME_UNKNOWN, TRADE_NONE);
    hears("refund", "{\"refStatus\":\"SUCC\"}");
    means(OUTCOME_ACCEPTED, TRADE_RETURNED);
    hears("refund", "{\"refStatus\":\"FAIL\"}");
    means(OUTCOME_DECLINED, TRADE_RETURN_FAILED);
    hears("refund", "{\"refStatus\":\"EXP\"}");
    means(OUTCOME_UNKNOWN, TRADE_OTHER);
}

static void links_and_flags_are_read(void **state) {
    (void)state;
    plainly();
    sends("upload", "{\"medOrgOrd\":\"P1\",\"ecToken\":\"E\"}");
    hears("upload", "{\"payOrdId\":\"ORD1\",\"payToken\":\"T\",\"cashierUrl\":\"https://x/?a=1\"}");
    means(OUTCOME_ACCEPTED, TRADE_NONE);
    assert_int_equal(reading.document->kind, DOCUMENT_PAY_LINK);
    hears("upload",
          "{\"payOrdId\":\"ORD1\",\"payToken\":\"T\"}"); /* then the link of 1.2 is shown */
    means(OUTCOME_ACCEPTED, TRADE_NONE);
    assert_int_equal(reading.document->kind, DOCUMENT_PAY_LINK);
    const struct pay_link *link = (const struct pay_link *)reading.document;
    assert_true(link->alipay_only);
    assert_string_equal(link->url, "http://127.0.0.1:1/cashier?appId=" APP_ID "&medOrgOrd=P1");
    assert_string_equal(link->pay_token, ""); /* nobody asks for it back */
    hears("upload", "{\"payToken\":\"T\"}");
    means(OUTCOME_MALFORMED, TRADE_NONE);
    hears("upload", "{\"payOrdId\":\"ORD1\",\"cashierUrl\":\"javascript:x\"}");
    means(OUTCOME_MALFORMED, TRADE_NONE);
    hears_body("upload", "{\"code\":2,\"message\":\"no\"}");
    means(OUTCOME_DECLINED, TRADE_NONE);
    hears("bill", "{\"downloadUrl\":\"https://x/b\"}");
    means(OUTCOME_ACCEPTED, TRADE_NONE);
    hears("bill", "{}");
    means(OUTCOME_MALFORMED, TRADE_NONE);
    hears("revoke", "{\"success\":true}");
    means(OUTCOME_ACCEPTED, TRADE_NONE);
    hears("revoke", "{\"success\":\"false\"}");
    means(OUTCOME_DECLINED, TRADE_NONE);
    hears_body("notice", "{\"code\":1,\"success\":\"true\",\"data\":{}}");
    means(OUTCOME_MALFORMED, TRADE_NONE);
    mmpc.dialect = MMPC_NATIONAL;
    hears_body("upload", "{\"infcode\":0,\"output\":{\"payOrdId\":\"ORD1\",\"payToken\":\"T\","
                         "\"cashierUrl\":\"https://x/\"}}");
    means(OUTCOME_ACCEPTED, TRADE_NONE);
    assert_string_equal(((const struct pay_link *)reading.document)->pay_token, "T");
    hears_body("revoke", "{\"infcode\":\"0\",\"output\":{\"data\":\"true\"}}");
    means(OUTCOME_ACCEPTED, TRADE_NONE);
    hears_body("revoke", "{\"infcode\":\"0\",\"output\":{\"data\":\"perhaps\"}}");
    means(OUTCOME_MALFORMED, TRADE_NONE);
}

static void what_a_code_stands_for_is_a_token(void **state) {
    (void)state;
    char token[80], data[120];
    plainly();
    sends("decode", "{\"ecQrCode\":\"EC1\"}");
    mmpc.sealed = true; /* the gateway knows nothing of it */
    hears("decode", "{\"ecToken\":\"TK1\",\"userName\":\"张建丰\"}");
    means(OUTCOME_ACCEPTED, TRADE_NONE);
    assert_string_equal(reading.answer.in_no, "TK1");
    hears("decode", "{\"ecToken\":\"\"}");
    means(OUTCOME_MALFORMED, TRADE_NONE);
    memset(token, 'a', sizeof token - 1);
    token[sizeof token - 1] = '\0';
    snprintf(data, sizeof data, "{\"ecToken\":\"%s\"}", token);
    hears("decode", data);
    means(OUTCOME_MALFORMED, TRADE_NONE);
    hears_body("decode", "{\"code\":0,\"message\":\"nobody's\"}");
    means(OUTCOME_DECLINED, TRADE_NONE);
}

/* The answer as the centre seals it. */
static char *sealed_answer(const char *code, const char *data, const char *secret, bool closed) {
    struct sealed_keys keys = {APP_ID, secret, PRIVATE, PUBLIC, NULL};
    cJSON *message = cJSON_CreateObject();
    cJSON_AddStringToObject(message, "appId", APP_ID);
    cJSON_AddStringToObject(message, "code", code);
    cJSON_AddStringToObject(message, "message", "x");
    if (data != NULL)
        cJSON_AddItemToObject(message, "data", tree_of(data));
    char *base = envelope_base(message, secret);
    char *sign = envelope_sm2_sign(base, PRIVATE);
    cJSON_AddStringToObject(message, "signData", sign);
    char *body = closed ? sealed_body(&keys, message) : wire_print(message, false);
    free(sign);
    free(base);
    cJSON_Delete(message);
    return body;
}

static void hears_sealed(const char *code, const char *data, const char *secret, bool closed) {
    char *body = sealed_answer(code, data, secret, closed);
    hears_body("query", body);
    free(body);
}

static void a_sealed_answer_is_believed_only_when_it_verifies(void **state) {
    (void)state;
    asks_order();
    mmpc.sealed = true;
    sends("query", "{\"medOrgOrd\":\"P1\"}");
    hears_sealed("1", DONE, SECRET, true);
    means(OUTCOME_ACCEPTED, TRADE_PAID);
    hears_sealed("1", DONE, "another secret of thirty-two bytes", true);
    means(OUTCOME_MALFORMED, TRADE_NONE);
    hears_sealed("1", DONE, SECRET, false); /* only a failure may come open */
    means(OUTCOME_MALFORMED, TRADE_NONE);
    hears_sealed("1", NULL, SECRET, false);
    means(OUTCOME_MALFORMED, TRADE_NONE);
    hears_sealed("0", NULL, SECRET, false);
    means(OUTCOME_UNKNOWN, TRADE_NONE);
    assert_string_equal(reading.code, "0");
    hears_body("query", "{\"code\":0,\"message\":\"no\"}");
    means(OUTCOME_MALFORMED, TRADE_NONE);
    char *body = sealed_answer("1", DONE, SECRET, true);
    strstr(body, "signData")[12] ^= 1;
    hears_body("query", body);
    means(OUTCOME_MALFORMED, TRADE_NONE);
    free(body);
}

static void nothing_secret_is_seen(void **state) {
    (void)state;
    plainly();
    sends("upload", "{\"medOrgOrd\":\"P1\",\"ecToken\":\"hidden-token\"}");
    hears("upload", "{\"payOrdId\":\"ORD1\",\"payToken\":\"hidden-pay\",\"cashierUrl\":"
                    "\"https://hidden\",\"extData\":{\"psnNo\":\"hidden-person\"}}");
    char *sent = masked_text(request.message), *heard = masked_text(reading.tree);
    assert_null(strstr(sent, "hidden"));
    assert_null(strstr(heard, "hidden"));
    free(sent);
    free(heard);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_state_of_an_order_has_its_meaning),
        cmocka_unit_test(a_settled_order_says_who_was_paid),
        cmocka_unit_test(a_settled_order_needs_amounts_that_add_up),
        cmocka_unit_test(what_is_outside_the_catalogue_comes_from_the_bill),
        cmocka_unit_test(another_order_or_none_says_nothing),
        cmocka_unit_test(an_order_is_answered_about_by_the_number_asked),
        cmocka_unit_test(an_order_asked_by_its_own_number_is_of_the_bill_expected),
        cmocka_unit_test(an_answer_may_be_wrapped_three_times),
        cmocka_unit_test(a_refund_is_taken_and_asked_about),
        cmocka_unit_test(links_and_flags_are_read),
        cmocka_unit_test(a_sealed_answer_is_believed_only_when_it_verifies),
        cmocka_unit_test(what_a_code_stands_for_is_a_token),
        cmocka_unit_test(nothing_secret_is_seen),
    };
    return cmocka_run_group_tests(tests, NULL, put_away);
}
