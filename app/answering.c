/* What kioskctl asks of a running kiosk. */
#include <cjson/cJSON.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/log.h"
#include "app/loop_parts.h"

static cJSON *status(const struct loop *loop) {
    int open = 0;
    for (int i = 0; i < ORDERS_MAX; i++) {
        open += loop->core.orders[i].run.used;
    }
    cJSON *tree = cJSON_CreateObject();
    cJSON_AddStringToObject(tree, "screen", screen_name(loop->core.session.screen));
    cJSON_AddBoolToObject(tree, "in_service", !loop->core.out_of_service);
    cJSON_AddBoolToObject(tree, "journal_ok", loop->core.setup.journal_ok);
    cJSON_AddItemToObject(tree, "open_orders", cJSON_CreateNumber(open));
    cJSON_AddItemToObject(tree, "pid", cJSON_CreateNumber(getpid()));
    return tree;
}

static bool is_configured(const struct loop *loop, enum driver_role role) {
    for (int i = 0; i < loop->config->device_count; i++) {
        if (loop->config->devices[i].role == role) {
            return true;
        }
    }
    return false;
}

static cJSON *devices(const struct loop *loop) {
    cJSON *tree = cJSON_CreateObject();
    cJSON *list = cJSON_AddArrayToObject(tree, "devices");
    for (int role = 0; role < DRIVER_ROLE_COUNT; role++) {
        const struct driver_status *device = &loop->devices[role];
        if (!is_configured(loop, (enum driver_role)role)) {
            continue;
        }
        cJSON *row = cJSON_CreateObject();
        cJSON_AddStringToObject(row, "role", driver_role_name((enum driver_role)role));
        cJSON_AddStringToObject(row, "device", driver_device_word(device->device));
        cJSON_AddStringToObject(row, "supply", driver_supply_word(device->supply));
        cJSON_AddStringToObject(row, "media", driver_media_word(device->media));
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

static cJSON *step(struct loop *loop, enum control control) {
    struct event event = {.kind = EVENT_CONTROL, .of.control.control = control};
    loop_step(loop, &event, NULL);
    return status(loop);
}

void answering_control(struct loop *loop, const struct control_ask *ask) {
    switch (ask->word) {
    case ASK_STATUS:
        reply(ask, status(loop));
        return;
    case ASK_DEVICES:
        reply(ask, devices(loop));
        return;
    case ASK_OUT_OF_SERVICE:
        reply(ask, step(loop, CONTROL_OUT_OF_SERVICE));
        return;
    case ASK_IN_SERVICE:
        reply(ask, step(loop, CONTROL_IN_SERVICE));
        return;
    case ASK_QUIT:
        reply(ask, status(loop));
        loop_end(loop, LOOP_OK);
        return;
    case ASK_NOT_UNDERSTOOD:
    case ASK_COUNT:
        control_reply(ask, "{\"error\":\"not understood\"}");
        return;
    }
}
