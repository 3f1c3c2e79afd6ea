/* links: drivers/social_card.c */
/* Any card: the questions come to an end and the person's data stay in their fields. */
#include <string.h>

#include "drivers/social_card.h"

#define QUESTIONS_MAX 64

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct social_card card = {0};
    struct driver_card person;
    uint8_t command[SOCIAL_CARD_APDU_MAX];
    int questions = 0;
    atr_is_contactless(data, size);
    while (social_card_next(&card, command) > 0) {
        if (++questions > QUESTIONS_MAX)
            __builtin_trap();
        uint16_t status = size > 0 && data[0] & 1   ? 0x9000
                          : size > 0 && data[0] & 2 ? 0x6982
                                                    : 0x6a83;
        size_t length = size > 1 ? data[1] % 64 : 0;
        size_t head = size < 2 ? size : 2;
        data += head;
        size -= head;
        length = length < size ? length : size;
        social_card_answer(&card, data, length, status);
        data += length;
        size -= length;
    }
    social_card_result(&card, &person);
    if (!memchr(person.name, 0, sizeof person.name) ||
        !memchr(person.id_no, 0, sizeof person.id_no))
        __builtin_trap();
    return 0;
}
