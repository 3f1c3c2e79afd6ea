/* Masks personal data for showing it. Counts characters, not bytes. */
#ifndef HOPKIOSK_CORE_TERMS_MASK_H
#define HOPKIOSK_CORE_TERMS_MASK_H

#include <stddef.h>

/* "张*丰", "陈*", "𬭎*"; a Latin name keeps its first and last letter. Returns `out`. */
char *mask_name(const char *name, char *out, size_t size);
/* Keeps so many characters at both ends: "110105********002X" for 6 and 4. Of a text that is not
 * longer than both together only the last character stays. */
char *mask_middle(const char *text, size_t head, size_t tail, char *out, size_t size);

#endif
