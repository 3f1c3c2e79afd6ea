#include "app/base/pin.h"

#include <inttypes.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define SALT_BYTES 16
#define KEY_BYTES 32
/* The cost of a new hash: 16 MB and some 50 ms. */
#define COST_N 16384
#define COST_R 8
#define COST_P 1
#define MEMORY_BYTES_MAX (UINT64_C(64) << 20)

struct parsed {
    uint64_t n, r, p;
    uint8_t salt[SALT_BYTES], key[KEY_BYTES];
};

static int hex_nibble(char c) {
    const char *digits = "0123456789abcdef", *at = c ? strchr(digits, c) : NULL;
    return at ? (int)(at - digits) : -1;
}

/* Reads exactly `count` bytes in hexadecimal, then `end`. Returns the text behind it, or NULL. */
static const char *read_hex(const char *text, uint8_t *out, int count, char end) {
    for (int i = 0; i < count; i++, text += 2) {
        int high = hex_nibble(text[0]), low = high < 0 ? -1 : hex_nibble(text[1]);
        if (low < 0)
            return NULL;
        out[i] = (uint8_t)(high << 4 | low);
    }
    return *text == end ? text + 1 : NULL;
}

static void write_hex(const uint8_t *bytes, int count, char *out) {
    for (int i = 0; i < count; i++)
        snprintf(out + 2 * i, 3, "%02x", bytes[i]);
}

static bool parse_hash(const char *hash, struct parsed *out) {
    int length = 0;
    if (sscanf(hash, "scrypt:%7" SCNu64 ":%2" SCNu64 ":%2" SCNu64 ":%n", &out->n, &out->r, &out->p,
               &length) != 3 ||
        length == 0)
        return false;
    const char *rest = read_hex(hash + length, out->salt, SALT_BYTES, ':');
    if (!rest || !read_hex(rest, out->key, KEY_BYTES, '\0'))
        return false;
    return out->n >= COST_N && (out->n & (out->n - 1)) == 0 && out->r >= 1 && out->p >= 1 &&
           out->p <= 4 && 128 * out->n * out->r <= MEMORY_BYTES_MAX / 2;
}

static bool derive_key(const char *pin, const struct parsed *cost, uint8_t out[KEY_BYTES]) {
    return EVP_PBE_scrypt(pin, strlen(pin), cost->salt, SALT_BYTES, cost->n, cost->r, cost->p,
                          MEMORY_BYTES_MAX, out, KEY_BYTES) == 1;
}

bool pin_is_valid(const char *pin) {
    size_t length = strlen(pin);
    return length >= PIN_DIGITS_MIN && length <= PIN_DIGITS_MAX &&
           pin[strspn(pin, "0123456789")] == '\0';
}

bool pin_hash(const char *pin, char out[PIN_HASH_SIZE]) {
    struct parsed made = {.n = COST_N, .r = COST_R, .p = COST_P};
    char salt[2 * SALT_BYTES + 1], key[2 * KEY_BYTES + 1];
    if (!pin_is_valid(pin) || RAND_bytes(made.salt, SALT_BYTES) != 1 ||
        !derive_key(pin, &made, made.key))
        return false;
    write_hex(made.salt, SALT_BYTES, salt);
    write_hex(made.key, KEY_BYTES, key);
    snprintf(out, PIN_HASH_SIZE, "scrypt:%d:%d:%d:%s:%s", COST_N, COST_R, COST_P, salt, key);
    return true;
}

bool pin_hash_is_valid(const char *hash) {
    struct parsed parsed;
    return parse_hash(hash, &parsed);
}

bool pin_matches(const char *pin, const char *hash) {
    struct parsed parsed;
    uint8_t key[KEY_BYTES];
    return pin_is_valid(pin) && parse_hash(hash, &parsed) && derive_key(pin, &parsed, key) &&
           CRYPTO_memcmp(key, parsed.key, KEY_BYTES) == 0;
}
