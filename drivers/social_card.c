#include "drivers/social_card.h"

#include <iconv.h>
#include <stdio.h>
#include <string.h>

enum kind { SELECT_DF, SELECT_EF, READ };

/* What is asked, in this order. Records: the number in a card of 1.0 and of 2.0 and later. */
static const struct step {
    enum kind kind;
    uint8_t file, tag, le, record_1, record_2;
} steps[] = {
    {SELECT_DF, 0, 0, 0, 0, 0},  {SELECT_EF, 5, 0, 0, 0, 0},
    {READ, 5, 0x07, 0x0b, 7, 7},                              /* card number */
    {SELECT_EF, 6, 0, 0, 0, 0},  {READ, 6, 0x08, 0x14, 1, 1}, /* the person's number */
    {READ, 6, 0x09, 0x20, 2, 2}, {READ, 6, 0x4e, 0x16, 0, 3}, /* name and its extension */
};
#define STEPS ((int)(sizeof steps / sizeof *steps))

/* GBK of the DF's name. */
static const uint8_t df_name[] = {'s',  'x',  '1',  '.',  's',  'h',  '.', 0xc9,
                                  0xe7, 0xbb, 0xe1, 0xb1, 0xa3, 0xd5, 0xcf};

/* Cards differ in how they are addressed: by tag in the file, by tag in the selected file, by
 * record number. */
enum { SELECT_LAST = 1, READ_BY_NUMBER_2 = 2, READ_BY_NUMBER_1 = 3, READ_ATTEMPTS };

static void put_read(const struct step *step, int attempt, uint8_t out[5]) {
    const uint8_t p1[READ_ATTEMPTS] = {step->tag, step->tag, step->record_2, step->record_1};
    const uint8_t p2[READ_ATTEMPTS] = {(uint8_t)(step->file << 3), 0,
                                       (uint8_t)(step->file << 3 | 4),
                                       (uint8_t)(step->file << 3 | 4)};
    memcpy(out, (const uint8_t[]){0x00, 0xb2, p1[attempt], p2[attempt], step->le}, 5);
}

size_t social_card_next(const struct social_card *card, uint8_t out[SOCIAL_CARD_APDU_MAX]) {
    if (card->step >= STEPS || card->not_ours)
        return 0;
    const struct step *step = &steps[card->step];
    switch (step->kind) {
    case SELECT_DF:
        memcpy(out, (const uint8_t[]){0x00, 0xa4, 0x04, 0x00, sizeof df_name}, 5);
        memcpy(out + 5, df_name, sizeof df_name);
        return 5 + sizeof df_name;
    case SELECT_EF:
        memcpy(
            out,
            (const uint8_t[]){0x00, 0xa4, card->attempt ? 0x00 : 0x02, 0x00, 2, 0xef, step->file},
            7);
        return 7;
    case READ:
        put_read(step, card->attempt, out);
        return 5;
    }
    return 0;
}

/* Printable ASCII of a field, without its padding. */
static void copy_ascii(char *out, size_t size, const uint8_t *value, size_t length) {
    size_t count = 0;
    for (size_t i = 0; i < length && count + 1 < size; i++)
        if (value[i] > ' ' && value[i] < 0x7f)
            out[count++] = (char)value[i];
    out[count] = 0;
}

static void add_name(struct social_card *card, const uint8_t *value, size_t length) {
    while (length > 0 && (value[length - 1] == 0 || value[length - 1] == ' '))
        length--;
    if (length > sizeof card->name - card->name_length)
        length = sizeof card->name - card->name_length;
    memcpy(card->name + card->name_length, value, length);
    card->name_length += length;
}

static void take_value(struct social_card *card, uint8_t tag, const uint8_t *value, size_t length) {
    switch (tag) {
    case 0x07:
        copy_ascii(card->card.number, sizeof card->card.number, value, length);
        break;
    case 0x08:
        copy_ascii(card->card.id_no, sizeof card->card.id_no, value, length);
        break;
    case 0x09:
    case 0x4e:
        add_name(card, value, length);
        break;
    default:
        break;
    }
}

/* True: this record is what was asked for. */
static bool take_record(struct social_card *card, const struct step *step, const uint8_t *data,
                        size_t length) {
    if (length < 2 || data[0] != step->tag || data[1] > length - 2)
        return false;
    take_value(card, step->tag, data + 2, data[1]);
    return true;
}

/* The next way to ask for the same; -1: there is none. */
static int next_attempt(const struct step *step, int attempt) {
    bool other_number = step->record_1 && step->record_1 != step->record_2;
    int last = 0;
    switch (step->kind) {
    case SELECT_DF:
        break;
    case SELECT_EF:
        last = SELECT_LAST;
        break;
    case READ:
        last = other_number ? READ_BY_NUMBER_1 : READ_BY_NUMBER_2;
        break;
    }
    return attempt < last ? attempt + 1 : -1;
}

void social_card_answer(struct social_card *card, const uint8_t *data, size_t length,
                        uint16_t status) {
    if (card->step >= STEPS)
        return;
    const struct step *step = &steps[card->step];
    bool good = status == 0x9000 && (step->kind != READ || take_record(card, step, data, length));
    bool refused = status == 0x6982; /* not without keys: another way of asking changes nothing */
    int attempt = good || refused ? -1 : next_attempt(step, card->attempt);
    if (attempt >= 0) {
        card->attempt = attempt;
        return;
    }
    card->not_ours = !good && step->kind == SELECT_DF;
    card->step++;
    card->attempt = 0;
}

bool social_card_result(struct social_card *card, struct driver_card *out) {
    char *from = (char *)card->name, *to = card->card.name;
    size_t left = card->name_length, room = sizeof card->card.name - 1;
    iconv_t converter = iconv_open("UTF-8", "GB18030");
    if (converter != (iconv_t)-1) {
        iconv(converter, &from, &left, &to, &room); /* what is no character ends the name */
        iconv_close(converter);
    }
    *to = 0;
    card->card.kind = DRIVER_CARD_SOCIAL;
    *out = card->card;
    return !card->not_ours && (*out->number || *out->id_no);
}

bool atr_is_contactless(const uint8_t *atr, size_t length) {
    return length >= 4 && atr[0] == 0x3b && (atr[1] & 0xf0) == 0x80 && atr[2] == 0x80 &&
           atr[3] == 0x01;
}
