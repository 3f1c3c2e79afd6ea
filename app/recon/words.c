#include "app/recon/words.h"

#include <stdio.h>
#include <string.h>

#include "app/recon/ids.h"

void recon_words_init(struct recon_words *words, unsigned room) {
    words->room = room;
    words->count = 1;
}

/* What of a text is kept: whole characters. */
static struct recon_slice kept_text(struct recon_slice text) {
    if (text.length >= RECON_WORD_SIZE) {
        text.length = RECON_WORD_SIZE - 1;
        while (text.length > 0 && (text.at[text.length] & 0xc0) == 0x80)
            text.length--;
    }
    return text;
}

static unsigned add_word(struct recon_words *words, uint64_t hash, struct recon_slice text) {
    if (words->count == words->room)
        return words->room - 1;
    unsigned number = words->count++;
    words->hashes[number] = hash;
    memcpy(words->texts[number], text.at, text.length);
    words->texts[number][text.length] = '\0';
    if (words->count == words->room)
        snprintf(words->texts[number], RECON_WORD_SIZE, "...");
    return number;
}

static bool is_word(const struct recon_words *words, unsigned number, uint64_t hash,
                    struct recon_slice text) {
    return words->hashes[number] == hash && slice_is(text, words->texts[number]);
}

unsigned recon_word_number(struct recon_words *words, struct recon_slice text) {
    text = kept_text(text);
    if (text.length == 0)
        return 0;
    uint64_t hash = recon_text_hash(text, 1);
    uint16_t *recent = &words->recent[hash & 255];
    if (is_word(words, *recent, hash, text))
        return *recent;
    for (unsigned i = 1; i < words->count; i++)
        if (is_word(words, i, hash, text))
            return *recent = (uint16_t)i;
    return *recent = (uint16_t)add_word(words, hash, text);
}

bool recon_word_names_one(const struct recon_words *words, unsigned number) {
    return number > 0 && number + 1 < words->room;
}
