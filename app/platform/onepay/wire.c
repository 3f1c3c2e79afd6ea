/* onepay's wires: the gateway's message, the signed envelope, and what a library takes and gives.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/platform/onepay/onepay.h"
#include "app/wire/envelope.h"
#include "app/wire/gateway.h"
#include "app/wire/json.h"
#include "app/wire/reading.h"

#define GATEWAY_VERSION "1.0"
#define ENVELOPE_VERSION "1.0.0"
#define LIBRARY_BUFFER 2048  /* Char(2048), with its zero */
#define GATEWAY_TIME_SIZE 24 /* yyyyMMddHHmmssSSS has 17 */

static cJSON *begin_message(const struct onepay_config *onepay, const char *type) {
    cJSON *message = cJSON_CreateObject();
    cJSON_AddStringToObject(message, "appId", onepay->appid);
    cJSON_AddStringToObject(message, "transType", type);
    return message;
}

static cJSON *gateway_message(const struct onepay_config *onepay, const char *type, cJSON *param,
                              int64_t wall_ms) {
    char time[GATEWAY_TIME_SIZE], sign[SIGN_MD5_SIZE];
    cJSON *message = begin_message(onepay, type);
    clock_digits(wall_ms, time);
    snprintf(time + 14, sizeof time - 14, "%03u", (unsigned)(wall_ms % 1000));
    cJSON_AddItemToObject(message, "param", param);
    cJSON_AddStringToObject(message, "signType", "MD5");
    cJSON_AddStringToObject(message, "encryptType", onepay->plain ? "Plain" : "AES");
    cJSON_AddStringToObject(message, "timestamp", time);
    cJSON_AddStringToObject(message, "version", GATEWAY_VERSION);
    gateway_sign(message, onepay->appsecret, sign);
    cJSON_AddStringToObject(message, "sign", sign);
    return message;
}

static cJSON *envelope_message(const struct onepay_config *onepay, const char *type, cJSON *param,
                               int64_t wall_ms) {
    char time[15], sign[ENVELOPE_SM3_SIZE];
    cJSON *message = begin_message(onepay, type);
    cJSON_AddItemToObject(message, "data", param);
    cJSON_AddStringToObject(message, "signType", "SM3");
    cJSON_AddStringToObject(message, "encType", "SM4");
    cJSON_AddStringToObject(message, "timestamp", clock_digits(wall_ms, time));
    cJSON_AddStringToObject(message, "version", ENVELOPE_VERSION);
    char *base = envelope_base(message, onepay->appsecret);
    envelope_sm3(base, sign);
    free(base);
    cJSON_AddStringToObject(message, "signData", sign);
    return message;
}

/* The open member closed: it leaves the copy that travels. */
static void close_member(cJSON *copy, const char *open, const char *closed, char *text) {
    cJSON_DeleteItemFromObjectCaseSensitive(copy, open);
    cJSON_AddStringToObject(copy, closed, text);
    free(text);
}

/* The bytes that travel: the message with its param or data closed. */
static char *closed_body(const struct onepay_config *onepay, const cJSON *message) {
    char gateway[GATEWAY_KEY_SIZE], envelope[ENVELOPE_KEY_SIZE];
    cJSON *copy = cJSON_Duplicate(message, true);
    ENSURE(copy != NULL);
    if (onepay->wire == ONEPAY_ENVELOPE) {
        ENSURE(envelope_key(onepay->appid, onepay->appsecret, envelope));
        close_member(copy, "data", "encData",
                     envelope_encrypt(wire_member(message, "data"), envelope));
    } else if (!onepay->plain) {
        ENSURE(gateway_key(onepay->appid, onepay->appsecret, gateway));
        close_member(copy, "param", "encryptData",
                     gateway_encrypt(wire_member(message, "param"), gateway));
    }
    char *body = wire_print(copy, false);
    cJSON_Delete(copy);
    ENSURE(body != NULL);
    return body;
}

/* What payTrans takes; false: it does not fit into its buffer (code 020002). */
static bool seal_for_library(const struct onepay_config *onepay, const char *type, cJSON *param,
                             struct wire_request *out, struct wire_complaint *complaint) {
    out->library = &onepay->vendor;
    out->message = cJSON_CreateObject();
    cJSON_AddStringToObject(out->message, "transType", type);
    cJSON_AddItemToObject(out->message, "param", param);
    out->body = wire_print(out->message, false);
    ENSURE(out->body != NULL);
    out->body_length = strlen(out->body);
    size_t length = encoding_length(onepay->vendor.encoding, out->body);
    if (length < LIBRARY_BUFFER)
        return true;
    complaint->fault = WIRE_FAULT_LENGTH;
    snprintf(complaint->text, sizeof complaint->text,
             "onepay.%.40s.param: expected at most %d bytes for a library, got %zu (020002)", type,
             LIBRARY_BUFFER - 1, length);
    wire_request_free(out);
    return false;
}

bool onepay_seal(const struct onepay_config *onepay, const char *type, cJSON *param,
                 int64_t wall_ms, struct wire_request *out, struct wire_complaint *complaint) {
    if (onepay->backend == ONEPAY_LIBRARY)
        return seal_for_library(onepay, type, param, out, complaint);
    out->message = onepay->wire == ONEPAY_ENVELOPE ? envelope_message(onepay, type, param, wall_ms)
                                                   : gateway_message(onepay, type, param, wall_ms);
    out->body = closed_body(onepay, out->message);
    out->body_length = strlen(out->body);
    out->content_type = "application/json; charset=UTF-8";
    out->url = strdup(onepay->serveraddr);
    return true;
}

/* Puts an opened member in the place of a closed one. */
static bool put_open(cJSON *tree, const char *closed, const char *open, cJSON *value) {
    cJSON_DeleteItemFromObjectCaseSensitive(tree, closed);
    cJSON_DeleteItemFromObjectCaseSensitive(tree, open);
    return value != NULL && cJSON_AddItemToObject(tree, open, value);
}

static bool open_gateway(const struct onepay_config *onepay, cJSON *tree,
                         struct wire_reading *out) {
    char key[GATEWAY_KEY_SIZE];
    const char *closed = wire_text(tree, "encryptData");
    if (closed != NULL && *closed != '\0' &&
        (!gateway_key(onepay->appid, onepay->appsecret, key) ||
         !put_open(tree, "encryptData", "param", gateway_decrypt(closed, key))))
        return reading_malformed(out, "encryptData cannot be decrypted");
    if (!gateway_verify(tree, onepay->appsecret))
        return reading_malformed(out, wire_text(tree, "sign") == NULL ? "not signed"
                                                                      : "the signature is wrong");
    return true;
}

/* Without encData only a failure is believed. */
static bool open_envelope(const struct onepay_config *onepay, cJSON *tree,
                          struct wire_reading *out) {
    char key[ENVELOPE_KEY_SIZE];
    const char *closed = wire_text(tree, "encData"), *code = wire_text(tree, "code");
    bool empty = closed == NULL || *closed == '\0';
    if (empty && (code == NULL || strcmp(code, "000000") == 0))
        return reading_malformed(out, "encData is missing");
    if (!empty && (!envelope_key(onepay->appid, onepay->appsecret, key) ||
                   !put_open(tree, "encData", "data", envelope_decrypt(closed, key))))
        return reading_malformed(out, "encData cannot be decrypted");
    if (!envelope_sm3_verify(tree, onepay->appsecret))
        return reading_malformed(
            out, wire_text(tree, "signData") == NULL ? "not signed" : "the signature is wrong");
    return true;
}

/* A nested object may come as text. */
static const cJSON *open_text(cJSON *tree, const char *name) {
    cJSON *item = cJSON_GetObjectItemCaseSensitive(tree, name);
    const char *ignored;
    if (!cJSON_IsString(item))
        return item;
    cJSON *open = wire_parse(item->valuestring, strlen(item->valuestring), &ignored);
    if (open != NULL)
        cJSON_ReplaceItemInObjectCaseSensitive(tree, name, open);
    return open;
}

/* "00000" is a misprint of the document for "000000". */
static const char *returned_code(const char *returned) {
    return strcmp(returned, "00000") == 0 ? "000000" : returned;
}

static bool is_onepay_done(const char *returned) {
    return strcmp(returned_code(returned), "000000") == 0;
}

/* What payTrans returned and what it left in its buffer must say the same. */
static bool open_library(struct wire_reading *out, struct onepay_said *said) {
    bool left;
    if (!reading_library(out, is_onepay_done, &left))
        return false;
    said->code = returned_code(wire_text(out->tree, "returned"));
    const char *code = wire_text(out->tree, "respCode");
    if (code != NULL && *code != '\0' && strcmp(returned_code(code), said->code) != 0)
        return reading_malformed(out, "the library returned another code than its output has");
    said->message = wire_text(out->tree, "respMsg");
    said->param = open_text(out->tree, "param");
    return true;
}

static bool open_http(const struct onepay_config *onepay, const cJSON *sent,
                      struct wire_reading *out, struct onepay_said *said) {
    bool envelope = onepay->wire == ONEPAY_ENVELOPE;
    if (!(envelope ? open_envelope : open_gateway)(onepay, out->tree, out))
        return false;
    said->code = wire_text(out->tree, envelope ? "code" : "respCode");
    said->message = wire_text(out->tree, envelope ? "message" : "respMsg");
    said->param = open_text(out->tree, envelope ? "data" : "param");
    if (said->code == NULL || *said->code == '\0')
        return reading_malformed(out, "%s is missing", envelope ? "code" : "respCode");
    if (!reading_echoes(out->tree, sent, "appId") || !reading_echoes(out->tree, sent, "transType"))
        return reading_malformed(out, "appId or transType is not the one sent");
    return true;
}

bool onepay_open(const struct onepay_config *onepay, const cJSON *sent, int http_status,
                 const char *body, size_t length, struct wire_reading *out,
                 struct onepay_said *said) {
    if (!reading_begin(out, http_status, body, length))
        return false;
    return onepay->backend == ONEPAY_LIBRARY ? open_library(out, said)
                                             : open_http(onepay, sent, out, said);
}
