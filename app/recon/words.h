/* Words that many rows share: channels, terminals, fee types. Number 0 is ""; what comes when all
 * places are taken is the last, "...". */
#ifndef HOPKIOSK_RECON_WORDS_H
#define HOPKIOSK_RECON_WORDS_H

#include "app/recon/sources/entry.h"

#define RECON_WORD_SIZE 33
#define RECON_WORDS_MAX 1024

struct recon_words {
    unsigned count, room;
    uint16_t recent[256]; /* by the low bits of the hash: which word had them last */
    uint64_t hashes[RECON_WORDS_MAX];
    char texts[RECON_WORDS_MAX][RECON_WORD_SIZE];
};

/* Of zeroes. `room`: at most RECON_WORDS_MAX. */
void recon_words_init(struct recon_words *words, unsigned room);
unsigned recon_word_number(struct recon_words *words, struct recon_slice text);
/* False of no word, and of "...", which is many. */
bool recon_word_names_one(const struct recon_words *words, unsigned number);

#endif
