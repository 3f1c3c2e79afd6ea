/* The addresses of a database's servers, by name. The system's own look-up has no end of its own,
 * and libpq would wait for it; so it runs on a thread that is left behind when the time is over. */
#ifndef HOPKIOSK_FLEET_LOOKUP_H
#define HOPKIOSK_FLEET_LOOKUP_H

#include <stdbool.h>
#include <stdint.h>

#include "app/fleet/link.h"

#define LOOKUP_TEXT_SIZE 2048

/* What to tell libpq in the place of the names: lists with commas, as many of each. A server with
 * several addresses stands there as often; the names stay, because the certificate is of them. */
struct lookup {
    char host[LOOKUP_TEXT_SIZE], hostaddr[LOOKUP_TEXT_SIZE], port[LOOKUP_TEXT_SIZE];
};

/* `host` and `port`: lists as a connection string has them, `port` may be empty or one for all. A
 * folder of a socket needs no address. A server whose name is not known is left out, unless there
 * is no other: FLEET_DOWN, as after `until_mono_ms`; FLEET_STOPPED when `stop` (-1: none) is
 * readable. `error`: a sentence, unless FLEET_OK. */
__attribute__((warn_unused_result)) enum fleet_result
lookup_hosts(const char *host, const char *port, int64_t until_mono_ms, int stop,
             struct lookup *out, char error[FLEET_ERROR_SIZE]);

#endif
