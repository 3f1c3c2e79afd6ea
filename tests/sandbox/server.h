/* HTTP on loopback: a thread a connection, so that a fault on one request never holds another. */
#ifndef SANDBOX_SERVER_H
#define SANDBOX_SERVER_H

#include "tests/sandbox/sandbox.h"

struct server;

/* `port` 0: a free one, then in sandbox->port. NULL: the port is taken. */
struct server *server_start(struct sandbox *sandbox, unsigned short port);
void server_stop(struct server *server);

#endif
