/* The HIS as we ask it: what its words mean for the money, and its lists as bounded documents. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/config/privacy.h"
#include "app/config/terminal_rows.h"
#include "app/platform/his/his.h"
#include "app/wire/json.h"

static const struct his_config his = {.base_url = "http://127.0.0.1:1/his"};
static const struct config_terminal terminal = {.id = "K1",
                                                .org_code = "H35010200227",
                                                .sub_org_code = "",
                                                .operator_id = "op",
                                                .operator_name = ""};
static const struct config_privacy privacy = {.hospital_key = "0123456789abcdef"};
static const struct config config = {.part_count = 3,
                                     .parts = {{&his_section, &his},
                                               {&config_terminal_section, &terminal},
                                               {&config_privacy_section, &privacy}}};

#define ASKED                                                                                      \
    "{\"mdtrt_cert_type\":\"10\",\"mdtrt_cert_no\":\"C10000001\",\"cert_no\":\"C10000001\","       \
    "\"account_type\":\"01\",\"org_trace_no\":\"T1\"}"

static cJSON *parse(const char *text) {
    const char *error = NULL;
    cJSON *tree = wire_parse(text, strlen(text), &error);
    if (tree == NULL)
        fail_msg("%s: %s", error, text);
    return tree;
}

/* The document is the caller's to free. */
static struct wire_reading read_text(const char *operation, const char *body) {
    cJSON *sent = parse(ASKED);
    struct wire_reading reading;
    platform_his.read(&config, operation, sent, 200, body, strlen(body), &reading);
    cJSON_Delete(sent);
    wire_reading_free(&reading);
    assert_int_equal(reading.answer.outcome, reading.outcome);
    return reading;
}

static enum outcome outcome_of(const char *operation, const char *body) {
    struct wire_reading reading = read_text(operation, body);
    free(reading.document);
    return reading.outcome;
}

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
        "\"adm_bed\":\"12\",\"ipt_no\":\"W20001234\",\"his_cust_list\":["
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

static void bills_are_read_with_their_lines(void **state) {
    (void)state;
    struct wire_reading reading = read_text(
        "queryUnsettleList",
        "{\"ret_code\":\"00\",\"tip_msg\":\"温馨提醒\",\"unsettlelist\":["
        "{\"org_trace_no\":\"T1\",\"doc_trace_no\":\"D1\",\"dept_name\":\"内科\","
        "\"medfee_sumamt\":\"128.50\",\"rxlist\":[{\"item_name \":\"药\",\"pric\":\"1.234567\","
        "\"cnt\":\"2\",\"det_item_fee_sumamt\":\"2.47\"},{\"item_name\":\"b\","
        "\"det_item_fee_sumamt\":0.03}]},"
        "{\"org_trace_no\":\"T2\",\"doc_trace_no\":\"D2\",\"medfee_sumamt\":36.00,"
        "\"rxlist\":[{\"item_name\":\"c\",\"det_item_fee_sumamt\":\"36\"}]}]}");
    assert_int_equal(reading.outcome, OUTCOME_ACCEPTED);
    const struct bill_list *list = (const struct bill_list *)reading.document;
    assert_string_equal(list->tip, "温馨提醒");
    assert_int_equal(list->bill_count, 2);
    assert_int_equal(list->line_count, 3);
    assert_int_equal(list->bills[0].amount.fen, 12850);
    assert_int_equal(list->bills[1].first_line, 2);
    assert_int_equal(list->bills[1].line_count, 1);
    assert_string_equal(list->lines[0].name, "药");
    assert_string_equal(list->lines[0].price, "1.234567");
    assert_int_equal(list->lines[1].amount.fen, 3);
    free(reading.document);
}

static void an_empty_list_is_an_answer_but_what_is_no_list_is_not(void **state) {
    (void)state;
    assert_int_equal(outcome_of("queryUnsettleList", "{\"ret_code\":\"00\"}"), OUTCOME_ACCEPTED);
    assert_int_equal(outcome_of("queryUnsettleList", "{\"ret_code\":\"00\",\"unsettlelist\":[]}"),
                     OUTCOME_ACCEPTED);
    static const char *const bad[] = {
        "{\"ret_code\":\"00\",\"unsettlelist\":\"[]\"}",
        "{\"ret_code\":\"00\",\"unsettlelist\":{}}",
        "{\"ret_code\":\"00\",\"unsettlelist\":[1]}",
        "{\"ret_code\":\"00\",\"unsettlelist\":[{\"org_trace_no\":\"T\",\"doc_trace_no\":\"D\"}]}",
        "{\"ret_code\":\"00\",\"unsettlelist\":[{\"org_trace_no\":\"T\","
        "\"medfee_sumamt\":\"1.00\"}]}",
        "{\"ret_code\":\"00\",\"unsettlelist\":[{\"org_trace_no\":\"T\",\"doc_trace_no\":\"D\","
        "\"medfee_sumamt\":\"1.00\",\"rxlist\":[{\"item_name\":\"x\"}]}]}"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(outcome_of("queryUnsettleList", bad[i]), OUTCOME_MALFORMED);
}

/* A list of so many bills of so many lines each. */
static enum outcome outcome_of_list(int bills, int lines) {
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    fprintf(out, "{\"ret_code\":\"00\",\"unsettlelist\":[");
    for (int i = 0; i < bills; i++) {
        fprintf(out,
                "%s{\"org_trace_no\":\"T%d\",\"doc_trace_no\":\"D\",\"medfee_sumamt\":1,"
                "\"rxlist\":[",
                i == 0 ? "" : ",", i);
        for (int j = 0; j < lines; j++)
            fprintf(out, "%s{\"det_item_fee_sumamt\":1}", j == 0 ? "" : ",");
        fprintf(out, "]}");
    }
    fprintf(out, "]}");
    fclose(out);
    enum outcome outcome = outcome_of("queryUnsettleList", text);
    free(text);
    return outcome;
}

static void more_than_anybody_owes_is_malformed(void **state) {
    (void)state;
    assert_int_equal(outcome_of_list(BILLS_MAX, BILL_LINES_MAX), OUTCOME_ACCEPTED);
    assert_int_equal(outcome_of_list(BILLS_MAX + 1, 0), OUTCOME_ACCEPTED);
    assert_int_equal(outcome_of_list(4096, 1), OUTCOME_ACCEPTED);
    assert_int_equal(outcome_of_list(4097, 0), OUTCOME_MALFORMED);
}

/* "org_trace_no doc_trace_no amount", a row each. */
static const struct bill_list *list_of_rows(const char *const *rows, int count,
                                            struct wire_reading *reading) {
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    fprintf(out, "{\"ret_code\":\"00\",\"unsettlelist\":[");
    for (int i = 0; i < count; i++) {
        char no[16], doc[16], amount[16];
        assert_int_equal(sscanf(rows[i], "%15s %15s %15s", no, doc, amount), 3);
        fprintf(out, "%s{\"org_trace_no\":\"%s\",\"doc_trace_no\":\"%s\",\"medfee_sumamt\":\"%s\"}",
                i == 0 ? "" : ",", no, doc, amount);
    }
    fprintf(out, "]}");
    fclose(out);
    *reading = read_text("queryUnsettleList", text);
    free(text);
    assert_int_equal(reading->outcome, OUTCOME_ACCEPTED);
    return (const struct bill_list *)reading->document;
}

static void a_bill_that_cannot_be_sold_leaves_the_others(void **state) {
    static const struct {
        const char *rows[5];
        int count, left_out;
        const char *listed;
    } lists[] = {
        {{"T1 D1 1.00", "T2 D2 -1.00", "T3 D3 3.00"}, 3, 1, "T1T3"},
        {{"T1 D1 1.234", "T2 D2 2.00"}, 2, 1, "T2"},
        {{"T1 D1 x", "T2 D2 2.00"}, 2, 1, "T2"},
        {{"T1 D1 1.00", "T2 D2 2.00", "T1 D1 1.00"}, 3, 1, "T1T2"}, /* one row twice */
        {{"T1 D1 1.00", "T2 D2 2.00", "T1 D1 1.01"}, 3, 2, "T2"},   /* which of them? */
        {{"T1 D1 1.00", "T1 D9 1.00"}, 2, 2, ""},
        {{"T1 D1 1.00", "T1 D1 1.00", "T1 D1 5.00", "T2 D2 2.00"}, 4, 3, "T2"},
        {{"T1 D1 -1.00"}, 1, 1, ""},
        {{"T1 D1 0.00", "T2 D2 2.00"}, 2, 0, "T1T2"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        struct wire_reading reading;
        const struct bill_list *list = list_of_rows(lists[i].rows, lists[i].count, &reading);
        char listed[64] = "";
        for (int b = 0; b < list->bill_count; b++)
            strcat(listed, list->bills[b].org_trace_no);
        assert_string_equal(listed, lists[i].listed);
        assert_int_equal(list->left_out, lists[i].left_out);
        assert_false(list->more);
        free(reading.document);
    }
}

static void many_bills_are_listed_as_far_as_there_is_room(void **state) {
    static char rows[300][48];
    static const char *row[300];
    struct wire_reading reading;
    (void)state;
    for (int i = 0; i < 300; i++) {
        snprintf(rows[i], sizeof rows[i], "T%d D%d 1.00", i, i);
        row[i] = rows[i];
    }
    const struct bill_list *list = list_of_rows(row, 200, &reading);
    assert_int_equal(list->bill_count, 200);
    assert_int_equal(list->left_out, 0);
    free(reading.document);
    list = list_of_rows(row, 300, &reading);
    assert_int_equal(list->bill_count, LISTED_BILLS_MAX);
    assert_int_equal(list->left_out, 300 - LISTED_BILLS_MAX);
    assert_true(list->more);
    free(reading.document);
    assert_int_equal(outcome_of_list(1, BILL_LINES_MAX + 1), OUTCOME_ACCEPTED);
}

static void only_fail_says_that_a_credit_was_refused(void **state) {
    (void)state;
    static const struct {
        const char *body;
        enum outcome settle, ask, cancel;
    } cases[] = {
        {"{\"ret_code\":\"00\",\"result\":\"succ\",\"call_sn\":\"S1\"}", OUTCOME_ACCEPTED,
         OUTCOME_ACCEPTED, OUTCOME_ACCEPTED},
        {"{\"ret_code\":\"00\",\"result\":\"succ\"}", OUTCOME_MALFORMED, OUTCOME_ACCEPTED,
         OUTCOME_ACCEPTED},
        {"{\"ret_code\":\"00\",\"result\":\"fail\"}", OUTCOME_DECLINED, OUTCOME_DECLINED,
         OUTCOME_DECLINED},
        {"{\"ret_code\":\"00\",\"result\":\"exp\"}", OUTCOME_UNKNOWN, OUTCOME_UNKNOWN,
         OUTCOME_UNKNOWN},
        {"{\"ret_code\":\"00\",\"result\":\"closed\"}", OUTCOME_UNKNOWN, OUTCOME_UNKNOWN,
         OUTCOME_UNKNOWN},
        {"{\"ret_code\":\"00\",\"result\":\"SUCC\"}", OUTCOME_UNKNOWN, OUTCOME_UNKNOWN,
         OUTCOME_UNKNOWN},
        {"{\"ret_code\":\"00\"}", OUTCOME_MALFORMED, OUTCOME_MALFORMED, OUTCOME_MALFORMED},
        {"{\"ret_code\":\"01\",\"result\":\"fail\"}", OUTCOME_UNKNOWN, OUTCOME_UNKNOWN,
         OUTCOME_UNKNOWN},
        {"{\"ret_code\":\"02\"}", OUTCOME_UNKNOWN, OUTCOME_UNKNOWN, OUTCOME_UNKNOWN},
        {"{\"ret_code\":\"99\"}", OUTCOME_UNKNOWN, OUTCOME_UNKNOWN, OUTCOME_UNKNOWN},
        {"{\"result\":\"succ\",\"call_sn\":\"S1\"}", OUTCOME_MALFORMED, OUTCOME_MALFORMED,
         OUTCOME_MALFORMED},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(outcome_of("rechargeSettle", cases[i].body), cases[i].settle);
        assert_int_equal(outcome_of("querySettleResult", cases[i].body), cases[i].ask);
        assert_int_equal(outcome_of("cancelRechargeSettle", cases[i].body), cases[i].cancel);
    }
}

/* The framework of a hospital speaks in its place: nothing is known, and nothing was refused. A
 * ret_code beside it outranks it. */
static void a_code_of_the_framework_says_nothing(void **state) {
    (void)state;
    static const char *const operations[] = {"queryAccount",         "queryUnsettleList",
                                             "rechargeSettle",       "querySettleResult",
                                             "cancelRechargeSettle", "queryOrgTips"};
    for (size_t i = 0; i < sizeof operations / sizeof *operations; i++) {
        struct wire_reading reading =
            read_text(operations[i], "{\"code\":-1,\"msg\":\"系统繁忙\",\"result\":\"fail\"}");
        assert_int_equal(reading.outcome, OUTCOME_UNKNOWN);
        assert_string_equal(reading.code, "-1");
        assert_string_equal(reading.answer.code, "-1");
        assert_string_equal(reading.message, "系统繁忙");
        assert_null(reading.document);
        assert_int_equal(outcome_of(operations[i], "{\"code\":\"500\"}"), OUTCOME_UNKNOWN);
        assert_int_equal(outcome_of(operations[i], "{\"ret_code\":\"\",\"code\":0}"),
                         OUTCOME_UNKNOWN);
    }
    assert_int_equal(
        outcome_of("rechargeSettle", "{\"ret_code\":\"00\",\"code\":-1,\"result\":\"fail\"}"),
        OUTCOME_DECLINED);
}

static void a_credit_carries_whose_money_it_was(void **state) {
    (void)state;
    struct wire_reading reading = read_text(
        "querySettleResult", "{\"ret_code\":\"00\",\"result\":\"succ\",\"call_sn\":\"S1\","
                             "\"amp_trace_id\":\"261120101112000100010 1\",\"druginfo\":[]}");
    assert_string_equal(reading.answer.no, "S1");
    assert_string_equal(reading.answer.in_no, "261120101112000100010 1");
    assert_string_equal(reading.answer.code, "succ");
    assert_null(reading.document);
    assert_int_equal(outcome_of("querySettleResult", "{\"ret_code\":\"00\",\"result\":\"succ\","
                                                     "\"org_trace_no\":\"another\"}"),
                     OUTCOME_MALFORMED);
}

static void guidance_has_drugs_and_tips_with_their_codes(void **state) {
    (void)state;
    struct wire_reading reading = read_text(
        "rechargeSettle",
        "{\"ret_code\":\"00\",\"result\":\"succ\",\"call_sn\":\"S1\",\"druginfo\":["
        "{\"drug_no\":\"N1\",\"code_type\":\"bar\",\"code_value\":\"D34\",\"drug_addr\":\"二楼\","
        "\"drug_window\":\"204-1窗口\",\"drug_seq_no\":\"7\",\"wait_num\":13}],"
        "\"common_tip_list\":[{\"tip_title\":\"检查检验\",\"tip_items\":[{\"tip_key\":\"注意事项\","
        "\"tip_value\":\"空腹\"},{\"tip_key\":\"k\",\"code_type\":\"qr\",\"code_value\":\"Q\"}]}]"
        "}");
    const struct guidance *guidance = (const struct guidance *)reading.document;
    assert_int_equal(guidance->item_count, 3);
    assert_true(guidance->items[0].drug);
    assert_int_equal(guidance->items[0].code, CODE_TYPE_BAR);
    assert_string_equal(guidance->items[0].waiting, "13");
    assert_string_equal(guidance->items[1].title, "检查检验");
    assert_int_equal(guidance->items[1].code, CODE_TYPE_NONE);
    assert_int_equal(guidance->items[2].code, CODE_TYPE_QR);
    free(reading.document);
}

static void too_many_tips_do_not_lose_a_credit(void **state) {
    (void)state;
    char text[4096] = "{\"ret_code\":\"00\",\"result\":\"succ\",\"call_sn\":\"S1\",\"druginfo\":[";
    for (int i = 0; i <= GUIDE_ITEMS_MAX; i++)
        strcat(text, i == 0 ? "{\"drug_no\":\"N\"}" : ",{\"drug_no\":\"N\"}");
    strcat(text, "]}");
    struct wire_reading reading = read_text("rechargeSettle", text);
    assert_int_equal(reading.outcome, OUTCOME_ACCEPTED);
    assert_null(reading.document);
    assert_int_equal(outcome_of("queryOrgTips", text), OUTCOME_MALFORMED);
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
        cmocka_unit_test(bills_are_read_with_their_lines),
        cmocka_unit_test(an_empty_list_is_an_answer_but_what_is_no_list_is_not),
        cmocka_unit_test(more_than_anybody_owes_is_malformed),
        cmocka_unit_test(a_bill_that_cannot_be_sold_leaves_the_others),
        cmocka_unit_test(many_bills_are_listed_as_far_as_there_is_room),
        cmocka_unit_test(only_fail_says_that_a_credit_was_refused),
        cmocka_unit_test(a_code_of_the_framework_says_nothing),
        cmocka_unit_test(a_credit_carries_whose_money_it_was),
        cmocka_unit_test(guidance_has_drugs_and_tips_with_their_codes),
        cmocka_unit_test(too_many_tips_do_not_lose_a_credit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
