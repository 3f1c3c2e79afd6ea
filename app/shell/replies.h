/* What kioskctl asks of a running kiosk, and the signals that end it. What concerns the core is an
 * event that names who asked, and is answered when the core says so. Owns the control pump. */
#ifndef HOPKIOSK_SHELL_REPLIES_H
#define HOPKIOSK_SHELL_REPLIES_H

#include "app/core/core.h"
#include "app/pump/control.h"
#include "app/shell/devices.h"
#include "app/shell/inbox.h"
#include "app/shell/resolve.h"

struct replies {
    /* given */
    struct inbox *inbox;
    const struct core *core;
    const struct devices *devices;
    struct resolve *resolve;
    const char *path; /* of the socket; "": signals only */
    /* own */
    struct control_port *port;
    uint32_t asker;               /* the last number by which the core knows who asked */
    struct control_ask asking;    /* that one: it is answered within the step that hears it */
    struct control_ask resolving; /* who waits until a case is resolved */
};

void replies_start(struct replies *replies);
void replies_stop(struct replies *replies);
/* EFFECT_REPLY: how things stand now. */
void replies_status(struct replies *replies, uint32_t asker);

#endif
