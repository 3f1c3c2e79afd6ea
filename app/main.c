#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "app/base/log.h"
#include "app/base/secrecy.h"
#include "app/base/version.h"
#include "app/config/privacy.h"
#include "app/config/terminal_rows.h"
#include "app/options.h"
#include "app/shell/loop.h"
#include "app/shell/settings.h"

/* Before any thread: they are taken by one of them, in order. */
static void block_signals(void) {
    sigset_t ending;
    sigemptyset(&ending);
    sigaddset(&ending, SIGTERM);
    sigaddset(&ending, SIGINT);
    sigprocmask(SIG_BLOCK, &ending, NULL);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a file at its limit is a full disk, no reason to die */
}

static enum loop_exit run_terminal(const struct options *options, struct config *config) {
    char error[512];
    block_signals();
    if (!config_hospital_key(config, settings_of(config)->journal_path, error, sizeof error))
        log_write(LOG_ERROR, "config", "orders are kept without a patient's key: %s", error);
    return loop_run(options, config);
}

/* What a terminal can be: terminal.role, or --role in its place. */
static const struct {
    const char *name;
    enum loop_exit (*run)(const struct options *options, struct config *config);
} roles[] = {{"kiosk", run_terminal}, {"cashier", run_terminal}};

static enum loop_exit run_role(const struct options *options, struct config *config) {
    const char *name = options->role != NULL ? options->role : config_terminal(config)->role;
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (strcmp(roles[i].name, name) == 0)
            return roles[i].run(options, config);
    ENSURE(!"a role that was checked is one of them");
    return LOOP_REFUSED;
}

int main(int argc, char **argv) {
    struct options options;
    struct config config;
    char error[512];
    secrecy_begin();
    if (!options_parse(argc, argv, &options))
        return LOOP_REFUSED;
    if (options.help) {
        fputs(options_usage, stdout);
        return LOOP_OK;
    }
    if (options.version) {
        puts("hopkiosk " HOPKIOSK_VERSION);
        return LOOP_OK;
    }
    if (!settings_load(options.config_path, &config, error, sizeof error)) {
        fprintf(stderr, "kiosk: %s\n", error);
        return LOOP_REFUSED;
    }
    enum loop_exit code = LOOP_OK;
    if (options.check_config)
        printf("%s is good\n", options.config_path);
    else
        code = run_role(&options, &config);
    config_free(&config);
    return (int)code;
}
