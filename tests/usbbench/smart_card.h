/* The cards themselves, behind any reader. */
#ifndef USBBENCH_SMART_CARD_H
#define USBBENCH_SMART_CARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct smart_card {
    enum { CARD_SOCIAL, CARD_CONTACTLESS, CARD_BANK } kind;
    int version; /* of a social security card: 1, 2, 3 */
    uint8_t uid[10];
    size_t uid_length;
    int file; /* selected: 5, 6, or 0 */
    bool application;
    uint8_t waiting[64]; /* for GET RESPONSE */
    size_t waiting_length;
};

/* "social", "social1", "social3", "uid 04A1B2C3", "bank"; false: none of them. */
bool smart_card_make(struct smart_card *card, const char *what);
/* Fills the answer to reset (at most 40 bytes) and returns its length. */
size_t smart_card_reset(struct smart_card *card, uint8_t atr[40]);
/* Answer and status words, at most 300 bytes. */
size_t smart_card_apdu(struct smart_card *card, const uint8_t *command, size_t length,
                       uint8_t answer[300]);

#endif
