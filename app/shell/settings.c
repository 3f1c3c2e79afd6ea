#include "app/shell/settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"
#include "app/config/code_rules.h"
#include "app/config/privacy.h"
#include "app/config/rules.h"
#include "app/config/section.h"
#include "app/config/terminal_rows.h"
#include "app/fleet/fleet_settings.h"
#include "app/platform/platform.h"
#include "app/shell/recon_settings.h"
#include "app/shell/sound_settings.h"
#include "app/shell/staff_settings.h"
#include "app/wire/metrics_port.h"

/* Default paths are beside the journal, so that one folder holds everything the kiosk keeps. */
static void default_control_path(struct settings *settings) {
    if (settings->control_path[0] != '\0')
        return;
    free(settings->control_path);
    const char *slash = strrchr(settings->journal_path, '/');
    int folder = slash == NULL ? 0 : (int)(slash - settings->journal_path) + 1;
    ENSURE(asprintf(&settings->control_path, "%.*scontrol.sock", folder, settings->journal_path) >
           0);
}

#define DESK_TOKEN_MIN 16

static void default_settings(void *section) {
    struct settings *settings = section;
    settings->receipt.automatic = true;
    settings->desk_window = true;
}

static bool is_keyboard_word(const char *word) {
    return word[0] == '\0' || strcmp(word, "off") == 0 || strcmp(word, "any") == 0;
}

/* Whoever reads the key could stand in for the desk. */
static bool check_key(struct config_loading *loading, const char *path) {
    char *key = config_private_file(loading, "desk.key", path);
    if (key == NULL)
        return false;
    explicit_bzero(key, strlen(key));
    free(key);
    return true;
}

/* Callers of other machines need all of it. */
static bool check_listen(struct config_loading *loading, const struct settings *settings) {
    if (settings->desk_listen[0] == '\0')
        return true;
    if (settings->desk_certificate[0] == '\0')
        return config_wrong(loading, "desk.certificate", "a file, for desk.listen", "nothing");
    if (settings->desk_key[0] == '\0')
        return config_wrong(loading, "desk.key", "a file, for desk.listen", "nothing");
    if (!check_key(loading, settings->desk_key))
        return false;
    if (strlen(settings->desk_token) < DESK_TOKEN_MIN)
        return config_wrong(loading, "desk.token", "at least 16 characters, for desk.listen",
                            "fewer, not shown");
    return true;
}

static bool check_settings(struct config_loading *loading, void *section) {
    struct settings *settings = section;
    if (!is_keyboard_word(settings->keyboard))
        return config_wrong(loading, "input.keyboard", "off or any", settings->keyboard);
    struct sockaddr_storage at;
    if (settings->metrics_listen[0] != '\0' && !metrics_port_address(settings->metrics_listen, &at))
        return config_wrong(loading, "metrics.listen", "a port of this machine, or ADDRESS:PORT",
                            settings->metrics_listen);
    default_control_path(settings);
    return check_listen(loading, settings);
}

#define AT(member) .offset = offsetof(struct settings, member)
static const struct config_row setting_rows[] = {
    {"journal.path", CONFIG_PATH, AT(journal_path), .fallback = "journal.db"},
    {"receipt.title", CONFIG_TEXT, AT(receipt.title)},
    {"receipt.footer", CONFIG_TEXT, AT(receipt.footer)},
    {"receipt.automatic", CONFIG_BOOL, AT(receipt.automatic)},
    {"staff.people", CONFIG_LIST, .list = settings_read_people},
    {"staff.phone", CONFIG_TEXT, AT(staff.phone)},
    {"bench.raw_calls", CONFIG_BOOL, AT(bench.raw_calls)},
    {"bench.sandbox_url", CONFIG_URL, AT(bench.sandbox_url)},
    {"bench.usb_socket", CONFIG_PATH, AT(bench.usb_socket)},
    {"input.keyboard", CONFIG_TEXT, AT(keyboard)},
    {"log.path", CONFIG_PATH, AT(log_path)},
    {"log.trace", CONFIG_PATH, AT(trace_path)},
    {"control.path", CONFIG_PATH, AT(control_path)},
    {"metrics.listen", CONFIG_TEXT, AT(metrics_listen)},
    {"desk.socket", CONFIG_PATH, AT(desk_socket), .fallback = "/run/hopkiosk/desk.sock"},
    {"desk.listen", CONFIG_TEXT, AT(desk_listen)},
    {"desk.certificate", CONFIG_PATH, AT(desk_certificate)},
    {"desk.key", CONFIG_PATH, AT(desk_key)},
    {"desk.token", CONFIG_SECRET, AT(desk_token)},
    {"desk.window", CONFIG_BOOL, AT(desk_window)},
    {"desk.displays", CONFIG_TEXT, AT(desk_displays)},
    {"desk.drawer", CONFIG_BOOL, AT(desk_drawer)},
    {"desk.second_above_fen", CONFIG_FEN, AT(desk_second_above), .most = 100000000},
    {0}};

const struct config_section settings_section = {.size = sizeof(struct settings),
                                                .rows = setting_rows,
                                                .defaults = default_settings,
                                                .check = check_settings,
                                                .release = settings_release_people};

bool settings_is_bench(const struct settings *settings) {
    return settings->bench.raw_calls || settings->bench.sandbox_url[0] != '\0' ||
           settings->bench.usb_socket[0] != '\0';
}

bool settings_hears_keyboard(const struct settings *settings, const char *role) {
    if (settings->keyboard[0] != '\0')
        return strcmp(settings->keyboard, "any") == 0;
    return strcmp(role, "kiosk") != 0 || settings_is_bench(settings);
}

const struct settings *settings_of(const struct config *config) {
    return config_section(config, &settings_section);
}

void settings_sections(const struct config_section *out[CONFIG_SECTIONS_MAX]) {
    static const struct config_section *const others[] = {
        &config_privacy_section, &config_rules_section,     &settings_driver_limits_section,
        &config_codes_section,   &settings_devices_section, &settings_section,
        &settings_sound_section, &recon_settings_section,   &fleet_settings_section};
    int count = 0;
    out[count++] = &config_terminal_section;
    for (const struct platform *const *platform = platforms; *platform != NULL; platform++)
        out[count++] = (*platform)->section;
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        out[count++] = others[i];
    out[count] = NULL;
}

/* What no section knows alone: whether the paying platform has one code for every wallet. */
static bool check_channels(const struct config *config, char *error, size_t error_size) {
    const bool *channels = config_rules(config)->policy.channels;
    const char *lacks = platform_insurance_lacks(config);
    if (channels[CHANNEL_INSURANCE] && lacks != NULL) {
        snprintf(error, error_size, "channels: expected %s for \"insurance\", got none", lacks);
        return false;
    }
    if (!channels[CHANNEL_ONE] || platform_has_one_code(config))
        return true;
    snprintf(
        error, error_size,
        "channels: expected platforms.onepay, or aggregate_code of platforms.upp, for \"one\", "
        "got none");
    return false;
}

/* The second person is told from the cashier by name: so the cashier is one of those who have one,
 * and there is somebody else. */
static bool check_second(const struct config *config, char *error, size_t error_size) {
    const struct settings *settings = settings_of(config);
    const char *cashier = config_terminal(config)->operator_name;
    bool known = settings->desk_second_above.fen == 0;
    for (int i = 0; i < settings->staff.count; i++)
        known = known || strcmp(settings->staff.people[i].name, cashier) == 0;
    if (!known)
        snprintf(error, error_size,
                 "terminal.operator_name: expected the cashier, by a name of staff.people, for "
                 "desk.second_above_fen, got \"%s\"",
                 cashier);
    else if (settings->desk_second_above.fen > 0 && settings->staff.count < 2)
        snprintf(error, error_size,
                 "staff.people: expected two at least, for desk.second_above_fen");
    else
        return true;
    return false;
}

bool settings_load(const char *path, struct config *out, char *error, size_t error_size) {
    const struct config_section *sections[CONFIG_SECTIONS_MAX];
    settings_sections(sections);
    if (!config_load(path, sections, out, error, error_size))
        return false;
    if (check_channels(out, error, error_size) && check_second(out, error, error_size))
        return true;
    config_free(out);
    return false;
}
