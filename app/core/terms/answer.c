#include "app/core/terms/answer.h"

#include <stddef.h>

const struct document *document_of(const struct event_answer *answer, enum document_kind kind) {
    const struct document *document = answer->document;

    if (answer->outcome != OUTCOME_ACCEPTED || document == NULL || document->kind != kind)
        return NULL;
    return document;
}
