/* build/fleet: brings the journal's events to the hospital's database, and asks it for the kiosk.
 */
#include <getopt.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/base/version.h"
#include "app/fleet/asks.h"
#include "app/fleet/fleet_metrics.h"
#include "app/fleet/fleet_settings.h"
#include "app/wire/metrics_port.h"

#define LOOK_MS 500
#define PATIENCE_MS 20000

enum { EXIT_REFUSED = 2 };

static const char usage[] = "usage: fleet --config FILE [--check-config]\n"
                            "       fleet --version\n";

struct arguments {
    const char *config_path;
    bool check, version, help;
};

static bool read_arguments(int argc, char **argv, struct arguments *out) {
    static const struct option options[] = {{"config", required_argument, NULL, 'c'},
                                            {"check-config", no_argument, NULL, 'k'},
                                            {"version", no_argument, NULL, 'v'},
                                            {"help", no_argument, NULL, 'h'},
                                            {0}};
    int option;
    *out = (struct arguments){0};
    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option == 'c')
            out->config_path = optarg;
        out->check = out->check || option == 'k';
        out->version = out->version || option == 'v';
        out->help = out->help || option == 'h';
        if (option == '?')
            return false;
    }
    return optind == argc && (out->config_path != NULL || out->version || out->help);
}

static bool load_config(const char *path, struct config *out, char *error, size_t size) {
    static const struct config_section *const sections[] = {&fleet_settings_section,
                                                            &fleet_place_section, NULL};
    char why[200];
    if (!config_load_part(path, sections, out, error, size))
        return false;
    if (fleet_settings(out)->database[0] == '\0')
        snprintf(error, size, "fleet.database: expected a connection string, got nothing");
    else if (!fleet_database_is_good(fleet_settings(out)->database, why, sizeof why))
        snprintf(error, size, "fleet.database: %s", why);
    else
        return true;
    config_free(out);
    return false;
}

/* Readable from the first signal on, because nobody reads it. */
static int open_stop(void) {
    sigset_t ending;
    sigemptyset(&ending);
    sigaddset(&ending, SIGTERM);
    sigaddset(&ending, SIGINT);
    sigprocmask(SIG_BLOCK, &ending, NULL);
    signal(SIGPIPE, SIG_IGN);
    return signalfd(-1, &ending, SFD_CLOEXEC);
}

static bool is_stopped(int stop, int64_t until_mono_ms) {
    struct pollfd ready = {.fd = stop, .events = POLLIN};
    int64_t left_ms = until_mono_ms - clock_mono_ms();
    return poll(&ready, 1, left_ms > 0 ? (int)left_ms : 0) == 1;
}

/* Told on the port's own thread: what the last turn left is all there is. */
struct fleet_port {
    struct asks *asks;
    _Atomic(struct metrics_port *) port;
};

static bool reply_figures(void *context) {
    struct fleet_port *port = context;
    struct metrics_port *to = atomic_load(&port->port);
    if (to == NULL) /* it is just being started */
        return false;
    struct replicator_figures figures = asks_figures(port->asks);
    metrics_port_reply(to, fleet_metrics_text(&figures, clock_wall_ms()));
    return true;
}

static void start_port(struct fleet_port *port, const char *address) {
    if (address[0] != '\0')
        atomic_store(&port->port, metrics_port_start(address, reply_figures, port));
}

static int run_fleet(const struct config *config) {
    struct replicator_options options = {.journal_path = fleet_place(config)->journal_path,
                                         .database = fleet_settings(config)->database,
                                         .interval_ms = fleet_settings(config)->interval_ms,
                                         .look_ms = LOOK_MS,
                                         .patience_ms = PATIENCE_MS,
                                         .stop = open_stop()};
    struct replicator replicator;
    char *socket_path = fleet_socket_path(options.journal_path);
    struct asks *asks = asks_start(socket_path, &options);
    int64_t next_ms = 0;
    free(socket_path);
    if (asks == NULL)
        return EXIT_FAILURE;
    log_write(LOG_INFO, "fleet", "events of %s, every %lld s at most", options.journal_path,
              (long long)options.interval_ms / 1000);
    struct fleet_port port = {.asks = asks};
    replicator_begin(&replicator, &options);
    start_port(&port, fleet_settings(config)->metrics);
    while (!is_stopped(options.stop, next_ms)) {
        next_ms = replicator_turn(&replicator, NULL);
        asks_tell(asks, &replicator.figures);
    }
    replicator_end(&replicator);
    if (atomic_load(&port.port) != NULL)
        metrics_port_stop(atomic_load(&port.port));
    asks_join(asks);
    close(options.stop);
    return EXIT_SUCCESS;
}

int main(int argc, char **argv) {
    struct arguments arguments;
    struct config config;
    char error[512];
    if (!read_arguments(argc, argv, &arguments) || arguments.help) {
        fputs(usage, arguments.help ? stdout : stderr);
        return arguments.help ? EXIT_SUCCESS : EXIT_REFUSED;
    }
    if (arguments.version) {
        puts("hopkiosk " HOPKIOSK_VERSION);
        return EXIT_SUCCESS;
    }
    fleet_forget_environment();
    if (getenv("JOURNAL_STREAM") != NULL)
        log_open_journald("/run/systemd/journal/socket");
    if (!load_config(arguments.config_path, &config, error, sizeof error)) {
        fprintf(stderr, "fleet: %s\n", error);
        return EXIT_REFUSED;
    }
    int code = EXIT_SUCCESS;
    if (arguments.check)
        printf("%s is good\n", arguments.config_path);
    else
        code = run_fleet(&config);
    config_free(&config);
    return code;
}
