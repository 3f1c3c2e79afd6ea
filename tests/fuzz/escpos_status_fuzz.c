/* links: drivers/escpos_status.c */
/* Any bytes as answers to any query: the words stay in their sets. */
#include <string.h>

#include "drivers/escpos_status.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct escpos_status status = {0};
    int asked = 1;
    for (size_t i = 0; i < size; i++) {
        enum escpos_heard heard = escpos_status_byte(&status, data[i], asked);
        if (heard == ESCPOS_ANSWER)
            asked = (asked + 1) % (ESCPOS_QUERIES + 1);
        struct driver_status words;
        escpos_words(escpos_troubles(&status), &words);
        if (status.collected_count > 3 || words.device > DRIVER_FAULT ||
            words.supply > DRIVER_SUPPLY_NOT_SUPPORTED || !memchr(words.detail, 0, 64))
            __builtin_trap();
    }
    return 0;
}
