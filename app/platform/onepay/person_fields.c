/* onepay: what the messages about persons hold, both ways: faces, the insurance e-card, wristbands,
 * the library's own settings. */
#include "app/platform/onepay/onepay.h"

static const char *const scenes[] = {"01", "02", NULL};
static const char *const card_lists[] = {"0", "1", "2", NULL};
static const char *const treatments[] = {"010101", "010102", "010103", "010104", "010105",
                                         "010106", "010107", "000000", NULL};
static const char *const auth_states[] = {"ing", "succ", "fail", "cancel", NULL};

const struct field onepay_fields_setinfo[] = {{"serveraddr", FIELD_BYTES, 256, true, NULL},
                                              {"appid", FIELD_BYTES, 256, true, NULL},
                                              {"appsecret", FIELD_BYTES, 256, true, NULL},
                                              {"*", FIELD_REST, 0, false, NULL},
                                              {0}};

const struct field onepay_fields_face[] = {{"operatorId", FIELD_BYTES, 30, true, NULL},
                                           {"termNo", FIELD_BYTES, 50, true, NULL},
                                           {"operatorName", FIELD_BYTES, 50, true, NULL},
                                           {"Business_type", FIELD_BYTES, 2, true, scenes},
                                           {"CardListType", FIELD_BYTES, 1, true, card_lists},
                                           {"outTradeNo", FIELD_BYTES, 32, true, NULL},
                                           {"notes", FIELD_BYTES, 256, false, NULL},
                                           {"extra", FIELD_OBJECT, 0, true, NULL},
                                           {"extra.*", FIELD_REST, 0, false, NULL},
                                           {"*", FIELD_REST, 0, false, NULL},
                                           {0}};

const struct field onepay_fields_authorise[] = {
    {"outAuthorizeNo", FIELD_BYTES, 32, true, NULL},
    {"outAuthorizeTime", FIELD_MOMENT, 32, true, NULL},
    {"operatorId", FIELD_BYTES, 32, true, NULL},
    {"operatorName", FIELD_BYTES, 32, true, NULL},
    {"treatmentCode", FIELD_BYTES, 32, true, treatments},
    {"*", FIELD_REST, 0, false, NULL},
    {0}};

const struct field onepay_fields_wristband[] = {
    {"key", FIELD_BYTES, 32, true, NULL}, {"*", FIELD_REST, 0, false, NULL}, {0}};

const struct field onepay_fields_wristband_code[] = {{"cardType", FIELD_BYTES, 32, true, NULL},
                                                     {"cardNo", FIELD_BYTES, 32, true, NULL},
                                                     {"idNo", FIELD_BYTES, 32, true, NULL},
                                                     {"idType", FIELD_BYTES, 1, true, NULL},
                                                     {"operatorId", FIELD_BYTES, 32, true, NULL},
                                                     {"operatorName", FIELD_BYTES, 32, true, NULL},
                                                     {"accountType", FIELD_BYTES, 32, true, NULL},
                                                     {"hospName", FIELD_BYTES, 32, true, NULL},
                                                     {"userName", FIELD_BYTES, 32, true, NULL},
                                                     {"*", FIELD_REST, 0, false, NULL},
                                                     {0}};

const struct field onepay_answer_none[] = {{0}};

/* The members of the e-health card (CardListType 1) are optional whatever its table says: which of
 * them come depends on the list that was asked for. */
#define CARD(name, length)                                                                         \
    { "SelectCard." name, FIELD_BYTES, length, false, NULL }
const struct field onepay_answer_face[] = {{"certName", FIELD_TEXT, 0, false, NULL},
                                           {"certNo", FIELD_TEXT, 0, false, NULL},
                                           {"certType", FIELD_TEXT, 0, false, NULL},
                                           {"phone", FIELD_TEXT, 0, false, NULL},
                                           {"outTradeNo", FIELD_BYTES, 32, false, NULL},
                                           {"mindex_id", FIELD_TEXT, 128, false, NULL},
                                           {"ehealth_card_id", FIELD_TEXT, 128, false, NULL},
                                           {"xman_id", FIELD_TEXT, 36, false, NULL},
                                           {"smk_id", FIELD_TEXT, 32, false, NULL},
                                           {"id_type", FIELD_TEXT, 2, false, NULL},
                                           {"id_no", FIELD_TEXT, 32, false, NULL},
                                           {"user_name", FIELD_TEXT, 50, false, NULL},
                                           {"user_sex", FIELD_TEXT, 1, false, NULL},
                                           {"mobile_phone", FIELD_TEXT, 32, false, NULL},
                                           {"birthday", FIELD_TEXT, 10, false, NULL},
                                           {"telephone", FIELD_TEXT, 32, false, NULL},
                                           {"address", FIELD_TEXT, 200, false, NULL},
                                           {"work_unit", FIELD_TEXT, 100, false, NULL},
                                           {"card_type", FIELD_TEXT, 2, false, NULL},
                                           {"card_no", FIELD_TEXT, 32, false, NULL},
                                           {"citizen", FIELD_TEXT, 2, false, NULL},
                                           {"birth_place", FIELD_TEXT, 30, false, NULL},
                                           {"user_native", FIELD_TEXT, 30, false, NULL},
                                           {"marital_status", FIELD_TEXT, 2, false, NULL},
                                           {"career", FIELD_TEXT, 3, false, NULL},
                                           {"unit_phone", FIELD_TEXT, 20, false, NULL},
                                           {"email", FIELD_TEXT, 120, false, NULL},
                                           {"community", FIELD_TEXT, 200, false, NULL},
                                           {"contact_name", FIELD_TEXT, 200, false, NULL},
                                           {"contact_relation", FIELD_TEXT, 2, false, NULL},
                                           {"contact_phone", FIELD_TEXT, 20, false, NULL},
                                           {"contact_address", FIELD_TEXT, 200, false, NULL},
                                           {"extra", FIELD_OBJECT, 0, false, NULL},
                                           {"extra.id0000", FIELD_TEXT, 32, false, NULL},
                                           {"extra.bjjbie", FIELD_TEXT, 32, false, NULL},
                                           {"extra.grsfen", FIELD_TEXT, 32, false, NULL},
                                           {"extra.grsfmc", FIELD_TEXT, 32, false, NULL},
                                           {"extra.gzzt00", FIELD_TEXT, 32, false, NULL},
                                           {"extra.gzztmc", FIELD_TEXT, 32, false, NULL},
                                           {"extra.icztmc", FIELD_TEXT, 32, false, NULL},
                                           {"SelectCard", FIELD_LIST, 0, false, NULL},
                                           CARD("idNo", 32),
                                           CARD("cardNo", 32),
                                           CARD("idType", 2),
                                           CARD("balance", 16),
                                           CARD("status", 2),
                                           CARD("userSex", 1),
                                           CARD("accountType", 2),
                                           CARD("userName", 64),
                                           CARD("accountNo", 32),
                                           CARD("hisCustID", 30),
                                           CARD("cardType", 2),
                                           {"authimg_base_64", FIELD_TEXT, 0, false, NULL},
                                           {0}};

const struct field onepay_answer_authorise[] = {{"authStatus", FIELD_BYTES, 32, true, auth_states},
                                                {"idType", FIELD_BYTES, 2, false, NULL},
                                                {"idNo", FIELD_BYTES, 32, false, NULL},
                                                {"userName", FIELD_BYTES, 50, false, NULL},
                                                {"userSex", FIELD_BYTES, 1, false, NULL},
                                                {"mobilePhone", FIELD_BYTES, 32, false, NULL},
                                                {"birthday", FIELD_BYTES, 10, false, NULL},
                                                {"telephone", FIELD_BYTES, 32, false, NULL},
                                                {"address", FIELD_BYTES, 200, false, NULL},
                                                {"workUnit", FIELD_BYTES, 100, false, NULL},
                                                {"cardType", FIELD_BYTES, 2, false, NULL},
                                                {"cardNo", FIELD_BYTES, 32, false, NULL},
                                                {0}};

const struct field onepay_answer_wristband[] = {{"balance", FIELD_AMOUNT, 32, true, NULL},
                                                {"idNo", FIELD_BYTES, 32, false, NULL},
                                                {"userName", FIELD_BYTES, 32, true, NULL},
                                                {0}};

const struct field onepay_answer_wristband_code[] = {
    {"key", FIELD_BYTES, 32, true, NULL}, {"Url", FIELD_BYTES, 256, false, NULL}, {0}};
