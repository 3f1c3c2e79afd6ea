/* Service of the cashier's desk: calls of window software. What moves money becomes an order of the
 * core, everything else is passed to the platform; each call is answered exactly once. Owns the
 * desk's socket and a pump of net for what is passed. */
#ifndef HOPKIOSK_SHELL_DESK_SERVICE_H
#define HOPKIOSK_SHELL_DESK_SERVICE_H

#include <cjson/cJSON.h>

#include "app/core/core.h"
#include "app/journal/journal.h"
#include "app/platform/onepay/onepay.h"
#include "app/pump/desk_listen.h"
#include "app/pump/desk_socket.h"
#include "app/pump/net.h"
#include "app/pump/vendor.h"
#include "app/shell/inbox.h"

#define DESK_WORDS_SIZE 161 /* what is kept of another side's words */

struct desk;

struct desk_call {
    bool used;
    uint32_t number; /* of the call, never 0 */
    uint32_t caller; /* of the socket */
    const struct wire_operation *row;
    cJSON *param; /* the caller's, checked */
    int64_t since_mono_ms;
    /* Of one that waits for an order. */
    bool waits;
    enum call_wish wish;
    char order_no[ORDER_NO_SIZE]; /* "": the core has not said yet */
    bool gives_up;                /* it wants the payment closed: there is no code to pay with */
    bool to_window;               /* the cashier has still to choose how it is paid */
    bool shown;                   /* its window was presented */
    bool by_window;               /* the cashier sees it through: it is answered at its end */
    /* Of one that is passed to the platform. */
    cJSON *sent;
    bool again; /* with the next beat */
    void (*read)(struct desk *desk, struct desk_call *call, const struct net_answer *answer);
};

/* What an order of a call cannot hold: the caller's own members, which the journal keeps as long as
 * they may be sent again, and what the platform said beside what the order keeps, which is lost
 * with the program: then the order's own must do. */
struct desk_record {
    char order_no[ORDER_NO_SIZE]; /* "": none */
    const char *type;
    cJSON *param;                          /* until it has left */
    cJSON *said;                           /* param of the answer to the payment; NULL none */
    cJSON *refund_said;                    /* ... to the last refund */
    char insurance_words[DESK_WORDS_SIZE]; /* why the insurance refused to return it; "" none */
};

struct desk {
    /* Set before the start. */
    struct inbox *inbox;
    const struct core *core;
    const struct config *config;
    const char *path;                  /* of the socket; NULL: this terminal is no desk */
    struct desk_listen_options remote; /* address "" or NULL: no callers of other machines */
    struct journal_pump *pump;         /* NULL: no journal */
    /* The service's own. */
    struct desk_socket *socket;
    struct desk_listen *listen; /* NULL: nobody listens */
    struct net *net;
    struct vendor *vendor; /* NULL: no library was asked yet */
    uint32_t next_number;
    struct desk_call calls[DESK_CALLS_MAX];
    struct desk_record records[ORDERS_MAX]; /* by the slot of the order */
    struct desk_record fetched;             /* of an order that has no slot yet */
};

void desk_start(struct desk *desk);
void desk_stop(struct desk *desk);
/* The presented frame has the window's call on it: noted once a call, with how long that took. */
void desk_presented(struct desk *desk);
/* Carries out EFFECT_CALL. */
void desk_told(struct desk *desk, const struct effect *effect);
/* Carries out EFFECT_CHOSEN. */
void desk_chosen(struct desk *desk, const struct effect *effect);
/* Before a step's effects: of a call that the core has taken the members are kept, so that the
 * order's first write has them; those of an order that was fetched are its record's. */
void desk_before(struct desk *desk, const struct effects *effects);
/* What the order in the slot has to be sent with again after a restart, but for codes to pay with;
 * free() both. NULL: nothing. */
void desk_say_again(struct desk *desk, int slot, char **operation, char **members);
/* An order comes from the journal, and this its caller had said. */
void desk_fetched(struct desk *desk, const char *order_no, const char *operation,
                  const char *members);
/* Adds the caller's own members to what is sent for the order in the slot. */
void desk_complete(struct desk *desk, int slot, const char *operation, cJSON **members);
/* What the platform answered to what was sent for an order. */
void desk_answered(struct desk *desk, const char *operation, const cJSON *sent, const cJSON *tree);

#endif
