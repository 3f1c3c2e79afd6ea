/* Our own journal, as `kioskctl journal export` writes it: an order a line. A entry is a share of
 * a leg, a leg without money or one that no claim was given, or a refund. */
#include <stdio.h>
#include <string.h>

#include "app/recon/sources/json_scan.h"
#include "app/recon/sources/source.h"

#define LEGS_MAX 4

struct journal_leg {
    struct recon_slice no, state, channel, paid_by, paid, out_no, in_no;
    struct fen amount, seen;
    bool shared; /* a claim has money of it */
};

/* Where an order's members stand; 0: nowhere. */
struct journal_order {
    struct source *source;
    struct json_scan scan;
    size_t legs_at, claims_at, refunds_at;
    struct recon_slice no, created, service, state;
    struct journal_leg legs[LEGS_MAX];
    int leg_count, count;
    struct recon_entry *entries;
};

/* A member's name and where its text goes. */
struct text_row {
    const char *name;
    struct recon_slice *to;
};

static bool take_member_text(struct json_scan *scan, size_t *at, struct recon_slice name,
                             const struct text_row *rows) {
    for (; rows->name; rows++)
        if (slice_is(name, rows->name))
            return json_scalar(scan, at, rows->to);
    return json_skip(scan, at);
}

/* All texts of the object at `*at`. */
static bool take_object(struct json_scan *scan, size_t *at, const struct text_row *rows) {
    struct recon_slice name;
    bool first = true;
    if (!json_enter(scan, at, '{'))
        return json_scan_fail(scan, *at, "expected an object");
    while (json_member(scan, at, &first, &name))
        if (!take_member_text(scan, at, name, rows))
            return false;
    return !scan->error;
}

static bool take_amount(struct json_scan *scan, size_t at, struct recon_slice text,
                        struct fen *out) {
    if (text.length == 0 || !entry_amount(text, false, out))
        return json_scan_fail(scan, at, "an amount is missing or no yuan with two decimals");
    return true;
}

static bool journal_read_leg(struct journal_order *order, size_t *at) {
    struct recon_slice amount = {"", 0}, seen = {"0", 1};
    size_t begin = *at;
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
                                    {NULL, NULL}};
    return take_object(&order->scan, at, rows) &&
           take_amount(&order->scan, begin, amount, &leg->amount) &&
           take_amount(&order->scan, begin, seen, &leg->seen);
}

static struct recon_entry *journal_entry(struct journal_order *order, size_t at) {
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

static bool journal_time(struct journal_order *order, size_t at, struct recon_slice text,
                         struct recon_entry *entry) {
    if (text.length == 0)
        text = order->created;
    if (!entry_time(text, &entry->time_s))
        return json_scan_fail(&order->scan, at, "a time is missing or not yyyy-MM-dd HH:mm:ss");
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
    entry->no_platform = slice_is(entry->channel, "card") || slice_is(entry->channel, "cash");
    entry->amount = amount;
    *out = entry;
    return journal_time(order, at, leg->paid, entry);
}

static enum recon_state claim_entry_state(struct recon_slice state, bool unproven) {
    if (slice_is(state, "done") || slice_is(state, "refunded") || slice_is(state, "uncrediting"))
        return unproven ? RECON_UNPROVEN : RECON_DONE;
    return slice_is(state, "reversed") ? RECON_RETURNED : RECON_UNCREDITED;
}

struct journal_claim {
    struct recon_slice state, unproven, trace_no, call_sn;
    size_t shares_at;
};

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
    entry->state = claim_entry_state(claim->state, slice_is(claim->unproven, "true"));
    return true;
}

static bool journal_read_share(struct journal_order *order, size_t *at,
                               const struct journal_claim *claim) {
    struct recon_slice leg = {"", 0}, amount = {"", 0};
    struct fen fen;
    size_t begin = *at;
    const struct text_row rows[] = {{"leg", &leg}, {"amount", &amount}, {NULL, NULL}};
    return take_object(&order->scan, at, rows) && take_amount(&order->scan, begin, amount, &fen) &&
           journal_add_share(order, begin, leg, fen, claim);
}

static bool journal_read_claim(struct journal_order *order, size_t *at) {
    struct journal_claim claim = {0};
    struct recon_slice name;
    bool first = true;
    const struct text_row rows[] = {{"state", &claim.state},
                                    {"unproven", &claim.unproven},
                                    {"org_trace_no", &claim.trace_no},
                                    {"call_sn", &claim.call_sn},
                                    {NULL, NULL}};
    if (!json_enter(&order->scan, at, '{'))
        return json_scan_fail(&order->scan, *at, "expected an object");
    while (json_member(&order->scan, at, &first, &name)) {
        if (slice_is(name, "shares"))
            claim.shares_at = *at;
        if (!take_member_text(&order->scan, at, name, rows))
            return false;
    }
    first = true;
    size_t share = claim.shares_at;
    if (share == 0 || !json_enter(&order->scan, &share, '['))
        return json_scan_fail(&order->scan, *at, "a claim without shares");
    while (json_element(&order->scan, &share, &first))
        if (!journal_read_share(order, &share, &claim))
            return false;
    return !order->scan.error;
}

static enum recon_state leg_entry_state(const struct journal_leg *leg) {
    static const char *const open[] = {"new", "placing", "place_unknown", "waiting", "closing"};
    for (size_t i = 0; i < sizeof open / sizeof *open; i++)
        if (slice_is(leg->state, open[i]))
            return RECON_PENDING;
    if (slice_is(leg->state, "declined") || slice_is(leg->state, "closed"))
        return RECON_VOID;
    return slice_is(leg->state, "returned") ? RECON_RETURNED : RECON_UNCREDITED;
}

/* Legs that no claim was given a share of. */
static bool journal_lone_legs(struct journal_order *order) {
    struct recon_entry *entry;
    for (int i = 0; i < order->leg_count; i++) {
        const struct journal_leg *leg = &order->legs[i];
        if (leg->shared)
            continue;
        if (!leg_entry(order, order->legs_at, leg, leg->amount, &entry))
            return false;
        entry->state = leg_entry_state(leg);
    }
    return true;
}

static enum recon_state refund_entry_state(struct recon_slice state) {
    if (slice_is(state, "done"))
        return RECON_DONE;
    return slice_is(state, "refused") ? RECON_VOID : RECON_PENDING;
}

static bool journal_read_refund(struct journal_order *order, size_t *at) {
    struct recon_slice no = {"", 0}, state = no, leg = no, amount = no, out_no = no, created = no,
                       done = no;
    size_t begin = *at;
    const struct text_row rows[] = {{"no", &no},           {"state", &state},   {"leg", &leg},
                                    {"amount", &amount},   {"out_no", &out_no}, {"done", &done},
                                    {"created", &created}, {NULL, NULL}};
    if (!take_object(&order->scan, at, rows))
        return false;
    struct recon_entry *entry = journal_entry(order, begin);
    if (!entry)
        return false;
    int n = leg.length == 1 ? leg.at[0] - '0' : -1;
    if (n < 0 || n >= order->leg_count)
        return json_scan_fail(&order->scan, begin, "a refund of no leg");
    entry->kind = RECON_REFUND;
    entry->state = refund_entry_state(state);
    entry->ids[RECON_PAYMENT_NO] = no;
    entry->ids[RECON_OUT_NO] = out_no;
    entry->ids[RECON_ORIGIN_NO] = order->legs[n].no;
    const struct journal_leg *of = &order->legs[n];
    entry->channel = of->paid_by.length ? of->paid_by : of->channel;
    entry->no_platform = slice_is(entry->channel, "card") || slice_is(entry->channel, "cash");
    return take_amount(&order->scan, begin, amount, &entry->amount) &&
           journal_time(order, begin, done.length ? done : created, entry);
}

static bool journal_list(struct journal_order *order, size_t at,
                         bool (*read)(struct journal_order *, size_t *)) {
    bool first = true;
    if (at == 0 || !json_enter(&order->scan, &at, '['))
        return json_scan_fail(&order->scan, at, "legs, claims or refunds are missing");
    while (json_element(&order->scan, &at, &first))
        if (!read(order, &at))
            return false;
    return !order->scan.error;
}

static bool journal_read_order(struct journal_order *order, size_t *at) {
    struct recon_slice name;
    bool first = true;
    const struct text_row rows[] = {{"order_no", &order->no},
                                    {"created", &order->created},
                                    {"service", &order->service},
                                    {"state", &order->state},
                                    {NULL, NULL}};
    while (json_member(&order->scan, at, &first, &name)) {
        if (slice_is(name, "legs"))
            order->legs_at = *at;
        if (slice_is(name, "claims"))
            order->claims_at = *at;
        if (slice_is(name, "refunds"))
            order->refunds_at = *at;
        if (!take_member_text(&order->scan, at, name, rows))
            return false;
    }
    if (order->scan.error)
        return false;
    if (slice_is(order->state, "unreadable"))
        return json_scan_fail(&order->scan, *at - 1, "an order that the journal cannot read");
    return journal_list(order, order->legs_at, journal_read_leg) &&
           journal_list(order, order->claims_at, journal_read_claim) && journal_lone_legs(order) &&
           journal_list(order, order->refunds_at, journal_read_refund);
}

static int journal_next(struct source *source, size_t *at, struct recon_entry *entries) {
    struct journal_order order = {.source = source,
                                  .scan = {.data = source->file.data,
                                           .size = source->file.size,
                                           .scratch = source->scratch,
                                           .scratch_size = CSV_LINE_MAX},
                                  .entries = entries};
    size_t begin = *at;
    json_blanks(&order.scan, at);
    if (*at >= source->file.size)
        return SOURCE_END;
    if (!json_enter(&order.scan, at, '{') || !journal_read_order(&order, at))
        return source_bad(source, order.scan.error ? order.scan.error_at : begin, "%s",
                          order.scan.error ? order.scan.error : "expected an order as an object");
    return order.count;
}

static bool journal_source_begin(struct source *source, size_t *at) {
    (void)source;
    *at = 0;
    return true;
}

const struct source_format source_journal = {"journal", (1u << RECON_ID_COUNT) - 1,
                                             journal_source_begin, journal_next};
