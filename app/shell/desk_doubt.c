/* Words after which a caller charges again: "notfound" is also said of a number that has not
 * reached the platform yet, "fail" also while a card has not its money back. Such a word is passed
 * on only where neither the book nor the journal says otherwise of the payment or refund. */
#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"
#include "app/core/desk/desk.h"
#include "app/core/order/shares.h"
#include "app/core/terms/copy.h"
#include "app/shell/desk_parts.h"
#include "app/wire/json.h"

struct doubt {
    struct desk *desk; /* only its inbox is used on the journal's thread */
    uint32_t call;
    char no[CALLER_NO_SIZE];
    bool refund;
    bool definite;    /* the platform knows the number, and says that it is over */
    const char *word; /* what is told instead; NULL: the platform's word stands */
    cJSON *answer;
};

/* Of what is paid here the platform may not have heard yet; that it failed contradicts us. */
static const char *word_of_news(const struct doubt *doubt, enum call_news news) {
    switch (news) {
    case CALL_UNPAID:
    case CALL_RETURNED:
    case CALL_CONFLICTS:
        return NULL;
    case CALL_PAID:
        return doubt->definite ? "exp" : "ing";
    case CALL_WITH_PERSON:
        return "exp";
    case CALL_UNDER_WAY:
    case CALL_PLACED:
    case CALL_UNSURE:
        break;
    }
    return "ing";
}

/* What the insurance has paid, or returned, no platform of the callers' ever knows: its end is told
 * here. */
static const char *word_of_insured(const struct doubt *doubt, enum call_news news) {
    if (news == CALL_PAID)
        return "succ";
    return doubt->refund && news == CALL_UNPAID ? "fail" : word_of_news(doubt, news);
}

static const char *word_of_order(const struct doubt *doubt, const struct order *order) {
    bool insured = order_shown_leg(order)->channel == CHANNEL_INSURANCE;
    if (doubt->refund && desk_refund(order, doubt->no) == NULL)
        return NULL;
    enum call_news news =
        doubt->refund ? desk_refund_news(order, doubt->no) : desk_payment_news(order);
    return insured ? word_of_insured(doubt, news) : word_of_news(doubt, news);
}

static bool is_about(const struct doubt *doubt, const struct order *order) {
    return order->run.used && (doubt->refund ? desk_refund(order, doubt->no) != NULL
                                             : strcmp(order->caller_no, doubt->no) == 0);
}

/* An order that is open knows more than what was read. */
static const char *word_of_book(const struct doubt *doubt) {
    for (int i = 0; i < ORDERS_MAX; i++)
        if (is_about(doubt, desk_order_in(doubt->desk, i)))
            return word_of_order(doubt, desk_order_in(doubt->desk, i));
    return doubt->word;
}

static void doubt_deliver(void *owner, void *payload, struct delivery *out) {
    struct desk *desk = owner;
    const struct doubt *doubt = payload;
    struct desk_call *call = desk_find_call(desk, doubt->call);
    const char *word = word_of_book(doubt);
    cJSON *param = cJSON_GetObjectItemCaseSensitive(doubt->answer, "param");
    out->none = true;
    if (word != NULL) {
        cJSON_ReplaceItemInObjectCaseSensitive(param, "result", cJSON_CreateString(word));
        cJSON_DeleteItemFromObjectCaseSensitive(param, "resultDesc");
    }
    if (call == NULL)
        cJSON_Delete(doubt->answer);
    else
        desk_reply(desk, call, "000000", doubt->answer);
}

static void doubt_drop(void *owner, void *payload) {
    (void)owner;
    cJSON_Delete(((struct doubt *)payload)->answer);
}

static const struct inbox_kind doubt_kind = {doubt_deliver, doubt_drop};

static enum journal_result load_named(struct journal *journal, const struct doubt *doubt,
                                      struct order *order) {
    char order_no[ORDER_NO_SIZE] = "";
    if (!doubt->refund)
        return journal_load_called(journal, doubt->no, order);
    enum journal_result result = journal_refund_owner(journal, doubt->no, order_no);
    if (result != JOURNAL_OK || order_no[0] == '\0')
        return result == JOURNAL_OK ? JOURNAL_NOT_FOUND : result;
    return journal_load(journal, order_no, order);
}

/* Called on the journal's thread. What cannot be read is not absent. */
static void read_doubted_order(void *context, struct journal *journal) {
    struct doubt *doubt = context;
    struct order *order = calloc(1, sizeof *order);
    ENSURE(order != NULL);
    enum journal_result result = load_named(journal, doubt, order);
    if (result == JOURNAL_OK)
        doubt->word = word_of_order(doubt, order);
    else
        doubt->word = result == JOURNAL_NOT_FOUND ? NULL : "exp";
    explicit_bzero(order, sizeof *order);
    free(order);
    inbox_post(doubt->desk->inbox, &doubt_kind, doubt->desk, doubt, sizeof *doubt);
    free(doubt);
}

static bool frees_caller(const char *result) {
    return result != NULL && (strcmp(result, "notfound") == 0 || strcmp(result, "fail") == 0 ||
                              strcmp(result, "closed") == 0);
}

bool desk_doubts(struct desk *desk, struct desk_call *call, const char *code, cJSON *answer) {
    const char *result = wire_text(wire_member(answer, "param"), "result");
    const char *no = wire_text(call->param, "outTradeNo");
    const char *type = wire_text(call->param, "tradeType");
    if (call->row->kind != ONEPAY_QUERY || desk->pump == NULL || strcmp(code, "000000") != 0 ||
        no == NULL || no[0] == '\0' || !frees_caller(result))
        return false;
    struct doubt *doubt = calloc(1, sizeof *doubt);
    ENSURE(doubt != NULL && inbox_reserve(desk->inbox));
    *doubt = (struct doubt){.desk = desk, .call = call->number, .answer = answer};
    doubt->definite = strcmp(result, "notfound") != 0;
    doubt->refund = type != NULL && strcmp(type, "hop.trade.refund") == 0;
    text_copy(doubt->no, sizeof doubt->no, no);
    journal_pump_read(desk->pump, read_doubted_order, doubt);
    return true;
}
