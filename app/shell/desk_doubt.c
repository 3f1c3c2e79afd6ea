/* What hop.trade.query says of a number that is in the book or in the journal. Words and codes
 * after which a caller charges again are passed on only where we know nothing else: "notfound" is
 * also said of a number that has not reached the platform yet, "fail" also while a card has not its
 * money back. "succ" is not passed on of what we have sent back. Of what the platform has not taken
 * itself the word is always ours: it knows nothing of insurance, and of a card at a pinpad what it
 * has booked, which is gone before the card has anything back. */
#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"
#include "app/core/desk/desk.h"
#include "app/core/order/shares.h"
#include "app/core/terms/copy.h"
#include "app/shell/desk_parts.h"
#include "app/wire/json.h"

#define DONE "000000"

enum said { SAID_NOTHING = 0, SAID_GOES_ON, SAID_PAID, SAID_ABSENT, SAID_OVER };

struct doubt {
    struct desk *desk; /* only its inbox is used on the journal's thread */
    uint32_t call;
    char no[CALLER_NO_SIZE]; /* the caller's, or one of ours; "": traceNo alone was given */
    char trace[OUT_NO_SIZE]; /* the platform's; "": none was given */
    bool refund;
    enum said said;       /* by the platform */
    char code[CODE_SIZE]; /* ... with this */
    const char *word;     /* what is told instead; NULL: the platform's word stands */
    cJSON *answer;
};

/* What is told where the platform calls it paid, where it does not know the number, where it says
 * that it is over, and where our word counts alone; NULL: what the platform says. Of what is paid
 * here it may not have heard yet; that it failed contradicts us, and so does that it is paid where
 * we have closed it: that money goes back. */
static const struct {
    const char *paid, *absent, *over, *ours;
} told_words[] = {
    [CALL_UNDER_WAY] = {NULL, "ing", "ing", "ing"},
    [CALL_PLACED] = {NULL, "ing", "ing", "ing"},
    [CALL_PAID] = {NULL, "ing", "exp", "succ"},
    [CALL_UNPAID] = {"exp", NULL, NULL, "fail"},
    [CALL_UNSURE] = {"ing", "ing", "ing", "ing"},
    [CALL_RETURNED] = {"closed", NULL, NULL, "fail"},
    [CALL_WITH_PERSON] = {NULL, "exp", "exp", "exp"},
    [CALL_CONFLICTS] = {NULL, NULL, NULL, NULL},
};

static bool is_told_here(const struct order *order) {
    return order_shown_leg(order)->channel == CHANNEL_INSURANCE || order_is_desk_card(order);
}

/* Where both are given traceNo counts, as the document says; of what we have none of yet the other
 * does. */
static bool is_asked_about(const struct doubt *doubt, const char *no, const char *trace) {
    if (doubt->trace[0] != '\0' && trace[0] != '\0')
        return strcmp(trace, doubt->trace) == 0;
    return doubt->no[0] != '\0' && strcmp(no, doubt->no) == 0;
}

/* Of the callers' refunds, of several tries the last; NULL: none of the order's. */
static const struct refund *asked_refund(const struct doubt *doubt, const struct order *order) {
    for (int i = order->refund_count - 1; i >= 0; i--) {
        const struct refund *refund = &order->refunds[i];
        if (refund->caller_no[0] != '\0' &&
            is_asked_about(doubt, refund->caller_no, refund->out_no))
            return refund;
    }
    return NULL;
}

static bool is_asked_payment(const struct doubt *doubt, const struct order *order) {
    const char *trace = desk_trace_no(order);
    return is_asked_about(doubt, order->caller_no, trace) ||
           is_asked_about(doubt, order->no, trace);
}

static enum call_news asked_news(const struct doubt *doubt, const struct order *order) {
    return doubt->refund ? desk_refund_news(order, asked_refund(doubt, order)->caller_no)
                         : desk_payment_news(order);
}

/* Money that came after the close is on its way back. */
static const char *word_of_paid(const struct doubt *doubt, const struct order *order,
                                enum call_news news) {
    if (doubt->refund)
        return NULL;
    return order_shown_leg(order)->state == LEG_PAID_AFTER_CLOSE ? "ing" : told_words[news].paid;
}

static const char *word_of_order(const struct doubt *doubt, const struct order *order) {
    enum call_news news = asked_news(doubt, order);
    if (is_told_here(order))
        return told_words[news].ours;
    switch (doubt->said) {
    case SAID_PAID:
        return word_of_paid(doubt, order, news);
    case SAID_ABSENT:
        return told_words[news].absent;
    case SAID_OVER:
        return told_words[news].over;
    case SAID_GOES_ON:
    case SAID_NOTHING:
        break;
    }
    return NULL;
}

static bool is_about(const struct doubt *doubt, const struct order *order) {
    return doubt->refund ? asked_refund(doubt, order) != NULL : is_asked_payment(doubt, order);
}

/* An order that is open knows more than what was read. What a kill could still undo is told to
 * nobody. */
static const char *word_of_book(const struct doubt *doubt) {
    for (int i = 0; i < ORDERS_MAX; i++) {
        const struct order *order = desk_order_in(doubt->desk, i);
        if (order->run.used && is_about(doubt, order))
            return order->run.durable_wait != 0 ? "ing" : word_of_order(doubt, order);
    }
    return doubt->word;
}

/* The query was answered, be it by a code: what was found is the result. */
static void tell_word(struct doubt *doubt, const char *type, const char *word) {
    if (strcmp(doubt->code, DONE) != 0) {
        cJSON_Delete(doubt->answer);
        doubt->answer = desk_answer_begin(type, DONE, "");
        cJSON_AddObjectToObject(doubt->answer, "param");
        text_copy(doubt->code, sizeof doubt->code, DONE);
    }
    cJSON *param = cJSON_GetObjectItemCaseSensitive(doubt->answer, "param");
    cJSON_DeleteItemFromObjectCaseSensitive(param, "result");
    cJSON_DeleteItemFromObjectCaseSensitive(param, "resultDesc");
    cJSON_AddStringToObject(param, "result", word);
}

static void doubt_deliver(void *owner, void *payload, struct delivery *out) {
    struct desk *desk = owner;
    struct doubt *doubt = payload;
    struct desk_call *call = desk_find_call(desk, doubt->call);
    const char *word = word_of_book(doubt);
    out->none = true;
    if (call == NULL) {
        cJSON_Delete(doubt->answer);
        return;
    }
    if (word != NULL)
        tell_word(doubt, call->row->name, word);
    desk_reply(desk, call, doubt->code, doubt->answer);
}

static void doubt_drop(void *owner, void *payload) {
    (void)owner;
    cJSON_Delete(((struct doubt *)payload)->answer);
}

static const struct inbox_kind doubt_kind = {doubt_deliver, doubt_drop};

/* "": nobody's. */
static enum journal_result find_asked(struct journal *journal, const struct doubt *doubt,
                                      char order_no[ORDER_NO_SIZE]) {
    enum journal_result result = JOURNAL_OK;
    order_no[0] = '\0';
    if (doubt->trace[0] != '\0')
        result = journal_trace_owner(journal, doubt->trace, doubt->refund, order_no);
    if (result == JOURNAL_OK && order_no[0] == '\0' && doubt->no[0] != '\0' && doubt->refund)
        result = journal_refund_owner(journal, doubt->no, order_no);
    return result;
}

static enum journal_result load_named(struct journal *journal, const struct doubt *doubt,
                                      struct order *order) {
    char order_no[ORDER_NO_SIZE];
    enum journal_result result = find_asked(journal, doubt, order_no);
    if (result != JOURNAL_OK)
        return result;
    if (order_no[0] != '\0') {
        result = journal_load(journal, order_no, order);
        return result == JOURNAL_NOT_FOUND ? JOURNAL_CORRUPT : result; /* its row is missing */
    }
    return doubt->refund || doubt->no[0] == '\0' ? JOURNAL_NOT_FOUND
                                                 : journal_load_called(journal, doubt->no, order);
}

/* Called on the journal's thread. What cannot be read is not absent. */
static void read_doubted_order(void *context, struct journal *journal) {
    struct doubt *doubt = context;
    struct order *order = calloc(1, sizeof *order);
    ENSURE(order != NULL);
    enum journal_result result = load_named(journal, doubt, order);
    if (result == JOURNAL_OK)
        doubt->word = is_about(doubt, order) ? word_of_order(doubt, order) : NULL;
    else
        doubt->word = result == JOURNAL_NOT_FOUND ? NULL : "exp";
    explicit_bzero(order, sizeof *order);
    free(order);
    inbox_post(doubt->desk->inbox, &doubt_kind, doubt->desk, doubt, sizeof *doubt);
    free(doubt);
}

/* By a word of the result, or by a code instead of one. */
static enum said said_by(const char *code, const char *result) {
    static const struct {
        const char *what;
        enum said said;
    } rows[] = {
        {"succ", SAID_PAID},     {"notfound", SAID_ABSENT}, {"fail", SAID_OVER},
        {"closed", SAID_OVER},   {"033001", SAID_PAID},     {"030002", SAID_ABSENT},
        {"030003", SAID_ABSENT}, {"034006", SAID_ABSENT},   {"040008", SAID_ABSENT},
        {"032002", SAID_OVER},   {"033002", SAID_OVER},     {"035001", SAID_OVER},
        {"040007", SAID_OVER},   {"040018", SAID_OVER},
    };
    bool found = strcmp(code, DONE) == 0;
    const char *what = found ? result : code;
    for (size_t i = 0; what != NULL && i < sizeof rows / sizeof rows[0]; i++)
        if (strcmp(rows[i].what, what) == 0)
            return rows[i].said;
    return found && result != NULL ? SAID_GOES_ON : SAID_NOTHING;
}

static void copy_asked(char *out, size_t size, const char *text) {
    text_copy(out, size, text == NULL ? "" : text);
}

bool desk_doubts(struct desk *desk, struct desk_call *call, const char *code, cJSON *answer) {
    const char *no = wire_text(call->param, "outTradeNo");
    const char *trace = wire_text(call->param, "traceNo");
    const char *type = wire_text(call->param, "tradeType");
    enum said said = said_by(code, wire_text(wire_member(answer, "param"), "result"));
    bool numbered = (no != NULL && no[0] != '\0') || (trace != NULL && trace[0] != '\0');
    if (call->row->kind != ONEPAY_QUERY || said == SAID_NOTHING || !numbered)
        return false;
    struct doubt *doubt = calloc(1, sizeof *doubt);
    ENSURE(doubt != NULL && inbox_reserve(desk->inbox));
    *doubt = (struct doubt){.desk = desk, .call = call->number, .said = said, .answer = answer};
    doubt->refund = type != NULL && strcmp(type, "hop.trade.refund") == 0;
    copy_asked(doubt->no, sizeof doubt->no, no);
    copy_asked(doubt->trace, sizeof doubt->trace, trace);
    text_copy(doubt->code, sizeof doubt->code, code);
    if (desk->pump != NULL) {
        journal_pump_read(desk->pump, read_doubted_order, doubt);
        return true;
    }
    doubt->word = "exp"; /* what this terminal knew of the number cannot be read */
    inbox_post(desk->inbox, &doubt_kind, desk, doubt, sizeof *doubt);
    free(doubt);
    return true;
}
