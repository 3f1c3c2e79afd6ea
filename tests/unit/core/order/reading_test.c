/* links: app/core/order/ app/core/terms/ tests/support/order_story.c */
/* What an answer means for the money of a leg: its word counts only where the outcome agrees. */
#include "app/core/order/parts.h"
#include "tests/support/insured_story.h"

static enum news news_of_leg(enum route route, enum verb verb, struct event_answer answer) {
    static struct effects out;
    struct turn turn;
    story_begin_by(&story, 1, CHANNEL_WECHAT, route);
    struct order_rules rules = story_rules(&story);
    leg->state = LEG_WAITING;
    turn_begin(&turn, order, &rules, story.now, &out);
    return leg_read(&turn, 0, verb, &answer);
}

static void a_word_counts_where_the_outcome_agrees(void **state) {
    static const struct {
        enum trade_state trade;
        enum outcome outcome; /* the one that agrees */
        enum news news;
    } rows[] = {{TRADE_WAIT, OUTCOME_PENDING, NEWS_WAIT},
                {TRADE_PAID, OUTCOME_ACCEPTED, NEWS_PAID},
                {TRADE_FAILED, OUTCOME_DECLINED, NEWS_FAILED},
                {TRADE_CLOSED, OUTCOME_DECLINED, NEWS_FAILED},
                {TRADE_SETTLING, OUTCOME_PENDING, NEWS_SETTLING}};
    static const enum outcome outcomes[] = {OUTCOME_ACCEPTED, OUTCOME_PENDING, OUTCOME_DECLINED,
                                            OUTCOME_UNKNOWN, OUTCOME_MALFORMED};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        for (size_t o = 0; o < sizeof outcomes / sizeof outcomes[0]; o++) {
            struct event_answer answer = {.outcome = outcomes[o],
                                          .trade = rows[i].trade,
                                          .has_amount = true,
                                          .amount = {1000},
                                          .reached = true};
            assert_int_equal(news_of_leg(ROUTE_UPP, VERB_ASK, answer),
                             outcomes[o] == rows[i].outcome ? rows[i].news : NEWS_NONE);
        }
}

/* Paid without an amount is paid where no amount is ever named. */
static void paid_names_how_much(void **state) {
    struct event_answer answer = {
        .outcome = OUTCOME_ACCEPTED, .trade = TRADE_PAID, .reached = true};
    (void)state;
    assert_int_equal(news_of_leg(ROUTE_UPP, VERB_ASK, answer), NEWS_NONE);
    assert_int_equal(news_of_leg(ROUTE_MMPC, VERB_ASK, answer), NEWS_NONE);
    answer.has_amount = true;
    answer.amount.fen = 1000;
    assert_int_equal(news_of_leg(ROUTE_UPP, VERB_ASK, answer), NEWS_PAID);
}

/* That it knows nothing of it the centre cannot say: it refuses the question. For the others that
 * is no word at all. */
static void only_a_centre_that_has_no_word_for_it_says_absent_by_a_refusal(void **state) {
    static const struct {
        enum route route;
        enum outcome outcome;
        enum trade_state trade;
        const char *code;
        bool absent;
    } rows[] = {{ROUTE_MMPC, OUTCOME_UNKNOWN, TRADE_NONE, "0", true},
                {ROUTE_MMPC, OUTCOME_UNKNOWN, TRADE_NONE, "-28", false},
                {ROUTE_MMPC, OUTCOME_PENDING, TRADE_NONE, "0", false},
                {ROUTE_MMPC, OUTCOME_UNKNOWN, TRADE_OTHER, "0", false},
                {ROUTE_UPP, OUTCOME_UNKNOWN, TRADE_NONE, "0", false},
                {ROUTE_UPP, OUTCOME_UNKNOWN, TRADE_ABSENT, "0", true}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct event_answer answer = {.outcome = rows[i].outcome, .trade = rows[i].trade};
        struct leg asked = {.route = rows[i].route, .in_no = "ORD1"};
        strcpy(answer.code, rows[i].code);
        assert_int_equal(leg_is_absent(&asked, &answer), rows[i].absent);
    }
}

/* Our upload's answer was lost: what the centre tells of under the bill's number may be another's.
 * That it has one at all must be said. */
static void what_the_centre_has_unnamed_is_nobodys(void **state) {
    static const struct {
        enum outcome outcome;
        enum trade_state trade;
        const char *in_no;
        bool there;
    } rows[] = {
        {OUTCOME_PENDING, TRADE_WAIT, "", true},     {OUTCOME_PENDING, TRADE_SETTLING, "", true},
        {OUTCOME_UNKNOWN, TRADE_NONE, "ORD1", true}, {OUTCOME_UNKNOWN, TRADE_NONE, "", false},
        {OUTCOME_UNKNOWN, TRADE_ABSENT, "", false},  {OUTCOME_UNKNOWN, TRADE_OTHER, "", false},
        {OUTCOME_MALFORMED, TRADE_WAIT, "", false}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct event_answer answer = {
            .outcome = rows[i].outcome, .trade = rows[i].trade, .reached = true, .code = "0"};
        strcpy(answer.in_no, rows[i].in_no);
        news_of_leg(ROUTE_MMPC, VERB_ASK, answer);
        assert_int_equal(order->claims[0].unproven, rows[i].there);
        news_of_leg(ROUTE_UPP, VERB_ASK, answer);
        assert_false(order->claims[0].unproven);
    }
}

static void says_it_contradicts(void) {
    next_is(VERB_ASK);
    says_split(OUTCOME_UNKNOWN, TRADE_CONTRADICTS, "6", 250);
}
static void says_it_waits(void) {
    next_is(VERB_ASK);
    says(OUTCOME_PENDING, TRADE_WAIT, "1");
}
static void asks_for(int64_t ms, void (*hears)(void)) {
    for (int64_t end_ms = story.now.mono_ms + ms; story.now.mono_ms < end_ms;)
        hears();
}

/* However long it was open before: a contradiction is one when it stands for a while. */
static void a_contradiction_counts_from_when_it_began(void **state) {
    (void)state;
    uploaded();
    asks_for(2 * story.limits.credit_quiet_ms, says_it_waits);
    says_it_contradicts();
    assert_int_equal(leg->state, LEG_WAITING);
    says_it_waits(); /* it is over ... */
    asks_for(2 * story.limits.credit_quiet_ms, says_it_waits);
    says_it_contradicts(); /* ... and this is another */
    assert_int_equal(leg->state, LEG_WAITING);
    int64_t began_ms = story.now.mono_ms;
    while (leg->state == LEG_WAITING)
        says_it_contradicts();
    assert_int_equal(leg->reason, CASE_SPLIT_WRONG);
    assert_true(story.now.mono_ms >= began_ms + story.limits.credit_quiet_ms);
}

static void an_answer_that_says_nothing_ends_no_contradiction(void **state) {
    (void)state;
    uploaded();
    says_it_contradicts();
    for (int64_t end_ms = story.now.mono_ms + story.limits.credit_quiet_ms;
         story.now.mono_ms < end_ms;) {
        next_is(VERB_ASK);
        says(OUTCOME_UNKNOWN, TRADE_NONE, "-28");
    }
    says_it_contradicts();
    assert_int_equal(leg->reason, CASE_SPLIT_WRONG);
}

/* Who pays what is known before it is settled, and changes while it is; shown is what was known. */
static void the_split_is_kept_as_it_is_named(void **state) {
    (void)state;
    uploaded();
    next_is(VERB_ASK);
    says_split(OUTCOME_PENDING, TRADE_WAIT, "1", 200);
    assert_int_equal(leg->shown_own.fen, 200);
    next_is(VERB_ASK);
    says_split(OUTCOME_PENDING, TRADE_SETTLING, "2", 250);
    assert_int_equal(leg->split.own.fen, 250);
    assert_int_equal(leg->shown_own.fen, 200);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_word_counts_where_the_outcome_agrees),
        cmocka_unit_test(paid_names_how_much),
        cmocka_unit_test(only_a_centre_that_has_no_word_for_it_says_absent_by_a_refusal),
        cmocka_unit_test(what_the_centre_has_unnamed_is_nobodys),
        cmocka_unit_test(a_contradiction_counts_from_when_it_began),
        cmocka_unit_test(an_answer_that_says_nothing_ends_no_contradiction),
        cmocka_unit_test(the_split_is_kept_as_it_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
