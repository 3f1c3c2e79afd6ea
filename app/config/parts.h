/* What the files of the configuration share. */
#ifndef HOPKIOSK_CONFIG_PARTS_H
#define HOPKIOSK_CONFIG_PARTS_H

#include <cjson/cJSON.h>

#include "app/config/config.h"

/* One loading. The first complaint wins. */
struct config_loading {
    struct config *config;
    char *error;
    size_t error_size;
};

enum config_type {
    CONFIG_TEXT = 0,
    CONFIG_SECRET, /* text that no message shows */
    CONFIG_URL,    /* http:// only to loopback or with allow_plain */
    CONFIG_PATH,   /* of a file: made absolute from the configuration's folder */
    CONFIG_INT,
    CONFIG_INT64,
    CONFIG_FEN,
    CONFIG_HOURS, /* stored as milliseconds */
    CONFIG_BOOL,
    CONFIG_LANGUAGE,
    CONFIG_LIST /* an array or object read by `list` */
};

enum config_need { CONFIG_OPTIONAL = 0, CONFIG_REQUIRED, CONFIG_REQUIRED_IN_SECTION };

struct config_row {
    const char *path; /* "platforms.upp.isv_id" */
    enum config_type type;
    size_t offset; /* in struct config */
    enum config_need need;
    int64_t least, most;  /* numbers */
    const char *fallback; /* texts: NULL is "" */
    bool (*list)(struct config_loading *loading, const char *path, const cJSON *item);
};

extern const struct config_row config_rows[]; /* ended by a NULL path */

/* "path: expected ..., got ..."; always false. `got` NULL: nothing. */
bool config_complain(struct config_loading *loading, const char *path, const cJSON *got,
                     bool secret, const char *expected);
/* A string, {"file": ...} or {"credential": ...}. Caller: free(); NULL after a complaint. */
char *config_string(struct config_loading *loading, const char *path, const cJSON *item,
                    bool secret);
/* The text of a file that only its owner may read. Caller: free(); NULL after a complaint. */
char *config_private_file(struct config_loading *loading, const char *path, const char *file);
bool config_whole(struct config_loading *loading, const char *path, const cJSON *item,
                  int64_t least, int64_t most, int64_t *out);
/* The path from the configuration's folder. Takes `text`; the result is the caller's to free. */
char *config_resolve(const struct config *config, char *text);

bool config_list_panel_mm(struct config_loading *, const char *path, const cJSON *item);
bool config_list_panel_px(struct config_loading *, const char *path, const cJSON *item);
bool config_list_channels(struct config_loading *, const char *path, const cJSON *item);
bool config_list_presets(struct config_loading *, const char *path, const cJSON *item);
bool config_list_hours(struct config_loading *, const char *path, const cJSON *item);
bool config_list_refund_age(struct config_loading *, const char *path, const cJSON *item);
bool config_list_refund_staff(struct config_loading *, const char *path, const cJSON *item);
bool config_list_codes(struct config_loading *, const char *path, const cJSON *item);
bool config_list_devices(struct config_loading *, const char *path, const cJSON *item);
bool config_list_his_paths(struct config_loading *, const char *path, const cJSON *item);
bool config_list_upp_paths(struct config_loading *, const char *path, const cJSON *item);

/* What the rows cannot say. */
bool config_check(struct config_loading *loading);

#endif
