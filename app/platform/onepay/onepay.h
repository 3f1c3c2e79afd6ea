/* Unified payment behind payTrans (onepay-payclient.txt): what its files share. */
#ifndef HOPKIOSK_PLATFORM_ONEPAY_ONEPAY_H
#define HOPKIOSK_PLATFORM_ONEPAY_ONEPAY_H

#include "app/platform/platform.h"

extern const struct platform platform_onepay;

enum onepay_backend { ONEPAY_HTTP = 0, ONEPAY_LIBRARY };
enum onepay_wire { ONEPAY_GATEWAY = 0, ONEPAY_ENVELOPE };

/* `platforms.onepay`: the words as they are configured, and what they are. */
struct onepay_config {
    char *backend_word, *wire_word, *encrypt_word, *encoding_word, *refund_type;
    char *serveraddr; /* "": this site has none behind http */
    char *appid, *appsecret;
    char *library; /* the vendor's, "" none */
    char *notify_url;
    struct wire_trust trust;
    enum onepay_backend backend;
    enum onepay_wire wire;
    bool plain;                 /* the gateway's param is not encrypted */
    struct wire_library vendor; /* of ONEPAY_LIBRARY */
    char *vendor_settings;
};
extern const struct config_section onepay_section;
const struct onepay_config *onepay_config(const struct config *config);
const struct wire_trust *onepay_trust(const struct config *config);
bool onepay_is_configured(const struct config *config);
/* refundType hisDecide: the hospital has no interface for refunds, the wallet alone is asked. */
bool onepay_refund_untold(const struct config *config);

/* What a transaction type's answer can mean. */
enum onepay_kind {
    ONEPAY_PAY = 0, /* placed; only hop.trade.query says that it is paid */
    ONEPAY_QUERY,   /* of a payment or a refund, by its tradeType */
    ONEPAY_CLOSE,
    ONEPAY_REFUND,    /* the money is back, or a person must know */
    ONEPAY_ACCOUNT,   /* hop.account.info */
    ONEPAY_WRISTBAND, /* portal.wb.queryAccount */
    ONEPAY_AUTHORISE, /* says authStatus */
    ONEPAY_PUSH,      /* says notifyState */
    ONEPAY_NOTICE     /* its code says all */
};

extern const struct wire_operation onepay_table[]; /* the 20 types, ended by a NULL name */
/* What the type's answer holds in `param`; NULL: no such type. */
const struct field *onepay_answer(const char *type);

extern const char *const onepay_card_types[], *const onepay_account_types[],
                                                  *const onepay_channels[];
extern const struct field onepay_fields_setinfo[], onepay_fields_account[],
    onepay_fields_recharge[], onepay_fields_close[], onepay_fields_refund[], onepay_fields_recpay[],
    onepay_fields_query[], onepay_fields_cancel[], onepay_fields_face[], onepay_fields_authorise[],
    onepay_fields_wristband[], onepay_fields_wristband_code[], onepay_fields_overpay[],
    onepay_fields_bill[], onepay_fields_out_depart[], onepay_fields_out_hosp[],
    onepay_fields_common[], onepay_fields_push[], onepay_fields_push_drug[];
extern const struct field onepay_answer_none[], onepay_answer_account[], onepay_answer_recharge[],
    onepay_answer_close[], onepay_answer_refund[], onepay_answer_recpay[], onepay_answer_query[],
    onepay_answer_cancel[], onepay_answer_face[], onepay_answer_authorise[],
    onepay_answer_wristband[], onepay_answer_wristband_code[], onepay_answer_push[];

/* What a return code means for the money. */
enum onepay_meaning {
    ONEPAY_ASK = 0, /* nothing is known: hop.trade.query */
    ONEPAY_DONE,
    ONEPAY_REFUSED, /* definitely not done */
    ONEPAY_WAITS,   /* under way */
    ONEPAY_PERSON   /* half done: a person must decide */
};
enum onepay_act { ONEPAY_ACT_PAY = 0, ONEPAY_ACT_CLOSE, ONEPAY_ACT_REFUND };
/* Of the first and only sending: a refusal of a repeated one says nothing. */
enum onepay_meaning onepay_code_meaning(const char *code, enum onepay_act act);
/* The document's words for a code; NULL: it has none. */
const char *onepay_code_words(const char *code, enum language language);
/* The document's code for a request that breaks its rules. */
const char *onepay_fault_code(enum wire_fault fault);

/* The `param` of a type, checked and as it is sent; NULL and a complaint. Caller: cJSON_Delete. */
cJSON *onepay_param(enum wire_encoding encoding, const char *type, const cJSON *members,
                    struct wire_complaint *complaint);
/* The whole message around a param, which passes to it, ready to be sent. False and a complaint
 * when a library's buffer cannot hold it. */
bool onepay_seal(const struct onepay_config *onepay, const char *type, cJSON *param,
                 int64_t wall_ms, struct wire_request *out, struct wire_complaint *complaint);
/* An answer's code, message and param, whatever the wire; false: it says nothing, `out` says why.
 * `out->tree` is the whole answer with its param open. */
struct onepay_said {
    const char *code, *message;
    const cJSON *param; /* NULL: none */
};
bool onepay_open(const struct onepay_config *onepay, const cJSON *sent, int http_status,
                 const char *body, size_t length, struct wire_reading *out,
                 struct onepay_said *said);

const char *onepay_compose(const struct config *config, const struct platform_act *act,
                           cJSON *members);
const char *onepay_ask(const struct config *config, const struct question *question,
                       cJSON *members);
const char *onepay_follow(const struct config *config, const char *operation, const cJSON *sent,
                          cJSON *members);
/* Who asks: every message begins so. */
void onepay_add_asker(const struct config *config, cJSON *members);
const char *onepay_account_type(enum account_type type);
/* cardType of an mdtrt_cert_type, NULL: it has none; and back, "" none. */
const char *onepay_card_type(const char *cert_type);
const char *onepay_cert_type(const char *card_type);
/* The mdtrt_cert_type by which a caller's person is kept, so that the same cardType comes back. */
void onepay_keep_card_type(const char *card_type, char *out, size_t size);
/* An accepted hop.account.info becomes a document, or MALFORMED; an account that takes no money
 * DECLINED. */
void onepay_read_account(const struct config *config, const cJSON *param, const cJSON *asked,
                         struct wire_reading *out);
void onepay_read(const struct config *config, const char *operation, const cJSON *sent,
                 int http_status, const char *body, size_t length, struct wire_reading *out);

#endif
