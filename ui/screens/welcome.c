/* Where a visit begins: what to hold where, what can be done here, and what cannot right now. */
#include <stdio.h>

#include "ui/screens/screens.h"

#define PICTURE_LEAST_MM 30.0f
#define TILES_MAX 4
#define TILE_MAX_MM 64.0f
#define BADGE_MM 27.0f
#define BADGE_HALF_MM 22.0f

struct greeting welcome_greeting(const struct view *view) {
    bool direct = view->of.welcome.direct && view->screen == SCREEN_WELCOME;
    if (view->of.welcome.identified)
        return (struct greeting){ACT_NONE, "service.title.identified", "service.hint.identified"};
    if (view->of.welcome.scanner)
        return (struct greeting){ACT_SCAN_CARD, "welcome.title",
                                 direct ? "welcome.text" : "welcome.text.choose"};
    if (view->of.welcome.id_reader)
        return (struct greeting){ACT_LAY_IDCARD, "welcome.title.idcard",
                                 direct ? "welcome.text.idcard" : "welcome.text.idcard.choose"};
    if (view->of.welcome.card_reader)
        return (struct greeting){ACT_INSERT_CARD, "welcome.title.card", "welcome.text.card"};
    return (struct greeting){ACT_NONE, "welcome.title.none", "welcome.text.none"};
}

/* The drawing beside the words, or above them where the stage is higher than wide. */
static void draw_greeting(struct painter *p, const struct view *view, struct rect stage,
                          struct rect bleed) {
    struct greeting greeting = welcome_greeting(view);
    struct text_style title = style_title, text = styled(style_body, ALIGN_LEFT, COLOUR_INK);
    const char *title_words = say(p, greeting.title_key), *words = say(p, greeting.text_key);
    band_draw(p, bleed, COLOUR_TINT);
    struct rect area = rect_inset(stage, 0, mm(p, p->wide ? 4 : 8));
    int gap = mm(p, 3);
    if (p->wide) {
        title.align = text.align = ALIGN_CENTRE;
        if (text_height(p, area.w, &title, title_words) > 2 * text_line(p, T4))
            title.size = T3;
        int words_h = text_height(p, area.w, &title, title_words) + gap +
                      text_height(p, area.w, &text, words);
        struct rect low = rect_cut_bottom(&area, words_h, mm(p, 4));
        flow_text(p, &low, &title, gap, title_words);
        flow_text(p, &low, &text, 0, words);
        machine_draw(p, area, greeting.act);
        return;
    }
    machine_draw(p, rect_cut_left(&area, area.w * 49 / 100, mm(p, 6)), greeting.act);
    area = rect_centre(area, area.w,
                       text_height(p, area.w, &title, title_words) + gap +
                           text_height(p, area.w, &text, words));
    flow_text(p, &area, &title, gap, title_words);
    flow_text(p, &area, &text, 0, words);
}

struct tile {
    const struct view_service *service;
    bool half, first;
    bool bare;           /* without its sign: words come first */
    enum text_size size; /* of its title: one for all that are as wide */
};

static enum look look_of_tile(const struct tile *tile) {
    return tile->first ? LOOK_PRIMARY : LOOK_CARD;
}

static void draw_tile(struct painter *p, struct rect rect, const struct tile *tile) {
    char title[48], text[48];
    const struct view_service *service = tile->service;
    bool off = !service->enabled, filled = tile->first && !off;
    snprintf(title, sizeof title, "service.%s", service_name(service->service));
    snprintf(text, sizeof text, "service.%s.text", service_name(service->service));
    struct rect inside = off ? rect
                             : touchable_draw(p, rect, look_of_tile(tile),
                                              (struct touch){TOUCH_SERVICE, service->service});
    if (off)
        hairline_draw(p, rect.x, rect.y + rect.h, rect.w);
    inside = rect_inset(inside, mm(p, tile->half ? 5 : 9), mm(p, 1));
    int badge = mm(p, tile->half ? BADGE_HALF_MM : BADGE_MM);
    badge = badge < inside.h - mm(p, 2) ? badge : inside.h - mm(p, 2);
    if (!tile->bare)
        badge_draw(p, rect_cut_left(&inside, badge, mm(p, tile->half ? 4 : 8)),
                   icon_of_service(service->service), filled ? COLOUR_ACCENT : COLOUR_ON_ACCENT,
                   filled ? COLOUR_ON_ACCENT
                   : off  ? COLOUR_CALM
                          : COLOUR_ACCENT);
    struct text_style head = styled(tile->half ? style_head : style_title, ALIGN_LEFT,
                                    filled ? COLOUR_ON_ACCENT : COLOUR_INK);
    struct text_style line = styled(style_small, ALIGN_LEFT,
                                    filled ? COLOUR_ON_ACCENT
                                    : off  ? COLOUR_INK
                                           : COLOUR_QUIET);
    head.lines_max = 2;
    head.size = tile->size;
    head.strong = !filled;
    if (off)
        head.size = p->tight ? T1 : T2;
    const char *words = say(p, off && p->tight                 ? "way.off"
                               : off && service->reason_key[0] ? service->reason_key
                                                               : text);
    int head_h = text_height(p, inside.w, &head, say(p, title));
    int line_h = text_height(p, inside.w, &line, words);
    if (!off && head_h + line_h > inside.h)
        line_h = 0;
    inside = rect_centre(inside, inside.w, head_h + line_h);
    flow_text(p, &inside, &head, 0, say(p, title));
    if (line_h > 0)
        text_draw(p, inside, &line, words);
}

static int title_room(const struct painter *p, int width, bool half) {
    return width - 2 * mm(p, half ? 5 : 9) - mm(p, half ? BADGE_HALF_MM + 4 : BADGE_MM + 8);
}

/* The tiles from `first` on, all as wide: one size in which each title fits, at least T2. */
static void size_tiles(struct painter *p, struct tile *tiles, int count, int width) {
    char title[48];
    struct text_style head = tiles[0].half ? style_head : style_title;
    int room = title_room(p, width, tiles[0].half), widest = 0;
    head.lines_max = 1;
    for (;; head.size--) {
        widest = 0;
        for (int i = 0; i < count; i++) {
            snprintf(title, sizeof title, "service.%s", service_name(tiles[i].service->service));
            int title_width = text_width(p, &head, say(p, title));
            widest = title_width > widest ? title_width : widest;
        }
        if (widest <= room || head.size == T2)
            break;
    }
    for (int i = 0; i < count; i++) {
        tiles[i].size = head.size;
        tiles[i].bare = tiles[i].half && widest > room;
    }
}

/* Of four the last two share a row. */
static void draw_tiles(struct painter *p, const struct view *view, struct rect area) {
    int count = view->of.welcome.count, gap = mm(p, GAP_MM), most = mm(p, TILE_MAX_MM);
    int rows = count > 3 ? count - 1 : count;
    bool first = true;
    if (count < 1)
        return;
    if (area.h > rows * (most + gap) - gap)
        area.h = rows * (most + gap) - gap;
    struct tile tiles[TILES_MAX];
    int whole = count > 3 ? count - 2 : count;
    for (int i = 0; i < count; i++) {
        tiles[i] = (struct tile){.service = &view->of.welcome.services[i], .half = i >= whole};
        tiles[i].first = first && tiles[i].service->enabled;
        first = first && !tiles[i].first;
    }
    size_tiles(p, tiles, whole, area.w);
    if (whole < count)
        size_tiles(p, tiles + whole, count - whole, (area.w - gap) / 2);
    for (int i = 0; i < count; i++) {
        struct rect row = rect_cell(area, 1, rows, gap, i < whole ? i : rows - 1);
        if (i >= whole)
            row = rect_cell(row, 2, 1, gap, i - whole);
        draw_tile(p, row, &tiles[i]);
    }
}

/* What does not work now, said before anybody tries, and who helps. From the bottom of `area`. */
static void draw_device_notices(struct painter *p, const struct view *view, struct rect *area) {
    struct text_style bold = styled(style_small, ALIGN_LEFT, COLOUR_INK);
    bold.weight = WEIGHT_BOLD;
    int count = p->tight && view->device_notice_count > 1 ? 1 : view->device_notice_count;
    for (int i = count - 1; i >= 0; i--) {
        const char *words = say(p, view->device_notice_keys[i]);
        struct rect row =
            rect_cut_bottom(area, icon_text_height(p, area->w, &bold, words), mm(p, 2));
        flow_icon_text(p, &row, ICON_info, COLOUR_WAIT, &bold, 0, words);
    }
}

static void draw_phone(struct painter *p, const struct view *view, struct rect *area) {
    char words[160];
    struct text_style style = styled(style_small, ALIGN_LEFT, COLOUR_INK);
    if (!view->phone[0])
        return;
    strings_fill(words, sizeof words, say(p, "welcome.phone"), view->phone, "");
    int height = icon_text_height(p, area->w, &style, words);
    if (p->small && height > text_line(p, T1))
        return; /* HELP says it too */
    struct rect row = rect_cut_bottom(area, height, mm(p, 2));
    flow_icon_text(p, &row, ICON_phone, COLOUR_ACCENT, &style, 0, words);
}

/* Where the tiles need all of the board, what is to be said takes the place of the words here. */
static void draw_told(struct painter *p, const struct view *view, const struct places *places) {
    struct rect area = places->stage;
    flow_notice(p, view, places, &area);
    if (area.h > mm(p, PICTURE_LEAST_MM))
        machine_draw(p, rect_inset(area, 0, mm(p, 3)), welcome_greeting(view).act);
}

static void draw_offers(struct painter *p, const struct view *view, const char *heading) {
    struct places places = chrome_draw(p, view, DOCK_PLAIN);
    struct rect bleed = places.bleed, used = places.stage;
    bool told = p->tight && view->notice_key[0] != '\0';
    if (!places.wide)
        bleed.h = places.stage.h;
    if (told)
        draw_told(p, view, &places);
    else
        draw_greeting(p, view, places.stage, bleed);
    if (!places.wide)
        rect_cut_top(&used, used.h, 0);
    if (!places.wide)
        flow_notice(p, view, &places, &used);
    struct rect board = board_below(p, &places, &used);
    if (places.wide && !told)
        board_notice(p, view, &places, &board);
    rect_cut_top(&board, mm(p, p->wide ? 1 : 5), 0);
    rect_cut_bottom(&board, mm(p, p->small ? 2 : 5), 0);
    bool tight = p->tight || (p->small && view->notice_key[0]);
    if (!tight)
        draw_phone(p, view, &board);
    draw_device_notices(p, view, &board);
    if (!p->elder && !tight)
        flow_text(p, &board, &style_head, mm(p, 3), heading);
    draw_tiles(p, view, board);
}

void screen_welcome(struct painter *p, const struct view *view) {
    draw_offers(p, view, say(p, "welcome.or"));
}

void screen_service(struct painter *p, const struct view *view) {
    bool known = view->of.welcome.identified;
    draw_offers(p, view, say(p, known ? "title.service" : "welcome.or"));
}
