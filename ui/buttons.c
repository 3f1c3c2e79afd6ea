#include "ui/buttons.h"

#include <stdio.h>
#include <string.h>

#include "ui/parts.h"

#define EDGE_MM 0.5f
#define EDGE_SECONDARY_MM 0.75f
#define PRESS_MM 1.0f /* what is pressed stands so much lower */
#define ICON_BESIDE 1.1f
#define PAD_MM 3.0f
#define ICON_GAP_MM 2.0f
#define LETTER_GAP_MM 3.2f

struct surface {
    enum colour edge, fill, pressed;
    float edge_mm;
};
static const struct surface surfaces[] = {
    [LOOK_CARD] = {COLOUR_EDGE, COLOUR_CARD, COLOUR_CARD_PRESSED, EDGE_MM},
    [LOOK_SECONDARY] = {COLOUR_ACCENT, COLOUR_CARD, COLOUR_CARD_PRESSED, EDGE_SECONDARY_MM},
    [LOOK_PRIMARY] = {COLOUR_DEEP, COLOUR_ACCENT, COLOUR_DEEP, 0},
};

/* Around it, in the gap that is between any two things to touch. */
static void draw_ring(struct painter *p, struct rect rect) {
    static const struct {
        float out_mm;
        enum colour colour;
    } rings[] = {{2.2f, COLOUR_INK}, {1.8f, COLOUR_LIT}, {0.5f, COLOUR_INK}};
    for (size_t i = 0; i < sizeof rings / sizeof rings[0]; i++) {
        int out = mm(p, rings[i].out_mm);
        canvas_round(&p->canvas, rect_inset(rect, -out, -out), mm(p, RADIUS_MM) + out,
                     colour_of(p, rings[i].colour));
    }
}

static bool is_focused(const struct painter *p, struct touch touch) {
    const struct touch *chosen = &p->focus.touch;
    return touch.kind != TOUCH_NONE && chosen->kind == touch.kind && chosen->n == touch.n &&
           frame_count(p->frame, touch, p->frame->touch_count) == p->focus.nth;
}

static bool is_pressed(const struct painter *p, struct touch touch) {
    return p->pressed.kind == touch.kind && p->pressed.n == touch.n;
}

struct rect touchable_inside(const struct painter *p, struct rect rect, enum look look) {
    int edge = mm(p, surfaces[look].edge_mm);
    struct rect inside = rect_inset(rect, edge, edge);
    inside.h = rect.h - edge - mm(p, LIP_MM);
    return inside;
}

struct rect touchable_draw(struct painter *p, struct rect rect, enum look look,
                           struct touch touch) {
    const struct surface *surface = &surfaces[look];
    bool pressed = is_pressed(p, touch);
    int radius = mm(p, RADIUS_MM), edge = mm(p, surface->edge_mm);
    struct rect inside = pressed ? rect_inset(rect, edge, edge) : touchable_inside(p, rect, look);
    if (is_focused(p, touch))
        draw_ring(p, rect);
    canvas_round(&p->canvas, rect, radius, colour_of(p, surface->edge));
    canvas_round(&p->canvas, inside, radius - edge,
                 colour_of(p, pressed ? surface->pressed : surface->fill));
    frame_add_touch(p->frame, touch, rect);
    if (pressed) {
        inside.y += mm(p, PRESS_MM);
        inside.h -= mm(p, LIP_MM);
    }
    return inside;
}

struct rect off_draw(struct painter *p, struct rect rect) {
    canvas_round(&p->canvas, rect, mm(p, RADIUS_MM), colour_of(p, COLOUR_OFF));
    return rect;
}

static struct text_style label_style(const struct button *button) {
    enum colour ink = button->off                    ? COLOUR_OFF_INK
                      : button->look == LOOK_PRIMARY ? COLOUR_ON_ACCENT
                                                     : COLOUR_ACCENT;
    return (struct text_style){.size = button->size,
                               .weight = WEIGHT_BOLD,
                               .ink = ink,
                               .align = ALIGN_CENTRE,
                               .middle = true,
                               .lines_max = 2};
}

static int icon_side(struct painter *p, enum text_size size) {
    return (int)((float)text_line(p, size) / text_size_leading[size] * ICON_BESIDE);
}

static void draw_stacked(struct painter *p, struct rect inside, const struct button *button,
                         struct text_style style) {
    int line = text_line(p, style.size), icon = line * 2 / 3;
    struct rect both = rect_centre(inside, inside.w, icon + line);
    style.lines_max = 1;
    icon_draw(p, rect_cut_top(&both, icon, 0), button->icon, style.ink);
    text_draw(p, both, &style, button->label);
}

static void draw_beside(struct painter *p, struct rect inside, const struct button *button,
                        struct text_style style) {
    int icon = icon_side(p, style.size), gap = mm(p, ICON_GAP_MM);
    int label = text_width(p, &style, button->label);
    struct rect row = rect_centre(inside, icon + gap + label, inside.h);
    struct rect place = button->icon == ICON_right ? rect_cut_right(&row, icon, gap)
                                                   : rect_cut_left(&row, icon, gap);
    icon_draw(p, place, button->icon, style.ink);
    style.lines_max = 1;
    text_draw(p, row, &style, button->label);
}

/* The label alone: on two lines before it is made smaller. */
static void draw_label(struct painter *p, struct rect inside, const struct button *button,
                       struct text_style style) {
    while (style.size > T1 && (text_height(p, inside.w, &style, button->label) > inside.h ||
                               text_width(p, &style, button->label) > 2 * inside.w))
        style.size--;
    text_draw(p, inside, &style, button->label);
}

void button_draw(struct painter *p, struct rect rect, const struct button *button) {
    struct rect inside =
        button->off ? off_draw(p, rect) : touchable_draw(p, rect, button->look, button->touch);
    struct text_style style = label_style(button);
    inside = rect_inset(inside, mm(p, 1.5f), 0);
    if (!button->label[0]) {
        int side = text_line(p, style.size);
        icon_draw(p, rect_centre(inside, side, side), button->icon, style.ink);
        return;
    }
    if (button->icon != ICON_NONE && button->stacked) {
        draw_stacked(p, inside, button, style);
        return;
    }
    if (button->icon != ICON_NONE) {
        int beside = inside.w - mm(p, ICON_GAP_MM) - icon_side(p, style.size);
        style.size = text_size_for(p, beside, &style, button->label);
        if (text_width(p, &style, button->label) <= beside) {
            draw_beside(p, inside, button, style);
            return;
        }
        style.size = button->size;
    }
    draw_label(p, inside, button, style);
}

int button_width(struct painter *p, const struct button *button) {
    struct text_style style = label_style(button);
    int icon = button->icon == ICON_NONE ? 0 : icon_side(p, style.size) + mm(p, ICON_GAP_MM);
    int width = text_width(p, &style, button->label) + icon + 2 * mm(p, PAD_MM + 1.5f);
    return width < target_px(p) ? target_px(p) : width;
}

enum text_size buttons_size(struct painter *p, int width, enum text_size size,
                            const char *const *labels, int count) {
    struct text_style style = {.size = size, .weight = WEIGHT_BOLD};
    for (int i = 0; i < count; i++)
        style.size = text_size_for(p, width - 2 * mm(p, PAD_MM), &style, labels[i]);
    return style.size;
}

int pager_height(const struct painter *p) {
    return target_px(p);
}

/* "Page 2 of 5", or shorter beside two buttons. */
static const char *page_words(struct painter *p, int room, int page, int page_count, char *out,
                              int size) {
    char number[12], count[12];
    struct text_style style = {.size = T2, .weight = WEIGHT_BOLD};
    snprintf(number, sizeof number, "%d", page + 1);
    snprintf(count, sizeof count, "%d", page_count);
    strings_fill(out, size, say(p, "page.of"), number, count);
    if (text_width(p, &style, out) > room)
        strings_fill(out, size, say(p, "page.of.short"), number, count);
    return out;
}

void pager_draw(struct painter *p, struct rect rect, int page, int page_count) {
    char words[64];
    const char *const labels[] = {say(p, "page.less"), say(p, "page.more")};
    struct button less = {{TOUCH_LESS, 0}, labels[0], ICON_left, LOOK_CARD, T2, false, page <= 0};
    struct button more = {{TOUCH_MORE, 0},       labels[1], ICON_right, LOOK_CARD, T2, false,
                          page >= page_count - 1};
    int gap = mm(p, GAP_MM), width = (rect.w - mm(p, 90)) / 2;
    if (p->tight) { /* arrows say it */
        less.label = more.label = "";
        width = target_px(p);
    }
    less.stacked = more.stacked =
        !p->tight && (width < button_width(p, &less) || width < button_width(p, &more));
    if (less.stacked) {
        less.size = more.size = T1;
        width = button_width(p, &less);
        width = width > button_width(p, &more) ? width : button_width(p, &more);
        width = width * 3 / 4 < target_px(p) ? target_px(p) : width * 3 / 4;
    }
    struct rect middle = rect;
    button_draw(p, rect_cut_left(&middle, width, gap), &less);
    button_draw(p, rect_cut_right(&middle, width, gap), &more);
    struct text_style style = {.size = T2,
                               .weight = WEIGHT_BOLD,
                               .ink = COLOUR_INK,
                               .align = ALIGN_CENTRE,
                               .middle = true,
                               .lines_max = 1};
    page_words(p, middle.w, page, page_count, words, sizeof words);
    style.size = text_size_for(p, middle.w, &style, words);
    text_draw(p, middle, &style, words);
}

static void key_draw(struct painter *p, struct rect rect, char key) {
    char label[2] = {key, '\0'};
    struct button button = {{TOUCH_KEY, key}, label, ICON_NONE, LOOK_CARD, T4, false, false};
    if (key == KEY_DELETE)
        button = (struct button){
            {TOUCH_KEY, key}, say(p, "key.del"), ICON_delete, LOOK_CARD, T2, false, false};
    if (key == KEY_CLEAR)
        button = (struct button){
            {TOUCH_KEY, key}, say(p, "key.clear"), ICON_NONE, LOOK_CARD, T2, false, false};
    if (key == KEY_DELETE || key == KEY_CLEAR) {
        button_draw(p, rect, &button);
        return;
    }
    struct rect inside = touchable_draw(p, rect, LOOK_CARD, button.touch);
    struct text_style style = {.size = T4,
                               .weight = WEIGHT_BOLD,
                               .ink = COLOUR_INK,
                               .align = ALIGN_CENTRE,
                               .middle = true,
                               .lines_max = 1};
    if (text_line(p, T4) > inside.h)
        style.size = T3;
    text_draw(p, inside, &style, label);
}

static void draw_keys(struct painter *p, struct rect rect, int columns, int rows, int gap,
                      const char *keys) {
    for (int i = 0; keys[i] && i < columns * rows; i++)
        if (keys[i] != ' ')
            key_draw(p, rect_cell(rect, columns, rows, gap, i), keys[i]);
}

void keys_draw(struct painter *p, struct rect rect, int columns, int rows, const char *keys) {
    draw_keys(p, rect, columns, rows, mm(p, GAP_MM), keys);
}

void letters_draw(struct painter *p, struct rect rect, int columns, int rows, const char *keys) {
    draw_keys(p, rect, columns, rows, mm(p, LETTER_GAP_MM), keys);
}

void tick_box_draw(struct painter *p, struct rect rect, bool ticked) {
    int size = mm(p, p->small ? 12 : 14);
    struct rect box = rect_centre(rect, size, size);
    canvas_card(&p->canvas, box, mm(p, 2), mm(p, EDGE_SECONDARY_MM),
                colour_of(p, ticked ? COLOUR_ACCENT : COLOUR_CARD), colour_of(p, COLOUR_ACCENT));
    if (ticked)
        icon_draw(p, rect_inset(box, mm(p, 2), mm(p, 2)), ICON_check, COLOUR_ON_ACCENT);
}
