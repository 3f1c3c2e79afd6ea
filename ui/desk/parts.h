/* What the screens of the desk share. */
#ifndef HOPKIOSK_UI_DESK_PARTS_H
#define HOPKIOSK_UI_DESK_PARTS_H

#include "ui/buttons.h"
#include "ui/desk/desk.h"
#include "ui/parts.h"

void desk_idle_draw(struct painter *painter, const struct view *view);
void desk_pay_draw(struct painter *painter, const struct view *view);
void desk_cash_draw(struct painter *painter, const struct view *view);
void desk_wait_draw(struct painter *painter, const struct view *view);
void desk_refund_draw(struct painter *painter, const struct view *view);
void desk_result_draw(struct painter *painter, const struct view *view);

#define DESK_MARGIN_MM 6.0f
#define DESK_GAP_MM 3.5f
#define DESK_BUTTON_MM 20.0f

/* frame.c: everything but the stage, which is returned; `bleed`: the same to its edges, for bands.
 */
struct rect desk_frame(struct painter *painter, const struct view *view, struct rect *bleed);
/* The keys, after the stage: what does the same on both is chosen on the stage. */
void desk_keys_draw(struct painter *painter, const struct view *view);

/* pieces.c */
int cap_width(struct painter *painter, const char *key);
/* The cap of a key; `on`: on the colour of what is chosen. */
void cap_draw(struct painter *painter, struct rect rect, const char *key, bool usable, bool on);
struct desk_button {
    struct touch touch;
    const char *key, *label;
    const char *more; /* quieter, behind it; "" nothing */
    bool primary;
};
/* The cap and the label in the middle. */
void desk_button_draw(struct painter *painter, struct rect rect, const struct desk_button *button);
/* Whose money, at the top of `area`; with the amount, and what stands to its right. */
void flow_call(struct painter *painter, const struct view *view, struct rect *area);
void flow_call_due(struct painter *painter, const struct view *view, struct rect *area,
                   const char *head, const char *line);
/* What to tell the patient, off the bottom of `area`; nothing for "". */
void cut_tell(struct painter *painter, struct rect *area, const char *words);
/* A sentence that matters now, at the top of `area`; nothing for "". */
void flow_warning(struct painter *painter, struct rect *area, const char *words);

/* What is to be heeded now, or what else of the patient is under way, or else `words`. */
void flow_heed(struct painter *painter, const struct view *view, struct rect *area,
               const char *words);

/* Words with the amount that was asked for and the one that goes back; nothing for a key of "". */
void flow_less(struct painter *painter, const struct view_desk *desk, struct rect *area);
/* A field that is typed into, with what stands for its cursor. */
void desk_field_draw(struct painter *painter, struct rect rect, const char *typed,
                     enum text_size size);

/* keys.c: in place of the stage, when asked for. */
bool desk_help_draw(struct painter *painter, const struct view *view, struct rect stage);

/* shift.c: in place of the idle stage, while its cash is counted. */
void desk_shift_draw(struct painter *painter, const struct view *view, struct rect stage);
/* idle.c: where the paper is, of the shift that ended or of a row. */
void desk_paper_flow(struct painter *painter, const struct view_desk *desk, struct rect *area);

/* result.c, wait.c: a verdict over the stage's whole width, at its top. */
struct desk_verdict {
    enum icon icon;
    enum colour badge, tint;
    const char *title, *text;
};
void desk_verdict_draw(struct painter *painter, struct rect *bleed, struct rect *area,
                       const struct desk_verdict *verdict);

#endif
