/* A connection string as words, with what we add. Internal to the link. */
#ifndef HOPKIOSK_FLEET_DATABASE_H
#define HOPKIOSK_FLEET_DATABASE_H

#include "app/fleet/link.h"

#define FLEET_WORDS_MAX 63
struct fleet_words { /* ended by NULL, as PQconnectStartParams wants them */
    int count;
    const char *keywords[FLEET_WORDS_MAX + 1], *values[FLEET_WORDS_MAX + 1];
};

/* NULL after a sentence in `error`. Caller: PQconninfoFree. */
PQconninfoOption *fleet_database_read(const char *database, char *error, size_t size);
/* Points into `options`. */
void fleet_database_words(const PQconninfoOption *options, struct fleet_words *out);
/* "": the string says nothing of it. */
const char *fleet_database_word(const struct fleet_words *words, const char *keyword);
/* Replaces a word, or adds it. Points to `value`. */
void fleet_database_say(struct fleet_words *words, const char *keyword, const char *value);

#endif
