#include "app/pump/desk_listen.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/payclient/protocol.h"
#include "app/pump/desk_token.h"

#define PEER_SIZE 80
#define CHUNK 4096
#define SPEAK_S 5    /* until a caller has shaken hands and said its token */
#define LOOK_MS 1000 /* how often it is looked who is late */
#define REFUSAL_S 3  /* a wrong token costs so long */

/* A caller: its thread, and what that thread is in the middle of. */
struct remote {
    struct desk_listen *listen;
    pthread_t thread;
    bool started;
    atomic_bool busy, known; /* known: its token was the right one */
    int64_t until_mono_ms;   /* as long as it has to become known */
    int file;                /* -1: none; shut down to end the thread */
    char peer[PEER_SIZE];
};

struct desk_listen {
    SSL_CTX *tls;
    char *token, *socket;
    int listener, stop;
    pthread_t thread;
    struct remote remotes[DESK_REMOTE_MAX];
};

/* ---- one caller ---- */

static bool say_all(SSL *ssl, const char *text, size_t length) {
    return length == 0 || SSL_write(ssl, text, (int)length) == (int)length;
}

static bool hear_token(SSL *ssl, struct desk_token *heard) {
    enum desk_token_state state = DESK_TOKEN_MORE;
    char byte;
    while (state == DESK_TOKEN_MORE && SSL_read(ssl, &byte, 1) == 1)
        state = desk_token_take(heard, byte);
    return state == DESK_TOKEN_WHOLE;
}

static int call_own_socket(const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int file = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
    if (file >= 0 && connect(file, (struct sockaddr *)&address, sizeof address) == 0)
        return file;
    if (file >= 0)
        close(file);
    return -1;
}

/* What one side says reaches the other. False: that side has ended. Of half a record nothing is
 * carried yet: the desk's own patience ends a line that never comes. */
static bool carry_up(SSL *ssl, int own) {
    char chunk[CHUNK];
    bool open = true;
    do {
        int got = SSL_read(ssl, chunk, sizeof chunk);
        open = got > 0 ? send(own, chunk, (size_t)got, MSG_NOSIGNAL) == got
                       : SSL_get_error(ssl, got) == SSL_ERROR_WANT_READ;
        ERR_clear_error();
    } while (open && SSL_pending(ssl) > 0);
    explicit_bzero(chunk, sizeof chunk);
    return open;
}

static bool carry_down(SSL *ssl, int own) {
    char chunk[CHUNK];
    ssize_t got = recv(own, chunk, sizeof chunk, 0);
    bool carried = got > 0 && say_all(ssl, chunk, (size_t)got);
    explicit_bzero(chunk, sizeof chunk);
    return carried;
}

/* The desk itself bounds what is said and how long it takes. */
static void relay(SSL *ssl, int file, int own) {
    struct pollfd ready[] = {{.fd = file, .events = POLLIN}, {.fd = own, .events = POLLIN}};
    bool open = true;
    while (open && poll(ready, 2, -1) >= 0) {
        if (ready[0].revents != 0)
            open = carry_up(ssl, own);
        if (open && ready[1].revents != 0)
            open = carry_down(ssl, own);
    }
}

/* No reading or writing waits longer for the other side, and one whose machine has lost its power
 * is noticed within a minute. */
static void set_patience(int file) {
    static const int alive = 1, idle_s = 30, between_s = 10, probes = 3;
    struct timeval patience = {.tv_sec = SPEAK_S};
    (void)setsockopt(file, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    (void)setsockopt(file, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    (void)setsockopt(file, SOL_SOCKET, SO_KEEPALIVE, &alive, sizeof alive);
    (void)setsockopt(file, IPPROTO_TCP, TCP_KEEPIDLE, &idle_s, sizeof idle_s);
    (void)setsockopt(file, IPPROTO_TCP, TCP_KEEPINTVL, &between_s, sizeof between_s);
    (void)setsockopt(file, IPPROTO_TCP, TCP_KEEPCNT, &probes, sizeof probes);
}

static void wait_out(const struct desk_listen *listen, int seconds) {
    struct pollfd stop = {.fd = listen->stop, .events = POLLIN};
    (void)poll(&stop, 1, seconds * 1000);
}

static void serve_remote(struct remote *remote, SSL *ssl) {
    struct desk_token heard = {.length = 0};
    const struct desk_listen *listen = remote->listen;
    if (SSL_accept(ssl) != 1 || !hear_token(ssl, &heard)) {
        log_write(LOG_WARNING, "desk", "%s said no token", remote->peer);
        explicit_bzero(&heard, sizeof heard);
        return;
    }
    bool good = desk_token_is(&heard, listen->token);
    explicit_bzero(&heard, sizeof heard);
    if (!good) {
        log_write(LOG_WARNING, "desk", "%s has a wrong token", remote->peer);
        wait_out(listen, REFUSAL_S);
        return;
    }
    int own = call_own_socket(listen->socket);
    if (own < 0)
        return; /* no greeting: nothing is asked */
    atomic_store(&remote->known, true);
    relay(ssl, remote->file, own);
    close(own);
}

static void *run_remote(void *context) {
    struct remote *remote = context;
    SSL *ssl = SSL_new(remote->listen->tls);
    ENSURE(ssl != NULL);
    set_patience(remote->file);
    if (SSL_set_fd(ssl, remote->file) == 1)
        serve_remote(remote, ssl);
    (void)SSL_shutdown(ssl);
    SSL_free(ssl);
    ERR_clear_error();
    (void)shutdown(remote->file, SHUT_RDWR);
    atomic_store(&remote->busy, false);
    return NULL;
}

/* ---- who meets them ---- */

/* A thread that has ended is joined before its place is another's. */
static struct remote *free_remote(struct desk_listen *listen) {
    for (int i = 0; i < DESK_REMOTE_MAX; i++) {
        struct remote *remote = &listen->remotes[i];
        if (atomic_load(&remote->busy))
            continue;
        if (remote->started) {
            pthread_join(remote->thread, NULL);
            close(remote->file);
        }
        remote->started = false;
        return remote;
    }
    return NULL;
}

static void meet_remote(struct desk_listen *listen) {
    struct sockaddr_storage address;
    socklen_t size = sizeof address;
    int file = accept4(listen->listener, (struct sockaddr *)&address, &size, SOCK_CLOEXEC);
    struct remote *remote = file < 0 ? NULL : free_remote(listen);
    if (remote == NULL) {
        if (file >= 0)
            close(file);
        else
            wait_out(listen, 1); /* whoever waits to be met is there still */
        log_write(LOG_WARNING, "desk", "a call from elsewhere was turned away: too many");
        return;
    }
    remote->listen = listen;
    remote->file = file;
    remote->until_mono_ms = clock_mono_ms() + SPEAK_S * 1000;
    atomic_store(&remote->known, false);
    if (getnameinfo((struct sockaddr *)&address, size, remote->peer, sizeof remote->peer, NULL, 0,
                    NI_NUMERICHOST) != 0)
        snprintf(remote->peer, sizeof remote->peer, "somebody");
    atomic_store(&remote->busy, true);
    remote->started = pthread_create(&remote->thread, NULL, run_remote, remote) == 0;
    if (remote->started)
        return;
    atomic_store(&remote->busy, false);
    close(file);
}

/* Who speaks byte by byte is never late with one of them, and would keep the place for ever. */
static void hang_up_on_slow(struct desk_listen *listen) {
    int64_t now = clock_mono_ms();
    for (int i = 0; i < DESK_REMOTE_MAX; i++) {
        const struct remote *remote = &listen->remotes[i];
        if (remote->started && atomic_load(&remote->busy) && !atomic_load(&remote->known) &&
            now >= remote->until_mono_ms)
            (void)shutdown(remote->file, SHUT_RDWR);
    }
}

static void *run_listen(void *context) {
    struct desk_listen *listen = context;
    struct pollfd ready[] = {{.fd = listen->stop, .events = POLLIN},
                             {.fd = listen->listener, .events = POLLIN}};
    while (poll(ready, 2, LOOK_MS) >= 0 || errno == EINTR) {
        if (ready[0].revents != 0)
            return NULL;
        if (ready[1].revents != 0)
            meet_remote(listen);
        hang_up_on_slow(listen);
    }
    return NULL;
}

/* ---- begin and end ---- */

/* A port alone is this machine's. */
static int listen_for_remotes(const char *address) {
    char host[64] = "127.0.0.1";
    const char *colon = strrchr(address, ':'), *port = colon == NULL ? address : colon + 1;
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICHOST},
                    *found;
    bool bracketed = address[0] == '[' && colon != NULL && colon > address && colon[-1] == ']';
    if (bracketed) /* [::1]:7443 */
        snprintf(host, sizeof host, "%.*s", (int)(colon - address) - 2, address + 1);
    else if (colon != NULL)
        snprintf(host, sizeof host, "%.*s", (int)(colon - address), address);
    if (getaddrinfo(host, port, &hints, &found) != 0) {
        errno = EINVAL;
        return -1;
    }
    int file = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0), one = 1;
    bool bound = file >= 0 && setsockopt(file, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one) == 0 &&
                 bind(file, found->ai_addr, found->ai_addrlen) == 0 &&
                 listen(file, DESK_REMOTE_MAX) == 0;
    int why = errno;
    freeaddrinfo(found);
    if (bound)
        return file;
    if (file >= 0)
        close(file);
    errno = why;
    return -1;
}

static SSL_CTX *open_tls(const struct desk_listen_options *options) {
    SSL_CTX *tls = SSL_CTX_new(TLS_server_method());
    ENSURE(tls != NULL);
    bool good = SSL_CTX_set_min_proto_version(tls, TLS1_2_VERSION) == 1 &&
                SSL_CTX_use_certificate_chain_file(tls, options->certificate) == 1 &&
                SSL_CTX_use_PrivateKey_file(tls, options->key, SSL_FILETYPE_PEM) == 1 &&
                SSL_CTX_check_private_key(tls) == 1;
    if (good)
        return tls;
    log_write(LOG_ERROR, "desk", "desk.certificate and desk.key: %s",
              ERR_reason_error_string(ERR_peek_last_error()));
    ERR_clear_error();
    SSL_CTX_free(tls);
    return NULL;
}

struct desk_listen *desk_listen_start(const struct desk_listen_options *options) {
    SSL_CTX *tls = open_tls(options);
    int listener = tls == NULL ? -1 : listen_for_remotes(options->address);
    if (listener < 0) {
        if (tls != NULL)
            log_write(LOG_ERROR, "desk", "nobody listens at %s: %s", options->address,
                      strerror(errno));
        SSL_CTX_free(tls);
        return NULL;
    }
    struct desk_listen *listen = calloc(1, sizeof *listen);
    ENSURE(listen != NULL);
    listen->tls = tls;
    listen->listener = listener;
    listen->stop = eventfd(0, EFD_CLOEXEC);
    listen->token = strdup(options->token);
    listen->socket = strdup(options->socket);
    ENSURE(pthread_create(&listen->thread, NULL, run_listen, listen) == 0);
    log_write(LOG_INFO, "desk", "calls from other machines are taken at %s", options->address);
    return listen;
}

void desk_listen_stop(struct desk_listen *listen) {
    uint64_t one = 1;
    ENSURE(write(listen->stop, &one, sizeof one) == sizeof one);
    pthread_join(listen->thread, NULL);
    for (int i = 0; i < DESK_REMOTE_MAX; i++) {
        struct remote *remote = &listen->remotes[i];
        if (!remote->started)
            continue;
        (void)shutdown(remote->file, SHUT_RDWR);
        pthread_join(remote->thread, NULL);
        close(remote->file);
    }
    close(listen->listener);
    close(listen->stop);
    SSL_CTX_free(listen->tls);
    explicit_bzero(listen->token, strlen(listen->token));
    free(listen->token);
    free(listen->socket);
    free(listen);
}
