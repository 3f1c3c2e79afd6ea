/* Frames of second-generation ID card readers (SDT, SAM_V; devices.md A2). Pure. */
#ifndef HOPKIOSK_SDT_H
#define HOPKIOSK_SDT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SDT_DATA_MAX 2400 /* the longest reply: text, photograph and fingerprint */
#define SDT_COMMAND_BYTES 10

enum sdt_command { SDT_STATUS = 0x11ff, SDT_FIND = 0x2001, SDT_SELECT = 0x2002, SDT_READ = 0x3001 };
enum sdt_word { SDT_OK = 0x90, SDT_FOUND = 0x9f, SDT_NO_CARD = 0x80 };

void sdt_command(enum sdt_command command, uint8_t out[SDT_COMMAND_BYTES]);

struct sdt_reader {
    size_t count;
    uint8_t bytes[SDT_DATA_MAX + 16];
};
enum sdt_heard { SDT_NOTHING = 0, SDT_REPLY, SDT_BROKEN };
struct sdt_reply {
    uint8_t word; /* SW3 */
    const uint8_t *data;
    size_t length; /* without the status words and the check */
};
/* Bytes of the stream; after SDT_REPLY and SDT_BROKEN (a wrong check or length) it begins anew. */
enum sdt_heard sdt_read(struct sdt_reader *reader, const uint8_t *bytes, size_t length,
                        struct sdt_reply *out);
void sdt_reader_reset(struct sdt_reader *reader);
/* What SW3 means for an integrator. */
const char *sdt_words(uint8_t word);

#endif
