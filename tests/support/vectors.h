/* The vectors of tests/vectors, found from the folder a test runs in (the repository's root). */
#ifndef HOPKIOSK_TESTS_VECTORS_H
#define HOPKIOSK_TESTS_VECTORS_H

#include <stdio.h>
#include <stdlib.h>

#include "app/wire/json.h"

static inline cJSON *vectors_load(const char *path) {
    FILE *file = fopen(path, "rb");
    char *text = malloc(1 << 20);
    const char *error = NULL;
    if (file == NULL || text == NULL)
        return NULL;
    cJSON *tree = wire_parse(text, fread(text, 1, 1 << 20, file), &error);
    fclose(file);
    free(text);
    return tree;
}

#endif
