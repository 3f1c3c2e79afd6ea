/* What was planted, and a terminal's journal of that day as `kioskctl journal export` writes one.
 */
#include <stdio.h>
#include <string.h>

#include "tests/sandbox/day.h"
#include "tests/sandbox/service.h"
#include "tests/sandbox/value.h"

static void tell_planted(const struct day *day, cJSON *out) {
    cJSON *list = cJSON_AddArrayToObject(out, "planted");
    for (int i = 0; i < day->count; i++) {
        const struct deal *deal = &day->deals[i];
        if (deal->planted == NULL)
            continue;
        cJSON *row = cJSON_CreateObject();
        cJSON_AddStringToObject(row, "class", deal->planted);
        cJSON_AddStringToObject(row, "no", deal->no);
        cJSON_AddStringToObject(row, "out_no", deal->out_no);
        cJSON_AddBoolToObject(row, "explained", deal->explained);
        cJSON_AddBoolToObject(row, "channel_only", deal->not_at_channel);
        cJSON_AddItemToArray(list, row);
    }
}

static void add_leg(cJSON *order, const char *no, const struct day_row *row, const char *state,
                    int64_t paid_ms) {
    const struct deal *deal = row->deal;
    cJSON *leg = cJSON_CreateObject();
    cJSON_AddStringToObject(leg, "no", no);
    cJSON_AddStringToObject(leg, "state", state);
    cJSON_AddStringToObject(leg, "channel", "wechat");
    put_yuan(leg, "amount", row->fen);
    put_moment(leg, "paid", paid_ms);
    cJSON_AddStringToObject(leg, "out_no", deal->refund ? "" : deal->out_no);
    cJSON_AddStringToObject(leg, "in_no", deal->refund ? "" : deal->in_no);
    cJSON_AddItemToArray(cJSON_AddArrayToObject(order, "legs"), leg);
}

static void add_claim(cJSON *claims, const struct day_row *row) {
    const struct deal *deal = row->deal;
    cJSON *claim = cJSON_CreateObject(), *share = cJSON_CreateObject();
    cJSON_AddStringToObject(claim, "state", deal->state);
    cJSON_AddBoolToObject(claim, "unproven", deal->unproven);
    cJSON_AddBoolToObject(claim, "taken_elsewhere", deal->taken);
    cJSON_AddStringToObject(claim, "org_trace_no", deal->refund ? "" : deal->trace_no);
    cJSON_AddStringToObject(claim, "call_sn", deal->refund ? "" : deal->call_sn);
    cJSON_AddNumberToObject(share, "leg", 0);
    put_yuan(share, "amount", row->fen);
    cJSON_AddItemToArray(cJSON_AddArrayToObject(claim, "shares"), share);
    cJSON_AddItemToArray(claims, claim);
}

static void add_refund(cJSON *refunds, const struct day_row *row) {
    cJSON *refund = cJSON_CreateObject();
    cJSON_AddStringToObject(refund, "no", row->deal->no);
    cJSON_AddStringToObject(refund, "state", "done");
    cJSON_AddNumberToObject(refund, "leg", 0);
    put_yuan(refund, "amount", row->fen);
    cJSON_AddStringToObject(refund, "out_no", row->deal->out_no);
    put_moment(refund, "created", row->at_ms);
    put_moment(refund, "done", row->at_ms);
    cJSON_AddItemToArray(refunds, refund);
}

/* An order a payment. A refund stands in an order of its own, whose payment is of another day: so
 * every row is one line. */
static void tell_row(void *context, const struct day_row *row) {
    const struct deal *deal = row->deal;
    bool waits = strcmp(deal->state, "waiting") == 0;
    int64_t paid_ms = deal->refund ? row->at_ms - 7 * DAY_MS : row->at_ms;
    cJSON *order = cJSON_CreateObject();
    cJSON_AddStringToObject(order, "order_no", deal->refund ? deal->origin : deal->no);
    put_moment(order, "created", paid_ms);
    cJSON_AddStringToObject(order, "service", "bills");
    add_leg(order, deal->refund ? deal->origin : deal->no, row, waits ? "waiting" : "paid",
            waits ? 0 : paid_ms);
    cJSON *claims = cJSON_AddArrayToObject(order, "claims");
    if (!waits)
        add_claim(claims, row);
    cJSON *refunds = cJSON_AddArrayToObject(order, "refunds");
    if (deal->refund)
        add_refund(refunds, row);
    cJSON_AddItemToArray(context, order);
}

void day_tell(const struct day *day, cJSON *out) {
    tell_planted(day, out);
    day_rows(day, DAY_TERMINAL, 0, INT64_MAX, tell_row, cJSON_AddArrayToObject(out, "journal"));
}
