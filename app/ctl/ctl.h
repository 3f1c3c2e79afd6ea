/* kioskctl: commands for technicians, supervisors and scripts, about a kiosk's files or a running
 * kiosk. Each command is a file; main.c holds the table. */
#ifndef HOPKIOSK_CTL_CTL_H
#define HOPKIOSK_CTL_CTL_H

#include <stdbool.h>

#include "app/shell/settings.h"

/* Exit codes; scripts rely on them. */
enum ctl_exit {
    CTL_OK = 0,
    CTL_FAILED = 1,  /* anything else */
    CTL_REFUSED = 2, /* before anything was sent: usage, bad input, configuration */
    CTL_DECLINED = 3,
    CTL_PENDING = 4,
    CTL_UNKNOWN = 5,
    CTL_MALFORMED = 6,
    CTL_DIFFERENCES = 10
};

/* The global options. The configuration is loaded when a command needs it. */
struct ctl {
    const char *config_path; /* NULL: not given */
    const char *database;    /* of the fleet, in the place of the configuration's; NULL: that */
    bool json;
    bool loaded;
    struct config config;
};

/* argv[0] is the command's name; the global options are removed. */
struct ctl_command {
    const char *name;
    const char *usage; /* one line for each form, each ending in a newline */
    enum ctl_exit (*run)(struct ctl *ctl, int argc, char **argv);
};

/* The configuration, or NULL after saying on stderr why not (then return CTL_REFUSED). */
const struct config *ctl_config(struct ctl *ctl);
/* Prints "kioskctl: ..." and a newline on stderr; returns `code`. */
enum ctl_exit ctl_say(enum ctl_exit code, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Prints the usage of a command on stderr; returns CTL_REFUSED. */
enum ctl_exit ctl_usage(const char *command);

enum ctl_exit ctl_addresses(struct ctl *ctl, int argc, char **argv);
enum ctl_exit ctl_call(struct ctl *ctl, int argc, char **argv);
enum ctl_exit ctl_cases(struct ctl *ctl, int argc, char **argv);
enum ctl_exit ctl_devices(struct ctl *ctl, int argc, char **argv);
enum ctl_exit ctl_fleet(struct ctl *ctl, int argc, char **argv);
enum ctl_exit ctl_kiosk(struct ctl *ctl, int argc, char **argv);
enum ctl_exit ctl_journal(struct ctl *ctl, int argc, char **argv);
enum ctl_exit ctl_read(struct ctl *ctl, int argc, char **argv);
enum ctl_exit ctl_recon(struct ctl *ctl, int argc, char **argv);
enum ctl_exit ctl_selftest(struct ctl *ctl, int argc, char **argv);
enum ctl_exit ctl_staff_pin(struct ctl *ctl, int argc, char **argv);
enum ctl_exit ctl_sign(struct ctl *ctl, int argc, char **argv);

#endif
