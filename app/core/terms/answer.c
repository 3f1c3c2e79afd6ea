#include "app/core/terms/answer.h"

#include <string.h>

#define CODE_TRANSPORT_FIRST '-' /* minus the transport's error number, or a portal's own word */
#define CODE_HTTP "HTTP "        /* an HTTP status that is not 200 */

const char *outcome_word(enum outcome outcome) {
    static const char *const words[] = {[OUTCOME_UNKNOWN] = "unknown",
                                        [OUTCOME_ACCEPTED] = "accepted",
                                        [OUTCOME_DECLINED] = "declined",
                                        [OUTCOME_PENDING] = "pending",
                                        [OUTCOME_MALFORMED] = "malformed"};
    return words[outcome];
}

const struct document *document_of(const struct event_answer *answer, enum document_kind kind) {
    return answer->outcome == OUTCOME_ACCEPTED ? document_if(answer->document, kind) : NULL;
}

const struct bill_list *bill_list_of(const struct event_answer *answer) {
    return (const struct bill_list *)(const void *)document_of(answer, DOCUMENT_BILLS);
}

bool answer_spoke(const struct event_answer *answer) {
    const char *code = answer->code;
    bool transports = code[0] == CODE_TRANSPORT_FIRST && !answer->code_is_word;
    return answer->outcome != OUTCOME_MALFORMED && code[0] != '\0' && !transports &&
           strncmp(code, CODE_HTTP, sizeof CODE_HTTP - 1) != 0;
}

bool answer_his_closed(const struct event_answer *answer) {
    return answer->outcome == OUTCOME_UNKNOWN && strcmp(answer->code, "closed") == 0;
}

bool answer_his_refused(const struct event_answer *answer) {
    return answer->outcome == OUTCOME_UNKNOWN && (strcmp(answer->code, CODE_HIS_FAILED) == 0 ||
                                                  strcmp(answer->code, CODE_HIS_UNFIT) == 0);
}

bool answer_decides(const struct event_answer *answer) {
    return answer_spoke(answer) && strcmp(answer->code, CODE_HIS_EXCEPTION) != 0;
}
