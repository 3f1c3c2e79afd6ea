/* onepay as a platform: the building of its requests. */
#include <stdio.h>

#include "app/platform/onepay/onepay.h"

static bool build_onepay(const struct config *config, const char *operation, const cJSON *members,
                         int64_t wall_ms, struct wire_request *out,
                         struct wire_complaint *complaint) {
    const struct onepay_config *onepay = onepay_config(config);
    *out = (struct wire_request){0};
    if (!onepay_is_configured(config)) {
        snprintf(complaint->text, sizeof complaint->text,
                 "onepay.%.40s: platforms.onepay is not configured", operation);
        return false;
    }
    bool library = onepay->backend == ONEPAY_LIBRARY;
    enum wire_encoding encoding = library ? onepay->vendor.encoding : WIRE_UTF8;
    cJSON *param = onepay_param(encoding, operation, members, complaint);
    return param != NULL && onepay_seal(onepay, operation, param, wall_ms, out, complaint);
}

const struct platform platform_onepay = {.name = "onepay",
                                         .route = ROUTE_ONEPAY,
                                         .section = &onepay_section,
                                         .trust = onepay_trust,
                                         .operations = onepay_table,
                                         .compose = onepay_compose,
                                         .follow = onepay_follow,
                                         .build = build_onepay,
                                         .read = onepay_read};
