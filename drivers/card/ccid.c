#include "drivers/card/ccid.h"

#include <string.h>

#define FUNCTIONAL_TYPE 0x21
#define FUNCTIONAL_LENGTH 0x36
#define CLASS_CCID 0x0b
#define INTERFACE_TYPE 4
#define ENDPOINT_TYPE 5
#define INTERRUPT 3

static uint32_t get_le(const uint8_t *bytes, int count) {
    uint32_t value = 0;
    for (int i = 0; i < count; i++)
        value |= (uint32_t)bytes[i] << (8 * i);
    return value;
}

static void put_le(uint8_t *out, uint32_t value, int count) {
    for (int i = 0; i < count; i++)
        out[i] = (uint8_t)(value >> (8 * i));
}

static void take_functional(const uint8_t *one, struct ccid_info *out) {
    out->slots = one[4] + 1;
    out->voltages = one[5];
    out->protocols = get_le(one + 6, 4);
    out->clock_khz = get_le(one + 14, 4);
    out->features = get_le(one + 40, 4);
    out->message_max = get_le(one + 44, 4);
    out->level = (enum ccid_level)(out->features >> 16 & 3);
    if (out->features & 0x40000)
        out->level = CCID_EXTENDED_APDU;
}

bool ccid_describe(const uint8_t *configuration, size_t length, int interface,
                   struct ccid_info *out) {
    bool is_reader = false, is_it = false, found = false, tells = false;
    *out = (struct ccid_info){0};
    for (size_t at = 0; at + 2 <= length && configuration[at] >= 2; at += configuration[at]) {
        const uint8_t *one = configuration + at;
        if (one[0] > length - at)
            break;
        if (one[1] == INTERFACE_TYPE && one[0] >= 9) {
            is_reader = one[5] == CLASS_CCID && one[3] == 0;
            is_it = is_reader && one[2] == interface;
            out->interfaces += is_reader;
            out->text = is_it ? one[8] : out->text;
        } else if (one[1] == ENDPOINT_TYPE && one[0] >= 7 && (one[3] & 3) == INTERRUPT) {
            tells = tells || is_it;
            out->others_tell = out->others_tell || (is_reader && !is_it);
        } else if (is_it && !found && one[1] == FUNCTIONAL_TYPE && one[0] >= FUNCTIONAL_LENGTH) {
            take_functional(one, out);
            found = true;
        }
    }
    out->others_tell = out->others_tell && !tells;
    return found;
}

size_t ccid_message(enum ccid_type type, uint8_t slot, uint8_t sequence, const uint8_t specific[3],
                    const uint8_t *data, size_t length, uint8_t out[CCID_MESSAGE_MAX]) {
    if (length > CCID_DATA_MAX)
        return 0;
    out[0] = (uint8_t)type;
    put_le(out + 1, (uint32_t)length, 4);
    out[5] = slot;
    out[6] = sequence;
    memcpy(out + 7, specific, 3);
    if (length)
        memcpy(out + CCID_HEAD, data, length);
    return CCID_HEAD + length;
}

static enum ccid_heard break_off(struct ccid_reader *reader) {
    explicit_bzero(reader, sizeof *reader);
    return CCID_BROKEN;
}

enum ccid_heard ccid_read(struct ccid_reader *reader, const uint8_t *bytes, size_t length,
                          struct ccid_reply *out) {
    if (length > sizeof reader->bytes - reader->count)
        return break_off(reader);
    memcpy(reader->bytes + reader->count, bytes, length);
    reader->count += length;
    const uint8_t *message = reader->bytes;
    if (reader->count > 0 && (message[0] < CCID_DATA_BLOCK || message[0] > 0x84))
        return break_off(reader);
    if (reader->count < CCID_HEAD)
        return CCID_NOTHING;
    uint32_t data = get_le(message + 1, 4);
    if (data > CCID_DATA_MAX || reader->count > CCID_HEAD + data)
        return break_off(reader);
    if (reader->count < CCID_HEAD + data)
        return CCID_NOTHING;
    *out = (struct ccid_reply){.type = message[0],
                               .slot = message[5],
                               .sequence = message[6],
                               .error = message[8],
                               .card = (enum ccid_card)(message[7] & 3),
                               .data = message + CCID_HEAD,
                               .length = data};
    int result = message[7] >> 6;
    out->result = result == 0 ? CCID_OK : result == 2 ? CCID_TIME_EXTENSION : CCID_FAILED;
    reader->count = 0; /* the bytes stay until the next packet */
    return CCID_REPLY;
}

bool ccid_notice(const uint8_t *bytes, size_t length, int slot, bool *present) {
    size_t at = 1 + (size_t)slot / 4;
    if (length <= at || bytes[0] != 0x50)
        return false;
    int bits = bytes[at] >> (slot % 4 * 2);
    *present = bits & 1;
    return (bits & 2) != 0;
}

const char *ccid_error_words(uint8_t error) {
    static const struct {
        uint8_t error;
        const char *words;
    } rows[] = {{0xff, "aborted"},
                {0xfe, "the card does not answer"},
                {0xfd, "parity error with the card"},
                {0xfc, "overrun with the card"},
                {0xfb, "the reader's hardware fails"},
                {0xf8, "the card's answer to reset is wrong"},
                {0xf7, "the card's answer to reset is wrong"},
                {0xf6, "the card's protocol is not supported"},
                {0xf5, "the card's class is not supported"},
                {0xf4, "the card answers out of turn"},
                {0xf3, "the card's protocol is not active"},
                {0xf2, "the reader is busy"},
                {0xe0, "the slot is busy"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].error == error)
            return rows[i].words;
    return "the reader refuses";
}
