/* onepay: whose account it is. hop.account.info answers it; a wristband's code is asked about first
 * (portal.wb.queryAccount), and its account then by that code. */
#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"
#include "app/base/text.h"
#include "app/config/privacy.h"
#include "app/platform/onepay/onepay.h"
#include "app/wire/json.h"
#include "app/wire/person_keys.h"
#include "app/wire/reading.h"

#define WRISTBAND_CARD "07"
#define STATUS_NORMAL "01"

static const char *cert_type_asked(enum identity_kind kind) {
    static const char *const codes[IDENTITY_COUNT] = {
        [IDENTITY_NONE] = "",           [IDENTITY_E_INSURANCE] = "01", [IDENTITY_ID_CARD] = "02",
        [IDENTITY_SOCIAL_CARD] = "03",  [IDENTITY_HEALTH_CARD] = "04", [IDENTITY_WRISTBAND] = "05",
        [IDENTITY_HOSPITAL_CARD] = "10"};
    return codes[kind];
}

/* A deposit is an inpatient's unless a hospital's card, which outpatients have, was shown. */
static enum account_type type_asked(const struct question *question) {
    bool inpatient =
        question->identity == IDENTITY_WRISTBAND ||
        (question->service == SERVICE_DEPOSIT && question->identity != IDENTITY_HOSPITAL_CARD);
    return inpatient ? ACCOUNT_INPATIENT : ACCOUNT_OUTPATIENT;
}

const char *onepay_ask(const struct config *config, const struct question *question,
                       cJSON *members) {
    const char *card_type = onepay_card_type(cert_type_asked(question->identity));
    if (question->verb != VERB_ACCOUNT || card_type == NULL)
        return NULL;
    if (question->identity == IDENTITY_WRISTBAND) {
        fields_add_text(members, "key", question->identity_no);
        return "portal.wb.queryAccount";
    }
    onepay_add_asker(config, members);
    fields_add_text(members, "cardType", card_type);
    fields_add_text(members, "cardNo", question->identity_no);
    fields_add_text(members, "accountType", onepay_account_type(type_asked(question)));
    fields_add_text(members, "idNo", question->id_no);
    return "hop.account.info";
}

const char *onepay_follow(const struct config *config, const char *operation, const cJSON *sent,
                          cJSON *members) {
    const struct onepay_config *onepay = onepay_config(config);
    bool envelope = onepay->backend == ONEPAY_HTTP && onepay->wire == ONEPAY_ENVELOPE;
    if (strcmp(operation, "portal.wb.queryAccount") != 0)
        return NULL;
    onepay_add_asker(config, members);
    fields_add_text(members, "cardType", WRISTBAND_CARD);
    fields_add_text(members, "cardNo",
                    wire_text(wire_member(sent, envelope ? "data" : "param"), "key"));
    fields_add_text(members, "accountType", onepay_account_type(ACCOUNT_INPATIENT));
    return "hop.account.info";
}

static bool fill_onepay_account(const cJSON *param, const cJSON *asked, struct account *account,
                                struct wire_reading *out) {
    const char *name = wire_text(param, "userName"), *type = wire_text(param, "accountType");
    if (name == NULL || *name == '\0')
        return reading_malformed(out, "param.userName is missing");
    if (type == NULL || (strcmp(type, "01") != 0 && strcmp(type, "02") != 0))
        type = wire_text(asked, "accountType");
    text_clean(account->name, sizeof account->name, name);
    text_clean(account->patient_type, sizeof account->patient_type, "00");
    text_clean(account->mdtrt_cert_type, sizeof account->mdtrt_cert_type,
               onepay_cert_type(wire_text(asked, "cardType")));
    account->account_type =
        type != NULL && strcmp(type, "02") == 0 ? ACCOUNT_INPATIENT : ACCOUNT_OUTPATIENT;
    if (!reading_id(account->cert_no, sizeof account->cert_no, param, "idNo") ||
        !reading_id(account->his_cust_id, sizeof account->his_cust_id, param, "hisCustID") ||
        !reading_id(account->mdtrt_cert_no, sizeof account->mdtrt_cert_no, asked, "cardNo"))
        return reading_malformed(out, "param.idNo or hisCustID is too long");
    if (account->his_cust_id[0] == '\0')
        return reading_malformed(out, "param.hisCustID is missing");
    if (!reading_amount(param, "balance", &account->balance))
        return reading_malformed(out, "param.balance is missing or no amount");
    return true;
}

/* An account that is reported lost, frozen or closed takes no money. */
static bool is_closed_account(const cJSON *param) {
    const char *status = wire_text(param, "status");
    return status != NULL && *status != '\0' && strcmp(status, STATUS_NORMAL) != 0;
}

void onepay_read_account(const struct config *config, const cJSON *param, const cJSON *asked,
                         struct wire_reading *out) {
    struct account *account = calloc(1, sizeof *account);
    ENSURE(account != NULL);
    account->head.kind = DOCUMENT_ACCOUNT;
    if (!fill_onepay_account(param, asked, account, out) || is_closed_account(param)) {
        if (out->outcome == OUTCOME_ACCEPTED)
            out->outcome = OUTCOME_DECLINED;
        free(account);
        return;
    }
    const struct shown_card shown = {account->mdtrt_cert_type, account->mdtrt_cert_no,
                                     wire_text(asked, "idNo")};
    person_keys_add(config_privacy(config)->hospital_key, &shown, account);
    out->document = &account->head;
}
