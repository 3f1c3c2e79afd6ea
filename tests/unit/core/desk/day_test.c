/* links: app/core/ app/core/visit/ app/core/desk/ app/core/order/ app/core/terms/ ui/ids.c */
/* The day of a desk: its sums over all of it, and what the drawer should hold. */
#include "tests/unit/core/desk/window_story.h"

static struct order ended_order(const char *word, int64_t fen, enum claim_state state) {
    struct order order = {
        .service = SERVICE_DEPOSIT, .claim_count = 1, .leg_count = 1, .share_count = 1};
    strcpy(order.caller_no, "N1");
    strcpy(order.caller_channel, word);
    order.legs[0] = (struct leg){.state = LEG_PAID, .amount = {fen}};
    order.claims[0] =
        (struct claim){.state = state, .creditor = CREDITOR_PLATFORM, .amount = {fen}};
    order.shares[0] = (struct share){.amount = {fen}};
    return order;
}

static void a_day_is_summed_over_all_of_it(void **state) {
    (void)state;
    static struct desk_day day;
    memset(&day, 0, sizeof day);
    struct order cash = ended_order("CASH", 8800, CLAIM_DONE);
    struct order code = ended_order("WX_QR", 100, CLAIM_DONE);
    struct order asked = ended_order("ONE_BAR", 500, CLAIM_CREDIT_UNKNOWN);
    struct order visit = cash;
    visit.caller_no[0] = '\0'; /* no call of window software */
    for (int i = 0; i < DESK_ROWS_MAX; i++)
        adds_to_shift(&day, &code);
    adds_to_shift(&day, &cash);
    adds_to_shift(&day, &asked);
    adds_to_shift(&day, &visit);
    cash.claims[0].refunded.fen = cash.shares[0].returned.fen = 300;
    adds_to_shift(&day, &cash);
    assert_int_equal(day.totals[DESK_WAY_CASH].paid.fen, 2 * 8800);
    assert_int_equal(day.totals[DESK_WAY_CASH].returned.fen, 300);
    assert_int_equal(desk_day_drawer(&day).fen, 2 * 8800 - 300);
    assert_int_equal(day.count, DESK_ROWS_MAX);
    assert_int_equal(day.whole, DESK_ROWS_MAX + 3);
    assert_int_equal(day.totals[DESK_WAY_CODE].count, DESK_ROWS_MAX);
    assert_int_equal(day.totals[DESK_WAY_CODE].paid.fen, DESK_ROWS_MAX * 100);
    assert_int_equal(day.undecided, 1);
    assert_int_equal(day.due.fen, 500);
}

/* At midnight the sums begin anew, though nobody calls. */
static void a_new_day_is_read(void **state) {
    (void)state;
    struct now now = {p.now.wall_ms, p.now.mono_ms};
    int64_t left_ms = policy_day_start_ms(now.wall_ms) + INT64_C(86400000) - now.wall_ms;
    pass(&p, 1);
    assert_true(finds(&p, VERB_DAY));
    static struct desk_day day = {.head.kind = DOCUMENT_DESK_DAY};
    struct event event = answer_to_last(&p, OUTCOME_ACCEPTED);
    event.of.answer.document = &day.head;
    happens(&p, event);
    pass(&p, 60000);
    assert_false(finds(&p, VERB_DAY));
    pass(&p, left_ms - 60001 - 2);
    assert_false(finds(&p, VERB_DAY));
    assert_int_equal(desk_window_deadline(window_now()), p.now.mono_ms + 2);
    pass(&p, 2);
    assert_true(finds(&p, VERB_DAY));
    assert_true(desk_window_deadline(window_now()) > p.now.mono_ms);
}

/* Counted, and the program or the platform was gone before it was decided: the notes are there. */
static void cash_that_nobody_decided_lies_in_the_drawer(void **state) {
    (void)state;
    static struct desk_day day;
    memset(&day, 0, sizeof day);
    struct order cash = ended_order("CASH", 8800, CLAIM_DONE);
    struct order asked = ended_order("CASH", 700, CLAIM_CREDIT_UNKNOWN);
    struct order placed = ended_order("CASH", 60, CLAIM_WAITING);
    struct order unpaid = ended_order("CASH", 5, CLAIM_WAITING);
    struct order code = ended_order("ONE_QR", 9000, CLAIM_CREDIT_UNKNOWN);
    placed.legs[0].state = LEG_PLACE_UNKNOWN;
    unpaid.legs[0].state = LEG_DECLINED; /* it was given back at once */
    unpaid.claims[0].state = CLAIM_VOID;
    adds_to_shift(&day, &cash);
    adds_to_shift(&day, &asked);
    adds_to_shift(&day, &placed);
    adds_to_shift(&day, &unpaid);
    adds_to_shift(&day, &code);
    assert_int_equal(day.totals[DESK_WAY_CASH].paid.fen, 8800);
    assert_int_equal(desk_day_drawer(&day).fen, 8800 + 700 + 60);
    assert_int_equal(day.undecided, 3);
}

/* The sums are shown: what no sum can hold is the greatest there is, and the day goes on. */
static void sums_that_are_too_much_end_no_day(void **state) {
    (void)state;
    static struct desk_day day;
    memset(&day, 0, sizeof day);
    struct order asked = ended_order("WX_QR", MONEY_MAX_FEN, CLAIM_CREDIT_UNKNOWN);
    struct order paid = ended_order("CASH", MONEY_MAX_FEN, CLAIM_DONE);
    for (int i = 0; i < 3; i++) {
        adds_to_shift(&day, &asked);
        adds_to_shift(&day, &paid);
    }
    assert_int_equal(day.due.fen, MONEY_MAX_FEN);
    assert_int_equal(day.totals[DESK_WAY_CASH].paid.fen, MONEY_MAX_FEN);
    assert_int_equal(day.whole, 6);
}

/* Taken back, and the insurance has not said that it is unpaid. */
static void what_may_be_settled_yet_is_undecided(void **state) {
    (void)state;
    static struct desk_day day;
    memset(&day, 0, sizeof day);
    struct order order = ended_order("INSURANCE", 700, CLAIM_WAITING);
    order.legs[0].route = ROUTE_MMPC;
    order.legs[0].state = LEG_CLOSED;
    order.claims[0].state = CLAIM_VOID;
    order.legs[0].watch_until_ms = 1;
    order.legs[0].unpaid = true;
    adds_to_shift(&day, &order);
    assert_int_equal(day.undecided, 0);
    order.legs[0].unpaid = false;
    adds_to_shift(&day, &order);
    assert_int_equal(day.undecided, 1);
    assert_int_equal(day.due.fen, 700);
    assert_true(day.rows[1].may_settle);
}

/* What is no NOT_PAID has its own words: a case is a person's, and one that a person has decided is
 * settled, though its bill stays held. */
static void only_what_is_not_paid_may_be_settled_yet(void **state) {
    (void)state;
    static struct desk_day day;
    memset(&day, 0, sizeof day);
    struct order order = ended_order("INSURANCE", 700, CLAIM_WAITING);
    order.legs[0].route = ROUTE_MMPC;
    order.legs[0].state = LEG_CASE;
    order.legs[0].reason = CASE_ABNORMAL;
    adds_to_shift(&day, &order);
    order.resolved = order.kept = true;
    adds_to_shift(&day, &order);
    order.resolved = order.kept = false;
    order.legs[0].state = LEG_PAID_AFTER_CLOSE;
    order.legs[0].reason = CASE_NONE;
    order.claims[0].state = CLAIM_VOID;
    adds_to_shift(&day, &order);
    assert_int_equal(day.rows[0].verdict, VERDICT_WINDOW);
    assert_int_equal(day.rows[1].verdict, VERDICT_SETTLED);
    assert_int_equal(day.rows[2].verdict, VERDICT_LATE);
    assert_false(day.rows[0].may_settle); /* else its words are desk.row.unknown */
    assert_false(day.rows[1].may_settle);
    assert_false(day.rows[2].may_settle);
}

/* The notes lie in the drawer, and somebody has decided that they are booked: they lie there still.
 * What somebody gave back by hand does not. */
static void cash_that_a_person_found_booked_lies_in_the_drawer(void **state) {
    (void)state;
    static struct desk_day day;
    memset(&day, 0, sizeof day);
    struct order cash = ended_order("CASH", 8800, CLAIM_CASE);
    cash.claims[0].reason = CASE_CREDIT_UNKNOWN;
    adds_to_shift(&day, &cash);
    assert_int_equal(desk_day_drawer(&day).fen, 8800);
    memset(&day, 0, sizeof day);
    cash.resolved = true; /* RESOLUTION_RETURNED or NO_MONEY */
    adds_to_shift(&day, &cash);
    assert_int_equal(desk_day_drawer(&day).fen, 0);
    memset(&day, 0, sizeof day);
    cash.kept = true; /* RESOLUTION_CREDITED, IN_ORDER or OTHER */
    adds_to_shift(&day, &cash);
    assert_int_equal(desk_day_drawer(&day).fen, 8800);
}

static void cash_of_yesterday_leaves_the_drawer_of_today(void **state) {
    (void)state;
    static struct desk_day day;
    memset(&day, 0, sizeof day);
    day.start_ms = 1000;
    struct order order = ended_order("CASH", 8800, CLAIM_DONE);
    struct refund back = {.state = REFUND_DONE, .amount = {300}};
    struct order_since since = {.refunded = {true, false, true}};
    strcpy(back.caller_no, "R1");
    for (int i = 0; i < 3; i++) /* the second left yesterday's */
        order.refunds[order.refund_count++] = back;
    order.refunds[2].state = REFUND_REFUSED;
    desk_day_add(&day, &order, &since);
    assert_int_equal(day.count, 0);
    assert_int_equal(day.totals[DESK_WAY_CASH].returned.fen, 300);
    assert_int_equal(desk_day_drawer(&day).fen, -300);
    order.caller_no[0] = '\0'; /* a visit's: no cash */
    desk_day_add(&day, &order, &since);
    assert_int_equal(desk_day_drawer(&day).fen, -300);
}

/* What was paid by code and is handed out in cash leaves the drawer of the shift in which it is. */
static void what_is_handed_out_leaves_the_drawer_of_its_shift(void **state) {
    (void)state;
    for (int now = 0; now < 2; now++) {
        static struct desk_day day;
        memset(&day, 0, sizeof day);
        struct order order = ended_order("WX_QR", 8800, CLAIM_DONE);
        order.refunds[order.refund_count++] =
            (struct refund){.state = REFUND_DONE, .in_cash = true, .amount = {300}};
        desk_day_add(&day, &order, &(struct order_since){.refunded = {now == 1}});
        assert_int_equal(desk_day_drawer(&day).fen, now == 1 ? -300 : 0);
    }
}

/* By a clock that was behind it is of an earlier day: it is listed and counted all the same. */
static void what_was_opened_in_the_shift_is_of_it(void **state) {
    (void)state;
    static struct desk_day day;
    memset(&day, 0, sizeof day);
    day.start_ms = 1000;
    struct order order = ended_order("CASH", 8800, CLAIM_DONE);
    adds_to_shift(&day, &order);
    assert_int_equal(day.count, 1);
    assert_int_equal(desk_day_drawer(&day).fen, 8800);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_new_day_is_read, begin_window),
        cmocka_unit_test(a_day_is_summed_over_all_of_it),
        cmocka_unit_test(cash_that_nobody_decided_lies_in_the_drawer),
        cmocka_unit_test(cash_that_a_person_found_booked_lies_in_the_drawer),
        cmocka_unit_test(only_what_is_not_paid_may_be_settled_yet),
        cmocka_unit_test(sums_that_are_too_much_end_no_day),
        cmocka_unit_test(what_may_be_settled_yet_is_undecided),
        cmocka_unit_test(what_was_opened_in_the_shift_is_of_it),
        cmocka_unit_test(what_is_handed_out_leaves_the_drawer_of_its_shift),
        cmocka_unit_test(cash_of_yesterday_leaves_the_drawer_of_today),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
