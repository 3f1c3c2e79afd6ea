/* mmpc: which operation an act of the order law is, and what it says. A leg of this route pays one
 * bill, whose number is medOrgOrd; the centre's own number is preferred where it is known. */
#include "app/core/order/shares.h"
#include "app/platform/mmpc/mmpc.h"

static const struct claim *claim_of_leg(const struct order *order, int leg) {
    for (int i = 0; i < order->share_count; i++)
        if (order->shares[i].leg == leg)
            return &order->claims[order->shares[i].claim];
    ENSURE(!"a leg without a claim");
    return NULL;
}

static void add_order_number(const struct order *order, int leg, cJSON *members) {
    const char *theirs = order->legs[leg].in_no;
    fields_add_text(members, theirs[0] != '\0' ? "payOrdId" : "medOrgOrd",
                    theirs[0] != '\0' ? theirs : claim_of_leg(order, leg)->org_trace_no);
}

static const char *compose_upload(const struct platform_act *act, cJSON *members) {
    fields_add_text(members, "medOrgOrd", claim_of_leg(act->order, act->leg)->org_trace_no);
    fields_add_text(members, "ecToken", act->pay_code);
    return "upload";
}

/* All of it, or the own part. */
static const char *compose_mmpc_refund(const struct platform_act *act, cJSON *members) {
    const struct refund *refund = platform_refund(act);
    bool own = order_refund_is_own(act->order, (int)(refund - act->order->refunds));
    add_order_number(act->order, refund->leg, members);
    fields_add_text(members, "appRefdSn", refund->no);
    fields_add_text(members, "refChannel", "online");
    fields_add_text(members, "refdType", own ? "CASH" : "ALL");
    return "refund";
}

const char *mmpc_compose(const struct config *config, const struct platform_act *act,
                         cJSON *members) {
    (void)config;
    switch (act->verb) {
    case VERB_PLACE:
        return compose_upload(act, members);
    case VERB_ASK:
        add_order_number(act->order, act->leg, members);
        return "query";
    case VERB_CLOSE:
        add_order_number(act->order, act->leg, members);
        return "revoke";
    case VERB_REFUND:
        return compose_mmpc_refund(act, members);
    case VERB_ASK_REFUND:
        add_order_number(act->order, platform_refund(act)->leg, members);
        return "query";
    default:
        return NULL; /* the hospital's, or of no order */
    }
}
