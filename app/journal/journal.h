/* The journal: what happened, made durable before it has consequences. SQLite, WAL,
 * synchronous=FULL.
 *
 * Two layers: journal_* is synchronous and single-threaded (used by the pump, kioskctl and the
 * simulator, which gives it a VFS of its own); journal_pump_* runs it on a thread. The kiosk is the
 * only writer (flock on the file itself). PATH.identity says which journal is this installation's:
 * one that is gone or another's is never begun anew or gone on with by itself. order_events is
 * append-only, numbered per terminal, each row
 * hashed with the hash of the row before it; its payload holds the rows of legs, claims and refunds
 * as they were written, so the states can be proven from it.
 */
#ifndef HOPKIOSK_JOURNAL_JOURNAL_H
#define HOPKIOSK_JOURNAL_JOURNAL_H

#include <stddef.h>
#include <stdint.h>

#include "app/core/order/book.h"
#include "app/core/order/holds.h"
#include "app/core/order/order.h"

struct journal;

enum journal_result {
    JOURNAL_OK = 0,
    JOURNAL_BUSY, /* another kiosk has it */
    JOURNAL_FULL, /* the disk */
    JOURNAL_IO,
    JOURNAL_CORRUPT,
    JOURNAL_NEWER,    /* written by a newer version */
    JOURNAL_OLDER,    /* ... by an older one, and this is no kiosk that brings it to its own */
    JOURNAL_LOST,     /* the installation had a journal: it is gone, or emptied */
    JOURNAL_FOREIGN,  /* another installation's */
    JOURNAL_CONFLICT, /* something of the order is held by another */
    JOURNAL_LINK,     /* a symbolic link stands in its place */
    JOURNAL_NOT_FOUND
};

/* What a result means, a sentence; also when journal_open left no journal to ask. */
const char *journal_result_text(enum journal_result result);

struct journal_options {
    const char *path;
    const char *terminal_id;
    const char *begun_by; /* of a new journal: who began it on purpose; NULL: the first start */
    const char *vfs;      /* NULL: the system's; another: no lock, no identity file */
    bool read_only;       /* kioskctl, lists: beside a running kiosk; no lock, no migration */
};

/* One PERSIST: the order as it is after the step and what the turn noted, each note a row of
 * order_events; the first of them holds the rows that changed. `evidence` is masked JSON ("" or
 * NULL none): what was asked and answered. A part that enters its CASE state opens a row of
 * `cases`. Pointers live until the call returns. A write without notes says again what is owed. */
#define JOURNAL_EVIDENCE_MAX 262144 /* bytes; of a longer one only its length is kept */
/* The message in which a caller of the desk asked for a payment, or a refund. */
struct caller_words {
    const char *operation; /* the message's name; NULL: none */
    const char *members;   /* JSON */
};
struct journal_write {
    const struct order *order;
    const struct part_note *notes;
    int note_count;
    int64_t wall_ms;
    const char *evidence;
    const struct hold *holds; /* with the order's first write: what it takes (JOURNAL_CONFLICT:
                                 somebody has it). They are let go by the write after which a claim
                                 holds nothing any more. */
    int hold_count;
    /* What the order has no room for, and the platform is to hear again after a restart. It stays
     * until another write brings other words, or the order is settled. */
    struct caller_words words;
};

/* `*out` is NULL unless JOURNAL_OK. */
__attribute__((warn_unused_result)) enum journal_result
journal_open(const struct journal_options *options, struct journal **out);
void journal_close(struct journal *journal);
const char *journal_error(const struct journal *journal); /* of the last failure, a sentence */
/* Two letters or digits, made once with the journal: part of every number of ours, so that two
 * terminals with the same terminal.no give out no equal one. */
#define INSTALLATION_SIZE 3
__attribute__((warn_unused_result)) enum journal_result
journal_installation(struct journal *journal, char out[INSTALLATION_SIZE]);
/* Whether the file at `path` may be opened or begun as this installation's: JOURNAL_OK,
 * JOURNAL_LOST or JOURNAL_FOREIGN (an identity that cannot be read), without touching it. */
__attribute__((warn_unused_result)) enum journal_result journal_look(const char *path);
/* Whether an open journal is the one that the identity file at `path` names; JOURNAL_NOT_FOUND:
 * there is no such file. */
__attribute__((warn_unused_result)) enum journal_result journal_belongs(struct journal *journal,
                                                                        const char *path);
/* Puts the journal and its identity aside under another name, which goes into `aside`, so that the
 * next journal_open begins a new one. JOURNAL_NOT_FOUND: there is none. */
__attribute__((warn_unused_result)) enum journal_result journal_set_aside(const char *path,
                                                                          char *aside, size_t size);

/* A copy as of one moment, in a new file that needs no other beside it; the kiosk may write
 * meanwhile. */
__attribute__((warn_unused_result)) enum journal_result journal_backup(struct journal *journal,
                                                                       const char *path);
struct journal_finding {
    int64_t events, orders;
    int64_t untold_shifts; /* that ended: the chain does not tell of them yet, or never will */
    int64_t open_shifts;   /* under way: no event tells of them */
    bool good;
    char text[256];
};
#define JOURNAL_PATH_SIZE 4096
/* What somebody says of the time since a copy was made. */
enum journal_since {
    SINCE_UNKNOWN = 0,
    SINCE_NOTHING,  /* the terminal has done nothing */
    SINCE_FORGOTTEN /* it has, and that is to be put aside */
};
struct journal_restored {
    struct journal_finding finding; /* of the copy */
    int64_t open_orders;            /* in it */
    /* Of this terminal's own journal that stands there and can be read, unless the copy has all of
     * it: what would be put aside. */
    int64_t lost_orders, lost_cases; /* open ones */
    int64_t lost_events;             /* more than the copy has, under the same name */
    bool lost_version;               /* another version's: its orders and cases are not counted */
    bool named_anew; /* what happened since is not known: its numbers go on as another's */
    char put_aside[JOURNAL_PATH_SIZE]; /* the journal that stood there, "" none */
};
/* Puts a copy where no kiosk runs; the journal that stands there is put aside, never removed.
 * JOURNAL_CONFLICT: something of the journal there would be lost (out->lost_*), which somebody must
 * want: SINCE_FORGOTTEN. Or it is not whole in the copy, or gone, and the copy has open orders:
 * going on with them might pay, credit or return a second time what was done since, unless somebody
 * knows that there was SINCE_NOTHING, and no journal there knows better. JOURNAL_CORRUPT: the copy
 * is not proven. */
__attribute__((warn_unused_result)) enum journal_result
journal_restore(const struct journal_options *options, const char *from, enum journal_since since,
                struct journal_restored *out);

/* All of `writes` in one durable transaction, or nothing. Only rows that changed are written again.
 */
__attribute__((warn_unused_result)) enum journal_result
journal_commit(struct journal *journal, const struct journal_write *writes, int count);
/* It failed and is not tried again as it was: what it noted, with its evidence, goes before what
 * the next write of its order notes. */
void journal_owe(struct journal *journal, const struct journal_write *write);
/* A printed receipt's outcome (outbox). */
__attribute__((warn_unused_result)) enum journal_result
journal_print_outcome(struct journal *journal, const char *order_no, bool reprint, int outcome,
                      int64_t wall_ms);
/* The longest `by` and `reason`, bytes. */
#define RESOLVE_TEXT_MAX 200
/* What a person decided about a case. What was given back, or never came, may be paid again; the
 * rest stays held. */
struct journal_decision {
    const char *order_no, *case_no, *by, *reason;
    enum resolution how;
    int64_t wall_ms;
    const char *evidence; /* what it rests on, JSON; NULL: words only */
};
/* The case is closed with who, how and why, and with the money that it was about
 * (JOURNAL_NOT_FOUND: no such open case). */
__attribute__((warn_unused_result)) enum journal_result
journal_resolve(struct journal *journal, const struct journal_decision *decision);
/* Wrong PINs of the staff in a row, and until when none is tried. Not of any order. */
struct journal_staff_lock {
    int tries;
    int64_t until_ms; /* wall clock; 0: no pause */
};
__attribute__((warn_unused_result)) enum journal_result
journal_staff_lock(struct journal *journal, struct journal_staff_lock *out);
__attribute__((warn_unused_result)) enum journal_result
journal_set_staff_lock(struct journal *journal, const struct journal_staff_lock *lock);
/* What the terminal has found out by itself of the hospital, and does not ask again: `what` is
 * one of these. *since_ms: 0, it is not found. */
#define JOURNAL_FOUND_BY_VISIT "settle_result_by_visit"
#define JOURNAL_FOUND_BY_ORDER "settle_result_by_order"
__attribute__((warn_unused_result)) enum journal_result
journal_found(struct journal *journal, const char *what, int64_t *since_ms);
__attribute__((warn_unused_result)) enum journal_result
journal_find_out(struct journal *journal, const char *what, int64_t wall_ms);
/* A cashier's shift; ended_ms 0: it is under way, and has no sums yet. */
struct journal_shift {
    int64_t began_ms, ended_ms;
    int64_t after; /* of the one under way: the event that tells of the end of the one before it;
                      0: none does */
    char by[STAFF_NAME_SIZE];
    struct fen taken, returned; /* in cash */
    struct fen held;            /* ... counted, and not decided yet */
    struct fen counted;         /* in the drawer at its end */
};
/* The shift under way; where there is none, one begins now. One that began later than now, by a
 * clock that was set back since, began with the day, or begins now where the one before it ended by
 * that clock. */
__attribute__((warn_unused_result)) enum journal_result
journal_take_shift(struct journal *journal, const char *by, int64_t wall_ms,
                   struct journal_shift *out);
/* Orders since since_ms, and those of which something is of the shift under way (`of`), newest
 * first; with what of each is: that it was opened, a refund that came to its end. By the chain
 * where that tells of the shift before it, else by the clock, which may have been set since. */
__attribute__((warn_unused_result)) enum journal_result
journal_each_of_shift(struct journal *journal, const struct journal_shift *of, int64_t since_ms,
                      void (*visit)(void *, const struct order *, const struct order_since *),
                      void *context);
/* Ends the shift that began then, and begins the next. */
__attribute__((warn_unused_result)) enum journal_result
journal_end_shift(struct journal *journal, const struct journal_shift *shift, const char *next_by);
/* Newest first, until `visit` has seen enough. */
__attribute__((warn_unused_result)) enum journal_result
journal_each_shift(struct journal *journal, bool (*visit)(void *, const struct journal_shift *),
                   void *context);
/* Moves what was committed from the log into the database: when nobody waits. */
__attribute__((warn_unused_result)) enum journal_result journal_checkpoint(struct journal *journal);
/* A settled order's person is blank in the database; this overwrites what the log, which keeps its
 * length, still tells. When nobody waits; nothing to do is cheap. JOURNAL_BUSY: somebody reads just
 * now, again later. */
__attribute__((warn_unused_result)) enum journal_result journal_wash(struct journal *journal);
/* The last order or refund number given out, "" none. */
__attribute__((warn_unused_result)) enum journal_result journal_last_no(struct journal *journal,
                                                                        char out[ORDER_NO_SIZE]);
/* An order that cannot be read back: `why`, a sentence. False ends the walk; it does not call the
 * journal. */
typedef bool journal_told(void *context, const char *order_no, const char *why);
/* Who is told of such orders by journal_each_open, _of_patient and journal_each, which then show
 * the others. NULL: nobody; they end at the first with JOURNAL_CORRUPT. */
void journal_on_unreadable(struct journal *journal, journal_told *told, void *context);
/* Every open order that cannot be read becomes a case, once, with what stands of it as evidence.
 * *undecided: those about which no person has decided yet. */
__attribute__((warn_unused_result)) enum journal_result
journal_isolate(struct journal *journal, int64_t wall_ms, int *undecided);
/* The same count; nothing is written. */
__attribute__((warn_unused_result)) enum journal_result
journal_count_undecided(struct journal *journal, int *undecided);
/* Every order that is not settled, oldest first. `visit` returning false ends it; it does not call
 * the journal. */
__attribute__((warn_unused_result)) enum journal_result
journal_each_open(struct journal *journal, bool (*visit)(void *, const struct order *),
                  void *context);
/* Which open order is asked for: whose time has come the longest ago and that the asker has not. */
struct journal_due_ask {
    int64_t wall_ms;
    bool all; /* every open order is due now, whatever was noted before */
    int known_count;
    const char (*known)[ORDER_NO_SIZE];
};
/* One that cannot be read becomes a case and is passed over. */
__attribute__((warn_unused_result)) enum journal_result
journal_fetch_due(struct journal *journal, const struct journal_due_ask *ask,
                  struct due_order *out);
/* An open order is not fetched before due_ms, wall clock. */
__attribute__((warn_unused_result)) enum journal_result
journal_set_due(struct journal *journal, const char *order_no, int64_t due_ms);
/* One order by its number into *out. Of a settled order the numbers of the person are blank: they
 * are kept only as long as a retry needs them. */
__attribute__((warn_unused_result)) enum journal_result
journal_load(struct journal *journal, const char *order_no, struct order *out);
/* What stands of the words of an open order's caller; free() both. NULL: none. */
__attribute__((warn_unused_result)) enum journal_result
journal_caller_words(struct journal *journal, const char *order_no, char **operation,
                     char **members);
/* The order with this number of a caller of the desk, or of ours. JOURNAL_NOT_FOUND: there is none.
 * JOURNAL_CORRUPT: it cannot be read, and has the number. */
__attribute__((warn_unused_result)) enum journal_result
journal_load_called(struct journal *journal, const char *caller_no, struct order *out);
/* The order that has a refund with this number of a caller; "" none. */
__attribute__((warn_unused_result)) enum journal_result
journal_refund_owner(struct journal *journal, const char *caller_no, char order_no[ORDER_NO_SIZE]);
/* The newest order that the paying platform knows by this traceNo, or that has a refund which it
 * knows so; "" none. */
__attribute__((warn_unused_result)) enum journal_result
journal_trace_owner(struct journal *journal, const char *trace_no, bool refund,
                    char order_no[ORDER_NO_SIZE]);
/* Has a claim of another order this receipt of the hospital? A look at every claim. */
__attribute__((warn_unused_result)) enum journal_result
journal_receipt_taken(struct journal *journal, const char *call_sn, const char *order_no,
                      bool *taken);
/* Marks in a list of bills what is held: which of them are being paid or are paid. */
__attribute__((warn_unused_result)) enum journal_result journal_mark_held(struct journal *journal,
                                                                          struct bill_list *bills);
/* Every order of a patient (patient_keys_meet), newest first. */
__attribute__((warn_unused_result)) enum journal_result
journal_each_of_patient(struct journal *journal, const struct patient_keys *keys,
                        bool (*visit)(void *, const struct order *), void *context);
/* What was paid, or may yet turn out to be, from from_ms on and before to_ms: by the platform's
 * time where it said one, else by when the order was opened. `keys` NULL: of everybody. */
__attribute__((warn_unused_result)) enum journal_result
journal_paid_within(struct journal *journal, int64_t from_ms, int64_t to_ms,
                    const struct patient_keys *keys, struct fen *out);
/* Every order of which the hospital has taken a credit back itself, newest first. */
__attribute__((warn_unused_result)) enum journal_result
journal_each_taken_elsewhere(struct journal *journal, bool (*visit)(void *, const struct order *),
                             void *context);
/* Newest first, for lists; since_ms 0: all. */
__attribute__((warn_unused_result)) enum journal_result
journal_each(struct journal *journal, int64_t since_ms, int limit,
             bool (*visit)(void *, const struct order *), void *context);

/* One row of `cases`. Strings live until the call returns. */
struct journal_case {
    const char *order_no, *case_no, *part; /* "claim 0" */
    enum case_reason reason;
    int64_t opened_ms;
    bool resolved;
    int64_t resolved_ms;
    const char *resolved_by, *resolution;
    enum resolution how;
    struct fen decided; /* the money that it was about when it was resolved */
};
/* What people have decided of an order's cases: add one after the other. */
struct journal_decisions {
    bool any;
    bool open; /* nobody has, about one of them */
    bool kept; /* one is decided, and not that it may be paid again: the hospital has booked it, or
                  it is in nobody's words here */
};
/* For journal_each_case; `decisions`: a struct journal_decisions. */
bool journal_add_decision(void *decisions, const struct journal_case *found);

/* Oldest first. `order_no` NULL: of all orders. A row that cannot be read is shown as far as it
 * can, with CASE_UNREADABLE. */
__attribute__((warn_unused_result)) enum journal_result
journal_each_case(struct journal *journal, const char *order_no, bool open_only,
                  bool (*visit)(void *, const struct journal_case *), void *context);

/* One row of order_events, for timelines. Strings live until the call returns. */
struct journal_event {
    int64_t number, wall_ms;
    const char *order_no, *note, *payload, *evidence;
};
__attribute__((warn_unused_result)) enum journal_result
journal_each_event(struct journal *journal, const char *order_no,
                   bool (*visit)(void *, const struct journal_event *), void *context);

/* Where the chain stands, for whoever copies it: which journal it is, and its newest event. Event 0
 * has the hash that the first event is chained to. */
#define JOURNAL_ID_SIZE 33   /* hexadecimal, by chance */
#define JOURNAL_HASH_SIZE 65 /* SHA-256, hexadecimal */
struct journal_mark {
    char journal_id[JOURNAL_ID_SIZE], installation[INSTALLATION_SIZE], terminal_id[64];
    int64_t events;
    char hash[JOURNAL_HASH_SIZE];
};
__attribute__((warn_unused_result)) enum journal_result journal_mark(struct journal *journal,
                                                                     struct journal_mark *out);
/* The hash of one event. JOURNAL_NOT_FOUND: there is none of this number. */
__attribute__((warn_unused_result)) enum journal_result
journal_hash_at(struct journal *journal, int64_t number, char out[JOURNAL_HASH_SIZE]);
/* The events behind number `after`, in order, as of one moment, each with its hash. `visit`
 * returning false ends it; it only copies, because the kiosk's log cannot be emptied meanwhile. */
__attribute__((warn_unused_result)) enum journal_result
journal_each_after(struct journal *journal, int64_t after,
                   bool (*visit)(void *, const struct journal_event *, const char *hash),
                   void *context);
/* The hash that an event must have after one with the hash `previous`, for whoever proves a copy.
 * A proof is its caller's, one a thread. */
struct journal_proof;
struct journal_proof *journal_proof_begin(void);
void journal_proof_end(struct journal_proof *proof);
void journal_proof_first(struct journal_proof *proof, const char *terminal_id,
                         char out[JOURNAL_HASH_SIZE]);
void journal_proof_next(struct journal_proof *proof, const char *previous,
                        const struct journal_event *event, char out[JOURNAL_HASH_SIZE]);

/* What a monitoring system wants to know. */
struct journal_figures {
    int64_t orders[ORDER_STATE_COUNT]; /* of the last 24 hours, and all that are open */
    int64_t cases_open;
    int64_t unknown_since_ms;  /* the oldest leg, credit or refund nobody knows of; 0: none */
    int64_t unproven_since_ms; /* the oldest credit that nothing has proved; 0: none */
    int64_t bytes;             /* of the files */
};
__attribute__((warn_unused_result)) enum journal_result
journal_figures(struct journal *journal, int64_t wall_ms, struct journal_figures *out);

/* Proves the chain of hashes and the states from the events. The finding names the first row that
 * is wrong. */
__attribute__((warn_unused_result)) enum journal_result journal_verify(struct journal *journal,
                                                                       struct journal_finding *out);

/* The pump. A write is copied; done(context, number, result) is called on the pump's thread once
 * for each, in order. */
struct journal_pump;
struct journal_pump *journal_pump_start(struct journal *journal,
                                        void (*done)(void *context, uint32_t number,
                                                     enum journal_result result),
                                        void *context);
void journal_pump_write(struct journal_pump *pump, uint32_t number,
                        const struct journal_write *write);
void journal_pump_print_outcome(struct journal_pump *pump, const char *order_no, bool reprint,
                                int outcome, int64_t wall_ms);
/* journal_resolve of a copy; done(context, result) is called on the pump's thread. */
void journal_pump_resolve(struct journal_pump *pump, const struct journal_decision *decision,
                          void (*done)(void *context, enum journal_result result), void *context);
/* `read` is called once on the pump's thread, behind everything that was queued before. */
void journal_pump_read(struct journal_pump *pump,
                       void (*read)(void *context, struct journal *journal), void *context);
/* Has the thread come round since this was asked last? It is asked to come round again. */
bool journal_pump_turns(struct journal_pump *pump);
/* Writes what is queued, joins; the journal is the caller's again. */
void journal_pump_stop(struct journal_pump *pump);

const char *note_name(enum note note);
const char *order_state_name(enum order_state state);
const char *leg_state_name(enum leg_state state);
const char *claim_state_name(enum claim_state state);
const char *refund_state_name(enum refund_state state);
const char *case_reason_name(enum case_reason reason);
const char *refund_why_name(enum refund_why why);
const char *resolution_name(enum resolution how);
/* RESOLUTION_NONE: no such word, or NULL. */
enum resolution resolution_named(const char *word);

#endif
