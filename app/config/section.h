/* How a section declares its members, and what its own checks may use. For owners of sections. */
#ifndef HOPKIOSK_CONFIG_SECTION_H
#define HOPKIOSK_CONFIG_SECTION_H

#include <cjson/cJSON.h>
#include <stdint.h>

#include "app/config/config.h"

/* One loading. Only the first complaint is kept. */
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
    CONFIG_SECONDS, /* stored as milliseconds */
    CONFIG_HOURS,   /* likewise */
    CONFIG_DAYS,    /* likewise */
    CONFIG_BOOL,
    CONFIG_LANGUAGE,
    CONFIG_LIST /* an array or object read by `list` */
};

enum config_need { CONFIG_OPTIONAL = 0, CONFIG_REQUIRED, CONFIG_REQUIRED_IN_SECTION };

/* A member. `list` fills the section's struct. */
struct config_row {
    const char *path; /* from the root: "platforms.upp.isv_id" */
    enum config_type type;
    size_t offset; /* in the section's struct */
    enum config_need need;
    int64_t least, most;  /* numbers */
    const char *fallback; /* texts: NULL is "" */
    bool (*list)(struct config_loading *loading, const char *path, const cJSON *item,
                 void *section);
};

struct config_section {
    size_t size;                   /* of the struct, zeroed before anything is read */
    const struct config_row *rows; /* ended by a NULL path */
    /* Each may be NULL: sets defaults before reading (texts have their row's fallback); checks what
     * rows cannot express; frees what `list` has allocated. */
    void (*defaults)(void *section);
    bool (*check)(struct config_loading *loading, void *section);
    void (*release)(void *section);
};

/* "path: expected ..., got ..."; always false. `got` NULL: nothing. */
bool config_complain(struct config_loading *loading, const char *path, const cJSON *got,
                     bool secret, const char *expected);
/* The same of a text that was read already. */
bool config_wrong(struct config_loading *loading, const char *path, const char *expected,
                  const char *got);
/* "path: no such member"; always false. */
bool config_unknown(struct config_loading *loading, const char *path);
/* A string, {"file": ...} or {"credential": ...}. Caller: free(); NULL after a complaint. */
char *config_string(struct config_loading *loading, const char *path, const cJSON *item,
                    bool secret);
/* The text of a file that only its owner may read. Caller: free(); NULL after a complaint. */
char *config_private_file(struct config_loading *loading, const char *path, const char *file);
bool config_whole(struct config_loading *loading, const char *path, const cJSON *item,
                  int64_t least, int64_t most, int64_t *out);
/* The path from the configuration's folder. Takes `text`; the result is the caller's to free. */
char *config_resolve(const struct config *config, char *text);
/* False after a complaint. */
bool config_check_url(struct config_loading *loading, const char *path, const char *url);

#endif
