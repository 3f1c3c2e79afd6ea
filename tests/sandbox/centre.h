/* The insurance payment centre (mmpc): its seven interfaces, plain or in the envelope of SM2 and
 * SM4, and what it does by itself. It calls the hospital as the document says: 2.1 when an order is
 * uploaded, 2.2 when it is settled, and 2.3 once. */
#ifndef SANDBOX_CENTRE_H
#define SANDBOX_CENTRE_H

#include "tests/sandbox/insured.h"
#include "tests/sandbox/service.h"

extern const struct operation centre_operations[];
cJSON *centre_answer(struct sandbox *sandbox, const struct operation *operation,
                     const cJSON *request);
/* {code, message, data} as the answer to `request`: sealed where that was. Caller: cJSON_Delete. */
cJSON *centre_seal(const struct sandbox *sandbox, const cJSON *request, const cJSON *answer);

/* Of the other generation (settings.national): which member is missing or another's, NULL none; and
 * its answer, which takes the reply's body. Caller: cJSON_Delete. */
const char *centre_national_wrong(struct sandbox *sandbox, const struct operation *operation,
                                  const cJSON *request);
cJSON *centre_national_answer(const struct operation *operation, struct reply *reply);

/* The bill of a day, yyyyMMdd (1.5). Caller: free(). */
char *centre_bill(const struct sandbox *sandbox, const char *date);

/* The newest order of a request's payOrdId or medOrgOrd; NULL: none. */
struct order *centre_order(struct sandbox *sandbox, const cJSON *request);

/* A person's life with an order (centre_pay.c). */
extern const struct rule centre_upload_rules[];
void centre_upload(struct sandbox *sandbox, const cJSON *request, struct reply *reply);
/* The cashier's page by token or by the members of 1.2, and its buttons. HTML, owned; NULL: no such
 * order. */
char *centre_page(struct sandbox *sandbox, const char *token, const cJSON *arguments);
void centre_press(struct sandbox *sandbox, const char *token, const char *body);
/* `act` open, pay or cancel. NULL, or what is wrong. The order may be gone afterwards. */
const char *centre_act(struct sandbox *sandbox, struct order *order, const char *act);
/* Refunds under way come to their end. */
void centre_chores(struct sandbox *sandbox);

#endif
