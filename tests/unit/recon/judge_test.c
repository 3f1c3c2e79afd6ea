/* links: tests/support/recon_files.c app/recon/ app/recon/sources/ app/wire/ app/core/terms/ app/base/ */
/* Every class, told as the rows of three sides. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/recon_files.h"

#define HEAD "source,kind,payment_no,out_no,trace_no,receipt_no,origin_no,amount,time,channel,"
#define COLUMNS HEAD "terminal,state,place\n"
/* A deal that all three have: every source is there in every story. */
#define COMMON                                                                                     \
    "upp,payment,C1,O1,,,,1.00,2026-11-27 09:00:00,wechat,,done,\n"                                \
    "his,payment,C1,,T1,R1,,1.00,2026-11-27 09:00:05,,,done,\n"                                    \
    "journal,payment,C1,O1,T1,R1,,1.00,2026-11-27 09:00:01,wechat,0001,done,\n"

struct story {
    const char *rows;
    enum recon_class class; /* RECON_CLASS_COUNT: only agreement */
    int64_t fen;            /* of the class */
};

static const struct story stories[] = {
    {"", RECON_CLASS_COUNT, 0},
    {"upp,payment,A,,,,,10.00,,,,done,\nhis,payment,A,,,,,10.00,,,,done,\n", RECON_TERMINAL_UNAWARE,
     1000},
    {"upp,payment,A,,,,,10.00,,,,done,\njournal,payment,A,,,,,10.00,,,,done,\n",
     RECON_HOSPITAL_MISSING, 1000},
    {"upp,payment,A,,,,,10.00,,,,done,\n", RECON_HOSPITAL_MISSING, 1000},
    {"his,payment,A,,,,,10.00,,,,done,\njournal,payment,A,,,,,10.00,,,,done,\n",
     RECON_PLATFORM_MISSING, 1000},
    {"his,payment,A,,,,,10.00,,,,done,\n", RECON_PLATFORM_MISSING, 1000},
    {"journal,payment,A,,,,,10.00,,,,done,\n", RECON_TERMINAL_ONLY, 1000},
    /* A bank card is on no platform. */
    {"his,payment,A,,,,,10.00,,card,,done,\njournal,payment,A,,,,,10.00,,card,,done,\n",
     RECON_CLASS_COUNT, 0},
    {"upp,payment,A,,,,,10.01,,,,done,\nhis,payment,A,,,,,10.00,,,,done,\n"
     "journal,payment,A,,,,,10.00,,,,done,\n",
     RECON_AMOUNT_DIFFERS, 1001},
    /* Paid there, not credited here. */
    {"upp,payment,A,,,,,10.00,,,,done,\njournal,payment,A,,,,,10.00,,,,uncredited,\n",
     RECON_STATE_DIFFERS, 1000},
    {"upp,payment,A,,,,,10.00,,,,done,\njournal,payment,A,,,,,10.00,,,,void,\n",
     RECON_STATE_DIFFERS, 1000},
    {"journal,payment,A,,,,,10.00,,,,void,\n", RECON_CLASS_COUNT, 0},
    /* Paid, never credited, given back: the hospital knows nothing of it, and need not. */
    {"upp,payment,A,,,,,10.00,,,,done,\njournal,payment,A,,,,,10.00,,,,returned,\n"
     "upp,refund,B,,,,,10.00,,,,done,\njournal,refund,B,,,,A,10.00,,,,done,\n",
     RECON_CLASS_COUNT, 0},
    {"upp,payment,A,,,,,10.00,,,,done,\nhis,payment,A,,,,,10.00,,,,done,\n"
     "journal,payment,A,,,,,10.00,,,,returned,\n",
     RECON_STATE_DIFFERS, 1000},
    {"upp,payment,A,,,,,10.00,,,,done,\nupp,payment,A,,,,,10.00,,,,done,\n"
     "his,payment,A,,,,,10.00,,,,done,\njournal,payment,A,,,,,10.00,,,,done,\n",
     RECON_DUPLICATE, 1000},
    /* With another amount it repeats nothing. */
    {"upp,payment,A,,,,,10.00,,,,done,\nupp,payment,A,,,,,11.00,,,,done,\n"
     "his,payment,A,,,,,10.00,,,,done,\njournal,payment,A,,,,,10.00,,,,done,\n",
     RECON_AMOUNT_DIFFERS, 2100},
    {"upp,refund,B,,,,A,10.00,,,,done,\n", RECON_REFUND_WITHOUT_PAYMENT, -1000},
    {"upp,refund,B,,,,C1,0.50,,,,done,\nhis,refund,B,,,,,0.50,,,,done,\n"
     "journal,refund,B,,,,C1,0.50,,,,done,\n",
     RECON_CLASS_COUNT, 0},
    {"upp,payment,A,,,,,10.00,,,,done,\nhis,payment,,,,R,,10.00,,,,done,\n"
     "journal,payment,A,,,R,,10.00,,,,unproven,\n",
     RECON_UNPROVEN_CREDIT, 1000},
    {"upp,payment,A,,,,,10.00,,,,done,\njournal,payment,A,,,R,,10.00,,,,unproven,\n",
     RECON_UNPROVEN_CREDIT, 1000},
    /* A bill on a phone: the platform names the receipt of its own credit, which nobody else has to
     * prove; another's, or another amount's, is no proof. */
    {"upp,payment,P,,T,R,,10.00,,,,done,\nhis,payment,P,,,,,10.00,,,,done,\n"
     "journal,payment,A,,T,R,,10.00,,,,unproven,\n",
     RECON_CLASS_COUNT, 0},
    {"upp,payment,P,,T,R,,10.00,,,,done,\njournal,payment,A,,T,R,,10.00,,,,unproven,\n",
     RECON_HOSPITAL_MISSING, 1000},
    {"upp,payment,A,,T,Q,,10.00,,,,done,\nhis,payment,A,,T,R,,10.00,,,,done,\n"
     "journal,payment,A,,T,R,,10.00,,,,unproven,\n",
     RECON_UNPROVEN_CREDIT, 1000},
    /* Taken back at a window: with the hospital's booking or without, and what gives it back. */
    {"upp,payment,A,,,,,10.00,,,,done,\nhis,payment,A,,,,,10.00,,,,done,\n"
     "journal,payment,A,,,,,10.00,,,,taken_elsewhere,\n",
     RECON_CREDIT_TAKEN_ELSEWHERE, 1000},
    {"upp,payment,A,,,,,10.00,,,,done,\njournal,payment,A,,,,,10.00,,,,taken_elsewhere,\n",
     RECON_CREDIT_TAKEN_ELSEWHERE, 1000},
    {"journal,payment,A,,,,,10.00,,cash,,taken_elsewhere,\n", RECON_CREDIT_TAKEN_ELSEWHERE, 1000},
    {"upp,payment,A,,,,,10.00,,,,done,\njournal,payment,A,,,,,10.00,,,,taken_elsewhere,\n"
     "upp,refund,B,,,,A,4.00,,,,done,\n",
     RECON_CREDIT_TAKEN_ELSEWHERE, 600},
    {"upp,payment,A,,,,,10.00,,,,done,\njournal,payment,A,,,,,10.00,,,,taken_elsewhere,\n"
     "upp,refund,B,,,,A,10.00,,,,done,\nhis,refund,B,,,,A,10.00,,,,done,\n",
     RECON_CREDIT_TAKEN_ELSEWHERE, 0},
    /* One bill of several: the sum is that bill's, and the hospital may lack it. */
    {"upp,payment,A,,,,,30.00,,,,done,\nhis,payment,A,,Y,,,20.00,,,,done,\n"
     "journal,payment,A,,X,,,10.00,,,,taken_elsewhere,\njournal,payment,A,,Y,,,20.00,,,,done,\n",
     RECON_CREDIT_TAKEN_ELSEWHERE, 1000},
    {"upp,payment,A,,,,,30.00,,,,done,\nhis,payment,A,,Y,,,20.00,,,,done,\n"
     "his,payment,A,,X,,,10.00,,,,done,\n"
     "journal,payment,A,,X,,,10.00,,,,taken_elsewhere,\njournal,payment,A,,Y,,,20.00,,,,done,\n",
     RECON_CREDIT_TAKEN_ELSEWHERE, 1000},
    /* What else is wrong with it outranks it. */
    {"upp,payment,A,,,,,9.99,,,,done,\njournal,payment,A,,,,,10.00,,,,taken_elsewhere,\n",
     RECON_AMOUNT_DIFFERS, 999},
    {"upp,payment,A,,,,,10.00,,,,done,\nhis,payment,A,,,,,7.00,,,,done,\n"
     "journal,payment,A,,,,,10.00,,,,taken_elsewhere,\n",
     RECON_AMOUNT_DIFFERS, 1000},
    {"journal,payment,A,,,,,10.00,,,,taken_elsewhere,\n", RECON_TERMINAL_ONLY, 1000},
    {"upp,payment,A,,,,,10.00,,,,pending,\njournal,payment,A,,,,,10.00,,,,taken_elsewhere,\n",
     RECON_STATE_DIFFERS, 1000},
    {"upp,payment,A,,,,,10.00,,,,pending,\n", RECON_EXPECTED, 1000},
    /* Paid there, still asked about here: waiting brings no other file. */
    {"upp,payment,A,,,,,10.00,,,,done,\njournal,payment,A,,,,,10.00,,,,pending,\n",
     RECON_STATE_DIFFERS, 1000},
    {"upp,payment,A,,,,,10.00,,,,done,\nhis,payment,A,,,,,10.00,,,,done,\n"
     "journal,payment,A,,,,,10.00,,,,pending,\n",
     RECON_STATE_DIFFERS, 1000},
    {"journal,payment,A,,,,,10.00,,cash,,pending,\n", RECON_EXPECTED, 1000},
    /* The terminal says which bills one payment paid: nothing is to be proposed. */
    {"upp,payment,A,,,,,30.00,,,,done,\nhis,payment,A,,X,,,10.00,,,,done,\n"
     "his,payment,A,,Y,,,20.00,,,,done,\njournal,payment,A,,X,,,10.00,,,,done,\n"
     "journal,payment,A,,Y,,,20.00,,,,done,\n",
     RECON_CLASS_COUNT, 0},
    /* Errors that balance are found row by row. */
    {"upp,payment,A,,,,,30.00,,,,done,\nhis,payment,,,X,,,11.00,,,,done,\n"
     "his,payment,,,Y,,,19.00,,,,done,\njournal,payment,A,,X,,,10.00,,,,done,\n"
     "journal,payment,A,,Y,,,20.00,,,,done,\n",
     RECON_PROPOSED, 3000},
    /* Without the terminal a sum that fits is a proposal. */
    {"upp,payment,A,,,,,30.00,,,,done,\nhis,payment,A,,X,,,10.00,,,,done,\n"
     "his,payment,A,,Y,,,20.00,,,,done,\n",
     RECON_PROPOSED, 3000},
    /* No common id: the same amount, near in time. */
    {"upp,payment,A,,,,,77.00,2026-11-27 10:00:00,,,done,\n"
     "journal,payment,A,,,,,77.00,2026-11-27 10:00:00,,,done,\n"
     "his,payment,,,,R9,,77.00,2026-11-27 10:04:00,,,done,\n",
     RECON_CLASS_COUNT, 0},
};

static void run_story(struct recon_run *run, const char *rows) {
    char *text = NULL;
    assert_true(asprintf(&text, "%s%s%s", COLUMNS, COMMON, rows) > 0);
    recon_run_init(run);
    recon_run_add(run, "rows", text);
    recon_run_judge(run);
    free(text);
}

static void every_class_is_told(void **state) {
    static struct recon_run run;
    (void)state;
    for (size_t i = 0; i < sizeof stories / sizeof *stories; i++) {
        run_story(&run, stories[i].rows);
        enum recon_class class = recon_run_only(&run);
        if (class != stories[i].class)
            fail_msg("expected %d, got %d of:\n%s", stories[i].class, class, stories[i].rows);
        if (class != RECON_CLASS_COUNT)
            assert_int_equal(run.result.classes[class].fen, stories[i].fen);
        recon_run_free(&run);
    }
}

static void too_far_apart_in_time_is_not_the_same(void **state) {
    static struct recon_run run;
    (void)state;
    run_story(&run, "upp,payment,A,,,,,77.00,2026-11-27 10:00:00,,,done,\n"
                    "his,payment,,,,R9,,77.00,2026-11-27 10:30:00,,,done,\n");
    assert_int_equal(recon_run_count(&run, RECON_HOSPITAL_MISSING), 1);
    assert_int_equal(recon_run_count(&run, RECON_PLATFORM_MISSING), 1);
    recon_run_free(&run);
}

/* Two rows of one side want the same row of the other: it is given once. */
static void no_row_is_used_twice(void **state) {
    static struct recon_run run;
    (void)state;
    run_story(&run, "upp,payment,A,,,,,77.00,2026-11-27 10:00:00,,,done,\n"
                    "upp,payment,B,,,,,77.00,2026-11-27 10:00:01,,,done,\n"
                    "his,payment,,,,R9,,77.00,2026-11-27 10:00:02,,,done,\n");
    assert_int_equal(recon_run_count(&run, RECON_TERMINAL_UNAWARE), 1);
    assert_int_equal(recon_run_count(&run, RECON_HOSPITAL_MISSING), 1);
    assert_int_equal(run.result.by_time, 1);
    recon_run_free(&run);
}

static void a_covering_set_is_proposed_and_the_rest_told(void **state) {
    static struct recon_run run;
    (void)state;
    run_story(&run, "upp,payment,A,,X,,,10.00,,,,done,\nupp,payment,B,,X,,,20.00,,,,done,\n"
                    "upp,payment,C,,X,,,5.00,,,,done,\nhis,payment,,,X,,,30.00,,,,done,\n");
    assert_int_equal(recon_run_count(&run, RECON_PROPOSED), 1);
    assert_int_equal(recon_run_count(&run, RECON_HOSPITAL_MISSING), 1);
    assert_int_equal(run.result.classes[RECON_HOSPITAL_MISSING].fen, 500);
    recon_run_free(&run);
}

static void what_the_source_explains_is_no_difference(void **state) {
    static struct recon_run run;
    (void)state;
    run_story(&run, "upp,payment,A,,,,,10.00,,,,done,\nhis,payment,A,,,,,10.00,,,,done,window\n");
    assert_int_equal(recon_run_count(&run, RECON_TERMINAL_UNAWARE), 1);
    assert_int_equal(recon_differences(&run.result), 0);
    recon_run_free(&run);
    /* Another terminal's number: its journal is not here. */
    run_story(&run, "upp,payment,2611271000XX99990001,,,,,10.00,,,,done,\n"
                    "his,payment,2611271000XX99990001,,,,,10.00,,,,done,\n");
    assert_int_equal(recon_differences(&run.result), 0);
    recon_run_free(&run);
}

/* Two bills of one payment; the hospital's bills (upp 5.1) have only the payment's number. */
static void parts_agree_by_their_amounts_alone(void **state) {
    static struct recon_run run;
    (void)state;
    run_story(&run, "journal,payment,P1,,T1,R1,,5.00,,,,done,\n"
                    "journal,payment,P1,,T2,R2,,3.00,,,,done,\n"
                    "his,payment,P1,,,,,3.00,,,,done,\n"
                    "his,payment,P1,,,,,5.00,,,,done,\n"
                    "upp,payment,P1,,,,,8.00,,,,done,\n");
    assert_int_equal(recon_run_count(&run, RECON_AGREE), 1);
    assert_int_equal(recon_differences(&run.result), 0);
    recon_run_free(&run);
    run_story(&run, "journal,payment,P1,,T1,R1,,5.00,,,,done,\n"
                    "journal,payment,P1,,T2,R2,,3.00,,,,done,\n"
                    "his,payment,P1,,,,,4.00,,,,done,\n"
                    "his,payment,P1,,,,,4.00,,,,done,\n"
                    "upp,payment,P1,,,,,8.00,,,,done,\n");
    assert_int_equal(recon_run_count(&run, RECON_PROPOSED), 1);
    recon_run_free(&run);
}

/* A payment of one of our terminals that its journal has not, whatever the platform calls it. */
static void a_lost_order_is_not_explained_by_a_device(void **state) {
    static struct recon_run run;
    (void)state;
    run_story(&run, "journal,payment,2611271000XX00070001,,,,,5.00,,,,done,\n"
                    "upp,payment,2611271000XX00070001,,,,,5.00,,,DEV7,done,\n"
                    "his,payment,2611271000XX00070001,,,,,5.00,,,,done,\n"
                    "upp,payment,2611271000XX00070002,,,,,10.00,,,DEV7,done,\n"
                    "his,payment,2611271000XX00070002,,,,,10.00,,,,done,\n");
    assert_int_equal(recon_run_count(&run, RECON_TERMINAL_UNAWARE), 1);
    assert_int_equal(recon_differences(&run.result), 1);
    recon_run_free(&run);
}

/* Terminals for which no name is left share "...", which is nobody's. */
static void terminals_without_a_name_explain_nothing(void **state) {
    static struct recon_run run;
    char *text = NULL;
    size_t size;
    (void)state;
    FILE *out = open_memstream(&text, &size);
    for (int i = 1; i <= 1100; i++)
        fprintf(out, "upp,payment,A%d,,,,,10.00,,,W%d,done,\nhis,payment,A%d,,,,,10.00,,,,done,\n",
                i, i, i);
    fclose(out);
    run_story(&run, text);
    assert_int_equal(recon_run_count(&run, RECON_TERMINAL_UNAWARE), 1100);
    /* Of 1024 places one is of no name, one the common row's, one "...". */
    assert_int_equal(recon_differences(&run.result), 1100 - 1021);
    recon_run_free(&run);
    free(text);
}

static void a_number_that_everybody_has_is_no_id(void **state) {
    static struct recon_run run;
    char *text = NULL;
    size_t size;
    (void)state;
    FILE *out = open_memstream(&text, &size);
    fputs("payment_no,trace_no,amount\n", out);
    for (int i = 0; i < 5000; i++)
        fprintf(out, "P%d,0,1.00\n", i);
    for (int i = 0; i < 5000; i++)
        fprintf(out, "P%d,0,1.00\n", i);
    fclose(out);
    recon_run_init(&run);
    recon_run_add(&run, "rows", text);
    assert_false(recon_match(&run.ledger));
    assert_non_null(strstr(run.ledger.complaint.text, "that is no id"));
    recon_run_free(&run);
    free(text);
}

/* Rows are kept and linked by 65,536. The hospital's come in another order than the platform's; a
 * third of them shares only the receipt with it, a third only the number, a third both. */
#define MANY 150000
#define STEP 7919 /* has no divisor in common with MANY */

static void write_many(FILE *out, bool hospital) {
    for (int i = 0; i < MANY; i++) {
        int n = hospital ? (int)((int64_t)i * STEP % MANY) : i;
        fprintf(out, "%s,%s%d,", hospital ? "his" : "upp", hospital && n % 3 == 0 ? "H" : "P", n);
        if (!hospital || n % 3 != 1)
            fprintf(out, "R%d", n);
        fprintf(out, ",%d.00\n", 1 + n % 900);
    }
}

static void rows_of_several_chunks_find_each_other(void **state) {
    static struct recon_run run;
    char *text = NULL;
    size_t size;
    (void)state;
    FILE *out = open_memstream(&text, &size);
    fputs("source,payment_no,receipt_no,amount\n", out);
    write_many(out, false);
    write_many(out, true);
    fputs("his,P0,,9.00\nhis,,R1,9.00\n", out); /* each joins a whole deal */
    fclose(out);
    recon_run_init(&run);
    recon_run_add(&run, "rows", text);
    recon_run_judge(&run);
    assert_int_equal(recon_run_count(&run, RECON_AGREE), MANY - 2);
    assert_int_equal(recon_run_count(&run, RECON_PROPOSED), 2); /* what adds up in each of them */
    assert_int_equal(recon_differences(&run.result), 4);
    recon_run_free(&run);
    free(text);
}

/* Two rows say the same; a third knows only one of them, by its second number: then it is a deal of
 * three, and they do not agree. */
static void a_third_row_ends_the_agreement_of_two(void **state) {
    static struct recon_run run;
    (void)state;
    recon_run_init(&run);
    recon_run_add(&run, "rows",
                  "source,payment_no,out_no,amount\n"
                  "upp,P1,,5.00\n"
                  "his,P1,O1,5.00\n"
                  "his,,O1,5.00\n"
                  "upp,P2,,5.00\n"
                  "his,P2,O2,5.00\n");
    recon_run_judge(&run);
    assert_int_equal(recon_run_count(&run, RECON_AGREE), 1);
    assert_int_equal(recon_run_count(&run, RECON_PROPOSED), 1);
    assert_int_equal(recon_differences(&run.result), 2);
    recon_run_free(&run);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_class_is_told),
        cmocka_unit_test(too_far_apart_in_time_is_not_the_same),
        cmocka_unit_test(no_row_is_used_twice),
        cmocka_unit_test(a_covering_set_is_proposed_and_the_rest_told),
        cmocka_unit_test(what_the_source_explains_is_no_difference),
        cmocka_unit_test(parts_agree_by_their_amounts_alone),
        cmocka_unit_test(a_lost_order_is_not_explained_by_a_device),
        cmocka_unit_test(terminals_without_a_name_explain_nothing),
        cmocka_unit_test(a_number_that_everybody_has_is_no_id),
        cmocka_unit_test(rows_of_several_chunks_find_each_other),
        cmocka_unit_test(a_third_row_ends_the_agreement_of_two),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
