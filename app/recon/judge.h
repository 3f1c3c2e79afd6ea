/* Deals become classes: who has it, do the amounts and states agree. */
#ifndef HOPKIOSK_RECON_JUDGE_H
#define HOPKIOSK_RECON_JUDGE_H

#include "app/recon/classes.h"
#include "app/recon/match.h"

struct recon_finding {
    uint32_t first, count; /* in members */
    int64_t fen;           /* of the deal, with its sign */
    uint8_t class, proven; /* proven: an unproven credit that the hospital has */
    bool explained;        /* the source says why: no difference */
};

struct recon_sum {
    int64_t deals, explained, fen;
    int64_t rows[RECON_SOURCES_MAX], source_fen[RECON_SOURCES_MAX];
};

struct recon_rules {
    int64_t window_s; /* rows without a common kind of id may be so far apart */
    int64_t late_s;   /* so near to the border of the period the counterpart is of the next day */
};
#define RECON_WINDOW_S 600
#define RECON_LATE_S 600

struct recon_result {
    struct recon_sum classes[RECON_CLASS_COUNT];
    struct recon_finding *findings; /* all but what agrees, by class, then in the order read */
    size_t finding_count, finding_room;
    uint32_t *members; /* rows */
    size_t member_count, member_room;
    int64_t by_time; /* deals that agree by amount and time alone */
    bool three_way;
    int here; /* two-way: the source that is "here" */
};

/* Reads nothing but the ledger; joins deals by amount and time. */
void recon_judge(struct recon_ledger *ledger, const struct recon_index *index,
                 const struct recon_rules *rules, struct recon_result *result);
/* Do the sums of all classes equal the sums that were counted while reading? */
bool recon_sums_hold(const struct recon_ledger *ledger, const struct recon_result *result);
/* Findings that somebody must look at. */
int64_t recon_differences(const struct recon_result *result);
void recon_result_free(struct recon_result *result);

#endif
