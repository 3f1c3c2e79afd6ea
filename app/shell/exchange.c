#include "app/shell/exchange.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/shell/parts.h"
#include "app/wire/masked.h"

/* Longer evidence (a list of sixty bills) is kept without its answer: the outcome says enough. */
#define EVIDENCE_MAX 16384

static const char *outcome_word(enum outcome outcome) {
    static const char *const words[] = {"unknown", "accepted", "declined", "pending", "malformed"};
    return words[outcome];
}

struct exchange *exchange_begin(struct exchanges *exchanges, const struct effect *effect) {
    if (exchanges->count == EXCHANGES_MAX)
        return NULL;
    uint32_t at = effect->number % EXCHANGES_MAX;
    while (exchanges->items[at].used)
        at = (at + 1) % EXCHANGES_MAX;
    exchanges->count++;
    exchanges->items[at] =
        (struct exchange){.used = true, .number = effect->number, .verb = effect->of.send.verb};
    return &exchanges->items[at];
}

static struct exchange *find(struct exchanges *exchanges, uint32_t number) {
    for (uint32_t i = 0; i < EXCHANGES_MAX; i++) {
        struct exchange *exchange = &exchanges->items[(number + i) % EXCHANGES_MAX];
        if (exchange->used && exchange->number == number)
            return exchange;
    }
    return NULL;
}

static void forget(struct exchanges *exchanges, struct exchange *exchange) {
    cJSON_Delete(exchange->sent);
    *exchange = (struct exchange){0};
    exchanges->count--;
}

struct exchange exchange_end(struct exchanges *exchanges, uint32_t number) {
    struct exchange *exchange = find(exchanges, number), ended = {0};
    if (exchange != NULL) {
        ended = *exchange;
        ended.sent = NULL; /* freed with its place */
        forget(exchanges, exchange);
    }
    return ended;
}

void exchanges_free(struct exchanges *exchanges) {
    for (int i = 0; i < EXCHANGES_MAX; i++)
        if (exchanges->items[i].used)
            forget(exchanges, &exchanges->items[i]);
}

/* Nothing left this machine: what was asked is not known, and surely never reached anybody. */
static void answer_unsent(struct loop *loop, const struct effect *effect, enum outcome outcome) {
    struct item item = {.kind = ITEM_EVENT,
                        .of.event = {.kind = EVENT_ANSWER,
                                     .of.answer = {.request = effect->number,
                                                   .verb = effect->of.send.verb,
                                                   .outcome = outcome}}};
    queue_push_reserved(loop->inbox, &item);
}

static const struct platform *request_of(struct loop *loop, const struct effect *effect,
                                         const char **operation, cJSON **members) {
    if (effect->slot == SLOT_SESSION) {
        struct question question = session_question(&loop->core.session, effect->of.send.verb);
        return platform_ask(&question, operation, members);
    }
    struct platform_act act = {.verb = effect->of.send.verb,
                               .order = &loop->core.book.orders[effect->slot],
                               .leg = effect->leg,
                               .claim = effect->claim,
                               .refund = effect->refund,
                               .pay_code = core_pay_code(&loop->core, effect->slot)};
    return platform_compose(loop->config, &act, operation, members);
}

/* False: it cannot be said in the document's words, the log names the member. */
static bool build(struct loop *loop, const struct effect *effect, struct exchange *exchange,
                  struct wire_request *wire) {
    cJSON *members = NULL;
    struct wire_complaint complaint;
    exchange->platform = request_of(loop, effect, &exchange->operation, &members);
    if (exchange->platform == NULL) {
        log_write(LOG_ERROR, "exchange", "nobody to ask for verb %d", (int)effect->of.send.verb);
        return false;
    }
    bool built = exchange->platform->build(loop->config, exchange->operation, members,
                                           clock_wall_ms(), wire, &complaint);
    if (!built)
        log_write(LOG_ERROR, "exchange", "%s", complaint.text);
    cJSON_Delete(members);
    return built;
}

void exchange_send(struct loop *loop, const struct effect *effect) {
    ENSURE(queue_reserve(loop->inbox));
    struct exchange *exchange = exchange_begin(&loop->exchanges, effect);
    struct wire_request wire = {0};
    if (exchange == NULL) {
        log_write(LOG_ERROR, "exchange", "too many requests under way");
        answer_unsent(loop, effect, OUTCOME_UNKNOWN);
        return;
    }
    if (!build(loop, effect, exchange, &wire)) {
        forget(&loop->exchanges, exchange);
        answer_unsent(loop, effect, OUTCOME_MALFORMED);
        return;
    }
    exchange->sent = wire.message;
    wire.message = NULL;
    exchange->sent_mono_ms = clock_mono_ms();
    net_send(loop->net, &(struct net_request){.number = effect->number,
                                              .url = wire.url,
                                              .content_type = wire.content_type,
                                              .body = wire.body,
                                              .body_length = wire.body_length,
                                              .timeout_ms = (int)effect->of.send.timeout_ms});
    wire_request_free(&wire);
}

/* A question that never got an answer of its own. */
static void read_failure(const struct net_answer *answer, struct wire_reading *out) {
    *out = (struct wire_reading){.outcome = OUTCOME_UNKNOWN};
    snprintf(out->code, sizeof out->code, "%d", -answer->curl_code);
    snprintf(out->message, sizeof out->message, "%s", answer->error);
}

static void add_integer(cJSON *evidence, const char *name, int64_t value) {
    char text[24];
    snprintf(text, sizeof text, "%" PRId64, value);
    cJSON_AddRawToObject(evidence, name, text);
}

static void add_masked(cJSON *evidence, const char *name, const cJSON *tree) {
    char *masked = tree == NULL ? NULL : masked_text(tree);
    if (masked != NULL && strlen(masked) < EVIDENCE_MAX)
        cJSON_AddRawToObject(evidence, name, masked);
    free(masked);
}

/* What was asked and answered, as it may be kept. Caller: free(). */
static char *evidence_of(const struct exchange *exchange, const struct net_answer *answer,
                         const struct wire_reading *reading, int64_t took_ms) {
    char operation[96];
    snprintf(operation, sizeof operation, "%s %s", exchange->platform->name, exchange->operation);
    cJSON *evidence = cJSON_CreateObject();
    cJSON_AddStringToObject(evidence, "operation", operation);
    cJSON_AddStringToObject(evidence, "outcome", outcome_word(reading->outcome));
    cJSON_AddStringToObject(evidence, "code", reading->code);
    cJSON_AddStringToObject(evidence, "message", reading->message);
    add_integer(evidence, "http", answer->http_status);
    add_integer(evidence, "ms", took_ms);
    add_masked(evidence, "asked", exchange->sent);
    add_masked(evidence, "answered", reading->tree);
    char *text = cJSON_PrintUnformatted(evidence);
    ENSURE(text != NULL);
    cJSON_Delete(evidence);
    return text;
}

static void log_exchange(const struct exchange *exchange, const struct wire_reading *reading,
                         int64_t took_ms) {
    bool bad = reading->outcome == OUTCOME_UNKNOWN || reading->outcome == OUTCOME_MALFORMED;
    /* A peer's own message may name a person; ours about a bad answer does not. */
    log_write(bad ? LOG_WARNING : LOG_INFO, "exchange", "%s %s: %s [%s] in %" PRId64 " ms%s%s",
              exchange->platform->name, exchange->operation, outcome_word(reading->outcome),
              reading->code, took_ms, bad ? ": " : "", bad ? reading->message : "");
}

static void read_answer(const struct loop *loop, const struct exchange *exchange,
                        const struct net_answer *answer, struct wire_reading *out) {
    if (answer->curl_code != 0) {
        read_failure(answer, out);
    } else {
        exchange->platform->read(loop->config, exchange->operation, exchange->sent,
                                 answer->http_status, answer->body, answer->length, out);
    }
}

static struct event event_of(const struct exchange *exchange, const struct net_answer *answer,
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

void exchange_answered(struct loop *loop, struct net_answer *answer) {
    struct exchange *exchange = find(&loop->exchanges, answer->number);
    ENSURE(exchange != NULL);
    struct wire_reading reading = {0};
    int64_t took_ms = clock_mono_ms() - exchange->sent_mono_ms;
    read_answer(loop, exchange, answer, &reading);
    log_exchange(exchange, &reading, took_ms);
    char *evidence = evidence_of(exchange, answer, &reading, took_ms);
    trace_write(loop->trace, evidence);
    struct event event = event_of(exchange, answer, &reading);
    forget(&loop->exchanges, exchange);
    documents_keep(&loop->documents, reading.document);
    wire_reading_free(&reading);
    explicit_bzero(answer->body, answer->length);
    free(answer->body);
    loop_step(loop, &event, evidence);
    free(evidence);
}
