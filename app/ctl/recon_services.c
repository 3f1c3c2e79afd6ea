#include "app/ctl/recon_services.h"

#include <stdio.h>
#include <string.h>

#include "app/config/terminal_rows.h"
#include "app/platform/amp/amp.h"
#include "app/platform/his/his.h"
#include "app/platform/mmpc/mmpc.h"
#include "app/platform/tongji/tongji.h"
#include "app/platform/upp/upp.h"
#include "app/wire/fields.h"

#define SETTLED_ROWS "200" /* of a page of ORG_008 */

/* "2026-11-27" without its dashes. */
static void add_digits(cJSON *members, const char *name, const char *day) {
    char digits[9];
    snprintf(digits, sizeof digits, "%.4s%.2s%.2s", day, day + 5, day + 8);
    cJSON_AddStringToObject(members, name, digits);
}

static void ask_tongji(const struct config *config, const struct fetch_days *days, int page,
                       cJSON *members) {
    (void)config;
    add_digits(members, "beginDate", days->first);
    add_digits(members, "endDate", days->last);
    cJSON_AddStringToObject(members, "payChannel", "ALL");
    cJSON_AddStringToObject(members, "resStyle", "JSON");
    fields_add_whole(members, "pageIndex", page);
    fields_add_whole(members, "numPerPage", TONGJI_ROWS_MAX);
}

static void ask_upp(const struct config *config, const struct fetch_days *days, int page,
                    cJSON *members) {
    (void)config, (void)page;
    cJSON_AddStringToObject(members, "startDate", days->first);
    cJSON_AddStringToObject(members, "endDate", days->last);
}

static void ask_booked(const struct config *config, const struct fetch_days *days, int page,
                       cJSON *members) {
    (void)config, (void)page;
    cJSON_AddStringToObject(members, "startTime", days->begin);
    cJSON_AddStringToObject(members, "endTime", days->end);
}

static void ask_settled(const struct config *config, const struct fetch_days *days, int page,
                        cJSON *members) {
    (void)config;
    cJSON_AddStringToObject(members, "stmt_begndate", days->first);
    cJSON_AddStringToObject(members, "stmt_enddate", days->last);
    fields_add_whole(members, "page_no", page);
    cJSON_AddRawToObject(members, "page_size", SETTLED_ROWS);
}

static void ask_amp(const struct config *config, const struct fetch_days *days, int page,
                    cJSON *members) {
    (void)page;
    cJSON_AddStringToObject(members, "orgCode", config_terminal(config)->org_code);
    cJSON_AddStringToObject(members, "billDate", days->first);
    cJSON_AddStringToObject(members, "billType", "ALL");
}

static void ask_mmpc(const struct config *config, const struct fetch_days *days, int page,
                     cJSON *members) {
    (void)page;
    cJSON_AddStringToObject(members, "orgCodg", config_terminal(config)->org_code);
    add_digits(members, "billDate", days->first);
    cJSON_AddStringToObject(members, "billType", "ALL");
}

static const struct recon_service services[] = {
    {"tongji", "tongji", &platform_tongji, "recon", TONGJI_DAYS_MAX, .timed = true,
     .pages = "totalPageCnt", .ask = ask_tongji},
    {"tongji.reconflow", "tongji", &platform_tongji, "reconflow", TONGJI_DAYS_MAX, .timed = true,
     .pages = "totalPageCnt", .ask = ask_tongji},
    {"upp", "upp", &platform_upp, "yuntaiBills", 1, .timed = true, .is_signed = true,
     .ask = ask_upp},
    {"channel", "channel", &platform_upp, "channelBills", 1, .timed = true, .is_signed = true,
     .ask = ask_upp},
    {"amp", "amp", &platform_amp, "getTradeFile", 1, .timed = true, .links = true,
     .is_signed = true, .ask = ask_amp, .instead = "getCheckFile"},
    {"mmpc", "mmpc", &platform_mmpc, "bill", 1, .links = true, .cut_unseen = true, .ask = ask_mmpc},
    {"his", "his", &platform_his, "bills", 1, .timed = true, .cut_unseen = true, .ask = ask_booked,
     .in_parts = true},
    {"his.orgHsTradeFile", "his", &platform_his, "orgHsTradeFile", 31, .pages = "pages",
     .ask = ask_settled},
    {.name = "journal", .format = "journal"},
    {.name = "fleet", .format = "journal"}};

const struct recon_service *recon_service(const char *name) {
    for (size_t i = 0; i < sizeof services / sizeof *services; i++)
        if (!strcmp(services[i].name, name))
            return &services[i];
    return NULL;
}

const char *recon_service_format(const struct recon_service *service) {
    return service->format;
}

const char *recon_service_names(void) {
    return "tongji tongji.reconflow upp channel amp mmpc his his.orgHsTradeFile journal fleet";
}
