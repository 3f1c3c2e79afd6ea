#include "drivers/card/atr.h"

#include <string.h>

#define DIRECT 0x3b
#define INVERSE 0x3f
#define SPEED_DEFAULT 0x11
#define WAITING_DEFAULT 10
#define LEVELS_MAX 8

struct cursor {
    const uint8_t *bytes;
    size_t at, length;
    bool whole;
};

static uint8_t take_byte(struct cursor *cursor) {
    cursor->whole = cursor->whole && cursor->at < cursor->length;
    return cursor->whole ? cursor->bytes[cursor->at++] : 0;
}

/* The interface bytes of one level: TA, TB, TC as far as `which` says, and TD, which is returned
 * (-1: none). */
static int take_level(struct cursor *cursor, int level, int which, struct atr *out) {
    if (which & 0x10) {
        uint8_t ta = take_byte(cursor);
        if (level == 1)
            out->speed = ta;
        out->specific = out->specific || level == 2;
    }
    if (which & 0x20)
        take_byte(cursor); /* programming voltage, or of T=1 */
    if (which & 0x40) {
        uint8_t tc = take_byte(cursor);
        if (level == 1)
            out->guard_time = tc;
        else if (level == 2)
            out->waiting = tc;
    }
    return which & 0x80 ? take_byte(cursor) : -1;
}

static void take_interface_bytes(struct cursor *cursor, int first, struct atr *out) {
    int protocols[LEVELS_MAX], count = 0, td = first;
    for (int level = 1; level < LEVELS_MAX && td >= 0; level++) {
        td = take_level(cursor, level, td & 0xf0, out);
        if (td >= 0)
            protocols[count++] = td & 0x0f;
    }
    out->t0 = count == 0 || protocols[0] == 0;
    out->contactless =
        count == 2 && protocols[0] == 0 && protocols[1] == 1 && cursor->at == 4 && !out->inverse;
}

bool atr_parse(const uint8_t *bytes, size_t length, struct atr *out) {
    static const uint8_t of_storage[] = {0x80, 0x4f, 0x0c, 0xa0, 0x00, 0x00, 0x03, 0x06};
    struct cursor cursor = {bytes, 0, length, true};
    *out = (struct atr){.speed = SPEED_DEFAULT, .waiting = WAITING_DEFAULT};
    uint8_t start = take_byte(&cursor), format = take_byte(&cursor);
    if (!cursor.whole || (start != DIRECT && start != INVERSE))
        return false;
    out->inverse = start == INVERSE;
    take_interface_bytes(&cursor, format & 0xf0, out);
    out->historical_length = format & 0x0f;
    for (size_t i = 0; i < out->historical_length; i++)
        out->historical[i] = take_byte(&cursor);
    out->storage = out->contactless && out->historical_length >= sizeof of_storage &&
                   memcmp(out->historical, of_storage, sizeof of_storage) == 0;
    return cursor.whole;
}

void atr_t0_parameters(const struct atr *atr, bool negotiates, uint8_t out[5]) {
    out[0] = negotiates || atr->specific ? atr->speed : SPEED_DEFAULT;
    out[1] = atr->inverse ? 0x02 : 0x00;
    out[2] = atr->guard_time;
    out[3] = atr->waiting;
    out[4] = 0; /* clock stop is not supported */
}
