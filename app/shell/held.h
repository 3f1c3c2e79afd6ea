/* Joins a hospital's list of bills with what the journal holds, on the journal's thread, before the
 * core hears of it: what was paid here a moment ago may still be listed. */
#ifndef HOPKIOSK_SHELL_HELD_H
#define HOPKIOSK_SHELL_HELD_H

#include "app/journal/journal.h"
#include "app/shell/documents.h"
#include "app/shell/inbox.h"

struct held {
    struct inbox *inbox;
    struct journal_pump *pump; /* NULL: there is no journal, and nothing is sold */
};

/* Takes a delivery with a list of bills over and delivers it later; false: it is none, and stays as
 * it is. */
bool held_join(struct held *held, struct delivery *out);

#endif
