/* UTF-8 text that is cut or counted by characters, never inside one. */
#ifndef HOPKIOSK_BASE_TEXT_H
#define HOPKIOSK_BASE_TEXT_H

#include <stddef.h>

/* Cut at a character's border when it does not fit in `size` bytes; NULL is "". Returns `out`. */
char *text_cut(char *out, size_t size, const char *text);
/* The same for text of another side that people will read: what a printer, a terminal or a log
 * would take for an order becomes a blank; a new line stays one. */
char *text_clean(char *out, size_t size, const char *text);
/* Characters, not bytes. */
unsigned text_characters(const char *text);

#endif
