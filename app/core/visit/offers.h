/* What is available now, and why not. These functions only read the situation. */
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

/* Why a channel is not available now; NOTICE_NONE when it is. */
enum notice offer_channel_obstacle(struct situation at, enum channel channel);
/* Is this a way to pay the own part of a bill whose other part the insurance has settled? */
bool offer_own_way(struct situation at, enum channel channel);
/* Insurance: was the code that it is paid by shown already, to say who it is? */
bool offer_insured_code_known(const struct session *session);
/* Why no channel is available at all. */
enum notice offer_payment_obstacle(struct situation at);
bool offer_role_ready(const struct terminal *terminal, enum device_role role);
/* True when the printer is ready and does not report missing or jammed paper, or when it is there
 * and reports nothing at all: most such printers print, and nobody claims that they have. */
bool offer_printer(struct situation at);
/* The preset deposits up to the cap, offered as amount.1, amount.2 ...; returns how many. */
int offer_presets(struct situation at, struct fen out[6]);
/* The largest deposit that the patient's account takes. */
struct fen offer_deposit_cap(struct situation at);
/* Why this amount cannot be deposited; NOTICE_NONE when it can. */
enum notice offer_deposit_obstacle(const struct policy *policy, const struct account *account,
                                   struct fen amount);
/* The notice of a refusal. */
enum notice offer_refusal_notice(enum refusal refusal);
/* The notice of an answer of the hospital that brought no document. */
enum notice offer_failure_notice(const struct event_answer *answer);
/* What may be given back of an item of the visit's payments now. */
struct refund_offer offer_refund(struct situation at, const struct payment_item *item);
/* The item with the state of its order if that is open, which is newer than the journal's. */
struct payment_item offer_payment_item(struct situation at, const struct payment_item *item);
/* Spreads the balance over the payments it came from; a plan without steps: nothing can go back
 * here. */
void offer_balance_plan(struct situation at, struct refund_plan *out);

#endif
