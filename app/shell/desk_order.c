#include <string.h>

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/config/rules.h"
#include "app/core/terms/copy.h"
#include "app/shell/desk_parts.h"
#include "app/wire/json.h"

#define CASH_WORD "CASH"
#define CARD_WORD "POS"
#define FACE_WORD "ALI_FACE"
#define PATIENCE_MS 30000 /* of a close and a refund; a payment may be made until it expires */

/* ---- may it go to the order law at all? ---- */

static void put_call_member(cJSON *object, const char *name, const char *text) {
    cJSON_DeleteItemFromObjectCaseSensitive(object, name);
    cJSON_AddStringToObject(object, name, text);
}

/* The cashier's window opens unless the caller wants none. */
static bool opens_window(const struct desk *desk, const struct desk_call *call) {
    const char *flag = wire_text(wire_member(call->param, "extra"), "deskflak");
    const char *channel = wire_text(call->param, "depositType");
    if (channel != NULL && strcmp(channel, FACE_WORD) == 0) /* its camera is the caller's */
        return false;
    return desk->core->window.on && (flag == NULL || strcmp(flag, "1") != 0);
}

/* Is the pinpad that the caller names at this desk, or any where none is named? */
static bool has_pinpad(const struct desk *desk, const struct desk_call *call) {
    const char *pos_no = wire_text(call->param, "PosNo");
    const bool *there = desk->core->setup.pinpads;
    if (pos_no == NULL || pos_no[0] == '\0')
        return there[0] || there[1];
    return there[pos_no[0] == '2'];
}

/* Who names no pinpad means the one that is there. */
static void name_pinpad(const struct desk *desk, struct desk_call *call) {
    const char *channel = wire_text(call->param, "depositType");
    const char *pos_no = wire_text(call->param, "PosNo");
    bool named = pos_no != NULL && pos_no[0] != '\0';
    const bool *there = desk->core->setup.pinpads;
    if (channel != NULL && strcmp(channel, CARD_WORD) == 0 && !named && there[0] != there[1])
        put_call_member(call->param, "PosNo", there[1] ? "2" : "1");
}

static const char *window_obstacle(const struct desk *desk, const struct desk_call *call) {
    const char *channel = wire_text(call->param, "depositType");
    if (channel != NULL && strcmp(channel, CARD_WORD) == 0)
        return has_pinpad(desk, call) ? NULL : "032001";
    bool known = channel == NULL || channel[0] == '\0' || strcmp(channel, CASH_WORD) == 0 ||
                 desk_channel_named(channel) != CHANNEL_NONE;
    return known ? NULL : "032001";
}

static const char *pay_obstacle(const struct desk *desk, const struct desk_call *call) {
    const char *channel = wire_text(call->param, "depositType");
    if (channel == NULL)
        return "020006";
    if (strcmp(channel, CASH_WORD) == 0) /* nobody would count it */
        return call->by_window ? NULL : "032001";
    if (desk_channel_named(channel) == CHANNEL_NONE ||
        (desk_channel_named(channel) == CHANNEL_CARD && !has_pinpad(desk, call)))
        return "032001";
    if (desk_channel_named(channel) == CHANNEL_PHONE &&
        wire_text(wire_member(call->param, "extra"), "authCode") == NULL)
        return "020010";
    return NULL;
}

void desk_order(struct desk *desk, struct desk_call *call, enum call_wish wish) {
    const char *obstacle = NULL;
    if (wish == CALL_WISH_PAY) {
        name_pinpad(desk, call);
        call->to_window = call->by_window = opens_window(desk, call);
        obstacle = call->to_window ? window_obstacle(desk, call) : pay_obstacle(desk, call);
    }
    if (wish == CALL_WISH_REFUND && !desk_is_cancel(call)) /* the document knows no window of it */
        call->to_window = call->by_window = opens_window(desk, call);
    if (obstacle != NULL) {
        desk_reply_code(desk, call, obstacle, "");
        return;
    }
    if (desk->pump == NULL) {
        desk_reply_code(desk, call, "-1002", "the journal cannot be written: no money is moved");
        return;
    }
    call->waits = true;
    call->wish = wish;
    desk_look_up(desk, call);
}

/* ---- the cashier has chosen ---- */

static cJSON *extra_of_call(struct desk_call *call) {
    cJSON *extra = cJSON_GetObjectItemCaseSensitive(call->param, "extra");
    if (cJSON_IsObject(extra))
        return extra;
    cJSON_DeleteItemFromObjectCaseSensitive(call->param, "extra");
    return cJSON_AddObjectToObject(call->param, "extra");
}

/* As if the caller had said so. What the caller has named stands. */
static void set_chosen_way(struct desk_call *call, enum desk_way way, const char *pay_code) {
    const char *named = wire_text(call->param, "depositType");
    /* A wallet that was named would have paid the own part. */
    if (named == NULL || named[0] == '\0' || way == DESK_WAY_INSURED)
        put_call_member(call->param, "depositType", desk_way_word(way));
    if (desk_way_pinpad(way) != 0)
        put_call_member(call->param, "PosNo", desk_way_pinpad(way) == 2 ? "2" : "1");
    if (way == DESK_WAY_PHONE)
        put_call_member(extra_of_call(call), "authCode", pay_code);
}

/* Of which payment the money goes back: the caller's, or another of the patient's. */
static void set_chosen_payment(struct desk_call *call, const struct desk_choice *choice) {
    const char *named = wire_text(call->param, "outChargeNo");
    if (choice == NULL || strcmp(named, choice->caller_no) == 0)
        return;
    put_call_member(call->param, "outChargeNo", choice->caller_no);
    put_call_member(call->param, "traceNo", choice->trace_no);
    put_call_member(call->param, "tradeChannel", choice->caller_channel);
}

/* How much of it, which may be less than the caller wants. */
static void set_chosen_amount(struct desk_call *call, const struct desk_waiting *chosen) {
    char amount[MONEY_TEXT_SIZE];
    if (chosen->amount.fen < chosen->back.asked.fen)
        put_call_member(call->param, "amount", money_format(chosen->amount, amount));
}

void desk_chosen(struct desk *desk, const struct effect *effect) {
    struct desk_call *call = desk_find_call(desk, effect->number);
    ENSURE(call != NULL && call->to_window);
    if (call->wish == CALL_WISH_PAY)
        set_chosen_way(call, (enum desk_way)effect->of.chosen.way,
                       desk->core->window.payment.pay_code);
    else {
        set_chosen_payment(call, desk_chosen_payment(&desk->core->window));
        set_chosen_amount(call, &desk->core->window.waiting[0]);
    }
    /* The window that was to open is this one: the vendor's library would open its own. */
    put_call_member(extra_of_call(call), "deskflak", "1");
    call->to_window = false;
    call->since_mono_ms = clock_mono_ms();
    desk_look_up(desk, call);
}

void desk_presented(struct desk *desk) {
    const struct desk_window *window = &desk->core->window;
    if (!window->on || window->looking || window->waiting_count == 0)
        return;
    struct desk_call *call = desk_find_call(desk, window->waiting[0].call);
    if (call == NULL || call->shown)
        return;
    call->shown = true;
    log_write(LOG_INFO, "desk", "on the window %d ms after the call",
              (int)(clock_mono_ms() - call->since_mono_ms));
}

/* ---- the core says ---- */

/* The core has found the order of the call, or none. */
static void attach_call(struct desk *desk, const struct effect *effect) {
    struct desk_call *call = desk_find_call(desk, effect->number);
    if (call == NULL)
        return;
    if (effect->of.call.refusal != CALL_TAKEN) {
        desk_tell_refusal(desk, call, effect->to.index, effect->of.call.refusal);
        return;
    }
    text_copy(call->order_no, sizeof call->order_no, desk_order_in(desk, effect->to.index)->no);
}

void desk_told(struct desk *desk, const struct effect *effect) {
    int slot = effect->to.index;
    const struct order *order = desk_order_in(desk, slot);
    if (effect->number != 0)
        attach_call(desk, effect);
    for (int i = 0; i < DESK_CALLS_MAX; i++) {
        struct desk_call *call = &desk->calls[i];
        if (call->used && call->waits && call->order_no[0] != '\0' &&
            strcmp(call->order_no, order->no) == 0) {
            (void)desk_record_of(desk, slot);
            desk_tell_call(desk, call, slot);
        }
    }
    if (order_finished(order) && strcmp(desk->records[slot].order_no, order->no) == 0)
        desk_forget_record(&desk->records[slot]);
}

void desk_order_patience(struct desk *desk, struct desk_call *call) {
    if (call->to_window)
        return; /* as long as the cashier takes */
    int64_t patience_ms = call->wish == CALL_WISH_PAY
                              ? config_rules(desk->config)->limits.expire_ms + PATIENCE_MS
                              : PATIENCE_MS;
    if (clock_mono_ms() >= call->since_mono_ms + patience_ms)
        desk_reply_code(desk, call, DESK_ASK_CODE, DESK_ASK_WORDS);
}
