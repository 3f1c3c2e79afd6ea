/* The medical-insurance mobile payment centre (mmpc-mobile-insurance.txt): what its files share. */
#ifndef HOPKIOSK_PLATFORM_MMPC_MMPC_H
#define HOPKIOSK_PLATFORM_MMPC_MMPC_H

#include "app/config/paths.h"
#include "app/platform/platform.h"
#include "app/wire/envelope.h"
#include "app/wire/sealed.h"

extern const struct platform platform_mmpc;

/* The document's interfaces, or those of the national centre's other generation. */
enum mmpc_dialect { MMPC_DOCUMENT = 0, MMPC_NATIONAL };

/* `platforms.mmpc` */
struct mmpc_config {
    char *base_url;   /* "": this site has none */
    char *decode_url; /* of the gateway that decodes e-insurance codes; "": the centre takes them */
    char *app_id, *app_secret, *org_codg;
    char *envelope_word, *dialect_word, *own_part_word;
    char *sm2_private_key, *sm2_peer_key; /* hexadecimal */
    struct config_paths paths;
    struct wire_trust trust;
    bool his_cancel;    /* the hospital takes its book of a refund back by our ORG_005 */
    bool own_part_here; /* own_part terminal: the own part is paid here, where it is left open */
    bool sealed;        /* in the SM2 and SM4 envelope */
    enum mmpc_dialect dialect;
    struct sealed_keys keys;
    char sm2_public_key[ENVELOPE_PUBLIC_SIZE]; /* ours, made of the private one */
};
extern const struct config_section mmpc_section;
const struct mmpc_config *mmpc_config(const struct config *config);
/* What a visit asks: VERB_DECODE where there is a gateway. NULL: nothing. */
const char *mmpc_ask(const struct config *config, const struct question *question, cJSON *members);
bool mmpc_decodes(const struct config *config);
bool mmpc_serves_kiosk(const struct config *config); /* can bills be paid with it? */
/* Do its questions want the whole name and ID number, its refunds the patient's code? */
bool mmpc_names_person(const struct config *config);
bool mmpc_his_cancel(const struct config *config);
/* Is the own part that it leaves open paid at the terminal? */
bool mmpc_leaves_own_part(const struct config *config);
const struct wire_trust *mmpc_trust(const struct config *config);

enum mmpc_kind {
    MMPC_CASHIER = 0, /* 1.2: a link, no call */
    MMPC_QUERY,       /* 1.3 */
    MMPC_REFUND,      /* 1.4 */
    MMPC_BILL,        /* 1.5 */
    MMPC_UPLOAD,      /* 1.6 */
    MMPC_REVOKE,      /* 1.7 */
    MMPC_NOTICE,      /* 1.8 */
    MMPC_DECODE       /* of the region's gateway, in no document */
};

extern const struct wire_operation mmpc_table[]; /* ended by a NULL name */
extern const struct field mmpc_fields_cashier[], mmpc_fields_query[], mmpc_fields_refund[],
    mmpc_fields_bill[], mmpc_fields_upload[], mmpc_fields_revoke[], mmpc_fields_notice[],
    mmpc_fields_decode[];

/* The members of an operation as they are sent, identity included; NULL and a complaint. Caller:
 * cJSON_Delete. */
cJSON *mmpc_members(const struct mmpc_config *mmpc, const char *operation, const cJSON *members,
                    struct wire_complaint *complaint);

/* What an order costs and who pays it, as 1.3 says it. */
struct mmpc_split {
    struct fen fee_sum, fund, account, own; /* feeSumamt fundPay psnAcctPay ownPayAmt */
    struct fen outside, prepaid;            /* outOfMIFee prePaidDeduction: 0 where they are not */
    struct fen cost;                        /* what the bill costs ... */
    bool at_least;                          /* ... or more: neither of the two is there */
};
enum mmpc_split_state {
    MMPC_SPLIT_GOOD = 0,
    MMPC_SPLIT_MISSING, /* an amount is not there */
    MMPC_SPLIT_WRONG,   /* one is no amount, or they are more than any bill */
    MMPC_SPLIT_ODD      /* amounts, all of them, that do not add up */
};
/* Absolute values: a refund's amounts may be negative. */
enum mmpc_split_state mmpc_read_split(const cJSON *order, struct mmpc_split *out);

/* details.c: a pay link without an address yet, with the lines of 1.6; the rows of a settlement of
 * 1.3. Both are calloc'ed. */
struct pay_link *mmpc_link_with_lines(const cJSON *answer);
struct settlement *mmpc_read_settlement(const cJSON *order);

const char *mmpc_compose(const struct config *config, const struct platform_act *act,
                         cJSON *members);
void mmpc_read(const struct config *config, const char *operation, const cJSON *sent,
               int http_status, const char *body, size_t length, struct wire_reading *out);

#endif
