/* The console's two operations, and the building of a signed query. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/platform/tongji/tongji.h"
#include "app/wire/json.h"
#include "app/wire/percent.h"
#include "app/wire/sign.h"

static const char *const channels[] = {"UPOP", "WX", "ALL", NULL};
static const char *const styles[] = {"JSON", "XML", NULL};

/* Both operations have the same parameters. */
static const struct field query_fields[] = {
    {"beginDate", FIELD_DATE, 8, true, NULL},      {"endDate", FIELD_DATE, 8, true, NULL},
    {"payChannel", FIELD_TEXT, 4, true, channels}, {"resStyle", FIELD_TEXT, 4, true, styles},
    {"pageIndex", FIELD_WHOLE, 6, true, NULL},     {"numPerPage", FIELD_WHOLE, 3, false, NULL},
    {"cfgParams", FIELD_TEXT, 0, false, NULL},     {0}};

const struct wire_operation tongji_table[] = {
    {"recon", "/recon.do", VERB_NONE, false, 0, query_fields},
    {"reconflow", "/reconflow.do", VERB_NONE, false, 0, query_fields},
    {0}};

#define DAY_MS INT64_C(86400000)

/* Midnight of yyyyMMdd. */
static int64_t day_of(const char *text) {
    char day[CLOCK_TEXT_SIZE];
    int64_t ms = 0;
    snprintf(day, sizeof day, "%.4s-%.2s-%.2s 00:00:00", text, text + 4, text + 6);
    return clock_parse(day, &ms) ? ms : 0;
}

static bool check_range(const char *name, const cJSON *message, struct wire_complaint *complaint) {
    const cJSON *end = wire_member(message, "endDate");
    int64_t days =
        (day_of(wire_text(message, "endDate")) - day_of(wire_text(message, "beginDate"))) / DAY_MS;
    if (days < 0)
        return fields_complain(complaint, name, "endDate", end, "a day not before beginDate");
    return days < TONGJI_DAYS_MAX ||
           fields_complain(complaint, name, "endDate", end, "at most %d days from beginDate",
                           TONGJI_DAYS_MAX);
}

static bool check_page(const char *name, const cJSON *message, struct wire_complaint *complaint) {
    const char *rows = wire_text(message, "numPerPage");
    if (strtol(wire_text(message, "pageIndex"), NULL, 10) < 1)
        return fields_complain(complaint, name, "pageIndex", wire_member(message, "pageIndex"),
                               "a page, from 1");
    return rows == NULL ||
           (strtol(rows, NULL, 10) >= 1 && strtol(rows, NULL, 10) <= TONGJI_ROWS_MAX) ||
           fields_complain(complaint, name, "numPerPage", wire_member(message, "numPerPage"),
                           "1 to %d", TONGJI_ROWS_MAX);
}

/* The address with all parameters; what is signed is not encoded, what travels is. */
static char *query_url(const char *base, const char *path, const cJSON *message) {
    char *url = NULL, separator = '?';
    size_t length = 0;
    FILE *out = open_memstream(&url, &length);
    ENSURE(out != NULL);
    size_t base_length = strlen(base);
    while (base_length > 0 && base[base_length - 1] == '/')
        base_length--;
    fprintf(out, "%.*s%s", (int)base_length, base, path);
    for (const cJSON *member = message->child; member != NULL; member = member->next) {
        fprintf(out, "%c%s=", separator, member->string);
        percent_write(out, wire_text_of(member));
        separator = '&';
    }
    fclose(out);
    return url;
}

static bool build_tongji(const struct config *config, const char *operation, const cJSON *members,
                         int64_t wall_ms, struct wire_request *out,
                         struct wire_complaint *complaint) {
    (void)wall_ms;
    const struct wire_operation *row = wire_operation_named(tongji_table, operation);
    const struct tongji_config *tongji = tongji_config(config);
    char name[32], sign[SIGN_MD5_SIZE];
    *out = (struct wire_request){0};
    if (row == NULL || tongji->base_url[0] == '\0') {
        snprintf(complaint->text, sizeof complaint->text, "tongji.%.40s: %s", operation,
                 row == NULL ? "no such operation" : "platforms.tongji is not configured");
        return false;
    }
    snprintf(name, sizeof name, "tongji.%s", operation);
    cJSON *message = fields_message(name, row->fields, members, complaint);
    if (message == NULL || !check_range(name, message, complaint) ||
        !check_page(name, message, complaint)) {
        cJSON_Delete(message);
        return false;
    }
    fields_add_text(message, "hospId", tongji->hosp_id);
    sign_tongji(message, tongji->key, sign);
    cJSON_AddStringToObject(message, "sign", sign);
    out->message = message;
    out->url =
        query_url(tongji->base_url, config_path_of(&tongji->paths, operation, row->path), message);
    return true;
}

const struct platform platform_tongji = {.name = "tongji",
                                         .section = &tongji_section,
                                         .trust = tongji_trust,
                                         .operations = tongji_table,
                                         .build = build_tongji,
                                         .read = tongji_read};
