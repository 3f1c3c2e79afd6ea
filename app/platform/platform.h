/* The platforms: what a message must hold (tables), how it is signed, what its answer means. Pure:
 * no I/O, no clock.
 *
 * Sending is strict: every required member, type, length and code list is checked before anything
 * leaves, and the complaint names the member and what was expected. Reading is lenient: only ids,
 * states and amounts are required. What an answer means for the money stands in one switch of each
 * platform.
 */
#ifndef HOPKIOSK_PLATFORM_PLATFORM_H
#define HOPKIOSK_PLATFORM_PLATFORM_H

#include <cjson/cJSON.h>

#include "app/config/config.h"
#include "app/core/terms/document.h"
#include "app/wire/message.h"

struct platform_operation {
    const char *name; /* as in the document */
    enum verb verb;   /* VERB_NONE: raw calls only */
    bool moves_money; /* refused by kioskctl call unless bench.raw_calls */
};

struct platform {
    const char *name;                            /* "upp" */
    const struct config_section *section;        /* its members of the configuration */
    const struct platform_operation *operations; /* ended by a NULL name */
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

/* What the order law sends: the operation and its members for a verb of an order or a session.
 * Returns the platform and fills operation; NULL when the route has no such verb. *members:
 * cJSON_Delete. */
struct order;
struct session;
const struct platform *platform_request_of_order(const struct config *config,
                                                 const struct order *order, enum verb verb, int leg,
                                                 int claim, int refund, const char *pay_code,
                                                 const char **operation, cJSON **members);
const struct platform *platform_request_of_session(const struct config *config,
                                                   const struct session *session, enum verb verb,
                                                   const char **operation, cJSON **members);

#endif
