/* links: app/journal/ app/core/order/ app/core/terms/ app/base/ */
/* The log of a journal that is never idle. */
#include <sys/stat.h>

#include "tests/support/journal_fixture.h"

#define BYTES_MAX (24 << 20) /* 4000 pages, and some that came before they were moved */

static int64_t log_bytes(struct fixture *fixture) {
    char name[128];
    struct stat found;
    snprintf(name, sizeof name, "%s-wal", fixture->path);
    return stat(name, &found) == 0 ? found.st_size : 0;
}

/* Nobody waits for the disk to move it all, and it does not fill the disk either. */
static void a_log_is_moved_before_it_fills_the_disk(void **state) {
    struct fixture *fixture = *state;
    struct journal_finding finding;
    int64_t longest = 0;
    for (int n = 1; n <= 600; n++) {
        struct order *order = fixture_order(n);
        assert_int_equal(fixture_write(fixture->journal, order, NOTE_OPENED), JOURNAL_OK);
        free(order);
        longest = log_bytes(fixture) > longest ? log_bytes(fixture) : longest;
    }
    assert_true(longest > BYTES_MAX / 2); /* it was not moved after every write */
    assert_true(longest < BYTES_MAX);
    assert_int_equal(journal_verify(fixture->journal, &finding), JOURNAL_OK);
    assert_true(finding.good);
    assert_int_equal(finding.orders, 600);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_log_is_moved_before_it_fills_the_disk, fixture_set_up,
                                        fixture_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
