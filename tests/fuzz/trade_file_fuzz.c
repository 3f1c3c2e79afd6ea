/* Any bytes as a trade file, with the digest that they have: a bounded file comes out, or a word of
 * what is wrong. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/evp.h>

#include "app/wire/packed_csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    char hex[41], *text = NULL;
    size_t written = 0;
    EVP_Digest(data, size, digest, &length, EVP_sha1(), NULL);
    for (unsigned i = 0; i < 20; i++)
        snprintf(hex + 2 * i, 3, "%02x", digest[i]);
    FILE *out = open_memstream(&text, &written);
    const char *wrong = packed_csv_unpack(data, size, hex, out);
    fclose(out);
    if (written > PACKED_CSV_MAX + (1u << 16) ||
        (wrong == NULL && written >= 4 && memcmp(text, "PK\003\004", 4) == 0))
        abort();
    free(text);
    return 0;
}
