/* A small strict parser. cJSON's own turns numbers into doubles and loses "17.60". */
#include "app/wire/json.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/text.h"

/* The most members of an object: no document's message has more. Bounds the search for members that
 * stand twice. */
#define MEMBERS_MAX 256

/* The most values of a message: 64 bills of 200 lines have fewer. Without a bound 4 MiB of commas
 * would fill the memory. */
#define VALUES_MAX ((size_t)300000)

struct reader {
    const unsigned char *at, *end;
    int depth;
    size_t values, values_max;
    const char *error;
};

static cJSON *refuse_json(struct reader *reader, const char *error) {
    if (reader->error == NULL)
        reader->error = error;
    return NULL;
}

static bool is_json_digit(unsigned char c) {
    return c >= '0' && c <= '9';
}

static void skip_blanks(struct reader *reader) {
    while (reader->at < reader->end && (*reader->at == ' ' || *reader->at == '\t' ||
                                        *reader->at == '\n' || *reader->at == '\r'))
        reader->at++;
}

static bool take_character(struct reader *reader, char wanted) {
    skip_blanks(reader);
    if (reader->at >= reader->end || *reader->at != (unsigned char)wanted)
        return false;
    reader->at++;
    return true;
}

static bool read_hex4(struct reader *reader, uint32_t *out) {
    if (reader->end - reader->at < 4)
        return false;
    *out = 0;
    for (int i = 0; i < 4; i++) {
        unsigned char c = *reader->at++, low = c | 0x20;
        if (is_json_digit(c))
            *out = *out << 4 | (uint32_t)(c - '0');
        else if (low >= 'a' && low <= 'f')
            *out = *out << 4 | (uint32_t)(low - 'a' + 10);
        else
            return false;
    }
    return true;
}

static size_t put_utf8(uint32_t point, char *out) {
    static const unsigned char lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
    size_t length = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    for (size_t i = length - 1; i > 0; i--, point >>= 6)
        out[i] = (char)(0x80 | (point & 0x3f));
    out[0] = (char)(lead[length == 1 ? 0 : length] | point);
    return length;
}

/* Reads what follows \u. NUL is refused, because the tree's strings end with it. */
static size_t read_escaped_point(struct reader *reader, char *out) {
    uint32_t point, low;
    if (!read_hex4(reader, &point) || point == 0 || (point >= 0xdc00 && point <= 0xdfff))
        return 0;
    if (point >= 0xd800 && point <= 0xdbff) {
        if (reader->end - reader->at < 6 || reader->at[0] != '\\' || reader->at[1] != 'u')
            return 0;
        reader->at += 2;
        if (!read_hex4(reader, &low) || low < 0xdc00 || low > 0xdfff)
            return 0;
        point = 0x10000 + ((point - 0xd800) << 10 | (low - 0xdc00));
    }
    return put_utf8(point, out);
}

static size_t read_escape(struct reader *reader, char *out) {
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    if (reader->at >= reader->end)
        return 0;
    char c = (char)*reader->at++;
    if (c == 'u')
        return read_escaped_point(reader, out);
    const char *found = c == '\0' ? NULL : strchr(from, c);
    if (found == NULL)
        return 0;
    *out = to[found - from];
    return 1;
}

/* Reads what follows the opening quote. The result is never longer than the escaped text. Caller:
 * free(). */
static char *read_string(struct reader *reader) {
    const unsigned char *close = reader->at;
    bool plain = true; /* printable ASCII without escapes: copied as it is */
    while (close < reader->end && *close != '"') {
        plain = plain && *close >= 0x20 && *close < 0x80 && *close != '\\';
        close += *close == '\\' ? 2 : 1;
    }
    size_t size = close < reader->end ? (size_t)(close - reader->at) : 0;
    char *text = close < reader->end ? malloc(size + 1) : NULL;
    char *out = text;
    if (text != NULL && plain) {
        memcpy(text, reader->at, size);
        out += size;
        reader->at += size;
    }
    while (text != NULL && reader->at < reader->end && *reader->at != '"') {
        size_t length = 0;
        if (*reader->at == '\\') {
            reader->at++;
            length = read_escape(reader, out);
        } else if (*reader->at >= 0x20) {
            length = text_utf8_length(reader->at, reader->end);
            memcpy(out, reader->at, length);
            reader->at += length;
        }
        if (length == 0) {
            free(text);
            text = NULL;
        }
        out += length;
    }
    if (text == NULL) {
        refuse_json(reader, "a string that is not closed, not UTF-8 or wrongly escaped");
        return NULL;
    }
    *out = '\0';
    reader->at++;
    return text;
}

static bool read_digits(struct reader *reader) {
    const unsigned char *first = reader->at;
    while (reader->at < reader->end && is_json_digit(*reader->at))
        reader->at++;
    return reader->at > first;
}

static cJSON *read_number(struct reader *reader) {
    const unsigned char *first = reader->at;
    if (*reader->at == '-')
        reader->at++;
    const unsigned char *whole = reader->at;
    bool good = read_digits(reader) && (*whole != '0' || reader->at == whole + 1);
    if (good && reader->at < reader->end && *reader->at == '.') {
        reader->at++;
        good = read_digits(reader);
    }
    if (good && reader->at < reader->end && (*reader->at | 0x20) == 'e') {
        reader->at++;
        if (reader->at < reader->end && (*reader->at == '+' || *reader->at == '-'))
            reader->at++;
        good = read_digits(reader);
    }
    char text[64];
    size_t length = (size_t)(reader->at - first);
    if (!good || length >= sizeof text)
        return refuse_json(reader, "a number that is none");
    memcpy(text, first, length);
    text[length] = '\0';
    return cJSON_CreateRaw(text);
}

static cJSON *read_word(struct reader *reader) {
    static const struct {
        const char *word;
        cJSON *(CJSON_STDCALL *create)(void);
    } words[] = {
        {"true", cJSON_CreateTrue}, {"false", cJSON_CreateFalse}, {"null", cJSON_CreateNull}};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t length = strlen(words[i].word);
        if ((size_t)(reader->end - reader->at) < length ||
            memcmp(reader->at, words[i].word, length) != 0)
            continue;
        reader->at += length;
        return words[i].create();
    }
    return refuse_json(reader, "not JSON");
}

static cJSON *read_value(struct reader *reader);

static cJSON *read_array(struct reader *reader) {
    cJSON *array = cJSON_CreateArray();
    if (take_character(reader, ']'))
        return array;
    do {
        cJSON *item = read_value(reader);
        if (item == NULL || !cJSON_AddItemToArray(array, item)) {
            cJSON_Delete(array);
            return NULL;
        }
    } while (take_character(reader, ','));
    if (take_character(reader, ']'))
        return array;
    cJSON_Delete(array);
    return refuse_json(reader, "an array that is not closed");
}

/* True when a member stands twice, which is refused: the signature may cover one and a reader take
 * the other. */
static bool is_twin(const cJSON *object, const char *name) {
    for (const cJSON *member = object->child; member != NULL; member = member->next)
        if (strcmp(member->string, name) == 0)
            return true;
    return false;
}

static bool read_member(struct reader *reader, cJSON *object) {
    char *name = take_character(reader, '"') ? read_string(reader) : NULL;
    const char *wrong = name == NULL                   ? "a member without a name"
                        : !take_character(reader, ':') ? "a member without a value"
                        : is_twin(object, name)        ? "a member twice"
                                                       : NULL;
    cJSON *value = wrong == NULL ? read_value(reader) : refuse_json(reader, wrong);
    if (value == NULL) {
        free(name);
        return false;
    }
    value->string = name; /* is the item's own: cJSON would copy it */
    return cJSON_AddItemToArray(object, value);
}

static cJSON *read_object(struct reader *reader) {
    cJSON *object = cJSON_CreateObject();
    if (take_character(reader, '}'))
        return object;
    int count = 0;
    do {
        if (++count > MEMBERS_MAX || !read_member(reader, object)) {
            cJSON_Delete(object);
            return refuse_json(reader, "too many members");
        }
    } while (take_character(reader, ','));
    if (take_character(reader, '}'))
        return object;
    cJSON_Delete(object);
    return refuse_json(reader, "an object that is not closed");
}

static cJSON *read_nested(struct reader *reader, cJSON *(*read)(struct reader *)) {
    if (++reader->depth > WIRE_JSON_DEPTH)
        return refuse_json(reader, "nested too deep");
    reader->at++;
    cJSON *nested = read(reader);
    reader->depth--;
    return nested;
}

/* An item that keeps `text` itself: cJSON would copy it. */
static cJSON *own_string(char *text) {
    cJSON *item = cJSON_CreateNull();
    if (item == NULL) {
        free(text);
        return NULL;
    }
    item->type = cJSON_String;
    item->valuestring = text;
    return item;
}

static cJSON *read_value(struct reader *reader) {
    skip_blanks(reader);
    if (reader->at >= reader->end)
        return refuse_json(reader, "ends too early");
    if (++reader->values > reader->values_max)
        return refuse_json(reader, "too many values");
    unsigned char c = *reader->at;
    if (c == '{')
        return read_nested(reader, read_object);
    if (c == '[')
        return read_nested(reader, read_array);
    if (c == '-' || is_json_digit(c))
        return read_number(reader);
    if (c != '"')
        return read_word(reader);
    reader->at++;
    char *text = read_string(reader);
    return text == NULL ? NULL : own_string(text);
}

cJSON *wire_parse(const char *text, size_t length, const char **error) {
    return wire_parse_long(text, length, WIRE_JSON_MAX, error);
}

cJSON *wire_parse_long(const char *text, size_t length, size_t length_max, const char **error) {
    struct reader reader = {.at = (const unsigned char *)text,
                            .end = (const unsigned char *)text + length,
                            .values_max = VALUES_MAX * (length_max / WIRE_JSON_MAX)};
    *error = NULL;
    if (length > length_max) {
        *error = "too long";
        return NULL;
    }
    if (length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
        reader.at += 3;
    cJSON *tree = read_value(&reader);
    skip_blanks(&reader);
    if (tree != NULL && reader.at != reader.end) {
        cJSON_Delete(tree);
        tree = refuse_json(&reader, "more behind the end");
    }
    if (tree == NULL)
        *error = reader.error != NULL ? reader.error : "out of memory";
    return tree;
}

bool wire_same_name(const char *wire, const char *name) {
    while (*wire == ' ' || *wire == '\t')
        wire++;
    size_t length = strlen(name);
    return strncmp(wire, name, length) == 0 && wire[length + strspn(wire + length, " \t")] == '\0';
}

const cJSON *wire_member(const cJSON *object, const char *name) {
    if (!cJSON_IsObject(object))
        return NULL;
    for (const cJSON *member = object->child; member != NULL; member = member->next)
        if (member->string != NULL && wire_same_name(member->string, name))
            return member;
    return NULL;
}

const char *wire_text_of(const cJSON *item) {
    if (cJSON_IsString(item) || cJSON_IsRaw(item))
        return item->valuestring;
    if (cJSON_IsBool(item))
        return cJSON_IsTrue(item) ? "true" : "false";
    return NULL;
}

const char *wire_text(const cJSON *object, const char *name) {
    return wire_text_of(wire_member(object, name));
}

bool wire_flag(const cJSON *object, const char *name) {
    const char *text = wire_text(object, name);
    return text != NULL &&
           (strcmp(text, "true") == 0 || strcmp(text, "TRUE") == 0 || strcmp(text, "1") == 0);
}

int wire_by_name(const void *a, const void *b) {
    return strcmp((*(cJSON *const *)a)->string, (*(cJSON *const *)b)->string);
}

/* Relinks the children of one object in the order of their names. */
static void sort_members(cJSON *object, size_t count) {
    cJSON **members = malloc(count * sizeof(cJSON *));
    if (members == NULL)
        abort();
    size_t filled = 0;
    for (cJSON *member = object->child; member != NULL; member = member->next)
        members[filled++] = member;
    qsort(members, count, sizeof members[0], wire_by_name);
    for (size_t i = 0; i < count; i++) {
        members[i]->prev = members[i == 0 ? count - 1 : i - 1];
        members[i]->next = i + 1 < count ? members[i + 1] : NULL;
    }
    object->child = members[0];
    free(members);
}

static void sort_tree(cJSON *tree) {
    size_t count = 0;
    for (cJSON *child = tree->child; child != NULL; child = child->next, count++)
        sort_tree(child);
    if (cJSON_IsObject(tree) && count > 1)
        sort_members(tree, count);
}

char *wire_print(const cJSON *tree, bool sorted) {
    if (!sorted)
        return cJSON_PrintUnformatted(tree);
    cJSON *copy = cJSON_Duplicate(tree, true);
    if (copy == NULL)
        return NULL;
    sort_tree(copy);
    char *text = cJSON_PrintUnformatted(copy);
    cJSON_Delete(copy);
    return text;
}
