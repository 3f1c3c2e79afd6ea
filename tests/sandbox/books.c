#include "tests/sandbox/books.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sandbox/message.h"
#include "tests/sandbox/value.h"

enum column_kind { COLUMN_END = 0, COLUMN_TEXT, COLUMN_FEN, COLUMN_MS, COLUMN_FLAG, COLUMN_WORD };

struct column {
    const char *name;
    enum column_kind kind;
    size_t offset, size;
    const char *const *words;
};

const char *const payment_words[] = {"wait_pay", "pay_success", "pay_failed", "refund_success",
                                     NULL};
const char *const refund_words[] = {"refund_apply_success", "refund_success", "refund_failed",
                                    "refund_exception", NULL};
const char *const booked_words[] = {"book", "fail", "exp", NULL};
const char *const order_words[] = {"0",  "1",  "2",  "3",  "4",  "5",  "6",  "7",  "8", "9",
                                   "10", "11", "12", "13", "14", "15", "16", "17", NULL};
const char *const bill_words[] = {"unsettled", "settled", "window", NULL};

#define AT(type, member) offsetof(struct type, member), sizeof(((struct type *)0)->member)
#define TEXT(name, type, member)                                                                   \
    { name, COLUMN_TEXT, AT(type, member), NULL }
#define FEN(name, type, member)                                                                    \
    { name, COLUMN_FEN, AT(type, member), NULL }
#define MS(name, type, member)                                                                     \
    { name, COLUMN_MS, AT(type, member), NULL }
#define FLAG(name, type, member)                                                                   \
    { name, COLUMN_FLAG, AT(type, member), NULL }
#define WORD(name, type, member, words)                                                            \
    { name, COLUMN_WORD, AT(type, member), words }
#define END                                                                                        \
    { NULL, COLUMN_END, 0, 0, NULL }

static const struct column payment_columns[] = {
    TEXT("paymentNo", payment, payment_no),
    TEXT("outPaymentNo", payment, out_payment_no),
    TEXT("inPaymentNo", payment, in_payment_no),
    TEXT("token", payment, token),
    TEXT("operation", payment, operation),
    TEXT("bizType", payment, biz_type),
    TEXT("channelProduct", payment, channel_product),
    TEXT("districtId", payment, district_id),
    TEXT("sourceType", payment, source_type),
    TEXT("subject", payment, subject),
    TEXT("bizData", payment, biz_data),
    TEXT("fingerprint", payment, fingerprint),
    WORD("state", payment, state, payment_words),
    FEN("tradeFee", payment, fee_fen),
    FEN("returned", payment, returned_fen),
    MS("placed_ms", payment, placed_ms),
    MS("expire_ms", payment, expire_ms),
    MS("paid_ms", payment, paid_ms),
    MS("closed_ms", payment, closed_ms),
    MS("return_ms", payment, return_ms),
    FLAG("pays_late", payment, pays_late),
    FLAG("his_has_it", payment, his_has_it),
    FLAG("forgotten", payment, forgotten),
    TEXT("tradeMode", payment, trade_mode),
    TEXT("card", payment, card),
    TEXT("purchases", payment, purchases),
    TEXT("notifyUrl", payment, notify_url),
    FEN("consume", payment, consume_fen),
    FLAG("asks_password", payment, asks_password),
    WORD("booked", payment, booked, booked_words),
    END,
};

static const struct column refund_columns[] = {
    TEXT("requestNo", refund, request_no),
    TEXT("refundNo", refund, refund_no),
    TEXT("outRefundNo", refund, out_refund_no),
    TEXT("paymentNo", refund, payment_no),
    TEXT("bizData", refund, biz_data),
    TEXT("fingerprint", refund, fingerprint),
    TEXT("failedReason", refund, reason),
    TEXT("withdrawMode", refund, withdraw_mode),
    TEXT("refundType", refund, refund_type),
    WORD("state", refund, state, refund_words),
    FEN("refundFee", refund, fee_fen),
    MS("made_ms", refund, made_ms),
    FEN("asked", refund, asked_fen),
    FLAG("automatic", refund, automatic),
    END,
};

static const struct column bill_columns[] = {
    TEXT("org_trace_no", bill, org_trace_no),
    TEXT("doc_trace_no", bill, doc_trace_no),
    TEXT("card", bill, card),
    TEXT("his_cust_id", bill, cust_id),
    TEXT("dept_name", bill, department),
    TEXT("dr_name", bill, doctor),
    TEXT("items", bill, items),
    TEXT("call_sn", bill, call_sn),
    TEXT("preorder_sn", bill, preorder_sn),
    WORD("state", bill, state, bill_words),
    FEN("amount", bill, amount_fen),
    MS("begun_ms", bill, begun_ms),
    MS("settled_ms", bill, settled_ms),
    TEXT("insured_by", bill, insured_by),
    FEN("insured", bill, insured_fen),
    END,
};

static const struct column credit_columns[] = {
    TEXT("org_trace_no", credit, org_trace_no),
    TEXT("doc_trace_no", credit, doc_trace_no),
    TEXT("amp_trace_id", credit, amp_trace_id),
    TEXT("mch_trace_no", credit, mch_trace_no),
    TEXT("trace_id", credit, trace_id),
    TEXT("pay_chnl_trace_no", credit, pay_chnl_trace_no),
    TEXT("card", credit, card),
    TEXT("account_type", credit, account_type),
    TEXT("deposit_type", credit, deposit_type),
    TEXT("call_sn", credit, call_sn),
    TEXT("setl_id", credit, setl_id),
    TEXT("mdtrt_id", credit, mdtrt_id),
    TEXT("psn_no", credit, psn_no),
    TEXT("setl_time", credit, setl_time),
    FLAG("deposit", credit, deposit),
    FEN("fund", credit, fund_fen),
    FEN("account", credit, account_fen),
    FEN("amount", credit, amount_fen),
    FEN("cancelled", credit, cancelled_fen),
    MS("credited_ms", credit, credited_ms),
    MS("cancelled_ms", credit, cancelled_ms),
    END,
};

static const struct column trial_columns[] = {
    TEXT("card", trial, card),       TEXT("org_trace_no", trial, org_trace_no),
    TEXT("call_sn", trial, call_sn), FLAG("settled", trial, settled),
    MS("at_ms", trial, at_ms),       END,
};

static const struct column account_columns[] = {
    TEXT("card", account, card),
    FEN("balance", account, balance_fen),
    END,
};

static const struct column wristband_columns[] = {
    TEXT("key", wristband, key),
    TEXT("card", wristband, card),
    MS("made_ms", wristband, made_ms),
    MS("cancelled_ms", wristband, cancelled_ms),
    END,
};

static const struct column order_columns[] = {
    TEXT("payOrdId", order, pay_ord_id),
    TEXT("medOrgOrd", order, med_org_ord),
    TEXT("payToken", order, pay_token),
    TEXT("card", order, card),
    TEXT("setl_id", order, setl_id),
    TEXT("mdtrt_id", order, mdtrt_id),
    TEXT("notifyUrl", order, notify_url),
    TEXT("returnUrl", order, return_url),
    TEXT("appRefdSn", order, refd_sn),
    WORD("ordStas", order, state, order_words),
    WORD("ends_as", order, ends_as, order_words),
    FEN("amount", order, amount_fen),
    FEN("feeSumamt", order, fee_fen),
    FEN("outOfMIFee", order, outside_fen),
    FEN("fundPay", order, fund_fen),
    FEN("psnAcctPay", order, account_fen),
    FEN("ownPayAmt", order, own_fen),
    MS("made_ms", order, made_ms),
    MS("settled_ms", order, settled_ms),
    MS("refunded_ms", order, refunded_ms),
    FLAG("told_his", order, told_his),
    FLAG("alone", order, alone),
    END,
};

static const struct column push_columns[] = {
    TEXT("medOrgOrd", push, med_org_ord),
    TEXT("hisCustId", push, his_cust_id),
    TEXT("idNo", push, id_no),
    TEXT("orderStatus", push, order_status),
    TEXT("phone", push, phone),
    TEXT("messages", push, messages),
    TEXT("payOrdId", push, pay_ord_id),
    TEXT("deptName", push, dept_name),
    TEXT("drName", push, dr_name),
    TEXT("traceId", push, trace_id),
    TEXT("ampTraceId", push, amp_trace_id),
    TEXT("call_sn", push, call_sn),
    TEXT("steps", push, steps),
    FEN("amount", push, amount_fen),
    FEN("own", push, own_fen),
    FEN("back", push, back_fen),
    MS("pushed_ms", push, pushed_ms),
    MS("paid_ms", push, paid_ms),
    FLAG("wholly_back", push, wholly_back),
    END,
};

static const struct column portal_refund_columns[] = {
    TEXT("outRefundNo", portal_refund, out_refund_no),
    TEXT("ampRefundId", portal_refund, amp_refund_id),
    TEXT("refundTraceId", portal_refund, refund_trace_id),
    TEXT("traceId", portal_refund, trace_id),
    TEXT("refundType", portal_refund, type),
    TEXT("orgRefundSn", portal_refund, org_refund_sn),
    TEXT("tradeStatus", portal_refund, status),
    FEN("amount", portal_refund, amount_fen),
    MS("made_ms", portal_refund, made_ms),
    END,
};

static const struct column notice_columns[] = {
    TEXT("type", notice, type),
    TEXT("key", notice, key),
    TEXT("body", notice, body),
    MS("at_ms", notice, at_ms),
    MS("status", notice, status),
    FLAG("sent", notice, sent),
    END,
};

void books_init(struct books *books) {
    *books = (struct books){
        .payments = {"payments", payment_columns, sizeof(struct payment), NULL, 0, 0},
        .refunds = {"refunds", refund_columns, sizeof(struct refund), NULL, 0, 0},
        .bills = {"bills", bill_columns, sizeof(struct bill), NULL, 0, 0},
        .credits = {"credits", credit_columns, sizeof(struct credit), NULL, 0, 0},
        .trials = {"trials", trial_columns, sizeof(struct trial), NULL, 0, 0},
        .accounts = {"accounts", account_columns, sizeof(struct account), NULL, 0, 0},
        .wristbands = {"wristbands", wristband_columns, sizeof(struct wristband), NULL, 0, 0},
        .notices = {"notices", notice_columns, sizeof(struct notice), NULL, 0, 0},
        .orders = {"orders", order_columns, sizeof(struct order), NULL, 0, 0},
        .pushes = {"pushes", push_columns, sizeof(struct push), NULL, 0, 0},
        .portal_refunds = {"portal_refunds", portal_refund_columns, sizeof(struct portal_refund),
                           NULL, 0, 0},
    };
}

static void rows_clear(struct rows *rows) {
    for (int i = 0; i < rows->count; i++)
        free(rows->at[i]);
    free(rows->at);
    rows->at = NULL;
    rows->count = rows->room = 0;
}

/* Every kind of row there is. */
static const size_t kinds[] = {
    offsetof(struct books, payments),       offsetof(struct books, refunds),
    offsetof(struct books, bills),          offsetof(struct books, credits),
    offsetof(struct books, trials),         offsetof(struct books, accounts),
    offsetof(struct books, notices),        offsetof(struct books, wristbands),
    offsetof(struct books, orders),         offsetof(struct books, pushes),
    offsetof(struct books, portal_refunds),
};
#define KIND_COUNT (sizeof kinds / sizeof kinds[0])

static struct rows *rows_of(const struct books *books, size_t kind) {
    return (struct rows *)((char *)books + kinds[kind]);
}

void books_clear(struct books *books) {
    for (size_t i = 0; i < KIND_COUNT; i++)
        rows_clear(rows_of(books, i));
    books->serial = 0;
}

void *rows_add(struct rows *rows) {
    if (rows->count == rows->room) {
        rows->room = rows->room == 0 ? 64 : rows->room * 2;
        rows->at = realloc(rows->at, (size_t)rows->room * sizeof(void *));
    }
    void *row = calloc(1, rows->row_size);
    if (rows->at == NULL || row == NULL)
        abort();
    rows->at[rows->count++] = row;
    return row;
}

void *rows_find(const struct rows *rows, size_t offset, const char *key) {
    for (int i = rows->count - 1; i >= 0; i--)
        if (strcmp((const char *)rows->at[i] + offset, key) == 0)
            return rows->at[i];
    return NULL;
}

static void put_column(cJSON *out, const struct column *column, const char *cell) {
    char text[YUAN_SIZE];
    switch (column->kind) {
    case COLUMN_TEXT:
        cJSON_AddStringToObject(out, column->name, cell);
        break;
    case COLUMN_FEN:
        cJSON_AddStringToObject(out, column->name, yuan_write(*(const int64_t *)cell, text));
        break;
    case COLUMN_MS:
        snprintf(text, sizeof text, "%" PRId64, *(const int64_t *)cell);
        cJSON_AddRawToObject(out, column->name, text);
        break;
    case COLUMN_FLAG:
        cJSON_AddBoolToObject(out, column->name, *(const bool *)cell);
        break;
    case COLUMN_WORD:
        cJSON_AddStringToObject(out, column->name, column->words[*(const int *)cell]);
        break;
    case COLUMN_END:
        break;
    }
}

static cJSON *rows_tree(const struct rows *rows) {
    cJSON *out = cJSON_CreateArray();
    for (int i = 0; i < rows->count; i++) {
        cJSON *row = cJSON_CreateObject();
        for (const struct column *c = rows->columns; c->kind != COLUMN_END; c++)
            put_column(row, c, (const char *)rows->at[i] + c->offset);
        cJSON_AddItemToArray(out, row);
    }
    return out;
}

cJSON *books_tree(const struct books *books) {
    cJSON *out = cJSON_CreateObject();
    for (size_t i = 0; i < KIND_COUNT; i++)
        cJSON_AddItemToObject(out, rows_of(books, i)->name, rows_tree(rows_of(books, i)));
    char serial[YUAN_SIZE];
    snprintf(serial, sizeof serial, "%" PRId64, books->serial);
    cJSON_AddRawToObject(out, "serial", serial);
    return out;
}

static void take_column(const cJSON *row, const struct column *column, char *cell) {
    const char *text = message_get(row, column->name);
    switch (column->kind) {
    case COLUMN_TEXT:
        text_set(cell, column->size, text);
        break;
    case COLUMN_FEN:
        if (!yuan_read(text, (int64_t *)cell))
            *(int64_t *)cell = 0;
        break;
    case COLUMN_MS:
        *(int64_t *)cell = strtoll(text, NULL, 10);
        break;
    case COLUMN_FLAG:
        *(bool *)cell = strcmp(text, "true") == 0;
        break;
    case COLUMN_WORD:
        for (int i = 0; column->words[i] != NULL; i++)
            if (strcmp(column->words[i], text) == 0)
                *(int *)cell = i;
        break;
    case COLUMN_END:
        break;
    }
}

static void rows_load(struct rows *rows, const cJSON *tree) {
    const cJSON *row;
    cJSON_ArrayForEach(row, cJSON_GetObjectItemCaseSensitive(tree, rows->name)) {
        char *out = rows_add(rows);
        for (const struct column *c = rows->columns; c->kind != COLUMN_END; c++)
            take_column(row, c, out + c->offset);
    }
}

static char *file_text(const char *path, size_t *length) {
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return NULL;
    char *text = NULL;
    *length = 0;
    size_t room = 0;
    if (getdelim(&text, &room, '\0', file) > 0)
        *length = strlen(text);
    fclose(file);
    return text;
}

bool books_load(struct books *books, const char *path) {
    size_t length = 0;
    char *text = file_text(path, &length);
    cJSON *tree = text == NULL ? NULL : message_read(text, length);
    free(text);
    if (tree == NULL)
        return false;
    books_clear(books);
    for (size_t i = 0; i < KIND_COUNT; i++)
        rows_load(rows_of(books, i), tree);
    books->serial = strtoll(message_get(tree, "serial"), NULL, 10);
    cJSON_Delete(tree);
    return true;
}

void books_save(const struct books *books, const char *path) {
    char part[4096];
    if (snprintf(part, sizeof part, "%s.part", path) >= (int)sizeof part)
        return;
    cJSON *tree = books_tree(books);
    char *text = cJSON_PrintUnformatted(tree);
    cJSON_Delete(tree);
    FILE *file = fopen(part, "wb");
    if (file != NULL) {
        fputs(text, file);
        /* Renamed only when whole: a reader never meets half a state. */
        if (fclose(file) == 0)
            rename(part, path);
    }
    free(text);
}
