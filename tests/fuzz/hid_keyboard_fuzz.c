/* links: drivers/scanner/hid_keyboard.c */
/* Any reports, in any order, with silence in between: the text stays bounded and terminated. */
#include <string.h>

#include "drivers/scanner/hid_keyboard.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct hid_keyboard keyboard = {0};
    for (; size >= 8; data += 8, size -= 8) {
        bool ended =
            data[1] == 0xff ? hid_keyboard_gap(&keyboard) : hid_keyboard_report(&keyboard, data, 8);
        if (keyboard.length >= sizeof keyboard.text || keyboard.text[keyboard.length] != 0 ||
            keyboard.pending_count > 3)
            __builtin_trap();
        if (ended)
            hid_keyboard_clear(&keyboard);
    }
    hid_keyboard_report(&keyboard, data, size);
    return 0;
}
