/* The inside of the desk's window: its screens, each in a file of its own, and the words they
 * share. */
#ifndef HOPKIOSK_PRESENT_DESK_SCREENS_H
#define HOPKIOSK_PRESENT_DESK_SCREENS_H

#include "app/core/terms/policy.h"
#include "app/present/parts.h"

/* desk_day.c */
const char *desk_way_key(enum desk_way way);
const char *desk_what_key(enum service service, enum account_type type);
struct desk_row_words {
    enum view_tone tone;
    const char *key;
};
/* may_settle: NOT_PAID as far as is known, and the insurance may settle it yet. */
struct desk_row_words desk_row_words_of(enum verdict verdict, bool may_settle);
void present_desk_idle(const struct presenting *p);
/* desk_refund.c */
void present_desk_refund(const struct presenting *p);
/* desk_end.c */
void present_desk_result(const struct presenting *p);
extern const char *const desk_receipt_keys[]; /* where its paper is, by enum desk_receipt */
/* desk.c: whole seconds; one that is begun counts. */
int desk_seconds_left(int64_t ms);

#endif
