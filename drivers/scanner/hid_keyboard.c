#include "drivers/scanner/hid_keyboard.h"

#include <iconv.h>
#include <string.h>

#include "drivers/words.h"

enum { SHIFT_BITS = 0x22, ALT_BITS = 0x44 };
enum {
    USAGE_ERROR_LAST = 0x03,
    USAGE_ENTER = 0x28,
    USAGE_ESCAPE = 0x29,
    USAGE_BACKSPACE = 0x2a,
    USAGE_TAB = 0x2b,
    USAGE_DELETE = 0x4c,
    USAGE_RIGHT = 0x4f,
    USAGE_LEFT = 0x50,
    USAGE_DOWN = 0x51,
    USAGE_UP = 0x52,
    USAGE_KEYPAD_ENTER = 0x58
};
#define REPORT_SIZE 8

/* The characters of usages 04 to 38 and 54 to 63 on a US keyboard, plain and with shift; 0: none.
 */
static const char main_keys[2][0x39 - 0x04] = {
    "abcdefghijklmnopqrstuvwxyz1234567890\0\0\0\0 -=[]\\\\;'`,./",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ!@#$%^&*()\0\0\0\0 _+{}||:\"~<>?"};
static const char keypad_keys[0x64 - 0x54] = {'/', '*', '-', '+', 0,   '1', '2', '3',
                                              '4', '5', '6', '7', '8', '9', '0', '.'};

static char key_character(uint8_t usage, bool shift) {
    if (usage >= 0x04 && usage < 0x39)
        return main_keys[shift][usage - 0x04];
    if (usage >= 0x54 && usage < 0x64)
        return keypad_keys[usage - 0x54];
    return 0;
}

static void append_key(struct hid_keyboard *keyboard, const char *bytes, size_t count) {
    if (keyboard->overflow || keyboard->length + count >= sizeof keyboard->text) {
        keyboard->overflow = true;
        return;
    }
    memcpy(keyboard->text + keyboard->length, bytes, count);
    keyboard->length += count;
    keyboard->text[keyboard->length] = 0;
}

/* Appends `count` bytes of a code page as UTF-8; unknown ones become U+FFFD. */
static void append_page(struct hid_keyboard *keyboard, const char *page, const uint8_t *bytes,
                        size_t count) {
    char in[4], out[8], *from = in, *to = out;
    size_t left = count, room = sizeof out;
    memcpy(in, bytes, count);
    iconv_t converter = iconv_open("UTF-8", page);
    if (converter == (iconv_t)-1 || iconv(converter, &from, &left, &to, &room) == (size_t)-1)
        append_key(keyboard, "\xef\xbf\xbd", 3);
    else
        append_key(keyboard, out, (size_t)(to - out));
    if (converter != (iconv_t)-1)
        iconv_close(converter);
}

static void flush_pending(struct hid_keyboard *keyboard) {
    if (keyboard->pending_count > 0)
        append_key(keyboard, "\xef\xbf\xbd", 3);
    keyboard->pending_count = 0;
}

/* Takes one byte of the ANSI page of a Chinese host, whose characters have 1, 2 or 4 bytes. */
static void take_ansi(struct hid_keyboard *keyboard, uint8_t byte) {
    int count = keyboard->pending_count;
    if (count == 0 && byte < 0x80) {
        append_key(keyboard, (const char *)&byte, 1);
        return;
    }
    keyboard->pending[keyboard->pending_count++] = byte;
    bool four =
        keyboard->pending_count >= 2 && keyboard->pending[1] >= '0' && keyboard->pending[1] <= '9';
    if (keyboard->pending_count < (four ? 4 : 2))
        return;
    append_page(keyboard, "GB18030", keyboard->pending, (size_t)keyboard->pending_count);
    keyboard->pending_count = 0;
}

/* Takes a typed character. In ALT mode an ASCII one may be the second byte of a character. */
static void take_ascii(struct hid_keyboard *keyboard, char character) {
    if (keyboard->pending_count > 0) {
        take_ansi(keyboard, (uint8_t)character);
        return;
    }
    append_key(keyboard, &character, 1);
}

/* ALT was released: the number typed on the keypad becomes a character. */
static void end_alt(struct hid_keyboard *keyboard) {
    unsigned value = keyboard->alt_value;
    int digits = keyboard->alt_digits;
    bool zero = keyboard->alt_zero;
    keyboard->alt = keyboard->alt_zero = false;
    keyboard->alt_digits = 0;
    keyboard->alt_value = 0;
    if (digits == 0 || value == 0)
        return;
    if (value > 0xff) {
        take_ansi(keyboard, (uint8_t)(value >> 8)); /* a whole GBK character */
        take_ansi(keyboard, (uint8_t)value);
    } else if (zero || value < 0x80) {
        take_ansi(keyboard, (uint8_t)value);
    } else {
        flush_pending(keyboard);
        append_page(keyboard, "CP437", (const uint8_t[]){(uint8_t)value}, 1);
    }
}

static void take_alt_digit(struct hid_keyboard *keyboard, char digit) {
    if (keyboard->alt_digits == 0)
        keyboard->alt_zero = digit == '0';
    keyboard->alt_digits++;
    keyboard->alt_value = (keyboard->alt_value * 10 + (unsigned)(digit - '0')) & 0xffff;
}

/* A key went down; true when it ends the code. */
static bool take_key(struct hid_keyboard *keyboard, uint8_t modifiers, uint8_t usage) {
    if (usage == USAGE_ENTER || usage == USAGE_KEYPAD_ENTER || usage == USAGE_TAB) {
        flush_pending(keyboard);
        return keyboard->length > 0 || keyboard->overflow;
    }
    char character = key_character(usage, (modifiers & SHIFT_BITS) != 0);
    if (keyboard->alt && usage >= 0x59 && usage <= 0x62)
        take_alt_digit(keyboard, character);
    else if (character && !keyboard->alt)
        take_ascii(keyboard, character);
    return false;
}

static bool is_rollover_error(const uint8_t *report) {
    return report[2] >= 1 && report[2] <= USAGE_ERROR_LAST;
}

int hid_keyboard_pressed(uint8_t down[6], const uint8_t *report, size_t length,
                         uint8_t pressed[6]) {
    int count = 0;
    if (length < REPORT_SIZE || is_rollover_error(report))
        return 0;
    for (int i = 2; i < REPORT_SIZE; i++)
        if (report[i] && !memchr(down, report[i], 6) && !memchr(pressed, report[i], (size_t)count))
            pressed[count++] = report[i];
    memcpy(down, report + 2, 6);
    return count;
}

char hid_keyboard_key(uint8_t usage) {
    switch (usage) {
    case USAGE_ENTER:
    case USAGE_KEYPAD_ENTER:
        return '\n';
    case USAGE_BACKSPACE:
    case USAGE_DELETE:
        return '\b';
    case USAGE_ESCAPE:
        return 0x1b;
    case USAGE_TAB:
        return KEYPAD_NEXT;
    case USAGE_LEFT:
        return KEYPAD_LEFT;
    case USAGE_RIGHT:
        return KEYPAD_RIGHT;
    case USAGE_UP:
        return KEYPAD_UP;
    case USAGE_DOWN:
        return KEYPAD_DOWN;
    default:
        break;
    }
    char key = key_character(usage, false);
    if (key >= 'a' && key <= 'z')
        return (char)(key - 'a' + 'A');
    return key == '.' || key == KEYPAD_AGAIN || (key >= '0' && key <= '9') ? key : 0;
}

bool hid_keyboard_report(struct hid_keyboard *keyboard, const uint8_t *report, size_t length) {
    if (length < REPORT_SIZE || is_rollover_error(report))
        return false; /* too short, or "too many keys": ignored */
    uint8_t modifiers = report[0];
    bool alt = (modifiers & ALT_BITS) != 0;
    if (keyboard->alt && !alt)
        end_alt(keyboard);
    keyboard->alt = alt;

    bool ended = false;
    uint8_t pressed[6];
    int count = hid_keyboard_pressed(keyboard->down, report, length, pressed);
    for (int i = 0; i < count; i++)
        ended = take_key(keyboard, modifiers, pressed[i]) || ended;
    if (ended && keyboard->overflow)
        keyboard->length = 0;
    return ended;
}

bool hid_keyboard_gap(struct hid_keyboard *keyboard) {
    flush_pending(keyboard);
    if (keyboard->overflow)
        keyboard->length = 0;
    return keyboard->length > 0 || keyboard->overflow;
}

void hid_keyboard_clear(struct hid_keyboard *keyboard) {
    struct hid_keyboard fresh = {.alt = keyboard->alt};
    memcpy(fresh.down, keyboard->down, sizeof fresh.down);
    *keyboard = fresh;
}
