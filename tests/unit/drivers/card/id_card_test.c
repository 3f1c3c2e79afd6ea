/* links: drivers/card/sdt.c drivers/card/id_card.c tests/usbbench/id_specimen.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "drivers/card/id_card.h"
#include "tests/usbbench/id_specimen.h"

/* --- frames ----------------------------------------------------------------------------------- */

static enum sdt_heard read_all(struct sdt_reader *reader, const uint8_t *bytes, size_t length) {
    enum sdt_heard heard = SDT_NOTHING;
    for (size_t i = 0; i < length && heard == SDT_NOTHING; i++)
        heard = sdt_read(reader, bytes[i]);
    return heard;
}

/* An answer with all that stands around it; returns its length. */
static size_t frame(uint8_t status, const uint8_t *data, size_t length, uint8_t *out) {
    static const uint8_t head[] = {0xaa, 0xaa, 0xaa, 0x96, 0x69};
    memcpy(out, head, sizeof head);
    out[5] = (uint8_t)((length + 4) >> 8);
    out[6] = (uint8_t)(length + 4);
    out[7] = out[8] = 0;
    out[9] = status;
    memcpy(out + 10, data, length);
    out[10 + length] = 0;
    for (size_t i = 5; i < 10 + length; i++)
        out[10 + length] ^= out[i];
    return length + 11;
}

static void the_documented_frames_hold(void **state) {
    (void)state;
    static const struct {
        enum sdt_command command;
        const char *bytes;
    } rows[] = {{SDT_STATUS, "\x00\x03\x11\xff\xed"}, {SDT_SAM_ID, "\x00\x03\x12\xff\xee"},
                {SDT_FIND, "\x00\x03\x20\x01\x22"},   {SDT_SELECT, "\x00\x03\x20\x02\x21"},
                {SDT_READ, "\x00\x03\x30\x01\x32"},   {SDT_READ_ADDRESS, "\x00\x03\x30\x03\x30"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint8_t out[SDT_REQUEST_SIZE];
        sdt_request(rows[i].command, out);
        assert_memory_equal(out, "\xaa\xaa\xaa\x96\x69", 5);
        assert_memory_equal(out + 5, rows[i].bytes, 5);
    }
    struct sdt_reader reader = {0};
    static const uint8_t found[] = {0xaa, 0xaa, 0xaa, 0x96, 0x69, 0, 8,   0,
                                    0,    0x9f, 0,    0,    0,    0, 0x97};
    assert_int_equal(read_all(&reader, found, sizeof found), SDT_FRAME);
    assert_int_equal(sdt_answer(&reader).status, SDT_FOUND);
    assert_int_equal(sdt_answer(&reader).whole, 4);
}

static void a_frame_is_found_behind_anything(void **state) {
    (void)state;
    static const uint8_t not_found[] = {0x96, 0x69, 0xaa, 0x00, 0xaa, 0xaa, 0xaa, 0xaa,
                                        0x96, 0x69, 0,    4,    0,    0,    0x80, 0x84};
    for (size_t skipped = 0; skipped <= 6; skipped++) { /* the last with two AA only */
        struct sdt_reader reader = {0};
        assert_int_equal(read_all(&reader, not_found + skipped, sizeof not_found - skipped),
                         SDT_FRAME);
        assert_int_equal(sdt_answer(&reader).status, SDT_NOT_FOUND);
    }
}

static void every_broken_byte_is_noticed_and_the_next_frame_is_good(void **state) {
    (void)state;
    static const uint8_t good[] = {0xaa, 0xaa, 0x96, 0x69, 0, 4, 0, 0, 0x80, 0x84};
    for (size_t i = 0; i < sizeof good; i++) {
        struct sdt_reader reader = {0};
        uint8_t bytes[sizeof good];
        memcpy(bytes, good, sizeof good);
        bytes[i] ^= 0x40;
        assert_int_not_equal(read_all(&reader, bytes, sizeof bytes), SDT_FRAME);
        reader.count = 0;
        assert_int_equal(read_all(&reader, good, sizeof good), SDT_FRAME);
    }
}

static void a_photograph_is_summed_and_not_kept(void **state) {
    (void)state;
    static uint8_t data[4 + 256 + 1024] = {1, 0, 4, 0}, bytes[1400];
    memset(data + 4 + 256, 0xa5, 1024);
    size_t length = frame(SDT_OK, data, sizeof data, bytes);
    struct sdt_reader reader = {0};
    assert_int_equal(length, 1295);
    assert_int_equal(read_all(&reader, bytes, length), SDT_FRAME);
    struct sdt_answer answer = sdt_answer(&reader);
    assert_int_equal(answer.whole, sizeof data);
    assert_ptr_equal(id_card_text(&answer), answer.data + 4);
    int of_the_photograph = 0;
    for (size_t i = 0; i < sizeof reader.kept; i++)
        of_the_photograph += reader.kept[i] == 0xa5;
    assert_true(of_the_photograph <= 2); /* where a third length would be */
    bytes[1200] ^= 1;
    assert_int_equal(read_all(&reader, bytes, length), SDT_BAD);
}

static void lengths_that_do_not_agree_are_no_text(void **state) {
    (void)state;
    static uint8_t data[6 + 256 + 1024 + 512] = {1, 0, 4, 0, 2, 0}, bytes[2400];
    struct sdt_reader reader = {0};
    struct sdt_answer answer;
    read_all(&reader, bytes, frame(SDT_OK, data, sizeof data, bytes));
    answer = sdt_answer(&reader);
    assert_ptr_equal(id_card_text(&answer), answer.data + 6); /* with a fingerprint */
    data[1] = 1;
    read_all(&reader, bytes, frame(SDT_OK, data, sizeof data, bytes));
    answer = sdt_answer(&reader);
    assert_null(id_card_text(&answer));
    data[1] = 0;
    for (size_t length = 0; length < sizeof data; length++) {
        read_all(&reader, bytes, frame(SDT_OK, data, length, bytes));
        answer = sdt_answer(&reader);
        bool agrees = length == 4 + 256 + 1024;
        assert_int_equal(id_card_text(&answer) != NULL, agrees);
    }
}

static void a_security_module_has_a_number(void **state) {
    (void)state;
    static const uint8_t id[16] = {5,    0,    3,    0,    0x57, 0x2d, 0x33, 0x01,
                                   0xd2, 0x02, 0x96, 0x49, 7,    0,    0,    0};
    uint8_t bytes[64];
    char text[52];
    struct sdt_reader reader = {0};
    read_all(&reader, bytes, frame(SDT_OK, id, sizeof id, bytes));
    struct sdt_answer answer = sdt_answer(&reader);
    assert_true(sdt_sam_id(&answer, text, sizeof text));
    assert_string_equal(text, "SAM 05.03-20131159-1234567890-7");
    answer.status = 0x60;
    assert_false(sdt_sam_id(&answer, text, sizeof text));
}

/* --- texts ------------------------------------------------------------------------------------ */

static struct id_card read_specimen(const char *name) {
    uint8_t text[ID_SPECIMEN_BYTES];
    struct id_card card;
    assert_true(id_specimen(name, text));
    assert_true(id_card_read(text, &card));
    return card;
}

static void a_citizen(void **state) {
    (void)state;
    struct id_card card = read_specimen("citizen");
    assert_int_equal(card.kind, ID_CARD_CITIZEN);
    assert_string_equal(card.name, "张建丰");
    assert_string_equal(card.number, "11010519491231002X");
    assert_int_equal(card.sex, 1);
    assert_string_equal(id_card_nation(card.nation), "汉");
    assert_string_equal(card.birth, "19491231");
    assert_string_equal(card.address, "北京市朝阳区示范路1号");
    assert_string_equal(card.issuer, "北京市公安局朝阳分局");
    assert_string_equal(card.from, "20120101");
    assert_string_equal(card.to, "");
    assert_true(card.endless);
}

static void a_foreigner_of_2017(void **state) {
    (void)state;
    struct id_card card = read_specimen("foreigner");
    assert_int_equal(card.kind, ID_CARD_FOREIGNER);
    assert_string_equal(card.name, "玛丽亚");
    assert_string_equal(card.english_name, "SPECIMEN, MARIA LUISA");
    assert_string_equal(card.number, "FRA110000012345");
    assert_string_equal(card.nationality, "FRA");
    assert_string_equal(card.birth, "19800203");
    assert_string_equal(card.to, "20270531");
    assert_int_equal(card.sex, 2);
    assert_false(card.endless);
}

static void a_resident_of_hong_kong(void **state) {
    (void)state;
    struct id_card card = read_specimen("permit");
    assert_int_equal(card.kind, ID_CARD_PERMIT);
    assert_string_equal(card.name, "李大文");
    assert_string_equal(card.number, "810000197506170019");
    assert_string_equal(card.pass_number, "H12345678");
    assert_int_equal(card.nation, 0);
}

static void a_foreigner_of_2023_whose_name_goes_on_elsewhere(void **state) {
    (void)state;
    struct id_card card = read_specimen("foreigner2023");
    assert_int_equal(card.kind, ID_CARD_FOREIGNER_2023);
    assert_string_equal(card.name, "");
    assert_string_equal(card.english_name, "SPECIMEN, WILHELMINA ALEXANDRA JOSEPHINE");
    assert_string_equal(card.number, "911124198108030024");
    assert_string_equal(card.nationality, "124");
}

/* A citizen with one field written over: is it a person? */
static bool reads_with(int offset, int length, const char *value, struct id_card *card) {
    uint8_t text[ID_SPECIMEN_BYTES];
    assert_true(id_specimen("citizen", text));
    id_specimen_put(text, offset, length, value);
    return id_card_read(text, card);
}

static void a_number_that_is_wrong_is_not_a_person(void **state) {
    (void)state;
    static const char *const wrong[] = {"110105194912310021", "11010519491231002", "",
                                        "1101051949123100X2"};
    struct id_card card;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(reads_with(122, 36, wrong[i], &card));
    assert_true(reads_with(122, 36, "11010519491231002x", &card));
    assert_string_equal(card.number, "11010519491231002X");
    assert_false(reads_with(248, 2, "J", &card)); /* 110105 is not Hong Kong */
    assert_false(reads_with(248, 2, "Y", &card));
    assert_false(reads_with(248, 2, "Q", &card)); /* a kind nobody knows */
    assert_false(reads_with(0, 30, "", &card));
}

static void odd_fields_do_not_hide_the_person(void **state) {
    (void)state;
    struct id_card card;
    assert_true(reads_with(0, 30, "𬭎𠮷", &card));
    assert_string_equal(card.name, "𬭎𠮷");
    assert_true(reads_with(36, 16, "19491331", &card));
    assert_string_equal(card.birth, "");
    assert_true(reads_with(30, 2, "男", &card));
    assert_int_equal(card.sex, 0);
    assert_true(reads_with(32, 4, "57", &card));
    assert_null(id_card_nation(card.nation));
    uint8_t text[ID_SPECIMEN_BYTES];
    assert_true(id_specimen("citizen", text));
    memcpy(text, "\x00\xd8\x20\x5f\x07\x00\x00\x00", 8); /* half a pair, 张, a bell, zero */
    assert_true(id_card_read(text, &card));
    assert_true(strncmp(card.name, "\xef\xbf\xbd张\xef\xbf\xbd", 9) == 0);
}

static void nations_are_those_of_the_standard(void **state) {
    (void)state;
    static const struct {
        int number;
        const char *name;
    } rows[] = {{1, "汉"},
                {24, "拉祜"},
                {25, "水"},
                {26, "东乡"},
                {56, "基诺"},
                {97, "其他"},
                {98, "外国血统中国籍人士"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_string_equal(id_card_nation(rows[i].number), rows[i].name);
    static const int none[] = {-1, 0, 57, 96, 99, 1000};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        assert_null(id_card_nation(none[i]));
}

static void an_address_may_be_appended(void **state) {
    (void)state;
    uint8_t address[ID_SPECIMEN_BYTES], bytes[128];
    char text[106];
    struct sdt_reader reader = {0};
    id_specimen_put(address, 0, 70, "上海市浦东新区示范路3号");
    read_all(&reader, bytes, frame(SDT_OK, address, 70, bytes));
    struct sdt_answer answer = sdt_answer(&reader);
    assert_true(id_card_appended_address(&answer, text, sizeof text));
    assert_string_equal(text, "上海市浦东新区示范路3号");
    read_all(&reader, bytes, frame(0x91, address, 0, bytes));
    answer = sdt_answer(&reader);
    assert_false(id_card_appended_address(&answer, text, sizeof text));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_documented_frames_hold),
        cmocka_unit_test(a_frame_is_found_behind_anything),
        cmocka_unit_test(every_broken_byte_is_noticed_and_the_next_frame_is_good),
        cmocka_unit_test(a_photograph_is_summed_and_not_kept),
        cmocka_unit_test(lengths_that_do_not_agree_are_no_text),
        cmocka_unit_test(a_security_module_has_a_number),
        cmocka_unit_test(a_citizen),
        cmocka_unit_test(a_foreigner_of_2017),
        cmocka_unit_test(a_resident_of_hong_kong),
        cmocka_unit_test(a_foreigner_of_2023_whose_name_goes_on_elsewhere),
        cmocka_unit_test(a_number_that_is_wrong_is_not_a_person),
        cmocka_unit_test(odd_fields_do_not_hide_the_person),
        cmocka_unit_test(nations_are_those_of_the_standard),
        cmocka_unit_test(an_address_may_be_appended),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
