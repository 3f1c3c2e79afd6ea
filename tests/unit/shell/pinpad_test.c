/* An order's verbs as operations of a pinpad, its codes as outcomes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "app/shell/pinpad.h"

#define NOON_MS INT64_C(1795147200000) /* 2026-11-20 12:00 in China */
#define DAY_MS INT64_C(86400000)
#define MINUTE_MS INT64_C(60000)

/* 165.70 paid by card today. */
static struct order paid_order(void) {
    struct order order = {.no = "26112012000000010042", .leg_count = 1};
    struct leg *leg = &order.legs[0];
    *leg = (struct leg){.route = ROUTE_POS,
                        .channel = CHANNEL_CARD,
                        .amount = {16570},
                        .out_no = "000000700001",
                        .slip = {.voucher = "000017", .date = "20261120"}};
    memcpy(leg->no, order.no, sizeof leg->no);
    return order;
}

static struct pos_request asked_at(const struct order *order, enum verb verb, int refund,
                                   int64_t wall_ms) {
    struct effect effect = {.number = 7, .refund = (int8_t)refund, .of.send.verb = verb};
    return pinpad_request(order, &effect, "0001", wall_ms);
}

static struct pos_request asked(const struct order *order, enum verb verb, int refund) {
    return asked_at(order, verb, refund, NOON_MS);
}

static struct pos_request returned_at(int64_t fen, int64_t created_ms, int64_t wall_ms) {
    struct order order = paid_order();
    order.refund_count = 1;
    order.refunds[0] =
        (struct refund){.no = "26112012000500010043", .amount = {fen}, .created_ms = created_ms};
    return asked_at(&order, VERB_REFUND, 0, wall_ms);
}

static struct pos_request returned(int64_t fen, int64_t created_ms) {
    return returned_at(fen, created_ms, created_ms);
}

static void a_sale_and_its_question_name_the_same_sequence(void **state) {
    (void)state;
    struct order order = paid_order();
    struct pos_request sale = asked(&order, VERB_PLACE, PART_NONE);
    struct pos_request query = asked(&order, VERB_ASK, PART_NONE);
    assert_int_equal(sale.operation, POS_SALE);
    assert_string_equal(sale.sequence, "000042");
    assert_string_equal(sale.order_no, order.no);
    assert_string_equal(sale.till, "0001");
    assert_int_equal(sale.amount_fen, 16570);
    assert_int_equal(query.operation, POS_QUERY);
    assert_string_equal(query.sequence, sale.sequence);
    memcpy(order.legs[0].no + 16, "0000", 4);
    assert_string_equal(asked(&order, VERB_PLACE, PART_NONE).sequence, "010000");
    assert_int_equal(asked(&order, VERB_CLOSE, PART_NONE).operation, POS_CANCEL);
}

static void a_whole_sale_of_today_is_voided(void **state) {
    (void)state;
    struct pos_request request = returned(16570, NOON_MS);
    assert_int_equal(request.operation, POS_VOID);
    assert_string_equal(request.sequence, "000043");
    assert_string_equal(request.original_date, "20261120");
    assert_string_equal(request.original_reference, "000000700001");
    assert_string_equal(request.original_voucher, "000017");
}

static void a_part_of_it_or_another_day_is_a_refund(void **state) {
    (void)state;
    struct pos_request part = returned(3600, NOON_MS), later = returned(16570, NOON_MS + DAY_MS);
    assert_int_equal(part.operation, POS_REFUND);
    assert_int_equal(part.amount_fen, 3600);
    assert_int_equal(later.operation, POS_REFUND);
    assert_string_equal(later.original_date, "20261120");
}

/* Opened five minutes before midnight, when no pinpad was there; it leaves nine minutes later, when
 * the pinpad's day is not known: of yesterday's sale nothing can be voided any more. */
static void what_waited_over_midnight_is_a_refund(void **state) {
    int64_t midnight_ms = NOON_MS + DAY_MS / 2;
    (void)state;
    assert_int_equal(
        returned_at(16570, midnight_ms - 5 * MINUTE_MS, midnight_ms - MINUTE_MS).operation,
        POS_VOID);
    assert_int_equal(
        returned_at(16570, midnight_ms - 5 * MINUTE_MS, midnight_ms + 4 * MINUTE_MS).operation,
        POS_REFUND);
}

/* Our clock may be before midnight when the pinpad's is behind it, and the other way round. */
static void the_pinpads_own_day_decides_what_takes_it_back(void **state) {
    static const struct {
        const char *date;
        enum pos_operation operation;
    } rows[] = {{"20261120", POS_VOID}, {"20261121", POS_REFUND}};
    (void)state;
    for (size_t i = 0; i < 2; i++)
        for (int day = 0; day < 2; day++) {
            struct order order = paid_order();
            order.refund_count = 1;
            order.refunds[0] = (struct refund){.no = "26112012000500010043",
                                               .amount = {16570},
                                               .created_ms = NOON_MS + day * DAY_MS};
            strcpy(order.refunds[0].to.date, rows[i].date);
            assert_int_equal(asked(&order, VERB_REFUND, 0).operation, rows[i].operation);
        }
}

/* What moves money leaves to the pinpad that was written before; whoever is there may be asked. */
static void an_act_is_for_the_pinpad_that_was_written(void **state) {
    (void)state;
    struct order order = paid_order();
    strcpy(order.legs[0].slip.terminal, "BENCH001");
    order.refund_count = 1;
    order.refunds[0] = (struct refund){.no = "26112012000500010043", .amount = {16570}};
    strcpy(order.refunds[0].to.terminal, "BENCH002");
    assert_string_equal(asked(&order, VERB_PLACE, PART_NONE).terminal, "BENCH001");
    assert_string_equal(asked(&order, VERB_REFUND, 0).terminal, "BENCH002");
    assert_string_equal(asked(&order, VERB_ASK, PART_NONE).terminal, "");
    assert_string_equal(asked(&order, VERB_ASK_REFUND, 0).terminal, "");
    assert_string_equal(asked(&order, VERB_CLOSE, PART_NONE).terminal, "");
}

static void what_a_code_means_depends_on_what_was_asked(void **state) {
    static const struct {
        enum verb verb;
        const char *code;
        enum outcome outcome;
        enum trade_state trade;
    } rows[] = {
        {VERB_PLACE, "00", OUTCOME_ACCEPTED, TRADE_PAID},
        {VERB_ASK, "00", OUTCOME_ACCEPTED, TRADE_PAID},
        {VERB_REFUND, "00", OUTCOME_ACCEPTED, TRADE_RETURNED},
        {VERB_ASK_REFUND, "00", OUTCOME_ACCEPTED, TRADE_RETURNED},
        {VERB_PLACE, "51", OUTCOME_DECLINED, TRADE_FAILED},
        {VERB_ASK, "91", OUTCOME_UNKNOWN, TRADE_NONE},
        {VERB_PLACE, "98", OUTCOME_UNKNOWN, TRADE_NONE},
        {VERB_ASK, "A0", OUTCOME_UNKNOWN, TRADE_NONE},
        {VERB_REFUND, "98", OUTCOME_UNKNOWN, TRADE_NONE},
        {VERB_REFUND, "25", OUTCOME_DECLINED, TRADE_RETURN_FAILED},
        {VERB_PLACE, "Z1", OUTCOME_DECLINED, TRADE_FAILED},
        {VERB_ASK, "Z2", OUTCOME_DECLINED, TRADE_FAILED},
        {VERB_PLACE, "Z3", OUTCOME_DECLINED, TRADE_FAILED},
        {VERB_ASK, "Z3", OUTCOME_UNKNOWN, TRADE_NONE},
        {VERB_REFUND, "Z3", OUTCOME_UNKNOWN, TRADE_NONE},
        {VERB_PLACE, "Z4", OUTCOME_DECLINED, TRADE_FAILED},
        {VERB_ASK, "Z4", OUTCOME_UNKNOWN, TRADE_NONE},
        {VERB_PLACE, "Z5", OUTCOME_UNKNOWN, TRADE_NONE},
        {VERB_ASK, "Z5", OUTCOME_UNKNOWN, TRADE_NONE},
        {VERB_PLACE, "Z6", OUTCOME_UNKNOWN, TRADE_NONE},
        {VERB_ASK, "Z6", OUTCOME_UNKNOWN, TRADE_NONE},
        {VERB_PLACE, "Z7", OUTCOME_DECLINED, TRADE_FAILED},
        {VERB_ASK_REFUND, "Z7", OUTCOME_UNKNOWN, TRADE_NONE},
        {VERB_PLACE, "", OUTCOME_UNKNOWN, TRADE_NONE},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct pos_result result = {.amount_fen = 100};
        struct event_answer answer;
        strcpy(result.code, rows[i].code);
        pinpad_answer(rows[i].verb, COMPLETED_OK, &result, &answer);
        if (answer.outcome != rows[i].outcome || answer.trade != rows[i].trade)
            fail_msg("row %d: %d %d", (int)i, answer.outcome, answer.trade);
    }
}

/* Field 39 (Q/CUP 006.6 A.2) has more approvals than 00, and codes that say nothing. Whatever those
 * are taken for, the card may be charged: the answer may never be a refusal, after which the same
 * is sold once more. Nor does a code that is none of the bank's two characters refuse anything. */
static void only_a_known_refusal_is_one(void **state) {
    static const char *const approved[] = {"00", "10", "11", "16", "Y1", "Y3"};
    static const char *const open[] = {"09", "68", "91", "94", "96", "98", "99", "A0",
                                       "A2", "A4", "A5", "A6", "Y2", "0",  "??", "?0"};
    static const char *const refused[] = {"01", "04", "05", "12", "25", "51", "55", "61", "97"};
    static const struct {
        const char *const *codes;
        size_t count;
        enum outcome outcome;
    } rows[] = {{approved, sizeof approved / sizeof *approved, OUTCOME_ACCEPTED},
                {open, sizeof open / sizeof *open, OUTCOME_UNKNOWN},
                {refused, sizeof refused / sizeof *refused, OUTCOME_DECLINED}};
    static const enum verb verbs[] = {VERB_PLACE, VERB_ASK, VERB_REFUND, VERB_ASK_REFUND};
    (void)state;
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++)
        for (size_t i = 0; i < rows[r].count * 4; i++) {
            struct pos_result result = {.amount_fen = 16570, .reference = "000000700001"};
            struct event_answer answer;
            bool returns = i % 4 >= 2;
            strcpy(result.code, rows[r].codes[i / 4]);
            pinpad_answer(verbs[i % 4], COMPLETED_OK, &result, &answer);
            enum trade_state approval = returns ? TRADE_RETURNED : TRADE_PAID;
            enum trade_state refusal = returns ? TRADE_RETURN_FAILED : TRADE_FAILED;
            enum trade_state trade = rows[r].outcome == OUTCOME_ACCEPTED   ? approval
                                     : rows[r].outcome == OUTCOME_DECLINED ? refusal
                                                                           : TRADE_NONE;
            if (answer.outcome != rows[r].outcome || answer.trade != trade)
                fail_msg("verb %d, code %s: %s", (int)verbs[i % 4], result.code,
                         outcome_word(answer.outcome));
        }
}

static void only_a_sale_that_never_left_is_over(void **state) {
    (void)state;
    struct pos_result nothing = {.code = ""};
    struct event_answer answer;
    pinpad_answer(VERB_PLACE, COMPLETED_FAILED, &nothing, &answer);
    assert_int_equal(answer.outcome, OUTCOME_DECLINED);
    assert_false(answer.reached);
    pinpad_answer(VERB_REFUND, COMPLETED_FAILED, &nothing, &answer);
    assert_int_equal(answer.outcome, OUTCOME_UNKNOWN);
    pinpad_answer(VERB_PLACE, COMPLETED_UNKNOWN, &nothing, &answer);
    assert_int_equal(answer.outcome, OUTCOME_UNKNOWN);
    assert_true(answer.reached);
}

static void an_amount_beyond_money_is_no_answer(void **state) {
    (void)state;
    struct pos_result result = {.code = "00", .amount_fen = MONEY_MAX_FEN};
    struct event_answer answer;
    pinpad_answer(VERB_PLACE, COMPLETED_OK, &result, &answer);
    assert_int_equal(answer.outcome, OUTCOME_ACCEPTED);
    result.amount_fen++;
    pinpad_answer(VERB_PLACE, COMPLETED_OK, &result, &answer);
    assert_int_equal(answer.outcome, OUTCOME_MALFORMED);
    assert_false(answer.has_amount);
    assert_string_equal(answer.code, "00"); /* of the act: it has that */
}

static void that_the_pinpad_has_it_and_knows_no_end_is_heard(void **state) {
    (void)state;
    struct pos_result result = {.code = "Z6"};
    struct event_answer answer;
    pinpad_answer(VERB_ASK, COMPLETED_UNKNOWN, &result, &answer);
    assert_int_equal(answer.outcome, OUTCOME_UNKNOWN);
    assert_string_equal(answer.code, "Z6");
    strcpy(result.code, "Z3"); /* of the question */
    pinpad_answer(VERB_ASK, COMPLETED_UNKNOWN, &result, &answer);
    assert_string_equal(answer.code, "");
}

static void a_greeting_names_the_pinpad(void **state) {
    (void)state;
    struct pos_result greeted = {
        .code = "00", .terminal = "BENCH001", .date = "20261120", .time = "120000"};
    struct pinpad_known known;
    pinpad_known_of(&greeted, 5000, &known);
    assert_string_equal(known.terminal, "BENCH001");
    assert_int_equal(known.ahead_ms, NOON_MS - 5000);
    greeted.date[0] = '\0';
    pinpad_known_of(&greeted, 5000, &known);
    assert_int_equal(known.ahead_ms, 0);
}

static void the_slip_is_kept_and_a_card_number_is_not(void **state) {
    (void)state;
    struct pos_result result = {.code = "00",
                                .masked_card = "622202000000001234",
                                .voucher = "000017",
                                .reference = "000000700001",
                                .batch = "000003",
                                .terminal = "BENCH001",
                                .date = "20261120",
                                .time = "120000",
                                .amount_fen = 16570};
    struct event_answer answer;
    pinpad_answer(VERB_ASK, COMPLETED_OK, &result, &answer);
    assert_string_equal(answer.slip.card, "622202********1234");
    assert_string_equal(answer.slip.voucher, "000017");
    assert_string_equal(answer.slip.batch, "000003");
    assert_string_equal(answer.slip.terminal, "BENCH001");
    assert_string_equal(answer.no, "000000700001");
    assert_int_equal(answer.time_ms, NOON_MS);
    assert_int_equal(answer.paid_by, CHANNEL_CARD);
    assert_int_equal(answer.amount.fen, 16570);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sale_and_its_question_name_the_same_sequence),
        cmocka_unit_test(a_whole_sale_of_today_is_voided),
        cmocka_unit_test(a_part_of_it_or_another_day_is_a_refund),
        cmocka_unit_test(what_waited_over_midnight_is_a_refund),
        cmocka_unit_test(the_pinpads_own_day_decides_what_takes_it_back),
        cmocka_unit_test(an_act_is_for_the_pinpad_that_was_written),
        cmocka_unit_test(what_a_code_means_depends_on_what_was_asked),
        cmocka_unit_test(only_a_known_refusal_is_one),
        cmocka_unit_test(only_a_sale_that_never_left_is_over),
        cmocka_unit_test(an_amount_beyond_money_is_no_answer),
        cmocka_unit_test(that_the_pinpad_has_it_and_knows_no_end_is_heard),
        cmocka_unit_test(a_greeting_names_the_pinpad),
        cmocka_unit_test(the_slip_is_kept_and_a_card_number_is_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
