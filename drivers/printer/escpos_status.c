#include "drivers/printer/escpos_status.h"

#include <stdio.h>
#include <string.h>

#include "drivers/printer/presenter.h"

static const struct escpos_bit query_bits[] = {
    {1, 0x08, ESCPOS_OFFLINE},    {1, 0x20, ESCPOS_BUSY},      {2, 0x04, ESCPOS_COVER},
    {2, 0x08, ESCPOS_BUSY},       {2, 0x20, ESCPOS_PAPER_OUT}, {2, 0x40, ESCPOS_MECHANICAL},
    {3, 0x04, ESCPOS_MECHANICAL}, {3, 0x08, ESCPOS_CUTTER},    {3, 0x20, ESCPOS_UNRECOVERABLE},
    {3, 0x40, ESCPOS_MECHANICAL}, {4, 0x0c, ESCPOS_PAPER_LOW}, {4, 0x60, ESCPOS_PAPER_OUT}};

static const struct escpos_bit automatic_bits[] = {
    {1, 0x08, ESCPOS_OFFLINE},       {1, 0x20, ESCPOS_COVER},      {1, 0x40, ESCPOS_BUSY},
    {2, 0x01, ESCPOS_BUSY},          {2, 0x04, ESCPOS_MECHANICAL}, {2, 0x08, ESCPOS_CUTTER},
    {2, 0x20, ESCPOS_UNRECOVERABLE}, {2, 0x40, ESCPOS_MECHANICAL}, {3, 0x03, ESCPOS_PAPER_LOW},
    {3, 0x0c, ESCPOS_PAPER_OUT}};

static unsigned read_bits(const struct escpos_bit *bits, size_t count, int place, uint8_t byte) {
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
    /* What the queries told before is old, but of a ticket it says nothing. */
    for (int i = 0; i < ESCPOS_OWN_QUERY; i++)
        status->by_query[i] &= ESCPOS_TICKET;
    status->newer = 0;
    return ESCPOS_AUTOMATIC;
}

#define QUERY_BIT(query) (1u << ((query)-1))

void escpos_status_begin(struct escpos_status *status, const struct presenter *presenter,
                         unsigned queries) {
    *status = (struct escpos_status){.presenter = presenter, .queries = queries};
    if (presenter && presenter->query)
        status->queries |= QUERY_BIT(ESCPOS_OWN_QUERY);
}

int escpos_next_query(const struct escpos_status *status, int query) {
    for (int next = query + 1; next <= ESCPOS_OWN_QUERY; next++)
        if (status->queries & QUERY_BIT(next))
            return next;
    return 0;
}

void escpos_drop_query(struct escpos_status *status, int query) {
    status->queries &= ~QUERY_BIT(query);
    status->by_query[query - 1] = 0;
}

uint8_t escpos_query_byte(const struct escpos_status *status, int query) {
    return query == ESCPOS_OWN_QUERY ? status->presenter->query : (uint8_t)query;
}

static enum escpos_heard take_status_answer(struct escpos_status *status, int asked,
                                            unsigned troubles) {
    status->by_query[asked - 1] = troubles;
    status->newer |= QUERY_BIT(asked);
    if ((status->newer & status->queries) == status->queries)
        status->automatic = 0;
    return ESCPOS_ANSWER;
}

static unsigned read_query_answer(const struct escpos_status *status, int asked, uint8_t byte) {
    const struct presenter *presenter = status->presenter;
    if (asked == ESCPOS_QUERIES && presenter && presenter->own_paper_end)
        return read_bits(presenter->bits, (size_t)presenter->bit_count, asked, byte);
    return READ_BITS(query_bits, asked, byte);
}

/* Its beginning could also begin an automatic status: false, it is not the presenter's answer. */
static bool take_own_byte(struct escpos_status *status, uint8_t byte) {
    const struct presenter *presenter = status->presenter;
    if (status->own_count == 0) /* a status between question and answer has its own beginning */
        status->own_count = status->collected_count == 0 && byte == presenter->answer[0];
    else if (status->own_count == 1 && byte != presenter->answer[1])
        status->own_count = 0;
    else
        status->own[status->own_count++] = byte;
    return status->own_count > 1;
}

/* Half of it came, and no more. */
static void forget_own(struct escpos_status *status) {
    if (status->own_count > 1)
        status->collected_count = 0;
    status->own_count = 0;
}

static enum escpos_heard end_own(struct escpos_status *status) {
    const struct presenter *presenter = status->presenter;
    unsigned troubles = 0;
    for (int i = 2; i < presenter->answer_length; i++)
        troubles |= read_bits(presenter->bits, (size_t)presenter->bit_count, ESCPOS_OWN_QUERY + i,
                              status->own[i]);
    status->own_count = status->collected_count = 0;
    return take_status_answer(status, ESCPOS_OWN_QUERY, troubles);
}

/* 37 22 A B C D 00, and 37 25 00. */
static bool block_goes_on(const struct escpos_status *status, uint8_t byte) {
    switch (status->block_count) {
    case 1:
        return byte == 0x22 || byte == 0x25;
    case ESCPOS_BLOCK_MAX - 1:
        return byte == 0;
    default:
        return status->block[1] == 0x22 ? byte >= 'A' && byte <= 'O' : byte == 0;
    }
}

/* True: the byte is one of a block. A real-time answer may stand within: no letter looks like it.
 */
static bool take_block_byte(struct escpos_status *status, uint8_t byte) {
    if (status->block_count == ESCPOS_BLOCK_MAX)
        status->block_count = 0;
    if (status->block_count == 0 ? byte != 0x37 : !block_goes_on(status, byte)) {
        if ((byte & 0x93) != 0x12)
            status->block_count = 0;
        return false;
    }
    status->block[status->block_count++] = byte;
    return true;
}

static enum escpos_heard end_block(struct escpos_status *status) {
    bool cleared = status->block_count > 1 && status->block[1] == 0x25;
    if (status->block_count < (cleared ? 3 : ESCPOS_BLOCK_MAX))
        return ESCPOS_NOTHING;
    status->block_count = ESCPOS_BLOCK_MAX;
    return cleared ? ESCPOS_CLEARED : ESCPOS_PROCESS_ID;
}

const char *escpos_answered_id(const struct escpos_status *status) {
    return (const char *)status->block + 2;
}

bool escpos_sensor_says_out(const struct escpos_status *status) {
    return (status->sensor & 0x0c) != 0;
}

enum escpos_heard escpos_status_byte(struct escpos_status *status, uint8_t byte, int asked) {
    if (asked != ESCPOS_OWN_QUERY || !(status->queries & QUERY_BIT(asked)))
        forget_own(status);
    else if (take_own_byte(status, byte))
        return status->own_count == status->presenter->answer_length ? end_own(status)
                                                                     : ESCPOS_NOTHING;
    if (take_block_byte(status, byte))
        return end_block(status);
    if ((byte & 0x93) == 0x12) {
        if (asked < 1 || asked > ESCPOS_QUERIES)
            return ESCPOS_NOTHING; /* an answer that came too late to know whose it is */
        return take_status_answer(status, asked, read_query_answer(status, asked, byte));
    }
    if ((byte & 0x93) == 0x10) {
        status->collected[0] = byte;
        status->collected_count = 1;
    } else if ((byte & 0x90) == 0 && status->collected_count > 0) {
        status->collected[status->collected_count++] = byte;
        if (status->collected_count == 4)
            return end_automatic(status);
    } else if ((byte & 0x90) == 0 && status->sensor_due) {
        status->sensor_due = false;
        status->sensor = byte;
        return ESCPOS_SENSOR;
    } else {
        status->collected_count = 0;
    }
    return ESCPOS_NOTHING;
}

unsigned escpos_troubles(const struct escpos_status *status) {
    unsigned troubles = status->automatic;
    for (int i = 0; i < ESCPOS_OWN_QUERY; i++)
        troubles |= status->by_query[i];
    return troubles;
}

bool escpos_cannot_print(unsigned troubles) {
    return (troubles & ~(unsigned)(ESCPOS_PAPER_LOW | ESCPOS_TICKET)) != 0;
}

void escpos_words(unsigned troubles, struct driver_status *out) {
    /* The first that is true names it. */
    static const struct {
        unsigned trouble;
        enum device_word device;
        const char *detail;
    } words[] = {{ESCPOS_UNRECOVERABLE, DEVICE_FAULT, "unrecoverable error"},
                 {ESCPOS_CUTTER, DEVICE_FAULT, "cutter jammed"},
                 {ESCPOS_COVER, DEVICE_OFFLINE, "cover open"},
                 {ESCPOS_PAPER_OUT, DEVICE_OFFLINE, "paper out"},
                 {ESCPOS_MECHANICAL, DEVICE_FAULT, "mechanical error"},
                 {ESCPOS_BUSY, DEVICE_BUSY, "waits for its button or recovery"},
                 {ESCPOS_OFFLINE, DEVICE_OFFLINE, "offline"},
                 {ESCPOS_PAPER_LOW, DEVICE_READY, "paper near end"},
                 {0, DEVICE_READY, ""}};
    *out = (struct driver_status){.media = troubles & ESCPOS_TICKET ? MEDIA_PRESENT : MEDIA_NONE};
    out->supply = troubles & ESCPOS_PAPER_OUT   ? SUPPLY_OUT
                  : troubles & ESCPOS_CUTTER    ? SUPPLY_JAM
                  : troubles & ESCPOS_PAPER_LOW ? SUPPLY_LOW
                                                : SUPPLY_OK;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (words[i].trouble && !(troubles & words[i].trouble))
            continue;
        out->device = words[i].device;
        snprintf(out->detail, sizeof out->detail, "%s", words[i].detail);
        return;
    }
}
