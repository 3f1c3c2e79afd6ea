/* Sections `devices` and `driver_limits` of the configuration. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/config/list.h"
#include "app/shell/printer_settings.h"
#include "app/shell/serial_settings.h"
#include "app/shell/settings.h"
#include "app/wire/json.h"
#include "drivers/driver.h"

#define MEMBER_SIZE 160 /* "devices[0].driver" */

/* "0525", as lsusb prints it; absent matches any. */
static bool member_usb_id(struct config_loading *loading, const char *path, const cJSON *row,
                          const char *name, uint16_t *out) {
    char full[CONFIG_LIST_PATH_SIZE];
    const cJSON *item = wire_member(row, name);
    const char *text = cJSON_IsString(item) ? item->valuestring : "";
    config_member_path(path, name, full);
    *out = 0;
    if (item == NULL)
        return true;
    if (strlen(text) != 4 || text[strspn(text, "0123456789abcdefABCDEF")] != '\0')
        return config_complain(loading, full, item, false, "four hexadecimal digits, as of lsusb");
    *out = (uint16_t)strtoul(text, NULL, 16);
    return true;
}

/* The driver of that name if it drives that role; else complains with the names of those that do.
 */
static bool drives_role(struct config_loading *loading, const char *path, const cJSON *row,
                        const struct driver_binding *device) {
    char full[MEMBER_SIZE], expected[160] = "a driver of this role:";
    snprintf(full, sizeof full, "%s.driver", path);
    const char *name;
    for (int n = 0; (name = driver_name(device->role, n)) != NULL; n++) {
        size_t used = strlen(expected);
        if (strcmp(name, device->driver) == 0)
            return true;
        snprintf(expected + used, sizeof expected - used, " %s", name);
    }
    return config_complain(loading, full, wire_member(row, "driver"), false, expected);
}

static bool member_uid_form(struct config_loading *loading, const char *path, const cJSON *row,
                            enum driver_uid_form *out) {
    static const char *const forms[] = {[DRIVER_UID_HEX] = "hex",
                                        [DRIVER_UID_HEX_REVERSED] = "hex_reversed",
                                        [DRIVER_UID_DECIMAL] = "decimal",
                                        [DRIVER_UID_DECIMAL_REVERSED] = "decimal_reversed",
                                        NULL};
    if (wire_member(row, "uid_form") == NULL)
        return true;
    int form = config_member_word(loading, path, row, "uid_form", forms);
    *out = form < 0 ? DRIVER_UID_HEX : (enum driver_uid_form)form;
    return form >= 0;
}

static bool member_place(struct config_loading *loading, const char *path, const cJSON *row,
                         enum ui_spot *out) {
    static const char *const places[] = {"usual", "left", "middle", "right", "below", NULL};
    int place = UI_SPOT_USUAL;
    if (wire_member(row, "place") != NULL)
        place = config_member_word(loading, path, row, "place", places);
    *out = place < 0 ? UI_SPOT_USUAL : (enum ui_spot)place;
    return place >= 0;
}

/* Which pinpad it is, where there are two: PosNo of the desk's callers. */
static bool member_pos_no(struct config_loading *loading, const char *path, const cJSON *row,
                          struct driver_binding *device) {
    static const char *const numbers[] = {"1", "2", NULL};
    if (wire_member(row, "pos_no") == NULL)
        return true;
    if (device->role != ROLE_PINPAD)
        return config_complain(loading, path, NULL, false, "pos_no of a pinpad only");
    device->pos_no = 1 + config_member_word(loading, path, row, "pos_no", numbers);
    return device->pos_no > 0;
}

static bool read_device(struct config_loading *loading, const char *path, const cJSON *row,
                        void *section) {
    static const char *const known[] = {"role",
                                        "driver",
                                        "vid",
                                        "pid",
                                        "port",
                                        "place",
                                        "pos_no",
                                        "uid_form",
                                        SERIAL_SETTINGS_NAMES,
                                        PRINTER_SETTINGS_NAMES,
                                        NULL};
    static const char *const roles[ROLE_COUNT + 1] = {
        "scanner", "printer", "id_reader", "card_reader", "pinpad", "keypad", NULL};
    struct settings_devices *devices = section;
    /* Counted before it is read, so that what a refused row has allocated is freed with the rest.
     */
    struct driver_binding *device = &devices->items[devices->count++];
    if (!config_only_known(loading, path, row, known))
        return false;
    int role = config_member_word(loading, path, row, "role", roles);
    if (role < 0 || !config_member_text(loading, path, row, "driver", &device->driver) ||
        !config_member_text(loading, path, row, "port", &device->port) ||
        !member_usb_id(loading, path, row, "vid", &device->vid) ||
        !member_usb_id(loading, path, row, "pid", &device->pid) ||
        !settings_read_serial(loading, path, row, device) ||
        !settings_read_printer(loading, path, row, device) ||
        !member_uid_form(loading, path, row, &device->uid_form) ||
        !member_place(loading, path, row, &devices->spots[devices->count - 1]))
        return false;
    device->role = (enum device_role)role;
    if (!member_pos_no(loading, path, row, device))
        return false;
    if (role == ROLE_KEYPAD && (!device->vid || !device->pid))
        return config_complain(loading, path, NULL, false,
                               "vid and pid, since a keypad looks like any keyboard");
    return drives_role(loading, path, row, device);
}

static bool read_devices(struct config_loading *loading, const char *path, const cJSON *item,
                         void *section) {
    return config_each(loading, path, item, SETTINGS_DEVICES_MAX, section, read_device);
}

static void release_devices(void *section) {
    struct settings_devices *devices = section;
    for (int i = 0; i < devices->count; i++) {
        free((char *)devices->items[i].driver);
        free((char *)devices->items[i].port);
        free((char *)devices->items[i].terminal_no);
        free((char *)devices->items[i].merchant_no);
    }
}

static void default_driver_limits(void *section) {
    *(struct driver_limits *)section = (struct driver_limits){.poll_ms = 2000,
                                                              .stale_ms = 6000,
                                                              .reconnect_first_ms = 100,
                                                              .reconnect_max_ms = 2000,
                                                              .print_ms = 10000,
                                                              .scan_gap_ms = 60,
                                                              .transfer_ms = 2000,
                                                              .pos_ack_ms = 2000,
                                                              .pos_ms = 120000};
}

#define LIMIT(name)                                                                                \
    {                                                                                              \
        "driver_limits." #name, CONFIG_INT, .offset = offsetof(struct driver_limits, name),        \
                                            .least = 1, .most = 600000                             \
    }
static const struct config_row driver_limit_rows[] = {LIMIT(poll_ms),
                                                      LIMIT(stale_ms),
                                                      LIMIT(reconnect_first_ms),
                                                      LIMIT(reconnect_max_ms),
                                                      LIMIT(print_ms),
                                                      LIMIT(scan_gap_ms),
                                                      LIMIT(transfer_ms),
                                                      LIMIT(pos_ack_ms),
                                                      LIMIT(pos_ms),
                                                      {0}};

const struct config_section settings_driver_limits_section = {.size = sizeof(struct driver_limits),
                                                              .rows = driver_limit_rows,
                                                              .defaults = default_driver_limits};

const struct driver_limits *settings_driver_limits(const struct config *config) {
    return config_section(config, &settings_driver_limits_section);
}

static const struct config_row device_rows[] = {{"devices", CONFIG_LIST, .list = read_devices},
                                                {0}};

const struct config_section settings_devices_section = {
    .size = sizeof(struct settings_devices), .rows = device_rows, .release = release_devices};

const struct settings_devices *settings_devices(const struct config *config) {
    return config_section(config, &settings_devices_section);
}
