#include "app/pump/desk_token.h"

#include <openssl/crypto.h>
#include <string.h>

enum desk_token_state desk_token_take(struct desk_token *heard, char byte) {
    bool ends = byte == '\n';
    if (byte == '\0' || heard->length + 1 >= sizeof heard->line)
        return DESK_TOKEN_BAD;
    heard->line[heard->length] = ends ? '\0' : byte;
    heard->length += !ends;
    return ends ? DESK_TOKEN_WHOLE : DESK_TOKEN_MORE;
}

bool desk_token_is(const struct desk_token *heard, const char *token) {
    size_t word = strlen(DESK_TOKEN_WORD), length = strlen(token);
    if (heard->length != word + length || strncmp(heard->line, DESK_TOKEN_WORD, word) != 0)
        return false;
    return CRYPTO_memcmp(heard->line + word, token, length) == 0;
}
