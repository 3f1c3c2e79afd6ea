/* The journal's copy, and the way back. */
#include <string.h>

#include "app/ctl/journal_json.h"
#include "app/ctl/journal_open.h"

/* A copy that cannot be proven is none. */
static enum ctl_exit check_copy(struct ctl *ctl, const char *path) {
    struct journal_options options = {.path = path, .read_only = true};
    struct journal_finding finding = {0};
    struct journal *copy;
    enum journal_result result = journal_open(&options, &copy);
    if (result != JOURNAL_OK)
        return ctl_say(CTL_FAILED, "%s: %s", path, journal_result_text(result));
    result = journal_verify(copy, &finding);
    journal_close(copy);
    if (result != JOURNAL_OK || !finding.good)
        return ctl_say(CTL_DIFFERENCES, "%s: NOT PROVEN: %s", path, finding.text);
    if (ctl->json) {
        cJSON *tree = cJSON_CreateObject();
        cJSON_AddStringToObject(tree, "file", path);
        cJSON_AddNumberToObject(tree, "events", (int)finding.events);
        cJSON_AddNumberToObject(tree, "orders", (int)finding.orders);
        json_print_line(tree);
    } else {
        printf("%s: %d events, %d orders: all proven\n"
               "hospital.key is not in it: keep that apart, or patients' payments are not found\n",
               path, (int)finding.events, (int)finding.orders);
    }
    return CTL_OK;
}

enum ctl_exit ctl_journal_backup(struct ctl *ctl, int argc, char **argv) {
    struct journal *journal;
    if (argc != 3 || argv[2][0] == '-')
        return ctl_usage("journal");
    enum ctl_exit code = ctl_open_journal(ctl, &journal);
    if (code != CTL_OK)
        return code;
    enum journal_result result = journal_backup(journal, argv[2]);
    if (result != JOURNAL_OK)
        code = ctl_journal_failed(journal, result);
    journal_close(journal);
    return code == CTL_OK ? check_copy(ctl, argv[2]) : code;
}

/* Nothing that this terminal knows alone is put aside unless somebody wants that. */
static enum ctl_exit say_would_lose(const char *path, const struct journal_restored *restored) {
    const char *then = restored->open_orders == 0
                           ? "let the kiosk settle them and resolve the cases first. Who wants all "
                             "of it put aside says so: --forget-since"
                           : "the copy has open orders, too, and does not know what became of "
                             "them. Keep the journal that stands there";
    if (restored->lost_version)
        return ctl_say(CTL_REFUSED,
                       "%s: another version has written it, and %d events that the copy has not, "
                       "which the terminal would forget: %s",
                       path, (int)restored->lost_events, then);
    return ctl_say(
        CTL_REFUSED,
        "%s: it can be read, has %d open orders and %d open cases, and %d events that the "
        "copy has not, which the terminal would forget: %s",
        path, (int)restored->lost_orders, (int)restored->lost_cases, (int)restored->lost_events,
        then);
}

static enum ctl_exit say_not_restored(const char *file, const char *path,
                                      enum journal_result result, bool forgets,
                                      const struct journal_restored *restored) {
    switch (result) {
    case JOURNAL_CONFLICT:
        if (!forgets && restored->lost_orders + restored->lost_cases + restored->lost_events > 0)
            return say_would_lose(path, restored);
        return ctl_say(CTL_REFUSED,
                       "%s: %d open orders, and what became of them since is not known here. Only "
                       "if the terminal has done nothing since the copy was made: "
                       "--nothing-since. Else begin a new journal (journal init --new-terminal "
                       "--by WHO), keep this one to read, and reconcile",
                       file, (int)restored->open_orders);
    case JOURNAL_CORRUPT:
        return ctl_say(CTL_DIFFERENCES, "%s: NOT PROVEN: %s", file, restored->finding.text);
    case JOURNAL_BUSY:
        return ctl_say(CTL_REFUSED, "%s: %s: stop it first", path, journal_result_text(result));
    default:
        return ctl_say(CTL_FAILED, "%s: %s", file, journal_result_text(result));
    }
}

static enum ctl_exit say_restored(const struct ctl *ctl, const struct journal_restored *restored) {
    if (ctl->json) {
        cJSON *tree = cJSON_CreateObject();
        cJSON_AddNumberToObject(tree, "events", (int)restored->finding.events);
        cJSON_AddBoolToObject(tree, "named_anew", restored->named_anew);
        cJSON_AddStringToObject(tree, "put_aside", restored->put_aside);
        json_print_line(tree);
        return CTL_OK;
    }
    printf("%d events, %d orders: all proven\n", (int)restored->finding.events,
           (int)restored->finding.orders);
    if (restored->named_anew)
        puts("what was done since the copy is not in it: the terminal goes on under a new name; "
             "reconcile the days since");
    if (restored->put_aside[0])
        printf("the one before: %s\n", restored->put_aside);
    return CTL_OK;
}

/* "FILE --by WHO", and what WHO knows or wants: one of the two. */
static bool read_restoring(int argc, char **argv, const char **by, enum journal_since *since) {
    for (int i = 3; i < argc; i++)
        if (!strcmp(argv[i], "--nothing-since") && *since == SINCE_UNKNOWN)
            *since = SINCE_NOTHING;
        else if (!strcmp(argv[i], "--forget-since") && *since == SINCE_UNKNOWN)
            *since = SINCE_FORGOTTEN;
        else if (!strcmp(argv[i], "--by") && i + 1 < argc)
            *by = argv[++i];
        else
            return false;
    return argc > 3 && argv[2][0] != '-' && *by != NULL && (*by)[0] != '\0' &&
           strlen(*by) <= RESOLVE_TEXT_MAX;
}

enum ctl_exit ctl_journal_restore(struct ctl *ctl, int argc, char **argv) {
    const char *by = NULL;
    enum journal_since since = SINCE_UNKNOWN;
    if (!read_restoring(argc, argv, &by, &since))
        return ctl_usage("journal");
    const struct config *config = ctl_config(ctl);
    if (!config)
        return CTL_REFUSED;
    struct journal_options options = ctl_journal_options(config, by);
    static struct journal_restored restored;
    enum journal_result result = journal_restore(&options, argv[2], since, &restored);
    return result == JOURNAL_OK ? say_restored(ctl, &restored)
                                : say_not_restored(argv[2], options.path, result,
                                                   since == SINCE_FORGOTTEN, &restored);
}
