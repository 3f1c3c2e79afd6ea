/* USB CCID 1.1 (devices.md C): messages and descriptor. Pure. */
#ifndef HOPKIOSK_DRIVERS_CARD_CCID_H
#define HOPKIOSK_DRIVERS_CARD_CCID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CCID_HEAD 10
#define CCID_DATA_MAX 600
#define CCID_MESSAGE_MAX (CCID_HEAD + CCID_DATA_MAX)

enum ccid_type {
    CCID_SET_PARAMETERS = 0x61,
    CCID_POWER_ON = 0x62,
    CCID_POWER_OFF = 0x63,
    CCID_GET_SLOT_STATUS = 0x65,
    CCID_XFR_BLOCK = 0x6f,
    CCID_DATA_BLOCK = 0x80,
    CCID_SLOT_STATUS = 0x81,
    CCID_PARAMETERS = 0x82
};
/* Bits of what the reader does by itself. */
enum {
    CCID_AUTO_FROM_ATR = 0x02,
    CCID_AUTO_VOLTAGE = 0x08,
    CCID_AUTO_NEGOTIATION = 0x40,
    CCID_AUTO_PPS = 0x80 /* by the parameters that are set */
};
enum ccid_level { CCID_CHARACTER, CCID_TPDU, CCID_SHORT_APDU, CCID_EXTENDED_APDU };

struct ccid_info {
    int slots;
    uint8_t voltages;   /* bits: 1 5 V, 2 3 V, 4 1.8 V */
    uint32_t protocols; /* bits: 1 T=0, 2 T=1 */
    uint32_t clock_khz; /* at most */
    uint32_t features;
    uint32_t message_max;
    enum ccid_level level;
    uint8_t text;     /* the string that names its interface, 0: none */
    int interfaces;   /* readers in this device, with this one */
    bool others_tell; /* this one has no endpoint for notices, another has */
};
/* Reads the functional descriptor of the reader at this interface (bInterfaceNumber) from a whole
 * configuration descriptor; false when there is none. */
bool ccid_describe(const uint8_t *configuration, size_t length, int interface,
                   struct ccid_info *out);

/* Returns the message's length; 0: too long. */
size_t ccid_message(enum ccid_type type, uint8_t slot, uint8_t sequence, const uint8_t specific[3],
                    const uint8_t *data, size_t length, uint8_t out[CCID_MESSAGE_MAX]);

enum ccid_card { CCID_CARD_ACTIVE = 0, CCID_CARD_INACTIVE, CCID_CARD_ABSENT, CCID_CARD_UNKNOWN };
enum ccid_result { CCID_OK = 0, CCID_FAILED, CCID_TIME_EXTENSION };
struct ccid_reply {
    uint8_t type, slot, sequence, error;
    enum ccid_card card;
    enum ccid_result result;
    const uint8_t *data; /* in the reader's buffer */
    size_t length;
};
/* Collects packets into messages. */
struct ccid_reader {
    size_t count;
    uint8_t bytes[CCID_MESSAGE_MAX];
};
enum ccid_heard { CCID_NOTHING = 0, CCID_REPLY, CCID_BROKEN };
/* CCID_BROKEN: no message; the reader of packets begins anew. */
enum ccid_heard ccid_read(struct ccid_reader *reader, const uint8_t *bytes, size_t length,
                          struct ccid_reply *out);

/* What a failed command means, for integrators (devices.md C). */
const char *ccid_error_words(uint8_t error);

/* Reads what an interrupt message says about a slot; false when it says nothing. */
bool ccid_notice(const uint8_t *bytes, size_t length, int slot, bool *present);

#endif
