/* Who pays an insured payment: a bar of three parts and their sums, or a sentence. */
#include "ui/screens/screens.h"

#define BAR_MM 6.5f
#define PART_MIN_MM 6.0f
#define PARTS 3

struct part_of_split {
    const char *key;
    int64_t fen;
    enum colour fill;
};

static void parts_of_split(const struct view_split *split, struct part_of_split out[PARTS]) {
    out[0] = (struct part_of_split){"split.fund", split->fund_fen, COLOUR_FUND};
    out[1] = (struct part_of_split){"split.account", split->account_fen, COLOUR_CARD};
    out[2] = (struct part_of_split){"split.own", split->own_fen, COLOUR_ACCENT};
}

/* In proportion, but none so small that nobody sees it. */
static int width_of_part(struct painter *p, const struct part_of_split *part, int64_t total_fen,
                         int width) {
    int least = mm(p, PART_MIN_MM);
    int fair = total_fen > 0 ? (int)(part->fen * width / total_fen) : 0;
    return part->fen == 0 ? 0 : fair < least ? least : fair;
}

static void draw_split_bar(struct painter *p, struct rect bar, const struct part_of_split *parts,
                           int64_t total_fen) {
    int widths[PARTS], used = 0, widest = 0;
    for (int i = 0; i < PARTS; i++) {
        widths[i] = width_of_part(p, &parts[i], total_fen, bar.w);
        used += widths[i];
        widest = widths[i] > widths[widest] ? i : widest;
    }
    widths[widest] += bar.w - used;
    for (int i = 0; i < PARTS; i++) {
        struct rect part = rect_cut_left(&bar, widths[i], 0);
        if (part.w == 0)
            continue;
        canvas_fill(&p->canvas, part, colour_of(p, COLOUR_EDGE));
        canvas_fill(&p->canvas, rect_inset(part, 2, 2), colour_of(p, parts[i].fill));
    }
}

static void draw_split_label(struct painter *p, struct rect box, const struct part_of_split *part) {
    char amount[AMOUNT_TEXT_SIZE];
    struct text_style name = style_small, sum = styled(style_label, ALIGN_LEFT, COLOUR_INK);
    name.lines_max = 1;
    sum.strong = true;
    flow_text(p, &box, &name, 0, say(p, part->key));
    flow_text(p, &box, &sum, 0, amount_text(part->fen, amount));
}

/* What the large amount above does not say: of the own part the whole, of the whole the own part.
 */
static void flow_split_words(struct painter *p, struct rect *area, const struct view_split *split,
                             enum split_of of) {
    char first[AMOUNT_TEXT_SIZE], second[AMOUNT_TEXT_SIZE], words[160];
    struct text_style style = styled(style_small, ALIGN_LEFT, COLOUR_INK);
    int64_t paid_fen = split->fund_fen + split->account_fen;
    const char *key = of == SPLIT_OF_OWN ? "split.words" : "split.shares";
    amount_text(of == SPLIT_OF_OWN ? split->total_fen : paid_fen, first);
    amount_text(of == SPLIT_OF_OWN ? paid_fen : split->own_fen, second);
    flow_text(p, area, &style, mm(p, 1),
              strings_fill(words, sizeof words, p->tight ? say_short(p, key) : say(p, key), first,
                           second));
}

static void flow_split_parts(struct painter *p, struct rect *area, const struct view_split *split) {
    char total[AMOUNT_TEXT_SIZE];
    struct part_of_split parts[PARTS];
    struct text_style label = style_small, value = styled(style_label, ALIGN_LEFT, COLOUR_INK);
    value.strong = true;
    parts_of_split(split, parts);
    flow_pair(p, area, &label, say(p, "split.total"), &value, amount_text(split->total_fen, total));
    draw_split_bar(p, rect_cut_top(area, mm(p, BAR_MM), mm(p, 1.5f)), parts, split->total_fen);
    struct rect row =
        rect_cut_top(area, text_line(p, T1) + text_line(p, style_label.size), mm(p, 3));
    int width = row.w / PARTS;
    for (int i = 0; i < PARTS; i++)
        draw_split_label(p, rect_cut_left(&row, width, 0), &parts[i]);
}

void flow_settlement(struct painter *p, struct rect *area, const struct view_settlement *rows,
                     int count) {
    char amount[AMOUNT_TEXT_SIZE];
    struct text_style style = style_small;
    for (int i = 0; i < count && !p->small && !p->elder; i++)
        flow_pair(p, area, &style, rows[i].key[0] ? say(p, rows[i].key) : rows[i].name, &style,
                  amount_text(rows[i].fen, amount));
}

void flow_split(struct painter *p, struct rect *area, const struct view_split *split,
                enum split_of of) {
    if (!split->insured)
        return;
    struct text_style style = styled(style_small, ALIGN_LEFT, COLOUR_INK);
    if (!split->known)
        flow_text(p, area, &style, mm(p, 2),
                  p->small ? say_short(p, "split.on_phone") : say(p, "split.on_phone"));
    else if (p->elder || p->wide)
        flow_split_words(p, area, split, of);
    else
        flow_split_parts(p, area, split);
}
