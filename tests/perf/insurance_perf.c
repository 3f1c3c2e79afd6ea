/* What the insurance's messages cost: a 4 KB message signed and encrypted, by SM3 and by SM2, and a
 * list of fees of 1 MB read. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/config/terminal_rows.h"
#include "app/platform/his/his.h"
#include "app/wire/envelope.h"
#include "app/wire/json.h"
#include "app/wire/sealed.h"

#define ROUNDS 201
#define MESSAGE_SIZE 4096
#define LIST_SIZE (1u << 20)
#define APP_ID "43AF047BBA47FC8A1AE8EFB232BDBBCB"
#define SECRET "4117E877F5FA0A0188891283E4B617D5"
/* Of tests/vectors/envelope.json. */
#define PRIVATE "211fee8c3c5fee2fad3dc926fc9403366d2def02cdd0bb5bd683ca015d99db7f"

static int64_t now_us(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000 + time.tv_nsec / 1000;
}

static int ascending(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static int64_t median(int64_t *values, int count) {
    qsort(values, (size_t)count, sizeof *values, ascending);
    return values[count / 2];
}

static void seal_once(const struct sealed_keys *keys, const char *text) {
    cJSON *data = cJSON_CreateObject();
    cJSON_AddStringToObject(data, "medOrgOrd", "P32165835646");
    cJSON_AddStringToObject(data, "extData", text);
    cJSON *message = sealed_message(keys, data, "20261120101112", "2.0.1");
    char *body = sealed_body(keys, message);
    free(body);
    cJSON_Delete(message);
}

static void measure_seal(const char *how, const struct sealed_keys *keys) {
    static char text[MESSAGE_SIZE];
    static int64_t took[ROUNDS];
    memset(text, 'x', sizeof text - 1);
    for (int i = 0; i < ROUNDS; i++) {
        int64_t begun_us = now_us();
        seal_once(keys, text);
        took[i] = now_us() - begun_us;
    }
    printf("4 KB signed by %s and encrypted: %" PRId64 " us (wanted: at most 200)\n", how,
           median(took, ROUNDS));
}

static char *fee_list(size_t *length) {
    char *text = NULL;
    FILE *out = open_memstream(&text, length);
    fputs("{\"code\":1,\"message\":\"x\",\"data\":{\"medOrgOrd\":\"T1\",\"medfeeSumamt\":\"40.12\","
          "\"feedetailList\":[",
          out);
    for (int i = 0; ftell(out) < (long)LIST_SIZE; i++)
        fprintf(out,
                "%s{\"feedetlSn\":\"%d\",\"chrgBchno\":\"MZ10000001-1\",\"rxCircFlag\":\"0\","
                "\"feeOcurTime\":\"2026-11-20 10:11:12\",\"medListCodg\":\"001101000010000\","
                "\"detItemFeeSumamt\":\"40.123456\",\"cnt\":\"1.0000\",\"pric\":\"40.123456\","
                "\"bilgDeptName\":\"呼吸内科\",\"medListName\":\"胸部CT平扫\"}",
                i == 0 ? "" : ",", i);
    fputs("]}}", out);
    fclose(out);
    return text;
}

static void measure_list(void) {
    static const struct config config;
    static int64_t took[ROUNDS];
    size_t length = 0;
    char *text = fee_list(&length);
    for (int i = 0; i < ROUNDS; i++) {
        struct wire_reading reading;
        int64_t begun_us = now_us();
        platform_his.read(&config, "mmpcFees", NULL, 200, text, length, &reading);
        took[i] = now_us() - begun_us;
        if (reading.outcome != OUTCOME_ACCEPTED) {
            fprintf(stderr, "insurance_perf: %s\n", reading.message);
            exit(1);
        }
        wire_reading_free(&reading);
    }
    printf("a fee list of 1 MB read: %" PRId64 " us (wanted: at most 20000)\n",
           median(took, ROUNDS));
    free(text);
}

int main(void) {
    char public[ENVELOPE_PUBLIC_SIZE];
    if (!envelope_sm2_public(PRIVATE, public))
        return 1;
    measure_seal("SM3", &(struct sealed_keys){APP_ID, SECRET, NULL, NULL, NULL});
    measure_seal("SM2", &(struct sealed_keys){APP_ID, SECRET, PRIVATE, NULL, public});
    measure_list();
    return 0;
}
