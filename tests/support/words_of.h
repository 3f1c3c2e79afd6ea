/* The words of assets/text for tests: a key without words fails the test that asked for it. */
#ifndef HOPKIOSK_TESTS_WORDS_OF_H
#define HOPKIOSK_TESTS_WORDS_OF_H

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>

#include "app/core/terms/types.h"

struct words {
    cJSON *tree[LANGUAGE_COUNT];
};

static inline cJSON *words_read(const char *path) {
    static char text[1 << 18];
    FILE *file = fopen(path, "r");

    assert_non_null(file);
    size_t length = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[length] = '\0';
    cJSON *tree = cJSON_Parse(text);
    assert_non_null(tree);
    return tree;
}

static inline void words_open(struct words *words) {
    words->tree[LANGUAGE_ZH] = words_read("assets/text/zh.json");
    words->tree[LANGUAGE_EN] = words_read("assets/text/en.json");
}

static inline void words_close(struct words *words) {
    cJSON_Delete(words->tree[LANGUAGE_ZH]);
    cJSON_Delete(words->tree[LANGUAGE_EN]);
}

static inline const char *words_of(const void *words, enum language language, const char *key) {
    const struct words *all = words;
    const cJSON *item;

    if (key[0] == '\0')
        return "";
    item = cJSON_GetObjectItemCaseSensitive(all->tree[language], key);
    if (item == NULL)
        print_error("no words for %s\n", key);
    assert_non_null(item);
    return item->valuestring;
}

#endif
