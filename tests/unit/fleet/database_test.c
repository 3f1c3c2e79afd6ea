/* links: app/fleet/database.c */
/* What a connection string may say, and what is added to it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/fleet/database.h"

static void refuse(const char *database, const char *why) {
    char error[200] = "";
    assert_false(fleet_database_is_good(database, error, sizeof error));
    if (strstr(error, why) == NULL)
        fail_msg("%s: %s", database, error);
}

static void accept(const char *database) {
    char error[200] = "";
    if (!fleet_database_is_good(database, error, sizeof error))
        fail_msg("%s: %s", database, error);
}

static const char *word_of_string(const char *database, const char *keyword) {
    static char value[100];
    char error[200];
    struct fleet_words words;
    PQconninfoOption *options = fleet_database_read(database, error, sizeof error);
    assert_non_null(options);
    fleet_database_words(options, &words);
    value[0] = '\0';
    for (int i = 0; i < words.count; i++)
        if (strcmp(words.keywords[i], keyword) == 0)
            snprintf(value, sizeof value, "%s", words.values[i]);
    assert_null(words.keywords[words.count]);
    PQconninfoFree(options);
    return value;
}

static void beyond_this_machine_the_server_is_checked(void **state) {
    static const char *const hosts[] = {"host=db.example",
                                        "host=192.0.2.1",
                                        "hostaddr=192.0.2.1",
                                        "host=/run/postgresql,db.example",
                                        "host=localhost.example",
                                        "host=127.0.0.1,192.0.2.1",
                                        "host=localhost",
                                        "host=127.0.0.1",
                                        "host=::1",
                                        "host=/run/postgresql hostaddr=::1"};
    static const char *const modes[] = {"disable", "allow", "prefer", "require", "verify-ca"};
    char database[200];
    (void)state;
    for (size_t i = 0; i < sizeof hosts / sizeof hosts[0]; i++) {
        for (size_t j = 0; j < sizeof modes / sizeof modes[0]; j++) {
            snprintf(database, sizeof database, "%s dbname=fleet sslmode=%s", hosts[i], modes[j]);
            refuse(database, "sslmode: expected verify-full");
        }
        snprintf(database, sizeof database, "%s dbname=fleet", hosts[i]);
        assert_string_equal(word_of_string(database, "sslmode"), "verify-full");
    }
}

static void only_a_socket_is_this_machine(void **state) {
    (void)state;
    accept("host=/run/postgresql dbname=fleet sslmode=disable");
    accept("host=@fleet,/run/postgresql dbname=fleet sslmode=prefer");
    accept("dbname=fleet");
    assert_string_equal(word_of_string("host=/run/postgresql dbname=fleet", "sslmode"), "");
}

/* Else PGHOST would lead a string without a host elsewhere, unchecked. */
static void no_environment_says_where_it_is(void **state) {
    static const char *const forgotten[] = {"PGHOST",    "PGHOSTADDR",   "PGPORT",
                                            "PGSSLMODE", "PGSERVICE",    "PGSERVICEFILE",
                                            "PGOPTIONS", "PGSSLROOTCERT"};
    (void)state;
    for (size_t i = 0; i < sizeof forgotten / sizeof forgotten[0]; i++)
        setenv(forgotten[i], "db.example", 1);
    setenv("PGPASSWORD", "geheim", 1);
    fleet_forget_environment();
    for (size_t i = 0; i < sizeof forgotten / sizeof forgotten[0]; i++)
        if (getenv(forgotten[i]) != NULL)
            fail_msg("%s", forgotten[i]);
    assert_string_equal(getenv("PGPASSWORD"), "geheim");
    unsetenv("PGPASSWORD");
}

static void what_is_not_said_is_refused_without_showing_the_string(void **state) {
    (void)state;
    refuse("host=db.example", "dbname");
    refuse("service=fleet dbname=fleet", "service");
    refuse("postgres://user:geheim@[", "expected a connection string");
    char error[200] = "";
    assert_false(fleet_database_is_good("password=geheim nonsense", error, sizeof error));
    assert_null(strstr(error, "geheim"));
}

static void the_one_that_can_be_written_to_is_found(void **state) {
    (void)state;
    assert_string_equal(word_of_string("dbname=fleet", "target_session_attrs"), "read-write");
    assert_string_equal(
        word_of_string("dbname=fleet target_session_attrs=any", "target_session_attrs"), "any");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(beyond_this_machine_the_server_is_checked),
        cmocka_unit_test(only_a_socket_is_this_machine),
        cmocka_unit_test(no_environment_says_where_it_is),
        cmocka_unit_test(what_is_not_said_is_refused_without_showing_the_string),
        cmocka_unit_test(the_one_that_can_be_written_to_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
