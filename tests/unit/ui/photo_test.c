/* links: house tests/support/samples/ */
/* Codes as a phone or a window's scanner sees them on every screen: held at an angle, out of focus,
 * from afar. Read by a reader that is not ours. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <zbar.h>

#include "tests/support/samples/samples.h"
#include "ui/frame.h"
#include "ui/window/window.h"

#define SIDE_MAX 2000
#define PHOTOS_MAX 1000
#define AROUND 60 /* pixels of the screen that a photograph has around the code */

struct photo {
    int width, height;
    unsigned char *grey;
};

/* How it is held: what is read of it otherwise is the same. */
struct hold {
    const char *how;
    double degrees;
    int blur;  /* pixels that run into each other */
    int apart; /* one pixel of so many each way */
    bool bars; /* so are bars still to be read */
};
/* clang-format off */
static const struct hold holds[] = { /* by degrees: the same turn is made once */
    {"straight", 0, 1, 1, true},
    {"out of focus", 0, 3, 1, false},
    {"half as large", 0, 2, 2, false},
    {"a quarter as large", 0, 4, 4, false},
    {"at 5 degrees", 5, 1, 1, true},
    {"at 10 degrees", 10, 1, 1, true},
    {"at 15 degrees", 15, 1, 1, true},
};
/* clang-format on */

/* The code and all around it that a turned photograph may see, in grey. */
static struct {
    struct rect code; /* where it stands in it */
    int width;
    unsigned char grey[SIDE_MAX * SIDE_MAX];
} seen;

static unsigned char grey_of(rgb pixel) {
    return (unsigned char)(((pixel >> 16 & 255) * 3 + (pixel >> 8 & 255) * 6 + (pixel & 255)) / 10);
}

static void look_at(const struct canvas *canvas, struct rect code) {
    int reach = (code.w > code.h ? code.w : code.h) / 8 + 2 * AROUND;
    int height = code.h + 2 * reach;
    seen.width = code.w + 2 * reach;
    seen.code = (struct rect){reach, reach, code.w, code.h};
    assert_true(seen.width <= SIDE_MAX && height <= SIDE_MAX);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < seen.width; x++)
            seen.grey[y * seen.width + x] =
                grey_of(canvas_pixel(canvas, code.x - reach + x, code.y - reach + y));
}

/* Between four pixels. */
static double grey_between(double x, double y) {
    int left = (int)x, top = (int)y;
    double right = x - left, below = y - top;
    const unsigned char *upper = &seen.grey[top * seen.width + left], *lower = upper + seen.width;
    return (upper[0] * (1 - right) + upper[1] * right) * (1 - below) +
           (lower[0] * (1 - right) + lower[1] * right) * below;
}

/* The code and what is around it, turned about its middle. */
static struct photo turned(double degrees) {
    static unsigned char grey[SIDE_MAX * SIDE_MAX];
    struct rect code = seen.code;
    struct photo photo = {code.w + 2 * AROUND, code.h + 2 * AROUND, grey};
    double cosine = cos(degrees * M_PI / 180), sine = sin(degrees * M_PI / 180);
    for (int y = 0; y < photo.height; y++)
        for (int x = 0; x < photo.width; x++) {
            double dx = x - photo.width / 2.0, dy = y - photo.height / 2.0;
            grey[y * photo.width + x] =
                (unsigned char)grey_between(code.x + code.w / 2.0 + dx * cosine - dy * sine,
                                            code.y + code.h / 2.0 + dx * sine + dy * cosine);
        }
    return photo;
}

/* The mean of the pixels that run into each other from a place on; those beyond the edge are left
 * out. */
static int mean_from(const struct photo *photo, int left, int top, int blur) {
    int sum = 0, count = 0;
    for (int y = top; y < top + blur && y < photo->height; y++)
        for (int x = left; x < left + blur && x < photo->width; x++, count++)
            sum += photo->grey[y * photo->width + x];
    return sum / count;
}

static struct photo photograph(const struct photo *sharp, const struct hold *hold) {
    if (hold->blur == 1 && hold->apart == 1)
        return *sharp;
    static unsigned char grey[SIDE_MAX * SIDE_MAX];
    struct photo photo = {sharp->width / hold->apart, sharp->height / hold->apart, grey};
    for (int y = 0; y < photo.height; y++)
        for (int x = 0; x < photo.width; x++)
            grey[y * photo.width + x] =
                (unsigned char)mean_from(sharp, x * hold->apart, y * hold->apart, hold->blur);
    return photo;
}

/* What zbar reads, or "". */
static void read_photo(const struct photo *photo, bool bars, char *out, size_t size) {
    zbar_symbol_type_t wanted = bars ? ZBAR_CODE128 : ZBAR_QRCODE;
    zbar_image_scanner_t *scanner = zbar_image_scanner_create();
    zbar_image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0); /* what else it knows */
    zbar_image_scanner_set_config(scanner, wanted, ZBAR_CFG_ENABLE, 1);
    zbar_image_t *image = zbar_image_create();
    zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
    zbar_image_set_size(image, (unsigned)photo->width, (unsigned)photo->height);
    zbar_image_set_data(image, photo->grey, (unsigned long)(photo->width * photo->height), NULL);
    out[0] = '\0';
    zbar_scan_image(scanner, image);
    for (const zbar_symbol_t *symbol = zbar_image_first_symbol(image); symbol;
         symbol = zbar_symbol_next(symbol))
        if (zbar_symbol_get_type(symbol) == wanted)
            snprintf(out, size, "%s", zbar_symbol_get_data(symbol));
    zbar_image_destroy(image);
    zbar_image_scanner_destroy(scanner);
}

/* Is this the code, and what a turned photograph has around it, that was photographed before? Most
 * modes of a screen change nothing there. Told by a hash of 64 bits. */
static bool was_photographed(const struct canvas *canvas, struct rect code) {
    static uint64_t known[PHOTOS_MAX];
    static int count;
    uint64_t hash = UINT64_C(14695981039346656037);
    int reach_x = code.w / 8 + 2 * AROUND, reach_y = code.h / 8 + 2 * AROUND;
    for (int y = code.y - reach_y; y < code.y + code.h + reach_y; y++)
        for (int x = code.x - reach_x; x < code.x + code.w + reach_x; x++)
            hash = (hash ^ canvas_pixel(canvas, x, y)) * UINT64_C(1099511628211);
    for (int i = 0; i < count; i++)
        if (known[i] == hash)
            return true;
    assert_true(count < PHOTOS_MAX);
    known[count++] = hash;
    return false;
}

static int unread;

static void check_code(const struct ui *ui, const char *sample, const char *mode,
                       const struct frame_code *code) {
    char text[2048], plain[2048] = "";
    bool bars = code->kind == CODE_BARS;
    struct photo sharp = {0};
    look_at(&ui->painter.canvas, code->rect);
    for (size_t i = 0; i < sizeof holds / sizeof holds[0]; i++) {
        if (bars && !holds[i].bars)
            continue;
        if (i == 0 || holds[i].degrees != holds[i - 1].degrees)
            sharp = turned(holds[i].degrees);
        struct photo photo = photograph(&sharp, &holds[i]);
        read_photo(&photo, bars, text, sizeof text);
        if (i == 0)
            memcpy(plain, text, sizeof plain);
        if (!text[0] || strcmp(text, plain) != 0) {
            unread++;
            fprintf(stderr, "%s %s %dx%d: a code of %d px a module is not read %s\n", sample, mode,
                    ui->width, ui->height, code->module_px, holds[i].how);
        }
    }
}

static void codes_are_read_however_they_are_held(void **state) {
    int codes = 0;
    (void)state;
    for (int p = 0; p < panel_count; p++) {
        char error[256];
        struct ui_options options = panel_options(&panels[p]);
        struct ui *ui = ui_create(&options, error, sizeof error);
        assert_non_null(ui);
        for (int i = 0; i < sample_count() * sample_mode_count; i++) {
            const struct sample *sample = sample_at(i / sample_mode_count);
            const struct sample_mode *mode = &sample_modes[i % sample_mode_count];
            struct view view;
            sample_view(sample, &panels[p], VIEW_ZH, mode->mode, &view);
            view.revision = (uint32_t)(i + 1);
            ui_present(ui, &view);
            for (int c = 0; c < ui->frame.code_count; c++, codes++)
                if (!was_photographed(&ui->painter.canvas, ui->frame.codes[c].rect))
                    check_code(ui, sample->name, mode->name, &ui->frame.codes[c]);
        }
        ui_destroy(ui);
    }
    assert_true(codes > 100);
    assert_int_equal(unread, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(codes_are_read_however_they_are_held)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
