/* The regional insurance payment portal (amp-portal.txt, AMP_HOS_001 to 004): what its files share.
 */
#ifndef HOPKIOSK_PLATFORM_AMP_AMP_H
#define HOPKIOSK_PLATFORM_AMP_AMP_H

#include "app/config/paths.h"
#include "app/platform/platform.h"
#include "app/wire/sealed.h"

extern const struct platform platform_amp;

/* `platforms.amp` */
struct amp_config {
    char *server_addr; /* the base; "": this site has none */
    char *app_id, *app_key, *org_id, *org_secret;
    char *his_cust_type; /* of patients whose account names no card */
    char *backend_word, *library, *encoding_word;
    struct config_paths paths;
    struct wire_trust trust;
    bool by_library;            /* the vendor's MobileTrans instead of http */
    struct wire_library vendor; /* then */
    struct sealed_keys keys;
};
extern const struct config_section amp_section;
const struct amp_config *amp_config(const struct config *config);
bool amp_serves_kiosk(const struct config *config); /* can bills be sent to phones by it? */
const struct wire_trust *amp_trust(const struct config *config);

enum amp_kind {
    AMP_PUSH = 0,     /* AMP_HOS_001 */
    AMP_REFUND,       /* 002 */
    AMP_REFUND_QUERY, /* 003 */
    AMP_TRADE_FILE    /* 004 */
};

extern const struct wire_operation amp_table[]; /* ended by a NULL name */
extern const struct field amp_fields_push[], amp_fields_refund[], amp_fields_refund_query[],
    amp_fields_trade_file[];

/* The members of an operation as they are sent; NULL and a complaint. Caller: cJSON_Delete. */
cJSON *amp_members(const struct amp_config *amp, const struct wire_operation *row,
                   const cJSON *members, struct wire_complaint *complaint);

/* What a code of the portal means: done, definitely refused, or not known. */
enum outcome amp_code_outcome(const char *code);

const char *amp_compose(const struct config *config, const struct platform_act *act,
                        cJSON *members);
void amp_read(const struct config *config, const char *operation, const cJSON *sent,
              int http_status, const char *body, size_t length, struct wire_reading *out);

#endif
