#include "app/shell/documents.h"

#include <string.h>

#include "app/base/log.h"
#include "app/base/secrecy.h"
#include "app/core/about.h"

void documents_keep(struct documents *documents, struct document *document) {
    if (document != NULL) {
        ENSURE(documents->count < DOCUMENTS_MAX);
        documents->items[documents->count++] = document;
    }
}

void document_free(struct document *document) {
    secrecy_free(document);
}

void documents_sweep(struct documents *documents, const struct core *core) {
    int kept = 0;
    for (int i = 0; i < documents->count; i++)
        if (core_looks_at(core, documents->items[i]))
            documents->items[kept++] = documents->items[i];
        else
            document_free(documents->items[i]);
    documents->count = kept;
}

void documents_free(struct documents *documents) {
    for (int i = 0; i < documents->count; i++)
        document_free(documents->items[i]);
    documents->count = 0;
}
