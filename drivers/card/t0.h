/* One command to a card and its answer. Works through readers that take TPDUs of T=0 and through
 * readers that take APDUs, whether these follow 61xx and 6Cxx themselves or not. Pure. */
#ifndef HOPKIOSK_DRIVERS_CARD_T0_H
#define HOPKIOSK_DRIVERS_CARD_T0_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define T0_BLOCK_MAX (5 + 255 + 1)
#define T0_ANSWER_MAX 512

struct t0 {
    int rounds;  /* how often 61 and 6C were followed; bounded */
    size_t sent; /* length of the block that is being answered */
    uint8_t block[T0_BLOCK_MAX];
    size_t answer_length; /* without the status words */
    uint8_t answer[T0_ANSWER_MAX];
    uint16_t status; /* 0: the answer is invalid */
};
/* tpdu: a command with data and Le goes without Le, one of four bytes with a zero. The block's
 * length; 0: no such command. */
size_t t0_begin(struct t0 *t0, bool tpdu, const uint8_t *command, size_t length,
                uint8_t out[T0_BLOCK_MAX]);
/* Takes the answer; returns the length of the next block, 0 when the answer is complete. */
size_t t0_answer(struct t0 *t0, const uint8_t *bytes, size_t length, uint8_t out[T0_BLOCK_MAX]);

#endif
