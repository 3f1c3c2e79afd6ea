/* links: app/core/ app/core/visit/ app/core/desk/ app/core/order/ app/core/terms/ ui/ids.c */
/* What else of the caller's patient is under way is told to the cashier, and nothing waits for it.
 */
#include "app/core/about.h"
#include "tests/unit/core/desk/window_story.h"

static struct payment_list list;

/* What the journals have of the patient. */
static void has(enum service service, enum route route, enum verdict verdict, const char *place) {
    struct payment *row = &list.rows[list.count++];
    list.head.kind = DOCUMENT_PAYMENTS;
    *row = (struct payment){.service = service,
                            .account_type = ACCOUNT_INPATIENT,
                            .route = route,
                            .verdict = verdict,
                            .amount = {13290 + list.count},
                            .created_ms = 1795147200000};
    snprintf(row->elsewhere, sizeof row->elsewhere, "%s", place);
}

static void is_listed(void) {
    answer(&p, OUTCOME_ACCEPTED, &list);
}

static int begin_others(void **state) {
    list = (struct payment_list){.count = 0};
    return begin_window(state);
}

static enum desk_other_kind kind_now(void) {
    const struct desk_other *other = desk_window_other(window_now());
    return other == NULL ? DESK_OTHER_NONE : other->kind;
}

static void the_caller_s_patient_is_asked_about_everywhere(void **state) {
    (void)state;
    comes("N1");
    assert_true(finds(&p, VERB_RECORDS));
    assert_string_equal(core_patient_keys(&p.core).cust, "c57");
    assert_true(core_looks_elsewhere(&p.core));
    assert_int_equal(kind_now(), DESK_OTHER_NONE);
    has(SERVICE_DEPOSIT, ROUTE_UPP, VERDICT_UNKNOWN, "0007");
    uint32_t revision = window_now()->revision;
    is_listed();
    assert_true(window_now()->revision > revision);
    assert_int_equal(kind_now(), DESK_OTHER_PERHAPS_PAID);
    assert_string_equal(desk_window_other(window_now())->place, "0007");
    assert_int_equal(desk_window_other(window_now())->amount.fen, 13291);
    assert_int_equal(desk_window_other(window_now())->since_ms, 1795147200000);
    shows(SCREEN_DESK_PAY);
}

static void what_is_undecided_is_told_by_its_kind(void **state) {
    static const struct {
        enum route route;
        enum verdict verdict;
        enum desk_other_kind kind;
    } rows[] = {{ROUTE_AMP, VERDICT_UNKNOWN, DESK_OTHER_ON_PHONE},
                {ROUTE_MMPC, VERDICT_UNKNOWN, DESK_OTHER_PERHAPS_PAID},
                {ROUTE_UPP, VERDICT_ASKING, DESK_OTHER_NOT_BOOKED},
                {ROUTE_AMP, VERDICT_WINDOW, DESK_OTHER_NOT_BOOKED},
                {ROUTE_AMP, VERDICT_CREDITED, DESK_OTHER_NONE},
                {ROUTE_AMP, VERDICT_NOT_PAID, DESK_OTHER_NONE},
                {ROUTE_UPP, VERDICT_REFUNDING, DESK_OTHER_NONE},
                {ROUTE_UPP, VERDICT_SETTLED, DESK_OTHER_NONE}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        begin_others(state);
        comes("N1");
        assert_true(finds(&p, VERB_RECORDS));
        has(SERVICE_DEPOSIT, rows[i].route, rows[i].verdict, "");
        is_listed();
        assert_int_equal(kind_now(), rows[i].kind);
    }
}

/* Called revoked by the insurance, which then had none of it: perhaps it is settled yet. */
static void a_revoke_that_was_denied_is_perhaps_paid(void **state) {
    (void)state;
    comes("N1");
    assert_true(finds(&p, VERB_RECORDS));
    has(SERVICE_DEPOSIT, ROUTE_MMPC, VERDICT_NOT_PAID, "");
    list.rows[0].may_settle = true;
    is_listed();
    assert_int_equal(kind_now(), DESK_OTHER_PERHAPS_PAID);
}

/* Of the same kind of money, the newest that is undecided. */
static void the_newest_that_may_be_the_same_money_is_told(void **state) {
    (void)state;
    comes("N1");
    assert_true(finds(&p, VERB_RECORDS));
    has(SERVICE_DEPOSIT, ROUTE_UPP, VERDICT_CREDITED, "");
    has(SERVICE_BILLS, ROUTE_AMP, VERDICT_UNKNOWN, "");
    has(SERVICE_DEPOSIT, ROUTE_UPP, VERDICT_UNKNOWN, "");
    list.rows[2].account_type = ACCOUNT_OUTPATIENT;
    has(SERVICE_DEPOSIT, ROUTE_UPP, VERDICT_ASKING, "0008");
    has(SERVICE_DEPOSIT, ROUTE_UPP, VERDICT_UNKNOWN, "0009");
    is_listed();
    assert_string_equal(desk_window_other(window_now())->place, "0008");
}

static void nothing_waits_for_the_answer(void **state) {
    (void)state;
    uint32_t number = comes("N1");
    uint32_t request = window_now()->other_request;
    presses(TOUCH_FUNCTION, DESK_WAY_CODE);
    is_heard_again(number, "ONE_QR", CHANNEL_ONE);
    has(SERVICE_DEPOSIT, ROUTE_AMP, VERDICT_UNKNOWN, "0007");
    happens(&p, (struct event){.kind = EVENT_ANSWER,
                               .of.answer = {.request = request,
                                             .verb = VERB_RECORDS,
                                             .outcome = OUTCOME_ACCEPTED,
                                             .reached = true,
                                             .document = &list.head}});
    shows(SCREEN_DESK_WAIT);
    assert_int_equal(kind_now(), DESK_OTHER_ON_PHONE); /* also while the code is shown */
}

static void what_cannot_be_read_says_nothing(void **state) {
    (void)state;
    comes("N1");
    assert_true(finds(&p, VERB_RECORDS));
    answer(&p, OUTCOME_UNKNOWN, NULL);
    assert_int_equal(window_now()->other_request, 0);
    assert_int_equal(kind_now(), DESK_OTHER_NONE);
    shows(SCREEN_DESK_PAY);
}

/* What was asked of one patient is never told of the next. */
static void the_next_call_is_another_patient_s(void **state) {
    (void)state;
    comes("N1");
    strcpy(call.person.keys.cust, "c58");
    comes("N2");
    assert_string_equal(core_patient_keys(&p.core).cust, "c57");
    uint32_t first = window_now()->other_request;
    has(SERVICE_DEPOSIT, ROUTE_AMP, VERDICT_UNKNOWN, "0007");
    presses(TOUCH_CANCEL, 0);
    assert_string_equal(core_patient_keys(&p.core).cust, "c58");
    assert_true(window_now()->other_request != first);
    happens(&p, (struct event){.kind = EVENT_ANSWER,
                               .of.answer = {.request = first,
                                             .verb = VERB_RECORDS,
                                             .outcome = OUTCOME_ACCEPTED,
                                             .reached = true,
                                             .document = &list.head}});
    assert_int_equal(kind_now(), DESK_OTHER_NONE);
    presses(TOUCH_CANCEL, 0);
    shows(SCREEN_DESK_IDLE);
    assert_string_equal(core_patient_keys(&p.core).cust, "");
}

static void told_is_the_call_that_is_shown(void **state) {
    (void)state;
    comes("N1");
    assert_true(finds(&p, VERB_RECORDS));
    has(SERVICE_DEPOSIT, ROUTE_AMP, VERDICT_UNKNOWN, "0007");
    is_listed();
    assert_int_equal(kind_now(), DESK_OTHER_ON_PHONE);
    presses(TOUCH_FUNCTION, DESK_WAY_CASH);
    shows(SCREEN_DESK_CASH);
    assert_int_equal(kind_now(), DESK_OTHER_ON_PHONE);
    presses(TOUCH_CANCEL, 0);
    presses(TOUCH_CANCEL, 0);
    shows(SCREEN_DESK_IDLE);
    assert_int_equal(kind_now(), DESK_OTHER_NONE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(the_caller_s_patient_is_asked_about_everywhere, begin_others),
        cmocka_unit_test_setup(what_is_undecided_is_told_by_its_kind, begin_others),
        cmocka_unit_test_setup(a_revoke_that_was_denied_is_perhaps_paid, begin_others),
        cmocka_unit_test_setup(the_newest_that_may_be_the_same_money_is_told, begin_others),
        cmocka_unit_test_setup(nothing_waits_for_the_answer, begin_others),
        cmocka_unit_test_setup(what_cannot_be_read_says_nothing, begin_others),
        cmocka_unit_test_setup(the_next_call_is_another_patient_s, begin_others),
        cmocka_unit_test_setup(told_is_the_call_that_is_shown, begin_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
