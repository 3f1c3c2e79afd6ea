/* Section `terminal`: this machine. */
#include "app/config/terminal_rows.h"

#include <string.h>

#include "app/config/list.h"

#define PANEL_MM_MAX 3000
#define PANEL_PX_MAX 7680

static bool read_panel_mm(struct config_loading *loading, const char *path, const cJSON *item,
                          void *section) {
    struct config_terminal *terminal = section;
    return config_pair(loading, path, item, PANEL_MM_MAX, &terminal->panel_width_mm,
                       &terminal->panel_height_mm);
}

static bool read_panel_px(struct config_loading *loading, const char *path, const cJSON *item,
                          void *section) {
    struct config_terminal *terminal = section;
    return config_pair(loading, path, item, PANEL_PX_MAX, &terminal->width, &terminal->height);
}

static void default_terminal(void *section) {
    struct config_terminal *terminal = section;
    terminal->panel_width_mm = 268;
    terminal->panel_height_mm = 476;
    terminal->width = 1080;
    terminal->height = 1920;
    terminal->full_screen = true;
}

/* Of a window: what is laid out in millimetres would be squeezed. In whole numbers, to 5 %. */
static bool is_of_one_shape(const struct config_terminal *terminal) {
    int64_t one = (int64_t)terminal->width * terminal->panel_height_mm;
    int64_t other = (int64_t)terminal->height * terminal->panel_width_mm;
    return one * 100 <= other * 105 && other * 100 <= one * 105;
}

static bool check_terminal(struct config_loading *loading, void *section) {
    const struct config_terminal *terminal = section;
    const char *no = terminal->no, *role = terminal->role;
    if (strlen(no) != 4 || no[strspn(no, "0123456789")] != '\0')
        return config_wrong(loading, "terminal.no", "4 digits", no);
    if (strcmp(role, "kiosk") != 0 && strcmp(role, "cashier") != 0)
        return config_wrong(loading, "terminal.role", "kiosk or cashier", role);
    if (terminal->rotation % 90 != 0)
        return config_wrong(loading, "terminal.rotation", "0, 90, 180 or 270", "another angle");
    if (!terminal->full_screen && !is_of_one_shape(terminal))
        return config_wrong(loading, "terminal.panel_px", "the shape of terminal.panel_mm",
                            "another width for its height");
    /* ORG_*: String(40); the receipt and the journal carry it too. */
    if (strlen(terminal->org_code) > 40 || strlen(terminal->id) > 40)
        return config_wrong(loading, "terminal.org_code, terminal.id", "at most 40 characters",
                            "more");
    return true;
}

#define AT(member) .offset = offsetof(struct config_terminal, member)
static const struct config_row terminal_rows[] = {
    {"terminal.id", CONFIG_TEXT, AT(id), .need = CONFIG_REQUIRED},
    {"terminal.no", CONFIG_TEXT, AT(no), .need = CONFIG_REQUIRED},
    {"terminal.operator_id", CONFIG_TEXT, AT(operator_id)},
    {"terminal.operator_name", CONFIG_TEXT, AT(operator_name)},
    {"terminal.org_code", CONFIG_TEXT, AT(org_code), .need = CONFIG_REQUIRED},
    {"terminal.sub_org_code", CONFIG_TEXT, AT(sub_org_code)},
    {"terminal.hospital_name", CONFIG_TEXT, AT(hospital_name), .need = CONFIG_REQUIRED},
    {"terminal.role", CONFIG_TEXT, AT(role), .fallback = "kiosk"},
    {"terminal.language", CONFIG_LANGUAGE, AT(language)},
    {"terminal.panel_mm", CONFIG_LIST, .list = read_panel_mm},
    {"terminal.panel_px", CONFIG_LIST, .list = read_panel_px},
    {"terminal.rotation", CONFIG_INT, AT(rotation), .most = 270},
    {"terminal.full_screen", CONFIG_BOOL, AT(full_screen)},
    {"terminal.mount_mm", CONFIG_INT, AT(mount_mm), .most = 2000},
    {0}};

const struct config_section config_terminal_section = {.size = sizeof(struct config_terminal),
                                                       .rows = terminal_rows,
                                                       .defaults = default_terminal,
                                                       .check = check_terminal};

const struct config_terminal *config_terminal(const struct config *config) {
    return config_section(config, &config_terminal_section);
}
