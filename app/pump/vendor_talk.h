/* What the program and a vendor's host say to each other, a packet each: the host says first
 * whether its library is loaded ("" or why not), after that it answers each input. */
#ifndef HOPKIOSK_PUMP_VENDOR_TALK_H
#define HOPKIOSK_PUMP_VENDOR_TALK_H

#define VENDOR_FD 3             /* where the host hears us */
#define VENDOR_BUFFER 2048      /* the document's Char(2048), both ways */
#define VENDOR_RETURNED_MAX 64  /* of what the function returns */
#define VENDOR_GREETING_MAX 256 /* of what the host says first */
/* "returned", a zero, and what stands in `out`. */
#define VENDOR_REPLY_MAX (VENDOR_RETURNED_MAX + 1 + VENDOR_BUFFER)

#endif
