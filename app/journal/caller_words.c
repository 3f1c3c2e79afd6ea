/* What a desk's caller said of its payment or refund and the order has no room for: examinations,
 * the insurance's parameters. Sent again after a restart it is said again. Medical: it goes when
 * the order is settled, and the chain has only its hash, in the seal. */
#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"
#include "app/journal/parts.h"

/* The row of the order, as long as the statement is not reset. */
static enum journal_result find_words(struct journal *journal, const char *order_no,
                                      sqlite3_stmt **statement, struct caller_words *out) {
    *out = (struct caller_words){NULL, NULL};
    *statement = journal_statement(journal, STATEMENT_CALLER_WORDS);
    if (*statement == NULL)
        return journal_fail(journal, "caller_words");
    journal_bind_text(*statement, 1, order_no);
    int step = sqlite3_step(*statement);
    if (step == SQLITE_ROW)
        *out =
            (struct caller_words){journal_text_at(*statement, 0), journal_text_at(*statement, 1)};
    return step == SQLITE_ROW || step == SQLITE_DONE ? JOURNAL_OK
                                                     : journal_fail(journal, "caller_words");
}

static bool same_words(const struct caller_words *a, const struct caller_words *b) {
    return a->operation != NULL && strcmp(a->operation, b->operation) == 0 &&
           strcmp(a->members, b->members) == 0;
}

static enum journal_result write_words(struct journal *journal, const char *order_no,
                                       const struct caller_words *words) {
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_SET_CALLER_WORDS);
    if (statement == NULL)
        return journal_fail(journal, "caller_words");
    journal_bind_text(statement, 1, order_no);
    journal_bind_text(statement, 2, words->operation);
    journal_bind_text(statement, 3, words->members);
    return journal_step_done(journal, statement, "caller_words");
}

enum journal_result journal_put_caller_words(struct journal *journal,
                                             const struct journal_write *write) {
    struct caller_words stand;
    sqlite3_stmt *statement = NULL;
    if (write->words.operation == NULL)
        return JOURNAL_OK;
    enum journal_result result = find_words(journal, write->order->no, &statement, &stand);
    bool wanted = result == JOURNAL_OK && !same_words(&stand, &write->words);
    sqlite3_reset(statement);
    return wanted ? write_words(journal, write->order->no, &write->words) : result;
}

enum journal_result journal_seal(struct journal *journal, const struct order *order,
                                 const struct retry_row *row, char seal[HASH_SIZE]) {
    struct caller_words words = {NULL, NULL};
    sqlite3_stmt *statement = NULL;
    enum journal_result result = order->caller_no[0] == '\0'
                                     ? JOURNAL_OK
                                     : find_words(journal, order->no, &statement, &words);
    if (result == JOURNAL_OK)
        chain_seal(journal, order->no, row, &words, seal);
    sqlite3_reset(statement);
    return result;
}

enum journal_result journal_forget_caller_words(struct journal *journal, const char *order_no) {
    sqlite3_stmt *statement = journal_statement(journal, STATEMENT_FORGET_CALLER_WORDS);
    if (statement == NULL)
        return journal_fail(journal, "caller_words");
    journal_bind_text(statement, 1, order_no);
    return journal_step_done(journal, statement, "caller_words");
}

enum journal_result journal_caller_words(struct journal *journal, const char *order_no,
                                         char **operation, char **members) {
    struct caller_words words;
    sqlite3_stmt *statement = NULL;
    *operation = *members = NULL;
    enum journal_result result = find_words(journal, order_no, &statement, &words);
    if (result == JOURNAL_OK && words.operation != NULL) {
        *operation = strdup(words.operation);
        *members = strdup(words.members);
        ENSURE(*operation != NULL && *members != NULL);
    }
    sqlite3_reset(statement);
    return result;
}
