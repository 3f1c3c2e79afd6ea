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

static void wipe(struct document *document) {
    explicit_bzero(document, malloc_usable_size(document));
    free(document);
}

void documents_sweep(struct documents *documents, const struct session *session) {
    int kept = 0;
    for (int i = 0; i < documents->count; i++)
        if (session_looks_at(session, documents->items[i]))
            documents->items[kept++] = documents->items[i];
        else
            wipe(documents->items[i]);
    documents->count = kept;
}
