/* A hospital, platforms, an order, and the messages that are made of them. */
#ifndef HOPKIOSK_TESTS_PLATFORM_REQUESTS_STORY_H
#define HOPKIOSK_TESTS_PLATFORM_REQUESTS_STORY_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "app/base/text.h"
#include "app/config/rules.h"
#include "app/config/terminal_rows.h"
#include "app/core/order/order.h"
#include "app/platform/amp/amp.h"
#include "app/platform/his/his.h"
#include "app/platform/mmpc/mmpc.h"
#include "app/platform/onepay/onepay.h"
#include "app/platform/upp/upp.h"
#include "app/wire/json.h"
#include "tests/support/one_leg.h"

#define NOW_MS INT64_C(1795140672000) /* 2026-11-20 10:11:12 */

static struct his_config his = {.base_url = "http://127.0.0.1:1/his"};
static const struct upp_config upp = {
    .base_url = "http://127.0.0.1:1", .key = "k", .isv_id = 1, .partner_id = 2};
static struct config_terminal terminal = {.id = "K1",
                                          .org_code = "H1",
                                          .sub_org_code = "",
                                          .operator_id = "",
                                          .operator_name = "",
                                          .hospital_name = "示范,医院"};
static const struct onepay_config onepay = {.serveraddr = "http://127.0.0.1:1/onepay",
                                            .appid = "0123456789ABCDEF",
                                            .appsecret = "s",
                                            .refund_type = "direct",
                                            .notify_url = ""};
/* In the library's words its message is plain. */
static struct amp_config amp = {.server_addr = "http://127.0.0.1:1",
                                .app_id = "0123456789ABCDEF",
                                .app_key = "k",
                                .org_id = "H1",
                                .his_cust_type = "01",
                                .by_library = true,
                                .vendor = {.function = "MobileTrans", .encoding = WIRE_UTF8}};
static struct mmpc_config mmpc = {
    .base_url = "http://127.0.0.1:2", .decode_url = "", .app_id = "43AF047BBA47FC8A"};
static struct config_rules rules;
static const struct config config = {.part_count = 7,
                                     .parts = {{&his_section, &his},
                                               {&upp_section, &upp},
                                               {&onepay_section, &onepay},
                                               {&amp_section, &amp},
                                               {&mmpc_section, &mmpc},
                                               {&config_rules_section, &rules},
                                               {&config_terminal_section, &terminal}}};

static inline struct order an_order(void) {
    struct order order = {.no = "26112010111200010001",
                          .service = SERVICE_BILLS,
                          .person = {.mdtrt_cert_type = "10",
                                     .mdtrt_cert_no = "C10000001",
                                     .his_cust_id = "H1",
                                     .account_type = ACCOUNT_OUTPATIENT},
                          .leg_count = 1,
                          .claim_count = 2,
                          .refund_count = 1};
    order.legs[0] = (struct leg){.route = ROUTE_UPP,
                                 .channel = CHANNEL_ALIPAY,
                                 .no = "26112010111200010001",
                                 .amount = {16450},
                                 .expire_ms = NOW_MS + 180000,
                                 .out_no = "YT1",
                                 .in_no = "CH1"};
    order.claims[0] = (struct claim){.org_trace_no = "T1", .doc_trace_no = "D1", .amount = {12850}};
    order.claims[1] = (struct claim){.org_trace_no = "T2", .doc_trace_no = "D2", .amount = {3600}};
    order.refunds[0] =
        (struct refund){.no = "26112010111200010002", .leg = 0, .claim = 1, .amount = {3600}};
    one_leg_pays(&order);
    return order;
}

/* The message as it would leave; fails when the document's table refuses it. */
static inline cJSON *message_of(const struct order *order, enum verb verb, int claim, int refund,
                                const char *pay_code, const char *wanted) {
    const char *operation = NULL;
    cJSON *members = NULL;
    struct wire_request wire;
    struct wire_complaint complaint = {.text = ""};
    struct platform_act act = {
        .verb = verb, .order = order, .claim = claim, .refund = refund, .pay_code = pay_code};
    if (order->legs[0].route == ROUTE_AMP) { /* the visit still knows the patient */
        act.person_name = "周大鹏";
        act.person_phone = "13800000000";
    }
    const struct platform *platform = platform_compose(&config, &act, &operation, &members);
    assert_non_null(platform);
    assert_string_equal(operation, wanted);
    if (!platform->build(&config, operation, members, NOW_MS, &wire, &complaint))
        fail_msg("%s", complaint.text);
    cJSON *message = cJSON_Duplicate(wire.message, true);
    wire_request_free(&wire);
    cJSON_Delete(members);
    return message;
}

static inline void has(const cJSON *message, const char *name, const char *text) {
    const char *got = wire_text(message, name);
    if (got == NULL || strcmp(got, text) != 0)
        fail_msg("%s: expected %s, got %s", name, text, got == NULL ? "nothing" : got);
}

#endif
