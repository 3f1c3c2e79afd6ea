/* Callers from other machines: a TLS server that lets whoever has the token speak to the desk's own
 * socket (app/payclient/protocol.h), byte for byte. A thread for each of DESK_REMOTE_MAX callers,
 * one more that meets them. A wrong token is refused slowly, and never logged. */
#ifndef HOPKIOSK_PUMP_DESK_LISTEN_H
#define HOPKIOSK_PUMP_DESK_LISTEN_H

#define DESK_REMOTE_MAX 32

struct desk_listen_options {
    const char *address;           /* "10.1.2.3:7443", or a port alone: of this machine only */
    const char *certificate, *key; /* files, PEM */
    const char *token;
    const char *socket; /* the desk's own */
};

struct desk_listen;
/* NULL, and logged: there can be no such server. */
struct desk_listen *desk_listen_start(const struct desk_listen_options *options);
/* Callers are hung up on. */
void desk_listen_stop(struct desk_listen *listen);

#endif
