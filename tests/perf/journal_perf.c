/* What a commit of the journal costs beside a bare append + fdatasync on the same disk, and how
 * fast a journal of 10,000 orders opens. Usage: journal_perf [FOLDER] */
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "app/journal/journal.h"
#include "tests/support/one_leg.h"

#define ORDERS 10000
#define BATCH 64
#define ROUNDS 200
#define APPEND_SIZE 4096
#define WALL_MS INT64_C(1795000000000)

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

static void must(bool good, const char *what) {
    if (good)
        return;
    fprintf(stderr, "journal_perf: %s failed\n", what);
    exit(1);
}

static void fill(struct order *order, int n) {
    memset(order, 0, sizeof *order);
    snprintf(order->no, sizeof order->no, "2611201200000001%04u", (unsigned)n % 10000);
    order->service = SERVICE_BILLS;
    order->created_ms = WALL_MS + n;
    order->person.account_type = ACCOUNT_OUTPATIENT;
    snprintf(order->person.keys.id, PATIENT_KEY_SIZE, "%064d", n % 3000);
    snprintf(order->person.mdtrt_cert_no, TRACE_NO_SIZE, "C1%07d", n);
    order->leg_count = order->claim_count = 1;
    order->legs[0] = (struct leg){.route = ROUTE_UPP, .channel = CHANNEL_WECHAT, .amount = {100}};
    memcpy(order->legs[0].no, order->no, ORDER_NO_SIZE);
    order->claims[0].amount.fen = 100;
    snprintf(order->claims[0].org_trace_no, TRACE_NO_SIZE, "B%d", n);
    one_leg_pays(order);
}

static void credit(struct order *order) {
    order->legs[0].state = LEG_PAID;
    order->claims[0].state = CLAIM_DONE;
}

static struct journal_write write_of(const struct order *order, enum note note) {
    static struct part_note notes[NOTE_COUNT];
    notes[note] = (struct part_note){(uint8_t)note, 0, PART_NONE, PART_NONE};
    return (struct journal_write){
        .order = order,
        .notes = &notes[note],
        .note_count = 1,
        .wall_ms = WALL_MS,
        .evidence = "{\"result\":\"true\",\"data\":{\"tradeStatus\":\"pay_success\"}}"};
}

/* Settled orders, many to a transaction; the last three stay open. */
static void fill_journal(struct journal *journal) {
    struct order *orders = calloc(BATCH, sizeof *orders);
    struct journal_write writes[BATCH];
    struct hold holds[BATCH];
    must(orders != NULL, "memory");
    for (int n = 0; n < ORDERS; n += BATCH) {
        int count = n + BATCH < ORDERS ? BATCH : ORDERS - n;
        for (int i = 0; i < count; i++) {
            fill(&orders[i], n + i);
            if (n + i < ORDERS - 3)
                credit(&orders[i]);
            writes[i] = write_of(&orders[i], NOTE_CREDITED);
            holds[i].claim = 0;
            snprintf(holds[i].key, sizeof holds[i].key, "bill %d", n + i);
            writes[i].holds = &holds[i];
            writes[i].hold_count = 1;
        }
        must(journal_commit(journal, writes, count) == JOURNAL_OK, "filling");
    }
    must(journal_checkpoint(journal) == JOURNAL_OK, "checkpoint");
    free(orders);
}

static int64_t measure_append(const char *folder) {
    static char bytes[APPEND_SIZE] = "x";
    int64_t took[ROUNDS];
    char path[512];
    snprintf(path, sizeof path, "%s/append", folder);
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0600);
    must(file >= 0, "the file to append to");
    for (int i = 0; i < ROUNDS; i++) {
        int64_t before = now_us();
        must(write(file, bytes, sizeof bytes) == (ssize_t)sizeof bytes, "append");
        must(fdatasync(file) == 0, "fdatasync");
        took[i] = now_us() - before;
    }
    close(file);
    unlink(path);
    return median(took, ROUNDS);
}

static int64_t measure_commit(struct journal *journal) {
    struct order *order = malloc(sizeof *order);
    int64_t took[ROUNDS];
    must(order != NULL, "memory");
    fill(order, ORDERS - 1);
    for (int i = 0; i < ROUNDS; i++) {
        order->legs[0].place_tries ^= 1;
        struct journal_write write = write_of(order, NOTE_PLACED);
        int64_t before = now_us();
        must(journal_commit(journal, &write, 1) == JOURNAL_OK, "commit");
        took[i] = now_us() - before;
        if (i % 8 == 7) /* a visit later nobody waits */
            must(journal_checkpoint(journal) == JOURNAL_OK, "checkpoint");
    }
    free(order);
    return median(took, ROUNDS);
}

static bool count_order(void *context, const struct order *order) {
    *(int *)context += order->leg_count;
    return true;
}

static int64_t measure_open(const struct journal_options *options) {
    struct journal *journal;
    char last[ORDER_NO_SIZE];
    int count = 0;
    int64_t before = now_us();
    must(journal_open(options, &journal) == JOURNAL_OK, "opening");
    must(journal_last_no(journal, last) == JOURNAL_OK, "last number");
    must(journal_each_open(journal, count_order, &count) == JOURNAL_OK && count == 3,
         "open orders");
    int64_t took = now_us() - before;
    journal_close(journal);
    return took;
}

static int64_t measure_verify(const struct journal_options *options) {
    struct journal *journal;
    struct journal_finding finding;
    must(journal_open(options, &journal) == JOURNAL_OK, "opening");
    int64_t before = now_us();
    must(journal_verify(journal, &finding) == JOURNAL_OK && finding.good, "verify");
    int64_t took = now_us() - before;
    journal_close(journal);
    return took;
}

static void clean(const char *path) {
    static const char *const ends[] = {"", "-wal", "-shm", ".identity"};
    char name[600];
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        snprintf(name, sizeof name, "%s%s", path, ends[i]);
        unlink(name);
    }
}

int main(int argc, char **argv) {
    const char *folder = argc > 1 ? argv[1] : ".";
    char path[512];
    snprintf(path, sizeof path, "%s/journal_perf.db", folder);
    clean(path);
    struct journal_options options = {.path = path, .terminal_id = "K1"};
    struct journal *journal;
    must(journal_open(&options, &journal) == JOURNAL_OK, "opening");
    fill_journal(journal);
    int64_t append = measure_append(folder), commit = measure_commit(journal);
    journal_close(journal);
    int64_t first = measure_open(&options), second = measure_open(&options);
    printf("append + fdatasync of %d bytes  %6" PRId64 " us\n", APPEND_SIZE, append);
    printf("one journal commit             %6" PRId64 " us  (%.2f x, at most 2)\n", commit,
           (double)commit / (double)append);
    printf("open, %d orders, 3 open     %6" PRId64 " us, again %" PRId64 " us  (at most 5000)\n",
           ORDERS, first, second);
    printf("verify                         %6" PRId64 " ms\n", measure_verify(&options) / 1000);
    clean(path);
    return commit <= 2 * append && second <= 5000 ? 0 : 1;
}
