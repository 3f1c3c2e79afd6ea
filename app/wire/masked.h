/* Hides what may not stand in logs, traces, evidence and complaints. */
#ifndef HOPKIOSK_WIRE_MASKED_H
#define HOPKIOSK_WIRE_MASKED_H

#include <cjson/cJSON.h>
#include <stdbool.h>

/* True when the member's value is a secret, a payment code, a link or personal. */
bool masked_hides(const char *member);
/* The tree with secrets, payment codes, links and personal numbers masked. Caller: free(). */
char *masked_text(const cJSON *tree);
/* Hides long numbers in a sentence of the other side, but not our order numbers. */
void masked_sentence(char *text);

#endif
