/* links: tests/support/recon_files.c app/recon/ app/recon/sources/ app/wire/ app/core/terms/ app/base/ */
/* Each way in which a file can be wrong, for every source in which it can be: a good sample,
 * changed at one place. What is wrong is named with file and line, and no result is left of the
 * file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/recon_files.h"

#define NAME "张三"
#define NAME_GB18030 "\xd5\xc5\xc8\xfd"
#define AMOUNT "17.60"
#define LAST "LAST" /* the last text of the last row */

#define BILL(fee, no, name)                                                                        \
    "{\"tradeType\":\"pay\",\"name\":\"" name "\",\"tradeTime\":\"2026-11-27 09:00:00\","          \
    "\"tradeFee\":" fee ",\"tradeNo\":\"" no "\"}"
#define ORDER(fee, no, name)                                                                       \
    "{\"patientName\":\"" name "\",\"payOrderTime\":\"20261127090000\",\"payAmt\":\"" fee          \
    "\",\"appOrderId\":\"" no "\"}"
#define SETTLED(fee, no, name)                                                                     \
    "{\"psn_name\":\"" name "\",\"medfee_sumamt\":\"" fee "\",\"setl_id\":\"" no "\"}"
#define LEG(fee, no, name)                                                                         \
    "{\"order_no\":\"1\",\"created\":\"2026-11-27 09:00:00\",\"name\":\"" name                     \
    "\",\"claims\":[],\"refunds\":[],\"legs\":[{\"state\":\"waiting\",\"amount\":\"" fee           \
    "\",\"no\":\"" no "\"}]}\n"
#define TRADE(fee, receipt, name)                                                                  \
    "`2026-11-27 12:00:00,`2026-11-27 12:00:05,`H1,`1,`" name ",`,`" receipt                       \
    ",`ORD1,`AMP1,`42001,`ORD2,`34,`35,`H64,`V1,`3500,`" fee                                       \
    ",`14.01,`0.00,`0.00,`M1,`3502,`01,`01,`TRADE,`SUCCESS,`ALI,`123\n"
#define XML_ORDER(fee, no, name)                                                                   \
    "<detail><appOrderId>" no                                                                      \
    "</appOrderId><payOrderTime>20261127090000</payOrderTime><payAmt>" fee                         \
    "</payAmt><patientName>" name "</patientName></detail>\n"

/* The amount and the last text stand in the same line. */
static const struct sample {
    const char *format, *text, *line;
    const char *column, *other; /* what its column of amounts is called, and what no column is */
    const char *wrong_column;   /* what is said then */
    const char *open_quote; /* what is said when the last text is never closed; NULL: no quotes */
    bool any_cut;           /* a cut between two rows is seen */
} samples[] = {
    {"rows", "payment_no,amount,terminal\nA,1.00," NAME "\n\"" LAST "\"," AMOUNT ",\n",
     ":3:", "amount", "betrag", "no such column", "a quote that never ends", false},
    {"mmpc", "name,payOrdId,ownPayAmt\n" NAME ",A,1.00\nx,\"" LAST "\"," AMOUNT "\n",
     ":3:", "ownPayAmt", "betrag", "expected a header", "a quote that never ends", false},
    {"amp",
     "#" NAME "\n" TRADE("1.00", "HIS1", "A")
         TRADE(AMOUNT, LAST, "A") "#交易总笔数：2笔\n"
                                  "#退款总笔数：0笔\n#交易总金额：18.60\n#退款总金额：0.00\n",
     ":3:", "`3502,`01,`01,", "`3502,", "27 or 28 columns", NULL, true},
    {"upp",
     "{\"result\":true,\"kind\":\"0\",\"data\":[\n" BILL("1.00", "A", NAME) ",\n" BILL(AMOUNT, LAST,
                                                                                       "") "\n]}\n",
     ":3:", "tradeFee", "fee", "tradeFee: expected", "a quote that never ends", true},
    {"channel",
     "{\"result\":true,\"kind\":\"0\",\"data\":[\n" BILL("1.00", "A", NAME) ",\n" BILL(AMOUNT, LAST,
                                                                                       "") "\n]}\n",
     ":3:", "tradeFee", "fee", "tradeFee: expected", "a quote that never ends", true},
    {"his", "{\"data\":[\n" BILL("1.00", "A", NAME) ",\n" BILL(AMOUNT, LAST, "") "\n]}\n",
     ":3:", "tradeFee", "fee", "tradeFee: expected", "a quote that never ends", true},
    {"his",
     "{\"current\":1,\"pages\":1,\"fixmedins_setl_cnt\":\"2\",\"billdetail\":[\n" SETTLED(
         "1.00", "A", NAME) ",\n" SETTLED(AMOUNT, LAST, "") "\n]}\n",
     ":3:", "medfee_sumamt", "fee", "medfee_sumamt: expected", "a quote that never ends", true},
    {"tongji",
     "{\"respCode\":\"0000\",\"totalRecCnt\":\"2\",\"totalPageCnt\":\"1\",\"curPageNo\":\"1\","
     "\"curRecNo\":\"2\",\"detail\":[\n" ORDER("1.00", "A", NAME) ",\n" ORDER(AMOUNT, LAST,
                                                                              "") "\n]}\n",
     ":3:", "payAmt", "fee", "payAmt: expected", "a quote that never ends", true},
    {"tongji",
     "<c><respCode>0000</respCode><totalRecCnt>2</totalRecCnt><totalPageCnt>1</totalPageCnt>"
     "<curPageNo>1</curPageNo><curRecNo>2</curRecNo>\n" XML_ORDER("1.00", "A", NAME)
         XML_ORDER(AMOUNT, LAST, "") "</c>\n",
     ":3:", "payAmt>", "fee>", "payAmt: expected", NULL, true},
    {"journal", "\n" LEG("1.00", "A", NAME) LEG(AMOUNT, LAST, ""), ":3:", "amount", "fee",
     "an amount is missing", "a quote that never ends", false},
};
#define SAMPLES (sizeof samples / sizeof *samples)

/* Every `what` of a text made `with`. Caller: free. */
static char *change(const char *text, const char *what, const char *with) {
    char *out = calloc(strlen(text) + 1, strlen(with) + 1), *to = out;
    assert_non_null(out);
    for (const char *found; (found = strstr(text, what)) != NULL; text = found + strlen(what)) {
        memcpy(to, text, (size_t)(found - text));
        to = stpcpy(to + (found - text), with);
    }
    strcpy(to, text);
    return out;
}

static void expect_good(const struct sample *sample, char *text) {
    static struct recon_run run;
    recon_run_init(&run);
    if (!recon_run_read(&run, sample->format, text, strlen(text)))
        fail_msg("%s of:\n%s", run.ledger.complaint.text, text);
    assert_int_equal(run.ledger.sources[0].rows, 2);
    recon_run_free(&run);
    free(text);
}

/* `why` NULL: whatever is said, it names a line. */
static void expect_bad(const struct sample *sample, char *text, const char *line, const char *why) {
    static struct recon_run run;
    recon_run_init(&run);
    if (recon_run_read(&run, sample->format, text, strlen(text)))
        fail_msg("accepted as %s:\n%s", sample->format, text);
    const char *said = run.ledger.complaint.text;
    if (!strstr(said, run.paths[0]) || (line && !strstr(said, line)) || (why && !strstr(said, why)))
        fail_msg("\"%s\" does not say \"%s\" \"%s\" of %s:\n%s", said, line ? line : "",
                 why ? why : "", sample->format, text);
    recon_run_free(&run);
    free(text);
}

static void the_samples_are_good(void **state) {
    (void)state;
    for (size_t i = 0; i < SAMPLES; i++)
        expect_good(&samples[i], strdup(samples[i].text));
}

static void an_amount_with_three_decimals_or_an_exponent(void **state) {
    static const char *const amounts[] = {"17.605", "1e5", "17,60", "1.7.6", "+17.60", ""};
    (void)state;
    for (size_t i = 0; i < SAMPLES; i++)
        for (size_t n = 0; n < sizeof amounts / sizeof *amounts; n++)
            expect_bad(&samples[i], change(samples[i].text, AMOUNT, amounts[n]), samples[i].line,
                       NULL);
}

/* The trade file is the only one that may be in GB18030 (documents_test); what is neither is bad.
 */
static void another_encoding(void **state) {
    (void)state;
    for (size_t i = 0; i < SAMPLES; i++) {
        bool trades = strcmp(samples[i].format, "amp") == 0;
        bool xml = strstr(samples[i].text, "<c>") != NULL;
        expect_bad(&samples[i], change(samples[i].text, NAME, trades ? "\xff\xff" : NAME_GB18030),
                   trades ? ":1:" : ":2:", xml ? "XML: " : "UTF-8");
    }
}

static void other_columns(void **state) {
    (void)state;
    for (size_t i = 0; i < SAMPLES; i++)
        expect_bad(&samples[i], change(samples[i].text, samples[i].column, samples[i].other), NULL,
                   samples[i].wrong_column);
}

static void a_byte_order_mark_and_crlf_mean_nothing(void **state) {
    char marked[2048];
    (void)state;
    for (size_t i = 0; i < SAMPLES; i++) {
        snprintf(marked, sizeof marked, "\xef\xbb\xbf%s", samples[i].text);
        expect_good(&samples[i], strdup(marked));
        expect_good(&samples[i], change(samples[i].text, "\n", "\r\n"));
        expect_good(&samples[i], change(marked, "\n", "\r\n"));
    }
}

static void a_byte_order_mark_elsewhere(void **state) {
    (void)state;
    for (size_t i = 0; i < SAMPLES; i++)
        if (strcmp(samples[i].format, "amp") != 0)
            expect_bad(&samples[i], change(samples[i].text, AMOUNT, "\xef\xbb\xbf" AMOUNT),
                       samples[i].line, NULL);
}

static void a_quote_that_never_ends(void **state) {
    (void)state;
    for (size_t i = 0; i < SAMPLES; i++)
        if (samples[i].open_quote)
            expect_bad(&samples[i], change(samples[i].text, LAST "\"", LAST), samples[i].line,
                       NULL);
}

/* Inside the last row always; between rows where the document says how many there are. */
static void a_file_that_was_cut(void **state) {
    (void)state;
    for (size_t i = 0; i < SAMPLES; i++) {
        const char *text = samples[i].text, *amount = strstr(text, AMOUNT);
        expect_bad(&samples[i], strndup(text, (size_t)(amount - text)), samples[i].line, NULL);
        const char *row = amount;
        while (row[-1] != '\n')
            row--;
        if (samples[i].any_cut)
            expect_bad(&samples[i], strndup(text, (size_t)(row - text)), NULL, NULL);
    }
}

/* What says before its header how many rows it has is whole, or named. */
static void a_count_before_the_header_must_fit(void **state) {
    static const struct {
        const char *format, *text, *complaint;
    } files[] = {
        {"rows", "# rows 2\r\namount\r\n1.00\r\n2.00\r\n\r\n", NULL},
        {"rows", "\xef\xbb\xbf# rows 0\npayment_no,amount\n", NULL},
        {"rows", "# rows 2\namount\n1.00\n", ":4: the first line says that there are 2"},
        {"rows", "# rows 1\namount\n1.00\n2.00", ":4: the first line says that there are 1"},
        {"rows", "# rows 1\namount\n", "got 0: the file was cut"},
        {"rows", "# rows 1\n", "expected a header"},
        {"rows", "# rows 1", ":1: expected"},
        {"rows", "# rows \namount\n1.00\n", ":1: expected"},
        {"rows", "# rows one\namount\n1.00\n", ":1: expected"},
        {"rows", "# rows 11111111111\namount\n1.00\n", ":1: expected"},
        {"mmpc", "# rows 1\npayOrdId,ownPayAmt\nA,1.00\n", NULL},
        {"mmpc", "# rows 3\npayOrdId,ownPayAmt\nA,1.00\n", "says that there are 3"}};
    static struct recon_run run;
    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        recon_run_init(&run);
        bool good = recon_run_read(&run, files[i].format, files[i].text, strlen(files[i].text));
        if (good != (files[i].complaint == NULL) ||
            (!good && !strstr(run.ledger.complaint.text, files[i].complaint)))
            fail_msg("%s: %s", files[i].text, run.ledger.complaint.text);
        recon_run_free(&run);
    }
}

#define ORDER_LINE(more) "{\"claims\":[],\"refunds\":[],\"legs\":[]" more "}\n"
#define MORE ORDER_LINE(",\"more\":true")
#define LAST_ONE ORDER_LINE(",\"more\":false")

/* Each line of an export says whether more follow; exports may stand one behind the other. Lines of
 * others say nothing of it. */
static void an_export_that_was_cut_between_two_orders(void **state) {
    static const struct {
        const char *text, *complaint;
    } files[] = {{MORE MORE LAST_ONE, NULL},
                 {LAST_ONE MORE LAST_ONE, NULL},
                 {ORDER_LINE("") ORDER_LINE(""), NULL},
                 {"", NULL},
                 {MORE MORE, ":3: the last order says that more follow: the file was cut"},
                 {LAST_ONE MORE "\n\n", "the file was cut"}};
    static struct recon_run run;
    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        recon_run_init(&run);
        bool good = recon_run_read(&run, "journal", files[i].text, strlen(files[i].text));
        if (good != (files[i].complaint == NULL) ||
            (!good && !strstr(run.ledger.complaint.text, files[i].complaint)))
            fail_msg("%s: %s", files[i].text, run.ledger.complaint.text);
        recon_run_free(&run);
    }
}

#define PAGES(total, pages, page, no)                                                              \
    "{\"respCode\":\"0000\",\"totalRecCnt\":\"" total "\",\"totalPageCnt\":\"" pages               \
    "\",\"curPageNo\":\"" page "\",\"curRecNo\":\"1\",\"detail\":[{\"appOrderId\":\"" no           \
    "\",\"payOrderId\":\"Q" no "\",\"payOrderTime\":\"20261127090000\",\"payAmt\":\"7\"}]}\n"
#define SETTLED_PAGE(page, no)                                                                     \
    "{\"ret_code\":\"00\",\"current\":\"" page                                                     \
    "\",\"pages\":\"2\",\"billdetail\":[" SETTLED("7.00", no, "") "]}\n"

/* Pages as files of their own are the answer only together; a cut behind a whole page is found. */
static void pages_in_files_of_their_own_must_all_be_there(void **state) {
    static const struct {
        const char *format, *files[3], *complaint;
    } answers[] = {
        {"tongji",
         {PAGES("3", "3", "1", "A"), PAGES("3", "3", "2", "B"), PAGES("3", "3", "3", "C")},
         NULL},
        {"tongji", {PAGES("2", "2", "2", "B"), PAGES("2", "2", "1", "A"), NULL}, NULL},
        {"tongji", {PAGES("2", "2", "1", "A"), NULL, NULL}, "page 1 of 2; the one after it"},
        {"tongji", {PAGES("2", "2", "2", "A"), NULL, NULL}, "page 2 of 2; the one before it"},
        {"tongji", {PAGES("3", "3", "1", "A"), PAGES("3", "3", "3", "C"), NULL}, "page 1 of 3"},
        {"tongji", {PAGES("2", "2", "1", "A"), PAGES("3", "2", "2", "B"), NULL}, "page 1 of 2"},
        {"his", {SETTLED_PAGE("1", "A"), SETTLED_PAGE("2", "B"), NULL}, NULL},
        {"his", {SETTLED_PAGE("1", "A"), NULL, NULL}, "page 1 of 2; the one after it"},
    };
    static struct recon_run run;
    (void)state;
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        recon_run_init(&run);
        for (int n = 0; n < 3 && answers[i].files[n]; n++)
            recon_run_add(&run, answers[i].format, answers[i].files[n]);
        bool good = recon_ledger_has_all_pages(&run.ledger);
        if (good != (answers[i].complaint == NULL) ||
            (!good && !strstr(run.ledger.complaint.text, answers[i].complaint)))
            fail_msg("%zu: %s", i, run.ledger.complaint.text);
        recon_run_free(&run);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_samples_are_good),
        cmocka_unit_test(an_amount_with_three_decimals_or_an_exponent),
        cmocka_unit_test(another_encoding),
        cmocka_unit_test(other_columns),
        cmocka_unit_test(a_byte_order_mark_and_crlf_mean_nothing),
        cmocka_unit_test(a_byte_order_mark_elsewhere),
        cmocka_unit_test(a_quote_that_never_ends),
        cmocka_unit_test(a_file_that_was_cut),
        cmocka_unit_test(an_export_that_was_cut_between_two_orders),
        cmocka_unit_test(pages_in_files_of_their_own_must_all_be_there),
        cmocka_unit_test(a_count_before_the_header_must_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
