/* Secrets come from files and credentials that only their owner reads. */
#include "tests/support/config_fixture.h"

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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_secret_file_is_read_when_only_its_owner_can),
        cmocka_unit_test(a_systemd_credential_is_read),
        cmocka_unit_test(the_hospital_key_is_made_once),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
