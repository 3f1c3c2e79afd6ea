/* links: app/fleet/ app/config/ app/journal/ app/core/order/ app/core/terms/ app/wire/ app/base/ */
/* Tables of older versions, with what is in them, are brought to this one in a real PostgreSQL. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/fleet/schema.h"
#include "app/fleet/tables.h"

#define PATIENCE_MS 60000

static struct server { char folder[64], directory[64], port[16]; } server;

/* A line of what a script says that knows how a server of one's own is begun and ended. */
static int run_script(const char *script, char *line, size_t size) {
    char command[512];
    snprintf(command, sizeof command, "bash -c '. tests/support/postgres.sh; %s'", script);
    FILE *said = popen(command, "r");
    assert_non_null(said);
    line[0] = '\0';
    if (fgets(line, (int)size, said) == NULL)
        line[0] = '\0';
    return pclose(said);
}

static int begin_server(void **state) {
    char script[256], line[160];
    (void)state;
    strcpy(server.folder, "/tmp/schema_test.XXXXXX");
    if (mkdtemp(server.folder) == NULL)
        return 1;
    snprintf(script, sizeof script, "postgres_begin %s >&2 && echo \"$pg_dir $pg_port\"",
             server.folder);
    return run_script(script, line, sizeof line) != 0 ||
           sscanf(line, "%63s %15s", server.directory, server.port) != 2;
}

static int end_server(void **state) {
    char script[256], line[160];
    (void)state;
    snprintf(script, sizeof script, "pg_dir=%s; postgres_end; rm -rf %s", server.directory,
             server.folder);
    return run_script(script, line, sizeof line);
}

static void open_database(struct fleet_link *link, const char *name) {
    char database[200];
    snprintf(database, sizeof database, "host=%s port=%s user=owner dbname=%s", server.directory,
             server.port, name);
    assert_int_equal(fleet_link_open(link, &(struct fleet_link_options){database, PATIENCE_MS, -1}),
                     FLEET_OK);
}

static void run_sql(struct fleet_link *link, const char *sql) {
    if (fleet_link_run(link, sql) != FLEET_OK)
        fail_msg("%s of %.200s", link->error, sql);
}

/* The first value of the first row. */
static char *ask_sql(struct fleet_link *link, const char *sql) {
    PGresult *rows = NULL;
    if (fleet_link_ask(link, sql, NULL, 0, &rows) != FLEET_OK)
        fail_msg("%s of %.200s", link->error, sql);
    assert_int_equal(PQntuples(rows), 1);
    char *value = strdup(PQgetvalue(rows, 0, 0));
    PQclear(rows);
    return value;
}

static void expect_sql(struct fleet_link *link, const char *expected, const char *sql) {
    char *value = ask_sql(link, sql);
    if (strcmp(value, expected) != 0)
        fail_msg("%s, expected %s of %s", value, expected, sql);
    free(value);
}

static void run_steps(struct fleet_link *link, int to) {
    const char *const *step = fleet_table_steps;
    for (int version = 0; version < to; version++, step++)
        for (; *step != NULL; step++)
            run_sql(link, *step);
}

static void make_database(struct fleet_link *link, const char *name, int version) {
    struct fleet_link first;
    char sql[100];
    open_database(&first, "postgres");
    snprintf(sql, sizeof sql, "CREATE DATABASE %s", name);
    run_sql(&first, sql);
    fleet_link_close(&first);
    open_database(link, name);
    run_steps(link, version);
}

#define KEY "0707070707070707070707070707070707070707070707070707070707070707"
/* Two orders of one terminal, as its program of that version brings them; its journal was restored
 * to the first event, and has gone another way since. */
static const char rows_of_version[] =
    "SELECT hopkiosk.begin('J1', 'K01', 'AA', NULL, 0, '\\x00'::bytea, false);"
    "SELECT hopkiosk.put(1, 0, '\\x00', '{20786,20786}', '{1795916414543,1795916415543}',"
    " '{2611290940AA00010000,2611290941AA00010001}', '{20786,20786}', '{opened,opened}',"
    " ARRAY['{\"orders\":{\"patient_key\":\"" KEY "\",\"created_ms\":1795916414543}}',"
    " '{\"orders\":{\"patient_key\":\"" KEY "\",\"created_ms\":1795916415543}}']::bytea[],"
    " '{\"\",\"\"}', '{\"\\\\x01\",\"\\\\x02\"}', true);"
    "SELECT hopkiosk.begin('J2', 'K01', 'AA', 1, 1, '\\x01'::bytea, true);";

static void check_rows(struct fleet_link *link) {
    expect_sql(link, "2", "SELECT count(*) FROM hopkiosk.events");
    expect_sql(link, "2", "SELECT count(*) FROM hopkiosk.parts");
    expect_sql(link, "2", "SELECT count(*) FROM hopkiosk.persons");
    expect_sql(link, "2", "SELECT count(*) FROM hopkiosk.newest");
    expect_sql(link, "02", "SELECT hash FROM hopkiosk.hash_from(1, 2)");
    /* What an older program calls is there, and goes on. */
    expect_sql(link, "2", "SELECT events FROM hopkiosk.meet('J1')");
    expect_sql(link, "2",
               "SELECT hopkiosk.put(2, 1, '\\x01', '{20786}', '{1795916416543}',"
               " '{2611290942AA00010001}', '{20786}', '{opened}',"
               " ARRAY['{\"orders\":{\"created_ms\":1795916416543}}']::bytea[], '{\"\"}',"
               " '{\"\\\\x03\"}', true)");
    /* A fork from before waits like a new one, for a journal that goes on behind it too. */
    expect_sql(link, "f", "SELECT hopkiosk.is_forked(1)");
    expect_sql(link, "t", "SELECT hopkiosk.is_forked(2)");
    expect_sql(link, "3", "SELECT hopkiosk.begin('J3', 'K01', 'AA', 2, 2, '\\x03'::bytea, false)");
    expect_sql(link, "t", "SELECT hopkiosk.is_forked(3)");
    expect_sql(link, "1", "SELECT hopkiosk.clear_forks('K01', 'W')");
    expect_sql(link, "f", "SELECT hopkiosk.is_forked(2)");
    expect_sql(link, "0", "SELECT hopkiosk.clear_forks('K01', 'W')");
}

/* The restored journal lacks its own second order, and knows the first. */
static void check_restored(struct fleet_link *link) {
    static const char sql[] = "SELECT string_agg(order_no, ',')"
                              " FROM hopkiosk.elsewhere('{" KEY "}', '%s', '2026-01-01', 9, %d)";
    char question[300];
    snprintf(question, sizeof question, sql, "J2", 2);
    expect_sql(link, "2611290941AA00010001", question);
    snprintf(question, sizeof question, sql, "J2", 0); /* where it stands is not known yet */
    expect_sql(link, "2611290941AA00010001", question);
    snprintf(question, sizeof question, sql, "J1", 1);
    expect_sql(link, "", question);
    snprintf(question, sizeof question, sql, "J9", 0); /* another terminal's */
    expect_sql(link, "2611290941AA00010001,2611290940AA00010000", question);
}

/* All that the tables are: columns, indexes, functions, who may. */
static char *describe_tables(struct fleet_link *link) {
    return ask_sql(
        link,
        "SELECT string_agg(line, E'\\n' ORDER BY line) FROM (SELECT format('%s.%s %s %s %s',"
        " table_name, column_name, data_type, is_nullable, column_default) AS line"
        " FROM information_schema.columns WHERE table_schema = 'hopkiosk' AND"
        " table_name !~ '_[0-9]{8}$' UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname ="
        " 'hopkiosk' AND tablename !~ '_[0-9]{8}$' UNION ALL SELECT p.oid::regprocedure || ' ' ||"
        " md5(p.prosrc) || p.prosecdef || coalesce(p.proacl::text, '') FROM pg_proc AS p WHERE"
        " p.pronamespace = 'hopkiosk'::regnamespace) AS lines");
}

static void tables_of_every_version_are_brought_to_this_one(void **state) {
    struct fleet_link fresh, old;
    int version = 0;
    (void)state;
    make_database(&fresh, "fresh", 0);
    assert_int_equal(fleet_schema_bring(&fresh), FLEET_OK);
    char *expected = describe_tables(&fresh);
    for (int from = 1; from < FLEET_VERSION; from++) {
        char name[16];
        snprintf(name, sizeof name, "old%d", from);
        make_database(&old, name, from);
        run_sql(&old, rows_of_version);
        for (int times = 0; times < 2; times++) { /* the second finds nothing to do */
            assert_int_equal(fleet_schema_bring(&old), FLEET_OK);
            assert_int_equal(fleet_schema_version(&old, &version), FLEET_OK);
            assert_int_equal(version, FLEET_VERSION);
            char *tables = describe_tables(&old);
            assert_string_equal(tables, expected);
            free(tables);
        }
        check_restored(&old);
        check_rows(&old);
        fleet_link_close(&old);
    }
    free(expected);
    fleet_link_close(&fresh);
}

/* Half a migration is none: what cannot be done leaves the tables as they were. */
static void a_migration_that_fails_changes_nothing(void **state) {
    struct fleet_link link;
    int version = 0;
    (void)state;
    make_database(&link, "failing", 1);
    run_sql(&link, "CREATE TABLE hopkiosk.purged (id integer)");
    assert_int_equal(fleet_schema_bring(&link), FLEET_REFUSED);
    assert_non_null(strstr(link.error, "purged"));
    assert_int_equal(fleet_schema_version(&link, &version), FLEET_OK);
    assert_int_equal(version, 1);
    run_sql(&link, "DROP TABLE hopkiosk.purged");
    assert_int_equal(fleet_schema_bring(&link), FLEET_OK);
    fleet_link_close(&link);
}

/* Said before any table is made, not by a word of SQL that the server does not know. */
static void an_old_server_is_named(void **state) {
    char error[FLEET_ERROR_SIZE] = "";
    (void)state;
    assert_true(fleet_server_is_new_enough(120000, error, sizeof error));
    assert_true(fleet_server_is_new_enough(150018, error, sizeof error));
    assert_string_equal(error, "");
    assert_false(fleet_server_is_new_enough(110022, error, sizeof error));
    assert_string_equal(error, "the server is PostgreSQL 11: 12 or newer is wanted");
    assert_false(fleet_server_is_new_enough(90624, error, sizeof error));
    assert_non_null(strstr(error, "PostgreSQL 9"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_of_every_version_are_brought_to_this_one),
        cmocka_unit_test(a_migration_that_fails_changes_nothing),
        cmocka_unit_test(an_old_server_is_named),
    };
    return cmocka_run_group_tests(tests, begin_server, end_server);
}
