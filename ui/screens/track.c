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

/* A disk that hangs on the line at x. */
static struct rect on_line(struct rect rect, const struct painter *p, int x, float size_mm) {
    int size = mm(p, size_mm);
    return (struct rect){x - size / 2, rect.y + mm(p, COIN_MM) / 2 - size / 2, size, size};
}

static void draw_stop(struct painter *p, struct rect disk) {
    int edge = mm(p, 0.7f);
    canvas_round(&p->canvas, disk, disk.w / 2, colour_of(p, COLOUR_QUIET));
    canvas_round(&p->canvas, rect_inset(disk, edge, edge), disk.w / 2 - edge,
                 colour_of(p, COLOUR_CARD));
}

static void draw_coin(struct painter *p, struct rect disk, enum view_tone tone, const char *sign) {
    struct text_style style = one_line(styled(style_small, ALIGN_CENTRE, COLOUR_ON_TONE));
    style.weight = WEIGHT_BOLD;
    style.middle = true;
    canvas_round(&p->canvas, disk, disk.w / 2, colour_of(p, tone_looks[tone].badge));
    text_draw(p, disk, &style, sign);
}

void track_draw(struct painter *p, struct rect rect, enum view_place at, enum view_tone tone) {
    int coin = mm(p, COIN_MM), pitch = rect.w / PLACES, first = rect.x + pitch / 2;
    canvas_fill(&p->canvas,
                (struct rect){first, rect.y + coin / 2 - mm(p, 0.25f), 2 * pitch, mm(p, 0.5f)},
                colour_of(p, COLOUR_STEP_REST));
    for (int i = 0; i < PLACES; i++) {
        bool here = i == (int)at;
        struct text_style word =
            one_line(styled(style_small, ALIGN_CENTRE, here ? COLOUR_INK : COLOUR_QUIET));
        word.weight = here ? WEIGHT_BOLD : WEIGHT_REGULAR;
        if (here)
            draw_coin(p, on_line(rect, p, first + i * pitch, COIN_MM), tone, "¥");
        else
            draw_stop(p, on_line(rect, p, first + i * pitch, STOP_MM));
        text_draw(p, (struct rect){rect.x + i * pitch, rect.y + coin, pitch, text_line(p, T1)},
                  &word, say(p, place_keys[i]));
    }
    if (at == PLACE_UNKNOWN)
        draw_coin(p, on_line(rect, p, first + pitch / 2, COIN_MM), tone, "?");
}
