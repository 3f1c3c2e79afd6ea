/* A number or code by keys: digits, and the letters that numbers begin with here; all letters on
 * request. */
#include <stdio.h>
#include <string.h>

#include "ui/screens/screens.h"

#define COLUMNS_TALL 7
#define COLUMNS_WIDE 9
#define KEY_MAX_MM 47.0f
#define PREFIXES_MAX 4

static const char digits[] = {'1', '2', '3',       '4', '5',        '6', '7',
                              '8', '9', KEY_CLEAR, '0', KEY_DELETE, 0};
static const char id_digits[] = {'1', '2', '3', '4', '5',        '6', '7',
                                 '8', '9', 'X', '0', KEY_DELETE, 0};
static const char letters[] = {'A', 'B', 'C', 'D', 'E', 'F', 'G',        'H', 'I', 'J',
                               'K', 'L', 'M', 'N', 'O', 'P', 'Q',        'R', 'S', 'T',
                               'U', 'V', 'W', 'X', 'Y', 'Z', KEY_DELETE, 0};

static void shown_text(const struct view *view, char *out, size_t size) {
    out[0] = '\0';
    for (const char *c = view->of.keypad.typed; *c && strlen(out) + 4 < size; c++)
        strcat(out, view->of.keypad.masked ? "●" : (char[]){*c, '\0'});
}

/* What is typed so far on a line of its own, and a bar where the next comes. */
static void flow_typed(struct painter *p, const struct view *view, struct rect *area) {
    char shown[256];
    struct text_style style = one_line(styled(style_amount, ALIGN_LEFT, COLOUR_INK));
    shown_text(view, shown, sizeof shown);
    if (p->small)
        style.size = T4;
    struct rect row = rect_cut_top(area, text_line(p, style.size), 0);
    style.size = text_size_for(p, row.w - mm(p, 4), &style, shown);
    int width = text_width(p, &style, shown);
    text_draw(p, row, &style, shown);
    canvas_fill(&p->canvas,
                (struct rect){row.x + (width < row.w ? width : row.w) + mm(p, 2), row.y + mm(p, 1),
                              mm(p, 0.7f), row.h - mm(p, 2)},
                colour_of(p, COLOUR_ACCENT));
    canvas_fill(&p->canvas, rect_cut_top(area, mm(p, 1.2f), mm(p, 2)), colour_of(p, COLOUR_ACCENT));
}

static int missing_count(const struct view *view) {
    int length = (int)strlen(view->of.keypad.typed);
    return length < view->of.keypad.length_min ? view->of.keypad.length_min - length : 0;
}

static void draw_head(struct painter *p, const struct view *view, const struct places *places,
                      struct rect *area) {
    bool tight = p->tight || (p->small && view->notice_key[0]);
    bool says = view->screen == SCREEN_KEYPAD && !tight;
    struct rect low;
    if (!p->tight || !(view->of.keypad.board || view->notice_key[0]))
        flow_title(p, area, say(p, view->of.keypad.title_key));
    if (says)
        flow_text(p, area, &style_body, mm(p, 2),
                  say(p, view->of.keypad.letters ? "keypad.hint.letters" : "keypad.hint"));
    flow_notice(p, view, places, area);
    if (!places->wide) { /* near the keys */
        int height = text_line(p, T5) + mm(p, 1.2f + 4);
        if (area->h > height) {
            low = rect_cut_bottom(area, height, 0);
            *area = low;
        }
    }
    flow_typed(p, view, area);
}

/* The letters that numbers begin with here, and the way to all others. */
static void flow_prefixes(struct painter *p, const struct view *view, struct rect *area) {
    const char *prefixes = view->of.keypad.prefixes;
    int count = (int)strlen(prefixes) < PREFIXES_MAX ? (int)strlen(prefixes) : PREFIXES_MAX;
    int height = target_px(p) + (p->wide || p->elder || p->low ? 0 : mm(p, 5));
    bool headed = !p->small && !(p->elder && p->low);
    if (headed)
        flow_small_head(p, area, COLOUR_INK, say(p, "keypad.letters"));
    struct rect row = rect_cut_top(area, height, mm(p, GAP_MM));
    char keys[2 * PREFIXES_MAX] = "";
    memcpy(keys, prefixes, (size_t)count);
    struct button others = {
        {TOUCH_MORE, 0}, say(p, "keypad.others"), ICON_NONE, LOOK_CARD, T2, false, false};
    int width = button_width(p, &others), least = (row.w - count * mm(p, GAP_MM)) / (count + 1);
    button_draw(p,
                rect_cut_right(&row,
                               count > 0 && width < least ? least
                               : count > 0                ? width
                                                          : row.w,
                               mm(p, GAP_MM)),
                &others);
    keys_draw(p, row, count, 1, keys);
    if (headed)
        flow_small_head(p, area, COLOUR_INK, say(p, "keypad.digits"));
}

static struct rect keys_place(struct painter *p, struct rect area, int rows) {
    int most = rows * mm(p, KEY_MAX_MM) + (rows - 1) * mm(p, GAP_MM);
    rect_cut_bottom(&area, mm(p, 3), 0);
    if (area.h > most)
        area.h = most;
    return area;
}

static void draw_board(struct painter *p, struct rect area) {
    int columns = p->wide ? COLUMNS_WIDE : COLUMNS_TALL;
    int rows = ((int)strlen(letters) + columns - 1) / columns;
    letters_draw(p, keys_place(p, area, rows), columns, rows, letters);
}

void screen_keypad(struct painter *p, const struct view *view) {
    struct places places = chrome_draw(p, view, DOCK_ACTION);
    bool all = view->of.keypad.letters && view->of.keypad.board;
    if (places.wide && all) { /* letters need the whole width */
        places.stage = places.board = places.whole;
        places.bleed.w = p->canvas.width;
    }
    struct rect area = places.stage;
    draw_head(p, view, &places, &area);
    struct rect board = places.wide && !all ? places.board : area;
    if (!places.wide)
        board = board_below(p, &places, &area);
    if (places.wide && !all)
        rect_cut_top(&board, mm(p, 3), 0);
    if (all)
        draw_board(p, board);
    else {
        if (view->of.keypad.letters && !p->tight)
            flow_prefixes(p, view, &board);
        keys_draw(p, keys_place(p, board, 4), 3, 4, view->of.keypad.x ? id_digits : digits);
    }
    char words[64], count[12];
    int missing = missing_count(view);
    snprintf(count, sizeof count, "%d", missing);
    struct action next = {{TOUCH_NEXT, 0}, say(p, "keypad.next"), ICON_NONE, missing > 0};
    if (missing > 0)
        next.label = strings_fill(words, sizeof words, say(p, "keypad.missing"), count, "");
    struct action back = {{TOUCH_LESS, 0}, say(p, "keypad.digits.back"), ICON_NONE, false};
    struct action others = {{TOUCH_MORE, 0}, say_short(p, "keypad.others"), ICON_NONE, false};
    bool in_dock = p->tight && view->of.keypad.letters; /* the keys fill the board */
    dock_actions(p, &places, &next, all ? &back : in_dock ? &others : NULL);
}
