/* onepay: what the tables of members cannot say. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/platform/onepay/onepay.h"
#include "app/wire/json.h"

#define CHECKED_SIZE 48 /* "onepay.portal.wb.getWristbandCode" */

struct checked {
    const char *name;
    const cJSON *param;
    struct wire_complaint *complaint;
};

/* Always false. */
static bool blame(const struct checked *checked, enum wire_fault fault) {
    checked->complaint->fault = fault;
    return false;
}

static bool demand(const struct checked *checked, const char *member, const char *why) {
    return wire_member(checked->param, member) != NULL ||
           fields_complain(checked->complaint, checked->name, member, NULL, "a value (%s)", why) ||
           blame(checked, WIRE_FAULT_MISSING);
}

/* hop.trade.recharge: an account is opened with it. */
static bool check_recharge(const struct checked *checked) {
    static const char *const opening[] = {"userSex", "cardZone", "idType", "mobilePhone"};
    const char *flag = wire_text(checked->param, "HZJDFlag");
    const cJSON *extra = wire_member(checked->param, "extra");
    if (flag == NULL || strcmp(flag, "0") == 0)
        return true;
    for (size_t i = 0; i < sizeof opening / sizeof opening[0]; i++) {
        char member[32];
        snprintf(member, sizeof member, "extra.%s", opening[i]);
        if (wire_member(extra, opening[i]) == NULL)
            return fields_complain(checked->complaint, checked->name, member, NULL,
                                   "a value (required with HZJDFlag)") ||
                   blame(checked, WIRE_FAULT_MISSING);
    }
    return true;
}

static bool check_refund(const struct checked *checked) {
    const cJSON *type = wire_member(checked->param, "channelType");
    bool pos = strcmp(wire_text(checked->param, "tradeChannel"), "POS") == 0;
    return type == NULL || pos ||
           fields_complain(checked->complaint, checked->name, "channelType", type,
                           "nothing (only of tradeChannel POS)");
}

/* An amount as text with up to 6 decimals, in millionths of a yuan; false: it is none. */
static bool read_millionths(const char *text, int64_t *out) {
    size_t whole = text == NULL ? 0 : strspn(text, "0123456789");
    if (whole == 0 || whole > 8 || (text[whole] != '\0' && text[whole] != '.'))
        return false;
    size_t decimals = text[whole] == '.' ? strspn(text + whole + 1, "0123456789") : 0;
    if (decimals > 6 || (text[whole] == '.' && text[whole + 1 + decimals] != '\0'))
        return false;
    *out = strtoll(text, NULL, 10);
    for (size_t i = 0; i < 6; i++)
        *out = *out * 10 + (i < decimals ? text[whole + 1 + i] - '0' : 0);
    return true;
}

#define QUANTITY_MAX 100000

/* What the rows cost: once with totPrice as the price of one, once as the price of the row. */
struct exam_sums {
    int64_t by_piece, by_row;
};

static bool add_exam(const struct checked *checked, const cJSON *row, int number,
                     struct exam_sums *sums) {
    char member[48], sequence[16];
    const char *price = wire_text(row, "totPrice"), *count = wire_text(row, "itemNum");
    int64_t each, pieces;
    snprintf(sequence, sizeof sequence, "%d", number + 1);
    snprintf(member, sizeof member, "extra.examList[%d].itemSeq", number);
    if (strcmp(wire_text(row, "itemSeq"), sequence) != 0)
        return fields_complain(checked->complaint, checked->name, member,
                               wire_member(row, "itemSeq"), "%s (1, 2, 3 in their order)",
                               sequence);
    snprintf(member, sizeof member, "extra.examList[%d].totPrice", number);
    if (!read_millionths(price, &each))
        return fields_complain(checked->complaint, checked->name, member,
                               wire_member(row, "totPrice"), "yuan, at most 6 decimals") ||
               blame(checked, WIRE_FAULT_AMOUNT);
    snprintf(member, sizeof member, "extra.examList[%d].itemNum", number);
    if (!read_millionths(count, &pieces) || pieces > QUANTITY_MAX * INT64_C(1000000) ||
        pieces % 1000000 != 0 || each > INT64_MAX / 1000 / (pieces / 1000000 + 1))
        return fields_complain(checked->complaint, checked->name, member,
                               wire_member(row, "itemNum"), "a whole number of pieces");
    sums->by_piece += each * (pieces / 1000000);
    sums->by_row += each;
    return true;
}

#define EXAMS_MAX 500

/* hop.trade.recpay: consumeAmount is what its details cost. */
static bool check_recpay(const struct checked *checked) {
    const cJSON *item = wire_member(checked->param, "consumeAmount"), *row;
    const char *text = wire_text(wire_member(checked->param, "extra"), "examList"), *ignored;
    struct exam_sums sums = {0, 0};
    int64_t wanted;
    int number = 0;
    if (text == NULL)
        return true;
    cJSON *list = wire_parse(text, strlen(text), &ignored);
    bool good = cJSON_GetArraySize(list) <= EXAMS_MAX ||
                fields_complain(checked->complaint, checked->name, "extra.examList", NULL,
                                "at most %d rows", EXAMS_MAX);
    for (row = list == NULL ? NULL : list->child; good && row != NULL; row = row->next)
        good = add_exam(checked, row, number++, &sums);
    cJSON_Delete(list);
    if (good && (!read_millionths(item->valuestring, &wanted) ||
                 (wanted != sums.by_piece && wanted != sums.by_row)))
        return fields_complain(checked->complaint, checked->name, "consumeAmount", item,
                               "the sum of extra.examList") ||
               blame(checked, WIRE_FAULT_AMOUNT);
    return good;
}

static bool check_query(const struct checked *checked) {
    return wire_member(checked->param, "traceNo") != NULL ||
           demand(checked, "outTradeNo", "it or traceNo is required");
}

/* A patient who pays all has perhaps no card; the list is of one day. */
static bool check_bill(const struct checked *checked) {
    const cJSON *end = wire_member(checked->param, "endDate");
    if (strcmp(wire_text(checked->param, "beginDate"), end->valuestring) != 0)
        return fields_complain(checked->complaint, checked->name, "endDate", end, "beginDate");
    bool insured = strcmp(wire_text(checked->param, "patientType"), "01") == 0;
    return !insured || demand(checked, "cardNo", "required of insured patients");
}

static bool check_push_drug(const struct checked *checked) {
    bool cancel = strcmp(wire_text(checked->param, "drugState"), "cancel") == 0;
    return !cancel || demand(checked, "cancelDesc", "required with drugState cancel");
}

static bool check_setinfo(const struct checked *checked) {
    const cJSON *address = wire_member(checked->param, "serveraddr");
    return strncmp(address->valuestring, "http://", 7) == 0 ||
           strncmp(address->valuestring, "https://", 8) == 0 ||
           fields_complain(checked->complaint, checked->name, "serveraddr", address,
                           "an address that begins with http:// or https://");
}

static const struct {
    const struct field *fields; /* of the types that have more to check */
    bool (*check)(const struct checked *checked);
} checks[] = {{onepay_fields_setinfo, check_setinfo},    {onepay_fields_recharge, check_recharge},
              {onepay_fields_refund, check_refund},      {onepay_fields_recpay, check_recpay},
              {onepay_fields_query, check_query},        {onepay_fields_bill, check_bill},
              {onepay_fields_push_drug, check_push_drug}};

static bool check_rest(const struct field *fields, const struct checked *checked) {
    for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++)
        if (checks[i].fields == fields)
            return checks[i].check(checked);
    return true;
}

cJSON *onepay_param(enum wire_encoding encoding, const char *type, const cJSON *members,
                    struct wire_complaint *complaint) {
    const struct wire_operation *row = wire_operation_named(onepay_table, type);
    char name[CHECKED_SIZE];
    snprintf(name, sizeof name, "onepay.%.40s", type);
    if (row == NULL) {
        snprintf(complaint->text, sizeof complaint->text, "%s: no such transaction type", name);
        return NULL;
    }
    cJSON *param = fields_message_in(encoding, name, row->fields, members, complaint);
    const struct checked checked = {name, param, complaint};
    if (param == NULL || check_rest(row->fields, &checked))
        return param;
    cJSON_Delete(param);
    return NULL;
}
