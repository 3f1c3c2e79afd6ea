/* An answer as its caller gets it, in a buffer of any size. */
#ifndef HOPKIOSK_PAYCLIENT_RESULT_H
#define HOPKIOSK_PAYCLIENT_RESULT_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

#include "app/wire/encoding.h"

/* {"transType", "respCode", "respMsg"}: the document's words for the code and what else there is to
 * say. Caller: cJSON_Delete. */
cJSON *answer_of_code(const char *type, const char *code, const char *detail);
/* {"code", "message"} of the insurance portal. */
cJSON *answer_of_mobile(const char *code, const char *detail);
/* The answer in the encoding. Caller: free(). */
char *answer_text(const cJSON *answer, enum wire_encoding encoding);
/* Drops what the type's table calls optional, until the text has less than `size` bytes or there is
 * nothing left to drop. Of what moves no money only a picture goes. */
void answer_fit(cJSON *answer, const char *type, bool moves_money, enum wire_encoding encoding,
                size_t size);

#endif
