#include <string.h>

#include "app/base/clock.h"
#include "app/config/rules.h"
#include "app/core/terms/copy.h"
#include "app/shell/desk_parts.h"
#include "app/wire/json.h"

#define PATIENCE_MS 30000 /* of a close and a refund; a payment may be made until it expires */

/* ---- may it go to the order law at all? ---- */

static const char *pay_obstacle(const struct desk_call *call) {
    const char *channel = wire_text(call->param, "depositType");
    if (channel == NULL)
        return "020006";
    if (desk_channel_named(channel) == CHANNEL_NONE)
        return "032001";
    if (desk_channel_named(channel) == CHANNEL_PHONE &&
        wire_text(wire_member(call->param, "extra"), "authCode") == NULL)
        return "020010";
    return NULL;
}

void desk_order(struct desk *desk, struct desk_call *call, enum call_wish wish) {
    const char *obstacle = wish == CALL_WISH_PAY ? pay_obstacle(call) : NULL;
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

/* ---- the core says ---- */

/* The core has found the order of the call, or none. */
static void attach_call(struct desk *desk, const struct effect *effect) {
    struct desk_call *call = desk_find_call(desk, effect->number);
    if (call == NULL)
        return;
    if (effect->of.call.refusal != CALL_TAKEN) {
        desk_tell_refusal(desk, call, effect->of.call.refusal);
        return;
    }
    text_copy(call->order_no, sizeof call->order_no, desk_order_in(desk, effect->to.index)->no);
    desk_keep_members(desk, call, effect->to.index);
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
    int64_t patience_ms = call->wish == CALL_WISH_PAY
                              ? config_rules(desk->config)->limits.expire_ms + PATIENCE_MS
                              : PATIENCE_MS;
    if (clock_mono_ms() >= call->since_mono_ms + patience_ms)
        desk_reply_code(desk, call, DESK_ASK_CODE, DESK_ASK_WORDS);
}
