#include "app/wire/operation.h"

#include <string.h>

const struct wire_operation *wire_operation_named(const struct wire_operation *operations,
                                                  const char *name) {
    for (const struct wire_operation *row = operations; row->name != NULL; row++)
        if (strcmp(row->name, name) == 0)
            return row;
    return NULL;
}

const struct wire_operation *wire_operation_for(const struct wire_operation *operations,
                                                enum verb verb) {
    for (const struct wire_operation *row = operations; row->name != NULL; row++)
        if (row->verb == verb && verb != VERB_NONE)
            return row;
    return NULL;
}
