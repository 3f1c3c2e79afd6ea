#include "app/core/terms/policy.h"

#include "app/core/terms/assert.h"

#define SECOND_MS INT64_C(1000)
#define MINUTE_MS (60 * SECOND_MS)
#define HOUR_MS (60 * MINUTE_MS)
#define DAY_MS (24 * HOUR_MS)
#define CHINA_MS (8 * HOUR_MS)

struct limits limits_default(void) {
    return (struct limits){
        .idle_ms = MINUTE_MS,
        .warn_ms = 20 * SECOND_MS,
        .guard_ms = 300,
        .query_ms = 2 * SECOND_MS, /* the screen says "paid" at most 3 s after the phone has paid */
        .expire_ms = 3 * MINUTE_MS,
        .push_ms = 5 * MINUTE_MS,
        .answer_ms = 15 * SECOND_MS,
        .account_ms = 10 * SECOND_MS,
        .credit_quiet_ms = 30 * SECOND_MS,
        .credit_deadline_ms = 30 * MINUTE_MS,
        .refund_deadline_ms = 30 * MINUTE_MS,
        .result_ms = MINUTE_MS,
        .settle_show_ms = 20 * SECOND_MS,
        .print_ms = 15 * SECOND_MS,
        .take_ms = 10 * SECOND_MS,
        .forgotten_ms = 30 * SECOND_MS,
        .retry_max_ms = 20 * SECOND_MS,
        .clock_ms = 10 * MINUTE_MS,
        .count_ms = 5 * SECOND_MS,
    };
}

struct policy policy_default(void) {
    struct policy policy = {
        .his_takes_back = true,
        .his_guides = true,
        .insured_his_cancel = true,
        .deposit_cap = {2000000},
        .order_max = {5000000},
        .late_window_ms = 24 * HOUR_MS,
        .list_lag_ms = 60000,
        .proof_ms = 3 * 24 * HOUR_MS,
        .channels = {[CHANNEL_WECHAT] = true,
                     [CHANNEL_ALIPAY] = true,
                     [CHANNEL_UNIONPAY] = true,
                     [CHANNEL_PHONE] = true},
        .amount_presets = {{10000}, {50000}, {100000}, {200000}, {500000}, {1000000}},
    };
    for (enum route route = ROUTE_NONE + 1; route < ROUTE_COUNT; route++) {
        policy.refund_age_days[route] = 180;
        policy.refund_staff_confirm[route] = route_traits(route)->returns_to_card;
    }
    return policy;
}

enum route policy_route(const struct policy *policy, enum channel channel) {
    enum route own = route_of(channel);
    if (channel == CHANNEL_INSURANCE && policy->insurance != ROUTE_NONE)
        return policy->insurance;
    bool wallet = own == route_of(CHANNEL_WECHAT);
    return wallet && policy->wallets != ROUTE_NONE ? policy->wallets : own;
}

bool policy_pushes(const struct policy *policy) {
    return route_traits(policy_route(policy, CHANNEL_INSURANCE))->seen_at_his;
}

bool policy_takes_book_back(const struct policy *policy, enum route route) {
    const struct route_traits *traits = route_traits(route);
    return traits->his_is_not_told && (policy->insured_his_cancel || traits->seen_at_his);
}

bool policy_uploads(const struct policy *policy) {
    return route_traits(policy_route(policy, CHANNEL_INSURANCE))->uploads_first;
}

bool policy_wants_insured_code(const struct policy *policy) {
    return !policy_pushes(policy) || policy_uploads(policy);
}

enum refusal policy_deposit(const struct policy *policy, enum account_type type, struct fen amount,
                            const struct fen *account_cap) {
    if (type != ACCOUNT_INPATIENT && !policy->outpatient_deposit)
        return REFUSAL_OUTPATIENT;
    if (amount.fen <= 0)
        return REFUSAL_ZERO;
    if (money_compare(amount, policy->deposit_cap) > 0)
        return REFUSAL_OVER_CAP;
    if (account_cap && money_compare(amount, *account_cap) > 0)
        return REFUSAL_OVER_CAP;
    return REFUSAL_NONE;
}

enum refusal policy_payment(const struct policy *policy, enum channel channel, struct fen amount) {
    if (channel <= CHANNEL_NONE || channel >= CHANNEL_COUNT || !policy->channels[channel])
        return REFUSAL_CHANNEL;
    if (amount.fen <= 0)
        return REFUSAL_ZERO;
    if (money_compare(amount, policy->order_max) > 0)
        return REFUSAL_OVER_MAX;
    return REFUSAL_NONE;
}

int64_t policy_day_start_ms(int64_t wall_ms) {
    int64_t of_day = (wall_ms + CHINA_MS) % DAY_MS;
    return wall_ms - (of_day < 0 ? of_day + DAY_MS : of_day);
}

bool policy_limits_day(const struct policy *policy) {
    return policy->patient_day_max.fen > 0 || policy->terminal_day_max.fen > 0;
}

static bool exceeds_day_max(struct fen max, struct fen today, struct fen amount) {
    struct fen sum;
    return max.fen > 0 && (!money_add(today, amount, &sum) || money_compare(sum, max) > 0);
}

enum refusal policy_day(const struct policy *policy, struct fen amount, struct fen patient_today,
                        struct fen terminal_today) {
    if (exceeds_day_max(policy->patient_day_max, patient_today, amount))
        return REFUSAL_PATIENT_DAY;
    if (exceeds_day_max(policy->terminal_day_max, terminal_today, amount))
        return REFUSAL_TERMINAL_DAY;
    return REFUSAL_NONE;
}

bool policy_is_open(const struct policy *policy, enum service service, int64_t wall_ms) {
    CORE_ASSERT(service > SERVICE_NONE && service < SERVICE_COUNT);
    const struct hours *hours = &policy->hours[service];
    int64_t minute = (wall_ms - policy_day_start_ms(wall_ms)) / MINUTE_MS;
    if (hours->from_min == hours->to_min)
        return true;
    if (hours->from_min < hours->to_min)
        return minute >= hours->from_min && minute < hours->to_min;
    return minute >= hours->from_min || minute < hours->to_min;
}
