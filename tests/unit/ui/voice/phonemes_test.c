/* links: ui/voice/speech.c ui/voice/numbers.c */
/* How the prompts sound: every syllable of Chinese as its pinyin is to be said, every character
 * with its syllable. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/ui/voice/ear.h"

struct pair {
    const char *from, *to;
};

/* The longer ones first. */
static const struct pair initials[] = {
    {"zh", "ts."}, {"ch", "ts.h"}, {"sh", "s."}, {"b", "p"},  {"p", "ph"}, {"m", "m"},   {"f", "f"},
    {"d", "t"},    {"t", "th"},    {"n", "n"},   {"l", "l"},  {"g", "k"},  {"k", "kh"},  {"h", "X"},
    {"j", "tS;"},  {"q", "tS;h"},  {"x", "S;"},  {"r", "z."}, {"z", "ts"}, {"c", "tsh"}, {"s", "s"},
};
/* How finals are written behind nothing, behind j q x, and shortened. */
static const struct pair written[] = {
    {"yi", "i"},    {"ya", "ia"},    {"yan", "ian"},   {"yang", "iang"}, {"yao", "iao"},
    {"ye", "ie"},   {"yin", "in"},   {"ying", "ing"},  {"yong", "yong"}, {"you", "iou"},
    {"yu", "v"},    {"yuan", "van"}, {"yue", "ve"},    {"yun", "vn"},    {"wu", "u"},
    {"wai", "uai"}, {"wan", "uan"},  {"wang", "uang"}, {"wei", "uei"},   {"wen", "uen"},
    {"wo", "uo"},   {"iu", "iou"},   {"ui", "uei"},    {"un", "uen"},
};
static const struct pair after_jqx[] = {{"u", "v"}, {"uan", "van"}, {"ue", "ve"}, {"un", "vn"}};
static const struct pair finals[] = {
    {"a", "a"},      {"o", "o"},      {"e", "@"},     {"ai", "ai"},   {"ei", "ei"},
    {"ao", "au"},    {"ou", "ou"},    {"an", "an"},   {"en", "@n"},   {"ang", "aN"},
    {"eng", "@N"},   {"ong", "ong"},  {"i", "i"},     {"ia", "ia"},   {"ie", "iE"},
    {"iao", "iau"},  {"iou", "iou"},  {"ian", "iEn"}, {"in", "in"},   {"iang", "iaN"},
    {"ing", "iN"},   {"yong", "yuN"}, {"iong", "yN"}, {"u", "u"},     {"ua", "ua"},
    {"uo", "uo"},    {"uei", "uei"},  {"uai", "uai"}, {"uan", "uan"}, {"uen", "u@n"},
    {"uang", "uaN"}, {"v", "y"},      {"ve", "yE"},   {"van", "y&n"}, {"vn", "y@n"},
    {"er", "@r"},
};

#define FIND(table, key) find_pair(table, sizeof(table) / sizeof(table)[0], key)
static const char *find_pair(const struct pair *table, size_t count, const char *key) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(table[i].from, key) == 0)
            return table[i].to;
    return NULL;
}

/* What a syllable without its tone must sound like. */
static void expected_sound(const char *syllable, char *out, size_t size) {
    const char *onset = "", *rest = syllable, *final;
    bool palatal = strchr("jqx", syllable[0]) != NULL;
    for (size_t i = 0; i < sizeof initials / sizeof initials[0] && !onset[0]; i++)
        if (strncmp(syllable, initials[i].from, strlen(initials[i].from)) == 0) {
            onset = initials[i].to;
            rest = syllable + strlen(initials[i].from);
        }
    final = palatal ? FIND(after_jqx, rest) : NULL;
    final = final ? final : FIND(written, rest);
    final = FIND(finals, final ? final : rest);
    if (!final)
        fail_msg("%s is no syllable of this test", syllable);
    if (strcmp(rest, "i") == 0 && onset[0] &&
        strchr("sz", onset[strlen(onset) - 1 - (onset[strlen(onset) - 1] == 'h')]))
        final = "i[";
    if (strcmp(rest, "i") == 0 && strchr(onset, '.'))
        final = "i.";
    if (strcmp(syllable, "zi") == 0 || strcmp(syllable, "ci") == 0 || strcmp(syllable, "si") == 0)
        final = "i[";
    snprintf(out, size, "%s%s", onset, final);
}

/* One of espeak-ng's syllables without stress and glides spelled otherwise; its tone's contour
 * apart. */
static void plain_sound(const char *heard, char *out, char *tone) {
    int n = 0, t = 0;
    for (; *heard; heard++) {
        if (*heard >= '0' && *heard <= '9')
            tone[t++] = *heard;
        else if (!strchr("'_|", *heard))
            out[n++] = *heard == 'A' ? 'a' : *heard == 'w' ? 'u' : *heard == 'j' ? 'i' : *heard;
        if (n > 1 && out[n - 1] == out[n - 2] && strchr("iu", out[n - 1]))
            n--;
    }
    out[n] = tone[t] = '\0';
    char *e = strstr(out, "o-"); /* e, as it stands alone */
    if (e)
        memmove(e, e + 1, strlen(e)), *e = '@';
    if (out[0] == ';')
        memmove(out, out + 1, strlen(out));
}

static void check_syllable(const char *key, const char *syllable, const char *heard) {
    static const char *const contours[] = {"", "55", "35", "214", "51", "11"};
    char bare[16], expected[32], sound[64], tone[16];
    int which = syllable[strlen(syllable) - 1] - '0';
    snprintf(bare, sizeof bare, "%.*s", (int)strlen(syllable) - 1, syllable);
    if (which < 1 || which > 5)
        fail_msg("%s: %s has no tone", key, syllable);
    expected_sound(bare, expected, sizeof expected);
    plain_sound(heard, sound, tone);
    if (strcmp(sound, expected) != 0 || strcmp(tone, contours[which]) != 0)
        fail_msg("%s: %s sounds %s (%s), not %s (%s)", key, syllable, sound, tone, expected,
                 contours[which]);
}

static int split_syllables(char *text, char *out[], int most) {
    int count = 0;
    for (char *word = strtok(text, " ,.;:?!"); word && count < most; word = strtok(NULL, " ,.;:?!"))
        out[count++] = word;
    return count;
}

static bool is_new_syllable(const char *syllable) {
    static char known[1000][8];
    int at = 0;
    while (known[at][0] && strcmp(known[at], syllable) != 0)
        at++;
    bool is_new = !known[at][0];
    snprintf(known[at], sizeof known[at], "%s", syllable);
    return is_new;
}

static void every_syllable_sounds_as_it_is_written(void **state) {
    (void)state;
    char copy[1024], heard[64], *syllables[200];
    for (const cJSON *item = pinyin->child; item; item = item->next) {
        snprintf(copy, sizeof copy, "%s", item->valuestring);
        int count = split_syllables(copy, syllables, 200);
        for (int i = 0; i < count; i++)
            if (is_new_syllable(syllables[i])) {
                hear("cmn-latn-pinyin", syllables[i], heard, sizeof heard);
                check_syllable(item->string, syllables[i], heard);
            }
        assert_true(count > 0 || strncmp(item->string, "letter.", 7) == 0);
    }
}

/* No word is taken for English or spelled. */
static void every_prompt_is_said_in_its_language(void **state) {
    (void)state;
    char heard[8192];
    for (const cJSON *item = pinyin->child; item; item = item->next) {
        hear("cmn-latn-pinyin", item->valuestring, heard, sizeof heard);
        if (strchr(heard, '('))
            fail_msg("%s: %s", item->string, heard);
        hear("en", text_of(en, item->string), heard, sizeof heard);
        if (strchr(heard, '(') || heard[0] == '\0')
            fail_msg("%s: %s", item->string, heard);
    }
}

/* Characters that are read in more than one way. */
static const struct pair readings[] = {
    {"一", "yi1 yi2 yi4"}, {"不", "bu4 bu2"},   {"还", "hai2"},   {"行", "hang2 xing2"},
    {"了", "le5 liao3"},   {"得", "de5"},       {"只", "zhi3"},   {"重", "chong2 zhong4"},
    {"处", "chu3 chu4"},   {"分", "fen1 fen5"}, {"为", "wei2"},   {"调", "tiao2"},
    {"个", "ge4 ge5"},     {"上", "shang4"},    {"长", "chang2"}, {"都", "dou1"},
    {"没", "mei2"},        {"着", "zhe5"},      {"少", "shao3"},  {"系", "xi4"},
};

#define CHARACTERS_MAX 1000
struct known {
    char character[5], syllable[8];
};

static bool is_reading(const char *readings_of, const char *syllable) {
    const char *found = strstr(readings_of, syllable);
    return found && (found[strlen(syllable)] == ' ' || !found[strlen(syllable)]);
}

/* A character has one syllable in all prompts, but for those above. */
static void check_reading(struct known *known, int *count, const char *key, const char *character,
                          const char *syllable) {
    const char *several = FIND(readings, character);
    if (several) {
        if (!is_reading(several, syllable))
            fail_msg("%s: %s is said %s", key, character, syllable);
        return;
    }
    for (int i = 0; i < *count; i++)
        if (strcmp(known[i].character, character) == 0) {
            if (strcmp(known[i].syllable, syllable) != 0)
                fail_msg("%s: %s is said %s here, %s elsewhere", key, character, syllable,
                         known[i].syllable);
            return;
        }
    assert_true(*count < CHARACTERS_MAX);
    snprintf(known[*count].character, sizeof known[*count].character, "%s", character);
    snprintf(known[(*count)++].syllable, sizeof known[0].syllable, "%s", syllable);
}

/* The next Chinese character or NULL; punctuation is none. "64" is said in words. */
static const char *next_character(const char *text, char out[5]) {
    for (; *text; text++) {
        unsigned char lead = (unsigned char)*text;
        if (lead >= 0xe4 && lead <= 0xe9) {
            snprintf(out, 5, "%.3s", text);
            return text + 3;
        }
    }
    return NULL;
}

static void every_character_has_its_syllable(void **state) {
    (void)state;
    static struct known known[CHARACTERS_MAX];
    int known_count = 0;
    for (const cJSON *item = pinyin->child; item; item = item->next) {
        char copy[1024], *syllables[200], character[5];
        const char *text = text_of(zh, item->string);
        if (strncmp(item->string, "letter.", 7) == 0 ||
            strcmp(item->string, "notice.many_bills") == 0)
            continue;
        snprintf(copy, sizeof copy, "%s", item->valuestring);
        int count = split_syllables(copy, syllables, 200), n = 0;
        while ((text = next_character(text, character))) {
            if (n == count)
                fail_msg("%s: more characters than syllables", item->string);
            check_reading(known, &known_count, item->string, character, syllables[n++]);
        }
        if (n != count)
            fail_msg("%s: %d characters, %d syllables", item->string, n, count);
    }
    assert_true(known_count > 200);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_syllable_sounds_as_it_is_written),
        cmocka_unit_test(every_prompt_is_said_in_its_language),
        cmocka_unit_test(every_character_has_its_syllable),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
