/* links: tests/support/recon_files.c app/recon/ app/recon/sources/ app/wire/ app/core/terms/ app/base/ */
/* Two texts of one hash are two ids: nothing that is asked of ids takes one for the other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/recon_files.h"

#define TEXTS 2000000
#define TEXT_SIZE 16

struct hashed {
    uint32_t hash;
    int number;
};

/* Three texts with the same hash, found once for all tests: A, B, C. */
static char twins[3][TEXT_SIZE];

static uint32_t hash_of(const char *text) {
    return recon_id_hash(recon_id_pack(RECON_PAYMENT, RECON_PAYMENT_NO, slice_of(text), text));
}

static void number_text(int number, char out[TEXT_SIZE]) {
    snprintf(out, TEXT_SIZE, "P%011d", number);
}

static int by_hash(const void *a, const void *b) {
    const struct hashed *x = a, *y = b;
    return (x->hash > y->hash) - (x->hash < y->hash);
}

static int find_twins(void **state) {
    struct hashed *list = malloc(TEXTS * sizeof *list);
    char text[TEXT_SIZE];
    (void)state;
    assert_non_null(list);
    for (int i = 0; i < TEXTS; i++) {
        number_text(i, text);
        list[i] = (struct hashed){hash_of(text), i};
    }
    qsort(list, TEXTS, sizeof *list, by_hash);
    for (int i = 2; i < TEXTS && twins[0][0] == '\0'; i++)
        for (int k = 0; k < 3 && list[i].hash == list[i - 2].hash; k++)
            number_text(list[i - k].number, twins[k]);
    free(list);
    return twins[0][0] == '\0';
}

#define HEAD "source,kind,payment_no,trace_no,origin_no,amount\n"
/* A deal that all three have: every source is there. */
#define COMMON "upp,,N,,,1.00\nhis,,N,,,1.00\njournal,,N,,,1.00\n"

/* In `rows` A, B and C stand for the twins. As they are, or in quotes: then their texts do not
 * stand in the file as they are, and are read again. */
static void run_twins(struct recon_run *run, const char *rows, bool quoted) {
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    fputs(HEAD COMMON, out);
    for (; *rows; rows++)
        if (*rows < 'A' || *rows > 'C')
            fputc(*rows, out);
        else
            fprintf(out, quoted ? "\"%s\"" : "%s", twins[*rows - 'A']);
    fclose(out);
    recon_run_init(run);
    recon_run_add(run, "rows", text);
    recon_run_judge(run);
    free(text);
}

struct twin_story {
    const char *rows;
    int agree; /* beside the common deal */
    struct {
        enum recon_class class;
        int count;
    } others[3];
};

static const struct twin_story stories[] = {
    /* Of one hash only they would be one deal that lacks nothing. */
    {"upp,,A,,,9.00\njournal,,B,,,9.00\nhis,,B,,,9.00\n",
     0,
     {{RECON_HOSPITAL_MISSING, 1}, {RECON_PLATFORM_MISSING, 1}}},
    /* Each is found behind the other. */
    {"upp,,A,,,9.00\nupp,,B,,,9.00\nhis,,B,,,9.00\nhis,,A,,,9.00\njournal,,A,,,9.00\n"
     "journal,,B,,,9.00\n",
     2,
     {{0}}},
    /* Behind two others, too; and who names one of them does not find another. */
    {"upp,,A,,,9.00\nupp,,B,,,9.00\nupp,,C,,,9.00\nhis,,C,,,9.00\nhis,,B,,,9.00\nhis,,A,,,9.00\n"
     "journal,,B,,,9.00\njournal,,A,,,9.00\njournal,,C,,,9.00\n",
     3,
     {{0}}},
    {"upp,,A,,,9.00\nhis,,A,,,9.00\njournal,,A,,,9.00\nupp,,C,,,9.00\nhis,,C,,,9.00\n"
     "journal,,C,,,9.00\nupp,refund,R,,B,9.00\nupp,refund,Q,,C,9.00\n",
     2,
     {{RECON_REFUND_WITHOUT_PAYMENT, 1}, {RECON_HOSPITAL_MISSING, 1}}},
    /* Two payments of one bill are no repetition. */
    {"upp,,A,X,,9.00\nupp,,B,X,,9.00\nhis,,,X,,9.00\n",
     0,
     {{RECON_PROPOSED, 1}, {RECON_HOSPITAL_MISSING, 1}, {RECON_DUPLICATE, 0}}},
    /* The terminal's parts of a bill are those of this bill. */
    {"upp,,P,,,30.00\nhis,,P,A,,10.00\nhis,,P,B,,20.00\njournal,,P,A,,10.00\n"
     "journal,,P,B,,20.00\n",
     1,
     {{0}}},
    {"upp,,A,,,9.00\nhis,,A,,,9.00\njournal,,A,,,9.00\nupp,refund,R,,B,9.00\n",
     1,
     {{RECON_REFUND_WITHOUT_PAYMENT, 1}}},
    {"upp,,A,,,9.00\nhis,,A,,,9.00\njournal,,A,,,9.00\nupp,refund,R,,A,9.00\n",
     1,
     {{RECON_HOSPITAL_MISSING, 1}}},
    /* Another kind of id, and a refund's, is another id though its text is the same. */
    {"upp,,A,,,9.00\nhis,,,A,,9.01\n",
     0,
     {{RECON_HOSPITAL_MISSING, 1}, {RECON_PLATFORM_MISSING, 1}}},
    {"upp,,A,,,9.00\nhis,refund,A,,,9.00\n",
     0,
     {{RECON_HOSPITAL_MISSING, 1}, {RECON_PLATFORM_MISSING, 1}}},
};

static void twins_are_two(void **state) {
    static struct recon_run run;
    (void)state;
    for (int k = 0; k < 3; k++) {
        assert_string_not_equal(twins[k], twins[(k + 1) % 3]);
        assert_true(hash_of(twins[k]) == hash_of(twins[0]));
    }
    for (size_t i = 0; i < 2 * (sizeof stories / sizeof *stories); i++) {
        const struct twin_story *story = &stories[i / 2];
        run_twins(&run, story->rows, i % 2);
        if (recon_run_count(&run, RECON_AGREE) != 1 + story->agree)
            fail_msg("%d agree of:\n%s", (int)recon_run_count(&run, RECON_AGREE), story->rows);
        for (size_t k = 0; k < 3; k++)
            if (story->others[k].class != RECON_AGREE &&
                recon_run_count(&run, story->others[k].class) != story->others[k].count)
                fail_msg("%s is not %d of:\n%s", recon_classes[story->others[k].class].word,
                         story->others[k].count, story->rows);
        recon_run_free(&run);
    }
}

/* Two rows with the same id, one whose id differs in its last byte; `before` bytes stand before it.
 */
static void compare_ids(int before, int length) {
    static struct recon_run run;
    static char text[32768], filler[8400], id[128];
    memset(filler, 'f', sizeof filler);
    memset(id, 'x', sizeof id);
    snprintf(text, sizeof text,
             "source,channel,payment_no,amount\nupp,%.*s,%.*s,1.00\nhis,%.*s,%.*s,1.00\n"
             "his,%.*s,%.*sy,2.00\n",
             before, filler, length, id, before, filler, length, id, before, filler, length - 1,
             id);
    recon_run_init(&run);
    recon_run_add(&run, "rows", text);
    recon_run_judge(&run);
    assert_int_equal(recon_run_count(&run, RECON_AGREE), 1);
    assert_int_equal(recon_differences(&run.result), 1);
    recon_run_free(&run);
}

/* Of 63 bytes and more, and 8 KiB behind the beginning of their line: what a place can say, and
 * what it cannot. */
static void ids_of_any_length_are_compared(void **state) {
    (void)state;
    for (int length = 60; length < 68; length++)
        compare_ids(0, length);
    for (int before = 8180; before < 8200; before++)
        compare_ids(before, 20);
}

/* More of each hash's part than any source has alone: every two of three have a third of them all.
 */
static void ids_are_found_whoever_has_them(void **state) {
    static const char *const sources[] = {"upp", "his", "journal", "his", "journal", "upp"};
    static struct recon_run run;
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    (void)state;
    fputs("source,payment_no,amount\n", out);
    for (int i = 0; i < 18000; i++)
        fprintf(out, "%s,N%d,1.00\n", sources[i / 3000], i % 9000);
    fclose(out);
    recon_run_init(&run);
    recon_run_add(&run, "rows", text);
    recon_run_judge(&run);
    assert_int_equal(recon_run_count(&run, RECON_TERMINAL_UNAWARE), 3000);
    assert_int_equal(recon_run_count(&run, RECON_PLATFORM_MISSING), 3000);
    assert_int_equal(recon_run_count(&run, RECON_HOSPITAL_MISSING), 3000);
    recon_run_free(&run);
    free(text);
}

/* Two of three refunds name a payment that is there. */
static void refunds_find_their_payments_among_many(void **state) {
    static const char *const sources[] = {"upp", "his", "journal"};
    static struct recon_run run;
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    (void)state;
    fputs("source,kind,payment_no,origin_no,amount\n", out);
    for (int i = 0; i < 9000; i++)
        fprintf(out, "upp,refund,R%d,N%d,1.00\n", i, i);
    for (int i = 0; i < 18000; i++)
        fprintf(out, "%s,payment,N%d,,1.00\n", sources[i / 6000], i % 6000);
    fclose(out);
    recon_run_init(&run);
    recon_run_add(&run, "rows", text);
    recon_run_judge(&run);
    assert_int_equal(recon_run_count(&run, RECON_AGREE), 6000);
    assert_int_equal(recon_run_count(&run, RECON_HOSPITAL_MISSING), 6000);
    assert_int_equal(recon_run_count(&run, RECON_REFUND_WITHOUT_PAYMENT), 3000);
    recon_run_free(&run);
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(twins_are_two),
        cmocka_unit_test(ids_of_any_length_are_compared),
        cmocka_unit_test(ids_are_found_whoever_has_them),
        cmocka_unit_test(refunds_find_their_payments_among_many),
    };
    return cmocka_run_group_tests(tests, find_twins, NULL);
}
