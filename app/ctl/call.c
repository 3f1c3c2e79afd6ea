/* `call`: one documented operation, raw and outside the order law, for integrators and tests. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/core/terms/answer.h"
#include "app/ctl/call_file.h"
#include "app/ctl/ctl.h"
#include "app/ctl/input.h"
#include "app/ctl/speak.h"
#include "app/wire/json.h"

struct call {
    const struct platform *platform;
    const struct wire_operation *operation;
    const char *members; /* JSON, "-" or NULL */
    const char *file;    /* where what the answer links to is put; NULL: it is not fetched */
    bool trace;
};

/* call PLATFORM OPERATION [JSON|-] [--trace] [--file PATH] */
static enum ctl_exit parse_call(int argc, char **argv, struct call *call) {
    const char *words[3] = {NULL, NULL, NULL};
    int count = 0;
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--trace") == 0)
            call->trace = true;
        else if (strcmp(argv[i], "--file") == 0 && i + 1 < argc)
            call->file = argv[++i];
        else if (count == 3 || strncmp(argv[i], "--", 2) == 0)
            return ctl_usage("call");
        else
            words[count++] = argv[i];
    if (count < 2)
        return ctl_usage("call");
    call->members = words[2];
    call->platform = platform_by_name(words[0]);
    if (call->platform == NULL)
        return ctl_say(CTL_REFUSED, "%s: no such platform", words[0]);
    call->operation = wire_operation_named(call->platform->operations, words[1]);
    if (call->operation == NULL)
        return ctl_say(CTL_REFUSED, "%s.%s: no such operation", words[0], words[1]);
    if (call->file != NULL && !call_file_has(words[0], words[1]))
        return ctl_say(CTL_REFUSED, "%s.%s: its answer has no file", words[0], words[1]);
    return CTL_OK;
}

static enum ctl_exit exit_of(enum outcome outcome) {
    switch (outcome) {
    case OUTCOME_ACCEPTED:
        return CTL_OK;
    case OUTCOME_DECLINED:
        return CTL_DECLINED;
    case OUTCOME_PENDING:
        return CTL_PENDING;
    case OUTCOME_MALFORMED:
        return CTL_MALFORMED;
    case OUTCOME_UNKNOWN:
        break;
    }
    return CTL_UNKNOWN;
}

static void print_call_json(const struct wire_request *wire, const struct wire_reading *reading) {
    cJSON *out = cJSON_CreateObject();
    cJSON_AddStringToObject(out, "outcome", outcome_word(reading->outcome));
    cJSON_AddStringToObject(out, "code", reading->code);
    cJSON_AddStringToObject(out, "message", reading->message);
    cJSON_AddItemReferenceToObject(out, "request", wire->message);
    if (reading->tree != NULL)
        cJSON_AddItemReferenceToObject(out, "response", reading->tree);
    else
        cJSON_AddNullToObject(out, "response");
    char *text = wire_print(out, false);
    puts(text);
    free(text);
    cJSON_Delete(out);
}

static void print_call_words(const struct wire_reading *reading) {
    char *text = reading->tree == NULL ? NULL : cJSON_Print(reading->tree);
    printf("%s [%s] %s\n", outcome_word(reading->outcome), reading->code, reading->message);
    if (text != NULL)
        puts(text);
    free(text);
}

static enum ctl_exit speak_operation(const struct ctl *ctl, const struct call *call,
                                     cJSON *members) {
    struct exchange exchange;
    if (!exchange_speak(&ctl->config, call->platform, call->operation, members, call->trace,
                        &exchange)) {
        exchange_free(&exchange);
        return ctl_say(CTL_REFUSED, "%s", exchange.complaint.text);
    }
    if (ctl->json)
        print_call_json(&exchange.wire, &exchange.reading);
    else
        print_call_words(&exchange.reading);
    enum ctl_exit code = exit_of(exchange.reading.outcome);
    if (call->file != NULL && code == CTL_OK)
        code = call_file_fetch(&ctl->config, call->platform, exchange.reading.tree, call->file);
    exchange_free(&exchange);
    return code;
}

enum ctl_exit ctl_call(struct ctl *ctl, int argc, char **argv) {
    struct call call = {0};
    enum ctl_exit code = parse_call(argc, argv, &call);
    const struct config *config = code == CTL_OK ? ctl_config(ctl) : NULL;
    if (config == NULL)
        return CTL_REFUSED;
    if (call.operation->moves_money && !settings_of(config)->bench.raw_calls)
        return ctl_say(CTL_REFUSED,
                       "%s.%s can move money: it needs \"bench\": {\"raw_calls\": true}",
                       call.platform->name, call.operation->name);
    cJSON *members = input_json(call.members);
    if (members == NULL)
        return CTL_REFUSED;
    code = speak_operation(ctl, &call, members);
    cJSON_Delete(members);
    return code;
}
