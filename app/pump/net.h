/* The net pump: one curl_multi_poll loop on its own thread, woken by curl_multi_wakeup. TLS is
 * verified. http:// goes to loopback only, elsewhere with allow_plain. Redirects are not followed.
 */
#ifndef HOPKIOSK_PUMP_NET_H
#define HOPKIOSK_PUMP_NET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/wire/message.h"

#define NET_ANSWER_MAX (4u << 20)

struct net_request {
    uint32_t number;
    const char *url;
    const char *content_type; /* NULL: GET */
    const char *body;         /* copied */
    size_t body_length;
    int timeout_ms;
    size_t answer_max;              /* of its bytes; 0: NET_ANSWER_MAX */
    const struct wire_trust *trust; /* read while it is sent; NULL: the system's authorities */
};

/* The one answer to a request. `body` is malloc'ed and terminated; the receiver frees it. */
struct net_answer {
    uint32_t number;
    int curl_code; /* CURLE_*; 0: an answer came */
    bool reached;  /* false: it certainly did not reach the other side */
    int http_status;
    char *body;
    size_t length;
    int64_t server_date_ms; /* Date header, 0 none */
    char error[128];        /* a sentence without secrets */
};

struct net;
struct net *net_start(bool allow_plain,
                      void (*done)(void *context, const struct net_answer *answer), void *context);
/* Never blocks. A refused address (plain http) is answered like any failure. */
void net_send(struct net *net, const struct net_request *request);
/* Has the thread come round since this was asked last? It is asked to come round again. */
bool net_turns(struct net *net);
/* Answers every request under way by CURLE_ABORTED_BY_CALLBACK, then joins the thread. */
void net_stop(struct net *net);

/* Sends one request and waits for its answer, for kioskctl. */
void net_once(bool allow_plain, const struct net_request *request, struct net_answer *out);

#endif
