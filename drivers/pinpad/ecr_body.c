#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/pinpad/ecr.h"

static const struct ecr_field request_fields[] = {{ECR_SEQUENCE, 3, 6, true},
                                                  {ECR_TILL, 9, 8, true},
                                                  {ECR_TYPE, 25, 2, true},
                                                  {ECR_AMOUNT, 27, 12, true},
                                                  {ECR_ORIGINAL_DATE, 39, 8, true},
                                                  {ECR_ORIGINAL_REFERENCE, 47, 12, false},
                                                  {ECR_ORIGINAL_VOUCHER, 59, 6, true},
                                                  {ECR_MEANS, 65, 2, true},
                                                  {ECR_ORDER, 67, 32, false}};

static const struct ecr_field response_fields[] = {
    {ECR_SEQUENCE, 3, 6, true},     {ECR_TYPE, 9, 2, true},      {ECR_CODE, 11, 2, false},
    {ECR_CARD, 17, 20, false},      {ECR_VOUCHER, 37, 6, false}, {ECR_AMOUNT, 43, 12, true},
    {ECR_REFERENCE, 55, 12, false}, {ECR_BATCH, 73, 6, false},   {ECR_TERMINAL, 79, 8, false},
    {ECR_MERCHANT, 87, 15, false},  {ECR_DATE, 102, 8, false},   {ECR_TIME, 110, 6, false},
    {ECR_ORDER, 159, 32, false}};

static const struct ecr_field progress_fields[] = {{ECR_SEQUENCE, 3, 6, true},
                                                   {ECR_STATE, 9, 2, true}};

#define COUNT(table) ((int)(sizeof(table) / sizeof *(table)))

const struct ecr_dialect ecr_bench_v1 = {.name = "bench-v1",
                                         .version = "01",
                                         .request = request_fields,
                                         .response = response_fields,
                                         .progress = progress_fields,
                                         .request_fields = COUNT(request_fields),
                                         .response_fields = COUNT(response_fields),
                                         .progress_fields = COUNT(progress_fields),
                                         .request_length = 128,
                                         .response_length = 192,
                                         .progress_length = 51,
                                         .zeros = {{17, 8}}};

static bool put_field(const struct ecr_field *field, const char *text, uint8_t *out) {
    int length = (int)strlen(text);
    if (length > field->length)
        return false;
    int pad = field->length - length;
    memset(out + field->offset, field->numeric ? '0' : ' ', (size_t)field->length);
    memcpy(out + field->offset + (field->numeric ? pad : 0), text, (size_t)length);
    return true;
}

static const char *request_member(const struct pos_request *request, const char *sequence,
                                  enum ecr_member member, char buffer[24]) {
    switch (member) {
    case ECR_SEQUENCE:
        return sequence;
    case ECR_TILL:
        return request->till;
    case ECR_TYPE:
        snprintf(buffer, 24, "%d", (int)request->operation);
        return buffer;
    case ECR_AMOUNT:
        snprintf(buffer, 24, "%lld", (long long)request->amount_fen);
        return buffer;
    case ECR_ORIGINAL_DATE:
        return request->original_date;
    case ECR_ORIGINAL_REFERENCE:
        return request->operation == POS_QUERY ? request->sequence : request->original_reference;
    case ECR_ORIGINAL_VOUCHER:
        return request->original_voucher;
    case ECR_ORDER:
        return request->order_no;
    default: /* zeros mean any card */
        return "";
    }
}

bool ecr_request(const struct ecr_dialect *dialect, const struct pos_request *request,
                 const char *sequence, uint8_t out[ECR_DATA_MAX]) {
    memset(out, ' ', (size_t)dialect->request_length);
    for (size_t i = 0; i < sizeof dialect->zeros / sizeof *dialect->zeros; i++)
        memset(out + dialect->zeros[i].offset, '0', (size_t)dialect->zeros[i].length);
    memcpy(out, dialect->version, 2);
    out[2] = 'Q';
    bool fits = request->amount_fen >= 0;
    for (int i = 0; i < dialect->request_fields; i++) {
        char buffer[24];
        const struct ecr_field *field = &dialect->request[i];
        fits =
            put_field(field, request_member(request, sequence, field->member, buffer), out) && fits;
    }
    return fits;
}

/* Copies a field without the spaces around it; false when it does not fit. */
static bool get_field(const struct ecr_field *field, const uint8_t *data, char *out, size_t size) {
    const char *from = (const char *)data + field->offset;
    size_t length = (size_t)field->length;
    while (length > 0 && from[length - 1] == ' ')
        length--;
    while (length > 0 && *from == ' ') {
        from++;
        length--;
    }
    if (length >= size)
        return false;
    for (size_t i = 0; i < length; i++)
        out[i] = isprint((unsigned char)from[i]) ? from[i] : '?';
    out[length] = 0;
    return true;
}

/* Reads a whole number; false when the field holds something else. */
static bool get_number(const struct ecr_field *field, const uint8_t *data, int64_t *out) {
    *out = 0;
    for (int i = 0; i < field->length; i++) {
        uint8_t digit = data[field->offset + i];
        if (digit < '0' || digit > '9')
            return false;
        *out = *out * 10 + (digit - '0');
    }
    return true;
}

/* True for 13 to 19 digits, in groups or not, whose check digit is right: a whole card number. */
static bool is_whole_card_number(const char *text) {
    size_t length = 0;
    int sum = 0;
    for (size_t i = strlen(text); i-- > 0;) {
        if (text[i] == ' ' || text[i] == '-')
            continue;
        if (!isdigit((unsigned char)text[i]))
            return false;
        int digit = (text[i] - '0') * (length++ % 2 ? 2 : 1);
        sum += digit > 9 ? digit - 9 : digit;
    }
    return length >= 13 && length <= 19 && sum % 10 == 0;
}

static bool take_member(const struct ecr_field *field, const uint8_t *data,
                        struct ecr_answer *out) {
    struct pos_result *result = &out->result;
    int64_t number;
    switch (field->member) {
    case ECR_SEQUENCE:
        return get_field(field, data, out->sequence, sizeof out->sequence);
    case ECR_TYPE:
    case ECR_STATE:
        if (!get_number(field, data, &number))
            return false;
        *(field->member == ECR_TYPE ? &out->type : &out->state) = (int)number;
        return true;
    case ECR_AMOUNT:
        return get_number(field, data, &result->amount_fen);
    case ECR_CODE:
        return get_field(field, data, result->code, sizeof result->code) && *result->code;
    case ECR_CARD:
        if (!get_field(field, data, result->masked_card, sizeof result->masked_card))
            return false;
        out->unmasked = is_whole_card_number(result->masked_card);
        if (out->unmasked)
            explicit_bzero(result->masked_card, sizeof result->masked_card);
        return true;
    case ECR_VOUCHER:
        return get_field(field, data, result->voucher, sizeof result->voucher);
    case ECR_REFERENCE:
        return get_field(field, data, result->reference, sizeof result->reference);
    case ECR_BATCH:
        return get_field(field, data, result->batch, sizeof result->batch);
    case ECR_TERMINAL:
        return get_field(field, data, result->terminal, sizeof result->terminal);
    case ECR_MERCHANT:
        return get_field(field, data, result->merchant, sizeof result->merchant);
    case ECR_DATE:
        return get_field(field, data, result->date, sizeof result->date);
    case ECR_TIME:
        return get_field(field, data, result->time, sizeof result->time);
    case ECR_ORDER:
        return get_field(field, data, result->order_no, sizeof result->order_no);
    default:
        return true;
    }
}

enum ecr_kind ecr_answer(const struct ecr_dialect *dialect, const uint8_t *data, size_t length,
                         struct ecr_answer *out) {
    *out = (struct ecr_answer){.kind = ECR_MALFORMED};
    bool response = (int)length == dialect->response_length && data[2] == 'R';
    bool progress = (int)length == dialect->progress_length && data[2] == 'P';
    if ((!response && !progress) || memcmp(data, dialect->version, 2) != 0)
        return ECR_MALFORMED;
    const struct ecr_field *fields = response ? dialect->response : dialect->progress;
    int count = response ? dialect->response_fields : dialect->progress_fields;
    for (int i = 0; i < count; i++)
        if (!take_member(&fields[i], data, out))
            return ECR_MALFORMED;
    out->kind = response ? ECR_RESPONSE : ECR_PROGRESS;
    return out->kind;
}
