#include "app/shell/reconcile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/platform/tongji/tongji.h"
#include "app/platform/upp/upp.h"
#include "app/shell/recon_settings.h"
#include "app/shell/settings.h"
#include "app/wire/json.h"

#define RESULT_SIZE_MAX 4096
#define DIFFERENCES_FOUND 10 /* kioskctl's exit code */

struct run_ended {
    int64_t day_ms;
    int code;
};

/* "2026-11-27" */
static int64_t day_of_text(const char *text) {
    char time[CLOCK_TEXT_SIZE];
    int64_t ms = 0;
    if (text != NULL && strlen(text) == 10 &&
        snprintf(time, sizeof time, "%.10s 00:00:00", text) > 0)
        (void)clock_parse(time, &ms);
    return ms;
}

static bool read_count(const cJSON *tree, const char *name, int64_t *out) {
    const char *text = wire_text(tree, name);
    char *end;
    long long value = text == NULL ? -1 : strtoll(text, &end, 10);
    *out = value;
    return text != NULL && *text != '\0' && *end == '\0' && value >= 0;
}

/* What the last run left; NONE: nothing that can be read. */
static struct reconciled read_verdict(const char *path) {
    char text[RESULT_SIZE_MAX];
    const char *error, *amount;
    struct reconciled out = {.state = RECONCILED_NONE};
    FILE *file = fopen(path, "re");
    size_t length = file == NULL ? 0 : fread(text, 1, sizeof text, file);
    if (file != NULL)
        fclose(file);
    cJSON *tree = length == 0 ? NULL : wire_parse(text, length, &error);
    out.day_ms = day_of_text(wire_text(tree, "to"));
    amount = wire_text(tree, "amount");
    if (out.day_ms != 0 && read_count(tree, "differences", &out.differences) && amount != NULL &&
        money_parse(amount, strlen(amount), &out.amount) == MONEY_OK)
        out.state = out.differences > 0 ? RECONCILED_DIFFERENCES : RECONCILED_AGREES;
    cJSON_Delete(tree);
    return out;
}

static void tell_reconciled(const struct reconciled *reconciled, struct delivery *out) {
    out->event.kind = EVENT_CONTROL;
    out->event.of.control.control = CONTROL_RECONCILED;
    out->event.of.control.reconciled = *reconciled;
}

static void reconcile_deliver(void *owner, void *payload, struct delivery *out) {
    const struct reconcile *reconcile = owner;
    const struct run_ended *ended = payload;
    struct reconciled reconciled = read_verdict(reconcile->result);
    bool done = ended->code == 0 || ended->code == DIFFERENCES_FOUND;
    if (!done || reconciled.day_ms != ended->day_ms)
        reconciled = (struct reconciled){.state = RECONCILED_FAILED, .day_ms = ended->day_ms};
    if (reconciled.state == RECONCILED_FAILED)
        log_write(LOG_WARNING, "recon", "not done: kioskctl recon ended with %d", ended->code);
    tell_reconciled(&reconciled, out);
}

static const struct inbox_kind reconcile_kind = {reconcile_deliver, NULL};

/* On the pump's thread. */
static void reconcile_ended(void *context, int64_t day_ms, int code) {
    struct reconcile *reconcile = context;
    struct run_ended ended = {day_ms, code};
    if (!inbox_offer(reconcile->inbox, &reconcile_kind, reconcile, &ended, sizeof ended))
        log_write(LOG_WARNING, "recon", "its result is shown only after the next start");
}

static char *file_beside(const char *path, const char *name) {
    char *out = NULL;
    const char *slash = strrchr(path, '/');
    int folder = slash == NULL ? 0 : (int)(slash - path) + 1;
    ENSURE(asprintf(&out, "%.*s%s", folder, path, name) > 0);
    return out;
}

/* Where nobody says which: the journal, the hospital and the platform that tells what was paid. */
static int usual_sources(const struct config *config, const char *out[]) {
    bool upp = upp_config(config)->base_url[0] != '\0';
    out[0] = "journal";
    out[1] = "his";
    out[2] = upp ? "upp" : "tongji";
    return upp || tongji_config(config)->base_url[0] != '\0' ? 3 : 2;
}

static void name_arguments(const struct reconcile *reconcile, const char **out) {
    const struct recon_settings *settings = recon_settings(reconcile->config);
    const char *fixed[] = {"kioskctl",      "--config", reconcile->config_path,
                           "recon",         "--from",   DAILY_DAY,
                           "--to",          DAILY_DAY,  "--html",
                           reconcile->page, "--result", reconcile->result};
    const char *sources[RECON_SOURCES_CONFIGURED_MAX];
    int count = 0, source_count = settings->source_count;
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        out[count++] = fixed[i];
    for (int i = 0; i < source_count; i++)
        sources[i] = settings->sources[i];
    if (source_count == 0)
        source_count = usual_sources(reconcile->config, sources);
    for (int i = 0; i < source_count; i++) {
        out[count++] = "--source";
        out[count++] = sources[i];
    }
    out[count] = NULL;
}

/* What the last run found is known again after a start. */
static void recall_result(struct reconcile *reconcile, const struct reconciled *last) {
    struct event event = {.kind = EVENT_CONTROL, .of.control.control = CONTROL_RECONCILED};
    event.of.control.reconciled = *last;
    if (last->state != RECONCILED_NONE)
        (void)inbox_offer(reconcile->inbox, &inbox_event, NULL, &event, sizeof event);
}

void reconcile_start(struct reconcile *reconcile) {
    const struct recon_settings *settings = recon_settings(reconcile->config);
    const char *journal = settings_of(reconcile->config)->journal_path;
    const char *arguments[DAILY_ARGUMENTS_MAX + 1];
    if (settings->at_minute < 0 || reconcile->config_path == NULL)
        return;
    reconcile->page = file_beside(journal, "recon.html");
    reconcile->result = file_beside(journal, "recon.json");
    struct reconciled last = read_verdict(reconcile->result);
    recall_result(reconcile, &last);
    name_arguments(reconcile, arguments);
    struct daily_plan plan = {.program = "kioskctl",
                              .arguments = arguments,
                              .minute = settings->at_minute,
                              .done_ms = last.day_ms,
                              .retry_ms = settings->retry_ms,
                              .good = {0, DIFFERENCES_FOUND}};
    reconcile->daily = daily_start(&plan, reconcile_ended, reconcile);
}

void reconcile_stop(struct reconcile *reconcile) {
    if (reconcile->daily != NULL)
        daily_stop(reconcile->daily);
    free(reconcile->page);
    free(reconcile->result);
    reconcile->daily = NULL;
    reconcile->page = reconcile->result = NULL;
}
