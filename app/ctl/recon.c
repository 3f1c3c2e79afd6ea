#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/base/log.h"
#include "app/config/terminal_rows.h"
#include "app/ctl/ctl.h"
#include "app/ctl/progress.h"
#include "app/ctl/recon_apply.h"
#include "app/ctl/recon_fetch.h"
#include "app/recon/report.h"

#define DAY_S 86400
#define BY_MAX 200

enum recon_output { OUTPUT_TEXT, OUTPUT_JSON, OUTPUT_CSV };

/* A file, or a service that is asked. */
struct recon_input {
    const char *format, *path;
    const struct recon_service *service;
};

struct recon_run {
    struct recon_report report;
    struct recon_ledger ledger;
    struct recon_result result;
    struct recon_totals totals;
    struct recon_rules rules;
    enum recon_output output;
    const char *page,
        *result_path; /* where the HTML goes, and the verdict in a line; NULL: nowhere */
    struct recon_input inputs[RECON_FILES_MAX]; /* in the order named */
    int input_count;
    bool asks; /* some input is a service */
    bool applies;
    const char *keep; /* the folder of answers; NULL: none */
    const char *by;
    const char *database; /* of the fleet; NULL: the configuration's */
};

static bool take_day(const char *text, int64_t *day_s) {
    struct recon_slice day = slice_of(text);
    return day.length == 10 && entry_time(day, day_s);
}

static bool add_recon_input(struct recon_run *run, const struct source_format *format,
                            const char *path) {
    if (format == NULL || path[0] == '\0' || run->input_count == RECON_FILES_MAX)
        return false;
    run->inputs[run->input_count++] = (struct recon_input){format->name, path, NULL};
    return true;
}

/* Two views of the same rows would count them twice. */
static bool take_service(struct recon_run *run, const char *name) {
    const struct recon_service *service = recon_service(name);
    if (service == NULL || run->input_count == RECON_FILES_MAX)
        return false;
    for (int i = 0; i < run->input_count; i++)
        if (run->inputs[i].service && !strcmp(run->inputs[i].format, recon_service_format(service)))
            return false;
    run->inputs[run->input_count++] =
        (struct recon_input){recon_service_format(service), NULL, service};
    run->asks = true;
    return true;
}

/* SOURCE=PATH */
static bool take_file(struct recon_run *run, const char *text) {
    char name[RECON_SHARED_TEXT_SIZE];
    size_t length = strcspn(text, "=");
    if (text[length] != '=' || length >= sizeof name)
        return false;
    snprintf(name, sizeof name, "%.*s", (int)length, text);
    return add_recon_input(run, source_format(name), text + length + 1);
}

static bool take_recon_option(struct recon_run *run, const char *option, const char *value) {
    if (!strcmp(option, "--file"))
        return take_file(run, value);
    if (!strcmp(option, "--source"))
        return take_service(run, value);
    if (!strcmp(option, "--journal"))
        return add_recon_input(run, source_format("journal"), value);
    if (!strcmp(option, "--html")) {
        run->page = value;
        return value[0] != '\0';
    }
    if (!strcmp(option, "--keep")) {
        run->keep = value;
        return value[0] != '\0';
    }
    if (!strcmp(option, "--result")) {
        run->result_path = value;
        return value[0] != '\0';
    }
    if (!strcmp(option, "--by")) {
        run->by = value;
        return value[0] != '\0' && strlen(value) <= BY_MAX;
    }
    if (!strcmp(option, "--database")) {
        run->database = value;
        return value[0] != '\0';
    }
    if (!strcmp(option, "--from")) {
        run->report.from = value;
        return take_day(value, &run->ledger.period.from_s);
    }
    if (!strcmp(option, "--to")) {
        run->report.to = value;
        return take_day(value, &run->ledger.period.end_s);
    }
    return false;
}

static enum ctl_exit refuse_option(const char *option, const char *value) {
    return ctl_say(CTL_REFUSED,
                   "%s %s: expected --source NAME (a service, once: %s), --file SOURCE=PATH (a "
                   "source: rows journal upp channel his tongji amp mmpc), --journal FILE, "
                   "--html FILE, --result FILE, --keep FOLDER, --by WHO, or --from and --to with a "
                   "day, yyyy-MM-dd",
                   option, value, recon_service_names());
}

/* CTL_OK, or CTL_REFUSED after saying why. */
static enum ctl_exit take_recon_options(struct recon_run *run, int argc, char **argv) {
    for (int i = 1; i < argc; i++)
        if (!strcmp(argv[i], "--csv"))
            run->output = OUTPUT_CSV;
        else if (!strcmp(argv[i], "--apply"))
            run->applies = true;
        else if (!strcmp(argv[i], "--fleet")) {
            if (!take_service(run, "fleet"))
                return refuse_option("--fleet", "");
        } else if (i + 1 == argc)
            return ctl_usage("recon");
        else if (!take_recon_option(run, argv[i], argv[i + 1]))
            return refuse_option(argv[i], argv[i + 1]);
        else
            i++;
    if ((run->report.from == NULL) != (run->report.to == NULL) ||
        (run->report.from && run->ledger.period.end_s < run->ledger.period.from_s))
        return ctl_say(CTL_REFUSED, "expected both --from and --to, in this order");
    if (run->input_count == 0)
        return ctl_usage("recon");
    if (run->applies != (run->by != NULL))
        return ctl_say(CTL_REFUSED, "expected --apply and --by together: who wants it");
    if (run->asks && run->report.from == NULL)
        return ctl_say(CTL_REFUSED, "--source: expected --from and --to, the days to ask for");
    run->ledger.period.end_s += run->report.to ? DAY_S : 0;
    return CTL_OK;
}

static void show_reading(const char *file, size_t at, size_t size) {
    progress_show(file, (int64_t)at, (int64_t)size);
}

static enum ctl_exit read_input(struct ctl *ctl, struct recon_run *run,
                                const struct recon_input *input) {
    if (input->service)
        return recon_fetch(ctl, input->service, run->keep, &run->ledger);
    bool read = recon_ledger_read(&run->ledger, input->format, input->path);
    progress_clear();
    return read ? CTL_OK : ctl_say(CTL_FAILED, "%s", run->ledger.complaint.text);
}

static enum ctl_exit read_inputs(struct ctl *ctl, struct recon_run *run) {
    enum ctl_exit code = CTL_OK;
    for (int i = 0; code == CTL_OK && i < run->input_count; i++)
        code = read_input(ctl, run, &run->inputs[i]);
    if (code == CTL_OK && !recon_ledger_has_all_pages(&run->ledger))
        code = ctl_say(CTL_FAILED, "%s", run->ledger.complaint.text);
    if (code == CTL_OK && !recon_match(&run->ledger))
        code = ctl_say(CTL_FAILED, "%s", run->ledger.complaint.text);
    return code;
}

/* Written beside it and put in its place when it is whole; it names persons' payments, so it is its
 * owner's only. */
static bool print_file(const struct recon_run *run, const char *path,
                       bool (*print)(FILE *out, const struct recon_report *report)) {
    char *beside = NULL;
    struct recon_ledger *ledger = run->report.ledger;
    ENSURE(asprintf(&beside, "%s.part", path) > 0);
    (void)unlink(beside);
    int descriptor = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    FILE *out = descriptor < 0 ? NULL : fdopen(descriptor, "w");
    bool printed = out != NULL && print(out, &run->report);
    bool closed = out != NULL && fclose(out) == 0;
    bool placed = printed && closed && rename(beside, path) == 0;
    if (!placed && (printed || out == NULL))
        snprintf(ledger->complaint.text, sizeof ledger->complaint.text, "%.200s: %s", path,
                 strerror(errno));
    if (!placed)
        (void)unlink(beside);
    free(beside);
    return placed;
}

static bool print_run(const struct recon_run *run) {
    if (run->page && !print_file(run, run->page, recon_print_html))
        return false;
    if (run->result_path && !print_file(run, run->result_path, recon_print_result))
        return false;
    if (run->page && run->output == OUTPUT_TEXT)
        return true;
    switch (run->output) {
    case OUTPUT_JSON:
        return recon_print_json(stdout, &run->report);
    case OUTPUT_CSV:
        return recon_print_csv(stdout, &run->report);
    default:
        return recon_print_text(stdout, &run->report);
    }
}

static enum ctl_exit run_recon(struct ctl *ctl, struct recon_run *run) {
    enum ctl_exit code = read_inputs(ctl, run);
    if (code != CTL_OK)
        return code;
    if (run->ledger.source_count < 2)
        return ctl_say(CTL_FAILED, "expected at least two sources, got %d",
                       run->ledger.source_count);
    recon_judge(&run->ledger, &run->rules, &run->result);
    if (!recon_sums_hold(&run->ledger, &run->result))
        return ctl_say(CTL_FAILED, "the sums of the classes are not those of the sources");
    recon_totals_take(&run->ledger, &run->result, &run->totals);
    if (!print_run(run))
        return ctl_say(CTL_FAILED, "%s", run->ledger.complaint.text);
    if (run->applies && recon_apply(ctl, &run->report, run->by) != CTL_OK)
        return CTL_FAILED;
    return recon_differences(&run->result) > 0 ? CTL_DIFFERENCES : CTL_OK;
}

enum ctl_exit ctl_recon(struct ctl *ctl, int argc, char **argv) {
    struct recon_run *run = calloc(1, sizeof *run);
    if (run == NULL)
        return ctl_say(CTL_FAILED, "no memory");
    recon_ledger_init(&run->ledger);
    run->report =
        (struct recon_report){&run->ledger, &run->result, &run->totals, NULL, NULL, LANGUAGE_EN};
    run->ledger.progress = show_reading;
    run->rules = (struct recon_rules){RECON_WINDOW_S, RECON_LATE_S};
    run->output = ctl->json ? OUTPUT_JSON : OUTPUT_TEXT;
    enum ctl_exit code = take_recon_options(run, argc, argv);
    if (code == CTL_OK && (ctl->config_path || run->asks || run->applies)) {
        const struct config *config = ctl_config(ctl);
        code = config ? CTL_OK : CTL_REFUSED;
        if (config)
            run->report.language = config_terminal(config)->language;
    }
    ctl->database = run->database;
    if (code == CTL_OK)
        code = run_recon(ctl, run);
    recon_totals_free(&run->totals);
    recon_result_free(&run->result);
    recon_ledger_free(&run->ledger);
    free(run);
    return code;
}
