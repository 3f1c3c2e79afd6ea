#include "app/core/visit/questions.h"

static int64_t limit_of_answer(const struct limits *limits) {
    return 2 * limits->answer_ms;
}

static int64_t limit_of_payment(const struct limits *limits) {
    return limits->expire_ms + limits->answer_ms;
}

static int64_t limit_of_settling(const struct limits *limits) {
    return limits->settle_show_ms;
}

#define WORDS(name) "waiting." name ".title", "waiting." name ".text"

static const struct wait_row wait_rows[WAITING_COUNT] = {
    [WAITING_ACCOUNT] = {WORDS("account"), "waiting.account.text", 1, false, limit_of_settling},
    [WAITING_BILLS] = {WORDS("bills"), "waiting.bills.text", 2, false, limit_of_settling},
    [WAITING_PLACING] = {WORDS("placing"), "waiting.placing.card.text", 3, false, limit_of_answer},
    [WAITING_CONFIRMING] = {WORDS("confirming"), "waiting.confirming.card.text", 3, true,
                            limit_of_payment},
    [WAITING_CREDIT] = {WORDS("credit"), "waiting.credit.text", 3, false, limit_of_settling},
    [WAITING_CLOSE] = {WORDS("close"), "waiting.close.card.text", 3, false, limit_of_settling},
    [WAITING_RECORDS] = {WORDS("records"), "waiting.records.text", 2, false, limit_of_settling},
    [WAITING_REFUND] = {WORDS("refund"), "waiting.refund.text", 3, false, limit_of_settling},
};

const struct wait_row *wait_row(enum waiting_for waiting) {
    return &wait_rows[waiting];
}

static const struct question_row question_rows[QUESTION_COUNT] = {
    [QUESTION_NONE] = {.verb = VERB_NONE},
    [QUESTION_ACCOUNT] = {VERB_ACCOUNT, SCREEN_IDENTIFY, true, WAITING_ACCOUNT, SCREEN_IDENTIFY,
                          false},
    [QUESTION_PUSHED] = {VERB_RECORDS, SCREEN_BILLS, true, WAITING_BILLS, SCREEN_IDENTIFY, false},
    [QUESTION_BILLS] = {VERB_BILLS, SCREEN_BILLS, true, WAITING_BILLS, SCREEN_IDENTIFY, false},
    [QUESTION_DECODE] = {VERB_DECODE, SCREEN_CHANNEL, true, WAITING_PLACING, SCREEN_CHANNEL, false},
    [QUESTION_DAY] = {VERB_RECORDS, SCREEN_CHANNEL, true, WAITING_PLACING, SCREEN_CHANNEL, false},
    [QUESTION_BILLS_AGAIN] = {VERB_BILLS, SCREEN_CHANNEL, true, WAITING_PLACING, SCREEN_CHANNEL,
                              false},
    [QUESTION_SETTLED] = {VERB_ASK_CREDIT, SCREEN_CHANNEL, true, WAITING_PLACING, SCREEN_CHANNEL,
                          false},
    [QUESTION_RECORDS] = {VERB_RECORDS, SCREEN_RECORDS, true, WAITING_RECORDS, SCREEN_IDENTIFY,
                          false},
    [QUESTION_ORDER] = {VERB_REOPEN, SCREEN_RECORDS, true, WAITING_RECORDS, SCREEN_IDENTIFY, false},
    [QUESTION_REFUND_ORDER] = {VERB_REOPEN, SCREEN_CONFIRM, true, WAITING_REFUND, SCREEN_IDENTIFY,
                               false},
    [QUESTION_PLATFORM] = {VERB_ASK, SCREEN_CONFIRM, true, WAITING_REFUND, SCREEN_IDENTIFY, true},
    [QUESTION_STANDS] = {VERB_ASK_CREDIT, SCREEN_CONFIRM, true, WAITING_REFUND, SCREEN_IDENTIFY,
                         true},
    [QUESTION_GUIDANCE] = {VERB_GUIDANCE, SCREEN_RESULT, .of_order = true},
};

const struct question_row *question_row(enum visit_question question) {
    return &question_rows[question];
}
