/* Keys of assets/text for the closed sets of the core, and the codes staff ask for. */
#ifndef HOPKIOSK_CORE_VISIT_KEYS_H
#define HOPKIOSK_CORE_VISIT_KEYS_H

#include "app/core/order/payments.h"
#include "app/core/visit/session.h"

/* "notice.no_patient", the whole sentence; "" for NOTICE_NONE. */
const char *notice_key(enum notice notice);
/* "reason.journal", a few words beside what is not available; "" for NOTICE_NONE. */
const char *reason_key(enum notice notice);
/* "H1", for the staff; "" when the patient can help themselves. */
const char *notice_code(enum notice notice);

const char *card_step_key(enum card_step step);
const char *verdict_title_key(enum verdict verdict);
const char *verdict_text_key(enum verdict verdict);
/* True when an order was closed unpaid. Its words do not promise that nothing was taken: the phone
 * may have been faster than the close, whose missing answer counts as done. */
bool only_closed(const struct order *order, enum verdict verdict);
/* What is not said by the verdict alone, as the screen says it: a bill on the patient's phone that
 * is not decided, an own part that nobody paid. False: there is no more to it. */
bool own_words(const struct order *order, enum verdict verdict, const char **title,
               const char **text);
/* What the insurance has done that a person must look at; NULL: it is something else. */
const char *insured_case_key(const struct order *order, enum verdict verdict);
const char *fate_title_key(const struct order *order, enum verdict verdict);
const char *fate_text_key(const struct order *order, enum verdict verdict);
/* "records.credited", the line among earlier payments; {a} is a date or case number, {b} what went
 * back. */
const char *payment_state_key(const struct payment *payment);
/* "CREDITED", in the code that a patient photographs. */
const char *verdict_word(enum verdict verdict);
/* "channel.wechat" */
const char *channel_key(enum channel channel);
/* "service.bills" */
const char *service_key(enum service service);

#endif
