#include "app/core/terms/routes.h"

#include "app/core/terms/assert.h"

static const struct route_traits traits_of[ROUTE_COUNT] = {
#define X(upper, lower, ...) [ROUTE_##upper] = {__VA_ARGS__},
    ROUTES(X)
#undef X
};

static const enum route route_of_channel[CHANNEL_COUNT] = {
    [CHANNEL_WECHAT] = ROUTE_UPP,     [CHANNEL_ALIPAY] = ROUTE_UPP, [CHANNEL_UNIONPAY] = ROUTE_UPP,
    [CHANNEL_PHONE] = ROUTE_UPP,      [CHANNEL_CARD] = ROUTE_POS,   [CHANNEL_ONE] = ROUTE_UPP,
    [CHANNEL_INSURANCE] = ROUTE_MMPC,
};

const struct route_traits *route_traits(enum route route) {
    CORE_ASSERT(route > ROUTE_NONE && route < ROUTE_COUNT);
    return &traits_of[route];
}

enum route route_of(enum channel channel) {
    CORE_ASSERT(channel >= CHANNEL_NONE && channel < CHANNEL_COUNT);
    return route_of_channel[channel];
}
