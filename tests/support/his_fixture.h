/* The hospital's client in a test: a configuration, and what an answer means. */
#ifndef HOPKIOSK_TESTS_HIS_FIXTURE_H
#define HOPKIOSK_TESTS_HIS_FIXTURE_H

#include <stdlib.h>
#include <string.h>

#include "app/config/privacy.h"
#include "app/config/terminal_rows.h"
#include "app/platform/his/his.h"
#include "app/wire/json.h"

static const struct his_config his = {.base_url = "http://127.0.0.1:1/his"};
static const struct config_terminal terminal = {.id = "K1",
                                                .org_code = "H35010200227",
                                                .sub_org_code = "",
                                                .operator_id = "op",
                                                .operator_name = ""};
static const struct config_privacy privacy = {.hospital_key = "0123456789abcdef"};
static const struct config config = {.part_count = 3,
                                     .parts = {{&his_section, &his},
                                               {&config_terminal_section, &terminal},
                                               {&config_privacy_section, &privacy}}};

#define ASKED                                                                                      \
    "{\"mdtrt_cert_type\":\"10\",\"mdtrt_cert_no\":\"C10000001\",\"cert_no\":\"C10000001\","       \
    "\"account_type\":\"01\",\"org_trace_no\":\"T1\"}"

static inline cJSON *parse(const char *text) {
    const char *error = NULL;
    cJSON *tree = wire_parse(text, strlen(text), &error);
    if (tree == NULL)
        fail_msg("%s: %s", error, text);
    return tree;
}

/* The document is the caller's to free. */
static inline struct wire_reading read_text(const char *operation, const char *body) {
    cJSON *sent = parse(ASKED);
    struct wire_reading reading;
    platform_his.read(&config, operation, sent, 200, body, strlen(body), &reading);
    cJSON_Delete(sent);
    wire_reading_free(&reading);
    assert_int_equal(reading.answer.outcome, reading.outcome);
    return reading;
}

static inline enum outcome outcome_of(const char *operation, const char *body) {
    struct wire_reading reading = read_text(operation, body);
    free(reading.document);
    return reading.outcome;
}

#endif
