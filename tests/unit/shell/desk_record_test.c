/* links: app/shell/desk_record.c app/core/desk/ app/core/order/ app/core/terms/ app/wire/ app/base/ ui/ids.c */
/* What is sent for an order of a caller: the caller's own members, and over them what the order law
 * says and how it was paid. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/shell/desk_parts.h"
#include "app/wire/json.h"

#define TYPE "hop.trade.recharge"

static struct core core;
static struct desk desk = {.core = &core};

static cJSON *parsed(const char *text) {
    const char *ignored;
    return wire_parse(text, strlen(text), &ignored);
}

/* As the first call, or the first after a restart. */
static void is_called(const char *param) {
    static const struct wire_operation row = {.name = TYPE};
    struct desk_call call = {.row = &row, .wish = CALL_WISH_PAY, .param = parsed(param)};
    strcpy(core.book.orders[0].no, "26112011247K00010000");
    desk_keep_members(&desk, &call, 0);
    cJSON_Delete(call.param);
}

static void is_sent(const char *members, const char *expected) {
    cJSON *whole = parsed(members);
    desk_complete(&desk, 0, TYPE, &whole);
    char *text = wire_print(whole, false);
    assert_string_equal(text, expected);
    free(text);
    cJSON_Delete(whole);
}

static int forgets(void **state) {
    (void)state;
    desk_forget_records(&desk);
    return 0;
}

static void the_callers_members_go_with_it(void **state) {
    (void)state;
    is_called("{\"amount\":\"9\",\"notes\":\"n\",\"outChargeNo\":\"other\"}");
    is_sent("{\"amount\":\"3.00\",\"outChargeNo\":\"N1\"}",
            "{\"notes\":\"n\",\"amount\":\"3.00\",\"outChargeNo\":\"N1\"}");
}

/* The card was sold at the second pinpad; after a restart the same call names the first. */
static void a_call_made_again_changes_no_pinpad(void **state) {
    (void)state;
    is_called("{\"depositType\":\"CASH\",\"PosNo\":\"1\",\"notes\":\"n\"}");
    is_sent("{\"amount\":\"3.00\",\"depositType\":\"POS\",\"PosNo\":\"2\"}",
            "{\"notes\":\"n\",\"amount\":\"3.00\",\"depositType\":\"POS\",\"PosNo\":\"2\"}");
}

static void what_is_called_again_while_it_runs_changes_nothing(void **state) {
    (void)state;
    is_called("{\"notes\":\"first\"}");
    is_called("{\"notes\":\"second\"}");
    is_sent("{\"amount\":\"3.00\"}", "{\"notes\":\"first\",\"amount\":\"3.00\"}");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(the_callers_members_go_with_it, forgets),
        cmocka_unit_test_teardown(a_call_made_again_changes_no_pinpad, forgets),
        cmocka_unit_test_teardown(what_is_called_again_while_it_runs_changes_nothing, forgets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
