/* The configurations that are given out are good, and the schema has every member. */
#include "app/wire/json.h"
#include "tests/support/config_fixture.h"

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
    static char text[1 << 18];
    const char *error;
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    size_t length = fread(text, 1, sizeof text, file);
    fclose(file);
    assert_true(length < sizeof text);
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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_bench_configuration_is_good),
        cmocka_unit_test(the_sample_is_good_once_its_secrets_exist),
        cmocka_unit_test(the_schema_has_every_member),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
