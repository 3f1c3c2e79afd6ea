#include "app/core/visit/offers.h"

#include <string.h>

#include "app/core/terms/codes.h"

/* What earlier refunds of this patient still take out of the balance. */
static int64_t uncrediting_fen(const struct payment_list *list) {
    int64_t fen = 0;
    for (int i = 0; list != NULL && i < list->item_count; i++)
        if (list->rows[list->items[i].payment].service == SERVICE_DEPOSIT)
            fen += list->items[i].uncrediting.fen;
    return fen;
}

/* The account's balance less what this visit has given back already, and less what is under way. */
static struct fen balance_of(const struct session *session) {
    const struct account *account = session_account(session);
    bool of_card = session->who.card >= 0 && account->cards[session->who.card].has_balance;
    struct fen balance = of_card ? account->cards[session->who.card].balance : account->balance;
    int64_t fen = balance.fen - session->giving_back.given_back.fen -
                  uncrediting_fen(session_payments(session));
    return (struct fen){fen > 0 ? fen : 0};
}

static struct refund_rules refund_rules_of(struct situation at) {
    return (struct refund_rules){.policy = &at.setup->policy,
                                 .account = session_account(at.session)->account_type,
                                 .balance = balance_of(at.session),
                                 .insured_code = offer_insured_code_known(at.session) &&
                                                 !at.setup->policy.insured_decodes,
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

bool offer_printer(struct situation at) {
    const struct device_state *printer = &at.terminal->devices[ROLE_PRINTER];
    bool is_silent = at.setup->has_printer && printer->device == DEVICE_UNKNOWN;

    return (is_silent || offer_role_ready(at.terminal, ROLE_PRINTER)) &&
           printer->supply != SUPPLY_OUT && printer->supply != SUPPLY_JAM;
}

/* A code would expire at another time. */
static enum notice clock_obstacle_of(struct situation at, enum channel channel) {
    enum clock_state state = at.terminal->clock.state;

    if (channel == CHANNEL_CARD || state == CLOCK_RIGHT)
        return NOTICE_NONE;
    if (state == CLOCK_WRONG)
        return NOTICE_CLOCK;
    return at.setup->clock_unproven ? NOTICE_CLOCK_UNPROVEN : NOTICE_NONE;
}

enum notice offer_payment_obstacle(struct situation at) {
    bool codes = false;

    if (at.setup->policy.channels[CHANNEL_CARD])
        return NOTICE_NONE;
    for (int i = CHANNEL_NONE + 1; i < CHANNEL_COUNT; i++)
        codes = codes || at.setup->policy.channels[i];
    if (!codes)
        return NOTICE_CHANNEL;
    return clock_obstacle_of(at, CHANNEL_NONE);
}

/* The pinpad is ready and no order of a patient who left still uses it. */
static bool pinpad_free(struct situation at) {
    return !book_pinpad_busy(at.book, 1) &&
           at.terminal->devices[ROLE_PINPAD].device == DEVICE_READY;
}

bool offer_insured_code_known(const struct session *session) {
    return session->who.identity == IDENTITY_E_INSURANCE;
}

/* By name and ID number, both whole. */
static bool can_be_named(const struct account *account) {
    return account != NULL && account->name[0] != '\0' && code_is_id_no(account->cert_no);
}

/* Has the hospital told whom the message is for, and where to? */
static enum notice push_obstacle(struct situation at) {
    const struct account *account = session_account(at.session);
    int card = at.session->who.card;
    struct patient_keys keys = session_patient_keys(at.session);

    if (!can_be_named(account))
        return NOTICE_INSURED_NO_ID;
    const char *cust_id = card >= 0 ? account->cards[card].his_cust_id : account->his_cust_id;
    if (!code_is_mobile(account->phone) || cust_id[0] == '\0')
        return NOTICE_PUSH_NO_PHONE;
    return book_list_wanted(at.book, &keys) ? NOTICE_STILL_ASKING : NOTICE_NONE;
}

static enum notice insurance_obstacle(struct situation at) {
    bool reads =
        offer_insured_code_known(at.session) || offer_role_ready(at.terminal, ROLE_SCANNER);

    if (at.session->service != SERVICE_BILLS)
        return NOTICE_INSURED_BILLS_ONLY;
    bool pushes = policy_pushes(&at.setup->policy);
    enum notice notice = pushes ? push_obstacle(at) : NOTICE_NONE;
    if (notice != NOTICE_NONE || !policy_wants_insured_code(&at.setup->policy))
        return notice;
    if (at.setup->policy.insured_by_name && !can_be_named(session_account(at.session)))
        return NOTICE_INSURED_NO_ID;
    return reads ? NOTICE_NONE : NOTICE_SCANNER_ABSENT;
}

enum notice offer_channel_obstacle(struct situation at, enum channel channel) {
    if (channel <= CHANNEL_NONE || channel >= CHANNEL_COUNT || !at.setup->policy.channels[channel])
        return NOTICE_CHANNEL;
    if (!book_journal_usable(at.book))
        return NOTICE_JOURNAL;
    if (clock_obstacle_of(at, channel) != NOTICE_NONE)
        return clock_obstacle_of(at, channel);
    if (channel == CHANNEL_PHONE && !offer_role_ready(at.terminal, ROLE_SCANNER))
        return NOTICE_SCANNER_ABSENT;
    if (channel == CHANNEL_CARD && !pinpad_free(at))
        return NOTICE_NO_PINPAD;
    return channel == CHANNEL_INSURANCE ? insurance_obstacle(at) : NOTICE_NONE;
}

/* By a code on our screen, and by a platform that leaves the credit to us. */
bool offer_own_way(struct situation at, enum channel channel) {
    bool code = channel == CHANNEL_WECHAT || channel == CHANNEL_ALIPAY ||
                channel == CHANNEL_UNIONPAY || channel == CHANNEL_ONE;

    return code && at.setup->policy.channels[channel] &&
           policy_route(&at.setup->policy, channel) == ROUTE_UPP;
}

enum notice offer_refusal_notice(enum refusal refusal) {
    static const enum notice notices[REFUSAL_COUNT] = {
        [REFUSAL_NONE] = NOTICE_NONE,
        [REFUSAL_ZERO] = NOTICE_AMOUNT_ZERO,
        [REFUSAL_OVER_CAP] = NOTICE_AMOUNT_CAP,
        [REFUSAL_OVER_MAX] = NOTICE_AMOUNT_MAX,
        [REFUSAL_OUTPATIENT] = NOTICE_OUTPATIENT_DEPOSIT,
        [REFUSAL_CHANNEL] = NOTICE_CHANNEL,
        [REFUSAL_JOURNAL] = NOTICE_JOURNAL,
        [REFUSAL_FULL] = NOTICE_FULL,
        [REFUSAL_PATIENT_DAY] = NOTICE_PATIENT_DAY,
        [REFUSAL_TERMINAL_DAY] = NOTICE_TERMINAL_DAY,
        [REFUSAL_STATE] = NOTICE_REFUND_STATE,
        [REFUSAL_HIS_KEEPS] = NOTICE_REFUND_STAFF,
        [REFUSAL_ELSEWHERE] = NOTICE_REFUND_ELSEWHERE,
        [REFUSAL_TO_WINDOW] = NOTICE_REFUND_STAFF,
        [REFUSAL_UNPROVEN] = NOTICE_REFUND_UNPROVEN,
        [REFUSAL_OVER_PAID] = NOTICE_REFUND_OVER,
        [REFUSAL_WHOLE] = NOTICE_REFUND_WHOLE,
    };
    return notices[refusal];
}

enum notice offer_failure_notice(const struct event_answer *answer) {
    if (answer->outcome != OUTCOME_UNKNOWN)
        return NOTICE_HIS_REFUSED;
    return answer->reached ? NOTICE_HIS_SLOW : NOTICE_HIS_DOWN;
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
