/* links: tests/support/recon_files.c app/recon/ app/recon/sources/ app/wire/ app/core/terms/ app/base/ */
/* A bill that the insurance has paid in part and a code the rest: the hospital has the whole, the
 * platform the own part, and no platform lists what the insurance paid. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/recon_files.h"

#define HEAD "source,kind,payment_no,trace_no,origin_no,amount,time,channel,state\n"
#define COMMON                                                                                     \
    "upp,payment,C1,,,1.00,2026-11-27 09:00:00,wechat,done\n"                                      \
    "his,payment,C1,,,1.00,2026-11-27 09:00:00,,done\n"
#define OWN_PAID "upp,payment,B,,,14.00,2026-11-27 10:01:00,alipay,done\n"
#define OWN_BACK "upp,refund,S,,B,14.00,2026-11-27 11:00:01,alipay,done\n"
#define WHOLE "his,payment,B,T,,130.00,2026-11-27 10:01:02,,done\n"
#define WHOLE_BACK "his,refund,S,T,B,130.00,2026-11-27 11:00:00,,done\n"
#define LEGS(INSURED, OWN)                                                                         \
    "{\"no\":\"A\",\"state\":\"" INSURED "\",\"channel\":\"insurance\",\"amount\":\"116.00\","     \
    "\"paid\":\"2026-11-27 10:00:00\"},{\"no\":\"B\",\"state\":\"" OWN "\",\"channel\":"           \
    "\"alipay\",\"amount\":\"14.00\",\"paid\":\"2026-11-27 10:01:00\"}"
#define BACK(NO, LEG, AMOUNT)                                                                      \
    "{\"no\":\"" NO "\",\"state\":\"done\",\"leg\":" LEG ",\"claim\":0,\"amount\":\"" AMOUNT       \
    "\",\"created\":\"2026-11-27 11:00:00\"}"
#define BOTH_BACK BACK("R", "0", "116.00") "," BACK("S", "1", "14.00")

static const struct {
    const char *legs, *claim, *refunds, *rows;
    enum recon_class class; /* RECON_CLASS_COUNT: all agree */
} stories[] = {
    {LEGS("paid", "paid"), "done", "", OWN_PAID WHOLE, RECON_CLASS_COUNT},
    {LEGS("paid", "paid"), "refunded", BOTH_BACK, OWN_PAID WHOLE OWN_BACK WHOLE_BACK,
     RECON_CLASS_COUNT},
    /* The own part was left, the insurance's went back: nobody else knows of it. */
    {LEGS("returned", "closed"), "reversed", BACK("R", "0", "116.00"), "", RECON_CLASS_COUNT},
    /* ... and the bill was paid once more, under the same number of the hospital's. */
    {LEGS("paid", "closed"), "reversed", BACK("R", "0", "116.00"),
     "upp,payment,D,,,130.00,2026-11-27 10:09:00,,done\nhis,payment,D,T,,130.00,,,done\n"
     "his,refund,,T,,130.00,,,done\nupp,refund,E,,D,130.00,2026-11-27 12:00:00,,done\n"
     "journal,payment,D,T,,130.00,2026-11-27 10:09:00,,done\n"
     "journal,refund,E,T,D,130.00,2026-11-27 12:00:00,,done\n",
     RECON_CLASS_COUNT},
    {LEGS("paid", "paid"), "done", "", WHOLE, RECON_PLATFORM_MISSING},
    {LEGS("paid", "paid"), "done", "", OWN_PAID, RECON_HOSPITAL_MISSING},
    {LEGS("paid", "paid"), "done", "",
     OWN_PAID "his,payment,B,T,,14.00,2026-11-27 10:01:02,,done\n", RECON_AMOUNT_DIFFERS},
    {LEGS("paid", "paid"), "done", "",
     "upp,payment,B,,,13.99,2026-11-27 10:01:00,alipay,done\n" WHOLE, RECON_AMOUNT_DIFFERS},
    {LEGS("paid", "paid"), "done", "",
     "upp,payment,B,,,130.00,2026-11-27 10:01:00,alipay,done\n" WHOLE, RECON_AMOUNT_DIFFERS},
    {LEGS("paid", "paid"), "refunded", BOTH_BACK, OWN_PAID WHOLE WHOLE_BACK,
     RECON_PLATFORM_MISSING},
    {LEGS("paid", "paid"), "refunded", BOTH_BACK, OWN_PAID WHOLE OWN_BACK, RECON_HOSPITAL_MISSING},
};

static void run_story(struct recon_run *run, size_t i) {
    char order[2048], rows[1024];
    snprintf(order, sizeof order,
             "{\"order_no\":\"1\",\"created\":\"2026-11-27 10:00:00\",\"legs\":[%s],\"claims\":"
             "[{\"state\":\"%s\",\"org_trace_no\":\"T\",\"shares\":[{\"leg\":0,\"amount\":"
             "\"116.00\"},{\"leg\":1,\"amount\":\"14.00\"}]}],\"refunds\":[%s]}\n",
             stories[i].legs, stories[i].claim, stories[i].refunds);
    snprintf(rows, sizeof rows, HEAD COMMON "%s", stories[i].rows);
    recon_run_init(run);
    recon_run_add(run, "journal", order);
    recon_run_add(run, "rows", rows);
    recon_run_judge(run);
}

/* The deal that all stories have lacks the terminal: it is told in each. */
static void the_parts_are_one_deal(void **state) {
    static struct recon_run run;
    (void)state;
    for (size_t i = 0; i < sizeof stories / sizeof *stories; i++) {
        run_story(&run, i);
        size_t differences = recon_differences(&run.result);
        bool told =
            stories[i].class == RECON_CLASS_COUNT || recon_run_count(&run, stories[i].class) == 1;
        if (recon_run_count(&run, RECON_TERMINAL_UNAWARE) != 1 || !told ||
            differences != (stories[i].class == RECON_CLASS_COUNT ? 1 : 2))
            fail_msg("story %zu: %zu differences", i, differences);
        recon_run_free(&run);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_parts_are_one_deal)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
