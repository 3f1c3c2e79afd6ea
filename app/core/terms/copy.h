/* Texts of a fixed size, and secrets that must be gone. */
#ifndef HOPKIOSK_CORE_TERMS_COPY_H
#define HOPKIOSK_CORE_TERMS_COPY_H

#include <stddef.h>

/* Copies what fits and always ends it. */
void text_copy(char *out, size_t size, const char *text);
/* Overwrites, also where a compiler could prove that nobody reads it any more. */
void text_wipe(void *secret, size_t size);

#endif
