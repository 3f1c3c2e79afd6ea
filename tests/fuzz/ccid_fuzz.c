/* links: drivers/card/ccid.c drivers/card/ccid_place.c drivers/card/t0.c */
/* Any descriptor, any name of an interface, any packets as messages, any answers to a command. */
#include <string.h>

#include "drivers/card/ccid.h"
#include "drivers/card/ccid_place.h"
#include "drivers/card/t0.h"

static void read_packets(const uint8_t *data, size_t size) {
    static struct ccid_reader reader;
    static struct t0 t0;
    uint8_t out[T0_BLOCK_MAX];
    reader.count = 0;
    t0_begin(&t0, size & 1, (const uint8_t *)"\0\xa4\4\0\2ab\0", 8, out);
    while (size > 0) {
        size_t packet = size < 64 ? size : 64;
        struct ccid_reply reply;
        bool present;
        if (ccid_read(&reader, data, packet, &reply) == CCID_REPLY &&
            (t0_answer(&t0, reply.data, reply.length, out) > sizeof out ||
             t0.answer_length > sizeof t0.answer || !*ccid_error_words(reply.error)))
            __builtin_trap();
        ccid_notice(data, packet, 3, &present);
        data += packet;
        size -= packet;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct ccid_info info;
    for (int interface = 0; interface < 4; interface++)
        if (ccid_describe(data, size, interface, &info) &&
            (info.slots < 1 || info.slots > 256 || info.interfaces < 1 ||
             ccid_place_of_info(&info) > CCID_PLACE_CONTACT))
            __builtin_trap();
    if (ccid_place_of_text(data, size) > CCID_PLACE_CONTACT)
        __builtin_trap();
    read_packets(data, size);
    return 0;
}
