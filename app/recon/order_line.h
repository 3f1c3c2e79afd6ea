/* What our own journal's line says of an order: its parts, its refunds and its cases. */
#ifndef HOPKIOSK_RECON_ORDER_LINE_H
#define HOPKIOSK_RECON_ORDER_LINE_H

#include "app/recon/ledger.h"
#include "app/wire/json.h"

/* The order of the row's line; NULL where the row comes from no journal. cJSON_Delete() it. */
cJSON *order_line_read(const struct recon_ledger *ledger, uint32_t row);

/* The part that a row tells of, as a case names it. */
struct told_part {
    char name[24]; /* "claim 0"; "": which it is cannot be told */
    int claim;     /* -1: it is no claim */
    bool open;     /* of a refund: the terminal has not given it to a person, and asks about it */
};
struct told_part order_line_part(const cJSON *order, const struct recon_entry *entry);
struct told_part order_line_part_of_refund(const cJSON *refund);

/* How many cases wait for a person; what became of their parts is theirs to say. */
int order_line_open_cases(const cJSON *order);
/* Is one of them about this part? */
bool order_line_asks(const cJSON *order, const char *part);
/* The money of a claim that a person would decide about; -1: it cannot be told. */
int64_t order_line_in_case_fen(const cJSON *order, int claim);

/* The refund with this number; NULL: none. */
const cJSON *order_line_refund(const cJSON *order, struct recon_slice no);
/* Its money is not known to have gone back, nor that it will not. */
bool order_line_is_unanswered(const cJSON *refund);
/* Did the hospital give a receipt for what the refund takes back? */
bool order_line_was_credited(const cJSON *order, const cJSON *refund);
/* Does the terminal itself know that the payment with this number came? */
bool order_line_knows_paid(const cJSON *order, struct recon_slice no);

#endif
