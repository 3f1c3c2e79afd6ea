/* A bug of ours in the core: stop at once. The core has no log and no I/O to say more with. */
#ifndef HOPKIOSK_CORE_TERMS_ASSERT_H
#define HOPKIOSK_CORE_TERMS_ASSERT_H

#define CORE_ASSERT(condition) ((condition) ? (void)0 : __builtin_trap())

#endif
