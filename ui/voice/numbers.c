/* Numbers and amounts, spliced from words. */
#include <stdio.h>

#include "ui/voice/speech.h"

#define WAN 10000
#define YI 100000000
#define MILLION 1000000

static void add_unit(struct speech *speech, int64_t unit) {
    char key[SPEECH_KEY_SIZE];
    snprintf(key, sizeof key, "num.%lld", (long long)unit);
    speech_add(speech, key);
}

/* Two of something is another word than the figure two. */
static void add_figure(struct speech *speech, int figure, bool pair) {
    if (figure == 2 && pair)
        speech_add(speech, "num.pair");
    else
        add_unit(speech, figure);
}

/* 1 to 9999. `first`: no larger unit was said before; then ten is not "one ten". `pair`: a lone two
 * is a pair. */
static void chinese_group(struct speech *speech, int number, bool first, bool pair) {
    int rest = number;
    bool skipped = false;
    for (int unit = 1000; unit >= 10; unit /= 10) {
        int figure = rest / unit;
        rest %= unit;
        if (figure == 0) {
            skipped = skipped || number >= unit;
            continue;
        }
        if (skipped)
            add_unit(speech, 0);
        skipped = false;
        if (!(unit == 10 && figure == 1 && first && number < 20))
            add_figure(speech, figure, unit >= 100);
        add_unit(speech, unit);
    }
    if (rest > 0 && skipped)
        add_unit(speech, 0);
    if (rest > 0)
        add_figure(speech, rest, pair && number == 2);
}

static void chinese_number(struct speech *speech, int64_t number, bool counted) {
    static const int64_t units[] = {YI, WAN, 1};
    bool said = false, gap = false;
    if (number == 0)
        add_unit(speech, 0);
    for (int i = 0; i < 3; i++) {
        int group = (int)(number / units[i] % WAN);
        gap = said && (gap || group < 1000);
        if (group == 0)
            continue;
        if (gap)
            add_unit(speech, 0);
        chinese_group(speech, group, !said, units[i] > 1 || (counted && !said));
        if (units[i] > 1)
            add_unit(speech, units[i]);
        said = true;
        gap = false;
    }
}

/* 1 to 999. */
static void english_group(struct speech *speech, int number) {
    if (number >= 100) {
        add_unit(speech, number / 100);
        add_unit(speech, 100);
    }
    number %= 100;
    if (number >= 20) {
        add_unit(speech, number / 10 * 10);
        number %= 10;
    }
    if (number > 0)
        add_unit(speech, number);
}

static void english_number(struct speech *speech, int64_t number) {
    static const int64_t units[] = {MILLION, 1000, 1};
    if (number == 0)
        add_unit(speech, 0);
    for (int i = 0; i < 3; i++) {
        int group = (int)(number / units[i] % (i == 0 ? MILLION : 1000));
        if (group >= 1000) {
            english_group(speech, group / 1000);
            add_unit(speech, 1000);
            group %= 1000;
            if (group == 0)
                add_unit(speech, units[i]);
        }
        if (group == 0)
            continue;
        english_group(speech, group);
        if (units[i] > 1)
            add_unit(speech, units[i]);
    }
}

/* As many as both languages have words for. */
static int64_t sayable(int64_t number) {
    const int64_t most = (int64_t)WAN * YI - 1;
    return number < 0 ? 0 : number > most ? most : number;
}

void speech_number(struct speech *speech, int64_t number, bool counted) {
    if (speech->language == VIEW_EN)
        english_number(speech, sayable(number));
    else
        chinese_number(speech, sayable(number), counted);
}

static void chinese_small(struct speech *speech, int64_t yuan, int jiao, int fen) {
    if (jiao > 0) {
        add_unit(speech, jiao);
        speech_add(speech, "num.jiao");
    }
    if (fen > 0 && yuan > 0 && jiao == 0)
        add_unit(speech, 0);
    if (fen > 0) {
        add_unit(speech, fen);
        speech_add(speech, "num.fen");
    }
}

void speech_amount(struct speech *speech, int64_t fen) {
    int64_t yuan = sayable(fen < 0 ? 0 : fen / 100);
    int small = (int)(fen < 0 ? 0 : fen % 100);
    if (yuan > 0 || small == 0) {
        speech_number(speech, yuan, true);
        speech_add(speech, "num.yuan");
    }
    if (small > 0 && speech->language == VIEW_EN) {
        speech_number(speech, small, true);
        speech_add(speech, "num.fen");
    } else {
        chinese_small(speech, yuan, small / 10, small % 10);
    }
}
