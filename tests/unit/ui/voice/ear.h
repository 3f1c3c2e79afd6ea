/* An ear: the words and prompts of assets/, and what espeak-ng makes of them. */
#ifndef HOPKIOSK_TESTS_EAR_H
#define HOPKIOSK_TESTS_EAR_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>
#include <espeak-ng/speak_lib.h>

static cJSON *pinyin, *zh, *en;

static inline cJSON *words_of(const char *path) {
    static char text[1 << 20];
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    cJSON *words = cJSON_Parse(text);
    assert_true(cJSON_IsObject(words));
    return words;
}

static inline int drop_samples(short *samples, int count, espeak_EVENT *events) {
    (void)samples, (void)count, (void)events;
    return 0;
}

static inline int open_all(void **state) {
    (void)state;
    pinyin = words_of("assets/prompts/pinyin.json");
    zh = words_of("assets/text/zh.json");
    en = words_of("assets/text/en.json");
    assert_true(espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 0, NULL, 0) > 0);
    espeak_SetSynthCallback(drop_samples);
    espeak_SetParameter(espeakRATE, 440, 0); /* from 450 on it stretches sound that nobody hears */
    return 0;
}

static inline int close_all(void **state) {
    (void)state;
    cJSON_Delete(pinyin);
    cJSON_Delete(zh);
    cJSON_Delete(en);
    espeak_Terminate();
    return 0;
}

static inline const char *text_of(const cJSON *words, const char *key) {
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(words, key);
    if (!cJSON_IsString(item))
        fail_msg("no words for %s", key);
    return item->valuestring;
}

/* As espeak-ng says it: phonemes with their stress and tone. */
static inline void hear(const char *voice, const char *words, char *out, size_t size) {
    char *text = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&text, &length);
    assert_non_null(stream);
    espeak_SetPhonemeTrace(espeakPHONEMES_SHOW, stream);
    assert_int_equal(espeak_SetVoiceByName(voice), EE_OK);
    assert_int_equal(
        espeak_Synth(words, strlen(words) + 1, 0, POS_CHARACTER, 0, espeakCHARS_UTF8, NULL, NULL),
        EE_OK);
    espeak_SetPhonemeTrace(0, NULL);
    fclose(stream);
    const char *begin = text + strspn(text, " \n");
    snprintf(out, size, "%.*s", (int)strcspn(begin, "\n"), begin);
    free(text);
}

#endif
