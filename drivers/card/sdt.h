/* Frames of second-generation ID card readers (SDT, SAM_V; devices.md A2). Pure. Photograph and
 * fingerprint go into the check byte and are not kept. */
#ifndef HOPKIOSK_DRIVERS_CARD_SDT_H
#define HOPKIOSK_DRIVERS_CARD_SDT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum sdt_command {
    SDT_STATUS = 0x11ff,
    SDT_SAM_ID = 0x12ff,
    SDT_FIND = 0x2001,
    SDT_SELECT = 0x2002,
    SDT_READ = 0x3001,
    SDT_READ_ADDRESS = 0x3003
};
#define SDT_REQUEST_SIZE 10
void sdt_request(enum sdt_command command, uint8_t out[SDT_REQUEST_SIZE]);

#define SDT_KEPT_BYTES (2 + 3 + 6 + 256) /* length, status words, three lengths, text */
struct sdt_reader {
    size_t count;  /* bytes of the frame so far, without a third AA */
    size_t length; /* as its length field says */
    uint8_t check;
    uint8_t kept[SDT_KEPT_BYTES];
};
enum sdt_heard { SDT_NOTHING = 0, SDT_FRAME, SDT_BAD };
/* Takes one byte. Bytes before AA AA 96 69 are skipped; after SDT_FRAME the answer is valid until
 * the next byte. */
enum sdt_heard sdt_read(struct sdt_reader *reader, uint8_t byte);

enum {
    SDT_OK = 0x90,
    SDT_FOUND = 0x9f,
    SDT_UNKNOWN_COMMAND = 0x21,
    SDT_NOT_RECOGNISED = 0x24,
    SDT_NOT_FOUND = 0x80 /* also for a card that was read and not lifted since */
};
struct sdt_answer {
    uint8_t status; /* SW3 */
    const uint8_t *data;
    size_t kept, whole; /* bytes of `data` that were kept, and that were received */
};
struct sdt_answer sdt_answer(const struct sdt_reader *reader);
/* Writes "SAM 05.03-20121015-0001234567-1234567890"; false when the answer has no number. */
bool sdt_sam_id(const struct sdt_answer *answer, char *out, size_t size);
/* What SW3 means for an integrator. */
const char *sdt_words(uint8_t status);

#endif
