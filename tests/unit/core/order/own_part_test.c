/* links: app/core/order/ app/core/terms/ tests/support/order_story.c */
/* The own part of an insured bill over another route: the insurance settles its part alone, what it
 * leaves open is paid here, and the terminal credits the whole. */
#include "tests/support/own_part_story.h"

static void what_the_insurance_leaves_open_is_a_leg_of_its_own(void **state) {
    (void)state;
    own_uploaded();
    next_is(VERB_ASK);
    settles(SETTLED_INSURANCE, 250);
    assert_int_equal(story.persists, 1);
    assert_int_equal(story.notes[0].note, NOTE_PAID);
    assert_int_equal(story.notes[1].note, NOTE_OWN_DUE);
    assert_int_equal(story.note_count, 2);
    story_durable(&story);
    assert_int_equal(own->state, LEG_DUE);
    assert_int_equal(own->amount.fen, 250);
    assert_int_equal(own->route, ROUTE_UPP);
    assert_true(strcmp(own->no, leg->no) > 0);
    assert_string_equal(story.last_no, own->no); /* no other order is given it */
    assert_int_equal(leg->amount.fen, 1000);     /* given once */
    assert_int_equal(order_leg_amount(order, 0).fen, 750);
    assert_int_equal(order_share_amount(order, 0).fen, 750);
    assert_int_equal(order_amount(order).fen, 1000);
    assert_int_equal(order_sums(order).paid.fen, 750);
    assert_int_equal(order_sums(order).in_flight.fen, 750);
    assert_int_equal(claim->state, CLAIM_WAITING);
    assert_ptr_equal(order_shown_leg(order), own);
    assert_ptr_equal(order_insured_leg(order), leg);
    assert_int_equal(order_due_leg(order), 1);
    assert_int_equal(order_own_leg(order, 0), 1);
    assert_int_equal(order_own_leg(order, 1), -1);
    assert_int_equal(order_state(order), ORDER_WAITING);
    assert_int_equal(story.verb, VERB_NONE);
}

static void the_code_is_asked_for_when_the_choice_is_durable(void **state) {
    (void)state;
    own_is_due(250);
    story_choose(&story, CHANNEL_ALIPAY);
    assert_int_equal(story.note, NOTE_OWN_CHOSEN);
    assert_int_equal(story.verb, VERB_NONE);
    assert_int_equal(order_due_leg(order), -1);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_PLACE);
    assert_int_equal(own->state, LEG_PLACING);
    assert_int_equal(own->channel, CHANNEL_ALIPAY);
    assert_int_equal(own->expire_ms, story.now.wall_ms + story.limits.expire_ms);
    assert_int_equal(own->watch_until_ms, own->expire_ms + story.policy.late_window_ms);
    story_choose(&story, CHANNEL_WECHAT); /* too late */
    assert_int_equal(own->channel, CHANNEL_ALIPAY);
}

static void nothing_is_chosen_while_nothing_can_be_written(void **state) {
    (void)state;
    own_is_due(250);
    story.journal_broken = true;
    story_choose(&story, CHANNEL_WECHAT);
    assert_int_equal(order_due_leg(order), 1);
    assert_int_equal(story.persists, 0);
}

static void the_claim_begins_when_both_parts_are_paid_and_we_credit_it(void **state) {
    (void)state;
    own_is_shown();
    assert_int_equal(claim->state, CLAIM_WAITING);
    next_is(VERB_ASK);
    story_leg_hears(&story, 1, TRADE_PAID);
    assert_int_equal(claim->state, CLAIM_CHECKING);
    assert_int_equal(order->run.claim[0].verb, VERB_BILLS);
    own_is_credited();
    assert_int_equal(claim->tries, 1);
    assert_int_equal(order_creditor(order, 0), CREDITOR_TERMINAL);
    assert_int_equal(order_sums(order).credited.fen, 1000);
    assert_int_equal(order_claim_leg(order, 0), 1); /* what the HIS is told names the own part */
    assert_true(order_finished(order));
    assert_int_equal(order_verdict(order), VERDICT_CREDITED);
}

static void without_an_own_part_the_claim_begins_at_once(void **state) {
    (void)state;
    own_is_due(0);
    assert_int_equal(order->leg_count, 1);
    assert_int_equal(claim->state, CLAIM_CHECKING);
    assert_int_equal(order_leg_amount(order, 0).fen, 1000);
    own_is_due(1);
    assert_int_equal(order->leg_count, 2);
    assert_int_equal(claim->state, CLAIM_WAITING);
}

/* What the centre has taken nobody sells again; and no ORG_003 of ours leaves. */
static void what_the_centre_settles_whole_is_credited_by_it(void **state) {
    static const enum settled_part whole[] = {SETTLED_ALL, SETTLED_OWN};
    (void)state;
    for (size_t i = 0; i < sizeof whole / sizeof whole[0]; i++) {
        own_uploaded();
        next_is(VERB_ASK);
        settles(whole[i], 250);
        story_durable(&story);
        assert_int_equal(order->leg_count, 1);
        assert_int_equal(claim->state, CLAIM_DONE);
        assert_int_equal(claim->tries, 0);
        assert_int_equal(order_creditor(order, 0), CREDITOR_PLATFORM);
        assert_int_equal(order_sums(order).credited.fen, 1000);
        assert_true(order_finished(order));
        assert_int_equal(want_back(250), REFUSAL_NONE); /* the own part alone: CASH */
        assert_int_equal(order_refund_part(order, 0), REFUND_OWN);
    }
}

/* Nor is it said where the own part would be more than the bill. */
static void who_was_paid_must_be_said(void **state) {
    static const struct {
        enum settled_part part;
        int64_t own_fen;
    } rows[] = {{SETTLED_UNSAID, 250}, {SETTLED_INSURANCE, 1001}};
    (void)state;
    for (size_t r = 0; r < sizeof rows / sizeof rows[0]; r++) {
        own_uploaded();
        for (int i = 0; i < 100 && leg->state != LEG_CASE; i++) {
            next_is(VERB_ASK);
            settles(rows[r].part, rows[r].own_fen);
            story_durable(&story);
            assert_int_equal(order->leg_count, 1);
        }
        assert_int_equal(leg->reason, CASE_SPLIT_WRONG);
        assert_int_equal(order->refund_count, 0);
    }
}

/* The HIS names what the patient brought, as it was told: of ORG_003 and of ORG_004. */
static void what_the_hospital_names_is_the_own_part(void **state) {
    static const struct {
        int64_t own_fen, named_fen;
        bool good;
    } rows[] = {{250, 250, true}, {250, 1000, false}, {250, 750, false},
                {0, 0, true},     {0, 1000, false},   {1000, 1000, true}};
    (void)state;
    for (size_t r = 0; r < sizeof rows / sizeof rows[0]; r++)
        for (int lost = 0; lost < 2; lost++) {
            own_is_due(rows[r].own_fen);
            if (rows[r].own_fen > 0) {
                story_choose(&story, CHANNEL_WECHAT);
                story_durable(&story);
                story_leg_hears(&story, 1, TRADE_PAID);
                story_durable(&story);
            }
            story_lists(&story, 0, 1);
            story_durable(&story);
            struct event_answer names = {.outcome = OUTCOME_ACCEPTED,
                                         .no = "SN1",
                                         .has_amount = true,
                                         .amount = {rows[r].named_fen}};
            story.policy.settle_result = SETTLE_RESULT_ORDER;
            if (lost) {
                story_says(&story, OUTCOME_UNKNOWN, "-28");
                assert_int_equal(story.verb, VERB_ASK_CREDIT);
            }
            story_hears(&story, &order->run.claim[0], names);
            story_durable(&story);
            assert_int_equal(claim->state, rows[r].good ? CLAIM_DONE : CLAIM_CASE);
            assert_int_equal(claim->reason, rows[r].good ? CASE_NONE : CASE_CREDIT_CONTRADICTS);
        }
}

/* Found by the bill's number alone it may be another machine's, which takes the own part: none is
 * sold here, no credit is sent, nothing goes back. Settled whole it is the centre's. */
static void the_own_part_of_an_upload_that_is_not_ours_is_not_sold(void **state) {
    static const struct {
        enum settled_part part;
        int64_t own_fen;
    } rows[] = {{SETTLED_INSURANCE, 250}, {SETTLED_INSURANCE, 0}, {SETTLED_ALL, 250}};
    (void)state;
    for (size_t r = 0; r < sizeof rows / sizeof rows[0]; r++) {
        story_begin_own_part(&story);
        story_durable(&story);
        says(OUTCOME_DECLINED, TRADE_NONE, "105");
        for (int i = 0; i < 400 && leg->state != LEG_CASE && leg->state != LEG_PAID; i++) {
            next_is(VERB_ASK);
            settles(rows[r].part, rows[r].own_fen);
            story_durable(&story);
        }
        assert_int_equal(order->leg_count, 1);
        assert_int_equal(order->refund_count, 0);
        assert_int_equal(claim->tries, 0);
        if (rows[r].part == SETTLED_INSURANCE) {
            assert_int_equal(leg->reason, CASE_HALF_SETTLED);
            continue;
        }
        assert_int_equal(claim->state, CLAIM_DONE);
        assert_true(claim->unproven);
        assert_int_equal(want_back(1000), REFUSAL_UNPROVEN);
        assert_true(order_finished(order));
    }
}

static void nobody_waits_for_ever_for_a_choice(void **state) {
    (void)state;
    own_is_due(250);
    int64_t began_ms = story.now.mono_ms;
    next_is(VERB_REFUND);
    assert_int_equal(story.now.mono_ms - began_ms, story.limits.expire_ms);
    assert_int_equal(own->state, LEG_DECLINED);
}

/* No platform has it yet: nobody is asked about it meanwhile. */
static void a_choice_that_is_overdue_is_asked_of_nobody(void **state) {
    (void)state;
    own_uploaded();
    next_is(VERB_ASK);
    settles(SETTLED_INSURANCE, 250);
    story.now.mono_ms += story.limits.expire_ms + 1;
    story_durable(&story);
    assert_int_equal(story.verb, VERB_NONE);
    assert_int_equal(own->state, LEG_DUE);
    story_tick(&story, 0);
    assert_int_equal(own->state, LEG_DECLINED);
}

static void after_a_restart_nobody_can_choose(void **state) {
    (void)state;
    own_is_due(250);
    story_restart(&story);
    assert_int_equal(own->state, LEG_DECLINED);
    next_is(VERB_REFUND);
    assert_int_equal(order->refunds[0].leg, 0);
}

/* The PLACE may have left: it is asked about, and never placed again. */
static void after_a_restart_a_chosen_one_is_asked_about(void **state) {
    (void)state;
    own_is_due(250);
    story_choose(&story, CHANNEL_WECHAT);
    story_durable(&story);
    own->state = LEG_DUE; /* as the journal has it: PLACING is not written */
    story_restart(&story);
    next_is(VERB_ASK);
    assert_int_equal(own->state, LEG_PLACE_UNKNOWN);
    story_leg_hears(&story, 1, TRADE_PAID);
    story_durable(&story);
    assert_int_equal(claim->state, CLAIM_CHECKING);
    assert_int_equal(order->refund_count, 0);
}

/* Who wanted to leave before the insurance had settled pays nothing more. */
static void who_has_left_before_is_not_asked_for_the_own_part(void **state) {
    (void)state;
    own_uploaded();
    story_cancel(&story);
    story_durable(&story);
    next_is(VERB_ASK);
    settles(SETTLED_INSURANCE, 250);
    story_durable(&story);
    assert_int_equal(own->state, LEG_DECLINED);
    assert_int_equal(story.verb, VERB_REFUND);
}

static void while_the_own_part_is_unknown_the_insurance_stays(void **state) {
    (void)state;
    own_is_due(250);
    story_choose(&story, CHANNEL_WECHAT);
    story_durable(&story);
    story_hears(&story, &order->run.leg[1], (struct event_answer){.outcome = OUTCOME_UNKNOWN});
    story_durable(&story);
    for (int i = 0; i < 20; i++) {
        next_is(VERB_ASK);
        story_hears(&story, &order->run.leg[1],
                    (struct event_answer){.outcome = OUTCOME_UNKNOWN, .code = "1"});
        assert_int_equal(order->refund_count, 0);
    }
    story_cancel(&story);
    assert_int_equal(order->refund_count, 0); /* not yet: it may be paid */
}

/* Nobody here takes it: what is open of it is a window's, and nothing is called paid. */
static void elsewhere_an_own_part_that_is_open_is_a_case(void **state) {
    (void)state;
    for (int zero = 0; zero < 2; zero++) {
        uploaded();
        for (int i = 0; i < 400 && !leg_traits(leg->state)->settled; i++) {
            next_is(VERB_ASK);
            settles(SETTLED_INSURANCE, zero ? 0 : 250);
            story_durable(&story);
        }
        assert_int_equal(order->leg_count, 1);
        assert_int_equal(leg->state, zero ? LEG_PAID : LEG_CASE);
        assert_int_equal(leg->reason, zero ? CASE_NONE : CASE_HALF_SETTLED);
        assert_int_equal(order->refund_count, 0);
    }
}

static void a_disk_that_gives_the_own_part_too_much_is_not_sound(void **state) {
    static struct order bad;
    (void)state;
    own_is_due(250);
    assert_true(order_is_sound(order));
    bad = *order;
    bad.shares[1].amount.fen = bad.legs[1].amount.fen = 1001;
    assert_false(order_is_sound(&bad));
    bad = *order;
    bad.shares[0].returned.fen = 751;
    assert_false(order_is_sound(&bad));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_the_insurance_leaves_open_is_a_leg_of_its_own),
        cmocka_unit_test(the_code_is_asked_for_when_the_choice_is_durable),
        cmocka_unit_test(nothing_is_chosen_while_nothing_can_be_written),
        cmocka_unit_test(the_claim_begins_when_both_parts_are_paid_and_we_credit_it),
        cmocka_unit_test(without_an_own_part_the_claim_begins_at_once),
        cmocka_unit_test(what_the_centre_settles_whole_is_credited_by_it),
        cmocka_unit_test(who_was_paid_must_be_said),
        cmocka_unit_test(what_the_hospital_names_is_the_own_part),
        cmocka_unit_test(the_own_part_of_an_upload_that_is_not_ours_is_not_sold),
        cmocka_unit_test(nobody_waits_for_ever_for_a_choice),
        cmocka_unit_test(a_choice_that_is_overdue_is_asked_of_nobody),
        cmocka_unit_test(after_a_restart_nobody_can_choose),
        cmocka_unit_test(after_a_restart_a_chosen_one_is_asked_about),
        cmocka_unit_test(who_has_left_before_is_not_asked_for_the_own_part),
        cmocka_unit_test(while_the_own_part_is_unknown_the_insurance_stays),
        cmocka_unit_test(elsewhere_an_own_part_that_is_open_is_a_case),
        cmocka_unit_test(a_disk_that_gives_the_own_part_too_much_is_not_sound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
