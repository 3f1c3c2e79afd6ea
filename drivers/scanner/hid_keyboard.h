/* Turns a keyboard-wedge scanner's reports into codes (devices.md D). Pure. */
#ifndef HOPKIOSK_DRIVERS_SCANNER_HID_KEYBOARD_H
#define HOPKIOSK_DRIVERS_SCANNER_HID_KEYBOARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HID_KEYBOARD_TEXT_SIZE 512

struct hid_keyboard {
    uint8_t down[6]; /* the usages of the last report */
    bool alt;
    int alt_digits; /* typed while ALT is held */
    bool alt_zero;  /* the first of them is 0: the number is of the ANSI page */
    unsigned alt_value;
    uint8_t pending[4]; /* the beginning of a GB18030 character */
    int pending_count;
    bool overflow;
    size_t length;
    char text[HID_KEYBOARD_TEXT_SIZE]; /* UTF-8, always terminated */
};

/* Takes one report of the boot keyboard. True when Enter or Tab ended a code, now in `text`; one
 * that is too long has length 0 and overflow set. Then call hid_keyboard_clear. */
bool hid_keyboard_report(struct hid_keyboard *keyboard, const uint8_t *report, size_t length);
/* No report came for the gap; true when this ended a code without a suffix. */
bool hid_keyboard_gap(struct hid_keyboard *keyboard);
/* Makes ready for the next code; keys that are still down stay known. */
void hid_keyboard_clear(struct hid_keyboard *keyboard);

/* Which keys went down with this report of the boot keyboard, as usages; `down` are those of the
 * report before, and then of this one. Returns how many. */
int hid_keyboard_pressed(uint8_t down[6], const uint8_t *report, size_t length, uint8_t pressed[6]);
/* What a key of a keypad means: a digit, '.', a capital letter, '\n' (enter), '\b' (delete), 0x1b
 * (back), KEYPAD_*; 0: nothing. */
char hid_keyboard_key(uint8_t usage);

#endif
