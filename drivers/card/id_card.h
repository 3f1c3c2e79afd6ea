/* The text on an ID card: four layouts (devices.md A3). Pure. */
#ifndef HOPKIOSK_DRIVERS_CARD_ID_CARD_H
#define HOPKIOSK_DRIVERS_CARD_ID_CARD_H

#include "drivers/card/sdt.h"

#define ID_CARD_TEXT_BYTES 256
/* The text in an answer to SDT_READ; NULL when its lengths do not agree. */
const uint8_t *id_card_text(const struct sdt_answer *answer);

enum id_card_kind {
    ID_CARD_CITIZEN = 0,
    ID_CARD_FOREIGNER,     /* permanent resident, card of 2017 */
    ID_CARD_PERMIT,        /* residents of Hong Kong, Macau and Taiwan */
    ID_CARD_FOREIGNER_2023 /* permanent resident, card of 2023 */
};
#define ID_CARD_NAME_SIZE 101
#define ID_CARD_DATE_SIZE 9 /* YYYYMMDD */
struct id_card {
    enum id_card_kind kind;
    char name[ID_CARD_NAME_SIZE]; /* UTF-8; "" on a foreigner's card without a Chinese name */
    char english_name[ID_CARD_NAME_SIZE];
    char number[19];
    int sex;    /* GB/T 2261.1: 0 unknown, 1 male, 2 female, 9 unspecified */
    int nation; /* GB/T 3304; 0: not said */
    char birth[ID_CARD_DATE_SIZE], from[ID_CARD_DATE_SIZE], to[ID_CARD_DATE_SIZE]; /* "": none */
    bool endless; /* valid to: 长期 */
    char address[106], issuer[46];
    char nationality[4]; /* letters (2017) or digits (2023) */
    char pass_number[10];
};
/* False when the name is missing, the number is wrong, or the kind is unknown. */
bool id_card_read(const uint8_t text[ID_CARD_TEXT_BYTES], struct id_card *card);
/* The address appended to the card later, from an answer to SDT_READ_ADDRESS; false when there is
 * none. */
bool id_card_appended_address(const struct sdt_answer *answer, char *out, size_t size);
/* 1 is "汉"; NULL for a number without a nation. */
const char *id_card_nation(int nation);

#endif
