#include "ui/qr.h"

#include <qrencode.h>
#include <stdlib.h>
#include <string.h>

#include "ui/theme.h"

#define QUIET 4
#define CODES_MAX 8
#define TEXT_MAX 1100

/* The codes of the last frames: encoding takes longer than drawing. */
struct code {
    char text[TEXT_MAX];
    QRcode *code;
};

struct qr_cache {
    int next;
    struct code codes[CODES_MAX];
};

struct qr_cache *qr_create(void) {
    return calloc(1, sizeof(struct qr_cache));
}

void qr_destroy(struct qr_cache *cache) {
    for (int i = 0; cache && i < CODES_MAX; i++)
        QRcode_free(cache->codes[i].code);
    free(cache);
}

static const QRcode *code_of(struct qr_cache *cache, const char *text) {
    if (!text[0] || strlen(text) >= TEXT_MAX)
        return NULL;
    for (int i = 0; i < CODES_MAX; i++)
        if (cache->codes[i].code && strcmp(cache->codes[i].text, text) == 0)
            return cache->codes[i].code;
    struct code *code = &cache->codes[cache->next];
    cache->next = (cache->next + 1) % CODES_MAX;
    QRcode_free(code->code);
    code->code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
    strcpy(code->text, text);
    return code->code;
}

int qr_modules(struct qr_cache *cache, const char *text) {
    const QRcode *code = code_of(cache, text);
    return code ? code->width + 2 * QUIET : 0;
}

int qr_size(struct qr_cache *cache, const char *text, int limit) {
    int modules = qr_modules(cache, text);
    return modules > 0 ? limit / modules * modules : 0;
}

int qr_size_least(struct qr_cache *cache, const char *text, int least) {
    int modules = qr_modules(cache, text);
    if (modules == 0)
        return 0;
    int module = (least + modules - 1) / modules;
    return modules * (module > QR_MODULE_PX ? module : QR_MODULE_PX);
}

bool qr_draw(struct qr_cache *cache, const struct canvas *canvas, struct rect rect,
             const char *text) {
    int size = qr_size(cache, text, rect.w < rect.h ? rect.w : rect.h);
    if (size == 0)
        return false;
    const QRcode *code = code_of(cache, text);
    struct rect box = rect_centre(rect, size, size);
    int module = size / (code->width + 2 * QUIET);
    canvas_fill(canvas, box, CODE_LIGHT);
    for (int y = 0; y < code->width; y++)
        for (int x = 0; x < code->width; x++)
            if (code->data[y * code->width + x] & 1)
                canvas_fill(canvas,
                            (struct rect){box.x + (x + QUIET) * module,
                                          box.y + (y + QUIET) * module, module, module},
                            CODE_DARK);
    return true;
}
