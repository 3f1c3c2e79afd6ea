/* Which members may not be seen in logs, traces, evidence and complaints. */
#ifndef HOPKIOSK_WIRE_MASKED_H
#define HOPKIOSK_WIRE_MASKED_H

#include <stdbool.h>

/* The member's value is a secret, a pay code, a link or personal. */
bool masked_hides(const char *member);
/* Hides the long numbers that a sentence of the other side quotes, but not our order numbers. */
void masked_sentence(char *text);

#endif
