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
#include "app/shell/not_offered.h"
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

static const char *role_name(const struct options *options, const struct config *config) {
    return options->role != NULL ? options->role : config_terminal(config)->role;
}

static void print_check(const struct options *options, const struct config *config) {
    const char *lines[NOT_OFFERED_MAX];
    int count = not_offered(config, strcmp(role_name(options, config), "cashier") == 0, lines);
    printf("%s is good\n", options->config_path);
    for (int i = 0; i < count; i++)
        printf("not offered: %s\n", lines[i]);
}

static enum loop_exit run_role(const struct options *options, struct config *config) {
    const char *name = role_name(options, config);
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
        print_check(&options, &config);
    else
        code = run_role(&options, &config);
    config_free(&config);
    return (int)code;
}
