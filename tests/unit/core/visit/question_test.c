/* links: app/core/visit/question.c */
/* A question to the hospital is made of what the visit knows at that moment. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "app/core/visit/session.h"

static void a_question_holds_the_facts_of_its_moment(void **state) {
    (void)state;
    struct account account = {.name = "张三"};
    struct session session = {.service = SERVICE_DEPOSIT,
                              .who = {.identity = IDENTITY_SOCIAL_CARD,
                                      .identity_no = "A12345678",
                                      .id_no = "11010519491231002X",
                                      .card = 1},
                              .documents = {[DOCUMENT_ACCOUNT] = &account.head}};
    struct question question = session_question(&session, VERB_BILLS);
    assert_int_equal(question.verb, VERB_BILLS);
    assert_int_equal(question.service, SERVICE_DEPOSIT);
    assert_int_equal(question.identity, IDENTITY_SOCIAL_CARD);
    assert_string_equal(question.identity_no, "A12345678");
    assert_string_equal(question.id_no, "11010519491231002X");
    assert_ptr_equal(question.account, &account);
    assert_int_equal(question.card, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_question_holds_the_facts_of_its_moment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
