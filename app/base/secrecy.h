/* What the memory of the program tells of patients, codes and keys: libraries wipe what they free,
 * nobody else reads it, no core file is written, what counts is not swapped. */
#ifndef HOPKIOSK_BASE_SECRECY_H
#define HOPKIOSK_BASE_SECRECY_H

#include <stddef.h>

/* First of all, before any library was used and before any thread. */
void secrecy_begin(void);
/* Keeps this memory out of the swap as far as the system lets us (RLIMIT_MEMLOCK); where it lets us
 * keep all of it, all of it. Says in the log where it does not. */
void secrecy_keep_in_memory(const void *memory, size_t size);
/* Overwrites it. Of a large block, where nothing is swapped, only the pages that are memory: what
 * was never written to would become memory by being overwritten, and takes longer than all the
 * rest. */
void secrecy_wipe(void *memory, size_t size);
/* free() of memory that is overwritten first; NULL is nothing. */
void secrecy_free(void *memory);

#endif
