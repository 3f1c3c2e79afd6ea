/* The staff's PIN, kept only as a hash that is slow to guess: "scrypt:N:r:p:SALT:HASH", salt and
 * hash in hexadecimal. Main thread; a check takes some 50 ms. */
#ifndef HOPKIOSK_BASE_PIN_H
#define HOPKIOSK_BASE_PIN_H

#include <stdbool.h>

#define PIN_DIGITS_MIN 6
#define PIN_DIGITS_MAX 12
#define PIN_HASH_SIZE 144

/* True for digits only, as many as a PIN may have. */
bool pin_is_valid(const char *pin);
/* Hashes with a new salt. False when it is no PIN or there is no randomness. */
__attribute__((warn_unused_result)) bool pin_hash(const char *pin, char out[PIN_HASH_SIZE]);
/* True for a hash that this program can check at a bounded cost. */
bool pin_hash_is_valid(const char *hash);
bool pin_matches(const char *pin, const char *hash);

#endif
