/* One documented operation spoken: built, sent, read. For commands that ask a service themselves.
 */
#ifndef HOPKIOSK_CTL_SPEAK_H
#define HOPKIOSK_CTL_SPEAK_H

#include "app/platform/platform.h"
#include "app/pump/net.h"

struct exchange {
    struct wire_request wire;
    struct wire_reading reading;
    struct net_answer answer;        /* as it came; nothing where a link is shown */
    struct wire_complaint complaint; /* why nothing was sent */
};

/* False: refused before sending. Free in any case. */
bool exchange_speak(const struct config *config, const struct platform *platform,
                    const struct wire_operation *operation, const cJSON *members, bool trace,
                    struct exchange *out);
void exchange_free(struct exchange *exchange);
/* An answer came, and was longer than it may be. */
bool exchange_is_too_long(const struct exchange *exchange);

#endif
