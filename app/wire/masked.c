#include "app/wire/masked.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"
#include "app/base/text.h"
#include "app/core/terms/types.h"
#include "app/wire/json.h"

/* MASK_SETTLEMENT: what an insurance says of a settlement is evidence, members that nobody has
 * named here included; only what may tell of the person is hidden. MASK_INSIDE: the text of an
 * object, which is opened and masked; other text is hidden. */
enum mask { MASK_NONE = 0, MASK_ALL, MASK_NAME, MASK_NUMBER, MASK_SETTLEMENT, MASK_INSIDE };

/* Text within text is opened so deep and so long; more of it would be no evidence (it is left out
 * there) and only cost time. */
#define TEXT_DEPTH_MAX 4
#define TEXT_LENGTH_MAX ((size_t)256 << 10)

static const struct {
    const char *member;
    enum mask mask;
} members[] = {
    {"sign", MASK_ALL},
    {"key", MASK_ALL},
    {"authCode", MASK_ALL},
    {"faceCode", MASK_ALL},
    {"expandData", MASK_ALL},
    {"signData", MASK_ALL},
    {"encData", MASK_ALL},
    {"app_secret", MASK_ALL},
    {"openId", MASK_ALL},
    {"brdy", MASK_ALL},
    {"exp_content", MASK_ALL},
    {"rxlist", MASK_ALL}, /* treatment data, which is not needed to find the money */
    {"diag_name", MASK_ALL},
    {"encryptData", MASK_ALL},
    {"appsecret", MASK_ALL},
    {"qrcode", MASK_ALL},
    {"Url", MASK_ALL},
    {"authimg_base_64", MASK_ALL},
    {"ShowMsg", MASK_ALL}, /* may name the person */
    {"birthday", MASK_ALL},
    {"address", MASK_ALL},
    {"workUnit", MASK_ALL},
    {"work_unit", MASK_ALL},
    {"community", MASK_ALL},
    {"birth_place", MASK_ALL},
    {"email", MASK_ALL},
    {"contact_address", MASK_ALL},
    {"contact_name", MASK_NAME},
    {"contact_phone", MASK_NUMBER},
    {"unit_phone", MASK_NUMBER},
    {"id0000", MASK_NUMBER},
    {"ehealth_card_id", MASK_NUMBER},
    {"mindex_id", MASK_NUMBER},
    {"xman_id", MASK_NUMBER},
    {"smk_id", MASK_NUMBER},
    {"user_native", MASK_ALL},
    {"appSecret", MASK_ALL},
    {"clientPrvKey", MASK_ALL},
    {"examList", MASK_ALL},
    {"medicalParam", MASK_ALL},
    {"appKey", MASK_ALL},
    {"orgSecret", MASK_ALL},
    {"payToken", MASK_ALL},
    {"ecToken", MASK_ALL},
    {"payAuthNo", MASK_ALL},
    {"cashierUrl", MASK_ALL},
    {"downloadUrl", MASK_ALL},
    {"out", MASK_INSIDE}, /* what a vendor's library left in its buffer */
    {"extData", MASK_SETTLEMENT},
    {"uploadInfo", MASK_SETTLEMENT},
    {"feedetailList", MASK_ALL},
    {"diseinfoList", MASK_ALL},
    {"userName", MASK_NAME},
    {"psnName", MASK_NAME},
    {"patientName", MASK_NAME},
    {"user_name", MASK_NAME},
    {"certName", MASK_NAME},
    {"psn_name", MASK_NAME},
    {"mdtrt_cert_no", MASK_NUMBER},
    {"cert_no", MASK_NUMBER},
    {"psn_no", MASK_NUMBER},
    {"psnNo", MASK_NUMBER},
    {"certno", MASK_NUMBER},
    {"ssc_no", MASK_NUMBER},
    {"ecCode", MASK_ALL},
    {"ecQrCode", MASK_ALL},
    {"iptOtpNo", MASK_NUMBER},
    {"phone", MASK_NUMBER},
    {"cardNo", MASK_NUMBER},
    {"card_no", MASK_NUMBER},
    {"idNo", MASK_NUMBER},
    {"id_no", MASK_NUMBER},
    {"certNo", MASK_NUMBER},
    {"hisCustId", MASK_NUMBER},
    {"hisCustID", MASK_NUMBER},
    {"accountNo", MASK_NUMBER},
    {"inpatientNo", MASK_NUMBER},
    {"userNo", MASK_NUMBER},
    {"contactNumber", MASK_NUMBER},
    {"mobilePhone", MASK_NUMBER},
    {"mobile_phone", MASK_NUMBER},
    {"telephone", MASK_NUMBER},
    {"BankCardNo", MASK_NUMBER},
    {"his_cust_id", MASK_NUMBER},
    {"ipt_no", MASK_NUMBER},
    {"ipt_otp_no", MASK_NUMBER},
    {"medrcdno", MASK_NUMBER},
    {"invono", MASK_NUMBER},
};

/* By the names that readers take (wire_member), blanks around them included. */
static enum mask mask_of(const char *member) {
    for (size_t i = 0; member != NULL && i < sizeof members / sizeof members[0]; i++)
        if (wire_same_name(member, members[i].member))
            return members[i].mask;
    return MASK_NONE;
}

bool masked_hides(const char *member) {
    return mask_of(member) != MASK_NONE;
}

/* 16 to 19 digits are hidden under any name, because they may be an ID number or a payment code.
 * Our own numbers have 20. */
static bool looks_personal(const char *text) {
    size_t digits = strspn(text, "0123456789"), length = strlen(text);
    if (digits == 17 && length == 18)
        return toupper((unsigned char)text[17]) == 'X';
    return digits == length && length >= 16 && length <= 19;
}

/* Keeps the first character of a name, the first two of a number, nothing of a secret. */
static void hide_text(char *text, enum mask mask) {
    size_t kept = 0;
    if (mask == MASK_NAME && text[0] != '\0')
        for (kept = 1; ((unsigned char)text[kept] & 0xc0) == 0x80;)
            kept++;
    if (mask == MASK_NUMBER)
        kept = strlen(text) > 6 ? 2 : 0;
    if (strlen(text) < kept + 3) {
        memset(text, '*', strlen(text));
        return;
    }
    memcpy(text + kept, "***", 4);
}

#define JSON_BLANKS " \t\r\n"

static const char *skip_json_blanks(const char *text) {
    if (strncmp(text, "\xef\xbb\xbf", 3) == 0)
        text += 3;
    return text + strspn(text, JSON_BLANKS);
}

/* True when the text is JSON of more than one value, or begins so: it may have been cut. */
static bool begins_json(const char *text) {
    char first = *skip_json_blanks(text);
    return first == '{' || first == '[' || first == '"';
}

/* The same of a sentence: one may begin with a code in brackets. */
static bool sentence_begins_json(const char *text) {
    text = skip_json_blanks(text);
    if (*text != '[')
        return *text == '{';
    text = skip_json_blanks(text + 1);
    return *text == '{' || *text == '[' || *text == '"';
}

/* True when there was one. */
static bool hide_long_numbers(char *text) {
    bool hidden = false;
    while (*text != '\0') {
        size_t digits = strspn(text, "0123456789");
        if (digits >= 11 && digits != ORDER_NO_LENGTH) {
            memset(text, '*', digits);
            hidden = true;
        }
        text += digits > 0 ? digits : 1;
    }
    return hidden;
}

void masked_sentence(char *text) {
    if (sentence_begins_json(text))
        hide_text(text, MASK_ALL);
    else
        hide_long_numbers(text);
}

static bool is_one_of(const char *member, const char *const *names) {
    for (; member != NULL && *names != NULL; names++)
        if (wire_same_name(member, *names))
            return true;
    return false;
}

static bool is_sentence(const char *member) {
    static const char *const names[] = {"msg",          "ret_msg", "respMsg", "resultDesc",
                                        "failedReason", "message", "err_msg", "tradeStatusDesc",
                                        "resNote",      NULL};
    return is_one_of(member, names);
}

/* People read it on a console, which would obey what the other side wrote. */
static void clean_name(cJSON *item) {
    if (item->string != NULL && (item->type & cJSON_StringIsConst) == 0)
        text_clean(item->string, strlen(item->string) + 1, item->string);
}

static void clean_value(cJSON *item) {
    text_clean(item->valuestring, strlen(item->valuestring) + 1, item->valuestring);
}

#define SETTLEMENT_WORD_MAX 4    /* "ALI", "HI": longer words without a digit may be a name */
#define SETTLEMENT_DIGITS_MAX 10 /* a phone's number has 11 */

/* Members of a settlement whose words are about money and never about the person. */
static bool is_settlement_words(const char *member) {
    static const char *const names[] = {"fund_pay_type_name", "fundPayTypeName", "setl_proc_info",
                                        "setlProcInfo",       "payChnlName",     NULL};
    return is_one_of(member, names);
}

/* The settlement's own numbers, which are shown even where they look like a person's. */
static bool is_settlement_number(const char *member) {
    static const char *const names[] = {"setl_id",      "setlId",    "medins_setl_id",
                                        "medinsSetlId", "mdtrt_id",  "mdtrtId",
                                        "clr_optins",   "clrOptins", NULL};
    return is_one_of(member, names);
}

/* Codes, numbers of settlements, times and amounts: ASCII with a digit, or a very short word. */
static bool is_settlement_value(const char *text) {
    size_t length = strlen(text), digits = 0;
    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)text[i] >= 0x7f)
            return false;
        digits += isdigit((unsigned char)text[i]) != 0;
    }
    if (digits == length && length > SETTLEMENT_DIGITS_MAX)
        return false;
    return digits > 0 || length <= SETTLEMENT_WORD_MAX;
}

static bool may_be_shown(const cJSON *item) {
    const char *text = item->valuestring;
    if (is_settlement_number(item->string) && strspn(text, "0123456789") == strlen(text))
        return true;
    return is_settlement_words(item->string) ||
           (is_settlement_value(text) && !looks_personal(text));
}

/* Where an item stands. A sentence may come quoted, in a list or as the text of an object: what is
 * below its member is all of it a sentence, under whatever name. */
struct masking {
    int depth; /* of text within text */
    bool in_sentence;
};

static void mask_tree(cJSON *item, struct masking at);

static void mask_settlement(cJSON *item, struct masking at);

/* Opens the item's text, has what is in it masked and prints it again. False: it is no JSON, too
 * long or too deep, and is as it was. */
static bool mask_inside(cJSON *item, struct masking at,
                        void (*mask)(cJSON *item, struct masking at)) {
    const char *ignored;
    size_t length = strlen(item->valuestring);
    bool bounded = at.depth < TEXT_DEPTH_MAX && length <= TEXT_LENGTH_MAX;
    cJSON *open = bounded ? wire_parse(item->valuestring, length, &ignored) : NULL;
    char *text = NULL;
    if (cJSON_IsObject(open) || cJSON_IsArray(open) || cJSON_IsString(open)) {
        at.depth++;
        mask(open, at);
        text = wire_print(open, false);
    }
    cJSON_Delete(open);
    if (text == NULL)
        return false;
    free(item->valuestring);
    item->valuestring = text;
    return true;
}

static void mask_settlement_string(cJSON *item, struct masking at) {
    bool json = begins_json(item->valuestring);
    if (json && mask_inside(item, at, mask_settlement))
        return;
    clean_value(item);
    if (json || !may_be_shown(item))
        hide_text(item->valuestring, MASK_ALL);
}

static void mask_settlement(cJSON *item, struct masking at) {
    if (mask_of(item->string) != MASK_NONE && mask_of(item->string) != MASK_SETTLEMENT) {
        mask_tree(item, at);
        return;
    }
    clean_name(item);
    if (cJSON_IsRaw(item) && !may_be_shown(item))
        item->type = cJSON_String;
    if (cJSON_IsString(item))
        mask_settlement_string(item, at);
    for (cJSON *child = item->child; child != NULL; child = child->next)
        mask_settlement(child, at);
}

static void mask_string(cJSON *item, enum mask mask, struct masking at) {
    bool json = mask == MASK_INSIDE || (mask == MASK_NONE && begins_json(item->valuestring));
    if (json && mask_inside(item, at, mask_tree))
        return;
    clean_value(item);
    if (mask != MASK_NONE)
        hide_text(item->valuestring, mask);
    else if (looks_personal(item->valuestring))
        hide_text(item->valuestring, MASK_ALL);
    else if (at.in_sentence)
        masked_sentence(item->valuestring);
    else if (json)
        hide_text(item->valuestring, MASK_ALL);
}

/* One of which something is hidden cannot stay a number: it becomes text. */
static bool number_is_hidden(cJSON *item, enum mask mask, struct masking at) {
    return mask != MASK_NONE || looks_personal(item->valuestring) ||
           (at.in_sentence && hide_long_numbers(item->valuestring));
}

static void mask_tree(cJSON *item, struct masking at) {
    enum mask mask = mask_of(item->string);
    at.in_sentence = at.in_sentence || is_sentence(item->string);
    clean_name(item);
    if (mask == MASK_SETTLEMENT) {
        /* It may come as the text of its object. What cannot be opened is not shown. */
        if (!cJSON_IsString(item))
            mask_settlement(item, at);
        else if (!mask_inside(item, at, mask_settlement))
            hide_text(item->valuestring, MASK_ALL);
        return;
    }
    if (mask != MASK_NONE && mask != MASK_INSIDE && (cJSON_IsObject(item) || cJSON_IsArray(item))) {
        cJSON_Delete(item->child);
        item->child = NULL;
    }
    if (cJSON_IsRaw(item) && number_is_hidden(item, mask, at))
        item->type = cJSON_String;
    if (cJSON_IsString(item))
        mask_string(item, mask, at);
    for (cJSON *child = item->child; child != NULL; child = child->next)
        mask_tree(child, at);
}

char *masked_text(const cJSON *tree) {
    if (tree == NULL)
        return strdup("null");
    cJSON *copy = cJSON_Duplicate(tree, true);
    ENSURE(copy != NULL);
    mask_tree(copy, (struct masking){0});
    char *text = wire_print(copy, false);
    cJSON_Delete(copy);
    return text;
}
