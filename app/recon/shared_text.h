/* Texts that many rows share: channels, terminals, fee types. Number 0 is ""; what comes when all
 * places are taken is the last, "...". */
#ifndef HOPKIOSK_RECON_SHARED_TEXT_H
#define HOPKIOSK_RECON_SHARED_TEXT_H

#include "app/recon/sources/entry.h"

#define RECON_SHARED_TEXT_SIZE 33
#define RECON_SHARED_TEXTS_MAX 1024

struct recon_shared_texts {
    unsigned count, room;
    uint16_t places[4 * RECON_SHARED_TEXTS_MAX]; /* a text's number, by its hash; 0: free */
    uint64_t hashes[RECON_SHARED_TEXTS_MAX];
    uint8_t lengths[RECON_SHARED_TEXTS_MAX];
    char texts[RECON_SHARED_TEXTS_MAX][RECON_SHARED_TEXT_SIZE];
};

/* Of zeroes. `room`: at most RECON_SHARED_TEXTS_MAX. */
void recon_shared_texts_init(struct recon_shared_texts *shared, unsigned room);
unsigned recon_shared_text_number(struct recon_shared_texts *shared, struct recon_slice text);
/* False of no label, and of "...", which is many. */
bool recon_shared_text_names_one(const struct recon_shared_texts *shared, unsigned number);

#endif
