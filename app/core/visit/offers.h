/* What can be had now, and in words why not: questions about a situation, which they only read. */
#ifndef HOPKIOSK_CORE_VISIT_OFFERS_H
#define HOPKIOSK_CORE_VISIT_OFFERS_H

#include "app/core/order/book.h"
#include "app/core/terms/terminal.h"
#include "app/core/visit/refundable.h"
#include "app/core/visit/session.h"

struct situation {
    const struct core_setup *setup;
    const struct terminal *terminal;
    const struct book *book;
    const struct session *session;
    struct now now;
};

/* Why a channel is not to be had now; NOTICE_NONE: it is. */
enum notice offer_channel_obstacle(struct situation at, enum channel channel);
/* The part of it that a wrong clock is: a code would expire at another time. */
enum notice offer_clock_obstacle(struct situation at, enum channel channel);
/* Why there is no channel to pay by at all. */
enum notice offer_payment_obstacle(struct situation at);
bool offer_role_ready(const struct terminal *terminal, enum device_role role);
/* Ready, and with paper as far as it tells. */
bool offer_printer_ready(const struct terminal *terminal);
/* The preset deposits that are not above the cap, as amount.1, amount.2 ...; how many. */
int offer_presets(struct situation at, struct fen out[6]);
/* The largest deposit of the account before us. */
struct fen offer_deposit_cap(struct situation at);
/* Why this amount cannot be deposited. */
enum notice offer_deposit_obstacle(const struct policy *policy, const struct account *account,
                                   struct fen amount);
/* What a refusal says to the patient. */
enum notice offer_refusal_notice(enum refusal refusal);
/* What an answer of the hospital says to the patient that brought nothing of use. */
enum notice offer_failure_notice(const struct event_answer *answer);
/* What may go back of an item of the visit's payments, as things stand now. */
struct refund_offer offer_refund(struct situation at, const struct payment_item *item);
/* The item as the open order has it, where it is open. */
struct payment_item offer_payment_item(struct situation at, const struct payment_item *item);
/* The balance spread over the payments it came from; no step: nothing of it can go back here. */
void offer_balance_plan(struct situation at, struct refund_plan *out);

#endif
