/* Reads the 256 bytes of text on a card: four layouts of UTF-16LE padded with spaces (devices.md
 * A3). */
#include <string.h>

#include "drivers/card/id_card.h"

#define KIND_OFFSET 248
#define ADDRESS_BYTES 70
#define FIELD_BYTES_MAX 120

enum writing { TEXT, DATE, DIGITS };
struct field {
    enum writing writing;
    uint8_t offset, length;
    uint8_t more_offset, more_length; /* where a long name goes on; 0: nowhere */
    size_t to, size;
};
#define TO(member) offsetof(struct id_card, member), sizeof((struct id_card *)NULL)->member
#define FIELD(writing, offset, length, member)                                                     \
    { writing, offset, length, 0, 0, TO(member) }

static const struct field citizen[] = {
    FIELD(TEXT, 0, 30, name),     FIELD(DIGITS, 30, 2, sex),    FIELD(DIGITS, 32, 4, nation),
    FIELD(DATE, 36, 16, birth),   FIELD(TEXT, 52, 70, address), FIELD(TEXT, 122, 36, number),
    FIELD(TEXT, 158, 30, issuer), FIELD(DATE, 188, 16, from),   FIELD(DATE, 204, 16, to)};
static const struct field foreigner[] = {
    FIELD(TEXT, 0, 120, english_name), FIELD(DIGITS, 120, 2, sex), FIELD(TEXT, 122, 30, number),
    FIELD(TEXT, 152, 6, nationality),  FIELD(TEXT, 158, 30, name), FIELD(DATE, 188, 16, from),
    FIELD(DATE, 204, 16, to),          FIELD(DATE, 220, 16, birth)};
static const struct field permit[] = {
    FIELD(TEXT, 0, 30, name),     FIELD(DIGITS, 30, 2, sex),    FIELD(DATE, 36, 16, birth),
    FIELD(TEXT, 52, 70, address), FIELD(TEXT, 122, 36, number), FIELD(TEXT, 158, 30, issuer),
    FIELD(DATE, 188, 16, from),   FIELD(DATE, 204, 16, to),     FIELD(TEXT, 220, 18, pass_number)};
static const struct field foreigner_2023[] = {
    FIELD(TEXT, 0, 30, name),     FIELD(DIGITS, 30, 2, sex),
    FIELD(DATE, 36, 16, birth),   {TEXT, 52, 70, 220, 22, TO(english_name)},
    FIELD(TEXT, 122, 36, number), FIELD(DATE, 188, 16, from),
    FIELD(DATE, 204, 16, to),     FIELD(TEXT, 242, 6, nationality)};

static const struct layout {
    uint16_t letter;
    const struct field *fields;
    int count;
} layouts[] = {[ID_CARD_CITIZEN] = {' ', citizen, sizeof citizen / sizeof *citizen},
               [ID_CARD_FOREIGNER] = {'I', foreigner, sizeof foreigner / sizeof *foreigner},
               [ID_CARD_PERMIT] = {'J', permit, sizeof permit / sizeof *permit},
               [ID_CARD_FOREIGNER_2023] = {'Y', foreigner_2023,
                                           sizeof foreigner_2023 / sizeof *foreigner_2023}};
#define LAYOUT_COUNT ((int)(sizeof layouts / sizeof *layouts))

/* --- UTF-16 ----------------------------------------------------------------------------------- */

static uint32_t unit_at(const uint8_t *bytes, size_t at) {
    return bytes[at] | (uint32_t)bytes[at + 1] << 8;
}

/* Reads the character at `at` and moves behind it; half a surrogate pair is U+FFFD. */
static uint32_t next_utf16(const uint8_t *bytes, size_t length, size_t *at) {
    uint32_t unit = unit_at(bytes, *at);
    *at += 2;
    if (unit < 0xd800 || unit > 0xdfff)
        return unit;
    uint32_t low = unit < 0xdc00 && *at < length ? unit_at(bytes, *at) : 0;
    if (low < 0xdc00 || low > 0xdfff)
        return 0xfffd;
    *at += 2;
    return 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
}

static size_t put_codepoint(uint32_t character, char out[4]) {
    if (character < 0x80) {
        out[0] = (char)character;
        return 1;
    }
    size_t length = character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    for (size_t i = length - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (character & 0x3f));
        character >>= 6;
    }
    static const uint8_t heads[] = {0, 0, 0xc0, 0xe0, 0xf0};
    out[0] = (char)(heads[length] | character);
    return length;
}

/* Copies a text without its padding; one that does not fit is cut between characters. */
static void put_person_field(const uint8_t *bytes, size_t length, char *out, size_t size) {
    size_t used = 0;
    while (length > 0 && (unit_at(bytes, length - 2) == ' ' || unit_at(bytes, length - 2) == 0))
        length -= 2;
    for (size_t at = 0; at < length;) {
        char character[4];
        uint32_t code = next_utf16(bytes, length, &at);
        size_t count = put_codepoint(code < ' ' ? 0xfffd : code, character);
        if (used + count >= size)
            break;
        memcpy(out + used, character, count);
        used += count;
    }
    out[used] = 0;
}

/* --- fields ----------------------------------------------------------------------------------- */

static bool all_digits(const char *text, size_t length) {
    return strlen(text) == length && strspn(text, "0123456789") == length;
}

static int date_digits(const char *text) {
    return (text[0] - '0') * 10 + text[1] - '0';
}

static bool is_date(const char *text) {
    if (!all_digits(text, 8))
        return false;
    int month = date_digits(text + 4), day = date_digits(text + 6);
    return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

static int nation_number(const char *text) {
    int value = 0;
    for (; *text >= '0' && *text <= '9'; text++)
        value = value * 10 + *text - '0';
    return *text ? 0 : value;
}

static void read_field(const struct field *field, const uint8_t *text, struct id_card *card) {
    uint8_t bytes[FIELD_BYTES_MAX];
    char value[ID_CARD_NAME_SIZE];
    void *to = (char *)card + field->to;
    memcpy(bytes, text + field->offset, field->length);
    memcpy(bytes + field->length, text + field->more_offset, field->more_length);
    put_person_field(bytes, (size_t)field->length + field->more_length, value, sizeof value);
    switch (field->writing) {
    case TEXT:
        put_person_field(bytes, (size_t)field->length + field->more_length, to, field->size);
        return;
    case DATE:
        if (is_date(value))
            memcpy(to, value, ID_CARD_DATE_SIZE);
        if (field->to == offsetof(struct id_card, to))
            card->endless = strcmp(value, "长期") == 0;
        return;
    case DIGITS:
        *(int *)to = nation_number(value);
        return;
    }
}

/* --- the number ------------------------------------------------------------------------------- */

/* Checks the number's check digit (GB 11643, MOD 11-2). */
static bool has_check_digit(const char *number) {
    static const int weights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    if (strlen(number) != 18 || strspn(number, "0123456789") < 17)
        return false;
    for (int i = 0; i < 17; i++)
        sum += weights[i] * (number[i] - '0');
    return number[17] == "10X98765432"[sum % 11];
}

static bool is_foreigner_number(const char *number) {
    for (int i = 0; i < 3; i++)
        if (number[i] < 'A' || number[i] > 'Z')
            return false;
    return all_digits(number + 3, 12);
}

static bool number_fits(enum id_card_kind kind, const char *number) {
    switch (kind) {
    case ID_CARD_CITIZEN:
        return has_check_digit(number);
    case ID_CARD_FOREIGNER:
        return is_foreigner_number(number);
    case ID_CARD_PERMIT: /* 810000 Hong Kong, 820000 Macau, 830000 Taiwan */
        return number[0] == '8' && strchr("123", number[1]) && has_check_digit(number);
    case ID_CARD_FOREIGNER_2023:
        return number[0] == '9' && has_check_digit(number);
    }
    return false;
}

static const struct layout *layout_of(uint32_t letter) {
    for (int i = 0; i < LAYOUT_COUNT; i++)
        if (layouts[i].letter == (letter ? letter : ' '))
            return &layouts[i];
    return NULL;
}

bool id_card_read(const uint8_t text[ID_CARD_TEXT_BYTES], struct id_card *card) {
    *card = (struct id_card){0};
    const struct layout *layout = layout_of(unit_at(text, KIND_OFFSET));
    if (!layout)
        return false;
    card->kind = (enum id_card_kind)(layout - layouts);
    for (int i = 0; i < layout->count; i++)
        read_field(&layout->fields[i], text, card);
    if (card->number[0] && card->number[17] == 'x')
        card->number[17] = 'X';
    return (card->name[0] || card->english_name[0]) && number_fits(card->kind, card->number);
}

/* --- answers --- */

static size_t length_at(const uint8_t *bytes) {
    return (size_t)bytes[0] << 8 | bytes[1];
}

const uint8_t *id_card_text(const struct sdt_answer *answer) {
    const uint8_t *data = answer->data;
    size_t head = 4; /* the lengths of text and photo */
    if (answer->status != SDT_OK || answer->whole < head + ID_CARD_TEXT_BYTES ||
        length_at(data) != ID_CARD_TEXT_BYTES)
        return NULL;
    size_t rest = answer->whole - ID_CARD_TEXT_BYTES - length_at(data + 2);
    if (rest == head)
        return data + head;
    bool fingerprint = rest == head + 2 + length_at(data + 4);
    return fingerprint ? data + head + 2 : NULL;
}

bool id_card_appended_address(const struct sdt_answer *answer, char *out, size_t size) {
    if (answer->status != SDT_OK || answer->whole != ADDRESS_BYTES)
        return false;
    put_person_field(answer->data, ADDRESS_BYTES, out, size);
    return out[0] != 0;
}

const char *id_card_nation(int nation) {
    static const char *const names[] = {[1] = "汉",        [2] = "蒙古",
                                        [3] = "回",        [4] = "藏",
                                        [5] = "维吾尔",    [6] = "苗",
                                        [7] = "彝",        [8] = "壮",
                                        [9] = "布依",      [10] = "朝鲜",
                                        [11] = "满",       [12] = "侗",
                                        [13] = "瑶",       [14] = "白",
                                        [15] = "土家",     [16] = "哈尼",
                                        [17] = "哈萨克",   [18] = "傣",
                                        [19] = "黎",       [20] = "傈僳",
                                        [21] = "佤",       [22] = "畲",
                                        [23] = "高山",     [24] = "拉祜",
                                        [25] = "水",       [26] = "东乡",
                                        [27] = "纳西",     [28] = "景颇",
                                        [29] = "柯尔克孜", [30] = "土",
                                        [31] = "达斡尔",   [32] = "仫佬",
                                        [33] = "羌",       [34] = "布朗",
                                        [35] = "撒拉",     [36] = "毛南",
                                        [37] = "仡佬",     [38] = "锡伯",
                                        [39] = "阿昌",     [40] = "普米",
                                        [41] = "塔吉克",   [42] = "怒",
                                        [43] = "乌孜别克", [44] = "俄罗斯",
                                        [45] = "鄂温克",   [46] = "德昂",
                                        [47] = "保安",     [48] = "裕固",
                                        [49] = "京",       [50] = "塔塔尔",
                                        [51] = "独龙",     [52] = "鄂伦春",
                                        [53] = "赫哲",     [54] = "门巴",
                                        [55] = "珞巴",     [56] = "基诺",
                                        [97] = "其他",     [98] = "外国血统中国籍人士"};
    int count = (int)(sizeof names / sizeof *names);
    return nation > 0 && nation < count ? names[nation] : NULL;
}
