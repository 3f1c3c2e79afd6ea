/* links: tests/support/recon_files.c app/recon/ app/recon/sources/ app/wire/ app/core/terms/ app/base/ */
/* Two texts of one hash are two ids: nothing that is asked of ids takes one for the other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/recon_files.h"

#define TEXTS 1000000
#define TEXT_SIZE 16

struct hashed {
    uint64_t key;
    int number;
};

/* Texts with the same key, found once for all tests. */
static char twin_a[TEXT_SIZE], twin_b[TEXT_SIZE];

static uint64_t key_of(const char *text) {
    return recon_id_key(recon_id_pack(RECON_PAYMENT, RECON_PAYMENT_NO, slice_of(text), text));
}

static void number_text(int number, char out[TEXT_SIZE]) {
    snprintf(out, TEXT_SIZE, "P%011d", number);
}

static int by_key(const void *a, const void *b) {
    const struct hashed *x = a, *y = b;
    return (x->key > y->key) - (x->key < y->key);
}

static int find_twins(void **state) {
    struct hashed *list = malloc(TEXTS * sizeof *list);
    char text[TEXT_SIZE];
    (void)state;
    assert_non_null(list);
    for (int i = 0; i < TEXTS; i++) {
        number_text(i, text);
        list[i] = (struct hashed){key_of(text), i};
    }
    qsort(list, TEXTS, sizeof *list, by_key);
    for (int i = 1; i < TEXTS && twin_a[0] == '\0'; i++)
        if (list[i].key == list[i - 1].key) {
            number_text(list[i - 1].number, twin_a);
            number_text(list[i].number, twin_b);
        }
    free(list);
    return twin_a[0] == '\0';
}

#define HEAD "source,kind,payment_no,trace_no,origin_no,amount\n"
/* A deal that all three have: every source is there. */
#define COMMON "upp,,C,,,1.00\nhis,,C,,,1.00\njournal,,C,,,1.00\n"

/* In `rows` A and B stand for the twins. As they are, or in quotes: then their texts do not stand
 * in the file as they are, and are read again. */
static void run_twins(struct recon_run *run, const char *rows, bool quoted) {
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    fputs(HEAD COMMON, out);
    for (; *rows; rows++)
        if (*rows != 'A' && *rows != 'B')
            fputc(*rows, out);
        else
            fprintf(out, quoted ? "\"%s\"" : "%s", *rows == 'A' ? twin_a : twin_b);
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
    assert_string_not_equal(twin_a, twin_b);
    assert_true(key_of(twin_a) == key_of(twin_b));
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

/* Of 255 bytes and more: what a place can say, and what it cannot. */
static void ids_of_any_length_are_compared(void **state) {
    static struct recon_run run;
    char text[2048], id[300];
    (void)state;
    memset(id, 'x', sizeof id);
    for (int length = 250; length < 260; length++) {
        snprintf(text, sizeof text,
                 "source,payment_no,amount\nupp,%.*s,1.00\nhis,%.*s,1.00\nhis,%.*sy,2.00\n", length,
                 id, length, id, length - 1, id);
        recon_run_init(&run);
        recon_run_add(&run, "rows", text);
        recon_run_judge(&run);
        assert_int_equal(recon_run_count(&run, RECON_AGREE), 1);
        assert_int_equal(recon_differences(&run.result), 1);
        recon_run_free(&run);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(twins_are_two),
        cmocka_unit_test(ids_of_any_length_are_compared),
    };
    return cmocka_run_group_tests(tests, find_twins, NULL);
}
