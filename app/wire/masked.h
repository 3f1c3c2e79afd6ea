/* Which members may not be seen in logs, traces, evidence and complaints. */
#ifndef HOPKIOSK_WIRE_MASKED_H
#define HOPKIOSK_WIRE_MASKED_H

#include <cjson/cJSON.h>
#include <stdbool.h>

/* The member's value is a secret, a pay code, a link or personal. */
bool masked_hides(const char *member);
/* The tree as it may be kept: secrets, pay codes, links and personal numbers are masked. Caller:
 * free(). */
char *masked_text(const cJSON *tree);
/* Hides the long numbers that a sentence of the other side quotes, but not our order numbers. */
void masked_sentence(char *text);

#endif
