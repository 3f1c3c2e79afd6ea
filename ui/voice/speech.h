/* What is said aloud: prompts by their keys, sentence after sentence. What is the patient's own, an
 * amount or a number, is only for headphones. */
#ifndef HOPKIOSK_UI_VOICE_SPEECH_H
#define HOPKIOSK_UI_VOICE_SPEECH_H

#include <stdbool.h>
#include <stdint.h>

#include "ui/view.h"

#define SPEECH_WORDS_MAX 96
#define SPEECH_KEY_SIZE 48

/* Short sounds of their own. */
enum earcon { EARCON_NONE = 0, EARCON_READ, EARCON_PAID, EARCON_WAIT, EARCON_TAKE, EARCON_COUNT };

struct speech_word {
    char key[SPEECH_KEY_SIZE]; /* of a prompt */
    bool own;                  /* only for headphones */
    bool begins;               /* a sentence */
};

struct speech {
    enum view_language language;
    enum earcon earcon; /* sounds first */
    bool whole;         /* nothing interrupts it */
    int count;
    struct speech_word words[SPEECH_WORDS_MAX];
};

/* A sentence for everybody; nothing for "". What does not fit is left out. */
void speech_say(struct speech *speech, const char *key);
/* One more word of the sentence that was begun last, as public as it is. */
void speech_add(struct speech *speech, const char *key);
/* A sentence of the patient's own: a prompt ("" none) and an amount, or the letters and digits of a
 * text. */
void speech_own_amount(struct speech *speech, const char *key, int64_t fen);
void speech_own_text(struct speech *speech, const char *key, const char *text);

/* departments.c: what a prompt can say of a place that is free text, the longest name in it; NULL:
 * none that is known. */
struct department {
    const char *name, *key;
    bool everybodys; /* where anybody may go: a pharmacy, a laboratory; a clinic is the patient's
                        own */
};
const struct department *speech_department(const char *text);

/* numbers.c: in the speech's language, as words of the sentence that was begun last. `counted`: of
 * things, which Chinese says otherwise of two. */
void speech_number(struct speech *speech, int64_t number, bool counted);
void speech_amount(struct speech *speech, int64_t fen);

/* reading.c: the screen. */
void speech_of_view(const struct view *view, struct speech *out);
/* touches.c: what keys have chosen on it. */
void speech_of_touch(const struct view *view, struct touch touch, struct speech *out);

#endif
