#include "tests/mutate/tokens.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *text_read(const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END) != 0)
        return NULL;
    long size = ftell(file);
    char *text = calloc(1, (size_t)size + 1);
    rewind(file);
    if (!text || fread(text, 1, (size_t)size, file) != (size_t)size)
        return NULL;
    fclose(file);
    return text;
}

/* ---- from characters to tokens ---- */
static int end_of_comment(const char *text, int at) {
    if (text[at + 1] == '/')
        return at + (int)strcspn(text + at, "\n");
    const char *end = strstr(text + at + 2, "*/");
    return end ? (int)(end - text) + 2 : at + (int)strlen(text + at);
}

static bool begins_comment(const char *text, int at) {
    return text[at] == '/' && (text[at + 1] == '/' || text[at + 1] == '*');
}

/* A directive ends with its line, unless a backslash continues it. */
static int end_of_directive(const char *text, int at) {
    while (text[at] && text[at] != '\n')
        if (begins_comment(text, at))
            at = end_of_comment(text, at);
        else
            at += text[at] == '\\' && text[at + 1] ? 2 : 1;
    return at;
}

static int end_of_text(const char *text, int at) {
    char quote = text[at++];
    while (text[at] && text[at] != quote)
        at += text[at] == '\\' ? 2 : 1;
    return at + 1;
}

static int end_of_sign(const char *text, int at) {
    static const char *const signs[] = {"<<=", ">>=", "...", "->", "++", "--", "<<", ">>",
                                        "<=",  ">=",  "==",  "!=", "&&", "||", "+=", "-=",
                                        "*=",  "/=",  "%=",  "&=", "|=", "^="};
    for (unsigned i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (strncmp(text + at, signs[i], strlen(signs[i])) == 0)
            return at + (int)strlen(signs[i]);
    return at + 1;
}

static bool is_of_name(char c) {
    return isalnum((unsigned char)c) || c == '_';
}

static struct token token_at(const char *text, int at) {
    struct token token = {.start = at, .end = at, .owner = -1};
    if (text[at] == '"' || text[at] == '\'') {
        token.kind = TOKEN_TEXT;
        token.end = end_of_text(text, at);
    } else if (is_of_name(text[at])) {
        token.kind = isdigit((unsigned char)text[at]) ? TOKEN_NUMBER : TOKEN_NAME;
        while (is_of_name(text[token.end]))
            token.end++;
    } else {
        token.kind = TOKEN_SIGN;
        token.end = end_of_sign(text, at);
    }
    return token;
}

static void keep_token(struct tokens *tokens, struct token token, int line) {
    if (tokens->count == TOKENS_MAX)
        abort();
    token.line = line;
    tokens->items[tokens->count++] = token;
}

/* Only what follows the name; the name is its owner, a macro with arguments is left alone. */
static void read_define(struct tokens *tokens, int at, int end, int line) {
    int owner = tokens->count;
    at += (int)strspn(tokens->text + at, " ");
    struct token name = token_at(tokens->text, at);
    if (tokens->text[name.end] == '(')
        return;
    keep_token(tokens, name, line);
    for (at = name.end; at < end;) {
        struct token token = token_at(tokens->text, at);
        token.owner = owner;
        token.code = token.kind == TOKEN_NUMBER;
        if (begins_comment(tokens->text, at)) {
            at = end_of_comment(tokens->text, at);
        } else {
            at = token.end;
            if (token.kind == TOKEN_NUMBER)
                keep_token(tokens, token, line);
        }
    }
}

/* Returns its end. */
static int read_directive(struct tokens *tokens, int at, int line) {
    int end = end_of_directive(tokens->text, at);
    if (strncmp(tokens->text + at, "#define ", 8) == 0)
        read_define(tokens, at + 8, end, line);
    return end;
}

static void read_all(struct tokens *tokens) {
    const char *text = tokens->text;
    int line = 1;
    for (int at = 0, next; text[at]; at = next) {
        next = at + 1;
        if (begins_comment(text, at))
            next = end_of_comment(text, at);
        else if (text[at] == '#')
            next = read_directive(tokens, at, line);
        else if (!isspace((unsigned char)text[at])) {
            struct token token = token_at(text, at);
            keep_token(tokens, token, line);
            next = token.end;
        }
        for (int i = at; i < next; i++)
            line += text[i] == '\n';
    }
}

/* ---- what stands where ---- */
bool token_is(const struct tokens *tokens, int i, const char *word) {
    if (i < 0 || i >= tokens->count)
        return false;
    const struct token *token = &tokens->items[i];
    size_t length = (size_t)(token->end - token->start);
    return strlen(word) == length && memcmp(tokens->text + token->start, word, length) == 0;
}

int token_past(const struct tokens *tokens, int i) {
    int depth = 0;
    for (; i < tokens->count; i++) {
        depth += token_is(tokens, i, "(") || token_is(tokens, i, "[") || token_is(tokens, i, "{");
        depth -= token_is(tokens, i, ")") || token_is(tokens, i, "]") || token_is(tokens, i, "}");
        if (depth == 0)
            return i + 1;
    }
    return i;
}

/* An assertion says what holds anyway; nothing behind it is changed. */
static bool is_assertion(const struct tokens *tokens, int i) {
    return token_is(tokens, i, "CORE_ASSERT") || token_is(tokens, i, "_Static_assert") ||
           token_is(tokens, i, "assert");
}

/* The body of a function or of a table from its brace on. Returns its end. */
static int mark_body(struct tokens *tokens, int i, int owner) {
    int end = token_past(tokens, i);
    while (i < end)
        if (is_assertion(tokens, i)) {
            i = token_past(tokens, i + 1);
        } else {
            tokens->items[i].owner = owner;
            tokens->items[i++].code = true;
        }
    return end;
}

static void mark_bodies(struct tokens *tokens) {
    int name = -1;
    for (int i = 0; i < tokens->count;) {
        bool takes = token_is(tokens, i + 1, "(");
        bool named = takes || token_is(tokens, i + 1, "[") || token_is(tokens, i + 1, "=");
        named = named && tokens->items[i].kind == TOKEN_NAME;
        if (named)
            name = i;
        if (named && takes)
            i = token_past(tokens, i + 1);
        else if (!token_is(tokens, i, "{"))
            i++;
        else if (name >= 0 && (token_is(tokens, i - 1, ")") || token_is(tokens, i - 1, "=")))
            i = mark_body(tokens, i, name);
        else
            i = token_past(tokens, i);
    }
}

void tokens_read(struct tokens *tokens, const char *text) {
    tokens->text = text;
    tokens->count = 0;
    read_all(tokens);
    mark_bodies(tokens);
}
