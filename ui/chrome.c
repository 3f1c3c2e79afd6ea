#include "ui/chrome.h"

#include <stdio.h>
#include <string.h>

#define STAGE_PART 39 /* of a wide panel, percent */
#define COLUMN_GAP_MM 9.0f

static struct places place_tall(const struct painter *p, struct rect body) {
    struct places places = {.wide = false, .whole = body, .stage = body, .board = body};
    int bottom = body.y + body.h, top = p->reach > body.y ? p->reach : body.y;
    places.stage.h = top - body.y;
    places.board.y = top;
    places.board.h = bottom - top;
    places.bleed = (struct rect){0, body.y, p->canvas.width, body.h};
    return places;
}

int stage_width(int body_width) {
    return body_width * STAGE_PART / 100;
}

static struct places place_wide(const struct painter *p, struct rect body, int strip) {
    struct places places = {.wide = true, .whole = body, .stage = body, .board = body};
    int gap = mm(p, COLUMN_GAP_MM), left = stage_width(body.w), bottom = body.y + body.h;
    rect_cut_top(&places.whole, strip, 0);
    places.stage = places.whole;
    places.stage.w = left;
    places.board.x = body.x + left + gap;
    places.board.w = body.w - left - gap;
    if (places.board.y < p->reach)
        places.board.y = p->reach;
    places.board.h = bottom - places.board.y;
    places.bleed = (struct rect){0, places.stage.y, body.x + left + gap / 2, places.stage.h};
    return places;
}

struct places chrome_draw(struct painter *p, const struct view *view, enum dock kind) {
    struct rect all = {0, 0, p->canvas.width, p->canvas.height};
    canvas_fill(&p->canvas, all, colour_of(p, COLOUR_PAPER));
    struct rect dock = rect_cut_bottom(&all, dock_height(p, kind), 0);
    struct rect body = rect_inset(all, mm(p, MARGIN_MM), 0);
    int strip = header_draw(p, view, &body);
    struct places places = p->wide ? place_wide(p, body, strip) : place_tall(p, body);
    if (p->wide && strip > 0)
        strip_draw(p, view, (struct rect){body.x, body.y, places.stage.w, strip});
    places.action = dock_draw(p, view, dock, kind);
    return places;
}

struct rect board_below(const struct painter *p, const struct places *places,
                        const struct rect *used) {
    struct rect board = places->board;
    if (places->wide || used->y <= board.y)
        return board;
    (void)p;
    board.h -= used->y - board.y;
    board.y = used->y;
    return board;
}

void flow_title(struct painter *p, struct rect *area, const char *title) {
    rect_cut_top(area, mm(p, p->small ? 1 : 3), 0);
    flow_text(p, area, &style_title, mm(p, LINE_GAP_MM), title);
}

void flow_saying(struct painter *p, struct rect *area, const char *words) {
    struct text_style style = style_title;
    if (p->small)
        style.size = p->tight ? T2 : T3;
    flow_text(p, area, &style, mm(p, LINE_GAP_MM), words);
}

static struct text_style band_style(const struct band *band) {
    struct text_style style = styled(style_small, ALIGN_LEFT, COLOUR_INK);
    style.strong = true;
    style.middle = true;
    style.lead = band->large ? 0 : first_sentence(band->text);
    return style;
}

/* The first sentence of a large band, alone. */
static const char *band_head(const struct band *band, char out[200]) {
    snprintf(out, 200, "%.*s", first_sentence(band->text), band->text);
    return out;
}

static int large_height(struct painter *p, int width, const struct band *band) {
    char head[200];
    struct text_style style = band_style(band);
    int room = width - text_line(p, T3) - mm(p, 4);
    return text_height(p, room, &style_head, band_head(band, head)) +
           text_height(p, room, &style, band->text + first_sentence(band->text));
}

int band_height(struct painter *p, const struct places *places, const struct band *band) {
    struct text_style style = band_style(band);
    int width = places->stage.w;
    int height =
        band->large ? large_height(p, width, band) : icon_text_height(p, width, &style, band->text);
    return height + 2 * mm(p, BAND_PAD_MM);
}

static void draw_large(struct painter *p, struct rect box, const struct band *band) {
    char head[200];
    struct text_style style = band_style(band);
    struct rect icon = rect_cut_left(&box, text_line(p, T3), mm(p, 4));
    icon_draw(p, rect_inset(icon, mm(p, 1), 0), band->icon, band->ink);
    flow_text(p, &box, &style_head, 0, band_head(band, head));
    style.middle = false;
    text_draw(p, box, &style, band->text + first_sentence(band->text));
}

void flow_band(struct painter *p, const struct places *places, struct rect *area,
               const struct band *band) {
    struct text_style style = band_style(band);
    int pad = mm(p, BAND_PAD_MM), height = band_height(p, places, band);
    struct rect box = rect_cut_top(area, height, mm(p, 3));
    band_draw(p, (struct rect){places->bleed.x, box.y, places->bleed.w, box.h}, band->tint);
    box = rect_inset(box, 0, pad);
    box.w = places->stage.w;
    if (band->large)
        draw_large(p, box, band);
    else
        flow_icon_text(p, &box, band->icon, band->ink, &style, 0, band->text);
}

void flow_notice(struct painter *p, const struct view *view, const struct places *places,
                 struct rect *area) {
    char text[1024];
    if (!view->notice_key[0])
        return;
    const char *sentence = say(p, view->notice_key);
    if (view->notice_code[0])
        strings_fill(text, sizeof text, say(p, "notice.code"), sentence, view->notice_code);
    else
        snprintf(text, sizeof text, "%s", sentence);
    flow_band(p, places, area,
              &(struct band){ICON_info, COLOUR_WAIT, COLOUR_WAIT_TINT, text, false});
}

struct places board_places(const struct painter *p, const struct places *places,
                           const struct rect *board) {
    struct places over = *places;
    over.stage = *board;
    if (places->wide) {
        over.bleed.x = board->x - mm(p, COLUMN_GAP_MM) / 2;
        over.bleed.w = p->canvas.width - over.bleed.x;
    }
    return over;
}

void board_notice(struct painter *p, const struct view *view, const struct places *places,
                  struct rect *board) {
    struct places over = board_places(p, places, board);
    flow_notice(p, view, &over, board);
}
