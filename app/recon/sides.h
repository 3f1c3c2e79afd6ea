/* Which sources a run has, and who of them stands where. */
#ifndef HOPKIOSK_RECON_SIDES_H
#define HOPKIOSK_RECON_SIDES_H

#include "app/recon/deal.h"

struct recon_rules {
    int64_t window_s; /* rows without a common kind of id may be so far apart */
    int64_t late_s;   /* so near to the border of the period the counterpart is of the next day */
};
#define RECON_WINDOW_S 600
#define RECON_LATE_S 600

struct recon_result;
struct origins;
struct taken_credit;

/* What is known before any deal is looked at. */
struct judge {
    struct recon_ledger *ledger;
    struct origins *origins;
    const struct recon_rules *rules;
    struct recon_result *result;
    /* Three-way: a lane is a side. Two-way: 1 is here, 2 is there; the terminal is here. */
    unsigned lane[RECON_SOURCES_MAX], whole; /* whole: the lanes that a deal needs */
    unsigned hospital;                       /* its lane; 0: it is not there */
    bool three_way;
    int here;          /* two-way: the source that is "here" */
    bool channel_pair; /* upp and channel both: two views of one payment */
    unsigned views;    /* their sources, bits */
    unsigned has_before,
        has_after;              /* lanes of which rows of the day before, the day after are here */
    struct taken_credit *taken; /* that the hospital took back itself: taken.h */
    size_t taken_count;
};

void judge_lay_lanes(struct judge *judge);
bool deal_row_is_terminals(const struct judge *judge, const struct deal_row *row);
/* The sums, to a platform's added what only the terminal lists: cash, beside what is listed. */
struct deal_sums deal_sums_listed(const struct judge *judge, const struct deal_row *rows,
                                  size_t count);
/* The lanes that have a row which is not void. */
unsigned deal_lanes(const struct judge *judge, const struct deal_row *rows, size_t count);

#endif
