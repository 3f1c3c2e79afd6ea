#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "app/base/version.h"
#include "app/ctl/ctl.h"

static const struct ctl_command commands[] = {
    {"journal",
     "journal list [--since YYYY-MM-DD] [--limit N]\n"
     "journal show ORDER [--evidence]\n"
     "journal verify\n"
     "journal shifts\n"
     "journal init --new-terminal --by WHO\n"
     "journal export\n"
     "journal backup FILE\n"
     "journal restore FILE --by WHO [--nothing-since|--forget-since]\n",
     ctl_journal},
    {"cases",
     "cases list [--all|--unproven|--taken-elsewhere]\n"
     "cases show CASE\n"
     "cases resolve CASE --by WHO --as credited|returned|in_order|no_money|other --reason TEXT\n"
     "cases export\n",
     ctl_cases},
    {"devices", "devices [watch|test ROLE|record DIR]\n", ctl_devices},
    {"read", "read scanner|id_reader|card_reader [--seconds N] [--whole]\n", ctl_read},
    {"kiosk", "kiosk status|out-of-service|in-service|quit\n", ctl_kiosk},
    {"call", "call PLATFORM OPERATION [JSON|-] [--trace] [--file PATH]\n", ctl_call},
    {"sign", "sign upp|tongji|envelope|gateway [JSON|-] --key KEY [--private HEX]\n", ctl_sign},
    {"recon",
     "recon [--from YYYY-MM-DD --to YYYY-MM-DD] [--fleet [--database STRING]] [--source NAME]... "
     "[--file SOURCE=PATH]... "
     "[--journal FILE]... [--csv] [--html FILE] [--result FILE] [--keep FOLDER] [--apply --by "
     "WHO]\n",
     ctl_recon},
    {"fleet",
     "fleet status [--database STRING]\n"
     "fleet verify [--terminal ID] [--database STRING]\n"
     "fleet clear-fork --terminal ID --by WHO [--database STRING]\n"
     "fleet migrate [--database STRING]\n"
     "fleet purge [--database STRING]\n",
     ctl_fleet},
    {"staff-pin", "staff-pin\n", ctl_staff_pin},
    {"selftest", "selftest\n", ctl_selftest},
    {"addresses", "addresses\n", ctl_addresses},
    {NULL, NULL, NULL},
};

static const struct ctl_command *find_command(const char *name) {
    for (const struct ctl_command *command = commands; command->name; command++)
        if (!strcmp(command->name, name))
            return command;
    return NULL;
}

static void print_usage(FILE *to, const struct ctl_command *command) {
    for (const char *line = command->usage; *line;) {
        int length = (int)strcspn(line, "\n");
        fprintf(to, "  kioskctl [--config F] [--json] %.*s\n", length, line);
        line += length + (line[length] == '\n');
    }
}

static void print_help(FILE *to) {
    fputs("usage:\n", to);
    for (const struct ctl_command *command = commands; command->name; command++)
        print_usage(to, command);
    fputs("  kioskctl --version\n", to);
}

enum ctl_exit ctl_say(enum ctl_exit code, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fputs("kioskctl: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    return code;
}

enum ctl_exit ctl_usage(const char *name) {
    const struct ctl_command *command = find_command(name);
    fputs("usage:\n", stderr);
    if (command)
        print_usage(stderr, command);
    return CTL_REFUSED;
}

const struct config *ctl_config(struct ctl *ctl) {
    char error[512];
    if (ctl->loaded)
        return &ctl->config;
    if (!ctl->config_path) {
        ctl_say(CTL_REFUSED, "this command needs --config FILE");
        return NULL;
    }
    if (!settings_load(ctl->config_path, &ctl->config, error, sizeof error)) {
        ctl_say(CTL_REFUSED, "%s", error);
        return NULL;
    }
    ctl->loaded = true;
    return &ctl->config;
}

/* Takes out the global options, which may stand anywhere, and moves the rest to the front; returns
 * how many are left, -1 after a complaint. */
static int take_options(struct ctl *ctl, int argc, char **argv) {
    int left = 0;
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--json"))
            ctl->json = true;
        else if (strcmp(argv[i], "--config") != 0)
            argv[left++] = argv[i];
        else if (++i < argc)
            ctl->config_path = argv[i];
        else {
            ctl_say(CTL_REFUSED, "--config: expected a file");
            return -1;
        }
    }
    return left;
}

int main(int argc, char **argv) {
    static struct ctl ctl;
    int left = take_options(&ctl, argc, argv);
    if (left < 0)
        return CTL_REFUSED;
    if (left == 0 || !strcmp(argv[0], "--help") || !strcmp(argv[0], "help")) {
        print_help(left == 0 ? stderr : stdout);
        return left == 0 ? CTL_REFUSED : CTL_OK;
    }
    if (!strcmp(argv[0], "--version")) {
        puts("hopkiosk " HOPKIOSK_VERSION);
        return CTL_OK;
    }
    const struct ctl_command *command = find_command(argv[0]);
    if (!command) {
        print_help(stderr);
        return ctl_say(CTL_REFUSED, "%s: no such command", argv[0]);
    }
    argv[left] = NULL;
    enum ctl_exit code = command->run(&ctl, left, argv);
    if (ctl.loaded)
        config_free(&ctl.config);
    return fflush(stdout) == 0 ? (int)code : CTL_FAILED;
}
