/* `platforms.amp` */
#include <string.h>

#include "app/config/trust.h"
#include "app/platform/amp/amp.h"

#define KEY_LENGTH 16 /* of app_id: it is the key that the message's key is made with */

static bool read_amp_paths(struct config_loading *loading, const char *path, const cJSON *item,
                           void *section) {
    return config_paths_read(loading, path, item, amp_table,
                             &((struct amp_config *)section)->paths);
}

static bool wants_text(struct config_loading *loading, const char *path, const char *value) {
    return value[0] != '\0' || config_complain(loading, path, NULL, false, "a value (required)");
}

static bool choose_backend(struct config_loading *loading, struct amp_config *amp) {
    bool gb18030 = strcmp(amp->encoding_word, "GB18030") == 0;
    amp->by_library = strcmp(amp->backend_word, "library") == 0;
    if (!amp->by_library && strcmp(amp->backend_word, "http") != 0)
        return config_wrong(loading, "platforms.amp.backend", "http or library", amp->backend_word);
    if (!gb18030 && strcmp(amp->encoding_word, "UTF-8") != 0)
        return config_wrong(loading, "platforms.amp.library_encoding", "UTF-8 or GB18030",
                            amp->encoding_word);
    amp->vendor = (struct wire_library){.path = amp->library,
                                        .function = "MobileTrans",
                                        .encoding = gb18030 ? WIRE_GB18030 : WIRE_UTF8};
    amp->keys = (struct sealed_keys){amp->app_id, amp->app_key, NULL, NULL, NULL};
    return true;
}

static bool check_members(struct config_loading *loading, const struct amp_config *amp) {
    if (!wants_text(loading, "platforms.amp.server_addr", amp->server_addr) ||
        !wants_text(loading, "platforms.amp.app_id", amp->app_id) ||
        !wants_text(loading, "platforms.amp.app_key", amp->app_key))
        return false;
    if (amp->by_library)
        return wants_text(loading, "platforms.amp.library", amp->library) &&
               wants_text(loading, "platforms.amp.org_id", amp->org_id);
    return strlen(amp->app_id) >= KEY_LENGTH ||
           config_wrong(loading, "platforms.amp.app_id",
                        "at least 16 characters: the message's key is made with them", amp->app_id);
}

static bool check_amp(struct config_loading *loading, void *section) {
    struct amp_config *amp = section;
    bool absent = amp->server_addr[0] == '\0' && amp->app_id[0] == '\0' && amp->library[0] == '\0';
    return choose_backend(loading, amp) &&
           config_check_trust(loading, "platforms.amp", &amp->trust) &&
           (absent || check_members(loading, amp));
}

static void release_amp(void *section) {
    config_paths_release(&((struct amp_config *)section)->paths);
}

#define AT(member) .offset = offsetof(struct amp_config, member)
static const struct config_row amp_rows[] = {
    {"platforms.amp.server_addr", CONFIG_URL, AT(server_addr)},
    {"platforms.amp.app_id", CONFIG_TEXT, AT(app_id)},
    {"platforms.amp.app_key", CONFIG_SECRET, AT(app_key)},
    {"platforms.amp.org_id", CONFIG_TEXT, AT(org_id)},
    {"platforms.amp.org_secret", CONFIG_SECRET, AT(org_secret)},
    {"platforms.amp.his_cust_type", CONFIG_TEXT, AT(his_cust_type), .fallback = "01"},
    {"platforms.amp.backend", CONFIG_TEXT, AT(backend_word), .fallback = "http"},
    {"platforms.amp.library", CONFIG_PATH, AT(library)},
    {"platforms.amp.library_encoding", CONFIG_TEXT, AT(encoding_word), .fallback = "GB18030"},
    {"platforms.amp.paths", CONFIG_LIST, .list = read_amp_paths},
    CONFIG_TRUST_ROWS("platforms.amp", struct amp_config, trust),
    {0}};

const struct config_section amp_section = {.size = sizeof(struct amp_config),
                                           .rows = amp_rows,
                                           .check = check_amp,
                                           .release = release_amp};

bool amp_serves_kiosk(const struct config *config) {
    return amp_config(config)->server_addr[0] != '\0';
}

const struct wire_trust *amp_trust(const struct config *config) {
    return &amp_config(config)->trust;
}

const struct amp_config *amp_config(const struct config *config) {
    return config_section(config, &amp_section);
}
