/* links: app/core/order/ app/core/terms/ tests/support/order_story.c */
/* A bill on the phone whose fees were uploaded: the HIS and the insurance do not say the same. What
 * does not fit may be the middle of the portal's work, and has its time. */
#include "tests/support/uploaded_story.h"

/* What comes of each word of the insurance, while the HIS says no and while it has booked the bill.
 */
enum then { WAITS, PAID, CASE_AT_ONCE, CASE_WHEN_IT_STANDS };
static const struct {
    enum outcome outcome;
    enum trade_state trade;
    const char *code;
    enum then unbooked, booked;
    enum case_reason reason;
} words[] = {
    {OUTCOME_ACCEPTED, TRADE_PAID, "6", CASE_WHEN_IT_STANDS, PAID, CASE_CREDIT_UNKNOWN},
    {OUTCOME_PENDING, TRADE_SETTLING, "4", CASE_WHEN_IT_STANDS, CASE_WHEN_IT_STANDS,
     CASE_HALF_SETTLED},
    {OUTCOME_UNKNOWN, TRADE_HALF_RETURNED, "8", CASE_WHEN_IT_STANDS, CASE_WHEN_IT_STANDS,
     CASE_HALF_SETTLED},
    {OUTCOME_UNKNOWN, TRADE_OWN_STRANDED, "16", CASE_WHEN_IT_STANDS, CASE_WHEN_IT_STANDS,
     CASE_HALF_SETTLED},
    {OUTCOME_UNKNOWN, TRADE_CONTRADICTS, "6", CASE_WHEN_IT_STANDS, CASE_WHEN_IT_STANDS,
     CASE_SPLIT_WRONG},
    {OUTCOME_UNKNOWN, TRADE_RETURN_FAILED, "5", CASE_WHEN_IT_STANDS, CASE_WHEN_IT_STANDS,
     CASE_ABNORMAL},
    {OUTCOME_UNKNOWN, TRADE_RETURN_ODD, "5", CASE_WHEN_IT_STANDS, CASE_WHEN_IT_STANDS,
     CASE_ABNORMAL},
    {OUTCOME_UNKNOWN, TRADE_RETURNED, "7", WAITS, CASE_WHEN_IT_STANDS, CASE_CREDIT_CONTRADICTS},
    {OUTCOME_UNKNOWN, TRADE_ABNORMAL, "14", CASE_AT_ONCE, CASE_AT_ONCE, CASE_ABNORMAL},
    {OUTCOME_DECLINED, TRADE_FAILED, "15", WAITS, PAID, CASE_NONE},
};

static void both_say(size_t i, bool booked) {
    if (booked)
        his_has_it();
    else
        his_says(OUTCOME_DECLINED, HIS_SAYS_NO);
    asked_now_is(VERB_ASK);
    says_split(words[i].outcome, words[i].trade, words[i].code, 250);
}

/* Until it is decided, or for three times as long as a contradiction stands. */
static enum then what_comes_of(size_t i, bool booked) {
    uploaded_and_pushed();
    int64_t since_ms = story.now.mono_ms, passed_ms;
    do {
        both_say(i, booked);
        passed_ms = story.now.mono_ms - since_ms;
    } while (leg->state == LEG_PUSHED && passed_ms < 3 * story.limits.credit_deadline_ms);
    if (leg->state == LEG_PUSHED)
        return WAITS;
    if (leg->state == LEG_PAID)
        return PAID;
    assert_int_equal(leg->state, LEG_CASE);
    assert_int_equal(leg->reason, words[i].reason);
    assert_true(order_claim_holds(order, 0));
    if (passed_ms < story.limits.credit_deadline_ms)
        return CASE_AT_ONCE;
    assert_true(passed_ms < 2 * story.limits.credit_deadline_ms);
    return CASE_WHEN_IT_STANDS;
}

static void each_word_has_its_end(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        for (int booked = 0; booked < 2; booked++)
            if (what_comes_of(i, booked) != (booked ? words[i].booked : words[i].unbooked))
                fail_msg("word %zu, booked %d: leg %d", i, booked, leg->state);
}

/* Settled by the upload, it is known who paid what; by another way it is not, whatever the upload
 * has shown before. */
static void what_is_paid_is_written_with_what_is_known(void **state) {
    (void)state;
    for (int by_upload = 0; by_upload < 2; by_upload++) {
        uploaded_and_pushed();
        his_says(OUTCOME_DECLINED, HIS_SAYS_NO);
        asked_now_is(VERB_ASK);
        says_split(OUTCOME_PENDING, TRADE_WAIT, "1", 250);
        assert_true(leg->split_known);
        his_has_it();
        asked_now_is(VERB_ASK);
        struct event_answer answer = answer_in(by_upload ? OUTCOME_ACCEPTED : OUTCOME_DECLINED,
                                               by_upload ? TRADE_PAID : TRADE_FAILED, "6");
        answer.time_ms = by_upload ? STORY_WALL_MS + 77 : 0;
        answer.has_amount = true;
        answer.amount.fen = 1000;
        answer.split = (struct split){.own = {250}, .account = {100}, .fund = {650}};
        story_answer(&story, answer);
        bool noted = false;
        for (int n = 0; n < story.note_count; n++)
            noted = noted || story.notes[n].note == NOTE_PAID;
        assert_true(noted);
        assert_int_equal(leg->paid_ms, by_upload ? STORY_WALL_MS + 77 : story.now.wall_ms);
        assert_int_equal(order_split_is_known(leg), by_upload);
        assert_int_equal(leg->split_known, by_upload);
    }
}

/* It was one as long as it stood, not all the time that it was asked about. */
static void a_contradiction_that_goes_away_begins_anew(void **state) {
    (void)state;
    uploaded_and_pushed();
    his_says(OUTCOME_DECLINED, HIS_SAYS_NO);
    centre_says(OUTCOME_PENDING, TRADE_SETTLING, "2");
    story_tick(&story, story.limits.credit_deadline_ms - 60000);
    his_says(OUTCOME_DECLINED, HIS_SAYS_NO);
    centre_says(OUTCOME_PENDING, TRADE_WAIT, "1");
    story_tick(&story, 120000);
    his_says(OUTCOME_DECLINED, HIS_SAYS_NO);
    centre_says(OUTCOME_PENDING, TRADE_SETTLING, "2");
    assert_int_equal(leg->state, LEG_PUSHED);
}

/* A HIS that is down has not contradicted anything. */
static void a_silent_his_makes_no_contradiction(void **state) {
    (void)state;
    uploaded_and_pushed();
    while (story.now.wall_ms < leg->expire_ms + 5 * HOURS_MS) {
        his_says(OUTCOME_UNKNOWN, "-28");
        centre_settled();
        assert_int_equal(leg->state, LEG_PUSHED);
    }
    his_has_it();
    centre_settled();
    assert_int_equal(claim->state, CLAIM_DONE);
}

static void abnormal_is_a_case_at_once(void **state) {
    (void)state;
    uploaded_and_pushed();
    his_says(OUTCOME_DECLINED, HIS_SAYS_NO);
    centre_says(OUTCOME_UNKNOWN, TRADE_ABNORMAL, "14");
    assert_int_equal(leg->state, LEG_CASE);
    assert_int_equal(leg->reason, CASE_ABNORMAL);
}

static void another_amount_is_a_case(void **state) {
    (void)state;
    uploaded_and_pushed();
    his_has_it();
    asked_now_is(VERB_ASK);
    struct event_answer answer = answer_in(OUTCOME_ACCEPTED, TRADE_PAID, "6");
    answer.has_amount = true;
    answer.amount.fen = 1001;
    story_answer(&story, answer);
    assert_int_equal(leg->reason, CASE_AMOUNT_MISMATCH);
    uploaded_and_pushed();
    asked_now_is(VERB_ASK_CREDIT);
    story_answer(&story, (struct event_answer){.outcome = OUTCOME_ACCEPTED,
                                               .code = "succ",
                                               .has_amount = true,
                                               .amount.fen = 1001});
    assert_int_equal(leg->reason, CASE_AMOUNT_MISMATCH);
    story_durable(&story);
    assert_int_equal(order_deadline(order), INT64_MAX);
}

static void booked_and_open(void) {
    his_has_it();
    story_durable(&story);
    centre_says(OUTCOME_PENDING, TRADE_WAIT, "1");
    assert_int_equal(leg->state, LEG_PUSHED);
}

/* A window has settled the bill, or the portal by an upload of its own: ours is open, and the phone
 * could pay it again. */
static void what_was_settled_without_the_upload_revokes_it(void **state) {
    (void)state;
    uploaded_and_pushed();
    booked_and_open();
    int64_t since_ms = story.now.mono_ms;
    while (story.verb != VERB_CLOSE) /* the portal may be in the middle of settling it */
        booked_and_open();
    assert_true(story.now.mono_ms - since_ms >= story.limits.credit_deadline_ms);
    assert_true(story.now.mono_ms - since_ms < 2 * story.limits.credit_deadline_ms);
    story_says(&story, OUTCOME_UNKNOWN, "-28");
    for (int asked = 0; asked < 3; asked++) { /* a revoke that nobody answers is sent again */
        booked_and_open();
        assert_int_equal(story.verb, VERB_CLOSE);
        assert_int_equal(story.note, NOTE_CLOSING);
        story_says(&story, OUTCOME_UNKNOWN, "-28");
        assert_false(order_only_waits(order));
    }
    his_has_it();
    story_durable(&story);
    centre_says(OUTCOME_UNKNOWN, TRADE_REVOKED, "12");
    assert_int_equal(leg->state, LEG_PAID);
    assert_int_equal(claim->state, CLAIM_DONE);
    assert_false(order_split_is_known(leg)); /* nobody has told it */
    assert_true(order_finished(order));
}

/* The insurance was half done before the bill was booked: the time counts from the booking. */
static void what_did_not_fit_before_the_booking_does_not_count(void **state) {
    (void)state;
    uploaded_and_pushed();
    his_says(OUTCOME_DECLINED, HIS_SAYS_NO);
    centre_says(OUTCOME_PENDING, TRADE_SETTLING, "2");
    story_tick(&story, story.limits.credit_deadline_ms - 60000);
    if (story.verb == VERB_NONE)
        next_is(VERB_ASK_CREDIT);
    int64_t since_ms = story.now.mono_ms;
    while (story.verb != VERB_CLOSE)
        booked_and_open();
    assert_true(story.now.mono_ms - since_ms >= story.limits.credit_deadline_ms);
}

/* Booked and open for long, and then something else is said: that has its own time. */
static void another_word_begins_its_time_anew(void **state) {
    static const struct {
        enum outcome outcome;
        enum trade_state trade;
        const char *code;
        enum leg_state end;
    } rows[] = {{OUTCOME_UNKNOWN, TRADE_NONE, "0", LEG_PAID}, /* it has none, for some minutes */
                {OUTCOME_PENDING, TRADE_SETTLING, "2", LEG_CASE}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        uploaded_and_pushed();
        booked_and_open();
        int64_t open_ms = story.now.mono_ms;
        while (story.now.mono_ms - open_ms < story.limits.credit_deadline_ms - 60000)
            booked_and_open();
        int64_t since_ms = story.now.mono_ms;
        while (leg->state == LEG_PUSHED) {
            assert_int_not_equal(story.verb, VERB_CLOSE);
            his_has_it();
            story_durable(&story);
            centre_says(rows[i].outcome, rows[i].trade, rows[i].code);
        }
        assert_int_equal(leg->state, rows[i].end);
        assert_true(story.now.mono_ms - since_ms >= story.limits.credit_deadline_ms);
    }
}

static void own_part_strands(void) {
    his_says(OUTCOME_DECLINED, HIS_SAYS_NO);
    asked_now_is(VERB_ASK);
    struct event_answer answer = answer_in(OUTCOME_UNKNOWN, TRADE_OWN_STRANDED, "16");
    answer.has_amount = true;
    answer.amount.fen = 1000;
    answer.split = (struct split){.own = {250}, .fund = {750}};
    story_answer(&story, answer);
}

static void it_is_written_once_each_time(void **state) {
    (void)state;
    uploaded_and_pushed();
    own_part_strands();
    assert_int_equal(story.persists, 1);
    assert_int_equal(story.note, NOTE_STRANDED);
    story_durable(&story);
    own_part_strands();
    assert_int_equal(story.persists, 0);
    his_says(OUTCOME_DECLINED, HIS_SAYS_NO);
    centre_says(OUTCOME_PENDING, TRADE_WAIT, "1");
    own_part_strands();
    assert_int_equal(story.persists, 1);
}

/* Nobody says what became of the upload of a booked bill: at the end of the watch it is paid. */
static void what_stays_dark_is_paid_at_the_end_of_the_watch(void **state) {
    (void)state;
    uploaded_and_pushed();
    while (leg->state == LEG_PUSHED) {
        assert_true(story.now.wall_ms < leg->watch_until_ms + HOURS_MS);
        his_has_it();
        story_durable(&story);
        asked_now_is(VERB_ASK);
        story_says(&story, OUTCOME_UNKNOWN, "-28");
        assert_int_not_equal(story.verb, VERB_CLOSE); /* nobody says that it is open */
    }
    assert_int_equal(leg->state, LEG_PAID);
    assert_true(story.now.wall_ms >= leg->watch_until_ms);
}

/* A HIS that is down at the end of the watch gets as long again. */
static void a_silent_his_is_watched_twice_as_long(void **state) {
    (void)state;
    uploaded_and_pushed();
    while (leg->state == LEG_PUSHED) {
        his_says(OUTCOME_UNKNOWN, "-28");
        centre_says(OUTCOME_PENDING, TRADE_WAIT, "1");
    }
    assert_int_equal(leg->reason, CASE_PAYMENT_UNKNOWN);
    assert_true(story.now.wall_ms >= leg->watch_until_ms + story.policy.late_window_ms);
}

/* The own part is there and the insurance failed, then it is back: that is known after a restart,
 * too. Who has only heard of the return cannot know what it is the half of. */
static void a_stranded_own_part_is_remembered(void **state) {
    (void)state;
    for (int heard = 0; heard < 2; heard++) {
        uploaded_and_pushed();
        if (heard) {
            own_part_strands();
            assert_int_equal(story.note, NOTE_STRANDED);
            story_durable(&story);
            assert_true(leg->own_only);
        }
        story_restart(&story);
        int64_t since_ms = story.now.mono_ms;
        while (leg->state == LEG_PUSHED &&
               story.now.mono_ms - since_ms < 2 * story.limits.credit_deadline_ms) {
            his_says(OUTCOME_DECLINED, HIS_SAYS_NO);
            centre_says(OUTCOME_UNKNOWN, TRADE_OWN_RETURNED, "9");
        }
        assert_int_equal(leg->state, heard ? LEG_PUSHED : LEG_CASE);
    }
}

static void over_beside_a_booked_bill_is_the_end(void **state) {
    (void)state;
    uploaded_and_pushed();
    his_has_it();
    centre_says(OUTCOME_DECLINED, TRADE_FAILED, "15");
    assert_int_equal(leg->state, LEG_PAID);
}

/* The insurance may answer from an old copy. */
static void gone_beside_a_booked_bill_is_the_end_when_it_stays_gone(void **state) {
    (void)state;
    uploaded_and_pushed();
    int64_t since_ms = story.now.mono_ms;
    while (leg->state == LEG_PUSHED) {
        his_has_it();
        centre_says(OUTCOME_UNKNOWN, TRADE_NONE, "0");
    }
    assert_int_equal(leg->state, LEG_PAID);
    assert_true(story.now.mono_ms - since_ms >= story.limits.credit_deadline_ms);
}

/* Given back at the insurance: by whom it was settled decides. */
static void given_back_there_and_booked_is_another_s_or_a_contradiction(void **state) {
    (void)state;
    uploaded_and_pushed();
    his_says(OUTCOME_ACCEPTED, "succ");
    assert_true(claim->unproven);
    centre_says(OUTCOME_UNKNOWN, TRADE_RETURNED, "7");
    assert_int_equal(order_verdict(order), VERDICT_UNPROVEN);
    uploaded_and_pushed();
    while (leg->state == LEG_PUSHED) {
        his_has_it();
        centre_says(OUTCOME_UNKNOWN, TRADE_RETURNED, "7");
    }
    assert_int_equal(leg->reason, CASE_CREDIT_CONTRADICTS);
}

/* It may be open: it is asked about until somebody says so. */
static void a_silent_insurance_beside_a_booked_bill_is_asked_on(void **state) {
    (void)state;
    uploaded_and_pushed();
    for (int asked = 0; asked < 20; asked++) {
        his_has_it();
        asked_now_is(VERB_ASK);
        story_says(&story, OUTCOME_UNKNOWN, "-28");
        assert_int_equal(leg->state, LEG_PUSHED);
        assert_false(order_only_waits(order));
    }
    his_has_it();
    centre_settled();
    assert_int_equal(leg->state, LEG_PAID);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_word_has_its_end),
        cmocka_unit_test(what_is_paid_is_written_with_what_is_known),
        cmocka_unit_test(a_contradiction_that_goes_away_begins_anew),
        cmocka_unit_test(a_silent_his_makes_no_contradiction),
        cmocka_unit_test(abnormal_is_a_case_at_once),
        cmocka_unit_test(another_amount_is_a_case),
        cmocka_unit_test(what_was_settled_without_the_upload_revokes_it),
        cmocka_unit_test(what_did_not_fit_before_the_booking_does_not_count),
        cmocka_unit_test(another_word_begins_its_time_anew),
        cmocka_unit_test(it_is_written_once_each_time),
        cmocka_unit_test(what_stays_dark_is_paid_at_the_end_of_the_watch),
        cmocka_unit_test(a_silent_his_is_watched_twice_as_long),
        cmocka_unit_test(a_stranded_own_part_is_remembered),
        cmocka_unit_test(over_beside_a_booked_bill_is_the_end),
        cmocka_unit_test(gone_beside_a_booked_bill_is_the_end_when_it_stays_gone),
        cmocka_unit_test(given_back_there_and_booked_is_another_s_or_a_contradiction),
        cmocka_unit_test(a_silent_insurance_beside_a_booked_bill_is_asked_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
