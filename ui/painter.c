#include "ui/painter.h"

#include <stdio.h>

#define SMALL_BELOW_MM 230 /* a wide panel this low drops what can be dropped */
#define DESK_WIDTH_MM 480.0f
#define DESK_HEIGHT_MM 270.0f
#define DESK_PX_MIN 3.0f
#define MOUNT_TALL_MM 800 /* where the lower edge of a panel usually is */
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

/* By the shape of the picture, but never smaller than what can be read sitting. */
static float desk_px_per_mm(const struct canvas *canvas) {
    float across = (float)canvas->width / DESK_WIDTH_MM,
          down = (float)canvas->height / DESK_HEIGHT_MM;
    float px_per_mm = across < down ? across : down;
    return px_per_mm < DESK_PX_MIN ? DESK_PX_MIN : px_per_mm;
}

void painter_begin(struct painter *p, const struct view *view) {
    p->language = view->language;
    p->palette = palettes[view->mode.dark ? PALETTE_DARK : PALETTE_LIGHT];
    p->elder = view->mode.elder && view->screen != SCREEN_STAFF; /* lists of the staff are dense */
    p->low = view->mode.low;
    p->desk = screen_is_desk(view->screen);
    p->px_per_mm = p->desk ? desk_px_per_mm(&p->canvas) : p->panel_px_per_mm;
    p->wide = p->canvas.width > p->canvas.height;
    p->small = !p->desk && p->wide && p->canvas.height < mm(p, SMALL_BELOW_MM);
    p->tight = p->small && p->elder;
    p->reach = highest_control(p);
}

const char *say_short(const struct painter *p, const char *key) {
    char shorter[64];
    snprintf(shorter, sizeof shorter, "%s.short", key);
    const char *words = say(p, shorter);
    return words == shorter ? say(p, key) : words;
}
