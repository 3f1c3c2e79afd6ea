#include "drivers/escpos_status.h"

#include <stdio.h>
#include <string.h>

struct bit {
    int place; /* query 1 to 4, or byte 1 to 3 of the automatic status */
    uint8_t mask;
    unsigned trouble;
};

static const struct bit query_bits[] = {
    {1, 0x08, ESCPOS_OFFLINE},    {1, 0x20, ESCPOS_BUSY},      {2, 0x04, ESCPOS_COVER},
    {2, 0x08, ESCPOS_BUSY},       {2, 0x20, ESCPOS_PAPER_OUT}, {2, 0x40, ESCPOS_MECHANICAL},
    {3, 0x04, ESCPOS_MECHANICAL}, {3, 0x08, ESCPOS_CUTTER},    {3, 0x20, ESCPOS_UNRECOVERABLE},
    {3, 0x40, ESCPOS_MECHANICAL}, {4, 0x0c, ESCPOS_PAPER_LOW}, {4, 0x60, ESCPOS_PAPER_OUT}};

static const struct bit automatic_bits[] = {
    {1, 0x08, ESCPOS_OFFLINE},       {1, 0x20, ESCPOS_COVER},      {1, 0x40, ESCPOS_BUSY},
    {2, 0x01, ESCPOS_BUSY},          {2, 0x04, ESCPOS_MECHANICAL}, {2, 0x08, ESCPOS_CUTTER},
    {2, 0x20, ESCPOS_UNRECOVERABLE}, {2, 0x40, ESCPOS_MECHANICAL}, {3, 0x03, ESCPOS_PAPER_LOW},
    {3, 0x0c, ESCPOS_PAPER_OUT}};

static unsigned read_bits(const struct bit *bits, size_t count, int place, uint8_t byte) {
    unsigned troubles = 0;
    for (size_t i = 0; i < count; i++)
        if (bits[i].place == place && byte & bits[i].mask)
            troubles |= bits[i].trouble;
    return troubles;
}

#define READ_BITS(table, place, byte) read_bits(table, sizeof(table) / sizeof *(table), place, byte)

static enum escpos_heard end_automatic(struct escpos_status *status) {
    status->automatic = 0;
    for (int i = 0; i < 3; i++)
        status->automatic |= READ_BITS(automatic_bits, i + 1, status->collected[i]);
    status->collected_count = 0;
    /* What the queries told before is old. */
    memset(status->by_query, 0, sizeof status->by_query);
    status->newer = 0;
    return ESCPOS_AUTOMATIC;
}

enum escpos_heard escpos_status_byte(struct escpos_status *status, uint8_t byte, int asked) {
    if ((byte & 0x93) == 0x12) {
        if (asked < 1 || asked > ESCPOS_QUERIES)
            return ESCPOS_NOTHING; /* an answer that came too late to know whose it is */
        status->by_query[asked - 1] = READ_BITS(query_bits, asked, byte);
        status->newer |= 1u << (asked - 1);
        if (status->newer == (1u << ESCPOS_QUERIES) - 1)
            status->automatic = 0;
        return ESCPOS_ANSWER;
    }
    if ((byte & 0x93) == 0x10) {
        status->collected[0] = byte;
        status->collected_count = 1;
    } else if ((byte & 0x90) == 0 && status->collected_count > 0) {
        status->collected[status->collected_count++] = byte;
        if (status->collected_count == 4)
            return end_automatic(status);
    } else {
        status->collected_count = 0;
    }
    return ESCPOS_NOTHING;
}

unsigned escpos_troubles(const struct escpos_status *status) {
    unsigned troubles = status->automatic;
    for (int i = 0; i < ESCPOS_QUERIES; i++)
        troubles |= status->by_query[i];
    return troubles;
}

bool escpos_cannot_print(unsigned troubles) {
    return (troubles & ~(unsigned)ESCPOS_PAPER_LOW) != 0;
}

void escpos_words(unsigned troubles, struct driver_status *out) {
    /* The first that is true names it. */
    static const struct {
        unsigned trouble;
        enum driver_device device;
        const char *detail;
    } words[] = {{ESCPOS_UNRECOVERABLE, DRIVER_FAULT, "unrecoverable error"},
                 {ESCPOS_CUTTER, DRIVER_FAULT, "cutter jammed"},
                 {ESCPOS_COVER, DRIVER_OFFLINE, "cover open"},
                 {ESCPOS_PAPER_OUT, DRIVER_OFFLINE, "paper out"},
                 {ESCPOS_MECHANICAL, DRIVER_FAULT, "mechanical error"},
                 {ESCPOS_BUSY, DRIVER_BUSY, "waits for its button or recovery"},
                 {ESCPOS_OFFLINE, DRIVER_OFFLINE, "offline"},
                 {ESCPOS_PAPER_LOW, DRIVER_READY, "paper near end"},
                 {0, DRIVER_READY, ""}};
    *out = (struct driver_status){.media = DRIVER_MEDIA_NONE};
    out->supply = troubles & ESCPOS_PAPER_OUT   ? DRIVER_SUPPLY_OUT
                  : troubles & ESCPOS_CUTTER    ? DRIVER_SUPPLY_JAM
                  : troubles & ESCPOS_PAPER_LOW ? DRIVER_SUPPLY_LOW
                                                : DRIVER_SUPPLY_OK;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (words[i].trouble && !(troubles & words[i].trouble))
            continue;
        out->device = words[i].device;
        snprintf(out->detail, sizeof out->detail, "%s", words[i].detail);
        return;
    }
}
