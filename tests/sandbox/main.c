/* The sandbox as a program: see README.md. Loopback only. */
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/sandbox/server.h"

enum option_key {
    KEY_PORT = 1,
    KEY_STATE,
    KEY_PAY_BASE,
    KEY_ISV,
    KEY_PARTNER,
    KEY_SECRET,
    KEY_APPID,
    KEY_APPSECRET,
    KEY_MMPC_APPID,
    KEY_MMPC_SECRET,
    KEY_AMP_APPID,
    KEY_AMP_KEY
};

static const struct option option_table[] = {
    {"port", required_argument, NULL, KEY_PORT},
    {"state", required_argument, NULL, KEY_STATE},
    {"pay-base", required_argument, NULL, KEY_PAY_BASE},
    {"isv-id", required_argument, NULL, KEY_ISV},
    {"partner-id", required_argument, NULL, KEY_PARTNER},
    {"key", required_argument, NULL, KEY_SECRET},
    {"onepay-appid", required_argument, NULL, KEY_APPID},
    {"onepay-secret", required_argument, NULL, KEY_APPSECRET},
    {"mmpc-appid", required_argument, NULL, KEY_MMPC_APPID},
    {"mmpc-secret", required_argument, NULL, KEY_MMPC_SECRET},
    {"amp-appid", required_argument, NULL, KEY_AMP_APPID},
    {"amp-key", required_argument, NULL, KEY_AMP_KEY},
    {NULL, 0, NULL, 0},
};

static bool read_port(const char *text, unsigned short *port) {
    char *end;
    long value = strtol(text, &end, 10);
    *port = (unsigned short)value;
    return *text != '\0' && *end == '\0' && value >= 0 && value <= 65535;
}

/* Where the text of an option goes; NULL: none that there is. */
static const char **text_of(struct options *options, int key) {
    switch (key) {
    case KEY_STATE:
        return &options->state_path;
    case KEY_PAY_BASE:
        return &options->pay_base;
    case KEY_ISV:
        return &options->isv_id;
    case KEY_PARTNER:
        return &options->partner_id;
    case KEY_SECRET:
        return &options->key;
    case KEY_APPID:
        return &options->onepay_appid;
    case KEY_APPSECRET:
        return &options->onepay_secret;
    case KEY_MMPC_APPID:
        return &options->mmpc_appid;
    case KEY_MMPC_SECRET:
        return &options->mmpc_secret;
    case KEY_AMP_APPID:
        return &options->amp_appid;
    case KEY_AMP_KEY:
        return &options->amp_key;
    default:
        return NULL;
    }
}

static bool read_options(int argc, char **argv, struct options *options, unsigned short *port) {
    int key;
    while ((key = getopt_long(argc, argv, "", option_table, NULL)) != -1) {
        const char **text = text_of(options, key);
        if (text != NULL)
            *text = optarg;
        else if (key != KEY_PORT || !read_port(optarg, port))
            return false;
    }
    return optind == argc;
}

/* Blocked before any thread starts: sigwait alone takes them. */
static sigset_t block_signals(void) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    signal(SIGPIPE, SIG_IGN);
    return set;
}

int main(int argc, char **argv) {
    struct options options = {.isv_id = "20000", .partner_id = "12345", .key = "9f2c1b7a5d3e48f6"};
    unsigned short port = 18080;
    if (!read_options(argc, argv, &options, &port)) {
        fprintf(stderr, "usage: sandbox [--port N] [--state FILE] [--pay-base URL] [--isv-id N] "
                        "[--partner-id N] [--key TEXT] "
                        "[--onepay-appid TEXT] [--onepay-secret TEXT] [--mmpc-appid TEXT] "
                        "[--mmpc-secret TEXT] [--amp-appid TEXT] [--amp-key TEXT]\n");
        return 2;
    }
    sigset_t signals = block_signals();
    struct sandbox sandbox;
    sandbox_init(&sandbox, &options);
    struct server *server = server_start(&sandbox, port);
    if (server == NULL) {
        fprintf(stderr, "sandbox: port %d of 127.0.0.1 cannot be had\n", port);
        sandbox_destroy(&sandbox);
        return 1;
    }
    printf("listening http://127.0.0.1:%d\n", sandbox.port);
    fflush(stdout);
    int taken;
    sigwait(&signals, &taken);
    server_stop(server);
    sandbox_destroy(&sandbox);
    return 0;
}
