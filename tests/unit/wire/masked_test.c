/* links: app/wire/ app/core/terms/ app/base/ */
/* What may be seen of a message: amounts, states and numbers of payments, but no person and no
 * card, also where an object comes as text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/wire/json.h"
#include "app/wire/masked.h"
#include "app/wire/reading.h"

#define CARD "6222021234567890123"
#define PERSON                                                                                     \
    "{\"BankCardNo\":\"" CARD "\",\"userName\":\"张三丰\",\"idNo\":\"110105194912310021\","     \
    "\"amount\":\"17.60\",\"traceNo\":\"T1\"}"

static char seen[2048];

static void see_tree(const cJSON *tree) {
    char *text = masked_text(tree);
    snprintf(seen, sizeof seen, "%s", text);
    free(text);
}

/* The message {name: text}, as it is seen. */
static void see_text(const char *name, const char *text) {
    cJSON *tree = cJSON_CreateObject();
    cJSON_AddStringToObject(tree, name, text);
    see_tree(tree);
    cJSON_Delete(tree);
}

static void nobody_is_seen(void) {
    static const char *const hidden[] = {CARD, "三丰", "110105194912310021"};
    for (size_t i = 0; i < sizeof hidden / sizeof hidden[0]; i++)
        if (strstr(seen, hidden[i]) != NULL)
            fail_msg("%s", seen);
}

/* `text` as the text of a JSON string. Caller: free(). */
static char *quoted(const char *text) {
    cJSON *item = cJSON_CreateString(text);
    char *quoted = wire_print(item, false);
    cJSON_Delete(item);
    return quoted;
}

static void an_object_that_comes_as_text_is_masked_like_an_object(void **state) {
    static const char *const texts[] = {PERSON, " \r\n\t" PERSON " ", "[" PERSON "]",
                                        "\xef\xbb\xbf" PERSON};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        see_text("extra", texts[i]);
        nobody_is_seen();
        assert_non_null(strstr(seen, "\\\"amount\\\":\\\"17.60\\\""));
        assert_non_null(strstr(seen, "\\\"traceNo\\\":\\\"T1\\\""));
    }
    see_text("extra", "");
    assert_string_equal(seen, "{\"extra\":\"\"}");
    see_text("extra", "17.60");
    assert_string_equal(seen, "{\"extra\":\"17.60\"}");
}

/* A list that holds `text` as text. Passes `text` on; caller: free(). */
static char *listed(char *text) {
    cJSON *list = cJSON_CreateArray();
    cJSON_AddItemToArray(list, cJSON_CreateString(text));
    char *outer = wire_print(list, false);
    cJSON_Delete(list);
    free(text);
    return outer;
}

static void text_within_text_is_opened_until_it_is_too_deep(void **state) {
    (void)state;
    char *text = quoted(PERSON);
    for (int depth = 1; depth < 9; depth++) {
        see_text("extra", text);
        nobody_is_seen();
        if ((strstr(seen, "17.60") != NULL) != (depth < 4))
            fail_msg("depth %d: %s", depth, seen);
        text = listed(text);
    }
    free(text);
}

static void what_cannot_be_opened_is_not_shown(void **state) {
    static const char *const texts[] = {
        "{\"userName\":\"张三丰\",\"address\":\"福州市鼓楼区1号",
        "[\"张三丰\",",
        "[" CARD,
        "{张三丰}",
        "{\"userName\":\"张三丰\",\"userName\":\"张三丰\"}",
        "\"张三丰",
        PERSON PERSON,
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        see_text("extra", texts[i]);
        assert_string_equal(seen, "{\"extra\":\"***\"}");
    }
    char *text = malloc(1 << 20);
    memset(text, ' ', 1 << 20);
    memcpy(text, "{\"note\":\"", 9);
    memcpy(text + (1 << 20) - 3, "\"}", 3);
    see_text("extra", text);
    free(text);
    assert_string_equal(seen, "{\"extra\":\"***\"}");
}

/* Banks begin a sentence with their code in brackets. */
static void a_sentence_in_brackets_is_a_sentence(void **state) {
    (void)state;
    see_text("msg", "[5001]余额不足");
    assert_string_equal(seen, "{\"msg\":\"[5001]余额不足\"}");
    see_text("msg", "[SYSTEM_ERROR] card " CARD);
    assert_null(strstr(seen, CARD));
    assert_non_null(strstr(seen, "SYSTEM_ERROR"));
    see_text("message", "[5001]card " CARD " of [26112510101009010001]");
    assert_null(strstr(seen, CARD));
    assert_non_null(strstr(seen, "[5001]card"));
    assert_non_null(strstr(seen, "26112510101009010001"));
    see_text("msg", "[ {\"userName\":\"张三丰\"");
    assert_string_equal(seen, "{\"msg\":\"***\"}");
    see_text("msg", "{\"userName\":\"张三丰\"");
    assert_string_equal(seen, "{\"msg\":\"***\"}");
    see_text("msg", PERSON);
    nobody_is_seen();
    assert_non_null(strstr(seen, "17.60"));
}

static void text_within_a_settlement_is_opened_too(void **state) {
    const char *error;
    (void)state;
    cJSON *tree = cJSON_CreateObject(), *settlement = cJSON_AddObjectToObject(tree, "extData");
    cJSON_AddStringToObject(settlement, "setlinfo",
                            "{\"psnName\":\"ZHANG SANFENG 1\",\"setlId\":\"420700900057201764\","
                            "\"street\":\"West Lake\",\"acctPay\":\"17.60\"}");
    cJSON_AddStringToObject(settlement, "setlProcInfo", "{\"psnName\":\"ZHANG SANFENG 1\"");
    cJSON_AddItemToObject(settlement, "clrOptins", cJSON_CreateString("420799"));
    see_tree(tree);
    cJSON_Delete(tree);
    assert_null(strstr(seen, "SANFENG"));
    assert_null(strstr(seen, "West"));
    assert_non_null(strstr(seen, "420700900057201764"));
    assert_non_null(strstr(seen, "17.60"));
    assert_non_null(strstr(seen, "\"setlProcInfo\":\"***\""));
    tree = wire_parse(seen, strlen(seen), &error);
    assert_non_null(tree);
    cJSON_Delete(tree);
}

static bool is_done(const char *code) {
    return strcmp(code, "000000") == 0;
}

/* What a library left and its buffer has cut, as evidence has it. */
static void of_a_librarys_output_that_cannot_be_read_nothing_is_seen(void **state) {
    static const char *const outputs[] = {
        "{\"respCode\":\"000000\",\"param\":{\"userName\":\"张三丰\",\"mobilePhone\":\"138",
        "userName=张三丰&card=" CARD, "张三丰"};
    (void)state;
    for (size_t i = 0; i < sizeof outputs / sizeof outputs[0]; i++) {
        struct wire_reading reading;
        bool left;
        cJSON *body = cJSON_CreateObject();
        cJSON_AddStringToObject(body, "returned", "000000");
        cJSON_AddStringToObject(body, "out", outputs[i]);
        char *text = wire_print(body, false);
        cJSON_Delete(body);
        assert_true(reading_begin(&reading, 200, text, strlen(text)));
        assert_false(reading_library(&reading, is_done, &left));
        see_tree(reading.tree);
        assert_string_equal(seen, "{\"returned\":\"000000\",\"out\":\"***\"}");
        wire_reading_free(&reading);
        free(text);
    }
    see_text("out", PERSON);
    nobody_is_seen();
    assert_non_null(strstr(seen, "17.60"));
}

/* A sentence that comes quoted, in a list or in an object is a sentence still. */
static void numbers_in_a_sentence_that_comes_as_json_are_hidden(void **state) {
    static const char *const texts[] = {
        "\"card " CARD " of 110105194912310021, phone 13812345678\"",
        "[\"card " CARD " of 110105194912310021, phone 13812345678\"]",
        "{\"detail\":\"card " CARD " of 110105194912310021, phone 13812345678\"}",
    };
    static const char *const hidden[] = {CARD, "110105194912310021", "13812345678"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        see_text("msg", texts[i]);
        for (size_t k = 0; k < sizeof hidden / sizeof hidden[0]; k++)
            if (strstr(seen, hidden[k]) != NULL)
                fail_msg("%s", seen);
        if (strstr(seen, "phone") == NULL)
            fail_msg("nothing is left of %s", seen);
    }
}

/* Nor need it come as text: a list, an object, a number. Short ones and our own are shown. */
static void numbers_in_what_stands_for_a_sentence_are_hidden(void **state) {
    static const struct {
        const char *sent, *shown;
    } told[] = {
        {"{\"msg\":[\"phone 13812345678, code 1234\"]}",
         "{\"msg\":[\"phone ***********, code 1234\"]}"},
        {"{\"msg\":{\"detail\":[\"phone 13812345678\",10.00]}}",
         "{\"msg\":{\"detail\":[\"phone ***********\",10.00]}}"},
        {"{\"msg\":13812345678,\"other\":13812345678}",
         "{\"msg\":\"***********\",\"other\":13812345678}"},
        {"{\"msg\":\"{\\\"of\\\":13812345678}\"}",
         "{\"msg\":\"{\\\"of\\\":\\\"***********\\\"}\"}"},
        {"{\"msg\":{\"order\":\"12345678901234567890\"}}",
         "{\"msg\":{\"order\":\"12345678901234567890\"}}"},
    };
    const char *ignored;
    (void)state;
    for (size_t i = 0; i < sizeof told / sizeof told[0]; i++) {
        cJSON *tree = wire_parse(told[i].sent, strlen(told[i].sent), &ignored);
        see_tree(tree);
        cJSON_Delete(tree);
        assert_string_equal(seen, told[i].shown);
    }
}

/* Readers take a member whose name has blanks around it (wire_member): it is masked like one. */
static void a_name_with_blanks_hides_what_the_name_hides(void **state) {
    static const char *const names[] = {" payToken", "userName ", "\tcardNo", " mobilePhone ",
                                        " \tmsg\t"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        see_text(names[i], "secret-13812345678");
        if (strstr(seen, "1381234") != NULL)
            fail_msg("%s", seen);
    }
}

/* hop.face.query answers a health card's holder and whom to call: nobody of them is seen. */
static void whom_to_call_is_not_seen(void **state) {
    static const char *const names[] = {
        "contact_name", "contact_phone", "contact_address", "unit_phone", "community",
        "birth_place",  "email",         "work_unit",       "id0000",     "ehealth_card_id"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        see_text(names[i], "13800138000");
        if (strstr(seen, "0138000") != NULL)
            fail_msg("%s", seen);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_object_that_comes_as_text_is_masked_like_an_object),
        cmocka_unit_test(text_within_text_is_opened_until_it_is_too_deep),
        cmocka_unit_test(what_cannot_be_opened_is_not_shown),
        cmocka_unit_test(a_sentence_in_brackets_is_a_sentence),
        cmocka_unit_test(text_within_a_settlement_is_opened_too),
        cmocka_unit_test(of_a_librarys_output_that_cannot_be_read_nothing_is_seen),
        cmocka_unit_test(numbers_in_a_sentence_that_comes_as_json_are_hidden),
        cmocka_unit_test(numbers_in_what_stands_for_a_sentence_are_hidden),
        cmocka_unit_test(a_name_with_blanks_hides_what_the_name_hides),
        cmocka_unit_test(whom_to_call_is_not_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
