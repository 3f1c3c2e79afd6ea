#include "app/ctl/progress.h"

#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

#include "app/base/clock.h"

#define BAR_CELLS 24
#define DRAWN_EVERY_MS 100

static bool is_drawn;

void progress_show(const char *what, int64_t done, int64_t total) {
    static int64_t drawn_ms;
    int64_t now_ms = clock_mono_ms();
    if (!isatty(STDERR_FILENO) || (is_drawn && now_ms - drawn_ms < DRAWN_EVERY_MS && done < total))
        return;
    int full = total > 0 ? (int)(done >= total ? BAR_CELLS : done * BAR_CELLS / total) : 0;
    fputs("\r[", stderr);
    for (int i = 0; i < BAR_CELLS; i++)
        fputc(i < full ? '#' : ' ', stderr);
    if (total > 0)
        fprintf(stderr, "] %3d %%  ", (int)(done >= total ? 100 : done * 100 / total));
    else
        fputs("]  ", stderr);
    fprintf(stderr, "%.60s\033[K", what);
    fflush(stderr);
    is_drawn = true;
    drawn_ms = now_ms;
}

void progress_clear(void) {
    if (is_drawn)
        fputs("\r\033[K", stderr);
    is_drawn = false;
}
