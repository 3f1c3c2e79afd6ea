/* What hop.trade.query says of a number that is in the book or in the journal. Words after which a
 * caller charges again are passed on only where we know nothing else: "notfound" is also said of a
 * number that has not reached the platform yet, "fail" also while a card has not its money back. Of
 * what the platform has not taken itself the word is always ours: it knows nothing of insurance,
 * and of a card at a pinpad what it has booked, which is gone before the card has anything back. */
#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"
#include "app/core/desk/desk.h"
#include "app/core/order/shares.h"
#include "app/core/terms/copy.h"
#include "app/shell/desk_parts.h"
#include "app/wire/json.h"

enum said { SAID_GOES_ON = 0, SAID_ABSENT, SAID_OVER };

struct doubt {
    struct desk *desk; /* only its inbox is used on the journal's thread */
    uint32_t call;
    char no[CALLER_NO_SIZE];
    bool refund;
    enum said said;   /* by the platform */
    const char *word; /* what is told instead; NULL: the platform's word stands */
    cJSON *answer;
};

/* What is told where the platform does not know the number, where it says that it is over, and
 * where our word counts alone; NULL: what the platform says. Of what is paid here it may not have
 * heard yet; that it failed contradicts us. */
static const struct {
    const char *absent, *over, *ours;
} told_words[] = {
    [CALL_UNDER_WAY] = {"ing", "ing", "ing"},   [CALL_PLACED] = {"ing", "ing", "ing"},
    [CALL_PAID] = {"ing", "exp", "succ"},       [CALL_UNPAID] = {NULL, NULL, "fail"},
    [CALL_UNSURE] = {"ing", "ing", "ing"},      [CALL_RETURNED] = {NULL, NULL, "fail"},
    [CALL_WITH_PERSON] = {"exp", "exp", "exp"}, [CALL_CONFLICTS] = {NULL, NULL, NULL},
};

static bool is_told_here(const struct order *order) {
    return order_shown_leg(order)->channel == CHANNEL_INSURANCE || order_is_desk_card(order);
}

static const char *word_of_order(const struct doubt *doubt, const struct order *order) {
    if (doubt->refund && desk_refund(order, doubt->no) == NULL)
        return NULL;
    enum call_news news =
        doubt->refund ? desk_refund_news(order, doubt->no) : desk_payment_news(order);
    if (is_told_here(order))
        return told_words[news].ours;
    if (doubt->said == SAID_GOES_ON)
        return NULL;
    return doubt->said == SAID_ABSENT ? told_words[news].absent : told_words[news].over;
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

static enum said said_by(const char *result) {
    if (strcmp(result, "notfound") == 0)
        return SAID_ABSENT;
    return strcmp(result, "fail") == 0 || strcmp(result, "closed") == 0 ? SAID_OVER : SAID_GOES_ON;
}

bool desk_doubts(struct desk *desk, struct desk_call *call, const char *code, cJSON *answer) {
    const char *result = wire_text(wire_member(answer, "param"), "result");
    const char *no = wire_text(call->param, "outTradeNo");
    const char *type = wire_text(call->param, "tradeType");
    if (call->row->kind != ONEPAY_QUERY || desk->pump == NULL || strcmp(code, "000000") != 0 ||
        no == NULL || no[0] == '\0' || result == NULL)
        return false;
    struct doubt *doubt = calloc(1, sizeof *doubt);
    ENSURE(doubt != NULL && inbox_reserve(desk->inbox));
    *doubt = (struct doubt){.desk = desk, .call = call->number, .answer = answer};
    doubt->said = said_by(result);
    doubt->refund = type != NULL && strcmp(type, "hop.trade.refund") == 0;
    text_copy(doubt->no, sizeof doubt->no, no);
    journal_pump_read(desk->pump, read_doubted_order, doubt);
    return true;
}
