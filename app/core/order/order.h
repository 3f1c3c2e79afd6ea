/* An order: legs of money that came in, claims that say what the money buys, shares that say which
 * leg pays what of which claim, refunds that send money back.
 *
 * Per fen, always: paid = credited + returned + in cases (+ on its way). The order's own state is
 * derived. order_step is the whole life: a pure function of (order, event) that changes the order
 * and asks for effects (whose slot the core fills in). Our ids are made once and durable before
 * they are used; a retry uses the same id (upp 4.2 paymentNo "需保证唯一").
 */
#ifndef HOPKIOSK_CORE_ORDER_ORDER_H
#define HOPKIOSK_CORE_ORDER_ORDER_H

#include "app/core/effect.h"
#include "app/core/order/states.h"
#include "app/core/terms/answer.h"
#include "app/core/terms/document.h"
#include "app/core/terms/patient_keys.h"
#include "app/core/terms/policy.h"
#include "app/core/terms/types.h"

#define LEGS_MAX 4
#define CLAIMS_MAX 64
#define SHARES_MAX 96   /* legs one after the other pay claims one after the other: 64 + 4 - 1 */
#define REFUNDS_MAX 112 /* every share may go back, some of them in parts */
/* What one turn can note: each part hears at most one thing, which is noted at most twice. */
#define NOTES_MAX (2 * (LEGS_MAX + CLAIMS_MAX + REFUNDS_MAX))

struct leg {
    enum route route;
    enum channel channel;
    enum leg_state state;
    char no[ORDER_NO_SIZE]; /* paymentNo; the first leg's is the order's number */
    struct fen amount;
    int64_t expire_ms;      /* wall; the same instant in every message */
    int64_t paid_ms;        /* wall, the platform's paymentTime; 0 unknown */
    int64_t watch_until_ms; /* wall; late money is looked for until then */
    enum channel paid_by;   /* WECHAT, ALIPAY, UNIONPAY or CARD: what deposit_type becomes */
    char out_no[OUT_NO_SIZE];
    char in_no[IN_NO_SIZE];
    /* The portal's numbers of an upload that it settled (order_portal_no). Of one that is none of
     * ours they are in_no and out_no. */
    char portal_no[IN_NO_SIZE];
    char portal_trace[OUT_NO_SIZE];
    char pos_no[2];       /* ROUTE_POS: at which pinpad, "1" or "2"; "": the first */
    struct pos_slip slip; /* ROUTE_POS; out_no is the pinpad's reference. Until a pinpad has
                             answered for the sale, terminal and date say where and when the sale
                             is sent */
    char code[CODE_SIZE]; /* the last answer's code, for people */
    uint8_t place_tries;
    bool close_wanted;    /* the patient cancelled or time ran out */
    bool close_answered;  /* the platform itself said something about the last close */
    bool unpaid;          /* CLOSED: a query after the answered close said that nobody has paid */
    struct fen seen;      /* the amount that the platform named last; 0: none yet */
    struct split split;   /* of a route that has one: as it was named last. Of a portal's the own
                             part alone, where the HIS has named it */
    bool split_known;     /* ... before anything was settled, so that it could be shown */
    struct fen shown_own; /* the own part of then */
    bool own_only;        /* the insurance failed: of the amount only the own part ever came */
    char settlement[SETTLEMENT_SIZE]; /* how it was settled: settlement_rows of terms/insured.h */
    enum case_reason reason;
};

struct claim {
    enum claim_state state;
    enum creditor creditor;
    uint8_t tries;   /* so many ORG_003 may have arrived, all with the same numbers. 0 in
                        CREDIT_UNKNOWN: it certainly never left */
    bool declined;   /* the only one was refused: ORG_004 is asked, then its money goes back */
    bool renumbered; /* ... was refused under a number that was dead, and sent under the new one */
    bool unproven;   /* DONE: the HIS shows it as settled, and nothing says that it is ours. Of the
                        insurance it is known before: the upload that is found is not named ours */
    bool taken_elsewhere; /* DONE: the HIS has taken the credit back, not for a refund of ours: its
                             money is the window's to return, and its bill may be paid again */
    char bill_key[BILL_KEY_SIZE]; /* with it the numbers are those of the newest ORG_002 */
    char org_trace_no[TRACE_NO_SIZE];
    char doc_trace_no[TRACE_NO_SIZE];
    struct fen amount;
    struct fen refunded;         /* of it, definitely returned on request */
    char call_sn[TRACE_NO_SIZE]; /* the HIS's receipt for the credit */
    char code[CODE_SIZE];
    int64_t sent_ms; /* wall; the last ORG_003 */
    enum case_reason reason;
};

/* So much of a claim is paid with a leg; a claim has at most one share of a leg. */
struct share {
    uint8_t claim, leg;
    struct fen amount;
    struct fen returned;     /* of it, definitely back, for whatever reason */
    struct fen disputed;     /* of a claim that was credited and is a case: a person decides about
                                so much of it, the rest is credited. 0 in every other case */
    enum case_reason reason; /* why the rest did not come back: a person */
};

/* Why a cashier gave money back. */
enum refund_why {
    REFUND_WHY_NONE = 0, /* nobody asked */
    REFUND_WHY_TWICE,    /* paid twice, or too much */
    REFUND_WHY_WRONG,    /* another person, another bill */
    REFUND_WHY_CARE,     /* what was paid for is not done */
    REFUND_WHY_OTHER,
    REFUND_WHY_REVERSED, /* window software reverses the whole bill (hop.trade.pay.cancel) */
    REFUND_WHY_COUNT
};
#define AGREED_BY_SIZE STAFF_NAME_SIZE

struct refund {
    char no[ORDER_NO_SIZE];         /* requestNo = refundNo */
    char caller_no[CALLER_NO_SIZE]; /* a caller of the desk asked for it: the number towards the
                                       platform; "" none */
    enum refund_state state;
    uint8_t leg;
    int8_t claim; /* -1: late money of the whole leg */
    struct fen amount;
    char out_no[OUT_NO_SIZE]; /* outRefundNo; of a portal's settlement the HIS's number of it */
    char code[CODE_SIZE];
    int64_t created_ms; /* wall */
    int64_t done_ms;    /* wall; 0 not yet */
    bool in_cash;       /* it is handed out, however it was paid */
    /* How it goes back and whether the hospital is told, in the caller's words (withdrawMode,
     * refundType): sent again it is the same refund. "": nobody said. */
    char caller_mode[CALLER_MODE_SIZE], caller_flow[CALLER_FLOW_SIZE];
    enum refund_why why;
    struct pos_place to;            /* ROUTE_POS: where and when it is sent */
    bool never_left;                /* certainly not: it is sent, not asked about */
    char agreed_by[AGREED_BY_SIZE]; /* the second person at the desk; "" nobody had to */
    enum case_reason reason;
};

/* What of an order was written since something happened: its opening, the end of a refund. */
struct order_since {
    bool opened;
    bool refunded[REFUNDS_MAX];
};

/* Who the order is for: what a retry needs and nothing more. */
struct order_person {
    struct patient_keys keys;
    char masked_name[PERSON_NAME_SIZE];
    char mdtrt_cert_type[11];
    char mdtrt_cert_no[TRACE_NO_SIZE];
    char cert_no[TRACE_NO_SIZE];
    char his_cust_id[TRACE_NO_SIZE];
    char his_cust_type[11];
    char patient_type[11];
    enum account_type account_type;
    /* Where the insurance's questions want them (policy.insured_by_name), else "": */
    char whole_name[PERSON_NAME_SIZE];
    char pay_token[PAY_TOKEN_SIZE]; /* secret: of its upload */
};

/* Of a credited claim: a number that does not exist is asked about, then its own, where a no may
 * have been of something else. */
enum probe {
    PROBE_NONE = 0,
    PROBE_NOBODY,      /* a number that does not exist is asked about */
    PROBE_OWN,         /* ... was a no: our own is */
    PROBE_OWN_ODD,     /* ... was neither yes nor no: our own is */
    PROBE_NOBODY_AGAIN /* ... our own is there: once more the one that does not exist */
};

/* What the HIS says of a bill that is on the patient's phone. */
enum push_word { PUSH_SILENT = 0, PUSH_DENIED, PUSH_BOOKED };

/* One part of an order (leg, claim or refund) while the program runs. */
struct part_run {
    uint32_t request;          /* SEND's number in flight; 0 none */
    uint32_t cancel_request;   /* CANCEL sent while the SALE is in flight. Only the SALE's reply
                                  carries the outcome. */
    bool cancel_wanted;        /* ... that leaves with this turn */
    enum verb verb;            /* what was asked with it */
    enum verb wanted;          /* an act that leaves as soon as everything is durable */
    int64_t asked_mono_ms;     /* the request in flight, or the last one, left then */
    int64_t answer_by_mono_ms; /* the request in flight is given up then */
    int64_t next_mono_ms;      /* when to ask again; 0: not by itself */
    int64_t pause_ms;          /* the present back-off */
    int64_t since_mono_ms;     /* the deadline of the present question counts from here */
    int64_t sent_mono_ms;      /* the last act that can move money left */
    int64_t listed_mono_ms;    /* the HIS listed the bill of the claim then */
    bool asked_late;           /* the last asking left after expire */
    bool not_closed;           /* the last close was answered by a definite no */
    bool closed_before;        /* a close of an earlier run may have been heard: what was paid may
                                  have come after it, and a no to another close proves nothing */
    enum probe probe;          /* what ORG_004 is asked, to find out what it tells of */
    bool contradicted;         /* ORG_003 was refused, and ORG_004 says settled */
    bool reread;               /* ORG_002 is read before the same credit is sent again */
    bool resent;               /* the same refund was sent again: its no says nothing */
    bool refused;              /* the refund was refused: the payment is asked what became of it.
                                  The upload was refused: a query says that there is none */
    bool settling;             /* the platform is settling the payment: its code is used */
    enum push_word his;        /* PUSHED: what ORG_004 said when it was asked last */
    bool asks_centre;          /* ... and the insurance is asked next */
    bool push_taken;           /* the portal has taken the message, so this run has heard */
    bool push_refused;         /* ... has refused it */
    int64_t odd_since_mono_ms; /* settled, it says, with amounts that contradict, since then; 0: it
                                  does not say so. PUSHED: the insurance says that it
                                  is, or half is, and the HIS does not */
    uint8_t odd_as;            /* PUSHED: which of the words that do not fit it is since then */
    bool no_heard;             /* the last refund was answered by a no that alone decides nothing */
};

/* What a run of the program needs to drive the order and a restart rebuilds: never written to the
 * journal. */
struct order_run {
    bool used;
    bool written;          /* the journal has it */
    uint32_t durable_wait; /* the newest PERSIST number; nothing that moves money leaves before its
                              DURABLE; 0 all is durable */
    int64_t persist_next_mono_ms; /* when to try again; 0: it is under way */
    int64_t persist_pause_ms;
    struct part_run leg[LEGS_MAX], claim[CLAIMS_MAX], refund[REFUNDS_MAX];
    int64_t begun_mono_ms;    /* opened or taken up again by this run */
    bool conflict;            /* void: another order holds what it would pay */
    enum settle_result found; /* what ORG_004 tells of, as this answer says; AUTO: nothing new */
    bool released; /* a credit of it was found to be taken back elsewhere, in this PERSIST */
    bool fetched;  /* taken up because it was due, nobody stands there for it */
    uint32_t told; /* what the desk's callers were told last (core/desk) */
};

struct order {
    char no[ORDER_NO_SIZE];
    /* Of a call of the desk: the number towards the platform, unique among orders, and its
     * depositType. "" none. */
    char caller_no[CALLER_NO_SIZE];
    char caller_channel[CALLER_CHANNEL_SIZE];
    struct fen received; /* of cash at a desk: what was handed over, with what it gave change of */
    enum service service;
    int64_t created_ms; /* wall */
    struct order_person person;
    int leg_count, claim_count, share_count, refund_count;
    struct leg legs[LEGS_MAX];
    struct claim claims[CLAIMS_MAX];
    struct share shares[SHARES_MAX];
    struct refund refunds[REFUNDS_MAX];
    bool resolved;      /* a person decided about everything of it that was a case */
    bool kept;          /* ... and of some of it not that it may be paid again: it stays held */
    uint64_t to_window; /* a bit a claim: one credit stands for two payments. A person decides about
                           it, or gave one back: nothing of it goes back here */
    struct order_run run;
};

/* The order in one word, derived from its parts. */
enum order_state order_state(const struct order *order);
/* Nothing of it can change any more without a person: the journal may close it. */
bool order_settled(const struct order *order);
/* Settled and written: its slot is free for another. */
bool order_finished(const struct order *order);
/* Does this credit wait to be proved ours? Money that a platform keeps nobody has to give back:
 * what its own settlement leaves unproven stays so, and is nobody's case. */
bool order_waits_for_proof(const struct claim *claim);
/* Everything of it that is not settled waits by itself: a closed payment for late money, late money
 * for the platform to return it, a bill on the patient's phone for its settlement, a credit for its
 * proof. Nothing is on its way, and what it waits
 * for is in the journal: it needs no slot before its deadline. */
bool order_only_waits(const struct order *order);
/* Is this the request of one of its questions or acts, this number its PERSIST? */
bool order_awaits(const struct order *order, uint32_t request);
bool order_persists(const struct order *order, uint32_t number);

/* amp_trace_id of a claim's ORG_003: the order's number and the claim, counted from 01. */
#define CLAIM_TRACE_SIZE (ORDER_NO_SIZE + 2)
char *order_claim_trace(const struct order *order, int claim, char out[CLAIM_TRACE_SIZE]);

/* A number that no claim ever has: claims count from 01. */
char *order_no_such_trace(const struct order *order, char out[CLAIM_TRACE_SIZE]);

/* Per fen sums of one order; in_flight is money of which the fate is being decided. */
struct order_sums {
    struct fen paid, credited, returned, in_cases, in_flight;
};
struct order_sums order_sums(const struct order *order);
/* How much money the case of a leg, of a claim is about; 0: it is none. */
struct fen order_leg_in_case(const struct order *order, int leg);
struct fen order_claim_in_case(const struct order *order, int claim);
/* Do its parts fit together? What was read back from a disk may not; nothing else may be asked of
 * such an order. */
bool order_is_sound(const struct order *order);
/* ... as far as its sums go. */
bool order_adds_up(const struct order *order);

/* "C20260001": what a person at the window asks for. The order's second case adds "-2". Returns
 * `out`. */
#define ORDER_CASE_NO_SIZE 16
char *order_case_no(const struct order *order, char out[ORDER_CASE_NO_SIZE]);
/* Is a part of it a case, decided or not? Asked of rows as they were read, too: what is damaged may
 * not add up. */
bool order_has_case(const struct order *order);
/* Is it left to a person to give this credited claim back (order.to_window)? */
bool order_is_to_window(const struct order *order, int claim);

/* What an order's rules need beside the order and the event. */
struct order_rules {
    const struct policy *policy;
    const struct limits *limits;
    uint32_t *next_number;   /* PERSIST and SEND take it and count it on */
    char *last_no;           /* the last order number given out; refunds take the next */
    const char *number_mark; /* installation and terminal.no */
    bool journal_ok;
    enum settle_result settles; /* what ORG_004 tells of. Of a visit: it proves nothing; AUTO: only
                                   what a visit never says (closed, an amount) proves something, and
                                   the next credit that is proved finds it out */
    bool list_waits; /* no ORG_002 for this patient now: it may give a bill that is being paid at
                        the insurance another number */
    const struct pinpad_known *pinpads; /* two, the desk's second one last; NULL: none is known */
};

/* The day in China, yyyyMMdd. */
void order_day(int64_t wall_ms, char out[9]);
/* The number after `last_no` ("" none) at wall_ms: greater than it as text, whatever the clock
 * says. `out` may be `last_no`. */
void order_next_no(int64_t wall_ms, const char *mark, const char *last_no, char out[ORDER_NO_SIZE]);
/* Has it the form of a number of ours, this version's or an older one's? */
bool order_no_is_ours(const char *no);

/* A filled order in LEG_NEW starts: asks for its PERSIST. */
void order_open(struct order *order, const struct order_rules *rules, struct now now,
                struct effects *out);
/* An order read back from the journal: everything in flight becomes unknown and is asked about;
 * nothing is sent blind. */
void order_resume(struct order *order, const struct order_rules *rules, struct now now,
                  struct effects *out);
/* What an order hears. */
enum order_event_kind {
    ORDER_HEARS_TICK = 0,
    ORDER_HEARS_ANSWER,         /* to one of its requests */
    ORDER_HEARS_DURABLE,        /* of its PERSIST `number` */
    ORDER_HEARS_PERSIST_FAILED, /* ... that could not be written */
    ORDER_HEARS_CONFLICT        /* ... that another order holds what it would pay */
};
struct order_event {
    enum order_event_kind kind;
    struct now now;
    uint32_t number;
    const struct event_answer *answer;
};
void order_step(struct order *order, const struct order_rules *rules,
                const struct order_event *event, struct effects *out);
/* The patient or the time wants the payment closed. Harmless in any state. */
void order_cancel(struct order *order, const struct order_rules *rules, struct now now,
                  struct effects *out);
/* How the own part that is due is paid: its code is asked for. Harmless where none is due; nothing
 * happens while nothing can be written. */
void order_choose_way(struct order *order, const struct order_rules *rules, enum channel channel,
                      struct now now, struct effects *out);
/* A credited claim is to be given back: a bill whole, a deposit also in part. REFUSAL_NONE: it is
 * under way; else nothing was done. */
enum refusal order_refund_request(struct order *order, const struct order_rules *rules, int claim,
                                  struct fen amount, struct now now, struct effects *out);
/* What the hospital's own books say afterwards: it has booked so much of this payment. */
struct order_proof {
    char leg_no[ORDER_NO_SIZE];
    char call_sn[TRACE_NO_SIZE]; /* its receipt; "" where they do not say */
    struct fen amount;
};
/* The credit that nobody had proved is proved. False, and nothing is changed: there is not exactly
 * one such credit, or the order is being written just now. */
bool order_prove(struct order *order, const struct order_rules *rules,
                 const struct order_proof *proof, struct now now, struct effects *out);
/* The bill of this credited claim is listed again: the HIS is asked whether it has taken the credit
 * back. Nothing where its ORG_004 proves nothing, the list may only lag, or nobody has proved that
 * the credit is ours. */
void order_ask_listed(struct order *order, const struct order_rules *rules, int claim,
                      struct now now, struct effects *out);
/* The HIS has taken the credit back, not for a refund of ours; noted where its ORG_004 is known to
 * tell of this credit, and nothing of it has gone back here. */
void order_taken_elsewhere(struct order *order, const struct order_rules *rules, int claim,
                           struct now now, struct effects *out);
/* Somebody wants to know: what would be asked later is asked now. */
void order_ask_now(struct order *order, const struct order_rules *rules, struct now now,
                   struct effects *out);
/* The same, noted: the evidence says who wants it. Nothing while the order is being written (just
 * taken up for this, that event has the evidence, and it asks) or cannot be. */
void order_ask_by_hand(struct order *order, const struct order_rules *rules, struct now now,
                       struct effects *out);
/* A pinpad has said who it is: a return that never left for want of it leaves with a tick soon. */
void order_pinpad_is_there(struct order *order, bool second);
/* When the order wants its next TICK, monotonic ms; INT64_MAX never. */
int64_t order_deadline(const struct order *order);

#endif
