#include "app/options.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

const char options_usage[] =
    "usage: kiosk --config FILE [options]\n"
    "  --config FILE          the configuration (config/sample.json is one)\n"
    "  --role kiosk|cashier   instead of the configuration's terminal.role\n"
    "  --headless             no window, the same pixels\n"
    "  --script FILE|-        plays a visit; exit 0: every line held, 1: a line failed\n"
    "  --shots DIR            where the script's pictures go (the current folder)\n"
    "  --check-config         says whether the configuration is good, what of it is not\n"
    "                         offered, and ends\n"
    "  --version              says which version this is, and ends\n";

struct option_row {
    const char *name;
    size_t text; /* offset of the member that takes the value; 0: a flag */
    size_t flag;
};
/* Offset 0 is config_path: stored one higher, so that 0 can mean "none". */
#define AT(member) (offsetof(struct options, member) + 1)
static const struct option_row rows[] = {
    {"--config", AT(config_path), 0}, {"--role", AT(role), 0},
    {"--script", AT(script_path), 0}, {"--shots", AT(shots_dir), 0},
    {"--headless", 0, AT(headless)},  {"--check-config", 0, AT(check_config)},
    {"--help", 0, AT(help)},          {"--version", 0, AT(version)},
};

static const struct option_row *find_option(const char *name) {
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (strcmp(rows[i].name, name) == 0)
            return &rows[i];
    return NULL;
}

static bool complain_usage(const char *what, const char *about) {
    fprintf(stderr, "kiosk: %s%s\n%s", what, about, options_usage);
    return false;
}

static bool check_options(const struct options *options) {
    if (options->help || options->version)
        return true;
    if (options->config_path == NULL)
        return complain_usage("--config FILE is needed", "");
    if (options->role != NULL && strcmp(options->role, "kiosk") != 0 &&
        strcmp(options->role, "cashier") != 0)
        return complain_usage("--role is kiosk or cashier, not ", options->role);
    return true;
}

bool options_parse(int argc, char **argv, struct options *out) {
    *out = (struct options){0};
    for (int i = 1; i < argc; i++) {
        const struct option_row *row = find_option(argv[i]);
        if (row == NULL)
            return complain_usage("there is no option ", argv[i]);
        if (row->flag != 0)
            *(bool *)((char *)out + row->flag - 1) = true;
        else if (++i < argc)
            *(const char **)(void *)((char *)out + row->text - 1) = argv[i];
        else
            return complain_usage("a value is missing behind ", argv[i - 1]);
    }
    return check_options(out);
}
