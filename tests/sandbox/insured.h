/* The insured family: what the insurance knows of the hospital's patients, and what it pays. */
#ifndef SANDBOX_INSURED_H
#define SANDBOX_INSURED_H

#include "tests/sandbox/hospital.h"

struct insured {
    const char *card; /* the hospital's patient */
    const char *psn_no, *insutype, *psn_type;
    const char *region;       /* where the insurance is: insuplc_admdvs */
    int fund_percent;         /* what the fund pays of what is inside */
    int64_t account_fen;      /* of the personal account, at the beginning */
    int64_t settles_less_fen; /* so much less the fund pays in the end than it said before */
};

/* What an order costs and who pays it: fee + outside = fund + account + own. */
struct split {
    int64_t fee_fen, outside_fen, fund_fen, account_fen, own_fen;
};

const struct insured *insured_by_card(const char *card); /* NULL: without cover */
/* By an e-insurance code, "EC" and the card, by what the gateway decodes it to, "TK" and the card,
 * or by an authorisation, "AUTH" and the card. NULL: nobody's. */
const struct insured *insured_by_token(const char *token);
/* Of a bill of `fee_fen`, of which `outside_fen` is outside the insurance; `settling`: for good. */
struct split insured_split(const struct insured *insured, int64_t fee_fen, int64_t outside_fen,
                           bool settling);
/* An amount as a number or text with at most two decimals. */
bool insured_amount(const cJSON *object, const char *name, int64_t *fen);

#endif
