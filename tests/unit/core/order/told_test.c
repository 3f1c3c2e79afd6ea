/* links: app/core/order/ app/core/terms/ tests/support/order_story.c */
/* What the journal tells afterwards: of each way that money may go, every step by its name and in
 * its order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/order_story.h"

static struct story story;

#define TELLS(...)                                                                                 \
    tells((const enum note[]){__VA_ARGS__}, sizeof((enum note[]){__VA_ARGS__}) / sizeof(enum note))

static void tells(const enum note *notes, size_t count) {
    for (size_t i = 0; i < count && i < (size_t)story.told_count; i++)
        if (story.told[i] != notes[i])
            fail_msg("step %d is %d, not %d", (int)i, (int)story.told[i], (int)notes[i]);
    assert_int_equal(story.told_count, count);
}

static void give_back(int64_t fen) {
    struct order_rules rules = story_rules(&story);
    assert_int_equal(
        order_refund_request(&story.order, &rules, 0, (struct fen){fen}, story.now, &story.out),
        REFUSAL_NONE);
    story_tick(&story, 0);
}

static void credited(void) {
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_credit(&story);
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_ACCEPTED, .no = "SN"});
    story_durable(&story);
}

static void paid_and_credited(void **state) {
    (void)state;
    credited();
    TELLS(NOTE_OPENED, NOTE_PLACED, NOTE_PAID, NOTE_CREDITING, NOTE_CREDITED);
}

static void declined(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_PHONE);
    story_durable(&story);
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_DECLINED, .trade = TRADE_FAILED});
    TELLS(NOTE_OPENED, NOTE_DECLINED);
}

static void closed_and_unpaid(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_closes_unpaid(&story);
    TELLS(NOTE_OPENED, NOTE_PLACED, NOTE_CLOSING, NOTE_CLOSED, NOTE_UNPAID);
}

static void paid_late(void) {
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_leaves(&story);
    story_says(&story, OUTCOME_UNKNOWN, "");
    story_durable(&story);
    assert_true(story_until_sent(&story, 5000));
    story_trade(&story, TRADE_PAID);
    story_durable(&story);
}

static void late_and_returned_by_the_platform(void **state) {
    (void)state;
    paid_late();
    assert_true(story_until_sent(&story, 600000));
    story_trade(&story, TRADE_RETURNED);
    TELLS(NOTE_OPENED, NOTE_PLACED, NOTE_CLOSING, NOTE_CLOSED, NOTE_PAID_LATE, NOTE_RETURNED);
}

static void late_and_returned_by_us(void **state) {
    (void)state;
    paid_late();
    while (story.order.refund_count == 0) {
        assert_true(story_until_sent(&story, INT64_C(3600000)));
        story_trade(&story, TRADE_PAID);
    }
    story_durable(&story);
    assert_int_equal(story.verb, VERB_REFUND);
    assert_true(story.order.run.leg[0].next_mono_ms == 0); /* not asked about beside it */
    story_says(&story, OUTCOME_ACCEPTED, "0");
    TELLS(NOTE_OPENED, NOTE_PLACED, NOTE_CLOSING, NOTE_CLOSED, NOTE_PAID_LATE, NOTE_REFUND_SENDING,
          NOTE_REFUNDED);
}

static void refused_and_reversed(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_credit(&story);
    story_refuses(&story, 0);
    story_durable(&story);
    story_says(&story, OUTCOME_ACCEPTED, "0");
    TELLS(NOTE_OPENED, NOTE_PLACED, NOTE_PAID, NOTE_CREDITING, NOTE_CREDIT_UNKNOWN, NOTE_REVERSING,
          NOTE_REFUNDED);
}

static void given_back(void **state) {
    (void)state;
    credited();
    give_back(1000);
    story_durable(&story);
    story_says(&story, OUTCOME_ACCEPTED, "00");
    story_durable(&story);
    story_says(&story, OUTCOME_ACCEPTED, "0");
    TELLS(NOTE_OPENED, NOTE_PLACED, NOTE_PAID, NOTE_CREDITING, NOTE_CREDITED, NOTE_UNCREDITING,
          NOTE_REFUND_SENDING, NOTE_REFUNDED);
}

static void not_given_back(void **state) {
    (void)state;
    credited();
    give_back(1000);
    story_durable(&story);
    story_says(&story, OUTCOME_DECLINED, "fail");
    TELLS(NOTE_OPENED, NOTE_PLACED, NOTE_PAID, NOTE_CREDITING, NOTE_CREDITED, NOTE_UNCREDITING,
          NOTE_REFUND_REFUSED);
}

static void left_to_a_person(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_credit(&story);
    story_answer(&story, (struct event_answer){
                             .outcome = OUTCOME_ACCEPTED, .has_amount = true, .amount = {999}});
    TELLS(NOTE_OPENED, NOTE_PLACED, NOTE_PAID, NOTE_CREDITING, NOTE_CASE);
}

static void taken_up_after_a_restart(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_wait(&story);
    story_restart(&story);
    TELLS(NOTE_OPENED, NOTE_PLACED, NOTE_RESUMED);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paid_and_credited),
        cmocka_unit_test(declined),
        cmocka_unit_test(closed_and_unpaid),
        cmocka_unit_test(late_and_returned_by_the_platform),
        cmocka_unit_test(late_and_returned_by_us),
        cmocka_unit_test(refused_and_reversed),
        cmocka_unit_test(given_back),
        cmocka_unit_test(not_given_back),
        cmocka_unit_test(left_to_a_person),
        cmocka_unit_test(taken_up_after_a_restart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
