/* links: tests/support/recon_files.c app/recon/ app/recon/sources/ app/wire/ app/core/terms/ app/base/ */
/* Several payments of one settlement, several settlements of one payment: sets of up to four that
 * add up are proposed, and never more. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/support/recon_files.h"

struct several {
    int payments, settlements; /* each side's rows, that together have the same amount */
    int beside_fen;            /* one more payment of this amount; 0: none */
};

/* All of one bill, and each with a number of its own. 60 has all divisors up to 6. */
static void judge_several(struct recon_run *run, const struct several *several) {
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    fputs("source,payment_no,receipt_no,trace_no,amount\n", out);
    for (int i = 0; i < several->payments; i++)
        fprintf(out, "upp,P%d,,T,%d.00\n", i, 60 / several->payments);
    if (several->beside_fen > 0)
        fprintf(out, "upp,B,,T,0.%02d\n", several->beside_fen);
    for (int i = 0; i < several->settlements; i++)
        fprintf(out, "his,,R%d,T,%d.00\n", i, 60 / several->settlements);
    fclose(out);
    recon_run_init(run);
    recon_run_add(run, "rows", text);
    recon_run_judge(run);
    free(text);
}

static void four_are_proposed_and_five_are_not(void **state) {
    static const struct {
        struct several several;
        int proposed, differs, missing;
    } stories[] = {
        {{4, 1, 0}, 1, 0, 0},
        {{5, 1, 0}, 0, 1, 0},
        {{1, 4, 0}, 1, 0, 0},
        {{1, 5, 0}, 0, 1, 0},
        {{4, 3, 0}, 1, 0, 0},
        {{5, 4, 0}, 0, 1, 0},
        /* The set is looked for among more, and what is left is told. */
        {{3, 1, 7}, 1, 0, 1},
        {{4, 1, 7}, 1, 0, 1},
        {{5, 1, 7}, 0, 1, 0},
        /* A fen too much on a side that has several of it is no set. */
        {{2, 2, 1}, 0, 1, 0},
    };
    static struct recon_run run;
    (void)state;
    for (size_t i = 0; i < sizeof stories / sizeof *stories; i++) {
        judge_several(&run, &stories[i].several);
        int proposed = (int)recon_run_count(&run, RECON_PROPOSED),
            differs = (int)recon_run_count(&run, RECON_AMOUNT_DIFFERS),
            missing = (int)recon_run_count(&run, RECON_MISSING_THERE);
        if (proposed != stories[i].proposed || differs != stories[i].differs ||
            missing != stories[i].missing)
            fail_msg("%d to %d: %d proposed, %d differ, %d missing", stories[i].several.payments,
                     stories[i].several.settlements, proposed, differs, missing);
        assert_true(recon_differences(&run.result) > 0);
        recon_run_free(&run);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(four_are_proposed_and_five_are_not)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
