#include "app/shell/metrics_text.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "app/base/log.h"
#include "app/base/version.h"
#include "app/config/terminal_rows.h"
#include "app/core/about.h"
#include "app/shell/settings.h"

const int metrics_bucket_ms[METRICS_BUCKETS] = {50, 100, 250, 500, 1000, 2500, 5000, 10000, 30000};

static void begin_metric(FILE *out, const char *name, const char *type, const char *help) {
    fprintf(out, "# HELP hopkiosk_%s %s\n# TYPE hopkiosk_%s %s\n", name, help, name, type);
}

static void write_metric(FILE *out, const char *name, const char *type, int64_t value,
                         const char *help) {
    begin_metric(out, name, type, help);
    fprintf(out, "hopkiosk_%s %" PRId64 "\n", name, value);
}

static bool is_configured(const struct settings_devices *devices, enum device_role role) {
    for (int i = 0; i < devices->count; i++)
        if (devices->items[i].role == role)
            return true;
    return false;
}

/* One is 1 of each role's states, so that an alert names the state. */
static void write_devices(const struct metrics *metrics, FILE *out) {
    const struct settings_devices *devices = settings_devices(metrics->config);
    begin_metric(out, "device", "gauge", "Whether the device of a role is in this state.");
    for (int role = 0; role < ROLE_COUNT; role++)
        for (int word = DEVICE_UNKNOWN; word <= DEVICE_FAULT; word++)
            if (is_configured(devices, (enum device_role)role))
                fprintf(out, "hopkiosk_device{role=\"%s\",state=\"%s\"} %d\n",
                        device_role_name((enum device_role)role),
                        device_word_name((enum device_word)word),
                        (int)metrics->core->terminal.devices[role].device == word);
    begin_metric(out, "supply", "gauge",
                 "Whether the supply of a device (paper) is in this state.");
    for (int role = 0; role < ROLE_COUNT; role++)
        for (int word = SUPPLY_UNKNOWN; word < SUPPLY_NOT_SUPPORTED; word++)
            if (is_configured(devices, (enum device_role)role))
                fprintf(out, "hopkiosk_supply{role=\"%s\",state=\"%s\"} %d\n",
                        device_role_name((enum device_role)role),
                        supply_word_name((enum supply_word)word),
                        (int)metrics->core->terminal.devices[role].supply == word);
}

static int64_t age_s(int64_t since_ms, int64_t wall_ms) {
    return since_ms == 0 || since_ms > wall_ms ? 0 : (wall_ms - since_ms) / 1000;
}

static void write_journal(const struct metrics *metrics, FILE *out, int64_t wall_ms) {
    const struct journal_figures *figures = &metrics->figures;
    if (metrics->pump == NULL || metrics->figures_result != JOURNAL_OK)
        return; /* absent is not 0 */
    begin_metric(out, "orders", "gauge", "Orders of the last day and all that are open, by state.");
    for (int i = 0; i < ORDER_STATE_COUNT; i++)
        fprintf(out, "hopkiosk_orders{state=\"%s\"} %" PRId64 "\n",
                order_state_name((enum order_state)i), figures->orders[i]);
    write_metric(out, "cases_open", "gauge", figures->cases_open,
                 "Cases that wait for a person's decision.");
    write_metric(out, "unknown_oldest_seconds", "gauge", age_s(figures->unknown_since_ms, wall_ms),
                 "Age of the oldest act about money of which the outcome is not known; 0: none.");
    write_metric(out, "unproven_oldest_seconds", "gauge",
                 age_s(figures->unproven_since_ms, wall_ms),
                 "Age of the oldest credit that nothing has proved yet; 0: none.");
    write_metric(out, "journal_bytes", "gauge", figures->bytes, "Size of the journal's files.");
}

static void write_clock(const struct metrics *metrics, FILE *out) {
    static const char *const words[] = {
        [CLOCK_UNKNOWN] = "unknown", [CLOCK_RIGHT] = "right", [CLOCK_WRONG] = "wrong"};
    const struct clock_check *clock = &metrics->core->terminal.clock;
    begin_metric(out, "clock", "gauge", "Whether this clock is the paying platform's.");
    for (int i = CLOCK_UNKNOWN; i <= CLOCK_WRONG; i++)
        fprintf(out, "hopkiosk_clock{state=\"%s\"} %d\n", words[i], (int)clock->state == i);
    write_metric(out, "clock_ahead_seconds", "gauge", clock->ahead_ms / 1000,
                 "How far this clock was ahead of the platform's, when last known.");
}

static void write_seconds(FILE *out, int64_t ms) {
    fprintf(out, "%" PRId64 ".%03d", ms / 1000, (int)(ms % 1000));
}

static void write_histogram(const struct metrics_series *series, FILE *out) {
    int64_t within = 0;
    for (int i = 0; i < METRICS_BUCKETS; i++) {
        within += series->buckets[i];
        fprintf(out, "hopkiosk_exchange_seconds_bucket{platform=\"%s\",operation=\"%s\",le=\"",
                series->platform, series->operation);
        write_seconds(out, metrics_bucket_ms[i]);
        fprintf(out, "\"} %" PRId64 "\n", within);
    }
    fprintf(
        out,
        "hopkiosk_exchange_seconds_bucket{platform=\"%s\",operation=\"%s\",le=\"+Inf\"} %" PRId64
        "\nhopkiosk_exchange_seconds_count{platform=\"%s\",operation=\"%s\"} %" PRId64
        "\nhopkiosk_exchange_seconds_sum{platform=\"%s\",operation=\"%s\"} ",
        series->platform, series->operation, series->count, series->platform, series->operation,
        series->count, series->platform, series->operation);
    write_seconds(out, series->sum_ms);
    fputc('\n', out);
}

static void write_exchanges(const struct metrics *metrics, FILE *out) {
    begin_metric(out, "platform_reached", "gauge",
                 "Whether the last question to this platform was answered by it.");
    for (int i = 0; i < metrics->platform_count; i++)
        fprintf(out, "hopkiosk_platform_reached{platform=\"%s\"} %d\n", metrics->platforms[i].name,
                metrics->platforms[i].reached);
    begin_metric(out, "exchange_seconds", "histogram", "Time until a platform's answer.");
    for (int i = 0; i < metrics->series_count; i++)
        write_histogram(&metrics->series[i], out);
    begin_metric(out, "exchange_outcomes_total", "counter", "Answers of platforms by outcome.");
    for (int i = 0; i < metrics->series_count; i++)
        for (int word = 0; word < METRICS_OUTCOMES; word++)
            fprintf(out,
                    "hopkiosk_exchange_outcomes_total{platform=\"%s\",operation=\"%s\","
                    "outcome=\"%s\"} %" PRId64 "\n",
                    metrics->series[i].platform, metrics->series[i].operation,
                    outcome_word((enum outcome)word), metrics->series[i].outcomes[word]);
}

char *metrics_text(const struct metrics *metrics, int64_t wall_ms) {
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    ENSURE(out != NULL);
    begin_metric(out, "info", "gauge", "Which program this is.");
    fprintf(out, "hopkiosk_info{version=\"" HOPKIOSK_VERSION "\"} 1\n");
    write_metric(out, "in_service", "gauge", !metrics->core->terminal.out_of_service,
                 "Not taken out of service by the staff.");
    write_metric(out, "journal_usable", "gauge", book_journal_usable(&metrics->core->book),
                 "Whether payments can be begun, as far as the journal goes.");
    write_metric(out, "orders_active", "gauge", core_open_orders(metrics->core),
                 "Orders that the program works on.");
    write_metric(out, "visits_total", "counter", metrics->visits, "Visits that were begun.");
    write_metric(out, "redraws_total", "counter", metrics->redraws, "Pictures that were drawn.");
    write_devices(metrics, out);
    write_clock(metrics, out);
    write_exchanges(metrics, out);
    write_journal(metrics, out, wall_ms);
    ENSURE(fclose(out) == 0);
    return text;
}
