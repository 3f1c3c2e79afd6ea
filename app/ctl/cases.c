#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/config/terminal_rows.h"
#include "app/ctl/cases.h"
#include "app/ctl/cases_credits.h"
#include "app/ctl/journal_json.h"
#include "app/ctl/journal_open.h"
#include "app/ctl/say.h"
#include "app/pump/control.h"

#define KIOSK_PATIENCE_MS 5000

struct listing {
    enum language language;
    bool json;
    int count;
};

static bool list_case(void *context, const struct journal_case *found) {
    struct listing *listing = context;
    char when[CLOCK_TEXT_SIZE];
    listing->count++;
    if (listing->json) {
        json_print_line(json_of_case(found));
        return true;
    }
    printf("%s  %s  %s  %s  %s\n", found->case_no, clock_text(found->opened_ms, when),
           found->order_no,
           say_heading(listing->language, found->resolved ? SAY_RESOLVED : SAY_OPEN),
           say_case_reason(listing->language, found->reason));
    return true;
}

static enum ctl_exit list_cases(struct ctl *ctl, bool all) {
    struct journal *journal;
    enum ctl_exit code = ctl_open_journal(ctl, &journal);
    if (code != CTL_OK)
        return code;
    struct listing listing = {config_terminal(&ctl->config)->language, ctl->json, 0};
    enum journal_result result = journal_each_case(journal, NULL, !all, list_case, &listing);
    if (result != JOURNAL_OK)
        code = ctl_journal_failed(journal, result);
    else if (listing.count == 0 && !ctl->json)
        puts(say_heading(listing.language, SAY_NOTHING));
    journal_close(journal);
    return code;
}

/* Finds a case by its number. Numbers repeat after thousands of orders: an open case is preferred
 * to a resolved one, then the newer. */
struct search {
    const char *case_no;
    bool found, resolved;
    char order_no[ORDER_NO_SIZE];
    int open_count;
};

static bool match_case(void *context, const struct journal_case *found) {
    struct search *search = context;
    if (strcmp(found->case_no, search->case_no) != 0)
        return true;
    search->open_count += !found->resolved;
    if (!search->found || search->resolved || !found->resolved) {
        search->found = true;
        search->resolved = found->resolved;
        snprintf(search->order_no, sizeof search->order_no, "%s", found->order_no);
    }
    return true;
}

static enum ctl_exit case_by_no(struct ctl *ctl, const char *case_no, struct search *search) {
    struct journal *journal;
    enum ctl_exit code = ctl_open_journal(ctl, &journal);
    if (code != CTL_OK)
        return code;
    *search = (struct search){.case_no = case_no};
    enum journal_result result = journal_each_case(journal, NULL, false, match_case, search);
    if (result != JOURNAL_OK)
        code = ctl_journal_failed(journal, result);
    else if (!search->found)
        code = ctl_say(CTL_FAILED, "%s: no such case", case_no);
    journal_close(journal);
    return code;
}

/* Shows a case: its order with everything that was asked and answered. */
static enum ctl_exit run_show(struct ctl *ctl, const char *case_no) {
    struct search search;
    enum ctl_exit code = case_by_no(ctl, case_no, &search);
    if (code != CTL_OK)
        return code;
    char journal[] = "journal", show[] = "show", evidence[] = "--evidence";
    char *argv[] = {journal, show, search.order_no, evidence, NULL};
    return ctl_journal(ctl, 4, argv);
}

/* The question to the running kiosk. Caller: free(). */
static char *request_line(const struct journal_decision *decision) {
    cJSON *tree = cJSON_CreateObject();
    cJSON_AddStringToObject(tree, "ask", control_word_name(ASK_RESOLVE));
    cJSON_AddStringToObject(tree, "order_no", decision->order_no);
    cJSON_AddStringToObject(tree, "case_no", decision->case_no);
    cJSON_AddStringToObject(tree, "by", decision->by);
    cJSON_AddStringToObject(tree, "how", resolution_name(decision->how));
    cJSON_AddStringToObject(tree, "reason", decision->reason);
    if (decision->evidence != NULL)
        cJSON_AddRawToObject(tree, "evidence", decision->evidence);
    char *text = cJSON_PrintUnformatted(tree), *line = NULL;
    if (text && asprintf(&line, "%s\n", text) < 0)
        line = NULL;
    free(text);
    cJSON_Delete(tree);
    return line;
}

/* True while a kiosk holds the journal, so that it must be asked. */
static enum ctl_exit resolve_there(struct ctl *ctl, const struct journal_decision *decision) {
    char *line = request_line(decision);
    char *answer =
        line ? control_call_line(settings_of(&ctl->config)->control_path, line, KIOSK_PATIENCE_MS)
             : NULL;
    cJSON *tree = answer ? cJSON_Parse(answer) : NULL;
    const char *error = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(tree, "error"));
    enum ctl_exit code = CTL_OK;
    if (!answer)
        code = ctl_say(CTL_FAILED, "a kiosk has the journal but does not answer: look again with "
                                   "`cases list`, or stop it first");
    else if (error || !cJSON_HasObjectItem(tree, "resolved"))
        code = ctl_say(CTL_FAILED, "the kiosk refused: %s", error ? error : "no answer");
    cJSON_Delete(tree);
    free(answer);
    free(line);
    return code;
}

enum ctl_exit ctl_resolve_case(struct ctl *ctl, const struct journal_decision *decision) {
    struct journal_options options = ctl_journal_options(&ctl->config, NULL);
    struct journal *journal;
    enum journal_result result = journal_open(&options, &journal);
    if (result == JOURNAL_BUSY)
        return resolve_there(ctl, decision);
    if (result != JOURNAL_OK)
        return ctl_say(CTL_FAILED, "%s", journal_result_text(result));
    enum ctl_exit code = CTL_OK;
    result = journal_resolve(journal, decision);
    if (result != JOURNAL_OK)
        code = ctl_journal_failed(journal, result);
    journal_close(journal);
    return code;
}

/* "--by WHO --as HOW --reason TEXT" in any order. False: an option is none of them. */
static bool take_decision(int argc, char **argv, struct journal_decision *out, const char **as) {
    for (int i = 3; i < argc; i += 2)
        if (strcmp(argv[i], "--by") == 0)
            out->by = argv[i + 1];
        else if (strcmp(argv[i], "--reason") == 0)
            out->reason = argv[i + 1];
        else if (strcmp(argv[i], "--as") == 0)
            *as = argv[i + 1];
        else
            return false;
    return true;
}

static enum ctl_exit run_resolve(struct ctl *ctl, int argc, char **argv) {
    struct journal_decision decision = {.by = "", .reason = "", .wall_ms = clock_wall_ms()};
    const char *as = "";
    if (argc < 5 || argc > 9 || argc % 2 == 0 || !take_decision(argc, argv, &decision, &as))
        return ctl_usage("cases");
    decision.how = resolution_named(as);
    if (decision.how == RESOLUTION_NONE)
        return ctl_say(CTL_REFUSED,
                       "--as %s: expected credited (by hand), returned (to the patient), in_order "
                       "(nothing is missing), no_money (none was ever paid) or other",
                       as);
    if (!decision.by[0] || !decision.reason[0])
        return ctl_say(CTL_REFUSED, "a case is resolved by somebody and for a reason");
    if (strlen(decision.by) > RESOLVE_TEXT_MAX || strlen(decision.reason) > RESOLVE_TEXT_MAX)
        return ctl_say(CTL_REFUSED, "who and why: at most %d bytes each", RESOLVE_TEXT_MAX);
    struct search search;
    enum ctl_exit code = case_by_no(ctl, argv[2], &search);
    if (code != CTL_OK)
        return code;
    if (search.open_count == 0)
        return ctl_say(CTL_REFUSED, "%s: already resolved", argv[2]);
    if (search.open_count > 1)
        return ctl_say(CTL_REFUSED, "%s: several open cases have this number", argv[2]);
    decision.order_no = search.order_no;
    decision.case_no = search.case_no;
    return ctl_resolve_case(ctl, &decision);
}

enum ctl_exit ctl_cases(struct ctl *ctl, int argc, char **argv) {
    const char *what = argc > 1 ? argv[1] : "";
    if (!strcmp(what, "list") && argc == 2)
        return list_cases(ctl, false);
    if (!strcmp(what, "list") && argc == 3 && !strcmp(argv[2], "--all"))
        return list_cases(ctl, true);
    if (!strcmp(what, "list") && argc == 3 && !strcmp(argv[2], "--unproven"))
        return ctl_cases_unproven(ctl);
    if (!strcmp(what, "list") && argc == 3 && !strcmp(argv[2], "--taken-elsewhere"))
        return ctl_cases_taken_elsewhere(ctl);
    if (!strcmp(what, "show") && argc == 3)
        return run_show(ctl, argv[2]);
    if (!strcmp(what, "resolve"))
        return run_resolve(ctl, argc, argv);
    if (!strcmp(what, "export") && argc == 2)
        return ctl_journal_export(ctl, true);
    return ctl_usage("cases");
}
