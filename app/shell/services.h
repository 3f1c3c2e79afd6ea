/* All services: each has a struct of its own, is given what it needs and the inbox, and does not
 * know the loop. */
#ifndef HOPKIOSK_SHELL_SERVICES_H
#define HOPKIOSK_SHELL_SERVICES_H

#include "app/shell/desk_service.h"
#include "app/shell/devices.h"
#include "app/shell/documents.h"
#include "app/shell/exchange.h"
#include "app/shell/metrics.h"
#include "app/shell/panel.h"
#include "app/shell/persist.h"
#include "app/shell/pinpad.h"
#include "app/shell/print.h"
#include "app/shell/recheck.h"
#include "app/shell/reconcile.h"
#include "app/shell/records.h"
#include "app/shell/replies.h"
#include "app/shell/resolve.h"
#include "app/shell/staff_asks.h"

struct services {
    const struct core *core;
    struct documents documents;
    struct persist persist;
    struct exchanges exchanges;
    struct pinpad pinpad;
    struct records records;
    struct resolve resolve;
    struct recheck_service recheck;
    struct reconcile reconcile;
    struct staff_asks staff;
    struct print print;
    struct devices devices;
    struct replies replies;
    struct metrics metrics;
    struct panel panel;
    struct desk desk;
    /* Of the effects that are being run. */
    const char *evidence; /* or NULL */
    const struct part_note *notes;
    bool quit; /* EFFECT_QUIT was run */
};

/* What the services are given. */
struct given {
    struct inbox *inbox;
    const struct core *core;
    const struct config *config;
    const char *config_path;
    struct journal *journal; /* NULL: it could not be opened */
    struct ui *ui;
    const struct view *view; /* of the presented frame */
    const char *shots_dir;   /* NULL: the current folder */
    const char *desk_path;   /* of the desk's socket; NULL: this terminal is no desk */
};

/* Starts the services and all pumps but the script's. */
void services_start(struct services *services, const struct given *given);
/* ... and the desk's socket, once the open orders are taken up: a caller may ask about one. */
void services_open_desk(struct services *services);
/* Stops the pumps; what was under way is answered into the inbox. */
void services_stop(struct services *services);

#endif
