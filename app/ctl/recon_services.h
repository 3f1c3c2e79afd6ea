/* The services that reconciliation can ask, and how each is asked for its days. */
#ifndef HOPKIOSK_CTL_RECON_SERVICES_H
#define HOPKIOSK_CTL_RECON_SERVICES_H

#include "app/ctl/recon_fetch.h"
#include "app/platform/platform.h"

/* Both counted: "2026-11-27". */
struct fetch_days {
    char first[RECON_TIME_SIZE], last[RECON_TIME_SIZE];
    char begin[RECON_TIME_SIZE], end[RECON_TIME_SIZE]; /* "2026-11-27 23:59:59" */
};

struct recon_service {
    const char *name;   /* as in --source */
    const char *format; /* how its answers are read */
    const struct platform *platform;
    const char *operation;
    int days;          /* of one question */
    bool timed;        /* its rows have times: those of the days beside the period are told apart */
    bool links;        /* its answer is where the file lies */
    bool is_signed;    /* its document has the answer signed, and with it the digest of a file that
                          it links to; else nobody vouches for the rows */
    const char *pages; /* the member that says how many there are; NULL: one */
    void (*ask)(const struct config *config, const struct fetch_days *days, int page,
                cJSON *members);
    const char *instead; /* the operation asked for where there is no such interface; NULL: none */
    bool cut_unseen;     /* of an answer that was cut between two lines nothing is missed */
    bool in_parts;       /* it asks for times: what is too long for one answer is asked in halves */
};

#endif
