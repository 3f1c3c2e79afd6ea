/* "notfound" is the platform's word for a number that has not reached it yet, too, and for one
 * whose request is still on its way from before a restart. Whoever hears it charges again: it is
 * passed on only where neither the book nor the journal has the payment or refund open. */
#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"
#include "app/core/desk/desk.h"
#include "app/core/order/shares.h"
#include "app/core/terms/copy.h"
#include "app/shell/desk_parts.h"
#include "app/wire/json.h"

struct absence {
    struct desk *desk; /* only its inbox is used on the journal's thread */
    uint32_t call;
    char no[CALLER_NO_SIZE];
    bool refund;
    const char *word; /* what is told instead; NULL: it is absent here as well */
    cJSON *answer;
};

static const char *word_of_news(enum call_news news) {
    switch (news) {
    case CALL_UNPAID:
    case CALL_RETURNED:
    case CALL_CONFLICTS:
        return NULL;
    case CALL_WITH_PERSON:
        return "exp";
    case CALL_UNDER_WAY:
    case CALL_PLACED:
    case CALL_PAID:
        break;
    }
    return "ing";
}

/* What the insurance has paid, or returned, no platform of the callers' ever knows: its end is told
 * here. */
static const char *word_of_insured(const struct absence *absence, enum call_news news) {
    if (news == CALL_PAID)
        return "succ";
    return absence->refund && news == CALL_UNPAID ? "fail" : word_of_news(news);
}

static const char *word_of_order(const struct absence *absence, const struct order *order) {
    bool insured = order_shown_leg(order)->channel == CHANNEL_INSURANCE;
    if (absence->refund && desk_refund(order, absence->no) == NULL)
        return NULL;
    enum call_news news =
        absence->refund ? desk_refund_news(order, absence->no) : desk_payment_news(order);
    return insured ? word_of_insured(absence, news) : word_of_news(news);
}

static bool is_about(const struct absence *absence, const struct order *order) {
    return order->run.used && (absence->refund ? desk_refund(order, absence->no) != NULL
                                               : strcmp(order->caller_no, absence->no) == 0);
}

/* An order that is open knows more than what was read. */
static const char *word_of_book(const struct absence *absence) {
    for (int i = 0; i < ORDERS_MAX; i++)
        if (is_about(absence, desk_order_in(absence->desk, i)))
            return word_of_order(absence, desk_order_in(absence->desk, i));
    return absence->word;
}

static void absence_deliver(void *owner, void *payload, struct delivery *out) {
    struct desk *desk = owner;
    const struct absence *absence = payload;
    struct desk_call *call = desk_find_call(desk, absence->call);
    const char *word = word_of_book(absence);
    cJSON *param = cJSON_GetObjectItemCaseSensitive(absence->answer, "param");
    out->none = true;
    if (word != NULL) {
        cJSON_ReplaceItemInObjectCaseSensitive(param, "result", cJSON_CreateString(word));
        cJSON_DeleteItemFromObjectCaseSensitive(param, "resultDesc");
    }
    if (call == NULL)
        cJSON_Delete(absence->answer);
    else
        desk_reply(desk, call, "000000", absence->answer);
}

static void absence_drop(void *owner, void *payload) {
    (void)owner;
    cJSON_Delete(((struct absence *)payload)->answer);
}

static const struct inbox_kind absence_kind = {absence_deliver, absence_drop};

static enum journal_result load_named(struct journal *journal, const struct absence *absence,
                                      struct order *order) {
    char order_no[ORDER_NO_SIZE] = "";
    if (!absence->refund)
        return journal_load_called(journal, absence->no, order);
    enum journal_result result = journal_refund_owner(journal, absence->no, order_no);
    if (result != JOURNAL_OK || order_no[0] == '\0')
        return result == JOURNAL_OK ? JOURNAL_NOT_FOUND : result;
    return journal_load(journal, order_no, order);
}

/* Called on the journal's thread. What cannot be read is not absent. */
static void read_absent_order(void *context, struct journal *journal) {
    struct absence *absence = context;
    struct order *order = calloc(1, sizeof *order);
    ENSURE(order != NULL);
    enum journal_result result = load_named(journal, absence, order);
    if (result == JOURNAL_OK)
        absence->word = word_of_order(absence, order);
    else
        absence->word = result == JOURNAL_NOT_FOUND ? NULL : "exp";
    explicit_bzero(order, sizeof *order);
    free(order);
    inbox_post(absence->desk->inbox, &absence_kind, absence->desk, absence, sizeof *absence);
    free(absence);
}

bool desk_doubts(struct desk *desk, struct desk_call *call, const char *code, cJSON *answer) {
    const char *result = wire_text(wire_member(answer, "param"), "result");
    const char *no = wire_text(call->param, "outTradeNo");
    const char *type = wire_text(call->param, "tradeType");
    if (call->row->kind != ONEPAY_QUERY || desk->pump == NULL || strcmp(code, "000000") != 0 ||
        no == NULL || no[0] == '\0' || result == NULL || strcmp(result, "notfound") != 0)
        return false;
    struct absence *absence = calloc(1, sizeof *absence);
    ENSURE(absence != NULL && inbox_reserve(desk->inbox));
    *absence = (struct absence){.desk = desk, .call = call->number, .answer = answer};
    absence->refund = type != NULL && strcmp(type, "hop.trade.refund") == 0;
    text_copy(absence->no, sizeof absence->no, no);
    journal_pump_read(desk->pump, read_absent_order, absence);
    return true;
}
