/* The policy's maps: opening hours by service, rules of refunds by route. */
#include <stdio.h>
#include <string.h>

#include "app/config/parts.h"

#define PATH_SIZE 96 /* "policy.hours.bills" */
#define AGE_DAYS_MAX 3650
#define HOURS_LENGTH 11 /* "07:00-21:30" */
#define DAY_MIN (24 * 60)

static const char *const services[SERVICE_COUNT] = {"", "bills", "deposit", "refund", "records"};
static const char *const routes[ROUTE_COUNT] = {"", "upp", "pos"};

/* Walks the members of an object whose names are `names`, from 1; false after a complaint. */
static bool each_named(struct config_loading *loading, const char *path, const cJSON *item,
                       const char *const *names, int count,
                       bool (*read)(struct config_loading *, const char *path, const cJSON *item,
                                    int n)) {
    char full[PATH_SIZE];
    const cJSON *member;
    if (!cJSON_IsObject(item))
        return config_complain(loading, path, item, false, "an object");
    cJSON_ArrayForEach(member, item) {
        int n = 1;
        snprintf(full, sizeof full, "%.48s.%.40s", path, member->string);
        while (n < count && strcmp(names[n], member->string) != 0)
            n++;
        if (n == count) {
            snprintf(loading->error, loading->error_size, "%s: no such member", full);
            return false;
        }
        if (!read(loading, full, member, n))
            return false;
    }
    return true;
}

static int two_digits(const char *text) {
    bool digits = text[0] >= '0' && text[0] <= '9' && text[1] >= '0' && text[1] <= '9';
    return digits ? (text[0] - '0') * 10 + (text[1] - '0') : DAY_MIN;
}

/* "07:30" in minutes of the day, 24:00 its end; more than DAY_MIN: no time. */
static int minute_of(const char *text) {
    int minutes = two_digits(text + 3);
    return text[2] == ':' && minutes < 60 ? two_digits(text) * 60 + minutes : DAY_MIN + 1;
}

static bool read_hours(struct config_loading *loading, const char *path, const cJSON *item,
                       int service) {
    struct hours *hours = &loading->config->policy.hours[service];
    const char *text = cJSON_IsString(item) ? item->valuestring : "";
    if (strlen(text) != HOURS_LENGTH || text[5] != '-' || minute_of(text) > DAY_MIN ||
        minute_of(text + 6) > DAY_MIN)
        return config_complain(loading, path, item, false, "hours as 07:00-21:30");
    *hours = (struct hours){minute_of(text), minute_of(text + 6)};
    return true;
}

bool config_list_hours(struct config_loading *loading, const char *path, const cJSON *item) {
    return each_named(loading, path, item, services, SERVICE_COUNT, read_hours);
}

static bool read_age(struct config_loading *loading, const char *path, const cJSON *item,
                     int route) {
    int64_t days;
    if (!config_whole(loading, path, item, 0, AGE_DAYS_MAX, &days))
        return false;
    loading->config->policy.refund_age_days[route] = (int)days;
    return true;
}

bool config_list_refund_age(struct config_loading *loading, const char *path, const cJSON *item) {
    return each_named(loading, path, item, routes, ROUTE_COUNT, read_age);
}

static bool read_staff(struct config_loading *loading, const char *path, const cJSON *item,
                       int route) {
    if (!cJSON_IsBool(item))
        return config_complain(loading, path, item, false, "true or false");
    loading->config->policy.refund_staff_confirm[route] = cJSON_IsTrue(item);
    return true;
}

bool config_list_refund_staff(struct config_loading *loading, const char *path, const cJSON *item) {
    return each_named(loading, path, item, routes, ROUTE_COUNT, read_staff);
}
