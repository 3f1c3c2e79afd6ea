/* links: drivers/card/sdt.c drivers/card/id_card.c */
/* Any stream from a reader, any text of a card: fields stay in their bounds and are UTF-8. */
#include <iconv.h>
#include <string.h>

#include "drivers/card/id_card.h"

static void expect_utf8(const char *text, size_t size) {
    char out[400], *from = (char *)text, *to = out;
    size_t left = strnlen(text, size), room = sizeof out;
    if (left == size)
        __builtin_trap();
    iconv_t converter = iconv_open("UTF-16LE", "UTF-8");
    if (iconv(converter, &from, &left, &to, &room) == (size_t)-1)
        __builtin_trap();
    iconv_close(converter);
}

static void read_text(const uint8_t text[ID_CARD_TEXT_BYTES]) {
    struct id_card card;
    if (id_card_read(text, &card) &&
        (strlen(card.number) < 15 || (!*card.name && !*card.english_name)))
        __builtin_trap();
    expect_utf8(card.name, sizeof card.name);
    expect_utf8(card.english_name, sizeof card.english_name);
    expect_utf8(card.number, sizeof card.number);
    expect_utf8(card.address, sizeof card.address);
    expect_utf8(card.issuer, sizeof card.issuer);
    expect_utf8(card.birth, sizeof card.birth);
    id_card_nation(card.nation);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct sdt_reader reader = {0};
    for (size_t at = 0; at < size; at++) {
        char text[110];
        if (sdt_read(&reader, data[at]) != SDT_FRAME)
            continue;
        struct sdt_answer answer = sdt_answer(&reader);
        const uint8_t *base = id_card_text(&answer);
        if (base)
            read_text(base);
        if (sdt_sam_id(&answer, text, sizeof text) ||
            id_card_appended_address(&answer, text, sizeof text))
            expect_utf8(text, sizeof text);
        sdt_words(answer.status);
    }
    if (size >= ID_CARD_TEXT_BYTES)
        read_text(data);
    return 0;
}
