/* Roles of devices, and words for their states. Closed sets that drivers, core and screens share.
 */
#ifndef HOPKIOSK_DRIVERS_WORDS_H
#define HOPKIOSK_DRIVERS_WORDS_H

#include <stdbool.h>

enum device_role {
    ROLE_SCANNER = 0,
    ROLE_PRINTER,
    ROLE_ID_READER,
    ROLE_CARD_READER,
    ROLE_PINPAD,
    ROLE_KEYPAD, /* the terminal's own keys; it is no pinpad */
    ROLE_COUNT
};
enum device_word {
    DEVICE_UNKNOWN = 0,
    DEVICE_READY,
    DEVICE_BUSY,
    DEVICE_OFFLINE,
    DEVICE_ABSENT,
    DEVICE_FAULT
};
enum supply_word {
    SUPPLY_UNKNOWN = 0,
    SUPPLY_OK,
    SUPPLY_LOW,
    SUPPLY_OUT,
    SUPPLY_JAM,
    SUPPLY_NOT_SUPPORTED
};
enum media_word { MEDIA_UNKNOWN = 0, MEDIA_NONE, MEDIA_PRESENT, MEDIA_ENTERING, MEDIA_JAMMED };

/* Their names in configuration and kioskctl: "scanner", "id_reader"; "ready"; "ok"; "jammed". */
const char *device_role_name(enum device_role role);
const char *device_word_name(enum device_word device);
const char *supply_word_name(enum supply_word supply);
const char *media_word_name(enum media_word media);

/* Does this code of a pinpad's answer (ISO 8583 field 39) say that the money moved? 00 is not the
 * only one: 10 in part, 11 of a special person, 16 with the third track renewed, Y1 and Y3 by the
 * card itself. */
bool pos_code_approves(const char *code);

/* Keys of a keypad that are no characters: they move what is chosen on the screen, and say it
 * again. */
#define KEYPAD_NEXT '\t'
#define KEYPAD_LEFT 0x1c
#define KEYPAD_RIGHT 0x1d
#define KEYPAD_UP 0x1e
#define KEYPAD_DOWN 0x1f
#define KEYPAD_AGAIN '*'

#endif
