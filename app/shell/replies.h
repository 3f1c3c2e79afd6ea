/* Service of kioskctl's questions to a running kiosk, and of the signals that end it. A question
 * for the core becomes an event that names the asker and is answered by EFFECT_REPLY. Owns the
 * control pump. */
#ifndef HOPKIOSK_SHELL_REPLIES_H
#define HOPKIOSK_SHELL_REPLIES_H

#include "app/core/core.h"
#include "app/pump/control.h"
#include "app/shell/devices.h"
#include "app/shell/inbox.h"
#include "app/shell/recheck.h"
#include "app/shell/resolve.h"

struct replies {
    /* Set before the start. */
    struct inbox *inbox;
    const struct core *core;
    const struct devices *devices;
    struct resolve *resolve;
    struct recheck_service *recheck;
    const char *path; /* of the socket; "": only signals are heard */
    /* The service's own. */
    struct control_port *port;
    uint32_t asker;                /* the last number given to an asker */
    struct control_ask asking;     /* that asker: answered within the step that hears it */
    struct control_ask resolving;  /* the asker who waits until a case is resolved */
    struct control_ask rechecking; /* ... until the core has heard of an order */
};

void replies_start(struct replies *replies);
void replies_stop(struct replies *replies);
/* Carries out EFFECT_REPLY: answers with the present state. */
void replies_status(struct replies *replies, uint32_t asker);

#endif
