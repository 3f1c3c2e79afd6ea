/* UTF-8 is cut and counted by characters. */
#ifndef HOPKIOSK_BASE_TEXT_H
#define HOPKIOSK_BASE_TEXT_H

#include <stddef.h>

/* Cut at a character's border when it does not fit in `size` bytes; NULL is "". Returns `out`. */
char *text_cut(char *out, size_t size, const char *text);
/* The same for text of another system that people will read: what a printer, a console or a log
 * would obey becomes a blank each (control characters, also those of C1, and marks that turn the
 * direction of what follows), bytes that are no UTF-8 become '?'; a line feed stays. */
char *text_clean(char *out, size_t size, const char *text);
/* The same where it stands, and line feeds become blanks too. */
void text_one_line(char *text);
/* The bytes of the UTF-8 character at `at`, strictly: 0 when it is none (overlong, a surrogate, cut
 * off at `end`). */
size_t text_utf8_length(const unsigned char *at, const unsigned char *end);
/* Where the first byte stands that is no UTF-8; `end`: all are. */
const char *text_utf8_fault(const char *at, const char *end);
/* The number of characters. */
unsigned text_characters(const char *text);

#endif
