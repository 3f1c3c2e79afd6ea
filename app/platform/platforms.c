/* All platforms there are, and which of them serves what is asked. */
#include <string.h>

#include "app/config/rules.h"
#include "app/core/order/shares.h"
#include "app/platform/amp/amp.h"
#include "app/platform/his/his.h"
#include "app/platform/mmpc/mmpc.h"
#include "app/platform/onepay/onepay.h"
#include "app/platform/platform.h"
#include "app/platform/tongji/tongji.h"
#include "app/platform/upp/upp.h"

const struct platform *const platforms[] = {
    &platform_his,    &platform_upp, &platform_onepay, &platform_mmpc, &platform_amp,
    &platform_tongji, NULL};

const struct platform *platform_by_name(const char *name) {
    for (const struct platform *const *platform = platforms; *platform != NULL; platform++)
        if (strcmp((*platform)->name, name) == 0)
            return *platform;
    return NULL;
}

/* The message, and what goes back of what the portal settled: it took the patient's part. */
static bool is_portals(const struct platform_act *act) {
    return act->verb == VERB_PUSH ||
           (act->refund != PART_NONE && order_refund_is_portals(act->order, act->refund));
}

/* What is uploaded before it is pushed is else a matter of the insurance's own platform. */
static const struct platform *platform_of_route(enum route route, const struct platform_act *act) {
    if (route != ROUTE_NONE && route_traits(route)->uploads_first)
        return is_portals(act) ? &platform_amp : &platform_mmpc;
    for (const struct platform *const *platform = platforms; *platform != NULL; platform++)
        if (route != ROUTE_NONE && (*platform)->route == route)
            return *platform;
    return NULL;
}

/* The route of the leg that the act is about, itself or by what goes back of it. */
static enum route route_of_act(const struct platform_act *act) {
    struct platform_act of_leg = *act;
    if (act->refund != PART_NONE)
        of_leg.leg = platform_refund(act)->leg;
    return platform_leg(&of_leg)->route;
}

/* The hospital credits and uncredits whoever moved the money, but of what was paid at a desk's
 * pinpad: that the platform of the desk's callers books. */
static const struct platform *platform_of_act(const struct platform_act *act) {
    bool books =
        act->verb == VERB_CREDIT || act->verb == VERB_ASK_CREDIT || act->verb == VERB_UNCREDIT;
    if (books && order_is_desk_card(act->order))
        return &platform_onepay;
    bool of_his = act->verb == VERB_PROBE_CREDIT ||
                  wire_operation_for(platform_his.operations, act->verb) != NULL;
    return of_his ? &platform_his : platform_of_route(route_of_act(act), act);
}

/* What was composed, or nothing at all. */
static const struct platform *check_composed(const struct platform *platform, const char *operation,
                                             cJSON **members) {
    if (operation != NULL)
        return platform;
    cJSON_Delete(*members);
    *members = NULL;
    return NULL;
}

const struct platform *platform_compose(const struct config *config, const struct platform_act *act,
                                        const char **operation, cJSON **members) {
    const struct platform *platform = platform_of_act(act);
    *members = cJSON_CreateObject();
    *operation = platform == NULL ? NULL : platform->compose(config, act, *members);
    return check_composed(platform, *operation, members);
}

enum route platform_wallet_route(const struct config *config) {
    enum route route = config_rules(config)->policy.wallets;
    bool by_onepay = upp_config(config)->base_url[0] == '\0' && onepay_is_configured(config);
    return route != ROUTE_NONE ? route : by_onepay ? ROUTE_ONEPAY : ROUTE_UPP;
}

static const struct policy *policy_of(const struct config *config) {
    return &config_rules(config)->policy;
}

bool platform_own_part_here(const struct config *config) {
    return mmpc_leaves_own_part(config) &&
           policy_route(policy_of(config), CHANNEL_INSURANCE) == ROUTE_MMPC;
}

bool platform_own_part_wanted(const struct config *config) {
    return mmpc_leaves_own_part(config);
}

/* The own part is paid with a code of the platform that leaves the credit to us. */
static const char *own_part_lacks(const struct config *config) {
    const bool *channels = policy_of(config)->channels;
    if (upp_config(config)->base_url[0] == '\0')
        return "platforms.upp";
    if (platform_wallet_route(config) != ROUTE_UPP)
        return "policy.wallets upp";
    bool codes = channels[CHANNEL_WECHAT] || channels[CHANNEL_ALIPAY] ||
                 channels[CHANNEL_UNIONPAY] || channels[CHANNEL_ONE];
    return codes ? NULL : "a code among the channels";
}

/* What became of a bill that was pushed only ORG_004 says: where it is not known to tell of the
 * number that is asked, nobody would know. */
const char *platform_insurance_lacks(const struct config *config) {
    if (platform_own_part_here(config) && own_part_lacks(config) != NULL)
        return own_part_lacks(config);
    if (policy_wants_insured_code(policy_of(config)) && !mmpc_serves_kiosk(config))
        return "platforms.mmpc";
    if (!policy_pushes(policy_of(config)))
        return NULL;
    if (!amp_serves_kiosk(config))
        return "platforms.amp";
    bool told = his_config(config)->settle_result == SETTLE_RESULT_ORDER &&
                his_has(config, VERB_ASK_CREDIT);
    return told ? NULL : "his.settle_result order";
}

bool platform_decodes_insurance(const struct config *config) {
    return policy_wants_insured_code(policy_of(config)) && mmpc_decodes(config);
}

bool platform_insurance_names_person(const struct config *config) {
    return policy_wants_insured_code(policy_of(config)) && mmpc_names_person(config);
}

bool platform_insurance_his_cancel(const struct config *config) {
    return mmpc_his_cancel(config);
}

bool platform_refund_untold(const struct config *config, enum route route) {
    return route == ROUTE_ONEPAY && onepay_refund_untold(config);
}

enum settle_result platform_settle_result(const struct config *config) {
    return his_config(config)->settle_result;
}

bool platform_his_has(const struct config *config, enum verb verb) {
    return his_has(config, verb);
}

bool platform_has_one_code(const struct config *config) {
    return platform_wallet_route(config) == ROUTE_ONEPAY || upp_config(config)->aggregate_code;
}

/* Accounts are the paying platform's where it has them, else the hospital's. */
const struct platform *platform_ask(const struct config *config, const struct question *question,
                                    const char **operation, cJSON **members) {
    *members = cJSON_CreateObject();
    *operation = platform_wallet_route(config) == ROUTE_ONEPAY
                     ? onepay_ask(config, question, *members)
                     : NULL;
    if (*operation != NULL)
        return &platform_onepay;
    *operation = mmpc_ask(config, question, *members);
    if (*operation != NULL)
        return &platform_mmpc;
    *operation = his_ask(question, *members);
    return check_composed(&platform_his, *operation, members);
}

const struct platform *platform_of_time(const struct config *config) {
    return upp_config(config)->base_url[0] != '\0' ? &platform_upp : NULL;
}

const struct platform *platform_ask_time(const struct config *config, const char **operation,
                                         cJSON **members) {
    const struct platform *platform = platform_of_time(config);
    *members = cJSON_CreateObject();
    *operation =
        platform == NULL ? NULL : wire_operation_for(platform->operations, VERB_CLOCK)->name;
    return check_composed(platform, *operation, members);
}
