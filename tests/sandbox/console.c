#include "tests/sandbox/console.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sandbox/day.h"
#include "tests/sandbox/sign.h"
#include "tests/sandbox/value.h"

#define DAYS_MAX 31
#define ROWS_MAX 200

static const struct rule query_rules[] = {
    {"hospId", RULE_TEXT, 40, true, CONSOLE_HOSPITAL},
    {"beginDate", RULE_TEXT, 8, true, NULL},
    {"endDate", RULE_TEXT, 8, true, NULL},
    {"payChannel", RULE_TEXT, 4, true, "UPOP|WX|ALL"},
    {"resStyle", RULE_TEXT, 4, true, "JSON|XML"},
    {"pageIndex", RULE_TEXT, 6, true, NULL},
    {"numPerPage", RULE_TEXT, 3, false, NULL},
    {"cfgParams", RULE_TEXT, 200, false, NULL},
    {"sign", RULE_TEXT, 32, true, NULL},
    {NULL, RULE_END, 0, false, NULL},
};

/* Section 1.1.3: all but sign by their names, then the key; upper case. */
static bool is_signed(const cJSON *request) {
    const char *names[16];
    char text[1024] = "", expected[SIGN_SIZE];
    int count = 0;
    for (const cJSON *member = request->child; member != NULL && count < 16; member = member->next)
        if (strcmp(member->string, "sign") != 0)
            names[count++] = member->string;
    for (int i = 1; i < count; i++)
        for (int k = i; k > 0 && strcmp(names[k - 1], names[k]) > 0; k--) {
            const char *name = names[k];
            names[k] = names[k - 1];
            names[k - 1] = name;
        }
    for (int i = 0; i < count; i++) {
        size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, "%s%s=%s", i > 0 ? "&" : "", names[i],
                 message_get(request, names[i]));
    }
    strncat(text, CONSOLE_KEY, sizeof text - strlen(text) - 1);
    md5_hex(text, expected);
    return strcasecmp(expected, message_get(request, "sign")) == 0 &&
           strpbrk(message_get(request, "sign"), "abcdef") == NULL;
}

static void put_digits(cJSON *row, const char *name, int64_t ms) {
    char moment[MOMENT_SIZE], digits[15] = "";
    if (ms != 0) {
        moment_write(ms, moment);
        snprintf(digits, sizeof digits, "%.4s%.2s%.2s%.2s%.2s%.2s", moment, moment + 5, moment + 8,
                 moment + 11, moment + 14, moment + 17);
    }
    cJSON_AddStringToObject(row, name, digits);
}

static void put_common(cJSON *row, const struct deal *deal) {
    cJSON_AddStringToObject(row, "hospOrderId", deal->trace_no);
    cJSON_AddStringToObject(row, "hospBillNo", deal->unproven ? "" : deal->call_sn);
    cJSON_AddStringToObject(row, "hospName", "示范医院");
    cJSON_AddStringToObject(row, "patientName", "张*");
    cJSON_AddStringToObject(row, "hospId", CONSOLE_HOSPITAL);
}

/* The refund of a payment that is in these bills too. */
static const struct deal *refund_of(const struct day *day, const struct deal *payment) {
    for (int i = 0; i < day->count; i++)
        if (day->deals[i].refund && day->deals[i].platform_rows > 0 &&
            strcmp(day->deals[i].origin, payment->no) == 0)
            return &day->deals[i];
    return NULL;
}

struct listing {
    const struct day *day;
    cJSON *rows;
};

/* An order with its refund in one row; a refund of another day's order stands in that day's. */
static void list_order(void *context, const struct day_row *made) {
    struct listing *listing = context;
    const struct deal *deal = made->deal, *refund = refund_of(listing->day, deal);
    if (deal->refund)
        return;
    cJSON *row = cJSON_CreateObject();
    cJSON_AddStringToObject(row, "appOrderId", made->no);
    cJSON_AddStringToObject(row, "payOrderId", deal->out_no);
    put_digits(row, "payOrderTime", made->at_ms - 20000);
    cJSON_AddStringToObject(row, "payOrderSts", refund == NULL ? "02" : "06");
    cJSON_AddStringToObject(row, "feeType", "002");
    cJSON_AddStringToObject(row, "payChannel", "WX");
    put_yuan(row, "payAmt", made->fen);
    put_digits(row, "payTime", made->at_ms);
    if (refund == NULL)
        cJSON_AddStringToObject(row, "refundAmt", "");
    else
        put_yuan(row, "refundAmt", refund->fen);
    put_digits(row, "refundTime", refund == NULL ? 0 : refund->at_ms);
    put_common(row, deal);
    cJSON_AddItemToArray(listing->rows, row);
}

static void list_flow(void *context, const struct day_row *made) {
    struct listing *listing = context;
    const struct deal *deal = made->deal;
    cJSON *row = cJSON_CreateObject();
    cJSON_AddStringToObject(row, "payTransId", deal->in_no);
    cJSON_AddStringToObject(row, "payOrderId", deal->out_no);
    put_digits(row, "payFlowTime", made->at_ms);
    cJSON_AddStringToObject(row, "feeType", "002");
    cJSON_AddStringToObject(row, "payChannel", "WX");
    cJSON_AddStringToObject(row, "transType", deal->refund ? "003" : "001");
    put_yuan(row, "transAmt", made->fen);
    put_digits(row, "doneTime", made->at_ms);
    cJSON_AddStringToObject(row, "transSts", "02");
    cJSON_AddStringToObject(row, "appOrderId", deal->refund ? deal->origin : made->no);
    put_common(row, deal);
    cJSON_AddItemToArray(listing->rows, row);
}

/* yyyyMMdd */
static bool read_date(const char *text, int64_t *ms) {
    char day[16];
    snprintf(day, sizeof day, "%.4s-%.2s-%.2s", text, strlen(text) == 8 ? text + 4 : "",
             strlen(text) == 8 ? text + 6 : "");
    return day_read(day, ms);
}

/* What section 1.1.4 says of a query; "0000" when it is good. */
static const char *query_code(const cJSON *request, int64_t *from_ms, int64_t *to_ms) {
    char complaint[COMPLAINT_SIZE];
    if (!message_check(request, query_rules, complaint) ||
        !read_date(message_get(request, "beginDate"), from_ms) ||
        !read_date(message_get(request, "endDate"), to_ms) || *to_ms < *from_ms ||
        *to_ms - *from_ms >= DAYS_MAX * DAY_MS)
        return "0003";
    *to_ms += DAY_MS;
    return is_signed(request) ? "0000" : "0001";
}

static void put_count(cJSON *out, const char *name, int count) {
    char text[12];
    snprintf(text, sizeof text, "%d", count);
    cJSON_AddStringToObject(out, name, text);
}

/* All but the rows of this page are let go. */
static void cut_page(const cJSON *request, cJSON *rows, cJSON *out) {
    long page = strtol(message_get(request, "pageIndex"), NULL, 10);
    long size = strtol(message_get(request, "numPerPage"), NULL, 10);
    int total = cJSON_GetArraySize(rows), kept = 0;
    cJSON *detail = cJSON_CreateArray();
    size = size < 1 || size > ROWS_MAX ? ROWS_MAX : size;
    for (int i = 0; rows->child != NULL; i++) {
        cJSON *row = cJSON_DetachItemViaPointer(rows, rows->child);
        bool here = i >= (page - 1) * size && i < page * size;
        kept += here;
        if (here)
            cJSON_AddItemToArray(detail, row);
        else
            cJSON_Delete(row);
    }
    put_count(out, "totalRecCnt", total);
    put_count(out, "totalPageCnt", (int)((total + size - 1) / size));
    put_count(out, "curPageNo", (int)page);
    put_count(out, "curRecNo", kept);
    cJSON_AddItemToObject(out, "detail", detail);
}

static void list_rows(struct sandbox *sandbox, const cJSON *request, struct reply *reply,
                      void (*list)(void *context, const struct day_row *row)) {
    int64_t from_ms = 0, to_ms = 0;
    reply->code = query_code(request, &from_ms, &to_ms);
    reply->body = cJSON_CreateObject();
    struct listing listing = {&sandbox->day, cJSON_CreateArray()};
    if (strcmp(reply->code, "0000") == 0) {
        day_rows(&sandbox->day, DAY_PLATFORM, from_ms, to_ms, list, &listing);
        reply->code = listing.rows->child == NULL ? "0002" : "0000";
        if (listing.rows->child != NULL)
            cut_page(request, listing.rows, reply->body);
    }
    cJSON_Delete(listing.rows);
}

static void recon(struct sandbox *sandbox, const cJSON *request, struct reply *reply) {
    list_rows(sandbox, request, reply, list_order);
}

static void reconflow(struct sandbox *sandbox, const cJSON *request, struct reply *reply) {
    list_rows(sandbox, request, reply, list_flow);
}

const struct operation console_operations[] = {
    {"tongji.recon", "/TongjiMerConsole/recon.do", query_rules, recon},
    {"tongji.reconflow", "/TongjiMerConsole/reconflow.do", query_rules, reconflow},
    {NULL, NULL, NULL, NULL},
};

static void print_xml(FILE *out, const cJSON *object) {
    for (const cJSON *member = object->child; member != NULL; member = member->next)
        if (cJSON_IsArray(member))
            for (const cJSON *row = member->child; row != NULL; row = row->next) {
                fprintf(out, "<%s>", member->string);
                print_xml(out, row);
                fprintf(out, "</%s>", member->string);
            }
        else /* blanks in the names, as the document prints them */
            fprintf(out, "< %s >%s</ %s >", member->string, member->valuestring, member->string);
}

cJSON *console_answer(struct sandbox *sandbox, const struct operation *operation,
                      const cJSON *request) {
    cJSON *nothing = cJSON_CreateObject();
    struct reply reply = {.code = "0004"};
    if (request == NULL)
        request = nothing;
    operation->run(sandbox, request, &reply);
    cJSON_AddStringToObject(reply.body, "respCode", reply.code);
    cJSON_AddStringToObject(reply.body, "msg", strcmp(reply.code, "0000") == 0 ? "" : "查询无结果");
    if (strcmp(message_get(request, "resStyle"), "XML") == 0) {
        char *text = NULL;
        size_t length;
        FILE *out = open_memstream(&text, &length);
        fputs("<c>", out);
        print_xml(out, reply.body);
        fputs("</c>", out);
        fclose(out);
        cJSON_Delete(reply.body);
        reply.body = cJSON_CreateString(text);
        free(text);
    }
    cJSON_Delete(nothing);
    return reply.body;
}
