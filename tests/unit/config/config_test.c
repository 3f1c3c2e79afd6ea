/* The configuration is checked whole; a complaint names the member. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/config/code_rules.h"
#include "app/config/privacy.h"
#include "app/config/rules.h"
#include "app/config/section.h"
#include "app/config/terminal_rows.h"
#include "app/platform/upp/upp.h"
#include "app/shell/settings.h"
#include "app/wire/json.h"

#define TERMINAL                                                                                   \
    "\"terminal\":{\"id\":\"K1\",\"no\":\"0001\",\"org_code\":\"H1\",\"hospital_name\":\"示范\"}"
#define HIS "\"his\":{\"base_url\":\"http://127.0.0.1:1/his\"}"
#define UPP(key)                                                                                   \
    "\"platforms\":{\"upp\":{\"base_url\":\"https://pay.example.test\",\"isv_id\":20000,"          \
    "\"partner_id\":12345,\"key\":" key "}}"
#define PRINTER "\"devices\":[{\"role\":\"printer\",\"driver\":\"printer-escpos\","
#define SMALL TERMINAL "," HIS "," UPP("\"k\"")

static char folder[] = "/tmp/config_test_XXXXXX";

static void write_file(const char *name, const char *text, mode_t mode) {
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    assert_int_equal(chmod(path, mode), 0);
}

static bool load(const char *text, struct config *config, char error[256]) {
    char path[128];
    write_file("c.json", text, 0600);
    snprintf(path, sizeof path, "%s/c.json", folder);
    return settings_load(path, config, error, 256);
}

static void loads(const char *text, struct config *config) {
    char error[256] = "";
    if (!load(text, config, error))
        fail_msg("%s", error);
}

static void refused(const char *text, const char *complaint) {
    struct config config;
    char error[256] = "";
    assert_false(load(text, &config, error));
    assert_string_equal(error, complaint);
}

static void a_small_file_has_defaults_for_the_rest(void **state) {
    (void)state;
    struct config config;
    loads("{" SMALL "}", &config);
    assert_string_equal(upp_config(&config)->base_url, "https://pay.example.test");
    assert_int_equal(upp_config(&config)->isv_id, 20000);
    assert_string_equal(config_terminal(&config)->role, "kiosk");
    assert_int_equal(config_rules(&config)->limits.query_ms, limits_default().query_ms);
    assert_int_equal(config_rules(&config)->channel_count, 4);
    assert_true(config_rules(&config)->policy.channels[CHANNEL_PHONE]);
    assert_false(config_rules(&config)->policy.channels[CHANNEL_CARD]);
    assert_string_equal(settings_of(&config)->bench.sandbox_url, "");
    char journal[128];
    snprintf(journal, sizeof journal, "%s/journal.db", folder);
    assert_string_equal(settings_of(&config)->journal_path, journal);
    config_free(&config);
}

static void every_kind_of_member_is_read(void **state) {
    (void)state;
    struct config config;
    loads("{" SMALL ",\"channels\":[\"phone\",\"wechat\"],"
          "\"policy\":{\"deposit_cap_fen\":100,\"late_window_h\":2,\"proof_days\":4,\"amount_"
          "presets_fen\":[5,6],"
          "\"confirm_last4\":true,\"confirm\":\"typed\",\"patient_day_max_fen\":9,"
          "\"hours\":{\"bills\":\"07:05-24:00\"},"
          "\"refund_age_days\":{\"upp\":30},\"refund_staff_confirm\":{\"pos\":false}},"
          "\"limits\":{\"idle_ms\":7},"
          "\"codes\":[{\"kind\":\"hospital_card\",\"prefix\":\"C\",\"length\":9},"
          "{\"kind\":\"wristband\",\"length_min\":4,\"length_max\":12,\"digits_only\":true}],"
          "\"devices\":[{\"role\":\"printer\",\"driver\":\"printer-escpos\",\"vid\":\"04B8\","
          "\"pid\":\"0e15\",\"head_dots\":384,\"gbk_only\":true,"
          "\"presenter\":\"citizen_ppu\",\"columns\":42,\"speed_mm_s\":120,"
          "\"raster_qr\":true,\"cutter\":false,\"status\":[2,4],\"automatic_status\":false,"
          "\"end_question\":\"paper_sensor\",\"clear\":\"dle_enq\"},"
          "{\"role\":\"card_reader\",\"driver\":\"card-reader-ccid\","
          "\"uid_form\":\"decimal_reversed\",\"place\":\"below\",\"interface\":0},"
          "{\"role\":\"pinpad\",\"driver\":\"pinpad-ecr\",\"baud\":9600,\"bits\":7,"
          "\"parity\":\"even\",\"stop\":2,\"terminal_no\":\"10012345\","
          "\"merchant_no\":\"898350180620001\"}],"
          "\"log\":{\"trace\":\"t.log\"}}",
          &config);
    assert_int_equal(config_rules(&config)->channel_count, 2);
    assert_int_equal(config_rules(&config)->channels[0], CHANNEL_PHONE);
    assert_false(config_rules(&config)->policy.channels[CHANNEL_ALIPAY]);
    assert_int_equal(config_rules(&config)->policy.deposit_cap.fen, 100);
    assert_int_equal(config_rules(&config)->policy.late_window_ms, 2 * 3600 * 1000);
    assert_int_equal(config_rules(&config)->policy.proof_ms, INT64_C(4) * 24 * 3600 * 1000);
    assert_int_equal(config_rules(&config)->policy.amount_presets[1].fen, 6);
    assert_int_equal(config_rules(&config)->policy.amount_presets[2].fen, 0);
    assert_true(config_rules(&config)->policy.confirm_last4);
    assert_int_equal(config_rules(&config)->policy.confirm, CONFIRM_TYPED);
    assert_int_equal(config_rules(&config)->policy.patient_day_max.fen, 9);
    assert_int_equal(config_rules(&config)->policy.hours[SERVICE_BILLS].from_min, 425);
    assert_int_equal(config_rules(&config)->policy.hours[SERVICE_BILLS].to_min, 1440);
    assert_int_equal(config_rules(&config)->policy.refund_age_days[ROUTE_UPP], 30);
    assert_false(config_rules(&config)->policy.refund_staff_confirm[ROUTE_POS]);
    assert_int_equal(config_rules(&config)->limits.idle_ms, 7);
    assert_int_equal(config_codes(&config)->count, 2);
    assert_int_equal(config_codes(&config)->rules[0].kind, IDENTITY_HOSPITAL_CARD);
    assert_int_equal(config_codes(&config)->rules[0].length_min, 9);
    assert_int_equal(config_codes(&config)->rules[1].length_max, 12);
    assert_true(config_codes(&config)->rules[1].digits_only);
    assert_int_equal(settings_devices(&config)->items[0].role, ROLE_PRINTER);
    assert_int_equal(settings_devices(&config)->items[0].vid, 0x04b8);
    assert_int_equal(settings_devices(&config)->items[0].head_dots, 384);
    assert_true(settings_devices(&config)->items[0].gbk_only);
    assert_int_equal(settings_devices(&config)->items[0].presenter, DRIVER_PRESENTER_CITIZEN_PPU);
    const struct driver_printer *printer = &settings_devices(&config)->items[0].printer;
    assert_int_equal(printer->columns, 42);
    assert_int_equal(printer->speed_mm_s, 120);
    assert_int_equal(printer->raster_qr, DRIVER_YES);
    assert_int_equal(printer->cutter, DRIVER_NO);
    assert_int_equal(printer->queries, DRIVER_QUERIES_GIVEN | DRIVER_QUERY(2) | DRIVER_QUERY(4));
    assert_int_equal(printer->automatic_status, DRIVER_NO);
    assert_int_equal(printer->question, DRIVER_ASKS_PAPER_SENSOR);
    assert_int_equal(printer->clear, DRIVER_CLEAR_DLE_ENQ);
    printer = &settings_devices(&config)->items[1].printer;
    assert_int_equal(printer->raster_qr, DRIVER_BY_MODEL);
    assert_int_equal(printer->queries, 0);
    assert_int_equal(printer->question, DRIVER_ASKS_BY_MODEL);
    assert_int_equal(settings_devices(&config)->items[1].presenter, DRIVER_PRESENTER_BY_ID);
    assert_int_equal(settings_devices(&config)->items[0].uid_form, DRIVER_UID_HEX);
    assert_int_equal(settings_devices(&config)->items[1].uid_form, DRIVER_UID_DECIMAL_REVERSED);
    assert_int_equal(settings_devices(&config)->spots[0], UI_SPOT_USUAL);
    assert_int_equal(settings_devices(&config)->spots[1], UI_SPOT_BELOW);
    assert_false(settings_devices(&config)->items[0].interface_given);
    assert_true(settings_devices(&config)->items[1].interface_given);
    assert_int_equal(settings_devices(&config)->items[1].interface, 0);
    assert_int_equal(settings_devices(&config)->items[1].line.baud, 0);
    assert_string_equal(settings_devices(&config)->items[1].terminal_no, "");
    assert_int_equal(settings_devices(&config)->items[2].line.baud, 9600);
    assert_int_equal(settings_devices(&config)->items[2].line.bits, 7);
    assert_int_equal(settings_devices(&config)->items[2].line.parity, DRIVER_PARITY_EVEN);
    assert_int_equal(settings_devices(&config)->items[2].line.stop, 2);
    assert_string_equal(settings_devices(&config)->items[2].terminal_no, "10012345");
    assert_string_equal(settings_devices(&config)->items[2].merchant_no, "898350180620001");
    config_free(&config);
}

#define HASH                                                                                       \
    "scrypt:16384:8:1:000102030405060708090a0b0c0d0e0f:"                                           \
    "53e59f1f9f56c2317d99f7a1e76fd1d43677ccb19c2c125e054f9a81281e0aec"
#define SERIAL "{" SMALL ",\"devices\":[{\"role\":\"scanner\",\"driver\":\"scanner-cdc\","
static void a_wrong_member_is_named_with_what_was_expected(void **state) {
    (void)state;
    refused("{" TERMINAL "," HIS ",\"platforms\":{\"upp\":{\"base_url\":\"https://x\","
            "\"isv_id\":\"x\"}}}",
            "platforms.upp.isv_id: expected an integer, got \"x\"");
    refused("{" TERMINAL "," HIS ",\"platforms\":{\"upp\":{\"base_url\":\"https://x\"}}}",
            "platforms.upp.isv_id: expected a value (required), got nothing");
    refused("{" HIS "}", "terminal.id: expected a value (required), got nothing");
    refused("{" SMALL ",\"limits\":{\"query_ms\":5001}}",
            "limits.query_ms: expected an integer from 1 to 5000, got 5001");
    refused("{" SMALL ",\"limits\":{\"query_ms\":1.5}}",
            "limits.query_ms: expected an integer, got 1.5");
    refused("{" SMALL ",\"allow_plain\":1}", "allow_plain: expected true or false, got 1");
    refused("{" SMALL ",\"devices\":[{\"role\":\"card_reader\","
            "\"driver\":\"card-reader-ccid\",\"uid_form\":\"octal\"}]}",
            "devices[0].uid_form: expected one of hex hex_reversed decimal decimal_reversed, got "
            "\"octal\"");
    refused("{" SMALL ",\"limits\":[]}", "limits: expected an object, got an array");
    refused("{" SMALL ",\"channels\":[\"gold\"]}",
            "channels: expected one of wechat alipay unionpay phone card one insurance, got \"gold\"");
    refused("{" SMALL ",\"channels\":[\"phone\",\"phone\"]}",
            "channels: expected each channel once, got \"phone\"");
    refused("{" SMALL ",\"policy\":{\"hours\":{\"bills\":\"7-21\"}}}",
            "policy.hours.bills: expected hours as 07:00-21:30, got \"7-21\"");
    refused("{" SMALL ",\"policy\":{\"hours\":{\"lunch\":\"11:00-12:00\"}}}",
            "policy.hours.lunch: no such member");
    refused("{" SMALL ",\"policy\":{\"refund_age_days\":{\"upp\":-1}}}",
            "policy.refund_age_days.upp: expected an integer from 0 to 3650, got -1");
    refused("{" SMALL ",\"policy\":{\"refund_staff_confirm\":{\"pos\":1}}}",
            "policy.refund_staff_confirm.pos: expected true or false, got 1");
    refused("{" SMALL ",\"codes\":[{\"kind\":\"wristband\",\"length\":99}]}",
            "codes[0].length: expected an integer from 0 to 40, got 99");
    refused("{" SMALL ",\"devices\":[{\"role\":\"printer\",\"driver\":\"d\",\"vid\":\"x\"}]}",
            "devices[0].vid: expected four hexadecimal digits, as of lsusb, got \"x\"");
    refused("{" SMALL ",\"staff\":{\"people\":[{\"name\":\"A\",\"pin_hash\":\"123456\"}]}}",
            "staff.people[0].pin_hash: expected what kioskctl staff-pin prints, got \"something "
            "else, not shown\"");
    refused("{" SMALL ",\"staff\":{\"people\":[{\"pin_hash\":\"" HASH "\"}]}}",
            "staff.people[0].name: expected a name of at most 40 bytes, got \"nothing\"");
    refused("{" SMALL ",\"staff\":{\"people\":[{\"name\":\"A\",\"pin_hash\":\"" HASH "\"},"
            "{\"name\":\"A\",\"pin_hash\":\"" HASH "\"}]}}",
            "staff.people[1].name: expected a name of its own, got \"A\"");
    refused("{" SMALL ",\"staff\":{\"people\":[{\"name\":\"A\",\"pin_hash\":\"" HASH "\"},"
            "{\"name\":\"B\",\"pin_hash\":\"" HASH "\"}]}}",
            "staff.people[1].pin_hash: expected a PIN of its own, got \"another's, not shown\"");
    refused("{" SMALL ",\"staff\":{\"pin_hash\":\"" HASH "\"}}", "staff.pin_hash: no such member");
    refused(
        "{" SMALL ",\"devices\":[{\"role\":\"keypad\",\"driver\":\"keypad-hid\","
        "\"vid\":\"046d\"}]}",
        "devices[0]: expected vid and pid, since a keypad looks like any keyboard, got nothing");
    refused(SERIAL "\"baud\":9601}]}",
            "devices[0].baud: expected one of 300 600 1200 2400 4800 9600 14400 19200 28800 38400 "
            "57600 115200 230400 460800 921600, got 9601");
    refused(SERIAL "\"baud\":\"9600\"}]}", "devices[0].baud: expected an integer, got \"9600\"");
    refused(SERIAL "\"bits\":9}]}", "devices[0].bits: expected an integer from 5 to 8, got 9");
    refused(SERIAL "\"stop\":0}]}", "devices[0].stop: expected an integer from 1 to 2, got 0");
    refused(SERIAL "\"parity\":\"E\"}]}",
            "devices[0].parity: expected one of none odd even mark space, got \"E\"");
    refused(SERIAL "\"interface\":-1}]}",
            "devices[0].interface: expected an integer from 0 to 255, got -1");
    refused(SERIAL "\"terminal_no\":\"123456789\"}]}",
            "devices[0].terminal_no: expected at most 8 characters, got \"123456789\"");
    refused("{" SMALL "," PRINTER "\"status\":[2,5]}]}",
            "devices[0].status: expected an integer from 1 to 4, got 5");
    refused("{" SMALL "," PRINTER "\"status\":[2,2]}]}",
            "devices[0].status: expected each number once, got 2");
    refused("{" SMALL "," PRINTER "\"status\":2}]}",
            "devices[0].status: expected an array of at most 4, got 2");
    refused("{" SMALL "," PRINTER "\"end_question\":\"GS r\"}]}",
            "devices[0].end_question: expected one of by_model process_id paper_sensor none, got "
            "\"GS r\"");
    refused("{" SMALL "," PRINTER "\"columns\":81}]}",
            "devices[0].columns: expected an integer from 0 to 80, got 81");
    refused("{" SMALL "," PRINTER "\"cutter\":\"no\"}]}",
            "devices[0].cutter: expected true or false, got \"no\"");
    refused("{" SMALL ",\"devices\":[{\"role\":\"printer\",\"driver\":\"scanner-hid\"}]}",
            "devices[0].driver: expected a driver of this role: printer-escpos, got "
            "\"scanner-hid\"");
}

#define PANEL(members)                                                                             \
    "{\"terminal\":{\"id\":\"K\",\"no\":\"0001\",\"org_code\":\"O\",\"hospital_name\":"            \
    "\"H\"," members "}," HIS "}"

/* A kiosk fills its display; a window has the panel's shape, for all is laid out in millimetres. */
static void a_panel_fills_its_display_unless_told_otherwise(void **state) {
    (void)state;
    struct config config;
    loads(PANEL("\"mount_mm\":900"), &config);
    assert_true(config_terminal(&config)->full_screen);
    assert_int_equal(config_terminal(&config)->mount_mm, 900);
    config_free(&config);
    loads(PANEL("\"full_screen\":false,\"panel_px\":[1280,800],\"panel_mm\":[318,199]"), &config);
    assert_false(config_terminal(&config)->full_screen);
    config_free(&config);
    refused(
        PANEL("\"full_screen\":false,\"panel_px\":[1280,800]"),
        "terminal.panel_px: expected the shape of terminal.panel_mm, got \"another width for its "
        "height\"");
    refused(PANEL("\"full_screen\":1"), "terminal.full_screen: expected true or false, got 1");
    refused(PANEL("\"mount_mm\":2001"),
            "terminal.mount_mm: expected an integer from 0 to 2000, got 2001");
}

static void an_unknown_member_is_an_error(void **state) {
    (void)state;
    refused("{" SMALL ",\"polcy\":{}}", "polcy: no such member");
    refused("{" SMALL ",\"limits\":{\"idle\":1}}", "limits.idle: no such member");
    refused("{" TERMINAL "," HIS ",\"platforms\":{\"nowhere\":{}}}",
            "platforms.nowhere: no such member");
    refused("{" SMALL ",\"devices\":[{\"roll\":1}]}", "devices[0].roll: no such member");
    refused("{" TERMINAL ",\"his\":{\"base_url\":\"https://h\",\"paths\":{\"pay\":\"/x\"}}}",
            "his.paths.pay: no such member");
}

#define INSURANCE(members) "{" TERMINAL "," HIS ",\"platforms\":{" members "}}"
#define MMPC "\"base_url\":\"https://m.example.test\",\"app_id\":\"0123456789ABCDEF\""
#define AMP "\"server_addr\":\"https://a.example.test\",\"app_key\":\"k\""

static void the_insurance_s_platforms_are_whole_or_refused(void **state) {
    (void)state;
    struct config config;
    loads(INSURANCE("\"mmpc\":{" MMPC "},\"amp\":{" AMP ",\"app_id\":\"0123456789ABCDEF\"}"),
          &config);
    config_free(&config);
    refused(INSURANCE("\"mmpc\":{\"app_id\":\"A\"}"),
            "platforms.mmpc.base_url: expected a value (required), got nothing");
    refused(INSURANCE("\"mmpc\":{" MMPC ",\"envelope\":\"sm4\"}"),
            "platforms.mmpc.envelope: expected none or sm2-sm4, got \"sm4\"");
    refused(INSURANCE("\"mmpc\":{" MMPC ",\"dialect\":\"other\"}"),
            "platforms.mmpc.dialect: expected document or national, got \"other\"");
    refused(INSURANCE("\"mmpc\":{" MMPC ",\"envelope\":\"sm2-sm4\",\"app_secret\":\"s\"}"),
            "platforms.mmpc.sm2_private_key: expected a private key of SM2, 64 hexadecimal digits, "
            "got nothing");
    refused(INSURANCE("\"amp\":{" AMP ",\"app_id\":\"short\"}"),
            "platforms.amp.app_id: expected at least 16 characters: the message's key is made with "
            "them, got \"short\"");
    refused(INSURANCE("\"amp\":{" AMP ",\"app_id\":\"A\",\"backend\":\"library\"}"),
            "platforms.amp.library: expected a value (required), got nothing");
    refused(INSURANCE("\"amp\":{" AMP ",\"app_id\":\"A\",\"backend\":\"dll\"}"),
            "platforms.amp.backend: expected http or library, got \"dll\"");
    refused(INSURANCE("\"amp\":{\"paths\":{\"getCheckFile\":\"/x\"}}"),
            "platforms.amp.paths.getCheckFile: no such member");
}

static void plain_http_leaves_the_machine_only_when_allowed(void **state) {
    (void)state;
    struct config config;
    refused("{" TERMINAL ",\"his\":{\"base_url\":\"http://10.0.0.1/his\"}}",
            "his.base_url: expected https:// (http:// leaves this machine only with allow_plain), "
            "got \"http://10.0.0.1/his\"");
    refused("{" TERMINAL ",\"his\":{\"base_url\":\"http://127.0.0.1.evil.test/\"}}",
            "his.base_url: expected https:// (http:// leaves this machine only with allow_plain), "
            "got \"http://127.0.0.1.evil.test/\"");
    refused("{" TERMINAL ",\"his\":{\"base_url\":\"ftp://x\"}}",
            "his.base_url: expected https://host[:port][/path], got \"ftp://x\"");
    loads("{" TERMINAL ",\"allow_plain\":true,\"his\":{\"base_url\":\"http://10.0.0.1/his\"}}",
          &config);
    assert_string_equal(upp_config(&config)->base_url, "");
    config_free(&config);
}

static void a_secret_file_is_read_when_only_its_owner_can(void **state) {
    (void)state;
    struct config config;
    char error[256], wanted[256];
    write_file("key", "s3cret\n", 0600);
    loads("{" TERMINAL "," HIS "," UPP("{\"file\":\"key\"}") "}", &config);
    assert_string_equal(upp_config(&config)->key, "s3cret");
    config_free(&config);
    write_file("key", "s3cret\n", 0640);
    assert_false(load("{" TERMINAL "," HIS "," UPP("{\"file\":\"key\"}") "}", &config, error));
    snprintf(wanted, sizeof wanted, "platforms.upp.key: %s/key: others may read it: chmod 600 it",
             folder);
    assert_string_equal(error, wanted);
    assert_false(load("{" TERMINAL "," HIS "," UPP("{\"file\":\"none\"}") "}", &config, error));
    refused("{" TERMINAL "," HIS "," UPP("17") "}",
            "platforms.upp.key: expected a string, {\"file\": path} or {\"credential\": name}, got "
            "something else (not shown)");
}

static void a_systemd_credential_is_read(void **state) {
    (void)state;
    struct config config;
    char error[256];
    const char *text = "{" TERMINAL "," HIS "," UPP("{\"credential\":\"upp_key\"}") "}";
    unsetenv("CREDENTIALS_DIRECTORY");
    assert_false(load(text, &config, error));
    write_file("upp_key", "k2", 0440);
    setenv("CREDENTIALS_DIRECTORY", folder, 1);
    loads(text, &config);
    assert_string_equal(upp_config(&config)->key, "k2");
    config_free(&config);
}

static void the_hospital_key_is_made_once(void **state) {
    (void)state;
    struct config config, again;
    char error[256];
    loads("{" SMALL "}", &config);
    assert_true(
        config_hospital_key(&config, settings_of(&config)->journal_path, error, sizeof error));
    assert_int_equal(strlen(config_privacy(&config)->hospital_key), 64);
    loads("{" SMALL "}", &again);
    assert_true(
        config_hospital_key(&again, settings_of(&again)->journal_path, error, sizeof error));
    assert_string_equal(config_privacy(&config)->hospital_key,
                        config_privacy(&again)->hospital_key);
    config_free(&config);
    config_free(&again);
}

static void a_kiosk_hears_no_keyboard_but_a_bench_does(void **state) {
    (void)state;
    struct config config;
    loads("{" SMALL "}", &config);
    assert_false(settings_is_bench(settings_of(&config)));
    assert_false(settings_hears_keyboard(settings_of(&config), "kiosk"));
    assert_true(settings_hears_keyboard(settings_of(&config), "cashier"));
    config_free(&config);
    loads("{" SMALL ",\"input\":{\"keyboard\":\"any\"}}", &config);
    assert_true(settings_hears_keyboard(settings_of(&config), "kiosk"));
    config_free(&config);
    loads("{" SMALL ",\"bench\":{\"raw_calls\":true}}", &config);
    assert_true(settings_is_bench(settings_of(&config)));
    assert_true(settings_hears_keyboard(settings_of(&config), "kiosk"));
    config_free(&config);
    loads("{" SMALL ",\"bench\":{\"raw_calls\":true},\"input\":{\"keyboard\":\"off\"}}", &config);
    assert_false(settings_hears_keyboard(settings_of(&config), "kiosk"));
    assert_false(settings_hears_keyboard(settings_of(&config), "cashier"));
    config_free(&config);
    refused("{" SMALL ",\"input\":{\"keyboard\":\"keypad\"}}",
            "input.keyboard: expected off or any, got \"keypad\"");
}

static void what_is_no_json_is_refused(void **state) {
    (void)state;
    struct config config;
    char error[256];
    assert_false(load("[]", &config, error));
    assert_false(load("{", &config, error));
    assert_false(load("", &config, error));
    assert_false(settings_load("/nonexistent/c.json", &config, error, sizeof error));
    assert_string_equal(error, "/nonexistent/c.json: cannot be read");
}

static void the_bench_configuration_is_good(void **state) {
    (void)state;
    struct config config;
    char error[256] = "";
    if (!settings_load("config/bench.json", &config, error, sizeof error))
        fail_msg("%s", error);
    assert_string_equal(config_path_of(&upp_config(&config)->paths, "close", "/c"), "/c");
    config_free(&config);
}

static cJSON *tree_of(const char *path) {
    static char text[1 << 16];
    const char *error;
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    size_t length = fread(text, 1, sizeof text, file);
    fclose(file);
    return wire_parse(text, length, &error);
}

static void the_sample_is_good_once_its_secrets_exist(void **state) {
    (void)state;
    struct config config;
    char path[128];
    snprintf(path, sizeof path, "%s/secrets", folder);
    assert_int_equal(mkdir(path, 0700), 0);
    write_file("secrets/upp.key", "upp key\n", 0600);
    write_file("secrets/hospital.key", "hospital key\n", 0600);
    cJSON *sample = tree_of("config/sample.json");
    char *text = wire_print(sample, false);
    loads(text, &config);
    assert_string_equal(upp_config(&config)->key, "upp key");
    assert_string_equal(config_privacy(&config)->hospital_key, "hospital key");
    config_free(&config);
    free(text);
    cJSON_Delete(sample);
}

/* "a.b" is properties.a.properties.b. */
static bool in_schema(const cJSON *schema, const char *path) {
    while (schema != NULL) {
        char name[64];
        size_t length = strcspn(path, ".");
        snprintf(name, sizeof name, "%.*s", (int)length, path);
        schema = wire_member(wire_member(schema, "properties"), name);
        if (path[length] == '\0')
            break;
        path += length + 1;
    }
    return schema != NULL;
}

static void the_schema_has_every_member(void **state) {
    (void)state;
    cJSON *schema = tree_of("config/schema.json");
    const struct config_section *sections[CONFIG_SECTIONS_MAX];
    settings_sections(sections);
    for (int i = 0; sections[i] != NULL; i++)
        for (const struct config_row *row = sections[i]->rows; row->path != NULL; row++)
            if (!in_schema(schema, row->path))
                fail_msg("%s is not in config/schema.json", row->path);
    assert_true(in_schema(schema, "allow_plain"));
    assert_false(in_schema(schema, "limits.nothing"));
    cJSON_Delete(schema);
}

static int make_folder(void **state) {
    (void)state;
    return mkdtemp(folder) == NULL;
}

static int remove_folder(void **state) {
    (void)state;
    char command[64];
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_small_file_has_defaults_for_the_rest),
        cmocka_unit_test(every_kind_of_member_is_read),
        cmocka_unit_test(a_wrong_member_is_named_with_what_was_expected),
        cmocka_unit_test(a_panel_fills_its_display_unless_told_otherwise),
        cmocka_unit_test(an_unknown_member_is_an_error),
        cmocka_unit_test(the_insurance_s_platforms_are_whole_or_refused),
        cmocka_unit_test(plain_http_leaves_the_machine_only_when_allowed),
        cmocka_unit_test(a_secret_file_is_read_when_only_its_owner_can),
        cmocka_unit_test(a_systemd_credential_is_read),
        cmocka_unit_test(the_hospital_key_is_made_once),
        cmocka_unit_test(a_kiosk_hears_no_keyboard_but_a_bench_does),
        cmocka_unit_test(what_is_no_json_is_refused),
        cmocka_unit_test(the_bench_configuration_is_good),
        cmocka_unit_test(the_sample_is_good_once_its_secrets_exist),
        cmocka_unit_test(the_schema_has_every_member),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
