#include "app/shell/start.h"

#include <errno.h>
#include <inttypes.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/timex.h>
#include <unistd.h>

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/config/code_rules.h"
#include "app/config/rules.h"
#include "app/config/terminal_rows.h"
#include "app/options.h"
#include "app/platform/platform.h"
#include "app/shell/not_offered.h"
#include "app/shell/now.h"
#include "app/shell/script_names.h"
#include "app/shell/settings.h"
#include "app/shell/sound_settings.h"

#define NO_INSTALLATION "00" /* of a terminal without a journal, whose numbers reach nobody */
#define INSTALLED_ASSETS "/usr/share/hopkiosk/assets"
#define INSTALLED_PROMPTS "/usr/share/hopkiosk/prompts"

/* The first of these places, from the program's folder, that is there. */
static bool find_beside(const char *const *places, size_t count, char path[PATH_MAX]) {
    char self[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    self[length > 0 ? length : 0] = '\0';
    char *slash = strrchr(self, '/');
    for (size_t i = 0; slash != NULL && i < count; i++) {
        snprintf(path, PATH_MAX, "%.*s/%s", (int)(slash - self), self, places[i]);
        if (access(path, R_OK) == 0)
            return true;
    }
    return false;
}

/* Assets are looked for beside the program, in folders above it (a build), and where a package puts
 * them. */
static const char *assets_dir(char path[PATH_MAX]) {
    static const char *const places[] = {"assets", "../assets", "../../assets",
                                         "../share/hopkiosk/assets"};
    return find_beside(places, sizeof places / sizeof places[0], path) ? path : INSTALLED_ASSETS;
}

/* The prompts that the build has made. */
static const char *prompts_dir(char path[PATH_MAX]) {
    static const char *const places[] = {"prompts", "../share/hopkiosk/prompts"};
    return find_beside(places, sizeof places / sizeof places[0], path) ? path : INSTALLED_PROMPTS;
}

static enum loop_exit refuse_start(const char *what, const char *why) {
    fprintf(stderr, "kiosk: %s: %s\n", what, why);
    return LOOP_FAILED;
}

static void missing_glyph(uint32_t codepoint) {
    log_write(LOG_WARNING, "ui", "no font has the character U+%04" PRIX32, codepoint);
}

/* Where this machine has what its drawing shows. */
static void place_parts(const struct config *config, enum ui_spot spots[UI_PART_COUNT]) {
    static const enum ui_part parts[ROLE_COUNT] = {[ROLE_SCANNER] = UI_PART_SCANNER,
                                                   [ROLE_ID_READER] = UI_PART_ID_READER,
                                                   [ROLE_CARD_READER] = UI_PART_CARD_READER,
                                                   [ROLE_PRINTER] = UI_PART_PRINTER,
                                                   [ROLE_PINPAD] = UI_PART_COUNT,
                                                   [ROLE_KEYPAD] = UI_PART_COUNT};
    const struct settings_devices *devices = settings_devices(config);
    for (int i = 0; i < UI_PART_COUNT; i++)
        spots[i] = UI_SPOT_NONE;
    for (int i = 0; i < devices->count; i++)
        if (parts[devices->items[i].role] < UI_PART_COUNT)
            spots[parts[devices->items[i].role]] = devices->spots[i];
}

static int volume_now(const void *context) {
    return settings_volume(context, clock_wall_ms());
}

/* On a thread of the sound's. */
static void sound_state(const char *device, const char *why) {
    const char *name = device[0] != '\0' ? device : "the usual output";
    if (why != NULL)
        log_write(LOG_WARNING, "sound", "%s is silent: %s", name, why);
    else
        log_write(LOG_INFO, "sound", "%s plays", name);
}

static void set_sound(const struct config *config, const char *assets, char recordings[PATH_MAX],
                      char prompts[PATH_MAX], struct ui_sound *out) {
    const struct settings_sound *sound = settings_sound(config);
    snprintf(recordings, PATH_MAX, "%.4000s/prompts", assets);
    *out = (struct ui_sound){.on = sound->volume_count > 0,
                             .speaks = strcmp(sound->speech, "off") != 0,
                             .aloud = strcmp(sound->speech, "aloud") == 0,
                             .device = sound->device,
                             .headphones = sound->headphones,
                             .recordings = recordings,
                             .prompts = prompts_dir(prompts),
                             .volume = volume_now,
                             .context = sound,
                             .state = sound_state};
}

static const char *role_of(const struct loop *loop) {
    return loop->options->role != NULL ? loop->options->role : config_terminal(loop->config)->role;
}

static bool is_desk(const struct loop *loop) {
    return strcmp(role_of(loop), "cashier") == 0;
}

static enum loop_exit open_display(struct loop *loop) {
    char error[256] = "", assets[PATH_MAX], recordings[PATH_MAX], prompts[PATH_MAX];
    const struct config_terminal *terminal = config_terminal(loop->config);
    const struct settings *settings = settings_of(loop->config);
    struct ui_options options = {.headless = loop->options->headless,
                                 .keyboard = settings_hears_keyboard(settings, role_of(loop)),
                                 .width = terminal->width,
                                 .height = terminal->height,
                                 .panel_width_mm = terminal->panel_width_mm,
                                 .panel_height_mm = terminal->panel_height_mm,
                                 .rotation = terminal->rotation,
                                 .full_screen = terminal->full_screen,
                                 .mount_mm = terminal->mount_mm,
                                 .assets_dir = assets_dir(assets),
                                 .patient_display = is_desk(loop) ? settings->desk_displays : NULL,
                                 .missing_glyph = missing_glyph};
    place_parts(loop->config, options.spots);
    set_sound(loop->config, options.assets_dir, recordings, prompts, &options.sound);
    loop->ui = ui_create(&options, error, sizeof error);
    if (loop->ui == NULL)
        return refuse_start("no display", error);
    if (!ui_is_of_panel_shape(loop->ui))
        log_write(LOG_WARNING, "ui", "the display is not of the shape of terminal.panel_mm");
    return LOOP_OK;
}

/* A journal that cannot be opened leaves the kiosk out of service, with the reason on its screen.
 * One that another kiosk holds ends the program. */
static enum loop_exit open_journal(struct loop *loop) {
    struct journal_options options = {.path = settings_of(loop->config)->journal_path,
                                      .terminal_id = config_terminal(loop->config)->id};
    char folder[PATH_MAX];
    snprintf(folder, sizeof folder, "%s", options.path);
    mkdir(dirname(folder), 0700);
    enum journal_result result = journal_open(&options, &loop->journal);
    if (result == JOURNAL_BUSY)
        return refuse_start(options.path, "another kiosk has this journal");
    if (result != JOURNAL_OK) {
        const char *why = journal_result_text(result);
        log_write(LOG_ERROR, "journal", "%s: no payment is taken: %s", options.path, why);
        fprintf(stderr, "kiosk: %s: no payment is taken: %s\n", options.path, why);
        loop->journal = NULL;
    }
    return LOOP_OK;
}

static bool read_numbers(struct journal *journal, char last_no[ORDER_NO_SIZE],
                         char installation[INSTALLATION_SIZE]) {
    return journal_last_no(journal, last_no) == JOURNAL_OK &&
           journal_installation(journal, installation) == JOURNAL_OK;
}

static void read_staff_lock(struct journal *journal, struct core_setup *setup) {
    struct journal_staff_lock lock;
    if (journal_staff_lock(journal, &lock) != JOURNAL_OK) {
        log_write(LOG_ERROR, "journal", "%s", journal_error(journal));
        return;
    }
    int64_t left_ms = lock.until_ms - clock_wall_ms();
    setup->staff_tries = (uint8_t)(lock.tries < 0 || lock.tries > UINT8_MAX ? 0 : lock.tries);
    setup->staff_pause_ms = left_ms > 0 ? left_ms : 0;
}

static bool is_found(struct journal *journal, const char *what) {
    int64_t since_ms = 0;
    if (journal_found(journal, what, &since_ms) != JOURNAL_OK)
        log_write(LOG_ERROR, "journal", "%s", journal_error(journal));
    return since_ms != 0;
}

static void read_what_is_known(struct journal *journal, struct core_setup *setup) {
    read_staff_lock(journal, setup);
    if (is_found(journal, JOURNAL_FOUND_BY_VISIT))
        setup->found = SETTLE_RESULT_VISIT;
    else if (is_found(journal, JOURNAL_FOUND_BY_ORDER))
        setup->found = SETTLE_RESULT_ORDER;
}

static bool has_printer(const struct config *config) {
    const struct settings_devices *devices = settings_devices(config);
    for (int i = 0; i < devices->count; i++)
        if (devices->items[i].role == ROLE_PRINTER)
            return true;
    return false;
}

/* A bench is its own time. A kernel that is not told of a time server does not know either. */
static bool is_clock_unproven(const struct config *config) {
    struct timex kernel = {0};
    if (platform_of_time(config) == NULL || settings_is_bench(settings_of(config)))
        return false;
    int state = adjtimex(&kernel);
    return state < 0 || state == TIME_ERROR || (kernel.status & STA_UNSYNC) != 0;
}

static struct core_setup setup_core(const struct loop *loop) {
    const struct config_terminal *terminal = config_terminal(loop->config);
    const struct config_rules *rules = config_rules(loop->config);
    const struct config_codes *codes = config_codes(loop->config);
    const struct settings *settings = settings_of(loop->config);
    struct core_setup setup = {.policy = rules->policy,
                               .limits = rules->limits,
                               .language = terminal->language,
                               .code_rule_count = codes->count,
                               .journal_ok = loop->journal != NULL,
                               .compares_clock = platform_of_time(loop->config) != NULL,
                               .clock_unproven = is_clock_unproven(loop->config),
                               .receipt_on_request = !settings->receipt.automatic,
                               .has_printer = has_printer(loop->config),
                               .wide_panel = ui_is_wide(loop->ui),
                               .desk_window = is_desk(loop) && settings->desk_window,
                               .patient_display = settings->desk_displays[0] != '\0',
                               .has_staff_pin = settings->staff.count > 0};
    setup.policy.wallets = platform_wallet_route(loop->config);
    setup.policy.settle_result = platform_settle_result(loop->config);
    setup.policy.own_part_here = platform_own_part_here(loop->config);
    setup.policy.insured_decodes = platform_decodes_insurance(loop->config);
    setup.policy.insured_by_name = platform_insurance_names_person(loop->config);
    setup.policy.insured_his_cancel = platform_insurance_his_cancel(loop->config);
    for (enum route route = ROUTE_NONE + 1; route < ROUTE_COUNT; route++) /* a desk is the window */
        setup.policy.refund_untold[route] =
            !is_desk(loop) && platform_refund_untold(loop->config, route);
    setup.policy.his_takes_back = platform_his_has(loop->config, VERB_UNCREDIT);
    setup.policy.his_guides = platform_his_has(loop->config, VERB_GUIDANCE);
    const struct settings_devices *devices = settings_devices(loop->config);
    unsigned pinpads = devices_pinpads_of(devices->items, devices->count);
    snprintf(setup.cashier, sizeof setup.cashier, "%s", terminal->operator_name);
    setup.second_above = settings->desk_second_above;
    setup.pinpads[0] = (pinpads & DEVICES_PINPAD_1) != 0;
    setup.pinpads[1] = (pinpads & DEVICES_PINPAD_2) != 0;
    memcpy(setup.code_rules, codes->rules, sizeof setup.code_rules);
    char installation[INSTALLATION_SIZE] = NO_INSTALLATION;
    if (setup.journal_ok && !read_numbers(loop->journal, setup.last_no, installation)) {
        log_write(LOG_ERROR, "journal", "%s", journal_error(loop->journal));
        setup.journal_ok = false;
    }
    if (setup.journal_ok)
        read_what_is_known(loop->journal, &setup);
    snprintf(setup.number_mark, sizeof setup.number_mark, "%s%s", installation, terminal->no);
    return setup;
}

static void wake_ui(void *ui) {
    ui_wake(ui);
}

static struct present_site present_site_of(const struct config *config) {
    const struct config_terminal *terminal = config_terminal(config);
    const struct config_rules *rules = config_rules(config);
    struct present_site site = {.hospital_name = terminal->hospital_name,
                                .terminal_no = terminal->no,
                                .phone = settings_of(config)->staff.phone,
                                .cashier = terminal->operator_name,
                                .channel_count = rules->channel_count};
    memcpy(site.channels, rules->channels, sizeof site.channels);
    return site;
}

static void show_first_picture(struct loop *loop) {
    loop->site = present_site_of(loop->config);
    present_view(&loop->core, &loop->site, shell_now(), &loop->store, &loop->view);
    ui_present(loop->ui, &loop->view);
    log_write(LOG_INFO, "loop", "first picture after %d ms",
              (int)(clock_mono_ms() - loop->started_mono_ms));
}

static void start_services(struct loop *loop) {
    struct given given = {.inbox = loop->inbox,
                          .core = &loop->core,
                          .config = loop->config,
                          .config_path = loop->options->config_path,
                          .journal = loop->journal,
                          .ui = loop->ui,
                          .view = &loop->view,
                          .shots_dir = loop->options->shots_dir,
                          .desk_path =
                              is_desk(loop) ? settings_of(loop->config)->desk_socket : NULL};
    services_start(&loop->services, &given);
}

static bool pass_unreadable(void *context, const char *order_no, const char *why) {
    (void)context, (void)order_no, (void)why;
    return true;
}

/* One order's damage stops no other, but new payments until a person has decided about it. */
static void isolate_damaged_orders(struct loop *loop) {
    int undecided = 0;
    enum journal_fault fault = JOURNAL_SOUND;
    journal_on_unreadable(loop->journal, pass_unreadable, NULL); /* a case each */
    if (journal_isolate(loop->journal, clock_wall_ms(), &undecided) != JOURNAL_OK) {
        log_write(LOG_ERROR, "journal", "%s", journal_error(loop->journal));
        fault = JOURNAL_UNREAD;
    } else if (undecided > 0) {
        log_write(
            LOG_ERROR, "journal",
            "%d open orders cannot be read: no payment is taken until their cases are resolved",
            undecided);
        fault = JOURNAL_UNDECIDED;
    }
    journal_on_unreadable(loop->journal, NULL, NULL);
    if (fault != JOURNAL_SOUND)
        core_distrust_journal(&loop->core, fault, shell_now());
}

static enum loop_exit start_script(struct loop *loop) {
    const struct settings *settings = settings_of(loop->config);
    struct script_options script = {.path = loop->options->script_path,
                                    .sandbox_url = settings->bench.sandbox_url,
                                    .usb_socket = settings->bench.usb_socket,
                                    .names = &script_names};
    if (script.path == NULL || panel_start(&loop->services.panel, &script))
        return LOOP_OK;
    return LOOP_REFUSED;
}

static void log_not_offered(const struct loop *loop) {
    const char *lines[NOT_OFFERED_MAX];
    int count = not_offered(loop->config, is_desk(loop), lines);
    for (int i = 0; i < count; i++)
        log_write(LOG_WARNING, "config", "not offered: %s", lines[i]);
}

enum loop_exit loop_start(struct loop *loop) {
    loop->started_mono_ms = clock_mono_ms();
    notify_start(&loop->notify);
    log_open(settings_of(loop->config)->log_path, LOG_INFO);
    if (settings_of(loop->config)->log_path[0] == '\0' && getenv("JOURNAL_STREAM") != NULL)
        log_open_journald("/run/systemd/journal/socket");
    log_not_offered(loop);
    enum loop_exit code = open_display(loop);
    if (code == LOOP_OK)
        code = open_journal(loop);
    if (code != LOOP_OK)
        return code;
    struct core_setup setup = setup_core(loop);
    core_init(&loop->core, &setup, shell_now());
    show_first_picture(loop);
    if (loop->journal != NULL)
        isolate_damaged_orders(loop);
    loop->inbox = inbox_create(wake_ui, loop->ui);
    start_services(loop);
    services_open_desk(&loop->services);
    return start_script(loop);
}

void loop_stop(struct loop *loop) {
    notify_stop(&loop->notify);
    services_stop(&loop->services);
    if (loop->inbox != NULL)
        inbox_destroy(loop->inbox);
    documents_free(&loop->services.documents);
    if (loop->journal != NULL)
        journal_close(loop->journal);
    if (loop->ui != NULL)
        ui_destroy(loop->ui);
    log_close();
}
