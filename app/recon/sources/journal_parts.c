#include "app/recon/sources/journal_parts.h"

#include <stdio.h>
#include <string.h>

bool journal_member_text(struct json_scan *scan, size_t *at, struct recon_slice name,
                         const struct text_row *rows) {
    for (; rows->name; rows++)
        if (slice_is(name, rows->name))
            return json_scalar(scan, at, rows->to);
    return json_skip(scan, at);
}

bool journal_object(struct json_scan *scan, size_t *at, const struct text_row *rows) {
    struct recon_slice name;
    bool first = true;
    if (!json_enter(scan, at, '{'))
        return json_scan_fail(scan, *at, "expected an object");
    while (json_member(scan, at, &first, &name))
        if (!journal_member_text(scan, at, name, rows))
            return false;
    return !scan->error;
}

bool journal_amount(struct json_scan *scan, size_t at, struct recon_slice text, struct fen *out) {
    if (text.length == 0 || !entry_amount(text, false, out))
        return json_scan_fail(scan, at, "an amount is missing or no yuan with two decimals");
    return true;
}

bool journal_read_case(struct journal_order *order, size_t *at) {
    struct journal_decided decided = {{"", 0}, {"", 0}};
    struct recon_slice state = {"", 0};
    const struct text_row rows[] = {
        {"part", &decided.part}, {"how", &decided.how}, {"state", &state}, {NULL, NULL}};
    if (!journal_object(&order->scan, at, rows))
        return false;
    if (slice_is(state, "resolved") && order->decided_count < JOURNAL_DECIDED_MAX)
        order->decided[order->decided_count++] = decided;
    return true;
}

enum recon_state journal_decided_state(const struct journal_order *order, const char *word, int n,
                                       enum recon_state otherwise) {
    static const struct {
        const char *how;
        enum recon_state state;
    } ends[] = {{"credited", RECON_DONE},
                {"in_order", RECON_DONE},
                {"returned", RECON_RETURNED},
                {"no_money", RECON_VOID}};
    char part[16];
    snprintf(part, sizeof part, "%s %d", word, n);
    for (int i = order->decided_count - 1; i >= 0; i--)
        for (size_t k = 0; slice_is(order->decided[i].part, part) && k < sizeof ends / sizeof *ends;
             k++)
            if (slice_is(order->decided[i].how, ends[k].how))
                return ends[k].state;
    return otherwise;
}

/* Who pays what of the leg; what does not add up is not known. */
static bool read_leg_split(struct journal_order *order, size_t at, struct journal_leg *leg) {
    struct recon_slice texts[4] = {{"0", 1}, {"0", 1}, {"0", 1}, {"0", 1}};
    const struct text_row rows[] = {{"own", &texts[0]},
                                    {"fund", &texts[1]},
                                    {"account", &texts[2]},
                                    {"prepaid", &texts[3]},
                                    {NULL, NULL}};
    size_t begin = at;
    struct fen part;
    int64_t sum_fen = 0;
    if (!journal_object(&order->scan, &at, rows))
        return false;
    for (int i = 0; i < 4; i++) {
        if (!journal_amount(&order->scan, begin, texts[i], &part))
            return false;
        if (i == 0)
            leg->own = part;
        sum_fen += part.fen;
    }
    leg->split_known = sum_fen == leg->amount.fen;
    return true;
}

/* Texts of the leg, and where its `split` stands; 0: it has none. */
static bool read_leg_texts(struct journal_order *order, size_t *at, const struct text_row *rows,
                           size_t *split_at) {
    struct recon_slice name;
    bool first = true;
    *split_at = 0;
    if (!json_enter(&order->scan, at, '{'))
        return json_scan_fail(&order->scan, *at, "expected an object");
    while (json_member(&order->scan, at, &first, &name)) {
        if (slice_is(name, "split"))
            *split_at = *at;
        if (!journal_member_text(&order->scan, at, name, rows))
            return false;
    }
    return !order->scan.error;
}

bool journal_read_leg(struct journal_order *order, size_t *at) {
    struct recon_slice amount = {"", 0}, seen = {"0", 1};
    size_t begin = *at, split_at;
    if (order->leg_count == LEGS_MAX)
        return json_scan_fail(&order->scan, begin, "more than 4 legs");
    struct journal_leg *leg = &order->legs[order->leg_count++];
    memset(leg, 0, sizeof *leg);
    const struct text_row rows[] = {{"no", &leg->no},
                                    {"state", &leg->state},
                                    {"channel", &leg->channel},
                                    {"amount", &amount},
                                    {"seen", &seen},
                                    {"paid", &leg->paid},
                                    {"paid_by", &leg->paid_by},
                                    {"out_no", &leg->out_no},
                                    {"in_no", &leg->in_no},
                                    {"portal_trace", &leg->portal_trace},
                                    {"route", &leg->route},
                                    {NULL, NULL}};
    return read_leg_texts(order, at, rows, &split_at) &&
           journal_amount(&order->scan, begin, amount, &leg->amount) &&
           journal_amount(&order->scan, begin, seen, &leg->seen) &&
           (split_at == 0 || read_leg_split(order, split_at, leg));
}

struct recon_entry *journal_entry(struct journal_order *order, size_t at) {
    if (order->count == RECON_ENTRIES_MAX) {
        json_scan_fail(&order->scan, at, "an order of too many parts");
        return NULL;
    }
    struct recon_entry *entry = &order->entries[order->count++];
    memset(entry, 0, sizeof *entry);
    entry->fee = order->service;
    if (order->no.length == 20)
        entry->terminal = (struct recon_slice){order->no.at + 12, 4};
    return entry;
}

bool journal_time(struct journal_order *order, size_t at, struct recon_slice text,
                  struct recon_entry *entry) {
    if (text.length == 0)
        text = order->created;
    if (!entry_time(text, &entry->time_s))
        return json_scan_fail(&order->scan, at, "a time is missing or not yyyy-MM-dd HH:mm:ss");
    return true;
}

bool journal_is_in_parts(const struct journal_order *order) {
    bool insured = false;
    for (int i = 0; i < order->leg_count; i++)
        insured = insured || slice_is(order->legs[i].channel, "insurance");
    return insured && order->leg_count > 1;
}

bool journal_is_unlisted(const struct journal_order *order, const struct recon_entry *entry) {
    return slice_is(entry->channel, "card") || slice_is(entry->channel, "cash") ||
           (slice_is(entry->channel, "insurance") && journal_is_in_parts(order));
}

bool journal_part_own(struct journal_order *order, size_t at, const struct journal_leg *leg,
                      struct recon_entry *entry) {
    bool centres = slice_is(leg->route, "mmpc") && leg->split_known && !journal_is_in_parts(order);
    if (!centres || entry->state != RECON_DONE || money_compare(entry->amount, leg->amount) != 0)
        return true;
    entry->no_platform = leg->own.fen == 0;
    if (leg->own.fen == 0 || money_compare(leg->own, leg->amount) == 0)
        return true;
    struct recon_entry *insured = journal_entry(order, at);
    if (!insured)
        return false;
    *insured = *entry;
    insured->amount.fen = leg->amount.fen - leg->own.fen;
    insured->ids[RECON_PAYMENT_NO] = (struct recon_slice){"", 0}; /* it is the own part's */
    insured->no_platform = true;
    entry->amount = leg->own;
    return true;
}

static bool leg_entry(struct journal_order *order, size_t at, const struct journal_leg *leg,
                      struct fen amount, struct recon_entry **out) {
    struct recon_entry *entry = journal_entry(order, at);
    if (!entry)
        return false;
    entry->ids[RECON_PAYMENT_NO] = leg->no;
    entry->ids[RECON_OUT_NO] = leg->out_no;
    entry->ids[RECON_IN_NO] = leg->in_no;
    entry->channel = leg->paid_by.length ? leg->paid_by : leg->channel;
    entry->no_platform = journal_is_unlisted(order, entry);
    entry->amount = amount;
    *out = entry;
    return journal_time(order, at, leg->paid, entry);
}

static enum recon_state claim_entry_state(struct recon_slice state, bool unproven,
                                          bool taken_elsewhere) {
    if (slice_is(state, "done") && taken_elsewhere)
        return RECON_TAKEN_ELSEWHERE;
    if (slice_is(state, "done") || slice_is(state, "refunded") || slice_is(state, "uncrediting"))
        return unproven ? RECON_UNPROVEN : RECON_DONE;
    return slice_is(state, "reversed") ? RECON_RETURNED : RECON_UNCREDITED;
}

struct journal_claim {
    struct recon_slice state, unproven, taken_elsewhere, trace_no, call_sn;
    size_t shares_at;
};

/* Of parts that went back uncredited the hospital has nothing: the bill may be paid once more, and
 * its number is that payment's. */
static void name_bill_of_parts(struct journal_order *order, struct recon_entry *entry) {
    if (journal_is_in_parts(order) && entry->state == RECON_RETURNED)
        entry->ids[RECON_TRACE_NO] = (struct recon_slice){"", 0};
    order->trace_no = entry->ids[RECON_TRACE_NO];
}

static bool journal_add_share(struct journal_order *order, size_t at, struct recon_slice leg_no,
                              struct fen amount, const struct journal_claim *claim) {
    struct recon_entry *entry;
    int n = leg_no.length == 1 ? leg_no.at[0] - '0' : -1;
    if (n < 0 || n >= order->leg_count)
        return json_scan_fail(&order->scan, at, "a share of no leg");
    struct journal_leg *leg = &order->legs[n];
    if (!slice_is(leg->state, "paid"))
        return true; /* the leg's own entry says what it is */
    leg->shared = true;
    if (!leg_entry(order, at, leg, amount, &entry))
        return false;
    entry->ids[RECON_TRACE_NO] = claim->trace_no;
    entry->ids[RECON_RECEIPT_NO] = claim->call_sn;
    entry->state = claim_entry_state(claim->state, slice_is(claim->unproven, "true"),
                                     slice_is(claim->taken_elsewhere, "true"));
    if (slice_is(claim->state, "case") && claim->call_sn.length > 0 && order->claim_count < 64 &&
        order->going_back >> order->claim_count & 1)
        entry->state = RECON_DONE; /* it was credited: in doubt is its refund, which says so */
    else if (slice_is(claim->state, "case"))
        entry->state = journal_decided_state(order, "claim", order->claim_count, entry->state);
    name_bill_of_parts(order, entry);
    return journal_part_own(order, at, leg, entry);
}

static bool journal_read_share(struct journal_order *order, size_t *at,
                               const struct journal_claim *claim) {
    struct recon_slice leg = {"", 0}, amount = {"", 0};
    struct fen fen;
    size_t begin = *at;
    const struct text_row rows[] = {{"leg", &leg}, {"amount", &amount}, {NULL, NULL}};
    return journal_object(&order->scan, at, rows) &&
           journal_amount(&order->scan, begin, amount, &fen) &&
           journal_add_share(order, begin, leg, fen, claim);
}

bool journal_read_claim(struct journal_order *order, size_t *at) {
    struct journal_claim claim = {0};
    struct recon_slice name;
    bool first = true;
    const struct text_row rows[] = {{"state", &claim.state},
                                    {"unproven", &claim.unproven},
                                    {"taken_elsewhere", &claim.taken_elsewhere},
                                    {"org_trace_no", &claim.trace_no},
                                    {"call_sn", &claim.call_sn},
                                    {NULL, NULL}};
    if (!json_enter(&order->scan, at, '{'))
        return json_scan_fail(&order->scan, *at, "expected an object");
    while (json_member(&order->scan, at, &first, &name)) {
        if (slice_is(name, "shares"))
            claim.shares_at = *at;
        if (!journal_member_text(&order->scan, at, name, rows))
            return false;
    }
    first = true;
    size_t share = claim.shares_at;
    if (share == 0 || !json_enter(&order->scan, &share, '['))
        return json_scan_fail(&order->scan, *at, "a claim without shares");
    while (json_element(&order->scan, &share, &first))
        if (!journal_read_share(order, &share, &claim))
            return false;
    order->claim_count++;
    return !order->scan.error;
}

static enum recon_state leg_entry_state(const struct journal_leg *leg) {
    static const char *const open[] = {"new",           "due",     "placing",
                                       "place_unknown", "waiting", "closing"};
    for (size_t i = 0; i < sizeof open / sizeof *open; i++)
        if (slice_is(leg->state, open[i]))
            return RECON_PENDING;
    if (slice_is(leg->state, "declined") || slice_is(leg->state, "closed"))
        return RECON_VOID;
    return slice_is(leg->state, "returned") ? RECON_RETURNED : RECON_UNCREDITED;
}

bool journal_lone_legs(struct journal_order *order) {
    struct recon_entry *entry;
    for (int i = 0; i < order->leg_count; i++) {
        const struct journal_leg *leg = &order->legs[i];
        if (leg->shared)
            continue;
        if (!leg_entry(order, order->legs_at, leg, leg->amount, &entry))
            return false;
        entry->state = leg_entry_state(leg);
        if (slice_is(leg->state, "case"))
            entry->state = journal_decided_state(order, "leg", i, entry->state);
    }
    return true;
}
