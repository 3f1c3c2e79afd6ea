/* What the link in a QR code opens on the patient's phone. */
#ifndef SANDBOX_PHONE_H
#define SANDBOX_PHONE_H

#include "tests/sandbox/sandbox.h"

/* The page of a token; NULL: there is none. English or Chinese. Caller: free(). */
char *phone_page(struct sandbox *sandbox, const char *token, bool english);
/* A button was pressed; `form` is "act=pay". */
void phone_press(struct sandbox *sandbox, const char *token, const char *form);

#endif
