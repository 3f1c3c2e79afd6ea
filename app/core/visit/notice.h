/* Notices: sentences for the patient. */
#ifndef HOPKIOSK_CORE_VISIT_NOTICE_H
#define HOPKIOSK_CORE_VISIT_NOTICE_H

/* Each says what happened, whether money moved and what to do. The words are assets/text
 * (notice.*). */
enum notice {
    NOTICE_NONE = 0,
    NOTICE_CODE_UNREADABLE,
    NOTICE_CARD_UNREADABLE,
    NOTICE_CODE_UNKNOWN,
    NOTICE_CODE_WRONG_KIND,
    NOTICE_NO_PATIENT,
    NOTICE_LAST4_WRONG,
    NOTICE_HIS_DOWN,
    NOTICE_HIS_SLOW,
    NOTICE_HIS_REFUSED,
    NOTICE_PLATFORM_DOWN,
    NOTICE_NO_BILLS,
    NOTICE_BILLS_CHANGED,
    NOTICE_BILLS_LEFT_OUT, /* the hospital's data of some are wrong */
    NOTICE_MORE_BILLS,     /* than a list holds */
    NOTICE_MANY_BILLS,     /* than are paid at once */
    NOTICE_AMOUNT_ZERO,
    NOTICE_AMOUNT_CAP,
    NOTICE_AMOUNT_MAX,
    NOTICE_OUTPATIENT_DEPOSIT,
    NOTICE_NO_SELECTION,
    NOTICE_JOURNAL,
    NOTICE_FULL,
    NOTICE_CLOCK,          /* this machine's clock is wrong: codes would expire at another time */
    NOTICE_CLOCK_UNPROVEN, /* ... is not known to be right yet */
    NOTICE_CHANNEL,
    NOTICE_DECLINED,
    NOTICE_NOT_INPATIENT,
    NOTICE_SCANNER_ABSENT,
    NOTICE_PRINTER_ABSENT,
    NOTICE_NO_PAPER,
    NOTICE_PAPER_LOW,
    NOTICE_CARD_LEFT,     /* an earlier patient's */
    NOTICE_RECEIPT_LEFT,  /* likewise */
    NOTICE_BILL_PAID,     /* a bill that the hospital still lists was paid here */
    NOTICE_BILL_SOLD,     /* ... was paid elsewhere: the hospital says so when it is asked */
    NOTICE_STILL_ASKING,  /* an earlier payment of the same thing is not decided yet */
    NOTICE_PUSHED,        /* a bill of this patient is on their phone: no list is read meanwhile */
    NOTICE_PUSH_FAILED,   /* the message did not go, and nothing is held */
    NOTICE_PUSH_NO_PHONE, /* the hospital does not know where to */
    NOTICE_NO_PINPAD,
    NOTICE_PINPAD_DECIDES, /* the card is in: only the pinpad ends the payment now */
    NOTICE_CARD_AGAIN,     /* the card must be inserted once more to return its money */
    NOTICE_CODE_AMOUNT,    /* the platform's code was for another amount */
    NOTICE_CARD_REFUSED,
    NOTICE_NO_CARD,
    NOTICE_OUT_OF_SERVICE,
    NOTICE_NOT_OFFERED,
    NOTICE_PAY_CODE_TOO_SOON, /* a payment code was scanned where a person was asked for */
    NOTICE_PAY_CODE_CHOOSE,   /* ... before it was chosen to pay with one */
    NOTICE_PAY_CODE_BILLS,    /* ... at the list of bills, where it pays nothing here */
    NOTICE_PAY_CODE_AGAIN,    /* ... just as the sum had changed, or stood behind the warning */
    NOTICE_HOURS,             /* the service is closed at this time of the day */
    NOTICE_PATIENT_DAY,
    NOTICE_TERMINAL_DAY,
    NOTICE_RECORDS_FAILED,    /* the journal could not be read */
    NOTICE_RECORDS_PARTLY,    /* some payments of this patient could not be read */
    NOTICE_RECORDS_HERE_ONLY, /* what other machines took could not be asked */
    NOTICE_PAID_ELSEWHERE,    /* this payment was made at another machine */
    NOTICE_NO_PAYMENTS,       /* the journal has no payment of this patient */
    NOTICE_NO_REFUNDS,        /* nothing of it can go back */
    NOTICE_REFUND_ELSEWHERE,  /* the hospital took it back already, at a window */
    NOTICE_REFUND_STATE,      /* not credited, or on its way back already */
    NOTICE_REFUND_UNPROVEN,   /* nothing says that what the hospital shows as settled is ours */
    NOTICE_REFUND_NOTHING,    /* all of it went back */
    NOTICE_REFUND_OLD,        /* older than its route allows */
    NOTICE_REFUND_STAFF,      /* at the window only */
    NOTICE_REFUND_ACCOUNT,    /* it belongs to the person's other account: its card or wristband is
                                 needed */
    NOTICE_REFUND_CARD,       /* whose it was is not sure: the card of the payment or the ID card is
                                 needed */
    NOTICE_REFUND_SPENT,      /* the balance was spent */
    NOTICE_REFUND_OVER,       /* more than is left of it */
    NOTICE_REFUND_WHOLE,      /* a bill goes back whole */
    NOTICE_REFUND_INSURED,    /* insured: whole, or the own part; the rest of it at the window */
    NOTICE_REFUND_CODE,       /* the insurance wants the patient's code for it */
    NOTICE_REFUND_PLATFORM,   /* the platform gave no answer about the payment */
    NOTICE_REFUND_MISMATCH,   /* the platform's state or amount of the payment differs from ours */
    NOTICE_INSURED_BILLS_ONLY, /* insurance pays bills */
    NOTICE_INSURED_CODE,       /* the e-insurance code was not accepted */
    NOTICE_INSURED_DOWN,       /* nobody decodes it now */
    NOTICE_INSURED_NO_ID,      /* ... of whom the ID number is known */
    NOTICE_STAFF_PIN,          /* the PIN is wrong */
    NOTICE_STAFF_PAUSE,        /* too many wrong PINs: a pause */
    NOTICE_STAFF_NOTE,         /* this reason needs words */
    NOTICE_STAFF_RESOLVED,
    NOTICE_STAFF_NOT_SAVED,
    NOTICE_COUNT
};

#endif
