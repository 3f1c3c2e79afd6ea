#include "tests/usbbench/smart_card.h"

#include <stdio.h>
#include <string.h>

/* A made-up person: 张建丰, the specimen number of GB 11643. */
static const struct record {
    int file;
    uint8_t tag, number_1, number_2; /* record number in 1.0, and from 2.0 on */
    uint8_t length;
    const char *value; /* of `length` bytes, or text that zeros follow */
} records[] = {{5, 0x01, 1, 1, 16, "\x35\x02\x00\xd1\x56\x00\x00\x05\1\2\3\4\5\6\7"},
               {5, 0x02, 2, 2, 1, "3"},
               {5, 0x03, 3, 3, 4, "1.00\0002.00\0003.00"}, /* by version */
               {5, 0x04, 4, 4, 12, "\x91\x56\x00\x00\x02\x35\x02\x00\x35\x02\x00\x01"},
               {5, 0x05, 5, 5, 4, "\x20\x18\x03\x08"},
               {5, 0x06, 6, 6, 4, "\x20\x28\x03\x08"},
               {5, 0x07, 7, 7, 9, "A12345678"},
               {6, 0x08, 1, 1, 18, "11010519491231002X"},
               {6, 0x09, 2, 2, 30, "\xd5\xc5\xbd\xa8\xb7\xe1"},
               {6, 0x4e, 0, 3, 20, ""},
               {6, 0x0a, 3, 4, 1, "1"},
               {6, 0x0b, 4, 5, 1, "\x01"},
               {6, 0x0c, 5, 6, 3, "\x11\x01\x05"},
               {6, 0x0d, 6, 7, 4, "\x19\x49\x12\x31"}};

bool smart_card_make(struct smart_card *card, const char *what) {
    *card = (struct smart_card){.version = 2};
    char uid[21];
    if (sscanf(what, "uid %20[0-9A-F]", uid) == 1) {
        card->kind = CARD_CONTACTLESS;
        for (card->uid_length = 0; uid[2 * card->uid_length]; card->uid_length++) {
            unsigned byte;
            if (sscanf(uid + 2 * card->uid_length, "%2x", &byte) != 1)
                return false;
            card->uid[card->uid_length] = (uint8_t)byte;
        }
        return true;
    }
    if (strcmp(what, "bank") == 0) {
        card->kind = CARD_BANK;
        return true;
    }
    bool known = strcmp(what, "social") == 0 || sscanf(what, "social%d", &card->version) == 1;
    return known && card->version >= 1 && card->version <= 3;
}

size_t smart_card_reset(struct smart_card *card, uint8_t atr[40]) {
    static const uint8_t contact[] = {0x3b, 0x6d, 0x00, 0x00, 0x00, 0x81, 0x54, 0x44, 0x86,
                                      0x60, 0x35, 0x02, 0x00, 0x11, 0x22, 0x33, 0x44};
    static const uint8_t contactless[] = {0x3b, 0x8f, 0x80, 0x01, 0x80, 0x4f, 0x0c,
                                          0xa0, 0x00, 0x00, 0x03, 0x06, 0x03, 0x00,
                                          0x01, 0x00, 0x00, 0x00, 0x00, 0x6a};
    bool far = card->kind == CARD_CONTACTLESS;
    size_t length = far ? sizeof contactless : sizeof contact;
    memcpy(atr, far ? contactless : contact, length);
    card->file = 0;
    card->application = false;
    card->waiting_length = 0;
    return length;
}

static size_t status(uint8_t answer[300], size_t length, unsigned words) {
    answer[length] = (uint8_t)(words >> 8);
    answer[length + 1] = (uint8_t)words;
    return length + 2;
}

static size_t select_file(struct smart_card *card, const uint8_t *command, size_t length,
                          uint8_t answer[300]) {
    static const char name[] = "sx1.sh.\xc9\xe7\xbb\xe1\xb1\xa3\xd5\xcf";
    static const uint8_t fci[] = {0x6f, 0x0d, 0x84, 0x04, 's',  'x',  '1', '.',
                                  0xa5, 0x05, 0x9f, 0x0c, 0x02, 0x86, 0x01};
    if (card->kind != CARD_SOCIAL || length < 5)
        return status(answer, 0, 0x6a82);
    if (command[2] == 0x04) {
        if (command[4] != sizeof name - 1 || memcmp(command + 5, name, sizeof name - 1) != 0)
            return status(answer, 0, 0x6a82);
        card->application = true;
        memcpy(card->waiting, fci, sizeof fci);
        card->waiting_length = sizeof fci;
        return status(answer, 0, 0x6100 | sizeof fci);
    }
    if (command[2] != (card->version == 1 ? 0x00 : 0x02))
        return status(answer, 0, 0x6a86);
    if (length != 7 || command[5] != 0xef || (command[6] != 5 && command[6] != 6))
        return status(answer, 0, 0x6a82);
    card->file = command[6];
    return status(answer, 0, 0x9000);
}

static bool is_asked(const struct smart_card *card, const struct record *record, uint8_t p1,
                     uint8_t p2) {
    int file = p2 >> 3 ? p2 >> 3 : card->file;
    uint8_t number = card->version == 1 ? record->number_1 : record->number_2;
    return record->file == file && (p2 & 7 ? number == p1 && number != 0 : record->tag == p1);
}

static size_t put_record(const struct smart_card *card, const struct record *record,
                         uint8_t answer[300]) {
    bool text = record->length > 16; /* the rest is zeros */
    const char *value = record->value + (record->tag == 0x03 ? 5 * (card->version - 1) : 0);
    memset(answer, 0, 300);
    answer[0] = record->tag;
    answer[1] = record->length;
    memcpy(answer + 2, value, text ? strnlen(value, record->length) : record->length);
    return status(answer, record->length + 2u, 0x9000);
}

static size_t read_record(const struct smart_card *card, const uint8_t *command,
                          uint8_t answer[300]) {
    bool by_tag = (command[3] & 7) == 0;
    if (!card->application)
        return status(answer, 0, 0x6985);
    if (by_tag && card->version == 1)
        return status(answer, 0, 0x6a86);
    for (size_t i = 0; i < sizeof records / sizeof *records; i++) {
        const struct record *record = &records[i];
        if (!is_asked(card, record, command[2], command[3]))
            continue;
        bool public = record->tag == 0x01 || record->tag == 0x03 || record->tag == 0x07;
        if (card->version == 3 && !public)
            return status(answer, 0, 0x6982);
        if (command[4] != record->length + 2)
            return status(answer, 0, 0x6c00u | (record->length + 2u));
        return put_record(card, record, answer);
    }
    return status(answer, 0, 0x6a83);
}

static size_t get_response(struct smart_card *card, const uint8_t *command, uint8_t answer[300]) {
    if (card->waiting_length == 0)
        return status(answer, 0, 0x6985);
    if (command[4] != card->waiting_length)
        return status(answer, 0, 0x6c00u | (unsigned)card->waiting_length);
    size_t length = card->waiting_length;
    memcpy(answer, card->waiting, length);
    card->waiting_length = 0;
    return status(answer, length, 0x9000);
}

size_t smart_card_apdu(struct smart_card *card, const uint8_t *command, size_t length,
                       uint8_t answer[300]) {
    if (length < 5)
        return status(answer, 0, 0x6700);
    if (card->kind == CARD_CONTACTLESS) {
        if (command[0] != 0xff || command[1] != 0xca)
            return status(answer, 0, 0x6d00);
        memcpy(answer, card->uid, card->uid_length);
        return status(answer, card->uid_length, 0x9000);
    }
    switch (command[1]) {
    case 0xa4:
        return select_file(card, command, length, answer);
    case 0xb2:
        return read_record(card, command, answer);
    case 0xc0:
        return get_response(card, command, answer);
    default:
        return status(answer, 0, 0x6d00);
    }
}
