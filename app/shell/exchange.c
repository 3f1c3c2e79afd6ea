#include "app/shell/exchange.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/core/about.h"
#include "app/pump/net.h"
#include "app/pump/vendor.h"
#include "app/shell/clock_sample.h"
#include "app/shell/trace.h"
#include "app/wire/fields.h"
#include "app/wire/masked.h"
#include "app/wire/reading.h"

/* Evidence that is longer (a list of sixty bills) is kept without the answer's text. What an
 * insurance makes of two hundred lines, in two spellings, is kept whole. */
#define EVIDENCE_MAX 16384
#define EVIDENCE_SETTLED_MAX 196608

struct exchange *exchange_begin(struct exchanges *exchanges, const struct effect *effect) {
    bool of_order = effect->to.kind == ADDRESS_ORDER;
    if (exchanges->count >= EXCHANGES_MAX - (of_order ? EXCHANGES_OF_VISITS : 0))
        return NULL;
    uint32_t at = effect->number % EXCHANGES_MAX;
    while (exchanges->items[at].used)
        at = (at + 1) % EXCHANGES_MAX;
    exchanges->count++;
    exchanges->full = false;
    exchanges->items[at] = (struct exchange){.used = true,
                                             .number = effect->number,
                                             .verb = effect->of.send.verb,
                                             .of_visit = effect->to.kind == ADDRESS_VISIT};
    if (of_order && exchanges->core != NULL)
        memcpy(exchanges->items[at].order_no, exchanges->core->book.orders[effect->to.index].no,
               ORDER_NO_SIZE);
    return &exchanges->items[at];
}

static struct exchange *find_exchange(struct exchanges *exchanges, uint32_t number) {
    for (uint32_t i = 0; i < EXCHANGES_MAX; i++) {
        struct exchange *exchange = &exchanges->items[(number + i) % EXCHANGES_MAX];
        if (exchange->used && exchange->number == number)
            return exchange;
    }
    return NULL;
}

static void forget_exchange(struct exchanges *exchanges, struct exchange *exchange) {
    cJSON_Delete(exchange->sent);
    *exchange = (struct exchange){0};
    exchanges->count--;
}

struct exchange exchange_end(struct exchanges *exchanges, uint32_t number) {
    struct exchange *exchange = find_exchange(exchanges, number), ended = {0};
    if (exchange != NULL) {
        ended = *exchange;
        ended.sent = NULL; /* freed with its place */
        forget_exchange(exchanges, exchange);
    }
    return ended;
}

void exchange_trace(struct exchanges *exchanges, const char *evidence) {
    trace_write(exchanges->trace, evidence);
}

/* Answers a SEND of which nothing was sent, so that it certainly reached nobody. */
static void answer_unsent_exchange(struct exchanges *exchanges, const struct effect *effect,
                                   enum outcome outcome) {
    struct event event = {
        .kind = EVENT_ANSWER,
        .of.answer = {.request = effect->number, .verb = effect->of.send.verb, .outcome = outcome}};
    inbox_post(exchanges->inbox, &inbox_event, NULL, &event, sizeof event);
}

static const struct platform *compose_request(struct exchanges *exchanges,
                                              const struct effect *effect, const char **operation,
                                              cJSON **members) {
    const struct core *core = exchanges->core;
    if (effect->to.kind == ADDRESS_VISIT) {
        struct question question = core_question(core, effect->of.send.verb);
        return platform_ask(exchanges->config, &question, operation, members);
    }
    if (effect->to.kind == ADDRESS_TERMINAL)
        return platform_ask_time(exchanges->config, operation, members);
    ENSURE(effect->to.kind == ADDRESS_ORDER);
    struct platform_act act = {.verb = effect->of.send.verb,
                               .order = &core->book.orders[effect->to.index],
                               .leg = effect->leg,
                               .claim = effect->claim,
                               .refund = effect->refund,
                               .pay_code = core_pay_code(core, effect->to.index),
                               .person_name = core_person_name(core, effect->to.index),
                               .person_phone = core_person_phone(core, effect->to.index),
                               .bill = core_bill(core, effect->to.index)};
    const struct platform *platform = platform_compose(exchanges->config, &act, operation, members);
    if (platform != NULL && exchanges->desk.owner != NULL && act.order->caller_no[0] != '\0')
        exchanges->desk.complete(exchanges->desk.owner, effect->to.index, *operation, members);
    return platform;
}

/* False when the message would break the document's rules; the log names the member. */
static bool build_request(struct exchanges *exchanges, const struct effect *effect,
                          struct exchange *exchange, struct wire_request *wire) {
    cJSON *members = NULL;
    struct wire_complaint complaint;
    exchange->platform = compose_request(exchanges, effect, &exchange->operation, &members);
    if (exchange->platform == NULL) {
        log_write(LOG_ERROR, "exchange", "nobody to ask for verb %d", (int)effect->of.send.verb);
        return false;
    }
    bool built = exchange->platform->build(exchanges->config, exchange->operation, members,
                                           clock_wall_ms(), wire, &complaint);
    if (!built)
        log_write(LOG_ERROR, "exchange", "%s", complaint.text);
    cJSON_Delete(members);
    return built;
}

/* Reads a request without an answer: its outcome is unknown. */
static void read_net_failure(const struct net_answer *answer, struct wire_reading *out) {
    *out = (struct wire_reading){.outcome = OUTCOME_UNKNOWN};
    snprintf(out->code, sizeof out->code, "%d", -answer->curl_code);
    reading_own_words(out, "%s", answer->error);
}

static size_t evidence_max(const struct platform *platform) {
    bool settles = platform->route != ROUTE_NONE && route_traits(platform->route)->has_split;
    return settles ? EVIDENCE_SETTLED_MAX : EVIDENCE_MAX;
}

/* False: there is none, or it is too long. */
static bool add_evidence_masked(cJSON *evidence, const char *name, const cJSON *tree,
                                size_t length_max) {
    char *masked = tree == NULL ? NULL : masked_text(tree);
    bool kept = masked != NULL && strlen(masked) < length_max;
    if (kept)
        cJSON_AddRawToObject(evidence, name, masked);
    free(masked);
    return kept;
}

/* What was not sent stands apart from what was. */
static void add_asked_masked(cJSON *evidence, cJSON *sent, size_t length_max) {
    cJSON *expected = cJSON_DetachItemFromObjectCaseSensitive(sent, WIRE_EXPECTED);
    (void)add_evidence_masked(evidence, "asked", sent, length_max);
    if (expected == NULL)
        return;
    (void)add_evidence_masked(evidence, "expected", expected, length_max);
    cJSON_AddItemToObject(sent, WIRE_EXPECTED, expected);
}

/* The masked request and answer, as the journal and the trace may keep them; `answered`: the answer
 * is in it. Caller: free(). */
static char *exchange_evidence(const struct exchange *exchange, const struct net_answer *answer,
                               const struct wire_reading *reading, int64_t took_ms,
                               bool *answered) {
    char operation[96];
    snprintf(operation, sizeof operation, "%s %s", exchange->platform->name, exchange->operation);
    cJSON *evidence = cJSON_CreateObject();
    cJSON_AddStringToObject(evidence, "operation", operation);
    cJSON_AddStringToObject(evidence, "outcome", outcome_word(reading->outcome));
    cJSON_AddStringToObject(evidence, "code", reading->code);
    cJSON_AddStringToObject(evidence, "message", reading->message);
    fields_add_whole(evidence, "http", answer->http_status);
    fields_add_whole(evidence, "ms", took_ms);
    size_t length_max = evidence_max(exchange->platform);
    add_asked_masked(evidence, exchange->sent, length_max);
    *answered = add_evidence_masked(evidence, "answered", reading->tree, length_max);
    char *text = cJSON_PrintUnformatted(evidence);
    ENSURE(text != NULL);
    cJSON_Delete(evidence);
    return text;
}

/* The masked answer can be read in these places; of an order, where an event followed from it. */
static void say_where_kept(const struct exchange *exchange, bool traced, char *out, size_t size) {
    bool of_order = exchange->order_no[0] != '\0';
    snprintf(out, size, "%s%s%s%s", of_order || traced ? "; its answer: " : "",
             of_order ? "evidence of order " : "", exchange->order_no,
             !traced    ? ""
             : of_order ? ", trace"
                        : "trace");
}

/* Of a bad answer our own words are logged and where it is kept. A peer's words may name a person:
 * they are nowhere but there. `answered`: its evidence has the answer. */
static void log_exchange(const struct exchange *exchange, const struct wire_reading *reading,
                         int64_t took_ms, bool answered, bool traced) {
    char code[CODE_SIZE], where[96] = "";
    bool bad = reading->outcome == OUTCOME_UNKNOWN || reading->outcome == OUTCOME_MALFORMED;
    bool ours = bad && reading->own_words;
    if (bad && answered)
        say_where_kept(exchange, traced, where, sizeof where);
    log_write(bad ? LOG_WARNING : LOG_INFO, "exchange", "%s %s: %s [%s] in %" PRId64 " ms%s%s%s",
              exchange->platform->name, exchange->operation, outcome_word(reading->outcome),
              reading_logged_code(reading->code, code), took_ms, ours ? ": " : "",
              ours ? reading->message : "", where);
}

/* A server that only says that it is broken was not reached. */
static void count_exchange(struct metrics *metrics, const struct exchange *exchange,
                           const struct net_answer *answer, const struct wire_reading *reading,
                           int64_t took_ms) {
    if (metrics != NULL)
        metrics_exchange(metrics, exchange->platform->name, exchange->operation, reading->outcome,
                         answer->curl_code == 0 && answer->http_status < 500, took_ms);
}

static void read_net_answer(const struct config *config, const struct exchange *exchange,
                            const struct net_answer *answer, struct wire_reading *out) {
    if (answer->curl_code != 0) {
        read_net_failure(answer, out);
    } else {
        exchange->platform->read(config, exchange->operation, exchange->sent, answer->http_status,
                                 answer->body, answer->length, out);
    }
}

static struct event answer_event(const struct exchange *exchange, const struct net_answer *answer,
                                 const struct wire_reading *reading) {
    struct event event = {.kind = EVENT_ANSWER, .of.answer = reading->answer};
    event.of.answer.request = exchange->number;
    event.of.answer.verb = exchange->verb;
    event.of.answer.outcome = reading->outcome;
    event.of.answer.reached = answer->reached;
    event.of.answer.document = reading->document;
    memcpy(event.of.answer.code, reading->code, sizeof event.of.answer.code);
    return event;
}

/* Called on a pump's thread. */
static void exchange_take(void *context, const struct net_answer *answer);

/* The processes of a vendor's library begin with the first request to one. */
static void carry_request(struct exchanges *exchanges, const struct exchange *exchange,
                          const struct wire_request *wire, int timeout_ms) {
    if (wire->library == NULL) {
        net_send(exchanges->net,
                 &(struct net_request){.number = exchange->number,
                                       .url = wire->url,
                                       .content_type = wire->content_type,
                                       .body = wire->body,
                                       .body_length = wire->body_length,
                                       .timeout_ms = timeout_ms,
                                       .trust = exchange->platform->trust(exchanges->config)});
        return;
    }
    if (exchanges->vendor == NULL)
        exchanges->vendor = vendor_start(NULL, exchange_take, exchanges);
    vendor_send(exchanges->vendor, &(struct vendor_request){.number = exchange->number,
                                                            .library = wire->library,
                                                            .input = wire->body,
                                                            .timeout_ms = timeout_ms});
}

/* What the answer is to be followed by, instead of an event: the question's next message, under the
 * same number and within the same time. False: there is none, or it cannot be sent. */
static bool follow_answer(struct exchanges *exchanges, struct exchange *exchange,
                          const struct wire_reading *reading) {
    const struct platform *platform = exchange->platform;
    struct wire_request wire = {0};
    struct wire_complaint complaint;
    int64_t now_ms = clock_mono_ms(), left_ms;
    if (platform->follow == NULL || reading->outcome != OUTCOME_ACCEPTED)
        return false;
    cJSON *members = cJSON_CreateObject();
    const char *next =
        platform->follow(exchanges->config, exchange->operation, exchange->sent, members);
    bool goes_on = next != NULL && platform->build(exchanges->config, next, members,
                                                   clock_wall_ms(), &wire, &complaint);
    if (next != NULL && !goes_on)
        log_write(LOG_ERROR, "exchange", "%s", complaint.text);
    cJSON_Delete(members);
    if (!goes_on || !inbox_reserve(exchanges->inbox)) {
        wire_request_free(&wire);
        return false;
    }
    left_ms = exchange->sent_mono_ms + exchange->timeout_ms - now_ms;
    cJSON_Delete(exchange->sent);
    exchange->sent = wire.message;
    wire.message = NULL;
    exchange->operation = next;
    exchange->timeout_ms = left_ms > 1 ? (int)left_ms : 1;
    exchange->sent_mono_ms = now_ms;
    carry_request(exchanges, exchange, &wire, exchange->timeout_ms);
    wire_request_free(&wire);
    return true;
}

static void exchange_deliver(void *owner, void *payload, struct delivery *out) {
    struct exchanges *exchanges = owner;
    struct net_answer *answer = payload;
    struct exchange *exchange = find_exchange(exchanges, answer->number);
    ENSURE(exchange != NULL);
    struct wire_reading reading = {0};
    int64_t took_ms = clock_mono_ms() - exchange->sent_mono_ms;
    read_net_answer(exchanges->config, exchange, answer, &reading);
    bool answered = false;
    out->evidence = exchange_evidence(exchange, answer, &reading, took_ms, &answered);
    log_exchange(exchange, &reading, took_ms, answered, exchanges->trace != NULL);
    count_exchange(exchanges->metrics, exchange, answer, &reading, took_ms);
    exchange_trace(exchanges, out->evidence);
    /* What is not to be believed says nothing to a caller either: no code to pay with. */
    if (exchanges->desk.owner != NULL && reading.tree != NULL &&
        reading.outcome != OUTCOME_MALFORMED)
        exchanges->desk.answered(exchanges->desk.owner, exchange->operation, exchange->sent,
                                 reading.tree);
    bool of_visit = exchange->of_visit;
    out->none = follow_answer(exchanges, exchange, &reading);
    if (!out->none) {
        out->event = answer_event(exchange, answer, &reading);
        clock_sample(&exchanges->clock, exchange, answer, &reading, took_ms, &out->event.of.answer);
        out->document = reading.document;
        forget_exchange(exchanges, exchange);
    }
    wire_reading_free(&reading);
    if (of_visit)
        (void)held_join(&exchanges->held, out);
    explicit_bzero(answer->body, answer->length);
    free(answer->body);
}

static void exchange_drop(void *owner, void *payload) {
    struct net_answer *answer = payload;
    (void)owner;
    free(answer->body);
}

static const struct inbox_kind exchange_kind = {exchange_deliver, exchange_drop};

static void exchange_take(void *context, const struct net_answer *answer) {
    struct exchanges *exchanges = context;
    inbox_post(exchanges->inbox, &exchange_kind, exchanges, answer, sizeof *answer);
}

void exchange_send(struct exchanges *exchanges, const struct effect *effect) {
    ENSURE(inbox_reserve(exchanges->inbox));
    struct exchange *exchange = exchange_begin(exchanges, effect);
    struct wire_request wire = {0};
    if (exchange == NULL) {
        if (!exchanges->full)
            log_write(LOG_WARNING, "exchange", "%d requests under way: others are asked later",
                      exchanges->count);
        exchanges->full = true;
        answer_unsent_exchange(exchanges, effect, OUTCOME_UNKNOWN);
        return;
    }
    if (!build_request(exchanges, effect, exchange, &wire)) {
        forget_exchange(exchanges, exchange);
        answer_unsent_exchange(exchanges, effect, OUTCOME_MALFORMED);
        return;
    }
    exchange->sent = wire.message;
    wire.message = NULL;
    exchange->sent_mono_ms = clock_mono_ms();
    exchange->timeout_ms = (int)effect->of.send.timeout_ms;
    carry_request(exchanges, exchange, &wire, exchange->timeout_ms);
    wire_request_free(&wire);
}

void exchange_start(struct exchanges *exchanges) {
    exchanges->trace = trace_open(exchanges->trace_path);
    exchanges->clock.platform = platform_of_time(exchanges->config);
    exchanges->net = net_start(config_allows_plain(exchanges->config), exchange_take, exchanges);
}

void exchange_stop(struct exchanges *exchanges) {
    if (exchanges->net != NULL)
        net_stop(exchanges->net);
    if (exchanges->vendor != NULL)
        vendor_stop(exchanges->vendor);
    for (int i = 0; i < EXCHANGES_MAX; i++)
        if (exchanges->items[i].used)
            forget_exchange(exchanges, &exchanges->items[i]);
    trace_close(exchanges->trace);
}
