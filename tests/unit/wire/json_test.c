/* links: app/wire/json.c app/base/text.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/wire/json.h"

static cJSON *parse(const char *text) {
    const char *error = NULL;
    cJSON *tree = wire_parse(text, strlen(text), &error);
    if (tree == NULL)
        assert_non_null(error);
    return tree;
}

static void printed(const char *text, bool sorted, const char *wanted) {
    cJSON *tree = parse(text);
    assert_non_null(tree);
    char *out = wire_print(tree, sorted);
    assert_string_equal(out, wanted);
    free(out);
    cJSON_Delete(tree);
}

static void numbers_keep_their_own_text(void **state) {
    (void)state;
    printed("{\"a\":17.60,\"b\":[10.00,-0,1e5],\"c\":12345678901234567890}", false,
            "{\"a\":17.60,\"b\":[10.00,-0,1e5],\"c\":12345678901234567890}");
}

static void keys_are_sorted_at_every_depth(void **state) {
    (void)state;
    printed("{\"b\":{\"z\":1,\"A\":2,\"a\":[{\"y\":1,\"x\":2}]},\"a\":null}", true,
            "{\"a\":null,\"b\":{\"A\":2,\"a\":[{\"x\":2,\"y\":1}],\"z\":1}}");
}

static void text_is_raw_utf8_and_slashes_stay(void **state) {
    (void)state;
    printed("{\"a\":\"\\u4e2d\\ud842\\udfb7\\/\\n\\\"\"}", false, "{\"a\":\"中𠮷/\\n\\\"\"}");
}

static void scalars_have_a_text(void **state) {
    (void)state;
    cJSON *tree = parse("{\"s\":\"x\",\"n\":0.10,\"t\":true,\"f\":false,\"z\":null,\"o\":{},"
                        "\"diag_dept \":\"d\"}");
    assert_string_equal(wire_text(tree, "s"), "x");
    assert_string_equal(wire_text(tree, "n"), "0.10");
    assert_string_equal(wire_text(tree, "t"), "true");
    assert_string_equal(wire_text(tree, "f"), "false");
    assert_null(wire_text(tree, "z"));
    assert_null(wire_text(tree, "o"));
    assert_null(wire_text(tree, "absent"));
    assert_string_equal(wire_text(tree, "diag_dept"), "d");
    assert_null(wire_text(NULL, "s"));
    cJSON_Delete(tree);
}

static void flags_come_in_five_shapes(void **state) {
    (void)state;
    cJSON *tree = parse("[{\"f\":true},{\"f\":\"true\"},{\"f\":\"TRUE\"},{\"f\":1},{\"f\":\"1\"},"
                        "{\"f\":false},{\"f\":\"yes\"},{\"f\":0},{}]");
    int index = 0;
    for (const cJSON *item = tree->child; item != NULL; item = item->next)
        assert_int_equal(wire_flag(item, "f"), index++ < 5);
    cJSON_Delete(tree);
}

static void what_is_not_json_is_refused(void **state) {
    (void)state;
    static const char *const bad[] = {"",
                                      "{",
                                      "{\"a\":1,}",
                                      "[1,]",
                                      "01",
                                      "1.",
                                      ".5",
                                      "+1",
                                      "nul",
                                      "TRUE",
                                      "{a:1}",
                                      "\"\\x\"",
                                      "\"\\u0000\"",
                                      "\"\\ud800\"",
                                      "\"\\udc00\"",
                                      "\"a\nb\"",
                                      "\"\xff\"",
                                      "\"\xc0\x80\"",
                                      "\"abc",
                                      "\"abc\\",
                                      "{} {}",
                                      "{\"a\":1,\"a\":2}",
                                      "1e",
                                      "-"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_null(parse(bad[i]));
}

/* Small as text, it would be large as a tree. */
static void values_are_bounded(void **state) {
    (void)state;
    const size_t count = 1000000;
    char *text = malloc(2 * count + 1);
    const char *error = NULL;
    for (size_t i = 0; i < count; i++)
        memcpy(text + 2 * i, i ? ",1" : "[1", 2);
    text[2 * count] = ']';
    assert_null(wire_parse(text, 2 * count + 1, &error));
    assert_string_equal(error, "too many values");
    free(text);
}

static void depth_is_bounded(void **state) {
    (void)state;
    char text[2 * WIRE_JSON_DEPTH + 3];
    for (int depth = WIRE_JSON_DEPTH; depth <= WIRE_JSON_DEPTH + 1; depth++) {
        memset(text, '[', (size_t)depth);
        memset(text + depth, ']', (size_t)depth);
        text[2 * depth] = '\0';
        cJSON *tree = parse(text);
        assert_int_equal(tree != NULL, depth <= WIRE_JSON_DEPTH);
        cJSON_Delete(tree);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_keep_their_own_text),
        cmocka_unit_test(keys_are_sorted_at_every_depth),
        cmocka_unit_test(text_is_raw_utf8_and_slashes_stay),
        cmocka_unit_test(scalars_have_a_text),
        cmocka_unit_test(flags_come_in_five_shapes),
        cmocka_unit_test(what_is_not_json_is_refused),
        cmocka_unit_test(depth_is_bounded),
        cmocka_unit_test(values_are_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
