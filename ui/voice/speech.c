#include "ui/voice/speech.h"

#include <ctype.h>
#include <stdio.h>

static void append_word(struct speech *speech, const char *key, bool own, bool begins) {
    if (!key[0] || speech->count == SPEECH_WORDS_MAX)
        return;
    struct speech_word *word = &speech->words[speech->count++];
    snprintf(word->key, sizeof word->key, "%s", key);
    word->own = own;
    word->begins = begins;
}

void speech_say(struct speech *speech, const char *key) {
    append_word(speech, key, false, true);
}

void speech_add(struct speech *speech, const char *key) {
    append_word(speech, key, speech->count > 0 && speech->words[speech->count - 1].own, false);
}

/* A number's words are the patient's own because the word before them is; the first of a sentence
 * without a prompt begins it. */
static void own_from(struct speech *speech, int first) {
    for (int i = first; i < speech->count; i++) {
        speech->words[i].own = true;
        speech->words[i].begins = i == first;
    }
}

void speech_own_amount(struct speech *speech, const char *key, int64_t fen) {
    int first = speech->count;
    append_word(speech, key, true, true);
    speech_amount(speech, fen);
    own_from(speech, first);
}

void speech_own_text(struct speech *speech, const char *key, const char *text) {
    int first = speech->count;
    char word[SPEECH_KEY_SIZE];
    append_word(speech, key, true, true);
    for (; *text; text++) {
        unsigned char at = (unsigned char)*text;
        if (!isalnum(at) || at > 'z')
            continue;
        snprintf(word, sizeof word, isdigit(at) ? "num.%c" : "letter.%c", toupper(at));
        speech_add(speech, word);
    }
    own_from(speech, first);
}
