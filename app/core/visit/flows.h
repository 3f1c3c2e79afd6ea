/* The table of visits: what each service asks, which amount it takes, what is confirmed, and what
 * becomes of its order. A new visit is a row here and a service of ui/ids.h. */
#ifndef HOPKIOSK_CORE_VISIT_FLOWS_H
#define HOPKIOSK_CORE_VISIT_FLOWS_H

#include "app/core/visit/screen.h"

#define PRESETS_MAX 6

/* How an amount is typed. */
struct flow_amount {
    const char *title_key, *cap_key;
    struct fen (*cap)(struct situation at);
    /* Fills the amounts offered as amount.1, amount.2 ...; returns how many. */
    int (*presets)(struct situation at, struct fen out[PRESETS_MAX]);
    /* Why the typed amount cannot be taken; NOTICE_NONE when it can. */
    enum notice (*obstacle)(struct situation at);
    struct next (*chosen)(struct visit *visit); /* NULL: how to pay it is asked */
    enum screen back;
};

/* What the rows of RECORDS are, and what picking one does. */
struct flow_rows {
    int (*count)(const struct payment_list *list);
    enum notice empty;
    struct next (*pick)(struct visit *visit, int row); /* `row` from 0 */
    struct next (*all)(struct visit *visit);           /* picks all together; NULL: not offered */
};

/* How the money is paid. */
struct flow_payment {
    enum screen chosen_on;       /* the screen before CHANNEL */
    enum visit_question recheck; /* asked just before the order is opened, or QUESTION_NONE */
    enum notice (*obstacle)(struct situation at);
    /* What refuses the order at the moment it is made. */
    enum notice (*clash)(const struct book *book, const struct order_person *person);
    void (*add_claims)(const struct session *session, struct order *order);
};

struct flow {
    bool looks_up; /* about earlier payments; nothing is paid */
    /* Asked when the person is known; QUESTION_NONE: `first` is shown instead. */
    enum visit_question question;
    enum screen first;
    /* Why the service does not take this account; NULL: it takes any. */
    enum notice (*account_obstacle)(const struct core_setup *setup, const struct account *account,
                                    enum identity_kind identity);
    const struct flow_amount *amount;   /* NULL: no amount is typed */
    const struct flow_rows *rows;       /* NULL: RECORDS is not shown */
    const struct flow_payment *payment; /* NULL: nothing is paid */
    /* The patient agreed to the plan on CONFIRM; then the answers to the plan's questions. NULL:
     * the flow has no plan. */
    struct next (*confirmed)(struct visit *visit);
    struct next (*answer)(struct visit *visit, enum visit_question question,
                          const struct event_answer *answer);
    /* About the order in the session's slot: whether its money is undecided, which screen the
     * patient sees, what a patient who waits no longer causes, and the verdict. */
    bool (*undecided)(const struct session *session);
    struct next (*follow)(struct visit *visit);
    struct next (*cancel)(struct visit *visit);
    enum verdict (*verdict)(struct session *session, const struct order *order);
};
const struct flow *flow_of(const struct session *session);

/* Goes on once the person is known. */
struct next flow_begin(struct visit *visit);
/* It is they who stand here: the same, unless the service has closed meanwhile. */
struct next flow_begin_confirmed(struct visit *visit);
/* The account and its card are known: the same, or first the question whether it is they. */
struct next flow_begin_known(struct visit *visit);
/* Why a service is not available now; NOTICE_NONE when it is. */
enum notice offer_service_obstacle(struct situation at, enum service service);
/* Nothing was paid, and nothing can come any more: may it be tried again? */
bool offer_payment_again(struct situation at);
/* Of several bills that are paid by insurance one is paid: the next, its index in the list; -1:
 * none.
 */
int offer_next_bill(struct situation at);

#endif
