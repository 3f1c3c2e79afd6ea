/* How far long work has come, in one line of a terminal; nothing where nobody looks. */
#ifndef HOPKIOSK_CTL_PROGRESS_H
#define HOPKIOSK_CTL_PROGRESS_H

#include <stdint.h>

/* `total` 0: nobody knows yet. Drawn at most ten times a second. */
void progress_show(const char *what, int64_t done, int64_t total);
/* The line is free again, for what is said next. */
void progress_clear(void);

#endif
