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
#include "tests/sim/vfs.h"

#define SIM_PAYMENTS_MAX 64
#define SIM_REFUNDS_MAX 64
#define SIM_CREDITS_MAX 64
#define SIM_BILLS_MAX 48
#define BILL_STEM 7 /* characters of a number that stay when a bill is given a new one */
#define SIM_HOLDS_MAX (2 * SIM_BILLS_MAX)
#define SIM_WRITES_MAX 256
#define SIM_EPOCH_MS INT64_C(1795147200000) /* 2026-11-20 12:00 in China */
#define CHOICES_MAX 8192                    /* what comes after them cannot be left out */
#define STORY_MAX 64
#define SIM_TOLD_SIZE 160
#define SIM_CARDS 4 /* the last two are wristbands of inpatients */

/* ---- random ---- */
uint64_t random_next(uint64_t *state);
/* 0 .. below-1 */
int64_t random_below(uint64_t *state, int64_t below);
bool random_permille(uint64_t *state, int permille);

/* ---- what happens when ---- */
enum happening_kind {
    HAPPEN_ARRIVE = 0, /* a request at its peer */
    HAPPEN_ANSWER,     /* an answer at the terminal */
    HAPPEN_TIMEOUT,
    HAPPEN_COMMIT,
    HAPPEN_RESTART,
    HAPPEN_PATIENT,
    HAPPEN_PHONE,     /* a patient pays on the phone */
    HAPPEN_WINDOW,    /* a window settles a bill */
    HAPPEN_RETURN,    /* the platform returns late money */
    HAPPEN_CLOCK,     /* the terminal's clock jumps */
    HAPPEN_GIVE_BACK, /* a credited claim is wanted back */
    HAPPEN_PROMPT,    /* by now everything that the others know definitely is known here too */
    HAPPEN_CANCEL,    /* at the QR code */
    HAPPEN_STAFF,     /* a person decides a case */
    HAPPEN_CARD,      /* the bank has decided */
    HAPPEN_PRINTED,
    HAPPEN_SETTLE, /* the insurance's centre goes on with a payment */
    HAPPEN_CALL,   /* window software calls the desk */
    HAPPEN_RECHECK /* reconciliation asks about an order, or has a row of the hospital's */
};

struct happening {
    int64_t at_ms;
    uint32_t sequence;
    enum happening_kind kind;
    int64_t what; /* an index or a number, by kind */
};

/* ---- the other sides ---- */
/* Where the insurance's centre has a payment (1.3). */
enum centre_state {
    CENTRE_UPLOADED = 0,
    CENTRE_SETTLING,
    CENTRE_HALF, /* the insurance is settled, the own part is not */
    CENTRE_DONE,
    CENTRE_RETURNED,
    CENTRE_OWN_RETURNED,
    CENTRE_HALF_RETURNED,
    CENTRE_REVOKED,
    CENTRE_ABNORMAL,
    CENTRE_FAILED,
    CENTRE_STRANDED /* the own part was taken, the insurance failed */
};

struct sim_payment {
    char no[ORDER_NO_SIZE];
    int64_t fen, expire_ms, paid_ms, returned_fen;
    bool paid, failed, closed, late, returns_itself;
    bool card, cancelled; /* at the pinpad */
    int asked_by;         /* the request that waits for the card, from 1; 0 none */
    bool return_failed;   /* the platform tried by itself */
    bool other_amount;    /* says that another amount came than was asked */
    int64_t forgotten_until_ms;
    bool untimed;      /* it was told of without its time */
    int64_t listed_ms; /* the HIS made the last list that the terminal has heard for it */
    bool says_failed;  /* until somebody pays all the same */
    /* Of onepay: paid, and the hospital refused it. */
    bool refused;             /* to be placed */
    bool failed_back, kept;   /* its money went back by itself; stays with the platform */
    int64_t unknown_until_ms; /* whether the hospital has it */
    /* Of the insurance. */
    bool booked;                   /* the hospital has been told */
    bool insured, tells_split;     /* before it is paid */
    enum centre_state centre, was; /* now; before the last change */
    enum centre_state ends;        /* of the refund that was taken */
    int64_t changed_ms;
    int64_t own_fen, account_fen; /* the fund pays the rest */
    char bill[TRACE_NO_SIZE];
};
struct sim_refund {
    char no[ORDER_NO_SIZE];
    int payment;
    int64_t fen;
    bool done, refused;
    uint32_t request; /* that made it, of that life */
    int life;
    bool never_told;    /* whatever is asked about it, no answer is definite */
    int silent_queries; /* answered by "exception" so often first */
};
struct sim_bill {
    char org_trace_no[TRACE_NO_SIZE]; /* the newest; older ones are dead */
    int numbers;                      /* it has had so many */
    int card;
    int64_t fen;
    bool settled, by_window;
    int64_t settled_ms;
};
/* What the HIS has decided: a bill or a deposit is credited once for an org_trace_no. */
struct sim_credit {
    char org_trace_no[TRACE_NO_SIZE];
    char amp_trace_id[CLAIM_TRACE_SIZE];
    char call_sn[TRACE_NO_SIZE];
    int64_t fen;      /* still booked */
    bool taken_back;  /* all of it */
    bool lied;        /* ORG_003 was answered with a no all the same */
    bool not_back;    /* the last ORG_005 was refused */
    bool refused;     /* a definite no, for good: a doubled request hears it again */
    uint32_t request; /* that made it, of that life */
    int life;
    int64_t known_ms; /* ORG_004 knows it from then on */
};

struct sim_request {
    uint32_t number;
    int life; /* of the terminal that asked */
    enum verb verb;
    int card;
    char order_no[ORDER_NO_SIZE], refund_no[ORDER_NO_SIZE];
    char org_trace_no[TRACE_NO_SIZE], amp_trace_id[CLAIM_TRACE_SIZE];
    int64_t fen, expire_ms;
    enum channel channel;
    bool answered; /* the terminal has its one answer */
    bool acted;
    bool late, twice;
    int64_t acted_ms, listed_ms; /* listed_ms: of its payment when it left */
    bool unlooked;               /* the HIS answers 01 and does nothing, also to its double */
    struct event_answer answer;
};

/* Out of a thousand, or a length. All zero in the liveness phase. */
struct sim_faults {
    int lose_request, lose_answer, delay, twice, garble, kill, disk;
    int his_refuses, his_odd, his_lies, window_races, refund_refused, refund_odd;
    int other_amount, code_amount, says_failed, forget, stale, return_fails, uncredit_refused;
    int no_time;    /* a payment is told of without its time */
    int centre_odd; /* what the insurance's centre settles late, half, or not as it says */
    bool power;     /* kills cut the power as well */
};

struct sim_write {
    uint32_t number;
    struct order order;
    struct part_note notes[NOTES_MAX];
    int note_count;
    struct hold holds[SIM_HOLDS_MAX];
    int hold_count;
    int64_t wall_ms;
    enum journal_result result;
};

/* How an order stood when it was last durable, and what has left for it in all its lives. */
struct sim_durable {
    char no[ORDER_NO_SIZE];
    struct order order;
    bool placed;
    int life;         /* in which it was opened, or taken up for the first time */
    int closed_life;  /* in which the last close left; 0: none, or it never left the machine */
    int no_life;      /* in which life the last close was heard to be refused; 0: it was not */
    bool knows_no;    /* and that is durable */
    int closing_life; /* began with a close under way: a no to another proves nothing */
    bool close_left;  /* it may have: the machine, if only for nowhere */
    uint64_t credited, asked; /* bits of claims; asked: since the last credit */
    uint64_t credit_left;     /* an ORG_003 of it has left, or may have */
};

/* What has left for an order, in its order; for no order: what visits asked. */
struct sim_sent {
    char no[ORDER_NO_SIZE];
    uint64_t digest;
};

/* A visit that always goes the same way. Times count from the visit's beginning, but pays_ms and
 * cancel_ms from the QR code; 0: never. */
struct flow {
    const char *name;
    int card;
    enum channel channel;
    int bills;
    int64_t pays_ms, cancel_ms, window_ms;
    int64_t give_back_permille; /* of the first claim */
    bool renumbers;
    bool his_refuses, his_odd, uncredit_refused, refund_refused, returns_itself, other_amount;
};
enum edge_fault {
    EDGE_NONE = 0,
    EDGE_KILL,         /* the program, just before */
    EDGE_KILL_AGAIN_1, /* and once more, one boundary later; two; three */
    EDGE_KILL_AGAIN_2,
    EDGE_KILL_AGAIN_3,
    EDGE_POWER, /* the machine, just after; what was not synced is gone */
    EDGE_TORN,  /* a power cut within the write, a message cut short */
    EDGE_FULL,  /* the disk, for a minute */
    EDGE_LOST,
    EDGE_TWICE,
    EDGE_LATE, /* a message comes when nobody waits for its answer any more */
    EDGE_FAULT_COUNT
};
/* One boundary of one flow with one fault; at 0: none. */
struct edge {
    const struct flow *flow;
    uint64_t seed;
    int64_t at;
    enum edge_fault fault;
};

/* What chance decided in a world: faults and what people do. */
struct sim_told {
    int64_t at_ms;
    char text[SIM_TOLD_SIZE];
};
struct sim_choices {
    int count;                    /* so far */
    uint8_t dropped[CHOICES_MAX]; /* not 0: they do not happen */
    uint64_t without;             /* bits: faults that do not exist */
    int told;
    struct sim_told story[STORY_MAX];
};

/* ---- what was met: part, state, event, fault ---- */
enum pair_part { PAIR_LEG = 0, PAIR_CLAIM, PAIR_REFUND, PAIR_PARTS };
enum pair_event {
    PAIR_WRITTEN = 0, /* its new state */
    PAIR_RESTARTS,
    PAIR_CANCELLED,
    PAIR_WANTED_BACK,
    PAIR_HEARS, /* and a verb: the answer to it */
    PAIR_EVENTS = PAIR_HEARS + VERB_COUNT
};
enum pair_fault {
    PAIR_CLEAN = 0,
    PAIR_LATE,
    PAIR_TWICE,
    PAIR_SILENT,
    PAIR_UNREACHED,
    PAIR_GARBLED,
    PAIR_FAILED, /* the write */
    PAIR_KILLED,
    PAIR_POWER,
    PAIR_FAULTS
};
#define PAIR_STATES 16
struct pairs {
    int64_t counts[PAIR_PARTS][PAIR_STATES][PAIR_EVENTS][PAIR_FAULTS];
    int forks[PAIR_PARTS][PAIR_STATES][PAIR_EVENTS];
};

/* Each draws from its own numbers, so that what one leaves out changes little for the others; the
 * network and the peers for each order from others. */
#define STREAM_ORDERS 16
enum sim_stream {
    STREAM_WORLD = 0,
    STREAM_PATIENT,
    STREAM_PEERS,
    STREAM_WIRE = STREAM_PEERS + STREAM_ORDERS,
    STREAM_RECHECK = STREAM_WIRE + STREAM_ORDERS,
    STREAM_COUNT
};

/* A number of window software, what it means there and what was told of it. */
#define SIM_CALLED_MAX 8
struct sim_called {
    char order_no[ORDER_NO_SIZE]; /* "": none is known yet */
    int64_t fen;                  /* 0: not called yet */
    int card;
    enum channel channel;
    enum call_news told; /* a final one; CALL_UNDER_WAY: none yet */
    bool lies;           /* the call under way names another amount or person */
};

struct sim {
    uint64_t seed, random; /* random: of the stream in use */
    uint64_t streams[STREAM_COUNT];
    enum sim_stream stream;
    struct pairs *pairs;            /* NULL: nobody counts */
    int64_t rare_step;              /* the first that met something rare; 0: none */
    int64_t fork_step, fork_number; /* from this step on chance goes on otherwise; 0: not at all */
    bool died_of_power;
    bool faults_last; /* also when the last patient has gone, and late money is returned soon */
    int64_t now_ms;   /* true time; the others' clocks */
    int64_t wall_offset_ms, boot_ms;
    bool safety, failed, tracing;
    bool onepay; /* wallets are paid by a platform that credits by itself */
    bool desk;   /* ... and window software calls */
    bool mmpc;   /* bills can be paid by insurance */
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
    bool kept; /* the disk of a new terminal, of `kept_seed` */
    uint64_t kept_seed;
    bool running;
    int life;
    struct sim_write *writes; /* given to the journal, not committed */
    int write_count;
    bool committing;
    struct sim_durable durable[SIM_PAYMENTS_MAX];
    int durable_count;
    struct sim_sent sent[SIM_PAYMENTS_MAX + 1];
    int sent_count;

    struct sim_request *requests;
    int request_count, request_size;
    int64_t down_until_ms[2]; /* platform, HIS */

    struct sim_payment payments[SIM_PAYMENTS_MAX];
    int payment_count;
    struct sim_refund refunds[SIM_REFUNDS_MAX];
    int refund_count;
    struct sim_bill bills[SIM_BILLS_MAX];
    int bill_count;
    struct sim_credit credits[SIM_CREDITS_MAX];
    int credit_count;
    int returns_late;           /* out of a thousand, by itself */
    bool refuses_known_refunds; /* what comes again with the same number */
    bool his_pends;             /* what it has not looked at it calls pending, else 01 */
    bool part_is_returned; /* the platform says refund_success of a payment when a part went back */
    bool his_renumbers;  /* every bill at every ORG_002, and has no other name for it than its lines
                          */
    bool his_knows_dead; /* a number that is dead: `fail`, else ret_code 02 */
    int64_t his_lag_ms;  /* a settled bill is listed for so long */
    bool his_names;      /* ORG_004 says whose settlement it is */
    bool his_repeats;    /* answers the same ORG_003 again as before; else it refuses it */
    bool his_tells_last; /* ORG_004 tells of the last thing that was tried, ORG_005 included */
    bool his_is_lenient; /* takes money for a bill that the window has settled */
    bool his_says_fail;  /* ORG_004 of what is not settled: `fail`, else ret_code 01 */

    struct sim_called called[SIM_CALLED_MAX];

    int visits_left, card;
    enum service service;
    bool planned; /* what the patient does with the QR code */
    bool monkey;  /* touches anything, and so do the devices */
    struct document **documents;
    int document_count, document_size;
};

/* ---- world.c ---- */
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

/* ---- shrink.c: worlds without some of what happened in them ---- */
bool sim_chance_of(struct sim *sim, int permille, const char *level);
/* Somebody is about to do this; false: not in this world. */
bool sim_happens(struct sim *sim, const char *format, ...) __attribute__((format(printf, 2, 3)));
bool sim_has_power_cuts(const struct sim *sim);
void choices_begin(struct sim *sim);
/* Leaves out of the world that has just failed whatever can be left out, and prints the rest as a
 * story; it stays so until shrink_end. */
void shrink_world(struct sim *sim, uint64_t seed);
void shrink_end(struct sim *sim);

/* ---- edges.c: every boundary ---- */
struct edge_totals {
    int64_t flows, boundaries, combinations, failed, orders;
    uint64_t digest, outcomes;
};
/* By so many processes; what is found does not depend on how many. */
void edges_play(struct sim *sim, uint64_t seed, int processes, struct edge_totals *totals);
/* What happens at the boundary that is passed now. */
enum edge_fault edge_pass(struct sim *sim);
bool edge_parse(const char *word, struct edge *out);

/* ---- terminal.c: the shell ---- */
/* The disk of a terminal whose journal was just made. */
void terminal_lay_disk(struct sim *sim);
void terminal_start(struct sim *sim);
void terminal_kill(struct sim *sim);
void terminal_die(struct sim *sim, enum vfs_loss loss);
void terminal_stop(struct sim *sim);
struct now terminal_now(const struct sim *sim);
void terminal_event(struct sim *sim, struct event event);
void terminal_commit(struct sim *sim);
/* Joins a list of bills with what the journal holds. */
void terminal_mark_held(struct sim *sim, const struct sim_request *request,
                        const struct event_answer *answer);
/* Somebody wants a credited claim of an order back; -1: of any. */
void terminal_give_back(struct sim *sim, int durable);
/* A person resolves one of the open cases. */
void terminal_resolve(struct sim *sim);
/* policy.late_window_ms: shorter in flows, whose boundaries would else be mostly its questions. */
int64_t terminal_late_window_ms(const struct sim *sim);
/* When it wants a TICK, in true time. */
int64_t terminal_deadline(const struct sim *sim);

/* ---- pairs.c: what was met ---- */
/* Before the terminal hears it. */
void pairs_note_answer(struct sim *sim, const struct sim_request *request,
                       const struct event_answer *answer, bool silent);
void pairs_note_write(struct sim *sim, const struct order *order, enum pair_fault fault);
void pairs_note_restart(struct sim *sim, const struct order *order);
void pairs_note_cancel(struct sim *sim);
void pairs_note_wanted_back(struct sim *sim, const struct order *order, int claim);
bool pairs_write(const struct pairs *pairs, const char *path);

/* ---- request.c: what a request may say ---- */
void request_choose_policy(struct sim *sim, struct policy *policy);
void request_check(struct sim *sim, const struct sim_request *request, const struct order *order);

/* ---- durable.c: nothing leaves before it is durable, and nothing twice ---- */
void durable_note_order(struct sim *sim, const struct order *order);
/* False: this life of the terminal has had it before. */
bool durable_note_restored(struct sim *sim, const struct order *order);
void durable_check_sent(struct sim *sim, const struct order *order, const struct effect *effect);
/* A close of it has left, or may have. */
void durable_note_close(struct sim *sim, const char *order_no);
/* ... an ORG_003 for this number. */
void durable_note_credit(struct sim *sim, const struct sim_request *request);
/* The order as it is durable; NULL: there is none. */
const struct order *durable_order(const struct sim *sim, const char *order_no);
bool durable_credit_left(const struct sim *sim, const char *order_no, int claim);
/* What an answer allows: a close again after a no, a credit again after asking. */
void durable_note_answer(struct sim *sim, const struct sim_request *request,
                         const struct event_answer *answer);
/* Was it durable that a close had been refused? Did one leave, or may it have? */
bool durable_knew_no(const struct sim *sim, const char *order_no);
bool durable_close_left(const struct sim *sim, const char *order_no);

/* ---- wire.c ---- */
void wire_send(struct sim *sim, const struct sim_request *request, int64_t timeout_ms);
void wire_arrive(struct sim *sim, int request);
void wire_answer(struct sim *sim, int request);
void wire_timeout(struct sim *sim, int request);
/* The answer to a request that had to wait sets out. */
void wire_reply(struct sim *sim, int request);
/* What the terminal asks of itself: its journal. */
void wire_local(struct sim *sim, const struct sim_request *request,
                const struct document *document);

/* ---- platform.c, his.c, patient.c ---- */
void platform_act(struct sim *sim, const struct sim_request *request, struct event_answer *answer);
void platform_phone(struct sim *sim, int payment);
void platform_return(struct sim *sim, int payment);
/* The payment's index. */
int platform_place(struct sim *sim, const struct sim_request *request);
int platform_find(const struct sim *sim, const char *no);
/* Is there a refund of it of which it never says what became of it? */
bool platform_never_tells(const struct sim *sim, const char *no);
void his_open(struct sim *sim);
void his_act(struct sim *sim, const struct sim_request *request, struct event_answer *answer);
void his_window(struct sim *sim, int bill);
/* An ORG_003 did not get through: perhaps its bill is settled at a window soon. */
void his_race(struct sim *sim, const char *org_trace_no);
/* Does it say `fail` of what it had credited? */
bool his_contradicts(const struct sim *sim, const char *org_trace_no);
int64_t his_credited_fen(const struct sim *sim, const char *order_no);
bool his_window_paid(const struct sim *sim, const char *org_trace_no);
const char *sim_card_no(int card);
int sim_card_of(const char *no);
void patient_begin(struct sim *sim);
void patient_act(struct sim *sim);
void patient_cancel(struct sim *sim);

/* The hospital books all claims of an order, or none. */
bool his_book(struct sim *sim, const struct order *order);
/* ... takes so much of a claim back, as onepay tells it. */
void his_unbook(struct sim *sim, const char *amp_trace_id, int64_t fen);

/* ---- onepay.c ---- */
void onepay_act(struct sim *sim, const struct sim_request *request, struct event_answer *answer);
void onepay_paid(struct sim *sim, int payment);

/* ---- mmpc.c ---- */
void mmpc_act(struct sim *sim, const struct sim_request *request, struct event_answer *answer);
/* The patient confirms on the phone; the centre goes on. */
void mmpc_confirm(struct sim *sim, int payment);
void mmpc_settle(struct sim *sim, int payment);
/* Fails when a bill of the order is uploaded for another. */
void mmpc_check_sale(struct sim *sim, const char *order_no);

/* ---- caller.c: window software at the desk ---- */
void caller_begin(struct sim *sim);
void caller_act(struct sim *sim, int called);
void caller_hears(struct sim *sim, const struct effect *effect);
/* Is it its number's only payment, and does what was told of it still hold? */
void caller_check_order(struct sim *sim, const struct order *order);

/* ---- recheck.c: reconciliation ---- */
void recheck_begin(struct sim *sim);
void recheck_act(struct sim *sim);

/* ---- pinpad.c ---- */
bool pinpad_serves_request(const struct sim *sim, const struct sim_request *request);
/* False: the patient is still at it, the answer comes with wire_reply. */
bool pinpad_act(struct sim *sim, const struct sim_request *request, int asked_by,
                struct event_answer *answer);
void pinpad_decide(struct sim *sim, int payment);

/* ---- outcome.c ---- */
/* A message has left. */
void outcome_note_sent(struct sim *sim, const struct sim_request *request);
/* What became of an order at the end. */
void outcome_note_order(struct sim *sim, const struct order *order);

/* ---- ledger.c ---- */
/* True when every order of the journal is settled. */
bool ledger_settled(struct sim *sim);
void ledger_check(struct sim *sim);
/* Fails when something is still unknown here that the other side would say definitely. */
void ledger_prompt(struct sim *sim);

const char *verb_word(enum verb verb);

#endif
