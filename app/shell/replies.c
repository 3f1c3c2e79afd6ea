#include "app/shell/replies.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/core/about.h"
#include "app/wire/fields.h"

/* Answers with the tree and frees it. */
static void reply_tree(const struct control_ask *ask, cJSON *tree) {
    char *text = cJSON_PrintUnformatted(tree);
    ENSURE(text != NULL);
    control_reply(ask, text);
    free(text);
    cJSON_Delete(tree);
}

static const char *const fault_words[] = {
    [JOURNAL_SOUND] = "none", [JOURNAL_UNDECIDED] = "undecided", [JOURNAL_UNREAD] = "unread"};

static const char *const clock_words[] = {
    [CLOCK_UNKNOWN] = "unknown", [CLOCK_RIGHT] = "right", [CLOCK_WRONG] = "wrong"};

static void add_reconciled(cJSON *tree, const struct reconciled *found) {
    static const char *const words[] = {[RECONCILED_NONE] = "none",
                                        [RECONCILED_AGREES] = "agrees",
                                        [RECONCILED_DIFFERENCES] = "differences",
                                        [RECONCILED_FAILED] = "failed"};
    char day[CLOCK_TEXT_SIZE], amount[MONEY_TEXT_SIZE];
    if (found->state == RECONCILED_NONE)
        return;
    cJSON *object = cJSON_AddObjectToObject(tree, "recon");
    clock_text(found->day_ms, day);
    day[10] = '\0';
    cJSON_AddStringToObject(object, "day", day);
    cJSON_AddStringToObject(object, "result", words[found->state]);
    fields_add_whole(object, "differences", found->differences);
    cJSON_AddStringToObject(object, "amount", money_format(found->amount, amount));
}

static cJSON *status_tree(const struct core *core) {
    cJSON *tree = cJSON_CreateObject();
    cJSON_AddStringToObject(tree, "screen", screen_name(core_screen(core)));
    cJSON_AddBoolToObject(tree, "in_service", !core->terminal.out_of_service);
    cJSON_AddBoolToObject(tree, "journal_ok", book_journal_usable(&core->book));
    cJSON_AddItemToObject(tree, "open_orders", cJSON_CreateNumber(core_open_orders(core)));
    cJSON_AddStringToObject(tree, "journal_fault", fault_words[core->book.journal_fault]);
    cJSON_AddStringToObject(tree, "clock", clock_words[core->terminal.clock.state]);
    cJSON_AddItemToObject(tree, "clock_ahead_s",
                          cJSON_CreateNumber((int)(core->terminal.clock.ahead_ms / 1000)));
    cJSON_AddBoolToObject(tree, "called", core_staff_called(core));
    cJSON_AddItemToObject(tree, "pid", cJSON_CreateNumber(getpid()));
    add_reconciled(tree, &core->terminal.reconciled);
    return tree;
}

static void add_device_row(cJSON *list, enum device_role role, const char *pos_no,
                           const struct driver_status *status) {
    cJSON *row = cJSON_CreateObject();
    cJSON_AddStringToObject(row, "role", device_role_name(role));
    if (pos_no != NULL)
        cJSON_AddStringToObject(row, "pos_no", pos_no);
    cJSON_AddStringToObject(row, "device", device_word_name(status->device));
    cJSON_AddStringToObject(row, "supply", supply_word_name(status->supply));
    cJSON_AddStringToObject(row, "media", media_word_name(status->media));
    cJSON_AddStringToObject(row, "detail", status->detail);
    cJSON_AddItemToArray(list, row);
}

static cJSON *devices_tree(const struct devices *devices) {
    cJSON *tree = cJSON_CreateObject();
    cJSON *list = cJSON_AddArrayToObject(tree, "devices");
    bool second = (devices_pinpads(devices) & DEVICES_PINPAD_2) != 0;
    for (int i = 0; i < ROLE_COUNT; i++) {
        enum device_role role = (enum device_role)i;
        bool first = role == ROLE_PINPAD && second;
        if (devices_bound(devices, role))
            add_device_row(list, role, first ? "1" : NULL, &devices->status[role]);
    }
    if (second)
        add_device_row(list, ROLE_PINPAD, "2", &devices->second_pinpad);
    return tree;
}

static const char *text_member(const cJSON *tree, const char *name, size_t length_max) {
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(tree, name));
    return text != NULL && text[0] != '\0' && strlen(text) <= length_max ? text : NULL;
}

static void reply_resolved(void *context, enum journal_result result, struct delivery *out) {
    struct replies *replies = context;
    cJSON *tree = cJSON_CreateObject();
    cJSON_AddStringToObject(tree, result == JOURNAL_OK ? "resolved" : "error",
                            journal_result_text(result));
    reply_tree(&replies->resolving, tree);
    out->none = true;
}

/* NULL, or why not. The answer comes when the resolution is in the journal. */
static const char *begin_resolving(struct replies *replies, const cJSON *tree) {
    struct journal_decision decision = {.order_no = text_member(tree, "order_no", ORDER_NO_LENGTH),
                                        .case_no =
                                            text_member(tree, "case_no", ORDER_CASE_NO_SIZE - 1),
                                        .by = text_member(tree, "by", RESOLVE_TEXT_MAX),
                                        .reason = text_member(tree, "reason", RESOLVE_TEXT_MAX),
                                        .wall_ms = clock_wall_ms()};
    decision.how = resolution_named(text_member(tree, "how", RESOLVE_TEXT_MAX));
    if (decision.order_no == NULL || decision.case_no == NULL || decision.by == NULL ||
        decision.reason == NULL || decision.how == RESOLUTION_NONE)
        return "{\"error\":\"expected order_no, case_no, by, how and reason\"}";
    char *evidence =
        cJSON_PrintUnformatted(cJSON_GetObjectItemCaseSensitive(tree, "evidence")); /* or NULL */
    decision.evidence = evidence;
    enum resolve_start started = resolve_case(replies->resolve, &decision, reply_resolved, replies);
    free(evidence);
    switch (started) {
    case RESOLVE_STARTED:
        return NULL;
    case RESOLVE_NO_JOURNAL:
        return "{\"error\":\"the journal could not be opened\"}";
    case RESOLVE_BUSY:
        break;
    }
    return "{\"error\":\"busy\"}";
}

static void reply_resolve(struct replies *replies, const struct control_ask *ask) {
    cJSON *tree = cJSON_Parse(ask->line);
    const char *refused = begin_resolving(replies, tree);
    cJSON_Delete(tree);
    if (refused != NULL)
        control_reply(ask, refused);
    else
        replies->resolving = *ask;
}

/* NULL: the core hears of the order. Without room for it the asker comes again. */
static const char *why_unheard(const struct core *core, enum journal_result result,
                               const char *order_no) {
    switch (result) {
    case JOURNAL_OK:
        return book_may_recheck(&core->book, order_no) ? NULL : "busy";
    case JOURNAL_NOT_FOUND:
        return "no such open order";
    case JOURNAL_CONFLICT:
        return "its receipt is another order's";
    case JOURNAL_BUSY:
        return "stopping";
    default:
        return journal_result_text(result);
    }
}

static void reply_rechecked(void *context, enum journal_result result, const char *order_no) {
    struct replies *replies = context;
    const char *unheard = why_unheard(replies->core, result, order_no);
    cJSON *tree = cJSON_CreateObject();
    cJSON_AddStringToObject(tree, unheard ? "error" : "heard", unheard ? unheard : order_no);
    reply_tree(&replies->rechecking, tree);
}

/* The answer comes when the core has heard of the order. */
static void reply_recheck(struct replies *replies, const struct control_ask *ask) {
    cJSON *tree = cJSON_Parse(ask->line);
    const char *refused = recheck_begin(replies->recheck, tree, reply_rechecked, replies);
    cJSON_Delete(tree);
    if (refused != NULL)
        control_reply(ask, refused);
    else
        replies->rechecking = *ask;
}

static void reply_devices(struct replies *replies, const struct control_ask *ask) {
    reply_tree(ask, devices_tree(replies->devices));
}

static void reply_nonsense(struct replies *replies, const struct control_ask *ask) {
    (void)replies;
    control_reply(ask, "{\"error\":\"not understood\"}");
}

/* The core's number of the asker; 0 for a signal, which waits for no answer. */
static uint32_t remember_asker(struct replies *replies, const struct control_ask *ask) {
    if (ask->client < 0)
        return 0;
    replies->asking = *ask;
    return ++replies->asker;
}

void replies_status(struct replies *replies, uint32_t asker) {
    ENSURE(asker == replies->asker);
    reply_tree(&replies->asking, status_tree(replies->core));
}

/* The words of the control socket: each is an event for the core, or answered here. */
static const struct {
    enum control control;
    void (*here)(struct replies *replies,
                 const struct control_ask *ask); /* NULL: it is for the core */
} reply_ways[ASK_COUNT] = {
    [ASK_STATUS] = {.control = CONTROL_STATUS},
    [ASK_OUT_OF_SERVICE] = {.control = CONTROL_OUT_OF_SERVICE},
    [ASK_IN_SERVICE] = {.control = CONTROL_IN_SERVICE},
    [ASK_QUIT] = {.control = CONTROL_QUIT},
    [ASK_DEVICES] = {.here = reply_devices},
    [ASK_RESOLVE] = {.here = reply_resolve},
    [ASK_RECHECK] = {.here = reply_recheck},
    [ASK_NOT_UNDERSTOOD] = {.here = reply_nonsense},
};

static void replies_deliver(void *owner, void *payload, struct delivery *out) {
    struct replies *replies = owner;
    const struct control_ask *ask = payload;
    ENSURE(ask->word < ASK_COUNT);
    if (reply_ways[ask->word].here != NULL) {
        reply_ways[ask->word].here(replies, ask);
        out->none = true;
        return;
    }
    out->event.kind = EVENT_CONTROL;
    out->event.of.control.control = reply_ways[ask->word].control;
    out->event.of.control.asker = remember_asker(replies, ask);
}

static void replies_drop(void *owner, void *payload) {
    (void)owner;
    control_reply(payload, "{\"error\":\"stopping\"}");
}

static const struct inbox_kind replies_kind = {replies_deliver, replies_drop};

/* Called on the control thread. */
static bool replies_take(void *context, const struct control_ask *ask) {
    struct replies *replies = context;
    return inbox_offer(replies->inbox, &replies_kind, replies, ask, sizeof *ask);
}

void replies_start(struct replies *replies) {
    replies->port = control_start(replies->path, replies_take, replies);
}

void replies_stop(struct replies *replies) {
    if (replies->port != NULL)
        control_stop(replies->port);
}
