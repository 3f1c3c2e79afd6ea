/* links: drivers/sdt.c drivers/id_card.c */
/* Any stream from a reader, any text of a card: fields stay in their bounds and are UTF-8 to the
 * end. */
#include <string.h>

#include "drivers/id_card.h"
#include "drivers/sdt.h"

static void read_text(const uint8_t text[ID_CARD_TEXT_BYTES]) {
    struct driver_card card;
    id_card_read(text, &card);
    if (!memchr(card.name, 0, sizeof card.name) || !memchr(card.id_no, 0, sizeof card.id_no))
        __builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct sdt_reader reader;
    sdt_reader_reset(&reader);
    for (size_t at = 0; at < size; at += 64) {
        struct sdt_reply reply;
        size_t packet = size - at < 64 ? size - at : 64;
        if (sdt_read(&reader, data + at, packet, &reply) != SDT_REPLY)
            continue;
        const uint8_t *text = id_card_text(reply.data, reply.length);
        sdt_words(reply.word);
        if (text)
            read_text(text);
    }
    if (size >= ID_CARD_TEXT_BYTES)
        read_text(data);
    return 0;
}
