/* The insurance centre's client in a test: a configuration, what is sent, what an answer means. */
#ifndef HOPKIOSK_TESTS_MMPC_FIXTURE_H
#define HOPKIOSK_TESTS_MMPC_FIXTURE_H

#include <stdlib.h>
#include <string.h>

#include "app/platform/mmpc/mmpc.h"
#include "app/wire/envelope.h"
#include "app/wire/json.h"

#define NOW_MS INT64_C(1795140672345) /* 2026-11-20 10:11:12.345 */
#define APP_ID "43AF047BBA47FC8A1AE8EFB232BDBBCB"
#define SECRET "4117E877F5FA0A0188891283E4B617D5"
/* Of tests/vectors/envelope.json: a pair that signs for both sides. */
#define PRIVATE "211fee8c3c5fee2fad3dc926fc9403366d2def02cdd0bb5bd683ca015d99db7f"
#define PUBLIC                                                                                     \
    "0417cc16abaebedc7f87b2e0a508c0cb93631761db7fa19adece712c6aade1d673e389b5e902df7a2e6fe3917b0f" \
    "55747e00d74e36e939ecc3e7967b7058a91858"

static struct mmpc_config mmpc = {.base_url = "http://127.0.0.1:1",
                                  .decode_url = "http://127.0.0.1:2",
                                  .app_id = APP_ID,
                                  .app_secret = SECRET,
                                  .org_codg = "H1",
                                  .keys = {APP_ID, SECRET, PRIVATE, PUBLIC, NULL}};
static const struct config config = {.part_count = 1, .parts = {{&mmpc_section, &mmpc}}};

static struct wire_request request;
static struct wire_reading reading;
static struct wire_complaint complaint;

#define ORDER(state, own)                                                                          \
    "{\"medOrgOrd\":\"P1\",\"payOrdId\":\"ORD1\",\"ordStas\":" state ",\"feeSumamt\":39.09,"       \
    "\"fundPay\":21.50,\"psnAcctPay\":0.00,\"ownPayAmt\":" own                                     \
    ",\"hiChrgTime\":\"20230418113442\",\"extData\":{\"setlinfo\":{\"acctPay\":0}}}"
/* ... with the two members that its table leaves out. */
#define NAMED(state, own)                                                                          \
    "{\"outOfMIFee\":0,\"prePaidDeduction\":0,\"medOrgOrd\":\"P1\",\"payOrdId\":\"ORD1\","         \
    "\"ordStas\":" state ",\"feeSumamt\":39.09,\"fundPay\":21.50,\"psnAcctPay\":0.00,"             \
    "\"ownPayAmt\":" own "}"
#define DONE ORDER("\"6\"", "17.59")

static inline cJSON *tree_of(const char *text) {
    const char *error = NULL;
    cJSON *tree = wire_parse(text, strlen(text), &error);
    if (tree == NULL)
        fail_msg("%s: %s", text, error);
    return tree;
}

static inline bool build_tree(const char *operation, const cJSON *members) {
    wire_request_free(&request);
    complaint.text[0] = '\0';
    return platform_mmpc.build(&config, operation, members, NOW_MS, &request, &complaint);
}

static inline bool builds(const char *operation, const char *members) {
    cJSON *tree = tree_of(members);
    bool good = build_tree(operation, tree);
    cJSON_Delete(tree);
    return good;
}

static inline void sends(const char *operation, const char *members) {
    if (!builds(operation, members))
        fail_msg("%s", complaint.text);
}

static inline void plainly(void) {
    mmpc.sealed = false;
    mmpc.dialect = MMPC_DOCUMENT;
}

static inline void hears_body(const char *operation, const char *body) {
    free(reading.document);
    wire_reading_free(&reading);
    platform_mmpc.read(&config, operation, request.message, 200, body, strlen(body), &reading);
}

static inline void means(enum outcome outcome, enum trade_state trade) {
    if (reading.outcome != outcome || reading.answer.trade != trade)
        fail_msg("%s [%s] %s, trade %d", outcome_word(reading.outcome), reading.code,
                 reading.message, reading.answer.trade);
    assert_int_equal(reading.answer.outcome, outcome);
}

static inline void hears(const char *operation, const char *data) {
    char body[8000];
    snprintf(body, sizeof body, "{\"code\":1,\"message\":\"成功\",\"data\":%s}", data);
    hears_body(operation, body);
}

static inline void asks_order(void) {
    plainly();
    sends("query", "{\"medOrgOrd\":\"P1\"}");
}

static inline int put_away(void **state) {
    (void)state;
    free(reading.document);
    wire_reading_free(&reading);
    wire_request_free(&request);
    return 0;
}

#endif
