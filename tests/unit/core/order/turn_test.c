/* links: app/core/order/ app/core/terms/ tests/support/order_story.c */
/* A turn is one write: a fact and what follows from it are in the journal together or not at all.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "app/core/order/turn.h"
#include "tests/support/order_story.h"

static struct story story;

static void expect_notes(const enum note *notes, int count) {
    assert_int_equal(story.persists, 1);
    assert_int_equal(story.note_count, count);
    for (int i = 0; i < count; i++)
        assert_int_equal(story.notes[i].note, notes[i]);
}

/* `bills` bills, or a deposit: the platform says that they are paid. */
static void pay_by_code(int bills) {
    story_begin(&story, bills, CHANNEL_WECHAT);
    story_wait(&story);
    assert_true(story_until_sent(&story, 5000));
    story_trade(&story, TRADE_PAID);
}

static void a_paid_deposit_and_its_credit_are_one_write(void **state) {
    static const enum note notes[] = {NOTE_PAID, NOTE_CREDITING};
    (void)state;
    pay_by_code(0);
    expect_notes(notes, 2);
    assert_int_equal(story.notes[0].leg, 0);
    assert_int_equal(story.notes[0].claim, PART_NONE);
    assert_int_equal(story.verb, VERB_NONE); /* not durable yet */
    story_durable(&story);
    assert_int_equal(story.verb, VERB_CREDIT);
}

static void bills_that_are_gone_and_those_that_are_credited_are_one_write(void **state) {
    static const enum note notes[] = {NOTE_REVERSING, NOTE_REVERSING, NOTE_CREDITING};
    (void)state;
    pay_by_code(3);
    story_lists(&story, 1, 1);
    expect_notes(notes, 3);
    assert_int_equal(story.notes[0].claim, 0);
    assert_int_equal(story.notes[0].refund, 0);
    assert_int_equal(story.notes[1].claim, 2);
    assert_int_equal(story.notes[1].refund, 1);
}

/* Whoever writes still owes what the write that failed had noted: it is noted once. */
static void a_write_that_failed_is_made_again_and_notes_nothing_anew(void **state) {
    (void)state;
    pay_by_code(0);
    story_persist_fails(&story);
    assert_int_equal(story.persists, 0);
    story_tick(&story, 1000);
    expect_notes(NULL, 0);
    assert_int_equal(story.verb, VERB_NONE);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_CREDIT);
}

static void a_refund_that_is_refused_and_its_case_are_one_write(void **state) {
    static const enum note notes[] = {NOTE_REFUND_REFUSED, NOTE_CASE};
    (void)state;
    story_begin(&story, 0, CHANNEL_CARD);
    story_durable(&story);
    story_trade(&story, TRADE_PAID);
    story_durable(&story);
    story_refuses(&story, 0);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_REFUND);
    story_says(&story, OUTCOME_DECLINED, "51");
    expect_notes(notes, 2);
    assert_int_equal(story.order.claims[0].reason, CASE_REFUND_REFUSED);
}

static void a_turn_that_finds_out_nothing_writes_nothing(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_wait(&story);
    assert_true(story_until_sent(&story, 5000));
    story_trade(&story, TRADE_WAIT);
    assert_int_equal(story.persists, 0);
}

/* Effects of others fill this turn: what is due stays due for the next. */
static void a_full_turn_sends_nothing(void **state) {
    static const struct {
        int effects, notes;
        enum verb sent;
    } rows[] = {{EFFECTS_MAX / 2, EFFECT_NOTES_MAX / 2, VERB_ASK},
                {EFFECTS_MAX / 2 + 1, 0, VERB_NONE},
                {0, EFFECT_NOTES_MAX / 2 + 1, VERB_NONE}};
    (void)state;
    for (size_t row = 0; row < sizeof rows / sizeof rows[0]; row++) {
        story_begin(&story, 1, CHANNEL_WECHAT);
        story_wait(&story);
        story.verb = VERB_NONE;
        for (int i = 0; i < rows[row].effects; i++)
            story.out.items[i] = (struct effect){.kind = EFFECT_LOG};
        story.out.count = rows[row].effects;
        story.out.note_count = rows[row].notes;
        story_tick(&story, 5000);
        assert_int_equal(story.verb, rows[row].sent);
        story_tick(&story, 0);
        assert_int_equal(story.verb, VERB_ASK);
    }
}

static void fill_turn(void) {
    story.out.count = EFFECTS_MAX / 2 + 1;
    for (int i = 0; i < story.out.count; i++)
        story.out.items[i] = (struct effect){.kind = EFFECT_LOG};
}

/* ... whatever it hears: that the order is durable, for instance. */
static void what_a_full_turn_hears_it_acts_on_later(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    fill_turn();
    story_durable(&story);
    assert_int_equal(story.verb, VERB_NONE);
    assert_int_equal(story.order.run.durable_wait, 0);
    story_tick(&story, 0);
    assert_int_equal(story.verb, VERB_PLACE);
}

/* The journal has the bill under another order: nothing left, nothing will. */
static void a_bill_that_is_held_elsewhere_voids_the_order(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    struct order_rules rules = story_rules(&story);
    struct order_event taken = {
        .kind = ORDER_HEARS_CONFLICT, .now = story.now, .number = story.order.run.durable_wait + 1};
    order_step(&story.order, &rules, &taken, &story.out);
    assert_int_equal(story.order.legs[0].state, LEG_NEW); /* that was another write's */
    taken.number = story.order.run.durable_wait;
    order_step(&story.order, &rules, &taken, &story.out);
    assert_true(story.order.run.conflict);
    assert_int_equal(story.order.legs[0].state, LEG_DECLINED);
    assert_int_equal(story.order.claims[0].state, CLAIM_VOID);
    for (int i = 0; i < story.out.count; i++)
        assert_int_not_equal(story.out.items[i].kind, EFFECT_SEND);
    assert_true(order_finished(&story.order));
}

/* The patient leaves, or a caller wants it closed, before the journal has answered: both writes are
 * refused, because the order is not there. */
static void one_that_was_let_go_before_is_voided_as_well(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_cancel(&story);
    assert_int_equal(story.order.legs[0].state, LEG_DECLINED);
    struct order_rules rules = story_rules(&story);
    struct order_event taken = {
        .kind = ORDER_HEARS_CONFLICT, .now = story.now, .number = story.order.run.durable_wait};
    order_step(&story.order, &rules, &taken, &story.out);
    assert_true(story.order.run.conflict);
    assert_int_equal(story.order.run.durable_wait, 0);
    assert_int_equal(story.order.legs[0].state, LEG_DECLINED);
    assert_int_equal(story.order.claims[0].state, CLAIM_VOID);
    assert_true(order_finished(&story.order));
}

/* Two orders write in the same step: each note stands in its own place. */
static void orders_that_write_together_note_apart(void **state) {
    static struct effects out;
    static struct story other;
    (void)state;
    story_begin(&other, 1, CHANNEL_WECHAT);
    story_wait(&other);
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_wait(&story);
    struct order_rules rules = story_rules(&story);
    effects_clear(&out);
    order_cancel(&other.order, &rules, story.now, &out);
    order_cancel(&story.order, &rules, story.now, &out);
    int at[2] = {0}, count = 0;
    for (int i = 0; i < out.count; i++)
        if (out.items[i].kind == EFFECT_PERSIST && count < 2) {
            at[count++] = out.items[i].of.persist.first;
            assert_int_equal(out.items[i].of.persist.count, 1);
        }
    assert_int_equal(count, 2);
    assert_int_equal(at[1], at[0] + 1);
    assert_int_equal(out.note_count, 2);
}

/* Whoever decided an earlier case has not decided this one. */
static void a_new_case_is_not_decided_yet(void **state) {
    (void)state;
    story_begin(&story, 1, CHANNEL_WECHAT);
    story_wait(&story);
    story.order.resolved = true;
    assert_true(story_until_sent(&story, 5000));
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_ACCEPTED,
                                               .trade = TRADE_PAID,
                                               .has_amount = true,
                                               .amount = {999}});
    assert_int_equal(story.order.legs[0].state, LEG_CASE);
    assert_false(story.order.resolved);
}

static void a_text_that_is_too_long_is_cut_and_ends(void **state) {
    char kept[4] = "old";
    (void)state;
    turn_keep_text(kept, sizeof kept, "");
    assert_string_equal(kept, "old");
    turn_keep_text(kept, sizeof kept, "abcdefgh");
    assert_string_equal(kept, "abc");
    turn_keep_text(kept, sizeof kept, "xy");
    assert_string_equal(kept, "xy");
}

/* 0 is never: what is due as the machine starts is due after a millisecond. */
static void what_is_asked_in_no_time_is_asked(void **state) {
    struct order_rules rules = story_rules(&story);
    struct turn turn = {.rules = &rules, .order = &story.order};
    struct part_run run = {.pause_ms = 8000};
    (void)state;
    turn_ask_in(&turn, &run, 0);
    assert_int_equal(run.next_mono_ms, 1);
    turn_ask_never(&run);
    assert_int_equal(run.next_mono_ms, 0);
    assert_int_equal(run.pause_ms, 0); /* the next question is no longer put off */
}

static void a_contradiction_stands_when_it_has_stood_for_its_time(void **state) {
    story_begin(&story, 1, CHANNEL_WECHAT);
    struct order_rules rules = story_rules(&story);
    struct turn turn = {.rules = &rules, .order = &story.order};
    int64_t quiet_ms = story.limits.credit_quiet_ms;
    struct part_run run = {.asked_mono_ms = 2 * quiet_ms};
    (void)state;
    assert_false(turn_contradiction_stands(&turn, &run)); /* there is none */
    run.odd_since_mono_ms = quiet_ms;
    assert_true(turn_contradiction_stands(&turn, &run));
    run.odd_since_mono_ms++;
    assert_false(turn_contradiction_stands(&turn, &run));
}

/* It has its time in this run, and its time by the clock. */
static void a_question_is_overdue_at_its_minute(void **state) {
    const struct event_answer answer = {.outcome = OUTCOME_PENDING, .code = "1"};
    story_begin(&story, 1, CHANNEL_WECHAT);
    struct order_rules rules = story_rules(&story);
    struct turn turn = {.rules = &rules, .order = &story.order, .now = story.now};
    struct part_run run = {.since_mono_ms = turn.now.mono_ms};
    int64_t started_ms = turn.now.wall_ms - story.policy.late_window_ms;
    (void)state;
    story.order.run.begun_mono_ms = turn.now.mono_ms - 1000;
    assert_true(turn_question_overdue(&turn, &run, started_ms, 1000, &answer));
    assert_false(turn_question_overdue(&turn, &run, started_ms + 1, 1000, &answer));
    assert_false(turn_question_overdue(&turn, &run, started_ms, 1001, &answer));
    run.since_mono_ms -= 1000;
    assert_true(turn_question_overdue(&turn, &run, started_ms + 1, 1000, &answer));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_asked_in_no_time_is_asked),
        cmocka_unit_test(a_contradiction_stands_when_it_has_stood_for_its_time),
        cmocka_unit_test(a_question_is_overdue_at_its_minute),
        cmocka_unit_test(a_paid_deposit_and_its_credit_are_one_write),
        cmocka_unit_test(bills_that_are_gone_and_those_that_are_credited_are_one_write),
        cmocka_unit_test(a_write_that_failed_is_made_again_and_notes_nothing_anew),
        cmocka_unit_test(a_refund_that_is_refused_and_its_case_are_one_write),
        cmocka_unit_test(a_turn_that_finds_out_nothing_writes_nothing),
        cmocka_unit_test(a_full_turn_sends_nothing),
        cmocka_unit_test(what_a_full_turn_hears_it_acts_on_later),
        cmocka_unit_test(a_bill_that_is_held_elsewhere_voids_the_order),
        cmocka_unit_test(one_that_was_let_go_before_is_voided_as_well),
        cmocka_unit_test(orders_that_write_together_note_apart),
        cmocka_unit_test(a_new_case_is_not_decided_yet),
        cmocka_unit_test(a_text_that_is_too_long_is_cut_and_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
