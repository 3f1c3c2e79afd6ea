/* links: app/shell/desk_order.c app/core/desk/ app/core/order/ app/core/terms/ app/wire/ app/base/ ui/ids.c */
/* What a call says once the cashier has chosen: as if the caller had said it, and that no second
 * window is to open. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/config/rules.h"
#include "app/shell/desk_parts.h"
#include "app/wire/json.h"

static struct core core;
static struct desk desk = {.core = &core};
static struct desk_call call;
static int looked_up;

/* ---- the service around it ---- */

const struct order *desk_order_in(const struct desk *of, int slot) {
    return &of->core->book.orders[slot];
}

struct desk_record *desk_record_of(struct desk *of, int slot) {
    return &of->records[slot];
}

void desk_forget_record(struct desk_record *record) {
    (void)record;
}

void desk_keep_members(struct desk *of, const struct desk_call *of_call, int slot) {
    (void)of, (void)of_call, (void)slot;
}

const struct config_rules *config_rules(const struct config *config) {
    (void)config;
    return NULL; /* nobody waits here */
}

struct desk_call *desk_find_call(struct desk *of, uint32_t number) {
    (void)of;
    return number == call.number ? &call : NULL;
}

enum channel desk_channel_named(const char *word) {
    (void)word;
    return CHANNEL_NONE;
}

bool desk_is_cancel(const struct desk_call *heard) {
    (void)heard;
    return false;
}

void desk_look_up(struct desk *of, struct desk_call *heard) {
    (void)of;
    assert_ptr_equal(heard, &call);
    looked_up++;
}

void desk_reply_code(struct desk *of, struct desk_call *to, const char *code, const char *detail) {
    (void)of, (void)to, (void)code, (void)detail;
    fail();
}

void desk_tell_call(struct desk *of, struct desk_call *to, int slot) {
    (void)of, (void)to, (void)slot;
}

void desk_tell_refusal(struct desk *of, struct desk_call *to, int slot, enum call_refusal refusal) {
    (void)of, (void)to, (void)slot, (void)refusal;
}

/* ---- the choice ---- */

static void chooses(enum call_wish wish, const char *param, enum desk_way way) {
    const char *ignored;
    looked_up = 0;
    call = (struct desk_call){.used = true, .number = 7, .wish = wish, .to_window = true};
    call.param = wire_parse(param, strlen(param), &ignored);
    struct effect effect = {.kind = EFFECT_CHOSEN, .number = 7};
    effect.of.chosen.way = (uint8_t)way;
    desk_chosen(&desk, &effect);
    assert_int_equal(looked_up, 1);
    assert_false(call.to_window);
}

static void param_is(const char *expected) {
    char *text = wire_print(call.param, false);
    assert_string_equal(text, expected);
    free(text);
    cJSON_Delete(call.param);
}

static void a_payment_says_how_it_is_paid(void **state) {
    (void)state;
    strcpy(core.window.payment.pay_code, "134567890123456700");
    chooses(CALL_WISH_PAY, "{\"extra\":\"\"}", DESK_WAY_CASH);
    param_is("{\"depositType\":\"CASH\",\"extra\":{\"deskflak\":\"1\"}}");
    chooses(CALL_WISH_PAY, "{\"depositType\":\"WX_BAR\",\"extra\":{\"deskflak\":\"0\"}}",
            DESK_WAY_PHONE);
    param_is("{\"depositType\":\"WX_BAR\",\"extra\":{\"authCode\":\"134567890123456700\","
             "\"deskflak\":\"1\"}}");
}

static void a_refund_opens_no_second_window(void **state) {
    (void)state;
    chooses(CALL_WISH_REFUND, "{\"outRefundNo\":\"R1\"}", DESK_WAY_CODE);
    param_is("{\"outRefundNo\":\"R1\",\"extra\":{\"deskflak\":\"1\"}}");
    chooses(CALL_WISH_REFUND, "{\"extra\":{\"deskflak\":\"0\",\"hopid\":\"H\"}}", DESK_WAY_CASH);
    param_is("{\"extra\":{\"hopid\":\"H\",\"deskflak\":\"1\"}}");
}

/* The cashier made it less: that is what is wanted now. */
static void less_is_what_the_call_wants_then(void **state) {
    (void)state;
    core.window.waiting[0].amount.fen = 650;
    core.window.waiting[0].back.asked.fen = 1500;
    chooses(CALL_WISH_REFUND, "{\"amount\":\"15.00\"}", DESK_WAY_CODE);
    param_is("{\"amount\":\"6.50\",\"extra\":{\"deskflak\":\"1\"}}");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_payment_says_how_it_is_paid),
                                       cmocka_unit_test(a_refund_opens_no_second_window),
                                       cmocka_unit_test(less_is_what_the_call_wants_then)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
