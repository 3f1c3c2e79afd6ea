#include <stdio.h>
#include <string.h>

#include "drivers/card/sdt.h"

#define PREAMBLE_BYTES 4  /* two or three AA are taken as its beginning */
#define LENGTH_BYTES 2    /* not counted by the length itself */
#define STATUS_BYTES 3    /* SW1 SW2 SW3 */
#define LENGTH_MIN 4      /* status and XOR */
#define LENGTH_MAX 0x090a /* text, photo and fingerprints */
#define SAM_ID_BYTES 16

void sdt_request(enum sdt_command command, uint8_t out[SDT_REQUEST_SIZE]) {
    uint8_t high = (uint8_t)(command >> 8), low = (uint8_t)command;
    uint8_t frame[SDT_REQUEST_SIZE] = {0xaa, 0xaa, 0xaa, 0x96, 0x69,
                                       0,    3,    high, low,  (uint8_t)(3 ^ high ^ low)};
    memcpy(out, frame, sizeof frame);
}

static size_t preamble_after(size_t matched, uint8_t byte) {
    static const uint8_t preamble[PREAMBLE_BYTES] = {0xaa, 0xaa, 0x96, 0x69};
    if (byte == preamble[matched])
        return matched + 1;
    if (byte != 0xaa)
        return 0;
    return matched == 2 ? 2 : 1; /* a third AA, or the beginning of another preamble */
}

enum sdt_heard sdt_read(struct sdt_reader *reader, uint8_t byte) {
    if (reader->count < PREAMBLE_BYTES) {
        reader->count = preamble_after(reader->count, byte);
        reader->length = reader->check = 0;
        return SDT_NOTHING;
    }
    size_t at = reader->count++ - PREAMBLE_BYTES;
    if (at < sizeof reader->kept)
        reader->kept[at] = byte;
    reader->check ^= byte;
    if (at < LENGTH_BYTES) {
        reader->length = reader->length << 8 | byte;
        bool wrong = at == 1 && (reader->length < LENGTH_MIN || reader->length > LENGTH_MAX);
        reader->count = wrong ? 0 : reader->count;
        return wrong ? SDT_BAD : SDT_NOTHING;
    }
    if (at < LENGTH_BYTES + reader->length - 1)
        return SDT_NOTHING;
    reader->count = 0;
    return reader->check == 0 ? SDT_FRAME
                              : SDT_BAD; /* the XOR of all bytes with the check byte is 0 */
}

struct sdt_answer sdt_answer(const struct sdt_reader *reader) {
    size_t head = LENGTH_BYTES + STATUS_BYTES, room = sizeof reader->kept - head;
    size_t whole = reader->length - LENGTH_MIN;
    return (struct sdt_answer){.status = reader->kept[head - 1],
                               .data = reader->kept + head,
                               .kept = whole < room ? whole : room,
                               .whole = whole};
}

static unsigned little_endian(const uint8_t *bytes, int count) {
    unsigned value = 0;
    while (count-- > 0)
        value = value << 8 | bytes[count];
    return value;
}

bool sdt_sam_id(const struct sdt_answer *answer, char *out, size_t size) {
    const uint8_t *id = answer->data;
    if (answer->status != SDT_OK || answer->whole != SAM_ID_BYTES)
        return false;
    snprintf(out, size, "SAM %02u.%02u-%u-%010u-%u", little_endian(id, 2), little_endian(id + 2, 2),
             little_endian(id + 4, 4), little_endian(id + 8, 4), little_endian(id + 12, 4));
    return true;
}

const char *sdt_words(uint8_t status) {
    static const struct {
        uint8_t status;
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
        if (words[i].status == status)
            return words[i].text;
    return "unknown status";
}
