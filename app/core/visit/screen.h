/* What a screen is made of: its handlers, the event they work on, and the next step they return.
 * For the files of this folder and core.c. */
#ifndef HOPKIOSK_CORE_VISIT_SCREEN_H
#define HOPKIOSK_CORE_VISIT_SCREEN_H

#include "app/core/visit/offers.h"
#include "app/core/visit/questions.h"
#include "app/core/visit/screens.h"

/* One event being handled: the state a handler may change and the effects it may add to. */
struct visit {
    const struct core_setup *setup;
    struct terminal *terminal;
    struct book *book;
    struct session *session;
    struct now now;
    struct effects *out;
};

static inline struct book_turn visit_turn(const struct visit *visit) {
    return (struct book_turn){visit->book, visit->setup, visit->now, visit->out};
}

static inline struct situation visit_situation(const struct visit *visit) {
    return (struct situation){visit->setup, visit->terminal, visit->book, visit->session,
                              visit->now};
}

/* The visit's order; NULL when there is none. */
const struct order *visit_order(const struct visit *visit);
struct effect *visit_effect(struct visit *visit, enum effect_kind kind);
/* Notes a sign of life: the idle time begins anew and a warning goes. */
void visit_alive(struct visit *visit);

/* Where a handler leads. Only the engine (visit.c) takes the step, so that no screen calls another.
 */
enum next_kind {
    NEXT_STAY = 0,
    NEXT_SHOW,    /* enters the screen, also when it is the one shown */
    NEXT_TELL,    /* a notice on the screen; enters it only when it is not shown already */
    NEXT_WAIT,    /* WAITING, for something of the order */
    NEXT_ASK,     /* sends a question of the visit's own */
    NEXT_SILENCE, /* gives up the question in flight: it counts as unanswered */
    NEXT_UNCOVER, /* the screen that help covers */
    NEXT_END,     /* the visit is over */
    NEXT_QUIT     /* the program ends; open orders are resumed at the next start */
};
struct next {
    enum next_kind kind;
    enum screen screen;           /* SHOW, TELL */
    enum notice notice;           /* TELL; SHOW, END: or NOTICE_NONE */
    enum waiting_for waiting;     /* WAIT */
    enum visit_question question; /* ASK */
};

static inline struct next next_stay(void) {
    return (struct next){.kind = NEXT_STAY};
}

static inline struct next next_show(enum screen screen) {
    return (struct next){.kind = NEXT_SHOW, .screen = screen};
}

static inline struct next next_tell(enum screen screen, enum notice notice) {
    return (struct next){.kind = NEXT_TELL, .screen = screen, .notice = notice};
}

static inline struct next next_wait(enum waiting_for waiting) {
    return (struct next){.kind = NEXT_WAIT, .waiting = waiting};
}

static inline struct next next_ask(enum visit_question question) {
    return (struct next){.kind = NEXT_ASK, .question = question};
}

static inline struct next next_end(enum notice notice) {
    return (struct next){.kind = NEXT_END, .notice = notice};
}

/* One screen. A NULL handler does nothing; a NULL `back` leads where the rule says. */
struct screen_ops {
    struct screen_rule rule;
    struct next (*enter)(struct visit *visit);
    struct next (*touch)(struct visit *visit, struct touch touch);
    /* SCAN or CARD. */
    struct next (*code)(struct visit *visit, const struct event *event);
    /* ANSWER to a question whose row names this screen as asker. With QUESTION_NONE: STAFF or
     * PRINTED, when the screen is shown or covered by help. */
    struct next (*answer)(struct visit *visit, enum visit_question question,
                          const struct event *event);
    /* Called after every event, also while help covers the screen: follows the visit's order. */
    struct next (*follow)(struct visit *visit);
    struct next (*back)(struct visit *visit);
    /* The screen's own deadline (monotonic), and what a TICK at or after it does. */
    int64_t (*deadline)(struct situation at);
    struct next (*expired)(struct visit *visit);
};

/* Each screen of ui/ids.h is a constant: SCREEN_BILLS is bills_screen of bills.c. */
#define X(upper, lower) extern const struct screen_ops lower##_screen;
SCREENS(X)
#undef X

/* What the rules of many screens have in common. */
#define HEARS(kind) (1u << EVENT_##kind)
#define HEARS_ALWAYS (HEARS(TICK) | HEARS(TOUCH) | HEARS(TEXT) | HEARS(DEVICE) | HEARS(CONTROL))
#define HEARS_CODES (HEARS(SCAN) | HEARS(CARD))
#define HEARS_ORDER (HEARS(ANSWER) | HEARS(DURABLE) | HEARS(PERSIST_FAILED))
#define TAKES(kind) (1u << TOUCH_##kind)
#define TAKES_ALWAYS                                                                               \
    (TAKES(LANG) | TAKES(HELP) | TAKES(HOME) | TAKES(EXTEND) | TAKES(LARGER) | TAKES(LOW) |        \
     TAKES(DARK))

#endif
