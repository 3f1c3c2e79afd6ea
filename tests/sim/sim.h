/* The simulator: the real core and the real journal in a world made of one seed. Virtual time; a
 * platform, an HIS and patients that remember their own books; a network that loses, delays,
 * doubles and garbles; a terminal that is killed anywhere. First the safety phase with faults, then
 * the liveness phase without; then the books are compared per fen. */
#ifndef HOPKIOSK_SIM_H
#define HOPKIOSK_SIM_H

#include <stdbool.h>
#include <stdint.h>

#include "app/core/core.h"
#include "app/core/desk/desk.h"
#include "app/journal/journal.h"
#include "tests/sim/caller.h"
#include "tests/sim/chance.h"
#include "tests/sim/crowd.h"
#include "tests/sim/damage.h"
#include "tests/sim/durable.h"
#include "tests/sim/edges.h"
#include "tests/sim/happening.h"
#include "tests/sim/his.h"
#include "tests/sim/masked.h"
#include "tests/sim/other_kiosk.h"
#include "tests/sim/pairs.h"
#include "tests/sim/patient.h"
#include "tests/sim/platform.h"
#include "tests/sim/shrink.h"
#include "tests/sim/terminal.h"
#include "tests/sim/vfs.h"
#include "tests/sim/wire.h"

#define SIM_EPOCH_MS INT64_C(1795147200000) /* 2026-11-20 12:00 in China */

struct sim {
    uint64_t seed, random; /* random: of the stream in use */
    uint64_t streams[STREAM_COUNT];
    enum sim_stream stream;
    struct pairs *pairs;            /* NULL: nobody counts */
    const char *journals;           /* a folder that keeps each world's journal; NULL: none */
    int64_t rare_step;              /* the first that met something rare; 0: none */
    int64_t fork_step, fork_number; /* from this step on chance goes on otherwise; 0: not at all */
    bool died_of_power;
    bool faults_last; /* also when the last patient has gone, and late money is returned soon */
    int64_t now_ms;   /* true time; the others' clocks */
    int64_t wall_offset_ms, boot_ms;
    bool safety, failed, tracing;
    bool onepay;    /* wallets are paid by a platform that credits by itself */
    bool desk;      /* ... and window software calls */
    bool mmpc;      /* bills can be paid by insurance */
    bool amp;       /* ... by a message to the phone */
    bool uploads;   /* ... of fees that are uploaded first */
    bool own_parts; /* of `mmpc`: the insurance settles its part alone, the own part is paid here */
    struct {
        char no[ORDER_NO_SIZE];
        int64_t wall_ms;
    } own_chosen; /* how an own part is paid, by the terminal's clock: the last one */
    char failure[256];
    uint64_t failure_kind; /* two failures of one kind say the same of other numbers */
    char last_line[128];   /* of the trace */
    struct sim_choices choices;
    uint64_t digest; /* of everything that happened, in order */
    uint64_t
        outcomes;  /* of what became of each order and of what was sent for it, when is not told */
    int64_t spins; /* TICKs that were wanted and did nothing */
    int64_t steps, kills, orders, faults_done;
    int64_t effect_count; /* run so far */
    int64_t kill_at; /* no faults at all but one kill before this effect; 0: faults by chance */
    int64_t give_backs, resolved, proven;
    char last_no[ORDER_NO_SIZE]; /* the greatest durable number */
    struct sim_faults faults;
    struct edge edge; /* flow NULL: chance plays */
    int64_t edges_passed, full_until_ms;

    struct happening *heap;
    int heap_count, heap_size;
    uint32_t sequence;

    struct core core;
    struct effects effects;
    struct journal *journal;
    struct vfs *vfs;
    bool kept; /* the disk of a new terminal */
    bool running;
    int life;
    struct sim_write *writes; /* given to the journal, not committed */
    int write_count;
    bool committing;
    struct sim_durable durable[SIM_PAYMENTS_MAX];
    int durable_count;
    char durable_nos[SIM_PAYMENTS_MAX][ORDER_NO_SIZE]; /* again, side by side */
    char unwritten[SIM_UNWRITTEN_MAX][ORDER_NO_SIZE];  /* numbers in writes that failed, so far */
    int unwritten_count;
    struct sim_sent sent[SIM_PAYMENTS_MAX + 1];
    int sent_count;

    struct sim_request *requests;
    int request_count, request_size;
    int64_t down_until_ms[2]; /* platform, HIS */

    struct sim_payment payments[SIM_PAYMENTS_MAX];
    int payment_count;
    struct sim_refund refunds[SIM_REFUNDS_MAX];
    int refund_count;
    struct sim_refund unbookings[SIM_REFUNDS_MAX]; /* of what was paid at a desk's pinpad */
    int unbooking_count;
    struct sim_bill bills[SIM_BILLS_MAX];
    int bill_count;
    struct sim_credit credits[SIM_CREDITS_MAX];
    int credit_count;
    struct sim_tried tried[SIM_TRIED_MAX];
    int tried_count;
    int returns_late;           /* out of a thousand, by itself */
    bool refuses_known_refunds; /* what comes again with the same number */
    bool his_pends;             /* what it has not looked at it calls pending, else 01 */
    int late_hours;             /* policy.late_window_ms */
    bool part_is_returned; /* the platform says refund_success of a payment when a part went back */
    bool his_renumbers;  /* every bill at every ORG_002, and has no other name for it than its lines
                          */
    bool his_knows_dead; /* a number that is dead: `fail`, else ret_code 02 */
    int64_t his_lists;   /* looks at a list so far, by whomever */
    bool his_looked_at;  /* somebody's telephone looks at each bill once, just behind an order */
    int64_t his_lag_ms;  /* a settled bill is listed for so long */
    bool his_names;      /* ORG_004 says whose settlement it is */
    bool his_repeats;    /* answers the same ORG_003 again as before; else it refuses it */
    bool his_tells_last; /* ORG_004 tells of the last thing that was tried, ORG_005 included */
    bool his_by_visit;   /* ORG_004 tells of the newest settlement of the card, trials included */
    struct {
        bool any, succeeded;
        char call_sn[TRACE_NO_SIZE];
    } newest[SIM_CARDS_MAX]; /* then */
    /* Nobody gets it back at both places there: of an ORG_005 without an answer `closed` is ours.
     */
    bool his_gives_back; /* a window takes back what was credited, and the bill is due again */
    bool his_is_lenient; /* takes money for a bill that the window has settled */
    bool his_says_fail;  /* ORG_004 of what is not settled: `fail`, else ret_code 01 */

    struct sim_called called[SIM_CALLED_MAX];
    struct sim_other_kiosk other;
    struct sim_crowd crowd;
    struct sim_masked masked;
    struct sim_damage damage;

    int visits_left, card;
    enum service service;
    bool planned;         /* what the patient does with the QR code */
    bool monkey;          /* touches anything, and so do the devices */
    bool code_taken_back; /* the phone's code that was held out last: it must not be charged */
    struct document **documents;
    int document_count, document_size;
};

/* kill_at 0: faults by chance; else none but a kill before that effect. */
void sim_run(struct sim *sim, uint64_t seed, int64_t kill_at);
/* From now on what stops the core stops only its world. */
void sim_catch_assertions(void);
/* One flow with one fault at one boundary. */
void sim_run_edge(struct sim *sim, const struct edge *edge);
void sim_after(struct sim *sim, int64_t ms, enum happening_kind kind, int64_t what);
void sim_fail(struct sim *sim, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A line of the trace; also what "same seed, same trace" compares. */
void sim_trace(struct sim *sim, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The digest of one world after those before it. */
uint64_t sim_digest(uint64_t before, uint64_t world);
uint64_t sim_digest_text(uint64_t before, const char *text);
/* The stream that was used until now. */
enum sim_stream sim_draw_from(struct sim *sim, enum sim_stream stream);
/* Out of a thousand. The text of the level tells the faults from the rest. */
#define sim_chance(sim, permille) sim_chance_of((sim), (permille), #permille)
int64_t sim_between(struct sim *sim, int64_t low, int64_t high);
/* Zeroed, lives to the end of the run. */
void *sim_document(struct sim *sim, size_t size);

const char *verb_word(enum verb verb);

#endif
