/* links: ui/voice/speech.c ui/voice/numbers.c */
/* Amounts as they are spoken: 10,000 of them that an ear can turn back into the same money. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/ui/voice/ear.h"
#include "ui/voice/speech.h"

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
        char copy[128], heard[64], *rest; /* espeak-ng uses strtok itself, now and then */
        snprintf(memory[at].key, sizeof memory[at].key, "%s", key);
        memory[at].is_chinese = is_chinese;
        snprintf(copy, sizeof copy, "%s", text_of(is_chinese ? pinyin : en, key));
        for (char *word = strtok_r(copy, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
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
        cmocka_unit_test(ten_thousand_amounts_are_heard_as_they_are),
        cmocka_unit_test(amounts_are_said_as_people_say_them),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
