/* Every key that the program says has words in both languages, and the words fit together. */
#include <dirent.h>
#include <regex.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <cjson/cJSON.h>

#include "ui/ids.h"
#include "ui/strings.h"

static char *read_file(const char *path) {
    FILE *file = fopen(path, "r");
    if (!file)
        return NULL;
    char *text = calloc(1, 1 << 20);
    size_t length = text ? fread(text, 1, (1 << 20) - 1, file) : 0;
    fclose(file);
    if (length == 0) {
        free(text);
        return NULL;
    }
    return text;
}

static cJSON *words_in(const char *path) {
    char *text = read_file(path);
    assert_non_null(text);
    cJSON *words = cJSON_Parse(text);
    free(text);
    assert_true(cJSON_IsObject(words));
    return words;
}

static cJSON *zh, *en;

static int open_words(void **state) {
    (void)state;
    zh = words_in("assets/text/zh.json");
    en = words_in("assets/text/en.json");
    return 0;
}

static int close_words(void **state) {
    (void)state;
    cJSON_Delete(zh);
    cJSON_Delete(en);
    return 0;
}

static void said_in_both(const char *key) {
    if (!cJSON_HasObjectItem(zh, key) || !cJSON_HasObjectItem(en, key))
        fail_msg("no words for %s", key);
}

static int count_of(const char *text, const char *what) {
    int count = 0;
    for (; (text = strstr(text, what)); text++)
        count++;
    return count;
}

static void languages_say_the_same_keys_with_the_same_blanks(void **state) {
    (void)state;
    assert_int_equal(cJSON_GetArraySize(zh), cJSON_GetArraySize(en));
    for (const cJSON *word = zh->child; word; word = word->next) {
        said_in_both(word->string);
        const char *other = cJSON_GetObjectItem(en, word->string)->valuestring;
        for (const char *const *blank = (const char *const[]){"{a}", "{b}", NULL}; *blank; blank++)
            if (count_of(word->valuestring, *blank) != count_of(other, *blank))
                fail_msg("%s: %s is not in both languages", word->string, *blank);
    }
}

/* Literals of a source file that look like keys. */
static void check_file(const char *path, const regex_t *key_literal) {
    char *text = read_file(path), key[64];
    assert_non_null(text);
    regmatch_t match;
    for (const char *at = text; regexec(key_literal, at, 1, &match, 0) == 0; at += match.rm_eo) {
        int length = (int)(match.rm_eo - match.rm_so) - 2;
        if (length >= (int)sizeof key)
            continue;
        snprintf(key, sizeof key, "%.*s", length, at + match.rm_so + 1);
        if (strncmp(key, "hop.", 4) != 0) /* the names of onepay's transaction types */
            said_in_both(key);
    }
    free(text);
}

static void check_folder(const char *folder, const regex_t *key_literal) {
    char path[512];
    int files = 0;
    DIR *entries = opendir(folder);
    assert_non_null(entries);
    for (struct dirent *entry; (entry = readdir(entries));) {
        const char *dot = strrchr(entry->d_name, '.');
        if (!dot || strcmp(dot, ".c") != 0)
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        check_file(path, key_literal);
        files++;
    }
    closedir(entries);
    assert_true(files > 0);
}

static void keys_in_the_sources_have_words(void **state) {
    (void)state;
    regex_t key_literal;
    assert_int_equal(regcomp(&key_literal, "\"[a-z][a-z_0-9]+(\\.[a-z_0-9]+)+\"", REG_EXTENDED), 0);
    check_folder("ui", &key_literal);
    check_folder("ui/screens", &key_literal);
    check_folder("tests/support", &key_literal);
    check_folder("app/core/visit", &key_literal);
    check_folder("app/present", &key_literal);
    check_folder("app/receipt", &key_literal);
    regfree(&key_literal);
}

static void names_of_screens_services_and_channels_have_words(void **state) {
    (void)state;
    char key[64];
    for (int i = 0; i < SCREEN_COUNT; i++) {
        snprintf(key, sizeof key, "help.%s", screen_name((enum screen)i));
        said_in_both(key);
    }
    for (int i = 1; i <= 4; i++) {
        snprintf(key, sizeof key, "service.%s", service_name(i));
        said_in_both(key);
        snprintf(key, sizeof key, "service.%s.text", service_name(i));
        said_in_both(key);
        snprintf(key, sizeof key, "service.%s.short", service_name(i));
        said_in_both(key);
    }
    for (int i = 1; i <= 5; i++) {
        snprintf(key, sizeof key, "channel.%s", channel_name(i));
        said_in_both(key);
        snprintf(key, sizeof key, "way.%s", channel_name(i));
        said_in_both(key);
        snprintf(key, sizeof key, "way.%s.text", channel_name(i));
        said_in_both(key);
    }
}

static void a_missing_key_shows_itself(void **state) {
    (void)state;
    char error[128];
    struct strings *strings = strings_load("assets", error, sizeof error);
    assert_non_null(strings);
    assert_string_equal(strings_get(strings, VIEW_ZH, "no.such.key"), "no.such.key");
    assert_string_equal(strings_get(strings, VIEW_ZH, "nav.lang"), "English");
    assert_string_equal(strings_get(strings, VIEW_EN, "nav.lang"), "中文");
    strings_free(strings);
    assert_null(strings_load("no/such/folder", error, sizeof error));
    assert_non_null(strstr(error, "no/such/folder/text/zh.json"));
}

static void amounts_read_as_money(void **state) {
    (void)state;
    char text[AMOUNT_TEXT_SIZE];
    assert_string_equal(amount_text(0, text), "¥0.00");
    assert_string_equal(amount_text(5, text), "¥0.05");
    assert_string_equal(amount_text(123456, text), "¥1,234.56");
    assert_string_equal(amount_text(100000000, text), "¥1,000,000.00");
    assert_string_equal(amount_text(-5, text), "-¥0.05");
}

static void blanks_are_filled_and_never_overrun(void **state) {
    (void)state;
    char out[12];
    assert_string_equal(strings_fill(out, sizeof out, "{a} of {b}", "2", "3"), "2 of 3");
    assert_string_equal(strings_fill(out, sizeof out, "{a}!", "0123456789abcdef", ""),
                        "0123456789a");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(languages_say_the_same_keys_with_the_same_blanks),
        cmocka_unit_test(keys_in_the_sources_have_words),
        cmocka_unit_test(names_of_screens_services_and_channels_have_words),
        cmocka_unit_test(a_missing_key_shows_itself),
        cmocka_unit_test(amounts_read_as_money),
        cmocka_unit_test(blanks_are_filled_and_never_overrun),
    };
    return cmocka_run_group_tests(tests, open_words, close_words);
}
