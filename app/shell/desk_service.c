#include "app/shell/desk_service.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/shell/desk_parts.h"
#include "app/wire/json.h"

/* ---- what each type becomes ---- */

static void serve_pay(struct desk *desk, struct desk_call *call) {
    struct fen amount = {1};
    const char *text = wire_text(call->param, "rechargeAmount");
    if (text != NULL)
        ENSURE(money_parse(text, strlen(text), &amount) == MONEY_OK);
    if (amount.fen == 0) /* all of it is insurance: nothing moves */
        desk_pass(desk, call);
    else
        desk_order(desk, call, CALL_WISH_PAY);
}

static void serve_close(struct desk *desk, struct desk_call *call) {
    desk_order(desk, call, CALL_WISH_CLOSE);
}

static void serve_refund(struct desk *desk, struct desk_call *call) {
    desk_order(desk, call, CALL_WISH_REFUND);
}

/* The reversal of a bill that was paid here. What sets books right is not a cashier's. */
static void serve_cancel(struct desk *desk, struct desk_call *call) {
    const char *corrects = wire_text(wire_member(call->param, "extra"), "sftzcx");
    if (corrects != NULL && strcmp(corrects, "1") == 0)
        desk_reply_code(desk, call, "034009", "sftzcx 1 is for reconciliation, nothing was sent");
    else
        desk_order(desk, call, CALL_WISH_REFUND);
}

/* Good settings are accepted; whom the desk asks is its configuration's. */
static void serve_settings(struct desk *desk, struct desk_call *call) {
    desk_reply_code(desk, call, "000000", "");
}

static const struct {
    const char *type;
    void (*serve)(struct desk *desk, struct desk_call *call);
} serving[] = {{"hop.trade.recharge", serve_pay},         {"hop.trade.recpay", serve_pay},
               {"hop.trade.recharge.close", serve_close}, {"hop.trade.refund", serve_refund},
               {"hop.trade.pay.cancel", serve_cancel},    {"hop.trade.setinfo", serve_settings}};

static void serve_call(struct desk *desk, struct desk_call *call) {
    for (size_t i = 0; i < sizeof serving / sizeof serving[0]; i++)
        if (strcmp(serving[i].type, call->row->name) == 0) {
            serving[i].serve(desk, call);
            return;
        }
    ENSURE(!call->row->moves_money);
    desk_pass(desk, call);
}

/* ---- a line becomes a call ---- */

static void refuse_ask(struct desk *desk, uint32_t caller, const char *type, const char *code,
                       const char *detail) {
    desk_answer_caller(desk, caller, code, desk_answer_begin(type, code, detail));
}

/* The library has checked it by the same tables; whoever else may speak here has not. */
static void begin_call(struct desk *desk, uint32_t caller, const char *type, const cJSON *tree) {
    struct wire_complaint complaint = {.text = ""};
    const struct wire_operation *row = wire_operation_named(onepay_table, type);
    if (row == NULL) {
        refuse_ask(desk, caller, "", "010002", "transType");
        return;
    }
    cJSON *param = onepay_param(WIRE_UTF8, row->name, wire_member(tree, "param"), &complaint);
    struct desk_call *call = param == NULL ? NULL : desk_open_call(desk, caller, row);
    if (call == NULL) {
        refuse_ask(desk, caller, row->name,
                   param == NULL ? onepay_fault_code(complaint.fault) : "-1002",
                   param == NULL ? complaint.text : "the desk is full");
        cJSON_Delete(param);
        return;
    }
    call->param = param;
    serve_call(desk, call);
}

static void take_tree(struct desk *desk, uint32_t caller, const cJSON *tree) {
    const char *function = wire_text(tree, "call"), *type = wire_text(tree, "transType");
    if (!cJSON_IsObject(tree) || function == NULL)
        refuse_ask(desk, caller, "", "000004", "");
    else if (strcmp(function, "MobileTrans") == 0)
        desk_mobile(desk, caller, tree);
    else if (strcmp(function, "payTrans") != 0 || type == NULL)
        refuse_ask(desk, caller, "", "010001", "transType");
    else if (!onepay_is_configured(desk->config))
        refuse_ask(desk, caller, type, "-1002", "platforms.onepay is not configured");
    else
        begin_call(desk, caller, type, tree);
}

static void ask_deliver(void *owner, void *payload, struct delivery *out) {
    struct desk *desk = owner;
    const struct desk_ask *ask = payload;
    const char *ignored;
    cJSON *tree = wire_parse(ask->line, strlen(ask->line), &ignored);
    out->none = true;
    take_tree(desk, ask->caller, tree);
    cJSON_Delete(tree);
    explicit_bzero(ask->line, strlen(ask->line));
    free(ask->line);
}

static void ask_drop(void *owner, void *payload) {
    (void)owner;
    free(((struct desk_ask *)payload)->line);
}

static const struct inbox_kind ask_kind = {ask_deliver, ask_drop};

/* Called on the socket's thread. */
static bool take_ask(void *context, const struct desk_ask *ask) {
    struct desk *desk = context;
    return inbox_offer(desk->inbox, &ask_kind, desk, ask, sizeof *ask);
}

/* ---- every second ---- */

static void beat_deliver(void *owner, void *payload, struct delivery *out) {
    struct desk *desk = owner;
    (void)payload;
    out->none = true;
    for (int i = 0; i < DESK_CALLS_MAX; i++) {
        struct desk_call *call = &desk->calls[i];
        if (call->used && call->waits)
            desk_order_patience(desk, call);
        else if (call->used)
            desk_pass_again(desk, call);
    }
}

static const struct inbox_kind beat_kind = {beat_deliver, NULL};

/* Called on the socket's thread. */
static void take_beat(void *context) {
    struct desk *desk = context;
    char nothing = 0;
    (void)inbox_offer(desk->inbox, &beat_kind, desk, &nothing, sizeof nothing);
}

void desk_start(struct desk *desk) {
    if (desk->path != NULL)
        desk->socket = desk_socket_start(desk->path, take_ask, take_beat, desk);
    bool elsewhere =
        desk->socket != NULL && desk->remote.address != NULL && desk->remote.address[0] != '\0';
    if (elsewhere)
        desk->listen = desk_listen_start(&desk->remote);
}

/* Who still waits is hung up on: the order goes on with the next start, and the caller asks. */
void desk_stop(struct desk *desk) {
    if (desk->listen != NULL)
        desk_listen_stop(desk->listen);
    desk->listen = NULL;
    if (desk->socket != NULL)
        desk_socket_stop(desk->socket);
    desk->socket = NULL;
    desk_pass_stop(desk);
    for (int i = 0; i < DESK_CALLS_MAX; i++) {
        cJSON_Delete(desk->calls[i].param);
        cJSON_Delete(desk->calls[i].sent);
        desk->calls[i] = (struct desk_call){.used = false};
    }
    desk_forget_records(desk);
}
