/* links: app/shell/desk_reply.c app/wire/ app/core/terms/ app/base/ */
/* What leaves for a caller: one line, and in it no card's number whole, in whatever form the
 * platform gave it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/shell/desk_parts.h"
#include "app/wire/json.h"

#define CARD "6222021234567890123"
#define MASKED "622202*********0123"

static char line[1024];

void desk_socket_answer(struct desk_socket *socket, uint32_t caller, char *text) {
    (void)socket, (void)caller;
    strncpy(line, text, sizeof line - 1);
    free(text);
}

cJSON *desk_answer_begin(const char *type, const char *code, const char *detail) {
    (void)type, (void)code, (void)detail;
    return NULL;
}

static void answer_is(const char *said, const char *heard) {
    const char *error = NULL;
    struct desk desk = {.socket = (struct desk_socket *)(void *)line};
    cJSON *answer = wire_parse(said, strlen(said), &error);
    assert_non_null(answer);
    desk_answer_caller(&desk, 1, "000000", answer);
    cJSON *tree = wire_parse(line, strlen(line), &error);
    char *text = wire_print(wire_member(tree, "out"), false);
    assert_string_equal(text, heard);
    free(text);
    cJSON_Delete(tree);
}

static void a_card_goes_to_no_caller_whole(void **state) {
    (void)state;
    answer_is("{\"param\":{\"extra\":{\"BankCardNo\":\"" CARD "\",\"paytype\":\"7\"}},"
              "\"extra\":{\"BankCardNo\":" CARD "}}",
              "{\"param\":{\"extra\":{\"BankCardNo\":\"" MASKED "\",\"paytype\":\"7\"}},"
              "\"extra\":{\"BankCardNo\":\"" MASKED "\"}}");
    answer_is("{\"param\":{\"extra\":\"{\\\"BankCardNo\\\": \\\"" CARD "\\\",\\\"fee\\\":1.50}\"}}",
              "{\"param\":{\"extra\":\"{\\\"BankCardNo\\\":\\\"" MASKED
              "\\\",\\\"fee\\\":1.50}\"}}");
    answer_is("{\"extra\":[{\"posTrans\":{\"BankCardNo\":\"" CARD "\"}}]}",
              "{\"extra\":[{\"posTrans\":{\"BankCardNo\":\"" MASKED "\"}}]}");
    answer_is("{\"extra\":\"{\\\"BankCardNo\\\":\\\"" CARD "\"}", "{\"extra\":\"***\"}");
    answer_is("{\"extra\":\"BankCardNo=" CARD "\"}",
              "{\"extra\":\"BankCardNo=*******************\"}");
}

/* A caller reads a name as we read the platform's, blanks around it or not. */
static void a_cards_name_may_have_blanks_around_it(void **state) {
    (void)state;
    answer_is("{\" extra\":{\"\\tBankCardNo \":\"" CARD "\"}}",
              "{\" extra\":{\"\\tBankCardNo \":\"" MASKED "\"}}");
    answer_is("{\"extra \":\"{\\\" BankCardNo\\\":\\\"" CARD "\\\"}\"}",
              "{\"extra \":\"{\\\" BankCardNo\\\":\\\"" MASKED "\\\"}\"}");
}

/* The hospital's own software hears of its patients what the document has. */
static void a_person_is_told_as_the_platform_said_it(void **state) {
    static const char said[] =
        "{\"param\":{\"userName\":\"张三丰\",\"idNo\":\"110105194912310021\","
        "\"extra\":\"\"},\"extra\":{\"resNote\":\"好\"}}";
    (void)state;
    answer_is(said, said);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_card_goes_to_no_caller_whole),
        cmocka_unit_test(a_cards_name_may_have_blanks_around_it),
        cmocka_unit_test(a_person_is_told_as_the_platform_said_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
