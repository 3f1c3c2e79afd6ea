#include "app/shell/documents.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"

void documents_keep(struct documents *documents, struct document *document) {
    if (document != NULL) {
        ENSURE(documents->count < DOCUMENTS_MAX);
        documents->items[documents->count++] = document;
    }
}

static bool points_to(const struct session *session, const struct document *document) {
    if ((const void *)session->account == document || (const void *)session->bills == document ||
        (const void *)session->link == document || (const void *)session->payments == document ||
        (const void *)session->staff.cases == document ||
        (const void *)session->staff.file == document)
        return true;
    for (int i = 0; i < BILLS_MAX; i++)
        if ((const void *)session->guidance[i] == document)
            return true;
    return false;
}

static void wipe(struct document *document) {
    explicit_bzero(document, malloc_usable_size(document));
    free(document);
}

void documents_sweep(struct documents *documents, const struct session *session) {
    int kept = 0;
    for (int i = 0; i < documents->count; i++)
        if (points_to(session, documents->items[i]))
            documents->items[kept++] = documents->items[i];
        else
            wipe(documents->items[i]);
    documents->count = kept;
}
