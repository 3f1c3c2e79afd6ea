#include "drivers/card/social_card.h"

#include <ctype.h>
#include <iconv.h>
#include <string.h>

#define TAGS_MAX 3
#define RECORDS_MAX 10
#define LENGTHS_MAX 7
#define AUTHORITY_ROUNDS_MAX 100 /* including those of waiting */

enum { TAG_NUMBER = 0x07, TAG_ID_NO = 0x08, TAG_NAME = 0x09, TAG_EXTENSION = 0x4e };

/* The files that are read, and the lengths of their records by number. */
static const struct file {
    uint8_t number; /* short name: EF05 is file 5 */
    int count;
    struct {
        uint8_t tag, length;
    } wanted[TAGS_MAX];
    uint8_t record_lengths[LENGTHS_MAX];
} files[] = {
    {5, 1, {{TAG_NUMBER, 9}}, {16, 1, 4, 12, 4, 4, 9}},
    {6, 3, {{TAG_ID_NO, 18}, {TAG_NAME, 30}, {TAG_EXTENSION, 20}}, {18, 30, 20, 1, 1, 3, 4}},
};
#define FILES ((int)(sizeof files / sizeof *files))

/* A tag of a file by its short name, of the selected file; a record's number likewise. */
enum { WAY_TAG = 0, WAY_TAG_SELECTED, WAY_RECORD, WAY_RECORD_SELECTED, WAYS };

enum { STATUS_OK = 0x9000, STATUS_WRONG_LENGTH = 0x6700, STATUS_NO_RECORD = 0x6a83 };

/* The application's name "sx1.sh." and the card's name in GBK. */
static const uint8_t application[] = {'s',  'x',  '1',  '.',  's',  'h',  '.', 0xc9,
                                      0xe7, 0xbb, 0xe1, 0xb1, 0xa3, 0xd5, 0xcf};

static bool is_locked(uint16_t status) {
    return status == 0x6982 || status == 0x6985;
}

/* --- what is asked --------------------------------------------------------------------------- */

void social_begin(struct social_card *card, const struct social_authority *authority) {
    *card = (struct social_card){.authority = authority};
}

static size_t put_select(const struct social_card *card, uint8_t *out) {
    if (card->phase == SOCIAL_APPLICATION) {
        memcpy(out, (const uint8_t[]){0x00, 0xa4, 0x04, 0x00, sizeof application}, 5);
        memcpy(out + 5, application, sizeof application);
        return 5 + sizeof application;
    }
    uint8_t below = card->again ? 0x00 : 0x02;
    memcpy(out, (const uint8_t[]){0x00, 0xa4, below, 0x00, 2, 0xef, files[card->file].number}, 7);
    return 7;
}

static size_t put_read(const struct social_card *card, uint8_t *out) {
    const struct file *file = &files[card->file];
    bool by_tag = card->phase == SOCIAL_TAGS;
    bool selected = card->way == WAY_TAG_SELECTED || card->way == WAY_RECORD_SELECTED;
    uint8_t p1 = by_tag ? file->wanted[card->item].tag : (uint8_t)card->item;
    uint8_t p2 = (uint8_t)((selected ? 0 : file->number << 3) | (by_tag ? 0 : 4)), le = 0;
    if (by_tag)
        le = (uint8_t)(file->wanted[card->item].length + 2);
    else if (!card->again && card->item <= LENGTHS_MAX)
        le = (uint8_t)(file->record_lengths[card->item - 1] + 2);
    memcpy(out, (const uint8_t[]){0x00, 0xb2, p1, p2, le}, 5);
    return 5;
}

static void ask_authority(struct social_card *card, const uint8_t *answer, size_t length,
                          uint16_t status) {
    card->authority_step = SOCIAL_END;
    if (++card->authority_rounds <= AUTHORITY_ROUNDS_MAX)
        card->authority_step = card->authority->next(card->authority->context, answer, length,
                                                     status, card->apdu, &card->apdu_length);
    if (card->authority_step == SOCIAL_SEND && card->apdu_length > sizeof card->apdu)
        card->authority_step = SOCIAL_END;
    if (card->authority_step == SOCIAL_END) /* asks the same again, unlocked or not */
        card->phase = card->way < WAY_RECORD ? SOCIAL_TAGS : SOCIAL_RECORDS;
}

enum social_step social_next(struct social_card *card, uint8_t apdu[SOCIAL_APDU_MAX],
                             size_t *length) {
    if (card->phase == SOCIAL_UNLOCK && card->authority_step == SOCIAL_WAIT)
        ask_authority(card, NULL, 0, 0);
    switch (card->phase) {
    case SOCIAL_APPLICATION:
    case SOCIAL_FILE:
        *length = put_select(card, apdu);
        return SOCIAL_SEND;
    case SOCIAL_TAGS:
    case SOCIAL_RECORDS:
        *length = put_read(card, apdu);
        return SOCIAL_SEND;
    case SOCIAL_UNLOCK:
        *length = card->apdu_length;
        memcpy(apdu, card->apdu, card->apdu_length);
        return card->authority_step;
    case SOCIAL_DONE:
        break;
    }
    return SOCIAL_END;
}

/* --- what is answered ------------------------------------------------------------------------ */

/* A number is letters and digits, padded on the right; anything else is none. */
static void copy_card_number(char *out, size_t size, const uint8_t *value, size_t length) {
    while (length > 0 && (value[length - 1] == 0 || value[length - 1] == ' '))
        length--;
    for (size_t i = 0; i < length; i++)
        if (!isalnum(value[i]))
            length = 0;
    if (length >= size)
        length = 0;
    memcpy(out, value, length);
    out[length] = 0;
}

static size_t copy_name(uint8_t *out, size_t size, const uint8_t *value, size_t length) {
    while (length > 0 && value[length - 1] == 0)
        length--;
    length = length < size ? length : size;
    memcpy(out, value, length);
    return length;
}

static void take_value(struct social_card *card, uint8_t tag, const uint8_t *value, size_t length) {
    switch (tag) {
    case TAG_NUMBER:
        copy_card_number(card->number, sizeof card->number, value, length);
        break;
    case TAG_ID_NO:
        copy_card_number(card->id_no, sizeof card->id_no, value, length);
        break;
    case TAG_NAME:
        card->name_length = copy_name(card->name, sizeof card->name, value, length);
        break;
    case TAG_EXTENSION:
        card->extension_length = copy_name(card->extension, sizeof card->extension, value, length);
        break;
    default:
        break;
    }
}

/* Takes tag, length and value; `tag` 0: any of the file's. False when the data are something else.
 */
static bool take_record(struct social_card *card, uint8_t tag, const uint8_t *data, size_t length) {
    const struct file *file = &files[card->file];
    if (length < 2 || data[1] > length - 2 || (tag && data[0] != tag))
        return false;
    for (int i = 0; i < file->count; i++) {
        if (file->wanted[i].tag != data[0])
            continue;
        take_value(card, data[0], data + 2, data[1]);
        card->found |= 1u << i;
    }
    return true;
}

static void begin_file(struct social_card *card, int file) {
    card->file = file;
    card->found = 0;
    card->way = 0;
    card->again = false;
    card->phase = file < FILES ? SOCIAL_FILE : SOCIAL_DONE;
}

static void begin_way(struct social_card *card, int way) {
    card->way = way;
    card->again = card->works = false;
    card->item = way < WAY_RECORD ? 0 : 1;
    card->phase = way < WAY_RECORD ? SOCIAL_TAGS : SOCIAL_RECORDS;
    if (way == WAYS)
        begin_file(card, card->file + 1);
}

static void next_tlv(struct social_card *card) {
    const struct file *file = &files[card->file];
    int last = card->phase == SOCIAL_TAGS ? file->count - 1 : RECORDS_MAX;
    card->works = true;
    card->again = false;
    card->good_way = card->way;
    if (card->found == (1u << file->count) - 1 || card->item++ == last)
        begin_file(card, card->file + 1);
}

/* True when an authority begins to unlock the files. */
static bool unlock_files(struct social_card *card) {
    if (!card->authority || card->authority_asked)
        return false;
    card->authority_asked = true;
    card->phase = SOCIAL_UNLOCK;
    ask_authority(card, NULL, 0, 0);
    return true;
}

static void take_tag(struct social_card *card, const uint8_t *data, size_t length,
                     uint16_t status) {
    uint8_t tag = files[card->file].wanted[card->item].tag;
    if (is_locked(status) && unlock_files(card))
        return;
    bool good = status == STATUS_OK && take_record(card, tag, data, length);
    if (good || is_locked(status) || (card->works && status != STATUS_OK))
        next_tlv(card); /* a missing item is skipped */
    else
        begin_way(card, card->way + 1);
}

static void take_numbered(struct social_card *card, const uint8_t *data, size_t length,
                          uint16_t status) {
    if (is_locked(status) && unlock_files(card))
        return;
    bool good = status == STATUS_OK && take_record(card, 0, data, length);
    if (good || is_locked(status))
        next_tlv(card);
    else if (status == STATUS_WRONG_LENGTH && !card->again)
        card->again = true; /* ask once more without a length */
    else if (card->works && status == STATUS_NO_RECORD && (card->found & 1))
        begin_file(card, card->file + 1); /* that was behind the file's last record */
    else if (card->works)
        next_tlv(card);
    else
        begin_way(card, card->way + 1);
}

void social_answer(struct social_card *card, const uint8_t *data, size_t length, uint16_t status) {
    switch (card->phase) {
    case SOCIAL_APPLICATION:
        card->not_ours = status != STATUS_OK;
        begin_file(card, card->not_ours ? FILES : 0);
        break;
    case SOCIAL_FILE:
        if (status != STATUS_OK && !card->again)
            card->again = true;
        else
            begin_way(card, card->good_way);
        break;
    case SOCIAL_TAGS:
        take_tag(card, data, length, status);
        break;
    case SOCIAL_RECORDS:
        take_numbered(card, data, length, status);
        break;
    case SOCIAL_UNLOCK:
        ask_authority(card, data, length, status);
        break;
    case SOCIAL_DONE:
        break;
    }
}

/* --- what is known --------------------------------------------------------------------------- */

/* Joins the name from both fields, as a character may lie across them. An invalid character ends
 * it. */
static void join_name(const struct social_card *card, char *out, size_t size) {
    uint8_t bytes[SOCIAL_NAME_MAX + SOCIAL_NAME_EXTENSION_MAX];
    size_t length = card->name_length, room = size - 1;
    memcpy(bytes, card->name, length);
    memcpy(bytes + length, card->extension, card->extension_length);
    length += card->extension_length;
    while (length > 0 && bytes[length - 1] == ' ')
        length--;
    char *from = (char *)bytes, *to = out;
    iconv_t converter = iconv_open("UTF-8", "GB18030");
    if (converter != (iconv_t)-1) {
        iconv(converter, &from, &length, &to, &room);
        iconv_close(converter);
    }
    *to = 0;
    explicit_bzero(bytes, sizeof bytes);
}

bool social_result(const struct social_card *card, struct driver_card *out) {
    *out = (struct driver_card){.kind = DRIVER_CARD_SOCIAL};
    memcpy(out->number, card->number, sizeof card->number);
    memcpy(out->id_no, card->id_no, sizeof card->id_no);
    join_name(card, out->name, sizeof out->name);
    return !card->not_ours && (*out->number || *out->id_no);
}
