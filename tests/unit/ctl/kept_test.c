/* links: app/ctl/recon_kept.c app/base/ */
/* Answers that are kept come back as they came, and what a loss of power has left of them is seen:
 * the file says how long it is, and is on the disk before it has its name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>

#include "app/ctl/recon_kept.h"

#define ASKED "his.bills 2026-11-27"
#define ANSWERS "{\"data\":[1]}\n{\"data\":[2]}\n"

static char folder[64], steps[8];
static bool disk_fails;

/* The order in which things reach the disk: f a file or a folder, n a name. */
static void step(char what) {
    size_t length = strlen(steps);
    assert_true(length + 1 < sizeof steps);
    steps[length] = what;
    steps[length + 1] = '\0';
}

int fsync(int fd) {
    (void)fd;
    step('f');
    errno = EIO;
    return disk_fails ? -1 : 0;
}

int rename(const char *from, const char *to) {
    step('n');
    return renameat(AT_FDCWD, from, AT_FDCWD, to);
}

static bool save(const char *text, bool verified) {
    FILE *answers = tmpfile();
    assert_non_null(answers);
    fputs(text, answers);
    steps[0] = '\0';
    bool saved = kept_save(folder, ASKED, verified, answers);
    fclose(answers);
    return saved;
}

static char *kept_file(bool verified) {
    static char path[128];
    snprintf(path, sizeof path, "%s/his.bills_2026-11-27%s", folder, verified ? "" : ".unverified");
    return path;
}

static void opens(enum kept_form form, bool verified, const char *expected) {
    char text[256] = "";
    bool was_verified;
    FILE *answers;
    assert_int_equal(kept_open(folder, ASKED, &was_verified, &answers), form);
    if (expected == NULL) {
        assert_null(answers);
        return;
    }
    assert_non_null(answers);
    text[fread(text, 1, sizeof text - 1, answers)] = '\0';
    fclose(answers);
    assert_string_equal(text, expected);
    assert_int_equal(was_verified, verified);
}

static void write_kept(const char *text) {
    FILE *file = fopen(kept_file(true), "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void answers_come_back_as_they_came(void **state) {
    (void)state;
    opens(KEPT_NOTHING, true, NULL);
    assert_true(save(ANSWERS, true));
    opens(KEPT_WHOLE, true, ANSWERS);
    assert_true(save("", true));
    opens(KEPT_WHOLE, true, "");
    /* Of two that have another mark the last is kept. */
    assert_true(save(ANSWERS, false));
    opens(KEPT_WHOLE, false, ANSWERS);
    assert_true(save("{}\n", true));
    opens(KEPT_WHOLE, true, "{}\n");
    assert_int_equal(access(kept_file(false), F_OK), -1);
}

static void a_file_that_was_cut_is_no_answer(void **state) {
    struct stat whole;
    (void)state;
    assert_true(save(ANSWERS, true));
    assert_int_equal(stat(kept_file(true), &whole), 0);
    long head = whole.st_size - (long)strlen(ANSWERS);
    for (long size = whole.st_size - 1; size >= head; size--) {
        assert_int_equal(truncate(kept_file(true), size), 0);
        opens(KEPT_CUT, true, NULL);
    }
    assert_int_equal(truncate(kept_file(true), 0), 0);
    opens(KEPT_CUT, true, NULL);
    write_kept("# kept 3 bytes\n{}\n\n");
    opens(KEPT_CUT, true, NULL);
}

/* As it was written before files said how long they are, and a head that is none. */
static void a_file_that_does_not_say_its_length_is_told_apart(void **state) {
    static const char *const texts[] = {ANSWERS, "# kept", "# kept 3 bytes",
                                        "# kept 03 bytes\n{}\n", "# rows 3\nmedOrgOrd\n"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        write_kept(texts[i]);
        opens(KEPT_UNCOUNTED, true, texts[i]);
    }
}

/* Else a loss of power leaves the name without what was written, or without the name. */
static void what_is_kept_is_on_the_disk_before_it_has_its_name(void **state) {
    (void)state;
    assert_true(save(ANSWERS, true));
    assert_string_equal(steps, "fnf");
    disk_fails = true;
    assert_false(save("{}\n", true));
    assert_int_equal(errno, EIO);
    assert_string_equal(steps, "f");
    disk_fails = false;
    opens(KEPT_WHOLE, true, ANSWERS);
}

static int make_folder(void **state) {
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/kept-test-XXXXXX");
    return mkdtemp(folder) == NULL;
}

static int remove_folder(void **state) {
    (void)state;
    unlink(kept_file(true));
    unlink(kept_file(false));
    return rmdir(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(answers_come_back_as_they_came, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(a_file_that_was_cut_is_no_answer, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(a_file_that_does_not_say_its_length_is_told_apart,
                                        make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(what_is_kept_is_on_the_disk_before_it_has_its_name,
                                        make_folder, remove_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
