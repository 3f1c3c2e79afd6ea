#include "app/shell/printer_settings.h"

#include "app/wire/json.h"

#define HEAD_DOTS_MAX 1024
#define COLUMNS_MAX 80
#define SPEED_MM_S_MAX 1000
#define QUERIES 4 /* DLE EOT 1 to 4 */

/* The index of the word in `words`; `fallback` where there is none. -1 after a complaint. */
static int member_word_if_any(struct config_loading *loading, const char *path, const cJSON *row,
                              const char *name, const char *const *words, int fallback) {
    return wire_member(row, name) == NULL ? fallback
                                          : config_member_word(loading, path, row, name, words);
}

static bool member_choice(struct config_loading *loading, const char *path, const cJSON *row,
                          const char *name, enum driver_choice *out) {
    bool yes;
    if (!config_member_flag(loading, path, row, name, &yes))
        return false;
    if (wire_member(row, name) != NULL)
        *out = yes ? DRIVER_YES : DRIVER_NO;
    return true;
}

static bool member_number(struct config_loading *loading, const char *path, const cJSON *row,
                          const char *name, int most, int *out) {
    int64_t number;
    if (!config_member_whole(loading, path, row, name, most, 0, &number))
        return false;
    *out = (int)number;
    return true;
}

/* DLE EOT n: [1, 2, 3, 4]. */
static bool member_status(struct config_loading *loading, const char *path, const cJSON *row,
                          unsigned *out) {
    char full[CONFIG_LIST_PATH_SIZE];
    const cJSON *list = wire_member(row, "status"), *item;
    int64_t n;
    if (list == NULL)
        return true;
    config_member_path(path, "status", full);
    if (!config_array(loading, full, list, QUERIES))
        return false;
    *out = DRIVER_QUERIES_GIVEN;
    cJSON_ArrayForEach(item, list) {
        if (!config_whole(loading, full, item, 1, QUERIES, &n))
            return false;
        if ((*out & DRIVER_QUERY(n)) != 0)
            return config_complain(loading, full, item, false, "each number once");
        *out |= DRIVER_QUERY(n);
    }
    return true;
}

static bool member_question(struct config_loading *loading, const char *path, const cJSON *row,
                            enum driver_question *out) {
    static const char *const words[] = {[DRIVER_ASKS_BY_MODEL] = "by_model",
                                        [DRIVER_ASKS_PROCESS_ID] = "process_id",
                                        [DRIVER_ASKS_PAPER_SENSOR] = "paper_sensor",
                                        [DRIVER_ASKS_NOTHING] = "none",
                                        NULL};
    int word = member_word_if_any(loading, path, row, "end_question", words, DRIVER_ASKS_BY_MODEL);
    *out = word < 0 ? DRIVER_ASKS_BY_MODEL : (enum driver_question)word;
    return word >= 0;
}

static bool member_clear(struct config_loading *loading, const char *path, const cJSON *row,
                         enum driver_clear *out) {
    static const char *const words[] = {[DRIVER_CLEAR_BY_MODEL] = "by_model",
                                        [DRIVER_CLEAR_DLE_DC4] = "dle_dc4",
                                        [DRIVER_CLEAR_DLE_ENQ] = "dle_enq",
                                        [DRIVER_CLEAR_NONE] = "none",
                                        NULL};
    int word = member_word_if_any(loading, path, row, "clear", words, DRIVER_CLEAR_BY_MODEL);
    *out = word < 0 ? DRIVER_CLEAR_BY_MODEL : (enum driver_clear)word;
    return word >= 0;
}

static bool member_presenter(struct config_loading *loading, const char *path, const cJSON *row,
                             enum driver_presenter *out) {
    static const char *const words[] = {[DRIVER_PRESENTER_BY_ID] = "by_id",
                                        [DRIVER_PRESENTER_NONE] = "none",
                                        [DRIVER_PRESENTER_CUSTOM_KPM] = "custom_kpm",
                                        [DRIVER_PRESENTER_CITIZEN_PPU] = "citizen_ppu",
                                        NULL};
    int word = member_word_if_any(loading, path, row, "presenter", words, DRIVER_PRESENTER_BY_ID);
    *out = word < 0 ? DRIVER_PRESENTER_BY_ID : (enum driver_presenter)word;
    return word >= 0;
}

static bool read_head(struct config_loading *loading, const char *path, const cJSON *row,
                      struct driver_binding *device) {
    struct driver_printer *printer = &device->printer;
    return member_number(loading, path, row, "head_dots", HEAD_DOTS_MAX, &device->head_dots) &&
           member_number(loading, path, row, "columns", COLUMNS_MAX, &printer->columns) &&
           member_number(loading, path, row, "speed_mm_s", SPEED_MM_S_MAX, &printer->speed_mm_s) &&
           config_member_flag(loading, path, row, "gbk_only", &device->gbk_only) &&
           member_choice(loading, path, row, "raster_qr", &printer->raster_qr) &&
           member_choice(loading, path, row, "cutter", &printer->cutter);
}

bool settings_read_printer(struct config_loading *loading, const char *path, const cJSON *row,
                           struct driver_binding *device) {
    struct driver_printer *printer = &device->printer;
    return read_head(loading, path, row, device) &&
           member_status(loading, path, row, &printer->queries) &&
           member_choice(loading, path, row, "automatic_status", &printer->automatic_status) &&
           member_question(loading, path, row, &printer->question) &&
           member_clear(loading, path, row, &printer->clear) &&
           member_presenter(loading, path, row, &device->presenter);
}
