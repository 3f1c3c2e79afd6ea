#include <stdio.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/base/text.h"
#include "app/core/desk/desk.h"
#include "app/core/order/shares.h"
#include "app/shell/desk_parts.h"
#include "app/wire/json.h"

#define MESSAGE_SIZE 257 /* respMsg is Char(256) */

cJSON *desk_answer_begin(const char *type, const char *code, const char *detail) {
    char whole[2 * MESSAGE_SIZE], message[MESSAGE_SIZE];
    const char *words = onepay_code_words(code, LANGUAGE_ZH);
    bool both = words != NULL && detail[0] != '\0';
    snprintf(whole, sizeof whole, "%s%s%.256s", words == NULL ? "" : words, both ? ": " : "",
             detail);
    cJSON *answer = cJSON_CreateObject();
    cJSON_AddStringToObject(answer, "transType", type);
    cJSON_AddStringToObject(answer, "respCode", code);
    cJSON_AddStringToObject(answer, "respMsg", text_cut(message, sizeof message, whole));
    return answer;
}

static void put_word(cJSON *param, const char *name, const char *text) {
    if (text[0] == '\0')
        return;
    cJSON_DeleteItemFromObjectCaseSensitive(param, name);
    cJSON_AddStringToObject(param, name, text);
}

static void put_moment(cJSON *param, const char *name, int64_t wall_ms) {
    char digits[15];
    if (wall_ms != 0)
        put_word(param, name, clock_digits(wall_ms, digits));
}

/* `extra` stands beside param too, with the same content. */
static void finish_param(cJSON *answer, cJSON *param) {
    cJSON *extra = cJSON_GetObjectItemCaseSensitive(param, "extra");
    cJSON_AddItemToObject(answer, "param", param);
    if (extra != NULL)
        cJSON_AddItemToObject(answer, "extra", cJSON_Duplicate(extra, true));
}

static cJSON *param_of(const cJSON *said) {
    return cJSON_IsObject(said) ? cJSON_Duplicate(said, true) : cJSON_CreateObject();
}

static void add_trade_mode(cJSON *param, const struct order *order) {
    const char *mode = wire_text(param, "tradeMode");
    if (mode == NULL || mode[0] == '\0')
        put_word(param, "tradeMode", order->caller_channel);
}

/* The platform may have given it as text. */
static cJSON *extra_object(cJSON *param) {
    const char *text = wire_text(param, "extra"), *ignored;
    cJSON *extra = cJSON_GetObjectItemCaseSensitive(param, "extra");
    if (cJSON_IsObject(extra))
        return extra;
    cJSON *open = text == NULL ? NULL : wire_parse(text, strlen(text), &ignored);
    if (!cJSON_IsObject(open)) {
        cJSON_Delete(open);
        open = cJSON_CreateObject();
    }
    cJSON_DeleteItemFromObjectCaseSensitive(param, "extra");
    cJSON_AddItemToObject(param, "extra", open);
    return open;
}

/* The card as its pinpad named it, masked. */
static void put_card(cJSON *param, const struct leg *leg) {
    if (leg->route == ROUTE_POS)
        put_word(extra_object(param), "BankCardNo", leg->slip.card);
}

cJSON *desk_answer_paid(const struct desk_record *record, const char *type,
                        const struct order *order) {
    const struct leg *leg = order_shown_leg(order);
    cJSON *answer = desk_answer_begin(type, "000000", ""), *param = param_of(record->said);
    cJSON_DeleteItemFromObjectCaseSensitive(param, "qrcode");
    put_word(param, "chargeNo", leg->in_no);
    put_word(param, "traceNo", desk_trace_no(order));
    put_moment(param, "traceTime", leg->paid_ms);
    put_card(param, leg);
    add_trade_mode(param, order);
    finish_param(answer, param);
    return answer;
}

cJSON *desk_answer_placed(const struct desk_record *record, const char *type) {
    cJSON *answer = desk_answer_begin(type, "000000", "");
    finish_param(answer, param_of(record->said));
    return answer;
}

cJSON *desk_answer_closed(const char *type, const char *caller_no, int64_t wall_ms) {
    cJSON *answer = desk_answer_begin(type, "000000", "");
    cJSON *param = cJSON_AddObjectToObject(answer, "param");
    put_moment(param, "traceTime", wall_ms);
    put_word(param, "outChargeNo", caller_no);
    return answer;
}

cJSON *desk_answer_cancelled(const struct desk_record *record, const char *type,
                             const struct refund *refund, const char *med_sn) {
    cJSON *answer = desk_answer_begin(type, "000000", "");
    cJSON *param = param_of(record->refund_said);
    const char *said = wire_text(param, "medCancelSn");
    put_word(param, "traceNo", refund->out_no);
    put_moment(param, "traceTime", refund->done_ms);
    if (med_sn != NULL && (said == NULL || said[0] == '\0'))
        put_word(param, "medCancelSn", med_sn);
    finish_param(answer, param);
    return answer;
}

cJSON *desk_answer_refunded(const struct desk_record *record, const char *type,
                            const struct order *order, const struct refund *refund) {
    char amount[MONEY_TEXT_SIZE];
    const char *no = wire_text(record->refund_said, "outRefundNo");
    bool own = no != NULL && strcmp(no, refund->caller_no) == 0;
    cJSON *answer = desk_answer_begin(type, "000000", "");
    cJSON *param = param_of(own ? record->refund_said : NULL);
    put_word(param, "outRefundNo", refund->caller_no);
    put_word(param, "traceNo", refund->out_no);
    put_moment(param, "traceTime", refund->done_ms);
    put_word(param, "succAmount", money_format(refund->amount, amount));
    add_trade_mode(param, order);
    finish_param(answer, param);
    return answer;
}
