/* `read ROLE`: prints the next code or card of a reader, for technicians who connect one. Its
 * content is masked; --whole shows it, for specimens. */
#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/config/code_rules.h"
#include "app/core/terms/mask.h"
#include "app/ctl/ctl.h"
#include "app/ctl/own_devices.h"
#include "app/ctl/read.h"
#include "ui/ids.h"

#define SECONDS_DEFAULT 30
#define READY_MS 5000
#define TEXT_SIZE 512

struct reading {
    enum device_role role;
    bool whole;
    int timeout_ms;
};

/* The text to print. Masked, two characters stay at both ends, to compare with a printed card. */
static const char *text_to_show(const struct reading *reading, const char *text,
                                char out[TEXT_SIZE]) {
    if (reading->whole)
        snprintf(out, TEXT_SIZE, "%s", text);
    else
        mask_middle(text, 2, 2, out, TEXT_SIZE);
    return out;
}

/* Adds what the screens would take the code for, at IDENTIFY and when paying. */
static void add_meaning(cJSON *out, const struct config *config, const char *code) {
    static const char *const identities[IDENTITY_COUNT] = {
        "nothing known", "e-insurance", "ID number",    "social card",
        "health card",   "wristband",   "hospital card"};
    const struct config_codes *codes = config_codes(config);
    enum identity_kind kind = code_identity(codes->rules, codes->count, code);
    enum channel channel = code_pay_channel(code);
    cJSON_AddStringToObject(out, "identify", identities[kind]);
    cJSON_AddStringToObject(out, "pay", channel == CHANNEL_NONE ? "none" : channel_name(channel));
}

static cJSON *scan_said(const struct reading *reading, const struct config *config,
                        const struct driver_event *event) {
    char text[TEXT_SIZE], code[TEXT_SIZE];
    size_t length = event->of.scan.length;
    snprintf(text, sizeof text, "%.*s", (int)length, event->of.scan.text);
    cJSON *out = cJSON_CreateObject();
    cJSON_AddNumberToObject(out, "bytes", (int)length);
    cJSON_AddStringToObject(out, "code", text_to_show(reading, text, code));
    add_meaning(out, config, code_after_aim(text));
    explicit_bzero(text, sizeof text);
    explicit_bzero(code, sizeof code);
    return out;
}

static cJSON *card_said(const struct reading *reading, const struct driver_card *card) {
    static const char *const kinds[] = {"ID card", "social security card", "contactless card"};
    char text[TEXT_SIZE];
    cJSON *out = cJSON_CreateObject();
    bool known = card->kind >= 0 && card->kind < (int)(sizeof kinds / sizeof kinds[0]);
    cJSON_AddStringToObject(out, "card", known ? kinds[card->kind] : "cannot be read");
    cJSON_AddStringToObject(out, "number", text_to_show(reading, card->number, text));
    cJSON_AddStringToObject(out, "id_no", text_to_show(reading, card->id_no, text));
    cJSON_AddStringToObject(out, "name",
                            reading->whole ? card->name : mask_name(card->name, text, sizeof text));
    explicit_bzero(text, sizeof text);
    return out;
}

static void print_reading(const struct ctl *ctl, enum device_role role, cJSON *said) {
    const cJSON *member;
    if (ctl->json) {
        cJSON_AddStringToObject(said, "role", device_role_name(role));
        char *text = cJSON_PrintUnformatted(said);
        puts(text);
        free(text);
    } else {
        cJSON_ArrayForEach(member, said) {
            if (cJSON_IsNumber(member))
                printf("%-9s %d\n", member->string, member->valueint);
            else
                printf("%-9s %s\n", member->string, member->valuestring);
        }
    }
    cJSON_Delete(said);
    fflush(stdout);
}

/* False when nothing was read in time. */
static bool wait_for_one(struct own_devices *devices, const struct reading *reading,
                         struct driver_event *event) {
    int64_t until_ms = clock_mono_ms() + reading->timeout_ms, now_ms;
    usb_arm(own_devices_usb(devices), 1u << reading->role);
    fprintf(stderr, "%s is ready: scan or insert (within %d s)\n", device_role_name(reading->role),
            reading->timeout_ms / 1000);
    while ((now_ms = clock_mono_ms()) < until_ms &&
           own_devices_next(devices, event, (int)(until_ms - now_ms)))
        if (event->role == reading->role &&
            (event->kind == DRIVER_SCAN || event->kind == DRIVER_CARD))
            return true;
    return false;
}

enum ctl_exit read_one(const struct ctl *ctl, const struct config *config,
                       struct own_devices *devices, enum device_role role, bool whole,
                       int timeout_ms) {
    struct reading reading = {role, whole, timeout_ms};
    struct driver_event event;
    if (!wait_for_one(devices, &reading, &event))
        return ctl_say(CTL_UNKNOWN, "%s: nothing was read", device_role_name(role));
    if (event.kind == DRIVER_SCAN && event.of.scan.length == 0)
        return ctl_say(CTL_MALFORMED, "%s: a code that cannot be read", device_role_name(role));
    print_reading(ctl, role,
                  event.kind == DRIVER_SCAN ? scan_said(&reading, config, &event)
                                            : card_said(&reading, &event.of.card));
    explicit_bzero(&event, sizeof event);
    return CTL_OK;
}

static bool role_reads(enum device_role role) {
    return role == ROLE_SCANNER || role == ROLE_ID_READER || role == ROLE_CARD_READER;
}

/* [--whole] [--seconds N] behind the role. */
static bool take_read_options(struct reading *reading, int argc, char **argv) {
    for (int i = 2; i < argc; i++) {
        if (strcmp(argv[i], "--whole") == 0) {
            reading->whole = true;
        } else if (strcmp(argv[i], "--seconds") == 0 && i + 1 < argc) {
            if (!own_devices_seconds(argv[++i], &reading->timeout_ms))
                return false;
        } else {
            ctl_usage("read");
            return false;
        }
    }
    return true;
}

enum ctl_exit ctl_read(struct ctl *ctl, int argc, char **argv) {
    struct reading reading = {.timeout_ms = SECONDS_DEFAULT * 1000};
    if (argc < 2)
        return ctl_usage("read");
    if (!own_devices_role(argv[1], &reading.role) || !take_read_options(&reading, argc, argv))
        return CTL_REFUSED;
    if (!role_reads(reading.role))
        return ctl_say(CTL_REFUSED, "%s reads nothing", argv[1]);
    const struct config *config = ctl_config(ctl);
    struct own_devices *devices = config == NULL ? NULL : own_devices_start(config);
    struct driver_status last;
    if (devices == NULL)
        return CTL_REFUSED;
    enum ctl_exit code =
        own_devices_ready(devices, reading.role, READY_MS, &last)
            ? read_one(ctl, config, devices, reading.role, reading.whole, reading.timeout_ms)
            : ctl_say(CTL_FAILED, "%s: %s %s", argv[1], device_word_name(last.device), last.detail);
    own_devices_stop(devices);
    return code;
}
