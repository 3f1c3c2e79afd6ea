/* links: tests/support/recon_files.c app/recon/ app/recon/sources/ app/wire/ app/core/terms/ app/base/ */
/* What programs read of a result: the JSON's members, the CSV's lines, the verdict in a line; and
 * what a person at a console reads of what is no difference. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/recon_files.h"

/* A fen apart, under a number with quotes; what a window took, which is no difference;
 * a refund that the hospital does not have. */
static const char rows[] = "source,kind,payment_no,amount,time,channel,place\n"
                           "his,payment,A,1.00,2026-11-27 09:00:00,wechat,\n"
                           "his,payment,\"B\"\"x\"\"\",2.05,2026-11-27 09:30:00,wechat,\n"
                           "his,payment,C,4.00,2026-11-27 10:00:00,wechat,window\n"
                           "journal,payment,A,1.00,2026-11-27 09:00:01,wechat,\n"
                           "journal,payment,\"B\"\"x\"\"\",2.06,2026-11-27 09:30:01,wechat,\n"
                           "journal,refund,D,0.50,2026-11-27 11:00:00,wechat,\n";

#define ROW(no, kind, amount, time)                                                                \
    "{\"payment_no\":\"" no "\",\"kind\":\"" kind "\",\"amount\":\"" amount                        \
    "\",\"time\":\"2026-11-27 " time "\",\"state\":\"done\",\"channel\":\"wechat\"}"
#define SUM(rows, amount) "{\"rows\":" rows ",\"amount\":\"" amount "\"}"

static const char *const json[] = {
    "{\"from\":\"2026-11-27\",\"to\":\"2026-11-28\",\"sources\":[{\"name\":\"his\",\"rows\":3,"
    "\"amount\":\"7.05\",\"unverified\":0},{\"name\":\"journal\",\"rows\":3,\"amount\":\"2.56\","
    "\"unverified\":0}],\"classes\":{\"agree\":{\"count\":1,\"amount\":\"1.00\",\"explained\":0,"
    "\"sources\":{\"his\":" SUM("1", "1.00") ",\"journal\":" SUM("1", "1.00") "}},",
    "\"missing_here\":{\"count\":1,\"amount\":\"4.00\",\"explained\":1,\"sources\":{\"his\":" SUM(
        "1", "4.00") "}},",
    "\"missing_there\":{\"count\":1,\"amount\":\"-0.50\",\"explained\":0,"
    "\"sources\":{\"journal\":" SUM("1", "-0.50") "}},",
    "\"totals\":[{\"by\":\"channel\",\"value\":\"wechat\",\"differences\":2,\"sources\":{"
    "\"his\":" SUM("3", "7.05") ",\"journal\":" SUM("3", "2.56") "}},",
    "{\"by\":\"day\",\"value\":\"2026-11-27\",\"differences\":2,",
    "\"differences\":[{\"class\":\"amount_differs\",\"amount\":\"2.05\",\"explained\":false,"
    "\"sources\":{\"his\":" ROW("B\\\"x\\\"", "payment", "2.05", "09:30:00") ",\"journal\":" ROW(
        "B\\\"x\\\"", "payment", "2.06",
        "09:30:01") "},\"what\":\"The same deal, with different amounts.\",\"do\":\"Compare the "
                    "original documents; the side that is wrong corrects its amount.\"},",
    "{\"class\":\"missing_here\",\"amount\":\"4.00\",\"explained\":true,\"sources\":{\"his\":" ROW(
        "C", "payment", "4.00", "10:00:00") "},",
    "{\"class\":\"missing_there\",\"amount\":\"-0.50\",\"explained\":false,"
    "\"sources\":{\"journal\":" ROW("D", "refund", "0.50", "11:00:00") "},",
};

static const char csv[] =
    "deal,class,explained,source,kind,payment_no,out_no,in_no,trace_no,receipt_no,settle_no,"
    "origin_no,amount,time,state,channel,what,do\n"
    "1,amount_differs,no,his,payment,\"B\"\"x\"\"\",,,,,,,2.05,2026-11-27 09:30:00,done,wechat,"
    "\"The same deal, with different amounts.\",Compare the original documents; the side that is "
    "wrong corrects its amount.\n"
    "1,amount_differs,no,journal,payment,\"B\"\"x\"\"\",,,,,,,2.06,2026-11-27 09:30:01,done,"
    "wechat,\"The same deal, with different amounts.\",Compare the original documents; the side "
    "that is wrong corrects its amount.\n"
    "2,missing_here,yes,his,payment,C,,,,,,,4.00,2026-11-27 10:00:00,done,wechat,Only the other "
    "side has it.,Find out why; book or correct it.\n"
    "3,missing_there,no,journal,refund,D,,,,,,,0.50,2026-11-27 11:00:00,done,wechat,Only this side "
    "has it.,Ask the other side.\n";

/* Caller: free. */
static char *printed(bool (*print)(FILE *out, const struct recon_report *report)) {
    static struct recon_run run;
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    recon_run_init(&run);
    recon_run_add(&run, "rows", rows);
    recon_run_judge(&run);
    struct recon_report report = {&run.ledger,  &run.result,  &run.totals,
                                  "2026-11-27", "2026-11-28", LANGUAGE_EN};
    assert_true(print(out, &report));
    fclose(out);
    recon_run_free(&run);
    return text;
}

static void the_json_says_all(void **state) {
    char *text = printed(recon_print_json);
    const char *at = text;
    (void)state;
    for (size_t i = 0; i < sizeof json / sizeof *json; i++) {
        at = strstr(at, json[i]);
        if (at == NULL || (i == 0 && at != text))
            fail_msg("not said, or not in its place: %s\nof %s", json[i], text);
        at += strlen(json[i]);
    }
    assert_string_equal(text + strlen(text) - 4, "}]}\n");
    free(text);
}

static void the_csv_has_a_line_for_each_row(void **state) {
    char *text = printed(recon_print_csv);
    (void)state;
    assert_string_equal(text, csv);
    free(text);
}

static void the_verdict_leaves_out_what_is_explained(void **state) {
    char *text = printed(recon_print_result);
    (void)state;
    assert_string_equal(text, "{\"from\":\"2026-11-27\",\"to\":\"2026-11-28\",\"differences\":2,"
                              "\"amount\":\"2.55\"}\n");
    free(text);
}

static void the_text_says_what_is_explained(void **state) {
    char *text = printed(recon_print_text);
    (void)state;
    assert_ptr_equal(strstr(text, "2 DIFFERENCES\n"), text);
    assert_non_null(strstr(text, "      his              4.00  2026-11-27 10:00:00  done        C\n"
                                 "      Paid elsewhere: no difference.\n"));
    assert_null(strstr(strstr(text, "Paid elsewhere") + 1, "Paid elsewhere"));
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_json_says_all),
        cmocka_unit_test(the_csv_has_a_line_for_each_row),
        cmocka_unit_test(the_verdict_leaves_out_what_is_explained),
        cmocka_unit_test(the_text_says_what_is_explained),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
