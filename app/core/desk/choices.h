/* The refund desk: the payments of a patient that a refund may be of, as the journal has them, each
 * with what is left of it or why nothing of it goes back. */
#ifndef HOPKIOSK_CORE_DESK_CHOICES_H
#define HOPKIOSK_CORE_DESK_CHOICES_H

#include "app/core/desk/day.h"

#define DESK_CHOICES_MAX 8

struct desk_choice {
    char caller_no[CALLER_NO_SIZE];
    char caller_channel[CALLER_CHANNEL_SIZE];
    char trace_no[OUT_NO_SIZE]; /* the platform's */
    enum service service;
    enum account_type account_type;
    enum desk_way way;
    struct fen paid, before;    /* before: of `paid`, already given back */
    int64_t paid_ms;            /* wall; 0 not known */
    enum call_refusal obstacle; /* CALL_TAKEN: none */
};

/* What can go back stands first, newest first in both parts. */
struct desk_choices {
    int count;
    bool more; /* there are older ones */
    struct desk_choice rows[DESK_CHOICES_MAX];
};

/* The order's row as it is now. */
struct desk_choice desk_choice_of(const struct order *order);
/* Adds a payment of the channel ("" of any) that a caller of the desk has made. */
void desk_choices_add(struct desk_choices *choices, const struct order *order, const char *channel);
/* What of it would go back where `asked` is wanted; 0: nothing. */
struct fen desk_choice_amount(const struct desk_choice *choice, struct fen asked);

#endif
