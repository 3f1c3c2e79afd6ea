/* Codes on the screen are read by a reader that is not ours. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <zbar.h>

#include "ui/qr.h"

#define SIZE 700

static uint32_t pixels[SIZE * SIZE];
static const struct canvas canvas = {pixels, SIZE, SIZE, SIZE};
static const struct rect all = {0, 0, SIZE, SIZE};

/* What zbar reads on the canvas, or "". */
static const char *read_code(zbar_symbol_type_t type) {
    static char found[2048];
    static unsigned char grey[SIZE * SIZE];
    for (int i = 0; i < SIZE * SIZE; i++)
        grey[i] = (unsigned char)pixels[i];
    zbar_image_scanner_t *scanner = zbar_image_scanner_create();
    zbar_image_t *image = zbar_image_create();
    zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
    zbar_image_set_size(image, SIZE, SIZE);
    zbar_image_set_data(image, grey, sizeof grey, NULL);
    found[0] = '\0';
    zbar_scan_image(scanner, image);
    for (const zbar_symbol_t *symbol = zbar_image_first_symbol(image); symbol;
         symbol = zbar_symbol_next(symbol))
        if (zbar_symbol_get_type(symbol) == type)
            strncpy(found, zbar_symbol_get_data(symbol), sizeof found - 1);
    zbar_image_destroy(image);
    zbar_image_scanner_destroy(scanner);
    return found;
}

static void a_phone_reads_the_payment_link(void **state) {
    (void)state;
    static const char link[] = "http://127.0.0.1:18080/pay/4f7c1e0b9a8d4c53b2716d0e5a9f8c71";
    struct qr_cache *cache = qr_create();
    canvas_fill(&canvas, all, 0xf4f7fa);
    assert_true(qr_draw(cache, &canvas, all, link));
    assert_string_equal(read_code(ZBAR_QRCODE), link);
    qr_destroy(cache);
}

static void the_longest_link_is_still_read(void **state) {
    (void)state;
    char link[1000];
    memset(link, 'x', sizeof link - 1);
    link[sizeof link - 1] = '\0';
    memcpy(link, "https://", 8);
    struct qr_cache *cache = qr_create();
    canvas_fill(&canvas, all, 0xf4f7fa);
    assert_true(qr_draw(cache, &canvas, all, link));
    assert_string_equal(read_code(ZBAR_QRCODE), link);
    qr_destroy(cache);
}

static void modules_are_whole_pixels_with_a_quiet_zone_of_four(void **state) {
    (void)state;
    struct qr_cache *cache = qr_create();
    int size = qr_size(cache, "HK1|26112011240100010007|CREDITED|165.70", 400);
    assert_true(size <= 400 && size > 350);
    assert_int_equal(size % (29 + 8), 0); /* version 3 */
    canvas_fill(&canvas, all, 0x808080);
    struct rect place = {100, 100, size, size};
    assert_true(qr_draw(cache, &canvas, place, "HK1|26112011240100010007|CREDITED|165.70"));
    int quiet = size / 37 * 4;
    for (int i = 0; i < quiet; i++)
        assert_int_equal(canvas_pixel(&canvas, 100 + i, 100 + size / 2), 0xffffff);
    assert_int_equal(canvas_pixel(&canvas, 100 + quiet, 100 + quiet), 0x000000);
    qr_destroy(cache);
}

static void what_does_not_fit_is_not_drawn(void **state) {
    (void)state;
    struct qr_cache *cache = qr_create();
    assert_int_equal(qr_size(cache, "", 400), 0);
    assert_int_equal(qr_size(cache, "something", 10), 0);
    assert_false(qr_draw(cache, &canvas, (struct rect){0, 0, 10, 10}, "something"));
    qr_destroy(cache);
}

static void the_pharmacy_reads_bars(void **state) {
    (void)state;
    static const char *const codes[] = {"20261120000712", "SN2026-1", "A"};
    for (int i = 0; i < 3; i++) {
        canvas_fill(&canvas, all, 0xffffff);
        assert_true(bar_draw(&canvas, (struct rect){20, 200, 660, 120}, codes[i]));
        assert_string_equal(read_code(ZBAR_CODE128), codes[i]);
    }
    assert_false(bar_draw(&canvas, all, ""));
    assert_false(bar_draw(&canvas, all, "取药"));
    assert_false(bar_draw(&canvas, (struct rect){0, 0, 60, 60}, "20261120000712"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_phone_reads_the_payment_link),
        cmocka_unit_test(the_longest_link_is_still_read),
        cmocka_unit_test(modules_are_whole_pixels_with_a_quiet_zone_of_four),
        cmocka_unit_test(what_does_not_fit_is_not_drawn),
        cmocka_unit_test(the_pharmacy_reads_bars),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
