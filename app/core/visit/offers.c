/* What can be had now, and in words why not. */
#include "app/core/visit/offers.h"
#include "app/core/visit/screens.h"

#include <string.h>

bool offer_back(struct situation at) {
    const struct session *session = at.session;
    bool looked_up = session->payment.reviewing || session->service == SERVICE_REFUND;

    if (session->screen == SCREEN_RESULT && !looked_up)
        return false;
    return (screen_rule(session->screen)->touches & (1u << TOUCH_BACK)) != 0;
}

/* The hospital's account, less what this visit gave back of it already. */
static struct fen balance_of(const struct session *session) {
    const struct account *account = session_account(session);
    bool of_card = session->who.card >= 0 && account->cards[session->who.card].has_balance;
    struct fen balance = of_card ? account->cards[session->who.card].balance : account->balance;

    return (struct fen){balance.fen - session->giving_back.given_back.fen};
}

static struct refund_rules refund_rules_of(struct situation at) {
    return (struct refund_rules){.policy = &at.setup->policy,
                                 .account = session_account(at.session)->account_type,
                                 .balance = balance_of(at.session),
                                 .wall_ms = at.now.wall_ms};
}

struct payment_item offer_payment_item(struct situation at, const struct payment_item *item) {
    const struct payment_list *list = session_payments(at.session);
    int slot = book_find(at.book, list->rows[item->payment].order_no);
    struct payment_item live = *item;

    if (slot >= 0 && item->claim < at.book->orders[slot].claim_count) {
        live.state = at.book->orders[slot].claims[item->claim].state;
        live.refunded = at.book->orders[slot].claims[item->claim].refunded;
    }
    return live;
}

struct refund_offer offer_refund(struct situation at, const struct payment_item *item) {
    struct refund_rules rules = refund_rules_of(at);
    struct payment_item live = offer_payment_item(at, item);

    return refund_offer(&rules, session_payments(at.session), &live);
}

void offer_balance_plan(struct situation at, struct refund_plan *out) {
    struct refund_rules rules = refund_rules_of(at);

    refund_plan_balance(&rules, session_payments(at.session), out);
}

bool offer_role_ready(const struct terminal *terminal, enum device_role role) {
    enum device_word word = terminal->devices[role].device;

    return word == DEVICE_READY || word == DEVICE_BUSY;
}

bool offer_printer_ready(const struct terminal *terminal) {
    enum supply_word supply = terminal->devices[ROLE_PRINTER].supply;

    return offer_role_ready(terminal, ROLE_PRINTER) && supply != SUPPLY_OUT && supply != SUPPLY_JAM;
}

static bool any_channel(struct situation at) {
    for (int i = CHANNEL_NONE + 1; i < CHANNEL_COUNT; i++)
        if (at.setup->policy.channels[i])
            return true;
    return false;
}

/* What is in the way of every service. */
static enum notice obstacle_of_all(struct situation at, enum service service) {
    if (at.terminal->out_of_service)
        return NOTICE_OUT_OF_SERVICE;
    if (!at.book->journal_ok)
        return NOTICE_JOURNAL;
    return policy_is_open(&at.setup->policy, service, at.now.wall_ms) ? NOTICE_NONE : NOTICE_HOURS;
}

enum notice offer_service_obstacle(struct situation at, enum service service) {
    enum notice notice;

    switch (service) {
    case SERVICE_BILLS:
    case SERVICE_DEPOSIT:
        notice = obstacle_of_all(at, service);
        return notice != NOTICE_NONE || any_channel(at) ? notice : NOTICE_CHANNEL;
    case SERVICE_REFUND:
    case SERVICE_RECORDS:
        return obstacle_of_all(at, service);
    case SERVICE_NONE:
    case SERVICE_COUNT:
        break;
    }
    return NOTICE_NOT_OFFERED;
}

/* Ready, and not still busy with somebody who has left. */
static bool pinpad_free(struct situation at) {
    return !book_pinpad_busy(at.book) && at.terminal->devices[ROLE_PINPAD].device == DEVICE_READY;
}

enum notice offer_channel_obstacle(struct situation at, enum channel channel) {
    if (channel <= CHANNEL_NONE || channel >= CHANNEL_COUNT || !at.setup->policy.channels[channel])
        return NOTICE_CHANNEL;
    if (!at.book->journal_ok)
        return NOTICE_JOURNAL;
    if (channel == CHANNEL_PHONE && !offer_role_ready(at.terminal, ROLE_SCANNER))
        return NOTICE_SCANNER_ABSENT;
    if (channel == CHANNEL_CARD && !pinpad_free(at))
        return NOTICE_NO_PINPAD;
    return NOTICE_NONE;
}

enum notice offer_refusal_notice(enum refusal refusal) {
    switch (refusal) {
    case REFUSAL_NONE:
        return NOTICE_NONE;
    case REFUSAL_ZERO:
        return NOTICE_AMOUNT_ZERO;
    case REFUSAL_OVER_CAP:
        return NOTICE_AMOUNT_CAP;
    case REFUSAL_OVER_MAX:
        return NOTICE_AMOUNT_MAX;
    case REFUSAL_OUTPATIENT:
        return NOTICE_OUTPATIENT_DEPOSIT;
    case REFUSAL_CHANNEL:
        return NOTICE_CHANNEL;
    case REFUSAL_JOURNAL:
        return NOTICE_JOURNAL;
    case REFUSAL_FULL:
        return NOTICE_FULL;
    case REFUSAL_PATIENT_DAY:
        return NOTICE_PATIENT_DAY;
    case REFUSAL_TERMINAL_DAY:
        return NOTICE_TERMINAL_DAY;
    case REFUSAL_STATE:
        return NOTICE_REFUND_STATE;
    case REFUSAL_OVER_PAID:
        return NOTICE_REFUND_OVER;
    case REFUSAL_WHOLE:
        return NOTICE_REFUND_WHOLE;
    case REFUSAL_COUNT:
        break;
    }
    return NOTICE_NOT_OFFERED;
}

enum notice offer_deposit_obstacle(const struct policy *policy, const struct account *account,
                                   struct fen amount) {
    enum refusal refusal = policy_deposit(policy, account->account_type, amount,
                                          account->has_cap ? &account->deposit_cap : NULL);

    if (refusal == REFUSAL_NONE && money_compare(amount, policy->order_max) > 0)
        refusal = REFUSAL_OVER_MAX;
    return offer_refusal_notice(refusal);
}

struct fen offer_deposit_cap(struct situation at) {
    const struct account *account = session_account(at.session);
    struct fen cap = at.setup->policy.deposit_cap;

    if (money_compare(at.setup->policy.order_max, cap) < 0)
        cap = at.setup->policy.order_max;
    if (account != NULL && account->has_cap && money_compare(account->deposit_cap, cap) < 0)
        cap = account->deposit_cap;
    return cap;
}

int offer_presets(struct situation at, struct fen out[6]) {
    struct fen cap = offer_deposit_cap(at);
    int count = 0;

    for (int i = 0; i < 6 && at.setup->policy.amount_presets[i].fen > 0; i++)
        if (money_compare(at.setup->policy.amount_presets[i], cap) <= 0)
            out[count++] = at.setup->policy.amount_presets[i];
    return count;
}
