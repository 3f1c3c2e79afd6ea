/* Speaks the prompts: speak OUT leaves OUT/zh/KEY.wav and OUT/en/KEY.wav for every key of
 * assets/prompts/pinyin.json, run from the root of the repository. Chinese is read from pinyin,
 * since espeak-ng does not know enough characters; what has no pinyin is read in English in both.
 * The files are mu-law, half as large as plain samples. */
#include <cjson/cJSON.h>
#include <espeak-ng/speak_lib.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define WORDS_A_MINUTE 150
#define LOUDER 250 /* what is quieter is silence */
#define TAIL_MS 60 /* of silence is kept at both ends */
#define FILE_MAX (1 << 20)

struct spoken {
    short *samples;
    int count, room;
};

static int take_samples(short *samples, int count, espeak_EVENT *events) {
    struct spoken *spoken = events->user_data;
    if (!samples || !spoken)
        return 0;
    if (spoken->count + count > spoken->room) {
        spoken->room = 2 * (spoken->count + count);
        spoken->samples = realloc(spoken->samples, sizeof(short) * (size_t)spoken->room);
        if (!spoken->samples)
            abort();
    }
    memcpy(spoken->samples + spoken->count, samples, sizeof(short) * (size_t)count);
    spoken->count += count;
    return 0;
}

static cJSON *read_words(const char *path) {
    static char text[FILE_MAX];
    FILE *file = fopen(path, "r");
    size_t length = file ? fread(text, 1, sizeof text - 1, file) : 0;
    if (file)
        fclose(file);
    text[length] = '\0';
    cJSON *words = cJSON_Parse(text);
    if (!words)
        fprintf(stderr, "speak: %s cannot be read\n", path);
    return words;
}

/* G.711: the sign, an exponent of three bits, four bits of the mantissa, all inverted. */
static uint8_t mu_law(int sample) {
    int sign = sample < 0 ? 0x80 : 0, size = (sign ? -sample : sample) + 132, exponent = 7;
    if (size > 32767)
        size = 32767;
    while (exponent > 0 && !(size & 0x80 << exponent))
        exponent--;
    return (uint8_t) ~(sign | exponent << 4 | (size >> (exponent + 3) & 0x0f));
}

static void put_number(FILE *file, uint32_t number, int bytes) {
    for (int i = 0; i < bytes; i++)
        fputc((int)(number >> 8 * i & 0xff), file);
}

static void put_wave(FILE *file, const short *samples, int count, int rate) {
    fputs("RIFF", file);
    put_number(file, 38 + (uint32_t)count, 4);
    fputs("WAVEfmt ", file);
    put_number(file, 18, 4);
    put_number(file, 7, 2); /* mu-law */
    put_number(file, 1, 2);
    put_number(file, (uint32_t)rate, 4);
    put_number(file, (uint32_t)rate, 4);
    put_number(file, 1, 2);
    put_number(file, 8, 2);
    put_number(file, 0, 2);
    fputs("data", file);
    put_number(file, (uint32_t)count, 4);
    for (int i = 0; i < count; i++)
        fputc(mu_law(samples[i]), file);
}

static bool write_wave(const char *path, const struct spoken *spoken, int rate) {
    int tail = rate * TAIL_MS / 1000, from = 0, end = spoken->count;
    while (from < end && abs(spoken->samples[from]) < LOUDER)
        from++;
    while (end > from && abs(spoken->samples[end - 1]) < LOUDER)
        end--;
    from = from > tail ? from - tail : 0;
    end = end + tail < spoken->count ? end + tail : spoken->count;
    FILE *file = fopen(path, "w");
    if (!file)
        return false;
    put_wave(file, spoken->samples + from, end - from, rate);
    return fclose(file) == 0 && end > from;
}

static bool speak_words(const char *out, const char *language, const char *key, const char *voice,
                        const char *words, int rate) {
    static struct spoken spoken;
    char path[4096];
    spoken.count = 0;
    snprintf(path, sizeof path, "%s/%s/%s.wav", out, language, key);
    bool made = espeak_SetVoiceByName(voice) == EE_OK &&
                espeak_Synth(words, strlen(words) + 1, 0, POS_CHARACTER, 0, espeakCHARS_UTF8, NULL,
                             &spoken) == EE_OK &&
                write_wave(path, &spoken, rate);
    if (!made)
        fprintf(stderr, "speak: %s cannot be spoken\n", path);
    return made;
}

static bool speak_all(const char *out, const cJSON *pinyin, const cJSON *english, int rate) {
    for (int chinese = 0; chinese < 2; chinese++)
        for (const cJSON *item = pinyin->child; item; item = item->next) {
            const cJSON *words = cJSON_GetObjectItemCaseSensitive(english, item->string);
            bool in_pinyin = chinese && item->valuestring[0];
            if (!cJSON_IsString(words) && !in_pinyin)
                return false;
            if (!speak_words(out, chinese ? "zh" : "en", item->string,
                             in_pinyin ? "cmn-latn-pinyin" : "en",
                             in_pinyin ? item->valuestring : words->valuestring, rate))
                return false;
        }
    return true;
}

int main(int argc, char **argv) {
    char folder[4096];
    cJSON *pinyin = read_words("assets/prompts/pinyin.json");
    cJSON *english = read_words("assets/text/en.json");
    int rate = espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 0, NULL, 0);
    if (argc != 2 || !pinyin || !english || rate <= 0)
        return 1;
    espeak_SetSynthCallback(take_samples);
    espeak_SetParameter(espeakRATE, WORDS_A_MINUTE, 0);
    mkdir(argv[1], 0755);
    for (int i = 0; i < 2; i++) {
        snprintf(folder, sizeof folder, "%s/%s", argv[1], i ? "zh" : "en");
        mkdir(folder, 0755);
    }
    bool made = speak_all(argv[1], pinyin, english, rate);
    cJSON_Delete(pinyin);
    cJSON_Delete(english);
    return made ? 0 : 1;
}
