/* What a core is given once, at its start. */
#ifndef HOPKIOSK_CORE_TERMS_SETUP_H
#define HOPKIOSK_CORE_TERMS_SETUP_H

#include "app/core/terms/codes.h"
#include "app/core/terms/policy.h"

struct core_setup {
    struct policy policy;
    struct limits limits;
    enum language language;
    char terminal_no[5];
    int code_rule_count;
    struct code_rule code_rules[CODE_RULES_MAX];
    char last_no[ORDER_NO_SIZE]; /* the last durable order number, or "" */
    bool journal_ok;             /* the journal could be opened */
    bool receipt_on_request;     /* receipts are printed only when asked for */
    bool has_staff_pin;          /* without one there is no staff screen */
    bool wide_panel;             /* it lies: fewer rows a page */
};

#endif
