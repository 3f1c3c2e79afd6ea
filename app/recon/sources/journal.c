/* Our own journal, as `kioskctl journal export` writes it: an order a line. A entry is a share of
 * a leg, a leg without money or one that no claim was given, or a refund. */
#include "app/recon/sources/journal_parts.h"

static enum recon_state refund_entry_state(struct recon_slice state) {
    if (slice_is(state, "done"))
        return RECON_DONE;
    return slice_is(state, "refused") ? RECON_VOID : RECON_PENDING;
}

/* -1: none. */
static int journal_index(struct recon_slice text) {
    int n = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] < '0' || text.at[i] > '9' || i == 4)
            return -1;
        n = n * 10 + text.at[i] - '0';
    }
    return text.length > 0 ? n : -1;
}

/* Decided with its claim, or with its leg where it is of none: given back, or not. */
static enum recon_state refund_in_case(const struct journal_order *order, int leg, int claim) {
    switch (journal_decided_state(order, claim >= 0 ? "claim" : "leg", claim >= 0 ? claim : leg,
                                  RECON_PENDING)) {
    case RECON_PENDING:
        return RECON_PENDING;
    case RECON_RETURNED:
        return RECON_DONE;
    default:
        return RECON_VOID;
    }
}

/* What the platform's row of a refund is known by. A portal's names the payment, and ours keeps the
 * hospital's number of the refund; the insurance's centre has one number for both. One that was
 * refused is not the one that was done under the payment's number. */
static struct recon_slice refund_out_no(const struct journal_leg *leg, struct recon_slice out_no,
                                        enum recon_state state) {
    bool insured = slice_is(leg->channel, "insurance");
    if (insured && state == RECON_VOID && leg->went_back)
        return (struct recon_slice){"", 0};
    if (leg->portal_trace.length > 0)
        return leg->portal_trace;
    bool centres = out_no.length == leg->in_no.length &&
                   (out_no.length == 0 || memcmp(out_no.at, leg->in_no.at, out_no.length) == 0);
    return insured && !centres && leg->out_no.length > 0 ? leg->out_no : out_no;
}

static bool journal_read_refund(struct journal_order *order, size_t *at) {
    struct recon_slice no = {"", 0}, state = no, leg = no, claim = no, amount = no, out_no = no,
                       created = no, done = no;
    size_t begin = *at;
    const struct text_row rows[] = {{"no", &no},       {"state", &state},     {"leg", &leg},
                                    {"claim", &claim}, {"amount", &amount},   {"out_no", &out_no},
                                    {"done", &done},   {"created", &created}, {NULL, NULL}};
    if (!journal_object(&order->scan, at, rows))
        return false;
    struct recon_entry *entry = journal_entry(order, begin);
    if (!entry)
        return false;
    int n = journal_index(leg);
    if (n < 0 || n >= order->leg_count)
        return json_scan_fail(&order->scan, begin, "a refund of no leg");
    entry->kind = RECON_REFUND;
    entry->state = slice_is(state, "case") ? refund_in_case(order, n, journal_index(claim))
                                           : refund_entry_state(state);
    entry->ids[RECON_PAYMENT_NO] = no;
    entry->ids[RECON_OUT_NO] = refund_out_no(&order->legs[n], out_no, entry->state);
    entry->ids[RECON_ORIGIN_NO] = order->legs[n].no;
    const struct journal_leg *of = &order->legs[n];
    entry->channel = of->paid_by.length ? of->paid_by : of->channel;
    entry->no_platform = journal_is_unlisted(order, entry);
    if (journal_is_in_parts(order) || slice_is(of->route, "mmpc"))
        entry->ids[RECON_TRACE_NO] = order->trace_no; /* the hospital has one for both */
    return journal_amount(&order->scan, begin, amount, &entry->amount) &&
           journal_time(order, begin, done.length ? done : created, entry) &&
           journal_part_own(order, begin, of, entry);
}

/* Before the claims are read. */
static bool journal_note_refund(struct journal_order *order, size_t *at) {
    struct recon_slice claim = {"", 0}, leg = claim, state = claim;
    const struct text_row rows[] = {
        {"claim", &claim}, {"leg", &leg}, {"state", &state}, {NULL, NULL}};
    if (!journal_object(&order->scan, at, rows))
        return false;
    int n = journal_index(claim), of = journal_index(leg);
    if (n >= 0 && n < 64)
        order->going_back |= UINT64_C(1) << n;
    if (of >= 0 && of < order->leg_count && !slice_is(state, "refused"))
        order->legs[of].went_back = true;
    return true;
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
    const struct text_row rows[] = {{"order_no", &order->no},     {"created", &order->created},
                                    {"service", &order->service}, {"state", &order->state},
                                    {"more", &order->more},       {NULL, NULL}};
    while (json_member(&order->scan, at, &first, &name)) {
        if (slice_is(name, "legs"))
            order->legs_at = *at;
        if (slice_is(name, "claims"))
            order->claims_at = *at;
        if (slice_is(name, "refunds"))
            order->refunds_at = *at;
        if (slice_is(name, "cases"))
            order->cases_at = *at;
        if (!journal_member_text(&order->scan, at, name, rows))
            return false;
    }
    if (order->scan.error)
        return false;
    if (slice_is(order->state, "unreadable"))
        return json_scan_fail(&order->scan, *at - 1, "an order that the journal cannot read");
    if (order->cases_at != 0 && !journal_list(order, order->cases_at, journal_read_case))
        return false;
    return journal_list(order, order->legs_at, journal_read_leg) &&
           journal_list(order, order->refunds_at, journal_note_refund) &&
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
    if (*at >= source->file.size && source->more)
        return source_bad(source, *at, "the last order says that more follow: the file was cut");
    if (*at >= source->file.size)
        return SOURCE_END;
    if (!json_enter(&order.scan, at, '{') || !journal_read_order(&order, at))
        return source_bad(source, order.scan.error ? order.scan.error_at : begin, "%s",
                          order.scan.error ? order.scan.error : "expected an order as an object");
    source->more = slice_is(order.more, "true");
    return order.count;
}

static bool journal_source_begin(struct source *source, size_t *at) {
    *at = source_mark(source);
    return true;
}

const struct source_format source_journal = {"journal", (1u << RECON_ID_COUNT) - 1,
                                             journal_source_begin, journal_next};
