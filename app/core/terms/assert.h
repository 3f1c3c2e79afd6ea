/* Ends the program at a bug in the core, which has no log and no I/O to say more with. After the
 * restart the journal resumes its orders. */
#ifndef HOPKIOSK_CORE_TERMS_ASSERT_H
#define HOPKIOSK_CORE_TERMS_ASSERT_H

#define CORE_ASSERT(condition) ((condition) ? (void)0 : __builtin_trap())

#endif
