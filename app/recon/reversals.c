#include "app/recon/reversals.h"

#include <stdlib.h>

#include "app/base/log.h"
#include "app/recon/ids.h"
#include "app/recon/match.h"
#include "app/recon/parts.h"

/* What the refunds of platform and hospital name, by hash, then by row; empty until a payment is
 * looked for. */
struct reversals {
    struct recon_ledger *ledger;
    struct part_item *names;
    size_t count, room;
    bool listed;
};

/* One way in which a refund may name a payment. */
struct naming {
    enum recon_id refunds, payments;
    uint32_t hash; /* of the refund's; 0: the payment has none */
};

static void add_reversed(struct reversals *reversals, uint64_t packed, uint32_t row) {
    if (reversals->count == reversals->room) {
        reversals->room = reversals->room * 2 + 256;
        reversals->names = realloc(reversals->names, reversals->room * sizeof *reversals->names);
        ENSURE(reversals->names != NULL);
    }
    reversals->names[reversals->count++] = (struct part_item){recon_id_hash(packed), row};
}

static void add_names_of_chunk(struct reversals *reversals, uint32_t number) {
    const struct recon_chunk *chunk = RECON_CHUNK(reversals->ledger, number << 16);
    for (uint32_t i = 0; i < chunk->count; i++) {
        uint32_t row = number << 16 | i;
        if (recon_line_kind(recon_chunk_line(chunk, i)) != RECON_REFUND ||
            recon_row(reversals->ledger, row).state == RECON_VOID)
            continue;
        for (int id = 0; id < RECON_ID_COUNT; id++) {
            uint64_t packed = recon_row_id(reversals->ledger, row, (enum recon_id)id);
            if (packed != 0)
                add_reversed(reversals, packed, row);
        }
    }
}

static int by_hash_and_row(const void *a, const void *b) {
    const struct part_item *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

static void list_names(struct reversals *reversals) {
    const struct recon_ledger *ledger = reversals->ledger;
    reversals->listed = true;
    for (uint32_t n = 0; n < ledger->chunk_count; n++)
        if (ledger->sources[ledger->chunks[n].source].side != RECON_TERMINAL)
            add_names_of_chunk(reversals, n);
    if (reversals->count > 1)
        qsort(reversals->names, reversals->count, sizeof *reversals->names, by_hash_and_row);
}

static bool origins_differ(struct recon_ledger *ledger, uint32_t refund, uint32_t other,
                           enum recon_id others) {
    return recon_row_id(ledger, refund, RECON_ORIGIN_NO) != 0 &&
           recon_row_id(ledger, other, others) != 0 &&
           !recon_same_id(ledger, refund, RECON_ORIGIN_NO, other, others);
}

/* Is it, whole, what the terminal itself gave back? Its order says what became of that. */
static bool is_terminals_refund(struct recon_ledger *ledger, uint32_t refund) {
    int64_t fen = 0;
    for (uint32_t row = recon_next(ledger, refund); row != refund; row = recon_next(ledger, row)) {
        struct recon_row is = recon_row(ledger, row);
        if (ledger->sources[RECON_CHUNK(ledger, row)->source].side == RECON_TERMINAL &&
            is.state != RECON_VOID && !origins_differ(ledger, refund, row, RECON_ORIGIN_NO))
            fen += is.fen;
    }
    return fen > 0 && fen >= recon_row(ledger, refund).fen;
}

/* The same bill may have been paid before, and that given back. */
static bool is_of_earlier(const struct recon_ledger *ledger, uint32_t refund, uint32_t payment,
                          enum recon_id id) {
    int64_t back_s = recon_line(ledger, refund)->time, paid_s = recon_line(ledger, payment)->time;
    return id == RECON_TRACE_NO && back_s != 0 && paid_s != 0 && back_s < paid_s;
}

static bool refund_names_payment(struct recon_ledger *ledger, uint32_t refund, uint32_t payment,
                                 const struct naming *naming) {
    return recon_same_text(ledger, refund, naming->refunds, payment, naming->payments) &&
           !origins_differ(ledger, refund, payment, RECON_PAYMENT_NO) &&
           !is_of_earlier(ledger, refund, payment, naming->refunds) &&
           !is_terminals_refund(ledger, refund);
}

/* A refund names its payment as its origin, or has a number of the payment's as if it were its own.
 */
static void namings_of(struct recon_ledger *ledger, uint32_t payment,
                       struct naming out[RECON_ID_COUNT]) {
    const struct recon_entry *entry = recon_row_entry(ledger, payment);
    for (int i = 0; i < RECON_ID_COUNT; i++) {
        enum recon_id id = (enum recon_id)i;
        uint64_t packed = id == RECON_ORIGIN_NO ? recon_row_id(ledger, payment, RECON_PAYMENT_NO)
                          : entry != NULL
                              ? recon_id_pack(RECON_REFUND, id, entry->ids[id], entry->ids[id].at)
                              : 0;
        out[i] = (struct naming){id, id == RECON_ORIGIN_NO ? RECON_PAYMENT_NO : id,
                                 recon_id_hash(packed)};
    }
}

static bool payment_is_reversed(struct reversals *reversals, uint32_t payment) {
    struct naming namings[RECON_ID_COUNT];
    if (!reversals->listed)
        list_names(reversals);
    if (reversals->count == 0)
        return false;
    namings_of(reversals->ledger, payment, namings);
    for (int n = 0; n < RECON_ID_COUNT; n++) {
        uint32_t hash = namings[n].hash;
        for (size_t i = parts_first(reversals->names, reversals->count, hash);
             hash != 0 && i < reversals->count && reversals->names[i].key == hash; i++)
            if (refund_names_payment(reversals->ledger, reversals->names[i].row, payment,
                                     &namings[n]))
                return true;
    }
    return false;
}

/* Paid by what the terminal says, and not settled or without proof: more may be proposed of it. */
static bool is_open_payment(const struct recon_ledger *ledger, uint32_t row) {
    struct recon_row is = recon_row(ledger, row);
    return ledger->sources[RECON_CHUNK(ledger, row)->source].side == RECON_TERMINAL &&
           is.kind == RECON_PAYMENT &&
           (is.state == RECON_PENDING || is.state == RECON_UNCREDITED ||
            is.state == RECON_UNPROVEN);
}

static bool finding_is_open(const struct recon_ledger *ledger, const uint32_t *rows,
                            uint32_t count) {
    for (uint32_t i = 0; i < count; i++)
        if (is_open_payment(ledger, rows[i]))
            return true;
    return false;
}

void reversals_mark(struct recon_ledger *ledger, struct recon_result *result) {
    struct reversals reversals = {.ledger = ledger};
    for (size_t n = 0; n < result->finding_count; n++) {
        struct recon_finding *finding = &result->findings[n];
        const uint32_t *rows = result->members + finding->first;
        if (!finding_is_open(ledger, rows, finding->count))
            continue;
        for (uint32_t i = 0; i < finding->count && !finding->reversed; i++)
            finding->reversed = payment_is_reversed(&reversals, rows[i]);
    }
    free(reversals.names);
}
