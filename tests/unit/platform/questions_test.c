/* What a visit asks the hospital is complete by its document's tables. */
#include "tests/unit/platform/requests_story.h"

static cJSON *asked(const struct question *question) {
    const char *operation;
    cJSON *members;
    struct wire_request wire;
    struct wire_complaint complaint = {.text = ""};
    const struct platform *platform = platform_ask(&config, question, &operation, &members);
    assert_ptr_equal(platform, &platform_his);
    if (!platform->build(&config, operation, members, NOW_MS, &wire, &complaint))
        fail_msg("%s", complaint.text);
    cJSON *message = cJSON_Duplicate(wire.message, true);
    wire_request_free(&wire);
    cJSON_Delete(members);
    return message;
}

static void a_visit_asks_for_the_account_of_its_code(void **state) {
    (void)state;
    struct question question = {.verb = VERB_ACCOUNT,
                                .identity = IDENTITY_HOSPITAL_CARD,
                                .identity_no = "C10000001",
                                .id_no = "",
                                .service = SERVICE_BILLS};
    cJSON *message = asked(&question);
    has(message, "mdtrt_cert_type", "10");
    has(message, "cert_no", "C10000001");
    has(message, "account_type", "01");
    cJSON_Delete(message);
    question.identity = IDENTITY_WRISTBAND;
    question.service = SERVICE_DEPOSIT;
    message = asked(&question);
    has(message, "mdtrt_cert_type", "05");
    has(message, "account_type", "02");
    cJSON_Delete(message);
    question = (struct question){.verb = VERB_ACCOUNT,
                                 .identity = IDENTITY_SOCIAL_CARD,
                                 .identity_no = "A12345678",
                                 .id_no = "11010519491231002X"};
    message = asked(&question);
    has(message, "mdtrt_cert_type", "03");
    has(message, "mdtrt_cert_no", "A12345678");
    has(message, "cert_no", "11010519491231002X");
    cJSON_Delete(message);
}

static void a_visit_asks_for_the_bills_of_the_chosen_card(void **state) {
    (void)state;
    struct account account = {.mdtrt_cert_no = "C10000002",
                              .mdtrt_cert_type = "10",
                              .cert_no = "110101199003070038",
                              .his_cust_id = "A",
                              .account_type = ACCOUNT_OUTPATIENT,
                              .card_count = 2};
    strcpy(account.cards[1].his_cust_id, "B");
    struct question question = {.verb = VERB_BILLS,
                                .identity = IDENTITY_HOSPITAL_CARD,
                                .identity_no = "C10000001",
                                .id_no = "",
                                .account = &account,
                                .card = 1};
    cJSON *message = asked(&question);
    has(message, "his_cust_id", "B");
    has(message, "cert_no", "110101199003070038");
    cJSON_Delete(message);
    question.card = -1;
    message = asked(&question);
    has(message, "his_cust_id", "A");
    cJSON_Delete(message);
}

/* What a visit was told by ORG_001 is what ORG_002 and ORG_004 are asked with: one certificate. */
static void a_visit_asks_about_a_bill_with_the_certificate_of_its_list(void **state) {
    (void)state;
    struct account account = {.mdtrt_cert_no = "11010519491231002X",
                              .mdtrt_cert_type = "02",
                              .cert_no = "11010519491231002X",
                              .account_type = ACCOUNT_OUTPATIENT};
    struct question question = {.verb = VERB_BILLS,
                                .identity = IDENTITY_HOSPITAL_CARD,
                                .identity_no = "C10000001",
                                .id_no = "",
                                .account = &account,
                                .card = -1};
    cJSON *list = asked(&question);
    question.verb = VERB_ASK_CREDIT;
    question.org_trace_no = "T7";
    cJSON *settled = asked(&question);
    has(settled, "org_trace_no", "T7");
    has(settled, "mdtrt_cert_type", wire_text(list, "mdtrt_cert_type"));
    has(settled, "mdtrt_cert_no", wire_text(list, "mdtrt_cert_no"));
    has(settled, "mdtrt_cert_type", "02");
    cJSON_Delete(settled);
    account.mdtrt_cert_no[0] = account.mdtrt_cert_type[0] = '\0'; /* as the patient showed it */
    settled = asked(&question);
    has(settled, "mdtrt_cert_type", "10");
    has(settled, "mdtrt_cert_no", "C10000001");
    cJSON_Delete(settled);
    cJSON_Delete(list);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_visit_asks_for_the_account_of_its_code),
        cmocka_unit_test(a_visit_asks_for_the_bills_of_the_chosen_card),
        cmocka_unit_test(a_visit_asks_about_a_bill_with_the_certificate_of_its_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
