/* links: drivers/ drivers/card/ drivers/scanner/ drivers/printer/ drivers/pinpad/ drivers/transport/ drivers/usb/ tests/usbbench/client.c tests/support/usb_story.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/usb_story.h"

static const struct driver_binding bindings[] = {
    {.role = ROLE_PINPAD, .driver = "pinpad-ecr", .port = ""}};

static struct usb *usb;
static uint32_t id;

static int begin(void **state) {
    (void)state;
    usb = story_begin(bindings, 1);
    return story_device(ROLE_PINPAD, DEVICE_READY) ? 0 : -1;
}

static int end(void **state) {
    (void)state;
    story_end(usb);
    static const char *const calm[] = {"heal",           "approve",      "delay 0",
                                       "lose answers 0", "hold off",     "lose acks 0",
                                       "busy off",       "unmasked off", "corrupt 0"};
    for (size_t i = 0; i < sizeof calm / sizeof *calm; i++)
        if (!bench("pinpad %s", calm[i]))
            return -1;
    return 0;
}

/* Every request has its own number; its sequence is that number, as a till's would be. */
static void ask(enum pos_operation operation, unsigned sequence, int64_t amount_fen) {
    struct pos_request request = {.operation = operation, .id = ++id, .amount_fen = amount_fen};
    snprintf(request.sequence, sizeof request.sequence, "00%04u", sequence % 10000);
    snprintf(request.order_no, sizeof request.order_no, "2611201200000001%04u", sequence % 10000);
    usb_pos(usb, &request);
}

static const struct pos_result *expect(enum driver_completion completion, const char *code) {
    const struct driver_event *event = story_pos(id);
    assert_non_null(event);
    assert_int_equal(event->of.pos.completion, completion);
    if (code)
        assert_string_equal(event->of.pos.result.code, code);
    assert_int_equal(story_pos_completions(id), 1);
    return &event->of.pos.result;
}

static void a_sale_is_approved_with_its_progress(void **state) {
    (void)state;
    ask(POS_SALE, 1, 16570);
    const struct pos_result *result = expect(COMPLETED_OK, "00");
    assert_int_equal(result->amount_fen, 16570);
    assert_string_equal(result->masked_card, "622202*********1234");
    assert_string_equal(result->order_no, "26112012000000010001");
    assert_string_equal(result->terminal, "BENCH001");
    for (int progress = 1; progress <= 6; progress++)
        assert_true(story_progress(id, progress));
}

static void a_refusal_is_a_result(void **state) {
    (void)state;
    assert_true(bench("pinpad decline 51"));
    ask(POS_SALE, 2, 100);
    expect(COMPLETED_OK, "51");
    assert_true(bench("pinpad decline Z1"));
    ask(POS_SALE, 3, 100);
    expect(COMPLETED_OK, "Z1");
}

static void a_lost_answer_is_asked_for_not_sold_again(void **state) {
    (void)state;
    assert_true(bench("pinpad lose answers 1"));
    ask(POS_SALE, 4, 200);
    const struct pos_result *result = expect(COMPLETED_OK, "00");
    char voucher[7];
    strcpy(voucher, result->voucher);
    ask(POS_SALE, 5, 200);
    result = expect(COMPLETED_OK, "00");
    assert_true(strcmp(result->voucher, voucher) > 0); /* one sale, then the next */
    int sold = 0, before = 0;
    assert_int_equal(sscanf(result->voucher, "%d", &sold), 1);
    assert_int_equal(sscanf(voucher, "%d", &before), 1);
    assert_int_equal(sold, before + 1);
}

static void silence_after_the_question_is_unknown_and_can_be_asked_later(void **state) {
    (void)state;
    assert_true(bench("pinpad lose answers 2"));
    ask(POS_SALE, 6, 300);
    expect(COMPLETED_UNKNOWN, NULL);
    assert_true(story_device(ROLE_PINPAD, DEVICE_READY)); /* it was asked whether it is there */
    ask(POS_QUERY, 6, 0);
    const struct pos_result *result = expect(COMPLETED_OK, "00");
    assert_int_equal(result->amount_fen, 300);
}

static void a_question_about_nothing_says_so(void **state) {
    (void)state;
    ask(POS_QUERY, 999, 0);
    expect(COMPLETED_OK, "Z5");
}

static void a_busy_pinpad_says_nothing_about_the_money(void **state) {
    (void)state;
    ask(POS_SALE, 7, 100);
    expect(COMPLETED_OK, "00");
    assert_true(bench("pinpad busy on"));
    ask(POS_QUERY, 7, 0);
    expect(COMPLETED_UNKNOWN, NULL);
    assert_true(bench("pinpad busy off"));
    ask(POS_QUERY, 7, 0);
    expect(COMPLETED_OK, "00");
}

static void a_message_that_was_not_heard_is_sent_again_the_same(void **state) {
    (void)state;
    assert_true(bench("pinpad lose acks 2"));
    ask(POS_SALE, 8, 100);
    expect(COMPLETED_OK, "00");
}

static void nobody_there_is_unknown(void **state) {
    (void)state;
    assert_true(bench("pinpad lose acks 100"));
    ask(POS_SALE, 9, 100);
    expect(COMPLETED_UNKNOWN, NULL);
    assert_true(story_device(ROLE_PINPAD, DEVICE_UNKNOWN));
    ask(POS_SALE, 17, 100); /* and nothing more is sold meanwhile */
    expect(COMPLETED_FAILED, NULL);
    ask(POS_QUERY, 9, 0);
    expect(COMPLETED_FAILED, NULL);
    assert_true(bench("pinpad lose acks 0"));
    assert_true(story_device(ROLE_PINPAD, DEVICE_READY));
    ask(POS_QUERY, 9, 0);
    const struct driver_event *event = story_pos(id);
    assert_non_null(event);
    assert_int_equal(event->of.pos.completion, COMPLETED_OK);
}

static void a_broken_answer_is_asked_for_again(void **state) {
    (void)state;
    assert_true(bench("pinpad corrupt 1"));
    ask(POS_SALE, 10, 100);
    expect(COMPLETED_OK, "00");
}

static void a_slow_customer_is_waited_for_while_there_is_progress(void **state) {
    (void)state;
    assert_true(bench("pinpad delay 400"));
    ask(POS_SALE, 11, 100);
    assert_true(story_progress(id, 3));
    expect(COMPLETED_OK, "00");
}

static void a_cancel_goes_beside_the_sale(void **state) {
    (void)state;
    assert_true(bench("pinpad hold on"));
    ask(POS_SALE, 12, 100);
    uint32_t sale = id;
    assert_true(story_progress(sale, 1));
    ask(POS_CANCEL, 12, 0);
    expect(COMPLETED_OK, "00");
    const struct driver_event *event = story_pos(sale);
    assert_non_null(event);
    assert_string_equal(event->of.pos.result.code, "Z1");
}

static void with_the_card_in_a_cancel_is_refused(void **state) {
    (void)state;
    assert_true(bench("pinpad delay 500"));
    ask(POS_SALE, 15, 100);
    uint32_t sale = id;
    assert_true(story_progress(sale, 2));
    ask(POS_CANCEL, 15, 0);
    expect(COMPLETED_OK, "Z3");
    const struct driver_event *event = story_pos(sale);
    assert_non_null(event);
    assert_string_equal(event->of.pos.result.code, "00");
}

/* A return of somebody who has left waits at the pinpad; a sale is asked for meanwhile, and its
 * patient cancels it. The cancel names the sale's order: it ends that, and nothing else. */
static void a_cancel_ends_its_own_sale_and_not_the_act_before_it(void **state) {
    (void)state;
    ask(POS_SALE, 50, 2500);
    struct pos_result sold = *expect(COMPLETED_OK, "00");
    assert_true(bench("pinpad hold on"));
    struct pos_request back = {.operation = POS_VOID,
                               .id = ++id,
                               .amount_fen = 2500,
                               .sequence = "000051",
                               .order_no = "26112012000000010051"};
    memcpy(back.original_date, sold.date, sizeof back.original_date);
    memcpy(back.original_reference, sold.reference, sizeof back.original_reference);
    memcpy(back.original_voucher, sold.voucher, sizeof back.original_voucher);
    usb_pos(usb, &back);
    uint32_t returning = id;
    assert_true(story_progress(returning, 1));
    ask(POS_SALE, 52, 900); /* waits in the queue */
    uint32_t sale = id;
    ask(POS_SALE, 53, 800); /* behind it, of somebody else */
    uint32_t other = id;
    ask(POS_CANCEL, 52, 0);
    expect(COMPLETED_FAILED, NULL); /* nothing of it was sent */
    const struct driver_event *event = story_pos(sale);
    assert_non_null(event);
    assert_int_equal(event->of.pos.completion, COMPLETED_FAILED);
    assert_int_equal(story_pos_completions(returning), 0);
    assert_true(bench("pinpad card"));
    event = story_pos(returning);
    assert_non_null(event);
    assert_string_equal(event->of.pos.result.code, "00");
    assert_true(story_progress(other, 1));
    assert_true(bench("pinpad card"));
    event = story_pos(other);
    assert_non_null(event);
    assert_int_equal(event->of.pos.result.amount_fen, 800);
}

/* The cancel came too late, or the sale has ended: what runs is somebody else's. */
static void a_cancel_of_no_sale_in_flight_is_not_sent(void **state) {
    (void)state;
    ask(POS_CANCEL, 54, 0);
    expect(COMPLETED_FAILED, NULL);
    assert_true(bench("pinpad hold on"));
    ask(POS_SALE, 55, 700);
    uint32_t sale = id;
    assert_true(story_progress(sale, 1));
    ask(POS_CANCEL, 54, 0);
    expect(COMPLETED_FAILED, NULL);
    assert_true(bench("pinpad working"));
    assert_true(bench("pinpad card"));
    const struct driver_event *event = story_pos(sale);
    assert_non_null(event);
    assert_string_equal(event->of.pos.result.code, "00");
}

static void a_sale_goes_back_once(void **state) {
    (void)state;
    ask(POS_SALE, 40, 2500);
    struct pos_result sold = *expect(COMPLETED_OK, "00");
    for (int i = 0; i < 2; i++) {
        struct pos_request request = {.operation = i ? POS_REFUND : POS_VOID,
                                      .id = ++id,
                                      .amount_fen = 2500,
                                      .order_no = "26112012000000010041"};
        strcpy(request.sequence, i ? "000042" : "000041");
        memcpy(request.original_date, sold.date, sizeof request.original_date);
        memcpy(request.original_reference, sold.reference, sizeof request.original_reference);
        memcpy(request.original_voucher, sold.voucher, sizeof request.original_voucher);
        usb_pos(usb, &request);
        expect(COMPLETED_OK, i ? "61" : "00");
    }
}

static void a_whole_card_number_is_left_out_and_reported(void **state) {
    (void)state;
    assert_true(bench("pinpad unmasked on"));
    ask(POS_SALE, 14, 100);
    const struct pos_result *result = expect(COMPLETED_OK, "00");
    assert_string_equal(result->masked_card, "");
    assert_true(story_detail(ROLE_PINPAD, "the pinpad sent an unmasked card number: left out"));
}

static void unplugged_in_a_sale_it_is_unknown_and_then_found(void **state) {
    (void)state;
    static const int moments_ms[] = {0, 2, 5, 10, 30, 100};
    for (unsigned i = 0; i < 6; i++) {
        assert_true(bench("pinpad delay 50"));
        ask(POS_SALE, 20 + i, 500 + i);
        story_pause(moments_ms[i]);
        assert_true(bench("pinpad unplug"));
        const struct driver_event *event = story_pos(id);
        assert_non_null(event);
        enum driver_completion sale = event->of.pos.completion;
        assert_true(story_device(ROLE_PINPAD, DEVICE_ABSENT));
        assert_true(bench("pinpad replug"));
        assert_true(story_device(ROLE_PINPAD, DEVICE_READY));
        assert_true(bench_until("pinpad idle")); /* it finishes by itself */
        ask(POS_QUERY, 20 + i, 0);
        const struct driver_event *answer = story_pos(id);
        assert_non_null(answer);
        assert_int_equal(answer->of.pos.completion, COMPLETED_OK);
        bool sold = strcmp(answer->of.pos.result.code, "00") == 0;
        if (sale == COMPLETED_FAILED)
            assert_false(sold); /* failed means: it never left */
        if (sold)
            assert_int_equal(answer->of.pos.result.amount_fen, 500 + i);
    }
}

static void without_a_pinpad_nothing_was_sold(void **state) {
    (void)state;
    assert_true(bench("pinpad unplug"));
    assert_true(story_device(ROLE_PINPAD, DEVICE_ABSENT));
    ask(POS_SALE, 30, 100);
    expect(COMPLETED_FAILED, NULL);
    assert_true(bench("pinpad replug"));
    assert_true(story_device(ROLE_PINPAD, DEVICE_READY));
}

static void garbage_between_frames_is_noise(void **state) {
    (void)state;
    for (int i = 0; i < 3; i++)
        assert_true(bench("pinpad garbage"));
    ask(POS_SALE, 31, 100);
    const struct driver_event *event = story_pos(id);
    assert_non_null(event);
    story_pause(600); /* half a frame is over */
    ask(POS_SALE, 32, 100);
    expect(COMPLETED_OK, "00");
}

/* An act that was written for another one does not leave; a question may. */
static void an_act_for_another_pinpad_does_not_leave(void **state) {
    (void)state;
    for (int other = 0; other < 2; other++) {
        struct pos_request request = {.operation = POS_SALE, .id = ++id, .amount_fen = 100};
        snprintf(request.sequence, sizeof request.sequence, "00%04d", 800 + other);
        snprintf(request.order_no, sizeof request.order_no, "2611201200000001%04d", 800 + other);
        strcpy(request.terminal, other ? "BENCH002" : "BENCH001");
        usb_pos(usb, &request);
        expect(other ? COMPLETED_FAILED : COMPLETED_OK, other ? NULL : "00");
        ask(POS_QUERY, 800 + (unsigned)other, 0);
        expect(COMPLETED_OK, other ? "Z5" : "00");
    }
}

/* Sequences are of this run: the virtual pinpad says again what it has said to one. */
static void of_another_pinpad_nothing_is_believed(void **state) {
    static struct driver_binding pinned[1];
    (void)state;
    pinned[0] = bindings[0];
    pinned[0].terminal_no = "BENCH001";
    pinned[0].merchant_no = "898350180620001";
    usb = story_begin(pinned, 1);
    assert_true(story_device(ROLE_PINPAD, DEVICE_READY));
    ask(POS_SALE, 701, 100);
    expect(COMPLETED_OK, "00");
    assert_true(bench("pinpad number BENCH002 898350180620001"));
    ask(POS_SALE, 702, 100);
    expect(COMPLETED_UNKNOWN, NULL); /* it may have sold, for somebody */
    assert_true(story_detail(ROLE_PINPAD, "terminal \"BENCH002\" answers, not \"BENCH001\" of "
                                          "the configuration"));
    assert_true(story_device(ROLE_PINPAD, DEVICE_FAULT));
    ask(POS_SALE, 703, 100);
    expect(COMPLETED_FAILED, NULL); /* and nothing more is sold there */
    assert_true(bench("pinpad decline 51"));
    assert_true(bench("pinpad number BENCH001 898350180620001"));
    assert_true(story_device(ROLE_PINPAD, DEVICE_READY));
    ask(POS_QUERY, 702, 0);
    expect(COMPLETED_UNKNOWN, NULL); /* the slip is the other's: a person has to look */
    assert_true(story_device(ROLE_PINPAD, DEVICE_READY)); /* which is no fault of this one's */
    assert_true(bench("pinpad approve"));
    ask(POS_SALE, 705, 100);
    expect(COMPLETED_OK, "00");
    assert_true(bench("pinpad number BENCH001 000000000000000"));
    ask(POS_SALE, 704, 100);
    expect(COMPLETED_UNKNOWN, NULL); /* a refusal of another merchant is none of ours either */
    assert_true(story_detail(ROLE_PINPAD, "merchant \"000000000000000\" answers, not "
                                          "\"898350180620001\" of the configuration"));
    assert_true(bench("pinpad number BENCH001 898350180620001"));
}

/* Whoever has taken money says who it is, with whatever code; a refusal may leave it out. */
static void what_took_money_without_a_name_is_not_believed(void **state) {
    static const struct {
        const char *code;
        enum driver_completion completion;
    } rows[] = {{"51", COMPLETED_OK}, {"00", COMPLETED_UNKNOWN}, {"11", COMPLETED_UNKNOWN}};
    static struct driver_binding pinned[1];
    (void)state;
    pinned[0] = bindings[0];
    pinned[0].terminal_no = "BENCH001";
    usb = story_begin(pinned, 1);
    for (unsigned i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_true(story_device(ROLE_PINPAD, DEVICE_READY));
        assert_true(bench("pinpad decline %s", rows[i].code));
        assert_true(bench("pinpad number none"));
        ask(POS_SALE, 711 + i, 100);
        expect(rows[i].completion, NULL);
        assert_true(bench("pinpad number BENCH001 898350180620001"));
    }
}

int main(int argc, char **argv) {
    (void)argc;
    bench_enter(argv, "pinpad");
#define STORY(test) cmocka_unit_test_setup_teardown(test, begin, end)
    const struct CMUnitTest tests[] = {
        STORY(a_sale_is_approved_with_its_progress),
        STORY(a_refusal_is_a_result),
        STORY(a_lost_answer_is_asked_for_not_sold_again),
        STORY(silence_after_the_question_is_unknown_and_can_be_asked_later),
        STORY(a_question_about_nothing_says_so),
        STORY(a_busy_pinpad_says_nothing_about_the_money),
        STORY(a_message_that_was_not_heard_is_sent_again_the_same),
        STORY(nobody_there_is_unknown),
        STORY(a_broken_answer_is_asked_for_again),
        STORY(a_slow_customer_is_waited_for_while_there_is_progress),
        STORY(a_cancel_goes_beside_the_sale),
        STORY(with_the_card_in_a_cancel_is_refused),
        STORY(a_cancel_ends_its_own_sale_and_not_the_act_before_it),
        STORY(a_cancel_of_no_sale_in_flight_is_not_sent),
        STORY(a_sale_goes_back_once),
        STORY(a_whole_card_number_is_left_out_and_reported),
        STORY(unplugged_in_a_sale_it_is_unknown_and_then_found),
        STORY(without_a_pinpad_nothing_was_sold),
        STORY(an_act_for_another_pinpad_does_not_leave),
        STORY(garbage_between_frames_is_noise),
        cmocka_unit_test_teardown(of_another_pinpad_nothing_is_believed, end),
        cmocka_unit_test_teardown(what_took_money_without_a_name_is_not_believed, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
