/* What stands around a receipt: where its bytes may be parted, and the question at its end. */
#include <string.h>

#include "drivers/printer/escpos.h"

#define ROWS_PER_MM 7 /* of the coarsest head: nobody is faster than that */
#define CUT_MS 1000

/* Of GS and a letter; 0: it has no end yet. */
static size_t group_length(const uint8_t *bytes, size_t length) {
    if (length < 3)
        return 0;
    switch (bytes[1]) {
    case 'V':
        return bytes[2] == 'A' || bytes[2] == 'B' ? 4 : 3;
    case '(':
        return length < 5 ? 0 : 5 + (bytes[3] | (size_t)bytes[4] << 8);
    case 'k':
        return length < 4 ? 0 : 4 + (size_t)bytes[3];
    case 'v':
        return length < 8
                   ? 0
                   : 8 + (bytes[4] | (size_t)bytes[5] << 8) * (bytes[6] | (size_t)bytes[7] << 8);
    default:
        return 3;
    }
}

/* Of the command or the character that begins here; 0: it has no end yet. */
static size_t command_length(const uint8_t *bytes, size_t length) {
    if (bytes[0] == 0x1d)
        return group_length(bytes, length);
    if (length < 2)
        return bytes[0] == 0x1b || bytes[0] == 0x1c || bytes[0] >= 0x81 ? 0 : 1;
    if (bytes[0] == 0x1b)
        return bytes[1] == '@' ? 2 : bytes[1] == 'p' ? 5 : 3;
    if (bytes[0] == 0x1c)
        return 2;
    if (bytes[0] >= 0x81) /* GB18030 */
        return bytes[1] >= '0' && bytes[1] <= '9' ? 4 : 2;
    return 1;
}

size_t escpos_whole(const uint8_t *bytes, size_t length, size_t most) {
    size_t at = 0;
    if (length <= most)
        return length;
    for (;;) {
        size_t next = command_length(bytes + at, length - at);
        if (next == 0 || at + next > most)
            return at > 0 ? at : most;
        at += next;
    }
}

size_t escpos_clear(const struct escpos_head *head, bool cut, uint8_t out[ESCPOS_CLEARING_MAX]) {
    static const uint8_t reset[] = {0x1b, '@'}, feed_and_cut[] = {0x1b, 'd', 1, 0x1d, 'V', 'B', 0},
                         feed[] = {0x1b, 'd', ESCPOS_TEAR_LINES};
    size_t length = ESCPOS_COMMAND_MAX;
    memset(out, 0, length);
    memcpy(out + length, reset, sizeof reset);
    length += sizeof reset;
    if (!cut)
        return length;
    const uint8_t *end = head->no_cutter ? feed : feed_and_cut;
    size_t end_length = head->no_cutter ? sizeof feed : sizeof feed_and_cut;
    memcpy(out + length, end, end_length);
    return length + end_length;
}

int escpos_mechanical_ms(int rows, int speed_mm_s) {
    return rows * 1000 / (ROWS_PER_MM * speed_mm_s) + CUT_MS;
}

size_t escpos_watch(uint8_t out[ESCPOS_QUESTION_MAX]) {
    static const uint8_t order[] = {0x1d, 'a', 0x0e};
    memcpy(out, order, sizeof order);
    return sizeof order;
}

size_t escpos_ask_process_id(const char id[ESCPOS_PROCESS_ID_SIZE],
                             uint8_t out[ESCPOS_QUESTION_MAX]) {
    static const uint8_t head[] = {0x1d, '(', 'H', 6, 0, '0', '0'};
    memcpy(out, head, sizeof head);
    memcpy(out + sizeof head, id, ESCPOS_PROCESS_ID_SIZE);
    return sizeof head + ESCPOS_PROCESS_ID_SIZE;
}

size_t escpos_ask_paper_sensor(uint8_t out[ESCPOS_QUESTION_MAX]) {
    static const uint8_t question[] = {0x1d, 'r', 1};
    memcpy(out, question, sizeof question);
    return sizeof question;
}

/* A to O: bit 4 is 0 in each, and 1 in every status byte that stands alone. */
void escpos_process_id(int n, char out[ESCPOS_PROCESS_ID_SIZE]) {
    for (int i = ESCPOS_PROCESS_ID_SIZE; i-- > 0; n /= 15)
        out[i] = (char)('A' + n % 15);
}
