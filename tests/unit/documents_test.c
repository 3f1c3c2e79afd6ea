/* links: app/documents.c app/log.c app/clock.c */
/* Large answers live as long as the visit points to them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

#include "app/documents.h"

static void what_the_visit_shows_stays(void **state) {
    (void)state;
    struct documents documents = {0};
    static struct session session;
    struct account *account = calloc(1, sizeof *account);
    struct guidance *guidance = calloc(1, sizeof *guidance);
    struct pay_link *link = calloc(1, sizeof *link);
    documents_keep(&documents, &account->head);
    documents_keep(&documents, &guidance->head);
    documents_keep(&documents, &link->head);
    documents_keep(&documents, NULL);
    session.account = account;
    session.guidance[3] = guidance;
    documents_sweep(&documents, &session);
    assert_int_equal(documents.count, 2);
    assert_ptr_equal(documents.items[0], account);
    assert_ptr_equal(documents.items[1], guidance);
    session = (struct session){0};
    documents_sweep(&documents, &session);
    assert_int_equal(documents.count, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_the_visit_shows_stays)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
