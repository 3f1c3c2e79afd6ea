#include "ui/parts.h"

#include <stdio.h>
#include <string.h>

const struct text_style style_small = {.size = T1, .ink = COLOUR_QUIET};
const struct text_style style_body = {.size = T2, .ink = COLOUR_QUIET};
const struct text_style style_label = {.size = T2, .weight = WEIGHT_BOLD, .ink = COLOUR_INK};
const struct text_style style_head = {.size = T3, .weight = WEIGHT_BOLD, .ink = COLOUR_INK};
const struct text_style style_title = {
    .size = T4, .weight = WEIGHT_BOLD, .ink = COLOUR_INK, .strong = true};
const struct text_style style_amount = {.size = T5,
                                        .weight = WEIGHT_BOLD,
                                        .ink = COLOUR_INK,
                                        .strong = true,
                                        .lines_max = 1,
                                        .middle = true};

void icon_draw(struct painter *p, struct rect rect, enum icon icon, enum colour ink) {
    icons_draw(p->icons, &p->canvas, icon, rect, colour_of(p, ink));
}

void badge_draw(struct painter *p, struct rect rect, enum icon icon, enum colour ink,
                enum colour fill) {
    int size = rect.w < rect.h ? rect.w : rect.h;
    struct rect disk = rect_centre(rect, size, size);
    canvas_round(&p->canvas, disk, size / 2, colour_of(p, fill));
    icon_draw(p, rect_inset(disk, size * 23 / 100, size * 23 / 100), icon, ink);
}

struct rect drawing_draw(struct painter *p, struct rect rect, enum drawing drawing) {
    return drawings_draw(p->drawings, &p->canvas, drawing, rect);
}

void hairline_draw(struct painter *p, int x, int y, int width) {
    canvas_fill(&p->canvas, (struct rect){x, y, width, mm(p, 0.4f)}, colour_of(p, COLOUR_LINE));
}

void band_draw(struct painter *p, struct rect rect, enum colour tint) {
    canvas_fill(&p->canvas, rect, colour_of(p, tint));
    if (colour_of(p, tint) != colour_of(p, COLOUR_PAPER))
        return;
    struct rect line = {rect.x, rect.y, rect.w, mm(p, 1)};
    canvas_fill(&p->canvas, line, colour_of(p, COLOUR_LINE));
    line.y = rect.y + rect.h - line.h;
    canvas_fill(&p->canvas, line, colour_of(p, COLOUR_LINE));
}

void flow_hairline(struct painter *p, struct rect *area, int gap) {
    hairline_draw(p, area->x, area->y, area->w);
    rect_cut_top(area, mm(p, 0.4f), gap);
}

void flow_text(struct painter *p, struct rect *area, const struct text_style *style, int gap,
               const char *text) {
    int used = text_draw(p, *area, style, text);
    if (used > 0)
        rect_cut_top(area, used, gap);
}

void flow_small_head(struct painter *p, struct rect *area, enum colour ink, const char *words) {
    struct text_style style = styled(style_small, ALIGN_LEFT, ink);
    style.weight = WEIGHT_BOLD;
    flow_text(p, area, &style, mm(p, 1), words);
}

/* A pair on one line, or the value below the label where there is not the room. */
static bool is_beside(struct painter *p, int width, const struct text_style *label,
                      const char *label_text, const struct text_style *value,
                      const char *value_text) {
    return text_width(p, label, label_text) + mm(p, 5) + text_width(p, value, value_text) <= width;
}

static int larger(int a, int b) {
    return a > b ? a : b;
}

int pair_height(struct painter *p, int width, const struct text_style *label,
                const char *label_text, const struct text_style *value, const char *value_text) {
    if (!value_text[0])
        return 0;
    int label_h = text_height(p, width, label, label_text);
    int value_h = text_height(p, width, value, value_text);
    bool beside = is_beside(p, width, label, label_text, value, value_text);
    return beside ? larger(label_h, value_h) : label_h + value_h;
}

void flow_pair(struct painter *p, struct rect *area, const struct text_style *label,
               const char *label_text, const struct text_style *value, const char *value_text) {
    int height = pair_height(p, area->w, label, label_text, value, value_text);
    if (height == 0)
        return;
    struct rect row = rect_cut_top(area, height, 0);
    struct text_style left = *label, right = *value;
    if (is_beside(p, row.w, label, label_text, value, value_text)) {
        left.middle = right.middle = true;
        right.align = ALIGN_RIGHT;
        text_draw(p, row, &left, label_text);
    } else {
        flow_text(p, &row, &left, 0, label_text);
    }
    text_draw(p, row, &right, value_text);
}

static int icon_beside(struct painter *p, const struct text_style *style) {
    return text_line(p, style->size);
}

int icon_text_height(struct painter *p, int width, const struct text_style *style,
                     const char *text) {
    int icon = icon_beside(p, style);
    return text_height(p, width - icon - mm(p, 3), style, text);
}

void flow_icon_text(struct painter *p, struct rect *area, enum icon icon, enum colour ink,
                    const struct text_style *style, int gap, const char *text) {
    if (!text[0])
        return;
    int side = icon_beside(p, style), height = icon_text_height(p, area->w, style, text);
    struct rect row = rect_cut_top(area, height, gap);
    struct rect place = rect_cut_left(&row, side, mm(p, 3));
    place.h = side;
    icon_draw(p, rect_inset(place, side / 12, side / 12), icon, ink);
    text_draw(p, row, style, text);
}

void amount_draw(struct painter *p, struct rect rect, const struct text_style *style, int64_t fen) {
    char text[AMOUNT_TEXT_SIZE];
    struct text_style fitting = *style;
    amount_text(fen, text);
    fitting.size = text_size_for(p, rect.w, style, text);
    fitting.lines_max = 1;
    text_draw(p, rect, &fitting, text);
}

void flow_amount(struct painter *p, struct rect *area, enum text_size size, int gap, int64_t fen) {
    struct text_style style = style_amount;
    style.size = size;
    amount_draw(p, rect_cut_top(area, text_line(p, size), gap), &style, fen);
}

void countdown_draw(struct painter *p, struct rect rect, int left_s, int whole_s) {
    int size = rect.w < rect.h ? rect.w : rect.h, thickness = mm(p, 2);
    struct rect box = rect_centre(rect, size, size);
    int left = left_s < 0 ? 0 : left_s > whole_s ? whole_s : left_s;
    int part = whole_s > 0 ? (int)((int64_t)left * 1000 / whole_s) : 0;
    canvas_ring(&p->canvas, box, thickness, 0, 1000, colour_of(p, COLOUR_LINE));
    canvas_ring(&p->canvas, box, thickness, 0, part,
                colour_of(p, left <= 30 ? COLOUR_WAIT : COLOUR_ACCENT));
    char text[16];
    struct text_style style = one_line(styled(style_label, ALIGN_CENTRE, COLOUR_INK));
    style.size = size > mm(p, 60) ? T4 : T2;
    style.strong = true;
    if (whole_s <= 60)
        snprintf(text, sizeof text, "%d", left);
    else
        minutes_text(left, text);
    struct rect inside = rect_inset(box, thickness + mm(p, 1), 0);
    style.size = text_size_for(p, inside.w, &style, text);
    text_draw(p, inside, &style, text);
}

void spinner_draw(struct painter *p, struct rect rect) {
    int size = rect.w < rect.h ? rect.w : rect.h, thickness = size / 14 + 2;
    struct rect box = rect_centre(rect, size, size);
    canvas_ring(&p->canvas, box, thickness, 0, 1000, colour_of(p, COLOUR_STEP_ASKED));
    canvas_ring(&p->canvas, box, thickness, p->elder ? 0 : p->phase * 125 % 1000,
                p->elder ? 1000 : 350, colour_of(p, COLOUR_WAIT));
}

void field_draw(struct painter *p, struct rect rect) {
    int line = mm(p, 0.5f);
    canvas_fill(&p->canvas, rect, colour_of(p, COLOUR_LINE));
    canvas_fill(&p->canvas, rect_inset(rect, line, line), colour_of(p, COLOUR_FIELD));
}

const char *grouped_no(const char *no, char out[GROUPED_SIZE]) {
    int n = 0;
    for (int i = 0; no[i] && n < GROUPED_SIZE - 2; i++) {
        if (i > 0 && i % 4 == 0)
            out[n++] = ' ';
        out[n++] = no[i];
    }
    out[n] = '\0';
    return out;
}

int first_sentence(const char *text) {
    static const char *const ends[] = {"。", "？", "！", ". ", "? ", "! "};
    const char *first = text + strlen(text);
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        const char *found = strstr(text, ends[i]);
        if (found && found + strlen(ends[i]) < first)
            first = found + strlen(ends[i]);
    }
    return (int)(first - text);
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
    static const struct named_icon icons[] = {
        {"wechat", ICON_bubble},     {"alipay", ICON_wallet}, {"unionpay", ICON_cards},
        {"phone", ICON_phonecode},   {"card", ICON_bankcard}, {"one", ICON_phone},
        {"insurance", ICON_hospital}};
    return icon_of(icons, (int)(sizeof icons / sizeof icons[0]), channel_name(channel));
}
