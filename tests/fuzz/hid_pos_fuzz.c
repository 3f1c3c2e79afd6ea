/* links: drivers/scanner/hid_pos.c drivers/scanner/text.c */
/* Any report descriptor, then any reports: nothing is read or written outside. */
#include "drivers/scanner/hid_pos.h"
#include "drivers/scanner/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct hid_pos_code code;
    struct hid_pos_layout layout;
    if (size < 2)
        return 0;
    size_t descriptor = data[0] % size;
    if (!hid_pos_parse(data + 1, descriptor, &layout))
        return 0;
    data += 1 + descriptor;
    size -= 1 + descriptor;
    code = (struct hid_pos_code){0};
    while (size > 0) {
        size_t report = size < 64 ? size : 64;
        char text[512];
        if (hid_pos_report(&layout, &code, data, report) >= HID_POS_PERHAPS) {
            scan_text(code.bytes, code.length, text, sizeof text);
            code.length = 0;
        }
        data += report;
        size -= report;
    }
    return 0;
}
