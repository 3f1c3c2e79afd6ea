/* onepay: what the messages that a patient's phone shows hold. They move no money. */
#include "app/platform/onepay/onepay.h"

static const char *const patient_types[] = {"00", "01", NULL};
static const char *const fee_types[] = {"00", "01", "02", NULL};
static const char *const first_cards[] = {"01", "02", "03", NULL};
static const char *const drug_states[] = {"init", "succ", "cancel", NULL};
static const char *const notify_states[] = {"succ", "fail", "ing", NULL};

#define EXTRA                                                                                      \
    {"extra", FIELD_OBJECT, 0, false, NULL}, {"extra.*", FIELD_REST, 0, false, NULL}, {            \
        "*", FIELD_REST, 0, false, NULL                                                            \
    }
#define INPATIENT                                                                                  \
    {"inpatientNo", FIELD_TEXT, 32, true, NULL}, {"contactNumber", FIELD_TEXT, 11, true, NULL},    \
        {"userName", FIELD_TEXT, 0, true, NULL}, {                                                 \
        "idNo", FIELD_TEXT, 0, true, NULL                                                          \
    }
#define CARD(required)                                                                             \
    {"cardType", FIELD_TEXT, 32, required, onepay_card_types}, {                                   \
        "cardNo", FIELD_TEXT, 32, required, NULL                                                   \
    }
#define STAY                                                                                       \
    {"accountType", FIELD_TEXT, 2, true, onepay_account_types},                                    \
        {"wardName", FIELD_TEXT, 0, true, NULL}, {                                                 \
        "inpatientDate", FIELD_DAY, 0, true, NULL                                                  \
    }
/* What insurance paid may be nothing. */
#define COSTS                                                                                      \
    {"bcbxf0", FIELD_COST, 0, true, NULL}, {"grzfe0", FIELD_COST, 0, true, NULL},                  \
        {"bcfyze", FIELD_COST, 0, true, NULL}, {                                                   \
        "balance", FIELD_AMOUNT, 0, true, NULL                                                     \
    }

/* Its table says Char where the others say String. */
const struct field onepay_fields_overpay[] = {
    {"inpatientNo", FIELD_BYTES, 32, true, NULL},
    {"cardType", FIELD_BYTES, 32, true, onepay_card_types},
    {"cardNo", FIELD_BYTES, 32, true, NULL},
    {"accountType", FIELD_BYTES, 1, true, onepay_account_types},
    {"contactNumber", FIELD_BYTES, 32, true, NULL},
    {"userName", FIELD_BYTES, 32, true, NULL},
    {"idNo", FIELD_BYTES, 32, true, NULL},
    {"wardName", FIELD_BYTES, 32, true, NULL},
    {"wardCode", FIELD_BYTES, 0, false, NULL},
    {"inpatientDate", FIELD_DAY, 0, true, NULL},
    COSTS,
    {"complementMoney", FIELD_YUAN, 0, true, NULL},
    EXTRA,
    {0}};

/* A patient who pays all may have no card: see check.c. */
const struct field onepay_fields_bill[] = {INPATIENT,
                                           {"admissTimes", FIELD_TEXT, 32, false, NULL},
                                           {"cardType", FIELD_TEXT, 32, true, onepay_card_types},
                                           {"cardNo", FIELD_TEXT, 32, false, NULL},
                                           STAY,
                                           {"patientType", FIELD_TEXT, 2, true, patient_types},
                                           {"wardCode", FIELD_TEXT, 0, false, NULL},
                                           {"beginDate", FIELD_DAY, 0, true, NULL},
                                           {"endDate", FIELD_DAY, 0, true, NULL},
                                           COSTS,
                                           EXTRA,
                                           {0}};

const struct field onepay_fields_out_depart[] = {
    INPATIENT, CARD(true), STAY, {"patientType", FIELD_TEXT, 2, true, patient_types}, EXTRA, {0}};

const struct field onepay_fields_out_hosp[] = {INPATIENT,
                                               {"admissTimes", FIELD_TEXT, 32, false, NULL},
                                               CARD(true),
                                               STAY,
                                               {"wardCode", FIELD_TEXT, 0, false, NULL},
                                               COSTS,
                                               EXTRA,
                                               {0}};

const struct field onepay_fields_common[] = {INPATIENT,
                                             CARD(false),
                                             {"keyword", FIELD_TEXT, 0, true, NULL},
                                             {"first", FIELD_TEXT, 0, true, NULL},
                                             {"remark", FIELD_TEXT, 0, false, NULL},
                                             {"*", FIELD_REST, 0, false, NULL},
                                             {0}};

#define PRESCRIPTION                                                                               \
    {"cardNo", FIELD_BYTES, 32, true, NULL}, {"contactNumber", FIELD_BYTES, 11, true, NULL},       \
        {"idNo", FIELD_BYTES, 0, true, NULL}, {"userName", FIELD_BYTES, 0, true, NULL},            \
        {"userNo", FIELD_BYTES, 0, true, NULL}, {"applyDepaName", FIELD_BYTES, 0, true, NULL},     \
        {"applyDoctorName", FIELD_BYTES, 0, true, NULL},                                           \
        {"recipeTime", FIELD_MOMENT, 0, true, NULL}, {                                             \
        "notes", FIELD_BYTES, 256, false, NULL                                                     \
    }

const struct field onepay_fields_push[] = {
    PRESCRIPTION,
    {"cardType", FIELD_BYTES, 2, true, first_cards},
    {"accountType", FIELD_BYTES, 2, true, onepay_account_types},
    {"feeType", FIELD_BYTES, 2, true, fee_types},
    {"voucherNo", FIELD_BYTES, 0, false, NULL},
    {"fee", FIELD_COST, 0, false, NULL},
    {"recipeNum", FIELD_BYTES, 0, false, NULL},
    EXTRA,
    {0}};

const struct field onepay_fields_push_drug[] = {PRESCRIPTION,
                                                {"voucherNo", FIELD_BYTES, 0, true, NULL},
                                                {"hisReceiptNo", FIELD_BYTES, 0, true, NULL},
                                                {"fee", FIELD_COST, 0, true, NULL},
                                                {"drugState", FIELD_BYTES, 0, true, drug_states},
                                                {"cancelDesc", FIELD_BYTES, 0, false, NULL},
                                                {"first", FIELD_BYTES, 0, true, NULL},
                                                {"remark", FIELD_BYTES, 0, true, NULL},
                                                {"drugWindowNo", FIELD_BYTES, 0, true, NULL},
                                                EXTRA,
                                                {0}};

const struct field onepay_answer_push[] = {{"notifyState", FIELD_BYTES, 30, true, notify_states},
                                           {"notifyTime", FIELD_BYTES, 14, false, NULL},
                                           {0}};
