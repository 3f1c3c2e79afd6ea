#include "ui/widgets.h"

#include <stdio.h>
#include <string.h>

#include "ui/qr.h"

const struct text_style style_small = {.em_mm = TEXT_SMALL, .ink = COLOUR_QUIET};
const struct text_style style_body = {.em_mm = TEXT_BODY, .ink = COLOUR_INK};
const struct text_style style_label = {
    .em_mm = TEXT_LABEL, .weight = WEIGHT_BOLD, .ink = COLOUR_INK, .shrink = true};
const struct text_style style_head = {
    .em_mm = TEXT_HEAD, .weight = WEIGHT_BOLD, .ink = COLOUR_INK, .shrink = true};
const struct text_style style_title = {
    .em_mm = TEXT_TITLE, .weight = WEIGHT_BOLD, .ink = COLOUR_INK, .shrink = true, .strong = true};
const struct text_style style_amount = {.em_mm = TEXT_AMOUNT,
                                        .weight = WEIGHT_BOLD,
                                        .ink = COLOUR_INK,
                                        .shrink = true,
                                        .strong = true,
                                        .lines_max = 1,
                                        .middle = true};

void card_draw(struct painter *p, struct rect rect) {
    canvas_card(&p->canvas, rect, mm(p, RADIUS_MM), mm(p, 0.4f), COLOUR_CARD, COLOUR_LINE);
}

static bool is_pressed(const struct painter *p, struct touch touch) {
    return p->pressed.kind == touch.kind && p->pressed.n == touch.n;
}

void card_touch(struct painter *p, struct rect rect, struct touch touch, bool off) {
    bool pressed = !off && is_pressed(p, touch);
    canvas_card(&p->canvas, rect, mm(p, RADIUS_MM), mm(p, pressed ? 1.4f : 0.5f),
                off       ? COLOUR_OFF
                : pressed ? COLOUR_ACCENT_TINT
                          : COLOUR_CARD,
                off       ? COLOUR_LINE
                : pressed ? COLOUR_ACCENT
                          : COLOUR_ACCENT_LINE);
    if (!off)
        frame_add_touch(p->frame, touch, rect);
}

void icon_draw(struct painter *p, struct rect rect, enum icon icon, rgb ink) {
    icons_draw(p->icons, &p->canvas, icon, rect, ink);
}

void badge_draw(struct painter *p, struct rect rect, enum icon icon, rgb ink, rgb tint) {
    int size = rect.w < rect.h ? rect.w : rect.h;
    struct rect disk = rect_centre(rect, size, size);
    canvas_round(&p->canvas, disk, size / 2, tint);
    icon_draw(p, rect_inset(disk, size * 22 / 100, size * 22 / 100), icon, ink);
}

struct look {
    rgb fill, line, ink;
};

static struct look look_of(const struct button *button, bool pressed) {
    if (button->off)
        return (struct look){COLOUR_OFF, COLOUR_OFF, COLOUR_OFF_TEXT};
    if (pressed)
        return (struct look){COLOUR_ACCENT_PRESSED, COLOUR_ACCENT_LINE, COLOUR_ON_ACCENT};
    switch (button->look) {
    case LOOK_PRIMARY:
        return (struct look){COLOUR_ACCENT, COLOUR_ACCENT, COLOUR_ON_ACCENT};
    case LOOK_SOFT:
        return (struct look){COLOUR_ACCENT_TINT, COLOUR_ACCENT_TINT, COLOUR_ACCENT};
    case LOOK_PLAIN:
        break;
    }
    return (struct look){COLOUR_CARD, COLOUR_ACCENT_LINE, COLOUR_ACCENT};
}

void button_draw(struct painter *p, struct rect rect, const struct button *button) {
    struct look look = look_of(button, is_pressed(p, button->touch));
    canvas_card(&p->canvas, rect, mm(p, RADIUS_MM), mm(p, 0.5f), look.fill, look.line);
    if (!button->off)
        frame_add_touch(p->frame, button->touch, rect);
    bool primary = button->look == LOOK_PRIMARY;
    struct text_style style =
        one_line(styled(primary ? style_head : style_label, ALIGN_CENTRE, look.ink));
    style.strong = primary && !button->off;
    struct rect inside = rect_inset(rect, mm(p, 1.5f), mm(p, 1));
    if (button->icon == ICON_NONE) {
        text_draw(p, inside, &style, button->label);
        return;
    }
    int icon = mm(p, 9), gap = mm(p, 2.5f), label = text_width(p, &style, button->label);
    if (icon + gap + label <= inside.w && rect.w >= mm(p, 50)) {
        struct rect row = rect_centre(inside, icon + gap + label, inside.h);
        struct rect place = button->icon == ICON_right ? rect_cut_right(&row, icon, gap)
                                                       : rect_cut_left(&row, icon, gap);
        icon_draw(p, place, button->icon, look.ink);
        text_draw(p, row, &style, button->label);
        return;
    }
    style.em_mm = TEXT_SMALL;
    if (text_width(p, &style, button->label) <= inside.w) {
        icon_draw(p, rect_cut_top(&inside, inside.h - mm(p, 11), 0), button->icon, look.ink);
        text_draw(p, inside, &style, button->label);
    } else {
        icon_draw(p, rect_centre(inside, mm(p, 11), mm(p, 11)), button->icon, look.ink);
    }
}

void flow_text(struct painter *p, struct rect *area, const struct text_style *style, int gap,
               const char *text) {
    int used = area->h >= mm(p, TEXT_SMALL) ? text_draw(p, *area, style, text) : 0;
    if (used > 0)
        rect_cut_top(area, used, gap);
}

/* How a label and its value stand: side by side, or the value below where that is too narrow. */
struct pair_plan {
    struct text_style label, value;
    bool beside;
    int label_h, value_h;
};

static struct pair_plan plan_pair(struct painter *p, int width, float em_mm, const char *label,
                                  const char *value) {
    struct pair_plan plan = {.label = style_small,
                             .value = styled(style_body, ALIGN_RIGHT, COLOUR_INK)};
    plan.label.em_mm = plan.value.em_mm = em_mm;
    plan.value.weight = WEIGHT_BOLD;
    plan.value.lines_max = 2;
    plan.beside =
        text_width(p, &plan.label, label) + mm(p, 4) + text_width(p, &plan.value, value) <= width;
    plan.label_h = plan.beside ? 0 : text_height(p, width, &plan.label, label);
    plan.value_h = text_height(p, width, &plan.value, value);
    return plan;
}

int pair_height(struct painter *p, int width, float em_mm, const char *label, const char *value) {
    struct pair_plan plan = plan_pair(p, width, em_mm, label, value);
    return value[0] ? plan.label_h + plan.value_h + mm(p, 1.5f) : 0;
}

void flow_pair(struct painter *p, struct rect *area, float em_mm, const char *label,
               const char *value) {
    struct pair_plan plan = plan_pair(p, area->w, em_mm, label, value);
    if (!value[0] || plan.label_h + plan.value_h > area->h + mm(p, 1))
        return;
    if (plan.beside)
        text_draw(p, *area, &plan.label, label);
    else
        flow_text(p, area, &plan.label, 0, label);
    flow_text(p, area, &plan.value, mm(p, 1.5f), value);
}

int banner_height(struct painter *p, int width, const char *text) {
    int height = text_height(p, width - mm(p, 3) * 3 - mm(p, 10), &style_small, text) + mm(p, 4);
    return height < mm(p, 15) ? mm(p, 15) : height;
}

int banner_draw(struct painter *p, struct rect area, enum icon icon, rgb ink, rgb tint,
                const char *text) {
    if (!text[0] || area.h < mm(p, 12))
        return 0;
    struct text_style style = styled(style_small, ALIGN_LEFT, COLOUR_INK);
    style.strong = true;
    style.middle = true;
    int pad = mm(p, 3), size = mm(p, 10), gap = mm(p, 3), height = banner_height(p, area.w, text);
    if (height > area.h)
        height = area.h;
    struct rect box = {area.x, area.y, area.w, height};
    canvas_round(&p->canvas, box, mm(p, RADIUS_MM), tint);
    struct rect inside = rect_inset(box, pad, 0);
    icon_draw(p, rect_cut_left(&inside, size, gap), icon, ink);
    text_draw(p, inside, &style, text);
    return height;
}

void amount_draw(struct painter *p, struct rect rect, const struct text_style *style, int64_t fen) {
    char text[AMOUNT_TEXT_SIZE];
    text_draw(p, rect, style, amount_text(fen, text));
}

void countdown_draw(struct painter *p, struct rect rect, int left_s, int whole_s) {
    int size = rect.w < rect.h ? rect.w : rect.h, thickness = mm(p, 2.5f);
    struct rect box = rect_centre(rect, size, size);
    int left = left_s < 0 ? 0 : left_s > whole_s ? whole_s : left_s;
    int part = whole_s > 0 ? (int)((int64_t)left * 1000 / whole_s) : 0;
    canvas_ring(&p->canvas, box, thickness, 0, 1000, COLOUR_LINE);
    canvas_ring(&p->canvas, box, thickness, 0, part, left <= 30 ? COLOUR_WARN : COLOUR_ACCENT);
    char text[16];
    struct text_style style = one_line(styled(style_head, ALIGN_CENTRE, COLOUR_INK));
    style.strong = true;
    text_draw(p, rect_inset(box, thickness + mm(p, 1), 0), &style, minutes_text(left, text));
}

void spinner_draw(struct painter *p, struct rect rect) {
    int size = rect.w < rect.h ? rect.w : rect.h;
    struct rect box = rect_centre(rect, size, size);
    canvas_ring(&p->canvas, box, mm(p, 3), 0, 1000, COLOUR_ACCENT_TINT);
    canvas_ring(&p->canvas, box, mm(p, 3), p->phase * 125 % 1000, 250, COLOUR_ACCENT);
}

/* "a · b", either may be empty. */
static void join_place(char *out, size_t size, const char *a, const char *b) {
    snprintf(out, size, "%s%s%s", a, a[0] && b[0] ? " · " : "", b);
}

void account_draw(struct painter *p, struct rect rect, const struct view_account *account) {
    card_draw(p, rect);
    struct rect inside = rect_inset(rect, mm(p, 5), mm(p, 2));
    int badge = inside.h < mm(p, 18) ? inside.h : mm(p, 18);
    badge_draw(p, rect_cut_left(&inside, badge, mm(p, 5)), ICON_person, COLOUR_ACCENT,
               COLOUR_ACCENT_TINT);
    struct text_style name = one_line(style_head), line = one_line(style_small);
    char place[200];
    join_place(place, sizeof place, account->ward, account->bed);
    const char *number = account->card_no[0] ? account->card_no : account->id_no;
    const char *lines[] = {number, place};
    int row = mm(p, 11), rows = 0;
    for (int i = 0; i < 2; i++)
        rows += lines[i][0] && inside.h >= mm(p, 16) + (rows + 1) * row;
    struct rect text = rect_centre(inside, inside.w, mm(p, 16) + rows * row);
    text_draw(p, rect_cut_top(&text, mm(p, 16), 0), &name, account->name);
    for (int i = 0; i < 2 && rows > 0; i++)
        if (lines[i][0]) {
            text_draw(p, rect_cut_top(&text, row, 0), &line, lines[i]);
            rows--;
        }
}

void code_draw(struct painter *p, struct rect rect, const char *text) {
    int size = qr_size(p->qr, text, rect.w < rect.h ? rect.w : rect.h);
    struct rect box = rect_centre(rect, size, size);
    int border = mm(p, 0.5f);
    canvas_card(&p->canvas, rect_inset(box, -border, -border), mm(p, 1), border, COLOUR_QR_LIGHT,
                COLOUR_LINE);
    if (qr_draw(p->qr, &p->canvas, box, text))
        frame_add_code(p->frame, box, size / qr_modules(p->qr, text));
}

void pager_draw(struct painter *p, struct rect rect, int page, int page_count) {
    int width = (rect.w - mm(p, 30)) / 2;
    struct rect middle = rect;
    struct button less = {{TOUCH_LESS, 0}, say(p, "page.less"), ICON_left, LOOK_PLAIN, page <= 0};
    struct button more = {
        {TOUCH_MORE, 0}, say(p, "page.more"), ICON_right, LOOK_PLAIN, page >= page_count - 1};
    button_draw(p, rect_cut_left(&middle, width, 0), &less);
    button_draw(p, rect_cut_right(&middle, width, 0), &more);
    char text[32];
    snprintf(text, sizeof text, "%d / %d", page + 1, page_count);
    struct text_style style = one_line(styled(style_label, ALIGN_CENTRE, COLOUR_INK));
    text_draw(p, middle, &style, text);
}

static void key_draw(struct painter *p, struct rect rect, char key) {
    char label[2] = {key, '\0'};
    struct button button = {{TOUCH_KEY, key}, label, ICON_NONE, LOOK_PLAIN, false};
    if (key == KEY_DELETE)
        button =
            (struct button){{TOUCH_KEY, key}, say(p, "key.del"), ICON_delete, LOOK_SOFT, false};
    if (key == KEY_CLEAR)
        button =
            (struct button){{TOUCH_KEY, key}, say(p, "key.clear"), ICON_NONE, LOOK_SOFT, false};
    if (key == KEY_DELETE || key == KEY_CLEAR) {
        button_draw(p, rect, &button);
        return;
    }
    card_touch(p, rect, button.touch, false);
    struct text_style style = one_line(styled(style_title, ALIGN_CENTRE, COLOUR_INK));
    text_draw(p, rect, &style, label);
}

void keys_draw(struct painter *p, struct rect rect, int columns, int rows, const char *keys) {
    int gap = mm(p, GAP_MM);
    for (int i = 0; keys[i] && i < columns * rows; i++) {
        struct rect cell = rect_cell(rect, columns, rows, gap, i);
        if (keys[i] == ' ')
            continue;
        for (int j = i - 1; j >= 0 && keys[j] == ' '; j--) {
            int x = rect_cell(rect, columns, rows, gap, j).x;
            cell.w += cell.x - x;
            cell.x = x;
        }
        key_draw(p, cell, keys[i]);
    }
}

/* By name: the numbers are the program's, the names are agreed. */
struct named_icon {
    const char *name;
    enum icon icon;
};

static enum icon icon_of(const struct named_icon *icons, int count, const char *name) {
    for (int i = 0; i < count; i++)
        if (strcmp(icons[i].name, name) == 0)
            return icons[i].icon;
    return ICON_info;
}

enum icon icon_of_service(int service) {
    static const struct named_icon icons[] = {{"bills", ICON_bills},
                                              {"deposit", ICON_deposit},
                                              {"refund", ICON_refund},
                                              {"records", ICON_records}};
    return icon_of(icons, (int)(sizeof icons / sizeof icons[0]), service_name(service));
}

enum icon icon_of_channel(int channel) {
    static const struct named_icon icons[] = {{"wechat", ICON_bubble},
                                              {"alipay", ICON_wallet},
                                              {"unionpay", ICON_cards},
                                              {"phone", ICON_phonecode},
                                              {"card", ICON_bankcard}};
    return icon_of(icons, (int)(sizeof icons / sizeof icons[0]), channel_name(channel));
}
