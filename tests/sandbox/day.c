#include "tests/sandbox/day.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sandbox/sandbox.h"
#include "tests/sandbox/value.h"

#define MINUTE_MS INT64_C(60000)
#define DEALS_MAX 100000

/* What is planted, in the words of kioskctl recon. Rows: of platform, hospital, terminal. */
static const struct scene {
    const char *planted;
    int platform, hospital, terminal;
    bool refund, unproven, not_at_channel, explained, cheaper, late, taken;
    const char *state;
} scenes[] = {
    {"terminal_unaware", .platform = 1, .hospital = 1},
    {"terminal_unaware", .platform = 1, .hospital = 1, .explained = true},
    {"hospital_missing", .platform = 1, .terminal = 1},
    {"hospital_missing", .platform = 1},
    {"platform_missing", .hospital = 1, .terminal = 1},
    {"platform_missing", .hospital = 1},
    {"platform_missing", .platform = 1, .hospital = 1, .terminal = 1, .not_at_channel = true},
    {"terminal_only", .terminal = 1},
    {"amount_differs", .platform = 1, .hospital = 1, .terminal = 1, .cheaper = true},
    {"state_differs", .platform = 1, .terminal = 1, .state = "case"},
    {"duplicate", .platform = 2, .hospital = 1, .terminal = 1},
    {"refund_without_payment", .platform = 1, .terminal = 1, .refund = true},
    {"unproven", .platform = 1, .hospital = 1, .terminal = 1, .unproven = true},
    {"unproven", .platform = 1, .terminal = 1, .unproven = true},
    {"taken_elsewhere", .platform = 1, .hospital = 1, .terminal = 1, .taken = true},
    {"platform_missing", .hospital = 1, .refund = true},
    {"proposed", .platform = 1, .hospital = 2},
    {"expected", .platform = 1, .terminal = 1, .late = true},
    {"expected", .terminal = 1, .state = "waiting"},
};
#define SCENES ((int)(sizeof scenes / sizeof scenes[0]))

static uint64_t draw(uint64_t *drawn) {
    *drawn ^= *drawn << 13;
    *drawn ^= *drawn >> 7;
    *drawn ^= *drawn << 17;
    return *drawn;
}

/* yyMMddHHmm of China time. */
static void put_minute(int64_t at_ms, char out[11]) {
    char moment[MOMENT_SIZE];
    moment_write(at_ms, moment);
    snprintf(out, 11, "%.2s%.2s%.2s%.2s%.2s", moment + 2, moment + 5, moment + 8, moment + 11,
             moment + 14);
}

static void number_deal(struct deal *deal, int serial) {
    char minute[11];
    const char *terminal = deal->explained ? "0009" : "0001";
    put_minute(deal->at_ms, minute);
    snprintf(deal->no, DAY_NO_SIZE, "%sSX%s%04d", minute, terminal, serial % 10000);
    snprintf(deal->out_no, DAY_NO_SIZE, "YT%s%06d", minute, serial);
    snprintf(deal->in_no, DAY_NO_SIZE, "4200%s%06d", minute, serial);
    snprintf(deal->setl_id, DAY_NO_SIZE, "SETL%s%06d", minute, serial);
    if (deal->refund)
        return;
    snprintf(deal->trace_no, DAY_NO_SIZE, "MZ%s%06d", minute, serial);
    snprintf(deal->call_sn, DAY_NO_SIZE, "SN%s%06d", minute, serial);
}

/* Amounts are all different, so that nothing is found by its amount alone. */
static struct deal *add_deal(struct day *day, uint64_t *drawn) {
    struct deal *deal = &day->deals[day->count];
    *deal =
        (struct deal){.platform_rows = 1, .hospital_rows = 1, .terminal_rows = 1, .state = "done"};
    deal->fen = 1000 + 37 * day->count + (int64_t)(draw(drawn) % 36);
    deal->at_ms = day->from_ms + 8 * 60 * MINUTE_MS + (int64_t)(draw(drawn) % 540) * MINUTE_MS +
                  (int64_t)(draw(drawn) % 60) * 1000;
    return deal;
}

static void end_deal(struct day *day, struct deal *deal) {
    number_deal(deal, ++day->count);
    if (deal->hospital_fen == 0)
        deal->hospital_fen = deal->fen;
    if (deal->hospital_ms == 0)
        deal->hospital_ms = deal->at_ms + 2000;
}

/* A payment, or (each seventh) the refund of the payment before. */
static void add_good(struct day *day, uint64_t *drawn) {
    const struct deal *before = day->count > 0 ? &day->deals[day->count - 1] : NULL;
    struct deal *deal = add_deal(day, drawn);
    if (day->count % 7 == 6 && !before->refund && before->planted == NULL) {
        deal->refund = true;
        deal->at_ms = before->at_ms + 40 * MINUTE_MS;
        deal->fen = before->fen;
        strcpy(deal->origin, before->no);
    }
    end_deal(day, deal);
}

static void add_scene(struct day *day, uint64_t *drawn, const struct scene *scene) {
    struct deal *deal = add_deal(day, drawn);
    deal->planted = scene->planted;
    deal->platform_rows = scene->platform;
    deal->hospital_rows = scene->hospital;
    deal->terminal_rows = scene->terminal;
    deal->unproven = scene->unproven;
    deal->not_at_channel = scene->not_at_channel;
    deal->explained = scene->explained;
    deal->refund = scene->refund;
    deal->taken = scene->taken;
    deal->state = scene->state != NULL ? scene->state : "done";
    deal->hospital_fen = scene->cheaper ? deal->fen - 1 : deal->fen;
    if (scene->late)
        deal->at_ms = day->from_ms + DAY_MS - 3 * MINUTE_MS;
    if (scene->refund) /* its payment was made a week ago */
        snprintf(deal->origin, DAY_NO_SIZE, "2601010800SX0001%04d", day->count);
    end_deal(day, deal);
}

/* The hospital's own record of a booking that it took back: it names nothing of ours. */
static void add_taking_back(struct day *day, uint64_t *drawn) {
    const struct deal *before = &day->deals[day->count - 1];
    struct deal *deal = add_deal(day, drawn);
    deal->planted = before->planted;
    deal->platform_rows = deal->terminal_rows = 0;
    deal->refund = deal->explained = true;
    deal->fen = before->fen;
    deal->at_ms = before->at_ms + 40 * MINUTE_MS;
    end_deal(day, deal);
}

void day_free(struct day *day) {
    free(day->deals);
    *day = (struct day){0};
}

void day_make(struct day *day, int64_t from_ms, uint64_t seed, int deals) {
    uint64_t drawn = seed * 2654435761u + 88172645463325252u;
    int good = deals > SCENES ? deals - SCENES : 0;
    bool used[SCENES] = {false};
    day_free(day);
    day->from_ms = from_ms;
    day->deals = calloc((size_t)(good + 2 * SCENES), sizeof *day->deals);
    if (day->deals == NULL)
        abort();
    for (int left = SCENES; good > 0 || left > 0;) {
        if (good > 0 && draw(&drawn) % (uint64_t)(good + left) >= (uint64_t)left) {
            add_good(day, &drawn);
            good--;
            continue;
        }
        int n = (int)(draw(&drawn) % SCENES);
        while (used[n])
            n = (n + 1) % SCENES;
        used[n] = true;
        left--;
        add_scene(day, &drawn, &scenes[n]);
        if (scenes[n].taken)
            add_taking_back(day, &drawn);
    }
}

static int rows_of(const struct deal *deal, enum day_side side) {
    return side == DAY_PLATFORM   ? deal->platform_rows
           : side == DAY_HOSPITAL ? deal->hospital_rows
                                  : deal->terminal_rows;
}

/* The hospital's two rows of one settlement. */
static void split_row(struct day_row *row, int nth) {
    int64_t half = row->fen / 2;
    row->fen = nth == 0 ? half : row->fen - half;
}

static struct day_row row_of(const struct deal *deal, enum day_side side, int nth) {
    struct day_row row = {.deal = deal, .fen = deal->fen, .at_ms = deal->at_ms};
    strcpy(row.no, deal->no);
    if (side != DAY_HOSPITAL)
        return row;
    row.fen = deal->hospital_fen;
    row.at_ms = deal->hospital_ms;
    if (deal->hospital_rows == 2)
        split_row(&row, nth);
    return row;
}

int day_rows(const struct day *day, enum day_side side, int64_t from_ms, int64_t to_ms,
             void (*each)(void *context, const struct day_row *row), void *context) {
    int number = 0;
    for (int i = 0; i < day->count; i++)
        for (int nth = 0; nth < rows_of(&day->deals[i], side); nth++, number++) {
            struct day_row row = row_of(&day->deals[i], side, nth);
            bool changed = day->change != DAY_AS_IT_IS && day->side == side && day->row == number;
            if (row.at_ms < from_ms || row.at_ms >= to_ms || (changed && day->change == DAY_DROP))
                continue;
            row.fen += changed && day->change == DAY_FEN;
            each(context, &row);
            if (changed && day->change == DAY_DOUBLE)
                each(context, &row);
        }
    return number;
}

const char *day_control(struct sandbox *sandbox, const cJSON *request, cJSON *out) {
    int64_t from_ms;
    long deals = strtol(message_get(request, "deals"), NULL, 10);
    if (!day_read(message_get(request, "day"), &from_ms))
        return "day: expected yyyy-MM-dd";
    if (deals < 0 || deals > DEALS_MAX)
        return "deals: expected at most 100000";
    day_make(&sandbox->day, from_ms, strtoull(message_get(request, "seed"), NULL, 10),
             deals == 0 ? 60 : (int)deals);
    day_tell(&sandbox->day, out);
    return NULL;
}

struct nth_row {
    int left;
    const struct deal *deal;
};

static void find_row(void *context, const struct day_row *row) {
    struct nth_row *nth = context;
    if (nth->left-- == 0)
        nth->deal = row->deal;
}

static int index_of(const char *const *words, int count, const char *word) {
    for (int i = 0; i < count; i++)
        if (strcmp(words[i], word) == 0)
            return i;
    return -1;
}

const char *day_control_change(struct sandbox *sandbox, const cJSON *request, cJSON *out) {
    static const char *const sides[DAY_SIDES] = {"platform", "hospital", "terminal"};
    static const char *const changes[] = {"", "drop", "double", "fen"};
    struct day *day = &sandbox->day;
    int side = index_of(sides, DAY_SIDES, message_get(request, "side"));
    int change = index_of(changes, 4, message_get(request, "change"));
    struct nth_row nth = {.left = (int)strtol(message_get(request, "row"), NULL, 10)};
    day->change = DAY_AS_IT_IS;
    if (change < 0)
        return "change: expected drop, double, fen or nothing";
    if (change > 0 && side < 0)
        return "side: expected platform, hospital or terminal";
    day->row = nth.left;
    if (change > 0)
        day_rows(day, (enum day_side)side, 0, INT64_MAX, find_row, &nth);
    if (change > 0 && nth.deal == NULL)
        return "row: there is none";
    day->side = side < 0 ? DAY_PLATFORM : (enum day_side)side;
    day->change = (enum day_change)change;
    if (nth.deal != NULL) {
        cJSON_AddStringToObject(out, "no", nth.deal->no);
        cJSON_AddStringToObject(out, "out_no", nth.deal->out_no);
    }
    day_tell(day, out);
    return NULL;
}
