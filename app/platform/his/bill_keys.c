/* What a bill is, whatever its numbers: a HIS may give it new ones at every ORG_002. */
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"
#include "app/platform/his/his.h"
#include "app/wire/json.h"

/* One line's own number, and whose line it is. */
struct numbered_line {
    const char *sn;
    int bill;
};

/* feedetl_sn of ORG_002's rxlist: "" or longer than its 40 characters is none. */
static const char *line_number(const cJSON *row) {
    const char *sn = wire_text(row, "feedetl_sn");
    return sn != NULL && strlen(sn) < TRACE_NO_SIZE ? sn : "";
}

void his_name_line(const char *institution, const cJSON *row, struct bill_line *line) {
    const char *sn = line_number(row);
    line->key[0] = '\0';
    if (*sn != '\0' &&
        snprintf(line->key, sizeof line->key, "sn|%s|%s", institution, sn) >= HOLD_KEY_SIZE)
        line->key[0] = '\0';
}

static int compare_keys(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void digest_keys(const char *visit, const char *const *keys, int count,
                        char out[BILL_KEY_SIZE]) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    ENSURE(context != NULL && EVP_DigestInit_ex(context, EVP_sha256(), NULL) == 1);
    EVP_DigestUpdate(context, visit, strlen(visit) + 1);
    for (int i = 0; i < count; i++)
        EVP_DigestUpdate(context, keys[i], strlen(keys[i]) + 1);
    ENSURE(EVP_DigestFinal_ex(context, digest, NULL) == 1);
    EVP_MD_CTX_free(context);
    for (int i = 0; i < (BILL_KEY_SIZE - 1) / 2; i++)
        snprintf(out + 2 * i, 3, "%02x", digest[i]);
}

void his_name_bill(const cJSON *row, const struct bill_list *list, struct bill *bill) {
    const char *keys[BILL_LINES_MAX];
    const char *visit = wire_text(row, "mdtrt_id");
    bill->key[0] = '\0';
    for (int i = 0; i < bill->line_count; i++) {
        keys[i] = list->lines[bill->first_line + i].key;
        if (keys[i][0] == '\0')
            return;
    }
    if (bill->line_count == 0)
        return;
    qsort(keys, (size_t)bill->line_count, sizeof *keys, compare_keys);
    digest_keys(visit != NULL ? visit : "", keys, bill->line_count, bill->key);
}

static int compare_lines(const void *a, const void *b) {
    return strcmp(((const struct numbered_line *)a)->sn, ((const struct numbered_line *)b)->sn);
}

/* Does a number stand in two bills? */
static bool any_shared(struct numbered_line *lines, int count) {
    qsort(lines, (size_t)count, sizeof *lines, compare_lines);
    for (int i = 1; i < count; i++)
        if (strcmp(lines[i - 1].sn, lines[i].sn) == 0 && lines[i - 1].bill != lines[i].bill)
            return true;
    return false;
}

void his_forget_shared_lines(struct bill_list *list) {
    struct numbered_line *lines = calloc((size_t)list->line_count + 1, sizeof *lines);
    int count = 0;
    ENSURE(lines != NULL);
    for (int i = 0; i < list->bill_count; i++)
        for (int j = 0; j < list->bills[i].line_count; j++) {
            const char *key = list->lines[list->bills[i].first_line + j].key;
            if (key[0] != '\0')
                lines[count++] = (struct numbered_line){key, i};
        }
    bool shared = any_shared(lines, count);
    free(lines);
    for (int i = 0; shared && i < list->line_count; i++)
        list->lines[i].key[0] = '\0';
    for (int i = 0; shared && i < list->bill_count; i++)
        list->bills[i].key[0] = '\0';
}
