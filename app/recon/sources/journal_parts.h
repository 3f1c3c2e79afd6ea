/* The parts of an order of our journal: its legs, its claims with their shares. */
#ifndef HOPKIOSK_RECON_SOURCES_JOURNAL_PARTS_H
#define HOPKIOSK_RECON_SOURCES_JOURNAL_PARTS_H

#include "app/recon/sources/json_scan.h"
#include "app/recon/sources/source.h"

#define LEGS_MAX 4

struct journal_leg {
    struct recon_slice no, state, channel, paid_by, paid, out_no, in_no, portal_trace, route;
    struct fen amount, seen;
    struct fen own;   /* of an insured one, where who pays what is known */
    bool split_known; /* ... */
    bool shared;      /* a claim has money of it */
    bool went_back;   /* a refund of it was not refused */
};

/* A case that a person has decided. */
struct journal_decided {
    struct recon_slice part, how; /* "claim 0" */
};
#define JOURNAL_DECIDED_MAX 32

struct journal_order {
    struct source *source;
    struct json_scan scan;
    /* Where its members stand; 0: nowhere. */
    size_t legs_at, claims_at, refunds_at, cases_at;
    struct recon_slice no, created, service, state, more;
    struct journal_leg legs[LEGS_MAX];
    int leg_count, claim_count, count;
    struct recon_slice trace_no; /* of the last claim that was credited */
    struct journal_decided decided[JOURNAL_DECIDED_MAX];
    int decided_count;
    uint64_t going_back; /* a bit a claim: it has a refund */
    struct recon_entry *entries;
};

/* A member's name and where its text goes. */
struct text_row {
    const char *name;
    struct recon_slice *to;
};

bool journal_member_text(struct json_scan *scan, size_t *at, struct recon_slice name,
                         const struct text_row *rows);
/* All texts of the object at `*at`. */
bool journal_object(struct json_scan *scan, size_t *at, const struct text_row *rows);
/* One case of the order; what is open decides nothing. */
bool journal_read_case(struct journal_order *order, size_t *at);
/* What a person decided about a part in a case; `otherwise` when nobody has, or in words only. */
enum recon_state journal_decided_state(const struct journal_order *order, const char *word, int n,
                                       enum recon_state otherwise);
bool journal_amount(struct json_scan *scan, size_t at, struct recon_slice text, struct fen *out);
/* Has the order's bill two legs, the insurance's and the own part's? */
bool journal_is_in_parts(const struct journal_order *order);
/* Does no platform's file have it? Cash, a bank card, and what the insurance pays beside an own
 * part that is another leg's. */
bool journal_is_unlisted(const struct journal_order *order, const struct recon_entry *entry);
/* Of what the insurance's centre settles whole its file has the own part alone (mmpc 1.5): the
 * entry becomes that, and beside it stands what no platform's file has; of an own part of nothing
 * that is all. Only of money that has moved, of all of the leg. False after a complaint. */
bool journal_part_own(struct journal_order *order, size_t at, const struct journal_leg *leg,
                      struct recon_entry *entry);
/* The next entry of the order; NULL after a complaint. */
struct recon_entry *journal_entry(struct journal_order *order, size_t at);
bool journal_time(struct journal_order *order, size_t at, struct recon_slice text,
                  struct recon_entry *entry);
bool journal_read_leg(struct journal_order *order, size_t *at);
bool journal_read_claim(struct journal_order *order, size_t *at);
/* Legs that no claim was given a share of. */
bool journal_lone_legs(struct journal_order *order);

#endif
