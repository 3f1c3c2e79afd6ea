/* links: app/core/order/ app/core/terms/ tests/support/order_story.c */
/* What was paid by card goes back to it: lost, sent again, where there is no pinpad, or another. */
#include "tests/unit/core/order/card_story.h"

static void a_refused_credit_goes_back_to_the_card(void **state) {
    (void)state;
    refused_by_the_hospital();
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_ACCEPTED,
                                               .trade = TRADE_RETURNED,
                                               .has_amount = true,
                                               .amount = story.order.legs[0].amount,
                                               .code = "00",
                                               .no = "000000700002"});
    assert_int_equal(order_state(&story.order), ORDER_RETURNED);
    assert_string_equal(story.order.refunds[0].out_no, "000000700002");
}

static void a_lost_return_is_sent_again_only_when_the_pinpad_never_had_it(void **state) {
    (void)state;
    refused_by_the_hospital();
    char no[ORDER_NO_SIZE];
    memcpy(no, story.order.refunds[0].no, sizeof no);
    nothing_is_heard();
    for (int64_t began = story.now.mono_ms; story.now.mono_ms < began + 40000;) {
        assert_true(story_until_sent(&story, 60000));
        assert_int_equal(story.verb, VERB_ASK_REFUND);
        says("Z3", TODAY);
    }
    assert_true(story_until_sent(&story, 60000));
    assert_int_equal(story.verb, VERB_ASK_REFUND);
    says("Z5", TODAY);
    assert_int_equal(story.verb, VERB_REFUND);
    assert_int_equal(story.order.refund_count, 1);
    assert_string_equal(story.order.refunds[0].no, no);
}

/* Sent again, it would be done a second time. */
static void a_return_that_was_answered_is_not_sent_again(void **state) {
    (void)state;
    for (int i = 0; i < 3; i++) {
        refused_by_the_hospital();
        says(has_the_act[i], TODAY);
        ask_for_the_return_in_vain();
        says("Z5", TODAY);
        assert_int_not_equal(story.verb, VERB_REFUND);
        assert_string_equal(story.order.refunds[0].code, has_the_act[i]);
    }
}

/* ... also when that it was is only heard when it is asked about. */
static void that_a_return_was_answered_is_kept_over_a_restart(void **state) {
    (void)state;
    refused_by_the_hospital();
    nothing_is_heard();
    story_durable(&story);
    assert_true(story_until_sent(&story, 60000));
    says("98", TODAY);
    assert_int_equal(story.persists, 1);
    assert_int_equal(story.note, NOTE_REFUND_UNKNOWN);
}

static void a_return_is_not_sent_to_another_pinpad(void **state) {
    (void)state;
    refused_by_the_hospital();
    nothing_is_heard();
    ask_for_the_return_in_vain();
    another_says("Z5", "BENCH002");
    assert_int_not_equal(story.verb, VERB_REFUND);
}

/* Which pinpad it was sent to is written before it leaves. */
static void after_a_restart_a_lost_return_is_sent_again(void **state) {
    (void)state;
    for (int i = 0; i < 2; i++) {
        refused_by_the_hospital();
        strcpy(story.pinpads[0].terminal, "BENCH002"); /* plugged in when it had left */
        story_restart(&story);
        ask_for_the_return_in_vain();
        another_says("Z5", "BENCH002");
        assert_int_not_equal(story.verb, VERB_REFUND);
        assert_true(story_until_sent(&story, 60000));
        strcpy(story.pinpads[0].terminal, "BENCH001");
        says("Z5", TODAY);
        assert_int_equal(story.verb, VERB_REFUND);
    }
}

/* ... and written anew where it leaves to another one than it was opened for. */
static void a_return_that_leaves_to_another_pinpad_is_written_first(void **state) {
    (void)state;
    at_the_pinpad(0);
    approved();
    story_durable(&story);
    story_refuses(&story, 0);
    strcpy(story.pinpads[0].terminal, "BENCH002");
    story_durable(&story);
    assert_int_equal(story.verb, VERB_NONE);
    assert_int_equal(story.note, NOTE_REFUND_SENDING);
    assert_string_equal(story.order.refunds[0].to.terminal, "BENCH002");
    story_durable(&story);
    assert_int_equal(story.verb, VERB_REFUND);
}

/* No pinpad was there when it should have left: what never left is sent, once there is one. */
static void a_return_that_found_no_pinpad_waits_for_one(void **state) {
    (void)state;
    at_the_pinpad(0);
    approved();
    story_durable(&story);
    story.pinpads[0] = (struct pinpad_known){"", 0};
    story_refuses(&story, 0);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_REFUND);
    for (int i = 0; i < 3; i++) {
        assert_string_equal(story.order.refunds[0].to.terminal, "");
        story_never_leaves(&story);
        if (i == 2)
            strcpy(story.pinpads[0].terminal, "BENCH002");
        assert_true(story_until_sent(&story, 60000));
        assert_int_equal(story.verb, VERB_REFUND);
    }
    assert_string_equal(story.order.refunds[0].to.terminal, "BENCH002");
    nothing_is_heard(); /* it may have it now */
    assert_true(story_until_sent(&story, 60000));
    assert_int_equal(story.verb, VERB_ASK_REFUND);
}

/* ... also where the program starts anew in between: whoever was asked about it could not say. */
static void a_return_that_found_no_pinpad_is_sent_after_a_restart(void **state) {
    (void)state;
    at_the_pinpad(0);
    approved();
    story_durable(&story);
    story.pinpads[0] = (struct pinpad_known){"", 0};
    story_refuses(&story, 0);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_REFUND);
    story_never_leaves(&story);
    assert_true(story.order.refunds[0].never_left); /* which is written */
    for (int i = 0; i < 2; i++) {
        story_restart(&story);
        assert_true(story_until_sent(&story, 60000));
        assert_int_equal(story.verb, VERB_REFUND);
        assert_false(story.order.refunds[0].never_left); /* from now on it may have */
        story_never_leaves(&story);
    }
    assert_true(story_until_sent(&story, 60000));
    story_restart(&story);
    assert_true(story_until_sent(&story, 60000));
    assert_int_equal(story.verb, VERB_ASK_REFUND);
}

/* What the desk's second pinpad took goes back there. */
static void a_return_leaves_to_the_pinpad_that_took_it(void **state) {
    (void)state;
    at_the_pinpad(0);
    strcpy(story.pinpads[1].terminal, "BENCH002");
    strcpy(story.order.legs[0].pos_no, "2");
    approved();
    story_durable(&story);
    story_refuses(&story, 0);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_REFUND);
    assert_string_equal(story.order.refunds[0].to.terminal, "BENCH002");
}

/* An earlier run may have sent it: that this try did not leave says nothing of that one. */
static void a_return_of_an_earlier_run_is_asked_about_though_a_try_did_not_leave(void **state) {
    (void)state;
    refused_by_the_hospital();
    nothing_is_heard();
    story_restart(&story);
    ask_for_the_return_in_vain();
    says("Z5", TODAY);
    assert_int_equal(story.verb, VERB_REFUND);
    story_never_leaves(&story);
    assert_false(story.order.refunds[0].never_left);
    assert_true(story_until_sent(&story, 60000));
    assert_int_equal(story.verb, VERB_ASK_REFUND);
}

static int times_told(enum note note) {
    int times = 0;
    for (int i = 0; i < story.told_count; i++)
        times += story.told[i] == note;
    return times;
}

/* That nobody knows is written once, and no more when the pinpad has said what became of it. */
static void a_lost_return_that_was_done_is_told_once_as_unknown(void **state) {
    (void)state;
    refused_by_the_hospital();
    nothing_is_heard();
    assert_true(story_until_sent(&story, 60000));
    assert_int_equal(story.verb, VERB_ASK_REFUND);
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_ACCEPTED,
                                               .code = "00",
                                               .slip.terminal = "BENCH001"});
    assert_int_equal(times_told(NOTE_REFUND_UNKNOWN), 1);
    assert_int_equal(times_told(NOTE_REFUNDED), 1);
}

/* Each try is written, before it leaves and after: they become rare. */
static void while_there_is_no_pinpad_a_return_is_tried_ever_more_rarely(void **state) {
    (void)state;
    refused_by_the_hospital();
    int64_t begun_ms = story.now.mono_ms, last_ms = begun_ms;
    int tries = 0;
    for (; story.now.mono_ms - begun_ms < INT64_C(6) * 3600 * 1000; tries++) {
        last_ms = story.now.mono_ms;
        story_never_leaves(&story);
        assert_true(story_until_sent(&story, INT64_C(11) * 60 * 1000));
        assert_int_equal(story.verb, VERB_REFUND);
    }
    assert_in_range(tries, 36, 50);
    assert_in_range(story.now.mono_ms - last_ms, 600000, 601000);
}

/* A pinpad is plugged in again, the desk's second one first: what waited for it leaves, though not
 * with every greeting of one that comes and goes. */
static void a_return_leaves_when_its_pinpad_is_there_again(void **state) {
    (void)state;
    refused_by_the_hospital();
    for (int i = 0; i < 12; i++) {
        story_never_leaves(&story);
        assert_true(story_until_sent(&story, 600000));
    }
    story_never_leaves(&story);
    story_durable(&story);
    int64_t last_ms = story.now.mono_ms;
    for (int i = 0; i < 2; i++) {
        order_pinpad_is_there(&story.order, true);
        assert_int_equal(order_deadline(&story.order), last_ms + 600000);
    }
    order_pinpad_is_there(&story.order, false);
    assert_int_equal(order_deadline(&story.order), last_ms + 10000);
    story_tick(&story, 9000);
    order_pinpad_is_there(&story.order, false);
    assert_int_equal(order_deadline(&story.order), last_ms + 10000);
    assert_true(story_until_sent(&story, 1000));
    assert_int_equal(story.verb, VERB_REFUND);
    order_pinpad_is_there(&story.order, false); /* it has left */
    assert_false(story_until_sent(&story, 30000));
}

/* What is asked about is asked at its time, whoever greets; so is another route's. */
static void a_pinpad_that_greets_hurries_no_question(void **state) {
    (void)state;
    refused_by_the_hospital();
    nothing_is_heard();
    for (int i = 0; i < 8; i++) {
        assert_true(story_until_sent(&story, 60000));
        story_says(&story, OUTCOME_UNKNOWN, "");
    }
    int64_t due_ms = order_deadline(&story.order);
    assert_true(due_ms > story.now.mono_ms + 10000);
    order_pinpad_is_there(&story.order, false);
    assert_int_equal(order_deadline(&story.order), due_ms);
    story.order.refunds[0].never_left = true;
    story.order.legs[0].route = ROUTE_AMP;
    order_pinpad_is_there(&story.order, false);
    assert_int_equal(order_deadline(&story.order), due_ms);
    story.order.legs[0].route = ROUTE_POS;
    order_pinpad_is_there(&story.order, false);
    assert_true(order_deadline(&story.order) < due_ms);
}

static void a_return_of_the_pinpads_day_before_is_not_sent_again(void **state) {
    (void)state;
    story_pinpad_ms = STORY_WALL_MS - INT64_C(24) * 3600 * 1000;
    refused_by_the_hospital();
    nothing_is_heard();
    ask_for_the_return_in_vain();
    says("Z5", TODAY);
    assert_int_not_equal(story.verb, VERB_REFUND);
    assert_true(story_until_sent(&story, 60000));
    says("Z5", YESTERDAY);
    assert_int_equal(story.verb, VERB_REFUND);
    story_pinpad_ms = STORY_WALL_MS;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_refused_credit_goes_back_to_the_card),
        cmocka_unit_test(a_lost_return_is_sent_again_only_when_the_pinpad_never_had_it),
        cmocka_unit_test(a_return_that_was_answered_is_not_sent_again),
        cmocka_unit_test(that_a_return_was_answered_is_kept_over_a_restart),
        cmocka_unit_test(a_return_is_not_sent_to_another_pinpad),
        cmocka_unit_test(after_a_restart_a_lost_return_is_sent_again),
        cmocka_unit_test(a_return_that_leaves_to_another_pinpad_is_written_first),
        cmocka_unit_test(a_return_that_found_no_pinpad_waits_for_one),
        cmocka_unit_test(a_return_that_found_no_pinpad_is_sent_after_a_restart),
        cmocka_unit_test(a_return_leaves_to_the_pinpad_that_took_it),
        cmocka_unit_test(a_return_of_an_earlier_run_is_asked_about_though_a_try_did_not_leave),
        cmocka_unit_test(a_lost_return_that_was_done_is_told_once_as_unknown),
        cmocka_unit_test(while_there_is_no_pinpad_a_return_is_tried_ever_more_rarely),
        cmocka_unit_test(a_return_leaves_when_its_pinpad_is_there_again),
        cmocka_unit_test(a_pinpad_that_greets_hurries_no_question),
        cmocka_unit_test(a_return_of_the_pinpads_day_before_is_not_sent_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
