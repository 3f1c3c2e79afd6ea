#include "app/ctl/journal_json.h"
#include "app/core/order/shares.h"
#include "app/journal/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/wire/fields.h"
#include "ui/ids.h"

static void json_text(cJSON *object, const char *name, const char *text) {
    cJSON_AddStringToObject(object, name, text);
}

void json_amount(cJSON *object, const char *name, struct fen amount) {
    char text[MONEY_TEXT_SIZE];
    json_text(object, name, money_format(amount, text));
}

/* null: it has not happened yet. */
static void add_time(cJSON *object, const char *name, int64_t wall_ms) {
    char text[CLOCK_TEXT_SIZE];
    if (wall_ms == 0)
        cJSON_AddNullToObject(object, name);
    else
        json_text(object, name, clock_text(wall_ms, text));
}

static void add_slip(cJSON *object, const struct pos_slip *slip) {
    json_text(object, "card", slip->card);
    json_text(object, "voucher", slip->voucher);
    json_text(object, "batch", slip->batch);
    json_text(object, "terminal", slip->terminal);
    json_text(object, "terminal_date", slip->date);
}

/* Who paid an insured payment, and how it was settled. */
static void add_split(cJSON *object, const struct leg *leg) {
    static const char *const kinds[SETTLEMENT_KIND_COUNT] = {[SETTLEMENT_FUND] = "fund",
                                                             [SETTLEMENT_BALANCE] = "balance",
                                                             [SETTLEMENT_OUTSIDE] = "outside",
                                                             [SETTLEMENT_SHARE] = "share",
                                                             [SETTLEMENT_OVER] = "over"};
    struct settlement_row rows[SETTLEMENT_ROWS_MAX];
    cJSON *split = cJSON_AddObjectToObject(object, "split");
    json_amount(split, "fund", leg->split.fund);
    json_amount(split, "account", leg->split.account);
    json_amount(split, "own", leg->split.own);
    json_amount(split, "prepaid", leg->split.prepaid);
    cJSON *list = cJSON_AddArrayToObject(object, "settlement");
    int count = settlement_rows(leg->settlement, rows);
    for (int i = 0; i < count; i++) {
        cJSON *row = cJSON_CreateObject();
        json_text(row, "what", kinds[rows[i].kind]);
        json_text(row, "name", rows[i].name);
        json_amount(row, "amount", rows[i].amount);
        cJSON_AddItemToArray(list, row);
    }
}

/* Amounts are what the leg and the share come to. */
static cJSON *json_of_leg(const struct order *order, int n) {
    const struct leg *leg = &order->legs[n];
    cJSON *object = cJSON_CreateObject();
    json_text(object, "no", leg->no);
    json_text(object, "state", leg_state_name(leg->state));
    json_text(object, "channel", channel_name((int)leg->channel));
    json_text(object, "route", word_of(&words_route, (int)leg->route));
    json_amount(object, "amount", order_leg_amount(order, n));
    json_amount(object, "seen", leg->seen);
    add_time(object, "expires", leg->expire_ms);
    add_time(object, "paid", leg->paid_ms);
    json_text(object, "paid_by", channel_name((int)leg->paid_by));
    json_text(object, "out_no", leg->out_no);
    json_text(object, "in_no", leg->in_no);
    if (leg->portal_no[0] != '\0') {
        json_text(object, "portal_no", leg->portal_no);
        json_text(object, "portal_trace", leg->portal_trace);
    }
    if (leg->pos_no[0] != '\0')
        json_text(object, "pos_no", leg->pos_no);
    if (leg->route == ROUTE_POS)
        add_slip(object, &leg->slip);
    if (route_traits(leg->route)->has_split)
        add_split(object, leg);
    json_text(object, "code", leg->code);
    json_text(object, "reason", case_reason_name(leg->reason));
    return object;
}

static cJSON *json_of_share(const struct order *order, int n) {
    const struct share *share = &order->shares[n];
    cJSON *object = cJSON_CreateObject();
    fields_add_whole(object, "leg", share->leg);
    json_amount(object, "amount", order_share_amount(order, n));
    json_amount(object, "returned", share->returned);
    json_amount(object, "disputed", share->disputed);
    json_text(object, "reason", case_reason_name(share->reason));
    return object;
}

/* The legs that paid a claim. */
static void json_shares(cJSON *object, const struct order *order, int claim) {
    cJSON *shares = cJSON_AddArrayToObject(object, "shares");
    for (int i = 0; i < order->share_count; i++)
        if (order->shares[i].claim == claim)
            cJSON_AddItemToArray(shares, json_of_share(order, i));
}

static cJSON *json_of_claim(const struct order *order, int n) {
    const struct claim *claim = &order->claims[n];
    cJSON *object = cJSON_CreateObject();
    json_text(object, "state", claim_state_name(claim->state));
    fields_add_whole(object, "leg", order_claim_leg(order, n));
    json_shares(object, order, n);
    json_text(object, "org_trace_no", claim->org_trace_no);
    json_text(object, "doc_trace_no", claim->doc_trace_no);
    json_amount(object, "amount", claim->amount);
    json_amount(object, "refunded", claim->refunded);
    json_text(object, "call_sn", claim->call_sn);
    json_text(object, "code", claim->code);
    fields_add_whole(object, "tries", claim->tries);
    add_time(object, "sent", claim->sent_ms);
    cJSON_AddBoolToObject(object, "unproven", claim->unproven);
    cJSON_AddBoolToObject(object, "taken_elsewhere", claim->taken_elsewhere);
    json_text(object, "reason", case_reason_name(claim->reason));
    return object;
}

cJSON *json_of_shift(const struct journal_shift *shift) {
    cJSON *object = cJSON_CreateObject();
    struct fen expected = {shift->taken.fen + shift->held.fen - shift->returned.fen};
    json_text(object, "by", shift->by);
    add_time(object, "began", shift->began_ms);
    add_time(object, "ended", shift->ended_ms);
    if (shift->ended_ms == 0)
        return object;
    json_amount(object, "cash_taken", shift->taken);
    json_amount(object, "cash_returned", shift->returned);
    json_amount(object, "cash_undecided", shift->held);
    json_amount(object, "expected", expected);
    json_amount(object, "counted", shift->counted);
    return object;
}

cJSON *json_of_listed_claim(const struct order *order, int claim) {
    cJSON *object = json_of_claim(order, claim);
    json_text(object, "order_no", order->no);
    fields_add_whole(object, "claim", claim);
    return object;
}

static cJSON *json_of_refund(const struct refund *refund) {
    cJSON *object = cJSON_CreateObject();
    json_text(object, "no", refund->no);
    json_text(object, "state", refund_state_name(refund->state));
    fields_add_whole(object, "leg", refund->leg);
    fields_add_whole(object, "claim", refund->claim);
    json_amount(object, "amount", refund->amount);
    json_text(object, "out_no", refund->out_no);
    json_text(object, "code", refund->code);
    add_time(object, "created", refund->created_ms);
    add_time(object, "done", refund->done_ms);
    if (refund->caller_no[0] != '\0')
        json_text(object, "caller_no", refund->caller_no);
    if (refund->in_cash)
        cJSON_AddBoolToObject(object, "in_cash", true);
    if (refund->to.terminal[0] != '\0') {
        json_text(object, "terminal", refund->to.terminal);
        json_text(object, "terminal_date", refund->to.date);
    }
    if (refund->never_left)
        cJSON_AddBoolToObject(object, "never_left", true);
    if (refund->caller_mode[0] != '\0')
        json_text(object, "withdraw_mode", refund->caller_mode);
    if (refund->caller_flow[0] != '\0')
        json_text(object, "refund_type", refund->caller_flow);
    if (refund->why != REFUND_WHY_NONE)
        json_text(object, "why", refund_why_name(refund->why));
    if (refund->agreed_by[0] != '\0')
        json_text(object, "agreed_by", refund->agreed_by);
    json_text(object, "reason", case_reason_name(refund->reason));
    return object;
}

static void add_sums(cJSON *object, const struct order *order) {
    struct order_sums sums = order_sums(order);
    cJSON *money = cJSON_AddObjectToObject(object, "money");
    json_amount(money, "paid", sums.paid);
    json_amount(money, "credited", sums.credited);
    json_amount(money, "returned", sums.returned);
    json_amount(money, "in_cases", sums.in_cases);
    json_amount(money, "in_flight", sums.in_flight);
}

cJSON *json_of_order(const struct order *order) {
    cJSON *object = cJSON_CreateObject();
    json_text(object, "order_no", order->no);
    if (order->caller_no[0] != '\0') {
        json_text(object, "caller_no", order->caller_no);
        json_text(object, "caller_channel", order->caller_channel);
    }
    if (order->received.fen > 0)
        json_amount(object, "received", order->received);
    json_text(object, "service", service_name((int)order->service));
    add_time(object, "created", order->created_ms);
    json_text(object, "state", order_state_name(order_state(order)));
    cJSON_AddBoolToObject(object, "settled", order_settled(order));
    json_text(object, "patient_key", order->person.keys.id);
    json_text(object, "cust_key", order->person.keys.cust);
    json_text(object, "card_key", order->person.keys.card);
    json_text(object, "name", order->person.masked_name);
    add_sums(object, order);
    cJSON *legs = cJSON_AddArrayToObject(object, "legs");
    for (int i = 0; i < order->leg_count; i++)
        cJSON_AddItemToArray(legs, json_of_leg(order, i));
    cJSON *claims = cJSON_AddArrayToObject(object, "claims");
    for (int i = 0; i < order->claim_count; i++)
        cJSON_AddItemToArray(claims, json_of_claim(order, i));
    cJSON *refunds = cJSON_AddArrayToObject(object, "refunds");
    for (int i = 0; i < order->refund_count; i++)
        cJSON_AddItemToArray(refunds, json_of_refund(&order->refunds[i]));
    return object;
}

cJSON *json_of_unreadable(const char *order_no, const char *why) {
    cJSON *object = cJSON_CreateObject();
    json_text(object, "order_no", order_no);
    json_text(object, "state", "unreadable");
    json_text(object, "why", why);
    return object;
}

cJSON *json_of_event(const struct journal_event *event) {
    cJSON *object = cJSON_CreateObject();
    fields_add_whole(object, "number", event->number);
    add_time(object, "time", event->wall_ms);
    json_text(object, "note", event->note);
    cJSON_AddRawToObject(object, "rows", event->payload);
    if (event->evidence[0] == '{' || event->evidence[0] == '[')
        cJSON_AddRawToObject(object, "evidence", event->evidence);
    else
        json_text(object, "evidence", event->evidence);
    return object;
}

cJSON *json_of_case(const struct journal_case *found) {
    cJSON *object = cJSON_CreateObject();
    json_text(object, "case_no", found->case_no);
    json_text(object, "order_no", found->order_no);
    json_text(object, "part", found->part);
    json_text(object, "reason", case_reason_name(found->reason));
    add_time(object, "opened", found->opened_ms);
    json_text(object, "state", found->resolved ? "resolved" : "open");
    add_time(object, "resolved", found->resolved_ms);
    json_text(object, "resolved_by", found->resolved_by);
    json_text(object, "how", found->resolved ? resolution_name(found->how) : "");
    json_amount(object, "decided", found->decided);
    json_text(object, "resolution", found->resolution);
    return object;
}

void json_print_line(cJSON *tree) {
    char *text = cJSON_PrintUnformatted(tree);
    if (text)
        puts(text);
    free(text);
    cJSON_Delete(tree);
}
