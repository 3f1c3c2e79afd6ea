/* Checks that use no network: files, addresses, the journal, the devices. */
#include <errno.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/config/section.h"
#include "app/config/terminal_rows.h"
#include "app/ctl/own_devices.h"
#include "app/ctl/selftest.h"
#include "app/journal/journal.h"
#include "app/platform/platform.h"
#include "app/pump/control.h"
#include "app/wire/json.h"

#define CONTROL_MS 3000
#define DEVICE_MS 2000
#define UNDECIDED_MS 8000 /* more for one that is tried: silence of its like takes its time */

/* An existing file with secrets or personal data must be readable by its owner only. */
static void check_private(const char *path, struct findings *findings) {
    struct stat status;
    if (stat(path, &status) != 0)
        return;
    if ((status.st_mode & 077) != 0)
        findings_add(findings, "permissions", FINDING_PROBLEM,
                     "chmod 600 it, or move the secrets into files of their own",
                     "%.200s: others may read it (mode %03o)", path, status.st_mode & 0777u);
    else
        findings_add(findings, "permissions", FINDING_OK, "", "%.200s", path);
}

static void check_folder(const char *path, struct findings *findings) {
    char *copy = strdup(path), *folder = dirname(copy);
    if (access(folder, W_OK | X_OK) == 0)
        findings_add(findings, "permissions", FINDING_OK, "", "%.200s can be written", folder);
    else
        findings_add(findings, "permissions", FINDING_PROBLEM,
                     "make the folder and give it to the kiosk's user", "%.150s: %s", folder,
                     strerror(errno));
    free(copy);
}

void selftest_permissions(const struct config *config, const char *config_path,
                          struct findings *findings) {
    const struct settings *settings = settings_of(config);
    struct stat status;
    /* The bench's key is public, so it must not be used elsewhere. */
    if (config->secret_inside && settings->bench.sandbox_url[0] == '\0')
        check_private(config_path, findings);
    check_folder(settings->journal_path, findings);
    check_private(settings->journal_path, findings);
    if (stat(settings->control_path, &status) == 0)
        check_private(settings->control_path, findings);
}

static void check_service_url(const char *member, const char *url, struct findings *findings) {
    static const char *const local[] = {"http://127.0.0.1", "http://localhost", "http://[::1]"};
    bool plain = strncmp(url, "http://", 7) == 0;
    for (size_t i = 0; i < sizeof local / sizeof local[0]; i++)
        if (strncmp(url, local[i], strlen(local[i])) == 0)
            plain = false;
    if (url[0] == '\0')
        return;
    if (plain)
        findings_add(findings, "plain http", FINDING_PROBLEM,
                     "use https://, or a VPN between the two and leave it so",
                     "%s: everybody on the way can read %.120s", member, url);
    else
        findings_add(findings, "plain http", FINDING_OK, "", "%s: %.120s", member, url);
}

void selftest_plain_http(const struct config *config, struct findings *findings) {
    for (const struct platform *const *platform = platforms; *platform != NULL; platform++) {
        const char *own = config_section(config, (*platform)->section);
        for (const struct config_row *row = (*platform)->section->rows; row->path != NULL; row++)
            if (row->type == CONFIG_URL)
                check_service_url(row->path, *(char *const *)(own + row->offset), findings);
    }
}

static void add_verdict(const struct journal_finding *verdict, struct findings *findings) {
    if (verdict->good)
        findings_add(findings, "journal", FINDING_OK, "", "%lld events, %lld orders, unaltered",
                     (long long)verdict->events, (long long)verdict->orders);
    else
        findings_add(findings, "journal", FINDING_PROBLEM,
                     "keep a copy of the file and call support: it was altered or damaged", "%s",
                     verdict->text);
}

static void add_owner(enum journal_result belongs, struct findings *findings) {
    if (belongs == JOURNAL_FOREIGN)
        findings_add(findings, "journal", FINDING_PROBLEM, journal_result_text(belongs),
                     "another installation's");
}

static const char *journal_fix(enum journal_result result) {
    if (result == JOURNAL_LOST)
        return journal_result_text(result);
    if (result == JOURNAL_NEWER)
        return "install the version that wrote it again: this one changes nothing of it and takes "
               "no payment; or bring back the copy from before (journal restore)";
    return "check the disk and who owns the file; the kiosk refuses payments without it";
}

void selftest_journal(const struct config *config, struct findings *findings) {
    const struct settings *settings = settings_of(config);
    enum journal_result result = journal_look(settings->journal_path);
    if (result != JOURNAL_OK) {
        findings_add(findings, "journal", FINDING_PROBLEM, journal_result_text(result), "%.200s",
                     settings->journal_path);
        return;
    }
    if (access(settings->journal_path, F_OK) != 0) {
        findings_add(findings, "journal", FINDING_OK, "",
                     "%.200s is made when the kiosk first starts", settings->journal_path);
        return;
    }
    struct journal *journal = NULL;
    struct journal_finding verdict = {0};
    const struct journal_options options = {.path = settings->journal_path,
                                            .terminal_id = config_terminal(config)->id,
                                            .read_only = true};
    result = journal_open(&options, &journal);
    if (result == JOURNAL_OK)
        result = journal_verify(journal, &verdict);
    if (result == JOURNAL_OK)
        add_verdict(&verdict, findings);
    if (result == JOURNAL_OK)
        add_owner(journal_belongs(journal, settings->journal_path), findings);
    else
        findings_add(findings, "journal", FINDING_PROBLEM, journal_fix(result), "%.150s: %s",
                     settings->journal_path,
                     result == JOURNAL_LOST ? "it is gone" : journal_result_text(result));
    if (journal != NULL)
        journal_close(journal);
}

/* The state of a device in the words of `devices`. */
struct standing {
    const char *role, *device, *supply, *media, *detail;
};

/* What to do about it; "": nothing, it serves. */
static const char *device_fix(const struct standing *is) {
    bool good = strcmp(is->device, "ready") == 0 || strcmp(is->device, "busy") == 0;
    bool fed = strcmp(is->supply, "out") != 0 && strcmp(is->supply, "jam") != 0 &&
               strcmp(is->supply, "low") != 0;
    if (strstr(is->detail, DRIVER_ALIKE) != NULL)
        return "add the members of the right one to its row of \"devices\" in the configuration";
    if (!good)
        return "check cable and power; config/60-hopkiosk.rules gives the permission";
    return fed ? "" : "see to its paper";
}

static void add_device(const struct standing *is, struct findings *findings) {
    const char *fix = device_fix(is);
    if (findings->count == FINDINGS_MAX)
        return;
    findings_add(findings, "device", fix[0] == '\0' ? FINDING_OK : FINDING_PROBLEM, fix,
                 "%s: %s, supply %s, media %s%s%.190s", is->role, is->device, is->supply, is->media,
                 is->detail[0] != '\0' ? ": " : "", is->detail);
}

static const char *state_word(const cJSON *row, const char *name) {
    const char *text = wire_text(row, name);
    return text == NULL ? "" : text;
}

static void ask_kiosk(const char *answer, struct findings *findings) {
    const char *ignored;
    cJSON *tree = wire_parse(answer, strlen(answer), &ignored);
    const cJSON *row;
    cJSON_ArrayForEach(row, wire_member(tree, "devices")) {
        struct standing is = {state_word(row, "role"), state_word(row, "device"),
                              state_word(row, "supply"), state_word(row, "media"),
                              state_word(row, "detail")};
        add_device(&is, findings);
    }
    cJSON_Delete(tree);
}

/* No kiosk uses the devices: takes what each reports within a few seconds. */
static void ask_devices(const struct config *config, struct findings *findings) {
    struct own_devices *devices = own_devices_start(config);
    if (devices == NULL) {
        findings_add(findings, "devices", FINDING_PROBLEM, "reinstall libusb", "none can be asked");
        return;
    }
    bool seen[ROLE_COUNT] = {false};
    const struct settings_devices *configured = settings_devices(config);
    for (int i = 0; i < configured->count; i++) {
        enum device_role role = configured->items[i].role;
        struct driver_status last;
        if (seen[role])
            continue;
        seen[role] = true;
        if (!own_devices_ready(devices, role, DEVICE_MS, &last) && last.device == DEVICE_UNKNOWN)
            (void)own_devices_ready(devices, role, UNDECIDED_MS, &last);
        struct standing is = {device_role_name(role), device_word_name(last.device),
                              supply_word_name(last.supply), media_word_name(last.media),
                              last.detail};
        add_device(&is, findings);
    }
    own_devices_stop(devices);
}

void selftest_devices(const struct config *config, struct findings *findings) {
    char *answer = control_call(settings_of(config)->control_path, "devices", CONTROL_MS);
    if (settings_devices(config)->count == 0)
        findings_add(findings, "devices", FINDING_NOT_CHECKED, "", "the configuration names none");
    else if (answer != NULL)
        ask_kiosk(answer, findings);
    else
        ask_devices(config, findings);
    free(answer);
}
