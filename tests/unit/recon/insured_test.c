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
    int deals;             /* of it */
} stories[] = {
    {"done", "", PORTAL WHOLE, RECON_CLASS_COUNT, 0},
    {"done", BACK("R", "done", "14.00"), PORTAL WHOLE PORTALS_BACK("14.00"), RECON_CLASS_COUNT, 0},
    {"done", BACK("Q", "refused", "130.00") "," BACK("R", "done", "14.00"),
     PORTAL WHOLE PORTALS_BACK("14.00"), RECON_CLASS_COUNT, 0},
    /* What was refused and went back all the same is no secret. */
    {"done", BACK("Q", "refused", "14.00"), PORTAL WHOLE PORTALS_BACK("14.00"), RECON_STATE_DIFFERS,
     1},
    /* All of it went back, and the hospital has it booked. */
    {"refunded", BACK("R", "done", "130.00"), PORTAL WHOLE PORTALS_BACK("130.00"),
     RECON_HOSPITAL_MISSING, 1},
    /* Without a settlement nothing stands. */
    {"done", BACK("R", "done", "14.00"), PORTAL PORTALS_BACK("14.00"), RECON_HOSPITAL_MISSING, 2},
    {"done", BACK("R", "done", "14.00"), PORTAL WHOLE, RECON_TERMINAL_ONLY, 1},
    {"done", BACK("R", "done", "14.00"), PORTAL WHOLE PORTALS_BACK("14.01"), RECON_AMOUNT_DIFFERS,
     1},
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
        if (only != RECON_CLASS_COUNT && recon_run_count(&run, only) != stories[i].deals)
            fail_msg("story %zu: %lld deals", i, (long long)recon_run_count(&run, only));
        recon_run_free(&run);
    }
}

/* ---- what the centre settles whole: its file has own parts alone ---- */

#define SPLIT(OWN, FUND)                                                                           \
    ",\"split\":{\"fund\":\"" FUND "\",\"account\":\"0.00\",\"own\":\"" OWN                        \
    "\",\"prepaid\":\"0.00\"}"
#define CENTRES(AMOUNT) "mmpc,payment,,P,T,," AMOUNT ",2026-11-27 10:00:01,,done\n"
#define CENTRES_BACK(AMOUNT) "mmpc,refund,,P,,," AMOUNT ",2026-11-27 11:00:01,,done\n"
#define WHOLE_BACK "his,refund,,P,,,130.00,2026-11-27 11:00:02,,done\n"
#define PART SPLIT("14.00", "116.00")
#define NONE SPLIT("0.00", "130.00")
#define HALF SPLIT("65.00", "65.00")
#define MMPC ",\"route\":\"mmpc\""

static const struct {
    const char *leg, *claim, *refunds, *rows;
    enum recon_class only;
} settled[] = {
    {MMPC NONE, "done", "", WHOLE, RECON_CLASS_COUNT},
    {MMPC NONE, "done", "", "", RECON_HOSPITAL_MISSING},
    {MMPC NONE, "done", "", "his,payment,,,T,,130.01,2026-11-27 10:00:02,,done\n",
     RECON_AMOUNT_DIFFERS},
    /* It has one all the same: not of this payment's amount. */
    {MMPC NONE, "done", "", CENTRES("14.00") WHOLE, RECON_AMOUNT_DIFFERS},
    {MMPC PART, "done", "", CENTRES("14.00") WHOLE, RECON_CLASS_COUNT},
    {MMPC PART, "done", "", WHOLE, RECON_PLATFORM_MISSING},
    {MMPC PART, "done", "", CENTRES("14.01") WHOLE, RECON_AMOUNT_DIFFERS},
    {MMPC PART, "done", "", CENTRES("130.00") WHOLE, RECON_AMOUNT_DIFFERS},
    {MMPC PART, "done", "", CENTRES("14.00"), RECON_HOSPITAL_MISSING},
    /* The two parts are the same amount, and are two. */
    {MMPC HALF, "done", "", CENTRES("65.00") WHOLE, RECON_CLASS_COUNT},
    {MMPC HALF, "done", "", CENTRES("65.01") WHOLE, RECON_AMOUNT_DIFFERS},
    {MMPC SPLIT("130.00", "0.00"), "done", "", CENTRES("130.00") WHOLE, RECON_CLASS_COUNT},
    /* What went back, whole or the own part alone. */
    {MMPC PART, "refunded", BACK("R", "done", "130.00"),
     CENTRES("14.00") WHOLE CENTRES_BACK("14.00") WHOLE_BACK, RECON_CLASS_COUNT},
    {MMPC PART, "refunded", BACK("R", "done", "130.00"),
     CENTRES("14.00") WHOLE CENTRES_BACK("14.00"), RECON_HOSPITAL_MISSING},
    {MMPC NONE, "refunded", BACK("R", "done", "130.00"), WHOLE WHOLE_BACK, RECON_CLASS_COUNT},
    {MMPC PART, "done", BACK("R", "done", "14.00"), CENTRES("14.00") WHOLE CENTRES_BACK("14.00"),
     RECON_CLASS_COUNT},
    {MMPC PART, "done", BACK("R", "done", "14.00"), CENTRES("14.00") WHOLE, RECON_TERMINAL_ONLY},
    /* Who pays what is not known, or nobody has said which platform it is: all of it is one. */
    {MMPC SPLIT("0.00", "0.00"), "done", "", WHOLE, RECON_PLATFORM_MISSING},
    {MMPC, "done", "", WHOLE, RECON_PLATFORM_MISSING},
    {NONE, "done", "", WHOLE, RECON_PLATFORM_MISSING},
    {",\"route\":\"amp_uploaded\"" NONE, "done", "", WHOLE, RECON_PLATFORM_MISSING},
    {",\"route\":\"amp_uploaded\"" PART, "done", "", PORTAL WHOLE, RECON_CLASS_COUNT},
};

static void run_settled(struct recon_run *run, size_t i) {
    char order[2048], rows[1024];
    snprintf(order, sizeof order,
             "{\"order_no\":\"1\",\"created\":\"2026-11-27 10:00:00\",\"legs\":[{\"no\":\"A\","
             "\"state\":\"paid\",\"channel\":\"insurance\",\"amount\":\"130.00\",\"out_no\":"
             "\"TR\",\"in_no\":\"P\",\"paid\":\"2026-11-27 10:00:00\"%s}],\"claims\":[{\"state\":"
             "\"%s\",\"org_trace_no\":\"T\",\"call_sn\":\"SN\",\"shares\":[{\"leg\":0,\"amount\":"
             "\"130.00\"}]}],\"refunds\":[%s]}\n",
             settled[i].leg, settled[i].claim, settled[i].refunds);
    /* The centre's number of a refund is the payment's. */
    for (char *at = strstr(order, "\"no\":\"R\""); at != NULL; at = NULL) {
        char rest[1024];
        snprintf(rest, sizeof rest, "%s", at);
        snprintf(at, sizeof order - (size_t)(at - order), "\"out_no\":\"P\",%s", rest);
    }
    snprintf(rows, sizeof rows, HEAD COMMON "%s", settled[i].rows);
    recon_run_init(run);
    recon_run_add(run, "journal", order);
    recon_run_add(run, "rows", rows);
    recon_run_judge(run);
}

static void what_a_centre_settles_whole_is_in_no_file_of_its(void **state) {
    static struct recon_run run;
    (void)state;
    for (size_t i = 0; i < sizeof settled / sizeof *settled; i++) {
        run_settled(&run, i);
        enum recon_class only = recon_run_only(&run);
        if (only != settled[i].only)
            fail_msg("settled %zu: class %d", i, (int)only);
        recon_run_free(&run);
    }
}

/* A split that is no amounts is refused by its line. */
static void a_split_that_is_none_is_refused(void **state) {
    static struct recon_run run;
    static const char text[] =
        "{\"order_no\":\"1\",\"created\":\"2026-11-27 10:00:00\",\"legs\":[{\"no\":\"A\",\"state\":"
        "\"paid\",\"channel\":\"insurance\",\"amount\":\"1.00\",\"split\":{\"own\":\"x\"}}],"
        "\"claims\":[],\"refunds\":[]}\n";
    (void)state;
    recon_run_init(&run);
    assert_false(recon_run_read(&run, "journal", text, sizeof text - 1));
    recon_run_free(&run);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_own_part_goes_back_without_the_hospital),
        cmocka_unit_test(what_a_centre_settles_whole_is_in_no_file_of_its),
        cmocka_unit_test(a_split_that_is_none_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
