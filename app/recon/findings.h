/* What a run comes to: sums of every class, and the findings. */
#ifndef HOPKIOSK_RECON_FINDINGS_H
#define HOPKIOSK_RECON_FINDINGS_H

#include "app/recon/classes.h"
#include "app/recon/proof.h"
#include "app/recon/sides.h"

struct recon_finding {
    uint32_t first, count; /* in members */
    int64_t fen;           /* of the deal, with its sign */
    uint8_t class, proof;  /* proof: of an unproven credit, a recon_proof */
    bool explained;        /* the source says why: no difference */
    bool one_view;         /* missing in one of the platform's two bills only */
    bool reversed; /* an open payment, and a refund that is none of the terminal's names it */
};

struct recon_sum {
    int64_t deals, explained, fen;
    int64_t rows[RECON_SOURCES_MAX], source_fen[RECON_SOURCES_MAX];
};

struct recon_result {
    struct recon_sum classes[RECON_CLASS_COUNT];
    struct recon_finding *findings; /* all but what agrees, by class, then in the order read */
    size_t finding_count, finding_room;
    uint32_t *members; /* rows */
    size_t member_count, member_room;
    int64_t by_time; /* deals that agree by amount and time alone */
};

/* Counts a deal, and keeps it when somebody may want to see it. */
void recon_conclude(struct judge *judge, enum recon_class class, const struct deal_row *rows,
                    size_t count, enum recon_proof proof);
void recon_sort_findings(struct recon_result *result);
/* Do the sums of all classes equal the sums that were counted while reading? */
bool recon_sums_hold(const struct recon_ledger *ledger, const struct recon_result *result);
/* Findings that somebody must look at. */
int64_t recon_differences(const struct recon_result *result);
void recon_result_free(struct recon_result *result);

#endif
