/* kioskctl fleet: the hospital's terminals as its database has them. */
#include <cjson/cJSON.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/ctl/ctl.h"
#include "app/ctl/fleet_link.h"
#include "app/ctl/journal_json.h"
#include "app/fleet/fleet_settings.h"
#include "app/fleet/purge.h"
#include "app/fleet/schema.h"
#include "app/fleet/status.h"
#include "app/fleet/verify.h"
#include "app/pump/control.h"
#include "app/wire/json.h"

#define PATIENCE_MS 600000 /* a proof reads everything */
#define PROCESS_PATIENCE_MS 2000

/* What a command has said so far. */
struct fleet_report {
    bool json;
    int count, wrong;
};

enum ctl_exit ctl_fleet_open(struct ctl *ctl, const char *database, struct fleet_link *link) {
    const struct config *config = database == NULL ? ctl_config(ctl) : NULL;
    fleet_forget_environment();
    if (database == NULL && config == NULL)
        return CTL_REFUSED;
    if (database == NULL)
        database = fleet_settings(config)->database;
    if (database[0] == '\0')
        return ctl_say(CTL_REFUSED, "fleet.database: this terminal is alone");
    enum fleet_result result =
        fleet_link_open(link, &(struct fleet_link_options){database, PATIENCE_MS, -1});
    if (result == FLEET_OK)
        return CTL_OK;
    return ctl_say(result == FLEET_REFUSED ? CTL_REFUSED : CTL_FAILED, "the database: %s",
                   link->error);
}

enum ctl_exit ctl_fleet_failed(const struct fleet_link *link, enum fleet_result result) {
    return ctl_say(CTL_FAILED, "the database: %s%s", link->error,
                   result == FLEET_NO_TABLES ? " (kioskctl fleet migrate makes the tables)" : "");
}

static void add_whole(cJSON *tree, const char *name, int64_t number) {
    char digits[24];
    snprintf(digits, sizeof digits, "%" PRId64, number);
    cJSON_AddRawToObject(tree, name, digits);
}

static bool terminal_is_silent(const struct fleet_terminal *terminal) {
    return !terminal->replaced && terminal->now_ms - terminal->seen_ms > FLEET_SILENT_MS;
}

static void print_terminal(const struct fleet_terminal *terminal) {
    char last[CLOCK_TEXT_SIZE], taken[CLOCK_TEXT_SIZE];
    printf("%-20s %.8s  %8" PRId64 " events, the newest of %s, taken %s", terminal->terminal,
           terminal->name, terminal->events, clock_text(terminal->last_ms, last),
           clock_text(terminal->taken_ms, taken));
    if (terminal->open_cases > 0)
        printf("; %" PRId64 " open cases", terminal->open_cases);
    if (terminal->forked && terminal->cleared_by[0] == '\0')
        printf("; FORK: its journal went another way than was seen before");
    else if (terminal->forked)
        printf("; a fork that %s has looked into", terminal->cleared_by);
    if (terminal->rows_left > 0)
        printf("; %" PRId64 " events WITHOUT ROWS", terminal->rows_left);
    if (terminal_is_silent(terminal))
        printf("; SILENT since %s", clock_text(terminal->seen_ms, last));
    puts(terminal->replaced ? "; replaced" : "");
}

static void report_terminal(void *context, const struct fleet_terminal *terminal) {
    struct fleet_report *report = context;
    bool silent = terminal_is_silent(terminal);
    report->count++;
    bool fork_waits = terminal->forked && terminal->cleared_by[0] == '\0';
    report->wrong += silent || fork_waits || terminal->rows_left > 0;
    if (!report->json) {
        print_terminal(terminal);
        return;
    }
    cJSON *tree = cJSON_CreateObject();
    cJSON_AddStringToObject(tree, "terminal", terminal->terminal);
    cJSON_AddStringToObject(tree, "installation", terminal->name);
    add_whole(tree, "events", terminal->events);
    add_whole(tree, "last_ms", terminal->last_ms);
    add_whole(tree, "taken_ms", terminal->taken_ms);
    add_whole(tree, "seen_ms", terminal->seen_ms);
    add_whole(tree, "open_cases", terminal->open_cases);
    add_whole(tree, "rows_left", terminal->rows_left);
    cJSON_AddBoolToObject(tree, "forked", terminal->forked);
    cJSON_AddStringToObject(tree, "fork_cleared_by", terminal->cleared_by);
    cJSON_AddBoolToObject(tree, "silent", silent);
    cJSON_AddBoolToObject(tree, "replaced", terminal->replaced);
    json_print_line(tree);
}

/* What this machine's own process says; nothing where none runs. */
static const char *count_said(const cJSON *tree, const char *name) {
    const char *text = wire_text(tree, name);
    return text != NULL ? text : "?";
}

static void report_process(struct ctl *ctl, struct fleet_report *report) {
    if (!ctl->loaded)
        return;
    char *path = fleet_socket_path(settings_of(&ctl->config)->journal_path);
    char *said = control_call(path, "status", PROCESS_PATIENCE_MS);
    free(path);
    const char *error;
    cJSON *tree = said != NULL ? wire_parse(said, strlen(said), &error) : NULL;
    const char *trouble = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(tree, "trouble"));
    report->wrong += tree == NULL || (trouble != NULL && trouble[0] != '\0');
    if (report->json && tree != NULL)
        printf("{\"process\":%.*s}\n", (int)strcspn(said, "\n"), said);
    else if (tree == NULL)
        fputs("here: no fleet process answers\n", report->json ? stderr : stdout);
    else
        printf("here: %s of %s events taken%s%s\n", count_said(tree, "place_events"),
               count_said(tree, "journal_events"),
               trouble != NULL && trouble[0] != '\0' ? "; " : "", trouble != NULL ? trouble : "");
    cJSON_Delete(tree);
    free(said);
}

static enum ctl_exit run_status(struct ctl *ctl, const char *database) {
    struct fleet_report report = {.json = ctl->json};
    struct fleet_link link;
    enum ctl_exit code = ctl_fleet_open(ctl, database, &link);
    report_process(ctl, &report);
    if (code != CTL_OK)
        return code;
    enum fleet_result result = fleet_status(&link, report_terminal, &report);
    if (result != FLEET_OK)
        code = ctl_fleet_failed(&link, result);
    fleet_link_close(&link);
    return code == CTL_OK && report.wrong > 0 ? CTL_DIFFERENCES : code;
}

static void report_finding(void *context, const struct fleet_finding *finding) {
    struct fleet_report *report = context;
    report->count++;
    report->wrong += !finding->good;
    if (report->json) {
        cJSON *tree = cJSON_CreateObject();
        cJSON_AddStringToObject(tree, "terminal", finding->terminal);
        cJSON_AddStringToObject(tree, "installation", finding->name);
        add_whole(tree, "events", finding->events);
        add_whole(tree, "purged", finding->purged);
        cJSON_AddBoolToObject(tree, "forked", finding->forked);
        cJSON_AddBoolToObject(tree, "good", finding->good);
        cJSON_AddStringToObject(tree, "finding", finding->text);
        json_print_line(tree);
    } else {
        printf("%-20s %.8s  %" PRId64 " events: %s%s%s", finding->terminal, finding->name,
               finding->events, finding->good ? "proven" : "NOT PROVEN: ", finding->text,
               finding->forked ? " (FORK)" : "");
        if (finding->purged > 0)
            printf("; %" PRId64 " were taken away with their days", finding->purged);
        putchar('\n');
    }
}

static enum ctl_exit run_fleet_verify(struct ctl *ctl, const char *database, const char *terminal) {
    struct fleet_report report = {.json = ctl->json};
    struct fleet_link link;
    enum ctl_exit code = ctl_fleet_open(ctl, database, &link);
    if (code != CTL_OK)
        return code;
    enum fleet_result result = fleet_verify(&link, terminal, report_finding, &report);
    if (result != FLEET_OK)
        code = ctl_fleet_failed(&link, result);
    fleet_link_close(&link);
    if (code == CTL_OK && report.count == 0)
        return ctl_say(CTL_FAILED, "no such terminal in the database");
    return code == CTL_OK && report.wrong > 0 ? CTL_DIFFERENCES : code;
}

static enum ctl_exit run_clear_fork(struct ctl *ctl, const char *database, const char *terminal,
                                    const char *by) {
    struct fleet_link link;
    int64_t cleared = 0;
    if (terminal == NULL || by == NULL || by[0] == '\0')
        return ctl_say(CTL_REFUSED,
                       "expected --terminal and --by: whose fork, and who looked into it");
    enum ctl_exit code = ctl_fleet_open(ctl, database, &link);
    if (code != CTL_OK)
        return code;
    enum fleet_result result = fleet_clear_forks(&link, terminal, by, &cleared);
    if (result != FLEET_OK)
        code = ctl_fleet_failed(&link, result);
    else if (cleared == 0)
        code = ctl_say(CTL_FAILED, "%s: no fork waits to be looked into", terminal);
    else
        printf("%s: %" PRId64 " looked into by %s\n", terminal, cleared, by);
    fleet_link_close(&link);
    return code;
}

static enum ctl_exit run_migrate(struct ctl *ctl, const char *database) {
    struct fleet_link link;
    int version = 0;
    enum ctl_exit code = ctl_fleet_open(ctl, database, &link);
    if (code != CTL_OK)
        return code;
    enum fleet_result result = fleet_schema_bring(&link);
    if (result == FLEET_OK)
        result = fleet_schema_version(&link, &version);
    if (result != FLEET_OK)
        code = ctl_fleet_failed(&link, result);
    else
        printf("the tables are of version %d\n", version);
    fleet_link_close(&link);
    return code;
}

static void report_purged(void *context, const struct fleet_purged *purged) {
    struct fleet_report *report = context;
    report->count++;
    if (report->json) {
        cJSON *tree = cJSON_CreateObject();
        cJSON_AddStringToObject(tree, "day", purged->day);
        add_whole(tree, "events", purged->events);
        cJSON_AddStringToObject(tree, "open_order", purged->open_order);
        json_print_line(tree);
    } else if (purged->open_order[0] != '\0')
        printf("%s stays: order %s is open or in a case\n", purged->day, purged->open_order);
    else
        printf("%s is gone, %" PRId64 " events\n", purged->day, purged->events);
}

static enum ctl_exit run_fleet_purge(struct ctl *ctl, const char *database) {
    struct fleet_report report = {.json = ctl->json};
    struct fleet_link link;
    const struct config *config = ctl_config(ctl);
    if (config == NULL)
        return CTL_REFUSED;
    int keep_days = fleet_settings(config)->keep_days;
    if (keep_days == 0)
        return ctl_say(CTL_REFUSED, "fleet.keep_days: everything is kept");
    enum ctl_exit code = ctl_fleet_open(ctl, database, &link);
    if (code != CTL_OK)
        return code;
    enum fleet_result result = fleet_purge(&link, keep_days, report_purged, &report);
    if (result != FLEET_OK)
        code = ctl_fleet_failed(&link, result);
    fleet_link_close(&link);
    return code;
}

enum ctl_exit ctl_fleet(struct ctl *ctl, int argc, char **argv) {
    const char *what = argc > 1 ? argv[1] : "", *database = NULL, *terminal = NULL, *by = NULL;
    bool verify = strcmp(what, "verify") == 0, clear = strcmp(what, "clear-fork") == 0;
    for (int i = 2; i < argc; i += 2)
        if (i + 1 < argc && strcmp(argv[i], "--database") == 0)
            database = argv[i + 1];
        else if (i + 1 < argc && clear && strcmp(argv[i], "--by") == 0)
            by = argv[i + 1];
        else if (i + 1 < argc && (verify || clear) && strcmp(argv[i], "--terminal") == 0)
            terminal = argv[i + 1];
        else
            return ctl_usage("fleet");
    if (verify)
        return run_fleet_verify(ctl, database, terminal);
    if (clear)
        return run_clear_fork(ctl, database, terminal, by);
    if (strcmp(what, "status") == 0)
        return run_status(ctl, database);
    if (strcmp(what, "purge") == 0)
        return run_fleet_purge(ctl, database);
    if (strcmp(what, "migrate") == 0)
        return run_migrate(ctl, database);
    return ctl_usage("fleet");
}
