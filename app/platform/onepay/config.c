/* `platforms.onepay` */
#include <stdlib.h>
#include <string.h>

#include "app/config/trust.h"
#include "app/platform/onepay/onepay.h"
#include "app/wire/json.h"

#define KEY_LENGTH 16 /* of appid: it is the key that the message's key is made with */

/* The index of the word; -1 after a complaint. */
static int pick_word(struct config_loading *loading, const char *path, const char *got,
                     const char *const *words, const char *expected) {
    for (int i = 0; words[i] != NULL; i++)
        if (strcmp(words[i], got) == 0)
            return i;
    (void)config_wrong(loading, path, expected, got);
    return -1;
}

static bool needs(struct config_loading *loading, const char *path, const char *value) {
    return value[0] != '\0' || config_complain(loading, path, NULL, false, "a value (required)");
}

static bool check_back_end(struct config_loading *loading, const struct onepay_config *onepay) {
    if (onepay->backend == ONEPAY_LIBRARY)
        return needs(loading, "platforms.onepay.library", onepay->library);
    if (!needs(loading, "platforms.onepay.serveraddr", onepay->serveraddr) ||
        !needs(loading, "platforms.onepay.appid", onepay->appid) ||
        !needs(loading, "platforms.onepay.appsecret", onepay->appsecret))
        return false;
    bool key = onepay->wire == ONEPAY_ENVELOPE || !onepay->plain;
    return !key || strlen(onepay->appid) >= KEY_LENGTH ||
           config_wrong(loading, "platforms.onepay.appid",
                        "at least 16 characters: the message's key is made with them",
                        onepay->appid);
}

/* A library is told where its platform is and who we are to it, once, before anything else. */
static void set_vendor(struct onepay_config *onepay, enum wire_encoding encoding) {
    if (onepay->serveraddr[0] != '\0') {
        cJSON *message = cJSON_CreateObject();
        cJSON_AddStringToObject(message, "transType", "hop.trade.setinfo");
        cJSON *param = cJSON_AddObjectToObject(message, "param");
        cJSON_AddStringToObject(param, "serveraddr", onepay->serveraddr);
        cJSON_AddStringToObject(param, "appid", onepay->appid);
        cJSON_AddStringToObject(param, "appsecret", onepay->appsecret);
        onepay->vendor_settings = wire_print(message, false);
        cJSON_Delete(message);
    }
    onepay->vendor = (struct wire_library){.path = onepay->library,
                                           .function = "payTrans",
                                           .encoding = encoding,
                                           .settings = onepay->vendor_settings};
}

static bool check_onepay(struct config_loading *loading, void *section) {
    static const char *const backends[] = {"http", "library", NULL};
    static const char *const wires[] = {"gateway", "envelope", NULL};
    static const char *const ciphers[] = {"AES", "Plain", NULL};
    static const char *const encodings[] = {"UTF-8", "GB18030", NULL};
    static const char *const refund_types[] = {"direct", "hisDecide", "prepareAndConfirm", NULL};
    struct onepay_config *onepay = section;
    int backend = pick_word(loading, "platforms.onepay.backend", onepay->backend_word, backends,
                            "http or library");
    int wire = pick_word(loading, "platforms.onepay.wire", onepay->wire_word, wires,
                         "gateway or envelope");
    int cipher = pick_word(loading, "platforms.onepay.encrypt", onepay->encrypt_word, ciphers,
                           "AES or Plain");
    int encoding = pick_word(loading, "platforms.onepay.library_encoding", onepay->encoding_word,
                             encodings, "UTF-8 or GB18030");
    int refund_type = pick_word(loading, "platforms.onepay.refund_type", onepay->refund_type,
                                refund_types, "direct, hisDecide or prepareAndConfirm");
    if (backend < 0 || wire < 0 || cipher < 0 || encoding < 0 || refund_type < 0)
        return false;
    onepay->backend = (enum onepay_backend)backend;
    onepay->wire = (enum onepay_wire)wire;
    onepay->plain = cipher == 1;
    bool absent = backend == ONEPAY_HTTP && onepay->serveraddr[0] == '\0' &&
                  onepay->appid[0] == '\0' && onepay->library[0] == '\0';
    if (!config_check_trust(loading, "platforms.onepay", &onepay->trust) ||
        (!absent && !check_back_end(loading, onepay)))
        return false;
    set_vendor(onepay, (enum wire_encoding)encoding);
    return true;
}

static void release_onepay(void *section) {
    char *settings = ((struct onepay_config *)section)->vendor_settings;
    if (settings != NULL)
        explicit_bzero(settings, strlen(settings));
    free(settings);
}

#define AT(member) .offset = offsetof(struct onepay_config, member)
static const struct config_row onepay_rows[] = {
    {"platforms.onepay.backend", CONFIG_TEXT, AT(backend_word), .fallback = "http"},
    {"platforms.onepay.wire", CONFIG_TEXT, AT(wire_word), .fallback = "gateway"},
    {"platforms.onepay.encrypt", CONFIG_TEXT, AT(encrypt_word), .fallback = "AES"},
    {"platforms.onepay.serveraddr", CONFIG_URL, AT(serveraddr)},
    {"platforms.onepay.appid", CONFIG_TEXT, AT(appid)},
    {"platforms.onepay.appsecret", CONFIG_SECRET, AT(appsecret)},
    {"platforms.onepay.library", CONFIG_PATH, AT(library)},
    {"platforms.onepay.library_encoding", CONFIG_TEXT, AT(encoding_word), .fallback = "GB18030"},
    {"platforms.onepay.refund_type", CONFIG_TEXT, AT(refund_type), .fallback = "direct"},
    {"platforms.onepay.notify_url", CONFIG_TEXT, AT(notify_url)},
    CONFIG_TRUST_ROWS("platforms.onepay", struct onepay_config, trust),
    {0}};

const struct config_section onepay_section = {.size = sizeof(struct onepay_config),
                                              .rows = onepay_rows,
                                              .check = check_onepay,
                                              .release = release_onepay};

const struct wire_trust *onepay_trust(const struct config *config) {
    return &onepay_config(config)->trust;
}

const struct onepay_config *onepay_config(const struct config *config) {
    return config_section(config, &onepay_section);
}

bool onepay_is_configured(const struct config *config) {
    const struct onepay_config *onepay = onepay_config(config);
    return onepay->backend == ONEPAY_LIBRARY || onepay->serveraddr[0] != '\0';
}

bool onepay_refund_untold(const struct config *config) {
    return strcmp(onepay_config(config)->refund_type, "hisDecide") == 0;
}
