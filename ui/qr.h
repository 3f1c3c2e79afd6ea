/* QR codes (level M) and Code 128 bars: black on white, whole pixels a module, with their quiet
 * zones. */
#ifndef HOPKIOSK_UI_QR_H
#define HOPKIOSK_UI_QR_H

#include "ui/canvas.h"

#define CODE_LIGHT 0xffffff
#define CODE_DARK 0x000000

struct qr_cache;

struct qr_cache *qr_create(void);
void qr_destroy(struct qr_cache *cache);
/* Modules of a side, quiet zone of 4 included; 0 when the text cannot be coded. */
int qr_modules(struct qr_cache *cache, const char *text);
/* The size in pixels of the code drawn at the largest whole module size that fits `limit`, quiet
 * zone of 4 modules included; 0 when the text cannot be coded or would not fit. */
int qr_size(struct qr_cache *cache, const char *text, int limit);
/* The smallest size of at least `least` whose modules any phone reads (QR_MODULE_PX); 0: cannot be
 * coded. */
int qr_size_least(struct qr_cache *cache, const char *text, int least);
/* In the middle of `rect`, as large as fits; false: nothing drawn. */
bool qr_draw(struct qr_cache *cache, const struct canvas *canvas, struct rect rect,
             const char *text);

/* Code 128 in the middle of `rect` at its full height; false when `text` is empty, is not
 * printable ASCII or does not fit. */
/* Modules of its width, quiet zones included; 0: cannot be coded. */
int bar_modules(const char *text);
bool bar_draw(const struct canvas *canvas, struct rect rect, const char *text);

#endif
