/* Each transaction type: what its tables demand, one member at a time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/unit/platform/onepay/onepay_story.h"

static struct wire_complaint complaint;

static cJSON *checked(const char *type, const cJSON *members) {
    complaint.text[0] = '\0';
    return onepay_param(WIRE_UTF8, type, members, &complaint);
}

static void accepted(const char *type, cJSON *members) {
    cJSON *param = checked(type, members);
    if (param == NULL)
        fail_msg("%s", complaint.text);
    cJSON_Delete(param);
}

/* The complaint begins with the member's name. */
static void refused(const char *type, const cJSON *members, const char *member) {
    char begins[128];
    snprintf(begins, sizeof begins, "onepay.%s.%s: expected ", type, member);
    cJSON *param = checked(type, members);
    if (param != NULL || strncmp(complaint.text, begins, strlen(begins)) != 0)
        fail_msg("%s%s", begins, complaint.text);
}

static void put(cJSON *members, const char *name, cJSON *value) {
    cJSON_DeleteItemFromObjectCaseSensitive(members, name);
    cJSON_AddItemToObject(members, name, value);
}

static void refused_with(const char *type, const char *name, cJSON *value) {
    cJSON *members = onepay_members(type);
    put(members, name, value);
    refused(type, members, name);
    cJSON_Delete(members);
}

static cJSON *long_text(size_t length) {
    char *text = malloc(length + 1);
    memset(text, '1', length);
    text[length] = '\0';
    cJSON *item = cJSON_CreateString(text);
    free(text);
    return item;
}

static bool is_root(const struct field *field) {
    return strchr(field->name, '.') == NULL && field->type != FIELD_REST;
}

static void there_are_twenty_types_and_each_has_a_whole_message(void **state) {
    (void)state;
    size_t count = 0;
    while (onepay_table[count].name != NULL)
        count++;
    assert_int_equal(count, 20);
    assert_int_equal(ONEPAY_TYPES, 20);
    for (size_t i = 0; i < count; i++) {
        cJSON *members = onepay_members(onepay_table[i].name);
        assert_non_null(members);
        accepted(onepay_table[i].name, members);
        assert_non_null(onepay_answer(onepay_table[i].name));
        cJSON_Delete(members);
    }
    assert_null(onepay_answer("hop.trade.nothing"));
    assert_null(checked("hop.trade.nothing", NULL));
}

static void a_missing_member_is_named(void **state) {
    (void)state;
    int required = 0;
    for (const struct wire_operation *row = onepay_table; row->name != NULL; row++)
        for (const struct field *field = row->fields; field->name != NULL; field++) {
            if (!field->required || !is_root(field))
                continue;
            cJSON *members = onepay_members(row->name);
            cJSON_DeleteItemFromObjectCaseSensitive(members, field->name);
            refused(row->name, members, field->name);
            cJSON_Delete(members);
            if (field->type != FIELD_OBJECT)
                refused_with(row->name, field->name, cJSON_CreateString(""));
            refused_with(row->name, field->name, cJSON_CreateNull());
            required++;
        }
    assert_true(required > 150);
}

static void a_member_that_is_too_long_or_unlisted_is_named(void **state) {
    (void)state;
    int lengths = 0, lists = 0;
    for (const struct wire_operation *row = onepay_table; row->name != NULL; row++)
        for (const struct field *field = row->fields; field->name != NULL; field++) {
            if (!is_root(field))
                continue;
            if (field->length_max != 0) {
                refused_with(row->name, field->name, long_text(field->length_max + 1));
                lengths++;
            }
            if (field->codes != NULL) {
                refused_with(row->name, field->name, cJSON_CreateString("!"));
                lists++;
            }
        }
    assert_true(lengths > 150 && lists > 30);
}

static void money_that_moves_is_above_zero_with_two_decimals(void **state) {
    (void)state;
    static const struct {
        const char *type, *name;
    } moves[] = {{"hop.trade.recharge", "amount"},
                 {"hop.trade.refund", "amount"},
                 {"hop.trade.recpay", "consumeAmount"},
                 {"hop.trade.pay.cancel", "amount"}};
    static const char *const wrong[] = {"0", "0.00", "1.234", "-1.00", "1", "x", "123456789.00"};
    for (size_t i = 0; i < sizeof moves / sizeof moves[0]; i++) {
        for (size_t w = 0; w < sizeof wrong / sizeof wrong[0]; w++)
            refused_with(moves[i].type, moves[i].name, cJSON_CreateString(wrong[w]));
        refused_with(moves[i].type, moves[i].name, cJSON_CreateTrue());
    }
    refused_with("hop.trade.recpay", "rechargeAmount", cJSON_CreateString("0.001"));
    refused_with("hop.inpatient.msg.overpay", "bcbxf0", cJSON_CreateString("-1.00"));
    cJSON *members = onepay_members("hop.trade.recpay");
    put(members, "rechargeAmount", cJSON_CreateRaw("0"));
    cJSON *param = checked("hop.trade.recpay", members);
    assert_string_equal(wire_text(param, "rechargeAmount"), "0.00");
    cJSON_Delete(param);
    cJSON_Delete(members);
}

static void details_cost_what_is_consumed(void **state) {
    (void)state;
    refused_with("hop.trade.recpay", "consumeAmount", cJSON_CreateString("2.49"));
    cJSON *members = onepay_members("hop.trade.recpay");
    cJSON *row = cJSON_GetObjectItem(cJSON_GetObjectItem(members, "extra"), "examList")->child;
    put(row, "itemSeq", cJSON_CreateString("2"));
    refused("hop.trade.recpay", members, "extra.examList[0].itemSeq");
    put(row, "itemSeq", cJSON_CreateString("1"));
    put(row, "itemNum", cJSON_CreateString("1.5"));
    refused("hop.trade.recpay", members, "extra.examList[0].itemNum");
    put(row, "itemNum", cJSON_CreateString("2"));
    put(row, "totPrice", cJSON_CreateString("2.500000")); /* the price of the row */
    accepted("hop.trade.recpay", members);
    put(row, "totPrice", cJSON_CreateString("99999999.999999"));
    put(row, "itemNum", cJSON_CreateString("99999999"));
    refused("hop.trade.recpay", members, "extra.examList[0].itemNum");
    cJSON_DeleteItemFromObjectCaseSensitive(row, "doctorCode");
    refused("hop.trade.recpay", members, "extra.examList[0].doctorCode");
    cJSON_Delete(members);
}

static void what_one_member_demands_of_another(void **state) {
    (void)state;
    cJSON *members = onepay_members("hop.trade.recharge");
    put(members, "HZJDFlag", cJSON_CreateString("1"));
    refused("hop.trade.recharge", members, "extra.userSex");
    put(members, "extra",
        onepay_tree("{\"userSex\":\"1\",\"cardZone\":\"Z\",\"idType\":\"01\","
                    "\"mobilePhone\":\"13011111111\",\"birthday\":\"19950428\"}"));
    accepted("hop.trade.recharge", members);
    put(members, "HZJDFlag", cJSON_CreateString("0"));
    put(members, "extra", cJSON_CreateString(""));
    accepted("hop.trade.recharge", members);
    cJSON_Delete(members);

    members = onepay_members("hop.trade.query");
    cJSON_DeleteItemFromObjectCaseSensitive(members, "traceNo");
    refused("hop.trade.query", members, "outTradeNo");
    put(members, "outTradeNo", cJSON_CreateString("N1"));
    accepted("hop.trade.query", members);
    cJSON_Delete(members);

    members = onepay_members("hop.trade.refund");
    put(members, "refundType", cJSON_CreateString("prepareAndConfirm")); /* longer than listed */
    accepted("hop.trade.refund", members);
    put(members, "channelType", cJSON_CreateString("02"));
    refused("hop.trade.refund", members, "channelType");
    put(members, "tradeChannel", cJSON_CreateString("POS"));
    accepted("hop.trade.refund", members);
    cJSON_Delete(members);

    refused_with("hop.inpatient.msg.bill", "endDate", cJSON_CreateString("2019-07-19"));
    members = onepay_members("hop.inpatient.msg.bill");
    cJSON_DeleteItemFromObjectCaseSensitive(members, "cardNo");
    accepted("hop.inpatient.msg.bill", members);
    put(members, "patientType", cJSON_CreateString("01"));
    refused("hop.inpatient.msg.bill", members, "cardNo");
    cJSON_Delete(members);

    members = onepay_members("hop.mmpay.push.drug");
    put(members, "drugState", cJSON_CreateString("cancel"));
    refused("hop.mmpay.push.drug", members, "cancelDesc");
    cJSON_Delete(members);
    refused_with("hop.trade.setinfo", "serveraddr", cJSON_CreateString("10.0.0.1"));
}

static void members_that_nobody_knows_pass_through(void **state) {
    (void)state;
    cJSON *members = onepay_members("hop.trade.recharge");
    cJSON *param = checked("hop.trade.recharge", members);
    assert_string_equal(wire_text(param, "transNO"), "7");
    assert_null(wire_member(param, "notes"));
    cJSON_Delete(param);
    cJSON_Delete(members);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(there_are_twenty_types_and_each_has_a_whole_message),
        cmocka_unit_test(a_missing_member_is_named),
        cmocka_unit_test(a_member_that_is_too_long_or_unlisted_is_named),
        cmocka_unit_test(money_that_moves_is_above_zero_with_two_decimals),
        cmocka_unit_test(details_cost_what_is_consumed),
        cmocka_unit_test(what_one_member_demands_of_another),
        cmocka_unit_test(members_that_nobody_knows_pass_through),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
