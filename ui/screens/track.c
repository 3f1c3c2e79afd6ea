/* Where the money is: one coin on a line you - platform - hospital, the same places everywhere. */
#include "ui/screens/screens.h"

#define PLACES 3
#define COIN_MM 11.5f
#define STOP_MM 4.5f

static const char *const place_keys[PLACES] = {[PLACE_YOU] = "place.you",
                                               [PLACE_PLATFORM] = "place.platform",
                                               [PLACE_HOSPITAL] = "place.hospital"};

int track_height(const struct painter *p) {
    return mm(p, COIN_MM) + text_line(p, T1);
}

/* Every word has room. */
int track_width(struct painter *p) {
    const struct text_style bold = {.size = T1, .weight = WEIGHT_BOLD};
    int widest = 0;
    for (int i = 0; i < PLACES; i++) {
        int width = text_width(p, &bold, say(p, place_keys[i]));
        widest = width > widest ? width : widest;
    }
    return PLACES * (widest + mm(p, 3));
}

void track_draw(struct painter *p, struct rect rect, enum view_place at, enum view_tone tone) {
    int coin = mm(p, COIN_MM), stop = mm(p, STOP_MM), middle = rect.y + coin / 2;
    int first = rect.x + rect.w / PLACES / 2, pitch = rect.w / PLACES;
    canvas_fill(&p->canvas, (struct rect){first, middle - mm(p, 0.25f), 2 * pitch, mm(p, 0.5f)},
                colour_of(p, COLOUR_STEP_REST));
    for (int i = 0; i < PLACES; i++) {
        bool here = i == (int)at;
        int size = here ? coin : stop;
        struct rect disk = {first + i * pitch - size / 2, middle - size / 2, size, size};
        struct text_style yuan = one_line(styled(style_label, ALIGN_CENTRE, COLOUR_ON_TONE));
        struct text_style word = one_line(styled(style_small, ALIGN_CENTRE, COLOUR_QUIET));
        canvas_round(&p->canvas, disk, size / 2,
                     colour_of(p, here ? tone_looks[tone].badge : COLOUR_QUIET));
        if (!here)
            canvas_round(&p->canvas, rect_inset(disk, mm(p, 0.7f), mm(p, 0.7f)),
                         size / 2 - mm(p, 0.7f), colour_of(p, COLOUR_CARD));
        if (here) {
            yuan.size = T1;
            text_draw(p, disk, &yuan, "¥");
            word.weight = WEIGHT_BOLD;
            word.ink = COLOUR_INK;
        }
        struct rect below = {rect.x + i * pitch, rect.y + coin, pitch, text_line(p, T1)};
        text_draw(p, below, &word, say(p, place_keys[i]));
    }
}
