/* links: drivers/printer/escpos_status.c drivers/printer/presenter.c */
/* Any bytes as answers to any query of any presenter: the words stay in their sets. */
#include <string.h>

#include "drivers/printer/presenter.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct escpos_status status;
    uint8_t head = size > 0 ? data[0] : 0;
    escpos_status_begin(&status, presenter_of((enum driver_presenter)(head % 4)), 0xf);
    status.sensor_due = head & 0x80;
    int asked = 1;
    for (size_t i = 1; i < size; i++) {
        enum escpos_heard heard = escpos_status_byte(&status, data[i], asked);
        if (heard == ESCPOS_ANSWER)
            asked = escpos_next_query(&status, asked);
        struct driver_status words;
        escpos_words(escpos_troubles(&status), &words);
        if (status.collected_count > 3 || status.own_count >= ESCPOS_OWN_ANSWER_MAX ||
            status.block_count > ESCPOS_BLOCK_MAX || words.device > DEVICE_FAULT ||
            words.supply > SUPPLY_NOT_SUPPORTED || !memchr(words.detail, 0, 64))
            __builtin_trap();
    }
    return 0;
}
