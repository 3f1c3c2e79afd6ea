/* Who is asked about at the HIS, and who it says that is: accounts, and the keys by which payments
 * are found again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/his_fixture.h"

static void a_request_carries_who_asks(void **state) {
    (void)state;
    struct wire_request wire;
    struct wire_complaint complaint;
    cJSON *members = parse("{\"mdtrt_cert_type\":\"10\",\"mdtrt_cert_no\":\"C1\","
                           "\"cert_no\":\"C1\",\"account_type\":\"01\"}");
    assert_true(platform_his.build(&config, "queryAccount", members, 0, &wire, &complaint));
    assert_string_equal(wire.url, "http://127.0.0.1:1/his/queryAccount");
    assert_string_equal(wire.body,
                        "{\"operator_id\":\"op\",\"term_no\":\"K1\",\"org_code\":\"H35010200227\","
                        "\"mdtrt_cert_type\":\"10\",\"mdtrt_cert_no\":\"C1\",\"cert_no\":\"C1\","
                        "\"account_type\":\"01\"}");
    wire_request_free(&wire);
    cJSON_DeleteItemFromObject(members, "cert_no");
    assert_false(platform_his.build(&config, "queryAccount", members, 0, &wire, &complaint));
    assert_string_equal(complaint.text,
                        "his.queryAccount.cert_no: expected a value (required), got nothing");
    cJSON_Delete(members);
}

static void an_account_is_read(void **state) {
    (void)state;
    struct wire_reading reading = read_text(
        "queryAccount",
        "{\"ret_code\":\"00\",\"psn_name\":\"王淑兰\",\"cert_no\":\"11010519491231002X\","
        "\"mdtrt_cert_no\":\"W20001234\",\"mdtrt_cert_type\":\"05\",\"account_type\":\"02\","
        "\"balance\":\"350.00\",\"deposit_cap\":\"20000.00\",\"disease_area\":\"心内科三病区\","
        "\"adm_bed\":\"12\",\"phone\":\"13800000000\",\"ipt_no\":\"W20001234\",\"his_cust_list\":["
        "{\"his_cust_id\":\"A\",\"his_cust_balc\":\"1.00\"},{\"his_cust_id\":\"B\"}]}");
    assert_int_equal(reading.outcome, OUTCOME_ACCEPTED);
    const struct account *account = (const struct account *)reading.document;
    assert_int_equal(account->head.kind, DOCUMENT_ACCOUNT);
    assert_string_equal(account->name, "王淑兰");
    assert_int_equal(account->account_type, ACCOUNT_INPATIENT);
    assert_int_equal(account->balance.fen, 35000);
    assert_true(account->has_cap);
    assert_int_equal(account->deposit_cap.fen, 2000000);
    assert_string_equal(account->mdtrt_cert_type, "05");
    assert_string_equal(account->phone, "13800000000");
    assert_int_equal(account->card_count, 2);
    assert_true(account->cards[0].has_balance);
    assert_false(account->cards[1].has_balance);
    assert_int_equal(strlen(account->keys.id), 64);
    free(reading.document);
}

static void a_certificate_is_taken_whole_or_as_asked(void **state) {
    (void)state;
    struct wire_reading reading =
        read_text("queryAccount", "{\"ret_code\":\"00\",\"psn_name\":\"x\",\"balance\":\"0\","
                                  "\"mdtrt_cert_no\":\"35020519870808105X\"}");
    const struct account *account = (const struct account *)reading.document;
    assert_string_equal(account->mdtrt_cert_no, "C10000001");
    assert_string_equal(account->mdtrt_cert_type, "10");
    free(reading.document);
}

#define ID_NO "11010519491231002X"

/* The keys of an answer to this certificate. */
static struct patient_keys keys_of(const char *kind, const char *number, const char *cert_no,
                                   const char *answered) {
    char text[512];
    struct wire_reading reading;
    snprintf(text, sizeof text,
             "{\"mdtrt_cert_type\":\"%s\",\"mdtrt_cert_no\":\"%s\",\"cert_no\":\"%s\"}", kind,
             number, cert_no);
    cJSON *sent = parse(text);
    snprintf(text, sizeof text, "{\"ret_code\":\"00\",\"psn_name\":\"x\",\"balance\":\"0\"%s}",
             answered);
    platform_his.read(&config, "queryAccount", sent, 200, text, strlen(text), &reading);
    assert_int_equal(reading.outcome, OUTCOME_ACCEPTED);
    struct patient_keys keys = ((const struct account *)reading.document)->keys;
    free(reading.document);
    wire_reading_free(&reading);
    cJSON_Delete(sent);
    return keys;
}

static void a_whole_id_number_makes_one_key_however_it_is_known(void **state) {
    (void)state;
    struct patient_keys by_card =
        keys_of("10", "C10000001", "C10000001", ",\"cert_no\":\"" ID_NO "\"");
    assert_int_equal(strlen(by_card.id), 64);
    struct patient_keys others[] = {
        keys_of("03", "A1", "A1", ",\"cert_no\":\"11010519491231002x\""),
        keys_of("02", ID_NO, ID_NO, ""),
        keys_of("02", ID_NO, ID_NO, ",\"cert_no\":\"110105********002X\""),
        keys_of("03", "A1", ID_NO, ",\"cert_no\":\"1101****002X\""),
        keys_of("03", "A1", ID_NO, ",\"cert_no\":\"110105xxxxxxxx002X\""),
        keys_of("03", "A1", ID_NO, ",\"cert_no\":\"******************\""),
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_string_equal(others[i].id, by_card.id);
    struct patient_keys another =
        keys_of("02", ID_NO, ID_NO, ",\"cert_no\":\"350102195804121627\"");
    assert_int_equal(strlen(another.id), 64); /* the hospital's word */
    assert_string_not_equal(another.id, by_card.id);
}

static void what_is_masked_or_not_whole_makes_no_key(void **state) {
    static const char *const answers[] = {
        ",\"cert_no\":\"110105********002X\"", ",\"cert_no\":\"1101**\"",
        ",\"cert_no\":\"110105194912310021\"", ",\"cert_no\":\"C10000001\"",
        ",\"cert_no\":\"＊＊＊＊\"",           ""};
    (void)state;
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++)
        assert_string_equal(keys_of("10", "C1", "C1", answers[i]).id, "");
    /* A mask that is not of the number that was shown: another's. */
    assert_string_equal(keys_of("02", ID_NO, ID_NO, ",\"cert_no\":\"350102********1627\"").id, "");
    assert_string_equal(keys_of("10", "C1", "C1", ",\"his_cust_id\":\"88**12\"").cust, "");
    assert_string_equal(keys_of("10", "C1", "C1", ",\"his_cust_id\":\"88xxx12\"").cust, "");
    assert_string_equal(keys_of("10", "C1***1", "C1", "").card, "");
}

static void a_number_of_another_kind_of_card_is_another_card(void **state) {
    (void)state;
    struct patient_keys hospital = keys_of("10", "12345", "12345", "");
    struct patient_keys social = keys_of("03", "12345", "12345", "");
    struct patient_keys again = keys_of("10", "12345", "12345", ",\"his_cust_id\":\"9\"");
    assert_int_equal(strlen(hospital.card), 64);
    assert_string_not_equal(hospital.card, social.card);
    assert_string_equal(hospital.card, again.card);
    assert_string_equal(hospital.cust, "");
    assert_int_equal(strlen(again.cust), 64);
}

static void each_of_several_cards_has_its_key(void **state) {
    (void)state;
    struct wire_reading reading = read_text(
        "queryAccount", "{\"ret_code\":\"00\",\"psn_name\":\"x\",\"balance\":\"0\","
                        "\"his_cust_id\":\"A\",\"his_cust_list\":[{\"his_cust_id\":\"A\"},"
                        "{\"his_cust_id\":\"B\"},{\"his_cust_id\":\"C*\"}]}");
    const struct account *account = (const struct account *)reading.document;
    assert_string_equal(account->cards[0].cust_key, account->keys.cust);
    assert_int_equal(strlen(account->cards[1].cust_key), 64);
    assert_string_not_equal(account->cards[1].cust_key, account->keys.cust);
    assert_string_equal(account->cards[2].cust_key, "");
    free(reading.document);
}

static void an_account_that_misses_something_is_malformed(void **state) {
    (void)state;
    static const char *const bad[] = {
        "{\"ret_code\":\"00\"}",
        "{\"ret_code\":\"00\",\"psn_name\":\"x\"}",
        "{\"ret_code\":\"00\",\"psn_name\":\"x\",\"balance\":\"a\"}",
        "{\"ret_code\":\"00\",\"psn_name\":\"x\",\"balance\":\"0\",\"deposit_cap\":\"1.234\"}",
        "{\"ret_code\":\"00\",\"psn_name\":\"x\",\"balance\":\"0\",\"his_cust_id\":"
        "\"12345678901234567890123456789012345678901\"}",
        "{\"ret_code\":\"00\",\"psn_name\":\"x\",\"balance\":\"0\",\"his_cust_list\":[{}]}",
        "{\"psn_name\":\"x\",\"balance\":\"0\"}"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(outcome_of("queryAccount", bad[i]), OUTCOME_MALFORMED);
}

/* A terminal, a printer or a log would obey it. */
static void orders_to_devices_are_no_text(void **state) {
    (void)state;
    struct wire_reading reading =
        read_text("queryAccount", "{\"ret_code\":\"00\",\"psn_name\":\"\\u001b[2J\\u007fx\","
                                  "\"balance\":\"0\"}");
    assert_string_equal(((const struct account *)reading.document)->name, " [2J x");
    free(reading.document);
    assert_int_equal(outcome_of("queryAccount",
                                "{\"ret_code\":\"00\",\"psn_name\":\"x\",\"balance\":\"0\","
                                "\"his_cust_id\":\"8\\u001bm\"}"),
                     OUTCOME_MALFORMED);
}

static void no_such_patient_is_definite_and_keeps_its_sentence(void **state) {
    (void)state;
    struct wire_reading reading =
        read_text("queryAccount", "{\"ret_code\":\"01\",\"ret_msg\":\"未找到患者\"}");
    assert_int_equal(reading.outcome, OUTCOME_DECLINED);
    assert_string_equal(reading.code, "01");
    assert_string_equal(reading.message, "未找到患者");
    assert_int_equal(outcome_of("queryAccount", "{\"ret_code\":\"99\"}"), OUTCOME_UNKNOWN);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_carries_who_asks),
        cmocka_unit_test(an_account_is_read),
        cmocka_unit_test(a_certificate_is_taken_whole_or_as_asked),
        cmocka_unit_test(a_whole_id_number_makes_one_key_however_it_is_known),
        cmocka_unit_test(what_is_masked_or_not_whole_makes_no_key),
        cmocka_unit_test(a_number_of_another_kind_of_card_is_another_card),
        cmocka_unit_test(each_of_several_cards_has_its_key),
        cmocka_unit_test(an_account_that_misses_something_is_malformed),
        cmocka_unit_test(orders_to_devices_are_no_text),
        cmocka_unit_test(no_such_patient_is_definite_and_keeps_its_sentence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
