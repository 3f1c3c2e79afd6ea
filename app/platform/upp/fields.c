/* upp: what the requests of its ten operations hold (upp-yuntai.txt, section 4). */
#include "app/platform/upp/upp.h"

/* Section 6. */
static const char *const biz_types[] = {"scan_pay", "barcode_pay", NULL};
static const char *const source_types[] = {"outpatient", "inpatient", NULL};
static const char *const products[] = {"ali_scan_code",
                                       "ali_bar_code",
                                       "ten_scan_code",
                                       "ten_bar_code",
                                       "uni_scan_code",
                                       "uni_bar_code",
                                       NULL};

const struct field upp_fields_none[] = {{0}};
/* 4.2 */
const struct field upp_fields_scan_code[] = {{"paymentNo", FIELD_TEXT, 32, true, NULL},
                                             {"channelProduct", FIELD_TEXT, 32, true, products},
                                             {"expireTime", FIELD_TIME, 19, true, NULL},
                                             {"tradeFee", FIELD_YUAN, 11, true, NULL},
                                             {"subject", FIELD_TEXT, 64, true, NULL},
                                             {"districtId", FIELD_TEXT, 32, false, NULL},
                                             {"sourceType", FIELD_TEXT, 32, false, source_types},
                                             {"bizData", FIELD_JSON, 256, false, NULL},
                                             {"expandData", FIELD_JSON, 256, false, NULL},
                                             {0}};
/* As 4.2, for whatever wallet scans it. */
const struct field upp_fields_agg_code[] = {{"paymentNo", FIELD_TEXT, 32, true, NULL},
                                            {"expireTime", FIELD_TIME, 19, true, NULL},
                                            {"tradeFee", FIELD_YUAN, 11, true, NULL},
                                            {"subject", FIELD_TEXT, 64, true, NULL},
                                            {"body", FIELD_TEXT, 128, false, NULL},
                                            {"districtId", FIELD_TEXT, 32, false, NULL},
                                            {"sourceType", FIELD_TEXT, 32, false, source_types},
                                            {"bizData", FIELD_JSON, 256, false, NULL},
                                            {"expandData", FIELD_JSON, 256, false, NULL},
                                            {0}};
/* 4.3 */
const struct field upp_fields_bar_code[] = {{"paymentNo", FIELD_TEXT, 32, true, NULL},
                                            {"expireTime", FIELD_TIME, 19, true, NULL},
                                            {"tradeFee", FIELD_YUAN, 11, true, NULL},
                                            {"subject", FIELD_TEXT, 64, true, NULL},
                                            {"authCode", FIELD_TEXT, 256, true, NULL},
                                            {"districtId", FIELD_TEXT, 32, false, NULL},
                                            {"sourceType", FIELD_TEXT, 32, false, source_types},
                                            {"bizData", FIELD_JSON, 256, false, NULL},
                                            {"expandData", FIELD_JSON, 256, false, NULL},
                                            {0}};
/* 4.4 */
const struct field upp_fields_face_code[] = {{"paymentNo", FIELD_TEXT, 32, true, NULL},
                                             {"channelProduct", FIELD_TEXT, 32, true, products},
                                             {"expireTime", FIELD_TIME, 19, true, NULL},
                                             {"tradeFee", FIELD_YUAN, 11, true, NULL},
                                             {"subject", FIELD_TEXT, 64, true, NULL},
                                             {"faceCode", FIELD_TEXT, 64, true, NULL},
                                             {"districtId", FIELD_TEXT, 32, false, NULL},
                                             {"sourceType", FIELD_TEXT, 32, false, source_types},
                                             {"bizData", FIELD_JSON, 256, false, NULL},
                                             {"expandData", FIELD_JSON, 256, false, NULL},
                                             {0}};
/* 4.5, 4.8 */
const struct field upp_fields_payment[] = {
    {"bizType", FIELD_TEXT, 32, true, biz_types}, {"paymentNo", FIELD_TEXT, 32, true, NULL}, {0}};
/* 4.6 */
const struct field upp_fields_refund[] = {
    {"refundFee", FIELD_YUAN, 11, true, NULL},    {"paymentNo", FIELD_TEXT, 32, true, NULL},
    {"bizType", FIELD_TEXT, 32, true, biz_types}, {"requestNo", FIELD_TEXT, 32, true, NULL},
    {"refundNo", FIELD_TEXT, 32, true, NULL},     {"bizData", FIELD_TEXT, 256, false, NULL},
    {"expandData", FIELD_JSON, 256, false, NULL}, {0}};
/* 4.7 */
const struct field upp_fields_refund_query[] = {{"requestNo", FIELD_TEXT, 32, true, NULL}, {0}};
/* 4.9, 4.10 */
const struct field upp_fields_bills[] = {
    {"startDate", FIELD_DAY, 10, true, NULL}, {"endDate", FIELD_DAY, 10, true, NULL}, {0}};
