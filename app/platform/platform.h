/* The platforms: how a message of each is composed, what it must hold, how it is signed, what its
 * answer means. Pure: no I/O, no clock.
 *
 * Sending is strict: every required member, type, length and code list is checked before anything
 * leaves, and the complaint names the member and what was expected. Reading is lenient: only ids,
 * states and amounts are required. What an answer means for the money stands in one switch of each
 * platform.
 */
#ifndef HOPKIOSK_PLATFORM_PLATFORM_H
#define HOPKIOSK_PLATFORM_PLATFORM_H

#include <cjson/cJSON.h>

#include "app/base/log.h"
#include "app/config/config.h"
#include "app/core/order/order.h"
#include "app/core/terms/question.h"
#include "app/core/terms/routes.h"
#include "app/wire/message.h"
#include "app/wire/operation.h"

/* What the order law sends: a verb, and the parts of the order that the effect names (PART_NONE:
 * none). */
struct platform_act {
    enum verb verb;
    const struct order *order;
    int leg, claim, refund;
    const char *pay_code;     /* the phone's code for PLACE, "" or NULL: none */
    const char *person_name;  /* whole, for PLACE; "" or NULL: the order's masked one */
    const char *person_phone; /* for a message to it; "" or NULL: none is known */
    const struct bill *bill;  /* for that message, as it is listed; NULL: nobody has it any more */
};

static inline const struct refund *platform_refund(const struct platform_act *act) {
    ENSURE(act->refund >= 0 && act->refund < act->order->refund_count);
    return &act->order->refunds[act->refund];
}

/* By which a platform knows it: tried again it is the caller's again, and never a second refund. */
static inline const char *platform_refund_number(const struct refund *refund) {
    return refund->caller_no[0] != '\0' ? refund->caller_no : refund->no;
}

static inline const struct claim *platform_claim(const struct platform_act *act) {
    ENSURE(act->claim >= 0 && act->claim < act->order->claim_count);
    return &act->order->claims[act->claim];
}

static inline const struct leg *platform_leg(const struct platform_act *act) {
    ENSURE(act->leg >= 0 && act->leg < act->order->leg_count);
    return &act->order->legs[act->leg];
}

struct platform {
    const char *name;                        /* "upp" */
    enum route route;                        /* whose money it moves; ROUTE_NONE: no leg's */
    const struct config_section *section;    /* its members of the configuration */
    const struct wire_operation *operations; /* ended by a NULL name */
    size_t answer_max; /* of an answer to kioskctl, where that may be longer than a terminal's */
    /* Whom its server has to be. */
    const struct wire_trust *(*trust)(const struct config *config);
    /* The operation for an act of the order law, its members added to `members`; NULL: none. */
    const char *(*compose)(const struct config *config, const struct platform_act *act,
                           cJSON *members);
    /* After an accepted answer to a visit's question: the operation that goes on with it, its
     * members added to `members`; NULL: that was all. The pointer may be NULL. */
    const char *(*follow)(const struct config *config, const char *operation, const cJSON *sent,
                          cJSON *members);
    /* `members` are the operation's own members; identity, time, version and signature are added
     * here. */
    __attribute__((warn_unused_result)) bool (*build)(const struct config *config,
                                                      const char *operation, const cJSON *members,
                                                      int64_t wall_ms, struct wire_request *out,
                                                      struct wire_complaint *complaint);
    /* Never fails: what cannot be read is MALFORMED. */
    void (*read)(const struct config *config, const char *operation, const cJSON *sent,
                 int http_status, const char *body, size_t length, struct wire_reading *out);
};

extern const struct platform *const platforms[];           /* ended by NULL */
const struct platform *platform_by_name(const char *name); /* NULL: none */

/* Who is asked, what operation and with what members: the hospital for its own verbs, else the
 * platform of the leg's route. NULL: nobody has such an act. *members: cJSON_Delete. */
const struct platform *platform_compose(const struct config *config, const struct platform_act *act,
                                        const char **operation, cJSON **members);
/* The paying platform that tells its time, where one is configured. */
const struct platform *platform_of_time(const struct config *config);
const struct platform *platform_ask_time(const struct config *config, const char **operation,
                                         cJSON **members);
const struct platform *platform_ask(const struct config *config, const struct question *question,
                                    const char **operation, cJSON **members);
/* The route that takes what the wallets pay: the configured one, else that of the platform that
 * there is. */
enum route platform_wallet_route(const struct config *config);
/* What the configuration lacks so that medical insurance can pay a bill here, a member's name;
 * NULL: nothing. */
const char *platform_insurance_lacks(const struct config *config);
/* Is the own part of an insured bill, where the insurance leaves it open, paid here? Is that
 * wanted, be it offered or not? */
bool platform_own_part_here(const struct config *config);
bool platform_own_part_wanted(const struct config *config);
/* Has the region a gateway that decodes its codes first? */
bool platform_decodes_insurance(const struct config *config);
/* Do its questions name the patient whole, and its refunds want the patient's code? */
bool platform_insurance_names_person(const struct config *config);
/* Does a refund of it need our ORG_005? */
bool platform_insurance_his_cancel(const struct config *config);
/* Does nobody tell the hospital of a refund of this route's (onepay refundType hisDecide)? */
bool platform_refund_untold(const struct config *config, enum route route);
/* What the hospital's ORG_004 tells of, as configured; does it have what serves the verb? */
enum settle_result platform_settle_result(const struct config *config);
bool platform_his_has(const struct config *config, enum verb verb);
/* Has that platform one code for every wallet? */
bool platform_has_one_code(const struct config *config);

#endif
