/* The form that a value has by its type. */
#ifndef HOPKIOSK_WIRE_FIELD_FORM_H
#define HOPKIOSK_WIRE_FIELD_FORM_H

#include "app/wire/fields.h"

/* NULL when the value has the form of the field's type, else what was expected. Texts of objects
 * and arrays are open. */
const char *field_wrong_form(const struct field *field, const cJSON *item);
/* What it means when a value has not this form. */
enum wire_fault field_fault(enum field_type type);

#endif
