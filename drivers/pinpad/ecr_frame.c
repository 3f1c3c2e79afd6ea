#include <string.h>

#include "drivers/pinpad/ecr.h"

enum { STX = 0x02, ETX = 0x03, ACK = 0x06, NAK = 0x15 };
#define FRAME_HEAD 3 /* STX and the length */
#define FRAME_TAIL 2 /* ETX and the LRC */

uint8_t ecr_lrc(const uint8_t *bytes, size_t length) {
    uint8_t lrc = 0;
    for (size_t i = 0; i < length; i++)
        lrc ^= bytes[i];
    return lrc;
}

size_t ecr_frame(const uint8_t *data, size_t length, uint8_t out[ECR_FRAME_MAX]) {
    if (length > ECR_DATA_MAX)
        return 0;
    out[0] = STX;
    out[1] = (uint8_t)(length / 1000 << 4 | length / 100 % 10);
    out[2] = (uint8_t)(length / 10 % 10 << 4 | length % 10);
    memcpy(out + FRAME_HEAD, data, length);
    out[FRAME_HEAD + length] = ETX;
    out[FRAME_HEAD + length + 1] = ecr_lrc(out + 1, length + FRAME_HEAD);
    return length + FRAME_HEAD + FRAME_TAIL;
}

/* The value of two bytes of BCD; -1 when they are none. */
static int bcd_length(const uint8_t bytes[2]) {
    int length = 0;
    for (int i = 0; i < 4; i++) {
        int digit = i % 2 ? bytes[i / 2] & 15 : bytes[i / 2] >> 4;
        if (digit > 9)
            return -1;
        length = length * 10 + digit;
    }
    return length;
}

void ecr_reader_reset(struct ecr_reader *reader) {
    explicit_bzero(reader, sizeof *reader);
}

static enum ecr_heard refuse_frame(struct ecr_reader *reader) {
    ecr_reader_reset(reader);
    return ECR_BAD;
}

static enum ecr_heard read_outside(struct ecr_reader *reader, uint8_t byte) {
    switch (byte) {
    case STX:
        reader->bytes[reader->count++] = byte;
        return ECR_NOTHING;
    case ACK:
        return ECR_ACK;
    case NAK:
        return ECR_NAK;
    default: /* noise between frames is skipped */
        return ECR_NOTHING;
    }
}

enum ecr_heard ecr_read(struct ecr_reader *reader, uint8_t byte) {
    if (reader->count == 0)
        return read_outside(reader, byte);
    reader->bytes[reader->count++] = byte;
    if (reader->count < FRAME_HEAD)
        return ECR_NOTHING;
    int length = bcd_length(reader->bytes + 1);
    if (length < 0 || length > ECR_DATA_MAX)
        return refuse_frame(reader);
    size_t whole = (size_t)length + FRAME_HEAD + FRAME_TAIL;
    if (reader->count < whole)
        return ECR_NOTHING;
    bool good = reader->bytes[whole - 2] == ETX &&
                reader->bytes[whole - 1] == ecr_lrc(reader->bytes + 1, whole - 2);
    if (!good)
        return refuse_frame(reader);
    reader->count = 0; /* the bytes stay until the next one */
    return ECR_FRAME;
}

const uint8_t *ecr_data(const struct ecr_reader *reader, size_t *length) {
    *length = (size_t)bcd_length(reader->bytes + 1);
    return reader->bytes + FRAME_HEAD;
}
