/* SM2 with SM3 through OpenSSL: its DER signatures become the scheme's r then s. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/obj_mac.h>
#include <openssl/param_build.h>

#include "app/base/log.h"
#include "app/wire/envelope.h"
#include "app/wire/hex.h"

#define USER_ID "1234567812345678"
#define PART_BYTES 32
#define SIGN_BYTES (2 * PART_BYTES)
#define PUBLIC_BYTES (1 + 2 * PART_BYTES)
#define SIGN_BASE64_SIZE 89

static bool public_of(const BIGNUM *private, unsigned char out[PUBLIC_BYTES]) {
    EC_GROUP *group = EC_GROUP_new_by_curve_name(NID_sm2);
    ENSURE(group != NULL);
    EC_POINT *point = EC_POINT_new(group);
    bool good = BN_cmp(private, EC_GROUP_get0_order(group)) < 0 && !BN_is_zero(private) &&
                EC_POINT_mul(group, point, private, NULL, NULL, NULL) == 1 &&
                EC_POINT_point2oct(group, point, POINT_CONVERSION_UNCOMPRESSED, out, PUBLIC_BYTES,
                                   NULL) == PUBLIC_BYTES;
    EC_POINT_free(point);
    EC_GROUP_free(group);
    return good;
}

/* Makes a key; `private` is NULL for one that only verifies. NULL when it is no point of the curve.
 */
static EVP_PKEY *make_key(const unsigned char public[PUBLIC_BYTES], const BIGNUM *private) {
    OSSL_PARAM_BLD *build = OSSL_PARAM_BLD_new();
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, "SM2", NULL);
    EVP_PKEY *key = NULL;
    ENSURE(build != NULL && context != NULL);
    OSSL_PARAM_BLD_push_utf8_string(build, OSSL_PKEY_PARAM_GROUP_NAME, "SM2", 0);
    OSSL_PARAM_BLD_push_octet_string(build, OSSL_PKEY_PARAM_PUB_KEY, public, PUBLIC_BYTES);
    if (private != NULL)
        OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_PRIV_KEY, private);
    OSSL_PARAM *parameters = OSSL_PARAM_BLD_to_param(build);
    int selection = private != NULL ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY;
    if (EVP_PKEY_fromdata_init(context) != 1 ||
        EVP_PKEY_fromdata(context, &key, selection, parameters) != 1)
        key = NULL;
    OSSL_PARAM_free(parameters);
    OSSL_PARAM_BLD_free(build);
    EVP_PKEY_CTX_free(context);
    return key;
}

/* A digest context with the scheme's user id. */
static EVP_MD_CTX *digest_of(EVP_PKEY *key, bool signing) {
    EVP_MD_CTX *digest = EVP_MD_CTX_new();
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(key, NULL);
    ENSURE(digest != NULL && context != NULL);
    ENSURE(EVP_PKEY_CTX_set1_id(context, USER_ID, strlen(USER_ID)) == 1);
    EVP_MD_CTX_set_pkey_ctx(digest, context);
    ENSURE((signing ? EVP_DigestSignInit(digest, NULL, EVP_sm3(), NULL, key)
                    : EVP_DigestVerifyInit(digest, NULL, EVP_sm3(), NULL, key)) == 1);
    return digest;
}

static void free_digest(EVP_MD_CTX *digest) {
    EVP_PKEY_CTX *context = EVP_MD_CTX_get_pkey_ctx(digest);
    EVP_MD_CTX_free(digest);
    EVP_PKEY_CTX_free(context);
}

static char *base64_of_der(const unsigned char *der, size_t length) {
    unsigned char raw[SIGN_BYTES];
    ECDSA_SIG *pair = d2i_ECDSA_SIG(NULL, &der, (long)length);
    ENSURE(pair != NULL && BN_bn2binpad(ECDSA_SIG_get0_r(pair), raw, PART_BYTES) == PART_BYTES &&
           BN_bn2binpad(ECDSA_SIG_get0_s(pair), raw + PART_BYTES, PART_BYTES) == PART_BYTES);
    ECDSA_SIG_free(pair);
    char *text = malloc(SIGN_BASE64_SIZE);
    ENSURE(text != NULL);
    EVP_EncodeBlock((unsigned char *)text, raw, SIGN_BYTES);
    return text;
}

bool envelope_sm2_public(const char *private_hex, char out[ENVELOPE_PUBLIC_SIZE]) {
    unsigned char bytes[PART_BYTES], public[PUBLIC_BYTES];
    if (!hex_read(private_hex, bytes, sizeof bytes))
        return false;
    BIGNUM *private = BN_bin2bn(bytes, sizeof bytes, NULL);
    bool good = public_of(private, public);
    BN_clear_free(private);
    OPENSSL_cleanse(bytes, sizeof bytes);
    for (size_t i = 0; good && i < sizeof public; i++)
        snprintf(out + 2 * i, 3, "%02x", public[i]);
    return good;
}

char *envelope_sm2_sign_as(const char *base, const char *private_hex, const char *public_hex) {
    unsigned char bytes[PART_BYTES], public[PUBLIC_BYTES], der[80];
    size_t length = sizeof der;
    if (!hex_read(private_hex, bytes, sizeof bytes) || !hex_read(public_hex, public, sizeof public))
        return NULL;
    BIGNUM *private = BN_bin2bn(bytes, sizeof bytes, NULL);
    EVP_PKEY *key = make_key(public, private);
    char *text = NULL;
    if (key != NULL) {
        EVP_MD_CTX *digest = digest_of(key, true);
        ENSURE(EVP_DigestSign(digest, der, &length, (const unsigned char *)base, strlen(base)) ==
               1);
        text = base64_of_der(der, length);
        free_digest(digest);
    }
    EVP_PKEY_free(key);
    BN_clear_free(private);
    OPENSSL_cleanse(bytes, sizeof bytes);
    return text;
}

char *envelope_sm2_sign(const char *base, const char *private_hex) {
    char public_hex[ENVELOPE_PUBLIC_SIZE];
    return envelope_sm2_public(private_hex, public_hex)
               ? envelope_sm2_sign_as(base, private_hex, public_hex)
               : NULL;
}

/* Turns a signature into the DER form that OpenSSL wants; its length, 0 when `text` is none. */
static size_t der_of_base64(const char *text, unsigned char **out) {
    unsigned char raw[SIGN_BASE64_SIZE];
    if (strlen(text) != SIGN_BASE64_SIZE - 1 ||
        EVP_DecodeBlock(raw, (const unsigned char *)text, SIGN_BASE64_SIZE - 1) < SIGN_BYTES)
        return 0;
    ECDSA_SIG *pair = ECDSA_SIG_new();
    ENSURE(pair != NULL);
    ECDSA_SIG_set0(pair, BN_bin2bn(raw, PART_BYTES, NULL),
                   BN_bin2bn(raw + PART_BYTES, PART_BYTES, NULL));
    *out = NULL;
    int length = i2d_ECDSA_SIG(pair, out);
    ECDSA_SIG_free(pair);
    return length > 0 ? (size_t)length : 0;
}

bool envelope_sm2_is_public(const char *public_hex) {
    unsigned char public[PUBLIC_BYTES];
    EVP_PKEY *key = hex_read(public_hex, public, sizeof public) ? make_key(public, NULL) : NULL;
    bool good = key != NULL;
    EVP_PKEY_free(key);
    return good;
}

bool envelope_sm2_verify(const char *base, const char *public_hex, const char *sign_base64) {
    unsigned char public[PUBLIC_BYTES], *der = NULL;
    size_t length = der_of_base64(sign_base64, &der);
    EVP_PKEY *key =
        length > 0 && hex_read(public_hex, public, sizeof public) ? make_key(public, NULL) : NULL;
    bool good = false;
    if (key != NULL) {
        EVP_MD_CTX *digest = digest_of(key, false);
        good =
            EVP_DigestVerify(digest, der, length, (const unsigned char *)base, strlen(base)) == 1;
        free_digest(digest);
    }
    EVP_PKEY_free(key);
    OPENSSL_free(der);
    return good;
}
