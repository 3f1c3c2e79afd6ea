#include "app/payclient/result.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"
#include "app/base/text.h"
#include "app/platform/onepay/onepay.h"
#include "app/wire/json.h"

#define MESSAGE_SIZE 257      /* respMsg is Char(256) */
#define SHORT_MESSAGE_SIZE 65 /* where nothing else is left to drop */

static void words_of_code(const char *code, const char *detail, char out[MESSAGE_SIZE]) {
    char whole[2 * MESSAGE_SIZE];
    const char *words = onepay_code_words(code, LANGUAGE_ZH);
    bool both = words != NULL && detail[0] != '\0';
    snprintf(whole, sizeof whole, "%s%s%s", words == NULL ? "" : words, both ? ": " : "", detail);
    text_cut(out, MESSAGE_SIZE, whole);
}

cJSON *answer_of_code(const char *type, const char *code, const char *detail) {
    char message[MESSAGE_SIZE];
    cJSON *answer = cJSON_CreateObject();
    words_of_code(code, detail, message);
    if (type[0] != '\0')
        cJSON_AddStringToObject(answer, "transType", type);
    cJSON_AddStringToObject(answer, "respCode", code);
    cJSON_AddStringToObject(answer, "respMsg", message);
    return answer;
}

cJSON *answer_of_mobile(const char *code, const char *detail) {
    cJSON *answer = cJSON_CreateObject();
    cJSON_AddStringToObject(answer, "code", code);
    cJSON_AddStringToObject(answer, "message", detail);
    return answer;
}

/* A character that GB18030 cannot have does not exist; a text that cannot be converted is not
 * valid, and the answer was checked when it was read. */
char *answer_text(const cJSON *answer, enum wire_encoding encoding) {
    char *utf8 = wire_print(answer, false);
    ENSURE(utf8 != NULL);
    char *text = encoding_to(encoding, utf8);
    free(utf8);
    ENSURE(text != NULL);
    return text;
}

static bool answer_fits(const cJSON *answer, enum wire_encoding encoding, size_t size) {
    char *text = answer_text(answer, encoding);
    bool small = strlen(text) < size;
    free(text);
    return small;
}

static const struct field *answer_row(const struct field *fields, const char *name) {
    for (; fields != NULL && fields->name != NULL; fields++)
        if (strcmp(fields->name, name) == 0)
            return fields;
    return NULL;
}

static cJSON *last_child(const cJSON *object) {
    cJSON *child = object == NULL ? NULL : object->child;
    while (child != NULL && child->next != NULL)
        child = child->next;
    return child;
}

/* The last member that may go: first one that no row names, then an optional one. */
static cJSON *droppable(const cJSON *object, const struct field *fields, bool known) {
    for (cJSON *child = last_child(object); child != NULL;
         child = child == object->child ? NULL : child->prev) {
        const struct field *row = answer_row(fields, child->string);
        if (row == NULL ? !known : known && !row->required)
            return child;
    }
    return NULL;
}

static bool drop_one(cJSON *answer, const struct field *fields) {
    static const struct field around[] = {{"transType", FIELD_TEXT, 0, true, NULL},
                                          {"respCode", FIELD_TEXT, 0, true, NULL},
                                          {"respMsg", FIELD_TEXT, 0, true, NULL},
                                          {"param", FIELD_OBJECT, 0, true, NULL},
                                          {0}};
    cJSON *param = cJSON_GetObjectItemCaseSensitive(answer, "param"), *from = answer;
    cJSON *item = droppable(answer, around, false);
    if (item == NULL)
        item = droppable(from = param, fields, false);
    if (item == NULL)
        item = droppable(from = param, fields, true);
    if (item != NULL)
        cJSON_Delete(cJSON_DetachItemViaPointer(from, item));
    return item != NULL;
}

static void shorten_message(cJSON *answer) {
    char cut[SHORT_MESSAGE_SIZE];
    const char *message = wire_text(answer, "respMsg");
    text_cut(cut, sizeof cut, message);
    cJSON_ReplaceItemInObjectCaseSensitive(answer, "respMsg", cJSON_CreateString(cut));
}

void answer_fit(cJSON *answer, const char *type, bool moves_money, enum wire_encoding encoding,
                size_t size) {
    if (answer_fits(answer, encoding, size))
        return;
    cJSON_DeleteItemFromObjectCaseSensitive(cJSON_GetObjectItemCaseSensitive(answer, "param"),
                                            "authimg_base_64");
    if (!moves_money)
        return;
    const struct field *fields = onepay_answer(type);
    while (!answer_fits(answer, encoding, size) && drop_one(answer, fields))
        continue;
    if (!answer_fits(answer, encoding, size))
        shorten_message(answer);
}
