/* One place to go to, or one thing to mind, with its code. */
#include <stdio.h>

#include "ui/qr.h"
#include "ui/screens/screens.h"

#define PAD_MM 3.5f
#define NUMBER_MM 16.0f
#define FIELD_PAD_MM 5.0f /* bars stand so far from any edge */
#define BAR_MM_HIGH 16.0f
#define BAR_MODULE_PX 3

/* A guide laid out for a width. `where` is the one thing to remember: the place, or the tip. */
struct guide_plan {
    char where[1400], queue[200], detail[900];
    const char *kicker;
    struct text_style kicker_style, where_style, queue_style, detail_style;
    int code_w, code_h; /* the field of the code; 0 none */
    bool code_below;
    int text, text_h, height;
};

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

/* Of whole pixels a module, as many as usual where there is the room. */
static int bar_width(int modules, int room) {
    int module = room / modules;
    return modules * (module < BAR_MODULE_PX ? module : BAR_MODULE_PX);
}

/* High enough for a scanner that is held at 15 degrees: its line crosses all of them. */
static int bar_height(const struct painter *p, int width) {
    int tilted = width * 3 / 10;
    return tilted > mm(p, BAR_MM_HIGH) ? tilted : mm(p, BAR_MM_HIGH);
}

/* A square beside the words; bars too where they are short enough, else below them. */
static void size_code(struct painter *p, const struct view_guide *guide, int room,
                      struct guide_plan *plan) {
    int pad = mm(p, FIELD_PAD_MM), modules = guide->code == 2 ? bar_modules(guide->code_value) : 0;
    if (guide->code == 1) {
        plan->code_w = plan->code_h =
            qr_size_least(p->qr, guide->code_value, mm(p, QR_SCANNED_MM)) + 2;
    } else if (modules > 0) {
        plan->code_w = bar_width(modules, room - 2) + 2 * pad;
        plan->code_h = bar_height(p, plan->code_w - 2 * pad) + 2 * pad;
        plan->code_below = plan->code_w > room * 45 / 100;
        if (plan->code_below)
            plan->code_w = room;
    }
}

static enum text_size where_size(const struct painter *p, const struct view_guide *guide,
                                 const struct guide_plan *plan) {
    if (p->tight)
        return T1;
    return p->small || plan->text < mm(p, 90) || !guide->drug ? T2 : T3;
}

/* `lines_max` of the place; 0: nothing is cut. */
static void style_words(const struct painter *p, struct guide_plan *plan, enum text_size size,
                        int lines_max) {
    bool whole = lines_max == 0;
    plan->kicker_style =
        (struct text_style){.size = T1, .ink = COLOUR_QUIET, .lines_max = whole ? 0 : 2};
    plan->where_style = (struct text_style){.size = size,
                                            .weight = WEIGHT_BOLD,
                                            .ink = COLOUR_INK,
                                            .lines_max = lines_max,
                                            .strong = true};
    plan->queue_style = (struct text_style){.size = p->tight ? T1 : T2,
                                            .weight = WEIGHT_BOLD,
                                            .ink = COLOUR_INK,
                                            .lines_max = 3,
                                            .strong = true};
    plan->detail_style =
        (struct text_style){.size = T1, .ink = COLOUR_QUIET, .lines_max = whole ? 0 : 8};
}

static void measure_words(struct painter *p, struct guide_plan *plan) {
    int beside = plan->code_below ? 0 : plan->code_h, gap = mm(p, PAD_MM);
    plan->text_h = text_height(p, plan->text, &plan->kicker_style, plan->kicker) +
                   text_height(p, plan->text, &plan->where_style, plan->where) +
                   text_height(p, plan->text, &plan->queue_style, plan->queue) +
                   text_height(p, plan->text, &plan->detail_style, plan->detail);
    plan->height = (plan->text_h > beside ? plan->text_h : beside) +
                   (plan->code_below ? plan->code_h + gap : 0) + 2 * gap;
}

/* Nothing is cut, with a place of `size` or smaller. */
static bool fits_whole(struct painter *p, struct guide_plan *plan, enum text_size size, int room) {
    for (;; size--) {
        style_words(p, plan, size, 0);
        measure_words(p, plan);
        if (plan->height <= room || size == T1)
            return plan->height <= room;
    }
}

/* In `room_high`, which is a page: a long text is smaller, down to T1, before any of it is cut. */
static void plan_guide(struct painter *p, const struct view_guide *guide, int width, int room_high,
                       struct guide_plan *plan) {
    *plan = (struct guide_plan){.kicker = ""};
    if (guide->drug)
        drug_words(p, guide, plan);
    else
        tip_words(p, guide, plan);
    int room = width - mm(p, NUMBER_MM), gap = mm(p, PAD_MM);
    size_code(p, guide, room, plan);
    plan->text = plan->code_w && !plan->code_below ? room - plan->code_w - gap : room;
    if (p->small && plan->code_w)
        plan->detail[0] = '\0'; /* the code says it */
    if (p->tight)
        plan->kicker = "";
    enum text_size size = where_size(p, guide, plan);
    if (fits_whole(p, plan, size, room_high))
        return;
    plan->kicker = ""; /* the place and its numbers say more */
    if (fits_whole(p, plan, size, room_high))
        return;
    style_words(p, plan, size, p->tight ? 3 : guide->drug ? 4 : 6);
    measure_words(p, plan);
}

static void draw_guide_code(struct painter *p, const struct view_guide *guide, struct rect box) {
    const char *value = guide->code_value;
    int pad = mm(p, FIELD_PAD_MM);
    field_draw(p, box);
    if (guide->code == 1) {
        struct rect inside = rect_inset(box, 1, 1);
        if (qr_draw(p->qr, &p->canvas, inside, value))
            frame_add_code(p->frame,
                           &(struct frame_code){inside, inside.w / qr_modules(p->qr, value),
                                                CODE_FOR_SCANNER, box});
        return;
    }
    int width = bar_width(bar_modules(value), box.w - 2);
    struct rect inside = rect_centre(box, width, box.h - 2 * pad);
    if (bar_draw(&p->canvas, inside, value))
        frame_add_code(p->frame,
                       &(struct frame_code){inside, inside.w / bar_modules(value), CODE_BARS, box});
}

void guide_draw(struct painter *p, const struct view_guide *guide, int n, struct rect box) {
    struct guide_plan plan;
    char digit[12];
    int pad = mm(p, PAD_MM);
    plan_guide(p, guide, box.w, box.h, &plan);
    hairline_draw(p, box.x, box.y + box.h, box.w);
    struct rect inside = rect_inset(box, 0, pad);
    struct rect number = rect_cut_left(&inside, mm(p, NUMBER_MM), 0);
    if (n > 0) {
        struct text_style style = one_line(styled(style_title, ALIGN_LEFT, COLOUR_ACCENT));
        style.strong = false;
        style.middle = false;
        snprintf(digit, sizeof digit, "%d", n);
        text_draw(p, number, &style, digit);
    } else {
        number.h = mm(p, 10);
        icon_draw(p, rect_inset(number, mm(p, 3), 0), ICON_info, COLOUR_ACCENT);
    }
    if (plan.code_below)
        draw_guide_code(p, guide, rect_cut_bottom(&inside, plan.code_h, pad));
    else if (plan.code_w) {
        struct rect side = rect_cut_right(&inside, plan.code_w, pad);
        draw_guide_code(p, guide, rect_centre(side, plan.code_w, plan.code_h));
    }
    if (plan.text_h < inside.h)
        inside = rect_centre(inside, inside.w, plan.text_h);
    flow_text(p, &inside, &plan.kicker_style, 0, plan.kicker);
    struct rect place = inside; /* too long a place is cut before the number in the queue */
    place.h -= text_height(p, inside.w, &plan.queue_style, plan.queue);
    flow_text(p, &place, &plan.where_style, 0, plan.where);
    rect_cut_top(&inside, place.y - inside.y, 0);
    flow_text(p, &inside, &plan.queue_style, 0, plan.queue);
    if (inside.h >= text_height(p, inside.w, &plan.detail_style, plan.detail))
        flow_text(p, &inside, &plan.detail_style, 0, plan.detail);
}

int guide_height(struct painter *p, const struct view_guide *guide, int width, int room) {
    struct guide_plan plan;
    plan_guide(p, guide, width, room, &plan);
    return plan.height;
}
