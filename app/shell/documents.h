/* Owns the large answers of a visit. The core points to them; those it no longer points to are
 * overwritten and freed. */
#ifndef HOPKIOSK_SHELL_DOCUMENTS_H
#define HOPKIOSK_SHELL_DOCUMENTS_H

#include "app/core/core.h"

/* Enough for an account, a bill list and the list read again, a link, the guidance of every bill,
 * and some that arrive while those are still shown. */
#define DOCUMENTS_MAX (BILLS_MAX + 16)

struct documents {
    int count;
    struct document *items[DOCUMENTS_MAX];
};

/* Takes over the document; NULL does nothing. */
void documents_keep(struct documents *documents, struct document *document);
/* Frees those that the visit does not point to any more. */
void documents_sweep(struct documents *documents, const struct core *core);
/* Frees all. */
void documents_free(struct documents *documents);
/* Overwrites and frees a document that was not taken over; NULL does nothing. */
void document_free(struct document *document);

#endif
