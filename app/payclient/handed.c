#include "app/payclient/handed.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"
#include "app/payclient/protocol.h"
#include "app/platform/onepay/onepay.h"
#include "app/wire/json.h"

static void refuse_question(struct question_checked *out, const char *code, const char *detail) {
    out->code = code;
    snprintf(out->detail, sizeof out->detail, "%s", detail);
}

static bool is_blank_text(const char *text) {
    return text == NULL || text[strspn(text, " \t\r\n")] == '\0';
}

/* The caller's object; NULL after a refusal. Caller: cJSON_Delete. */
static cJSON *open_question(const char *text, enum wire_encoding encoding, const char *empty_code,
                            const char *form_code, struct question_checked *out) {
    const char *error = "is not text of its encoding";
    if (is_blank_text(text)) {
        refuse_question(out, empty_code, "nothing was handed over");
        return NULL;
    }
    size_t length = strnlen(text, DESK_LINE_MAX);
    char *utf8 = encoding_from(encoding, text, length);
    cJSON *tree = utf8 == NULL ? NULL : wire_parse(utf8, strlen(utf8), &error);
    free(utf8);
    if (cJSON_IsObject(tree) && length < DESK_LINE_MAX / 4)
        return tree;
    refuse_question(out, form_code,
                    tree == NULL                  ? error
                    : length >= DESK_LINE_MAX / 4 ? "too long"
                                                  : "expected a JSON object");
    cJSON_Delete(tree);
    return NULL;
}

/* The document's own sample has blanks in it ("hop. trade. recharge"). */
static void copy_type(const cJSON *tree, struct question_checked *out) {
    const char *text = wire_text(tree, "transType");
    size_t length = 0;
    for (; text != NULL && *text != '\0' && length < sizeof out->type - 1; text++)
        if (!isspace((unsigned char)*text))
            out->type[length++] = *text;
    out->type[length] = '\0';
}

/* `param` may be text of an object. Caller: cJSON_Delete; NULL after a refusal. */
static cJSON *checked_param(const cJSON *tree, enum wire_encoding encoding,
                            struct question_checked *out) {
    struct wire_complaint complaint = {.text = ""};
    const cJSON *param = wire_member(tree, "param");
    const char *ignored, *text = cJSON_IsString(param) ? param->valuestring : NULL;
    cJSON *open = text == NULL ? NULL : wire_parse(text, strlen(text), &ignored);
    if (!cJSON_IsObject(open == NULL ? param : open)) {
        refuse_question(out, param == NULL ? "020001" : "020000", "param: expected an object");
        cJSON_Delete(open);
        return NULL;
    }
    cJSON *checked = onepay_param(encoding, out->type, open == NULL ? param : open, &complaint);
    cJSON_Delete(open);
    if (checked == NULL)
        refuse_question(out, onepay_fault_code(complaint.fault), complaint.text);
    return checked;
}

static void print_question(cJSON *question, struct question_checked *out) {
    char *text = wire_print(question, false);
    ENSURE(text != NULL && asprintf(&out->line, "%s\n", text) > 0);
    free(text);
    cJSON_Delete(question);
    out->code = "000000";
}

static void check_typed(const cJSON *tree, enum wire_encoding encoding,
                        struct question_checked *out) {
    const struct wire_operation *row = wire_operation_named(onepay_table, out->type);
    if (out->type[0] == '\0' || row == NULL) {
        refuse_question(out, out->type[0] == '\0' ? "010001" : "010002", "transType");
        return;
    }
    out->moves_money = row->moves_money;
    cJSON *param = checked_param(tree, encoding, out);
    if (param == NULL)
        return;
    cJSON *question = cJSON_CreateObject();
    cJSON_AddStringToObject(question, "call", "payTrans");
    cJSON_AddStringToObject(question, "transType", out->type);
    cJSON_AddItemToObject(question, "param", param);
    print_question(question, out);
}

void question_check_pay(const char *text, enum wire_encoding encoding,
                        struct question_checked *out) {
    *out = (struct question_checked){.code = ""};
    cJSON *tree = open_question(text, encoding, "000003", "000004", out);
    if (tree == NULL)
        return;
    copy_type(tree, out);
    check_typed(tree, encoding, out);
    cJSON_Delete(tree);
}

/* The portal's operations are checked by the desk: which one it is stands in the address. */
void question_check_mobile(const char *text, enum wire_encoding encoding,
                           struct question_checked *out) {
    *out = (struct question_checked){.code = "", .moves_money = true};
    cJSON *tree = open_question(text, encoding, "-2", "-2", out);
    if (tree == NULL)
        return;
    if (!cJSON_IsObject(wire_member(tree, "data"))) {
        refuse_question(out, "-2", "data: expected an object");
        cJSON_Delete(tree);
        return;
    }
    cJSON_DeleteItemFromObjectCaseSensitive(tree, "call");
    cJSON_AddStringToObject(tree, "call", "MobileTrans");
    print_question(tree, out);
}
