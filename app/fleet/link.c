#include "app/fleet/link.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/base/text.h"
#include "app/fleet/database.h"
#include "app/fleet/lookup.h"

static enum fleet_result fail_link(struct fleet_link *link, enum fleet_result result,
                                   const char *text) {
    text_clean(link->error, sizeof link->error, text);
    text_one_line(link->error);
    return result;
}

/* Until the database's socket is ready. */
static enum fleet_result wait_ready(struct fleet_link *link, short events, int64_t until_ms) {
    for (;;) {
        struct pollfd ready[] = {{.fd = PQsocket(link->connection), .events = events},
                                 {.fd = link->stop, .events = POLLIN}};
        int64_t left_ms = until_ms - clock_mono_ms();
        if (ready[0].fd < 0)
            return fail_link(link, FLEET_DOWN, "the connection is gone");
        if (left_ms <= 0)
            return fail_link(link, FLEET_DOWN, "no answer in time");
        int count = poll(ready, link->stop < 0 ? 1 : 2, (int)left_ms);
        if (count < 0 && errno != EINTR)
            return fail_link(link, FLEET_DOWN, strerror(errno));
        if (count > 0 && ready[1].revents != 0 && link->stop >= 0)
            return fail_link(link, FLEET_STOPPED, "stopped");
        if (count > 0 && ready[0].revents != 0)
            return FLEET_OK;
    }
}

static enum fleet_result connect_link(struct fleet_link *link, int64_t until_ms) {
    PostgresPollingStatusType status = PGRES_POLLING_WRITING;
    while (status == PGRES_POLLING_WRITING || status == PGRES_POLLING_READING) {
        enum fleet_result result =
            wait_ready(link, status == PGRES_POLLING_READING ? POLLIN : POLLOUT, until_ms);
        if (result != FLEET_OK)
            return result;
        status = PQconnectPoll(link->connection);
    }
    if (status == PGRES_POLLING_OK && PQsetnonblocking(link->connection, 1) == 0)
        return FLEET_OK;
    return fail_link(link, FLEET_DOWN, PQerrorMessage(link->connection));
}

static void ignore_notice(void *context, const PGresult *result) {
    (void)context;
    (void)result;
}

/* With addresses in the place of names, where the string has none. */
static enum fleet_result name_addresses(struct fleet_link *link, struct fleet_words *words,
                                        struct lookup *found, int64_t until_ms) {
    const char *host = fleet_database_word(words, "host");
    if (host[0] == '\0' || fleet_database_word(words, "hostaddr")[0] != '\0')
        return FLEET_OK;
    enum fleet_result result = lookup_hosts(host, fleet_database_word(words, "port"), until_ms,
                                            link->stop, found, link->error);
    fleet_database_say(words, "host", found->host);
    fleet_database_say(words, "hostaddr", found->hostaddr);
    fleet_database_say(words, "port", found->port);
    return result;
}

static enum fleet_result start_link(struct fleet_link *link, const PQconninfoOption *read,
                                    int64_t until_ms) {
    struct fleet_words words;
    struct lookup found;
    fleet_database_words(read, &words);
    enum fleet_result result = name_addresses(link, &words, &found, until_ms);
    if (result != FLEET_OK)
        return result;
    link->connection = PQconnectStartParams(words.keywords, words.values, 0);
    if (link->connection == NULL)
        return fail_link(link, FLEET_DOWN, "out of memory");
    if (PQstatus(link->connection) == CONNECTION_BAD)
        return fail_link(link, FLEET_DOWN, PQerrorMessage(link->connection));
    return connect_link(link, until_ms);
}

enum fleet_result fleet_link_open(struct fleet_link *link,
                                  const struct fleet_link_options *options) {
    *link = (struct fleet_link){.patience_ms = options->patience_ms, .stop = options->stop};
    PQconninfoOption *read =
        fleet_database_read(options->database, link->error, sizeof link->error);
    if (read == NULL)
        return FLEET_REFUSED;
    enum fleet_result result = start_link(link, read, clock_mono_ms() + link->patience_ms);
    PQconninfoFree(read);
    if (result == FLEET_OK)
        PQsetNoticeReceiver(link->connection, ignore_notice, NULL);
    else
        fleet_link_close(link);
    return result;
}

void fleet_link_close(struct fleet_link *link) {
    PQfinish(link->connection);
    link->connection = NULL;
}

static enum fleet_result send_all(struct fleet_link *link, int64_t until_ms) {
    int left;
    while ((left = PQflush(link->connection)) == 1) {
        enum fleet_result result = wait_ready(link, POLLIN | POLLOUT, until_ms);
        if (result != FLEET_OK)
            return result;
        if (PQconsumeInput(link->connection) != 1)
            break;
    }
    return left == 0 ? FLEET_OK : fail_link(link, FLEET_DOWN, PQerrorMessage(link->connection));
}

/* The next result; *out NULL: there is no more. */
static enum fleet_result next_answer(struct fleet_link *link, int64_t until_ms, PGresult **out) {
    while (PQisBusy(link->connection)) {
        enum fleet_result result = wait_ready(link, POLLIN, until_ms);
        if (result != FLEET_OK)
            return result;
        if (PQconsumeInput(link->connection) != 1)
            return fail_link(link, FLEET_DOWN, PQerrorMessage(link->connection));
    }
    *out = PQgetResult(link->connection);
    return FLEET_OK;
}

/* What a complaint means, by its class (SQLSTATE). */
static const struct {
    const char *begins;
    enum fleet_result result;
} states[] = {
    {"3F000", FLEET_NO_TABLES}, {"42P01", FLEET_NO_TABLES}, {"42883", FLEET_NO_TABLES},
    {"22", FLEET_DATA},         {"08", FLEET_DOWN},         {"57", FLEET_DOWN},
    {"53", FLEET_DOWN},         {"40", FLEET_DOWN},         {"25006", FLEET_DOWN},
    {"55", FLEET_DOWN},
};

static enum fleet_result judge_answer(struct fleet_link *link, const PGresult *answer) {
    ExecStatusType status = PQresultStatus(answer);
    if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK)
        return FLEET_OK;
    const char *state = PQresultErrorField(answer, PG_DIAG_SQLSTATE);
    const char *said = PQresultErrorField(answer, PG_DIAG_MESSAGE_PRIMARY);
    if (state == NULL)
        return fail_link(link, FLEET_DOWN, PQerrorMessage(link->connection));
    fail_link(link, FLEET_REFUSED, said != NULL ? said : state);
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
        if (strncmp(state, states[i].begins, strlen(states[i].begins)) == 0)
            return states[i].result;
    return FLEET_REFUSED;
}

/* The last answer of what was sent; the first that is bad decides. */
static enum fleet_result hear_answers(struct fleet_link *link, PGresult **out) {
    int64_t until_ms = clock_mono_ms() + link->patience_ms;
    PGresult *answer = NULL, *last = NULL;
    enum fleet_result heard, result = FLEET_OK;
    heard = send_all(link, until_ms);
    while (heard == FLEET_OK && (heard = next_answer(link, until_ms, &answer)) == FLEET_OK &&
           answer != NULL) {
        if (result == FLEET_OK)
            result = judge_answer(link, answer);
        PQclear(last);
        last = answer;
    }
    if (heard != FLEET_OK)
        result = heard;
    if (out != NULL)
        *out = result == FLEET_OK ? last : NULL;
    if (out == NULL || result != FLEET_OK)
        PQclear(last);
    return result;
}

enum fleet_result fleet_link_ask(struct fleet_link *link, const char *sql,
                                 const struct fleet_value *values, int count, PGresult **out) {
    Oid types[FLEET_VALUES_MAX];
    const char *bytes[FLEET_VALUES_MAX];
    int lengths[FLEET_VALUES_MAX], formats[FLEET_VALUES_MAX];
    for (int i = 0; i < count && i < FLEET_VALUES_MAX; i++) {
        types[i] = values[i].type;
        bytes[i] = values[i].bytes;
        lengths[i] = values[i].length;
        formats[i] = values[i].type != 0;
    }
    if (out != NULL)
        *out = NULL;
    if (PQsendQueryParams(link->connection, sql, count, types, bytes, lengths, formats, 0) != 1)
        return fail_link(link, FLEET_DOWN, PQerrorMessage(link->connection));
    return hear_answers(link, out);
}

enum fleet_result fleet_link_run(struct fleet_link *link, const char *sql) {
    if (PQsendQuery(link->connection, sql) != 1)
        return fail_link(link, FLEET_DOWN, PQerrorMessage(link->connection));
    return hear_answers(link, NULL);
}
