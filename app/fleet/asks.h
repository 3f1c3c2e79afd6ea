/* The local socket (0600, beside the journal) at which the kiosk and kioskctl ask the fleet's
 * process. One line is asked, one is answered: {"ask":"payments","keys":[...]}, {"ask":"status"}.
 * A thread of its own with a connection of its own: what is sent to the database meanwhile delays
 * no answer. */
#ifndef HOPKIOSK_FLEET_ASKS_H
#define HOPKIOSK_FLEET_ASKS_H

#include "app/fleet/replicator.h"

struct asks;
/* NULL after a line in the log: the socket cannot be made. The thread ends with `stop`. */
struct asks *asks_start(const char *socket_path, const struct replicator_options *options);
/* What `status` says from now on. */
void asks_tell(struct asks *asks, const struct replicator_figures *figures);
/* What was told last. */
struct replicator_figures asks_figures(struct asks *asks);
void asks_join(struct asks *asks);

#endif
