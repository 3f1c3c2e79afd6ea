/* amp: a bill of the order law as a message to the patient's phone. What becomes of it the HIS
 * tells (ORG_004); what goes back of it the portal is asked for and about by its own numbers. */
#include "app/config/terminal_rows.h"
#include "app/core/order/shares.h"
#include "app/platform/amp/amp.h"

#define ID_TYPE_ID_CARD "01" /* psn_cert_type */
#define TYPE_OWN "01"        /* what the patient paid */
#define TYPE_ALL "02"        /* ... and what the insurance paid */

static void add_addressee(const struct config *config, const struct platform_act *act,
                          cJSON *members) {
    const struct order_person *person = &act->order->person;
    const char *type = person->his_cust_type;
    fields_add_text(members, "hisCustType",
                    type[0] != '\0' ? type : amp_config(config)->his_cust_type);
    fields_add_text(members, "hisCustId", person->his_cust_id);
    fields_add_text(members, "phone", act->person_phone);
    fields_add_text(members, "patientName", act->person_name);
    fields_add_text(members, "idType", ID_TYPE_ID_CARD);
    fields_add_text(members, "idNo", person->cert_no);
}

/* Where the bill comes from, as far as the hospital has said it. */
static void add_origin(const struct platform_act *act, cJSON *members) {
    if (act->bill == NULL)
        return;
    fields_add_text(members, "deptName", act->bill->department);
    fields_add_text(members, "drName", act->bill->doctor);
}

static void add_organisation(const struct config *config, cJSON *members) {
    const struct config_terminal *terminal = config_terminal(config);
    fields_add_text(members, "orgCode", terminal->org_code);
    fields_add_text(members, "subOrgCode", terminal->sub_org_code);
}

/* All of it, after the hospital has taken its book back: by the hospital's number of that, where it
 * has one. The own part alone: the settlement stands. */
static const char *compose_amp_refund(const struct config *config, const struct platform_act *act,
                                      cJSON *members) {
    const struct refund *refund = platform_refund(act);
    const struct leg *leg = &act->order->legs[refund->leg];
    const struct claim *claim = &act->order->claims[order_first_claim(act->order, refund->leg)];
    const char *his_no = refund->out_no[0] != '\0' ? refund->out_no : refund->no;
    bool own = order_refund_part(act->order, (int)(refund - act->order->refunds)) == REFUND_OWN;
    fields_add_text(members, "ampTraceId", order_portal_no(leg));
    fields_add_text(members, "traceId", order_portal_trace(leg));
    fields_add_text(members, "orgTraceNo", claim->org_trace_no);
    add_organisation(config, members);
    fields_add_text(members, "refundReason", "患者申请退费");
    if (own)
        fields_add_amount(members, "refundAmount", refund->amount);
    fields_add_text(members, "refundType", own ? TYPE_OWN : TYPE_ALL);
    fields_add_text(members, "outRefundNo", refund->no);
    fields_add_text(members, "orgRefundSn", his_no);
    return "refund";
}

static const char *compose_amp_refund_query(const struct config *config,
                                            const struct platform_act *act, cJSON *members) {
    const struct refund *refund = platform_refund(act);
    add_organisation(config, members);
    fields_add_text(members, "outRefundNo", refund->no);
    fields_add_text(members, "traceId", order_portal_trace(&act->order->legs[refund->leg]));
    return "queryRefundResult";
}

static const char *compose_push(const struct config *config, const struct platform_act *act,
                                cJSON *members) {
    const struct leg *leg = platform_leg(act);
    bool uploaded = route_traits(leg->route)->uploads_first;
    if (act->verb != (uploaded ? VERB_PUSH : VERB_PLACE))
        return NULL;
    const struct order *order = act->order;
    const struct claim *claim = &order->claims[order_first_claim(order, act->leg)];
    bool inpatient = order->person.account_type == ACCOUNT_INPATIENT;
    add_addressee(config, act, members);
    fields_add_text(members, "appType", inpatient ? "02" : "01");
    fields_add_text(members, "medOrgOrd", claim->org_trace_no);
    if (uploaded)
        fields_add_text(members, "payOrdId", leg->in_no);
    fields_add_text(members, "orderStatus", "MERCHANT_WAIT_PAY");
    add_organisation(config, members);
    fields_add_text(members, "pushType", "HOSPITAL_PAYMENT");
    fields_add_amount(members, "amount", claim->amount);
    add_origin(act, members);
    return "pushMsg";
}

const char *amp_compose(const struct config *config, const struct platform_act *act,
                        cJSON *members) {
    switch (act->verb) {
    case VERB_REFUND:
        return compose_amp_refund(config, act, members);
    case VERB_ASK_REFUND:
        return compose_amp_refund_query(config, act, members);
    default:
        return compose_push(config, act, members);
    }
}
