/* This machine as the core knows it: its devices, whether it is in service, tries of the staff's
 * PIN. */
#ifndef HOPKIOSK_CORE_TERMS_TERMINAL_H
#define HOPKIOSK_CORE_TERMS_TERMINAL_H

#include "app/core/terms/clock_check.h"
#include "app/core/terms/types.h"

struct device_state {
    enum device_word device;
    enum supply_word supply;
    enum media_word media;
};

/* What the reconciliation of a day found. */
enum reconciled_state {
    RECONCILED_NONE = 0, /* none was run */
    RECONCILED_AGREES,
    RECONCILED_DIFFERENCES,
    RECONCILED_FAILED /* it could not be done */
};
struct reconciled {
    enum reconciled_state state;
    int64_t day_ms; /* wall; the first of the day */
    int64_t differences;
    struct fen amount;
};

struct terminal {
    struct device_state devices[ROLE_COUNT], second_pinpad;
    bool left[ROLE_COUNT]; /* what lies there is of an earlier visit */
    bool receipt_due;      /* a visit ended before its receipt came, in this language */
    enum language receipt_language;
    bool display_away;           /* the patient's, at a desk */
    bool platform_silent;        /* it did not answer what a desk's order asked last */
    bool out_of_service;         /* set over the control socket or by the staff */
    uint8_t staff_tries;         /* wrong PINs in a row */
    int64_t staff_pause_mono_ms; /* no try before this time: there were too many wrong ones */
    struct clock_check clock;
    struct reconciled reconciled;
    uint32_t clock_request;     /* the comparison under way; 0 none */
    int64_t clock_next_mono_ms; /* INT64_MAX: the clock is not compared */
};

#endif
