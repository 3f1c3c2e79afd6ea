/* Both envelopes of the paying platforms: any message can be signed and judged, any text opened or
 * refused; what we close ourselves opens to the same, and its signature is right. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "app/wire/envelope.h"
#include "app/wire/gateway.h"
#include "app/wire/json.h"

#define SECRET "0123456789abcdef0123456789abcdef"
#define APP_ID "1A2B3C4D5E6F7G8H9I"
#define PRIVATE "128b2fa8bd433c6c068c8d803dff79792a519a55171b1b650c23661d15897263"
#define PUBLIC                                                                                     \
    "04d5548c7825cbb56150a3506cd57464af8a1ae0519dfaf3c58221dc810caf28dd921073768fe3d59ce54e79a494" \
    "45cf73fed23086537027264d168946d479533e"

static void need(bool holds) {
    if (!holds)
        abort();
}

static bool is_same(const cJSON *a, const cJSON *b) {
    char *one = wire_print(a, true), *other = wire_print(b, true);
    bool same = strcmp(one, other) == 0;
    free(one);
    free(other);
    return same;
}

/* A text of the other side, as bytes to be opened and as a signature to be judged. */
static void open_texts(const char *text) {
    char key[ENVELOPE_KEY_SIZE], gateway[GATEWAY_KEY_SIZE];
    need(envelope_key(APP_ID, SECRET, key) && gateway_key(APP_ID, SECRET, gateway));
    cJSON_Delete(envelope_decrypt(text, key));
    cJSON_Delete(gateway_decrypt(text, gateway));
    (void)envelope_sm2_verify("a=1&b=2", PUBLIC, text);
    (void)envelope_key(text, SECRET, key);
    (void)gateway_key(text, SECRET, gateway);
}

static void close_and_open(const cJSON *tree) {
    char key[ENVELOPE_KEY_SIZE], gateway[GATEWAY_KEY_SIZE];
    need(envelope_key(APP_ID, SECRET, key) && gateway_key(APP_ID, SECRET, gateway));
    char *closed = envelope_encrypt(tree, key); /* without what is empty */
    cJSON *opened = envelope_decrypt(closed, key);
    need(opened != NULL);
    free(closed);
    closed = envelope_encrypt(opened, key);
    cJSON *again = envelope_decrypt(closed, key);
    need(again != NULL && is_same(opened, again));
    cJSON_Delete(opened);
    cJSON_Delete(again);
    free(closed);
    closed = gateway_encrypt(tree, gateway);
    opened = gateway_decrypt(closed, gateway);
    need(opened != NULL && is_same(tree, opened));
    cJSON_Delete(opened);
    free(closed);
}

static void sign_with_sm2(const char *base) {
    char *sign = envelope_sm2_sign(base, PRIVATE);
    need(sign != NULL);
    (void)envelope_sm2_verify(base, PUBLIC, sign);
    free(sign);
}

static void sign_message(const cJSON *tree, bool slow) {
    char sm3[ENVELOPE_SM3_SIZE], md5[SIGN_MD5_SIZE];
    char *base = envelope_base(tree, SECRET), *gateway = gateway_base(tree);
    need(base != NULL && gateway != NULL);
    envelope_sm3(base, sm3);
    need(strlen(sm3) == ENVELOPE_SM3_SIZE - 1);
    gateway_sign(tree, SECRET, md5);
    if (slow)
        sign_with_sm2(base);
    (void)envelope_sm3_verify(tree, SECRET);
    (void)gateway_verify(tree, SECRET);
    free(base);
    free(gateway);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *error;
    if (size == 0 || size > 1 << 14)
        return 0;
    char *text = strndup((const char *)data + 1, size - 1);
    need(text != NULL);
    open_texts(text);
    cJSON *tree = wire_parse(text, strlen(text), &error);
    if (cJSON_IsObject(tree)) {
        sign_message(tree, data[0] == 's');
        close_and_open(tree);
    }
    cJSON_Delete(tree);
    free(text);
    return 0;
}
