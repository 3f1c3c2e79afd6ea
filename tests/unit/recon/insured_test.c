/* links: tests/support/recon_files.c app/recon/ app/recon/sources/ app/wire/ app/core/terms/ app/base/ */
/* Bills that the insurance has paid beside the patient: what platform, hospital and terminal
 * rightly say of them differs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/recon_files.h"

/* Of somebody else, so that each run has all three sides. */
#define HEAD "source,kind,payment_no,out_no,trace_no,origin_no,amount,time,channel,state\n"
#define COMMON                                                                                     \
    "amp,payment,C1,,,,1.00,2026-11-27 09:00:00,alipay,done\n"                                     \
    "his,payment,C1,,,,1.00,2026-11-27 09:00:00,,done\n"                                           \
    "journal,payment,C1,,,,1.00,2026-11-27 09:00:00,alipay,done\n"
#define PORTAL "amp,payment,T,TR,,,130.00,2026-11-27 10:00:01,insurance,done\n"
#define WHOLE "his,payment,,,T,,130.00,2026-11-27 10:00:02,,done\n"
#define BACK(NO, STATE, AMOUNT)                                                                    \
    "{\"no\":\"" NO "\",\"state\":\"" STATE "\",\"leg\":0,\"claim\":0,\"amount\":\"" AMOUNT        \
    "\",\"created\":\"2026-11-27 11:00:00\"}"
#define PORTALS_BACK(AMOUNT) "amp,refund,,TR,,T," AMOUNT ",2026-11-27 11:00:01,insurance,done\n"

/* A bill of 130.00 that a portal settled, of which 14.00 is the own part. */
static const struct {
    const char *claim, *refunds, *rows;
    enum recon_class only; /* RECON_CLASS_COUNT: all agree */
} stories[] = {
    {"done", "", PORTAL WHOLE, RECON_CLASS_COUNT},
    {"done", BACK("R", "done", "14.00"), PORTAL WHOLE PORTALS_BACK("14.00"), RECON_CLASS_COUNT},
    {"done", BACK("Q", "refused", "130.00") "," BACK("R", "done", "14.00"),
     PORTAL WHOLE PORTALS_BACK("14.00"), RECON_CLASS_COUNT},
    /* What was refused and went back all the same is no secret. */
    {"done", BACK("Q", "refused", "14.00"), PORTAL WHOLE PORTALS_BACK("14.00"),
     RECON_STATE_DIFFERS},
    /* All of it went back, and the hospital has it booked. */
    {"refunded", BACK("R", "done", "130.00"), PORTAL WHOLE PORTALS_BACK("130.00"),
     RECON_HOSPITAL_MISSING},
    /* Without a settlement nothing stands. */
    {"done", BACK("R", "done", "14.00"), PORTAL PORTALS_BACK("14.00"), RECON_HOSPITAL_MISSING},
    {"done", BACK("R", "done", "14.00"), PORTAL WHOLE, RECON_TERMINAL_ONLY},
    {"done", BACK("R", "done", "14.00"), PORTAL WHOLE PORTALS_BACK("14.01"), RECON_AMOUNT_DIFFERS},
};

static void run_portal_story(struct recon_run *run, size_t i) {
    char order[2048], rows[1024];
    snprintf(order, sizeof order,
             "{\"order_no\":\"1\",\"created\":\"2026-11-27 10:00:00\",\"legs\":[{\"no\":\"A\","
             "\"state\":\"paid\",\"channel\":\"insurance\",\"route\":\"amp\",\"amount\":\"130.00\","
             "\"out_no\":\"TR\",\"in_no\":\"AMP\",\"paid\":\"2026-11-27 10:00:00\"}],\"claims\":["
             "{\"state\":\"%s\",\"org_trace_no\":\"T\",\"call_sn\":\"SN\",\"shares\":[{\"leg\":0,"
             "\"amount\":\"130.00\"}]}],\"refunds\":[%s]}\n",
             stories[i].claim, stories[i].refunds);
    snprintf(rows, sizeof rows, HEAD COMMON "%s", stories[i].rows);
    recon_run_init(run);
    recon_run_add(run, "journal", order);
    recon_run_add(run, "rows", rows);
    recon_run_judge(run);
}

static void an_own_part_goes_back_without_the_hospital(void **state) {
    static struct recon_run run;
    (void)state;
    for (size_t i = 0; i < sizeof stories / sizeof *stories; i++) {
        run_portal_story(&run, i);
        enum recon_class only = recon_run_only(&run);
        if (only != stories[i].only)
            fail_msg("story %zu: class %d", i, (int)only);
        recon_run_free(&run);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_own_part_goes_back_without_the_hospital),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
