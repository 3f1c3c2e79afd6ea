#include "app/recon/shared_text.h"

#include <stdio.h>
#include <string.h>

#include "app/recon/ids.h"

void recon_shared_texts_init(struct recon_shared_texts *shared, unsigned room) {
    shared->room = room;
    shared->count = 1;
}

/* What of a text is kept: whole characters. */
static struct recon_slice kept_text(struct recon_slice text) {
    if (text.length >= RECON_SHARED_TEXT_SIZE) {
        text.length = RECON_SHARED_TEXT_SIZE - 1;
        while (text.length > 0 && (text.at[text.length] & 0xc0) == 0x80)
            text.length--;
    }
    return text;
}

static unsigned add_shared_text(struct recon_shared_texts *shared, uint16_t *place, uint64_t hash,
                                struct recon_slice text) {
    if (shared->count == shared->room)
        return shared->room - 1;
    unsigned number = shared->count++;
    *place = (uint16_t)number;
    shared->hashes[number] = hash;
    shared->lengths[number] = (uint8_t)text.length;
    memcpy(shared->texts[number], text.at, text.length);
    shared->texts[number][text.length] = '\0';
    if (shared->count == shared->room)
        snprintf(shared->texts[number], RECON_SHARED_TEXT_SIZE, "...");
    return number;
}

static bool is_shared_text(const struct recon_shared_texts *shared, unsigned number, uint64_t hash,
                           struct recon_slice text) {
    return shared->hashes[number] == hash && shared->lengths[number] == text.length &&
           memcmp(shared->texts[number], text.at, text.length) == 0;
}

unsigned recon_shared_text_number(struct recon_shared_texts *shared, struct recon_slice text) {
    const size_t places = sizeof shared->places / sizeof *shared->places;
    text = kept_text(text);
    if (text.length == 0)
        return 0;
    uint64_t hash = recon_text_hash(text, 1);
    size_t at = hash % places;
    for (; shared->places[at] != 0; at = (at + 1) % places)
        if (is_shared_text(shared, shared->places[at], hash, text))
            return shared->places[at];
    return add_shared_text(shared, &shared->places[at], hash, text);
}

bool recon_shared_text_names_one(const struct recon_shared_texts *shared, unsigned number) {
    return number > 0 && number + 1 < shared->room;
}
