/* A new terminal begins its journal on purpose: the old one, if any, is put aside, never removed.
 */
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/ctl/journal_json.h"
#include "app/ctl/journal_open.h"

#define BY_BYTES_MAX 200

struct undone {
    int orders, cases;
};

static bool count_undone_order(void *context, const struct order *order) {
    (void)order;
    ++((struct undone *)context)->orders;
    return true;
}

static bool count_undone_unreadable(void *context, const char *order_no, const char *why) {
    (void)order_no, (void)why;
    ++((struct undone *)context)->orders;
    return true;
}

static bool count_undone_case(void *context, const struct journal_case *found) {
    (void)found;
    ++((struct undone *)context)->cases;
    return true;
}

static enum journal_result count_undone(struct journal *journal, struct undone *undone) {
    journal_on_unreadable(journal, count_undone_unreadable, undone);
    enum journal_result result = journal_each_open(journal, count_undone_order, undone);
    if (result == JOURNAL_OK)
        result = journal_each_case(journal, NULL, true, count_undone_case, undone);
    return result;
}

static enum ctl_exit refuse_undone(struct journal *journal, const char *path) {
    struct undone undone = {0};
    if (count_undone(journal, &undone) == JOURNAL_OK && undone.orders + undone.cases > 0)
        return ctl_say(CTL_REFUSED,
                       "%s: %d open orders and %d open cases: let the kiosk settle them and "
                       "resolve the cases first",
                       path, undone.orders, undone.cases);
    return CTL_OK;
}

/* What this installation still owes is not put aside. Another's journal, or one that cannot be
 * read, is. */
static enum ctl_exit check_nothing_undone(const struct journal_options *options) {
    struct journal *journal;
    if (access(options->path, F_OK) != 0)
        return CTL_OK;
    enum journal_result result = journal_open(options, &journal);
    if (result == JOURNAL_LOST || result == JOURNAL_FOREIGN || result == JOURNAL_CORRUPT)
        return CTL_OK;
    if (result != JOURNAL_OK)
        return ctl_say(CTL_REFUSED, "%s: %s%s", options->path, journal_result_text(result),
                       result == JOURNAL_BUSY ? ": stop it first" : "");
    enum ctl_exit code = refuse_undone(journal, options->path);
    journal_close(journal);
    return code;
}

static void say_begun(const struct ctl *ctl, const char *installation, const char *aside) {
    if (ctl->json) {
        cJSON *tree = cJSON_CreateObject();
        cJSON_AddStringToObject(tree, "installation", installation);
        cJSON_AddStringToObject(tree, "put_aside", aside);
        json_print_line(tree);
        return;
    }
    printf("a new journal, installation %s\n", installation);
    if (aside[0])
        printf("the one before: %s\n", aside);
}

static enum ctl_exit begin_anew(struct ctl *ctl, const struct journal_options *options) {
    char aside[PATH_MAX] = "", installation[INSTALLATION_SIZE];
    struct journal *journal;
    enum journal_result result = journal_set_aside(options->path, aside, sizeof aside);
    if (result == JOURNAL_NOT_FOUND)
        aside[0] = '\0';
    else if (result == JOURNAL_BUSY)
        return ctl_say(CTL_REFUSED, "%s: %s: stop it first", options->path,
                       journal_result_text(result));
    else if (result != JOURNAL_OK)
        return ctl_say(CTL_FAILED, "%s: it cannot be put aside", options->path);
    result = journal_open(options, &journal);
    if (result != JOURNAL_OK)
        return ctl_say(CTL_FAILED, "%s: %s", options->path, journal_result_text(result));
    enum ctl_exit code = CTL_OK;
    result = journal_installation(journal, installation);
    if (result == JOURNAL_OK)
        say_begun(ctl, installation, aside);
    else
        code = ctl_journal_failed(journal, result);
    journal_close(journal);
    return code;
}

static bool has_control(const char *text) {
    for (; *text; text++)
        if ((unsigned char)*text < ' ')
            return true;
    return false;
}

/* "--new-terminal" and "--by WHO" in either order; NULL after a complaint. */
static const char *read_who(int argc, char **argv) {
    const char *by = NULL;
    bool meant = false;
    for (int i = 2; i < argc; i++)
        if (!strcmp(argv[i], "--new-terminal"))
            meant = true;
        else if (!strcmp(argv[i], "--by") && i + 1 < argc)
            by = argv[++i];
        else
            meant = false, i = argc;
    if (!meant || !by) {
        (void)ctl_usage("journal");
        return NULL;
    }
    if (!by[0] || strlen(by) > BY_BYTES_MAX || has_control(by)) {
        (void)ctl_say(CTL_REFUSED, "--by: expected a name, at most %d bytes", BY_BYTES_MAX);
        return NULL;
    }
    return by;
}

enum ctl_exit ctl_journal_init(struct ctl *ctl, int argc, char **argv) {
    const char *by = read_who(argc, argv);
    if (!by)
        return CTL_REFUSED;
    const struct config *config = ctl_config(ctl);
    if (!config)
        return CTL_REFUSED;
    struct journal_options options = ctl_journal_options(config, by);
    enum ctl_exit code = check_nothing_undone(&options);
    return code == CTL_OK ? begin_anew(ctl, &options) : code;
}
