#include "drivers/id_card.h"

#include <string.h>

#define TYPE_OFFSET 248

/* Where the members of each kind of card are, in bytes; the second name counts when the first is
 * empty. */
struct part {
    int offset, length;
};
static const struct layout {
    char type; /* ' ' also for zero */
    struct part number, name, other_name, more_of_other;
    bool checked; /* its number has a check digit */
} layouts[] = {{' ', {122, 36}, {0, 30}, {0, 0}, {0, 0}, true},
               {'I', {122, 30}, {158, 30}, {0, 120}, {0, 0}, false},
               {'J', {122, 36}, {0, 30}, {0, 0}, {0, 0}, true},
               {'Y', {122, 36}, {0, 30}, {52, 70}, {220, 22}, true}};

static uint32_t unit_at(const uint8_t *text, int offset) {
    return text[offset] | (uint32_t)text[offset + 1] << 8;
}

static int put_utf8(uint32_t character, char out[4]) {
    if (character < 0x80) {
        out[0] = (char)character;
        return 1;
    }
    int count = character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    static const uint8_t heads[] = {0, 0, 0xc0, 0xe0, 0xf0};
    for (int i = count - 1; i > 0; i--, character >>= 6)
        out[i] = (char)(0x80 | (character & 0x3f));
    out[0] = (char)(heads[count] | character);
    return count;
}

/* A character of UTF-16, which may be two units; what stands alone is U+FFFD. */
static uint32_t character_at(const uint8_t *text, const struct part *part, int *at) {
    uint32_t unit = unit_at(text, part->offset + *at);
    *at += 2;
    if (unit < 0xd800 || unit > 0xdfff)
        return unit;
    uint32_t next = *at + 1 < part->length ? unit_at(text, part->offset + *at) : 0;
    if (unit > 0xdbff || next < 0xdc00 || next > 0xdfff)
        return 0xfffd;
    *at += 2;
    return 0x10000 + ((unit - 0xd800) << 10 | (next - 0xdc00));
}

/* Appends a part without its padding; returns the new length. */
static size_t add_part(const uint8_t *text, const struct part *part, char *out, size_t length,
                       size_t size) {
    for (int at = 0; at + 1 < part->length;) {
        char bytes[4];
        uint32_t character = character_at(text, part, &at);
        if (character < ' ')
            continue;
        int count = put_utf8(character, bytes);
        if (length + (size_t)count >= size)
            break;
        memcpy(out + length, bytes, (size_t)count);
        length += (size_t)count;
    }
    while (length > 0 && out[length - 1] == ' ')
        length--;
    out[length] = 0;
    return length;
}

const uint8_t *id_card_text(const uint8_t *data, size_t length) {
    bool enough = length >= 4 + ID_CARD_TEXT_BYTES;
    if (!enough || data[0] != 1 || data[1] != 0)
        return NULL;
    /* Two lengths before the text, or three with a fingerprint. */
    size_t photo = (size_t)data[2] << 8 | data[3];
    bool three = length > 4 + ID_CARD_TEXT_BYTES + photo;
    size_t head = three ? 6 : 4;
    return length >= head + ID_CARD_TEXT_BYTES ? data + head : NULL;
}

bool id_number_is_good(const char *number) {
    static const int weights[17] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    if (strlen(number) != 18 || strspn(number, "0123456789") < 17)
        return false;
    for (int i = 0; i < 17; i++)
        sum += (number[i] - '0') * weights[i];
    return "10X98765432"[sum % 11] == number[17];
}

bool id_card_read(const uint8_t text[ID_CARD_TEXT_BYTES], struct driver_card *out) {
    *out = (struct driver_card){.kind = DRIVER_CARD_ID};
    uint32_t type = unit_at(text, TYPE_OFFSET);
    const struct layout *layout = &layouts[0];
    for (size_t i = 1; i < sizeof layouts / sizeof *layouts; i++)
        if ((uint32_t)layouts[i].type == type)
            layout = &layouts[i];
    add_part(text, &layout->number, out->id_no, 0, sizeof out->id_no);
    memcpy(out->number, out->id_no, sizeof out->id_no);
    if (add_part(text, &layout->name, out->name, 0, sizeof out->name) == 0) {
        size_t length = add_part(text, &layout->other_name, out->name, 0, sizeof out->name);
        add_part(text, &layout->more_of_other, out->name, length, sizeof out->name);
    }
    return layout->checked ? id_number_is_good(out->id_no) : strlen(out->id_no) == 15;
}
