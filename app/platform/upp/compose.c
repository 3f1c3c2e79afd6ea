/* upp: which operation an act of the order law is, and what it says. */
#include <stdio.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/base/text.h"
#include "app/config/terminal_rows.h"
#include "app/platform/upp/upp.h"

/* upp section 6: what was placed as a QR code is scan_pay, a phone's code is barcode_pay. */
static const char *biz_type_of(const struct leg *leg) {
    return leg->channel == CHANNEL_PHONE ? "barcode_pay" : "scan_pay";
}

static const char *product_of(enum channel channel) {
    static const char *const products[CHANNEL_COUNT] = {[CHANNEL_WECHAT] = "ten_scan_code",
                                                        [CHANNEL_ALIPAY] = "ali_scan_code",
                                                        [CHANNEL_UNIONPAY] = "uni_scan_code"};
    return products[channel];
}

/* At most 64 characters and no English comma (upp 4.2), whatever the hospital is called. */
static void add_subject(cJSON *members, const char *hospital, const struct order *order) {
    const char *what = order->service == SERVICE_DEPOSIT ? "住院预缴" : "门诊缴费";
    if (order->service == SERVICE_DEPOSIT && order->person.account_type == ACCOUNT_OUTPATIENT)
        what = "门诊预缴";
    char name[160], subject[200];
    text_clean(name, sizeof name, hospital);
    for (char *comma = name; (comma = strchr(comma, ',')) != NULL;)
        *comma = ' ';
    while (text_characters(name) > 50)
        text_clean(name, strlen(name), name);
    snprintf(subject, sizeof subject, "%s%s", name, what);
    fields_add_text(members, "subject", subject);
}

static const char *compose_place(const struct config *config, const struct platform_act *act,
                                 cJSON *members) {
    char expire[CLOCK_TEXT_SIZE];
    const struct order *order = act->order;
    const struct leg *leg = platform_leg(act);
    bool phone = leg->channel == CHANNEL_PHONE;
    fields_add_text(members, "paymentNo", leg->no);
    if (phone)
        fields_add_text(members, "authCode", act->pay_code);
    else if (leg->channel != CHANNEL_ONE)
        fields_add_text(members, "channelProduct", product_of(leg->channel));
    fields_add_text(members, "expireTime", clock_text(leg->expire_ms, expire));
    fields_add_amount(members, "tradeFee", leg->amount);
    add_subject(members, config_terminal(config)->hospital_name, order);
    fields_add_text(members, "sourceType",
                    order->person.account_type == ACCOUNT_INPATIENT ? "inpatient" : "outpatient");
    return phone ? "barCode" : leg->channel == CHANNEL_ONE ? "aggCode" : "scanCode";
}

static void add_payment(const struct leg *leg, cJSON *members) {
    fields_add_text(members, "bizType", biz_type_of(leg));
    fields_add_text(members, "paymentNo", leg->no);
}

static const char *compose_refund(const struct platform_act *act, cJSON *members) {
    const struct refund *refund = platform_refund(act);
    fields_add_amount(members, "refundFee", refund->amount);
    add_payment(&act->order->legs[refund->leg], members);
    fields_add_text(members, "requestNo", refund->no);
    fields_add_text(members, "refundNo", refund->no);
    return "refund";
}

/* 4.7 is asked by requestNo alone, and names the payment and the refund. */
static const char *compose_ask_refund(const struct platform_act *act, cJSON *members) {
    const struct refund *refund = platform_refund(act);
    fields_add_text(members, "requestNo", refund->no);
    cJSON *expected = cJSON_AddObjectToObject(members, WIRE_EXPECTED);
    fields_add_text(expected, "paymentNo", act->order->legs[refund->leg].no);
    fields_add_text(expected, "refundNo", refund->no);
    return "refundQuery";
}

const char *upp_compose(const struct config *config, const struct platform_act *act,
                        cJSON *members) {
    switch (act->verb) {
    case VERB_PLACE:
        return compose_place(config, act, members);
    case VERB_ASK:
        add_payment(platform_leg(act), members);
        return "paymentQuery";
    case VERB_CLOSE:
        add_payment(platform_leg(act), members);
        return "close";
    case VERB_REFUND:
        return compose_refund(act, members);
    case VERB_ASK_REFUND:
        return compose_ask_refund(act, members);
    default:
        return NULL; /* the hospital's, or of no order */
    }
}
