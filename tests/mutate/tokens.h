/* A C file as tokens, for what changes it by machine: comments and directives are left out, but for
 * the numbers of a #define. */
#ifndef HOPKIOSK_MUTATE_TOKENS_H
#define HOPKIOSK_MUTATE_TOKENS_H

#include <stdbool.h>
#include <stddef.h>

#define TOKENS_MAX 20000

enum token_kind { TOKEN_NAME = 0, TOKEN_NUMBER, TOKEN_TEXT, TOKEN_SIGN };

struct token {
    enum token_kind kind;
    int start, end, line;
    int owner; /* the token that names the function, table or #define it stands in; -1: none */
    bool code; /* it is run or read at run time */
};

struct tokens {
    const char *text;
    int count;
    struct token items[TOKENS_MAX];
};

/* The whole file, ended by 0; NULL: it cannot be read. */
char *text_read(const char *path);
void tokens_read(struct tokens *tokens, const char *text);
bool token_is(const struct tokens *tokens, int i, const char *word);
/* The token behind the bracket that closes the one at i. */
int token_past(const struct tokens *tokens, int i);

#endif
