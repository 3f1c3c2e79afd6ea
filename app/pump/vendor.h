/* A vendor's library, `char *function(char *in, char *out)`, each in a process of its own: what it
 * does to itself is an answer here. The contract is net's: one answer to each request.
 *
 * Up to VENDOR_HOSTS_MAX processes (build/vendorhost) serve at once, each one request at a time;
 * one that hangs is killed at its time-out, one that crashes is replaced by the next request. */
#ifndef HOPKIOSK_PUMP_VENDOR_H
#define HOPKIOSK_PUMP_VENDOR_H

#include <stdbool.h>

#include "app/pump/net.h"
#include "app/wire/message.h"

#define VENDOR_HOSTS_MAX 4

struct vendor_request {
    uint32_t number;
    const struct wire_library *library; /* lives longer than the vendor */
    const char *input;                  /* UTF-8; copied */
    int timeout_ms;
};

struct vendor;
/* `host` is the program that loads libraries; NULL: vendorhost beside this program. The answer's
 * body is {"returned": ..., "out": ...} in UTF-8; a text that its encoding cannot have is left out.
 * curl_code says the rest: OPERATION_TIMEDOUT, RECV_ERROR (crashed), COULDNT_CONNECT (not loaded).
 */
struct vendor *vendor_start(const char *host,
                            void (*done)(void *context, const struct net_answer *answer),
                            void *context);
/* Never blocks. */
void vendor_send(struct vendor *vendor, const struct vendor_request *request);
/* Answers every request under way by CURLE_ABORTED_BY_CALLBACK, ends the processes and joins. */
void vendor_stop(struct vendor *vendor);

/* Sends one request and waits for its answer, for kioskctl. */
void vendor_once(const char *host, const struct vendor_request *request, struct net_answer *out);

#endif
