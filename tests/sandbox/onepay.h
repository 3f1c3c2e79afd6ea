/* Inside onepay: the twenty transaction types behind one address, by either wire. */
#ifndef SANDBOX_ONEPAY_H
#define SANDBOX_ONEPAY_H

#include "tests/sandbox/service.h"

#define ONEPAY_PATH "/onepay"

/* Return codes of the document. */
#define ONEPAY_GOOD "000000"
#define ONEPAY_BAD_SIGN "000002"
#define ONEPAY_EMPTY "000003"
#define ONEPAY_NO_FORM "000004"
#define ONEPAY_NO_TYPE "010001"
#define ONEPAY_BAD_TYPE "010002"
#define ONEPAY_BAD_APPID "010004"
#define ONEPAY_INVALID "020000"
#define ONEPAY_MISSING "020001"
#define ONEPAY_TOO_LONG "020002"
#define ONEPAY_BAD_AMOUNT "020003"
#define ONEPAY_NO_AUTH_CODE "020010"
#define ONEPAY_BAD_POS_TRANS "020014"
#define ONEPAY_USED "030001"
#define ONEPAY_NO_PAYMENT "030002"
#define ONEPAY_NO_PERSON "031003"
#define ONEPAY_CHANNEL_FAILED "032002"
#define ONEPAY_PAID "033001"
#define ONEPAY_PASSWORD "033003"
#define ONEPAY_OVER "034001"
#define ONEPAY_RETURNED "034002"
#define ONEPAY_POOR "034003"
#define ONEPAY_NOT_ALLOWED "034009"
#define ONEPAY_CLOSED "035001"
#define ONEPAY_NOT_PAID "040007"
#define ONEPAY_CONFIRM_FAILED "040017"
#define ONEPAY_WALLET_FAILED "040018"
#define ONEPAY_HIS_BACK_ONLY "040023"
#define ONEPAY_BUSY "040038"
#define ONEPAY_PREPARE_UNKNOWN "040041"

/* The type that a request says, NULL: it says none that there is. */
const struct operation *hop_operation(const cJSON *request);
cJSON *hop_answer(struct sandbox *sandbox, const struct operation *operation, const cJSON *request);
/* respCode, respMsg and param of `answer` as the answer to `request`, by its wire. The whole
 * answer; caller: cJSON_Delete. */
cJSON *hop_seal(const struct sandbox *sandbox, const cJSON *request, const cJSON *answer);
/* The open param of a request; NULL: it does not open, or its signature is wrong. Caller:
 * cJSON_Delete. */
cJSON *hop_unseal(const struct sandbox *sandbox, const cJSON *request);

/* The envelope's steps, for others who speak it: the text that is signed, its SM3, data closed and
 * opened under the key of an id and a secret. Caller: free(), cJSON_Delete. */
char *hop_signed_text(const cJSON *message, const char *secret);
char *hop_sm3(const char *text);
char *hop_closed(const cJSON *data, const char *id, const char *secret);
cJSON *hop_opened(const char *hex, const char *id, const char *secret);

extern const struct rule hop_setinfo_rules[], hop_account_rules[], hop_recharge_rules[],
    hop_close_rules[], hop_refund_rules[], hop_recpay_rules[], hop_query_rules[], hop_face_rules[],
    hop_authorise_rules[], hop_cancel_rules[], hop_wristband_rules[], hop_code_rules[],
    hop_overpay_rules[], hop_bill_rules[], hop_depart_rules[], hop_hosp_rules[], hop_common_rules[],
    hop_push_rules[], hop_drug_rules[];

typedef void hop_run(struct sandbox *sandbox, const cJSON *param, struct reply *reply);
/* Payments (onepay_trade.c). */
hop_run hop_recharge, hop_recpay, hop_close, hop_query;
/* Their money back (hop_refund.c). */
hop_run hop_refund, hop_cancel;
void hop_query_refund(struct sandbox *sandbox, const cJSON *param, struct reply *reply);
/* Whose account the request names; NULL: nobody's. */
struct patient;
const struct patient *hop_patient(const cJSON *param);
/* Persons (onepay_person.c). */
hop_run hop_account, hop_face, hop_authorise, hop_wristband, hop_make_code, hop_cancel_code;
/* Messages, kept so that a test can read them (hop_notice.c). */
hop_run hop_setinfo, hop_notice, hop_push;
void hop_keep(struct sandbox *sandbox, const char *type, const char *key, const cJSON *body);
/* One call to a notifyUrl that is due: outside the lock, under which it is called. */
void hop_notify_due(struct sandbox *sandbox);
/* A call that came to the HIS's own address. */
void hop_hear_notify(struct sandbox *sandbox, const cJSON *request);

/* The patient and the books were told that this payment is paid (payment.c tells it). */
void hop_paid(struct sandbox *sandbox, struct payment *payment);
bool hop_is(const struct payment *payment);
/* Takes back at the HIS what it booked of the payment, so much of it. */
bool hop_unbook(struct sandbox *sandbox, const struct payment *payment, int64_t fen);
/* "extra" as an object, whatever it came as; NULL: none. Caller: cJSON_Delete. */
cJSON *hop_extra(const cJSON *param);
void put_time(cJSON *out, const char *name, int64_t ms); /* yyyyMMddHHmmss, nothing when 0 */

#endif
