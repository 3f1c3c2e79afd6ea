#include "app/ctl/speak.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>

#include "app/base/clock.h"
#include "app/config/rules.h"
#include "app/core/terms/answer.h"
#include "app/pump/vendor.h"
#include "app/wire/masked.h"
#include "app/wire/reading.h"

static void trace_message(const char *what, const cJSON *tree, const char *rest) {
    char *masked = masked_text(tree);
    fprintf(stderr, "%s %s %s\n", what, rest, masked);
    free(masked);
}

/* Reads a missing answer. A close without one counts as done once it was sent (upp 4.8). */
static void read_silence(const struct platform *platform, const struct wire_operation *operation,
                         const struct net_answer *answer, struct wire_reading *out) {
    enum route route = platform->route;
    bool closes = operation->verb == VERB_CLOSE && answer->reached && route != ROUTE_NONE &&
                  route_traits(route)->silent_close_is_closed;
    *out = (struct wire_reading){.outcome = closes ? OUTCOME_ACCEPTED : OUTCOME_UNKNOWN};
    if (answer->curl_code == CURLE_WRITE_ERROR) /* the answer is longer than allowed */
        out->outcome = OUTCOME_MALFORMED;
    snprintf(out->code, sizeof out->code, "%d", -answer->curl_code);
    reading_own_words(out, "%s%s", answer->error, closes ? " (counts as closed)" : "");
}

static void carry_once(const struct config *config, const struct platform *platform,
                       const struct wire_request *wire, size_t answer_max, struct net_answer *out) {
    int timeout_ms = (int)config_rules(config)->limits.answer_ms;
    struct net_request over_net = {.number = 1,
                                   .url = wire->url,
                                   .content_type = wire->content_type,
                                   .body = wire->body,
                                   .body_length = wire->body_length,
                                   .timeout_ms = timeout_ms,
                                   .answer_max = answer_max,
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

static void exchange_message(const struct config *config, const struct platform *platform,
                             const struct wire_operation *operation, bool trace,
                             struct exchange *out) {
    const struct wire_request *wire = &out->wire;
    struct net_answer *answer = &out->answer;
    if (trace)
        trace_message(">", wire->message, wire->library == NULL ? wire->url : wire->library->path);
    carry_once(config, platform, wire, platform->answer_max, answer);
    if (answer->curl_code != 0)
        read_silence(platform, operation, answer, &out->reading);
    else
        platform->read(config, operation->name, wire->message, answer->http_status, answer->body,
                       answer->length, &out->reading);
    if (trace)
        trace_message("<", out->reading.tree, answer->curl_code != 0 ? answer->error : "");
}

bool exchange_speak(const struct config *config, const struct platform *platform,
                    const struct wire_operation *operation, const cJSON *members, bool trace,
                    struct exchange *out) {
    *out = (struct exchange){.complaint = {.text = ""}};
    if (!platform->build(config, operation->name, members, clock_wall_ms(), &out->wire,
                         &out->complaint))
        return false;
    if (out->wire.shown)
        read_shown(&out->wire, &out->reading);
    else
        exchange_message(config, platform, operation, trace, out);
    return true;
}

void exchange_free(struct exchange *exchange) {
    free(exchange->answer.body);
    free(exchange->reading.document);
    wire_reading_free(&exchange->reading);
    wire_request_free(&exchange->wire);
}

bool exchange_is_too_long(const struct exchange *exchange) {
    return exchange->answer.curl_code == CURLE_WRITE_ERROR;
}
