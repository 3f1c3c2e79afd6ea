/* links: drivers/ccid.c */
/* Any descriptor, any packets as messages, any answers to an APDU. */
#include <string.h>

#include "drivers/ccid.h"

static void read_packets(const uint8_t *data, size_t size) {
    static struct ccid_reader reader;
    struct ccid_apdu apdu;
    uint8_t out[sizeof apdu.command + 1];
    reader.count = 0;
    ccid_apdu_begin(&apdu, size & 1, (const uint8_t *)"\0\xa4\4\0\2ab\0", 8, out);
    while (size > 0) {
        size_t packet = size < 64 ? size : 64;
        struct ccid_reply reply;
        bool present;
        if (ccid_read(&reader, data, packet, &reply) == CCID_REPLY) {
            uint8_t copy[CCID_DATA_MAX];
            memcpy(copy, reply.data, reply.length);
            if (ccid_apdu_answer(&apdu, copy, reply.length, out) > sizeof out)
                __builtin_trap();
        }
        ccid_notice(data, packet, 3, &present);
        data += packet;
        size -= packet;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct ccid_info info;
    if (ccid_describe(data, size, &info) && (info.slots < 1 || info.slots > 256))
        __builtin_trap();
    read_packets(data, size);
    return 0;
}
