/* links: drivers/card/social_card.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "drivers/card/social_card.h"

/* A card as the stories need it: its records in order, and what it understands. */
struct record {
    int file;
    uint8_t tag;
    const char *value;
    uint8_t length;
};
struct fake {
    bool no_tags, no_short_names, strict; /* what it does not understand */
    uint8_t below;                        /* P1 of SELECT */
    bool locked;                          /* EF06, until the authority opens it */
    int file, asked;
    struct record records[8];
};

static const struct record number = {5, 0x07, "A12345678", 9},
                           id_no = {6, 0x08, "11010519491231002X", 18},
                           name = {6, 0x09, "\xd5\xc5\xbd\xa8\xb7\xe1\0\0\0\0", 10};

static const struct record *find(const struct fake *fake, int file, bool by_tag, uint8_t p1) {
    int nth = 0;
    for (int i = 0; i < 8; i++) {
        const struct record *record = &fake->records[i];
        if (record->file == file && (by_tag ? record->tag == p1 : ++nth == p1))
            return record;
    }
    return NULL;
}

static uint16_t read_record(const struct fake *fake, const uint8_t *apdu, uint8_t *out,
                            size_t *length) {
    bool by_tag = (apdu[3] & 7) == 0;
    int file = apdu[3] >> 3 ? apdu[3] >> 3 : fake->file;
    if ((by_tag && fake->no_tags) || (apdu[3] >> 3 && fake->no_short_names))
        return 0x6a86;
    const struct record *record = find(fake, file, by_tag, apdu[2]);
    if (!record)
        return 0x6a83;
    if (fake->locked && file == 6)
        return 0x6982;
    if (fake->strict && apdu[4] && apdu[4] != record->length + 2)
        return 0x6700;
    out[0] = record->tag;
    out[1] = record->length;
    memcpy(out + 2, record->value, record->length);
    *length = record->length + 2u;
    return 0x9000;
}

static uint16_t answer(struct fake *fake, const uint8_t *apdu, uint8_t *out, size_t *length) {
    fake->asked++;
    *length = 0;
    if (apdu[1] == 0xb2)
        return read_record(fake, apdu, out, length);
    if (apdu[1] == 0x82) { /* EXTERNAL AUTHENTICATE */
        fake->locked = false;
        return 0x9000;
    }
    if (apdu[1] != 0xa4 || (apdu[2] != 0x04 && apdu[2] != fake->below))
        return 0x6a86;
    if (apdu[2] != 0x04)
        fake->file = apdu[6];
    fake->file &= 7; /* EF05: 5 */
    return 0x9000;
}

static bool read_card(struct fake *fake, const struct social_authority *authority,
                      struct driver_card *out) {
    struct social_card card;
    uint8_t apdu[SOCIAL_APDU_MAX], data[64];
    size_t length;
    social_begin(&card, authority);
    for (enum social_step step; (step = social_next(&card, apdu, &length)) != SOCIAL_END;) {
        assert_true(fake->asked < 200);
        if (step == SOCIAL_WAIT)
            continue;
        uint16_t status = answer(fake, apdu, data, &length);
        social_answer(&card, data, length, status);
    }
    return social_result(&card, out);
}

static void expect_person(struct fake *fake, const struct social_authority *authority) {
    struct driver_card card;
    assert_true(read_card(fake, authority, &card));
    assert_string_equal(card.number, "A12345678");
    assert_string_equal(card.id_no, "11010519491231002X");
    assert_string_equal(card.name, "张建丰");
}

static void a_card_is_asked_by_its_tags(void **state) {
    (void)state;
    struct fake fake = {.below = 2, .records = {number, id_no, name}};
    expect_person(&fake, NULL);
    assert_int_equal(fake.asked, 7); /* three selections, four records */
}

static void where_tags_are_not_understood_the_records_are_read(void **state) {
    (void)state;
    struct fake fake = {.no_tags = true, .records = {number, id_no, name}};
    expect_person(&fake, NULL);
}

static void where_short_names_are_not_understood_the_file_is_selected(void **state) {
    (void)state;
    struct fake fake = {.no_short_names = true, .below = 2, .records = {number, id_no, name}};
    expect_person(&fake, NULL);
    fake = (struct fake){.no_short_names = true, .no_tags = true, .records = {number, id_no, name}};
    expect_person(&fake, NULL);
}

static void a_record_is_what_its_tag_says_wherever_it_stands(void **state) {
    (void)state;
    struct fake fake = {.no_tags = true,
                        .strict = true,
                        .records = {{5, 0x01, "123", 3}, number, {6, 0x0a, "1", 1}, name, id_no}};
    expect_person(&fake, NULL);
}

static void a_long_name_goes_on_in_its_extension_in_the_middle_of_a_character(void **state) {
    (void)state;
    struct driver_card card;
    struct fake fake = {.below = 2,
                        .records = {id_no,
                                    {6, 0x09, "AAAAAAAAAAAAAAAAAAAAAAAAAA \xd5\xc5\xbd", 30},
                                    {6, 0x4e, "\xa8 BB \0\0", 7}}};
    assert_true(read_card(&fake, NULL, &card));
    assert_string_equal(card.name, "AAAAAAAAAAAAAAAAAAAAAAAAAA 张建 BB");
    fake.records[1] = (struct record){6, 0x09, "\x82\x33\xbf\x37", 4}; /* GB18030 beyond GBK */
    fake.records[2] = (struct record){0};
    assert_true(read_card(&fake, NULL, &card));
    assert_int_equal(strlen(card.name), 3);
}

static void what_is_no_number_is_none(void **state) {
    (void)state;
    struct driver_card card;
    struct fake fake = {.below = 2,
                        .records = {{5, 0x07, "\x01\x02\x03\x04\x05\x06\x07\x08\x09", 9}, id_no}};
    assert_true(read_card(&fake, NULL, &card));
    assert_string_equal(card.number, "");
    fake = (struct fake){.below = 2, .records = {{6, 0x08, "1101051949123100\xff\xff", 18}}};
    assert_false(read_card(&fake, NULL, &card));
}

static void a_locked_card_gives_what_is_public(void **state) {
    (void)state;
    struct driver_card card;
    struct fake fake = {.below = 2, .locked = true, .records = {number, id_no, name}};
    assert_true(read_card(&fake, NULL, &card));
    assert_string_equal(card.number, "A12345678");
    assert_string_equal(card.id_no, "");
    assert_string_equal(card.name, "");
}

/* INTERNAL AUTHENTICATE, a thought, EXTERNAL AUTHENTICATE. */
static enum social_step authenticate(void *context, const uint8_t *data, size_t length,
                                     uint16_t status, uint8_t apdu[SOCIAL_APDU_MAX],
                                     size_t *apdu_length) {
    int *round = context;
    (void)data, (void)length, (void)status;
    static const uint8_t ins[] = {0x88, 0, 0x82};
    *apdu_length = 5;
    if (++*round == 2)
        return SOCIAL_WAIT;
    if (*round > 3)
        return SOCIAL_END;
    memcpy(apdu, (const uint8_t[]){0x00, ins[*round - 1], 0, 0, 0x0a}, 5);
    return SOCIAL_SEND;
}

static enum social_step think_for_ever(void *context, const uint8_t *data, size_t length,
                                       uint16_t status, uint8_t apdu[SOCIAL_APDU_MAX],
                                       size_t *apdu_length) {
    (void)context, (void)data, (void)length, (void)status, (void)apdu, (void)apdu_length;
    return SOCIAL_WAIT;
}

static void who_has_keys_reads_it_whole(void **state) {
    (void)state;
    int round = 0;
    struct social_authority authority = {.context = &round, .next = authenticate};
    struct fake fake = {.below = 2, .locked = true, .records = {number, id_no, name}};
    expect_person(&fake, &authority);
    fake = (struct fake){.no_tags = true, .locked = true, .records = {number, id_no, name}};
    round = 0;
    expect_person(&fake, &authority);
}

static void an_authority_that_never_answers_is_left(void **state) {
    (void)state;
    struct driver_card card;
    struct social_authority authority = {.next = think_for_ever};
    struct fake fake = {.below = 2, .locked = true, .records = {number, id_no}};
    assert_true(read_card(&fake, &authority, &card));
    assert_string_equal(card.id_no, "");
}

static void another_card_is_left_alone_after_one_question(void **state) {
    (void)state;
    struct social_card card;
    struct driver_card person;
    uint8_t apdu[SOCIAL_APDU_MAX];
    size_t length;
    social_begin(&card, NULL);
    assert_int_equal(social_next(&card, apdu, &length), SOCIAL_SEND);
    social_answer(&card, NULL, 0, 0x6a82);
    assert_int_equal(social_next(&card, apdu, &length), SOCIAL_END);
    assert_false(social_result(&card, &person));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_card_is_asked_by_its_tags),
        cmocka_unit_test(where_tags_are_not_understood_the_records_are_read),
        cmocka_unit_test(where_short_names_are_not_understood_the_file_is_selected),
        cmocka_unit_test(a_record_is_what_its_tag_says_wherever_it_stands),
        cmocka_unit_test(a_long_name_goes_on_in_its_extension_in_the_middle_of_a_character),
        cmocka_unit_test(what_is_no_number_is_none),
        cmocka_unit_test(a_locked_card_gives_what_is_public),
        cmocka_unit_test(who_has_keys_reads_it_whole),
        cmocka_unit_test(an_authority_that_never_answers_is_left),
        cmocka_unit_test(another_card_is_left_alone_after_one_question),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
