/* `sign`: signs a message with a key from the command line, to compare with another implementation.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/ctl/ctl.h"
#include "app/ctl/input.h"
#include "app/wire/envelope.h"
#include "app/wire/gateway.h"
#include "app/wire/json.h"
#include "app/wire/sign.h"

struct signing {
    const char *scheme, *message, *key, *private_key;
};

/* Each fills `out` with text, sign and the scheme's other values. */
static enum ctl_exit sign_as_upp(const struct signing *in, const cJSON *message, cJSON *out) {
    char *text = sign_upp_text(message, false), sign[SIGN_MD5_SIZE];
    sign_upp(message, in->key, sign);
    cJSON_AddStringToObject(out, "text", text);
    cJSON_AddStringToObject(out, "sign", sign);
    free(text);
    return CTL_OK;
}

static enum ctl_exit sign_as_tongji(const struct signing *in, const cJSON *message, cJSON *out) {
    char *text = sign_tongji_text(message), sign[SIGN_MD5_SIZE];
    sign_tongji(message, in->key, sign);
    cJSON_AddStringToObject(out, "text", text);
    cJSON_AddStringToObject(out, "sign", sign);
    free(text);
    return CTL_OK;
}

static enum ctl_exit add_signature(const struct signing *in, const char *type, const char *base,
                                   cJSON *out) {
    char sm3[ENVELOPE_SM3_SIZE];
    if (strcmp(type, "SM3") == 0) {
        envelope_sm3(base, sm3);
        cJSON_AddStringToObject(out, "sign", sm3);
        return CTL_OK;
    }
    if (in->private_key == NULL)
        return ctl_say(CTL_REFUSED, "signType SM2 needs --private HEX (the SM2 private key)");
    char *sign = envelope_sm2_sign(base, in->private_key);
    if (sign == NULL)
        return ctl_say(CTL_REFUSED, "--private: expected 64 hexadecimal digits of an SM2 key");
    cJSON_AddStringToObject(out, "sign", sign);
    free(sign);
    return CTL_OK;
}

static void add_data(const struct signing *in, const cJSON *message, cJSON *out) {
    const char *app_id = wire_text(message, "appId");
    const cJSON *data = wire_member(message, "data");
    char key[ENVELOPE_KEY_SIZE];
    if (data == NULL || app_id == NULL || !envelope_key(app_id, in->key, key))
        return;
    char *encrypted = envelope_encrypt(data, key);
    cJSON_AddStringToObject(out, "encData", encrypted);
    free(encrypted);
}

/* --key is the appSecret. */
static enum ctl_exit sign_as_envelope(const struct signing *in, const cJSON *message, cJSON *out) {
    const char *type = wire_text(message, "signType");
    if (type == NULL || (strcmp(type, "SM2") != 0 && strcmp(type, "SM3") != 0))
        return ctl_say(CTL_REFUSED, "signType: expected SM2 or SM3, got \"%s\"",
                       type == NULL ? "" : type);
    char *base = envelope_base(message, in->key);
    cJSON_AddStringToObject(out, "text", base);
    enum ctl_exit code = add_signature(in, type, base, out);
    free(base);
    add_data(in, message, out);
    return code;
}

/* --key is the appSecret. */
static enum ctl_exit sign_as_gateway(const struct signing *in, const cJSON *message, cJSON *out) {
    const char *app_id = wire_text(message, "appId");
    const cJSON *param = wire_member(message, "param");
    char *text = gateway_base(message), sign[SIGN_MD5_SIZE], key[GATEWAY_KEY_SIZE];
    gateway_sign(message, in->key, sign);
    cJSON_AddStringToObject(out, "text", text);
    cJSON_AddStringToObject(out, "sign", sign);
    free(text);
    if (param == NULL || app_id == NULL || !gateway_key(app_id, in->key, key))
        return CTL_OK;
    char *closed = gateway_encrypt(param, key);
    cJSON_AddStringToObject(out, "encryptData", closed);
    free(closed);
    return CTL_OK;
}

static const struct {
    const char *scheme;
    enum ctl_exit (*sign)(const struct signing *in, const cJSON *message, cJSON *out);
} schemes[] = {{"upp", sign_as_upp},
               {"tongji", sign_as_tongji},
               {"envelope", sign_as_envelope},
               {"gateway", sign_as_gateway}};

/* sign SCHEME [JSON|-] --key K [--private HEX] */
static bool parse_sign(int argc, char **argv, struct signing *in) {
    for (int i = 1; i < argc; i++) {
        const char **to = strcmp(argv[i], "--key") == 0       ? &in->key
                          : strcmp(argv[i], "--private") == 0 ? &in->private_key
                                                              : NULL;
        if (to != NULL && i + 1 < argc)
            *to = argv[++i];
        else if (to != NULL || strncmp(argv[i], "--", 2) == 0)
            return false;
        else if (in->scheme == NULL)
            in->scheme = argv[i];
        else if (in->message == NULL)
            in->message = argv[i];
        else
            return false;
    }
    return in->scheme != NULL && in->key != NULL;
}

static enum ctl_exit sign_by_scheme(const struct ctl *ctl, const struct signing *in, size_t scheme,
                                    const cJSON *message) {
    cJSON *out = cJSON_CreateObject();
    enum ctl_exit code = schemes[scheme].sign(in, message, out);
    char *json = wire_print(out, false);
    if (code == CTL_OK)
        puts(ctl->json ? json : wire_text(out, "sign"));
    free(json);
    cJSON_Delete(out);
    return code;
}

enum ctl_exit ctl_sign(struct ctl *ctl, int argc, char **argv) {
    struct signing in = {0};
    if (!parse_sign(argc, argv, &in))
        return ctl_usage("sign");
    size_t scheme = 0, count = sizeof schemes / sizeof schemes[0];
    while (scheme < count && strcmp(schemes[scheme].scheme, in.scheme) != 0)
        scheme++;
    if (scheme == count)
        return ctl_say(CTL_REFUSED, "%s: expected upp, tongji, envelope or gateway", in.scheme);
    cJSON *message = input_json(in.message);
    if (message == NULL)
        return CTL_REFUSED;
    enum ctl_exit code = sign_by_scheme(ctl, &in, scheme, message);
    cJSON_Delete(message);
    return code;
}
