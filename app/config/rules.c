/* Sections `channels`, `policy` and `limits`: what the hospital allows. */
#include "app/config/rules.h"

#include <string.h>

#include "app/config/list.h"

#define AGE_DAYS_MAX 3650
#define HOURS_LENGTH 11 /* "07:00-21:30" */
#define DAY_MIN (24 * 60)
#define DAY_MS INT64_C(86400000)

static const char *const services[SERVICE_COUNT] = SERVICE_WORDS;
static const char *const routes[ROUTE_COUNT] = ROUTE_WORDS;

static bool read_channels(struct config_loading *loading, const char *path, const cJSON *item,
                          void *section) {
    static const char *const names[CHANNEL_COUNT + 1] = CHANNEL_WORDS;
    struct config_rules *rules = section;
    if (!config_array(loading, path, item, CHANNEL_COUNT - 1))
        return false;
    rules->channel_count = 0;
    memset(rules->policy.channels, 0, sizeof rules->policy.channels);
    const cJSON *name;
    cJSON_ArrayForEach(name, item) {
        int channel = config_word(loading, path, name, names);
        if (channel < 0)
            return false;
        if (rules->policy.channels[channel])
            return config_complain(loading, path, name, false, "each channel once");
        rules->policy.channels[channel] = true;
        rules->channels[rules->channel_count++] = (enum channel)channel;
    }
    return true;
}

static bool read_presets(struct config_loading *loading, const char *path, const cJSON *item,
                         void *section) {
    struct policy *policy = &((struct config_rules *)section)->policy;
    struct fen *presets = policy->amount_presets;
    const int count_max = sizeof policy->amount_presets / sizeof *presets;
    if (!config_array(loading, path, item, count_max))
        return false;
    memset(presets, 0, (size_t)count_max * sizeof *presets);
    const cJSON *amount;
    cJSON_ArrayForEach(amount, item) {
        int64_t fen;
        if (!config_whole(loading, path, amount, 1, MONEY_MAX_FEN, &fen))
            return false;
        (presets++)->fen = fen;
    }
    return true;
}

static int two_digits(const char *text) {
    bool digits = text[0] >= '0' && text[0] <= '9' && text[1] >= '0' && text[1] <= '9';
    return digits ? (text[0] - '0') * 10 + (text[1] - '0') : DAY_MIN;
}

/* "07:30" in minutes of the day, up to 24:00; more than DAY_MIN when it is no time. */
static int minute_of(const char *text) {
    int minutes = two_digits(text + 3);
    return text[2] == ':' && minutes < 60 ? two_digits(text) * 60 + minutes : DAY_MIN + 1;
}

static bool read_service_hours(struct config_loading *loading, const char *path, const cJSON *item,
                               int service, void *section) {
    struct hours *hours = &((struct config_rules *)section)->policy.hours[service];
    const char *text = cJSON_IsString(item) ? item->valuestring : "";
    if (strlen(text) != HOURS_LENGTH || text[5] != '-' || minute_of(text) > DAY_MIN ||
        minute_of(text + 6) > DAY_MIN)
        return config_complain(loading, path, item, false, "hours as 07:00-21:30");
    *hours = (struct hours){minute_of(text), minute_of(text + 6)};
    return true;
}

static bool takes_wallets(const struct route_traits *traits) {
    return traits->takes_wallets;
}

static bool insures(const struct route_traits *traits) {
    return traits->insures;
}

/* The word of a route that `serves` says yes to. */
static bool read_route(struct config_loading *loading, const char *path, const cJSON *item,
                       bool (*serves)(const struct route_traits *traits), enum route *out) {
    const char *words[ROUTE_COUNT + 1] = {""};
    for (enum route route = ROUTE_NONE + 1; route < ROUTE_COUNT; route++)
        words[route] = serves(route_traits(route)) ? routes[route] : "";
    int word = config_word(loading, path, item, words);
    if (word >= 0)
        *out = (enum route)word;
    return word >= 0;
}

static bool read_wallets(struct config_loading *loading, const char *path, const cJSON *item,
                         void *section) {
    return read_route(loading, path, item, takes_wallets,
                      &((struct config_rules *)section)->policy.wallets);
}

static bool read_insurance(struct config_loading *loading, const char *path, const cJSON *item,
                           void *section) {
    return read_route(loading, path, item, insures,
                      &((struct config_rules *)section)->policy.insurance);
}

static bool read_hours(struct config_loading *loading, const char *path, const cJSON *item,
                       void *section) {
    return config_each_named(loading, path, item, services, SERVICE_COUNT, section,
                             read_service_hours);
}

static bool read_refund_age(struct config_loading *loading, const char *path, const cJSON *item,
                            int route, void *section) {
    int64_t days;
    if (!config_whole(loading, path, item, 0, AGE_DAYS_MAX, &days))
        return false;
    ((struct config_rules *)section)->policy.refund_age_days[route] = (int)days;
    return true;
}

static bool read_refund_ages(struct config_loading *loading, const char *path, const cJSON *item,
                             void *section) {
    return config_each_named(loading, path, item, routes, ROUTE_COUNT, section, read_refund_age);
}

static bool read_refund_at_window(struct config_loading *loading, const char *path,
                                  const cJSON *item, int route, void *section) {
    if (!cJSON_IsBool(item))
        return config_complain(loading, path, item, false, "true or false");
    ((struct config_rules *)section)->policy.refund_staff_confirm[route] = cJSON_IsTrue(item);
    return true;
}

static bool read_refunds_at_window(struct config_loading *loading, const char *path,
                                   const cJSON *item, void *section) {
    return config_each_named(loading, path, item, routes, ROUTE_COUNT, section,
                             read_refund_at_window);
}

static bool read_confirm(struct config_loading *loading, const char *path, const cJSON *item,
                         void *section) {
    static const char *const words[] = {
        [CONFIRM_EVERYBODY] = "everybody", [CONFIRM_TYPED] = "typed"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (cJSON_IsString(item) && strcmp(item->valuestring, words[i]) == 0) {
            ((struct config_rules *)section)->policy.confirm = (enum confirm_policy)i;
            return true;
        }
    return config_complain(loading, path, item, false, "\"everybody\" or \"typed\"");
}

static void default_rules(void *section) {
    static const enum channel offered[] = {CHANNEL_WECHAT, CHANNEL_ALIPAY, CHANNEL_UNIONPAY,
                                           CHANNEL_PHONE};
    struct config_rules *rules = section;
    rules->limits = limits_default();
    rules->policy = policy_default();
    for (size_t i = 0; i < sizeof offered / sizeof offered[0]; i++) {
        rules->channels[rules->channel_count++] = offered[i];
        rules->policy.channels[offered[i]] = true;
    }
}

#define AT(member) .offset = offsetof(struct config_rules, member)
#define FLAG(name)                                                                                 \
    { "policy." #name, CONFIG_BOOL, AT(policy.name) }
#define MAX_FEN(name, least_fen)                                                                   \
    {                                                                                              \
        "policy." #name "_fen", CONFIG_FEN, AT(policy.name), .least = least_fen,                   \
                                                             .most = MONEY_MAX_FEN                 \
    }
#define LIMIT(name, least_ms)                                                                      \
    { "limits." #name, CONFIG_INT64, AT(limits.name), .least = least_ms, .most = DAY_MS }

static const struct config_row rule_rows[] = {
    {"channels", CONFIG_LIST, .list = read_channels},
    FLAG(outpatient_deposit),
    {"policy.confirm", CONFIG_LIST, .list = read_confirm},
    FLAG(confirm_last4),
    FLAG(pay_code_on_bills),
    FLAG(show_age_ward),
    MAX_FEN(deposit_cap, 1),
    MAX_FEN(order_max, 1),
    {"policy.late_window_h", CONFIG_HOURS, AT(policy.late_window_ms), .most = 24 * 90},
    {"policy.late_window_ms", CONFIG_INT64, AT(policy.late_window_ms), .most = 90 * DAY_MS},
    {"policy.list_lag_s", CONFIG_SECONDS, AT(policy.list_lag_ms), .most = 3600},
    {"policy.list_lag_ms", CONFIG_INT64, AT(policy.list_lag_ms), .most = 3600 * 1000},
    {"policy.proof_days", CONFIG_DAYS, AT(policy.proof_ms), .most = 90},
    {"policy.proof_ms", CONFIG_INT64, AT(policy.proof_ms), .most = 90 * DAY_MS},
    {"policy.amount_presets_fen", CONFIG_LIST, .list = read_presets},
    MAX_FEN(patient_day_max, 0),
    MAX_FEN(terminal_day_max, 0),
    {"policy.wallets", CONFIG_LIST, .list = read_wallets},
    {"policy.insurance", CONFIG_LIST, .list = read_insurance},
    {"policy.hours", CONFIG_LIST, .list = read_hours},
    {"policy.refund_age_days", CONFIG_LIST, .list = read_refund_ages},
    {"policy.refund_staff_confirm", CONFIG_LIST, .list = read_refunds_at_window},
    LIMIT(idle_ms, 1),
    LIMIT(warn_ms, 1),
    LIMIT(guard_ms, 0),
    /* upp 4.2: a payment is asked about at least every 5 s. */
    {"limits.query_ms", CONFIG_INT64, AT(limits.query_ms), .least = 1, .most = 5000},
    LIMIT(expire_ms, 1),
    LIMIT(push_ms, 1),
    LIMIT(answer_ms, 1),
    LIMIT(account_ms, 1),
    LIMIT(credit_quiet_ms, 0),
    LIMIT(credit_deadline_ms, 1),
    LIMIT(refund_deadline_ms, 1),
    LIMIT(result_ms, 1),
    LIMIT(settle_show_ms, 1),
    LIMIT(print_ms, 1),
    LIMIT(take_ms, 0),
    LIMIT(forgotten_ms, 0),
    LIMIT(retry_max_ms, 1),
    LIMIT(clock_ms, 1),
    LIMIT(count_ms, 1),
    {0}};

const struct config_section config_rules_section = {
    .size = sizeof(struct config_rules), .rows = rule_rows, .defaults = default_rules};

const struct config_rules *config_rules(const struct config *config) {
    return config_section(config, &config_rules_section);
}
