/* Unified payment platform (upp-yuntai.txt): what its two files share. */
#ifndef HOPKIOSK_PLATFORM_UPP_UPP_H
#define HOPKIOSK_PLATFORM_UPP_UPP_H

#include "app/config/paths.h"
#include "app/platform/platform.h"
#include "app/wire/fields.h"

extern const struct platform platform_upp;

/* `platforms.upp`: where the unified payment platform is and who we are to it. */
struct upp_config {
    char *base_url; /* "": this site has no upp */
    int64_t isv_id, partner_id;
    char *key;
    struct config_paths paths;
};
extern const struct config_section upp_section;
const struct upp_config *upp_config(const struct config *config);

enum upp_kind {
    UPP_NETWORK = 0,
    UPP_SCAN,  /* placed; data.sign is the link */
    UPP_PLACE, /* barCode, faceCode: placed, perhaps paid */
    UPP_QUERY,
    UPP_REFUND, /* refund and refundQuery */
    UPP_CLOSE,
    UPP_BILLS
};

struct upp_operation {
    const char *name, *path;
    enum upp_kind kind;
    const struct field *fields;
};
const struct upp_operation *upp_operation(const char *name); /* NULL: none */

/* 4.1: what network answers. */
#define UPP_NETWORK_FIELD "杭州恒生芸泰网络科技有限公司"

void upp_read(const struct config *config, const char *operation, const cJSON *sent,
              int http_status, const char *body, size_t length, struct wire_reading *out);

#endif
