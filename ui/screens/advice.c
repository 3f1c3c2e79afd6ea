/* After a payment: the code to photograph where there is no paper, the hospital's word on the next
 * step, where to get the drugs, what to mind. Each code is as large as its reader needs; what does
 * not fit is on the next page. */
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "ui/qr.h"
#include "ui/screens/screens.h"

#define PIECES_MAX 26
#define SLACK_MM_PIECE 14 /* a page with much room lets its pieces grow so far */

enum piece_kind { PIECE_PHOTO, PIECE_NEXT_STEP, PIECE_GUIDE };
struct piece {
    enum piece_kind kind;
    const struct view_guide *guide;
    int number; /* of the places to go to, from 1; 0: a tip */
    int height;
};
struct pieces {
    int count;
    struct piece piece[PIECES_MAX];
};

static const struct text_style next_style = {
    .size = T2, .weight = WEIGHT_BOLD, .ink = COLOUR_INK, .lines_max = 3};

static int photo_side(struct painter *p, const struct view *view) {
    return qr_size_least(p->qr, view->of.result.photo_code, mm(p, QR_MM)) + 2;
}

/* Without paper this is the receipt: a code to photograph. */
static void draw_photo(struct painter *p, const struct view *view, struct rect row) {
    int size = photo_side(p, view);
    struct rect field = rect_cut_left(&row, size, mm(p, 5));
    field = rect_centre(field, size, size);
    field_draw(p, field);
    struct rect inside = rect_inset(field, 1, 1);
    if (qr_draw(p->qr, &p->canvas, inside, view->of.result.photo_code))
        frame_add_code(
            p->frame,
            &(struct frame_code){inside, inside.w / qr_modules(p->qr, view->of.result.photo_code),
                                 CODE_FOR_PHONE, field});
    struct text_style text = styled(style_small, ALIGN_LEFT, COLOUR_INK);
    const char *words = say(p, view->of.result.photo_key);
    text.size = !p->tight && text_height(p, row.w, &style_body, words) <= row.h ? T2 : T1;
    text.middle = true;
    text_draw(p, row, &text, words);
}

static void add_piece(struct pieces *pieces, struct piece piece) {
    if (pieces->count < PIECES_MAX)
        pieces->piece[pieces->count++] = piece;
}

/* In the order they are needed: drugs, which wait at a window, before tips. A page is `room` high.
 */
static void collect(struct painter *p, const struct view *view, int width, int room,
                    struct pieces *pieces) {
    const char *next = view->of.result.next_step;
    int number = 0;
    pieces->count = 0;
    if (view->of.result.photo_code[0])
        add_piece(pieces, (struct piece){PIECE_PHOTO, NULL, 0, photo_side(p, view) + mm(p, 3)});
    if (next[0])
        add_piece(pieces, (struct piece){PIECE_NEXT_STEP, NULL, 0,
                                         text_height(p, width, &next_style, next) + mm(p, 2)});
    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; i < view->of.result.guide_count; i++) {
            const struct view_guide *guide = &view->of.result.guides[i];
            if (guide->drug != (pass == 0))
                continue;
            add_piece(pieces, (struct piece){PIECE_GUIDE, guide, guide->drug ? ++number : 0,
                                             guide_height(p, guide, width, room)});
        }
}

static int height_of_all(const struct pieces *pieces) {
    int height = 0;
    for (int i = 0; i < pieces->count; i++)
        height += pieces->piece[i].height;
    return height;
}

/* One page after the other is filled. Returns how many there are; `page` and the pieces of it, the
 * last page's where there is none such. */
static int paginate(const struct pieces *pieces, int room, int *page, int *first, int *count) {
    int pages = 0, shown = 0;
    for (int i = 0; i < pieces->count; pages++) {
        int begin = i, used = pieces->piece[i++].height;
        while (i < pieces->count && used + pieces->piece[i].height <= room)
            used += pieces->piece[i++].height;
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
static int choose_page(struct pieces *pieces, int room, int pager, int *page, int *first,
                       int *count) {
    int wanted = *page, none = 0;
    int pages = paginate(pieces, room, page, first, count);
    if (pages <= 1)
        return pages;
    paginate(pieces, room - pager, &none, first, count);
    if (pieces->piece[*first + *count - 1].kind == PIECE_NEXT_STEP)
        move_next_step(pieces);
    *page = wanted;
    return paginate(pieces, room - pager, page, first, count);
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
        guide_draw(p, piece->guide, piece->number, box);
        break;
    }
}

/* What each guide of a page may grow by, so that a page with room is not empty below. */
static int growth(struct painter *p, const struct pieces *pieces, int first, int count, int room) {
    int left = room, guides = 0, most = mm(p, SLACK_MM_PIECE);
    for (int i = first; i < first + count; i++) {
        left -= pieces->piece[i].height;
        guides += pieces->piece[i].kind == PIECE_GUIDE;
    }
    if (left <= 0 || guides == 0)
        return 0;
    return left / guides < most ? left / guides : most;
}

int advice_height(struct painter *p, const struct view *view, int width) {
    struct pieces pieces;
    collect(p, view, width, INT_MAX, &pieces);
    return height_of_all(&pieces) + (p->tight ? 0 : text_line(p, T3) + mm(p, 1));
}

bool advice_given(const struct view *view) {
    return view->of.result.guide_count > 0 || view->of.result.photo_code[0] ||
           view->of.result.next_step[0];
}

/* "Next: collect medicines, 2 places". */
static void flow_advice_heading(struct painter *p, const struct view *view, struct rect *area) {
    char words[120], count[12];
    int places = 0;
    for (int i = 0; i < view->of.result.guide_count; i++)
        places += view->of.result.guides[i].drug;
    if (places == 0 || p->tight)
        return;
    struct text_style style = style_head;
    snprintf(count, sizeof count, "%d", places);
    strings_fill(words, sizeof words, say(p, places == 1 ? "guide.next.one" : "guide.next"), count,
                 "");
    if (p->small)
        style.size = T2;
    flow_text(p, area, &style, mm(p, 1), words);
}

void advice_draw(struct painter *p, const struct view *view, struct rect area) {
    struct pieces pieces;
    int page = view->of.result.page, first = 0, count = 0, pager = pager_height(p);
    flow_advice_heading(p, view, &area);
    collect(p, view, area.w, area.h, &pieces);
    if (height_of_all(&pieces) > area.h)
        collect(p, view, area.w, area.h - pager - mm(p, GAP_MM), &pieces);
    int pages = choose_page(&pieces, area.h, pager + mm(p, GAP_MM), &page, &first, &count);
    if (pages > 1)
        pager_draw(p, rect_cut_bottom(&area, pager, mm(p, GAP_MM)), page, pages);
    int grow = growth(p, &pieces, first, count, area.h);
    for (int i = first; i < first + count; i++) {
        const struct piece *piece = &pieces.piece[i];
        int height = piece->height + (piece->kind == PIECE_GUIDE ? grow : 0);
        if (height > area.h)
            height = area.h;
        draw_piece(p, view, piece, rect_cut_top(&area, height, 0));
    }
}
