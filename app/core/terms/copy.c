#include "app/core/terms/copy.h"

#include <string.h>

void text_copy(char *out, size_t size, const char *text) {
    size_t length = strlen(text);

    if (length >= size)
        length = size - 1;
    memcpy(out, text, length);
    out[length] = '\0';
}

void text_wipe(void *secret, size_t size) {
    memset(secret, 0, size);
    __asm__ volatile("" : : "r"(secret) : "memory");
}
