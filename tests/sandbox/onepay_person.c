/* onepay: accounts, wristbands, faces and the insurance e-card. */
#include <stdio.h>
#include <string.h>

#include "tests/sandbox/hospital.h"
#include "tests/sandbox/onepay.h"
#include "tests/sandbox/sign.h"
#include "tests/sandbox/value.h"

#define FACE_CARD "C10000001" /* whose face it always is */

const struct patient *hop_patient(const cJSON *param);

static const char *cust_id_of(const struct patient *patient) {
    return patient->cust_ids[0] != NULL ? patient->cust_ids[0] : patient->card;
}

static void put_person(cJSON *out, const struct patient *patient) {
    cJSON_AddStringToObject(out, "idType", "01");
    cJSON_AddStringToObject(out, "idNo", patient->id_no);
    cJSON_AddStringToObject(out, "userName", patient->name);
    cJSON_AddStringToObject(out, "userSex", patient->gender);
}

static void put_account(const struct sandbox *sandbox, cJSON *out, const struct patient *patient) {
    const struct account *account =
        ROWS_FIND(&sandbox->books.accounts, account, card, patient->card);
    put_person(out, patient);
    put_yuan(out, "balance", account->balance_fen);
    cJSON_AddStringToObject(out, "hisCustID", cust_id_of(patient));
    cJSON_AddStringToObject(out, "accountType", patient_is_inpatient(patient) ? "02" : "01");
    cJSON_AddStringToObject(out, "accountNo", patient->card);
    cJSON_AddStringToObject(out, "status", "01");
}

void hop_account(struct sandbox *sandbox, const cJSON *param, struct reply *reply) {
    const struct patient *patient = hop_patient(param);
    if (patient == NULL) {
        reply_refuse(reply, ONEPAY_NO_PERSON, "用户非法");
        return;
    }
    cJSON *out = reply->body = cJSON_CreateObject();
    cJSON_AddStringToObject(out, "cardType", message_get(param, "cardType"));
    cJSON_AddStringToObject(out, "cardNo", message_get(param, "cardNo"));
    put_account(sandbox, out, patient);
}

/* A code that was made, or an inpatient's own wristband. */
static const struct patient *wearer_of(const struct sandbox *sandbox, const char *key) {
    const struct wristband *wristband = ROWS_FIND(&sandbox->books.wristbands, wristband, key, key);
    if (wristband != NULL)
        return wristband->cancelled_ms != 0 ? NULL : patient_by_card(wristband->card);
    const struct patient *patient = patient_by_card(key);
    return patient != NULL && patient_is_inpatient(patient) ? patient : NULL;
}

void hop_wristband(struct sandbox *sandbox, const cJSON *param, struct reply *reply) {
    const struct patient *patient = wearer_of(sandbox, message_get(param, "key"));
    if (patient == NULL) {
        reply_refuse(reply, ONEPAY_NO_PERSON, "用户非法");
        return;
    }
    reply->body = cJSON_CreateObject();
    put_yuan(reply->body, "balance", hospital_account(sandbox, patient->card)->balance_fen);
    cJSON_AddStringToObject(reply->body, "idNo", patient->id_no);
    cJSON_AddStringToObject(reply->body, "userName", patient->name);
}

void hop_make_code(struct sandbox *sandbox, const cJSON *param, struct reply *reply) {
    const struct patient *patient = hop_patient(param);
    char url[96];
    if (patient == NULL) {
        reply_refuse(reply, ONEPAY_NO_PERSON, "用户非法");
        return;
    }
    struct wristband *wristband = rows_add(&sandbox->books.wristbands);
    sandbox_number(sandbox, "WB", wristband->key);
    text_set(wristband->card, NO_SIZE, patient->card);
    wristband->made_ms = sandbox_now_ms(sandbox);
    snprintf(url, sizeof url, "http://127.0.0.1:%d/wb/%s", sandbox->port, wristband->key);
    reply->body = cJSON_CreateObject();
    cJSON_AddStringToObject(reply->body, "key", wristband->key);
    cJSON_AddStringToObject(reply->body, "Url", url);
}

void hop_cancel_code(struct sandbox *sandbox, const cJSON *param, struct reply *reply) {
    struct wristband *wristband =
        ROWS_FIND(&sandbox->books.wristbands, wristband, key, message_get(param, "key"));
    if (wristband == NULL)
        reply_refuse(reply, ONEPAY_INVALID, "key: no such wristband code");
    else if (wristband->cancelled_ms == 0)
        wristband->cancelled_ms = sandbox_now_ms(sandbox);
}

static void put_health_card(cJSON *out, const struct patient *patient) {
    cJSON_AddStringToObject(out, "mindex_id", "MI1");
    cJSON_AddStringToObject(out, "ehealth_card_id", "EH1");
    cJSON_AddStringToObject(out, "id_type", "01");
    cJSON_AddStringToObject(out, "id_no", patient->id_no);
    cJSON_AddStringToObject(out, "user_name", patient->name);
    cJSON_AddStringToObject(out, "user_sex", patient->gender);
    cJSON_AddStringToObject(out, "mobile_phone", patient->phone);
}

void hop_face(struct sandbox *sandbox, const cJSON *param, struct reply *reply) {
    const struct patient *patient = patient_by_card(FACE_CARD);
    const char *list = message_get(param, "CardListType");
    cJSON *out = reply->body = cJSON_CreateObject();
    cJSON_AddStringToObject(out, "certName", patient->name);
    cJSON_AddStringToObject(out, "certNo", patient->id_no);
    cJSON_AddStringToObject(out, "certType", "IDENTITY_CARD");
    cJSON_AddStringToObject(out, "phone", patient->phone);
    cJSON_AddStringToObject(out, "outTradeNo", message_get(param, "outTradeNo"));
    cJSON_AddStringToObject(out, "authimg_base_64", "iVBORw0KGgo=");
    if (strcmp(list, "1") == 0)
        put_health_card(out, patient);
    if (strcmp(list, "2") == 0) {
        cJSON *cards = cJSON_AddArrayToObject(out, "SelectCard"), *card = cJSON_CreateObject();
        cJSON_AddStringToObject(card, "cardType", "03");
        cJSON_AddStringToObject(card, "cardNo", patient->card);
        put_account(sandbox, card, patient);
        cJSON_AddItemToArray(cards, card);
    }
}

/* The patient's phone agrees after the first question; a number that ends in 99 is refused. */
void hop_authorise(struct sandbox *sandbox, const cJSON *param, struct reply *reply) {
    const char *no = message_get(param, "outAuthorizeNo");
    const struct patient *patient = patient_by_card(FACE_CARD);
    const char *end = strlen(no) < 2 ? "" : no + strlen(no) - 2;
    bool asked = ROWS_FIND(&sandbox->books.notices, notice, key, no) != NULL;
    hop_keep(sandbox, "hop.esccard.auth.qr", no, param);
    reply->body = cJSON_CreateObject();
    const char *status = strcmp(end, "99") == 0 ? "cancel" : asked ? "succ" : "ing";
    cJSON_AddStringToObject(reply->body, "authStatus", status);
    if (strcmp(status, "succ") != 0)
        return;
    put_person(reply->body, patient);
    cJSON_AddStringToObject(reply->body, "mobilePhone", patient->phone);
    cJSON_AddStringToObject(reply->body, "cardType", "01");
    cJSON_AddStringToObject(reply->body, "cardNo",
                            patient->social_card == NULL ? "" : patient->social_card);
}
