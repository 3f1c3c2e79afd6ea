#include "app/shell/devices.h"

#include <string.h>

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/shell/panel.h"

struct device_said {
    enum device_role role;
    int pos_no;
    struct driver_status status;
};

static void devices_deliver(void *owner, void *payload, struct delivery *out) {
    struct devices *devices = owner;
    const struct device_said *said = payload;
    const struct driver_status *status = &said->status;
    bool second = said->role == ROLE_PINPAD && said->pos_no == 2;
    *(second ? &devices->second_pinpad : &devices->status[said->role]) = *status;
    log_write(LOG_INFO, "device", "%s%s: %s, supply %s, media %s%s%s", device_role_name(said->role),
              second ? " 2" : "", device_word_name(status->device),
              supply_word_name(status->supply), media_word_name(status->media),
              status->detail[0] != '\0' ? ": " : "", status->detail);
    out->event.kind = EVENT_DEVICE;
    out->event.of.device =
        (struct event_device){said->role, status->device, status->supply, status->media, second};
}

static const struct inbox_kind devices_kind = {devices_deliver, NULL};

/* No place was reserved: a device speaks when it likes, and a full inbox drops it. */
static void offer_device_item(struct devices *devices, const struct inbox_kind *kind,
                              const void *payload, size_t size) {
    if (!inbox_offer(devices->inbox, kind, devices, payload, size))
        log_write(LOG_WARNING, "inbox", "full: something a device said was dropped");
}

static void offer_status(struct devices *devices, const struct driver_event *event) {
    struct device_said said = {event->role, event->pos_no, event->of.status};
    offer_device_item(devices, &devices_kind, &said, sizeof said);
}

static void offer_scan(struct devices *devices, const struct driver_event *event) {
    struct event scan = {.kind = EVENT_SCAN};
    size_t length = event->of.scan.length;
    if (length < SCAN_TEXT_SIZE) {
        scan.of.scan.length = (uint8_t)length;
        memcpy(scan.of.scan.text, event->of.scan.text, length);
    }
    offer_device_item(devices, &inbox_event, &scan, sizeof scan);
    explicit_bzero(&scan, sizeof scan);
}

static void offer_card(struct devices *devices, const struct driver_event *event) {
    static const enum identity_kind kinds[] = {[DRIVER_CARD_ID] = IDENTITY_ID_CARD,
                                               [DRIVER_CARD_SOCIAL] = IDENTITY_SOCIAL_CARD,
                                               [DRIVER_CARD_CONTACTLESS] = IDENTITY_HOSPITAL_CARD};
    const struct driver_card *read = &event->of.card;
    struct event out = {.kind = EVENT_CARD,
                        .of.card = {.kind = kinds[read->kind], .role = event->role}};
    memcpy(out.of.card.number, read->number, sizeof out.of.card.number);
    memcpy(out.of.card.id_no, read->id_no, sizeof out.of.card.id_no);
    memcpy(out.of.card.name, read->name, sizeof out.of.card.name);
    offer_device_item(devices, &inbox_event, &out, sizeof out);
    explicit_bzero(&out, sizeof out);
}

/* A key of the terminal's own keypad as the window knows it: both have names of their own. */
static char window_key(char key) {
    static const struct {
        char keypad, window;
    } keys[] = {{KEYPAD_NEXT, UI_KEY_NEXT},   {KEYPAD_LEFT, UI_KEY_LEFT},
                {KEYPAD_RIGHT, UI_KEY_RIGHT}, {KEYPAD_UP, UI_KEY_UP},
                {KEYPAD_DOWN, UI_KEY_DOWN},   {KEYPAD_AGAIN, UI_KEY_AGAIN}};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (keys[i].keypad == key)
            return keys[i].window;
    return key;
}

static void key_deliver(void *owner, void *payload, struct delivery *out) {
    struct devices *devices = owner;
    char *key = payload;
    out->none = !panel_key(devices->ui, window_key(*key), &out->event);
    *key = 0; /* it may be one of a PIN */
}

static const struct inbox_kind key_kind = {key_deliver, NULL};

static void offer_key(struct devices *devices, const struct driver_event *event) {
    char key = event->of.key;
    offer_device_item(devices, &key_kind, &key, sizeof key);
}

static void offer_greeting(struct devices *devices, const struct driver_event *event) {
    struct event greeting = {.kind = EVENT_PINPAD, .of.pinpad.second = event->pos_no == 2};
    pinpad_known_of(&event->of.greeted, clock_mono_ms(), &greeting.of.pinpad.known);
    offer_device_item(devices, &inbox_event, &greeting, sizeof greeting);
}

static void offer_progress(struct devices *devices, const struct driver_event *event) {
    struct event progress = {.kind = EVENT_PROGRESS,
                             .of.progress = {.request = event->of.progress.id,
                                             .step = (enum card_step)event->of.progress.state}};
    offer_device_item(devices, &inbox_event, &progress, sizeof progress);
}

/* Called on the usb pump's thread. */
static void devices_take(void *context, const struct driver_event *event) {
    struct devices *devices = context;
    switch (event->kind) {
    case DRIVER_STATUS:
        offer_status(devices, event);
        return;
    case DRIVER_SCAN:
        offer_scan(devices, event);
        return;
    case DRIVER_CARD:
        offer_card(devices, event);
        return;
    case DRIVER_PRINTED:
        print_take(devices->print, event);
        return;
    case DRIVER_POS_DONE:
        pinpad_take(devices->pinpad, event);
        return;
    case DRIVER_POS_PROGRESS:
        offer_progress(devices, event);
        return;
    case DRIVER_POS_GREETED:
        offer_greeting(devices, event);
        return;
    case DRIVER_KEY:
        offer_key(devices, event);
        return;
    case DRIVER_PROBED: /* only kioskctl asks */
        return;
    }
}

void devices_start(struct devices *devices) {
    char error[256] = "";
    devices->usb = usb_start(devices->bindings, devices->binding_count, devices->limits,
                             devices_take, devices, error, sizeof error);
    if (devices->usb == NULL)
        log_write(LOG_ERROR, "usb", "no device can be used: %s", error);
    devices->print->usb = devices->usb;
    devices->pinpad->usb = devices->usb;
}

void devices_stop(struct devices *devices) {
    if (devices->usb != NULL)
        usb_stop(devices->usb);
}

void devices_arm(struct devices *devices, enum arm arm) {
    static const uint32_t roles[] = {
        [ARM_NONE] = 0,
        [ARM_IDENTIFY] = 1u << ROLE_SCANNER | 1u << ROLE_ID_READER | 1u << ROLE_CARD_READER,
        [ARM_PAY_CODE] = 1u << ROLE_SCANNER,
    };
    if (devices->usb != NULL)
        usb_arm(devices->usb, roles[arm]);
}

bool devices_bound(const struct devices *devices, enum device_role role) {
    for (int i = 0; i < devices->binding_count; i++)
        if (devices->bindings[i].role == role)
            return true;
    return false;
}

unsigned devices_pinpads_of(const struct driver_binding *bindings, int count) {
    unsigned found = 0;
    for (int i = 0; i < count; i++)
        if (bindings[i].role == ROLE_PINPAD)
            found |= bindings[i].pos_no == 2 ? DEVICES_PINPAD_2 : DEVICES_PINPAD_1;
    return found;
}

unsigned devices_pinpads(const struct devices *devices) {
    return devices_pinpads_of(devices->bindings, devices->binding_count);
}
