/* links: tests/sim/vfs*.c app/journal/ app/core/order/ app/core/terms/ app/base/ */
/* Power fails at every single write and sync of a day's work. Whatever the disk kept of it, the
 * journal opens again, proves itself, and holds everything that was reported durable. */
#include "tests/sim/vfs.h"
#include "tests/support/journal_fixture.h"

#define ORDERS 4

struct work {
    int durable;   /* events of commits that were reported durable */
    int attempted; /* those and the one under way */
};

static enum journal_result open_it(struct journal **out) {
    struct journal_options options = {.path = "journal.db", .terminal_id = "K1", .vfs = "crash"};
    return journal_open(&options, out);
}

static bool commit(struct journal *journal, struct work *work, const struct order *order,
                   enum note note) {
    work->attempted++;
    if (fixture_write(journal, order, note) != JOURNAL_OK)
        return false;
    work->durable++;
    return true;
}

static bool one_visit(struct journal *journal, struct work *work, struct order *order) {
    if (!commit(journal, work, order, NOTE_OPENED))
        return false;
    fixture_wait(order);
    if (!commit(journal, work, order, NOTE_PLACED))
        return false;
    fixture_case(order);
    if (!commit(journal, work, order, NOTE_CASE))
        return false;
    work->attempted++;
    if (journal_print_outcome(journal, order->no, false, PRINT_DONE, 1) != JOURNAL_OK)
        return false;
    work->durable++;
    return true;
}

/* Its person is forgotten, which the log has to follow. */
static bool settle(struct journal *journal, struct work *work, struct order *order) {
    fixture_credit(order);
    return commit(journal, work, order, NOTE_CREDITED);
}

/* Works until it is done or the power fails. */
static struct work work_a_day(void) {
    struct work work = {0};
    struct journal *journal;
    bool going = open_it(&journal) == JOURNAL_OK;
    for (int i = 1; going && i <= ORDERS; i++) {
        struct order *order = fixture_order(i);
        going = one_visit(journal, &work, order);
        if (going && i % 2 == 0)
            going = journal_checkpoint(journal) == JOURNAL_OK;
        if (going && i == 3)
            going = settle(journal, &work, order) && journal_wash(journal) == JOURNAL_OK;
        free(order);
    }
    journal_close(journal);
    return work;
}

static void check_what_is_left(const struct work *work, int64_t cut, enum vfs_loss loss) {
    struct journal *journal;
    struct journal_finding finding;
    enum journal_result result = open_it(&journal);
    if (result != JOURNAL_OK)
        fail_msg("cut %d, loss %d: opening gives %d", (int)cut, loss, result);
    assert_int_equal(journal_verify(journal, &finding), JOURNAL_OK);
    if (!finding.good)
        fail_msg("cut %d, loss %d: %s", (int)cut, loss, finding.text);
    if (finding.events < work->durable || finding.events > work->attempted)
        fail_msg("cut %d, loss %d: %d events, %d were durable, %d tried", (int)cut, loss,
                 (int)finding.events, work->durable, work->attempted);
    struct order *order = fixture_order(ORDERS + 1);
    assert_int_equal(fixture_write(journal, order, NOTE_OPENED), JOURNAL_OK);
    free(order);
    journal_close(journal);
}

static void power_fails_at_every_operation(void **state) {
    static const enum vfs_loss losses[] = {VFS_LOSE_ALL,  VFS_LOSE_NONE, VFS_LOSE_SOME,
                                           VFS_LOSE_SOME, VFS_TEAR,      VFS_TEAR};
    (void)state;
    struct vfs *vfs = vfs_create("crash", 1);
    struct work whole = work_a_day();
    int64_t operations = vfs_counts(vfs).operations;
    int cuts = 0;
    assert_int_equal(whole.durable, 4 * ORDERS + 1);
    for (int64_t cut = 1; cut <= operations; cut++) {
        vfs_reset(vfs, (uint64_t)cut);
        vfs_cut_after(vfs, cut);
        struct work work = work_a_day();
        assert_true(vfs_is_cut(vfs));
        vfs_hold(vfs);
        size_t ways = vfs_unsynced(vfs) > 0 ? sizeof losses / sizeof *losses : 1;
        for (size_t i = 0; i < ways; i++, cuts++) {
            vfs_again(vfs, (uint64_t)cut * 100 + i);
            vfs_restore(vfs, losses[i]);
            check_what_is_left(&work, cut, losses[i]);
        }
    }
    print_message("%d power cuts at %d operations\n", cuts, (int)operations);
    vfs_destroy(vfs);
}

static void power_fails_again_while_recovering(void **state) {
    (void)state;
    struct vfs *vfs = vfs_create("crash", 2);
    for (int round = 0; round < 200; round++) {
        vfs_reset(vfs, (uint64_t)round);
        vfs_cut_after(vfs, 20 + round);
        struct work work = work_a_day();
        for (int again = 1; again < 6; again++) {
            struct journal *journal;
            vfs_restore(vfs, VFS_TEAR);
            vfs_cut_after(vfs, again);
            if (open_it(&journal) == JOURNAL_OK)
                assert_true(journal_checkpoint(journal) != JOURNAL_CORRUPT);
            journal_close(journal);
            vfs_cut(vfs);
        }
        vfs_restore(vfs, VFS_TEAR);
        check_what_is_left(&work, 20 + round, VFS_TEAR);
    }
    vfs_destroy(vfs);
}

static void a_full_disk_refuses_and_loses_nothing(void **state) {
    (void)state;
    struct vfs *vfs = vfs_create("crash", 3);
    struct journal *journal;
    struct journal_finding finding;
    struct order *order = fixture_order(1);
    int refused = 0, taken = 0;
    assert_int_equal(open_it(&journal), JOURNAL_OK);
    assert_int_equal(fixture_write(journal, order, NOTE_OPENED), JOURNAL_OK);
    for (int64_t room = 0; room < 60000; room += 1000) {
        vfs_limit(vfs, vfs_counts(vfs).bytes_held + room);
        order->legs[0].place_tries++;
        enum journal_result result = fixture_write(journal, order, NOTE_PLACED);
        vfs_limit(vfs, 0);
        assert_true(result == JOURNAL_OK || result == JOURNAL_FULL);
        *(result == JOURNAL_OK ? &taken : &refused) += 1;
        if (room % 8000 == 0)
            assert_int_equal(journal_checkpoint(journal), JOURNAL_OK);
    }
    assert_true(refused > 0 && taken > 0);
    assert_int_equal(journal_verify(journal, &finding), JOURNAL_OK);
    assert_true(finding.good);
    assert_int_equal(finding.events, 1 + taken);
    journal_close(journal);
    free(order);
    vfs_destroy(vfs);
}

static void a_failing_sync_is_not_called_durable(void **state) {
    (void)state;
    struct vfs *vfs = vfs_create("crash", 4);
    struct journal *journal;
    struct order *order = fixture_order(1);
    struct work work = {.durable = 1, .attempted = 1};
    assert_int_equal(open_it(&journal), JOURNAL_OK);
    assert_int_equal(fixture_write(journal, order, NOTE_OPENED), JOURNAL_OK);
    vfs_fail_syncs(vfs, 1);
    fixture_wait(order);
    assert_int_equal(fixture_write(journal, order, NOTE_PLACED), JOURNAL_IO);
    assert_int_equal(fixture_write(journal, order, NOTE_PLACED), JOURNAL_OK);
    work.durable = work.attempted = 2;
    vfs_cut(vfs);
    journal_close(journal);
    vfs_restore(vfs, VFS_LOSE_ALL);
    check_what_is_left(&work, 0, VFS_LOSE_ALL);
    free(order);
    vfs_destroy(vfs);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(power_fails_at_every_operation),
        cmocka_unit_test(power_fails_again_while_recovering),
        cmocka_unit_test(a_full_disk_refuses_and_loses_nothing),
        cmocka_unit_test(a_failing_sync_is_not_called_durable),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
