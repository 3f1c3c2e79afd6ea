/* links: app/core/order/ app/core/terms/ tests/support/order_story.c */
/* What a bill is held by, its number and the keys of its lines; and a caller's number. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/core/order/holds.h"

#define HOLDS_MAX 8
#define LINES 6

static struct order order;
static struct bill_list *bills;

/* Two bills; of the first two lines, of the second four: one twice, one without a key, and one that
 * the first has too. */
static int two_bills(void **state) {
    static const char *const keys[] = {"K", "K2", "K3", "K3", "", "K"};
    (void)state;
    order = (struct order){.no = "26112012000000420001",
                           .service = SERVICE_BILLS,
                           .claim_count = 2,
                           .claims = {{.org_trace_no = "B1"}, {.org_trace_no = "B2"}}};
    bills = calloc(1, sizeof *bills + LINES * sizeof bills->lines[0]);
    assert_non_null(bills);
    bills->bill_count = 2;
    bills->bills[0] = (struct bill){.org_trace_no = "B1", .line_count = 2};
    bills->bills[1] = (struct bill){.org_trace_no = "B2", .first_line = 2, .line_count = 4};
    bills->line_count = LINES;
    for (int i = 0; i < LINES; i++)
        strcpy(bills->lines[i].key, keys[i]);
    return 0;
}

static int free_bills(void **state) {
    (void)state;
    free(bills);
    return 0;
}

static void each_line_is_held_once_for_its_bill(void **state) {
    static const struct {
        int claim;
        const char *key;
    } wanted[] = {{0, NULL}, {0, "K"}, {0, "K2"}, {1, NULL}, {1, "K3"}, {1, "K"}};
    struct hold holds[HOLDS_MAX];
    (void)state;
    assert_int_equal(order_holds(&order, bills, holds, HOLDS_MAX), 6);
    assert_int_equal(order_holds(&order, bills, holds, HOLDS_MAX), 6); /* whatever stood there */
    for (int i = 0; i < 6; i++) {
        char number[HOLD_KEY_SIZE];
        const char *org_trace_no = order.claims[wanted[i].claim].org_trace_no;
        assert_int_equal(holds[i].claim, wanted[i].claim);
        assert_string_equal(holds[i].key, wanted[i].key != NULL
                                              ? wanted[i].key
                                              : hold_key_of_number(org_trace_no, number));
    }
}

/* How many there are is told also when there is no room, and nothing is written behind it. */
static void without_room_they_are_only_counted(void **state) {
    struct hold holds[3] = {{0}, {0}, {.key = "untouched"}};
    (void)state;
    assert_int_equal(order_holds(&order, bills, holds, 2), 6 + 1); /* K3 twice: not compared */
    assert_string_equal(holds[2].key, "untouched");
    assert_int_equal(order_holds(&order, NULL, holds, 2), 2); /* their numbers alone */
}

static void a_bill_that_is_not_listed_is_held_by_its_number(void **state) {
    struct hold holds[HOLDS_MAX];
    (void)state;
    bills->bill_count = 1; /* the second lies behind it still */
    assert_int_equal(order_holds(&order, bills, holds, HOLDS_MAX), 4);
    assert_int_equal(holds[3].claim, 1);
}

static void a_callers_number_is_held(void **state) {
    struct hold holds[HOLDS_MAX];
    (void)state;
    strcpy(order.caller_no, "N1");
    assert_int_equal(order_holds(&order, NULL, holds, HOLDS_MAX), 3);
    assert_int_equal(holds[2].claim, HOLD_OF_ORDER);
    assert_string_equal(holds[2].key, "caller|N1");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_callers_number_is_held, two_bills, free_bills),
        cmocka_unit_test_setup_teardown(a_bill_that_is_not_listed_is_held_by_its_number, two_bills,
                                        free_bills),
        cmocka_unit_test_setup_teardown(each_line_is_held_once_for_its_bill, two_bills, free_bills),
        cmocka_unit_test_setup_teardown(without_room_they_are_only_counted, two_bills, free_bills),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
