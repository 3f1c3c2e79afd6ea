/* links: tests/support/recon_files.c app/recon/ app/recon/sources/ app/wire/ app/core/terms/ app/base/ */
/* Random days against a naive matcher; and of a day on which all agree every single row dropped,
 * doubled or changed by a fen is found. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/recon_files.h"

#define DEALS 60
#define SIDES 3
#define ROWS_MAX (DEALS * SIDES * 2)

struct plain_row {
    int side, fen;
    char payment_no[16], out_no[16], trace_no[16];
};

struct plain_day {
    struct plain_row rows[ROWS_MAX];
    int count;
};

static const char *const side_names[SIDES] = {"upp", "his", "journal"};

static uint64_t drawn = 88172645463325252u;

static int draw(int below) {
    drawn ^= drawn << 13;
    drawn ^= drawn >> 7;
    drawn ^= drawn << 17;
    return (int)(drawn % (uint64_t)below);
}

/* The platform knows no bill, the hospital not the platform's number, the terminal all. */
static struct plain_row plain_row(int deal, int side, int fen) {
    struct plain_row row = {.side = side, .fen = fen};
    snprintf(row.payment_no, sizeof row.payment_no, "P%d", deal);
    if (side != 1)
        snprintf(row.out_no, sizeof row.out_no, "O%d", deal);
    if (side != 0)
        snprintf(row.trace_no, sizeof row.trace_no, "T%d", deal);
    return row;
}

static void shuffle(struct plain_day *day) {
    for (int i = day->count - 1; i > 0; i--) {
        int k = draw(i + 1);
        struct plain_row row = day->rows[i];
        day->rows[i] = day->rows[k];
        day->rows[k] = row;
    }
}

static void draw_day(struct plain_day *day, bool with_errors) {
    day->count = 0;
    for (int deal = 0; deal < DEALS; deal++) {
        int fen = 100 + draw(100000), bad = with_errors ? draw(5) : 4;
        int who = bad == 0 ? 1 + draw(7) : 7, wrong = bad == 1 ? draw(SIDES) : -1;
        for (int side = 0; side < SIDES; side++)
            if (who & 1 << side)
                day->rows[day->count++] = plain_row(deal, side, fen + (side == wrong));
        if (bad == 2) {
            day->rows[day->count] = day->rows[day->count - 1 - draw(SIDES)];
            day->count++;
        }
    }
    shuffle(day);
}

static void judge_day(struct recon_run *run, const struct plain_day *day) {
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    fputs("source,payment_no,out_no,trace_no,amount\n", out);
    for (int i = 0; i < day->count; i++)
        fprintf(out, "%s,%s,%s,%s,%d.%02d\n", side_names[day->rows[i].side],
                day->rows[i].payment_no, day->rows[i].out_no, day->rows[i].trace_no,
                day->rows[i].fen / 100, day->rows[i].fen % 100);
    fclose(out);
    recon_run_init(run);
    recon_run_add(run, "rows", text);
    recon_run_judge(run);
    free(text);
}

/* Text by text, every row with every other. */
static void judge_naively(const struct plain_day *day, int64_t counts[RECON_CLASS_COUNT]) {
    static const enum recon_class by_presence[8] = {
        RECON_AGREE,         RECON_HOSPITAL_MISSING, RECON_PLATFORM_MISSING, RECON_TERMINAL_UNAWARE,
        RECON_TERMINAL_ONLY, RECON_HOSPITAL_MISSING, RECON_PLATFORM_MISSING, RECON_AGREE};
    bool used[ROWS_MAX] = {false};
    for (int i = 0; i < day->count; i++) {
        int sides = 0, repeats = 0;
        bool same = true;
        if (used[i])
            continue;
        for (int k = i; k < day->count; k++) {
            if (strcmp(day->rows[i].payment_no, day->rows[k].payment_no) != 0)
                continue;
            used[k] = true;
            repeats += sides >> day->rows[k].side & 1;
            sides |= 1 << day->rows[k].side;
            same = same && day->rows[k].fen == day->rows[i].fen;
        }
        counts[same ? by_presence[sides] : RECON_AMOUNT_DIFFERS]++;
        counts[RECON_DUPLICATE] += repeats;
    }
}

static void random_days_agree_with_a_naive_matcher(void **state) {
    static struct recon_run run;
    static struct plain_day day;
    (void)state;
    for (int n = 0; n < 300; n++) {
        int64_t counts[RECON_CLASS_COUNT] = {0};
        draw_day(&day, true);
        judge_day(&run, &day);
        judge_naively(&day, counts);
        for (int class = 0; class < RECON_CLASS_COUNT; class ++)
            assert_int_equal(recon_run_count(&run, (enum recon_class) class), counts[class]);
        recon_run_free(&run);
    }
}

static void expect_found(const struct plain_day *day, const char *how, int row) {
    static struct recon_run run;
    judge_day(&run, day);
    if (recon_differences(&run.result) == 0)
        fail_msg("row %d %s: not found", row, how);
    recon_run_free(&run);
}

static void every_single_change_is_found(void **state) {
    static struct plain_day day, changed;
    static struct recon_run run;
    (void)state;
    draw_day(&day, false);
    judge_day(&run, &day);
    assert_int_equal(recon_differences(&run.result), 0);
    recon_run_free(&run);
    for (int i = 0; i < day.count; i++) {
        changed = day;
        changed.rows[i] = changed.rows[--changed.count];
        expect_found(&changed, "dropped", i);
        changed = day;
        changed.rows[changed.count++] = day.rows[i];
        expect_found(&changed, "doubled", i);
        changed = day;
        changed.rows[i].fen++;
        expect_found(&changed, "a fen more", i);
        changed = day;
        changed.rows[i].fen--;
        expect_found(&changed, "a fen less", i);
    }
}

static void the_same_inputs_give_the_same_bytes(void **state) {
    static struct recon_run run;
    static struct plain_day day;
    char *texts[2] = {NULL, NULL};
    size_t sizes[2];
    (void)state;
    draw_day(&day, true);
    for (int i = 0; i < 2; i++) {
        judge_day(&run, &day);
        /* The test's file is gone, its mapping is not. */
        struct recon_report report = {&run.ledger, &run.result, &run.totals,
                                      NULL,        NULL,        LANGUAGE_EN};
        FILE *out = open_memstream(&texts[i], &sizes[i]);
        assert_true(recon_print_json(out, &report));
        assert_true(recon_print_csv(out, &report));
        assert_true(recon_print_text(out, &report));
        fclose(out);
        recon_run_free(&run);
    }
    assert_string_equal(texts[0], texts[1]);
    free(texts[0]);
    free(texts[1]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_days_agree_with_a_naive_matcher),
        cmocka_unit_test(every_single_change_is_found),
        cmocka_unit_test(the_same_inputs_give_the_same_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
