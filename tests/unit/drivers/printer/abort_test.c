/* links: drivers/printer/escpos.c drivers/printer/escpos_order.c drivers/printer/escpos_text.c tests/usbbench/paper.c tests/usbbench/canvas.c tests/usbbench/png.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "drivers/printer/escpos.h"
#include "tests/usbbench/paper.h"

/* One patient's receipt is cut off at every byte, and the next one's follows: that sheet is whole
 * and alone. */
#define DOTS 384
#define EVERY 16 /* the control: so often what happens without clearing */

struct job {
    uint8_t bytes[16384];
    size_t length;
};
static struct job first, next;

/* A sheet as it was cut: its bytes, and its dots as one number. */
struct cut_sheet {
    uint8_t bytes[16384];
    size_t length;
    uint64_t dots;
};
static struct cut_sheet alone, last;
static int cut_count;

static uint64_t dots_of(const struct canvas *canvas) {
    uint64_t hash = 14695981039346656037u, eight;
    size_t count = (size_t)canvas->width * (size_t)canvas->height; /* of 384 */
    for (size_t i = 0; i < count; i += sizeof eight) {
        memcpy(&eight, canvas->dots + i, sizeof eight);
        hash = (hash ^ eight) * 1099511628211u;
    }
    return hash;
}

static void keep_sheet(void *context, const struct paper *paper) {
    struct cut_sheet *sheet = context;
    cut_count++;
    sheet->length = paper->printed_length < sizeof sheet->bytes ? paper->printed_length : 0;
    memcpy(sheet->bytes, paper->printed, sheet->length);
    sheet->dots = dots_of(&paper->canvas);
}

static void begin_paper(struct paper *paper, struct cut_sheet *sheet) {
    assert_true(paper_init(paper, DOTS));
    paper->was_cut = keep_sheet;
    paper->context = sheet;
    cut_count = 0;
}

static void compose(struct job *job, const char *name, bool raster_qr) {
    static struct print_doc doc;
    const struct print_item items[] = {
        {.kind = PRINT_TEXT, .align = PRINT_CENTRE, .scale = 2, .bold = true},
        {.kind = PRINT_PAIR, .scale = 1, .text = "𠮷 a", .right = "¥12.80"},
        {.kind = PRINT_BAR, .align = PRINT_CENTRE, .text = "2611"},
        {.kind = PRINT_QR, .align = PRINT_CENTRE, .text = "26112012"},
        {.kind = PRINT_FEED, .lines = 1},
        {.kind = PRINT_CUT}};
    const struct escpos_head head = {.dots = DOTS, .raster_qr = raster_qr};
    struct escpos_bytes out;
    doc.count = sizeof items / sizeof *items;
    memcpy(doc.items, items, sizeof items);
    strcpy(doc.items[0].text, name);
    assert_true(escpos_render(&doc, &head, &out));
    assert_true(out.length + ESCPOS_QUESTION_MAX < sizeof job->bytes);
    memcpy(job->bytes, out.bytes, out.length);
    job->length = out.length + escpos_ask_process_id("ABCD", job->bytes + out.length);
    free(out.bytes);
}

static void print_alone(void) {
    struct paper paper;
    begin_paper(&paper, &alone);
    paper_read(&paper, next.bytes, next.length);
    assert_int_equal(cut_count, 1);
    paper_free(&paper);
}

/* So much of the first, what stands between, the next. True: its sheet is whole and alone. */
static bool next_is_whole(size_t cut, const uint8_t *between, size_t length) {
    struct paper paper;
    begin_paper(&paper, &last);
    paper_read(&paper, first.bytes, cut);
    paper_read(&paper, between, length);
    paper_read(&paper, next.bytes, next.length);
    bool whole = cut_count > 0 && paper.pending_length == 0 && paper.line_count == 0 &&
                 paper.canvas.height == 0 && last.length == alone.length &&
                 memcmp(last.bytes, alone.bytes, last.length) == 0 && last.dots == alone.dots;
    paper_free(&paper);
    return whole;
}

static void the_next_sheet_is_whole_and_alone(bool raster_qr) {
    const struct escpos_head head = {.dots = DOTS, .raster_qr = raster_qr};
    uint8_t clearing[ESCPOS_CLEARING_MAX];
    size_t length = escpos_clear(&head, true, clearing);
    int spoilt = 0;
    compose(&first, "甲收费", raster_qr);
    compose(&next, "乙收费", raster_qr);
    print_alone();
    for (size_t cut = 0; cut <= first.length; cut++) {
        if (!next_is_whole(cut, clearing, length))
            fail_msg("cut after %zu of %zu bytes", cut, first.length);
        if (cut % EVERY == 0)
            spoilt += !next_is_whole(cut, clearing, 0);
    }
    print_message(
        "%zu bytes, cut off at every one; without clearing %d of %zu would spoil the next\n",
        first.length, spoilt, first.length / EVERY + 1);
    assert_true(spoilt > 5);
}

static void cut_off_at_any_byte(void **state) {
    (void)state;
    the_next_sheet_is_whole_and_alone(false);
}

static void cut_off_at_any_byte_of_a_picture_too(void **state) {
    (void)state;
    the_next_sheet_is_whole_and_alone(true);
}

/* Where nothing was cut off nothing is wasted: a fresh start feeds no paper. */
static void a_fresh_start_moves_no_paper(void **state) {
    uint8_t clearing[ESCPOS_CLEARING_MAX];
    struct paper paper;
    (void)state;
    size_t length = escpos_clear(&(struct escpos_head){.dots = DOTS}, false, clearing);
    begin_paper(&paper, &last);
    paper_read(&paper, clearing, length);
    assert_int_equal(cut_count, 0);
    assert_int_equal(paper.canvas.height, 0);
    paper_free(&paper);
}

static void without_a_cutter_there_is_room_to_tear(void **state) {
    uint8_t clearing[ESCPOS_CLEARING_MAX];
    struct paper paper;
    (void)state;
    size_t length =
        escpos_clear(&(struct escpos_head){.dots = DOTS, .no_cutter = true}, true, clearing);
    begin_paper(&paper, &last);
    paper_read(&paper, clearing, length);
    assert_int_equal(cut_count, 0);
    assert_true(paper.canvas.height >= 6 * 30);
    paper_free(&paper);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cut_off_at_any_byte),
        cmocka_unit_test(cut_off_at_any_byte_of_a_picture_too),
        cmocka_unit_test(a_fresh_start_moves_no_paper),
        cmocka_unit_test(without_a_cutter_there_is_room_to_tear),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
