/* What kioskctl asks of a running kiosk. */
#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/shell/parts.h"
#include "app/shell/staff.h"

static cJSON *status(const struct loop *loop) {
    int open = 0;
    for (int i = 0; i < ORDERS_MAX; i++)
        open += loop->core.book.orders[i].run.used && !order_finished(&loop->core.book.orders[i]);
    cJSON *tree = cJSON_CreateObject();
    cJSON_AddStringToObject(tree, "screen", screen_name(loop->core.session.screen));
    cJSON_AddBoolToObject(tree, "in_service", !loop->core.terminal.out_of_service);
    cJSON_AddBoolToObject(tree, "journal_ok", loop->core.book.journal_ok);
    cJSON_AddItemToObject(tree, "open_orders", cJSON_CreateNumber(open));
    cJSON_AddItemToObject(tree, "pid", cJSON_CreateNumber(getpid()));
    return tree;
}

static bool is_configured(const struct loop *loop, enum device_role role) {
    const struct settings_devices *devices = settings_devices(loop->config);
    for (int i = 0; i < devices->count; i++)
        if (devices->items[i].role == role)
            return true;
    return false;
}

static cJSON *devices(const struct loop *loop) {
    cJSON *tree = cJSON_CreateObject();
    cJSON *list = cJSON_AddArrayToObject(tree, "devices");
    for (int role = 0; role < ROLE_COUNT; role++) {
        const struct driver_status *device = &loop->devices[role];
        if (!is_configured(loop, (enum device_role)role))
            continue;
        cJSON *row = cJSON_CreateObject();
        cJSON_AddStringToObject(row, "role", device_role_name((enum device_role)role));
        cJSON_AddStringToObject(row, "device", device_word_name(device->device));
        cJSON_AddStringToObject(row, "supply", supply_word_name(device->supply));
        cJSON_AddStringToObject(row, "media", media_word_name(device->media));
        cJSON_AddStringToObject(row, "detail", device->detail);
        cJSON_AddItemToArray(list, row);
    }
    return tree;
}

static void reply(const struct control_ask *ask, cJSON *tree) {
    char *text = cJSON_PrintUnformatted(tree);
    ENSURE(text != NULL);
    control_reply(ask, text);
    free(text);
    cJSON_Delete(tree);
}

/* The core hears what is asked; its REPLY is the answer. */
static void step(struct loop *loop, const struct control_ask *ask, enum control control) {
    struct event event = {.kind = EVENT_CONTROL,
                          .of.control = {.control = control, .asker = ask->client >= 0}};
    loop->asker = *ask;
    loop_step(loop, &event, NULL);
}

void answering_reply(struct loop *loop) {
    reply(&loop->asker, status(loop));
}

static const char *text_of(const cJSON *tree, const char *name, size_t length_max) {
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(tree, name));
    return text != NULL && text[0] != '\0' && strlen(text) <= length_max ? text : NULL;
}

/* The journal is the pump's: the answer comes when the case stands resolved in it. */
static const char *start_resolving(struct loop *loop, const cJSON *tree) {
    const char *order_no = text_of(tree, "order_no", ORDER_NO_LENGTH);
    const char *case_no = text_of(tree, "case_no", ORDER_CASE_NO_SIZE - 1);
    const char *by = text_of(tree, "by", RESOLVE_TEXT_MAX);
    const char *reason = text_of(tree, "reason", RESOLVE_TEXT_MAX);
    if (order_no == NULL || case_no == NULL || by == NULL || reason == NULL)
        return "{\"error\":\"expected order_no, case_no, by and reason\"}";
    if (loop->journal_pump == NULL)
        return "{\"error\":\"the journal could not be opened\"}";
    if (loop->resolving.busy || !queue_reserve(loop->inbox))
        return "{\"error\":\"busy\"}";
    memcpy(loop->resolving.order_no, order_no, strlen(order_no) + 1);
    struct journal_decision decision = {order_no, case_no, by, reason, clock_wall_ms()};
    journal_pump_resolve(loop->journal_pump, &decision, inbox_take_resolved, loop);
    return NULL;
}

static void resolve(struct loop *loop, const struct control_ask *ask) {
    cJSON *tree = cJSON_Parse(ask->line);
    const char *refused = start_resolving(loop, tree);
    cJSON_Delete(tree);
    if (refused != NULL) {
        control_reply(ask, refused);
        return;
    }
    loop->resolving.busy = true;
    loop->resolving.staff.number = 0;
    loop->resolving.asker = *ask;
}

static void reply_resolved(struct loop *loop, enum journal_result result) {
    cJSON *tree = cJSON_CreateObject();
    cJSON_AddStringToObject(tree, result == JOURNAL_OK ? "resolved" : "error",
                            journal_result_text(result));
    reply(&loop->resolving.asker, tree);
}

void answering_resolved(struct loop *loop, enum journal_result result) {
    struct event_staff staff = loop->resolving.staff;
    loop->resolving.busy = false;
    if (result == JOURNAL_OK && !loop->quit)
        staff_tell_resolved(loop, loop->resolving.order_no);
    if (staff.number == 0) {
        reply_resolved(loop, result);
        return;
    }
    staff.ok = result == JOURNAL_OK;
    queue_push_reserved(loop->inbox, &(struct item){.kind = ITEM_STAFF, .of.staff = staff});
}

void answering_control(struct loop *loop, const struct control_ask *ask) {
    switch (ask->word) {
    case ASK_STATUS:
        step(loop, ask, CONTROL_STATUS);
        return;
    case ASK_DEVICES:
        reply(ask, devices(loop));
        return;
    case ASK_OUT_OF_SERVICE:
        step(loop, ask, CONTROL_OUT_OF_SERVICE);
        return;
    case ASK_IN_SERVICE:
        step(loop, ask, CONTROL_IN_SERVICE);
        return;
    case ASK_QUIT:
        step(loop, ask, CONTROL_QUIT);
        return;
    case ASK_RESOLVE:
        resolve(loop, ask);
        return;
    case ASK_NOT_UNDERSTOOD:
    case ASK_COUNT:
        control_reply(ask, "{\"error\":\"not understood\"}");
        return;
    }
}
