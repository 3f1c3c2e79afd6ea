/* `devices`: the state of a running kiosk's devices; `kiosk`: its status, out of service and back,
 * quit. */
#include <cjson/cJSON.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/ctl/ctl.h"
#include "app/ctl/device_test.h"
#include "app/ctl/record.h"
#include "app/pump/control.h"

#define PATIENCE_MS 3000
#define WATCH_PAUSE_MS 500

static char *ask_running_kiosk(const struct config *config, const char *word) {
    char *answer = control_call(settings_of(config)->control_path, word, PATIENCE_MS);
    if (answer == NULL) {
        ctl_say(CTL_FAILED, "no kiosk answers at %s (%s): start it, or run this as its user",
                settings_of(config)->control_path, strerror(errno));
    }
    return answer;
}

static const char *json_string(const cJSON *object, const char *name) {
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, name));
    return text != NULL ? text : "";
}

static void print_table(const char *answer) {
    cJSON *tree = cJSON_Parse(answer);
    const cJSON *row;
    printf("%-12s %-8s %-12s %-8s %s\n", "ROLE", "DEVICE", "SUPPLY", "MEDIA", "DETAIL");
    cJSON_ArrayForEach(row, cJSON_GetObjectItemCaseSensitive(tree, "devices")) {
        printf("%-12s %-8s %-12s %-8s %s\n", json_string(row, "role"), json_string(row, "device"),
               json_string(row, "supply"), json_string(row, "media"), json_string(row, "detail"));
    }
    cJSON_Delete(tree);
}

static void print_answer(const struct ctl *ctl, const char *answer) {
    if (ctl->json)
        fputs(answer, stdout);
    else
        print_table(answer);
    fflush(stdout);
}

/* Prints again whenever something has changed, until the kiosk ends or the output is closed. */
static enum ctl_exit watch_devices(const struct ctl *ctl, const struct config *config) {
    char *shown = NULL, *answer;
    while ((answer = ask_running_kiosk(config, "devices")) != NULL && !ferror(stdout)) {
        if (shown == NULL || strcmp(shown, answer) != 0)
            print_answer(ctl, answer);
        free(shown);
        shown = answer;
        usleep(WATCH_PAUSE_MS * 1000);
    }
    free(shown);
    free(answer);
    return CTL_FAILED;
}

enum ctl_exit ctl_devices(struct ctl *ctl, int argc, char **argv) {
    bool watching = argc == 2 && strcmp(argv[1], "watch") == 0;
    bool recording = argc == 3 && strcmp(argv[1], "record") == 0;
    bool testing = argc == 3 && strcmp(argv[1], "test") == 0;
    if (argc > 1 && !watching && !recording && !testing)
        return ctl_usage("devices");
    const struct config *config = ctl_config(ctl);
    if (config == NULL)
        return CTL_REFUSED;
    if (recording)
        return ctl_devices_record(config, argv[2]);
    if (testing)
        return ctl_devices_test(ctl, config, argv[2]);
    if (watching)
        return watch_devices(ctl, config);
    char *answer = ask_running_kiosk(config, "devices");
    if (answer == NULL)
        return CTL_FAILED;
    print_answer(ctl, answer);
    free(answer);
    return CTL_OK;
}

enum ctl_exit ctl_kiosk(struct ctl *ctl, int argc, char **argv) {
    static const enum control_word words[] = {ASK_STATUS, ASK_OUT_OF_SERVICE, ASK_IN_SERVICE,
                                              ASK_QUIT};
    for (size_t i = 0; argc == 2 && i < sizeof words / sizeof words[0]; i++) {
        if (strcmp(argv[1], control_word_name(words[i])) == 0) {
            const struct config *config = ctl_config(ctl);
            char *answer = config == NULL ? NULL : ask_running_kiosk(config, argv[1]);
            enum ctl_exit code = config == NULL ? CTL_REFUSED : CTL_FAILED;
            if (answer != NULL) {
                fputs(answer, stdout);
                code = CTL_OK;
            }
            free(answer);
            return code;
        }
    }
    return ctl_usage("kiosk");
}
