/* A call of window software as the core hears it: read and checked by the shell. */
#ifndef HOPKIOSK_CORE_DESK_CALL_H
#define HOPKIOSK_CORE_DESK_CALL_H

#include "app/core/desk/choices.h"

#define DESK_SHOW_SIZE 1537 /* ShowMsg: Char(1024), in GB18030 half as much again as UTF-8 */

struct call_document {
    struct document head; /* DOCUMENT_CALL */
    char caller_no[CALLER_NO_SIZE];
    char caller_channel[CALLER_CHANNEL_SIZE];
    char refund_no[CALLER_NO_SIZE]; /* REFUND: the caller's */
    bool reverses;                  /* REFUND: of all of a bill, insurance included */
    bool has_med_sn;                /* ... with the insurance's number of the reversal */
    bool tells_his;                 /* ... and the hospital is to be called (refundType direct) */
    bool in_cash;                   /* REFUND: handed out, however it was paid */
    char mode[CALLER_MODE_SIZE];    /* ... as the caller said it (withdrawMode) */
    char flow[CALLER_FLOW_SIZE];    /* ... and who tells the hospital (refundType); "" not said */
    struct desk_choices choices;    /* REFUND, to the window: what it may be of instead */
    char trace_no[OUT_NO_SIZE];     /* REFUND: the platform's number of the payment; "" not said */
    char refund_owner[ORDER_NO_SIZE]; /* the order of the journal's refund `refund_no`; "" none */
    enum service service;
    enum channel channel;
    char pos_no[2];      /* CARD: at which pinpad; "": not said */
    struct fen amount;   /* REFUND: 0: all of it */
    struct fen received; /* of cash, at the window */
    struct order_person person;
    bool insured;   /* a bill of an insured patient of which nobody has settled anything */
    bool to_window; /* the cashier chooses how it is paid */
    char show[DESK_SHOW_SIZE]; /* what the caller wants the patient to read */
    bool found;                /* the journal has it */
    struct order order;
};

#endif
