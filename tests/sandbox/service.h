/* The interfaces as data: a name for faults, an address, the members a request must hold, and what
 * is done. */
#ifndef SANDBOX_SERVICE_H
#define SANDBOX_SERVICE_H

#include "tests/sandbox/sandbox.h"

/* What an operation found. upp: code is `kind`, body is `data`. HIS: code is ret_code, body holds
 * the other members. */
struct reply {
    const char *code;
    char msg[COMPLAINT_SIZE];
    const char *type; /* onepay: transType */
    cJSON *body;      /* owned; NULL: none */
};

struct operation {
    const char *name; /* "upp.scanCode"; NULL ends a table */
    const char *path;
    const struct rule *rules;
    void (*run)(struct sandbox *sandbox, const cJSON *request, struct reply *reply);
};

extern const struct operation upp_operations[], his_operations[], his_lookups[],
    his_mmpc_operations[];

/* `request` NULL: it was not JSON. The whole answer; caller: cJSON_Delete. */
cJSON *upp_answer(struct sandbox *sandbox, const struct operation *operation, const cJSON *request);
cJSON *his_answer(struct sandbox *sandbox, const struct operation *operation, const cJSON *request);
/* What the insurance centre asks of the HIS: answered by code, message, data. */
cJSON *his_mmpc_answer(struct sandbox *sandbox, const struct operation *operation,
                       const cJSON *request);
cJSON *his_lookup(struct sandbox *sandbox, const struct operation *operation, const cJSON *request);

/* Adds what is missing of version, timestamp and sign. */
void upp_seal(const struct sandbox *sandbox, cJSON *answer);

void reply_refuse(struct reply *reply, const char *code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Refund and bills of upp, in files of their own. */
extern const struct rule refund_rules[], refund_query_rules[], bills_rules[];
void upp_refund(struct sandbox *sandbox, const cJSON *request, struct reply *reply);
void upp_refund_query(struct sandbox *sandbox, const cJSON *request, struct reply *reply);
void upp_yuntai_bills(struct sandbox *sandbox, const cJSON *request, struct reply *reply);
void upp_channel_bills(struct sandbox *sandbox, const cJSON *request, struct reply *reply);

#define MMPC_GOOD "1"
#define MMPC_FAILED "0"

/* Shared by them. */
#define KIND_GOOD "0"
#define KIND_SIGNATURE "1001"
#define KIND_MEMBER "1002"
#define KIND_UNKNOWN "1003" /* no such payment or refund */
#define KIND_CONFLICT "1004"

void put_yuan(cJSON *out, const char *name, int64_t fen);        /* "17.60" */
void put_yuan_number(cJSON *out, const char *name, int64_t fen); /* 17.60 */
void put_moment(cJSON *out, const char *name, int64_t ms);       /* nothing when ms is 0 */
void put_channel(cJSON *out, const char *product);               /* channelType, channelProduct */
/* The payment of the request's paymentNo, or NULL and a refusal. */
struct payment *upp_payment(struct sandbox *sandbox, const cJSON *request, struct reply *reply);
/* MD5 of everything that must not change when a request is repeated. */
void upp_fingerprint(const cJSON *request, char out[NO_SIZE]);

#endif
