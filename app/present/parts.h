/* The inside of present: one function for each screen's part of a view. */
#ifndef HOPKIOSK_PRESENT_PARTS_H
#define HOPKIOSK_PRESENT_PARTS_H

#include "app/present/present.h"

/* What a view is made from, and into. */
struct presenting {
    const struct core *core;
    struct situation at;
    const struct session *session;
    const struct present_site *site;
    struct now now;
    struct present_store *store;
    struct view *view;
};

/* The part of a view that is one screen's own; files are named for the screens they make. */
typedef void presenter(const struct presenting *p);
#define X(upper, lower) presenter present_##lower;
SCREENS(X)
#undef X

/* So much of a card's number is enough to recognise one's own. */
#define CARD_HEAD 2
#define CARD_TAIL 4

/* who.c */
/* As the hospital tells it; an empty one before it has. */
const struct account *present_account_read(const struct presenting *p);
struct view_account present_account(const struct presenting *p);
/* Is it known whose money it is? */
bool present_identified(const struct presenting *p);

/* steps.c: where a payment stands, ticked only where it has happened. */
void present_steps(const struct presenting *p);

/* checks.c: what is known of the order, a line each; how many. */
int present_checks(const struct presenting *p, struct view_check checks[VIEW_CHECKS_MAX]);
/* ... of the platform and of the hospital alone. */
int present_payment_checks(const struct presenting *p, const struct order *order,
                           struct view_check checks[VIEW_CHECKS_MAX]);

/* "2026-11-18 06:50..." as a patient reads it now: the day without this year, the time alone of
 * today. */
const char *present_when(const struct presenting *p, const char *text, char out[CLOCK_TEXT_SIZE]);

/* verdicts.c */
struct verdict_row {
    enum view_tone tone;
    enum view_place place; /* where the money is */
    bool goes_back;
    const char *title_key, *text_key;
};
/* Of the order before the patient, as far as it is known. */
struct verdict_row present_verdict(const struct order *order, enum verdict verdict);
/* How it was paid, in the words of the screens; "" for CHANNEL_NONE. */
const char *way_key(enum channel channel);

/* choose.c: "12345.6" as "12,345.6"; one at a time. */
const char *present_typed(const struct presenting *p, const char *typed);

/* records.c */
void present_refund_confirm(const struct presenting *p);
void present_refund_amount(const struct presenting *p);
/* What the result of a refund is about, in place of what was paid. */
void present_refunded(const struct presenting *p);

/* desk.c, patient.c: the cashier's window, and the display that is turned to the patient. */
void present_desk(const struct presenting *p);
struct view_patient present_patient(const struct presenting *p);

/* pay.c: a way to pay, and why it cannot be had now; who pays an insured payment. */
struct view_channel present_way(const struct presenting *p, enum channel channel);
struct view_split present_split(const struct order *order);
const struct order *present_order(const struct presenting *p);

#endif
