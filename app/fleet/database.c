/* What a connection string may say. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/fleet/database.h"

/* What stands in the string, or what we say where it says nothing. */
static const struct {
    const char *keyword, *value;
} sayings[] = {
    {"application_name", "hopkiosk-fleet"},
    {"client_encoding", "UTF8"},
    {"gssencmode", "disable"}, /* TLS is what is checked here */
    {"target_session_attrs", "read-write"},
    {"keepalives_idle", "30"},
    {"keepalives_interval", "10"},
    {"keepalives_count", "3"},
    {"tcp_user_timeout", "30000"},
};

static const char *option_of(const PQconninfoOption *options, const char *keyword) {
    for (; options->keyword != NULL; options++)
        if (strcmp(options->keyword, keyword) == 0)
            return options->val != NULL ? options->val : "";
    return "";
}

/* A socket in a folder of this machine. An address of this machine is not: while the database is
 * away anybody here could take its port, and be told the password. */
static bool is_here(const char *host, size_t length) {
    return length == 0 || host[0] == '/' || host[0] == '@';
}

/* Of a list with commas, as there are several servers one of which is the first. */
static bool all_are_here(const char *hosts) {
    for (;;) {
        size_t length = strcspn(hosts, ",");
        if (!is_here(hosts, length))
            return false;
        if (hosts[length] == '\0')
            return true;
        hosts += length + 1;
    }
}

static bool stays_here(const PQconninfoOption *options) {
    return all_are_here(option_of(options, "host")) && option_of(options, "hostaddr")[0] == '\0';
}

static bool is_said_well(const PQconninfoOption *options, char *error, size_t size) {
    const char *mode = option_of(options, "sslmode");
    if (option_of(options, "service")[0] != '\0') {
        snprintf(error, size, "service: expected host and dbname in the string itself");
        return false;
    }
    if (option_of(options, "dbname")[0] == '\0') {
        snprintf(error, size, "dbname: expected the name of the database");
        return false;
    }
    if (!stays_here(options) && mode[0] != '\0' && strcmp(mode, "verify-full") != 0) {
        snprintf(error, size, "sslmode: expected verify-full, got %.20s", mode);
        return false;
    }
    return true;
}

void fleet_forget_environment(void) {
    unsetenv("PGSERVICE"); /* else it is looked up now */
    unsetenv("PGSERVICEFILE");
    PQconninfoOption *options = PQconndefaults();
    for (const PQconninfoOption *option = options; option != NULL && option->keyword != NULL;
         option++)
        if (option->envvar != NULL && strcmp(option->keyword, "password") != 0 &&
            strcmp(option->keyword, "passfile") != 0)
            unsetenv(option->envvar);
    PQconninfoFree(options);
}

/* No message of libpq here: it repeats the string, which may hold a password. */
PQconninfoOption *fleet_database_read(const char *database, char *error, size_t size) {
    PQconninfoOption *options = PQconninfoParse(database, NULL);
    if (options == NULL) {
        snprintf(error, size, "expected a connection string: host=... dbname=... user=...");
        return NULL;
    }
    if (is_said_well(options, error, size))
        return options;
    PQconninfoFree(options);
    return NULL;
}

bool fleet_database_is_good(const char *database, char *error, size_t error_size) {
    PQconninfoOption *options = fleet_database_read(database, error, error_size);
    if (options != NULL)
        PQconninfoFree(options);
    return options != NULL;
}

static void say_once(const PQconninfoOption *options, struct fleet_words *out, const char *keyword,
                     const char *value) {
    if (option_of(options, keyword)[0] != '\0' || out->count == FLEET_WORDS_MAX)
        return;
    out->keywords[out->count] = keyword;
    out->values[out->count++] = value;
}

void fleet_database_words(const PQconninfoOption *options, struct fleet_words *out) {
    *out = (struct fleet_words){0};
    for (const PQconninfoOption *option = options; option->keyword != NULL; option++)
        if (option->val != NULL && out->count < FLEET_WORDS_MAX) {
            out->keywords[out->count] = option->keyword;
            out->values[out->count++] = option->val;
        }
    for (size_t i = 0; i < sizeof sayings / sizeof sayings[0]; i++)
        say_once(options, out, sayings[i].keyword, sayings[i].value);
    if (!stays_here(options))
        say_once(options, out, "sslmode", "verify-full");
}

const char *fleet_database_word(const struct fleet_words *words, const char *keyword) {
    for (int i = 0; i < words->count; i++)
        if (strcmp(words->keywords[i], keyword) == 0)
            return words->values[i];
    return "";
}

void fleet_database_say(struct fleet_words *words, const char *keyword, const char *value) {
    int at = 0;
    while (at < words->count && strcmp(words->keywords[at], keyword) != 0)
        at++;
    if (at == FLEET_WORDS_MAX)
        return;
    words->count += at == words->count;
    words->keywords[at] = keyword;
    words->values[at] = value;
}
