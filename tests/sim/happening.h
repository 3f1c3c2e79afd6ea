/* What happens when. */
#ifndef HOPKIOSK_SIM_HAPPENING_H
#define HOPKIOSK_SIM_HAPPENING_H

#include <stdint.h>

enum happening_kind {
    HAPPEN_ARRIVE = 0, /* a request at its peer */
    HAPPEN_ANSWER,     /* an answer at the terminal */
    HAPPEN_TIMEOUT,
    HAPPEN_COMMIT,
    HAPPEN_RESTART,
    HAPPEN_PATIENT,
    HAPPEN_PHONE,     /* a patient pays on the phone */
    HAPPEN_WINDOW,    /* a window settles a bill */
    HAPPEN_LOOK,      /* somebody's telephone looks at the bills of a card */
    HAPPEN_RETURN,    /* the platform returns late money */
    HAPPEN_CLOCK,     /* the terminal's clock jumps */
    HAPPEN_GIVE_BACK, /* a credited claim is wanted back */
    HAPPEN_PROMPT,    /* by now everything that the others know definitely is known here too */
    HAPPEN_CANCEL,    /* at the QR code */
    HAPPEN_STAFF,     /* a person decides a case */
    HAPPEN_CARD,      /* the bank has decided */
    HAPPEN_PRINTED,
    HAPPEN_SETTLE,  /* the insurance's centre goes on with a payment */
    HAPPEN_CALL,    /* window software calls the desk */
    HAPPEN_RECHECK, /* reconciliation asks about an order, or has a row of the hospital's */
    HAPPEN_OTHER,   /* the other kiosk goes on */
    HAPPEN_DAMAGE   /* a row of the journal cannot be read any more */
};

struct happening {
    int64_t at_ms;
    uint32_t sequence;
    enum happening_kind kind;
    int64_t what; /* an index or a number, by kind */
};

struct sim;
/* The next one, which is no longer to come; there is one. */
struct happening happening_take(struct sim *sim);

#endif
