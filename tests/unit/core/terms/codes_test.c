/* links: app/core/ app/core/visit/ app/core/desk/ app/core/order/ app/core/terms/ ui/ids.c */
/* What a code is: persons, cards, pay codes, and nothing at all. */
#include "tests/support/patient.h"

#include <stdio.h>

#include "app/core/terms/codes.h"
#include "app/core/terms/mask.h"

static void codes_are_told_apart_by_the_rules(void **state) {
    static const struct {
        const char *code;
        enum identity_kind kind;
    } rows[] = {{"C10000001", IDENTITY_HOSPITAL_CARD},
                {"C1000000", IDENTITY_NONE},
                {"C100000011", IDENTITY_NONE},
                {"W20001234", IDENTITY_WRISTBAND},
                {"11010519491231002X", IDENTITY_ID_CARD},
                {"11010519491231002x", IDENTITY_ID_CARD},
                {"110105194912310021", IDENTITY_NONE}, /* check digit */
                {"110105194913310026", IDENTITY_NONE}, /* month 13 */
                {"110105187912310027", IDENTITY_NONE}, /* nobody is so old */
                {"110105210012310027", IDENTITY_NONE},
                {"110105194900310027", IDENTITY_NONE},
                {"110105194912000027", IDENTITY_NONE},
                {"110105194912320027", IDENTITY_NONE},
                {"1101051949123100XX", IDENTITY_NONE},
                {"C1000\x7f"
                 "001",
                 IDENTITY_NONE},
                {"1101051949123100", IDENTITY_NONE},
                {"C1000 001", IDENTITY_NONE},
                {"C1000\t001", IDENTITY_NONE},
                {"", IDENTITY_NONE}};
    struct core_setup setup = usual_setup();

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(code_identity(setup.code_rules, setup.code_rule_count, rows[i].code),
                         rows[i].kind);
}

/* ISO/IEC 15424: "]", a letter, a character, before what was scanned. */
static void a_symbology_identifier_is_no_part_of_the_code(void **state) {
    (void)state;
    assert_string_equal(code_after_aim("]C1C10000001"), "C10000001");
    assert_string_equal(code_after_aim("]q0x"), "x");
    assert_string_equal(code_after_aim("]C"), "]C");
    assert_string_equal(code_after_aim("]11C"), "]11C");
    assert_string_equal(code_after_aim("][1C"), "][1C");
    assert_string_equal(code_after_aim("]{1C"), "]{1C");
    assert_string_equal(code_after_aim("]"), "]");
}

static void pay_codes_are_told_apart_by_head_and_length(void **state) {
    static const struct {
        const char *code;
        enum channel channel;
    } rows[] = {{"100000000000000000", CHANNEL_WECHAT},
                {"159999999999999999", CHANNEL_WECHAT},
                {"160000000000000000", CHANNEL_NONE},
                {"13000000000000000", CHANNEL_NONE},
                {"1300000000000000000", CHANNEL_NONE},
                {"2500000000000000", CHANNEL_ALIPAY},
                {"300000000000000000000000", CHANNEL_ALIPAY},
                {"3000000000000000000000000", CHANNEL_NONE},
                {"310000000000000000", CHANNEL_NONE},
                {"6200000000000000000", CHANNEL_UNIONPAY},
                {"620000000000000000", CHANNEL_NONE},
                {"13000000000000000X", CHANNEL_NONE},
                {"C10000001", CHANNEL_NONE},
                {"", CHANNEL_NONE}};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(code_pay_channel(rows[i].code), rows[i].channel);
}

static void a_site_adds_codes_of_its_own(void **state) {
    struct core_setup setup = usual_setup();

    (void)state;
    setup.code_rules[3] = (struct code_rule){IDENTITY_E_INSURANCE, "424", 28, 28, true};
    setup.code_rules[4] = (struct code_rule){IDENTITY_HEALTH_CARD, "EHC:", 8, 40, false};
    setup.code_rule_count = 5;
    assert_int_equal(
        code_identity(setup.code_rules, setup.code_rule_count, "4243501020000111122223333444"),
        IDENTITY_E_INSURANCE);
    assert_int_equal(
        code_identity(setup.code_rules, setup.code_rule_count, "424350102000011112222333344"),
        IDENTITY_NONE);
    assert_int_equal(
        code_identity(setup.code_rules, setup.code_rule_count, "424350102000011112222333344X"),
        IDENTITY_NONE);
    assert_int_equal(code_pay_channel("4243501020000111122223333444"), CHANNEL_NONE);
    assert_int_equal(code_identity(setup.code_rules, setup.code_rule_count, "EHC:7F3A9C21:1"),
                     IDENTITY_HEALTH_CARD);
    assert_int_equal(code_identity(setup.code_rules, setup.code_rule_count, "EHC:7F3"),
                     IDENTITY_NONE);
}

static void a_pay_code_is_hardly_ever_a_person(void **state) {
    struct core_setup setup = usual_setup();
    int persons = 0;

    (void)state;
    for (int i = 0; i < 100000; i++) {
        char code[19];
        snprintf(code, sizeof code, "13%016llu",
                 (unsigned long long)i * 99999999977ull % 10000000000000000ull);
        persons += code_identity(setup.code_rules, setup.code_rule_count, code) == IDENTITY_ID_CARD;
    }
    assert_true(persons < 50);
}

static void the_scanners_own_prefix_is_dropped(void **state) {
    (void)state;
    assert_string_equal(code_after_aim("]Q1C10000001"), "C10000001");
    assert_string_equal(code_after_aim("C10000001"), "C10000001");
    assert_string_equal(code_after_aim("]Q1"), "");
    assert_string_equal(code_after_aim("]Q"), "]Q");
    assert_string_equal(code_after_aim("]"), "]");
    assert_string_equal(code_after_aim(""), "");
}

static void a_mobile_phone_is_told_by_its_form(void **state) {
    static const char *const phones[] = {"13800000000", "+8619912345678", "8617311113321"};
    static const char *const others[] = {"",
                                         "1380000000",
                                         "138000000000",
                                         "12800000000",
                                         "0592-1234567",
                                         "138****0000",
                                         "23800000000",
                                         "+8513800000000",
                                         "1380000000x"};
    (void)state;
    for (size_t i = 0; i < sizeof phones / sizeof phones[0]; i++)
        assert_true(code_is_mobile(phones[i]));
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        assert_false(code_is_mobile(others[i]));
}

static void names_and_numbers_are_masked_by_characters(void **state) {
    char out[64];

    (void)state;
    assert_string_equal(mask_name("张建丰", out, sizeof out), "张*丰");
    assert_string_equal(mask_name("陈默", out, sizeof out), "陈*");
    assert_string_equal(mask_name("𬭎𠮷", out, sizeof out), "𬭎*");
    assert_string_equal(mask_name("欧阳娜娜", out, sizeof out), "欧**娜");
    assert_string_equal(mask_name("王", out, sizeof out), "*");
    assert_string_equal(mask_name("", out, sizeof out), "");
    assert_string_equal(mask_middle("11010519491231002X", 6, 4, out, sizeof out),
                        "110105********002X");
    assert_string_equal(mask_middle("C10000001", 2, 4, out, sizeof out), "C1***0001");
    assert_string_equal(mask_middle("12345", 6, 4, out, sizeof out), "****5");
    assert_string_equal(mask_name("张建丰", out, 5), "张*"); /* no half character */
    assert_string_equal(mask_name("\xe5\xbc", out, sizeof out), "\xe5*");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_are_told_apart_by_the_rules),
        cmocka_unit_test(a_symbology_identifier_is_no_part_of_the_code),
        cmocka_unit_test(pay_codes_are_told_apart_by_head_and_length),
        cmocka_unit_test(a_site_adds_codes_of_its_own),
        cmocka_unit_test(a_pay_code_is_hardly_ever_a_person),
        cmocka_unit_test(the_scanners_own_prefix_is_dropped),
        cmocka_unit_test(a_mobile_phone_is_told_by_its_form),
        cmocka_unit_test(names_and_numbers_are_masked_by_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
