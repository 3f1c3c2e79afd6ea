/* Findings of selftest: a line for each check, what is wrong and what to do. */
#ifndef HOPKIOSK_CTL_SELFTEST_H
#define HOPKIOSK_CTL_SELFTEST_H

#include "app/shell/settings.h"

#define FINDINGS_MAX 48

enum finding_state { FINDING_OK = 0, FINDING_NOT_CHECKED, FINDING_PROBLEM };

struct finding {
    const char *check; /* a string literal */
    enum finding_state state;
    char what[256];
    char fix[320]; /* what to do; "": nothing */
};

struct findings {
    int count;
    struct finding items[FINDINGS_MAX];
};

/* `fix` is a literal or "". */
void findings_add(struct findings *findings, const char *check, enum finding_state state,
                  const char *fix, const char *format, ...) __attribute__((format(printf, 5, 6)));

/* Checks files, permissions and addresses without sending anything. */
void selftest_permissions(const struct config *config, const char *config_path,
                          struct findings *findings);
void selftest_plain_http(const struct config *config, struct findings *findings);
void selftest_journal(const struct config *config, struct findings *findings);
/* Asks this machine's fleet process, where a fleet is configured. */
void selftest_fleet(const struct config *config, struct findings *findings);
/* Asks the services; compares our clock with the platform's. */
void selftest_upp(const struct config *config, struct findings *findings);
void selftest_his(const struct config *config, struct findings *findings);
/* Says what the hospital's ORG_004 tells of. Asks nobody: the kiosk has found it out, or will. */
void selftest_settle_result(const struct config *config, struct findings *findings);
/* Checks the devices, by a running kiosk or by themselves. */
void selftest_devices(const struct config *config, struct findings *findings);

#endif
