/* What the hospital allows and how long things may take. Plain data, filled from the configuration;
 * pure questions. */
#ifndef HOPKIOSK_CORE_TERMS_POLICY_H
#define HOPKIOSK_CORE_TERMS_POLICY_H

#include "app/core/terms/routes.h"
#include "app/core/terms/types.h"

/* Times in milliseconds; tests shorten them. The configuration's `limits` has a member for each. */
struct limits {
    int64_t idle_ms;         /* no touch for so long: the warning */
    int64_t warn_ms;         /* the warning stands so long, then the visit ends */
    int64_t guard_ms;        /* a screen's money button ignores its first so many (300) */
    int64_t query_ms;        /* between two askings of a payment (<= 5000, upp 4.2) */
    int64_t expire_ms;       /* a payment may be made so long after it was placed */
    int64_t answer_ms;       /* an answer is waited for so long, then it is unknown */
    int64_t account_ms;      /* the same for queries of account and bills */
    int64_t credit_quiet_ms; /* after an ORG_003 without a definite answer, a `fail` of ORG_004
                                counts only so much later */
    int64_t
        credit_deadline_ms; /* a credit still unknown then, to a peer that can be reached, becomes
                               a case; silence is borne as long as late money is looked for */
    int64_t refund_deadline_ms; /* the same of a refund: refunded, unconfirmed, and a case */
    int64_t result_ms;          /* the result screen leads home after so long */
    int64_t settle_show_ms; /* the patient is shown "still asking" when crediting takes longer */
    int64_t print_ms;       /* a print job without confirmation is unknown after so long */
    int64_t retry_max_ms;   /* the longest pause of a backing-off question */
    int64_t clock_ms;       /* between two comparisons of the clock with the platform's */
};

/* Minutes of the China day, `to` outside; `to` before `from`: over midnight; both equal: always. */
struct hours {
    int from_min, to_min;
};

struct policy {
    bool outpatient_deposit; /* banned in public hospitals since 2025-03-31: off unless set */
    bool confirm_last4;      /* confirming who also asks the last 4 of the ID number */
    struct fen deposit_cap;  /* the largest deposit; the smaller of this and the HIS's */
    struct fen order_max;    /* the largest payment */
    int64_t late_window_ms;  /* a payment seen after close is left to the platform so long, then we
                                return it */
    bool channels[CHANNEL_COUNT];
    struct fen amount_presets[6]; /* offered for a deposit; 0 ends the list */
    struct hours hours[SERVICE_COUNT];
    struct fen patient_day_max;       /* of one patient's payments in a China day; 0 no limit */
    struct fen terminal_day_max;      /* the same of this terminal */
    int refund_age_days[ROUTE_COUNT]; /* a payment goes back so long after it was made */
    bool refund_staff_confirm[ROUTE_COUNT]; /* such a payment goes back at the window only */
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
    REFUSAL_OVER_PAID,  /* more than is left of it */
    REFUSAL_WHOLE,      /* a bill goes back whole or not at all */
    REFUSAL_PATIENT_DAY,
    REFUSAL_TERMINAL_DAY,
    REFUSAL_COUNT
};
/* May this be paid? `account_cap` is NULL when the HIS names none. */
enum refusal policy_deposit(const struct policy *policy, enum account_type type, struct fen amount,
                            const struct fen *account_cap);
enum refusal policy_payment(const struct policy *policy, enum channel channel, struct fen amount);
/* ... with what was paid already today, by this patient and at this terminal? */
enum refusal policy_day(const struct policy *policy, struct fen amount, struct fen patient_today,
                        struct fen terminal_today);
/* Does any limit look at the day? */
bool policy_limits_day(const struct policy *policy);
bool policy_is_open(const struct policy *policy, enum service service, int64_t wall_ms);
/* Wall time at which the China day of wall_ms began. */
int64_t policy_day_start_ms(int64_t wall_ms);

#endif
