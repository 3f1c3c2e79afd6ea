/* What each request to the centre must hold: sections 1.2 to 1.8, and what the national centre's
 * other generation wants beside it. A member that both may have stands in both dialects. */
#include <stdio.h>
#include <string.h>

#include "app/platform/mmpc/mmpc.h"
#include "app/wire/json.h"

static const char *const refund_channels[] = {"online", "offline", NULL};
static const char *const refund_types[] = {"ALL", "CASH", "HI", NULL};
static const char *const bill_types[] = {"ALL", "SUCCESS", "REFUND", NULL};
static const char *const message_types[] = {"1", "2", NULL};
static const char *const channels[] = {"all", "local", "11", "12", "13", NULL};

#define APP_ID                                                                                     \
    { "appId", FIELD_TEXT, 0, true, NULL }
/* The HIS's org_trace_no has up to 40 characters. */
#define ORDER                                                                                      \
    {"payOrdId", FIELD_TEXT, 64, false, NULL}, {                                                   \
        "medOrgOrd", FIELD_TEXT, 40, false, NULL                                                   \
    }

const struct field mmpc_fields_cashier[] = {APP_ID,
                                            {"medOrgOrd", FIELD_TEXT, 40, true, NULL},
                                            {"openId", FIELD_TEXT, 128, false, NULL},
                                            {"returnUrl", FIELD_TEXT, 500, false, NULL},
                                            {"notifyUrl", FIELD_TEXT, 500, false, NULL},
                                            {0}};

const struct field mmpc_fields_query[] = {APP_ID, ORDER, {0}};
static const struct field national_query[] = {APP_ID,
                                              ORDER,
                                              {"orgCodg", FIELD_TEXT, 40, true, NULL},
                                              {"payToken", FIELD_TEXT, 64, false, NULL},
                                              {"idNo", FIELD_TEXT, 30, true, NULL},
                                              {"userName", FIELD_TEXT, 100, true, NULL},
                                              {"idType", FIELD_TEXT, 10, true, NULL},
                                              {0}};

const struct field mmpc_fields_refund[] = {APP_ID,
                                           ORDER,
                                           {"appRefdSn", FIELD_TEXT, 40, true, NULL},
                                           {"refChannel", FIELD_TEXT, 0, true, refund_channels},
                                           {"ecToken", FIELD_TEXT, 64, false, NULL},
                                           {"refdType", FIELD_TEXT, 0, true, refund_types},
                                           {0}};
static const struct field national_refund[] = {
    APP_ID,
    ORDER,
    {"appRefdSn", FIELD_TEXT, 40, true, NULL},
    {"appRefdTime", FIELD_MOMENT, 0, true, NULL},
    {"totlRefdAmt", FIELD_YUAN, 16, true, NULL},
    {"cashRefdAmt", FIELD_COST, 16, true, NULL},
    {"ecToken", FIELD_TEXT, 64, false, NULL},
    {"payAuthNo", FIELD_TEXT, 64, false, NULL},
    {"refChannel", FIELD_TEXT, 0, false, refund_channels},
    {"refdType", FIELD_TEXT, 0, false, refund_types},
    {0}};

const struct field mmpc_fields_bill[] = {APP_ID,
                                         {"orgCodg", FIELD_TEXT, 40, true, NULL},
                                         {"billDate", FIELD_DATE, 0, true, NULL},
                                         {"billType", FIELD_TEXT, 0, true, bill_types},
                                         {0}};

const struct field mmpc_fields_upload[] = {APP_ID,
                                           {"medOrgOrd", FIELD_TEXT, 40, true, NULL},
                                           {"ecToken", FIELD_TEXT, 64, false, NULL},
                                           {"payAuthNo", FIELD_TEXT, 64, false, NULL},
                                           {0}};

const struct field mmpc_fields_revoke[] = {APP_ID, ORDER, {0}};

const struct field mmpc_fields_notice[] = {APP_ID,
                                           {"psnName", FIELD_TEXT, 100, true, NULL},
                                           {"idType", FIELD_TEXT, 10, true, NULL},
                                           {"idNo", FIELD_TEXT, 30, true, NULL},
                                           {"orgCodg", FIELD_TEXT, 40, true, NULL},
                                           {"msgType", FIELD_TEXT, 0, true, message_types},
                                           {"channel", FIELD_TEXT, 0, true, channels},
                                           {0}};

/* Of the region's gateway: what was scanned, and who asks. */
const struct field mmpc_fields_decode[] = {
    {"ecQrCode", FIELD_TEXT, 64, true, NULL}, {"orgCodg", FIELD_TEXT, 40, false, NULL}, {0}};

/* What the tables cannot say: of two members exactly one, or one that another one wants. */
struct demand {
    enum mmpc_kind kind;
    int dialects;               /* 1 << enum mmpc_dialect */
    const char *one, *other;    /* exactly one of them; other NULL: `one` is required */
    const char *where, *equals; /* only where this member has this value, or `equals` NULL, any;
                                   `where` NULL: always */
};

#define DOCUMENT (1 << MMPC_DOCUMENT)
#define NATIONAL (1 << MMPC_NATIONAL)
static const struct demand demands[] = {
    {MMPC_QUERY, DOCUMENT | NATIONAL, "payOrdId", "medOrgOrd", NULL, NULL},
    {MMPC_REVOKE, DOCUMENT | NATIONAL, "payOrdId", "medOrgOrd", NULL, NULL},
    {MMPC_QUERY, NATIONAL, "payToken", NULL, "payOrdId", NULL},
    {MMPC_REVOKE, NATIONAL, "payToken", NULL, "payOrdId", NULL},
    {MMPC_REFUND, DOCUMENT, "payOrdId", "medOrgOrd", NULL, NULL},
    {MMPC_REFUND, NATIONAL, "payOrdId", NULL, NULL, NULL},
    {MMPC_REFUND, NATIONAL, "ecToken", "payAuthNo", NULL, NULL},
    {MMPC_REFUND, DOCUMENT, "ecToken", NULL, "refChannel", "offline"},
    {MMPC_UPLOAD, DOCUMENT | NATIONAL, "ecToken", "payAuthNo", NULL, NULL},
};

static bool is_demanded(const struct demand *demand, enum mmpc_kind kind, enum mmpc_dialect dialect,
                        const cJSON *message) {
    const char *value = demand->where == NULL ? NULL : wire_text(message, demand->where);
    return demand->kind == kind && (demand->dialects & (1 << dialect)) != 0 &&
           (demand->where == NULL ||
            (value != NULL && (demand->equals == NULL || strcmp(value, demand->equals) == 0)));
}

static bool meets_demand(const struct demand *demand, const char *name, const cJSON *message,
                         struct wire_complaint *complaint) {
    const cJSON *one = wire_member(message, demand->one);
    const cJSON *other = demand->other == NULL ? NULL : wire_member(message, demand->other);
    if (one == NULL && other == NULL)
        return demand->other != NULL
                   ? fields_complain(complaint, name, demand->one, NULL,
                                     "a value (it or %s is required)", demand->other)
                   : fields_complain(complaint, name, demand->one, NULL, "a value (required)");
    if (one != NULL && other != NULL)
        return fields_complain(complaint, name, demand->other, other, "nothing beside %s",
                               demand->one);
    return true;
}

static const struct field *table_of(const struct mmpc_config *mmpc,
                                    const struct wire_operation *row) {
    bool national = mmpc->dialect == MMPC_NATIONAL;
    if (national && (row->kind == MMPC_QUERY || row->kind == MMPC_REVOKE))
        return national_query;
    return national && row->kind == MMPC_REFUND ? national_refund : row->fields;
}

/* What the configuration knows and the caller did not say. */
static void add_identity(const struct mmpc_config *mmpc, const struct field *table, cJSON *whole) {
    bool decodes = table == mmpc_fields_decode;
    if (!decodes && cJSON_GetObjectItemCaseSensitive(whole, "appId") == NULL)
        cJSON_AddStringToObject(whole, "appId", mmpc->app_id);
    if ((table == national_query || (decodes && mmpc->org_codg[0] != '\0')) &&
        cJSON_GetObjectItemCaseSensitive(whole, "orgCodg") == NULL)
        fields_add_text(whole, "orgCodg", mmpc->org_codg);
}

cJSON *mmpc_members(const struct mmpc_config *mmpc, const char *operation, const cJSON *members,
                    struct wire_complaint *complaint) {
    const struct wire_operation *row = wire_operation_named(mmpc_table, operation);
    char name[40];
    snprintf(name, sizeof name, "mmpc.%.30s", operation);
    if (row == NULL) {
        snprintf(complaint->text, sizeof complaint->text, "%s: no such operation", name);
        return NULL;
    }
    const struct field *table = table_of(mmpc, row);
    cJSON *whole = cJSON_Duplicate(members, true);
    if (cJSON_IsObject(whole))
        add_identity(mmpc, table, whole);
    cJSON *message = fields_message(name, table, whole, complaint);
    cJSON_Delete(whole);
    for (size_t i = 0; message != NULL && i < sizeof demands / sizeof demands[0]; i++)
        if (is_demanded(&demands[i], (enum mmpc_kind)row->kind, mmpc->dialect, message) &&
            !meets_demand(&demands[i], name, message, complaint)) {
            cJSON_Delete(message);
            message = NULL;
        }
    return message;
}
