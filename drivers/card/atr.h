/* Reads answers to reset (ISO 7816-3), which a card gives or a contactless reader makes up for one.
 * They are read by their fields, never compared as a whole. Pure. */
#ifndef HOPKIOSK_DRIVERS_CARD_ATR_H
#define HOPKIOSK_DRIVERS_CARD_ATR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ATR_HISTORICAL_MAX 15

struct atr {
    bool inverse;       /* the convention */
    bool t0;            /* offers T=0 */
    bool contactless;   /* made up by a contactless reader (PC/SC part 3, 3.1.3.2.3) */
    bool storage;       /* contactless without a processor: it has a UID and no applications */
    bool specific;      /* TA2: the speed is TA1's from the start */
    uint8_t speed;      /* TA1, else 11 */
    uint8_t guard_time; /* TC1, else 0 */
    uint8_t waiting;    /* TC2, else 10 */
    uint8_t historical[ATR_HISTORICAL_MAX];
    size_t historical_length;
};
/* False when it is incomplete or no answer to reset. */
bool atr_parse(const uint8_t *bytes, size_t length, struct atr *out);
/* The parameters of T=0 for a reader that leaves them to its host. `negotiates`: the reader agrees
 * on the speed with the card by itself. */
void atr_t0_parameters(const struct atr *atr, bool negotiates, uint8_t out[5]);

#endif
