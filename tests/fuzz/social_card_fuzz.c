/* links: drivers/card/social_card.c drivers/card/talk.c drivers/card/t0.c drivers/card/atr.c drivers/card/contactless.c */
/* Any answer to reset and any card behind it: the talk comes to an end, and what was read stays in
 * its fields. */
#include <string.h>

#include "drivers/card/talk.h"

#define BLOCKS_MAX 4000 /* each question may be followed by a few of its own */

static size_t take(const uint8_t **data, size_t *size, size_t wanted, uint8_t *out) {
    size_t length = wanted < *size ? wanted : *size;
    memcpy(out, *data, length);
    *data += length;
    *size -= length;
    return length;
}

/* Often a record of the tag that was asked for, else anything. */
static size_t answer(const uint8_t **data, size_t *size, const uint8_t *asked, uint8_t out[300]) {
    static const uint8_t statuses[][2] = {{0x90, 0x00}, {0x61, 0x10}, {0x6c, 0x14}, {0x6a, 0x83},
                                          {0x69, 0x82}, {0x67, 0x00}, {0x6a, 0x86}, {0x90, 0x00}};
    uint8_t choice = 0;
    take(data, size, 1, &choice);
    size_t length = take(data, size, choice >> 3, out + 2);
    out[0] = choice & 1 ? asked[2] : 0x09;
    out[1] = (uint8_t)length;
    length = choice == 0xff ? take(data, size, 280, out) : length + 2;
    memcpy(out + length, statuses[choice & 7], 2);
    return length + 2;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct card_talk talk;
    struct atr atr;
    uint8_t reset[40], block[T0_BLOCK_MAX], answered[300];
    size_t length = take(&data, &size, size ? data[0] % sizeof reset : 0, reset);
    atr_parse(reset, length, &atr);
    if (atr.historical_length > ATR_HISTORICAL_MAX)
        __builtin_trap();
    card_talk_begin(&talk, &atr, size & 1, DRIVER_UID_HEX);
    length = 0;
    for (int i = 0;; i++) {
        size_t sent;
        enum card_talk_step step = card_talk_next(&talk, answered, length, block, &sent);
        if (step != TALK_SEND)
            break;
        if (i > BLOCKS_MAX || sent < 5 || sent > sizeof block)
            __builtin_trap();
        length = answer(&data, &size, block, answered);
    }
    if (!memchr(talk.card.name, 0, sizeof talk.card.name) ||
        !memchr(talk.card.id_no, 0, sizeof talk.card.id_no) ||
        !memchr(talk.card.number, 0, sizeof talk.card.number))
        __builtin_trap();
    return 0;
}
