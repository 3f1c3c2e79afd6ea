#include "ui/painter.h"

#include <stdio.h>

#define SMALL_BELOW_MM 230 /* a wide panel this low drops what can be dropped */
#define MOUNT_TALL_MM 800  /* where the lower edge of a panel usually is */
#define MOUNT_WIDE_MM 850

/* Hands reach up to REACH_MM above the floor; on a tall panel only its lower two thirds; of
 * low-reach mode only its lowest part. */
static int highest_control(const struct painter *p) {
    int height = p->canvas.height;
    int mount = p->mount_mm > 0 ? p->mount_mm : p->wide ? MOUNT_WIDE_MM : MOUNT_TALL_MM;
    int reach = height - mm(p, REACH_MM - (float)mount);
    if (!p->wide && reach < height / 3 + 1)
        reach = height / 3 + 1;
    if (p->low && reach < height - mm(p, LOW_REACH_MM))
        reach = height - mm(p, LOW_REACH_MM);
    return reach < 0 ? 0 : reach;
}

void painter_begin(struct painter *p, const struct view *view) {
    p->language = view->language;
    p->palette = palettes[view->mode.dark ? PALETTE_DARK : PALETTE_LIGHT];
    p->elder = view->mode.elder && view->screen != SCREEN_STAFF; /* lists of the staff are dense */
    p->low = view->mode.low;
    p->wide = p->canvas.width > p->canvas.height;
    p->small = p->wide && p->canvas.height < mm(p, SMALL_BELOW_MM);
    p->tight = p->small && p->elder;
    p->reach = highest_control(p);
}

const char *say_short(const struct painter *p, const char *key) {
    char shorter[64];
    snprintf(shorter, sizeof shorter, "%s.short", key);
    const char *words = say(p, shorter);
    return words == shorter ? say(p, key) : words;
}
