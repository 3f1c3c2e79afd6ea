/* Service of questions to platforms and the HIS: a SEND of the core becomes a message, and what
 * comes back an ANSWER with its evidence. Owns the pumps of net and
 * of vendors' libraries, and the trace. */
#ifndef HOPKIOSK_SHELL_EXCHANGE_H
#define HOPKIOSK_SHELL_EXCHANGE_H

#include "app/core/core.h"
#include "app/platform/platform.h"
#include "app/shell/held.h"
#include "app/shell/inbox.h"
#include "app/shell/metrics.h"

/* A power of two: request numbers are consecutive, so that two rarely want the same place. Each is
 * a connection: after a start thousands may have to be asked about, and what is not sent at once is
 * asked again soon, but nothing is sent later than its time. */
#define EXCHANGES_MAX 256
#define EXCHANGES_OF_VISITS 32 /* of them that no order takes */

struct exchange {
    bool used;
    uint32_t number;
    enum verb verb;
    bool of_visit;                /* else an order's or the terminal's own */
    char order_no[ORDER_NO_SIZE]; /* "": it is no order's */
    const struct platform *platform;
    const char *operation; /* a string literal */
    cJSON *sent;
    int64_t sent_mono_ms;
    int timeout_ms;
};

/* How the paying platform tells its time. */
struct platform_clock {
    const struct platform *platform; /* NULL: there is none */
    bool other_date;                 /* its Date header is another clock than its own timestamp */
};

/* Who adds to what is sent for an order of the desk's callers, and hears what comes back. */
struct exchange_desk {
    void *owner; /* NULL: there is none */
    void (*complete)(void *owner, int slot, const char *operation, cJSON **members);
    void (*answered)(void *owner, const char *operation, const cJSON *sent, const cJSON *tree);
};

struct exchanges {
    /* Set before the start. */
    struct inbox *inbox;
    const struct core *core;
    const struct config *config;
    const char *trace_path; /* "": no trace */
    struct held held;
    struct exchange_desk desk;
    struct metrics *metrics; /* NULL: nobody counts */
    /* The service's own. */
    struct net *net;
    struct vendor *vendor; /* NULL: no library was asked yet */
    struct trace *trace;
    struct platform_clock clock;
    int count;
    bool full; /* as far as the log knows */
    struct exchange items[EXCHANGES_MAX];
};

void exchange_start(struct exchanges *exchanges);
/* Answers into the inbox everything under way, then forgets it. */
void exchange_stop(struct exchanges *exchanges);
/* Exactly one ANSWER follows, also when nothing could be sent. */
void exchange_send(struct exchanges *exchanges, const struct effect *effect);

/* For services that ask over another wire: a place that remembers what was asked, NULL when there
 * are too many; and giving it back, which returns its content, all zero when there was none. */
struct exchange *exchange_begin(struct exchanges *exchanges, const struct effect *effect);
struct exchange exchange_end(struct exchanges *exchanges, uint32_t number);
/* Writes evidence, which is masked, to the trace. */
void exchange_trace(struct exchanges *exchanges, const char *evidence);

#endif
