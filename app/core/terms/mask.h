/* Personal data as it may be seen: the rest is asterisks. Counts characters, not bytes. */
#ifndef HOPKIOSK_CORE_TERMS_MASK_H
#define HOPKIOSK_CORE_TERMS_MASK_H

#include <stddef.h>

/* 张*丰, 陈*, 𬭎*; Latin names keep their first and last letter. Returns `out`. */
char *mask_name(const char *name, char *out, size_t size);
/* Keeps so many characters at both ends ("110105********002X" is 6, 4); a text not longer than
 * both is masked wholly but its last. */
char *mask_middle(const char *text, size_t head, size_t tail, char *out, size_t size);

#endif
