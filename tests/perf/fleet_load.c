/* Many simulated terminals before one database. A player writes events into their journals as time
 * passes: orders of the simulator (build/sim --journals), each with a number of its own and a newly
 * computed chain, so many an hour at each terminal. The real replicator brings them to the
 * database. Prints how long each event was under way, from its commit until the database had it.
 *
 *   fleet_load --templates FOLDER --journals FOLDER --terminals N --seconds S [--orders PER_HOUR]
 *       [--gap MS] [--first N] [--ways FILE]
 *       [--database STRING [--interval SECONDS] [--threads N] [--pooled] [--settle]]
 *
 * Without --database nothing is sent: a player for a fleet process that runs elsewhere. --pooled:
 * the batches of a thread share a connection, as behind a pooler; else each has its own, as a
 * terminal's.
 * --settle: goes on until every terminal has asked once more what the database has. A process may
 * hold too few files for all terminals: --first gives those of this one their numbers. */
#include <fcntl.h>
#include <getopt.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/core/terms/types.h"
#include "app/fleet/replicator.h"
#include "tests/support/order_templates.h"

#define EVENTS_A_TERMINAL 1024
#define HISTOGRAM_MS 900000
#define DRAIN_MS 300000
#define LIFE_MS 315000 /* within which a terminal without an event asks what the database has */
#define LOOK_MS 2000
/* As long as what a kiosk keeps of an exchange on an average. */
static const char evidence[] =
    "{\"operation\":\"upp "
    "paymentQuery\",\"outcome\":\"accepted\",\"code\":\"0\",\"message\":\"\",\"http\":200,\"ms\":"
    "41,\"asked\":{\"bizType\":\"scan_pay\","
    "\"isvId\":20000,\"partnerId\":12345,\"version\":\"1.0.0\",\"timestamp\":1795916414748,"
    "\"sign\":\"***\"},\"answered\":{\"result\":true,\"kind\":\"0\","
    "\"msg\":\"\",\"data\":{\"outPaymentNo\":\"YT202611290000000001\",\"inPaymentNo\":"
    "\"CH202611290000000002\",\"channelType\":\"ten\",\"channelProduct\":"
    "\"ten_scan_code\",\"paymentTime\":\"2026-11-29 "
    "09:40:14\",\"bizData\":\"\",\"tradeStatus\":\"pay_success\",\"tradeFee\":\"165.70\"},\"sign\":"
    "\"***\"}}";

struct terminal {
    char path[256], id[16], hash[JOURNAL_HASH_SIZE];
    sqlite3 *db;
    sqlite3_stmt *insert, *head;
    int64_t next_ms; /* monotonic: its next event */
    int order_count, at;
    const struct template_order *order; /* NULL: between two */
    char order_no[ORDER_NO_SIZE];
    pthread_mutex_t lock;
    int64_t event_count, sent_count, told_count;
    int64_t committed_ms[EVENTS_A_TERMINAL]; /* monotonic */
    int64_t taken_ms[EVENTS_A_TERMINAL];     /* the last time, if a failover lost it once */
    struct replicator replicator;
    int64_t turn_ms;
};

static struct {
    const char *templates, *journals, *database, *ways;
    int first;
    int terminal_count, threads, seconds;
    double orders_an_hour;
    int64_t interval_ms;
    int gap_ms_max; /* between two events of an order; the simulator's days are cut to it */
    bool pooled, settle;
} options = {.threads = 8, .orders_an_hour = 20, .interval_ms = 60000, .gap_ms_max = 45000};

static struct order_templates orders;
static struct terminal *terminals;
static struct journal_proof *proof;
static atomic_bool done;
static long long histogram[HISTOGRAM_MS];
static unsigned chance = 1;

static void die(const char *what, const char *why) {
    fprintf(stderr, "fleet_load: %s: %s\n", what, why);
    exit(1);
}

static void run_sql(sqlite3 *db, const char *sql) {
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        die(sql, sqlite3_errmsg(db));
}

/* What a new journal is, made once and copied. */
static void make_first(const char *path) {
    struct journal *journal;
    struct journal_options of = {.path = path, .terminal_id = "FIRST"};
    if (journal_open(&of, &journal) != JOURNAL_OK)
        die(path, "no journal");
    journal_close(journal);
    char other[400];
    snprintf(other, sizeof other, "%s.identity", path);
    unlink(other);
}

static void copy_file(const char *from, const char *to) {
    static char bytes[1 << 20];
    FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
    size_t length = in != NULL ? fread(bytes, 1, sizeof bytes, in) : 0;
    if (length == 0 || out == NULL || fwrite(bytes, 1, length, out) != length || fclose(out) != 0)
        die(to, "not written");
    fclose(in);
}

static double chance_unit(void) {
    return (rand_r(&chance) + 1.0) / ((double)RAND_MAX + 2);
}

/* Orders come one by one, by chance: from the end of one to the next so long. */
static int64_t pause_ms(void) {
    double mean_ms = 3600000 / options.orders_an_hour;
    double pause = -__builtin_log(chance_unit()) * mean_ms;
    return pause > 10 * mean_ms ? (int64_t)(10 * mean_ms) : (int64_t)pause;
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql) {
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
        die(sql, sqlite3_errmsg(db));
    return statement;
}

static void begin_terminal(struct terminal *terminal, int number, const char *first,
                           int64_t now_ms) {
    char sql[512];
    snprintf(terminal->id, sizeof terminal->id, "T%05d", number);
    snprintf(terminal->path, sizeof terminal->path, "%s/%d.db", options.journals, number);
    copy_file(first, terminal->path);
    if (sqlite3_open_v2(terminal->path, &terminal->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
                        NULL) != SQLITE_OK)
        die(terminal->path, sqlite3_errmsg(terminal->db));
    run_sql(terminal->db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA cache_size=8; "
                          "PRAGMA wal_autocheckpoint=100");
    journal_proof_first(proof, terminal->id, terminal->hash);
    snprintf(sql, sizeof sql,
             "UPDATE head SET terminal_id = '%s', hash = '%s', journal_id = "
             "lower(hex(randomblob(16))), installation = 'ZZ'",
             terminal->id, terminal->hash);
    run_sql(terminal->db, sql);
    terminal->insert =
        prepare(terminal->db, "INSERT INTO order_events VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    terminal->head = prepare(terminal->db, "UPDATE head SET events = ?, hash = ?");
    /* Some are within a pause already. */
    terminal->next_ms = now_ms + (int64_t)((double)pause_ms() * chance_unit());
    pthread_mutex_init(&terminal->lock, NULL);
    struct replicator_options replicating = {.journal_path = terminal->path,
                                             .database = options.database,
                                             .interval_ms = options.interval_ms,

                                             .look_ms = LOOK_MS,
                                             .patience_ms = 20000,
                                             .stop = -1};
    replicator_begin(&terminal->replicator, &replicating);
}

/* The order's number is as long as the template's, wherever it stands. */
static char *payload_of(const struct terminal *terminal, const struct template_event *event) {
    char *text = strdup(event->payload);
    for (char *at = text; (at = strstr(at, terminal->order->no)) != NULL; at += ORDER_NO_LENGTH)
        memcpy(at, terminal->order_no, ORDER_NO_LENGTH);
    return text;
}

static void write_event(struct terminal *terminal, const struct template_event *from) {
    char *payload = payload_of(terminal, from), hash[JOURNAL_HASH_SIZE];
    struct journal_event event = {
        terminal->event_count + 1,         clock_wall_ms(), terminal->order_no, from->note, payload,
        from->has_evidence ? evidence : ""};
    journal_proof_next(proof, terminal->hash, &event, hash);
    sqlite3_stmt *insert = terminal->insert;
    run_sql(terminal->db, "BEGIN IMMEDIATE");
    sqlite3_bind_int64(insert, 1, event.number);
    sqlite3_bind_int64(insert, 2, event.wall_ms);
    sqlite3_bind_text(insert, 3, event.order_no, -1, SQLITE_STATIC);
    sqlite3_bind_text(insert, 4, event.note, -1, SQLITE_STATIC);
    sqlite3_bind_text(insert, 5, event.payload, -1, SQLITE_STATIC);
    sqlite3_bind_text(insert, 6, event.evidence, -1, SQLITE_STATIC);
    sqlite3_bind_text(insert, 7, terminal->hash, -1, SQLITE_STATIC);
    sqlite3_bind_text(insert, 8, hash, -1, SQLITE_STATIC);
    sqlite3_bind_int64(terminal->head, 1, event.number);
    sqlite3_bind_text(terminal->head, 2, hash, -1, SQLITE_STATIC);
    if (sqlite3_step(insert) != SQLITE_DONE || sqlite3_step(terminal->head) != SQLITE_DONE)
        die(terminal->path, sqlite3_errmsg(terminal->db));
    sqlite3_reset(insert);
    sqlite3_reset(terminal->head);
    pthread_mutex_lock(&terminal->lock);
    terminal->committed_ms[terminal->event_count++] = clock_mono_ms();
    pthread_mutex_unlock(&terminal->lock);
    run_sql(terminal->db, "COMMIT");
    memcpy(terminal->hash, hash, sizeof hash);
    free(payload);
}

static void begin_order(struct terminal *terminal, int number) {
    char when[15], made[64];
    terminal->order = &orders.items[(size_t)rand_r(&chance) % (size_t)orders.count];
    terminal->at = 0;
    clock_digits(clock_wall_ms(), when);
    snprintf(made, sizeof made, "%.10s%02d%04d%04d", when + 2, number / 10000 % 100, number % 10000,
             terminal->order_count++ % 10000);
    memcpy(terminal->order_no, made, ORDER_NO_LENGTH);
}

static void play_terminal(struct terminal *terminal, int number) {
    if (terminal->order == NULL)
        begin_order(terminal, number);
    if (terminal->event_count < EVENTS_A_TERMINAL)
        write_event(terminal, &terminal->order->events[terminal->at]);
    int64_t now_ms = clock_mono_ms();
    if (++terminal->at < terminal->order->event_count) {
        terminal->next_ms = now_ms + terminal->order->events[terminal->at].after_ms;
        return;
    }
    terminal->order = NULL;
    terminal->next_ms = now_ms + pause_ms();
}

static void *play(void *context) {
    int64_t until_ms = clock_mono_ms() + options.seconds * INT64_C(1000);
    (void)context;
    while (clock_mono_ms() < until_ms) {
        int64_t now_ms = clock_mono_ms();
        for (int i = 0; i < options.terminal_count; i++)
            if (now_ms >= terminals[i].next_ms)
                play_terminal(&terminals[i], options.first + i);
        usleep(10000);
    }
    return NULL;
}

/* Of what was taken since this was asked last: a replica that lagged may have it told again. */
static void note_sent(struct terminal *terminal) {
    int64_t now_ms = clock_mono_ms(), told = terminal->replicator.figures.events;
    int64_t events = terminal->replicator.place.events,
            first = events - (told - terminal->told_count);
    if (told == terminal->told_count || terminal->replicator.place.id == 0)
        return;
    pthread_mutex_lock(&terminal->lock);
    for (int64_t i = first > 0 ? first : 0; i < events; i++)
        terminal->taken_ms[i] = now_ms;
    terminal->sent_count = events;
    terminal->told_count = told;
    pthread_mutex_unlock(&terminal->lock);
}

static void *replicate(void *context) {
    int thread = (int)(intptr_t)context;
    struct fleet_link link = {0};
    while (!done) {
        int64_t now_ms = clock_mono_ms(), next_ms = now_ms + 20;
        for (int i = thread; i < options.terminal_count; i += options.threads) {
            struct terminal *terminal = &terminals[i];
            if (clock_mono_ms() < terminal->turn_ms)
                continue;
            terminal->turn_ms =
                replicator_turn(&terminal->replicator, options.pooled ? &link : NULL);
            note_sent(terminal);
        }
        int64_t left_ms = next_ms - clock_mono_ms();
        if (left_ms > 0)
            usleep((useconds_t)left_ms * 1000);
    }
    fleet_link_close(&link);
    return NULL;
}

static int64_t count_waiting(void) {
    int64_t waiting = 0;
    for (int i = 0; i < options.terminal_count; i++) {
        pthread_mutex_lock(&terminals[i].lock);
        waiting += terminals[i].event_count - terminals[i].sent_count;
        pthread_mutex_unlock(&terminals[i].lock);
    }
    return waiting;
}

static void count_ways(const struct terminal *terminal) {
    for (int64_t i = 0; i < terminal->sent_count; i++) {
        int64_t way_ms = terminal->taken_ms[i] - terminal->committed_ms[i];
        histogram[way_ms < 0 ? 0 : way_ms < HISTOGRAM_MS ? way_ms : HISTOGRAM_MS - 1]++;
    }
}

static long long way_at(double part, long long count) {
    long long seen = 0;
    for (long long ms = 0; ms < HISTOGRAM_MS; ms++)
        if ((double)(seen += histogram[ms]) >= part * (double)count)
            return ms;
    return HISTOGRAM_MS;
}

static void print_figures(void) {
    long long events = 0, sent = 0, told = 0, batches = 0, failures = 0, all_orders = 0;
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    for (int i = 0; i < options.terminal_count; i++) {
        count_ways(&terminals[i]);
        told += terminals[i].told_count;
        events += terminals[i].event_count;
        sent += terminals[i].sent_count;
        all_orders += terminals[i].order_count;
        batches += terminals[i].replicator.figures.batches;
        failures += terminals[i].replicator.figures.failures;
    }
    printf("terminals %d\norders %lld\nevents %lld\ntaken %lld\ntaken_again %lld\nbatches "
           "%lld\nfailures %lld\n",
           options.terminal_count, all_orders, events, sent, told - sent, batches, failures);
    if (options.database != NULL)
        printf("way_p50_ms %lld\nway_p99_ms %lld\nway_max_ms %lld\n", way_at(0.5, sent),
               way_at(0.99, sent), way_at(1, sent));
    printf("cpu_ms %lld\nmemory_kb %ld\n",
           (long long)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000 +
               (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000,
           usage.ru_maxrss);
}

/* Milliseconds and how many, a line each: of several processes they are counted together. */
static void write_ways(const char *path) {
    FILE *file = fopen(path, "w");
    if (file == NULL)
        die(path, "not written");
    for (int ms = 0; ms < HISTOGRAM_MS; ms++)
        if (histogram[ms] > 0)
            fprintf(file, "%d %lld\n", ms, histogram[ms]);
    fclose(file);
}

static bool read_options(int count, char **words) {
    static const struct option known[] = {{"templates", 1, NULL, 't'}, {"journals", 1, NULL, 'j'},
                                          {"terminals", 1, NULL, 'n'}, {"seconds", 1, NULL, 's'},
                                          {"orders", 1, NULL, 'o'},    {"database", 1, NULL, 'd'},
                                          {"interval", 1, NULL, 'i'},  {"threads", 1, NULL, 'w'},
                                          {"pooled", 0, NULL, 'p'},    {"settle", 0, NULL, 'l'},
                                          {"gap", 1, NULL, 'g'},       {"first", 1, NULL, 'f'},
                                          {"ways", 1, NULL, 'h'},      {0}};
    for (int option; (option = getopt_long(count, words, "", known, NULL)) != -1;) {
        switch (option) {
        case 't':
            options.templates = optarg;
            break;
        case 'j':
            options.journals = optarg;
            break;
        case 'n':
            options.terminal_count = atoi(optarg);
            break;
        case 's':
            options.seconds = atoi(optarg);
            break;
        case 'o':
            options.orders_an_hour = atof(optarg);
            break;
        case 'd':
            options.database = optarg;
            break;
        case 'i':
            options.interval_ms = atoll(optarg) * 1000;
            break;
        case 'w':
            options.threads = atoi(optarg);
            break;
        case 'f':
            options.first = atoi(optarg);
            break;
        case 'h':
            options.ways = optarg;
            break;
        case 'l':
            options.settle = true;
            break;
        case 'g':
            options.gap_ms_max = atoi(optarg);
            break;
        case 'p':
            options.pooled = true;
            break;
        default:
            return false;
        }
    }
    return options.templates != NULL && options.journals != NULL && options.terminal_count > 0 &&
           options.seconds > 0 && options.threads > 0;
}

static void begin_all(void) {
    char first[256];
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    proof = journal_proof_begin();
    terminals = calloc((size_t)options.terminal_count, sizeof *terminals);
    if (proof == NULL || terminals == NULL)
        die("memory", "none");
    if (!order_templates_read(options.templates, options.gap_ms_max, &orders))
        die(options.templates, "no journals with orders");
    snprintf(first, sizeof first, "%s/first%d.db", options.journals, options.first);
    make_first(first);
    for (int i = 0; i < options.terminal_count; i++)
        begin_terminal(&terminals[i], options.first + i, first, clock_mono_ms());
    printf("playing %d orders of the simulator\n", orders.count);
    fflush(stdout);
}

int main(int count, char **words) {
    pthread_t player, threads[64];
    if (!read_options(count, words) || options.threads > 64) {
        fprintf(stderr,
                "usage: fleet_load --templates FOLDER --journals FOLDER --terminals N --seconds S"
                " [--orders PER_HOUR] [--gap MS] [--first N] [--ways FILE] [--database STRING"
                " [--interval SECONDS] [--threads N] [--pooled] [--settle]]\n");
        return 2;
    }
    begin_all();
    int64_t end_ms = clock_mono_ms() + options.seconds * INT64_C(1000) + DRAIN_MS;
    int running = options.database != NULL ? options.threads : 0;
    for (int i = 0; i < running; i++)
        pthread_create(&threads[i], NULL, replicate, (void *)(intptr_t)i);
    pthread_create(&player, NULL, play, NULL);
    pthread_join(player, NULL);
    while (running > 0 && count_waiting() > 0 && clock_mono_ms() < end_ms)
        usleep(100000);
    if (running > 0 && options.settle)
        usleep(LIFE_MS * 1000);
    while (running > 0 && count_waiting() > 0 && clock_mono_ms() < end_ms + LIFE_MS)
        usleep(100000);
    done = true;
    for (int i = 0; i < running; i++)
        pthread_join(threads[i], NULL);
    print_figures();
    if (options.ways != NULL)
        write_ways(options.ways);
    return running > 0 && count_waiting() > 0;
}
