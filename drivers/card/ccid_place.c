#include "drivers/card/ccid_place.h"

#include <string.h>

#define TEXT_MAX 126
#define STRING_DESCRIPTOR 3
#define CONTACTLESS_KHZ 13560
#define ONLY_T1 2

/* What ASCII there is of it, the rest left out. */
static void read_string_descriptor(const uint8_t *descriptor, size_t length,
                                   char out[TEXT_MAX + 1]) {
    size_t count = 0;
    for (size_t at = 2; at + 1 < length && at + 1 < descriptor[0] && count < TEXT_MAX; at += 2)
        if (descriptor[at] >= ' ' && descriptor[at] < 0x7f && descriptor[at + 1] == 0)
            out[count++] = (char)descriptor[at];
    out[count] = 0;
}

enum ccid_place ccid_place_of_text(const uint8_t *descriptor, size_t length) {
    /* The first that it contains; what makers write in capitals they write in capitals. */
    static const struct {
        const char *word;
        enum ccid_place place;
    } words[] = {{"SAM", CCID_PLACE_MODULE},
                 {"ontactless", CCID_PLACE_CONTACTLESS},
                 {"PICC", CCID_PLACE_CONTACTLESS},
                 {"NFC", CCID_PLACE_CONTACTLESS},
                 {"RFID", CCID_PLACE_CONTACTLESS},
                 {"CL ", CCID_PLACE_CONTACTLESS},
                 {"CONTACTLESS", CCID_PLACE_CONTACTLESS},
                 {"ICC", CCID_PLACE_CONTACT},
                 {"ontact", CCID_PLACE_CONTACT},
                 {"CONTACT", CCID_PLACE_CONTACT},
                 {"mart", CCID_PLACE_CONTACT}};
    char text[TEXT_MAX + 1];
    if (length < 2 || descriptor[1] != STRING_DESCRIPTOR)
        return CCID_PLACE_UNKNOWN;
    read_string_descriptor(descriptor, length, text);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strstr(text, words[i].word))
            return words[i].place;
    return CCID_PLACE_UNKNOWN;
}

enum ccid_place ccid_place_of_info(const struct ccid_info *info) {
    if (info->protocols == ONLY_T1 || info->clock_khz >= CONTACTLESS_KHZ)
        return CCID_PLACE_CONTACTLESS;
    if (info->others_tell)
        return CCID_PLACE_HIDDEN;
    return CCID_PLACE_UNKNOWN;
}
