/* The table of visits: what each service asks, which amount it takes, what is confirmed, and what
 * becomes of its order. A visit is a row here and a service in terms/types.h. */
#ifndef HOPKIOSK_CORE_VISIT_FLOWS_H
#define HOPKIOSK_CORE_VISIT_FLOWS_H

#include "app/core/visit/screen.h"

#define PRESETS_MAX 6

/* How an amount is typed. */
struct flow_amount {
    const char *title_key, *cap_key;
    struct fen (*cap)(struct situation at);
    /* Offered as amount.1, amount.2 ...; how many. */
    int (*presets)(struct situation at, struct fen out[PRESETS_MAX]);
    /* Why the typed amount cannot be taken. */
    enum notice (*obstacle)(struct situation at);
    struct next (*chosen)(struct visit *visit);
    enum screen back;
};

/* What the rows of RECORDS are. */
struct flow_rows {
    int (*count)(const struct payment_list *list);
    enum notice empty;
    struct next (*pick)(struct visit *visit, int row); /* from 0 */
    struct next (*all)(struct visit *visit);           /* NULL: there is no such choice */
};

/* How money comes in. */
struct flow_payment {
    enum screen chosen_on;       /* CHANNEL leads back there */
    enum visit_question recheck; /* before the order is opened; QUESTION_NONE: nothing */
    enum notice (*obstacle)(struct situation at);
    /* What can only be known when the order is made. */
    enum notice (*clash)(const struct book *book, const struct order_person *person);
    void (*add_claims)(const struct session *session, struct order *order);
};

struct flow {
    bool looks_up; /* nothing is paid: it is about what was paid before */
    /* Asked when it is known who stands there, or QUESTION_NONE: this screen is shown. */
    enum visit_question question;
    enum screen first;
    /* What the service needs of an account. NULL: nothing. */
    enum notice (*account_obstacle)(const struct core_setup *setup, const struct account *account,
                                    enum identity_kind identity);
    const struct flow_amount *amount;   /* NULL: none is typed */
    const struct flow_rows *rows;       /* NULL: RECORDS is not shown */
    const struct flow_payment *payment; /* NULL: nothing is paid */
    /* CONFIRM asked whether the plan shall be carried out, and was told to; what its questions are
     * answered. NULL: it never asks. */
    struct next (*confirmed)(struct visit *visit);
    struct next (*answer)(struct visit *visit, enum visit_question question,
                          const struct event_answer *answer);
    /* The order in the session's slot: is its money undecided, where does the patient stand, what
     * if they wait no longer, and what became of it. */
    bool (*undecided)(const struct session *session);
    struct next (*follow)(struct visit *visit);
    struct next (*cancel)(struct visit *visit);
    enum verdict (*verdict)(struct session *session, const struct order *order);
};
const struct flow *flow_of(const struct session *session);

/* It is known who stands there. */
struct next flow_begin(struct visit *visit);
/* Why a service is not to be had now; NOTICE_NONE: it is. */
enum notice offer_service_obstacle(struct situation at, enum service service);

#endif
