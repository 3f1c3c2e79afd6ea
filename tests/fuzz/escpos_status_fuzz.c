/* links: drivers/printer/escpos_status.c drivers/printer/presenter.c */
/* Any bytes as answers to any query of any presenter: the words stay in their sets. */
#include <string.h>

#include "drivers/printer/presenter.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct escpos_status status = {0};
    int asked = 1;
    if (size > 0)
        status.presenter = presenter_find((enum driver_presenter)(data[0] % 4), "KPM180");
    for (size_t i = 1; i < size; i++) {
        enum escpos_heard heard = escpos_status_byte(&status, data[i], asked);
        if (heard == ESCPOS_ANSWER)
            asked = (asked + 1) % (escpos_queries(&status) + 1);
        struct driver_status words;
        escpos_words(escpos_troubles(&status), &words);
        if (status.collected_count > 3 || status.own_count >= ESCPOS_OWN_ANSWER_MAX ||
            words.device > DEVICE_FAULT || words.supply > SUPPLY_NOT_SUPPORTED ||
            !memchr(words.detail, 0, 64))
            __builtin_trap();
    }
    return 0;
}
