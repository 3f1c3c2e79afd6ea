/* The line by which a caller of another machine becomes known (app/payclient/protocol.h), byte by
 * byte as it comes: nothing behind it is read. */
#ifndef HOPKIOSK_PUMP_DESK_TOKEN_H
#define HOPKIOSK_PUMP_DESK_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

#include "app/payclient/protocol.h"

enum desk_token_state { DESK_TOKEN_MORE = 0, DESK_TOKEN_WHOLE, DESK_TOKEN_BAD };

struct desk_token {
    char line[DESK_TOKEN_LINE_MAX];
    size_t length;
};

/* BAD: too long, or with a zero inside. */
enum desk_token_state desk_token_take(struct desk_token *heard, char byte);
/* Of a WHOLE one. As long for a wrong one as for the right one. */
bool desk_token_is(const struct desk_token *heard, const char *token);

#endif
