/* `call`: one documented operation, raw and outside the order law, for integrators and tests. */
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/config/rules.h"
#include "app/core/terms/answer.h"
#include "app/ctl/call_file.h"
#include "app/ctl/ctl.h"
#include "app/ctl/input.h"
#include "app/platform/platform.h"
#include "app/pump/net.h"
#include "app/pump/vendor.h"
#include "app/wire/json.h"
#include "app/wire/masked.h"

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

static void trace_message(const char *what, const cJSON *tree, const char *rest) {
    char *masked = masked_text(tree);
    fprintf(stderr, "%s %s %s\n", what, rest, masked);
    free(masked);
}

/* Reads a missing answer. A close without one counts as done once it was sent (upp 4.8). */
static void read_silence(const struct call *call, const struct net_answer *answer,
                         struct wire_reading *out) {
    enum route route = call->platform->route;
    bool closes = call->operation->verb == VERB_CLOSE && answer->reached && route != ROUTE_NONE &&
                  route_traits(route)->silent_close_is_closed;
    *out = (struct wire_reading){.outcome = closes ? OUTCOME_ACCEPTED : OUTCOME_UNKNOWN};
    if (answer->curl_code == CURLE_WRITE_ERROR) /* the answer is longer than allowed */
        out->outcome = OUTCOME_MALFORMED;
    snprintf(out->code, sizeof out->code, "%d", -answer->curl_code);
    snprintf(out->message, sizeof out->message, "%s%s", answer->error,
             closes ? " (counts as closed)" : "");
}

static void carry_once(const struct config *config, const struct platform *platform,
                       const struct wire_request *wire, struct net_answer *out) {
    int timeout_ms = (int)config_rules(config)->limits.answer_ms;
    struct net_request over_net = {.number = 1,
                                   .url = wire->url,
                                   .content_type = wire->content_type,
                                   .body = wire->body,
                                   .body_length = wire->body_length,
                                   .timeout_ms = timeout_ms,
                                   .trust = platform->trust(config)};
    struct vendor_request to_library = {
        .number = 1, .library = wire->library, .input = wire->body, .timeout_ms = timeout_ms};
    if (wire->library == NULL)
        net_once(config_allows_plain(config), &over_net, out);
    else
        vendor_once(NULL, &to_library, out);
}

/* A link for the patient is the whole answer. */
static void read_shown(const struct wire_request *wire, struct wire_reading *out) {
    *out = (struct wire_reading){.outcome = OUTCOME_ACCEPTED, .tree = cJSON_CreateObject()};
    cJSON_AddStringToObject(out->tree, "url", wire->url);
}

static void exchange_message(const struct call *call, const struct config *config,
                             const struct wire_request *wire, struct wire_reading *out) {
    struct net_answer answer = {0};
    if (wire->shown) {
        read_shown(wire, out);
        return;
    }
    if (call->trace)
        trace_message(">", wire->message, wire->library == NULL ? wire->url : wire->library->path);
    carry_once(config, call->platform, wire, &answer);
    if (answer.curl_code != 0)
        read_silence(call, &answer, out);
    else
        call->platform->read(config, call->operation->name, wire->message, answer.http_status,
                             answer.body, answer.length, out);
    if (call->trace)
        trace_message("<", out->tree, answer.curl_code != 0 ? answer.error : "");
    free(answer.body);
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
    struct wire_request wire = {0};
    struct wire_complaint complaint = {.text = ""};
    struct wire_reading reading = {0};
    if (!call->platform->build(&ctl->config, call->operation->name, members, clock_wall_ms(), &wire,
                               &complaint))
        return ctl_say(CTL_REFUSED, "%s", complaint.text);
    exchange_message(call, &ctl->config, &wire, &reading);
    if (ctl->json)
        print_call_json(&wire, &reading);
    else
        print_call_words(&reading);
    enum ctl_exit code = exit_of(reading.outcome);
    if (call->file != NULL && code == CTL_OK)
        code = call_file_fetch(&ctl->config, call->platform, reading.tree, call->file);
    free(reading.document);
    wire_reading_free(&reading);
    wire_request_free(&wire);
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
