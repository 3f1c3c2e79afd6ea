/* What a deal can be, in words: which difference it is and what to do about it. */
#ifndef HOPKIOSK_RECON_CLASSES_H
#define HOPKIOSK_RECON_CLASSES_H

#include "app/core/terms/types.h"

enum recon_class {
    RECON_AGREE = 0,
    RECON_AMOUNT_DIFFERS,
    RECON_STATE_DIFFERS,
    RECON_HOSPITAL_MISSING,
    RECON_PLATFORM_MISSING,
    RECON_TERMINAL_ONLY,
    RECON_TERMINAL_UNAWARE,
    RECON_MISSING_HERE,
    RECON_MISSING_THERE,
    RECON_DUPLICATE,
    RECON_REFUND_WITHOUT_PAYMENT,
    RECON_UNPROVEN_CREDIT,
    RECON_CREDIT_TAKEN_ELSEWHERE,
    RECON_PROPOSED,
    RECON_EXPECTED,
    RECON_OUTSIDE, /* wholly of another day: counted nowhere, so that sums can be checked */
    RECON_CLASS_COUNT
};

struct recon_class_text {
    const char *word; /* in JSON and CSV */
    bool difference;  /* somebody must look at it */
    const char *title[LANGUAGE_COUNT], *what[LANGUAGE_COUNT], *act[LANGUAGE_COUNT];
};
extern const struct recon_class_text recon_classes[RECON_CLASS_COUNT];

#endif
