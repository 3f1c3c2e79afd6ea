#include "tests/sandbox/seal.h"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sandbox/message.h"
#include "tests/sandbox/onepay.h"

#define USER_ID "1234567812345678"
#define PART 32

/* The pair of tests/vectors/envelope.json; both sides sign with it here. */
static const char private_pem[] =
    "-----BEGIN PRIVATE KEY-----\n"
    "MIGHAgEAMBMGByqGSM49AgEGCCqBHM9VAYItBG0wawIBAQQgIR/ujDxf7i+tPckm\n"
    "/JQDNm0t7wLN0Ltb1oPKAV2Z23+hRANCAAQXzBarrr7cf4ey4KUIwMuTYxdh23+h\n"
    "mt7OcSxqreHWc+OJtekC33oub+ORew9VdH4A10426Tnsw+eWe3BYqRhY\n"
    "-----END PRIVATE KEY-----\n";

static EVP_PKEY *pair(void) {
    BIO *bio = BIO_new_mem_buf(private_pem, -1);
    EVP_PKEY *key = PEM_read_bio_PrivateKey(bio, NULL, NULL, NULL);
    BIO_free(bio);
    return key;
}

static EVP_MD_CTX *begin(EVP_PKEY *key, bool signing) {
    EVP_MD_CTX *digest = EVP_MD_CTX_new();
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(key, NULL);
    EVP_PKEY_CTX_set1_id(context, USER_ID, strlen(USER_ID));
    EVP_MD_CTX_set_pkey_ctx(digest, context);
    if ((signing ? EVP_DigestSignInit(digest, NULL, EVP_sm3(), NULL, key)
                 : EVP_DigestVerifyInit(digest, NULL, EVP_sm3(), NULL, key)) != 1)
        abort();
    return digest;
}

static void end(EVP_MD_CTX *digest, EVP_PKEY *key) {
    EVP_PKEY_CTX *context = EVP_MD_CTX_get_pkey_ctx(digest);
    EVP_MD_CTX_free(digest);
    EVP_PKEY_CTX_free(context);
    EVP_PKEY_free(key);
}

static char *sign_sm2(const char *text) {
    unsigned char der[80], raw[2 * PART];
    const unsigned char *at = der;
    size_t length = sizeof der;
    EVP_PKEY *key = pair();
    EVP_MD_CTX *digest = begin(key, true);
    if (EVP_DigestSign(digest, der, &length, (const unsigned char *)text, strlen(text)) != 1)
        abort();
    end(digest, key);
    ECDSA_SIG *both = d2i_ECDSA_SIG(NULL, &at, (long)length);
    BN_bn2binpad(ECDSA_SIG_get0_r(both), raw, PART);
    BN_bn2binpad(ECDSA_SIG_get0_s(both), raw + PART, PART);
    ECDSA_SIG_free(both);
    char *base64 = malloc(92);
    EVP_EncodeBlock((unsigned char *)base64, raw, sizeof raw);
    return base64;
}

static bool verify_sm2(const char *text, const char *base64) {
    unsigned char raw[72], *der = NULL;
    if (strlen(base64) != 88 || EVP_DecodeBlock(raw, (const unsigned char *)base64, 88) < 2 * PART)
        return false;
    ECDSA_SIG *both = ECDSA_SIG_new();
    ECDSA_SIG_set0(both, BN_bin2bn(raw, PART, NULL), BN_bin2bn(raw + PART, PART, NULL));
    int length = i2d_ECDSA_SIG(both, &der);
    ECDSA_SIG_free(both);
    EVP_PKEY *key = pair();
    EVP_MD_CTX *digest = begin(key, false);
    bool good = length > 0 && EVP_DigestVerify(digest, der, (size_t)length,
                                               (const unsigned char *)text, strlen(text)) == 1;
    end(digest, key);
    OPENSSL_free(der);
    return good;
}

static char *sign_of(const struct seal *seal, const cJSON *message) {
    char *text = hop_signed_text(message, seal->secret);
    char *sign = seal->sm2 ? sign_sm2(text) : hop_sm3(text);
    free(text);
    return sign;
}

static bool is_signed(const struct seal *seal, const cJSON *message) {
    const char *sign = message_get(message, "signData");
    char *text = hop_signed_text(message, seal->secret);
    char *wanted = seal->sm2 ? NULL : hop_sm3(text);
    bool good = seal->sm2 ? verify_sm2(text, sign) : strcmp(wanted, sign) == 0;
    free(wanted);
    free(text);
    return good;
}

bool seal_is_on(const cJSON *request) {
    return message_text(request, "signData") != NULL;
}

cJSON *seal_open(const struct seal *seal, const cJSON *request) {
    cJSON *data = hop_opened(message_get(request, "encData"), seal->id, seal->secret);
    if (data == NULL)
        return NULL;
    cJSON *whole = cJSON_Duplicate(request, true);
    cJSON_AddItemToObject(whole, "data", cJSON_Duplicate(data, true));
    bool good = is_signed(seal, whole);
    cJSON_Delete(whole);
    if (good)
        return data;
    cJSON_Delete(data);
    return NULL;
}

cJSON *seal_answer(const struct seal *seal, const cJSON *answer, const char *timestamp,
                   const char *version) {
    cJSON *out = cJSON_Duplicate(answer, true);
    cJSON_AddStringToObject(out, "appId", seal->id);
    cJSON_AddStringToObject(out, "timestamp", timestamp);
    cJSON_AddStringToObject(out, "version", version);
    cJSON_AddStringToObject(out, "signType", seal->sm2 ? "SM2" : "SM3");
    cJSON_AddStringToObject(out, "encType", "SM4");
    char *sign = sign_of(seal, out);
    cJSON_AddStringToObject(out, "signData", sign);
    free(sign);
    const cJSON *data = cJSON_GetObjectItemCaseSensitive(out, "data");
    if (data == NULL)
        return out;
    char *closed = hop_closed(data, seal->id, seal->secret);
    cJSON_DeleteItemFromObjectCaseSensitive(out, "data");
    cJSON_AddStringToObject(out, "encData", closed);
    free(closed);
    return out;
}
