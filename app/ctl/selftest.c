#include "app/ctl/selftest.h"

#include <cjson/cJSON.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "app/base/log.h"
#include "app/ctl/ctl.h"

void findings_add(struct findings *findings, const char *check, enum finding_state state,
                  const char *fix, const char *format, ...) {
    ENSURE(findings->count < FINDINGS_MAX);
    struct finding *finding = &findings->items[findings->count++];
    finding->check = check;
    finding->state = state;
    snprintf(finding->fix, sizeof finding->fix, "%s", fix);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(finding->what, sizeof finding->what, format, arguments);
    va_end(arguments);
}

static const char *state_name(enum finding_state state) {
    static const char *const names[] = {
        [FINDING_OK] = "ok", [FINDING_NOT_CHECKED] = "not checked", [FINDING_PROBLEM] = "PROBLEM"};
    return names[state];
}

static void print_findings(const struct findings *findings) {
    for (int i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        printf("%-12s %-14s %s\n", state_name(finding->state), finding->check, finding->what);
        if (finding->fix[0] != '\0')
            printf("%-12s %-14s -> %s\n", "", "", finding->fix);
    }
}

static void print_findings_json(const struct findings *findings) {
    cJSON *out = cJSON_CreateArray();
    for (int i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        cJSON *row = cJSON_CreateObject();
        cJSON_AddStringToObject(row, "check", finding->check);
        cJSON_AddStringToObject(row, "state",
                                finding->state == FINDING_PROBLEM ? "problem"
                                                                  : state_name(finding->state));
        cJSON_AddStringToObject(row, "what", finding->what);
        cJSON_AddStringToObject(row, "do", finding->fix);
        cJSON_AddItemToArray(out, row);
    }
    char *text = cJSON_PrintUnformatted(out);
    puts(text);
    free(text);
    cJSON_Delete(out);
}

static bool all_well(const struct findings *findings) {
    for (int i = 0; i < findings->count; i++)
        if (findings->items[i].state == FINDING_PROBLEM)
            return false;
    return true;
}

enum ctl_exit ctl_selftest(struct ctl *ctl, int argc, char **argv) {
    (void)argv;
    if (argc != 1)
        return ctl_usage("selftest");
    const struct config *config = ctl_config(ctl);
    if (config == NULL)
        return CTL_REFUSED;
    struct findings findings = {0};
    findings_add(&findings, "configuration", FINDING_OK, "", "every member is known and right");
    selftest_permissions(config, ctl->config_path, &findings);
    selftest_plain_http(config, &findings);
    selftest_journal(config, &findings);
    selftest_fleet(config, &findings);
    selftest_upp(config, &findings);
    selftest_his(config, &findings);
    selftest_settle_result(config, &findings);
    selftest_devices(config, &findings);
    if (ctl->json)
        print_findings_json(&findings);
    else
        print_findings(&findings);
    return all_well(&findings) ? CTL_OK : CTL_DIFFERENCES;
}
