/* What the files of the desk's service share. */
#ifndef HOPKIOSK_SHELL_DESK_PARTS_H
#define HOPKIOSK_SHELL_DESK_PARTS_H

#include "app/shell/desk_service.h"

/* desk_reply.c */
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

/* desk_order.c: to the order law and back. */
void desk_order(struct desk *desk, struct desk_call *call, enum call_wish wish);
/* It has waited too long: what becomes of it the caller must ask. */
void desk_order_patience(struct desk *desk, struct desk_call *call);
void desk_forget_records(struct desk *desk);

/* desk_answer.c: what an order came to, as the document says it. */
cJSON *desk_answer_begin(const char *type, const char *code, const char *detail);
cJSON *desk_answer_paid(const struct desk_record *record, const char *type,
                        const struct order *order);
cJSON *desk_answer_placed(const struct desk_record *record, const char *type);
cJSON *desk_answer_closed(const char *type, const struct order *order, int64_t wall_ms);
cJSON *desk_answer_refunded(const struct desk_record *record, const char *type,
                            const struct order *order, const struct refund *refund);

#endif
