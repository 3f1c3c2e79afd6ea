/* The configuration: one JSON file, checked whole at start. An error names the member and what was
 * expected: `platforms.upp.isv_id: expected an integer, got "x"`; unknown members are errors. Any
 * string may be {"file": "path"} (relative to the configuration's folder; owner-only, a wider mode
 * is refused; one newline at its end is dropped). */
#ifndef HOPKIOSK_CONFIG_CONFIG_H
#define HOPKIOSK_CONFIG_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/core/core.h"
#include "drivers/driver.h"

#define CONFIG_DEVICES_MAX 12
#define CONFIG_PATHS_MAX 24

struct config_path {
    char *operation, *path;
};

struct config {
    struct {
        char *id, *no, *operator_id, *operator_name, *org_code, *sub_org_code, *hospital_name,
            *role;
        enum language language;
        int panel_width_mm, panel_height_mm, width, height, rotation;
    } terminal;
    struct {
        char *base_url;
        struct config_path paths[CONFIG_PATHS_MAX];
        int path_count;
    } his;
    struct {
        bool present;
        char *base_url, *key;
        int64_t isv_id, partner_id;
        struct config_path paths[CONFIG_PATHS_MAX];
        int path_count;
    } upp;
    struct {
        char *hospital_key; /* the key of patient_key; made at first start when absent, beside the
                               journal, 0600 */
    } privacy;
    enum channel channels[CHANNEL_COUNT]; /* in the order shown */
    int channel_count;
    struct policy policy;
    struct limits limits;
    struct driver_limits driver_limits;
    int code_rule_count;
    struct code_rule code_rules[CODE_RULES_MAX];
    struct driver_binding devices[CONFIG_DEVICES_MAX];
    int device_count;
    char *journal_path;
    struct {
        char *title, *footer;
        bool automatic; /* printed without being asked */
    } receipt;
    struct {
        char *pin_hash;
        char *phone; /* shown on help */
    } staff;
    struct {
        bool raw_calls;
        char *sandbox_url, *usb_socket;
    } bench;
    char *log_path, *trace_path, *control_path; /* trace: the masked wire, "" off */
    bool allow_plain;
    bool secret_inside; /* the file itself holds a secret: it must be its owner's alone */
    char *folder;       /* of the file: relative paths begin there */
};

/* True, or false and the first complaint in `error`. */
__attribute__((warn_unused_result)) bool config_load(const char *path, struct config *out,
                                                     char *error, size_t error_size);
void config_free(struct config *config);
/* privacy.hospital_key where the file names none: read from `hospital.key` beside the journal, made
 * there (0600) when it is not yet. False and a sentence in `error`. */
__attribute__((warn_unused_result)) bool config_hospital_key(struct config *config, char *error,
                                                             size_t error_size);
/* The path of an operation: the configured one, else the document's. */
const char *config_path_of(const struct config_path *paths, int count, const char *operation,
                           const char *fallback);

#endif
