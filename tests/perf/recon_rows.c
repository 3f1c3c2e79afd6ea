/* Reconciliation, measured in a process of its own: `recon_rows write DIR COUNT` writes a.csv and
 * b.csv with 1 % differences, `recon_rows run DIR` reads, matches, judges and adds them up.
 * `json DIR COUNT` writes the same rows as the documents' answers, yuntaiBills (upp 4.9) and the
 * hospital's bills (5.1), which `run-json DIR` reads. */
#include <inttypes.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/recon/report.h"

#define TERMINALS 200
#define HEAD "kind,payment_no,out_no,amount,time,channel,state\n"

static uint64_t drawn = 88172645463325252u;

static uint32_t draw(uint32_t below) {
    drawn ^= drawn << 13;
    drawn ^= drawn >> 7;
    drawn ^= drawn << 17;
    return (uint32_t)(drawn >> 11) % below;
}

static void write_row(FILE *out, uint32_t n, uint32_t fen) {
    static const char *const channels[] = {"wechat", "alipay", "unionpay"};
    uint32_t minute = n / TERMINALS % 1440, serial = n / TERMINALS;
    fprintf(out,
            "payment,261127%02u%02uX%u%04u%04u,42000000%016" PRIu64
            ",%u.%02u,2026-11-27 %02u:%02u:%02u,%s,done\n",
            minute / 60, minute % 60, serial / 10000 % 10, n % TERMINALS, serial % 10000,
            (uint64_t)n * 1000003, fen / 100, fen % 100, minute / 60, minute % 60, n % 60,
            channels[n % 3]);
}

/* The members of 4.9 and of 5.1, in their documents' order. */
static void write_bill(FILE *out, uint32_t n, uint32_t fen, bool platform) {
    static const char *const channels[] = {"ten", "ali", "uni"};
    uint32_t minute = n / TERMINALS % 1440, serial = n / TERMINALS;
    char time[20], no[32], out_no[32];
    snprintf(time, sizeof time, "2026-11-27 %02u:%02u:%02u", minute / 60, minute % 60, n % 60);
    snprintf(no, sizeof no, "261127%02u%02uX%u%04u%04u", minute / 60, minute % 60,
             serial / 10000 % 10, n % TERMINALS, serial % 10000);
    snprintf(out_no, sizeof out_no, "42000000%016" PRIu64, (uint64_t)n * 1000003);
    if (platform)
        fprintf(
            out,
            "{\"partnerId\":12345,\"isvId\":20000,\"tradeType\":\"pay\",\"bizType\":"
            "\"scan_pay\",\"channelType\":\"%s\",\"channelProduct\":\"%s_scan_code\","
            "\"billsDate\":\"2026-11-27\",\"derateFee\":0.00,\"tradeFee\":%u.%02u,"
            "\"tradeTime\":\"%s\",\"outTradeNo\":\"%s\",\"inTradeNo\":\"%s\",\"tradeNo\":\"%s\","
            "\"balanceNo\":\"\",\"districtId\":\"\",\"sourceType\":\"outpatient\"}",
            channels[n % 3], channels[n % 3], fen / 100, fen % 100, time, out_no, out_no, no);
    else
        fprintf(
            out,
            "{\"tradeType\":\"pay\",\"tradeFee\":%u.%02u,\"tradeTime\":\"%s\",\"outTradeNo\":"
            "\"%s\",\"inTradeNo\":\"%s\",\"tradeNo\":\"%s\",\"channelType\":\"%s\",\"bizType\":"
            "\"scan_pay\",\"districtId\":\"\",\"sourceType\":\"outpatient\",\"payType\":\"self\","
            "\"statType\":\"\",\"deviceNo\":\"\",\"empno\":\"\"}",
            fen / 100, fen % 100, time, out_no, out_no, no, channels[n % 3]);
}

static void shuffle_rows(uint32_t *order, uint32_t count) {
    for (uint32_t i = 0; i < count; i++)
        order[i] = i;
    for (uint32_t i = count; i > 1; i--) {
        uint32_t k = draw(i), kept = order[k];
        order[k] = order[i - 1];
        order[i - 1] = kept;
    }
}

/* Of a row, by its number alone: its amount, and in 1 of 300 each what differs. */
static uint32_t fen_of(uint32_t n) {
    return 100 + (uint32_t)((uint64_t)n * UINT64_C(0x9e3779b97f4a7c15) >> 45);
}

static uint32_t difference_of(uint32_t n) {
    return (uint32_t)((uint64_t)n * UINT64_C(0xd6e8feb86659fd93) >> 40) % 300;
}

static FILE *open_rows(const char *folder, const char *name) {
    char path[512];
    snprintf(path, sizeof path, "%s/%s.csv", folder, name);
    FILE *out = fopen(path, "w");
    if (!out) {
        perror(path);
        exit(1);
    }
    fputs(HEAD, out);
    return out;
}

static int write_files(const char *folder, uint32_t count) {
    uint32_t *order = malloc(count * sizeof *order);
    if (!order)
        return 1;
    FILE *here = open_rows(folder, "a"), *there = open_rows(folder, "b");
    shuffle_rows(order, count);
    for (uint32_t n = 0; n < count; n++) {
        if (difference_of(n) != 0)
            write_row(here, n, fen_of(n));
        if (difference_of(order[n]) != 1)
            write_row(there, order[n], fen_of(order[n]) + (difference_of(order[n]) == 2));
    }
    free(order);
    return fclose(here) | fclose(there);
}

static int write_answers(const char *folder, uint32_t count) {
    uint32_t *order = malloc(count * sizeof *order);
    FILE *out[2];
    bool any[2] = {false, false};
    if (!order)
        return 1;
    for (int i = 0; i < 2; i++) {
        char path[512];
        snprintf(path, sizeof path, "%s/%s.json", folder, i ? "b" : "a");
        out[i] = fopen(path, "w");
        if (!out[i])
            return 1;
        fputs(i ? "{\"data\":[" : "{\"result\":true,\"kind\":\"0\",\"sign\":\"x\",\"data\":[",
              out[i]);
    }
    shuffle_rows(order, count);
    for (uint32_t n = 0; n < count; n++)
        for (int i = 0; i < 2; i++) {
            uint32_t row = i ? order[n] : n;
            if (difference_of(row) == (uint32_t)i)
                continue;
            fputs(any[i] ? "," : "", out[i]);
            any[i] = true;
            write_bill(out[i], row, fen_of(row) + (i && difference_of(row) == 2), i == 0);
        }
    free(order);
    fputs("]}\n", out[0]);
    fputs("]}\n", out[1]);
    return fclose(out[0]) | fclose(out[1]);
}

static double seconds(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static long anonymous_kb(void) {
    char line[256];
    long kb = 0;
    FILE *status = fopen("/proc/self/status", "r");
    while (status && fgets(line, sizeof line, status))
        if (sscanf(line, "RssAnon: %ld", &kb) == 1)
            break;
    if (status)
        fclose(status);
    return kb;
}

/* The most that there was, looked at every few milliseconds: what linking takes is gone at the end.
 */
static atomic_long most_kb;

static void look_at_memory(void) {
    long kb = anonymous_kb();
    if (kb > atomic_load(&most_kb))
        atomic_store(&most_kb, kb);
}

static void *watch_memory(void *nothing) {
    const struct timespec pause = {0, 5000000};
    for (;; nanosleep(&pause, NULL))
        look_at_memory();
    return nothing;
}

static int run_files(const char *folder, bool json) {
    static const char *const formats[2][2] = {{"rows", "rows"}, {"upp", "his"}};
    static struct recon_ledger ledger;
    static struct recon_result result;
    static struct recon_totals totals;
    static const struct recon_rules rules = {RECON_WINDOW_S, RECON_LATE_S};
    pthread_t watcher;
    char paths[2][512];
    double wall = seconds(CLOCK_MONOTONIC), cpu = seconds(CLOCK_THREAD_CPUTIME_ID);
    if (pthread_create(&watcher, NULL, watch_memory, NULL) != 0)
        return 1;
    recon_ledger_init(&ledger);
    for (int i = 0; i < 2; i++) {
        snprintf(paths[i], sizeof paths[i], "%s/%s.%s", folder, i ? "b" : "a",
                 json ? "json" : "csv");
        if (!recon_ledger_read(&ledger, formats[json][i], paths[i])) {
            fprintf(stderr, "%s\n", ledger.complaint.text);
            return 1;
        }
    }
    if (!recon_match(&ledger))
        return 1;
    recon_judge(&ledger, &rules, &result);
    recon_totals_take(&ledger, &result, &totals);
    if (!recon_sums_hold(&ledger, &result))
        return 1;
    look_at_memory();
    printf("%s %10" PRId64 " rows: %.3f s (%.3f s of one CPU), %ld MB anonymous; agree %" PRId64
           " here %" PRId64 " there %" PRId64 " amount %" PRId64 "\n",
           json ? "json " : "recon", ledger.sources[0].rows, seconds(CLOCK_MONOTONIC) - wall,
           seconds(CLOCK_THREAD_CPUTIME_ID) - cpu, atomic_load(&most_kb) / 1024,
           result.classes[RECON_AGREE].deals, result.classes[RECON_MISSING_HERE].deals,
           result.classes[RECON_MISSING_THERE].deals, result.classes[RECON_AMOUNT_DIFFERS].deals);
    return 0;
}

int main(int argc, char **argv) {
    if (argc == 4 && !strcmp(argv[1], "write"))
        return write_files(argv[2], (uint32_t)strtoul(argv[3], NULL, 10));
    if (argc == 3 && !strcmp(argv[1], "run"))
        return run_files(argv[2], false);
    if (argc == 4 && !strcmp(argv[1], "json"))
        return write_answers(argv[2], (uint32_t)strtoul(argv[3], NULL, 10));
    if (argc == 3 && !strcmp(argv[1], "run-json"))
        return run_files(argv[2], true);
    fputs("usage: recon_rows write|json DIR COUNT | run|run-json DIR\n", stderr);
    return 2;
}
