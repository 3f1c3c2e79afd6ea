/* The operations of a document: a table a platform. */
#ifndef HOPKIOSK_WIRE_OPERATION_H
#define HOPKIOSK_WIRE_OPERATION_H

#include <stdbool.h>

#include "app/core/terms/types.h"
#include "app/wire/fields.h"

struct wire_operation {
    const char *name; /* as in the document */
    const char *path; /* the document's; the configuration may name another */
    enum verb verb;   /* VERB_NONE: for raw calls only */
    bool moves_money; /* refused by kioskctl call unless bench.raw_calls */
    int kind;         /* the platform's own: how its answer is read */
    const struct field *fields;
};

/* The operation of this name in a table that a NULL name ends; NULL: there is none. */
const struct wire_operation *wire_operation_named(const struct wire_operation *operations,
                                                  const char *name);
/* The first operation that serves the verb; none serves VERB_NONE. */
const struct wire_operation *wire_operation_for(const struct wire_operation *operations,
                                                enum verb verb);

#endif
