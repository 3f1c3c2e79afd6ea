#include "ui/expansion/expansion.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/parts.h"
#include "ui/qr.h"

#define WIDTH_MM 320.0f /* as if it were so wide: the type follows its size */
#define HEIGHT_MM 200.0f
#define TOP_MM 19.0f
#define SIDE_MM 10.0f
#define SHOW_LINES_MAX 6

/* ---- above ---- */

static void draw_patient_top(struct painter *p, const struct view *view, struct rect row) {
    char number[12], words[96], whole[220];
    struct text_style left = one_line(styled(style_small, ALIGN_LEFT, COLOUR_ON_ACCENT));
    struct text_style right = one_line(styled(style_small, ALIGN_RIGHT, COLOUR_ON_ACCENT));
    left.weight = WEIGHT_BOLD;
    canvas_fill(&p->canvas, row, colour_of(p, COLOUR_ACCENT));
    row = rect_inset(row, mm(p, SIDE_MM), 0);
    snprintf(number, sizeof number, "%d", atoi(view->terminal_no));
    strings_fill(words, sizeof words, say(p, "desk.window"), number, "");
    snprintf(whole, sizeof whole, "%s  %s", view->hospital_name, words);
    if (view->identified && view->of.desk.patient.state != PATIENT_IDLE)
        text_draw(p, rect_cut_right(&row, row.w / 3, mm(p, 4)), &right, view->account.name);
    text_draw(p, row, &left, whole);
}

/* ---- what is due ---- */

static void flow_patient_amount(struct painter *p, struct rect *area, enum text_size size,
                                int64_t fen) {
    char amount[AMOUNT_TEXT_SIZE];
    struct text_style style = style_amount;
    style.size = size;
    amount_text(fen, amount);
    style.size = text_size_for(p, area->w, &style, amount);
    text_draw(p, rect_cut_top(area, text_line(p, size), mm(p, 4)), &style, amount);
}

/* Line breaks of window software are kept; what it wants read is only read. */
static void flow_show(struct painter *p, struct rect *area, const char *show) {
    struct text_style style = {.size = T1, .ink = COLOUR_INK, .lines_max = SHOW_LINES_MAX};
    if (show[0] == '\0')
        return;
    flow_hairline(p, area, mm(p, 5));
    flow_text(p, area, &style, 0, show);
}

static void flow_patient_due(struct painter *p, const struct view *view, struct rect *area,
                             enum text_size size) {
    struct text_style label = style_body;
    struct text_style what = styled(style_small, ALIGN_LEFT, COLOUR_INK);
    bool insured = view->of.desk.patient.insured;
    flow_text(p, area, &label, 0, say(p, insured ? "split.total" : "patient.due"));
    flow_patient_amount(p, area, size, view->of.desk.patient.amount_fen);
    flow_text(p, area, &what, mm(p, 4), say_if(p, view->what_key));
    if (insured)
        flow_text(p, area, &what, mm(p, 4), say(p, "split.on_phone"));
    flow_show(p, area, view->of.desk.patient.show);
}

static void draw_due(struct painter *p, const struct view *view, struct rect area) {
    struct text_style style = styled(style_label, ALIGN_LEFT, COLOUR_INK);
    struct rect foot = rect_cut_bottom(
        &area, text_height(p, area.w, &style, say(p, "patient.due.text")), mm(p, 4));
    text_draw(p, foot, &style, say(p, "patient.due.text"));
    flow_patient_due(p, view, &area, T6);
}

/* ---- a code ---- */

static void draw_code(struct painter *p, const struct view_patient *patient, struct rect rect) {
    struct text_style head = one_line(styled(style_small, ALIGN_CENTRE, COLOUR_FIELD_INK));
    struct text_style foot = one_line(styled(style_small, ALIGN_LEFT, COLOUR_FIELD_INK));
    struct rect field = rect;
    head.weight = WEIGHT_BOLD;
    field_draw(p, rect);
    rect = rect_inset(rect, mm(p, 3), mm(p, 3));
    const char *title = patient->insured ? "patient.insured.title" : "patient.qr.title";
    const char *text = patient->insured ? "patient.insured.text" : "patient.qr.text";
    text_draw(p, rect_cut_top(&rect, text_line(p, T1), 0), &head, say(p, title));
    struct rect below = rect_cut_bottom(&rect, mm(p, 24), 0);
    if (qr_draw(p->qr, &p->canvas, rect, patient->link)) {
        int modules = qr_modules(p->qr, patient->link);
        int size = qr_size(p->qr, patient->link, rect.w < rect.h ? rect.w : rect.h);
        struct frame_code code = {.rect = rect_centre(rect, size, size),
                                  .module_px = modules > 0 ? size / modules : 0,
                                  .kind = CODE_FOR_PHONE,
                                  .field = field};
        frame_add_code(p->frame, &code);
    }
    int width = text_width(p, &foot, say(p, text));
    below = rect_centre(below, mm(p, 28) + width, below.h);
    countdown_draw(p, rect_cut_left(&below, mm(p, 24), mm(p, 4)), patient->left_s,
                   patient->whole_s);
    text_draw(p, below, &foot, say(p, text));
}

static void draw_qr(struct painter *p, const struct view *view, struct rect area) {
    const struct view_patient *patient = &view->of.desk.patient;
    int side = area.w * 42 / 100;
    draw_code(p, patient, rect_cut_right(&area, side, mm(p, SIDE_MM)));
    flow_patient_due(p, view, &area, T5);
}

/* ---- cash ---- */

static void flow_cash_row(struct painter *p, struct rect *area, const char *key, int64_t fen,
                          bool large) {
    char amount[AMOUNT_TEXT_SIZE];
    enum text_size size = large ? T5 : T3;
    struct text_style label = one_line(
        styled(large ? style_head : style_body, ALIGN_LEFT, large ? COLOUR_INK : COLOUR_QUIET));
    struct text_style style = one_line(styled(style_amount, ALIGN_RIGHT, COLOUR_INK));
    struct rect row = rect_cut_top(area, text_line(p, size) + mm(p, 6), 0), line = row;
    style.size = size;
    text_draw(p, rect_cut_left(&row, row.w / 3, 0), &label, say(p, key));
    text_draw(p, row, &style, amount_text(fen, amount));
    hairline_draw(p, line.x, line.y + line.h, line.w);
}

static void draw_cash(struct painter *p, const struct view *view, struct rect area) {
    const struct view_patient *patient = &view->of.desk.patient;
    area = rect_centre(area, area.w, area.h * 3 / 4);
    flow_cash_row(p, &area, "patient.due", patient->amount_fen, false);
    if (patient->received_fen > 0)
        flow_cash_row(p, &area, "patient.received", patient->received_fen, false);
    if (patient->received_fen >= patient->amount_fen)
        flow_cash_row(p, &area, "patient.change", patient->change_fen, true);
}

/* ---- a card ---- */

static void draw_card(struct painter *p, const struct view *view, struct rect area) {
    const struct view_patient *patient = &view->of.desk.patient;
    struct text_style title = style_title, text = styled(style_body, ALIGN_LEFT, COLOUR_INK);
    struct rect picture = rect_cut_left(&area, mm(p, 84), mm(p, 14));
    icon_draw(p, rect_centre(picture, picture.w, picture.w), ICON_bankcard, COLOUR_ACCENT);
    int height = text_height(p, area.w, &title, say(p, patient->card_key)) + mm(p, 4) +
                 text_line(p, T6) + mm(p, 4) +
                 text_height(p, area.w, &text, say(p, patient->card_text_key));
    area = rect_centre(area, area.w, height);
    flow_text(p, &area, &title, mm(p, 4), say(p, patient->card_key));
    flow_patient_amount(p, &area, T6, patient->amount_fen);
    flow_text(p, &area, &text, 0, say(p, patient->card_text_key));
}

/* ---- a sentence ---- */

struct patient_words {
    enum icon icon;
    enum colour badge, tint;
    const char *title_key, *text_key;
    const char *cash_key; /* in its place where cash is handed over; NULL: the same */
};
static const struct patient_words sentences[] = {
    [PATIENT_IDLE] = {ICON_cards, COLOUR_ACCENT, COLOUR_PAPER, "patient.idle.title",
                      "patient.idle.text", NULL},
    [PATIENT_CODE] = {ICON_phonecode, COLOUR_ACCENT, COLOUR_PAPER, "patient.code.title",
                      "patient.code.text", NULL},
    [PATIENT_ASKING] = {ICON_clock, COLOUR_WAIT, COLOUR_WAIT_TINT, "patient.asking.title",
                        "patient.asking.text", NULL},
    [PATIENT_UNSURE] = {ICON_clock, COLOUR_WAIT, COLOUR_WAIT_TINT, "patient.asking.title",
                        "patient.unsure.text", NULL},
    [PATIENT_PAID] = {ICON_check, COLOUR_GOOD, COLOUR_GOOD_TINT, "patient.paid.title",
                      "patient.paid.text", NULL},
    [PATIENT_NOT_PAID] = {ICON_dash, COLOUR_CALM, COLOUR_CALM_TINT, "patient.not_paid.title",
                          "patient.not_paid.text", "patient.cash_back"},
    [PATIENT_CLOSED] = {ICON_dash, COLOUR_CALM, COLOUR_CALM_TINT, "patient.closed.title",
                        "patient.closed.text", NULL},
    [PATIENT_RETURNED] = {ICON_return, COLOUR_BACK, COLOUR_BACK_TINT, "patient.returned.title",
                          "patient.returned.text", "patient.cash_back"},
    [PATIENT_REFUND] = {ICON_return, COLOUR_BACK, COLOUR_BACK_TINT, "patient.refund.title",
                        "patient.refund.text", "patient.refund.cash"},
    [PATIENT_REFUNDED] = {ICON_return, COLOUR_BACK, COLOUR_BACK_TINT, "patient.refunded.title",
                          "patient.refunded.text", "patient.refunded.cash"},
    [PATIENT_NOT_REFUNDED] = {ICON_dash, COLOUR_CALM, COLOUR_CALM_TINT,
                              "patient.not_refunded.title", "patient.not_refunded.text", NULL},
    [PATIENT_WINDOW] = {ICON_desk, COLOUR_WAIT, COLOUR_WAIT_TINT, "patient.window.title",
                        "patient.window.text", NULL},
};

/* ... with what is handed out. */
static const char *patient_text(struct painter *p, const struct view_patient *patient, char *out,
                                int size) {
    const struct patient_words *words = &sentences[patient->state];
    char amount[AMOUNT_TEXT_SIZE];
    if (patient->state == PATIENT_PAID && patient->cash && patient->change_fen > 0)
        return strings_fill(out, size, say(p, "patient.paid.change"),
                            amount_text(patient->change_fen, amount), "");
    return say(p, patient->cash && words->cash_key != NULL ? words->cash_key : words->text_key);
}

static void draw_sentence(struct painter *p, const struct view *view, struct rect bleed,
                          struct rect area) {
    const struct view_patient *patient = &view->of.desk.patient;
    const struct patient_words *words = &sentences[patient->state];
    struct text_style title = style_title, text = styled(style_body, ALIGN_LEFT, COLOUR_INK);
    char room[160];
    const char *said = patient_text(p, patient, room, sizeof room);
    bool amount = patient->state != PATIENT_IDLE;
    if (words->tint != COLOUR_PAPER)
        band_draw(p, bleed, words->tint);
    struct rect badge = rect_cut_left(&area, mm(p, 56), mm(p, 12));
    badge_draw(p, rect_centre(badge, badge.w, badge.w), words->icon, COLOUR_ON_TONE, words->badge);
    int height = text_height(p, area.w, &title, say(p, words->title_key)) + mm(p, 4) +
                 (amount ? text_line(p, T5) + mm(p, 4) : 0) + text_height(p, area.w, &text, said);
    area = rect_centre(area, area.w, height);
    flow_text(p, &area, &title, mm(p, 4), say(p, words->title_key));
    if (amount)
        flow_patient_amount(p, &area, T5, patient->amount_fen);
    flow_text(p, &area, &text, 0, said);
}

/* ---- the whole ---- */

/* Its own measure of a millimetre, on the canvas it has now. */
static void measure_patient(struct painter *p) {
    float across = (float)p->canvas.width / WIDTH_MM, down = (float)p->canvas.height / HEIGHT_MM;
    p->desk = p->small = p->tight = p->elder = false;
    p->px_per_mm = across < down ? across : down;
    p->focus = (struct choice){0};
}

void patient_draw(struct painter *p, const struct view *view) {
    measure_patient(p);
    struct rect bleed = {0, 0, p->canvas.width, p->canvas.height};
    canvas_fill(&p->canvas, bleed, colour_of(p, COLOUR_PAPER));
    draw_patient_top(p, view, rect_cut_top(&bleed, mm(p, TOP_MM), 0));
    struct rect area = rect_inset(bleed, mm(p, SIDE_MM), mm(p, SIDE_MM));
    switch (view->of.desk.patient.state) {
    case PATIENT_DUE:
        draw_due(p, view, area);
        return;
    case PATIENT_QR:
        draw_qr(p, view, area);
        return;
    case PATIENT_CASH:
        draw_cash(p, view, area);
        return;
    case PATIENT_CARD:
        draw_card(p, view, area);
        return;
    default:
        draw_sentence(p, view, bleed, area);
        return;
    }
}

void patient_draw_small(struct painter *p, const struct view *view, struct rect rect) {
    struct painter small = *p;
    struct canvas *canvas = &small.canvas;
    canvas_fill(&p->canvas, rect, colour_of(p, COLOUR_LINE));
    rect = rect_inset(rect, mm(p, 0.5f), mm(p, 0.5f));
    canvas->pixels += (long)rect.y * canvas->stride + rect.x;
    canvas->width = rect.w;
    canvas->height = rect.h;
    small.frame = p->aside;
    frame_clear(small.frame);
    patient_draw(&small, view);
}
