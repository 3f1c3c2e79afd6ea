/* This machine as the core knows it: its devices, whether it is in service, tries of the staff's
 * PIN. */
#ifndef HOPKIOSK_CORE_TERMS_TERMINAL_H
#define HOPKIOSK_CORE_TERMS_TERMINAL_H

#include "app/core/terms/types.h"

struct device_state {
    enum device_word device;
    enum supply_word supply;
    enum media_word media;
};

struct terminal {
    struct device_state devices[ROLE_COUNT];
    bool out_of_service;         /* set over the control socket or by the staff */
    uint8_t staff_tries;         /* wrong PINs in a row */
    int64_t staff_pause_mono_ms; /* no try before this time: there were too many wrong ones */
};

#endif
