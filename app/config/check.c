/* What the table of members cannot say: forms of texts, and members that depend on each other. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"
#include "app/base/pin.h"
#include "app/config/parts.h"

static bool wrong(struct config_loading *loading, const char *path, const char *expected,
                  const char *got) {
    snprintf(loading->error, loading->error_size, "%s: expected %s, got \"%.60s\"", path, expected,
             got);
    return false;
}

static bool is_loopback(const char *host) {
    size_t length = host[0] == '[' ? strcspn(host, "]") + 1 : strcspn(host, ":/");
    static const char *const names[] = {"localhost", "127.0.0.1", "[::1]"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strlen(names[i]) == length && strncmp(names[i], host, length) == 0)
            return true;
    return false;
}

static bool check_url(struct config_loading *loading, const char *path, const char *url) {
    if (url[0] == '\0')
        return true;
    bool secure = strncmp(url, "https://", 8) == 0, plain = strncmp(url, "http://", 7) == 0;
    if ((!secure && !plain) || strpbrk(url, " \t\r\n@?#") != NULL || strlen(url) > 200)
        return wrong(loading, path, "https://host[:port][/path]", url);
    if (plain && !is_loopback(url + 7) && !loading->config->allow_plain)
        return wrong(loading, path, "https:// (http:// leaves this machine only with allow_plain)",
                     url);
    return true;
}

static bool check_terminal(struct config_loading *loading) {
    const struct config *config = loading->config;
    const char *no = config->terminal.no, *role = config->terminal.role;
    if (strlen(no) != 4 || no[strspn(no, "0123456789")] != '\0')
        return wrong(loading, "terminal.no", "4 digits", no);
    if (strcmp(role, "kiosk") != 0 && strcmp(role, "cashier") != 0)
        return wrong(loading, "terminal.role", "kiosk or cashier", role);
    if (config->terminal.rotation % 90 != 0)
        return wrong(loading, "terminal.rotation", "0, 90, 180 or 270", "another angle");
    /* ORG_*: String(40); the receipt and the journal carry it too. */
    if (strlen(config->terminal.org_code) > 40 || strlen(config->terminal.id) > 40)
        return wrong(loading, "terminal.org_code, terminal.id", "at most 40 characters", "more");
    return true;
}

/* Beside the journal, so that one folder holds what the kiosk remembers. */
static void default_control_path(struct config *config) {
    if (config->control_path[0] != '\0')
        return;
    free(config->control_path);
    const char *slash = strrchr(config->journal_path, '/');
    int folder = slash == NULL ? 0 : (int)(slash - config->journal_path) + 1;
    ENSURE(asprintf(&config->control_path, "%.*scontrol.sock", folder, config->journal_path) > 0);
}

bool config_check(struct config_loading *loading) {
    struct config *config = loading->config;
    for (const struct config_row *row = config_rows; row->path != NULL; row++)
        if (row->type == CONFIG_URL &&
            !check_url(loading, row->path, *(char **)((char *)config + row->offset)))
            return false;
    if (!check_terminal(loading))
        return false;
    if (config->staff.pin_hash[0] != '\0' && !pin_hash_is_valid(config->staff.pin_hash))
        return wrong(loading, "staff.pin_hash", "what kioskctl staff-pin prints",
                     "something else, not shown");
    default_control_path(config);
    return true;
}
