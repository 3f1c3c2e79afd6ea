/* The payment console (tongji-recon.txt): what its files share. */
#ifndef HOPKIOSK_PLATFORM_TONGJI_TONGJI_H
#define HOPKIOSK_PLATFORM_TONGJI_TONGJI_H

#include "app/config/paths.h"
#include "app/platform/platform.h"

extern const struct platform platform_tongji;

#define TONGJI_DAYS_MAX 31  /* of one query, the first and the last counted */
#define TONGJI_ROWS_MAX 200 /* of a page */

/* `platforms.tongji`: where the console is and who we are to it. */
struct tongji_config {
    char *base_url; /* "": this site has none */
    char *hosp_id, *key;
    struct config_paths paths;
    struct wire_trust trust;
};
extern const struct config_section tongji_section;
const struct tongji_config *tongji_config(const struct config *config);
const struct wire_trust *tongji_trust(const struct config *config);

extern const struct wire_operation tongji_table[]; /* ended by a NULL name */

void tongji_read(const struct config *config, const char *operation, const cJSON *sent,
                 int http_status, const char *body, size_t length, struct wire_reading *out);

#endif
