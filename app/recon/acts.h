/* What the terminal's order law could settle of a difference: proposed, never done here. */
#ifndef HOPKIOSK_RECON_ACTS_H
#define HOPKIOSK_RECON_ACTS_H

#include "app/recon/findings.h"

enum recon_act_kind {
    RECON_ACT_ASK = 0, /* paid, not credited: the terminal asks about its order again */
    RECON_ACT_PROVE,   /* the hospital's books prove a credit that had no proof */
    RECON_ACT_RESOLVE, /* the other sides' books answer what its only open case asks */
    RECON_ACT_COUNT
};

struct recon_act {
    enum recon_act_kind kind;
    uint32_t row, because; /* the terminal's; the other side's */
};
#define RECON_ACTS_MAX 8 /* of one finding; more parts than that a person looks at */

/* Returns how many. */
int recon_acts_of(struct recon_ledger *ledger, const struct recon_result *result,
                  const struct recon_finding *finding, struct recon_act out[RECON_ACTS_MAX]);
const char *recon_act_word(enum recon_act_kind kind);
const char *recon_act_text(enum recon_act_kind kind, enum language language);

#endif
