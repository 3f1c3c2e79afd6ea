/* links: app/core/order/ app/core/terms/ tests/support/order_story.c */
/* A payment by bank card: what the pinpad says, does not say, or says it never heard. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/order_story.h"

#define TODAY "20261120"
#define YESTERDAY "20261119"

static struct story story;

static enum leg_state leg(void) {
    return story.order.legs[0].state;
}

static void at_the_pinpad(int bills) {
    story_begin(&story, bills, CHANNEL_CARD);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_PLACE);
    assert_int_equal(leg(), LEG_PLACING);
}

static void approved(void) {
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_ACCEPTED,
                                               .trade = TRADE_PAID,
                                               .has_amount = true,
                                               .amount = story.order.legs[0].amount,
                                               .paid_by = CHANNEL_CARD,
                                               .code = "00",
                                               .no = "000000700001",
                                               .slip = {.voucher = "000001",
                                                        .batch = "000001",
                                                        .terminal = "BENCH001",
                                                        .card = "622202*********1234",
                                                        .date = TODAY}});
}

static void declined(const char *code) {
    struct event_answer answer = {.outcome = OUTCOME_DECLINED, .trade = TRADE_FAILED};
    strcpy(answer.code, code);
    story_answer(&story, answer);
}

static void says(const char *code, const char *date) {
    struct event_answer answer = {.outcome = OUTCOME_UNKNOWN};
    strcpy(answer.code, code);
    strcpy(answer.slip.date, date);
    strcpy(answer.slip.terminal, "BENCH001");
    story_answer(&story, answer);
}

static void another_says(const char *code, const char *terminal) {
    struct event_answer answer = {.outcome = OUTCOME_UNKNOWN, .slip.date = TODAY};
    strcpy(answer.code, code);
    strcpy(answer.slip.terminal, terminal);
    story_answer(&story, answer);
}

static void nothing_is_heard(void) {
    story_says(&story, OUTCOME_UNKNOWN, "");
}

/* Questions without an answer until so long after the sale. */
static void ask_in_vain(int64_t ms) {
    int64_t until = story.now.mono_ms + ms;
    while (story.now.mono_ms < until) {
        assert_true(story_until_sent(&story, 60000));
        assert_int_equal(story.verb, VERB_ASK);
        if (story.now.mono_ms < until)
            nothing_is_heard();
    }
}

static void a_sale_keeps_what_its_slip_says(void **state) {
    (void)state;
    at_the_pinpad(1);
    approved();
    const struct leg *paid = &story.order.legs[0];
    assert_int_equal(leg(), LEG_PAID);
    assert_int_equal(paid->paid_by, CHANNEL_CARD);
    assert_string_equal(paid->out_no, "000000700001");
    assert_string_equal(paid->slip.voucher, "000001");
    assert_string_equal(paid->slip.card, "622202*********1234");
    assert_string_equal(paid->slip.date, TODAY);
}

/* The greeting's clock was of the day before: the slip is of the day that it names. */
static void the_slips_day_is_the_sales(void **state) {
    (void)state;
    story_pinpad_ms = STORY_WALL_MS - INT64_C(24) * 3600 * 1000;
    at_the_pinpad(1);
    assert_string_equal(story.order.legs[0].slip.date, YESTERDAY);
    approved();
    assert_string_equal(story.order.legs[0].slip.date, TODAY);
    story_pinpad_ms = STORY_WALL_MS;
}

/* Code 10: the bank approved less than was asked for. */
static void a_part_that_was_approved_is_a_case(void **state) {
    (void)state;
    at_the_pinpad(1);
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_ACCEPTED,
                                               .trade = TRADE_PAID,
                                               .has_amount = true,
                                               .amount = {story.order.legs[0].amount.fen - 1},
                                               .code = "10"});
    assert_int_equal(leg(), LEG_CASE);
    assert_int_equal(story.order.legs[0].reason, CASE_AMOUNT_MISMATCH);
}

static void a_refused_card_ends_it(void **state) {
    (void)state;
    at_the_pinpad(1);
    declined("51");
    assert_int_equal(leg(), LEG_DECLINED);
    story_durable(&story);
    assert_true(order_finished(&story.order));
}

static void a_cancel_goes_beside_the_sale_and_the_pinpad_decides(void **state) {
    (void)state;
    at_the_pinpad(1);
    uint32_t sale = story.request;
    story_cancel(&story);
    assert_int_equal(story.verb, VERB_CLOSE);
    assert_int_equal(story.out.items[0].of.send.timeout_ms, story.limits.answer_ms);
    uint32_t cancel = story.request;
    assert_true(order_awaits(&story.order, sale));
    assert_true(order_awaits(&story.order, cancel));
    story_cancel(&story);
    assert_int_equal(story.request, cancel); /* one at a time */
    story_says(&story, OUTCOME_ACCEPTED, "00");
    assert_int_equal(leg(), LEG_PLACING); /* no proof of anything */
    assert_false(order_awaits(&story.order, cancel));
    story.request = sale;
    approved();
    assert_int_equal(leg(), LEG_PAID);
}

static void a_cancelled_sale_was_not_paid(void **state) {
    (void)state;
    at_the_pinpad(1);
    story_cancel(&story);
    story_says(&story, OUTCOME_ACCEPTED, "00");
    story.request = story.order.run.leg[0].request;
    declined("Z1");
    assert_int_equal(leg(), LEG_DECLINED);
    assert_int_equal(story.order.claims[0].state, CLAIM_VOID);
}

static void no_cancel_once_it_is_only_asked_about(void **state) {
    (void)state;
    at_the_pinpad(1);
    nothing_is_heard();
    story_cancel(&story);
    assert_int_equal(story.verb, VERB_ASK); /* somebody else may stand at the pinpad */
}

static void a_lost_answer_is_asked_for_and_never_sold_again(void **state) {
    (void)state;
    at_the_pinpad(1);
    nothing_is_heard();
    assert_int_equal(leg(), LEG_PLACE_UNKNOWN);
    ask_in_vain(20000);
    approved();
    assert_int_equal(leg(), LEG_PAID);
    assert_int_equal(story.order.legs[0].place_tries, 1);
}

static void what_the_pinpad_never_had_was_not_paid(void **state) {
    (void)state;
    at_the_pinpad(1);
    nothing_is_heard();
    assert_true(story_until_sent(&story, 60000));
    says("Z5", TODAY);
    assert_int_equal(leg(), LEG_PLACE_UNKNOWN); /* it may be on its way */
    ask_in_vain(30000);
    says("Z5", YESTERDAY);
    assert_int_equal(leg(), LEG_PLACE_UNKNOWN); /* of another day it remembers nothing */
    assert_true(story_until_sent(&story, 60000));
    says("Z3", TODAY);
    assert_int_equal(leg(), LEG_PLACE_UNKNOWN);
    assert_true(story_until_sent(&story, 60000));
    says("Z5", TODAY);
    assert_int_equal(leg(), LEG_DECLINED);
}

static void after_a_restart_the_pinpad_has_time_to_hear_the_sale(void **state) {
    (void)state;
    at_the_pinpad(1);
    story_restart(&story);
    assert_int_equal(story.verb, VERB_ASK);
    says("Z5", TODAY);
    assert_int_equal(leg(), LEG_PLACE_UNKNOWN);
    ask_in_vain(30000);
    says("Z5", TODAY);
    assert_int_equal(leg(), LEG_DECLINED);
}

static void a_slow_customer_is_not_given_up(void **state) {
    (void)state;
    at_the_pinpad(1);
    uint32_t sale = story.request;
    story_tick(&story, story.limits.expire_ms + 60000);
    assert_true(order_awaits(&story.order, sale));
    approved();
    assert_int_equal(leg(), LEG_PAID); /* the pinpad, not our clock, ends a sale */
}

/* A night without power: its silence of one question in the morning is no reason for a person. */
static void a_pinpad_that_starts_later_than_we_do_is_asked_again(void **state) {
    (void)state;
    at_the_pinpad(1);
    story.now.wall_ms += INT64_C(10) * 3600 * 1000;
    story_restart(&story);
    nothing_is_heard();
    assert_int_equal(leg(), LEG_PLACE_UNKNOWN);
    ask_in_vain(story.limits.credit_deadline_ms - 60000);
    approved();
    assert_int_equal(leg(), LEG_PAID);
}

static void a_pinpad_that_never_says_is_a_case(void **state) {
    (void)state;
    at_the_pinpad(1);
    nothing_is_heard();
    for (int i = 0; i < 1000 && leg() != LEG_CASE; i++) {
        assert_true(story_until_sent(&story, 60000));
        nothing_is_heard();
    }
    assert_int_equal(leg(), LEG_CASE);
    assert_int_equal(story.order.legs[0].reason, CASE_PAYMENT_UNKNOWN);
    assert_true(story.now.wall_ms >=
                story.order.legs[0].expire_ms + story.limits.credit_deadline_ms);
}

/* The hospital definitely refuses the deposit that was paid. */
static void refused_by_the_hospital(void) {
    at_the_pinpad(0);
    approved();
    story_durable(&story);
    assert_int_equal(story.verb, VERB_CREDIT);
    story_refuses(&story, 0);
    assert_int_equal(story.order.claims[0].state, CLAIM_REVERSING);
    story_durable(&story);
    assert_int_equal(story.verb, VERB_REFUND);
}

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

/* Questions about the return without an answer, until nothing of it can be on its way. */
static void ask_for_the_return_in_vain(void) {
    for (int64_t began = story.now.mono_ms; story.now.mono_ms < began + 40000;) {
        assert_true(story_until_sent(&story, 60000));
        assert_int_equal(story.verb, VERB_ASK_REFUND);
        nothing_is_heard();
    }
    assert_true(story_until_sent(&story, 60000));
    assert_int_equal(story.verb, VERB_ASK_REFUND);
}

/* A pinpad has the act: the bank did not answer (98), its card was charged with a flaw, the pinpad
 * itself does not know. */
static const char *const has_the_act[] = {"98", "A2", "Z6"};

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
        cmocka_unit_test(a_sale_keeps_what_its_slip_says),
        cmocka_unit_test(the_slips_day_is_the_sales),
        cmocka_unit_test(a_part_that_was_approved_is_a_case),
        cmocka_unit_test(a_refused_card_ends_it),
        cmocka_unit_test(a_cancel_goes_beside_the_sale_and_the_pinpad_decides),
        cmocka_unit_test(a_cancelled_sale_was_not_paid),
        cmocka_unit_test(no_cancel_once_it_is_only_asked_about),
        cmocka_unit_test(a_lost_answer_is_asked_for_and_never_sold_again),
        cmocka_unit_test(what_the_pinpad_never_had_was_not_paid),
        cmocka_unit_test(after_a_restart_the_pinpad_has_time_to_hear_the_sale),
        cmocka_unit_test(a_slow_customer_is_not_given_up),
        cmocka_unit_test(a_pinpad_that_starts_later_than_we_do_is_asked_again),
        cmocka_unit_test(a_pinpad_that_never_says_is_a_case),
        cmocka_unit_test(a_refused_credit_goes_back_to_the_card),
        cmocka_unit_test(a_lost_return_is_sent_again_only_when_the_pinpad_never_had_it),
        cmocka_unit_test(what_the_pinpad_has_answered_it_cannot_never_have_had),
        cmocka_unit_test(another_pinpad_denies_nothing),
        cmocka_unit_test(a_pinpad_without_a_number_denies_nothing),
        cmocka_unit_test(a_sale_that_leaves_to_another_pinpad_is_not_denied_by_the_first),
        cmocka_unit_test(a_sale_whose_pinpad_cannot_be_written_does_not_leave),
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
        cmocka_unit_test(what_was_sold_on_the_pinpads_day_before_is_not_denied_by_the_next),
        cmocka_unit_test(a_return_of_the_pinpads_day_before_is_not_sent_again),
        cmocka_unit_test(about_its_midnight_nobody_knows_the_pinpads_day),
        cmocka_unit_test(a_pinpad_without_a_clock_denies_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
