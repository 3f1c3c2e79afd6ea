/* What this hospital's ORG_004 tells of: configured, found out by the kiosk, or not known yet. */
#include <stdio.h>
#include <unistd.h>

#include "app/base/clock.h"
#include "app/config/terminal_rows.h"
#include "app/ctl/selftest.h"
#include "app/journal/journal.h"
#include "app/platform/platform.h"

#define CHECK "settlements"
#define TELLS_OF_VISIT                                                                             \
    "querySettleResult tells of the patient's newest settlement, whatever is asked: it proves "    \
    "nothing, the list of bills decides"
#define TELLS_OF_ORDER "querySettleResult tells of the number that is asked"

/* Since when it is known; 0: it was not found out. */
struct found_out {
    int64_t visit_ms, order_ms;
};

static struct found_out read_found(const struct config *config) {
    struct found_out found = {0, 0};
    struct journal *journal = NULL;
    const struct journal_options options = {.path = settings_of(config)->journal_path,
                                            .terminal_id = config_terminal(config)->id,
                                            .read_only = true};
    bool readable = access(options.path, F_OK) == 0 &&
                    journal_open(&options, &journal) == JOURNAL_OK &&
                    journal_found(journal, JOURNAL_FOUND_BY_VISIT, &found.visit_ms) == JOURNAL_OK &&
                    journal_found(journal, JOURNAL_FOUND_BY_ORDER, &found.order_ms) == JOURNAL_OK;
    if (!readable) /* what is wrong with it is said where the journal is checked */
        found = (struct found_out){0, 0};
    if (journal != NULL)
        journal_close(journal);
    return found;
}

static void add_found(const struct found_out *found, struct findings *findings) {
    char at[CLOCK_TEXT_SIZE];
    if (found->visit_ms != 0) /* as the kiosk decides it, should it have found both */
        findings_add(findings, CHECK, FINDING_OK,
                     "write his.settle_result visit into the configuration: a new journal would "
                     "have to find it out again",
                     "found out %s: %s", clock_text(found->visit_ms, at), TELLS_OF_VISIT);
    else if (found->order_ms != 0)
        findings_add(findings, CHECK, FINDING_OK, "", "found out %s: %s",
                     clock_text(found->order_ms, at), TELLS_OF_ORDER);
    else
        findings_add(findings, CHECK, FINDING_NOT_CHECKED,
                     "nothing; or ask the HIS's supplier and write his.settle_result",
                     "not known yet what querySettleResult tells of: until the first proved credit "
                     "shows it, the list of bills decides about a lost answer");
}

void selftest_settle_result(const struct config *config, struct findings *findings) {
    const struct found_out found = read_found(config);
    char at[CLOCK_TEXT_SIZE];
    switch (platform_settle_result(config)) {
    case SETTLE_RESULT_VISIT:
        findings_add(findings, CHECK, FINDING_OK, "", "configured: %s", TELLS_OF_VISIT);
        return;
    case SETTLE_RESULT_ORDER:
        if (found.visit_ms != 0)
            findings_add(findings, CHECK, FINDING_PROBLEM,
                         "set his.settle_result to visit: a settlement of another bill would be "
                         "taken for this one's",
                         "configured as order, but found out %s: %s",
                         clock_text(found.visit_ms, at), TELLS_OF_VISIT);
        else
            findings_add(findings, CHECK, FINDING_OK, "", "configured: %s", TELLS_OF_ORDER);
        return;
    case SETTLE_RESULT_AUTO:
        add_found(&found, findings);
        return;
    }
}
