/* links: app/core/ app/core/visit/ app/core/desk/ app/core/order/ app/core/terms/ ui/ids.c */
/* This clock and the paying platform's: three comparisons that agree decide, and with a wrong clock
 * no code is sold. */
#include "app/core/visit/flows.h"
#include "tests/support/patient.h"

static struct patient p;

static void begin_comparing(bool card) {
    struct core_setup setup = usual_setup();

    setup.compares_clock = true;
    setup.policy.channels[CHANNEL_CARD] = card;
    begin_with(&p, &setup);
    device_is(&p, ROLE_PINPAD, DEVICE_READY, SUPPLY_NOT_SUPPORTED);
}

/* The platform is asked what time it is, and we are so far ahead of it. */
static void compare(int32_t ahead_s) {
    pass_by_deadlines(&p, 700000);
    assert_true(finds(&p, VERB_CLOCK));
    struct event event = answer_to_last(&p, OUTCOME_ACCEPTED);
    event.of.answer.tells_time = true;
    event.of.answer.clock_ahead_s = ahead_s;
    happens(&p, event);
}

static void compare_thrice(int32_t ahead_s) {
    for (int i = 0; i < 3; i++)
        compare(ahead_s + i);
}

static enum clock_state state_of_clock(void) {
    return p.core.terminal.clock.state;
}

static enum notice bills_obstacle(void) {
    return offer_service_obstacle(core_situation(&p.core, p.now), SERVICE_BILLS);
}

static void it_is_compared_at_the_start(void **state) {
    (void)state;
    begin_comparing(false);
    happens(&p, (struct event){.kind = EVENT_TICK});
    assert_int_equal(p.asked.verb, VERB_CLOCK);
    assert_int_equal(p.asked.to.kind, ADDRESS_TERMINAL);
    begin(&p); /* without a platform that tells its time nobody is asked */
    pass_by_deadlines(&p, 700000);
    assert_false(finds(&p, VERB_CLOCK));
}

static void after_a_start_nothing_is_sold_before_the_clock_is_known_to_be_right(void **state) {
    struct core_setup setup = usual_setup();
    (void)state;
    setup.compares_clock = setup.clock_unproven = true;
    setup.policy.channels[CHANNEL_CARD] = true;
    begin_with(&p, &setup);
    device_is(&p, ROLE_PINPAD, DEVICE_READY, SUPPLY_NOT_SUPPORTED);
    for (int i = 0; i < 3; i++) {
        struct situation at = core_situation(&p.core, p.now);
        assert_int_equal(offer_channel_obstacle(at, CHANNEL_WECHAT), NOTICE_CLOCK_UNPROVEN);
        assert_int_equal(offer_channel_obstacle(at, CHANNEL_PHONE), NOTICE_CLOCK_UNPROVEN);
        assert_int_equal(offer_channel_obstacle(at, CHANNEL_CARD), NOTICE_NONE);
        compare(i);
    }
    struct situation at = core_situation(&p.core, p.now);
    assert_int_equal(offer_channel_obstacle(at, CHANNEL_WECHAT), NOTICE_NONE);
    compare_thrice(300);
    at = core_situation(&p.core, p.now);
    assert_int_equal(offer_channel_obstacle(at, CHANNEL_WECHAT), NOTICE_CLOCK);
}

static void three_that_agree_close_the_sale_and_three_open_it(void **state) {
    static const int32_t offs_s[] = {61, 300, -62, -86400};
    (void)state;
    for (size_t i = 0; i < sizeof offs_s / sizeof *offs_s; i++) {
        begin_comparing(false);
        compare(offs_s[i]);
        compare(offs_s[i]);
        assert_int_equal(bills_obstacle(), NOTICE_NONE);
        compare(offs_s[i]);
        assert_int_equal(state_of_clock(), CLOCK_WRONG);
        assert_int_equal(bills_obstacle(), NOTICE_CLOCK);
        assert_int_equal(offer_service_obstacle(core_situation(&p.core, p.now), SERVICE_REFUND),
                         NOTICE_NONE);
        compare(1);
        compare(0);
        assert_int_equal(bills_obstacle(), NOTICE_CLOCK);
        compare(-1);
        assert_int_equal(bills_obstacle(), NOTICE_NONE);
    }
}

/* A finger that is down when the first comparisons agree acts when it comes up. */
static void a_right_clock_changes_nothing_that_is_shown(void **state) {
    (void)state;
    begin_comparing(false);
    uint32_t revision = p.core.session.revision;
    compare_thrice(0);
    assert_int_equal(p.core.session.revision, revision);
    compare_thrice(300);
    assert_int_not_equal(p.core.session.revision, revision);
}

static void less_than_a_minute_is_no_fault(void **state) {
    (void)state;
    begin_comparing(false);
    compare_thrice(55);
    assert_int_equal(state_of_clock(), CLOCK_RIGHT);
}

static void what_does_not_agree_decides_nothing(void **state) {
    static const int32_t offs_s[] = {300, 80, 300, 0, 300, 300, 0};
    (void)state;
    begin_comparing(false);
    compare_thrice(0);
    for (size_t i = 0; i < sizeof offs_s / sizeof *offs_s; i++) {
        compare(offs_s[i]);
        assert_int_equal(state_of_clock(), CLOCK_RIGHT);
    }
}

static void a_platform_that_does_not_answer_decides_nothing(void **state) {
    (void)state;
    begin_comparing(false);
    compare_thrice(300);
    for (int i = 0; i < 5; i++) {
        pass_by_deadlines(&p, 61000);
        assert_true(finds(&p, VERB_CLOCK));
        happens(&p, answer_to_last(&p, OUTCOME_UNKNOWN));
    }
    assert_int_equal(state_of_clock(), CLOCK_WRONG);
}

/* Every answer of the platform's counts, whatever was asked. */
static void a_payment_under_way_tells_too(void **state) {
    (void)state;
    begin_comparing(false);
    for (int i = 0; i < 3; i++) {
        struct event event = {.kind = EVENT_ANSWER,
                              .of.answer = {.request = 999, .tells_time = true}};
        event.of.answer.clock_ahead_s = -120;
        happens(&p, event);
    }
    assert_int_equal(state_of_clock(), CLOCK_WRONG);
}

static void a_card_is_no_code(void **state) {
    (void)state;
    begin_comparing(true);
    compare_thrice(300);
    struct situation at = core_situation(&p.core, p.now);
    assert_int_equal(bills_obstacle(), NOTICE_NONE);
    assert_int_equal(offer_channel_obstacle(at, CHANNEL_CARD), NOTICE_NONE);
    assert_int_equal(offer_channel_obstacle(at, CHANNEL_WECHAT), NOTICE_CLOCK);
    assert_int_equal(offer_channel_obstacle(at, CHANNEL_PHONE), NOTICE_CLOCK);
}

static void it_is_asked_seldom_while_all_is_well(void **state) {
    (void)state;
    begin_comparing(false);
    compare_thrice(0);
    pass_by_deadlines(&p, p.core.setup.limits.clock_ms - 1000);
    assert_false(finds(&p, VERB_CLOCK));
    pass_by_deadlines(&p, 1000);
    assert_true(finds(&p, VERB_CLOCK));
}

/* The clock turned wrong while the bills were read again. */
static void no_code_is_placed_with_a_wrong_clock(void **state) {
    (void)state;
    begin_comparing(false);
    tap_number(&p, TOUCH_SERVICE, SERVICE_BILLS);
    scan(&p, "C10000001");
    assert_true(finds(&p, VERB_ACCOUNT));
    answer(&p, OUTCOME_ACCEPTED, &zhang);
    tap(&p, TOUCH_NEXT);
    assert_true(finds(&p, VERB_BILLS));
    answer(&p, OUTCOME_ACCEPTED, &three_bills);
    tap(&p, TOUCH_PAY);
    tap_number(&p, TOUCH_CHANNEL, CHANNEL_WECHAT);
    assert_true(finds(&p, VERB_BILLS));
    struct asked bills = p.asked;
    for (int i = 0; i < 3; i++)
        happens(&p, (struct event){.kind = EVENT_ANSWER,
                                   .of.answer = {.tells_time = true, .clock_ahead_s = 500}});
    p.asked = bills;
    answer(&p, OUTCOME_ACCEPTED, &three_bills);
    assert_int_equal(p.core.session.screen, SCREEN_CHANNEL);
    assert_int_equal(p.core.session.notice, NOTICE_CLOCK);
    assert_int_equal(p.persists, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_compared_at_the_start),
        cmocka_unit_test(after_a_start_nothing_is_sold_before_the_clock_is_known_to_be_right),
        cmocka_unit_test(three_that_agree_close_the_sale_and_three_open_it),
        cmocka_unit_test(a_right_clock_changes_nothing_that_is_shown),
        cmocka_unit_test(less_than_a_minute_is_no_fault),
        cmocka_unit_test(what_does_not_agree_decides_nothing),
        cmocka_unit_test(a_platform_that_does_not_answer_decides_nothing),
        cmocka_unit_test(a_payment_under_way_tells_too),
        cmocka_unit_test(a_card_is_no_code),
        cmocka_unit_test(it_is_asked_seldom_while_all_is_well),
        cmocka_unit_test(no_code_is_placed_with_a_wrong_clock),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
