/* links: tests/support/recon_files.c app/recon/ app/recon/sources/ app/wire/ app/core/terms/ app/base/ */
/* What the payment console (tongji) calls paid, and what it does not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "tests/support/recon_files.h"

#define CONSOLE_PAGE(row)                                                                          \
    "{\"respCode\":\"0000\",\"msg\":\"\",\"totalRecCnt\":\"1\",\"totalPageCnt\":\"1\","            \
    "\"curPageNo\":\"1\",\"curRecNo\":\"1\",\"detail\":[" row "]}\n"
#define CONSOLE_ORDER(state, paid, refund)                                                         \
    CONSOLE_PAGE(                                                                                  \
        "{\"appOrderId\":\"A\",\"payOrderTime\":\"20261127090000\",\"payAmt\":\"7\"" state paid    \
        ",\"refundAmt\":\"" refund "\"}")
#define CONSOLE_FLOW(state, done)                                                                  \
    CONSOLE_PAGE("{\"payTransId\":\"F\",\"appOrderId\":\"A\",\"payFlowTime\":\"20261127090000\","  \
                 "\"transType\":\"001\",\"transAmt\":\"7\"" state done "}")
#define CONSOLE_PAID ",\"payTime\":\"20261127090010\""
#define CONSOLE_DONE ",\"doneTime\":\"20261127090010\""
#define ORDER_STATE(state) ",\"payOrderSts\":\"" state "\""
#define FLOW_STATE(state) ",\"transSts\":\"" state "\""

/* Paid is what the console's document calls so (02, reversed 04, refunded 06); a flow is done at
 * 02. Where cfgParams left the state out its time says it. */
static void what_the_console_does_not_call_paid_is_not_done(void **state) {
    static struct recon_run run;
    static const struct {
        const char *text;
        int rows;
        enum recon_state state; /* of each */
    } told[] = {
        {CONSOLE_ORDER(ORDER_STATE("02"), CONSOLE_PAID, ""), 1, RECON_DONE},
        {CONSOLE_ORDER(ORDER_STATE("02"), ",\"payTime\":\"\"", ""), 1, RECON_DONE},
        {CONSOLE_ORDER(ORDER_STATE("04"), CONSOLE_PAID, "7"), 2, RECON_DONE},
        {CONSOLE_ORDER(ORDER_STATE("06"), CONSOLE_PAID, "3"), 2, RECON_DONE},
        {CONSOLE_ORDER(ORDER_STATE("01"), ",\"payTime\":\"\"", ""), 1, RECON_PENDING},
        {CONSOLE_ORDER(ORDER_STATE("01"), CONSOLE_PAID, ""), 1, RECON_PENDING},
        {CONSOLE_ORDER(ORDER_STATE("05"), CONSOLE_PAID, "3"), 2, RECON_PENDING},
        {CONSOLE_ORDER(ORDER_STATE("2"), CONSOLE_PAID, ""), 1, RECON_PENDING},
        {CONSOLE_ORDER("", CONSOLE_PAID, ""), 1, RECON_DONE},
        {CONSOLE_ORDER("", "", ""), 1, RECON_PENDING},
        {CONSOLE_FLOW(FLOW_STATE("02"), CONSOLE_DONE), 1, RECON_DONE},
        {CONSOLE_FLOW(FLOW_STATE("01"), CONSOLE_DONE), 1, RECON_PENDING},
        {CONSOLE_FLOW("", CONSOLE_DONE), 1, RECON_DONE},
        {CONSOLE_FLOW("", ""), 1, RECON_PENDING},
    };
    (void)state;
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        recon_run_init(&run);
        recon_run_add(&run, "tongji", told[i].text);
        assert_int_equal(run.ledger.sources[0].rows, told[i].rows);
        for (int row = 0; row < told[i].rows; row++)
            if (recon_row(&run.ledger, row).state != told[i].state)
                fail_msg("row %d is %s: %s", row,
                         recon_state_word(recon_row(&run.ledger, row).state), told[i].text);
        recon_run_free(&run);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_the_console_does_not_call_paid_is_not_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
