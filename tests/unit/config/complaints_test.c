/* A wrong or unknown member is named, with what was expected. */
#include "tests/support/config_fixture.h"

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
    refused(
        "{" SMALL ",\"channels\":[\"gold\"]}",
        "channels: expected one of wechat alipay unionpay phone card one insurance, got \"gold\"");
    refused("{" SMALL ",\"channels\":[\"phone\",\"phone\"]}",
            "channels: expected each channel once, got \"phone\"");
    refused("{" SMALL ",\"policy\":{\"insurance\":\"upp\"}}",
            "policy.insurance: expected one of mmpc amp amp_uploaded, got \"upp\"");
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
    refused(INSURANCE("\"mmpc\":{" MMPC ",\"dialect\":\"national\"}"),
            "platforms.mmpc.org_codg: expected a value (required), got nothing");
    refused(INSURANCE("\"mmpc\":{" MMPC ",\"own_part\":\"window\"}"),
            "platforms.mmpc.own_part: expected centre or terminal, got \"window\"");
    refused(INSURANCE("\"mmpc\":{" MMPC ",\"org_codg\":\"H1\",\"dialect\":\"national\","
                      "\"own_part\":\"terminal\"}"),
            "platforms.mmpc.own_part: expected centre where dialect is national, got "
            "\"terminal\"");
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
    refused(INSURANCE("\"amp\":{\"paths\":{\"getBillFile\":\"/x\"}}"),
            "platforms.amp.paths.getBillFile: no such member");
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

#define HOSPITAL(members)                                                                          \
    "{" TERMINAL ",\"his\":{\"base_url\":\"http://127.0.0.1:1/his\"," members "}}"

static void a_hospital_that_is_described_wrongly_is_named(void **state) {
    (void)state;
    refused(HOSPITAL("\"settle_result\":\"perhaps\""),
            "his.settle_result: expected one of auto order visit, got \"perhaps\"");
    refused(HOSPITAL("\"setl_time\":\"epoch\""),
            "his.setl_time: expected one of none document epoch_ms, got \"epoch\"");
    refused(HOSPITAL("\"operations\":[\"queryAccount\",\"pay\"]"),
            "his.operations[1]: expected an operation such as queryAccount, got \"pay\"");
    refused(HOSPITAL("\"operations\":[\"queryAccount\"]"),
            "his.operations: expected at least queryAccount, queryUnsettleList, rechargeSettle and "
            "querySettleResult, got \"without one of them\"");
    refused(HOSPITAL("\"headers\":[\"X-Hospital\"]"),
            "his.headers: expected an object of at most 8 headers, got an array");
    refused(HOSPITAL("\"headers\":{\"X Hospital\":\"1\"}"),
            "his.headers.X Hospital: expected a name of letters, digits and -, got \"X Hospital\"");
    /* One that ends a line would begin another header; what it says may be a secret. */
    refused(
        HOSPITAL("\"headers\":{\"X-Hospital\":\"1\\r\\nX-Else: 2\"}"),
        "his.headers.X-Hospital: expected a text of one line, not empty, at most 200 bytes, got "
        "\"another\"");
    refused(
        HOSPITAL("\"headers\":{\"X-Hospital\":\"\"}"),
        "his.headers.X-Hospital: expected a text of one line, not empty, at most 200 bytes, got "
        "\"another\"");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_wrong_member_is_named_with_what_was_expected),
        cmocka_unit_test(a_panel_fills_its_display_unless_told_otherwise),
        cmocka_unit_test(an_unknown_member_is_an_error),
        cmocka_unit_test(the_insurance_s_platforms_are_whole_or_refused),
        cmocka_unit_test(plain_http_leaves_the_machine_only_when_allowed),
        cmocka_unit_test(a_hospital_that_is_described_wrongly_is_named),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
