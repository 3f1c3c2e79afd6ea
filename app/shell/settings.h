/* The configuration as the programs read it: the list of all sections, and the sections of the
 * shell. */
#ifndef HOPKIOSK_SHELL_SETTINGS_H
#define HOPKIOSK_SHELL_SETTINGS_H

#include "app/config/config.h"
#include "app/core/terms/money.h"
#include "drivers/driver.h"
#include "ui/ui.h"

#define SETTINGS_DEVICES_MAX 12

#define SETTINGS_STAFF_MAX 16
/* One of the staff: whose PIN opens the staff's screen, and what is recorded of who acted there. */
struct settings_person {
    const char *name, *pin_hash;
};

struct settings {
    char *journal_path;
    struct {
        char *title, *footer;
        bool automatic; /* printed without being asked for */
    } receipt;
    struct {
        int count;
        struct settings_person people[SETTINGS_STAFF_MAX]; /* none: no staff screen */
        char *phone;                                       /* shown on help */
    } staff;
    struct {
        bool raw_calls;
        char *sandbox_url, *usb_socket;
    } bench;
    char *desk_socket; /* where window software calls a cashier's desk */
    char *desk_listen; /* where callers of other machines are heard; "" nowhere */
    char *desk_certificate, *desk_key, *desk_token;
    char *desk_displays;          /* the patient's display, by name or by number from 0; "" none */
    bool desk_window;             /* calls open the cashier's window */
    struct fen desk_second_above; /* a refund of more wants a second person; 0: none does */
    bool desk_drawer;             /* a cash drawer hangs at the printer */
    char *keyboard;               /* "off", "any"; "": by the role */
    char *metrics_listen;         /* address of the figures; "": nobody can fetch them */
    char *log_path, *trace_path, *control_path; /* trace: of masked messages; "": off */
};

struct settings_devices {
    int count;
    struct driver_binding items[SETTINGS_DEVICES_MAX];
    enum ui_spot spots[SETTINGS_DEVICES_MAX]; /* where on the machine it is */
};

/* config_load with all sections. */
__attribute__((warn_unused_result)) bool settings_load(const char *path, struct config *out,
                                                       char *error, size_t error_size);
/* All sections, in the order in which they are checked, ended by NULL. */
void settings_sections(const struct config_section *out[CONFIG_SECTIONS_MAX]);

/* True where the configuration is a bench's, so that a developer's window may be closed. */
bool settings_is_bench(const struct settings *settings);
/* True when a terminal of this role hears a real keyboard: a kiosk does not, since anybody may plug
 * one in. */
bool settings_hears_keyboard(const struct settings *settings, const char *role);

const struct settings *settings_of(const struct config *config);
const struct settings_devices *settings_devices(const struct config *config);
const struct driver_limits *settings_driver_limits(const struct config *config);

extern const struct config_section settings_section, settings_devices_section,
    settings_driver_limits_section;

#endif
