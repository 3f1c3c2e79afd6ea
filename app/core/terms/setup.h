/* What a core is given once, at its start. */
#ifndef HOPKIOSK_CORE_TERMS_SETUP_H
#define HOPKIOSK_CORE_TERMS_SETUP_H

#include "app/core/terms/codes.h"
#include "app/core/terms/policy.h"

struct core_setup {
    struct policy policy;
    struct limits limits;
    enum language language;
    char number_mark[NUMBER_MARK_SIZE];
    int code_rule_count;
    struct code_rule code_rules[CODE_RULES_MAX];
    char last_no[ORDER_NO_SIZE]; /* the last durable order number, or "" */
    bool journal_ok;             /* the journal could be opened */
    enum settle_result found;    /* what an earlier run found out of ORG_004; AUTO: nothing */
    bool compares_clock;         /* there is a paying platform that tells its time */
    bool clock_unproven;     /* nobody has set this clock that the kernel knows of: no code is sold
                                before that platform says that it is right */
    bool receipt_on_request; /* receipts are printed only when asked for */
    bool has_printer;        /* the configuration names one: it may be there and say nothing */
    bool has_staff_pin;      /* without one there is no staff screen */
    uint8_t staff_tries;     /* wrong PINs in a row before this start */
    int64_t staff_pause_ms;  /* what is left of the pause after them */
    bool wide_panel;         /* it lies: fewer rows a page */
    bool desk_window;        /* calls of window software open a cashier's window */
    bool patient_display;    /* ... and the patient has a display of their own */
    char cashier[STAFF_NAME_SIZE]; /* who sits at the desk */
    struct fen second_above;       /* a refund of more wants a second person; 0: none does */
    bool pinpads[2];               /* the configuration names the first, the second */
};

#endif
