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
    KEY_APPSECRET
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
    {NULL, 0, NULL, 0},
};

static bool read_port(const char *text, unsigned short *port) {
    char *end;
    long value = strtol(text, &end, 10);
    *port = (unsigned short)value;
    return *text != '\0' && *end == '\0' && value >= 0 && value <= 65535;
}

static bool read_options(int argc, char **argv, struct options *options, unsigned short *port) {
    int key;
    while ((key = getopt_long(argc, argv, "", option_table, NULL)) != -1) {
        switch (key) {
        case KEY_PORT:
            if (!read_port(optarg, port))
                return false;
            break;
        case KEY_STATE:
            options->state_path = optarg;
            break;
        case KEY_PAY_BASE:
            options->pay_base = optarg;
            break;
        case KEY_ISV:
            options->isv_id = optarg;
            break;
        case KEY_PARTNER:
            options->partner_id = optarg;
            break;
        case KEY_SECRET:
            options->key = optarg;
            break;
        case KEY_APPID:
            options->onepay_appid = optarg;
            break;
        case KEY_APPSECRET:
            options->onepay_secret = optarg;
            break;
        default:
            return false;
        }
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
                        "[--onepay-appid TEXT] [--onepay-secret TEXT]\n");
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
