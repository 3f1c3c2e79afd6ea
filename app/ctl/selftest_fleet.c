/* Whether the fleet's process of this machine runs, and what it has met last. Without a fleet there
 * is nothing to be said. */
#include <stdlib.h>

#include "app/ctl/selftest.h"
#include "app/fleet/fleet_settings.h"
#include "app/fleet/link.h"
#include "app/pump/control.h"
#include "app/wire/json.h"

#define PROCESS_MS 2000

static void judge_process(const char *answer, struct findings *findings) {
    cJSON *tree = cJSON_Parse(answer);
    const char *trouble = wire_text(tree, "trouble");
    if (trouble == NULL)
        findings_add(findings, "fleet", FINDING_PROBLEM,
                     "systemctl enable --now hopkiosk-fleet, and look into its log",
                     "no fleet process answers: other machines do not hear of payments made here");
    else if (trouble[0] != '\0')
        findings_add(findings, "fleet", FINDING_PROBLEM,
                     "OPERATORS.md, \"All terminals in one database\"", "%.200s", trouble);
    else
        findings_add(findings, "fleet", FINDING_OK, "", "events are taken");
    cJSON_Delete(tree);
}

void selftest_fleet(const struct config *config, struct findings *findings) {
    const char *database = fleet_settings(config)->database;
    char why[200];
    if (database[0] == '\0')
        return;
    if (!fleet_database_is_good(database, why, sizeof why)) {
        findings_add(findings, "fleet", FINDING_PROBLEM, "change fleet.database", "%s", why);
        return;
    }
    char *path = fleet_socket_path(settings_of(config)->journal_path);
    char *answer = control_call(path, "status", PROCESS_MS);
    judge_process(answer, findings);
    free(answer);
    free(path);
}
