/* A request to another system and its answer, whatever the system. */
#ifndef HOPKIOSK_WIRE_MESSAGE_H
#define HOPKIOSK_WIRE_MESSAGE_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

#include "app/core/terms/answer.h"
#include "app/wire/encoding.h"

/* A vendor's library that takes a request instead of the network. The configuration's. */
struct wire_library {
    const char *path, *function;
    enum wire_encoding encoding;
    const char *settings; /* what it is given first, UTF-8; NULL: nothing */
};

#define WIRE_HEADERS_MAX 8

/* Whom a server has to be, and who we are to it. The configuration's; "" where it says nothing. */
struct wire_trust {
    char *ca_file;                         /* its authority, and no other */
    char *client_certificate, *client_key; /* PEM files */
    char *pin;                             /* "sha256//BASE64" of its public key */
    char *headers[WIRE_HEADERS_MAX + 1];   /* "Name: value" of every request, ended by NULL */
};

/* A request ready to be sent. Strings are malloc'ed: wire_request_free. */
struct wire_request {
    const struct wire_library *library; /* NULL: over HTTP */
    bool shown;                         /* the url is a link for the patient: nothing is sent */
    char *url;
    const char *content_type; /* literal; NULL: GET */
    char *body;
    size_t body_length;
    cJSON *message; /* what was sent, as a tree: masked for traces, printed by kioskctl; with
                       WIRE_EXPECTED, which was not */
};
/* An object: what the answer must name so, where it names it, though it was not asked by it. */
#define WIRE_EXPECTED "(expected)"
/* A copy of the members without that; `expected` is it, NULL none. Caller: cJSON_Delete, both. */
cJSON *wire_members_to_send(const cJSON *members, cJSON **expected);
void wire_request_free(struct wire_request *request);

enum wire_fault {
    WIRE_FAULT_VALUE = 0, /* not of the list, not of the form, no such member */
    WIRE_FAULT_MISSING,
    WIRE_FAULT_LENGTH,
    WIRE_FAULT_AMOUNT,
    WIRE_FAULT_DATE
};
/* Why a request breaks its document's rules:
 * "upp.scanCode.tradeFee: expected yuan with two decimals, got \"0\"" */
struct wire_complaint {
    char text[256];
    enum wire_fault fault;
};

/* An answer read. `answer` carries what the core needs (request and verb are the caller's to fill);
 * `document` is malloc'ed or NULL and passes to the caller; `tree` is the whole answer (or NULL):
 * wire_reading_free. */
struct wire_reading {
    enum outcome outcome;
    char code[CODE_SIZE];
    char message[160]; /* the peer's, or what is malformed; no secrets */
    bool own_words;    /* the message is ours: a peer's may name a person, and is not logged */
    struct event_answer answer;
    struct document *document;
    cJSON *tree;
    bool unverified;      /* kept although its signature is missing, wrong or not seen by us */
    int64_t peer_time_ms; /* by the peer's clock, if its answers say it; else 0 */
};
void wire_reading_free(struct wire_reading *reading); /* does not free the document */

#endif
