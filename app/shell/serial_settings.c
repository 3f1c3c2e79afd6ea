#include "app/shell/serial_settings.h"

#include <stdio.h>
#include <string.h>

#include "app/wire/json.h"

#define TERMINAL_NO_MAX 8
#define MERCHANT_NO_MAX 15

/* A whole number from `least` to `most`; absent: 0, and `given` (may be NULL) says so. */
static bool member_octet(struct config_loading *loading, const char *path, const cJSON *row,
                         const char *name, int64_t least, int64_t most, uint8_t *out, bool *given) {
    char full[CONFIG_LIST_PATH_SIZE];
    const cJSON *item = wire_member(row, name);
    int64_t value = 0;
    config_member_path(path, name, full);
    if (item != NULL && !config_whole(loading, full, item, least, most, &value))
        return false;
    *out = (uint8_t)value;
    if (given != NULL)
        *given = item != NULL;
    return true;
}

static bool member_baud(struct config_loading *loading, const char *path, const cJSON *row,
                        uint32_t *out) {
    static const uint32_t usual[] = {300,   600,   1200,  2400,   4800,   9600,   14400, 19200,
                                     28800, 38400, 57600, 115200, 230400, 460800, 921600};
    char full[CONFIG_LIST_PATH_SIZE], expected[160] = "one of";
    const cJSON *item = wire_member(row, "baud");
    int64_t value;
    config_member_path(path, "baud", full);
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

static bool member_line(struct config_loading *loading, const char *path, const cJSON *row,
                        struct driver_line *out) {
    static const char *const parities[] = {
        [DRIVER_PARITY_NONE] = "none",   [DRIVER_PARITY_ODD] = "odd",
        [DRIVER_PARITY_EVEN] = "even",   [DRIVER_PARITY_MARK] = "mark",
        [DRIVER_PARITY_SPACE] = "space", NULL};
    if (!member_baud(loading, path, row, &out->baud) ||
        !member_octet(loading, path, row, "bits", 5, 8, &out->bits, NULL) ||
        !member_octet(loading, path, row, "stop", 1, 2, &out->stop, NULL))
        return false;
    if (wire_member(row, "parity") == NULL)
        return true;
    int parity = config_member_word(loading, path, row, "parity", parities);
    out->parity = parity < 0 ? DRIVER_PARITY_NONE : (enum driver_parity)parity;
    return parity >= 0;
}

/* The bank's number of a pinpad or merchant, as long as its field at most. */
static bool member_bank_no(struct config_loading *loading, const char *path, const cJSON *row,
                           const char *name, size_t most, const char **out) {
    char full[CONFIG_LIST_PATH_SIZE], expected[48];
    config_member_path(path, name, full);
    snprintf(expected, sizeof expected, "at most %zu characters", most);
    return config_member_text(loading, path, row, name, out) &&
           (strlen(*out) <= most ||
            config_complain(loading, full, wire_member(row, name), false, expected));
}

bool settings_read_serial(struct config_loading *loading, const char *path, const cJSON *row,
                          struct driver_binding *device) {
    return member_octet(loading, path, row, "interface", 0, 255, &device->interface,
                        &device->interface_given) &&
           member_line(loading, path, row, &device->line) &&
           member_bank_no(loading, path, row, "terminal_no", TERMINAL_NO_MAX,
                          &device->terminal_no) &&
           member_bank_no(loading, path, row, "merchant_no", MERCHANT_NO_MAX, &device->merchant_no);
}
