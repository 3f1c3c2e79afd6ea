/* mutants list FILE HEADER... prints every small change of a C file, a line each: its number, a
 * hash of its name, where it stands, its name. mutants make N FILE HEADER... writes the file with
 * the Nth of them. The headers' enumerators are the states that are swapped. A mutant is named by
 * its function and by what is changed there, not by its line: a name outlives changes elsewhere. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/mutate/tokens.h"

#define MUTANTS_MAX 4000
#define NAME_SIZE 64
#define WORDS_MAX 2000
#define CHANGED_SIZE 160

struct mutant {
    const char *kind;
    int first, end; /* the characters that are replaced */
    int line, owner;
    char to[NAME_SIZE];
};

struct word {
    char name[NAME_SIZE], next[NAME_SIZE];
};

static struct tokens source;
static struct mutant mutants[MUTANTS_MAX];
static int mutant_count;
static struct word words[WORDS_MAX];
static int word_count;

static void word_of_token(const struct tokens *tokens, int i, char out[NAME_SIZE]) {
    const struct token *token = &tokens->items[i];
    snprintf(out, NAME_SIZE, "%.*s", token->end - token->start, tokens->text + token->start);
}

/* ---- the enumerators ---- */
static bool is_count(const char *name) {
    size_t length = strlen(name);
    return length > 6 && strcmp(name + length - 6, "_COUNT") == 0;
}

/* Each is followed by the next, the last by the first. */
static void read_enum(const struct tokens *tokens, int i) {
    int end = token_past(tokens, i), first = word_count;
    for (i++; i < end - 1; i++) {
        bool begins = token_is(tokens, i - 1, "{") || token_is(tokens, i - 1, ",");
        if (!begins || tokens->items[i].kind != TOKEN_NAME)
            continue;
        if (word_count == WORDS_MAX)
            abort();
        word_of_token(tokens, i, words[word_count].name);
        word_count += !is_count(words[word_count].name);
    }
    for (int w = first; w < word_count; w++)
        memcpy(words[w].next, words[w + 1 < word_count ? w + 1 : first].name, NAME_SIZE);
}

static void read_enums(const struct tokens *tokens) {
    for (int i = 0; i < tokens->count; i++) {
        int brace = token_is(tokens, i + 1, "{") ? i + 1 : i + 2;
        if (token_is(tokens, i, "enum") && token_is(tokens, brace, "{"))
            read_enum(tokens, brace);
    }
}

/* ---- the changes ---- */
static void add_mutant(const char *kind, int i, int end_token, const char *to) {
    if (mutant_count == MUTANTS_MAX)
        abort();
    struct mutant *mutant = &mutants[mutant_count++];
    mutant->kind = kind;
    mutant->first = source.items[i].start;
    mutant->end = source.items[end_token - 1].end;
    mutant->line = source.items[i].line;
    mutant->owner = source.items[i].owner;
    snprintf(mutant->to, sizeof mutant->to, "%s", to);
}

/* Is there a value before this sign, so that it stands between two? */
static bool is_binary(int i) {
    enum token_kind kind = source.items[i - 1].kind;
    if (token_is(&source, i - 1, "return") || token_is(&source, i - 1, "case"))
        return false;
    return kind == TOKEN_NAME || kind == TOKEN_NUMBER || token_is(&source, i - 1, ")") ||
           token_is(&source, i - 1, "]");
}

static bool in_for_head(int i) {
    for (int depth = 0; i > 0; i--) {
        depth += token_is(&source, i, ")");
        if (depth == 0 && token_is(&source, i, "("))
            return token_is(&source, i - 1, "for");
        depth -= token_is(&source, i, "(");
        if (depth == 0 && (token_is(&source, i, "{") || token_is(&source, i, "}")))
            return false;
    }
    return false;
}

static void change_sign(int i) {
    static const struct {
        const char *kind, *from, *to;
    } rows[] = {
        {"comparison", "<", "<="},  {"comparison", "<=", "<"},  {"comparison", ">", ">="},
        {"comparison", ">=", ">"},  {"comparison", "==", "!="}, {"comparison", "!=", "=="},
        {"logic", "&&", "||"},      {"logic", "||", "&&"},      {"logic", "!", ""},
        {"arithmetic", "+", "-"},   {"arithmetic", "-", "+"},   {"arithmetic", "/", "*"},
        {"arithmetic", "%", "*"},   {"arithmetic", "+=", "-="}, {"arithmetic", "-=", "+="},
        {"arithmetic", "++", "--"}, {"arithmetic", "--", "++"}, {"logic", "&", "|"},
        {"logic", "|", "&"},
    };
    for (unsigned r = 0; r < sizeof rows / sizeof rows[0]; r++) {
        bool anywhere = strcmp(rows[r].from, "!") == 0 || strlen(rows[r].from) == 2;
        bool counts = strcmp(rows[r].from, "++") == 0 || strcmp(rows[r].from, "--") == 0;
        if (!token_is(&source, i, rows[r].from) || (counts && in_for_head(i)))
            continue; /* a loop that runs away teaches nothing */
        if (anywhere || is_binary(i))
            add_mutant(rows[r].kind, i, i + 1, rows[r].to);
    }
}

/* A small number by one, a great one to something else altogether. */
static void change_number(int i) {
    char word[NAME_SIZE], to[NAME_SIZE + 8], *rest;
    word_of_token(&source, i, word);
    unsigned long value = strtoul(word, &rest, 0);
    snprintf(to, sizeof to, "%lu%s", value < 10 ? value + 1 : 1, rest);
    add_mutant("constant", i, i + 1, to);
}

static void change_name(int i) {
    char word[NAME_SIZE];
    if (token_is(&source, i - 1, "case"))
        return; /* mostly the next label */
    word_of_token(&source, i, word);
    if (strcmp(word, "true") == 0)
        add_mutant("constant", i, i + 1, "false");
    if (strcmp(word, "false") == 0)
        add_mutant("constant", i, i + 1, "true");
    for (int w = 0; w < word_count; w++)
        if (strcmp(words[w].name, word) == 0 && strcmp(words[w].next, word) != 0) {
            add_mutant("state", i, i + 1, words[w].next);
            return;
        }
}

/* `a == b` the other way round is `a != b`, which is a change of its own. */
static bool is_one_equation(int i) {
    int signs = 0, equations = 0;
    for (int end = token_past(&source, i); i < end; i++) {
        signs += token_is(&source, i, "&&") || token_is(&source, i, "||");
        equations += token_is(&source, i, "==") || token_is(&source, i, "!=");
    }
    return signs == 0 && equations == 1;
}

/* `if (x)` and `while (x)` the other way round. */
static void change_condition(int i) {
    char to[NAME_SIZE];
    bool head = token_is(&source, i, "if") || token_is(&source, i, "while");
    if (!head || !token_is(&source, i + 1, "(") || is_one_equation(i + 1))
        return;
    word_of_token(&source, i, to);
    strcat(to, " (!");
    add_mutant("condition", i, i + 2, to);
}

/* ---- dropped statements ---- */
/* Behind the head of an if, a for or a while. */
static bool ends_head(int i) {
    int depth = 0;
    for (; i >= 0; i--) {
        depth += token_is(&source, i, ")");
        depth -= token_is(&source, i, "(");
        if (depth == 0)
            return token_is(&source, i - 1, "if") || token_is(&source, i - 1, "for") ||
                   token_is(&source, i - 1, "while");
    }
    return false;
}

/* Behind the colon of a `case` or `default`, not of a choice between two values. */
static bool ends_label(int i) {
    while (--i >= 0 && !token_is(&source, i, ";") && !token_is(&source, i, "{") &&
           !token_is(&source, i, "}"))
        if (token_is(&source, i, "case") || token_is(&source, i, "default"))
            return true;
    return false;
}

static bool begins_statement(int i) {
    if (token_is(&source, i - 1, ")"))
        return ends_head(i - 1);
    return token_is(&source, i - 1, ";") || token_is(&source, i - 1, "{") ||
           token_is(&source, i - 1, "}") || token_is(&source, i - 1, "else") ||
           (token_is(&source, i - 1, ":") && ends_label(i - 1));
}

/* Two names, or a name and stars before a name. */
static bool is_declaration(int i) {
    if (source.items[i].kind != TOKEN_NAME)
        return false;
    int next = i + 1;
    while (token_is(&source, next, "*"))
        next++;
    return source.items[next].kind == TOKEN_NAME;
}

static int end_of_statement(int i) {
    while (i < source.count && !token_is(&source, i, ";") && !token_is(&source, i, "}"))
        i = token_is(&source, i, "(") || token_is(&source, i, "[") || token_is(&source, i, "{")
                ? token_past(&source, i)
                : i + 1;
    return i;
}

static bool is_simple(int i) {
    static const char *const others[] = {"if",     "for",  "while",    "do",   "switch",
                                         "case",   "else", "continue", "goto", "default",
                                         "static", "{",    "}",        ";"};
    for (unsigned o = 0; o < sizeof others / sizeof others[0]; o++)
        if (token_is(&source, i, others[o]))
            return false;
    if (token_is(&source, i, "return"))
        return token_is(&source, i + 1, ";");
    return !is_declaration(i) && !token_is(&source, i + 1, ":");
}

/* In a table nothing is a statement. */
static bool is_of_function(int i) {
    int owner = source.items[i].owner;
    return owner >= 0 && token_is(&source, owner + 1, "(");
}

static void drop_statement(int i) {
    if (!is_of_function(i) || !begins_statement(i) || !is_simple(i) || in_for_head(i - 1))
        return;
    int end = end_of_statement(i);
    if (token_is(&source, end, ";") && !token_is(&source, i, "("))
        add_mutant("dropped", i, end + 1, ";");
}

static void find_mutants(void) {
    for (int i = 0; i < source.count; i++) {
        if (!source.items[i].code)
            continue;
        drop_statement(i);
        change_condition(i);
        if (source.items[i].kind == TOKEN_SIGN)
            change_sign(i);
        if (source.items[i].kind == TOKEN_NUMBER)
            change_number(i);
        if (source.items[i].kind == TOKEN_NAME)
            change_name(i);
    }
}

/* ---- what is printed ---- */
/* What is changed, in one line. */
static void changed_text(const struct mutant *mutant, char out[CHANGED_SIZE]) {
    int length = 0;
    for (int at = mutant->first; at < mutant->end && length < CHANGED_SIZE - 1; at++) {
        char c = source.text[at] == '\n' || source.text[at] == '\t' ? ' ' : source.text[at];
        if (c != ' ' || (length > 0 && out[length - 1] != ' '))
            out[length++] = c;
    }
    out[length] = '\0';
}

/* The how manieth change of the same words in the same function. */
static int ordinal_of(int m) {
    char text[CHANGED_SIZE], other[CHANGED_SIZE];
    int ordinal = 1;
    changed_text(&mutants[m], text);
    for (int i = 0; i < m; i++) {
        if (mutants[i].owner != mutants[m].owner || strcmp(mutants[i].kind, mutants[m].kind) != 0 ||
            strcmp(mutants[i].to, mutants[m].to) != 0)
            continue;
        changed_text(&mutants[i], other);
        ordinal += strcmp(text, other) == 0;
    }
    return ordinal;
}

static uint64_t hash_of(const char *text) {
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (; *text; text++)
        hash = (hash ^ (uint8_t)*text) * UINT64_C(0x100000001b3);
    return hash >> 16; /* a number that awk can hold */
}

static void print_mutant(int m, const char *path) {
    char text[CHANGED_SIZE], owner[NAME_SIZE] = "-", name[2 * CHANGED_SIZE + 4 * NAME_SIZE];
    const struct mutant *mutant = &mutants[m];
    changed_text(mutant, text);
    if (mutant->owner >= 0)
        word_of_token(&source, mutant->owner, owner);
    snprintf(name, sizeof name, "%s %s %s: %s -> %s #%d", path, owner, mutant->kind, text,
             mutant->to[0] ? mutant->to : "nothing", ordinal_of(m));
    printf("%d\t%llu\t%s:%d\t%s\n", m, (unsigned long long)hash_of(name), path, mutant->line, name);
}

static void write_mutant(const struct mutant *mutant) {
    fwrite(source.text, 1, (size_t)mutant->first, stdout);
    fputs(mutant->to, stdout);
    for (int at = mutant->first; at < mutant->end; at++) /* the lines stay where they are */
        if (source.text[at] == '\n')
            putchar('\n');
    fputs(source.text + mutant->end, stdout);
}

static bool read_headers(int count, char **paths) {
    static struct tokens header;
    for (int i = 0; i < count; i++) {
        char *text = text_read(paths[i]);
        if (!text)
            return false;
        tokens_read(&header, text);
        read_enums(&header);
        free(text);
    }
    return true;
}

int main(int count, char **arguments) {
    bool make = count > 3 && strcmp(arguments[1], "make") == 0;
    int path = make ? 3 : 2;
    char *text = count > path ? text_read(arguments[path]) : NULL;
    if (!text || !read_headers(count - path, arguments + path)) {
        fprintf(stderr, "usage: mutants list FILE HEADER... | make N FILE HEADER...\n");
        return 2;
    }
    tokens_read(&source, text);
    find_mutants();
    int wanted = make ? atoi(arguments[2]) : 0;
    if (make && wanted < mutant_count)
        write_mutant(&mutants[wanted]);
    for (int m = 0; !make && m < mutant_count; m++)
        print_mutant(m, arguments[path]);
    free(text);
    return 0;
}
