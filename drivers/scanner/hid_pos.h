/* HID point-of-sale scanners (usage page 8C, devices.md D): the report descriptor says where the
 * code is in a report. Pure. */
#ifndef HOPKIOSK_DRIVERS_SCANNER_HID_POS_H
#define HOPKIOSK_DRIVERS_SCANNER_HID_POS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HID_POS_CODE_MAX 4096

/* Positions in a report, in bits from its first byte; -1: not there. */
struct hid_pos_layout {
    int report_id; /* 0: reports have no id */
    int count_bit; /* the count of valid bytes of data */
    int data_bit, data_bytes;
    int more_bit; /* set when the next report continues the code */
};

/* False when the descriptor has no report of scanned data. */
bool hid_pos_parse(const uint8_t *descriptor, size_t length, struct hid_pos_layout *out);

struct hid_pos_code {
    size_t length;
    bool overflow;
    uint8_t bytes[HID_POS_CODE_MAX];
};
enum hid_pos_heard {
    HID_POS_OTHER = 0,
    HID_POS_PART,
    HID_POS_PERHAPS, /* whole unless more comes soon: the report is full and the layout has no flag
                      */
    HID_POS_WHOLE
};
/* Takes one report. After HID_POS_WHOLE take the code and set its length to 0. */
enum hid_pos_heard hid_pos_report(const struct hid_pos_layout *layout, struct hid_pos_code *code,
                                  const uint8_t *report, size_t length);

#endif
