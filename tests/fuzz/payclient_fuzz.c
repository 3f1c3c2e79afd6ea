/* Any text that window software hands over, in either encoding, and any answer that it is to get.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "app/payclient/handed.h"
#include "app/payclient/payclient.h"
#include "app/payclient/result.h"
#include "app/platform/onepay/onepay.h"
#include "app/wire/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds) {
    if (!holds)
        abort();
}

/* What is good is one line of JSON for the desk, which finds it good too. */
static void check_line(const struct question_checked *question) {
    const char *ignored;
    size_t length = strlen(question->line);
    struct wire_complaint complaint = {.text = ""};
    demand(strcmp(question->code, "000000") == 0);
    demand(length > 0 && strchr(question->line, '\n') == question->line + length - 1);
    cJSON *tree = wire_parse(question->line, length, &ignored);
    demand(cJSON_IsObject(tree));
    if (question->type[0] != '\0') {
        cJSON *param =
            onepay_param(WIRE_UTF8, question->type, wire_member(tree, "param"), &complaint);
        demand(param != NULL || complaint.fault == WIRE_FAULT_LENGTH); /* of bytes in UTF-8 */
        cJSON_Delete(param);
    }
    cJSON_Delete(tree);
}

static void check_question(const char *text, enum wire_encoding encoding, bool mobile) {
    struct question_checked question;
    (mobile ? question_check_mobile : question_check_pay)(text, encoding, &question);
    demand(question.code[0] != '\0');
    if (question.line != NULL)
        check_line(&question);
    else
        demand(strcmp(question.code, "000000") != 0);
    free(question.line);
}

/* Of an answer about money nothing is left in the end but what its table requires. */
static void check_fit(const char *text, size_t length, const char *type) {
    const char *ignored;
    cJSON *answer = wire_parse(text, length, &ignored);
    if (cJSON_IsObject(answer)) {
        answer_fit(answer, type, true, WIRE_UTF8, PAYCLIENT_SIZE);
        char *fitting = answer_text(answer, WIRE_UTF8);
        demand(fitting != NULL);
        free(fitting);
    }
    cJSON_Delete(answer);
}

/* The first byte chooses the encoding, the function and the type of the answer. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0)
        return 0;
    char *text = strndup((const char *)data + 1, size - 1);
    check_question(text, data[0] & 0x80 ? WIRE_GB18030 : WIRE_UTF8, data[0] & 0x40);
    check_fit(text, strlen(text), onepay_table[(data[0] & 0x3f) % 20].name);
    free(text);
    return 0;
}
