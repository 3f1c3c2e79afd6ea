/* What can be had now, and in words why not. */
#include "app/core/visit/parts.h"
#include "app/core/visit/refundable.h"
#include "app/core/visit/screens.h"

#include <string.h>

bool core_can_go_back(const struct core *core) {
    const struct session *session = &core->session;
    bool looked_up = session->reviewing || session->service == SERVICE_REFUND;

    if (session->screen == SCREEN_RESULT && !looked_up)
        return false;
    return (screen_rule(session->screen)->touches & (1u << TOUCH_BACK)) != 0;
}

/* The hospital's account, less what this visit gave back of it already. */
static struct fen balance_of(const struct session *session) {
    const struct account *account = session->account;
    bool of_card = session->card >= 0 && account->cards[session->card].has_balance;
    struct fen balance = of_card ? account->cards[session->card].balance : account->balance;

    return (struct fen){balance.fen - session->given_back.fen};
}

static struct refund_rules refund_rules_of(const struct core *core, struct now now) {
    return (struct refund_rules){.policy = &core->setup.policy,
                                 .account = core->session.account->account_type,
                                 .balance = balance_of(&core->session),
                                 .wall_ms = now.wall_ms};
}

struct payment_item core_payment_item(const struct core *core, const struct payment_item *item) {
    const struct payment_list *list = core->session.payments;
    int slot = core_find_order(core, list->rows[item->payment].order_no);
    struct payment_item live = *item;

    if (slot >= 0 && item->claim < core->orders[slot].claim_count) {
        live.state = core->orders[slot].claims[item->claim].state;
        live.refunded = core->orders[slot].claims[item->claim].refunded;
    }
    return live;
}

struct refund_offer core_refund_offer(const struct core *core, const struct payment_item *item,
                                      struct now now) {
    struct refund_rules rules = refund_rules_of(core, now);
    struct payment_item live = core_payment_item(core, item);

    return refund_offer(&rules, core->session.payments, &live);
}

void core_balance_plan(const struct core *core, struct now now, struct refund_plan *out) {
    struct refund_rules rules = refund_rules_of(core, now);

    refund_plan_balance(&rules, core->session.payments, out);
}

bool core_role_ready(const struct core *core, enum device_role role) {
    enum device_word word = core->devices[role].device;

    return word == DEVICE_READY || word == DEVICE_BUSY;
}

bool core_printer_ready(const struct core *core) {
    enum supply_word supply = core->devices[ROLE_PRINTER].supply;

    return core_role_ready(core, ROLE_PRINTER) && supply != SUPPLY_OUT && supply != SUPPLY_JAM;
}

static bool any_channel(const struct core *core) {
    for (int i = CHANNEL_NONE + 1; i < CHANNEL_COUNT; i++)
        if (core->setup.policy.channels[i])
            return true;
    return false;
}

/* What is in the way of every service. */
static enum notice obstacle_of_all(const struct core *core, enum service service, struct now now) {
    if (core->out_of_service)
        return NOTICE_OUT_OF_SERVICE;
    if (!core->setup.journal_ok)
        return NOTICE_JOURNAL;
    return policy_is_open(&core->setup.policy, service, now.wall_ms) ? NOTICE_NONE : NOTICE_HOURS;
}

enum notice core_service_obstacle(const struct core *core, enum service service, struct now now) {
    enum notice notice;

    switch (service) {
    case SERVICE_BILLS:
    case SERVICE_DEPOSIT:
        notice = obstacle_of_all(core, service, now);
        return notice != NOTICE_NONE || any_channel(core) ? notice : NOTICE_CHANNEL;
    case SERVICE_REFUND:
    case SERVICE_RECORDS:
        return obstacle_of_all(core, service, now);
    case SERVICE_NONE:
    case SERVICE_COUNT:
        break;
    }
    return NOTICE_NOT_OFFERED;
}

static bool is_at_pinpad(const struct order *order) {
    for (int i = 0; i < order->leg_count; i++)
        if (order->legs[i].route == ROUTE_POS && order->legs[i].state == LEG_PLACING)
            return true;
    for (int i = 0; i < order->refund_count; i++)
        if (order->legs[order->refunds[i].leg].route == ROUTE_POS &&
            order->run.refund[i].request != 0 && order->run.refund[i].verb == VERB_REFUND)
            return true;
    return false;
}

/* Ready, and not still busy with somebody who has left. */
static bool pinpad_free(const struct core *core) {
    for (int i = 0; i < ORDERS_MAX; i++)
        if (core->orders[i].run.used && is_at_pinpad(&core->orders[i]))
            return false;
    return core->devices[ROLE_PINPAD].device == DEVICE_READY;
}

enum notice core_channel_obstacle(const struct core *core, enum channel channel) {
    if (channel <= CHANNEL_NONE || channel >= CHANNEL_COUNT ||
        !core->setup.policy.channels[channel])
        return NOTICE_CHANNEL;
    if (!core->setup.journal_ok)
        return NOTICE_JOURNAL;
    if (channel == CHANNEL_PHONE && !core_role_ready(core, ROLE_SCANNER))
        return NOTICE_SCANNER_ABSENT;
    if (channel == CHANNEL_CARD && !pinpad_free(core))
        return NOTICE_NO_PINPAD;
    return NOTICE_NONE;
}

enum notice core_refusal_notice(enum refusal refusal) {
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

enum notice core_deposit_notice(const struct core *core, const struct account *account,
                                struct fen amount) {
    enum refusal refusal = policy_deposit(&core->setup.policy, account->account_type, amount,
                                          account->has_cap ? &account->deposit_cap : NULL);

    if (refusal == REFUSAL_NONE && money_compare(amount, core->setup.policy.order_max) > 0)
        refusal = REFUSAL_OVER_MAX;
    return core_refusal_notice(refusal);
}

struct fen core_deposit_cap(const struct core *core) {
    const struct account *account = core->session.account;
    struct fen cap = core->setup.policy.deposit_cap;

    if (money_compare(core->setup.policy.order_max, cap) < 0)
        cap = core->setup.policy.order_max;
    if (account != NULL && account->has_cap && money_compare(account->deposit_cap, cap) < 0)
        cap = account->deposit_cap;
    return cap;
}

int core_presets(const struct core *core, struct fen out[6]) {
    struct fen cap = core_deposit_cap(core);
    int count = 0;

    for (int i = 0; i < 6 && core->setup.policy.amount_presets[i].fen > 0; i++)
        if (money_compare(core->setup.policy.amount_presets[i], cap) <= 0)
            out[count++] = core->setup.policy.amount_presets[i];
    return count;
}

/* May money of this leg still turn up for what it was meant for? */
static bool leg_undecided(const struct leg *leg) {
    switch (leg->state) {
    case LEG_DECLINED:
    case LEG_CLOSED:
    case LEG_PAID_AFTER_CLOSE:
    case LEG_RETURNED:
        return false;
    case LEG_NEW:
    case LEG_PLACING:
    case LEG_PLACE_UNKNOWN:
    case LEG_WAITING:
    case LEG_PAID:
    case LEG_CLOSING:
    case LEG_CASE:
        break;
    }
    return true;
}

/* A second payment of the same thing waits until the first can no longer be credited. */
static bool claim_busy(const struct order *order, const struct claim *claim) {
    switch (claim->state) {
    case CLAIM_REVERSING:
    case CLAIM_REVERSED:
    case CLAIM_VOID:
    case CLAIM_REFUNDED:
        return false;
    case CLAIM_CASE:
        return !order->resolved;
    case CLAIM_WAITING:
        if (order->legs[claim->leg].state == LEG_CASE)
            return !order->resolved;
        return leg_undecided(&order->legs[claim->leg]);
    case CLAIM_CHECKING:
    case CLAIM_CREDITING:
    case CLAIM_CREDIT_UNKNOWN:
    case CLAIM_DONE:
    case CLAIM_UNCREDITING:
        break;
    }
    return true;
}

bool core_bill_busy(const struct core *core, const char *org_trace_no) {
    for (int i = 0; i < ORDERS_MAX; i++) {
        const struct order *order = &core->orders[i];
        for (int c = 0; order->run.used && c < order->claim_count; c++)
            if (strcmp(order->claims[c].org_trace_no, org_trace_no) == 0 &&
                claim_busy(order, &order->claims[c]))
                return true;
    }
    return false;
}

static bool same_person(const struct order_person *a, const struct order_person *b) {
    if (a->patient_key[0] != '\0' && b->patient_key[0] != '\0')
        return strcmp(a->patient_key, b->patient_key) == 0;
    return strcmp(a->mdtrt_cert_no, b->mdtrt_cert_no) == 0;
}

bool core_deposit_busy(const struct core *core, const struct order_person *person) {
    for (int i = 0; i < ORDERS_MAX; i++) {
        const struct order *order = &core->orders[i];
        if (!order->run.used || order->service != SERVICE_DEPOSIT ||
            !same_person(&order->person, person))
            continue;
        for (int c = 0; c < order->claim_count; c++)
            if (order->claims[c].state != CLAIM_DONE && claim_busy(order, &order->claims[c]))
                return true;
    }
    return false;
}
