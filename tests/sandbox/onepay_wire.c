/* onepay's two wires: the gateway (MD5, AES-128-CBC) and the signed envelope (SM3, SM4). Written
 * from the page that describes them and from nothing of the program. */
#include <ctype.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "tests/sandbox/onepay.h"
#include "tests/sandbox/sign.h"
#include "tests/sandbox/value.h"

#define IV "0102030405060708"
#define CIPHER_MAX (1u << 20)

struct wire {
    const char *open, *closed, *sign, *code, *msg;
    bool envelope;
};
static const struct wire gateway = {"param", "encryptData", "sign", "respCode", "respMsg", false};
static const struct wire envelope = {"data", "encData", "signData", "code", "message", true};

static const struct wire *wire_of(const cJSON *request) {
    bool signed_data =
        cJSON_HasObjectItem(request, "signData") || cJSON_HasObjectItem(request, "encData");
    return signed_data ? &envelope : &gateway;
}

static char *hex_of(const unsigned char *bytes, size_t length) {
    char *hex = malloc(2 * length + 1);
    for (size_t i = 0; i < length; i++)
        snprintf(hex + 2 * i, 3, "%02X", bytes[i]);
    hex[2 * length] = '\0';
    return hex;
}

static const EVP_CIPHER *cipher_of(const struct wire *wire) {
    return wire->envelope ? EVP_sm4_ecb() : EVP_aes_128_cbc();
}

static char *encrypted(const struct wire *wire, const char *plain, const char *key) {
    size_t length = strlen(plain);
    unsigned char *out = malloc(length + 32);
    int first = 0, last = 0;
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    EVP_EncryptInit_ex(context, cipher_of(wire), NULL, (const unsigned char *)key,
                       (const unsigned char *)IV);
    EVP_EncryptUpdate(context, out, &first, (const unsigned char *)plain, (int)length);
    EVP_EncryptFinal_ex(context, out + first, &last);
    EVP_CIPHER_CTX_free(context);
    char *hex = hex_of(out, (size_t)(first + last));
    free(out);
    return hex;
}

static char *decrypted(const struct wire *wire, const char *hex, const char *key) {
    size_t length = strlen(hex) / 2;
    if (length == 0 || length > CIPHER_MAX || hex[strspn(hex, "0123456789abcdefABCDEF")] != '\0')
        return NULL;
    unsigned char *bytes = malloc(length);
    char *plain = malloc(length + 32);
    int first = 0, last = 0;
    for (size_t i = 0; i < length; i++) {
        char pair[3] = {hex[2 * i], hex[2 * i + 1], '\0'};
        bytes[i] = (unsigned char)strtoul(pair, NULL, 16);
    }
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    EVP_DecryptInit_ex(context, cipher_of(wire), NULL, (const unsigned char *)key,
                       (const unsigned char *)IV);
    bool good =
        EVP_DecryptUpdate(context, (unsigned char *)plain, &first, bytes, (int)length) == 1 &&
        EVP_DecryptFinal_ex(context, (unsigned char *)plain + first, &last) == 1;
    EVP_CIPHER_CTX_free(context);
    free(bytes);
    plain[good ? first + last : 0] = '\0';
    if (good)
        return plain;
    free(plain);
    return NULL;
}

/* The message's key: the first 16 characters of the secret, encrypted under the first 16 of the id.
 */
static void key_by(const struct wire *wire, const char *app_id, const char *secret, char out[17]) {
    char id[17];
    snprintf(id, sizeof id, "%.16s", app_id);
    char *hex = encrypted(wire, secret, id);
    snprintf(out, 17, "%.16s", hex);
    free(hex);
}

static void key_of(const struct sandbox *sandbox, const struct wire *wire, char out[17]) {
    key_by(wire, sandbox->options.onepay_appid, sandbox->options.onepay_secret, out);
}

static bool nothing(const struct wire *wire, const cJSON *item) {
    if (cJSON_IsNull(item) || (cJSON_IsString(item) && item->valuestring[0] == '\0'))
        return true;
    if (cJSON_IsArray(item))
        return item->child == NULL;
    return wire->envelope && cJSON_IsObject(item) && item->child == NULL;
}

static int in_order(const void *a, const void *b) {
    return strcmp((*(cJSON *const *)a)->string, (*(cJSON *const *)b)->string);
}

static int in_any_case(const void *a, const void *b) {
    return strcasecmp((*(cJSON *const *)a)->string, (*(cJSON *const *)b)->string);
}

/* As it is signed: without nothings, members sorted; the gateway signs every scalar as text, the
 * envelope numbers as they stand. */
static cJSON *form_of(const struct wire *wire, const cJSON *item, bool root) {
    if (cJSON_IsObject(item) || cJSON_IsArray(item)) {
        bool object = cJSON_IsObject(item);
        cJSON *out = object ? cJSON_CreateObject() : cJSON_CreateArray();
        size_t count = 0;
        cJSON **kept = calloc((size_t)cJSON_GetArraySize(item) + 1, sizeof *kept);
        for (const cJSON *child = item->child; child != NULL; child = child->next) {
            cJSON *form = form_of(wire, child, false);
            if (nothing(wire, form)) {
                cJSON_Delete(form);
                continue;
            }
            if (object)
                form->string = strdup(child->string);
            kept[count++] = form;
        }
        if (object)
            qsort(kept, count, sizeof *kept, root && !wire->envelope ? in_any_case : in_order);
        for (size_t i = 0; i < count; i++) {
            char *name = object ? strdup(kept[i]->string) : NULL;
            if (object)
                cJSON_AddItemToObject(out, name, kept[i]);
            else
                cJSON_AddItemToArray(out, kept[i]);
            free(name);
        }
        free(kept);
        return out;
    }
    if (wire->envelope)
        return cJSON_Duplicate(item, false);
    if (cJSON_IsBool(item))
        return cJSON_CreateString(cJSON_IsTrue(item) ? "true" : "false");
    return cJSON_CreateString(cJSON_IsNull(item) ? "" : item->valuestring);
}

static bool is_left_out(const struct wire *wire, const char *name) {
    static const char *const of_gateway[] = {"sign",       "encryptData", "extenalMap",
                                             "pageParams", "externalNo",  "billContent"};
    static const char *const of_envelope[] = {"signData", "encData", "extra"};
    size_t count = wire->envelope ? 3 : 6;
    for (size_t i = 0; i < count; i++)
        if (strcmp((wire->envelope ? of_envelope : of_gateway)[i], name) == 0)
            return true;
    return false;
}

static char *signed_text(const struct wire *wire, const cJSON *message, const char *secret) {
    cJSON *form = form_of(wire, message, true);
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    for (const cJSON *member = form->child; member != NULL; member = member->next) {
        if (is_left_out(wire, member->string))
            continue;
        bool plain = cJSON_IsString(member) || cJSON_IsRaw(member);
        char *value = plain ? strdup(member->valuestring) : cJSON_PrintUnformatted(member);
        fprintf(out, "%s=%s&", member->string, value);
        free(value);
    }
    fprintf(out, "key=%s", secret);
    fclose(out);
    cJSON_Delete(form);
    return text;
}

/* MD5 or SM3 in upper-case hexadecimal. */
static char *signature(const struct sandbox *sandbox, const struct wire *wire,
                       const cJSON *message) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    char *text = signed_text(wire, message, sandbox->options.onepay_secret);
    EVP_Digest(text, strlen(text), digest, &length, wire->envelope ? EVP_sm3() : EVP_md5(), NULL);
    free(text);
    return hex_of(digest, length);
}

static cJSON *open_of(const struct sandbox *sandbox, const struct wire *wire,
                      const cJSON *request) {
    const char *closed = message_text(request, wire->closed);
    char key[17];
    if (closed == NULL || closed[0] == '\0')
        return cJSON_Duplicate(cJSON_GetObjectItemCaseSensitive(request, wire->open), true);
    key_of(sandbox, wire, key);
    char *plain = decrypted(wire, closed, key);
    cJSON *open = plain == NULL ? NULL : message_read(plain, strlen(plain));
    free(plain);
    return open;
}

cJSON *hop_unseal(const struct sandbox *sandbox, const cJSON *request) {
    const struct wire *wire = wire_of(request);
    cJSON *open = open_of(sandbox, wire, request);
    if (open == NULL)
        return NULL;
    cJSON *whole = cJSON_Duplicate(request, true);
    cJSON_DeleteItemFromObjectCaseSensitive(whole, wire->open);
    cJSON_AddItemToObject(whole, wire->open, cJSON_Duplicate(open, true));
    char *wanted = signature(sandbox, wire, whole);
    bool good = strcmp(wanted, message_get(request, wire->sign)) == 0;
    free(wanted);
    cJSON_Delete(whole);
    if (good)
        return open;
    cJSON_Delete(open);
    return NULL;
}

static void close_answer(const struct sandbox *sandbox, const struct wire *wire, cJSON *out) {
    char key[17];
    cJSON *form = wire->envelope
                      ? form_of(wire, cJSON_GetObjectItemCaseSensitive(out, wire->open), false)
                      : cJSON_Duplicate(cJSON_GetObjectItemCaseSensitive(out, wire->open), true);
    char *plain = cJSON_PrintUnformatted(form);
    key_of(sandbox, wire, key);
    char *hex = encrypted(wire, plain, key);
    cJSON_DeleteItemFromObjectCaseSensitive(out, wire->open);
    cJSON_AddStringToObject(out, wire->closed, hex);
    free(hex);
    free(plain);
    cJSON_Delete(form);
}

cJSON *hop_seal(const struct sandbox *sandbox, const cJSON *request, const cJSON *answer) {
    const struct wire *wire = wire_of(request);
    const cJSON *param = cJSON_GetObjectItemCaseSensitive(answer, "param");
    char time[MOMENT_SIZE + 8], moment[MOMENT_SIZE];
    int64_t now_ms = sandbox_now_ms(sandbox);
    moment_write(now_ms, moment);
    snprintf(time, sizeof time, "%.4s%.2s%.2s%.2s%.2s%.2s%03d", moment, moment + 5, moment + 8,
             moment + 11, moment + 14, moment + 17, (int)(now_ms % 1000));
    if (wire->envelope)
        time[14] = '\0';
    bool plain = !wire->envelope && strcmp(message_get(request, "encryptType"), "Plain") == 0;
    cJSON *out = cJSON_CreateObject();
    cJSON_AddStringToObject(out, "appId", sandbox->options.onepay_appid);
    cJSON_AddStringToObject(out, wire->code, message_get(answer, "respCode"));
    cJSON_AddStringToObject(out, wire->msg, message_get(answer, "respMsg"));
    cJSON_AddStringToObject(out, "transType", message_get(request, "transType"));
    cJSON_AddStringToObject(out, "timestamp", time);
    cJSON_AddStringToObject(out, "signType", wire->envelope ? "SM3" : "MD5");
    cJSON_AddStringToObject(out, wire->envelope ? "encType" : "encryptType",
                            wire->envelope ? "SM4"
                            : plain        ? "Plain"
                                           : "AES");
    cJSON_AddStringToObject(out, "version", wire->envelope ? "1.0.0" : "1.0");
    if (param != NULL || wire->envelope) {
        cJSON *data = param == NULL ? cJSON_CreateObject() : cJSON_Duplicate(param, true);
        cJSON_AddItemToObject(out, wire->open, data);
    }
    char *sign = signature(sandbox, wire, out);
    cJSON_AddStringToObject(out, wire->sign, sign);
    free(sign);
    if (!plain && cJSON_HasObjectItem(out, wire->open))
        close_answer(sandbox, wire, out);
    return out;
}

char *hop_signed_text(const cJSON *message, const char *secret) {
    return signed_text(&envelope, message, secret);
}

char *hop_sm3(const char *text) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    EVP_Digest(text, strlen(text), digest, &length, EVP_sm3(), NULL);
    return hex_of(digest, length);
}

char *hop_closed(const cJSON *data, const char *id, const char *secret) {
    char key[17];
    cJSON *form = form_of(&envelope, data, false);
    char *plain = cJSON_PrintUnformatted(form);
    key_by(&envelope, id, secret, key);
    char *hex = encrypted(&envelope, plain, key);
    cJSON_free(plain);
    cJSON_Delete(form);
    return hex;
}

cJSON *hop_opened(const char *hex, const char *id, const char *secret) {
    char key[17];
    key_by(&envelope, id, secret, key);
    char *plain = decrypted(&envelope, hex, key);
    cJSON *open = plain == NULL ? NULL : message_read(plain, strlen(plain));
    free(plain);
    return open;
}
