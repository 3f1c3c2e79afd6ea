/* What was paid here: what became of it, or what of it may go back. */
#include <stdio.h>
#include <string.h>

#include "ui/screens/screens.h"

#define ROW_MAX_MM 59.0f
#define REFUND_MAX_MM 40.0f

static void service_words(struct painter *p, const struct view_payment *payment, char *out,
                          size_t size) {
    char key[48];
    snprintf(key, sizeof key, "service.%s.short", service_name(payment->service));
    snprintf(out, size, "%s", say(p, key));
}

/* What became of it, and the machine that took it, if it was another. */
static void state_words(struct painter *p, const struct view_payment *payment, char *out,
                        int size) {
    const char *words = p->tight ? say_short(p, payment->state_key) : say(p, payment->state_key);
    bool narrow = p->tight || p->small;
    const char *where = narrow ? say_short(p, "records.elsewhere") : say(p, "records.elsewhere");
    char state[240];
    strings_fill(state, sizeof state, words, payment->state_a, payment->state_b);
    strings_fill(out, size, payment->elsewhere != NULL ? where : "{b}",
                 payment->elsewhere != NULL ? payment->elsewhere : "", state);
}

/* Of the first line of a row: two small ones find their room below. */
static enum text_size head_size(const struct painter *p, int height) {
    enum text_size size = T3;
    while (size > T1 && text_line(p, size) + 2 * text_line(p, T1) > height)
        size--;
    return size;
}

/* "Bills  11-20 11:24              ¥165.70"; takes a line off the top. */
static void flow_payment_head(struct painter *p, struct rect *area,
                              const struct view_payment *payment) {
    char amount[AMOUNT_TEXT_SIZE], service[80];
    struct text_style sum = one_line(styled(style_label, ALIGN_RIGHT, COLOUR_INK));
    struct text_style head = one_line(style_label), time = one_line(style_small);
    sum.size = head_size(p, area->h);
    head.size = sum.size < T2 ? T1 : T2;
    sum.strong = true;
    amount_text(payment->amount_fen, amount);
    struct rect row = rect_cut_top(area, text_line(p, sum.size), 0);
    text_draw(p, rect_cut_right(&row, text_width(p, &sum, amount), mm(p, 3)), &sum, amount);
    service_words(p, payment, service, sizeof service);
    int width = text_width(p, &head, service), gap = mm(p, 4);
    if (width + gap + text_width(p, &time, payment->time) <= row.w)
        text_draw(p, rect_cut_left(&row, width, gap), &head, service);
    text_draw(p, row, &time, payment->time);
}

/* As wide as its words need, or a third of the row. */
static int wide_track(struct painter *p, int width) {
    int least = track_width(p), third = width * 38 / 100;
    return least > third ? least : third;
}

static struct text_style state_style(void) {
    struct text_style line = styled(style_small, ALIGN_LEFT, COLOUR_INK);
    line.weight = WEIGHT_BOLD;
    line.strong = true;
    line.middle = true;
    return line;
}

/* What is left of a row for its words: its arrow is cut off at the right. */
static struct rect payment_inside(const struct painter *p, struct rect row, struct rect *arrow) {
    struct rect inside = rect_inset(row, mm(p, 5), mm(p, 1));
    *arrow = rect_cut_right(&inside, mm(p, 8), mm(p, 3));
    return inside;
}

/* Has the row the room to show where the money is? */
static bool is_tracked(struct painter *p, struct rect inside, const char *state) {
    struct text_style line = state_style();
    int beside = inside.w - wide_track(p, inside.w) - mm(p, 4);
    return text_line(p, T2) + track_height(p) <= inside.h && beside > 0 &&
           text_height(p, beside, &line, state) <= track_height(p);
}

static void draw_payment(struct painter *p, struct rect rect, const struct view_payment *payment,
                         int n) {
    char state[240];
    struct rect arrow, row = touchable_draw(p, rect, LOOK_CARD, (struct touch){TOUCH_BILL, n});
    struct rect inside = payment_inside(p, row, &arrow);
    /* What another machine took leads nowhere: touched, it says where to go. */
    icon_draw(p, arrow, payment->elsewhere != NULL ? ICON_info : ICON_right, COLOUR_ACCENT);
    struct text_style line = state_style();
    state_words(p, payment, state, sizeof state);
    bool tracked = is_tracked(p, inside, state);
    int low = tracked ? track_height(p) : text_height(p, inside.w, &line, state);
    int head = text_line(p, head_size(p, inside.h));
    if (head + low < inside.h)
        inside = rect_centre(inside, inside.w, head + low);
    flow_payment_head(p, &inside, payment);
    if (tracked)
        track_draw(p, rect_cut_left(&inside, wide_track(p, inside.w), mm(p, 4)), payment->place,
                   payment->tone);
    text_draw(p, inside, &line, state);
}

/* What may go back: how it was paid, when, and how much of it. */
static void draw_refundable(struct painter *p, struct rect rect, const struct view_payment *payment,
                            int n) {
    char service[80], when[160], state[240];
    struct rect inside = touchable_draw(p, rect, LOOK_CARD, (struct touch){TOUCH_BILL, n});
    inside = rect_inset(inside, mm(p, 5), 0);
    icon_draw(p, rect_cut_right(&inside, mm(p, 8), mm(p, 3)), ICON_right, COLOUR_ACCENT);
    int badge = inside.h - mm(p, 4) < mm(p, 18) ? inside.h - mm(p, 4) : mm(p, 18);
    if (!p->small)
        badge_draw(p, rect_cut_left(&inside, badge, mm(p, 5)), ICON_return, COLOUR_ON_ACCENT,
                   COLOUR_ACCENT);
    struct text_style head = one_line(style_label), line = one_line(style_small);
    struct text_style may = styled(style_small, ALIGN_LEFT, COLOUR_INK);
    service_words(p, payment, service, sizeof service);
    const char *channel = say_if(p, payment->channel_key);
    snprintf(when, sizeof when, "%s%s%s", channel, channel[0] ? " · " : "", payment->time);
    state_words(p, payment, state, sizeof state);
    may.weight = WEIGHT_BOLD;
    may.strong = true;
    bool three = text_line(p, T2) + 2 * text_line(p, T1) <= inside.h;
    int beside = text_width(p, &head, service) + mm(p, 4) + text_width(p, &line, when);
    if (three) {
        inside = rect_centre(inside, inside.w, text_line(p, T2) + 2 * text_line(p, T1));
        text_draw(p, rect_cut_top(&inside, text_line(p, T2), 0), &head, service);
        text_draw(p, rect_cut_top(&inside, text_line(p, T1), 0), &line, when);
        text_draw(p, inside, &may, state);
        return;
    }
    inside = rect_centre(inside, inside.w, text_line(p, T2) + text_line(p, T1));
    struct rect row = rect_cut_top(&inside, text_line(p, T2), 0);
    if (beside <= row.w)
        text_draw(p, rect_cut_left(&row, text_width(p, &head, service), mm(p, 4)), &head, service);
    text_draw(p, row, &line, beside <= row.w ? when : payment->time);
    text_draw(p, inside, &may, state);
}

/* What cannot go back here: no card, and the reason. */
static void draw_fixed(struct painter *p, struct rect rect, const struct view_payment *payment) {
    char service[80], head[200], state[240], amount[AMOUNT_TEXT_SIZE];
    struct text_style sum = one_line(styled(style_small, ALIGN_RIGHT, COLOUR_QUIET));
    struct text_style title = one_line(style_small);
    struct text_style reason = one_line(styled(style_small, ALIGN_LEFT, COLOUR_INK));
    hairline_draw(p, rect.x, rect.y + rect.h, rect.w);
    service_words(p, payment, service, sizeof service);
    snprintf(head, sizeof head, "%s　%s", service, payment->time);
    state_words(p, payment, state, sizeof state);
    amount_text(payment->amount_fen, amount);
    struct rect inside = rect_inset(rect, mm(p, 2), 0);
    inside = rect_centre(inside, inside.w, 2 * text_line(p, T1));
    struct rect row = rect_cut_top(&inside, text_line(p, T1), 0);
    text_draw(p, rect_cut_right(&row, text_width(p, &sum, amount), mm(p, 3)), &sum, amount);
    if (text_width(p, &title, head) > row.w)
        snprintf(head, sizeof head, "%s", payment->time);
    text_draw(p, row, &title, head);
    text_draw(p, inside, &reason, state);
}

/* First what can go back, then what cannot, whatever the order of the list. */
static void draw_refunds(struct painter *p, const struct view *view, struct rect area) {
    int on = 0, off = 0, count = view->of.records.count, gap = mm(p, GAP_MM);
    for (int i = 0; i < count; i++)
        *(view->of.records.rows[i].off ? &off : &on) += 1;
    bool headed = !p->small && !p->elder;
    int headings = headed ? ((on > 0) + (off > 0)) * (text_line(p, T1) + mm(p, 1)) : 0;
    int flat = 2 * text_line(p, T1) + mm(p, 3),
        rest = area.h - headings - off * flat - (off > 0 ? gap : 0);
    int most = mm(p, p->elder ? 60 : REFUND_MAX_MM);
    int row_h = on > 0 ? (rest + gap) / on - gap : 0;
    row_h = row_h < most ? row_h : most;
    if (on > 0 && headed)
        flow_small_head(p, &area, COLOUR_INK, say(p, "refund.can"));
    for (int i = 0; i < count; i++)
        if (!view->of.records.rows[i].off)
            draw_refundable(p, rect_cut_top(&area, row_h, gap), &view->of.records.rows[i],
                            view->of.records.first + i + 1);
    if (off > 0 && headed)
        flow_small_head(p, &area, COLOUR_QUIET, say(p, "refund.cannot"));
    for (int i = 0; i < count; i++)
        if (view->of.records.rows[i].off)
            draw_fixed(p, rect_cut_top(&area, flat, 0), &view->of.records.rows[i]);
}

static struct rect payment_cell(const struct painter *p, struct rect area, int i) {
    int rows = page_rows(p, PAGE_PAYMENTS), gap = mm(p, GAP_MM);
    int most = rows * mm(p, ROW_MAX_MM) + (rows - 1) * gap;
    area.h = area.h < most ? area.h : most;
    return rect_cell(area, 1, rows, gap, i);
}

static void draw_payments(struct painter *p, const struct view *view, struct rect area) {
    for (int i = 0; i < view->of.records.count && i < page_rows(p, PAGE_PAYMENTS); i++)
        draw_payment(p, payment_cell(p, area, i), &view->of.records.rows[i],
                     view->of.records.first + i + 1);
}

/* Nobody is told to look at a coin that no row has the room for. */
static const char *payments_hint(struct painter *p, const struct view *view, struct rect board) {
    char state[240];
    struct rect arrow;
    for (int i = 0; i < view->of.records.count && i < page_rows(p, PAGE_PAYMENTS); i++) {
        state_words(p, &view->of.records.rows[i], state, sizeof state);
        struct rect cell = touchable_inside(p, payment_cell(p, board, i), LOOK_CARD);
        if (is_tracked(p, payment_inside(p, cell, &arrow), state))
            return "records.hint";
    }
    return view->of.records.count > 0 ? "records.hint.plain" : "";
}

static const char *hint_key(struct painter *p, const struct view *view, struct rect board) {
    bool end = view->of.records.more && view->of.records.page + 1 == view->of.records.page_count;
    return end                       ? "records.more"
           : view->of.records.refund ? "refund.hint"
                                     : payments_hint(p, view, board);
}

/* Up to the colon. */
static int lead_of(const char *words) {
    const char *colon = strstr(words, "：");
    colon = colon ? colon + strlen("：") : strchr(words, ':');
    return colon ? (int)(colon - words) : 0;
}

/* What the place of the coin means, where the stage has the room. */
static void draw_legend(struct painter *p, const struct places *places, struct rect area) {
    static const char *const keys[] = {"legend.hospital", "legend.platform", "legend.you"};
    struct text_style line = styled(style_small, ALIGN_LEFT, COLOUR_INK);
    int height = 3 * text_line(p, T1) + 2 * mm(p, BAND_PAD_MM), track = wide_track(p, area.w);
    if (places->wide || p->elder || area.h < height + mm(p, 4))
        return;
    rect_cut_bottom(&area, mm(p, 4), 0);
    struct rect band = rect_cut_bottom(&area, height, 0);
    band_draw(p, (struct rect){0, band.y, p->canvas.width, band.h}, COLOUR_TINT);
    band = rect_inset(band, 0, mm(p, BAND_PAD_MM));
    struct rect left = rect_cut_left(&band, track, mm(p, 6));
    track_draw(p, rect_centre(left, left.w, track_height(p)), PLACE_HOSPITAL, TONE_GOOD);
    for (int i = 0; i < 3; i++) {
        line.lead = lead_of(say(p, keys[i]));
        text_draw(p, rect_cut_top(&band, text_line(p, T1), 0), &line, say(p, keys[i]));
    }
}

static bool is_paged(const struct view *view) {
    return view->of.records.page_count > 1;
}

/* Where the rows stand on the board; on a tall panel the pager stands below them. */
static struct rect payments_place(struct painter *p, const struct view *view,
                                  const struct places *places, struct rect board) {
    rect_cut_top(&board, mm(p, 2), 0);
    rect_cut_bottom(&board, mm(p, GAP_MM), 0);
    if (is_paged(view) && !places->wide)
        rect_cut_bottom(&board, pager_height(p), mm(p, GAP_MM));
    return board;
}

static void draw_payments_pager(struct painter *p, const struct view *view,
                                const struct places *places, struct rect area, struct rect board) {
    struct rect from = places->wide ? area : board;
    rect_cut_bottom(&from, mm(p, GAP_MM), 0);
    pager_draw(p, rect_cut_bottom(&from, pager_height(p), 0), view->of.records.page,
               view->of.records.page_count);
}

static void flow_records_head(struct painter *p, const struct view *view,
                              const struct places *places, struct rect *area) {
    bool refund = view->of.records.refund;
    /* A notice needs the room of the sum, which the button says too; above a pager in elder mode
     * that of the title. */
    bool notice = p->small && view->notice_key[0] != '\0';
    bool close = notice && (p->elder || is_paged(view));
    if (!(notice && p->elder && is_paged(view)))
        flow_title(p, area, say(p, refund ? "title.refund" : "title.records"));
    if (refund && view->of.records.balance_fen > 0 && !close) {
        flow_text(p, area, &style_body, 0, say(p, "refund.now"));
        flow_amount(p, area, T5, mm(p, 2), view->of.records.balance_fen);
    }
    struct text_style hint = refund ? style_small : style_body;
    if (p->elder && p->small)
        hint = style_small;
    if (!view->notice_key[0] || !p->small)
        flow_text(p, area, &hint, mm(p, 2),
                  say_if(p, hint_key(p, view, payments_place(p, view, places, places->board))));
    flow_notice(p, view, places, area);
}

void screen_records(struct painter *p, const struct view *view) {
    bool refund = view->of.records.refund;
    bool all_at_once = refund && view->of.records.at_once;
    struct places places = chrome_draw(p, view, all_at_once ? DOCK_ACTION : DOCK_PLAIN);
    struct rect area = places.stage;
    flow_records_head(p, view, &places, &area);
    if (!refund && view->of.records.count > 0)
        draw_legend(p, &places, area);
    struct rect board = board_below(p, &places, &area);
    struct rect rows = payments_place(p, view, &places, board);
    if (is_paged(view))
        draw_payments_pager(p, view, &places, area, board);
    if (refund)
        draw_refunds(p, view, rows);
    else
        draw_payments(p, view, rows);
    char amount[AMOUNT_TEXT_SIZE], label[96];
    amount_text(view->of.records.balance_fen, amount);
    const char *balance_words =
        p->small ? say_short(p, "refund.balance") : say(p, "refund.balance");
    struct action all = {{TOUCH_ALL, 0},
                         strings_fill(label, sizeof label, balance_words, amount, ""),
                         ICON_return,
                         false};
    if (all_at_once)
        dock_actions(p, &places, &all, NULL);
}
