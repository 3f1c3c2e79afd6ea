/* links: app/core/terms/policy.c app/core/terms/routes.c app/core/terms/money.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "app/core/terms/policy.h"

static void deposits_stay_below_both_caps(void **state) {
    (void)state;
    struct policy policy = policy_default();
    struct fen his_cap = {50000};
    enum account_type in = ACCOUNT_INPATIENT;
    assert_int_equal(policy_deposit(&policy, in, (struct fen){0}, NULL), REFUSAL_ZERO);
    assert_int_equal(policy_deposit(&policy, in, (struct fen){-1}, NULL), REFUSAL_ZERO);
    assert_int_equal(policy_deposit(&policy, in, (struct fen){2000000}, NULL), REFUSAL_NONE);
    assert_int_equal(policy_deposit(&policy, in, (struct fen){2000001}, NULL), REFUSAL_OVER_CAP);
    assert_int_equal(policy_deposit(&policy, in, his_cap, &his_cap), REFUSAL_NONE);
    assert_int_equal(policy_deposit(&policy, in, (struct fen){50001}, &his_cap), REFUSAL_OVER_CAP);
}

static void outpatients_deposit_only_where_it_is_switched_on(void **state) {
    (void)state;
    struct policy policy = policy_default();
    struct fen amount = {100};
    assert_int_equal(policy_deposit(&policy, ACCOUNT_OUTPATIENT, amount, NULL), REFUSAL_OUTPATIENT);
    policy.outpatient_deposit = true;
    assert_int_equal(policy_deposit(&policy, ACCOUNT_OUTPATIENT, amount, NULL), REFUSAL_NONE);
}

static void payments_need_an_offered_channel_and_a_sane_amount(void **state) {
    (void)state;
    struct policy policy = policy_default();
    assert_int_equal(policy_payment(&policy, CHANNEL_WECHAT, (struct fen){1}), REFUSAL_NONE);
    assert_int_equal(policy_payment(&policy, CHANNEL_CARD, (struct fen){1}), REFUSAL_CHANNEL);
    assert_int_equal(policy_payment(&policy, CHANNEL_NONE, (struct fen){1}), REFUSAL_CHANNEL);
    assert_int_equal(policy_payment(&policy, CHANNEL_WECHAT, (struct fen){0}), REFUSAL_ZERO);
    assert_int_equal(policy_payment(&policy, CHANNEL_WECHAT, (struct fen){5000001}),
                     REFUSAL_OVER_MAX);
}

#define NOON_MS INT64_C(1795147200000) /* 2026-11-20 12:00 in China */
#define HOUR_MS INT64_C(3600000)

static void a_service_is_open_in_its_hours(void **state) {
    (void)state;
    struct policy policy = policy_default();
    assert_true(policy_is_open(&policy, SERVICE_BILLS, NOON_MS + 12 * HOUR_MS));
    policy.hours[SERVICE_BILLS] = (struct hours){8 * 60, 12 * 60};
    assert_false(policy_is_open(&policy, SERVICE_BILLS, NOON_MS));
    assert_true(policy_is_open(&policy, SERVICE_BILLS, NOON_MS - 1));
    assert_true(policy_is_open(&policy, SERVICE_BILLS, NOON_MS - 4 * HOUR_MS));
    assert_false(policy_is_open(&policy, SERVICE_BILLS, NOON_MS - 4 * HOUR_MS - 1));
    assert_true(policy_is_open(&policy, SERVICE_DEPOSIT, NOON_MS));
    policy.hours[SERVICE_BILLS] = (struct hours){22 * 60, 6 * 60}; /* over midnight */
    assert_true(policy_is_open(&policy, SERVICE_BILLS, NOON_MS + 11 * HOUR_MS));
    assert_true(policy_is_open(&policy, SERVICE_BILLS, NOON_MS + 17 * HOUR_MS));
    assert_false(policy_is_open(&policy, SERVICE_BILLS, NOON_MS + 18 * HOUR_MS));
}

static void a_day_has_limits_for_patient_and_terminal(void **state) {
    (void)state;
    struct policy policy = policy_default();
    struct fen none = {0}, amount = {100}, much = {MONEY_MAX_FEN};
    assert_false(policy_limits_day(&policy));
    assert_int_equal(policy_day(&policy, amount, much, much), REFUSAL_NONE);
    policy.patient_day_max = (struct fen){1000};
    policy.terminal_day_max = (struct fen){5000};
    assert_true(policy_limits_day(&policy));
    assert_int_equal(policy_day(&policy, amount, (struct fen){900}, none), REFUSAL_NONE);
    assert_int_equal(policy_day(&policy, amount, (struct fen){901}, none), REFUSAL_PATIENT_DAY);
    assert_int_equal(policy_day(&policy, amount, none, (struct fen){4900}), REFUSAL_NONE);
    assert_int_equal(policy_day(&policy, amount, none, (struct fen){4901}), REFUSAL_TERMINAL_DAY);
    assert_int_equal(policy_day(&policy, amount, much, none), REFUSAL_PATIENT_DAY);
}

static void a_day_begins_at_midnight_in_china(void **state) {
    (void)state;
    assert_int_equal(policy_day_start_ms(NOON_MS), NOON_MS - 12 * HOUR_MS);
    assert_int_equal(policy_day_start_ms(NOON_MS + 12 * HOUR_MS - 1), NOON_MS - 12 * HOUR_MS);
    assert_int_equal(policy_day_start_ms(NOON_MS + 12 * HOUR_MS), NOON_MS + 12 * HOUR_MS);
}

static void every_channel_has_a_route_with_traits(void **state) {
    (void)state;
    for (int channel = CHANNEL_WECHAT; channel < CHANNEL_COUNT; channel++)
        assert_non_null(route_traits(route_of((enum channel)channel)));
    assert_true(route_traits(ROUTE_UPP)->silent_close_is_closed);
    assert_false(route_traits(ROUTE_UPP)->credits_by_itself);
}

static void no_limit_is_forgotten(void **state) {
    (void)state;
    struct limits limits = limits_default();
    const int64_t *value = (const int64_t *)&limits;
    for (size_t i = 0; i < sizeof limits / sizeof *value; i++)
        assert_true(value[i] > 0);
    assert_true(limits.query_ms <= 5000); /* upp 4.2 */
    assert_true(limits.retry_max_ms <= 30000);
    assert_true(limits.answer_ms < limits.credit_quiet_ms);
}

static void no_channel_is_no_way_to_pay(void **state) {
    struct policy policy = policy_default();
    struct fen one = {100};
    (void)state;
    assert_int_equal(policy_payment(&policy, CHANNEL_NONE, one), REFUSAL_CHANNEL);
    assert_int_equal(policy_payment(&policy, CHANNEL_COUNT, one), REFUSAL_CHANNEL);
    assert_int_equal(policy_payment(&policy, CHANNEL_WECHAT, one), REFUSAL_NONE);
}

static void the_day_begins_at_midnight_in_china_also_before_1970(void **state) {
    const int64_t day_ms = INT64_C(86400000), china_ms = INT64_C(8) * 3600000;
    (void)state;
    assert_int_equal(policy_day_start_ms(0), -china_ms);
    assert_int_equal(policy_day_start_ms(-china_ms - 1), -china_ms - day_ms);
}

/* What a hospital has that says nothing about it. */
static void a_credit_has_three_days_to_be_proved(void **state) {
    (void)state;
    assert_int_equal(policy_default().proof_ms, INT64_C(3) * 24 * 3600000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_credit_has_three_days_to_be_proved),
        cmocka_unit_test(no_channel_is_no_way_to_pay),
        cmocka_unit_test(the_day_begins_at_midnight_in_china_also_before_1970),
        cmocka_unit_test(deposits_stay_below_both_caps),
        cmocka_unit_test(outpatients_deposit_only_where_it_is_switched_on),
        cmocka_unit_test(a_service_is_open_in_its_hours),
        cmocka_unit_test(a_day_has_limits_for_patient_and_terminal),
        cmocka_unit_test(a_day_begins_at_midnight_in_china),
        cmocka_unit_test(payments_need_an_offered_channel_and_a_sane_amount),
        cmocka_unit_test(every_channel_has_a_route_with_traits),
        cmocka_unit_test(no_limit_is_forgotten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
