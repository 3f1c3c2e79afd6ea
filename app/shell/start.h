/* The loop's own state, and how it begins and ends. For loop.c and start.c alone. */
#ifndef HOPKIOSK_SHELL_START_H
#define HOPKIOSK_SHELL_START_H

#include "app/core/core.h"
#include "app/present/present.h"
#include "app/shell/dispatch.h"
#include "app/shell/inbox.h"
#include "app/shell/loop.h"

struct loop {
    const struct options *options;
    const struct config *config;
    struct ui *ui;
    struct inbox *inbox;
    struct journal *journal; /* NULL: could not be opened; no payment is opened then */

    struct core core;
    struct effects effects; /* of the last step */
    struct services services;

    struct present_site site;
    struct view view; /* of the presented frame */
    struct present_store store;
    int64_t started_mono_ms;
    int64_t ticked_mono_ms;
};

/* First what the first picture needs, then everything else. Anything but LOOP_OK: after a
 * complaint, stop it. */
__attribute__((warn_unused_result)) enum loop_exit loop_start(struct loop *loop);
/* Everything under way is answered into the inbox and forgotten there: the journal knows. */
void loop_stop(struct loop *loop);

#endif
