/* A configuration is read whole: defaults for what is not said, and every kind of member. */
#include "app/platform/his/his.h"
#include "tests/support/config_fixture.h"

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
          "\"pay_code_on_bills\":true,"
          "\"hours\":{\"bills\":\"07:05-24:00\"},"
          "\"refund_age_days\":{\"upp\":30},\"refund_staff_confirm\":{\"pos\":false}},"
          "\"limits\":{\"idle_ms\":7,\"count_ms\":8},"
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
    assert_true(config_rules(&config)->policy.pay_code_on_bills);
    assert_int_equal(config_rules(&config)->limits.count_ms, 8);
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

/* How this hospital differs from the document. */
static void a_hospital_is_described_as_it_is(void **state) {
    (void)state;
    struct config config;
    loads("{" TERMINAL "," UPP("\"k\"") "," HIS "}", &config);
    const struct his_config *his = his_config(&config);
    assert_int_equal(his->settle_result, SETTLE_RESULT_AUTO);
    assert_int_equal(his->setl_time, HIS_SETL_TIME_NONE);
    assert_null(his->trust.headers[0]);
    assert_true(his_has(&config, VERB_UNCREDIT));
    config_free(&config);
    write_file("hospital", "xm-02\n", 0600);
    loads("{" TERMINAL
          "," UPP("\"k\"") ",\"his\":{\"base_url\":\"http://127.0.0.1:1/his\","
                           "\"settle_result\":\"visit\",\"setl_time\":\"epoch_ms\",\"operations\":["
                           "\"queryAccount\",\"queryUnsettleList\",\"rechargeSettle\","
                           "\"querySettleResult\","
                           "\"queryOrgTips\"],\"headers\":{\"X-Hospital\":{\"file\":\"hospital\"},"
                           "\"X-Zone\":\"3\"}}}",
          &config);
    his = his_config(&config);
    assert_int_equal(his->settle_result, SETTLE_RESULT_VISIT);
    assert_int_equal(his->setl_time, HIS_SETL_TIME_EPOCH_MS);
    assert_string_equal(his_trust(&config)->headers[0], "X-Hospital: xm-02");
    assert_string_equal(his_trust(&config)->headers[1], "X-Zone: 3");
    assert_null(his_trust(&config)->headers[2]);
    assert_true(his_has(&config, VERB_CREDIT));
    assert_true(his_has(&config, VERB_GUIDANCE));
    assert_false(his_has(&config, VERB_UNCREDIT));
    config_free(&config);
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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_small_file_has_defaults_for_the_rest),
        cmocka_unit_test(every_kind_of_member_is_read),
        cmocka_unit_test(a_kiosk_hears_no_keyboard_but_a_bench_does),
        cmocka_unit_test(a_hospital_is_described_as_it_is),
        cmocka_unit_test(what_is_no_json_is_refused),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
