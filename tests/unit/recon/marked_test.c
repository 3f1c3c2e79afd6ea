/* links: tests/support/recon_files.c app/recon/ app/recon/sources/ app/wire/ app/core/terms/ app/base/ */
/* Whose rows are marked unverified: a platform's, until its reader has seen a right signature. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/recon_files.h"

#define PAID_BILL                                                                                  \
    "{\"tradeType\":\"pay\",\"tradeFee\":1,\"tradeTime\":\"2026-11-27 09:00:00\","                 \
    "\"tradeNo\":\"A\"}"
#define SIGNED_BILLS "{\"result\":true,\"kind\":\"0\",\"data\":[" PAID_BILL "]}\n"

/* The hospital's bills and a journal have no signature at all. */
static const struct {
    const char *format, *text;
    int unverified; /* as a file */
} sources[] = {
    {"upp", SIGNED_BILLS, 1},
    {"channel", SIGNED_BILLS, 1},
    {"tongji",
     "{\"respCode\":\"0000\",\"detail\":[{\"appOrderId\":\"A\",\"payOrderSts\":\"06\",\"payAmt\":"
     "\"7\",\"payTime\":\"20261127090010\",\"refundAmt\":\"3\"}]}\n",
     2},
    {"amp",
     "`2026-11-27 12:00:00,`,`,`,`,`,`,`O,`,`,`,`,`,`,`,`,`1.00,`,`,`,`M,`,`,`,`,`SUCCESS,`ALI,`\n"
     "#交易总笔数：1\n#退款总笔数：0\n#交易总金额：1\n#退款总金额：0\n",
     1},
    {"mmpc", "payOrdId,ownPayAmt\nO1,7\nO2,-2\n", 2},
    {"rows", "amount\n1.00\n", 1},
    {"rows", "source,amount\nupp,1.00\n", 1},
    {"rows", "source,amount\nhis,1.00\n", 0},
    {"his", "{\"data\":[" PAID_BILL "]}\n", 0},
};

static void a_file_is_marked_and_what_was_signed_is_not(void **state) {
    static struct recon_run run;
    (void)state;
    for (size_t n = 0; n < 2 * sizeof sources / sizeof *sources; n++) {
        size_t i = n / 2;
        bool verified = n % 2;
        recon_run_init(&run);
        if (verified)
            recon_run_take(&run, sources[i].format, sources[i].text, true);
        else
            recon_run_add(&run, sources[i].format, sources[i].text);
        if (run.ledger.sources[0].unverified != (verified ? 0 : sources[i].unverified))
            fail_msg("%d marked, verified %d: %s", (int)run.ledger.sources[0].unverified, verified,
                     sources[i].text);
        recon_run_free(&run);
    }
}

/* What is printed of a difference says it, too. */
static void a_marked_row_is_shown_as_such(void **state) {
    static struct recon_run run;
    char *text = NULL;
    size_t size;
    (void)state;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    recon_run_init(&run);
    recon_run_add(&run, "rows",
                  "source,payment_no,amount\ntongji,A,1.00\nhis,A,2.00\njournal,A,2.00\n");
    recon_run_judge(&run);
    struct recon_report report = {&run.ledger,  &run.result,  &run.totals,
                                  "2026-11-27", "2026-11-27", LANGUAGE_EN};
    assert_true(recon_print_json(out, &report));
    fclose(out);
    const char *mark = strstr(text, ",\"unverified\":true}");
    assert_non_null(mark);
    assert_null(strstr(mark + 1, ",\"unverified\":true}"));
    assert_memory_equal(strstr(text, "\"tongji\":{\"payment_no\""), "\"tongji\"", 8);
    free(text);
    recon_run_free(&run);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_marked_and_what_was_signed_is_not),
        cmocka_unit_test(a_marked_row_is_shown_as_such),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
