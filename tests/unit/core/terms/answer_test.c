/* links: app/core/terms/ */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "app/core/terms/answer.h"

static const struct bill_list list = {
    .head = {DOCUMENT_BILLS},
    .bill_count = 2,
    .bills = {{.org_trace_no = "A", .amount = {100}}, {.org_trace_no = "B", .amount = {200}}}};

static void only_an_accepted_answer_has_its_document(void **state) {
    struct event_answer answer = {.outcome = OUTCOME_ACCEPTED, .document = &list.head};
    (void)state;
    assert_ptr_equal(document_of(&answer, DOCUMENT_BILLS), &list.head);
    assert_ptr_equal(bill_list_of(&answer), &list);
    assert_null(document_of(&answer, DOCUMENT_ACCOUNT));
    for (int outcome = OUTCOME_UNKNOWN; outcome <= OUTCOME_MALFORMED; outcome++) {
        answer.outcome = (enum outcome)outcome;
        assert_int_equal(bill_list_of(&answer) != NULL, outcome == OUTCOME_ACCEPTED);
    }
    answer = (struct event_answer){.outcome = OUTCOME_ACCEPTED};
    assert_null(document_of(&answer, DOCUMENT_BILLS));
    assert_null(document_if(NULL, DOCUMENT_BILLS));
}

static void a_bill_is_its_number_and_its_amount(void **state) {
    (void)state;
    assert_int_equal(bill_list_find(&list, "", "B", (struct fen){200}), 1);
    assert_int_equal(bill_list_find(&list, "", "B", (struct fen){100}), -1);
    assert_int_equal(bill_list_find(&list, "", "C", (struct fen){200}), -1);
    struct bill_list keyed = list;
    memcpy(keyed.bills[0].key, "k", 2);
    assert_int_equal(bill_list_find(&keyed, "k", "other", list.bills[0].amount), 0);
    assert_int_equal(bill_list_find(&keyed, "l", list.bills[0].org_trace_no, list.bills[0].amount),
                     -1);
}

static void silence_garbage_and_proxies_are_not_the_peer(void **state) {
    static const struct {
        enum outcome outcome;
        const char *code;
        bool spoke;
    } rows[] = {{OUTCOME_UNKNOWN, "1", true},    {OUTCOME_UNKNOWN, "", false},
                {OUTCOME_UNKNOWN, "-28", false}, {OUTCOME_UNKNOWN, "HTTP 502", false},
                {OUTCOME_MALFORMED, "0", false}, {OUTCOME_ACCEPTED, "00", true}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct event_answer answer = {.outcome = rows[i].outcome};
        strcpy(answer.code, rows[i].code);
        assert_int_equal(answer_spoke(&answer), rows[i].spoke);
    }
}

/* A portal's document has words such as -2. What cannot be read is nobody's word all the same. */
static void a_word_that_looks_like_silence_is_one(void **state) {
    struct event_answer answer = {.outcome = OUTCOME_UNKNOWN, .code = "-2", .code_is_word = true};
    (void)state;
    assert_true(answer_spoke(&answer));
    answer.outcome = OUTCOME_MALFORMED;
    assert_false(answer_spoke(&answer));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_an_accepted_answer_has_its_document),
        cmocka_unit_test(a_bill_is_its_number_and_its_amount),
        cmocka_unit_test(silence_garbage_and_proxies_are_not_the_peer),
        cmocka_unit_test(a_word_that_looks_like_silence_is_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
