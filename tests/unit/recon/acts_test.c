/* links: tests/support/recon_files.c app/recon/ app/recon/sources/ app/wire/ app/core/terms/ app/base/ */
/* What is proposed for the terminal's order law, and what is not: a booking proves a credit only
 * where it cannot be another payment's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/recon/acts.h"
#include "tests/support/recon_files.h"

#define COLUMNS                                                                                    \
    "source,kind,payment_no,out_no,trace_no,receipt_no,amount,time,state,place\n"                  \
    "upp,payment,A,,,,10.00,2026-11-27 10:00:00,done,\n"
#define UNPROVEN "journal,payment,A,,T,,10.00,2026-11-27 10:00:00,unproven,\n"

static const struct {
    const char *rows, *acts; /* a letter each: p prove, a ask */
    const char *what;        /* a word of what the report says of it; NULL: nothing to say */
} stories[] = {
    {UNPROVEN "his,payment,A,,,,10.00,2026-11-27 10:00:05,done,\n", "p", "proven"},
    {UNPROVEN "his,payment,A,,,,10.00,2026-11-27 15:00:00,done,\n", "p", "proven"},
    {"journal,payment,A,,T,R,10.00,2026-11-27 10:00:00,unproven,\n"
     "his,payment,,,,R,10.00,2026-11-27 10:00:05,done,\n",
     "p", "proven"},
    /* A hospital that keeps none of our numbers: the same bill, the same money, near in time. */
    {UNPROVEN "his,payment,,,T,,10.00,2026-11-27 10:09:00,done,\n", "p", "proven"},
    {UNPROVEN "his,payment,,,T,,10.00,2026-11-27 12:00:00,done,\n", "", "another payment"},
    {UNPROVEN "his,payment,,,T,,10.00,,done,\n", "", "another payment"},
    /* The same bill was paid, by somebody else. */
    {UNPROVEN "his,payment,W,,T,,10.00,2026-11-27 10:00:05,done,\n", "", "another payment"},
    {UNPROVEN "his,payment,,,T,,10.00,2026-11-27 10:00:05,done,window\n", "", "another payment"},
    {"journal,payment,A,,T,R,10.00,2026-11-27 10:00:00,unproven,\n"
     "his,payment,A,,,S,10.00,2026-11-27 10:00:05,done,\n",
     "", "another payment"},
    /* The same money at the same time is nobody's name. */
    {UNPROVEN "his,payment,,,,R,10.00,2026-11-27 10:00:05,done,\n", "", "another payment"},
    {UNPROVEN, "", "refuted"},
    /* What is not booked, or not done there, proves nothing; what is open is asked about. */
    {UNPROVEN "his,payment,A,,,,10.00,2026-11-27 10:00:05,pending,\n", "", NULL},
    {"journal,payment,A,,T,,10.00,2026-11-27 10:00:00,uncredited,\n", "a", NULL},
    {"journal,payment,A,,T,,10.00,2026-11-27 10:00:00,pending,\n", "a", NULL},
    {"journal,refund,R,,,,10.00,2026-11-27 11:00:00,pending,\n"
     "upp,refund,R,,,,10.00,2026-11-27 11:00:05,done,\n",
     "a", NULL},
    {"journal,refund,R,,,,10.00,2026-11-27 11:00:00,pending,\n"
     "upp,refund,R,,,,9.00,2026-11-27 11:00:05,done,\n",
     "", NULL},
    {"journal,payment,A,,T,,10.00,2026-11-27 10:00:00,done,\n", "", NULL},
    {"journal,payment,A,,T,,10.00,2026-11-27 10:00:00,void,\n", "", NULL},
    /* Two credits of one payment: each by its amount, none where both have the same. */
    {"journal,payment,A,,T,,4.00,2026-11-27 10:00:00,unproven,\n"
     "journal,payment,A,,U,,6.00,2026-11-27 10:00:00,unproven,\n"
     "his,payment,A,,,,4.00,2026-11-27 10:00:05,done,\n"
     "his,payment,A,,,,6.00,2026-11-27 10:00:06,done,\n",
     "pp", "proven"},
    {"journal,payment,A,,T,,5.00,2026-11-27 10:00:00,unproven,\n"
     "journal,payment,A,,U,,5.00,2026-11-27 10:00:00,unproven,\n"
     "his,payment,A,,,,5.00,2026-11-27 10:00:05,done,\n"
     "his,payment,A,,,,5.00,2026-11-27 10:00:06,done,\n",
     "", "proven"},
    /* One booking of both together, or one that the hospital itself is not sure of. */
    {"journal,payment,A,,T,,4.00,2026-11-27 10:00:00,unproven,\n"
     "journal,payment,A,,U,,6.00,2026-11-27 10:00:00,unproven,\n"
     "his,payment,A,,,,10.00,2026-11-27 10:00:05,done,\n",
     "", "another payment"},
    {UNPROVEN "his,payment,A,,,,10.00,2026-11-27 10:00:05,unproven,\n", "", "another payment"},
    {"journal,payment,A,,T,,5.00,2026-11-27 10:00:00,unproven,\n"
     "journal,payment,A,,U,,5.00,2026-11-27 10:00:00,unproven,\n"
     "his,payment,A,,,,5.00,2026-11-27 10:00:05,done,\n"
     "his,payment,A,,,,5.00,2026-11-27 10:00:06,unproven,\n",
     "", NULL},
};

static const char *acts_of(struct recon_run *run, char out[RECON_ACTS_MAX + 1]) {
    struct recon_act acts[RECON_ACTS_MAX];
    size_t count = 0;
    for (size_t i = 0; i < run->result.finding_count; i++) {
        int here = recon_acts_of(&run->ledger, &run->result, &run->result.findings[i], acts);
        for (int n = 0; n < here; n++)
            out[count++] = recon_act_word(acts[n].kind)[0];
    }
    out[count] = '\0';
    return out;
}

static void only_what_names_the_payment_is_a_proof(void **state) {
    static struct recon_run run;
    char acts[RECON_ACTS_MAX + 1], text[2048];
    (void)state;
    for (size_t i = 0; i < sizeof stories / sizeof *stories; i++) {
        snprintf(text, sizeof text, "%s%s", COLUMNS, stories[i].rows);
        recon_run_init(&run);
        recon_run_add(&run, "rows", "source,amount\nhis,1.00\nupp,1.00\n");
        recon_run_add(&run, "rows", text);
        recon_run_judge(&run);
        if (strcmp(acts_of(&run, acts), stories[i].acts) != 0)
            fail_msg("expected \"%s\", got \"%s\" of:\n%s", stories[i].acts, acts, text);
        bool said = stories[i].what == NULL;
        for (size_t n = 0; !said && n < run.result.finding_count; n++)
            said = run.result.findings[n].class == RECON_UNPROVEN_CREDIT &&
                   strstr(recon_finding_what(&run.result.findings[n], LANGUAGE_EN),
                          stories[i].what) != NULL;
        if (!said)
            fail_msg("expected \"%s\" to be said of:\n%s", stories[i].what, text);
        recon_run_free(&run);
    }
}

/* The hospital's bills as a file. */
#define BOOKED(type, fee)                                                                          \
    "{\"data\":[{\"tradeType\":\"" type "\",\"tradeFee\":" fee                                     \
    ",\"tradeTime\":\"2026-11-27 10:00:05\",\"outTradeNo\":\"O\",\"tradeNo\":\"A\"}]}\n"

/* What the hospital took back it has not credited: a minus is no payment of that much. */
static void a_reversal_proves_no_credit(void **state) {
    static struct recon_run run;
    static const struct {
        const char *bills, *acts;
    } booked[] = {{BOOKED("pay", "10.00"), "p"},
                  {BOOKED("pay", "-10.00"), ""},
                  {BOOKED("refund", "-10.00"), ""},
                  {BOOKED("refund", "10.00"), ""}};
    char acts[RECON_ACTS_MAX + 1];
    (void)state;
    for (size_t i = 0; i < sizeof booked / sizeof *booked; i++) {
        recon_run_init(&run);
        recon_run_add(&run, "rows", COLUMNS UNPROVEN);
        recon_run_add(&run, "his", booked[i].bills);
        recon_run_judge(&run);
        assert_string_equal(acts_of(&run, acts), booked[i].acts);
        recon_run_free(&run);
    }
}

#define CASE(state, how)                                                                           \
    "{\"case_no\":\"C1\",\"part\":\"claim 0\",\"state\":\"" state "\",\"how\":\"" how "\"}"
#define OPEN CASE("open", "")
#define REFUND                                                                                     \
    "{\"no\":\"R\",\"state\":\"case\",\"leg\":0,\"claim\":0,\"amount\":\"10.00\",\"created\":"     \
    "\"2026-11-27 11:00:00\"}"
#define UPP_PAID "upp,payment,A,,,,10.00,2026-11-27 10:00:00,done,\n"
#define HIS_BOOKED "his,payment,A,,,,10.00,2026-11-27 10:00:00,done,\n"
#define UPP_BACK "upp,refund,R,,,,10.00,2026-11-27 11:00:00,done,\n"
#define HIS_BACK "his,refund,R,,,,10.00,2026-11-27 11:00:00,done,\n"

/* An order whose only claim is in a case: its receipt, its refunds, its cases. */
#define ORDER_IN_CASE                                                                              \
    "{\"order_no\":\"1\",\"created\":\"2026-11-27 10:00:00\",\"legs\":[{\"no\":\"A\","             \
    "\"state\":\"paid\",\"amount\":\"10.00\",\"paid\":\"2026-11-27 10:00:00\"}],\"claims\":"       \
    "[{\"state\":\"case\",\"org_trace_no\":\"T\",\"call_sn\":\"%s\",\"shares\":[{\"leg\":0,"       \
    "\"amount\":\"10.00\"}]}],\"refunds\":[%s],\"cases\":[%s]}\n"

static const struct {
    const char *call_sn, *refunds, *cases, *rows, *acts;
    int differences;
} in_cases[] = {
    /* The cashier booked by hand what the hospital had not; not while money may have gone back. */
    {"", "", OPEN, UPP_PAID HIS_BOOKED, "r", 1},
    {"", "", OPEN, UPP_PAID, "", 1},
    {"", "", OPEN, UPP_PAID "his,payment,W,,T,,10.00,2026-11-27 10:00:00,done,\n", "", 1},
    {"", "", OPEN "," OPEN, UPP_PAID HIS_BOOKED, "", 1},
    /* A receipt alone credits nothing: it may be the very thing that contradicts. */
    {"S", "", OPEN, UPP_PAID, "", 1},
    {"S", "", OPEN, UPP_PAID HIS_BOOKED, "r", 1},
    {"", "", "", UPP_PAID HIS_BOOKED, "a", 1},
    {"", REFUND, OPEN, UPP_PAID HIS_BOOKED, "", 1},
    /* The money went back, and nobody had heard of it. */
    {"S", REFUND, OPEN, UPP_PAID HIS_BOOKED UPP_BACK HIS_BACK, "r", 1},
    {"S", REFUND, OPEN, UPP_PAID HIS_BOOKED UPP_BACK, "", 1},
    {"", REFUND, OPEN, UPP_PAID UPP_BACK, "r", 2},
    {"", REFUND, OPEN, UPP_PAID "upp,refund,Q,,,,10.00,2026-11-27 11:00:00,done,\n", "", 2},
    {"", REFUND, OPEN "," OPEN, UPP_PAID UPP_BACK, "", 2},
    /* What a person has decided is what the terminal says from then on. */
    {"", "", CASE("resolved", "credited"), UPP_PAID HIS_BOOKED, "", 0},
    {"", "", CASE("resolved", "in_order"), UPP_PAID HIS_BOOKED, "", 0},
    {"", "", CASE("resolved", "other"), UPP_PAID HIS_BOOKED, "a", 1},
    {"", "", CASE("resolved", "credited"), UPP_PAID, "", 1},
    {"", "", CASE("resolved", "returned"), UPP_PAID, "", 0},
    {"", "", CASE("resolved", "no_money"), "", "", 0},
    {"", REFUND, CASE("resolved", "returned"), UPP_PAID UPP_BACK, "", 0},
    {"S", REFUND, CASE("resolved", "returned"), UPP_PAID HIS_BOOKED UPP_BACK HIS_BACK, "", 0},
    {"S", REFUND, CASE("resolved", "in_order"), UPP_PAID HIS_BOOKED, "", 0},
    {"S", REFUND, CASE("resolved", "in_order"), UPP_PAID HIS_BOOKED UPP_BACK HIS_BACK, "", 1},
};

/* As a service signed the platform's rows, or as a file that anybody may have written. */
static void add_in_case_rows(struct recon_run *run, const char *text, bool is_signed) {
    char rows[1024];
    snprintf(rows, sizeof rows,
             "source,kind,payment_no,out_no,trace_no,receipt_no,amount,time,state,place\n"
             "upp,payment,Z,,,,1.00,2026-11-27 09:00:00,done,window\n"
             "his,payment,Z,,,,1.00,2026-11-27 09:00:00,done,window\n%s",
             text);
    if (is_signed)
        recon_run_take(run, "rows", rows, true);
    else
        recon_run_add(run, "rows", rows);
}

static void judge_order_in_case(struct recon_run *run, size_t i, bool is_signed) {
    char order[2048];
    snprintf(order, sizeof order, ORDER_IN_CASE, in_cases[i].call_sn, in_cases[i].refunds,
             in_cases[i].cases);
    recon_run_init(run);
    recon_run_add(run, "journal", order);
    add_in_case_rows(run, in_cases[i].rows, is_signed);
    recon_run_judge(run);
}

/* Rows that nobody signed are judged like the others, and say of no money that it went back. */
static void a_case_is_closed_by_what_answers_it(void **state) {
    static struct recon_run run;
    char acts[RECON_ACTS_MAX + 1];
    (void)state;
    for (size_t n = 0; n < 2 * sizeof in_cases / sizeof *in_cases; n++) {
        size_t i = n / 2;
        bool is_signed = n % 2 == 0;
        const char *expected = is_signed || !in_cases[i].refunds[0] ? in_cases[i].acts : "";
        judge_order_in_case(&run, i, is_signed);
        if (strcmp(acts_of(&run, acts), expected) != 0 ||
            recon_differences(&run.result) != in_cases[i].differences)
            fail_msg("%zu, %s: expected \"%s\" and %d, got \"%s\" and %d", i,
                     is_signed ? "signed" : "a file", expected, in_cases[i].differences, acts,
                     (int)recon_differences(&run.result));
        recon_run_free(&run);
    }
}

/* Of a payment that the terminal itself does not know to have come the platform must say so under
 * its signature: the hospital's bills have none. */
static void an_unknown_payment_is_credited_only_with_a_signature(void **state) {
    static struct recon_run run;
    char acts[RECON_ACTS_MAX + 1];
    (void)state;
    for (int is_signed = 0; is_signed < 2; is_signed++) {
        recon_run_init(&run);
        recon_run_add(
            &run, "journal",
            "{\"order_no\":\"1\",\"created\":\"2026-11-27 10:00:00\",\"legs\":[{\"no\":\"A\","
            "\"state\":\"case\",\"amount\":\"10.00\"}],\"claims\":[],\"refunds\":[],\"cases\":"
            "[{\"case_no\":\"C1\",\"part\":\"leg 0\",\"state\":\"open\",\"how\":\"\"}]}\n");
        add_in_case_rows(&run, UPP_PAID HIS_BOOKED, is_signed);
        recon_run_judge(&run);
        assert_string_equal(acts_of(&run, acts), is_signed ? "r" : "");
        recon_run_free(&run);
    }
}

/* What a file says beside it takes nothing away from what the platform has signed. */
static void a_signed_row_is_found_behind_a_file(void **state) {
    static struct recon_run run;
    char acts[RECON_ACTS_MAX + 1], order[2048];
    (void)state;
    snprintf(order, sizeof order, ORDER_IN_CASE, "", REFUND, OPEN);
    recon_run_init(&run);
    recon_run_add(&run, "journal", order);
    recon_run_add(&run, "rows",
                  "source,kind,payment_no,amount,time\n"
                  "bank,payment,A,10.00,2026-11-27 10:00:00\n"
                  "bank,refund,R,10.00,2026-11-27 11:00:00\n");
    add_in_case_rows(&run, UPP_PAID UPP_BACK, true);
    recon_run_judge(&run);
    assert_string_equal(acts_of(&run, acts), "r");
    recon_run_free(&run);
}

#define BOOKED_AND_REVERSED(number)                                                                \
    "{\"data\":[{\"tradeType\":\"pay\",\"tradeFee\":10.00,\"tradeTime\":"                          \
    "\"2026-11-27 10:00:05\",\"outTradeNo\":\"O\",\"tradeNo\":\"A\"},"                             \
    "{\"tradeType\":\"pay\",\"tradeFee\":-10.00,\"tradeTime\":"                                    \
    "\"2026-11-27 10:07:05\",\"outTradeNo\":\"O\"" number "}]}\n"
#define REVERSED_A ",\"tradeNo\":\"A\""

/* Books that have a payment and its reversal under one of its numbers prove nothing. */
static void what_the_same_books_reversed_is_no_credit(void **state) {
    static const char *const books[] = {BOOKED_AND_REVERSED(REVERSED_A), BOOKED_AND_REVERSED("")};
    static struct recon_run run;
    char acts[RECON_ACTS_MAX + 1];
    (void)state;
    for (size_t i = 0; i < sizeof books / sizeof *books; i++) {
        recon_run_init(&run);
        recon_run_add(&run, "rows", COLUMNS UNPROVEN);
        recon_run_add(&run, "his", books[i]);
        recon_run_judge(&run);
        assert_string_equal(acts_of(&run, acts), "");
        recon_run_free(&run);
    }
}

static void a_case_is_not_closed_by_what_the_same_books_reversed(void **state) {
    static struct recon_run run;
    char acts[RECON_ACTS_MAX + 1], order[2048];
    (void)state;
    snprintf(order, sizeof order, ORDER_IN_CASE, "S", "", OPEN);
    recon_run_init(&run);
    recon_run_add(&run, "journal", order);
    add_in_case_rows(&run, UPP_PAID, true);
    recon_run_add(&run, "his", BOOKED_AND_REVERSED(REVERSED_A));
    recon_run_judge(&run);
    assert_string_equal(acts_of(&run, acts), "");
    recon_run_free(&run);
}

/* The console says in one row that it was paid and that all of it went back. */
#define REFUNDED_ORDER                                                                             \
    "{\"respCode\":\"0000\",\"totalRecCnt\":\"1\",\"totalPageCnt\":\"1\",\"curPageNo\":\"1\","     \
    "\"curRecNo\":\"1\",\"msg\":\"\",\"detail\":[{\"appOrderId\":\"A\",\"payOrderId\":\"O\","      \
    "\"payOrderTime\":\"20261127100000\",\"payOrderSts\":\"06\",\"payChannel\":\"WX\",\"payAmt\":" \
    "\"10.00\",\"payTime\":\"20261127100000\",\"refundAmt\":\"10.00\",\"refundTime\":"             \
    "\"20261127110000\"}]}\n"

static void a_case_is_not_closed_as_credited_where_the_platform_gave_it_back(void **state) {
    static struct recon_run run;
    char acts[RECON_ACTS_MAX + 1], order[2048];
    (void)state;
    snprintf(order, sizeof order, ORDER_IN_CASE, "", "", OPEN);
    recon_run_init(&run);
    recon_run_add(&run, "journal", order);
    recon_run_add(&run, "tongji", REFUNDED_ORDER);
    recon_run_add(&run, "rows",
                  "source,kind,payment_no,amount,time\nhis,payment,A,10.00,2026-11-27 10:00:00\n");
    recon_run_judge(&run);
    assert_string_equal(acts_of(&run, acts), "");
    recon_run_free(&run);
}

#define BESIDE                                                                                     \
    "source,kind,payment_no,out_no,trace_no,receipt_no,origin_no,amount,time,state\n"              \
    "upp,payment,A,O,,,,10.00,2026-11-27 10:00:00,done\n"                                          \
    "journal,payment,A,O,T,R,,10.00,2026-11-27 10:00:00,unproven\n"                                \
    "his,payment,A,,T,R,,10.00,2026-11-27 10:00:05,done\n"

static const struct {
    const char *rows;
    bool reversed;
} refunds_beside[] = {
    {"", false},
    {"his,refund,W,,,,A,10.00,2026-11-27 11:00:00,done\n", true},
    {"upp,refund,W,,,,A,10.00,2026-11-27 11:00:00,done\n", true},
    {"upp,refund,W,,,,A,4.00,,pending\n", true},
    {"upp,refund,W,,,,A,10.00,2026-11-27 11:00:00,void\n", false},
    {"upp,refund,W,,,,B,10.00,2026-11-27 11:00:00,done\n", false},
    /* A number of the payment's, where the refund's own should be. */
    {"upp,refund,A,,,,,10.00,2026-11-27 11:00:00,done\n", true},
    {"upp,refund,W,O,,,,10.00,2026-11-27 11:00:00,done\n", true},
    {"upp,refund,W,O,,,B,10.00,2026-11-27 11:00:00,done\n", false},
    {"his,refund,W,,,R,,10.00,2026-11-27 11:00:00,done\n", true},
    {"his,refund,W,,T,,,10.00,2026-11-27 11:00:00,done\n", true},
    {"his,refund,W,,T,,,10.00,2026-11-27 09:30:00,done\n", false},
    {"his,refund,W,,,,,10.00,2026-11-27 11:00:00,done\n", false},
    /* What the terminal itself gave back; not where the others say more than that. */
    {"journal,refund,Q,,,,A,4.00,2026-11-27 11:00:00,done\n"
     "upp,refund,Q,,,,A,4.00,2026-11-27 11:00:00,done\n",
     false},
    {"journal,refund,Q,,,,A,4.00,2026-11-27 11:00:00,done\n"
     "upp,refund,,,,,A,4.00,2026-11-27 11:05:00,done\n",
     false},
    {"journal,refund,Q,,,,A,4.00,2026-11-27 11:00:00,done\n"
     "upp,refund,Q,,,,A,10.00,2026-11-27 11:00:00,done\n",
     true},
    {"journal,refund,Q,,,,A,4.00,2026-11-27 11:00:00,void\n"
     "upp,refund,Q,,,,A,4.00,2026-11-27 11:00:00,done\n",
     true},
    {"journal,refund,Q,,,,B,4.00,2026-11-27 11:00:00,done\n"
     "upp,refund,,,,,A,4.00,2026-11-27 11:05:00,done\n",
     true},
};

static bool is_said(const struct recon_run *run, const char *words) {
    for (size_t n = 0; n < run->result.finding_count; n++)
        if (strstr(recon_finding_what(&run->result.findings[n], LANGUAGE_EN), words) != NULL)
            return true;
    return false;
}

/* Whoever has a refund of the payment that is not the terminal's: the booking may be what it took
 * back, or still stand. */
static void a_booking_beside_somebody_elses_refund_is_no_proof(void **state) {
    static struct recon_run run;
    char acts[RECON_ACTS_MAX + 1], text[2048];
    (void)state;
    for (size_t i = 0; i < sizeof refunds_beside / sizeof *refunds_beside; i++) {
        bool reversed = refunds_beside[i].reversed;
        snprintf(text, sizeof text, "%s%s", BESIDE, refunds_beside[i].rows);
        recon_run_init(&run);
        recon_run_add(&run, "rows", text);
        recon_run_judge(&run);
        if (strcmp(acts_of(&run, acts), reversed ? "" : "p") != 0 ||
            is_said(&run, "a refund of the payment too") != reversed ||
            is_said(&run, "now it is proven") == reversed)
            fail_msg("got \"%s\" of:\n%s", acts, text);
        recon_run_free(&run);
    }
}

#define BILL(type, no)                                                                             \
    "{\"tradeType\":\"" type                                                                       \
    "\",\"tradeFee\":10.00,\"tradeTime\":\"2026-11-27 11:00:00\",\"tradeNo\":\"" no "\"}"
#define BILLS                                                                                      \
    "{\"result\":true,\"kind\":\"0\",\"data\":[" BILL("pay", "A") "," BILL("refund", "R") "]}\n"

/* The platform's refund closes a case when its signature was right; a file's is not looked at. */
static void what_nobody_vouches_for_closes_no_case(void **state) {
    static struct recon_run run;
    char acts[RECON_ACTS_MAX + 1], order[2048];
    (void)state;
    snprintf(order, sizeof order, ORDER_IN_CASE, "", REFUND, OPEN);
    for (int verified = 0; verified < 2; verified++) {
        recon_run_init(&run);
        recon_run_add(&run, "journal", order);
        recon_run_add(&run, "rows", "source,amount\nhis,1.00\n");
        recon_run_take(&run, "upp", BILLS, verified);
        recon_run_judge(&run);
        assert_string_equal(acts_of(&run, acts), verified ? "r" : "");
        recon_run_free(&run);
    }
}

/* Two bills of one payment. The first was refused, and the kiosk asks what became of its refund; of
 * the second nobody knows whether it is booked: that is the order's one open case. The platform has
 * done the refund. */
#define ORDER_OF_TWO                                                                               \
    "{\"order_no\":\"1\",\"created\":\"2026-11-27 10:00:00\",\"legs\":[{\"no\":\"A\","             \
    "\"state\":\"paid\",\"amount\":\"16.00\",\"paid\":\"2026-11-27 10:00:00\"}],\"claims\":"       \
    "[{\"state\":\"reversing\",\"org_trace_no\":\"T\",\"call_sn\":\"\",\"shares\":[{\"leg\":0,"    \
    "\"amount\":\"10.00\"}]},{\"state\":\"case\",\"org_trace_no\":\"U\",\"call_sn\":\"\","         \
    "\"shares\":"                                                                                  \
    "[{\"leg\":0,\"amount\":\"6.00\"}]}],\"refunds\":[{\"no\":\"R\",\"state\":\"unknown\","        \
    "\"leg\":0,"                                                                                   \
    "\"claim\":0,\"amount\":\"10.00\",\"created\":\"2026-11-27 "                                   \
    "11:00:00\"}],\"cases\":[{\"case_no\":"                                                        \
    "\"C1\",\"part\":\"claim 1\",\"state\":\"open\",\"how\":\"\"}]}\n"

static void what_became_of_one_bill_closes_no_case_of_another(void **state) {
    static struct recon_run run;
    char acts[RECON_ACTS_MAX + 1];
    (void)state;
    recon_run_init(&run);
    recon_run_add(&run, "journal", ORDER_OF_TWO);
    add_in_case_rows(&run, "upp,payment,A,,,,16.00,2026-11-27 10:00:00,done,\n" UPP_BACK, true);
    recon_run_judge(&run);
    assert_string_equal(acts_of(&run, acts), "a"); /* that refund is the terminal's to ask about */
    recon_run_free(&run);
}

/* One bill of two payments: both refunds are in its one case, which is closed once when the
 * platform has done both. */
#define ORDER_OF_TWO_LEGS                                                                          \
    "{\"order_no\":\"1\",\"created\":\"2026-11-27 10:00:00\",\"legs\":[{\"no\":\"A\","             \
    "\"state\":\"paid\",\"amount\":\"10.00\",\"paid\":\"2026-11-27 10:00:00\"},{\"no\":\"B\","     \
    "\"state\":\"paid\",\"amount\":\"6.00\",\"paid\":\"2026-11-27 10:00:00\"}],\"claims\":"        \
    "[{\"state\":\"case\",\"org_trace_no\":\"T\",\"call_sn\":\"\",\"shares\":[{\"leg\":0,"         \
    "\"amount\":\"10.00\"},{\"leg\":1,\"amount\":\"6.00\"}]}],\"refunds\":[{\"no\":\"R\","         \
    "\"state\":\"case\",\"leg\":0,\"claim\":0,\"amount\":\"10.00\",\"created\":"                   \
    "\"2026-11-27 11:00:00\"},{\"no\":\"Q\",\"state\":\"case\",\"leg\":1,\"claim\":0,"             \
    "\"amount\":\"6.00\",\"created\":\"2026-11-27 11:00:00\"}],\"cases\":[{\"case_no\":"           \
    "\"C1\",\"part\":\"claim 0\",\"state\":\"open\",\"how\":\"\"}]}\n"

static void one_of_two_refunds_closes_no_case_of_both(void **state) {
    static const struct {
        const char *more, *acts;
    } done[] = {{"", ""},
                {"upp,refund,Q,,,,5.00,2026-11-27 11:00:00,done,\n", ""},
                {"upp,refund,Q,,,,6.00,2026-11-27 11:00:00,done,\n", "r"}};
    static struct recon_run run;
    char acts[RECON_ACTS_MAX + 1], rows[512];
    (void)state;
    for (size_t i = 0; i < sizeof done / sizeof *done; i++) {
        snprintf(rows, sizeof rows,
                 UPP_PAID "upp,payment,B,,,,6.00,2026-11-27 10:00:00,done,\n" UPP_BACK "%s",
                 done[i].more);
        recon_run_init(&run);
        recon_run_add(&run, "journal", ORDER_OF_TWO_LEGS);
        add_in_case_rows(&run, rows, true);
        recon_run_judge(&run);
        assert_string_equal(acts_of(&run, acts), done[i].acts);
        recon_run_free(&run);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_what_names_the_payment_is_a_proof),
        cmocka_unit_test(a_reversal_proves_no_credit),
        cmocka_unit_test(what_the_same_books_reversed_is_no_credit),
        cmocka_unit_test(a_case_is_not_closed_by_what_the_same_books_reversed),
        cmocka_unit_test(a_case_is_not_closed_as_credited_where_the_platform_gave_it_back),
        cmocka_unit_test(a_booking_beside_somebody_elses_refund_is_no_proof),
        cmocka_unit_test(a_case_is_closed_by_what_answers_it),
        cmocka_unit_test(an_unknown_payment_is_credited_only_with_a_signature),
        cmocka_unit_test(a_signed_row_is_found_behind_a_file),
        cmocka_unit_test(what_became_of_one_bill_closes_no_case_of_another),
        cmocka_unit_test(one_of_two_refunds_closes_no_case_of_both),
        cmocka_unit_test(what_nobody_vouches_for_closes_no_case)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
