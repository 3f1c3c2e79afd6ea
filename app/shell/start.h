/* The loop's state, its beginning and its end. For loop.c and start.c only. */
#ifndef HOPKIOSK_SHELL_START_H
#define HOPKIOSK_SHELL_START_H

#include "app/core/core.h"
#include "app/present/present.h"
#include "app/shell/dispatch.h"
#include "app/shell/inbox.h"
#include "app/shell/loop.h"
#include "app/shell/notify.h"

struct loop {
    const struct options *options;
    const struct config *config;
    struct ui *ui;
    struct inbox *inbox;
    struct journal *journal; /* NULL: it could not be opened, so no payment is opened */

    struct core core;
    struct effects effects; /* of the last step */
    struct services services;
    struct notify notify;

    struct present_site site;
    struct view view; /* of the presented frame */
    struct present_store store;
    int64_t started_mono_ms;
    int64_t ticked_mono_ms;
    bool was_read;      /* a code or card, since the last frame */
    bool refused_close; /* said once */
};

/* First what the first picture needs, then everything else. Anything but LOOP_OK: after a
 * complaint, stop it. */
__attribute__((warn_unused_result)) enum loop_exit loop_start(struct loop *loop);
/* Stops everything. Answers that are still under way go into the inbox and are dropped there: the
 * journal has what the next start must ask about. */
void loop_stop(struct loop *loop);

#endif
