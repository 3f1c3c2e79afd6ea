/* What the hospital allows, and how long things may take: plain data from the configuration, and
 * pure functions that answer from it. */
#ifndef HOPKIOSK_CORE_TERMS_POLICY_H
#define HOPKIOSK_CORE_TERMS_POLICY_H

#include "app/core/terms/routes.h"
#include "app/core/terms/types.h"

/* Times in milliseconds, one for each member of the configuration's `limits`. */
struct limits {
    int64_t idle_ms;         /* the warning comes after so long without a touch */
    int64_t warn_ms;         /* the visit ends after so long of the warning */
    int64_t guard_ms;        /* money buttons of a new screen take no touch for so long */
    int64_t query_ms;        /* pause between two questions about a payment (<= 5000, upp 4.2) */
    int64_t expire_ms;       /* a payment can be made so long after it was placed */
    int64_t push_ms;         /* ... and so long after its message went to the patient's phone; then
                                the window helps */
    int64_t answer_ms;       /* an answer that takes longer is unknown */
    int64_t account_ms;      /* the same for questions about account and bills */
    int64_t credit_quiet_ms; /* `fail` of ORG_004 counts only so long after an ORG_003 without a
                                definite answer */
    int64_t credit_deadline_ms; /* a credit that is unknown for longer becomes a case, if the HIS
                                   can be reached; if not, it is asked about for late_window_ms */
    int64_t refund_deadline_ms; /* the same of a refund */
    int64_t result_ms;          /* the result screen stands so long */
    int64_t settle_show_ms;     /* the patient is told "still asking" when crediting takes longer */
    int64_t print_ms;           /* a print job without an answer is unknown after so long */
    int64_t take_ms;            /* so long the patient is reminded of what no sensor feels */
    int64_t forgotten_ms;       /* the same of what a sensor feels until it is taken */
    int64_t retry_max_ms;       /* the longest pause between repeated questions */
    int64_t clock_ms;           /* between two comparisons of the clock with the platform's */
    int64_t count_ms; /* a phone's code that was held out early can be taken back so long */
};

/* From `from_min` until before `to_min`, minutes of the day in China. Over midnight when `to_min`
 * is the smaller; always when they are equal. */
struct hours {
    int from_min, to_min;
};

/* Who is asked whether it is they: everybody; or only who has typed a number, by the last 4 of the
 * ID number, and who wants money back without an ID card. */
enum confirm_policy { CONFIRM_EVERYBODY = 0, CONFIRM_TYPED };

/* What the hospital's ORG_004 tells of: the settlement whose number is asked, or the newest one of
 * the patient's visit, whatever number is asked. AUTO: it is to be found out; until then its
 * answers prove as little as a visit's. */
enum settle_result { SETTLE_RESULT_AUTO = 0, SETTLE_RESULT_ORDER, SETTLE_RESULT_VISIT };

struct policy {
    enum settle_result settle_result;
    bool his_takes_back;     /* the hospital has ORG_005 */
    bool his_guides;         /* ... ORG_006 */
    bool insured_his_cancel; /* a refund of an insured bill needs it: elsewhere the hospital takes
                                its book back by what its own centre tells it */
    bool own_part_here; /* where the insurance settles its part alone, the own part is paid here by
                           another route, and the terminal credits the whole */
    bool insured_decodes;    /* an e-insurance code is decoded before it is sent to the insurance */
    bool insured_by_name;    /* the insurance's questions name the patient: name and ID number are
                                kept whole until the order is settled */
    bool outpatient_deposit; /* public hospitals may not take them since 2025-03-31 */
    bool confirm_last4;      /* confirming a person asks for the last 4 of the ID number */
    bool pay_code_on_bills;  /* a phone's code held out at the bills or the ways to pay is taken */
    bool show_age_ward; /* the identity strip tells age, or ward and bed, to whoever stands by */
    struct fen deposit_cap; /* the largest deposit; the HIS's own cap counts too */
    struct fen order_max;   /* the largest payment */
    int64_t late_window_ms; /* a payment that came after its close is the platform's to return for
                               so long, then we do */
    int64_t list_lag_ms;    /* a bill may still be listed so long after it was credited */
    int64_t proof_ms;       /* a credit that nobody has proved to be ours for so long is a case */
    enum route wallets;     /* who takes what the wallets pay; ROUTE_NONE: the platform there is */
    enum route insurance;   /* who takes what medical insurance pays; ROUTE_NONE: the centre */
    enum confirm_policy confirm;
    bool channels[CHANNEL_COUNT];
    struct fen amount_presets[6]; /* offered for a deposit; ends with 0 */
    struct hours hours[SERVICE_COUNT];
    struct fen patient_day_max;       /* of one patient's payments in a day in China; 0: no limit */
    struct fen terminal_day_max;      /* of all payments at this terminal in a day; 0: no limit */
    int refund_age_days[ROUTE_COUNT]; /* how old a payment may be that is given back */
    bool refund_staff_confirm[ROUTE_COUNT]; /* payments of this route are given back at the window
                                               only */
    bool refund_untold[ROUTE_COUNT]; /* its platform tells the hospital of no refund, nor can we:
                                        the book is the window's, and so is the money */
};

/* The documented defaults of all limits and policies. */
struct limits limits_default(void);
struct policy policy_default(void);

enum refusal {
    REFUSAL_NONE = 0,
    REFUSAL_ZERO,       /* an amount of zero or less */
    REFUSAL_OVER_CAP,   /* above the cap of deposits */
    REFUSAL_OVER_MAX,   /* above order_max */
    REFUSAL_OUTPATIENT, /* deposits of outpatients are off */
    REFUSAL_CHANNEL,    /* the channel is not offered */
    REFUSAL_JOURNAL,    /* the journal cannot be written: no new payment */
    REFUSAL_FULL,       /* too many open orders */
    REFUSAL_STATE,      /* not credited, or already being returned */
    REFUSAL_HIS_KEEPS,  /* the HIS has no way to take a credit back */
    REFUSAL_ELSEWHERE,  /* the HIS has taken the credit back already: a window gives it back */
    REFUSAL_TO_WINDOW,  /* one credit stands for two payments: a person gives back, or has */
    REFUSAL_UNPROVEN,   /* the HIS shows it as settled, but nothing says that it is ours */
    REFUSAL_OVER_PAID,  /* more than is left of it */
    REFUSAL_WHOLE,      /* a bill goes back whole or not at all */
    REFUSAL_PATIENT_DAY,
    REFUSAL_TERMINAL_DAY,
    REFUSAL_COUNT
};
/* Whether this may be paid: REFUSAL_NONE, or why not. `account_cap` is NULL when the HIS names
 * none. */
enum refusal policy_deposit(const struct policy *policy, enum account_type type, struct fen amount,
                            const struct fen *account_cap);
enum refusal policy_payment(const struct policy *policy, enum channel channel, struct fen amount);
/* The same by what this patient and this terminal have already taken today. */
enum refusal policy_day(const struct policy *policy, struct fen amount, struct fen patient_today,
                        struct fen terminal_today);
/* True when there is a limit of the day, so that the day's payments must be read. */
bool policy_limits_day(const struct policy *policy);
/* The route of a payment by this channel. */
enum route policy_route(const struct policy *policy, enum channel channel);
/* Is a bill that insurance pays sent to the patient's phone as a message? */
bool policy_pushes(const struct policy *policy);
/* ... once its fees are uploaded, with the patient's code? */
bool policy_uploads(const struct policy *policy);
/* Does the HIS take its book back by our ORG_005 before money of this insurance's goes back? */
bool policy_takes_book_back(const struct policy *policy, enum route route);
/* Does the insurance want the code that the patient shows here? */
bool policy_wants_insured_code(const struct policy *policy);
bool policy_is_open(const struct policy *policy, enum service service, int64_t wall_ms);
/* The wall time at which the day of `wall_ms` began in China. */
int64_t policy_day_start_ms(int64_t wall_ms);

#endif
