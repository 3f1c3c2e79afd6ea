/* The chain of hashes: each event is hashed with the hash of the event before it. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "app/base/log.h"
#include "app/journal/parts.h"

static void hash_begin(struct journal *journal) {
    ENSURE(EVP_DigestInit_ex2(journal->digest, journal->sha256, NULL) == 1);
}

/* Every field with its length before it, so that no two lists of fields give the same bytes. */
static void hash_number(struct journal *journal, const char *field) {
    char prefix[24];
    size_t length = strlen(field);
    int digits = snprintf(prefix, sizeof prefix, "%zu:", length);
    ENSURE(EVP_DigestUpdate(journal->digest, prefix, (size_t)digits) == 1);
    ENSURE(EVP_DigestUpdate(journal->digest, field, length) == 1);
}

static void add_number(struct journal *journal, int64_t number) {
    char digits[24];
    snprintf(digits, sizeof digits, "%" PRId64, number);
    hash_number(journal, digits);
}

static void end_digest(struct journal *journal, char out[HASH_SIZE]) {
    static const char hex[] = "0123456789abcdef";
    unsigned char bytes[32];
    unsigned length;
    ENSURE(EVP_DigestFinal_ex(journal->digest, bytes, &length) == 1 && length == sizeof bytes);
    for (unsigned i = 0; i < length; i++) {
        out[2 * i] = hex[bytes[i] >> 4];
        out[2 * i + 1] = hex[bytes[i] & 15];
    }
    out[HASH_SIZE - 1] = '\0';
}

void chain_genesis(struct journal *journal, const char *terminal_id, char out[HASH_SIZE]) {
    hash_begin(journal);
    hash_number(journal, "hopkiosk journal");
    hash_number(journal, terminal_id);
    end_digest(journal, out);
}

void chain_hash(struct journal *journal, const char *previous, const struct journal_event *event,
                char out[HASH_SIZE]) {
    hash_begin(journal);
    hash_number(journal, previous);
    add_number(journal, event->number);
    add_number(journal, event->wall_ms);
    hash_number(journal, event->order_no);
    hash_number(journal, event->note);
    hash_number(journal, event->payload);
    hash_number(journal, event->evidence);
    end_digest(journal, out);
}

void chain_seal(struct journal *journal, const char *order_no, const struct retry_row *row,
                const struct caller_words *words, char out[HASH_SIZE]) {
    hash_begin(journal);
    hash_number(journal, order_no);
    hash_number(journal, row->salt);
    hash_number(journal, row->mdtrt_cert_type);
    hash_number(journal, row->mdtrt_cert_no);
    hash_number(journal, row->cert_no);
    hash_number(journal, row->his_cust_id);
    hash_number(journal, row->his_cust_type);
    if (row->whole_name[0] != '\0' || row->pay_token[0] != '\0') { /* since version 17 */
        hash_number(journal, row->whole_name);
        hash_number(journal, row->pay_token);
    }
    if (words->operation != NULL) { /* since version 20 */
        hash_number(journal, "caller_words");
        hash_number(journal, words->operation);
        hash_number(journal, words->members);
    }
    end_digest(journal, out);
}
