/* links: tests/support/recon_files.c app/recon/ app/recon/sources/ app/wire/ app/core/terms/ app/base/ */
/* Files that are not as they should be: named with file and line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include <cmocka.h>

#include "tests/support/recon_files.h"

#define GOOD "payment_no,amount,time,state\nA,1.00,2026-11-27 09:00:00,done\n"

struct bad_file {
    const char *format, *text, *line, *why;
};

static const struct bad_file bad_files[] = {
    {"rows", "", ":1:", "at least the column amount"},
    {"rows", "payment_no\nA\n", ":1:", "at least the column amount"},
    {"rows", "payment_no,betrag\n", ":1:", "no such column: \"betrag\""},
    {"rows", "amount,amount\n", ":1:", "twice"},
    {"rows", GOOD "B,1.001,,\n", ":3:", "amount: expected"},
    {"rows", GOOD "B,1e5,,\n", ":3:", "amount: expected"},
    {"rows", GOOD "B,-1.00,,\n", ":3:", "amount: expected"},
    {"rows", GOOD "B,,,\n", ":3:", "amount: expected"},
    {"rows", GOOD "B,123456789.00,,\n", ":3:", "amount: expected"},
    {"rows", GOOD "B,1.00,2026-02-30 09:00:00,\n", ":3:", "time: expected"},
    {"rows", GOOD "B,1.00,27.11.2026,\n", ":3:", "time: expected"},
    {"rows", GOOD "B,1.00,,paid\n", ":3:", "state: expected"},
    {"rows", GOOD "B,1.00\n", ":3:", "expected 4 fields, got 2"},
    {"rows", GOOD "B,1.00,,,\n", ":3:", "expected 4 fields, got 5"},
    {"rows", GOOD "\n\"B,1.00,,\n", ":4:", "a quote that never ends"},
    {"rows", GOOD "B\"C,1.00,,\n", ":3:", "a quote inside a field"},
    {"rows", GOOD "\"B\"C,1.00,,\n", ":3:", "after the closing quote"},
    {"rows", GOOD "\xef\xbb\xbf", ":3:", "expected 4 fields"},
    {"journal", "{\"order_no\":\"1\"}\n[]\n", ":1:", "missing"},
    {"journal", "{\"order_no\":\"1\",\"created\":\"2026-11-27 09:00:00\",\"legs\":[],\"claims\":[]",
     ":1:", "expected a comma"},
    {"journal", "\n\n{\"order_no\":\"1\n", ":3:", "a control character"},
    {"journal", "{\"order_no\":\"1\",\"state\":\"unreadable\"}\n", ":1:", "cannot read"},
    {"journal",
     "{\"order_no\":\"1\",\"created\":\"2026-11-27 09:00:00\",\"legs\":[{\"no\":\"1\",\"amount\":"
     "\"1.005\"}],\"claims\":[],\"refunds\":[]}\n",
     ":1:", "an amount is missing"},
};

static void bad_files_are_named_with_their_line(void **state) {
    static struct recon_run run;
    (void)state;
    for (size_t i = 0; i < sizeof bad_files / sizeof *bad_files; i++) {
        const struct bad_file *bad = &bad_files[i];
        recon_run_init(&run);
        if (recon_run_read(&run, bad->format, bad->text, strlen(bad->text)))
            fail_msg("accepted:\n%s", bad->text);
        const char *complaint = run.ledger.complaint.text;
        if (!strstr(complaint, run.paths[0]) || !strstr(complaint, bad->line) ||
            !strstr(complaint, bad->why))
            fail_msg("\"%s\" does not say \"%s\" \"%s\"", complaint, bad->line, bad->why);
        recon_run_free(&run);
    }
}

static void spreadsheets_are_read(void **state) {
    static struct recon_run run;
    (void)state;
    recon_run_init(&run);
    recon_run_add(&run, "rows",
                  "\xef\xbb\xbfpayment_no,amount,channel\r\n\"A\",\"1.00\",\"a \"\"b\"\", c\"\r\n"
                  "\r\nB,2,\r\n");
    recon_run_add(&run, "rows", "payment_no,amount\nA,1.0\nB,2.00");
    recon_run_judge(&run);
    assert_int_equal(recon_run_count(&run, RECON_AGREE), 2);
    assert_int_equal(run.ledger.sources[0].fen, 300);
    assert_string_equal(run.ledger.texts[RECON_CHANNELS].texts[1], "a \"b\", c");
    recon_run_free(&run);
}

/* Fields of every length, so that they end anywhere in a block of 64 bytes. */
static void fields_of_any_length(void **state) {
    static struct recon_run run;
    char text[1024], id[257];
    (void)state;
    memset(id, 'x', sizeof id);
    for (int length = 0; length < 256; length++) {
        snprintf(text, sizeof text, "payment_no,amount\n%.*s,1.00\n\"%.*s,\",2.00\n", length, id,
                 length, id);
        recon_run_init(&run);
        recon_run_add(&run, "rows", text);
        assert_int_equal(run.ledger.sources[0].rows, 2);
        assert_int_equal(run.ledger.sources[0].fen, 300);
        const struct recon_entry *entry = recon_row_entry(&run.ledger, 1);
        assert_int_equal(entry->ids[RECON_PAYMENT_NO].length, length + 1);
        recon_run_free(&run);
    }
}

static size_t pack(const char *text, char *out, size_t room) {
    z_stream stream = {0};
    assert_int_equal(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    stream.next_in = (Bytef *)(uintptr_t)text;
    stream.avail_in = (uInt)strlen(text);
    stream.next_out = (Bytef *)out;
    stream.avail_out = (uInt)room;
    assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
    size_t size = stream.total_out;
    deflateEnd(&stream);
    return size;
}

static void gzip_is_unpacked_and_a_cut_one_named(void **state) {
    static struct recon_run run;
    char packed[512];
    (void)state;
    size_t size = pack(GOOD, packed, sizeof packed);
    recon_run_init(&run);
    assert_true(recon_run_read(&run, "rows", packed, size));
    assert_int_equal(run.ledger.sources[0].fen, 100);
    recon_run_free(&run);
    for (size_t cut = 3; cut < size; cut++) {
        recon_run_init(&run);
        assert_false(recon_run_read(&run, "rows", packed, cut));
        assert_non_null(strstr(run.ledger.complaint.text, "truncated or damaged"));
        recon_run_free(&run);
    }
}

#define LEG                                                                                        \
    "{\"no\":\"P1\",\"state\":\"%s\",\"channel\":\"wechat\",\"amount\":\"30.00\",\"seen\":"        \
    "\"30.00\",\"paid\":\"2026-11-27 09:00:00\",\"paid_by\":\"wechat\",\"out_no\":\"O1\","         \
    "\"in_no\":\"I1\"}"
#define CLAIM                                                                                      \
    "{\"state\":\"%s\",\"shares\":[{\"leg\":0,\"amount\":\"%s\"}],\"org_trace_no\":\"%s\","        \
    "\"call_sn\":\"R\",\"unproven\":%s}"

static void an_order_is_its_shares_and_refunds(void **state) {
    static struct recon_run run;
    char text[2048];
    (void)state;
    snprintf(
        text, sizeof text,
        "{\"order_no\":\"2611270900XX00070001\",\"service\":\"bills\",\"created\":\"2026-11-27 "
        "08:59:00\",\"state\":\"credited\",\"claims\":[" CLAIM "," CLAIM "],\"refunds\":[{"
        "\"no\":\"F1\",\"state\":\"done\",\"leg\":0,\"amount\":\"20.00\",\"done\":null,"
        "\"created\":\"2026-11-27 10:00:00\",\"out_no\":\"\"}],\"legs\":[" LEG
        "],\"events\":[{\"a\":[1,2,{\"b\":null}]}]}\n",
        "done", "10.00", "T1", "true", "reversed", "20.00", "T2", "false", "paid");
    recon_run_init(&run);
    recon_run_add(&run, "journal", text);
    assert_int_equal(run.ledger.sources[0].rows, 3);
    assert_int_equal(run.ledger.sources[0].fen, 1000);
    assert_int_equal(recon_row(&run.ledger, 0).state, RECON_UNPROVEN);
    assert_int_equal(recon_row(&run.ledger, 1).state, RECON_RETURNED);
    const struct recon_entry *entry = recon_row_entry(&run.ledger, 1);
    assert_true(slice_is(entry->ids[RECON_TRACE_NO], "T2"));
    assert_true(slice_is(entry->terminal, "0007"));
    entry = recon_row_entry(&run.ledger, 2);
    assert_int_equal(entry->kind, RECON_REFUND);
    assert_true(slice_is(entry->ids[RECON_ORIGIN_NO], "P1"));
    recon_run_free(&run);
}

/* A window's work at the hospital: the payment stands, its credit does not. What has gone back
 * here, or waits in a case, is told as that. */
static void a_credit_that_was_taken_back_elsewhere_says_so(void **state) {
    static struct recon_run run;
    static const struct {
        const char *state;
        enum recon_state is;
    } states[] = {{"done", RECON_TAKEN_ELSEWHERE},
                  {"refunded", RECON_DONE},
                  {"case", RECON_UNCREDITED},
                  {"reversed", RECON_RETURNED}};
    char text[2048];
    (void)state;
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        snprintf(text, sizeof text,
                 "{\"order_no\":\"1\",\"created\":\"2026-11-27 08:59:00\",\"legs\":[" LEG
                 "],\"claims\":[{\"state\":\"%s\",\"shares\":[{\"leg\":0,\"amount\":\"30.00\"}],"
                 "\"org_trace_no\":\"T1\",\"call_sn\":\"R\",\"unproven\":false,"
                 "\"taken_elsewhere\":true}],\"refunds\":[]}\n",
                 "paid", states[i].state);
        recon_run_init(&run);
        recon_run_add(&run, "journal", text);
        assert_int_equal(recon_row(&run.ledger, 0).state, states[i].is);
        recon_run_free(&run);
    }
}

static void a_leg_without_money_is_void(void **state) {
    static struct recon_run run;
    char text[2048];
    (void)state;
    snprintf(text, sizeof text,
             "{\"order_no\":\"1\",\"created\":\"2026-11-27 08:59:00\",\"legs\":[" LEG
             "],\"claims\":[" CLAIM "],\"refunds\":[]}\n",
             "closed", "void", "30.00", "T1", "false");
    recon_run_init(&run);
    recon_run_add(&run, "journal", text);
    assert_int_equal(run.ledger.sources[0].rows, 1);
    assert_int_equal(run.ledger.sources[0].fen, 0);
    assert_int_equal(recon_row(&run.ledger, 0).state, RECON_VOID);
    recon_run_free(&run);
}

#define PAID(no)                                                                                   \
    "{\"order_no\":\"1\",\"created\":\"2026-11-27 "                                                \
    "10:00:00\",\"refunds\":[],\"legs\":[{\"no\":\"" no                                            \
    "\",\"state\":\"paid\",\"amount\":\"1.00\",\"paid\":\"2026-11-27 10:00:00\"}],\"claims\":[{"   \
    "\"state\":\"done\",\"call_sn\":\"S" no "\",\"shares\":[{\"leg\":0,\"amount\":\"1.00\"}]}]}\n"

/* Journals are one source. What a terminal lacks whose journal is here was not paid elsewhere. */
static void journals_of_several_terminals_are_one_source(void **state) {
    static struct recon_run run;
    (void)state;
    for (int journals = 1; journals <= 2; journals++) {
        recon_run_init(&run);
        recon_run_add(&run, "journal", PAID("2611271000XX00010001"));
        if (journals == 2)
            recon_run_add(&run, "journal", PAID("2611271000XX00020001"));
        recon_run_add(&run, "rows",
                      "source,payment_no,amount\nupp,2611271000XX00010001,1.00\n"
                      "his,2611271000XX00010001,1.00\nupp,2611271000XX00020001,1.00\n"
                      "his,2611271000XX00020001,1.00\nupp,2611271000XX00020002,5.00\n"
                      "his,2611271000XX00020002,5.00\n");
        recon_run_judge(&run);
        assert_int_equal(run.ledger.source_count, 3);
        assert_int_equal(run.ledger.sources[0].rows, journals);
        assert_int_equal(recon_run_count(&run, RECON_AGREE), journals);
        assert_int_equal(recon_run_count(&run, RECON_TERMINAL_UNAWARE), 3 - journals);
        assert_int_equal(recon_differences(&run.result), journals - 1);
        recon_run_free(&run);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bad_files_are_named_with_their_line),
        cmocka_unit_test(spreadsheets_are_read),
        cmocka_unit_test(fields_of_any_length),
        cmocka_unit_test(gzip_is_unpacked_and_a_cut_one_named),
        cmocka_unit_test(an_order_is_its_shares_and_refunds),
        cmocka_unit_test(a_credit_that_was_taken_back_elsewhere_says_so),
        cmocka_unit_test(a_leg_without_money_is_void),
        cmocka_unit_test(journals_of_several_terminals_are_one_source),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
