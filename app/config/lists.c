/* The configuration's arrays and maps. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"
#include "app/config/parts.h"
#include "app/platform/platform.h"
#include "app/wire/json.h"
#include "drivers/usb/driver.h"

#define PATH_SIZE 96    /* "devices[0]" */
#define MEMBER_SIZE 160 /* "devices[0].driver" */

/* Every member of a row is known; "devices[0].x: no such member". */
static bool only_known(struct config_loading *loading, const char *path, const cJSON *row,
                       const char *const *known) {
    if (!cJSON_IsObject(row))
        return config_complain(loading, path, row, false, "an object");
    const cJSON *member;
    cJSON_ArrayForEach(member, row) {
        const char *const *name = known;
        while (*name != NULL && strcmp(*name, member->string) != 0)
            name++;
        if (*name != NULL)
            continue;
        snprintf(loading->error, loading->error_size, "%s.%.60s: no such member", path,
                 member->string);
        return false;
    }
    return true;
}

/* The index of a word in `words` (ended by NULL); -1 after a complaint. */
static int word_of(struct config_loading *loading, const char *path, const cJSON *item,
                   const char *const *words) {
    const char *text = cJSON_IsString(item) ? item->valuestring : "";
    char expected[160] = "one of";
    for (int i = 0; words[i] != NULL; i++) {
        if (words[i][0] != '\0' && strcmp(words[i], text) == 0)
            return i;
        size_t used = strlen(expected);
        if (words[i][0] != '\0')
            snprintf(expected + used, sizeof expected - used, " %s", words[i]);
    }
    (void)config_complain(loading, path, item, false, expected);
    return -1;
}

static bool is_array(struct config_loading *loading, const char *path, const cJSON *item,
                     int count_max) {
    if (cJSON_IsArray(item) && cJSON_GetArraySize(item) <= count_max)
        return true;
    char expected[48];
    snprintf(expected, sizeof expected, "an array of at most %d", count_max);
    return config_complain(loading, path, item, false, expected);
}

static bool read_pair(struct config_loading *loading, const char *path, const cJSON *item, int most,
                      int *width, int *height) {
    int64_t first, second;
    if (!cJSON_IsArray(item) || cJSON_GetArraySize(item) != 2)
        return config_complain(loading, path, item, false, "[width, height]");
    if (!config_whole(loading, path, item->child, 1, most, &first) ||
        !config_whole(loading, path, item->child->next, 1, most, &second))
        return false;
    *width = (int)first;
    *height = (int)second;
    return true;
}

bool config_list_panel_mm(struct config_loading *loading, const char *path, const cJSON *item) {
    return read_pair(loading, path, item, 3000, &loading->config->terminal.panel_width_mm,
                     &loading->config->terminal.panel_height_mm);
}

bool config_list_panel_px(struct config_loading *loading, const char *path, const cJSON *item) {
    return read_pair(loading, path, item, 7680, &loading->config->terminal.width,
                     &loading->config->terminal.height);
}

bool config_list_channels(struct config_loading *loading, const char *path, const cJSON *item) {
    static const char *const names[CHANNEL_COUNT + 1] = {"",      "wechat", "alipay", "unionpay",
                                                         "phone", "card",   NULL};
    struct config *config = loading->config;
    if (!is_array(loading, path, item, CHANNEL_COUNT - 1))
        return false;
    config->channel_count = 0;
    memset(config->policy.channels, 0, sizeof config->policy.channels);
    const cJSON *name;
    cJSON_ArrayForEach(name, item) {
        int channel = word_of(loading, path, name, names);
        if (channel < 0)
            return false;
        if (config->policy.channels[channel])
            return config_complain(loading, path, name, false, "each channel once");
        config->policy.channels[channel] = true;
        config->channels[config->channel_count++] = (enum channel)channel;
    }
    return true;
}

bool config_list_presets(struct config_loading *loading, const char *path, const cJSON *item) {
    struct fen *presets = loading->config->policy.amount_presets;
    const int count_max = sizeof loading->config->policy.amount_presets / sizeof *presets;
    if (!is_array(loading, path, item, count_max))
        return false;
    memset(presets, 0, (size_t)count_max * sizeof *presets);
    const cJSON *amount;
    cJSON_ArrayForEach(amount, item) {
        int64_t fen;
        if (!config_whole(loading, path, amount, 1, MONEY_MAX_FEN, &fen))
            return false;
        (presets++)->fen = fen;
    }
    return true;
}

/* An optional whole number of a row; `fallback` when it is absent. */
static bool row_whole(struct config_loading *loading, const char *path, const cJSON *row,
                      const char *name, int64_t most, int64_t fallback, int64_t *out) {
    char full[PATH_SIZE];
    const cJSON *item = wire_member(row, name);
    snprintf(full, sizeof full, "%.60s.%s", path, name);
    *out = fallback;
    return item == NULL || config_whole(loading, full, item, 0, most, out);
}

static bool row_flag(struct config_loading *loading, const char *path, const cJSON *row,
                     const char *name, bool *out) {
    char full[PATH_SIZE];
    const cJSON *item = wire_member(row, name);
    snprintf(full, sizeof full, "%.60s.%s", path, name);
    *out = cJSON_IsTrue(item);
    return item == NULL || cJSON_IsBool(item) ||
           config_complain(loading, full, item, false, "true or false");
}

static int row_word(struct config_loading *loading, const char *path, const cJSON *row,
                    const char *name, const char *const *words) {
    char full[PATH_SIZE];
    snprintf(full, sizeof full, "%.60s.%s", path, name);
    return word_of(loading, full, wire_member(row, name), words);
}

static bool read_code(struct config_loading *loading, const char *path, const cJSON *row,
                      struct code_rule *rule) {
    static const char *const known[] = {"kind",       "prefix",      "length", "length_min",
                                        "length_max", "digits_only", NULL};
    static const char *const kinds[IDENTITY_COUNT + 1] = {
        "",          "e_insurance",   "id_card", "social_card", "health_card",
        "wristband", "hospital_card", NULL};
    if (!only_known(loading, path, row, known))
        return false;
    int kind = row_word(loading, path, row, "kind", kinds);
    int64_t length, least, most;
    if (kind < 0 || !row_whole(loading, path, row, "length", TRACE_NO_SIZE - 1, 0, &length) ||
        !row_whole(loading, path, row, "length_min", TRACE_NO_SIZE - 1, length, &least) ||
        !row_whole(loading, path, row, "length_max", TRACE_NO_SIZE - 1, length, &most) ||
        !row_flag(loading, path, row, "digits_only", &rule->digits_only))
        return false;
    if (least < 1 || most < least)
        return config_complain(loading, path, NULL, false, "length, or length_min and length_max");
    const cJSON *prefix = wire_member(row, "prefix");
    const char *text = prefix == NULL ? "" : cJSON_IsString(prefix) ? prefix->valuestring : NULL;
    if (text == NULL || strlen(text) >= sizeof rule->prefix)
        return config_complain(loading, path, prefix, false, "a prefix of at most 15 bytes");
    rule->kind = (enum identity_kind)kind;
    rule->length_min = (uint8_t)least;
    rule->length_max = (uint8_t)most;
    strcpy(rule->prefix, text);
    return true;
}

bool config_list_codes(struct config_loading *loading, const char *path, const cJSON *item) {
    struct config *config = loading->config;
    char full[PATH_SIZE];
    const cJSON *row;
    if (!is_array(loading, path, item, CODE_RULES_MAX))
        return false;
    cJSON_ArrayForEach(row, item) {
        snprintf(full, sizeof full, "%s[%d]", path, config->code_rule_count);
        if (!read_code(loading, full, row, &config->code_rules[config->code_rule_count]))
            return false;
        config->code_rule_count++;
    }
    return true;
}

/* "0525", as lsusb prints it; absent matches any. */
static bool row_usb_id(struct config_loading *loading, const char *path, const cJSON *row,
                       const char *name, uint16_t *out) {
    char full[PATH_SIZE];
    const cJSON *item = wire_member(row, name);
    const char *text = cJSON_IsString(item) ? item->valuestring : "";
    snprintf(full, sizeof full, "%.60s.%s", path, name);
    *out = 0;
    if (item == NULL)
        return true;
    if (strlen(text) != 4 || text[strspn(text, "0123456789abcdefABCDEF")] != '\0')
        return config_complain(loading, full, item, false, "four hexadecimal digits, as of lsusb");
    *out = (uint16_t)strtoul(text, NULL, 16);
    return true;
}

static bool row_text(struct config_loading *loading, const char *path, const cJSON *row,
                     const char *name, const char **out) {
    char full[PATH_SIZE];
    const cJSON *item = wire_member(row, name);
    snprintf(full, sizeof full, "%.60s.%s", path, name);
    if (item != NULL && !cJSON_IsString(item))
        return config_complain(loading, full, item, false, "a string");
    *out = strdup(item == NULL ? "" : item->valuestring);
    return true;
}

/* The driver of that name, if it drives that role; a complaint that lists those that do. */
static bool is_driver(struct config_loading *loading, const char *path, const cJSON *row,
                      const struct driver_binding *device) {
    char full[MEMBER_SIZE], expected[160] = "a driver of this role:";
    snprintf(full, sizeof full, "%s.driver", path);
    for (const struct usb_driver *const *driver = usb_drivers; *driver != NULL; driver++) {
        size_t used = strlen(expected);
        if ((*driver)->role != device->role)
            continue;
        if (strcmp((*driver)->name, device->driver) == 0)
            return true;
        snprintf(expected + used, sizeof expected - used, " %s", (*driver)->name);
    }
    return config_complain(loading, full, wire_member(row, "driver"), false, expected);
}

static bool row_uid_form(struct config_loading *loading, const char *path, const cJSON *row,
                         enum driver_uid_form *out) {
    static const char *const forms[] = {[DRIVER_UID_HEX] = "hex",
                                        [DRIVER_UID_HEX_REVERSED] = "hex_reversed",
                                        [DRIVER_UID_DECIMAL] = "decimal",
                                        [DRIVER_UID_DECIMAL_REVERSED] = "decimal_reversed",
                                        NULL};
    if (wire_member(row, "uid_form") == NULL)
        return true;
    int form = row_word(loading, path, row, "uid_form", forms);
    *out = form < 0 ? DRIVER_UID_HEX : (enum driver_uid_form)form;
    return form >= 0;
}

static bool row_presenter(struct config_loading *loading, const char *path, const cJSON *row,
                          enum driver_presenter *out) {
    static const char *const kinds[] = {[DRIVER_PRESENTER_BY_ID] = "by_id",
                                        [DRIVER_PRESENTER_NONE] = "none",
                                        [DRIVER_PRESENTER_CUSTOM_KPM] = "custom_kpm",
                                        [DRIVER_PRESENTER_CITIZEN_PPU] = "citizen_ppu",
                                        NULL};
    if (wire_member(row, "presenter") == NULL)
        return true;
    int kind = row_word(loading, path, row, "presenter", kinds);
    *out = kind < 0 ? DRIVER_PRESENTER_BY_ID : (enum driver_presenter)kind;
    return kind >= 0;
}

/* A whole number from `least` to `most`; absent: 0, and `given` (may be NULL) says so. */
static bool row_number(struct config_loading *loading, const char *path, const cJSON *row,
                       const char *name, int64_t least, int64_t most, uint8_t *out, bool *given) {
    char full[PATH_SIZE];
    const cJSON *item = wire_member(row, name);
    int64_t value = 0;
    snprintf(full, sizeof full, "%.60s.%s", path, name);
    if (item != NULL && !config_whole(loading, full, item, least, most, &value))
        return false;
    *out = (uint8_t)value;
    if (given != NULL)
        *given = item != NULL;
    return true;
}

static bool row_baud(struct config_loading *loading, const char *path, const cJSON *row,
                     uint32_t *out) {
    static const uint32_t usual[] = {300,   600,   1200,  2400,   4800,   9600,   14400, 19200,
                                     28800, 38400, 57600, 115200, 230400, 460800, 921600};
    char full[PATH_SIZE], expected[160] = "one of";
    const cJSON *item = wire_member(row, "baud");
    int64_t value;
    snprintf(full, sizeof full, "%.60s.baud", path);
    if (item == NULL)
        return true;
    if (!config_whole(loading, full, item, 300, 921600, &value))
        return false;
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) {
        size_t used = strlen(expected);
        if (value == usual[i]) {
            *out = usual[i];
            return true;
        }
        snprintf(expected + used, sizeof expected - used, " %u", usual[i]);
    }
    return config_complain(loading, full, item, false, expected);
}

static bool row_line(struct config_loading *loading, const char *path, const cJSON *row,
                     struct driver_line *out) {
    static const char *const parities[] = {
        [DRIVER_PARITY_NONE] = "none",   [DRIVER_PARITY_ODD] = "odd",
        [DRIVER_PARITY_EVEN] = "even",   [DRIVER_PARITY_MARK] = "mark",
        [DRIVER_PARITY_SPACE] = "space", NULL};
    if (!row_baud(loading, path, row, &out->baud) ||
        !row_number(loading, path, row, "bits", 5, 8, &out->bits, NULL) ||
        !row_number(loading, path, row, "stop", 1, 2, &out->stop, NULL))
        return false;
    if (wire_member(row, "parity") == NULL)
        return true;
    int parity = row_word(loading, path, row, "parity", parities);
    out->parity = parity < 0 ? DRIVER_PARITY_NONE : (enum driver_parity)parity;
    return parity >= 0;
}

/* The bank's number of a terminal or merchant, as long as its field at most. */
static bool row_bank_no(struct config_loading *loading, const char *path, const cJSON *row,
                        const char *name, size_t most, const char **out) {
    char full[PATH_SIZE], expected[48];
    snprintf(full, sizeof full, "%.60s.%s", path, name);
    snprintf(expected, sizeof expected, "at most %zu characters", most);
    return row_text(loading, path, row, name, out) &&
           (strlen(*out) <= most ||
            config_complain(loading, full, wire_member(row, name), false, expected));
}

static bool read_device(struct config_loading *loading, const char *path, const cJSON *row,
                        struct driver_binding *device) {
    static const char *const known[] = {
        "role",      "driver",   "vid",       "pid",      "port",        "interface",
        "baud",      "bits",     "parity",    "stop",     "terminal_no", "merchant_no",
        "head_dots", "gbk_only", "presenter", "uid_form", NULL};
    static const char *const roles[ROLE_COUNT + 1] = {"scanner",     "printer", "id_reader",
                                                      "card_reader", "pinpad",  NULL};
    int64_t head_dots;
    if (!only_known(loading, path, row, known))
        return false;
    int role = row_word(loading, path, row, "role", roles);
    if (role < 0 || !row_text(loading, path, row, "driver", &device->driver) ||
        !row_text(loading, path, row, "port", &device->port) ||
        !row_usb_id(loading, path, row, "vid", &device->vid) ||
        !row_usb_id(loading, path, row, "pid", &device->pid) ||
        !row_number(loading, path, row, "interface", 0, 255, &device->interface,
                    &device->interface_given) ||
        !row_line(loading, path, row, &device->line) ||
        !row_bank_no(loading, path, row, "terminal_no", 8, &device->terminal_no) ||
        !row_bank_no(loading, path, row, "merchant_no", 15, &device->merchant_no) ||
        !row_whole(loading, path, row, "head_dots", 1024, 576, &head_dots) ||
        !row_flag(loading, path, row, "gbk_only", &device->gbk_only) ||
        !row_presenter(loading, path, row, &device->presenter) ||
        !row_uid_form(loading, path, row, &device->uid_form))
        return false;
    device->role = (enum device_role)role;
    device->head_dots = (int)head_dots;
    return is_driver(loading, path, row, device);
}

bool config_list_devices(struct config_loading *loading, const char *path, const cJSON *item) {
    struct config *config = loading->config;
    char full[PATH_SIZE];
    const cJSON *row;
    if (!is_array(loading, path, item, CONFIG_DEVICES_MAX))
        return false;
    cJSON_ArrayForEach(row, item) {
        snprintf(full, sizeof full, "%s[%d]", path, config->device_count);
        /* Counted first: what a refused row has allocated is freed with the rest. */
        if (!read_device(loading, full, row, &config->devices[config->device_count++]))
            return false;
    }
    return true;
}

static bool is_operation(const char *platform, const char *name) {
    const struct platform_operation *operation = platform_by_name(platform)->operations;
    while (operation->name != NULL && strcmp(operation->name, name) != 0)
        operation++;
    return operation->name != NULL;
}

static bool read_paths(struct config_loading *loading, const char *path, const cJSON *item,
                       const char *platform, struct config_path *paths, int *count) {
    char full[MEMBER_SIZE];
    const cJSON *member;
    if (!cJSON_IsObject(item))
        return config_complain(loading, path, item, false, "an object of operation: path");
    cJSON_ArrayForEach(member, item) {
        snprintf(full, sizeof full, "%s.%.40s", path, member->string);
        if (*count >= CONFIG_PATHS_MAX || !is_operation(platform, member->string)) {
            snprintf(loading->error, loading->error_size, "%s: no such member", full);
            return false;
        }
        if (!cJSON_IsString(member) || member->valuestring[0] != '/')
            return config_complain(loading, full, member, false, "a path that begins with /");
        paths[*count].operation = strdup(member->string);
        paths[(*count)++].path = strdup(member->valuestring);
    }
    return true;
}

bool config_list_his_paths(struct config_loading *loading, const char *path, const cJSON *item) {
    return read_paths(loading, path, item, "his", loading->config->his.paths,
                      &loading->config->his.path_count);
}

bool config_list_upp_paths(struct config_loading *loading, const char *path, const cJSON *item) {
    return read_paths(loading, path, item, "upp", loading->config->upp.paths,
                      &loading->config->upp.path_count);
}
