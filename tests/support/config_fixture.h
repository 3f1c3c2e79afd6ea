/* A configuration written by a test, read whole as at a start. */
#ifndef HOPKIOSK_CONFIG_FIXTURE_H
#define HOPKIOSK_CONFIG_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/config/code_rules.h"
#include "app/config/privacy.h"
#include "app/config/rules.h"
#include "app/config/section.h"
#include "app/config/terminal_rows.h"
#include "app/platform/upp/upp.h"
#include "app/shell/settings.h"

#define TERMINAL                                                                                   \
    "\"terminal\":{\"id\":\"K1\",\"no\":\"0001\",\"org_code\":\"H1\",\"hospital_name\":\"示范\"}"
#define HIS "\"his\":{\"base_url\":\"http://127.0.0.1:1/his\"}"
#define UPP(key)                                                                                   \
    "\"platforms\":{\"upp\":{\"base_url\":\"https://pay.example.test\",\"isv_id\":20000,"          \
    "\"partner_id\":12345,\"key\":" key "}}"
#define PRINTER "\"devices\":[{\"role\":\"printer\",\"driver\":\"printer-escpos\","
#define SMALL TERMINAL "," HIS "," UPP("\"k\"")

static char folder[] = "/tmp/config_test_XXXXXX";

static inline void write_file(const char *name, const char *text, mode_t mode) {
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    assert_int_equal(chmod(path, mode), 0);
}

static inline bool load(const char *text, struct config *config, char error[256]) {
    char path[128];
    write_file("c.json", text, 0600);
    snprintf(path, sizeof path, "%s/c.json", folder);
    return settings_load(path, config, error, 256);
}

static inline void loads(const char *text, struct config *config) {
    char error[256] = "";
    if (!load(text, config, error))
        fail_msg("%s", error);
}

static inline void refused(const char *text, const char *complaint) {
    struct config config;
    char error[256] = "";
    assert_false(load(text, &config, error));
    assert_string_equal(error, complaint);
}

static inline int make_folder(void **state) {
    (void)state;
    return mkdtemp(folder) == NULL;
}

static inline int remove_folder(void **state) {
    (void)state;
    char command[64];
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command);
}

#endif
