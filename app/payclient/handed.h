/* What a caller hands over, checked by the documents' tables before any desk is looked for. */
#ifndef HOPKIOSK_PAYCLIENT_HANDED_H
#define HOPKIOSK_PAYCLIENT_HANDED_H

#include <cjson/cJSON.h>
#include <stdbool.h>

#include "app/wire/encoding.h"

#define QUESTION_TYPE_SIZE 40
#define QUESTION_DETAIL_SIZE 256

struct question_checked {
    const char *code;                  /* "000000", or what is wrong: a literal */
    char detail[QUESTION_DETAIL_SIZE]; /* ... in words, with the member's name */
    char type[QUESTION_TYPE_SIZE];     /* transType without blanks, "" when it has none */
    bool moves_money;
    char *line; /* for the desk; NULL when something is wrong. Caller: free() */
};

/* `text` may be NULL. */
void question_check_pay(const char *text, enum wire_encoding encoding,
                        struct question_checked *out);
void question_check_mobile(const char *text, enum wire_encoding encoding,
                           struct question_checked *out);

#endif
