/* Help for the screen one came from, and the staff called; and what is said when nothing can be
 * done here. */
#include <stdio.h>
#include <string.h>

#include "ui/screens/screens.h"

/* Who helps, on a tint: before everything else. */
static void flow_phone(struct painter *p, const struct view *view, const struct places *places,
                       struct rect *area) {
    char words[200];
    if (!view->phone[0])
        return;
    struct text_style style = styled(style_label, ALIGN_LEFT, COLOUR_INK);
    strings_fill(words, sizeof words, say(p, "help.phone"), view->phone, "");
    int pad = mm(p, p->small ? 2 : 5);
    struct rect box = rect_cut_top(area, icon_text_height(p, area->w, &style, words) + 2 * pad,
                                   mm(p, p->small ? 2 : 6));
    band_draw(p, (struct rect){0, box.y, p->canvas.width, box.h}, COLOUR_TINT);
    (void)places;
    box = rect_inset(box, 0, pad);
    flow_icon_text(p, &box, ICON_phone, COLOUR_ACCENT, &style, 0, words);
}

#define POINTS_MAX 6
#define POINT_TEXT_MAX 512
#define OBJECT_MM 42.0f
#define POINT_GAP_MM 5.0f

/* What each paragraph is about, drawn beside it. */
static const enum drawing help_drawings[SCREEN_COUNT][POINTS_MAX] = {
    [SCREEN_WELCOME] = {DRAWING_card, DRAWING_kiosk},
    [SCREEN_SERVICE] = {DRAWING_kiosk, DRAWING_card},
    [SCREEN_IDENTIFY] = {DRAWING_card, DRAWING_idcard, DRAWING_kiosk},
    [SCREEN_KEYPAD] = {DRAWING_kiosk, DRAWING_card},
    [SCREEN_CONFIRM] = {DRAWING_idcard, DRAWING_kiosk, DRAWING_card},
    [SCREEN_CARDS] = {DRAWING_card, DRAWING_kiosk},
    [SCREEN_BILLS] = {DRAWING_card, DRAWING_receipt, DRAWING_phone_scan},
    [SCREEN_BILL] = {DRAWING_receipt, DRAWING_kiosk},
    [SCREEN_AMOUNT] = {DRAWING_kiosk, DRAWING_phone_scan},
    [SCREEN_CHANNEL] = {DRAWING_kiosk, DRAWING_phone_scan, DRAWING_phone_scan, DRAWING_kiosk},
    [SCREEN_PAY_QR] = {DRAWING_phone_scan, DRAWING_kiosk, DRAWING_receipt},
    [SCREEN_INSURANCE] = {DRAWING_receipt, DRAWING_phone_scan},
    [SCREEN_PUSHED] = {DRAWING_phone_message, DRAWING_kiosk, DRAWING_receipt},
    [SCREEN_PAY_CODE] = {DRAWING_phone_scan, DRAWING_phone_scan, DRAWING_receipt},
    [SCREEN_WAITING] = {DRAWING_kiosk, DRAWING_phone_scan, DRAWING_receipt},
    [SCREEN_RESULT] = {DRAWING_receipt, DRAWING_receipt},
    [SCREEN_RECORDS] = {DRAWING_receipt, DRAWING_card, DRAWING_kiosk},
    [SCREEN_TAKE] = {DRAWING_receipt, DRAWING_card},
};

struct points {
    int count;
    char text[POINTS_MAX][POINT_TEXT_MAX];
};

/* Paragraphs stand apart by an empty line. */
static void split_points(const char *words, struct points *points) {
    points->count = 0;
    while (*words != '\0' && points->count < POINTS_MAX) {
        const char *end = strstr(words, "\n\n");
        size_t length = end ? (size_t)(end - words) : strlen(words);
        snprintf(points->text[points->count++], POINT_TEXT_MAX, "%.*s", (int)length, words);
        words += end ? length + 2 : length;
    }
}

static int points_height(struct painter *p, const struct points *points, int width, int object,
                         const struct text_style *style) {
    int height = 0, inside = width - object - (object > 0 ? mm(p, 5) : 0);
    int least = object * 2 / 3;
    for (int i = 0; i < points->count; i++) {
        int text = text_height(p, inside, style, points->text[i]);
        height += (text > least ? text : least) + mm(p, POINT_GAP_MM);
    }
    return height;
}

/* Each with its drawing where there is the room for it. */
static void draw_points(struct painter *p, const struct view *view, struct rect area,
                        const struct points *points) {
    struct text_style style = styled(style_body, ALIGN_LEFT, COLOUR_INK);
    int object = mm(p, OBJECT_MM);
    if (points_height(p, points, area.w, object, &style) > area.h)
        style.size = T1;
    if (points_height(p, points, area.w, object, &style) > area.h)
        object = 0;
    for (int i = 0; i < points->count; i++) {
        int inside = area.w - object - (object > 0 ? mm(p, 5) : 0), least = object * 2 / 3;
        int text = text_height(p, inside, &style, points->text[i]);
        struct rect row = rect_cut_top(&area, text > least ? text : least, mm(p, POINT_GAP_MM));
        if (object > 0) {
            struct rect left = rect_cut_left(&row, object, mm(p, 5));
            enum drawing drawing = help_drawings[view->of.help.about][i];
            if (drawing == DRAWING_kiosk)
                machine_draw(p, left, ACT_NONE);
            else
                drawing_draw(p, left, drawing);
            if (i < points->count - 1)
                hairline_draw(p, left.x, left.y + left.h + mm(p, POINT_GAP_MM) / 2, area.w);
        }
        text_draw(p, rect_centre(row, row.w, text), &style, points->text[i]);
    }
}

void screen_help(struct painter *p, const struct view *view) {
    char key[48];
    struct points points;
    struct places places = chrome_draw(p, view, DOCK_ACTION_BACK);
    struct rect area = places.whole;
    snprintf(key, sizeof key, "help.%s",
             view->of.help.card ? "pay_card" : screen_name(view->of.help.about));
    split_points(say(p, key), &points);
    flow_title(p, &area, say(p, "title.help"));
    flow_phone(p, view, &places, &area);
    draw_points(p, view, area, &points);
    bool called = view->of.help.called;
    struct action back = {{TOUCH_BACK, 0}, say(p, "help.back"), ICON_back, false};
    struct action call = {
        {TOUCH_CALL, 0}, say(p, called ? "help.called" : "help.call"), ICON_person, called};
    dock_actions(p, &places, &back, &call);
}

void screen_out_of_service(struct painter *p, const struct view *view) {
    char code[96] = "";
    struct places places = chrome_draw(p, view, DOCK_PLAIN);
    struct rect area = places.whole;
    const char *reason = say_if(p, view->of.out_of_service.reason_key);
    struct text_style head = style_title, text = styled(style_body, ALIGN_LEFT, COLOUR_INK);
    int badge = mm(p, p->small ? 26 : 39), gap = mm(p, 7), pad = mm(p, 6);
    int width = area.w - badge - gap;
    int used = text_height(p, width, &head, say(p, "title.out_of_service")) +
               text_height(p, width, &text, reason);
    struct rect box = rect_cut_top(&area, (used > badge ? used : badge) + 2 * pad, mm(p, 8));
    band_draw(p, (struct rect){0, box.y, p->canvas.width, box.h}, COLOUR_CALM_TINT);
    box = rect_inset(box, 0, pad);
    struct rect disk = rect_cut_left(&box, badge, gap);
    badge_draw(p, rect_centre(disk, badge, badge), ICON_tools, COLOUR_ON_TONE, COLOUR_CALM);
    box = rect_centre(box, box.w, used);
    flow_text(p, &box, &head, 0, say(p, "title.out_of_service"));
    flow_text(p, &box, &text, 0, reason);
    struct text_style bold = style_label;
    flow_icon_text(p, &area, ICON_lock, COLOUR_GOOD, &bold, mm(p, 6),
                   say(p, "out_of_service.safe"));
    flow_icon_text(p, &area, ICON_desk, COLOUR_ACCENT, &bold, mm(p, 6),
                   say(p, "out_of_service.text"));
    if (view->phone[0]) {
        char words[200];
        struct text_style style = styled(style_body, ALIGN_LEFT, COLOUR_INK);
        flow_icon_text(p, &area, ICON_phone, COLOUR_ACCENT, &style, mm(p, 6),
                       strings_fill(words, sizeof words, say(p, "welcome.phone"), view->phone, ""));
    }
    if (view->of.out_of_service.code[0]) {
        strings_fill(code, sizeof code, say(p, "out_of_service.code"), view->of.out_of_service.code,
                     view->terminal_no);
        rect_cut_bottom(&area, mm(p, 4), 0);
        int height = text_height(p, area.w, &style_small, code);
        text_draw(p, rect_cut_bottom(&area, height, 0), &style_small, code);
    }
}
