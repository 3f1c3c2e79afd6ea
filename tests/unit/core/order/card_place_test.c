/* links: app/core/order/ app/core/terms/ tests/support/order_story.c */
/* To which pinpad a sale was sent, and on which of its days: who else says that there was none
 * denies nothing. */
#include "tests/unit/core/order/card_story.h"

/* That it has none of it now (its batch was settled, its memory changed) is no proof that nothing
 * was paid, whatever it has said in between, and after a restart. */
static void what_the_pinpad_has_answered_it_cannot_never_have_had(void **state) {
    (void)state;
    for (int i = 0; i < 6; i++) {
        at_the_pinpad(1);
        says(has_the_act[i / 2], TODAY);
        assert_int_equal(story.note, NOTE_PLACED);
        story_durable(&story);
        if (i % 2 == 1)
            story_restart(&story);
        ask_in_vain(15000);
        says("Z3", TODAY);
        ask_in_vain(16000);
        says("Z5", TODAY);
        assert_int_equal(leg(), LEG_PLACE_UNKNOWN);
        assert_string_equal(story.order.legs[0].code, has_the_act[i / 2]);
    }
}

/* The pinpad with the open sale is taken away, another one is plugged in (a binding without
 * terminal_no takes any): it never had the sale, and that says nothing. */
static void another_pinpad_denies_nothing(void **state) {
    (void)state;
    for (int i = 0; i < 2; i++) {
        at_the_pinpad(1);
        nothing_is_heard();
        strcpy(story.pinpads[0].terminal, "BENCH002");
        if (i == 1)
            story_restart(&story);
        ask_in_vain(31000);
        another_says("Z5", "BENCH002");
        assert_string_equal(story.order.legs[0].slip.terminal, "BENCH001");
        assert_true(story_until_sent(&story, 60000));
        another_says("Z5", "BENCH002");
        assert_int_equal(leg(), LEG_PLACE_UNKNOWN);
        assert_true(story_until_sent(&story, 60000));
        says("Z5", TODAY);
        assert_int_equal(leg(), LEG_DECLINED);
    }
}

/* Another pinpad was plugged in while the order was being written: the sale goes to that one, and
 * the first, back in its place, denies nothing of it. */
static void a_sale_that_leaves_to_another_pinpad_is_not_denied_by_the_first(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_CARD);
    strcpy(story.pinpads[0].terminal, "BENCH002");
    story_durable(&story);
    assert_int_equal(story.note, NOTE_PLACING);
    assert_int_equal(story.verb, VERB_NONE);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_PLACE);
    nothing_is_heard();
    strcpy(story.pinpads[0].terminal, "BENCH001");
    ask_in_vain(31000);
    says("Z5", TODAY);
    assert_int_equal(leg(), LEG_PLACE_UNKNOWN);
}

/* Where it leaves to cannot be written: it does not leave, and that it ended is written as soon as
 * the journal can, for the journal has the order. */
static void a_sale_whose_pinpad_cannot_be_written_does_not_leave(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_CARD);
    strcpy(story.pinpads[0].terminal, "BENCH002");
    story_durable(&story);
    assert_int_equal(story.note, NOTE_PLACING);
    story_persist_fails(&story);
    assert_int_equal(leg(), LEG_DECLINED);
    assert_int_equal(story.verb, VERB_NONE);
    assert_false(order_finished(&story.order));
    assert_int_equal(story.note, NOTE_DECLINED);
    story_persist_fails(&story);
    story_tick(&story, 2000);
    assert_int_equal(story.persists, 1);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_NONE);
    assert_true(order_finished(&story.order));
}

/* Two that name themselves not at all cannot be told apart. */
static void a_pinpad_without_a_number_denies_nothing(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_CARD);
    story.pinpads[0].terminal[0] = '\0';
    story_durable(&story); /* the order */
    story_durable(&story); /* where the sale leaves to */
    nothing_is_heard();
    ask_in_vain(31000);
    another_says("Z5", "");
    assert_int_equal(leg(), LEG_PLACE_UNKNOWN);
}

/* Our clock is ahead of the pinpad's (a card is sold with a wrong clock too), or was, and left
 * numbers of tomorrow: the sale stands in the pinpad's books of its own day. After its midnight it
 * remembers nothing of it, whatever day our number names. */
static void what_was_sold_on_the_pinpads_day_before_is_not_denied_by_the_next(void **state) {
    (void)state;
    story_pinpad_ms = STORY_WALL_MS - INT64_C(24) * 3600 * 1000;
    at_the_pinpad(1); /* our number begins 261120 */
    assert_string_equal(story.order.legs[0].slip.date, YESTERDAY);
    nothing_is_heard();
    ask_in_vain(60000);
    says("Z5", TODAY);
    assert_int_equal(leg(), LEG_PLACE_UNKNOWN);
    assert_true(story_until_sent(&story, 60000));
    says("Z5", YESTERDAY); /* it is still that day there */
    assert_int_equal(leg(), LEG_DECLINED);
    story_pinpad_ms = STORY_WALL_MS;
}

/* Its clock may go some minutes wrong since the greeting. */
static void about_its_midnight_nobody_knows_the_pinpads_day(void **state) {
    static const struct {
        int64_t ahead_min;
        const char *date;
    } rows[] = {
        {12 * 60 - 11, TODAY}, {12 * 60 - 9, ""}, {12 * 60 + 9, ""}, {12 * 60 + 11, "20261121"}};
    (void)state;
    for (int i = 0; i < 4; i++) {
        story_pinpad_ms = STORY_WALL_MS + rows[i].ahead_min * 60000;
        at_the_pinpad(1);
        assert_string_equal(story.order.legs[0].slip.date, rows[i].date);
    }
    nothing_is_heard();
    story_pinpad_ms = STORY_WALL_MS;
}

/* Without a clock in its greeting it may have forgotten the sale of the day before. */
static void a_pinpad_without_a_clock_denies_nothing(void **state) {
    (void)state;
    story_pinpad_ms = 0;
    at_the_pinpad(1);
    assert_string_equal(story.order.legs[0].slip.date, "");
    nothing_is_heard();
    ask_in_vain(31000);
    says("Z5", TODAY);
    assert_int_equal(leg(), LEG_PLACE_UNKNOWN);
    story_pinpad_ms = STORY_WALL_MS;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_the_pinpad_has_answered_it_cannot_never_have_had),
        cmocka_unit_test(another_pinpad_denies_nothing),
        cmocka_unit_test(a_sale_that_leaves_to_another_pinpad_is_not_denied_by_the_first),
        cmocka_unit_test(a_sale_whose_pinpad_cannot_be_written_does_not_leave),
        cmocka_unit_test(a_pinpad_without_a_number_denies_nothing),
        cmocka_unit_test(what_was_sold_on_the_pinpads_day_before_is_not_denied_by_the_next),
        cmocka_unit_test(about_its_midnight_nobody_knows_the_pinpads_day),
        cmocka_unit_test(a_pinpad_without_a_clock_denies_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
