/* The large answers a visit looks at. The core only points to them; what it no longer points to is
 * overwritten and freed. */
#ifndef HOPKIOSK_SHELL_DOCUMENTS_H
#define HOPKIOSK_SHELL_DOCUMENTS_H

#include "app/core/core.h"

/* One account, a bill list and its re-read, a link, the guidance of every bill, and what comes
 * while they are still shown. */
#define DOCUMENTS_MAX (BILLS_MAX + 16)

struct documents {
    int count;
    struct document *items[DOCUMENTS_MAX];
};

/* Takes it over; NULL is nothing. */
void documents_keep(struct documents *documents, struct document *document);
/* Frees all that the visit does not look at any more. */
void documents_sweep(struct documents *documents, const struct core *core);
/* Frees them all. */
void documents_free(struct documents *documents);
/* One that nobody keeps: overwritten and freed; NULL is nothing. */
void document_free(struct document *document);

#endif
