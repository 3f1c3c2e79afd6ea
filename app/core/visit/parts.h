/* The inside of a visit, shared by core.c and the files of this room only. */
#ifndef HOPKIOSK_CORE_VISIT_PARTS_H
#define HOPKIOSK_CORE_VISIT_PARTS_H

#include "app/core/terms/copy.h"
#include "app/core/terms/mask.h"
#include "app/core/visit/offers.h"

/* One event under way: everything a function of the visit may change or ask for. */
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

/* The order in the session's slot; NULL: none. */
static inline struct order *visit_order(const struct visit *visit) {
    int slot = visit->session->payment.slot;
    return slot >= 0 ? &visit->book->orders[slot] : NULL;
}

/* session.c */
struct effect *visit_effect(struct visit *visit, enum effect_kind kind);
/* The next visit, at its first screen. */
void visit_begin(struct visit *visit);
/* A screen is entered: its notice, warning and page begin anew. */
void session_show(struct visit *visit, enum screen screen);
void session_refuse(struct visit *visit, enum screen screen, enum notice notice);
/* Sends a question of the visit's own and waits for it. */
void session_ask(struct visit *visit, enum verb verb, enum waiting_for waiting);
void session_wait(struct visit *visit, enum waiting_for waiting);
/* Asks about the order in the session's slot without waiting for it on a screen. */
void session_ask_order(struct visit *visit, enum verb verb, int claim);
/* The visit is over: everything of it is overwritten. Its order lives on. */
void session_end(struct visit *visit);
/* The program ends. Nothing is closed: the next start asks what became of an open payment. */
void session_quit(struct visit *visit);
/* Somebody is there: the idle warning goes. */
void session_alive(struct visit *visit);
void session_touch(struct visit *visit, const struct event_touch *touch);
void session_text(struct visit *visit, char key);
void session_answer(struct visit *visit, const struct event_answer *answer);
/* What an answer that says nothing means for the patient. */
enum notice session_answer_notice(const struct event_answer *answer);

/* session_identify.c */
void identify_scan(struct visit *visit, const struct event_scan *scan);
void identify_card(struct visit *visit, const struct event_card *card);
/* A service was chosen: whoever showed a card already is looked up at once. */
void identify_begin(struct visit *visit);
void identify_answer(struct visit *visit, const struct event_answer *answer);
void keypad_open(struct visit *visit, enum keypad_field field);
/* A key into what is typed, at most so many characters. */
void session_type(struct session *session, int key, size_t most);
void keypad_touch(struct visit *visit, struct touch touch);
void cards_touch(struct visit *visit, struct touch touch);
void confirm_touch(struct visit *visit, struct touch touch);

/* session_choose.c */
void choose_begin(struct visit *visit);
void choose_answer(struct visit *visit, const struct event_answer *answer);
void turn_page(struct session *session, enum touch_kind way, int rows, int rows_a_page);
/* The list an answer brought; NULL: none, or none that can be trusted. */
const struct bill_list *choose_list_of(const struct event_answer *answer);
/* A fresh list: everything that can be paid is selected. */
void choose_list(struct visit *visit, const struct bill_list *bills);
/* The sum of the selected bills; false: more than money can hold. */
bool choose_sum(const struct session *session, struct fen *out);
void bills_touch(struct visit *visit, struct touch touch);
/* Back to the page of the list that the bill is on. */
void bill_close(struct visit *visit);
void bill_touch(struct visit *visit, struct touch touch);
void amount_touch(struct visit *visit, struct touch touch);
/* What was typed, in fen; 0: no amount. */
struct fen amount_typed(const char *typed);
void amount_type_key(struct session *session, int key);
void amount_type(struct session *session, struct fen amount);

/* session_records.c: the patient's payments, and one of them looked at. */
void records_begin(struct visit *visit);
void records_answer(struct visit *visit, enum verb verb, const struct event_answer *answer);
void records_touch(struct visit *visit, struct touch touch);
void records_guidance(struct visit *visit, const struct event_answer *answer);
/* The order that an answer brought, open again as this patient's; -1 and what to say. */
int records_reopen(struct visit *visit, const struct event_answer *answer, enum notice *notice);

/* session_refund.c: what goes back on request. */
void refund_touch(struct visit *visit, struct touch touch);
void refund_amount_touch(struct visit *visit, struct touch touch);
void refund_confirm_touch(struct visit *visit, struct touch touch);
void refund_answer_of(struct visit *visit, enum verb verb, const struct event_answer *answer);
/* Is a refund under way that the screen follows? */
bool refund_runs(const struct session *session);
void refund_follow(struct visit *visit);
/* The patient waits no longer: what has left is told about, what has not is not begun. */
void refund_leave(struct visit *visit);
enum verdict refund_verdict(const struct session *session, const struct order *order);

/* session_pay.c */
/* The person's numbers, of who stands there. */
void pay_fill_person(const struct visit *visit, struct order_person *person);
void pay_day_answer(struct visit *visit, const struct event_answer *answer);
void channel_touch(struct visit *visit, struct touch touch);
void pay_scan(struct visit *visit, const struct event_scan *scan);
void pay_answer(struct visit *visit, const struct event_answer *answer);
/* The patient gives up, or goes: an undecided payment is closed first. */
void pay_cancel(struct visit *visit);
void pay_progress(struct visit *visit, const struct event_progress *progress);
/* A payment by card stands at the bank terminal. */
bool pay_at_terminal(struct situation at);
/* The card is in, or the PIN, or the bank is asked. */
bool pay_card_is_in(const struct session *session);
/* Shows what became of the order; after every event. */
void pay_follow(struct visit *visit);
/* Is the money of the order before us still being decided? */
bool pay_undecided(struct situation at);

/* session_result.c */
void result_show(struct visit *visit, const struct order *order);
void result_update(struct visit *visit, const struct order *order);
void result_touch(struct visit *visit, struct touch touch);
void result_printed(struct visit *visit, const struct event_printed *printed);

/* session_staff.c */
void staff_open(struct visit *visit);
void staff_touch(struct visit *visit, struct touch touch);
void staff_back(struct visit *visit);
void staff_heard(struct visit *visit, const struct event_staff *event);
/* Does this page take keys? */
bool staff_types(const struct session *session);

/* session_time.c */
void session_tick(struct visit *visit);
int64_t session_deadline(struct situation at);

#endif
