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

static const cJSON *policy_of_schema(const cJSON *schema, const char *name) {
    const cJSON *policy = wire_member(wire_member(schema, "properties"), "policy");
    return wire_member(wire_member(policy, "properties"), name);
}

/* "^(upp|pos|...)$", of all routes. */
static void check_names_routes(const cJSON *member) {
    static const char *const routes[ROUTE_COUNT] = ROUTE_WORDS;
    char pattern[160] = "^(";
    for (int i = ROUTE_NONE + 1; i < ROUTE_COUNT; i++)
        snprintf(pattern + strlen(pattern), sizeof pattern - strlen(pattern), "%s%s", routes[i],
                 i + 1 < ROUTE_COUNT ? "|" : ")$");
    assert_non_null(wire_member(wire_member(member, "patternProperties"), pattern));
}

/* The words of a list are those of the routes that have a trait, in their order. */
static const cJSON *check_route_word(const cJSON *word, enum route route, bool has) {
    static const char *const routes[ROUTE_COUNT] = ROUTE_WORDS;
    if (!has)
        return word;
    assert_non_null(word);
    assert_string_equal(word->valuestring, routes[route]);
    return word->next;
}

static void the_schema_has_every_route(void **state) {
    (void)state;
    cJSON *schema = tree_of("config/schema.json");
    const cJSON *wallets = wire_member(policy_of_schema(schema, "wallets"), "enum")->child;
    const cJSON *insurers = wire_member(policy_of_schema(schema, "insurance"), "enum")->child;
    for (enum route route = ROUTE_NONE + 1; route < ROUTE_COUNT; route++) {
        wallets = check_route_word(wallets, route, route_traits(route)->takes_wallets);
        insurers = check_route_word(insurers, route, route_traits(route)->insures);
    }
    assert_null(wallets);
    assert_null(insurers);
    check_names_routes(policy_of_schema(schema, "refund_age_days"));
    check_names_routes(policy_of_schema(schema, "refund_staff_confirm"));
    cJSON_Delete(schema);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_bench_configuration_is_good),
        cmocka_unit_test(the_sample_is_good_once_its_secrets_exist),
        cmocka_unit_test(the_schema_has_every_member),
        cmocka_unit_test(the_schema_has_every_route),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
