#include "app/wire/sealed.h"

#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"
#include "app/wire/envelope.h"
#include "app/wire/json.h"
#include "app/wire/reading.h"

#define PROBE "hopkiosk" /* what a key is tried on */
#define KEY_DIGITS 64
#define PUBLIC_KEY_DIGITS 130

static bool signs_with_sm2(const struct sealed_keys *keys) {
    return keys->sm2_private != NULL && keys->sm2_private[0] != '\0';
}

bool sealed_is_private_key(const char *hex) {
    char *sign = strlen(hex) == KEY_DIGITS ? envelope_sm2_sign(PROBE, hex) : NULL;
    bool good = sign != NULL;
    free(sign);
    return good;
}

bool sealed_is_public_key(const char *hex) {
    return strlen(hex) == PUBLIC_KEY_DIGITS && envelope_sm2_is_public(hex);
}

static char *sm2_sign_of(const struct sealed_keys *keys, const char *base) {
    return keys->sm2_public == NULL
               ? envelope_sm2_sign(base, keys->sm2_private)
               : envelope_sm2_sign_as(base, keys->sm2_private, keys->sm2_public);
}

static char *sign_of(const struct sealed_keys *keys, const char *base) {
    char *text = signs_with_sm2(keys) ? sm2_sign_of(keys, base) : malloc(ENVELOPE_SM3_SIZE);
    ENSURE(text != NULL);
    if (!signs_with_sm2(keys))
        envelope_sm3(base, text);
    return text;
}

cJSON *sealed_message(const struct sealed_keys *keys, cJSON *data, const char *timestamp,
                      const char *version) {
    cJSON *message = cJSON_CreateObject();
    cJSON_AddStringToObject(message, "appId", keys->app_id);
    cJSON_AddItemToObject(message, "data", data);
    cJSON_AddStringToObject(message, "encType", "SM4");
    cJSON_AddStringToObject(message, "signType", signs_with_sm2(keys) ? "SM2" : "SM3");
    cJSON_AddStringToObject(message, "timestamp", timestamp);
    cJSON_AddStringToObject(message, "version", version);
    char *base = envelope_base(message, keys->app_secret);
    char *sign = sign_of(keys, base);
    cJSON_AddStringToObject(message, "signData", sign);
    free(sign);
    free(base);
    return message;
}

char *sealed_body(const struct sealed_keys *keys, const cJSON *message) {
    char key[ENVELOPE_KEY_SIZE];
    cJSON *copy = cJSON_Duplicate(message, true);
    ENSURE(copy != NULL && envelope_key(keys->app_id, keys->app_secret, key));
    char *closed = envelope_encrypt(wire_member(message, "data"), key);
    cJSON_DeleteItemFromObjectCaseSensitive(copy, "data");
    cJSON_AddStringToObject(copy, "encData", closed);
    free(closed);
    char *body = wire_print(copy, false);
    cJSON_Delete(copy);
    ENSURE(body != NULL);
    return body;
}

static bool put_data(const struct sealed_keys *keys, const char *closed, cJSON *tree) {
    char key[ENVELOPE_KEY_SIZE];
    cJSON *data =
        envelope_key(keys->app_id, keys->app_secret, key) ? envelope_decrypt(closed, key) : NULL;
    cJSON_DeleteItemFromObjectCaseSensitive(tree, "encData");
    cJSON_DeleteItemFromObjectCaseSensitive(tree, "data");
    return data != NULL && cJSON_AddItemToObject(tree, "data", data);
}

static bool is_signed(const struct sealed_keys *keys, const cJSON *tree) {
    const char *sign = wire_text(tree, "signData");
    if (!signs_with_sm2(keys))
        return envelope_sm3_verify(tree, keys->app_secret);
    char *base = envelope_base(tree, keys->app_secret);
    bool good = sign != NULL && envelope_sm2_verify(base, keys->sm2_peer, sign);
    free(base);
    return good;
}

bool sealed_open(const struct sealed_keys *keys, bool failed, struct wire_reading *out) {
    const char *closed = wire_text(out->tree, "encData");
    bool empty = closed == NULL || *closed == '\0';
    if (empty && !failed)
        return reading_malformed(out, "encData is missing");
    if (!empty && !put_data(keys, closed, out->tree))
        return reading_malformed(out, "encData cannot be decrypted");
    if (!is_signed(keys, out->tree))
        return reading_malformed(out, wire_text(out->tree, "signData") == NULL
                                          ? "not signed"
                                          : "the signature is wrong");
    return true;
}
