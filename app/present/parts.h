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

/* present_choose.c */
struct view_account present_account(const struct presenting *p);
void present_cards(const struct presenting *p);
void present_bills(const struct presenting *p);
void present_bill(const struct presenting *p);
void present_amount(const struct presenting *p);

/* present_records.c */
void present_records(const struct presenting *p);
void present_refund_confirm(const struct presenting *p);
void present_refund_amount(const struct presenting *p);
/* What the result of a refund is about, in place of what was paid. */
void present_refunded(const struct presenting *p);

/* present_staff.c */
void present_staff(const struct presenting *p);

/* present_pay.c */
enum view_tone present_tone(enum verdict verdict);
void present_channel(const struct presenting *p);
void present_pay_qr(const struct presenting *p);
void present_pay_code(const struct presenting *p);
void present_waiting(const struct presenting *p);
void present_result(const struct presenting *p);

#endif
