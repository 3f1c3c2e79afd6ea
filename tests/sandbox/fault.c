#include "tests/sandbox/fault.h"

#include <stdlib.h>
#include <string.h>

#include "tests/sandbox/message.h"
#include "tests/sandbox/value.h"

static const char *const kind_words[] = {
    [FAULT_NONE] = "",
    [FAULT_DELAY] = "delay",
    [FAULT_HOLD] = "hold",
    [FAULT_DROP_BEFORE] = "drop_before",
    [FAULT_DROP_AFTER] = "drop_after",
    [FAULT_DUPLICATE] = "duplicate",
    [FAULT_BAD_SIGNATURE] = "bad_signature",
    [FAULT_UNSIGNED] = "unsigned",
    [FAULT_GARBAGE] = "garbage",
    [FAULT_ANSWER] = "answer",
    [FAULT_DOWN] = "down",
    [FAULT_CODE] = "code",
    [FAULT_FAIL] = "fail",
};

static enum fault_kind kind_of(const char *word) {
    for (int i = FAULT_DELAY; i <= FAULT_FAIL; i++)
        if (strcmp(kind_words[i], word) == 0)
            return (enum fault_kind)i;
    return FAULT_NONE;
}

static int number_of(const cJSON *request, const char *name, int absent) {
    const char *text = message_text(request, name);
    return text == NULL ? absent : atoi(text);
}

const char *faults_add(struct faults *faults, const cJSON *request) {
    struct fault fault = {
        .kind = kind_of(message_get(request, "kind")),
        .times = number_of(request, "times", 1),
        .ms = number_of(request, "ms", 0),
        .status = number_of(request, "status", 0),
        .act = strcmp(message_get(request, "act"), "true") == 0,
    };
    text_set(fault.on, sizeof fault.on, message_get(request, "on"));
    text_set(fault.code, sizeof fault.code, message_get(request, "code"));
    if (fault.kind == FAULT_NONE && fault.code[0] != '\0')
        fault.kind = FAULT_CODE;
    if (fault.kind == FAULT_CODE && fault.code[0] == '\0')
        return "code: expected a return code";
    if (fault.kind == FAULT_NONE)
        return "kind: expected a kind of fault";
    if (fault.on[0] == '\0')
        return "on: expected an operation";
    if (faults->count == FAULTS_MAX)
        return "too many faults wait already";
    const cJSON *body = cJSON_GetObjectItemCaseSensitive(request, "body");
    if (fault.kind == FAULT_ANSWER && body == NULL)
        return "body: expected the answer";
    fault.body = body == NULL ? NULL : cJSON_Duplicate(body, true);
    faults->at[faults->count++] = fault;
    return NULL;
}

void faults_clear(struct faults *faults) {
    for (int i = 0; i < faults->count; i++)
        cJSON_Delete(faults->at[i].body);
    faults->count = 0;
    faults->released++;
}

static bool is_meant(const char *on, const char *operation) {
    size_t length = strlen(on);
    if (length > 0 && on[length - 1] == '*')
        return strncmp(on, operation, length - 1) == 0;
    return strcmp(on, operation) == 0;
}

struct fault faults_take(struct faults *faults, const char *operation) {
    for (int i = 0; i < faults->count; i++) {
        struct fault *fault = &faults->at[i];
        if (!is_meant(fault->on, operation))
            continue;
        struct fault taken = *fault;
        if (fault->times < 0 || --fault->times > 0) {
            taken.body = fault->body == NULL ? NULL : cJSON_Duplicate(fault->body, true);
            return taken;
        }
        faults->count--;
        memmove(fault, fault + 1, (size_t)(faults->count - i) * sizeof *fault);
        return taken;
    }
    return (struct fault){.kind = FAULT_NONE};
}
