/* The same of a bill of which the insurance settled its part alone: what each side is told of both.
 */
#include "tests/unit/platform/requests_story.h"

/* One bill, of which the insurance has settled its part alone: 5.00 of 128.50 were prepaid. */
static struct order with_an_own_part(int64_t own_fen) {
    struct order order = an_order();
    order.claim_count = 1;
    order.claims[0].creditor = CREDITOR_TERMINAL;
    order.claims[0].state = CLAIM_CREDITING;
    order.claims[0].tries = 1;
    order.legs[0].route = ROUTE_MMPC;
    order.legs[0].channel = CHANNEL_INSURANCE;
    order.legs[0].state = LEG_PAID;
    order.legs[0].amount.fen = 12850;
    text_cut(order.legs[0].out_no, sizeof order.legs[0].out_no, "35S1");
    order.legs[0].split = (struct split){
        .fund = {12350 - 1000 - own_fen}, .account = {1000}, .own = {own_fen}, .prepaid = {500}};
    order.share_count = 0;
    order_add_share(&order, 0, 0, (struct fen){12850});
    if (own_fen == 0)
        return order;
    struct leg *own =
        order_add_leg(&order, CHANNEL_WECHAT, "26112010111200010003", (struct fen){own_fen});
    own->state = LEG_PAID;
    text_cut(own->out_no, sizeof own->out_no, "YT2");
    order_add_share(&order, 0, 1, (struct fen){own_fen});
    return order;
}

static void a_credit_names_what_the_insurance_has_settled(void **state) {
    (void)state;
    for (int zero = 0; zero < 2; zero++) {
        struct order order = with_an_own_part(zero ? 0 : 1440);
        cJSON *message = message_of(&order, VERB_CREDIT, 0, PART_NONE, NULL, "rechargeSettle");
        has(message, "feesum_amt", "128.50");
        has(message, "used_patient_type", "01");
        has(message, "setl_id", "35S1");
        has(message, "fund_pay_sumamt", zero ? "113.50" : "99.10");
        has(message, "acct_pay", "10.00");
        has(message, "psn_cash_pay", zero ? "0.00" : "14.40");
        has(message, "hosp_balc_pay_amt", "5.00");
        if (zero) {
            assert_null(wire_member(message, "deposit_amount")); /* nothing came by a channel */
            assert_null(wire_member(message, "deposit_type"));
        } else {
            has(message, "deposit_amount", "14.40");
            has(message, "deposit_type", "WX");
            has(message, "trace_id", "YT2");
            has(message, "mch_trace_no", "26112010111200010003");
        }
        cJSON_Delete(message);
    }
}

/* ORG_005 names what came by a channel; the centre is told that its part goes back alone. */
static void both_parts_go_back_each_in_its_words(void **state) {
    (void)state;
    struct order order = with_an_own_part(1440);
    order.claims[0].state = CLAIM_UNCREDITING;
    order.refund_count = 2;
    order.refunds[0] =
        (struct refund){.no = "26112010111200010004", .leg = 0, .claim = 0, .amount = {11410}};
    order.refunds[1] =
        (struct refund){.no = "26112010111200010005", .leg = 1, .claim = 0, .amount = {1440}};
    cJSON *message = message_of(&order, VERB_UNCREDIT, 0, 0, NULL, "cancelRechargeSettle");
    has(message, "deposit_amount", "14.40");
    has(message, "deposit_type", "WX");
    cJSON_Delete(message);
    message = message_of(&order, VERB_REFUND, 0, 0, NULL, "refund");
    has(message, "refdType", "HI");
    has(message, "appRefdSn", "26112010111200010004");
    cJSON_Delete(message);
    message = message_of(&order, VERB_REFUND, 0, 1, NULL, "refund");
    has(message, "refundFee", "14.40");
    has(message, "paymentNo", "26112010111200010003");
    cJSON_Delete(message);
}

/* Hears it said of T9, asked about by the centre's own number. */
static enum outcome heard_of_another_bill(const struct order *order, enum verb verb) {
    static const char body[] = "{\"code\":1,\"data\":{\"medOrgOrd\":\"T9\",\"ordStas\":\"15\","
                               "\"refStatus\":\"SUCC\",\"success\":true}}";
    struct platform_act act = {.verb = verb, .order = order, .leg = 0};
    struct wire_request request = {0};
    struct wire_complaint complaint;
    struct wire_reading reading = {0};
    const char *operation;
    cJSON *members = NULL;
    assert_ptr_equal(platform_compose(&config, &act, &operation, &members), &platform_mmpc);
    assert_true(platform_mmpc.build(&config, operation, members, NOW_MS, &request, &complaint));
    assert_null(strstr(request.body, "medOrgOrd"));
    platform_mmpc.read(&config, operation, request.message, 200, body, strlen(body), &reading);
    enum outcome outcome = reading.outcome;
    cJSON_Delete(members);
    wire_request_free(&request);
    wire_reading_free(&reading);
    return outcome;
}

/* The bill's number is ours, also where the centre's own was asked by: who answers about another
 * bill says nothing of this one. */
static void an_answer_about_another_bill_says_nothing(void **state) {
    static const enum verb verbs[] = {VERB_ASK, VERB_CLOSE, VERB_REFUND, VERB_ASK_REFUND};
    struct order order = with_an_own_part(0);
    (void)state;
    order.refund_count = 1;
    order.refunds[0] = (struct refund){.no = "26112010111200010004", .claim = 0, .amount = {11410}};
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++)
        assert_int_equal(heard_of_another_bill(&order, verbs[i]), OUTCOME_MALFORMED);
}

/* The hospital may have given the bill another number since it was uploaded, which the centre does
 * not know; before anything is credited it has not. */
static void a_bill_with_a_new_number_is_not_another_one(void **state) {
    struct order order = with_an_own_part(0);
    struct claim *claim = &order.claims[0];
    (void)state;
    text_cut(claim->bill_key, sizeof claim->bill_key, "K1");
    assert_int_equal(heard_of_another_bill(&order, VERB_ASK), OUTCOME_DECLINED);
    claim->creditor = CREDITOR_PLATFORM;
    assert_int_equal(heard_of_another_bill(&order, VERB_ASK), OUTCOME_MALFORMED);
    claim->creditor = CREDITOR_TERMINAL;
    claim->state = CLAIM_WAITING;
    assert_int_equal(heard_of_another_bill(&order, VERB_ASK), OUTCOME_MALFORMED);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_credit_names_what_the_insurance_has_settled),
        cmocka_unit_test(an_answer_about_another_bill_says_nothing),
        cmocka_unit_test(a_bill_with_a_new_number_is_not_another_one),
        cmocka_unit_test(both_parts_go_back_each_in_its_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
