/* After a payment: the code to photograph where there is no paper, the hospital's word on the next
 * step, where to get the drugs, what to mind. Each code is as large as any phone needs; what does
 * not fit is on the next page. */
#include <stdio.h>

#include "ui/qr.h"
#include "ui/screens/screens.h"

#define PIECES_MAX 26
#define PAD_MM 4
#define GAP_MM_BETWEEN 3
#define ICON_MM 22
#define BAR_MM_HIGH 22
#define WHERE_MM 46       /* the height that the place is written as large as it can in */
#define SLACK_MM_PIECE 18 /* a page with much room lets its pieces grow so far */

enum piece_kind { PIECE_PHOTO, PIECE_NEXT_STEP, PIECE_GUIDE };
struct piece {
    enum piece_kind kind;
    const struct view_guide *guide;
    int height;
};
struct pieces {
    int count;
    struct piece piece[PIECES_MAX];
};

/* A guide laid out for a width. `where` is the one thing to remember: the place, or the tip. */
struct guide_plan {
    char where[1400], queue[200], detail[900];
    const char *kicker;
    float where_em_mm;
    int code;              /* the side of the QR code, quiet zone included; 0 none */
    int bar_h, icon, text; /* height of the bars, width of the icon, width of the text */
    int text_h, height;
};

static const struct text_style kicker_style = {
    .em_mm = TEXT_SMALL, .weight = WEIGHT_BOLD, .ink = COLOUR_ACCENT, .lines_max = 2};
static const struct text_style where_style = {
    .em_mm = TEXT_TITLE, .weight = WEIGHT_BOLD, .ink = COLOUR_INK, .lines_max = 5, .strong = true};
static const struct text_style queue_style = {
    .em_mm = TEXT_LABEL, .weight = WEIGHT_BOLD, .ink = COLOUR_INK, .lines_max = 3, .strong = true};
static const struct text_style detail_style = {
    .em_mm = TEXT_SMALL, .ink = COLOUR_QUIET, .lines_max = 5};
static const struct text_style next_style = {
    .em_mm = TEXT_LABEL, .weight = WEIGHT_BOLD, .ink = COLOUR_INK, .lines_max = 3};

/* "a<between>b", either may be empty. */
static void join_texts(char *out, int size, const char *a, const char *between, const char *b) {
    snprintf(out, (size_t)size, "%s%s%s", a, a[0] && b[0] ? between : "", b);
}

static void drug_words(struct painter *p, const struct view_guide *guide, struct guide_plan *plan) {
    char queue[80] = "", waiting[80] = "";
    plan->kicker = guide->title[0] ? guide->title : say(p, "guide.drug");
    join_texts(plan->where, sizeof plan->where, guide->value, " ", guide->window);
    if (guide->queue[0])
        strings_fill(queue, sizeof queue, say(p, "guide.queue"), guide->queue, "");
    if (guide->waiting[0])
        strings_fill(waiting, sizeof waiting, say(p, "guide.waiting"), guide->waiting, "");
    join_texts(plan->queue, sizeof plan->queue, queue, " · ", waiting);
    if (guide->key[0])
        strings_fill(plan->detail, sizeof plan->detail, say(p, "guide.number"), guide->key, "");
}

static void tip_words(struct painter *p, const struct view_guide *guide, struct guide_plan *plan) {
    plan->kicker = say(p, "guide.tip");
    join_texts(plan->where, sizeof plan->where, guide->title, " ", guide->key);
    snprintf(plan->detail, sizeof plan->detail, "%s", guide->value);
}

/* The code a phone or a window's scanner reads: a square beside the words, or bars below them. */
static void size_code(struct painter *p, const struct view_guide *guide, struct guide_plan *plan) {
    plan->code = guide->code == 1 ? qr_size_least(p->qr, guide->code_value, mm(p, QR_MM)) : 0;
    plan->bar_h = guide->code == 2 ? mm(p, BAR_MM_HIGH) : 0;
}

static void plan_guide(struct painter *p, const struct view_guide *guide, int width,
                       struct guide_plan *plan) {
    *plan = (struct guide_plan){.kicker = ""};
    if (guide->drug)
        drug_words(p, guide, plan);
    else
        tip_words(p, guide, plan);
    size_code(p, guide, plan);
    int pad = mm(p, PAD_MM), room = width - 2 * pad - (plan->code ? plan->code + pad : 0);
    plan->icon = room > mm(p, 110) ? mm(p, ICON_MM) : 0; /* words come first */
    plan->text = room - (plan->icon ? plan->icon + pad : 0);
    if (plan->code && !plan->icon)
        plan->detail[0] = '\0'; /* the code says it */
    struct text_style where = where_style;
    plan->where_em_mm = text_fit(p, (struct rect){0, 0, plan->text, mm(p, WHERE_MM)}, &where,
                                 guide->drug ? TEXT_TITLE : TEXT_HEAD, plan->where);
    where.em_mm = plan->where_em_mm;
    plan->text_h = text_height(p, plan->text, &kicker_style, plan->kicker) +
                   text_height(p, plan->text, &where, plan->where) +
                   text_height(p, plan->text, &queue_style, plan->queue) +
                   text_height(p, plan->text, &detail_style, plan->detail);
    plan->height = (plan->text_h > plan->code ? plan->text_h : plan->code) + pad +
                   (plan->bar_h ? plan->bar_h + pad : 0);
}

static void draw_guide(struct painter *p, const struct view_guide *guide, struct rect box) {
    struct guide_plan plan;
    int pad = mm(p, PAD_MM);
    plan_guide(p, guide, box.w, &plan);
    card_draw(p, box);
    struct rect inside = rect_inset(box, pad, pad / 2);
    if (plan.bar_h)
        bar_draw(&p->canvas, rect_cut_bottom(&inside, plan.bar_h, pad), guide->code_value);
    if (plan.code)
        code_draw(p, rect_cut_right(&inside, plan.code, pad), guide->code_value);
    if (plan.icon)
        badge_draw(p, rect_cut_left(&inside, plan.icon, pad), guide->drug ? ICON_pill : ICON_info,
                   COLOUR_ACCENT, COLOUR_ACCENT_TINT);
    if (plan.text_h < inside.h)
        inside = rect_centre(inside, inside.w, plan.text_h);
    struct text_style where = where_style;
    where.em_mm = plan.where_em_mm;
    flow_text(p, &inside, &kicker_style, 0, plan.kicker);
    struct rect place = inside; /* too long a place is cut before the number in the queue */
    place.h -= text_height(p, inside.w, &queue_style, plan.queue);
    flow_text(p, &place, &where, 0, plan.where);
    rect_cut_top(&inside, place.y - inside.y, 0);
    flow_text(p, &inside, &queue_style, 0, plan.queue);
    flow_text(p, &inside, &detail_style, 0, plan.detail);
}

/* Without paper this is the receipt: a code to photograph. */
static void draw_photo(struct painter *p, const struct view *view, struct rect row) {
    int size = qr_size_least(p->qr, view->of.result.photo_code, mm(p, QR_MM));
    code_draw(p, rect_cut_left(&row, size, mm(p, 5)), view->of.result.photo_code);
    struct text_style text = styled(style_small, ALIGN_LEFT, COLOUR_INK);
    text.em_mm = row.w > mm(p, 120) ? TEXT_LABEL : TEXT_SMALL;
    text.middle = true;
    text_draw(p, row, &text, say(p, view->of.result.photo_key));
}

static void add_piece(struct pieces *pieces, enum piece_kind kind, const struct view_guide *guide,
                      int height) {
    if (pieces->count < PIECES_MAX)
        pieces->piece[pieces->count++] = (struct piece){kind, guide, height};
}

/* In the order they are needed: drugs, which wait at a window, before tips. */
static void collect_pieces(struct painter *p, const struct view *view, int width,
                           struct pieces *pieces) {
    const char *photo = view->of.result.photo_code, *next = view->of.result.next_step;
    struct guide_plan plan;
    pieces->count = 0;
    if (photo[0])
        add_piece(pieces, PIECE_PHOTO, NULL, qr_size_least(p->qr, photo, mm(p, QR_MM)) + mm(p, 2));
    if (next[0])
        add_piece(pieces, PIECE_NEXT_STEP, NULL, text_height(p, width, &next_style, next));
    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; i < view->of.result.guide_count; i++) {
            const struct view_guide *guide = &view->of.result.guides[i];
            if (guide->drug != (pass == 0))
                continue;
            plan_guide(p, guide, width, &plan);
            add_piece(pieces, PIECE_GUIDE, guide, plan.height);
        }
}

/* One page after the other is filled. Returns how many there are; `page` and the pieces of it, the
 * last page's where there is none such. */
static int paginate_pieces(const struct pieces *pieces, int room, int gap, int *page, int *first,
                           int *count) {
    int pages = 0, shown = 0;
    for (int i = 0; i < pieces->count; pages++) {
        int begin = i, used = pieces->piece[i++].height;
        while (i < pieces->count && used + gap + pieces->piece[i].height <= room)
            used += gap + pieces->piece[i++].height;
        if (pages <= *page) {
            *first = begin;
            *count = i - begin;
            shown = pages;
        }
    }
    *page = shown;
    return pages;
}

/* The word on the next step stands first, but not on a page of its own. */
static void move_next_step(struct pieces *pieces) {
    for (int i = 0; i + 1 < pieces->count; i++)
        if (pieces->piece[i].kind == PIECE_NEXT_STEP) {
            struct piece next = pieces->piece[i];
            pieces->piece[i] = pieces->piece[i + 1];
            pieces->piece[i + 1] = next;
        }
}

/* Where a page begins and how many pieces it has; room for the pager is left where there is more
 * than one. */
static int choose_page(struct pieces *pieces, int room, int pager, int gap, int *page, int *first,
                       int *count) {
    int wanted = *page, none = 0;
    int pages = paginate_pieces(pieces, room, gap, page, first, count);
    if (pages <= 1)
        return pages;
    paginate_pieces(pieces, room - pager, gap, &none, first, count);
    if (pieces->piece[*first + *count - 1].kind == PIECE_NEXT_STEP)
        move_next_step(pieces);
    *page = wanted;
    return paginate_pieces(pieces, room - pager, gap, page, first, count);
}

static void draw_piece(struct painter *p, const struct view *view, const struct piece *piece,
                       struct rect box) {
    switch (piece->kind) {
    case PIECE_PHOTO:
        draw_photo(p, view, box);
        break;
    case PIECE_NEXT_STEP:
        text_draw(p, box, &next_style, view->of.result.next_step);
        break;
    case PIECE_GUIDE:
        draw_guide(p, piece->guide, box);
        break;
    }
}

/* What each guide of a page may grow by, so that a page with room is not empty below. */
static int guide_growth(struct painter *p, const struct pieces *pieces, int first, int count,
                        int room, int gap) {
    int left = room + gap, guides = 0, most = mm(p, SLACK_MM_PIECE);
    for (int i = first; i < first + count; i++) {
        left -= pieces->piece[i].height + gap;
        guides += pieces->piece[i].kind == PIECE_GUIDE;
    }
    if (left <= 0 || guides == 0)
        return 0;
    return left / guides < most ? left / guides : most;
}

bool advice_given(const struct view *view) {
    return view->of.result.guide_count > 0 || view->of.result.photo_code[0] ||
           view->of.result.next_step[0];
}

void advice_draw(struct painter *p, const struct view *view, struct rect area) {
    struct pieces pieces;
    int gap = mm(p, GAP_MM_BETWEEN), page = view->of.result.page, first = 0, count = 0;
    int pager = mm(p, TARGET_MM);
    collect_pieces(p, view, area.w, &pieces);
    int pages = choose_page(&pieces, area.h, pager + gap, gap, &page, &first, &count);
    if (pages > 1)
        pager_draw(p, rect_cut_bottom(&area, pager, gap), page, pages);
    int grow = guide_growth(p, &pieces, first, count, area.h, gap);
    for (int i = first; i < first + count; i++) {
        const struct piece *piece = &pieces.piece[i];
        int height = piece->height + (piece->kind == PIECE_GUIDE ? grow : 0);
        if (height > area.h)
            height = area.h;
        draw_piece(p, view, piece, rect_cut_top(&area, height, gap));
    }
}
