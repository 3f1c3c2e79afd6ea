/* The command line of the kiosk. */
#ifndef HOPKIOSK_OPTIONS_H
#define HOPKIOSK_OPTIONS_H

#include <stdbool.h>

struct options {
    const char *config_path;
    const char *role;        /* NULL: as the configuration says */
    const char *script_path; /* "-": standard input; NULL: none */
    const char *shots_dir;
    bool headless;
    bool check_config;
    bool help;
    bool version;
};

/* The strings are argv's. False after a complaint on stderr. */
__attribute__((warn_unused_result)) bool options_parse(int argc, char **argv, struct options *out);
extern const char options_usage[];

#endif
