/* The library has no log of its own in somebody else's program; a bug of ours ends the call. */
#include "app/base/log.h"

#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

void log_write(enum log_level level, const char *module, const char *format, ...) {
    (void)level, (void)module, (void)format;
}

void log_bug(const char *file, int line, const char *what) {
    char text[256];
    snprintf(text, sizeof text, "payclient: %s:%d: %s\n", file, line, what);
    OutputDebugStringA(text);
    abort();
}
