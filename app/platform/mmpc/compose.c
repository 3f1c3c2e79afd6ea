/* mmpc: which operation an act of the order law is, and what it says. A leg of this route pays one
 * bill, whose number is medOrgOrd; the centre's own number is preferred where it is known. */
#include "app/base/clock.h"
#include "app/core/order/shares.h"
#include "app/platform/mmpc/mmpc.h"

#define ID_TYPE_ID_CARD "01" /* psn_cert_type */

static const struct claim *claim_of_leg(const struct order *order, int leg) {
    for (int i = 0; i < order->share_count; i++)
        if (order->shares[i].leg == leg)
            return &order->claims[order->shares[i].claim];
    ENSURE(!"a leg without a claim");
    return NULL;
}

/* The centre knows the bill by the number that it was uploaded with. The hospital may give it
 * another when its list is read again, which is done before our own ORG_003 and only of what has a
 * key: then nobody has the one of the upload any more. */
static bool has_number_of_upload(const struct claim *claim) {
    return claim->state == CLAIM_WAITING || claim->state == CLAIM_VOID ||
           claim->creditor == CREDITOR_PLATFORM || claim->bill_key[0] == '\0';
}

static void add_order_number(const struct order *order, int leg, cJSON *members) {
    const char *theirs = order->legs[leg].in_no;
    const struct claim *claim = claim_of_leg(order, leg);
    fields_add_text(members, theirs[0] != '\0' ? "payOrdId" : "medOrgOrd",
                    theirs[0] != '\0' ? theirs : claim->org_trace_no);
    if (theirs[0] != '\0' && has_number_of_upload(claim))
        fields_add_text(cJSON_AddObjectToObject(members, WIRE_EXPECTED), "medOrgOrd",
                        claim->org_trace_no);
}

/* Whom a question is about, where the centre wants to hear it (national). Its own number goes with
 * the token that came with it: without that, of an upload whose answer was lost, the bill's does.
 */
static void add_asked_order(const struct config *config, const struct order *order, int leg,
                            cJSON *members) {
    const struct order_person *person = &order->person;
    if (mmpc_config(config)->dialect == MMPC_DOCUMENT) {
        add_order_number(order, leg, members);
        return;
    }
    if (person->pay_token[0] != '\0') {
        add_order_number(order, leg, members);
        fields_add_text(members, "payToken", person->pay_token);
    } else {
        fields_add_text(members, "medOrgOrd", claim_of_leg(order, leg)->org_trace_no);
    }
    fields_add_text(members, "idNo", person->cert_no);
    fields_add_text(members, "userName", person->whole_name);
    fields_add_text(members, "idType", ID_TYPE_ID_CARD);
}

static const char *compose_upload(const struct platform_act *act, cJSON *members) {
    fields_add_text(members, "medOrgOrd", claim_of_leg(act->order, act->leg)->org_trace_no);
    fields_add_text(members, "ecToken", act->pay_code);
    return "upload";
}

static void add_refund_sums(const struct platform_act *act, const struct refund *refund, bool own,
                            cJSON *members) {
    char time[15], yuan[MONEY_TEXT_SIZE];
    struct fen cash = own ? refund->amount : act->order->legs[refund->leg].split.own;
    fields_add_text(members, "appRefdTime", clock_digits(refund->created_ms, time));
    fields_add_text(members, "totlRefdAmt", money_format(refund->amount, yuan));
    fields_add_text(members, "cashRefdAmt", money_format(cash, yuan));
    fields_add_text(members, "ecToken", act->pay_code);
}

/* All of it, the own part, or what the insurance paid where the own part is another leg's. */
static const char *compose_mmpc_refund(const struct config *config, const struct platform_act *act,
                                       cJSON *members) {
    const struct refund *refund = platform_refund(act);
    static const char *const types[] = {
        [REFUND_ALL] = "ALL", [REFUND_OWN] = "CASH", [REFUND_INSURANCE] = "HI"};
    enum refund_part part = order_refund_part(act->order, (int)(refund - act->order->refunds));
    add_order_number(act->order, refund->leg, members);
    fields_add_text(members, "appRefdSn", platform_refund_number(refund));
    fields_add_text(members, "refChannel", "online");
    fields_add_text(members, "refdType", types[part]);
    if (mmpc_config(config)->dialect == MMPC_NATIONAL)
        add_refund_sums(act, refund, part == REFUND_OWN, members);
    return "refund";
}

const char *mmpc_compose(const struct config *config, const struct platform_act *act,
                         cJSON *members) {
    switch (act->verb) {
    case VERB_PLACE:
        return compose_upload(act, members);
    case VERB_ASK:
        add_asked_order(config, act->order, act->leg, members);
        return "query";
    case VERB_CLOSE:
        add_asked_order(config, act->order, act->leg, members);
        return "revoke";
    case VERB_REFUND:
        return compose_mmpc_refund(config, act, members);
    case VERB_ASK_REFUND:
        add_asked_order(config, act->order, platform_refund(act)->leg, members);
        return "query";
    default:
        return NULL; /* the hospital's, or of no order */
    }
}

const char *mmpc_ask(const struct config *config, const struct question *question, cJSON *members) {
    if (question->verb != VERB_DECODE || !mmpc_decodes(config))
        return NULL;
    fields_add_text(members, "ecQrCode", question->code);
    return "decode";
}
