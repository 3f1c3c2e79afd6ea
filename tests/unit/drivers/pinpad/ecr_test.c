/* links: drivers/pinpad/ecr_frame.c drivers/pinpad/ecr_body.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "drivers/pinpad/ecr.h"

static enum ecr_heard read_all(struct ecr_reader *reader, const uint8_t *bytes, size_t length) {
    enum ecr_heard heard = ECR_NOTHING;
    for (size_t i = 0; i < length; i++)
        heard = ecr_read(reader, bytes[i]);
    return heard;
}

static void the_published_checks_hold(void **state) {
    (void)state;
    const char data[] = "0200|123|";
    uint8_t frame[ECR_FRAME_MAX];
    assert_int_equal(ecr_lrc((const uint8_t *)"0200|123|\x03", 10), 0x31);
    size_t length = ecr_frame((const uint8_t *)data, 9, frame);
    assert_int_equal(length, 14);
    assert_memory_equal(frame, "\x02\x00\x09", 3);
    assert_int_equal(frame[13], 0x38);
}

static void a_frame_reads_back(void **state) {
    (void)state;
    struct ecr_reader reader = {0};
    uint8_t data[192], frame[ECR_FRAME_MAX];
    for (size_t i = 0; i < sizeof data; i++)
        data[i] = (uint8_t)(i % 7); /* also STX, ETX and ACK: only the length delimits */
    size_t length = ecr_frame(data, sizeof data, frame), got;
    assert_int_equal(read_all(&reader, frame, length), ECR_FRAME);
    assert_memory_equal(ecr_data(&reader, &got), data, sizeof data);
    assert_int_equal(got, sizeof data);
}

static void a_broken_frame_is_refused_and_the_next_is_good(void **state) {
    (void)state;
    struct ecr_reader reader = {0};
    uint8_t frame[ECR_FRAME_MAX];
    size_t length = ecr_frame((const uint8_t *)"abc", 3, frame);
    frame[4] ^= 1;
    assert_int_equal(read_all(&reader, frame, length), ECR_BAD);
    frame[4] ^= 1;
    assert_int_equal(ecr_read(&reader, 0x06), ECR_ACK);
    assert_int_equal(ecr_read(&reader, 0x15), ECR_NAK);
    assert_int_equal(read_all(&reader, frame, length), ECR_FRAME);
    assert_int_equal(read_all(&reader, (const uint8_t *)"\x02\x9a\x00", 3), ECR_BAD);
    assert_int_equal(read_all(&reader, (const uint8_t *)"\x02\x99\x99", 3), ECR_BAD);
}

static void a_request_has_its_members_in_their_places(void **state) {
    (void)state;
    uint8_t data[ECR_DATA_MAX];
    struct pos_request request = {.operation = POS_SALE,
                                  .till = "0001",
                                  .amount_fen = 16570,
                                  .order_no = "26112012000000010001"};
    assert_true(ecr_request(&ecr_bench_v1, &request, "010001", data));
    assert_memory_equal(data, "01Q01000100000001", 17);
    assert_memory_equal(data + 25, "00000000016570", 14);
    assert_memory_equal(data + 65, "0026112012000000010001            ", 34);
    assert_memory_equal(data + 99, "                             ", 29);
}

static void a_question_names_the_sequence_it_is_about(void **state) {
    (void)state;
    uint8_t data[ECR_DATA_MAX];
    struct pos_request request = {.operation = POS_QUERY, .sequence = "010001"};
    assert_true(ecr_request(&ecr_bench_v1, &request, "511234", data));
    assert_memory_equal(data + 3, "511234", 6);
    assert_memory_equal(data + 25, "07", 2);
    assert_memory_equal(data + 47, "010001      ", 12);
}

static void what_does_not_fit_is_not_sent(void **state) {
    (void)state;
    uint8_t data[ECR_DATA_MAX];
    struct pos_request request = {.operation = POS_SALE, .amount_fen = 1234567890123};
    assert_false(ecr_request(&ecr_bench_v1, &request, "010001", data));
    request.amount_fen = -1;
    assert_false(ecr_request(&ecr_bench_v1, &request, "010001", data));
}

static void fill_response(uint8_t data[192], const char *card) {
    memset(data, ' ', 192);
    memcpy(data, "01R01000100", 11);
    memcpy(data + 11, "00", 2);
    memcpy(data + 17, card, strlen(card));
    memcpy(data + 43, "000000016570", 12);
    memcpy(data + 55, "000000700001", 12);
}

static void a_response_is_read(void **state) {
    (void)state;
    uint8_t data[192];
    struct ecr_answer answer;
    fill_response(data, "622202******1234");
    assert_int_equal(ecr_answer(&ecr_bench_v1, data, 192, &answer), ECR_RESPONSE);
    assert_string_equal(answer.sequence, "010001");
    assert_string_equal(answer.result.masked_card, "622202******1234");
    assert_int_equal(answer.result.amount_fen, 16570);
    assert_false(answer.unmasked);
}

static void a_whole_card_number_does_not_get_in(void **state) {
    (void)state;
    uint8_t data[192];
    struct ecr_answer answer;
    fill_response(data, "4111111111111111");
    assert_int_equal(ecr_answer(&ecr_bench_v1, data, 192, &answer), ECR_RESPONSE);
    assert_true(answer.unmasked);
    assert_string_equal(answer.result.masked_card, "");
    fill_response(data, "4111 1111 1111 1111");
    assert_int_equal(ecr_answer(&ecr_bench_v1, data, 192, &answer), ECR_RESPONSE);
    assert_true(answer.unmasked);
}

static void what_is_no_response_is_malformed(void **state) {
    (void)state;
    uint8_t data[192];
    struct ecr_answer answer;
    fill_response(data, "");
    assert_int_equal(ecr_answer(&ecr_bench_v1, data, 191, &answer), ECR_MALFORMED);
    data[45] = 'x'; /* the amount */
    assert_int_equal(ecr_answer(&ecr_bench_v1, data, 192, &answer), ECR_MALFORMED);
    fill_response(data, "");
    memset(data + 11, ' ', 2); /* no code */
    assert_int_equal(ecr_answer(&ecr_bench_v1, data, 192, &answer), ECR_MALFORMED);
    fill_response(data, "");
    data[1] = '2'; /* another version */
    assert_int_equal(ecr_answer(&ecr_bench_v1, data, 192, &answer), ECR_MALFORMED);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_published_checks_hold),
        cmocka_unit_test(a_frame_reads_back),
        cmocka_unit_test(a_broken_frame_is_refused_and_the_next_is_good),
        cmocka_unit_test(a_request_has_its_members_in_their_places),
        cmocka_unit_test(a_question_names_the_sequence_it_is_about),
        cmocka_unit_test(what_does_not_fit_is_not_sent),
        cmocka_unit_test(a_response_is_read),
        cmocka_unit_test(a_whole_card_number_does_not_get_in),
        cmocka_unit_test(what_is_no_response_is_malformed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
