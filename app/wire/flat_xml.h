/* XML of two levels, a root with values and rows of values, as JSON. */
#ifndef HOPKIOSK_WIRE_FLAT_XML_H
#define HOPKIOSK_WIRE_FLAT_XML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Writes an object whose member `list` holds the elements of that name; every value is a string.
 * Line by line the same, so that a position in one is a position in the other. Blanks in the names
 * of tags, as documents print them, are left out. NULL, or what is wrong with it (a literal or the
 * parser's own) and in which line; then `out` may hold a part of it. */
const char *flat_xml_to_json(const char *text, size_t length, const char *list, FILE *out,
                             unsigned long *line);

/* Does it begin as XML does, behind a byte order mark and blanks? */
bool flat_xml_is(const char *text, size_t length);

#endif
