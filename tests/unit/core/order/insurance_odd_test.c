/* links: app/core/order/ app/core/terms/ tests/support/order_story.c */
/* A bill that medical insurance pays, and a centre that says what does not fit together: no more
 * goes back than came, nothing goes back twice, and what nobody can explain is for a person. */
#include "tests/support/insured_story.h"

static void stranded(int64_t own_fen) {
    uploaded();
    next_is(VERB_ASK);
    says_split(OUTCOME_UNKNOWN, TRADE_OWN_STRANDED, "16", own_fen);
}

/* ... and the own part is on its way back. */
static void returning(int64_t own_fen) {
    stranded(own_fen);
    for (int i = 0; i < 400 && order->refund_count == 0; i++) {
        next_is(VERB_ASK);
        says_split(OUTCOME_UNKNOWN, TRADE_OWN_STRANDED, "16", own_fen);
    }
    assert_int_equal(order->refunds[0].amount.fen, own_fen);
    assert_int_equal(story.verb, VERB_REFUND);
}

static void an_own_part_of_more_than_the_bill_is_a_case(void **state) {
    (void)state;
    stranded(2000);
    assert_int_equal(leg->state, LEG_CASE);
    assert_int_equal(leg->reason, CASE_ABNORMAL);
    assert_int_equal(order->refund_count, 0);
}

static void an_own_part_of_another_sum_is_a_case(void **state) {
    (void)state;
    uploaded();
    next_is(VERB_ASK);
    struct event_answer answer = answer_in(OUTCOME_UNKNOWN, TRADE_OWN_STRANDED, "16");
    answer.has_amount = true;
    answer.amount.fen = 900;
    answer.split.own.fen = 900;
    story_answer(&story, answer);
    story_durable(&story);
    assert_int_equal(leg->reason, CASE_ABNORMAL);
    assert_int_equal(order->refund_count, 0);
}

/* What is left of it is named then, and that is nothing. */
static void a_stranded_own_part_keeps_its_amount(void **state) {
    (void)state;
    stranded(250);
    next_is(VERB_ASK);
    says_split(OUTCOME_PENDING, TRADE_SETTLING, "17", 0);
    assert_int_equal(order_sums(order).paid.fen, 250);
    next_is(VERB_ASK);
    says_split(OUTCOME_UNKNOWN, TRADE_OWN_RETURNED, "9", 0);
    assert_int_equal(leg->state, LEG_RETURNED);
    assert_int_equal(order_sums(order).returned.fen, 250);
}

/* The insurance settles after all, when the bill was given up: all of it is for a person. */
static void what_is_settled_after_it_stranded_is_for_a_person(void **state) {
    (void)state;
    stranded(250);
    assert_int_equal(order_sums(order).paid.fen, 250);
    next_is(VERB_ASK);
    says_split(OUTCOME_ACCEPTED, TRADE_PAID, "6", 250);
    assert_int_equal(leg->state, LEG_CASE);
    assert_int_equal(order_leg_in_case(order, 0).fen, 1000);
    assert_int_equal(order_sums(order).paid.fen, 1000);
}

static void an_own_part_that_is_named_differently_later_is_a_case(void **state) {
    (void)state;
    stranded(250);
    next_is(VERB_ASK);
    says_split(OUTCOME_UNKNOWN, TRADE_OWN_STRANDED, "16", 0);
    assert_int_equal(leg->reason, CASE_ABNORMAL);
    assert_int_equal(order_leg_in_case(order, 0).fen, 250);
}

/* The whole settlement revoked is no end of a refund of the own part alone. */
static void a_stranded_own_part_is_back_in_its_own_states_only(void **state) {
    (void)state;
    returning(250);
    says(OUTCOME_PENDING, TRADE_WAIT, "1");
    next_is(VERB_ASK_REFUND);
    says(OUTCOME_UNKNOWN, TRADE_REVOKED, "12");
    assert_int_equal(leg->state, LEG_PAID_AFTER_CLOSE);
    next_is(VERB_ASK_REFUND);
    says(OUTCOME_UNKNOWN, TRADE_OWN_RETURNED, "9");
    assert_int_equal(leg->state, LEG_RETURNED);
}

/* The insurance paid nothing of it, and nothing of it is asked back. */
static void an_own_part_that_is_the_whole_bill_goes_back_as_an_own_part(void **state) {
    (void)state;
    stranded(1000);
    for (int i = 0; i < 400 && order->refund_count == 0; i++) {
        next_is(VERB_ASK);
        says_split(OUTCOME_UNKNOWN, TRADE_OWN_STRANDED, "16", 1000);
    }
    assert_int_equal(order_refund_part(order, 0), REFUND_OWN);
    says(OUTCOME_PENDING, TRADE_WAIT, "1");
    next_is(VERB_ASK_REFUND);
    says(OUTCOME_UNKNOWN, TRADE_OWN_RETURNED, "9");
    assert_int_equal(leg->state, LEG_RETURNED);
}

/* Is it settled after all, the same is not sent again: its own part is rightly there. */
static void a_refund_is_not_repeated_when_the_payment_says_something_new(void **state) {
    (void)state;
    returning(250);
    says(OUTCOME_UNKNOWN, TRADE_NONE, "-28");
    for (int i = 0; i < 4000 && order->refunds[0].state != REFUND_CASE; i++) {
        next_is(VERB_ASK_REFUND);
        says_split(OUTCOME_ACCEPTED, TRADE_PAID, "6", 250);
    }
    assert_int_equal(order->refunds[0].state, REFUND_CASE);
}

static void a_refund_that_was_refused_is_looked_for(void **state) {
    (void)state;
    for (int there = 0; there < 2; there++) {
        returning(250);
        says(OUTCOME_DECLINED, TRADE_RETURN_FAILED, "1");
        assert_int_equal(order->refunds[0].state, REFUND_UNKNOWN);
        for (int i = 0; i < 400 && order->refunds[0].state == REFUND_UNKNOWN; i++) {
            next_is(VERB_ASK_REFUND);
            if (there)
                says(OUTCOME_UNKNOWN, TRADE_OWN_RETURNED, "9");
            else
                says_split(OUTCOME_UNKNOWN, TRADE_OWN_STRANDED, "16", 250);
        }
        assert_int_equal(order->refunds[0].state, there ? REFUND_DONE : REFUND_REFUSED);
    }
}

/* Settled, it says, and the parts are more than the bill. */
static void contradicts(void) {
    next_is(VERB_ASK);
    struct event_answer answer = answer_in(OUTCOME_UNKNOWN, TRADE_CONTRADICTS, "6");
    answer.has_amount = true;
    answer.amount.fen = 1000;
    answer.split = (struct split){.fund = {900}, .own = {250}};
    story_answer(&story, answer);
    story_durable(&story);
}

static void until_a_person_has_it(void) {
    int64_t begun_ms = story.now.mono_ms;
    for (int i = 0; i < 100 && leg->state == LEG_WAITING; i++) {
        assert_true(order_claim_holds(order, 0));
        assert_int_equal(order_verdict(order), VERDICT_UNKNOWN);
        contradicts();
    }
    assert_int_equal(leg->state, LEG_CASE);
    assert_int_equal(leg->reason, CASE_SPLIT_WRONG);
    int64_t took_ms = story.now.mono_ms - begun_ms;
    assert_true(took_ms >= story.limits.credit_quiet_ms);
    assert_true(took_ms < 3 * story.limits.credit_quiet_ms);
}

static void a_settlement_that_does_not_add_up_comes_to_a_person_soon(void **state) {
    (void)state;
    uploaded();
    contradicts();
    assert_int_equal(leg->state, LEG_WAITING);
    assert_true(order->run.leg[0].settling); /* its code is not shown any more */
    until_a_person_has_it();
    assert_int_equal(order_verdict(order), VERDICT_WINDOW);
    assert_int_equal(order_sums(order).in_cases.fen, 1000);
    assert_int_equal(order_sums(order).credited.fen, 0);
    assert_int_equal(leg->seen.fen, 1000); /* the evidence */
    assert_int_equal(leg->split.fund.fen, 900);
    assert_int_equal(leg->split.own.fen, 250);
    assert_string_equal(leg->code, "6");
    assert_int_equal(order->refund_count, 0);
    assert_true(order_claim_holds(order, 0)); /* nobody pays the bill a second time */
    assert_false(story_until_sent(&story, 24 * HOURS_MS));
}

static void a_contradiction_outlives_a_restart_and_silence(void **state) {
    (void)state;
    uploaded();
    contradicts();
    story_restart(&story);
    contradicts();
    next_is(VERB_ASK);
    story_says(&story, OUTCOME_UNKNOWN, "-28");
    until_a_person_has_it();
}

static void one_wrong_answer_is_no_contradiction(void **state) {
    (void)state;
    uploaded();
    contradicts();
    next_is(VERB_ASK);
    says_split(OUTCOME_ACCEPTED, TRADE_PAID, "6", 250);
    assert_int_equal(leg->state, LEG_PAID);
    assert_int_equal(claim->state, CLAIM_DONE);
    assert_int_equal(leg->split.fund.fen, 650);
}

/* The patient left meanwhile: what is settled is not closed, and what was closed is not free. */
static void what_contradicts_itself_after_a_revoke_is_a_case(void **state) {
    (void)state;
    for (int late = 0; late < 2; late++) {
        revoking();
        says(OUTCOME_ACCEPTED, TRADE_NONE, "1");
        if (late)
            says(OUTCOME_UNKNOWN, TRADE_REVOKED, "12");
        contradicts();
        assert_int_equal(leg->state, late ? LEG_PAID_AFTER_CLOSE : LEG_WAITING);
        for (int i = 0; i < 100 && leg->state != LEG_CASE; i++)
            contradicts();
        assert_int_equal(leg->reason, CASE_SPLIT_WRONG);
        assert_int_equal(order->refund_count, 0);
    }
}

/* What the centre does not know may be revoked when the patient has left. */
static void what_nobody_knows_may_be_revoked(void **state) {
    (void)state;
    uploaded();
    story_cancel(&story);
    story_durable(&story);
    next_is(VERB_ASK);
    says(OUTCOME_UNKNOWN, TRADE_NONE, "0"); /* the centre refuses the question */
    assert_int_equal(leg->state, LEG_CLOSING);
    assert_int_equal(story.verb, VERB_CLOSE);
}

/* Half settled with an amount that is not the bill's: it is asked on, and not closed for that. */
static void an_amount_on_the_way_closes_nothing(void **state) {
    (void)state;
    uploaded();
    next_is(VERB_ASK);
    struct event_answer answer = answer_in(OUTCOME_PENDING, TRADE_SETTLING, "2");
    answer.has_amount = true;
    answer.amount.fen = 400;
    story_answer(&story, answer);
    assert_false(leg->close_wanted);
    assert_int_equal(leg->state, LEG_WAITING);
}

/* Revoked, it says, and shows it open as before: nobody has paid, and it is revoked. */
static void what_is_open_after_its_revoke_is_closed(void **state) {
    (void)state;
    revoking();
    says(OUTCOME_ACCEPTED, TRADE_NONE, "1");
    says(OUTCOME_PENDING, TRADE_WAIT, "1");
    assert_int_equal(leg->state, LEG_CLOSED);
    assert_true(leg->unpaid);
}

/* "None" right after the revoke may come from a copy that is behind; an unknown answer says nothing
 * however late it comes. */
static void what_is_gone_after_its_revoke_is_closed_when_it_stays_gone(void **state) {
    (void)state;
    revoking();
    says(OUTCOME_ACCEPTED, TRADE_NONE, "1");
    says(OUTCOME_UNKNOWN, TRADE_NONE, "0"); /* the centre refuses the question */
    assert_int_equal(leg->state, LEG_CLOSING);
    for (int64_t end_ms = story.now.mono_ms + 2 * story.limits.credit_quiet_ms;
         story.now.mono_ms < end_ms;) {
        next_is(VERB_ASK);
        says(OUTCOME_UNKNOWN, TRADE_NONE, "-28");
        assert_int_equal(leg->state, LEG_CLOSING);
    }
    next_is(VERB_ASK);
    says(OUTCOME_UNKNOWN, TRADE_NONE, "0");
    assert_int_equal(leg->state, LEG_CLOSED);
    assert_false(leg->unpaid);
}

/* It was closed, and the own part is there though the insurance failed. */
static void an_own_part_that_comes_after_the_revoke_is_late_money(void **state) {
    (void)state;
    revoking();
    says(OUTCOME_ACCEPTED, TRADE_NONE, "1");
    says(OUTCOME_UNKNOWN, TRADE_REVOKED, "12");
    assert_int_equal(leg->state, LEG_CLOSED);
    next_is(VERB_ASK);
    says_split(OUTCOME_UNKNOWN, TRADE_OWN_STRANDED, "16", 250);
    assert_int_equal(leg->state, LEG_PAID_AFTER_CLOSE);
    assert_true(leg->own_only);
}

/* Revoked, it says, and goes on settling: asked about as long as late money is looked for. */
static void what_is_settled_for_ever_after_its_revoke_is_a_case(void **state) {
    (void)state;
    for (int settles = 0; settles < 2; settles++) {
        revoking();
        says(OUTCOME_ACCEPTED, TRADE_NONE, "1");
        says(OUTCOME_UNKNOWN, TRADE_REVOKED, "12");
        int64_t end_ms = leg->watch_until_ms;
        while (story.now.wall_ms < end_ms) {
            assert_int_equal(leg->state, LEG_CLOSED);
            next_is(VERB_ASK);
            says(OUTCOME_PENDING, settles ? TRADE_SETTLING : TRADE_WAIT, settles ? "4" : "1");
        }
        assert_int_equal(leg->watch_until_ms, 0);
        assert_int_equal(leg->state, settles ? LEG_CASE : LEG_CLOSED);
        assert_int_equal(leg->reason, settles ? CASE_HALF_SETTLED : CASE_NONE);
        assert_int_equal(order_sums(order).in_cases.fen, settles ? 1000 : 0);
        assert_true(order_settled(order));
    }
}

/* ... also where one answer between had amounts that do not add up. */
static void what_is_half_settled_after_one_odd_answer_is_called_so(void **state) {
    (void)state;
    revoking();
    says(OUTCOME_ACCEPTED, TRADE_NONE, "1");
    says(OUTCOME_UNKNOWN, TRADE_REVOKED, "12");
    next_is(VERB_ASK);
    says(OUTCOME_UNKNOWN, TRADE_CONTRADICTS, "6");
    assert_int_equal(leg->state, LEG_PAID_AFTER_CLOSE);
    while (leg->state == LEG_PAID_AFTER_CLOSE) {
        next_is(VERB_ASK);
        says(OUTCOME_PENDING, TRADE_SETTLING, "4");
    }
    assert_int_equal(leg->reason, CASE_HALF_SETTLED);
}

/* The centre names who pays, and not what the bill costs: that is the bill's to say. For an
 * inpatient the rest of it was prepaid; more than the bill is nobody's. */
static void who_pays_is_held_against_the_bill(void **state) {
    static const struct {
        int64_t fee_fen, own_fen;
        enum account_type account;
        bool good;
    } rows[] = {{1000, 250, ACCOUNT_OUTPATIENT, true},  {800, 250, ACCOUNT_OUTPATIENT, true},
                {1000, 251, ACCOUNT_OUTPATIENT, false}, {1000, 249, ACCOUNT_OUTPATIENT, false},
                {1001, 250, ACCOUNT_OUTPATIENT, false}, {1000, 150, ACCOUNT_INPATIENT, true},
                {1001, 150, ACCOUNT_INPATIENT, false},  {1000, 251, ACCOUNT_INPATIENT, false}};
    (void)state;
    for (size_t r = 0; r < sizeof rows / sizeof rows[0]; r++)
        for (int open = 0; open < 2; open++) {
            uploaded();
            order->person.account_type = rows[r].account;
            int64_t parts_fen = 750 + rows[r].own_fen;
            struct event_answer answer =
                answer_in(open ? OUTCOME_PENDING : OUTCOME_ACCEPTED, open ? TRADE_WAIT : TRADE_PAID,
                          open ? "1" : "6");
            answer.has_amount = answer.at_least = true;
            answer.amount.fen = parts_fen > rows[r].fee_fen ? parts_fen : rows[r].fee_fen;
            answer.split =
                (struct split){.fund = {650}, .account = {100}, .own = {rows[r].own_fen}};
            for (int i = 0; i < 20 && leg->state == LEG_WAITING && (i == 0 || !open); i++) {
                next_is(VERB_ASK);
                story_answer(&story, answer);
                story_durable(&story);
            }
            if (open) { /* what does not fit is not shown, and stops nobody; too much is closed */
                bool closes = answer.amount.fen > 1000;
                assert_int_equal(leg->state, closes ? LEG_CLOSING : LEG_WAITING);
                assert_int_equal(leg->close_wanted, closes);
                if (!closes)
                    assert_int_equal(leg->split_known, rows[r].good);
                continue;
            }
            assert_int_equal(leg->state, rows[r].good ? LEG_PAID : LEG_CASE);
            assert_int_equal(leg->reason, rows[r].good ? CASE_NONE : CASE_SPLIT_WRONG);
            if (rows[r].good)
                assert_int_equal(leg->split.prepaid.fen, 1000 - parts_fen);
        }
}

/* Open, and it costs more than the bill, whatever it does not name: settled it can only be a case,
 * so it is revoked while nobody has paid, as any other amount is. */
static void what_costs_more_than_the_bill_is_not_left_to_be_paid(void **state) {
    (void)state;
    for (int least = 0; least < 2; least++) {
        uploaded();
        next_is(VERB_ASK);
        struct event_answer answer = answer_in(OUTCOME_PENDING, TRADE_WAIT, "1");
        answer.has_amount = true;
        answer.at_least = least;
        answer.amount.fen = 1500;
        answer.split = (struct split){.own = {750}, .account = {100}, .fund = {650}};
        story_answer(&story, answer);
        story_durable(&story);
        assert_int_equal(leg->state, LEG_CLOSING);
        assert_int_equal(story.verb, VERB_CLOSE);
    }
}

/* ... nor does its message go to the phone. */
static void what_costs_more_than_the_bill_is_not_pushed(void **state) {
    (void)state;
    story_begin_by(&story, 1, CHANNEL_INSURANCE, ROUTE_AMP_UPLOADED);
    story_durable(&story);
    says(OUTCOME_UNKNOWN, TRADE_NONE, "-28"); /* else it has left before a query */
    next_is(VERB_ASK);
    struct event_answer answer = answer_in(OUTCOME_PENDING, TRADE_WAIT, "1");
    answer.has_amount = answer.at_least = true;
    answer.amount.fen = 1500;
    answer.split = (struct split){.own = {750}, .account = {100}, .fund = {650}};
    story_answer(&story, answer);
    story_durable(&story);
    assert_int_not_equal(leg->state, LEG_PUSHED);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_costs_more_than_the_bill_is_not_left_to_be_paid),
        cmocka_unit_test(what_costs_more_than_the_bill_is_not_pushed),
        cmocka_unit_test(what_is_half_settled_after_one_odd_answer_is_called_so),
        cmocka_unit_test(who_pays_is_held_against_the_bill),
        cmocka_unit_test(an_own_part_of_more_than_the_bill_is_a_case),
        cmocka_unit_test(an_own_part_of_another_sum_is_a_case),
        cmocka_unit_test(a_stranded_own_part_keeps_its_amount),
        cmocka_unit_test(what_is_settled_after_it_stranded_is_for_a_person),
        cmocka_unit_test(an_own_part_that_is_named_differently_later_is_a_case),
        cmocka_unit_test(a_stranded_own_part_is_back_in_its_own_states_only),
        cmocka_unit_test(an_own_part_that_is_the_whole_bill_goes_back_as_an_own_part),
        cmocka_unit_test(a_refund_is_not_repeated_when_the_payment_says_something_new),
        cmocka_unit_test(a_refund_that_was_refused_is_looked_for),
        cmocka_unit_test(a_settlement_that_does_not_add_up_comes_to_a_person_soon),
        cmocka_unit_test(a_contradiction_outlives_a_restart_and_silence),
        cmocka_unit_test(one_wrong_answer_is_no_contradiction),
        cmocka_unit_test(what_contradicts_itself_after_a_revoke_is_a_case),
        cmocka_unit_test(what_nobody_knows_may_be_revoked),
        cmocka_unit_test(an_amount_on_the_way_closes_nothing),
        cmocka_unit_test(what_is_open_after_its_revoke_is_closed),
        cmocka_unit_test(what_is_gone_after_its_revoke_is_closed_when_it_stays_gone),
        cmocka_unit_test(an_own_part_that_comes_after_the_revoke_is_late_money),
        cmocka_unit_test(what_is_settled_for_ever_after_its_revoke_is_a_case),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
