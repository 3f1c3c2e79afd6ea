/* Checks that ask each service a harmless question of its document. */
#include <stdio.h>
#include <stdlib.h>

#include "app/base/clock.h"
#include "app/config/rules.h"
#include "app/ctl/selftest.h"
#include "app/platform/his/his.h"
#include "app/platform/upp/upp.h"
#include "app/pump/net.h"

#define SKEW_MAX_MS 60000

/* Asks and reads the answer. False when none came; `why` is the transport's sentence. */
static bool ask_service(const struct config *config, const struct platform *platform,
                        const char *operation, const cJSON *members, struct wire_reading *out,
                        char why[256]) {
    struct wire_request wire = {0};
    struct wire_complaint complaint;
    struct net_answer answer = {0};
    if (!platform->build(config, operation, members, clock_wall_ms(), &wire, &complaint)) {
        snprintf(why, 256, "%s", complaint.text);
        return false;
    }
    const struct net_request request = {.url = wire.url,
                                        .content_type = wire.content_type,
                                        .body = wire.body,
                                        .body_length = wire.body_length,
                                        .timeout_ms = (int)config_rules(config)->limits.answer_ms,
                                        .trust = platform->trust(config)};
    net_once(config_allows_plain(config), &request, &answer);
    bool answered = answer.curl_code == 0;
    if (answered)
        platform->read(config, operation, wire.message, answer.http_status, answer.body,
                       answer.length, out);
    else
        snprintf(why, 256, "%s", answer.error);
    free(answer.body);
    wire_request_free(&wire);
    return answered;
}

/* Our clock must agree with upp's, which compares expireTime with its own (4.2). */
static void add_clock(int64_t peer_ms, struct findings *findings) {
    int64_t skew_ms = clock_wall_ms() - peer_ms;
    if (peer_ms == 0)
        findings_add(findings, "clock", FINDING_NOT_CHECKED, "", "the platform says no time");
    else if (skew_ms > SKEW_MAX_MS || skew_ms < -SKEW_MAX_MS)
        findings_add(findings, "clock", FINDING_PROBLEM,
                     "set the clock (timedatectl set-ntp true): payments expire by it",
                     "%lld s off the platform's", (long long)(skew_ms / 1000));
    else
        findings_add(findings, "clock", FINDING_OK, "", "%lld ms off the platform's",
                     (long long)skew_ms);
}

static void add_network(const struct wire_reading *reading, struct findings *findings) {
    switch (reading->outcome) {
    case OUTCOME_ACCEPTED:
        findings_add(findings, "upp", FINDING_OK, "", "network answers, signatures agree");
        return;
    case OUTCOME_MALFORMED:
        findings_add(findings, "upp", FINDING_PROBLEM,
                     "compare platforms.upp.key and base_url with what the platform gave out",
                     "network: %s", reading->message);
        return;
    case OUTCOME_DECLINED:
        findings_add(findings, "upp", FINDING_PROBLEM,
                     "compare isv_id, partner_id and key with what the platform gave out",
                     "network is refused [%s]: %s", reading->code, reading->message);
        return;
    case OUTCOME_UNKNOWN:
    case OUTCOME_PENDING:
        break;
    }
    findings_add(findings, "upp", FINDING_PROBLEM, "check platforms.upp.base_url and paths",
                 "network: [%s] %s", reading->code, reading->message);
}

void selftest_upp(const struct config *config, struct findings *findings) {
    struct wire_reading reading = {0};
    char why[256];
    if (upp_config(config)->base_url[0] == '\0') {
        findings_add(findings, "upp", FINDING_NOT_CHECKED, "", "not configured: no payments by it");
        return;
    }
    cJSON *members = cJSON_CreateObject();
    if (ask_service(config, &platform_upp, "network", members, &reading, why)) {
        add_network(&reading, findings);
        add_clock(reading.peer_time_ms, findings);
    } else {
        findings_add(findings, "upp", FINDING_PROBLEM,
                     "check the network, the firewall and platforms.upp.base_url",
                     "does not answer: %s", why);
    }
    wire_reading_free(&reading);
    cJSON_Delete(members);
}

/* Asks for a patient who does not exist: a working HIS answers "no such patient". */
static cJSON *members_of_nobody(void) {
    cJSON *members = cJSON_CreateObject();
    cJSON_AddStringToObject(members, "mdtrt_cert_type", "10");
    cJSON_AddStringToObject(members, "mdtrt_cert_no", "SELFTEST");
    cJSON_AddStringToObject(members, "cert_no", "SELFTEST");
    cJSON_AddStringToObject(members, "account_type", "01");
    return members;
}

void selftest_his(const struct config *config, struct findings *findings) {
    struct wire_reading reading = {0};
    char why[256];
    cJSON *members = members_of_nobody();
    bool answered = ask_service(config, &platform_his, "queryAccount", members, &reading, why);
    if (!answered)
        findings_add(findings, "his", FINDING_PROBLEM,
                     "check the network, the firewall and his.base_url", "does not answer: %s",
                     why);
    else if (reading.outcome == OUTCOME_ACCEPTED || reading.outcome == OUTCOME_DECLINED)
        findings_add(findings, "his", FINDING_OK, "", "queryAccount answers [%s]", reading.code);
    else
        findings_add(findings, "his", FINDING_PROBLEM,
                     "check his.base_url and paths with the HIS's supplier",
                     "queryAccount: [%s] %s", reading.code, reading.message);
    free(reading.document);
    wire_reading_free(&reading);
    cJSON_Delete(members);
}
