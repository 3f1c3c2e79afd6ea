/* What the files of the desk's service share. */
#ifndef HOPKIOSK_SHELL_DESK_PARTS_H
#define HOPKIOSK_SHELL_DESK_PARTS_H

#include "app/shell/desk_service.h"

/* desk_reply.c */
/* A call begins, its param still to be set; NULL: the desk is full. */
struct desk_call *desk_open_call(struct desk *desk, uint32_t caller,
                                 const struct wire_operation *row);
struct desk_call *desk_find_call(struct desk *desk, uint32_t number); /* NULL: it was answered */
/* Answers one of whom there is no call. `answer` passes. */
void desk_answer_caller(struct desk *desk, uint32_t caller, const char *code, cJSON *answer);
/* Answers the call and forgets it. `answer` passes. */
void desk_reply(struct desk *desk, struct desk_call *call, const char *code, cJSON *answer);
/* ... with a code alone, the document's words for it and what else there is to say ("" nothing). */
void desk_reply_code(struct desk *desk, struct desk_call *call, const char *code,
                     const char *detail);

/* desk_pass.c: to the platform and back. */
void desk_pass(struct desk *desk, struct desk_call *call);
void desk_pass_again(struct desk *desk, struct desk_call *call);
void desk_pass_stop(struct desk *desk);
/* The request of the call leaves; call->read hears its answer. */
void desk_carry(struct desk *desk, const struct desk_call *call, const struct wire_request *wire,
                const struct wire_trust *trust);
/* The code of a request that was not answered: minus the CURLcode. */
void desk_code_of_curl(int curl_code, char out[CODE_SIZE]);

/* desk_mobile.c: a call of MobileTrans. */
void desk_mobile(struct desk *desk, uint32_t caller, const cJSON *tree);

/* desk_doubt.c: does the platform say what became of a number, which may be otherwise here? Then
 * the answer passes, and the call is answered when the journal was asked. */
bool desk_doubts(struct desk *desk, struct desk_call *call, const char *code, cJSON *answer);

/* desk_order.c: to the order law and back. */
void desk_order(struct desk *desk, struct desk_call *call, enum call_wish wish);
/* It has waited too long: what becomes of it the caller must ask. */
void desk_order_patience(struct desk *desk, struct desk_call *call);

/* desk_lookup.c: the journal is asked what it knows of the call's number, then the core hears it.
 */
void desk_look_up(struct desk *desk, struct desk_call *call);
/* There is no code to pay with: the core hears that the payment is to be closed. */
void desk_give_up(struct desk *desk, struct desk_call *call);
bool desk_is_recpay(const struct desk_call *call);
bool desk_is_cancel(const struct desk_call *call);
const char *desk_refund_no(const struct desk_call *call); /* the caller's, of either kind */
enum channel desk_channel_named(const char *word);        /* NULL, or none of ours: CHANNEL_NONE */

/* desk_record.c: what an order of a call cannot hold. */
const struct order *desk_order_in(const struct desk *desk, int slot);
struct desk_record *desk_record_of(struct desk *desk, int slot);
/* What the order or its refund is sent with, the first time it is asked for. */
void desk_keep_members(struct desk *desk, const struct desk_call *call, int slot);
void desk_forget_record(struct desk_record *record);
void desk_forget_records(struct desk *desk);

/* desk_tell.c: the call is answered if it is decided what became of it. */
#define DESK_ASK_CODE "999999"
#define DESK_ASK_WORDS "not decided yet: ask, or call again with the same number"
void desk_tell_call(struct desk *desk, struct desk_call *call, int slot);
void desk_tell_refusal(struct desk *desk, struct desk_call *call, int slot,
                       enum call_refusal refusal);

/* desk_answer.c: what an order came to, as the document says it. */
cJSON *desk_answer_begin(const char *type, const char *code, const char *detail);
cJSON *desk_answer_paid(const struct desk_record *record, const char *type,
                        const struct order *order);
cJSON *desk_answer_placed(const struct desk_record *record, const char *type);
cJSON *desk_answer_closed(const char *type, const char *caller_no, int64_t wall_ms);
cJSON *desk_answer_refunded(const struct desk_record *record, const char *type,
                            const struct order *order, const struct refund *refund);
/* ... of a bill; `med_sn`: the insurance's number as the caller named it, or NULL. */
cJSON *desk_answer_cancelled(const struct desk_record *record, const char *type,
                             const struct refund *refund, const char *med_sn);

#endif
