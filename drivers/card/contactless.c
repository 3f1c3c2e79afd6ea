#include "drivers/card/contactless.h"

#include <inttypes.h>
#include <stdio.h>

#define RANDOM_UID 0x08

const uint8_t contactless_get_uid[5] = {0xff, 0xca, 0x00, 0x00, 0x00};

bool contactless_number(const uint8_t *uid, size_t length, enum driver_uid_form form, char *out) {
    bool reversed = form == DRIVER_UID_HEX_REVERSED || form == DRIVER_UID_DECIMAL_REVERSED;
    bool decimal = form == DRIVER_UID_DECIMAL || form == DRIVER_UID_DECIMAL_REVERSED;
    uint64_t value = 0;
    if ((length != 4 && length != 7 && length != 10) || (length == 4 && uid[0] == RANDOM_UID) ||
        (decimal && length > sizeof value))
        return false;
    for (size_t i = 0; i < length; i++) {
        uint8_t byte = uid[reversed ? length - 1 - i : i];
        value = value << 8 | byte;
        snprintf(out + 2 * i, 3, "%02X", byte);
    }
    if (decimal)
        snprintf(out, 21, "%" PRIu64, value);
    return true;
}
