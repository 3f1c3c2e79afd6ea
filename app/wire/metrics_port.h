/* Where a monitoring system fetches the figures: GET /metrics over plain http, one thread, the text
 * made by the main thread for each question. Nothing else is answered, nothing can be told. */
#ifndef HOPKIOSK_WIRE_METRICS_PORT_H
#define HOPKIOSK_WIRE_METRICS_PORT_H

#include <stdbool.h>
#include <sys/socket.h>

/* "9465" (loopback), "192.0.2.3:9465", "[::1]:9465"; port 0 takes any that is free. */
bool metrics_port_address(const char *text, struct sockaddr_storage *out);

struct metrics_port;
/* `ask` is called on the port's thread and is followed by one metrics_port_reply, or the asker is
 * told to come again. NULL: the address cannot be had, which is logged. */
struct metrics_port *metrics_port_start(const char *address, bool (*ask)(void *context),
                                        void *context);
/* Takes `text`, which was malloc'ed. */
void metrics_port_reply(struct metrics_port *port, char *text);
void metrics_port_stop(struct metrics_port *port);

#endif
