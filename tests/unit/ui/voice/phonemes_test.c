/* links: ui/voice/speech.c ui/voice/numbers.c */
/* How the prompts sound: every syllable of Chinese as its pinyin is to be said, every character
 * with its syllable, and 10,000 amounts that an ear can turn back into the same money. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <cjson/cJSON.h>
#include <espeak-ng/speak_lib.h>

#include "ui/voice/speech.h"

static cJSON *pinyin, *zh, *en;

static cJSON *words_of(const char *path) {
    static char text[1 << 20];
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    cJSON *words = cJSON_Parse(text);
    assert_true(cJSON_IsObject(words));
    return words;
}

static int drop_samples(short *samples, int count, espeak_EVENT *events) {
    (void)samples, (void)count, (void)events;
    return 0;
}

static int open_all(void **state) {
    (void)state;
    pinyin = words_of("assets/prompts/pinyin.json");
    zh = words_of("assets/text/zh.json");
    en = words_of("assets/text/en.json");
    assert_true(espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 0, NULL, 0) > 0);
    espeak_SetSynthCallback(drop_samples);
    espeak_SetParameter(espeakRATE, 440, 0); /* from 450 on it stretches sound that nobody hears */
    return 0;
}

static int close_all(void **state) {
    (void)state;
    cJSON_Delete(pinyin);
    cJSON_Delete(zh);
    cJSON_Delete(en);
    espeak_Terminate();
    return 0;
}

static const char *text_of(const cJSON *words, const char *key) {
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(words, key);
    if (!cJSON_IsString(item))
        fail_msg("no words for %s", key);
    return item->valuestring;
}

/* As espeak-ng says it: phonemes with their stress and tone. */
static void hear(const char *voice, const char *words, char *out, size_t size) {
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

/* What an ear makes of a word: a figure, a unit, or money. */
enum meaning { FIGURE, UNIT, YUAN, JIAO, FEN };
struct word {
    const char *heard;
    enum meaning meaning;
    int64_t value;
};
static const struct word chinese[] = {
    {"l'i35N_|", FIGURE, 0},      {"j'i55_|", FIGURE, 1},       {"'@r51_|", FIGURE, 2},
    {"l'iA214N_|", FIGURE, 2},    {"s'a55n_|", FIGURE, 3},      {"s'i[51_|", FIGURE, 4},
    {"w'u214_|", FIGURE, 5},      {"l'iou51_|", FIGURE, 6},     {"tS;h'i55_|", FIGURE, 7},
    {"p'A55_|", FIGURE, 8},       {"tS;'iou214_|", FIGURE, 9},  {"s.'i.35_|", UNIT, 10},
    {"p'ai214_|", UNIT, 100},     {"tS;h'iE55n_|", UNIT, 1000}, {"w'A51n_|", UNIT, 10000},
    {"j'i51_|", UNIT, 100000000}, {"'y&35n_|", YUAN, 0},        {"tS;j'Au214_|", JIAO, 0},
    {"f'@55n_|", FEN, 0},
};
static const struct word english[] = {
    {"z'i@roU", FIGURE, 0},     {"w'0n", FIGURE, 1},       {"t'u:", FIGURE, 2},
    {"Tr'i:", FIGURE, 3},       {"f'o@", FIGURE, 4},       {"f'aIv", FIGURE, 5},
    {"s'Iks", FIGURE, 6},       {"s'Ev@n", FIGURE, 7},     {"'eIt", FIGURE, 8},
    {"n'aIn", FIGURE, 9},       {"t'En", FIGURE, 10},      {"I2l'Ev@n", FIGURE, 11},
    {"tw'Elv", FIGURE, 12},     {"T'3:ti:n", FIGURE, 13},  {"f'o@ti:n", FIGURE, 14},
    {"f'Ifti:n", FIGURE, 15},   {"s'Iksti:n", FIGURE, 16}, {"s'Ev@nti:n", FIGURE, 17},
    {"'eIti:n", FIGURE, 18},    {"n'aInti:n", FIGURE, 19}, {"tw'Enti", FIGURE, 20},
    {"T'3:ti", FIGURE, 30},     {"f'O@ti", FIGURE, 40},    {"f'Ifti", FIGURE, 50},
    {"s'Iksti", FIGURE, 60},    {"s'Ev@nti", FIGURE, 70},  {"'eIti", FIGURE, 80},
    {"n'aInti", FIGURE, 90},    {"h'VndrI2d", UNIT, 100},  {"T'aUz@nd", UNIT, 1000},
    {"m'Ili@n", UNIT, 1000000}, {"j'u:@n", YUAN, 0},       {"f'En", FEN, 0},
};

static struct word heard_word(const struct word *table, size_t count, const char *heard) {
    char plain[64];
    int n = 0;
    for (const char *at = heard; *at; at++)
        if (*at != ',') /* how strongly a syllable is said may differ */
            plain[n++] = *at;
    plain[n] = '\0';
    for (size_t i = 0; i < count; i++)
        if (strcmp(table[i].heard, plain) == 0)
            return table[i];
    fail_msg("\"%s\" is no word of an amount", heard);
    return (struct word){0};
}

/* Sums up what is heard: figures, units that multiply what stands before them, large units that
 * close a group. */
struct sum {
    int64_t money, group, figure, large;
};

static void hear_word(struct sum *sum, const struct word *word, bool is_chinese) {
    int64_t closes = is_chinese ? 10000 : 1000;
    switch (word->meaning) {
    case FIGURE:
        sum->figure = is_chinese ? word->value : sum->figure + word->value;
        break;
    case UNIT:
        if (word->value >= closes) {
            sum->large =
                (word->value == 1000000 && sum->large ? sum->large * word->value : sum->large) +
                (sum->group + sum->figure) * word->value;
            sum->group = sum->figure = 0;
            break;
        }
        if (is_chinese || word->value == 100)
            sum->group += (sum->figure ? sum->figure : 1) * word->value;
        sum->figure = 0;
        break;
    case YUAN:
    case JIAO:
    case FEN:
        sum->money += (sum->large + sum->group + sum->figure) * (word->meaning == YUAN   ? 100
                                                                 : word->meaning == JIAO ? 10
                                                                                         : 1);
        sum->large = sum->group = sum->figure = 0;
        break;
    }
}

/* Each word of a number's prompt, as it is heard. */
static void hear_prompt(const char *key, bool is_chinese, struct sum *sum) {
    static struct {
        char key[SPEECH_KEY_SIZE];
        bool is_chinese;
        struct word words[2];
        int count;
    } memory[256];
    int at = 0;
    while (memory[at].key[0] &&
           (strcmp(memory[at].key, key) != 0 || memory[at].is_chinese != is_chinese))
        at++;
    if (!memory[at].key[0]) {
        char copy[128], heard[64];
        snprintf(memory[at].key, sizeof memory[at].key, "%s", key);
        memory[at].is_chinese = is_chinese;
        snprintf(copy, sizeof copy, "%s", text_of(is_chinese ? pinyin : en, key));
        for (char *word = strtok(copy, " "); word; word = strtok(NULL, " ")) {
            hear(is_chinese ? "cmn-latn-pinyin" : "en", word, heard, sizeof heard);
            memory[at].words[memory[at].count++] =
                is_chinese ? heard_word(chinese, sizeof chinese / sizeof chinese[0], heard)
                           : heard_word(english, sizeof english / sizeof english[0], heard);
        }
    }
    for (int i = 0; i < memory[at].count; i++)
        hear_word(sum, &memory[at].words[i], is_chinese);
}

static void check_amount(int64_t fen, enum view_language language) {
    struct speech speech = {.language = language};
    struct sum sum = {0};
    speech_own_amount(&speech, "", fen);
    assert_in_range(speech.count, 2, SPEECH_WORDS_MAX - 1);
    for (int i = 0; i < speech.count; i++) {
        assert_true(speech.words[i].own);
        hear_prompt(speech.words[i].key, language == VIEW_ZH, &sum);
    }
    if (sum.money != fen)
        fail_msg("%lld fen is heard as %lld", (long long)fen, (long long)sum.money);
}

static void ten_thousand_amounts_are_heard_as_they_are(void **state) {
    (void)state;
    uint64_t random = 20261120;
    for (int language = VIEW_ZH; language <= VIEW_EN; language++) {
        for (int64_t fen = 0; fen < 2500; fen++)
            check_amount(fen, (enum view_language)language);
        for (int i = 0; i < 7500; i++) {
            random = random * 6364136223846793005u + 1442695040888963407u;
            int64_t most = 100;
            for (int digits = 0; digits < i % 9; digits++)
                most *= 10;
            int64_t fen = (int64_t)(random >> 16) % most;
            if (i % 4 == 1)
                fen -= fen % 100;
            if (i % 4 == 2)
                fen -= fen / 1000 % 100 * 1000; /* zeros inside */
            check_amount(fen, (enum view_language)language);
        }
    }
}

static void said(int64_t fen, enum view_language language, const char *expected) {
    struct speech speech = {.language = language};
    char words[1024] = "";
    speech_own_amount(&speech, "", fen);
    for (int i = 0; i < speech.count; i++)
        snprintf(words + strlen(words), sizeof words - strlen(words), "%s%s",
                 language == VIEW_EN && i > 0 ? " " : "",
                 text_of(language == VIEW_EN ? en : zh, speech.words[i].key));
    assert_string_equal(words, expected);
}

static void amounts_are_said_as_people_say_them(void **state) {
    (void)state;
    said(16570, VIEW_ZH, "一百六十五元七角");
    said(0, VIEW_ZH, "零元");
    said(5, VIEW_ZH, "五分");
    said(50, VIEW_ZH, "五角");
    said(200, VIEW_ZH, "两元");
    said(1200, VIEW_ZH, "十二元");
    said(11000, VIEW_ZH, "一百一十元");
    said(10005, VIEW_ZH, "一百元零五分");
    said(22222, VIEW_ZH, "两百二十二元二角二分");
    said(100503, VIEW_ZH, "一千零五元零三分");
    said(1001000, VIEW_ZH, "一万零一十元");
    said(2000000, VIEW_ZH, "两万元");
    said(100000500000, VIEW_ZH, "十亿零五千元");
    said(16570, VIEW_EN, "one hundred sixty five yuan seventy fen");
    said(123456700, VIEW_EN,
         "one million two hundred thirty four thousand five hundred sixty seven yuan");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_syllable_sounds_as_it_is_written),
        cmocka_unit_test(every_prompt_is_said_in_its_language),
        cmocka_unit_test(every_character_has_its_syllable),
        cmocka_unit_test(ten_thousand_amounts_are_heard_as_they_are),
        cmocka_unit_test(amounts_are_said_as_people_say_them),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
