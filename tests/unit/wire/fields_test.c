/* links: app/wire/ app/base/ app/core/terms/ */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/wire/fields.h"
#include "app/wire/json.h"

static const char *const flags[] = {"0", "1", NULL};
static const struct field table[] = {
    {"name", FIELD_BYTES, 6, true, NULL},       {"flag", FIELD_BYTES, 1, false, flags},
    {"cost", FIELD_COST, 12, false, NULL},      {"at", FIELD_MOMENT, 14, false, NULL},
    {"day", FIELD_DATE, 8, false, NULL},        {"paid", FIELD_TIME_OR_EPOCH, 20, false, NULL},
    {"extra", FIELD_OBJECT, 0, true, NULL},     {"extra.flag", FIELD_BYTES, 1, false, flags},
    {"extra.list", FIELD_ROWS, 0, false, NULL}, {"extra.list.n", FIELD_BYTES, 3, true, NULL},
    {"extra.tree", FIELD_TREE, 0, false, NULL}, {"extra.tree.fee", FIELD_COST, 12, false, NULL},
    {"extra.*", FIELD_REST, 0, false, NULL},    {0}};

static struct wire_complaint complaint;

static cJSON *walked(enum wire_encoding encoding, const char *text) {
    const char *error;
    cJSON *members = wire_parse(text, strlen(text), &error);
    assert_non_null(members);
    complaint.text[0] = '\0';
    cJSON *message = fields_message_in(encoding, "test", table, members, &complaint);
    cJSON_Delete(members);
    return message;
}

static void sent_as(const char *text, const char *wanted) {
    cJSON *message = walked(WIRE_UTF8, text);
    if (message == NULL)
        fail_msg("%s", complaint.text);
    char *out = wire_print(message, false);
    assert_string_equal(out, wanted);
    free(out);
    cJSON_Delete(message);
}

static void refused(const char *text, const char *says) {
    assert_null(walked(WIRE_UTF8, text));
    assert_string_equal(complaint.text, says);
}

static void an_object_comes_in_three_forms_and_leaves_as_one(void **state) {
    (void)state;
    sent_as("{\"name\":\"a\",\"extra\":\"\"}", "{\"name\":\"a\",\"extra\":{}}");
    sent_as("{\"name\":\"a\",\"extra\":{\"flag\":\"1\"}}",
            "{\"name\":\"a\",\"extra\":{\"flag\":\"1\"}}");
    sent_as("{\"extra\":\"{\\\"flag\\\":\\\"1\\\"}\",\"name\":\"a\"}",
            "{\"name\":\"a\",\"extra\":{\"flag\":\"1\"}}");
    refused("{\"name\":\"a\"}", "test.extra: expected a value (required), got nothing");
    refused("{\"name\":\"a\",\"extra\":\"x\"}",
            "test.extra: expected an object, or a string of one, got \"x\"");
    refused("{\"name\":\"a\",\"extra\":[]}",
            "test.extra: expected an object, or a string of one, got an array");
}

static void what_stands_below_is_checked_and_named(void **state) {
    (void)state;
    sent_as("{\"name\":\"a\",\"extra\":{\"list\":[{\"n\":\"1\"}],\"tree\":{\"fee\":0},\"own\":7}}",
            "{\"name\":\"a\",\"extra\":{\"list\":\"[{\\\"n\\\":\\\"1\\\"}]\","
            "\"tree\":\"{\\\"fee\\\":\\\"0.00\\\"}\",\"own\":7}}");
    refused("{\"name\":\"a\",\"extra\":{\"flag\":\"2\"}}",
            "test.extra.flag: expected one of 0, 1, got \"2\"");
    refused("{\"name\":\"a\",\"extra\":{\"list\":\"[{\\\"n\\\":\\\"1\\\"},{}]\"}}",
            "test.extra.list[1].n: expected a value (required), got nothing");
    refused("{\"name\":\"a\",\"extra\":{\"list\":[\"1\"]}}",
            "test.extra.list: expected objects in its array, got \"1\"");
    refused("{\"name\":\"a\",\"extra\":{\"list\":[{\"n\":\"1\",\"m\":\"2\"}]}}",
            "test.extra.list[0].m: expected no such member, got \"2\"");
    refused("{\"name\":\"a\",\"extra\":{\"tree\":{\"fee\":\"-1.00\"}}}",
            "test.extra.tree.fee: expected yuan with two decimals, not below 0, got \"-1.00\"");
}

/* Whoever reads a member takes "list " for the row's, which nobody would have checked. */
static void a_name_with_blanks_around_it_is_none_of_the_rest(void **state) {
    (void)state;
    sent_as("{\"name\":\"a\",\"extra\":{\"lists\":[7]}}",
            "{\"name\":\"a\",\"extra\":{\"lists\":[7]}}");
    refused("{\"name\":\"a\",\"extra\":{\"list \":[7]}}",
            "test.extra.list : expected its name without blanks, got an array");
    refused("{\"name\":\"a\",\"extra\":{\"\\tflag\":\"7\",\"flag\":\"1\"}}",
            "test.extra.\tflag: expected its name without blanks, got \"7\"");
    refused("{\"name\":\"a\",\"name \":\"b\",\"extra\":{}}",
            "test.name : expected its name without blanks, got \"b\"");
}

static void a_length_counts_bytes_as_they_are_sent(void **state) {
    (void)state;
    sent_as("{\"name\":\"张三\",\"extra\":{}}", "{\"name\":\"张三\",\"extra\":{}}");
    refused("{\"name\":\"欧阳某\",\"extra\":{}}",
            "test.name: expected at most 6 bytes, got \"欧阳某\"");
    cJSON *message = walked(WIRE_GB18030, "{\"name\":\"欧阳某\",\"extra\":{}}");
    assert_non_null(message);
    cJSON_Delete(message);
    assert_null(walked(WIRE_GB18030, "{\"name\":\"欧阳某某\",\"extra\":{}}"));
}

static void times_and_costs_are_strict(void **state) {
    (void)state;
    sent_as("{\"name\":\"a\",\"cost\":\"0\",\"at\":\"20261125101010\",\"day\":\"20261125\","
            "\"extra\":{}}",
            "{\"name\":\"a\",\"cost\":\"0.00\",\"at\":\"20261125101010\",\"day\":\"20261125\","
            "\"extra\":{}}");
    sent_as("{\"name\":\"a\",\"paid\":\"2026-11-25 10:10:10\",\"extra\":{}}",
            "{\"name\":\"a\",\"paid\":\"2026-11-25 10:10:10\",\"extra\":{}}");
    sent_as("{\"name\":\"a\",\"paid\":\"1795147200000\",\"extra\":{}}",
            "{\"name\":\"a\",\"paid\":\"1795147200000\",\"extra\":{}}");
    const char *const wrong[] = {"\"cost\":\"1\"",
                                 "\"paid\":\"1795147200\"",
                                 "\"paid\":1795147200000",
                                 "\"paid\":\"2026-11-25\"",
                                 "\"cost\":\"1.234\"",
                                 "\"cost\":true",
                                 "\"at\":\"2026-11-25 10:10:10\"",
                                 "\"at\":\"20261325101010\"",
                                 "\"day\":\"2026-11-25\"",
                                 "\"day\":\"20260230\"",
                                 "\"name\":7"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        char text[96];
        snprintf(text, sizeof text, "{%s%s,\"extra\":{}}",
                 strstr(wrong[i], "name") ? "" : "\"name\":\"a\",", wrong[i]);
        assert_null(walked(WIRE_UTF8, text));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_object_comes_in_three_forms_and_leaves_as_one),
        cmocka_unit_test(what_stands_below_is_checked_and_named),
        cmocka_unit_test(a_name_with_blanks_around_it_is_none_of_the_rest),
        cmocka_unit_test(a_length_counts_bytes_as_they_are_sent),
        cmocka_unit_test(times_and_costs_are_strict),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
