/* The encodings that other systems' texts come in. */
#ifndef HOPKIOSK_WIRE_ENCODING_H
#define HOPKIOSK_WIRE_ENCODING_H

#include <stddef.h>

enum wire_encoding { WIRE_UTF8 = 0, WIRE_GB18030 };

/* The bytes that a UTF-8 text takes in this encoding. */
size_t encoding_length(enum wire_encoding encoding, const char *text);
/* UTF-8 in this encoding, and back; NULL when the text cannot be converted. Caller: free(). */
char *encoding_to(enum wire_encoding encoding, const char *text);
char *encoding_from(enum wire_encoding encoding, const char *text, size_t length);

#endif
