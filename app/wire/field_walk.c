/* A message's way through the table of its operation. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"
#include "app/base/text.h"
#include "app/wire/field_form.h"
#include "app/wire/fields.h"
#include "app/wire/json.h"

static bool in_codes(const char *const *codes, const char *text) {
    for (; *codes != NULL; codes++)
        if (strcmp(*codes, text) == 0)
            return true;
    return false;
}

/* One message's way through its table. */
struct walk {
    const char *operation;
    const struct field *fields;
    enum wire_encoding encoding;
    struct wire_complaint *complaint;
};

/* Where in it: what the rows' names begin with, and the same as people read it
 * ("extra.examList[2]."). */
struct place {
    const char *prefix, *shown;
};

#define PLACE_SIZE 96

static bool complain_at(const struct walk *walk, const struct place *place, const char *member,
                        const cJSON *got, const char *expected) {
    char path[PLACE_SIZE];
    snprintf(path, sizeof path, "%.50s%.40s", place->shown, member);
    return fields_complain(walk->complaint, walk->operation, path, got, "%s", expected);
}

static bool complain_of_fault(const struct walk *walk, enum wire_fault fault) {
    walk->complaint->fault = fault;
    return false;
}

/* The member's own name when the row stands at this place, else NULL. */
static const char *name_at(const struct field *field, const struct place *place) {
    size_t length = strlen(place->prefix);
    if (strncmp(field->name, place->prefix, length) != 0 || strchr(field->name + length, '.'))
        return NULL;
    return field->name + length;
}

static bool is_too_long(const struct walk *walk, const struct field *field, const char *text) {
    bool bytes = field->type == FIELD_BYTES;
    size_t length = bytes ? encoding_length(walk->encoding, text) : text_characters(text);
    /* A listed value that is longer than its length is sent whole. */
    bool listed = field->codes != NULL && in_codes(field->codes, text);
    return field->length_max != 0 && length > field->length_max && !listed;
}

static bool complain_of_codes(const struct walk *walk, const struct place *place,
                              const struct field *field, const cJSON *item) {
    char list[96] = "one of ";
    for (const char *const *code = field->codes; *code != NULL; code++) {
        size_t used = strlen(list);
        snprintf(list + used, sizeof list - used, "%s%s", code == field->codes ? "" : ", ", *code);
    }
    return complain_at(walk, place, name_at(field, place), item, list);
}

static bool check_field(const struct walk *walk, const struct place *place,
                        const struct field *field, const cJSON *item) {
    const char *wrong = field_wrong_form(field, item), *text = wire_text_of(item);
    char most[48];
    if (wrong != NULL)
        return complain_at(walk, place, name_at(field, place), item, wrong) ||
               complain_of_fault(walk, field_fault(field->type));
    if (text != NULL && field->codes != NULL && !in_codes(field->codes, text))
        return complain_of_codes(walk, place, field, item);
    if (text != NULL && is_too_long(walk, field, text)) {
        snprintf(most, sizeof most, "at most %u %s", field->length_max,
                 field->type == FIELD_BYTES ? "bytes" : "characters");
        return complain_at(walk, place, name_at(field, place), item, most) ||
               complain_of_fault(walk, WIRE_FAULT_LENGTH);
    }
    return true;
}

static bool has_field(const struct walk *walk, const struct place *place, const char *name) {
    for (const struct field *field = walk->fields; field->name != NULL; field++) {
        const char *known = name_at(field, place);
        if (known != NULL && strcmp(known, name) == 0)
            return true;
    }
    return false;
}

static bool is_absent(const cJSON *item) {
    return item == NULL || cJSON_IsNull(item) ||
           (cJSON_IsString(item) && item->valuestring[0] == '\0');
}

static bool is_nested(const struct field *field) {
    return field->type == FIELD_OBJECT || field->type == FIELD_TREE || field->type == FIELD_ROWS;
}

static cJSON *walk_object(const struct walk *walk, const struct place *place, const cJSON *members);

static cJSON *walk_rows(const struct walk *walk, const struct place *place, const char *name,
                        const cJSON *list) {
    cJSON *rows = cJSON_CreateArray();
    const cJSON *item;
    int count = 0;
    cJSON_ArrayForEach(item, list) {
        char shown[PLACE_SIZE];
        snprintf(shown, sizeof shown, "%.40s%.40s[%d].", place->shown, name, count++);
        const struct place row = {place->prefix, shown};
        cJSON *out = cJSON_IsObject(item) ? walk_object(walk, &row, item) : NULL;
        if (!cJSON_IsObject(item))
            (void)complain_at(walk, &(struct place){"", place->shown}, name, item,
                              "objects in its array");
        if (out == NULL) {
            cJSON_Delete(rows);
            return NULL;
        }
        cJSON_AddItemToArray(rows, out);
    }
    return rows;
}

/* What stands below a field, as it is sent. */
static cJSON *walk_nested(const struct walk *walk, const struct place *place,
                          const struct field *field, const cJSON *open) {
    char prefix[PLACE_SIZE], shown[PLACE_SIZE];
    snprintf(prefix, sizeof prefix, "%.90s.", field->name);
    snprintf(shown, sizeof shown, "%.50s%.40s.", place->shown, name_at(field, place));
    const struct place below = {prefix, shown};
    cJSON *out = field->type == FIELD_ROWS ? walk_rows(walk, &(struct place){prefix, place->shown},
                                                       name_at(field, place), open)
                                           : walk_object(walk, &below, open);
    if (out == NULL || field->type == FIELD_OBJECT)
        return out;
    char *text = wire_print(out, false);
    cJSON_Delete(out);
    ENSURE(text != NULL);
    out = cJSON_CreateString(text);
    free(text);
    return out;
}

/* Amounts are sent as text, so that no parser on the way rounds them. */
static cJSON *outgoing_scalar(const struct field *field, const cJSON *item) {
    bool amount = field->type == FIELD_YUAN || field->type == FIELD_AMOUNT;
    if (field->type == FIELD_COST && strcmp(wire_text_of(item), "0") == 0)
        return cJSON_CreateString("0.00");
    amount = amount || field->type == FIELD_COST;
    return amount ? cJSON_CreateString(wire_text_of(item)) : cJSON_Duplicate(item, true);
}

/* The field's value as it is sent; NULL and a complaint. */
static cJSON *outgoing_value(const struct walk *walk, const struct place *place,
                             const struct field *field, const cJSON *item) {
    const char *ignored, *text = is_nested(field) ? wire_text_of(item) : NULL;
    cJSON *open = text == NULL ? NULL
                               : wire_parse(*text == '\0' ? "{}" : text,
                                            *text == '\0' ? 2 : strlen(text), &ignored);
    const cJSON *value = open == NULL ? item : open;
    cJSON *out = NULL;
    if (check_field(walk, place, field, value))
        out = is_nested(field) ? walk_nested(walk, place, field, value)
                               : outgoing_scalar(field, value);
    cJSON_Delete(open);
    return out;
}

/* A row's name with blanks around it, which whoever reads a member would take for the row's. */
static bool is_spaced(const struct walk *walk, const struct place *place, const char *name) {
    for (const struct field *field = walk->fields; field->name != NULL; field++) {
        const char *known = name_at(field, place);
        if (known != NULL && wire_same_name(name, known))
            return true;
    }
    return false;
}

/* What no row names is complained of, unless the table has a rest here. */
static bool knows_all(const struct walk *walk, const struct place *place, const cJSON *members) {
    for (const cJSON *member = members->child; member != NULL; member = member->next)
        if (!has_field(walk, place, member->string)) {
            if (is_spaced(walk, place, member->string))
                return complain_at(walk, place, member->string, member, "its name without blanks");
            if (!has_field(walk, place, "*"))
                return complain_at(walk, place, member->string, member, "no such member");
        }
    return true;
}

static void add_rest(const struct walk *walk, const struct place *place, const cJSON *members,
                     cJSON *message) {
    for (const cJSON *member = members->child; member != NULL; member = member->next)
        if (!has_field(walk, place, member->string) && !is_absent(member))
            cJSON_AddItemToObject(message, member->string, cJSON_Duplicate(member, true));
}

/* Of an object that must be there an empty text is an empty one. */
static bool leaves_out_field(const struct field *field, const cJSON *item) {
    bool empty_object = field->type == FIELD_OBJECT && field->required && cJSON_IsString(item);
    return field->type == FIELD_REST || (is_absent(item) && !empty_object);
}

static bool walk_field(const struct walk *walk, const struct place *place,
                       const struct field *field, const cJSON *members, cJSON *message) {
    const char *name = name_at(field, place);
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(members, name);
    if (leaves_out_field(field, item))
        return !field->required || complain_at(walk, place, name, item, "a value (required)") ||
               complain_of_fault(walk, WIRE_FAULT_MISSING);
    cJSON *value = outgoing_value(walk, place, field, item);
    return value != NULL && cJSON_AddItemToObject(message, name, value);
}

static cJSON *walk_object(const struct walk *walk, const struct place *place,
                          const cJSON *members) {
    cJSON *message = cJSON_CreateObject();
    bool good = knows_all(walk, place, members);
    for (const struct field *field = walk->fields; good && field->name != NULL; field++)
        if (name_at(field, place) != NULL)
            good = walk_field(walk, place, field, members, message);
    add_rest(walk, place, members, message);
    if (good)
        return message;
    cJSON_Delete(message);
    return NULL;
}

cJSON *fields_message_in(enum wire_encoding encoding, const char *operation,
                         const struct field *fields, const cJSON *members,
                         struct wire_complaint *complaint) {
    const struct walk walk = {operation, fields, encoding, complaint};
    if (cJSON_IsObject(members))
        return walk_object(&walk, &(struct place){"", ""}, members);
    snprintf(complaint->text, sizeof complaint->text, "%s: expected a JSON object", operation);
    complaint->fault = members == NULL ? WIRE_FAULT_MISSING : WIRE_FAULT_VALUE;
    return NULL;
}

cJSON *fields_message(const char *operation, const struct field *fields, const cJSON *members,
                      struct wire_complaint *complaint) {
    return fields_message_in(WIRE_UTF8, operation, fields, members, complaint);
}
