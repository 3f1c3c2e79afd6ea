#include "drivers/card/t0.h"

#include <string.h>

#define HEAD 5 /* CLA INS P1 P2 and Lc or Le */
#define ROUNDS_MAX 8

/* True when the command has data and, behind them, Le. */
static bool has_data_and_le(const uint8_t *command, size_t length) {
    return length > HEAD && length == HEAD + (size_t)command[4] + 1;
}

static size_t send_tpdu(struct t0 *t0, uint8_t *out) {
    memcpy(out, t0->block, t0->sent);
    return t0->sent;
}

size_t t0_begin(struct t0 *t0, bool tpdu, const uint8_t *command, size_t length,
                uint8_t out[T0_BLOCK_MAX]) {
    explicit_bzero(t0, sizeof *t0);
    if (length < HEAD - 1 || length > sizeof t0->block)
        return 0;
    memcpy(t0->block, command, length);
    t0->sent = length;
    if (tpdu && length < HEAD)
        t0->sent = HEAD; /* without data P3 is 0 */
    else if (tpdu && has_data_and_le(command, length))
        t0->sent--;
    return send_tpdu(t0, out);
}

/* 6Cxx: the same again with the right Le; 0: it had none. */
static size_t send_tpdu_again(struct t0 *t0, uint8_t le, uint8_t *out) {
    if (t0->sent != HEAD && !has_data_and_le(t0->block, t0->sent))
        return 0;
    t0->block[t0->sent - 1] = le;
    return send_tpdu(t0, out);
}

/* 61xx: so much more is waiting. */
static size_t send_get_response(struct t0 *t0, uint8_t le, uint8_t *out) {
    memcpy(t0->block, (const uint8_t[]){0x00, 0xc0, 0x00, 0x00, le}, HEAD);
    t0->sent = HEAD;
    return send_tpdu(t0, out);
}

size_t t0_answer(struct t0 *t0, const uint8_t *bytes, size_t length, uint8_t out[T0_BLOCK_MAX]) {
    t0->status = 0;
    if (length < 2 || length - 2 > sizeof t0->answer - t0->answer_length)
        return 0;
    length -= 2;
    uint8_t first = bytes[length], second = bytes[length + 1];
    if (first != 0x6c) {
        memcpy(t0->answer + t0->answer_length, bytes, length);
        t0->answer_length += length;
    }
    t0->status = (uint16_t)(first << 8 | second);
    if ((first != 0x61 && first != 0x6c) || ++t0->rounds > ROUNDS_MAX)
        return 0;
    return first == 0x61 ? send_get_response(t0, second, out) : send_tpdu_again(t0, second, out);
}
