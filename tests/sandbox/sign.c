#include "tests/sandbox/sign.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sandbox/message.h"

static bool is_empty(const cJSON *item) {
    return cJSON_IsNull(item) || (cJSON_IsString(item) && item->valuestring[0] == '\0');
}

static int by_name(const void *a, const void *b) {
    return strcmp((*(const cJSON *const *)a)->string, (*(const cJSON *const *)b)->string);
}

static cJSON *canonical(const cJSON *item, bool is_root);

static cJSON *canonical_object(const cJSON *object, bool is_root) {
    size_t room = (size_t)cJSON_GetArraySize(object) + 1, count = 0;
    const cJSON **members = calloc(room, sizeof *members);
    cJSON *out = cJSON_CreateObject();
    if (members == NULL || out == NULL)
        abort();
    for (const cJSON *child = object->child; child != NULL; child = child->next) {
        /* Only the root's own sign is left out: data.sign is the payment link. */
        if (!is_empty(child) && !(is_root && strcmp(child->string, "sign") == 0))
            members[count++] = child;
    }
    qsort(members, count, sizeof *members, by_name);
    for (size_t i = 0; i < count; i++)
        cJSON_AddItemToObject(out, members[i]->string, canonical(members[i], false));
    free(members);
    return out;
}

static cJSON *canonical(const cJSON *item, bool is_root) {
    if (cJSON_IsObject(item))
        return canonical_object(item, is_root);
    if (cJSON_IsArray(item)) {
        cJSON *out = cJSON_CreateArray();
        for (const cJSON *child = item->child; child != NULL; child = child->next)
            cJSON_AddItemToArray(out, canonical(child, false));
        return out;
    }
    if (cJSON_IsBool(item))
        return cJSON_CreateString(cJSON_IsTrue(item) ? "true" : "false");
    return cJSON_CreateString(item->valuestring);
}

char *sign_base(const cJSON *message) {
    cJSON *tree = canonical(message, true);
    char *text = cJSON_PrintUnformatted(tree);
    cJSON_Delete(tree);
    return text;
}

void md5_hex(const char *text, char out[SIGN_SIZE]) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    EVP_Digest(text, strlen(text), digest, &length, EVP_md5(), NULL);
    for (unsigned i = 0; i < length && i < 16; i++)
        snprintf(out + (size_t)i * 2, 3, "%02x", digest[i]);
}

void sign_make(const cJSON *message, const char *key, char out[SIGN_SIZE]) {
    char *base = sign_base(message);
    size_t size = strlen(base) + strlen(key) + 1;
    char *text = malloc(size);
    if (text == NULL)
        abort();
    snprintf(text, size, "%s%s", base, key);
    md5_hex(text, out);
    free(text);
    free(base);
}

bool sign_good(const cJSON *message, const char *key) {
    char sign[SIGN_SIZE];
    sign_make(message, key, sign);
    return strcmp(sign, message_get(message, "sign")) == 0;
}
