/* Unified payment platform (upp-yuntai.txt): what its files share. */
#ifndef HOPKIOSK_PLATFORM_UPP_UPP_H
#define HOPKIOSK_PLATFORM_UPP_UPP_H

#include "app/config/paths.h"
#include "app/platform/platform.h"

extern const struct platform platform_upp;

/* `platforms.upp`: where the unified payment platform is and who we are to it. */
struct upp_config {
    char *base_url; /* "": this site has no upp */
    int64_t isv_id, partner_id;
    char *key;
    bool aggregate_code; /* it has one code for every wallet */
    struct config_paths paths;
    struct wire_trust trust;
};
extern const struct config_section upp_section;
const struct upp_config *upp_config(const struct config *config);
const struct wire_trust *upp_trust(const struct config *config);

enum upp_kind {
    UPP_NETWORK = 0,
    UPP_SCAN,  /* placed; data.sign is the link */
    UPP_PLACE, /* barCode, faceCode: placed, perhaps paid */
    UPP_QUERY,
    UPP_REFUND, /* refund and refundQuery */
    UPP_CLOSE,
    UPP_BILLS
};

/* A day's bills cannot be asked for in parts: about 90,000 rows. */
#define UPP_BILLS_MAX ((size_t)32 << 20)

extern const struct wire_operation upp_table[]; /* ended by a NULL name */
extern const struct field upp_fields_none[], upp_fields_scan_code[], upp_fields_agg_code[],
    upp_fields_bar_code[], upp_fields_face_code[], upp_fields_payment[], upp_fields_refund[],
    upp_fields_refund_query[], upp_fields_bills[];

/* 4.1: what network answers. */
#define UPP_NETWORK_FIELD "杭州恒生芸泰网络科技有限公司"

const char *upp_compose(const struct config *config, const struct platform_act *act,
                        cJSON *members);
void upp_read(const struct config *config, const char *operation, const cJSON *sent,
              int http_status, const char *body, size_t length, struct wire_reading *out);
/* The rows of yuntaiBills and channelBills. */
void upp_read_bills(const cJSON *data, struct wire_reading *out);

#endif
