/* The inside of present: one function for each screen's part of a view. */
#ifndef HOPKIOSK_PRESENT_PARTS_H
#define HOPKIOSK_PRESENT_PARTS_H

#include "app/present.h"

/* What a view is made from, and into. */
struct presenting {
    const struct core *core;
    const struct session *session;
    const struct config *config;
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

/* present_pay.c */
void present_channel(const struct presenting *p);
void present_pay_qr(const struct presenting *p);
void present_pay_code(const struct presenting *p);
void present_waiting(const struct presenting *p);
void present_result(const struct presenting *p);

#endif
