/* Starting and stopping, in an order: first what the first picture needs, then everything else. */
#include <errno.h>
#include <inttypes.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/config/code_rules.h"
#include "app/config/rules.h"
#include "app/config/terminal_rows.h"
#include "app/shell/now.h"
#include "app/shell/parts.h"
#include "app/shell/script_names.h"

#define INSTALLED_ASSETS "/usr/share/hopkiosk/assets"

/* Beside the program, in a folder above it (a build), or where a package puts them. */
static const char *assets_dir(char path[PATH_MAX]) {
    static const char *const places[] = {"assets", "../assets", "../../assets",
                                         "../share/hopkiosk/assets"};
    char self[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    self[length > 0 ? length : 0] = '\0';
    char *slash = strrchr(self, '/');
    for (size_t i = 0; slash != NULL && i < sizeof places / sizeof places[0]; i++) {
        snprintf(path, PATH_MAX, "%.*s/%s", (int)(slash - self), self, places[i]);
        if (access(path, R_OK) == 0)
            return path;
    }
    return INSTALLED_ASSETS;
}

static bool refuse(struct loop *loop, const char *what, const char *why) {
    fprintf(stderr, "kiosk: %s: %s\n", what, why);
    loop->code = LOOP_FAILED;
    return false;
}

static void missing_glyph(uint32_t codepoint) {
    log_write(LOG_WARNING, "ui", "no font has the character U+%04" PRIX32, codepoint);
}

static bool start_ui(struct loop *loop) {
    char error[256] = "", assets[PATH_MAX];
    const struct config_terminal *terminal = config_terminal(loop->config);
    struct ui_options options = {.headless = loop->options->headless,
                                 .width = terminal->width,
                                 .height = terminal->height,
                                 .panel_width_mm = terminal->panel_width_mm,
                                 .panel_height_mm = terminal->panel_height_mm,
                                 .rotation = terminal->rotation,
                                 .assets_dir = assets_dir(assets),
                                 .missing_glyph = missing_glyph};
    loop->ui = ui_create(&options, error, sizeof error);
    return loop->ui != NULL || refuse(loop, "no display", error);
}

/* A kiosk without a journal shows why it is out of service; a second kiosk does not start. */
static bool open_journal(struct loop *loop) {
    struct journal_options options = {.path = settings_of(loop->config)->journal_path,
                                      .terminal_id = config_terminal(loop->config)->id};
    char folder[PATH_MAX];
    snprintf(folder, sizeof folder, "%s", options.path);
    mkdir(dirname(folder), 0700);
    enum journal_result result = journal_open(&options, &loop->journal);
    if (result == JOURNAL_BUSY)
        return refuse(loop, options.path, "another kiosk has this journal");
    if (result != JOURNAL_OK) {
        log_write(LOG_ERROR, "journal", "%s cannot be opened (%d): no payment is taken",
                  options.path, (int)result);
        loop->journal = NULL;
    }
    return true;
}

static struct core_setup setup_of(struct loop *loop) {
    const struct config_terminal *terminal = config_terminal(loop->config);
    const struct config_rules *rules = config_rules(loop->config);
    const struct config_codes *codes = config_codes(loop->config);
    const struct settings *settings = settings_of(loop->config);
    struct core_setup setup = {.policy = rules->policy,
                               .limits = rules->limits,
                               .language = terminal->language,
                               .code_rule_count = codes->count,
                               .journal_ok = loop->journal != NULL,
                               .receipt_on_request = !settings->receipt.automatic,
                               .has_staff_pin = settings->staff.pin_hash[0] != '\0'};
    snprintf(setup.terminal_no, sizeof setup.terminal_no, "%s", terminal->no);
    memcpy(setup.code_rules, codes->rules, sizeof setup.code_rules);
    if (setup.journal_ok && journal_last_no(loop->journal, setup.last_no) != JOURNAL_OK) {
        log_write(LOG_ERROR, "journal", "%s", journal_error(loop->journal));
        setup.journal_ok = false;
    }
    return setup;
}

static void wake_ui(void *context) {
    ui_wake(context);
}

static void start_usb(struct loop *loop) {
    char error[256] = "";
    const struct settings_devices *devices = settings_devices(loop->config);
    loop->usb = usb_start(devices->items, devices->count, settings_driver_limits(loop->config),
                          inbox_take_driver, loop, error, sizeof error);
    if (loop->usb == NULL)
        log_write(LOG_ERROR, "usb", "no device can be used: %s", error);
}

static void start_pumps(struct loop *loop) {
    if (loop->journal != NULL)
        loop->journal_pump = journal_pump_start(loop->journal, inbox_take_journal, loop);
    loop->net = net_start(config_allows_plain(loop->config), inbox_take_net, loop);
    start_usb(loop);
    loop->control =
        control_start(settings_of(loop->config)->control_path, inbox_take_control, loop);
}

static bool start_script(struct loop *loop) {
    if (loop->options->script_path == NULL)
        return true;
    const struct settings *settings = settings_of(loop->config);
    struct script_options options = {.path = loop->options->script_path,
                                     .sandbox_url = settings->bench.sandbox_url,
                                     .usb_socket = settings->bench.usb_socket,
                                     .names = &script_names};
    ENSURE(queue_reserve(loop->inbox));
    loop->script = script_start(&options, inbox_take_script, loop);
    loop->code = loop->script != NULL ? LOOP_OK : LOOP_REFUSED;
    return loop->script != NULL;
}

static struct present_site present_site_of(const struct config *config) {
    const struct config_terminal *terminal = config_terminal(config);
    const struct config_rules *rules = config_rules(config);
    struct present_site site = {.hospital_name = terminal->hospital_name,
                                .terminal_no = terminal->no,
                                .phone = settings_of(config)->staff.phone,
                                .channel_count = rules->channel_count};
    memcpy(site.channels, rules->channels, sizeof site.channels);
    return site;
}

static void first_picture(struct loop *loop) {
    loop->site = present_site_of(loop->config);
    present(&loop->core, &loop->site, shell_now(), &loop->store, &loop->view);
    ui_present(loop->ui, &loop->view);
    log_write(LOG_INFO, "loop", "first picture after %d ms",
              (int)(clock_mono_ms() - loop->started_mono_ms));
}

bool loop_start(struct loop *loop) {
    loop->started_mono_ms = clock_mono_ms();
    log_open(settings_of(loop->config)->log_path, LOG_INFO);
    if (!start_ui(loop) || !open_journal(loop))
        return false;
    loop->inbox = queue_create(sizeof(struct item), INBOX_MAX, wake_ui, loop->ui);
    loop->trace = trace_open(settings_of(loop->config)->trace_path);
    struct core_setup setup = setup_of(loop);
    core_init(&loop->core, &setup, shell_now());
    first_picture(loop);
    struct open_orders *open = open_orders_read(loop);
    start_pumps(loop);
    open_orders_restore(loop, open);
    return start_script(loop);
}

/* Everything under way is answered into the inbox and forgotten there: the journal knows. */
static void stop_pumps(struct loop *loop) {
    if (loop->control != NULL)
        control_stop(loop->control);
    if (loop->usb != NULL)
        usb_stop(loop->usb);
    if (loop->net != NULL)
        net_stop(loop->net);
    if (loop->journal_pump != NULL)
        journal_pump_stop(loop->journal_pump);
}

static void free_items(struct loop *loop) {
    struct item item;
    while (queue_pop(loop->inbox, &item))
        if (item.kind == ITEM_NET)
            free(item.of.net.body);
        else if (item.kind == ITEM_RECORDS)
            documents_keep(&loop->documents, item.of.records.document);
        else if (item.kind == ITEM_CONTROL)
            control_reply(&item.of.control, "{\"error\":\"stopping\"}");
        else if (item.kind == ITEM_STAFF)
            documents_keep(&loop->documents, (struct document *)(uintptr_t)item.of.staff.document);
        else if (item.kind == ITEM_RESOLVED)
            answering_resolved(loop, item.of.journal.result);
    queue_destroy(loop->inbox);
}

void loop_stop(struct loop *loop) {
    if (loop->script != NULL)
        script_stop(loop->script);
    stop_pumps(loop);
    if (loop->inbox != NULL)
        free_items(loop);
    exchanges_free(&loop->exchanges);
    loop->core.session = (struct session){0};
    documents_sweep(&loop->documents, &loop->core.session);
    if (loop->journal != NULL)
        journal_close(loop->journal);
    if (loop->ui != NULL)
        ui_destroy(loop->ui);
    trace_close(loop->trace);
    log_close();
}
