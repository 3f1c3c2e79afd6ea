/* Copies into texts of a fixed size, and wiping of secrets. */
#ifndef HOPKIOSK_CORE_TERMS_COPY_H
#define HOPKIOSK_CORE_TERMS_COPY_H

#include <stddef.h>

/* Copies what fits and always terminates it. */
void text_copy(char *out, size_t size, const char *text);
/* Overwrites with zeroes in a way that the compiler may not optimize away. */
void text_wipe(void *secret, size_t size);

#endif
