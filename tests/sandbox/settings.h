/* What /control/settings changes: every setting as a row of a table. */
#ifndef SANDBOX_SETTINGS_H
#define SANDBOX_SETTINGS_H

#include <cjson/cJSON.h>

#include "tests/sandbox/sandbox.h"

/* NULL, or what is wrong with a member: then nothing is changed. */
const char *settings_set(struct settings *settings, const cJSON *request);

/* The index of a word in a list that NULL ends, -1: it is none of them. */
int settings_word(const char *const *words, const char *word);

#endif
