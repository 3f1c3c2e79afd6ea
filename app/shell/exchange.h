/* What is being asked of platforms and the HIS: from a SEND of the core to a message on the wire,
 * and from what came back to an ANSWER. */
#ifndef HOPKIOSK_SHELL_EXCHANGE_H
#define HOPKIOSK_SHELL_EXCHANGE_H

#include "app/core/effect.h"
#include "app/core/event.h"
#include "app/platform/platform.h"
#include "app/pump/net.h"
#include "app/shell/documents.h"

/* A power of two. Numbers come one after the other, so two rarely want the same place. */
#define EXCHANGES_MAX 1024

struct exchange {
    bool used;
    uint32_t number;
    enum verb verb;
    const struct platform *platform;
    const char *operation; /* literal */
    cJSON *sent;
    int64_t sent_mono_ms;
};

struct exchanges {
    int count;
    struct exchange items[EXCHANGES_MAX];
};

struct loop;
/* Exactly one ANSWER follows, also when nothing could be sent. */
void exchange_send(struct loop *loop, const struct effect *effect);
/* What the other side said, as an event into the core. */
void exchange_answered(struct loop *loop, struct net_answer *answer);
/* For those who are asked over other wires: the place that remembers what was asked, NULL when
 * there are too many, and giving it back (all zero: there was none). */
struct exchange *exchange_begin(struct exchanges *exchanges, const struct effect *effect);
struct exchange exchange_end(struct exchanges *exchanges, uint32_t number);
void exchanges_free(struct exchanges *exchanges);

#endif
