/* The library's four functions: check, ask the desk, keep the answer for this thread, hand it over.
 */
#include "app/payclient/payclient.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"
#include "app/payclient/desk_call.h"
#include "app/payclient/handed.h"
#include "app/payclient/result.h"
#include "app/wire/json.h"

#define CODE_TEXT_SIZE 16
#define TOO_SMALL "-1001"
#define NO_DESK "-1002"
#define UNREADABLE "-3"
#define ASK_CODE "999999"        /* what became of a payment is not known */
#define MOBILE_ASK_CODE "000001" /* the portal's "unknown error" */

/* What a thread's last call came to. */
struct last_call {
    char code[CODE_TEXT_SIZE];
    char *text;                    /* the whole answer; NULL: there was no call */
    char returned[CODE_TEXT_SIZE]; /* the code, or TOO_SMALL */
};

static pthread_key_t last_key;
static pthread_once_t last_once = PTHREAD_ONCE_INIT;

static void free_last(void *context) {
    struct last_call *last = context;
    free(last->text);
    free(last);
}

static void make_last_key(void) {
    ENSURE(pthread_key_create(&last_key, free_last) == 0);
}

static struct last_call *last_of_thread(void) {
    pthread_once(&last_once, make_last_key);
    struct last_call *last = pthread_getspecific(last_key);
    if (last == NULL) {
        last = calloc(1, sizeof *last);
        ENSURE(last != NULL && pthread_setspecific(last_key, last) == 0);
    }
    return last;
}

static enum wire_encoding caller_encoding(void) {
    const char *word = getenv("PAYCLIENT_ENCODING");
    return word != NULL && strcmp(word, "GB18030") == 0 ? WIRE_GB18030 : WIRE_UTF8;
}

static void keep_last_code(struct last_call *last, const char *code) {
    snprintf(last->code, sizeof last->code, "%s", code);
}

/* Copies what fits whole, with its zero; false: it does not. */
static bool hand_text_over(char *out, size_t size, const char *text) {
    size_t length = strlen(text) + 1;
    if (out == NULL || length > size)
        return out == NULL;
    memcpy(out, text, length);
    return true;
}

static char *return_code(struct last_call *last, const char *code) {
    snprintf(last->returned, sizeof last->returned, "%s", code);
    return last->returned;
}

/* The answer did not fit: says so, if that fits. */
static char *hand_over_too_small(struct last_call *last, char *out, size_t size) {
    char detail[96];
    snprintf(detail, sizeof detail, "%zu bytes, fetch it by payTransLast", strlen(last->text) + 1);
    cJSON *answer = answer_of_code("", TOO_SMALL, detail);
    char *text = answer_text(answer, caller_encoding());
    if (!hand_text_over(out, size, text) && size > 0)
        out[0] = '\0';
    free(text);
    cJSON_Delete(answer);
    return return_code(last, TOO_SMALL);
}

/* A call of one of the two documents. */
struct call_kind {
    void (*check)(const char *text, enum wire_encoding encoding, struct question_checked *out);
    cJSON *(*answer)(const struct question_checked *question, const char *code, const char *detail);
    const char *ask_code;
};

static cJSON *pay_answer(const struct question_checked *question, const char *code,
                         const char *detail) {
    return answer_of_code(question->type, code, detail);
}

static cJSON *mobile_answer(const struct question_checked *question, const char *code,
                            const char *detail) {
    (void)question;
    return answer_of_mobile(code, detail);
}

static const struct call_kind pay_kind = {question_check_pay, pay_answer, ASK_CODE};
static const struct call_kind mobile_kind = {question_check_mobile, mobile_answer, MOBILE_ASK_CODE};

/* The desk's line {"code", "out"}; NULL when it is none. */
static cJSON *parse_desk_answer(struct last_call *last, const char *line) {
    const char *ignored;
    cJSON *tree = wire_parse(line, strlen(line), &ignored);
    const char *code = wire_text(tree, "code");
    cJSON *out = cJSON_DetachItemFromObjectCaseSensitive(tree, "out");
    bool good = code != NULL && strlen(code) < CODE_TEXT_SIZE && cJSON_IsObject(out);
    if (good) {
        keep_last_code(last, code);
    } else {
        cJSON_Delete(out);
        out = NULL;
    }
    cJSON_Delete(tree);
    return out;
}

/* Whatever happens is an answer with a code of its own. */
static cJSON *ask_desk(struct last_call *last, const struct call_kind *kind,
                       const struct question_checked *question) {
    char why[QUESTION_DETAIL_SIZE] = "the desk's answer cannot be read: ask what became of it";
    char *line = NULL;
    enum desk_call result = desk_call(question->line, &line, why, sizeof why);
    cJSON *answer = result == DESK_ANSWERED ? parse_desk_answer(last, line) : NULL;
    free(line);
    if (answer != NULL)
        return answer;
    const char *code = result == DESK_ABSENT     ? NO_DESK
                       : question->moves_money   ? kind->ask_code
                       : result == DESK_ANSWERED ? UNREADABLE
                                                 : NO_DESK;
    keep_last_code(last, code);
    return kind->answer(question, code, why);
}

/* The whole answer is kept for this thread, and what fits of it is handed over. */
static char *keep_answer(struct last_call *last, const struct question_checked *question,
                         cJSON *answer, char *out, size_t size) {
    enum wire_encoding encoding = caller_encoding();
    free(last->text);
    last->text = answer_text(answer, encoding);
    if (question->type[0] != '\0')
        answer_fit(answer, question->type, question->moves_money, encoding, size);
    char *fitting = answer_text(answer, encoding);
    bool fits = hand_text_over(out, size, fitting);
    free(fitting);
    cJSON_Delete(answer);
    return fits ? return_code(last, last->code) : hand_over_too_small(last, out, size);
}

static char *call_desk(const struct call_kind *kind, const char *in, char *out, size_t size) {
    struct last_call *last = last_of_thread();
    struct question_checked question;
    cJSON *answer;
    kind->check(in, caller_encoding(), &question);
    if (question.line != NULL) {
        answer = ask_desk(last, kind, &question);
    } else {
        keep_last_code(last, question.code);
        answer = kind->answer(&question, question.code, question.detail);
    }
    free(question.line);
    return keep_answer(last, &question, answer, out, size);
}

static size_t size_of(int size) {
    return size > 0 ? (size_t)size : 0;
}

char *PAYCLIENT_CALL payTrans(char *pindata, char *poutdata) {
    return call_desk(&pay_kind, pindata, poutdata, PAYCLIENT_SIZE);
}

char *PAYCLIENT_CALL MobileTrans(char *sReqt, char *sResp) {
    return call_desk(&mobile_kind, sReqt, sResp, PAYCLIENT_SIZE);
}

char *PAYCLIENT_CALL payTransN(char *pindata, char *poutdata, int size) {
    return call_desk(&pay_kind, pindata, poutdata, size_of(size));
}

char *PAYCLIENT_CALL payTransLast(char *poutdata, int size) {
    struct last_call *last = last_of_thread();
    if (last->text == NULL) {
        last->text = strdup("{\"respCode\":\"020000\",\"respMsg\":\"no call before it\"}");
        ENSURE(last->text != NULL);
        keep_last_code(last, "020000");
    }
    return hand_text_over(poutdata, size_of(size), last->text)
               ? return_code(last, last->code)
               : hand_over_too_small(last, poutdata, size_of(size));
}
