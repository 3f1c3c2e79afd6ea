/* `platforms.mmpc` */
#include <string.h>

#include "app/config/trust.h"
#include "app/platform/mmpc/mmpc.h"

#define KEY_LENGTH 16 /* of app_id: it is the key that the message's key is made with */

static bool read_mmpc_paths(struct config_loading *loading, const char *path, const cJSON *item,
                            void *section) {
    return config_paths_read(loading, path, item, mmpc_table,
                             &((struct mmpc_config *)section)->paths);
}

static bool needs_text(struct config_loading *loading, const char *path, const char *value) {
    return value[0] != '\0' || config_complain(loading, path, NULL, false, "a value (required)");
}

/* What nobody pays must go back by itself: the national refund wants the patient's code. */
static bool check_own_part(struct config_loading *loading, struct mmpc_config *mmpc) {
    mmpc->own_part_here = strcmp(mmpc->own_part_word, "terminal") == 0;
    if (mmpc->own_part_here && mmpc->dialect == MMPC_NATIONAL)
        return config_wrong(loading, "platforms.mmpc.own_part", "centre where dialect is national",
                            mmpc->own_part_word);
    return mmpc->own_part_here || strcmp(mmpc->own_part_word, "centre") == 0 ||
           config_wrong(loading, "platforms.mmpc.own_part", "centre or terminal",
                        mmpc->own_part_word);
}

static bool check_words(struct config_loading *loading, struct mmpc_config *mmpc) {
    mmpc->sealed = strcmp(mmpc->envelope_word, "sm2-sm4") == 0;
    mmpc->dialect = strcmp(mmpc->dialect_word, "national") == 0 ? MMPC_NATIONAL : MMPC_DOCUMENT;
    if (!mmpc->sealed && strcmp(mmpc->envelope_word, "none") != 0)
        return config_wrong(loading, "platforms.mmpc.envelope", "none or sm2-sm4",
                            mmpc->envelope_word);
    if (mmpc->dialect == MMPC_DOCUMENT && strcmp(mmpc->dialect_word, "document") != 0)
        return config_wrong(loading, "platforms.mmpc.dialect", "document or national",
                            mmpc->dialect_word);
    return check_own_part(loading, mmpc);
}

static bool check_keys(struct config_loading *loading, struct mmpc_config *mmpc) {
    mmpc->keys = (struct sealed_keys){mmpc->app_id, mmpc->app_secret, mmpc->sm2_private_key,
                                      mmpc->sm2_peer_key, NULL};
    if (!mmpc->sealed)
        return true;
    if (strlen(mmpc->app_id) < KEY_LENGTH)
        return config_wrong(loading, "platforms.mmpc.app_id",
                            "at least 16 characters: the message's key is made with them",
                            mmpc->app_id);
    if (!needs_text(loading, "platforms.mmpc.app_secret", mmpc->app_secret))
        return false;
    if (!sealed_is_private_key(mmpc->sm2_private_key) ||
        !envelope_sm2_public(mmpc->sm2_private_key, mmpc->sm2_public_key))
        return config_complain(loading, "platforms.mmpc.sm2_private_key", NULL, true,
                               "a private key of SM2, 64 hexadecimal digits");
    mmpc->keys.sm2_public = mmpc->sm2_public_key;
    return sealed_is_public_key(mmpc->sm2_peer_key) ||
           config_wrong(loading, "platforms.mmpc.sm2_peer_key",
                        "a public key of SM2, 130 hexadecimal digits (04...)", mmpc->sm2_peer_key);
}

static bool check_mmpc(struct config_loading *loading, void *section) {
    struct mmpc_config *mmpc = section;
    bool absent = mmpc->base_url[0] == '\0' && mmpc->app_id[0] == '\0';
    if (!check_words(loading, mmpc) || !config_check_trust(loading, "platforms.mmpc", &mmpc->trust))
        return false;
    return absent || (needs_text(loading, "platforms.mmpc.base_url", mmpc->base_url) &&
                      needs_text(loading, "platforms.mmpc.app_id", mmpc->app_id) &&
                      (mmpc->dialect == MMPC_DOCUMENT ||
                       needs_text(loading, "platforms.mmpc.org_codg", mmpc->org_codg)) &&
                      check_keys(loading, mmpc));
}

static void release_mmpc(void *section) {
    config_paths_release(&((struct mmpc_config *)section)->paths);
}

#define AT(member) .offset = offsetof(struct mmpc_config, member)
static const struct config_row mmpc_rows[] = {
    {"platforms.mmpc.base_url", CONFIG_URL, AT(base_url)},
    {"platforms.mmpc.decode_url", CONFIG_URL, AT(decode_url)},
    {"platforms.mmpc.app_id", CONFIG_TEXT, AT(app_id)},
    {"platforms.mmpc.app_secret", CONFIG_SECRET, AT(app_secret)},
    {"platforms.mmpc.org_codg", CONFIG_TEXT, AT(org_codg)},
    {"platforms.mmpc.envelope", CONFIG_TEXT, AT(envelope_word), .fallback = "none"},
    {"platforms.mmpc.sm2_private_key", CONFIG_SECRET, AT(sm2_private_key)},
    {"platforms.mmpc.sm2_peer_key", CONFIG_TEXT, AT(sm2_peer_key)},
    {"platforms.mmpc.dialect", CONFIG_TEXT, AT(dialect_word), .fallback = "document"},
    {"platforms.mmpc.own_part", CONFIG_TEXT, AT(own_part_word), .fallback = "centre"},
    {"platforms.mmpc.his_cancel", CONFIG_BOOL, AT(his_cancel)},
    {"platforms.mmpc.paths", CONFIG_LIST, .list = read_mmpc_paths},
    CONFIG_TRUST_ROWS("platforms.mmpc", struct mmpc_config, trust),
    {0}};

static void default_mmpc(void *section) {
    ((struct mmpc_config *)section)->his_cancel = true;
}

const struct config_section mmpc_section = {.size = sizeof(struct mmpc_config),
                                            .rows = mmpc_rows,
                                            .defaults = default_mmpc,
                                            .check = check_mmpc,
                                            .release = release_mmpc};

bool mmpc_serves_kiosk(const struct config *config) {
    return mmpc_config(config)->base_url[0] != '\0';
}

bool mmpc_decodes(const struct config *config) {
    return mmpc_config(config)->decode_url[0] != '\0';
}

bool mmpc_names_person(const struct config *config) {
    return mmpc_config(config)->dialect == MMPC_NATIONAL;
}

bool mmpc_his_cancel(const struct config *config) {
    return mmpc_config(config)->his_cancel;
}

bool mmpc_leaves_own_part(const struct config *config) {
    return mmpc_config(config)->own_part_here;
}

const struct wire_trust *mmpc_trust(const struct config *config) {
    return &mmpc_config(config)->trust;
}

const struct mmpc_config *mmpc_config(const struct config *config) {
    return config_section(config, &mmpc_section);
}
