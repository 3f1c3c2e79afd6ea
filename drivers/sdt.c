#include "drivers/sdt.h"

#include <string.h>

#define HEAD 4   /* AA AA 96 69: a third AA may stand before it */
#define LENGTH 2 /* big-endian, counts everything behind it */
#define STATUS_WORDS 3

static const uint8_t preamble[] = {0xaa, 0xaa, 0x96, 0x69};

static uint8_t check_of(const uint8_t *bytes, size_t length) {
    uint8_t check = 0;
    for (size_t i = 0; i < length; i++)
        check ^= bytes[i];
    return check;
}

void sdt_command(enum sdt_command command, uint8_t out[SDT_COMMAND_BYTES]) {
    const uint8_t frame[] = {
        0xaa, 0xaa, 0xaa, 0x96, 0x69, 0, 3, (uint8_t)((unsigned)command >> 8), (uint8_t)command};
    memcpy(out, frame, sizeof frame);
    out[sizeof frame] = check_of(frame + 5, sizeof frame - 5);
}

void sdt_reader_reset(struct sdt_reader *reader) {
    explicit_bzero(reader, sizeof *reader);
}

/* Drops what cannot begin a frame. */
static void seek_preamble(struct sdt_reader *reader) {
    size_t at = 0;
    for (; at < reader->count; at++) {
        size_t left = reader->count - at;
        if (memcmp(reader->bytes + at, preamble, left < HEAD ? left : HEAD) == 0)
            break;
    }
    reader->count -= at;
    memmove(reader->bytes, reader->bytes + at, reader->count);
}

enum sdt_heard sdt_read(struct sdt_reader *reader, const uint8_t *bytes, size_t length,
                        struct sdt_reply *out) {
    if (length > sizeof reader->bytes - reader->count) {
        sdt_reader_reset(reader);
        return SDT_BROKEN;
    }
    memcpy(reader->bytes + reader->count, bytes, length);
    reader->count += length;
    seek_preamble(reader);
    if (reader->count < HEAD + LENGTH)
        return SDT_NOTHING;
    const uint8_t *frame = reader->bytes + HEAD;
    size_t body = (size_t)frame[0] << 8 | frame[1];
    if (body < STATUS_WORDS + 1 || body > SDT_DATA_MAX) {
        sdt_reader_reset(reader);
        return SDT_BROKEN;
    }
    if (reader->count < HEAD + LENGTH + body)
        return SDT_NOTHING;
    reader->count = 0; /* the bytes stay until the next ones */
    if (check_of(frame, LENGTH + body - 1) != frame[LENGTH + body - 1])
        return SDT_BROKEN;
    *out = (struct sdt_reply){.word = frame[LENGTH + STATUS_WORDS - 1],
                              .data = frame + LENGTH + STATUS_WORDS,
                              .length = body - STATUS_WORDS - 1};
    return SDT_REPLY;
}

const char *sdt_words(uint8_t word) {
    static const struct {
        uint8_t word;
        const char *text;
    } words[] = {{0x10, "bad checksum"},
                 {0x11, "bad length"},
                 {0x21, "unknown command"},
                 {0x24, "command not recognised"},
                 {0x31, "the card did not accept the SAM"},
                 {0x32, "the SAM did not accept the card"},
                 {0x33, "verification error"},
                 {0x40, "a card of another kind"},
                 {0x41, "the card cannot be read"},
                 {0x47, "no random number"},
                 {0x60, "SAM self-test failed"},
                 {0x66, "SAM not authorised"},
                 {0x80, "no card"},
                 {0x81, "the card was not selected"},
                 {0x90, ""},
                 {0x91, "no such data"},
                 {0x9f, ""}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (words[i].word == word)
            return words[i].text;
    return "unknown status";
}
