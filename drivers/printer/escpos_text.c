#include "drivers/printer/escpos_text.h"

#include <string.h>

/* What glibc's GB18030 does not encode: characters that old systems kept in the private area. They
 * print as the code they had there. */
static const struct {
    uint32_t first, last;
    uint16_t code;
} private_area[] = {{0xe78d, 0xe793, 0xa6d9}, {0xe794, 0xe795, 0xa6ec}, {0xe796, 0xe796, 0xa6f3},
                    {0xe7c7, 0xe7c7, 0xa8bc}, {0xe816, 0xe818, 0xfe51}, {0xe81e, 0xe81e, 0xfe59},
                    {0xe826, 0xe826, 0xfe61}, {0xe82b, 0xe82c, 0xfe66}, {0xe831, 0xe832, 0xfe6c},
                    {0xe83b, 0xe83b, 0xfe76}, {0xe843, 0xe843, 0xfe7e}, {0xe854, 0xe855, 0xfe90},
                    {0xe864, 0xe864, 0xfea0}};

/* What has a printable twin: heads know these forms, and none of the four-byte ones. */
static const struct {
    uint32_t from, to;
} twins[] = {{0x00a0, ' '}, {0x00a5, 0xffe5}, {0x2013, '-'},    {0x2022, 0x00b7},
             {0x202f, ' '}, {0x2212, '-'},    {0x2011, '-'},    {0x2190, '<'},
             {0x00b2, '2'}, {0x00b3, '3'},    {0x00b5, 0x03bc}, {0x00e5, 'a'}};

static const uint8_t geta[2] = {0xa1, 0xfe};

bool escpos_encoder_open(struct escpos_encoder *encoder, bool gbk_only) {
    encoder->gbk_only = gbk_only;
    encoder->converter = iconv_open(gbk_only ? "GBK" : "GB18030", "UTF-8");
    return encoder->converter != (iconv_t)-1;
}

void escpos_encoder_close(struct escpos_encoder *encoder) {
    iconv_close(encoder->converter);
}

/* The next character; 0xfffd and one byte on where it is not UTF-8. */
static uint32_t next_utf8(const char **text) {
    const uint8_t *at = (const uint8_t *)*text;
    int more = *at < 0x80 ? 0 : (*at & 0xe0) == 0xc0 ? 1 : (*at & 0xf0) == 0xe0 ? 2 : 3;
    static const uint8_t masks[] = {0x7f, 0x1f, 0x0f, 0x07};
    uint32_t character = *at & masks[more];
    for (int i = 1; i <= more; i++) {
        if ((at[i] & 0xc0) != 0x80) {
            *text += 1;
            return 0xfffd;
        }
        character = character << 6 | (at[i] & 0x3f);
    }
    *text += 1 + more;
    return character;
}

static size_t put_character(uint32_t character, char out[4]) {
    if (character < 0x80) {
        out[0] = (char)character;
        return 1;
    }
    size_t count = character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    static const uint8_t heads[] = {0, 0, 0xc0, 0xe0, 0xf0};
    for (size_t i = count - 1; i > 0; i--, character >>= 6)
        out[i] = (char)(0x80 | (character & 0x3f));
    out[0] = (char)(heads[count] | character);
    return count;
}

static uint32_t twin_of(uint32_t character) {
    for (size_t i = 0; i < sizeof twins / sizeof *twins; i++)
        if (twins[i].from == character)
            return twins[i].to;
    return character;
}

static bool from_private_area(uint32_t character, struct escpos_cell *cell) {
    for (size_t i = 0; i < sizeof private_area / sizeof *private_area; i++) {
        if (character < private_area[i].first || character > private_area[i].last)
            continue;
        unsigned code = private_area[i].code + (character - private_area[i].first);
        *cell = (struct escpos_cell){{(uint8_t)(code >> 8), (uint8_t)code}, 2, 2};
        return true;
    }
    return false;
}

static void encode_one(struct escpos_encoder *encoder, uint32_t character,
                       struct escpos_cell *cell) {
    char utf8[4], bytes[8], *from = utf8, *to = bytes;
    if (!encoder->gbk_only && from_private_area(character, cell))
        return;
    size_t left = put_character(twin_of(character), utf8), room = sizeof bytes;
    iconv(encoder->converter, NULL, NULL, NULL, NULL);
    size_t failed = iconv(encoder->converter, &from, &left, &to, &room);
    size_t count = (size_t)(to - bytes);
    bool good = failed == 0 && count >= 1 && count <= sizeof cell->bytes && character != 0xfffd;
    *cell = (struct escpos_cell){.count = good ? (uint8_t)count : sizeof geta};
    memcpy(cell->bytes, good ? (const uint8_t *)bytes : geta, cell->count);
    cell->width = cell->count == 1 ? 1 : 2;
}

/* What is no letter: control characters, also of C1, and marks that turn the direction of text. A
 * head would obey some and print garbage for the others. */
static bool is_unprintable(uint32_t character) {
    return character < 0x20 || (character >= 0x7f && character <= 0x9f) || character == 0x061c ||
           character == 0x200e || character == 0x200f ||
           (character >= 0x2028 && character <= 0x202e) ||
           (character >= 0x2066 && character <= 0x2069) || character == 0xfeff;
}

size_t escpos_encode(struct escpos_encoder *encoder, const char *text, struct escpos_cell *cells,
                     size_t room) {
    size_t count = 0;
    while (*text && count < room) {
        uint32_t character = next_utf8(&text);
        if (character != '\n' && is_unprintable(character))
            continue;
        encode_one(encoder, character, &cells[count++]);
    }
    return count;
}

static bool is_word(const struct escpos_cell *cell) {
    return cell->count == 1 && cell->bytes[0] > ' ';
}

size_t escpos_fit(const struct escpos_cell *cells, size_t count, int columns) {
    size_t fit = 0;
    int width = 0;
    while (fit < count && width + cells[fit].width <= columns) {
        width += cells[fit].width;
        if (cells[fit++].bytes[0] == '\n')
            return fit;
    }
    if (fit == count || fit == 0)
        return count ? (fit ? fit : 1) : 0;
    size_t at = fit; /* not inside a word, unless it fills the line */
    while (at > 0 && is_word(&cells[at]) && is_word(&cells[at - 1]))
        at--;
    return at ? at : fit;
}

int escpos_width(const struct escpos_cell *cells, size_t count) {
    int width = 0;
    for (size_t i = 0; i < count; i++)
        width += cells[i].bytes[0] == '\n' ? 0 : cells[i].width;
    return width;
}
