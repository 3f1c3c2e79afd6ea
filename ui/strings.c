#include "ui/strings.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LANGUAGES 2
#define FILE_BYTES_MAX (1 << 20)

struct word {
    const char *key, *text;
};

struct strings {
    cJSON *files[LANGUAGES]; /* own the words */
    struct word *words[LANGUAGES];
    int counts[LANGUAGES];
};

static const char *const names[LANGUAGES] = {[VIEW_ZH] = "zh", [VIEW_EN] = "en"};

static cJSON *read_json(const char *path) {
    FILE *file = fopen(path, "re");
    if (!file)
        return NULL;
    char *bytes = malloc(FILE_BYTES_MAX);
    size_t length = bytes ? fread(bytes, 1, FILE_BYTES_MAX, file) : 0;
    fclose(file);
    cJSON *json = length < FILE_BYTES_MAX ? cJSON_ParseWithLength(bytes, length) : NULL;
    free(bytes);
    return json;
}

static int by_key(const void *a, const void *b) {
    return strcmp(((const struct word *)a)->key, ((const struct word *)b)->key);
}

static bool sort_words(struct strings *strings, int language) {
    const cJSON *file = strings->files[language];
    int count = cJSON_GetArraySize(file);
    if (!cJSON_IsObject(file) || count == 0)
        return false;
    struct word *words = calloc((size_t)count, sizeof *words);
    strings->words[language] = words;
    if (!words)
        return false;
    for (const cJSON *item = file->child; item; item = item->next) {
        if (!cJSON_IsString(item))
            return false;
        words[strings->counts[language]++] = (struct word){item->string, item->valuestring};
    }
    qsort(words, (size_t)count, sizeof *words, by_key);
    return true;
}

struct strings *strings_load(const char *assets_dir, char *error, int error_size) {
    struct strings *strings = calloc(1, sizeof *strings);
    for (int i = 0; strings && i < LANGUAGES; i++) {
        char path[512];
        snprintf(path, sizeof path, "%s/text/%s.json", assets_dir, names[i]);
        strings->files[i] = read_json(path);
        if (!sort_words(strings, i)) {
            snprintf(error, (size_t)error_size, "%s: expected an object of strings", path);
            strings_free(strings);
            return NULL;
        }
    }
    return strings;
}

void strings_free(struct strings *strings) {
    for (int i = 0; strings && i < LANGUAGES; i++) {
        cJSON_Delete(strings->files[i]);
        free(strings->words[i]);
    }
    free(strings);
}

const char *strings_get(const struct strings *strings, enum view_language language,
                        const char *key) {
    int i = language == VIEW_EN ? VIEW_EN : VIEW_ZH;
    struct word wanted = {key, NULL};
    const struct word *word =
        bsearch(&wanted, strings->words[i], (size_t)strings->counts[i], sizeof wanted, by_key);
    return word ? word->text : key;
}

char *strings_fill(char *out, int size, const char *words, const char *a, const char *b) {
    int n = 0;
    while (*words && n < size - 1) {
        const char *value = strncmp(words, "{a}", 3) == 0   ? a
                            : strncmp(words, "{b}", 3) == 0 ? b
                                                            : NULL;
        if (!value) {
            out[n++] = *words++;
            continue;
        }
        words += 3;
        int length = (int)strlen(value);
        length = length < size - 1 - n ? length : size - 1 - n;
        memcpy(out + n, value, (size_t)length);
        n += length;
    }
    out[n] = '\0';
    return out;
}

char *amount_text(int64_t fen, char out[AMOUNT_TEXT_SIZE]) {
    uint64_t size = fen < 0 ? 0 - (uint64_t)fen : (uint64_t)fen;
    char digits[24], grouped[32];
    int length = snprintf(digits, sizeof digits, "%llu", (unsigned long long)(size / 100)), n = 0;
    for (int i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0)
            grouped[n++] = ',';
        grouped[n++] = digits[i];
    }
    grouped[n] = '\0';
    snprintf(out, AMOUNT_TEXT_SIZE, "%s¥%s.%02d", fen < 0 ? "-" : "", grouped, (int)(size % 100));
    return out;
}

char *minutes_text(int seconds, char out[16]) {
    int left = seconds < 0 ? 0 : seconds % 360000;
    snprintf(out, 16, "%d:%02d", left / 60, left % 60);
    return out;
}
