#include "app/fleet/verify.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"
#include "app/journal/journal.h"

/* How far the proof of one installation has come. */
struct proving {
    struct fleet_link *link;
    struct journal_proof *proof;
    struct fleet_finding finding;
    int64_t last; /* number of the newest event that was looked at */
    char hash[JOURNAL_HASH_SIZE];
};

/* The first finding stays. */
__attribute__((format(printf, 2, 3))) static void find_wrong(struct proving *proving,
                                                             const char *format, ...) {
    va_list arguments;
    if (!proving->finding.good)
        return;
    proving->finding.good = false;
    va_start(arguments, format);
    vsnprintf(proving->finding.text, sizeof proving->finding.text, format, arguments);
    va_end(arguments);
}

/* The bytes of a column; bytes with a zero inside were not written by us: NULL. Caller: free(). */
static char *bytes_at(const PGresult *rows, int row, int column) {
    size_t length = 0;
    unsigned char *bytes =
        PQunescapeBytea((const unsigned char *)PQgetvalue(rows, row, column), &length);
    ENSURE(bytes != NULL);
    bool is_text = memchr(bytes, '\0', length) == NULL;
    char *text = is_text ? strndup((const char *)bytes, length) : NULL;
    PQfreemem(bytes);
    return text;
}

static void prove_event(struct proving *proving, const PGresult *rows, int row) {
    char *payload = bytes_at(rows, row, 4), *evidence = bytes_at(rows, row, 5);
    struct journal_event event = {.number = atoll(PQgetvalue(rows, row, 0)),
                                  .wall_ms = atoll(PQgetvalue(rows, row, 1)),
                                  .order_no = PQgetvalue(rows, row, 2),
                                  .note = PQgetvalue(rows, row, 3),
                                  .payload = payload != NULL ? payload : "",
                                  .evidence = evidence != NULL ? evidence : ""};
    char hash[JOURNAL_HASH_SIZE];
    journal_proof_next(proving->proof, proving->hash, &event, hash);
    if (event.number != proving->last + 1)
        find_wrong(proving, "event %lld: expected number %lld", (long long)event.number,
                   (long long)proving->last + 1);
    if (payload == NULL || evidence == NULL || strcmp(hash, PQgetvalue(rows, row, 6)) != 0)
        find_wrong(proving, "event %lld: altered, or the one before it", (long long)event.number);
    proving->last = event.number;
    proving->finding.events++;
    memcpy(proving->hash, hash, sizeof proving->hash);
    free(payload);
    free(evidence);
}

/* Days that were taken away left the end of each run of numbers, behind which the proof goes on. */
static enum fleet_result skip_purged(struct proving *proving, const char *id) {
    enum fleet_result result = FLEET_OK;
    for (int count = 1; count > 0 && result == FLEET_OK;) {
        PGresult *rows = NULL;
        char next[24];
        snprintf(next, sizeof next, "%lld", (long long)proving->last + 1);
        struct fleet_value values[] = {{0, id, 0}, {0, next, 0}};
        result = fleet_link_ask(proving->link,
                                "SELECT last, encode(hash, 'hex') FROM hopkiosk.purged"
                                " WHERE installation = $1::integer AND first = $2::bigint"
                                " AND last >= first",
                                values, 2, &rows);
        count = result == FLEET_OK ? PQntuples(rows) : 0;
        if (count > 0) {
            int64_t last = atoll(PQgetvalue(rows, 0, 0));
            proving->finding.purged += last - proving->last;
            proving->last = last;
            snprintf(proving->hash, sizeof proving->hash, "%s", PQgetvalue(rows, 0, 1));
        }
        PQclear(rows);
    }
    return result;
}

/* Page by page: a bounded memory. It ends at the first event that does not fit. */
static enum fleet_result prove_events(struct proving *proving, const char *id) {
    enum fleet_result result = FLEET_OK;
    for (int count = 1; count > 0 && result == FLEET_OK && proving->finding.good;) {
        PGresult *rows = NULL;
        char last[24];
        snprintf(last, sizeof last, "%lld", (long long)proving->last);
        struct fleet_value values[] = {{0, id, 0}, {0, last, 0}};
        result = fleet_link_ask(
            proving->link,
            "SELECT number, wall_ms, order_no, note, payload, evidence, encode(hash, 'hex')"
            " FROM hopkiosk.events WHERE installation = $1::integer AND number > $2::bigint"
            " ORDER BY number LIMIT 500",
            values, 2, &rows);
        count = result == FLEET_OK ? PQntuples(rows) : 0;
        for (int i = 0; i < count && proving->finding.good && result == FLEET_OK; i++) {
            if (atoll(PQgetvalue(rows, i, 0)) != proving->last + 1)
                result = skip_purged(proving, id);
            if (result == FLEET_OK)
                prove_event(proving, rows, i);
        }
        PQclear(rows);
    }
    return result == FLEET_OK && proving->finding.good ? skip_purged(proving, id) : result;
}

/* The newest row of each part, as the events tell of it and as it stands; without what only an
 * event of a purged day would tell, and without orders of such a day. */
static const char rows_sql[] =
    "WITH told AS (SELECT DISTINCT ON (e.order_no, p.key) e.order_no, p.key AS name,"
    " e.number AS event, p.value AS content FROM hopkiosk.events AS e,"
    " jsonb_each(convert_from(e.payload, 'UTF8')::jsonb) AS p (key, value)"
    " WHERE e.installation = $1::integer AND jsonb_typeof(p.value) = 'object'"
    " ORDER BY e.order_no, p.key, e.number DESC),"
    " stands AS (SELECT order_no, name, event, content FROM hopkiosk.parts"
    " WHERE installation = $1::integer)"
    " SELECT order_no, name FROM told FULL JOIN stands USING (order_no, name)"
    " WHERE (told.event IS DISTINCT FROM stands.event"
    " OR told.content IS DISTINCT FROM stands.content)"
    " AND NOT EXISTS (SELECT FROM hopkiosk.purged AS p WHERE p.installation = $1::integer"
    " AND stands.event BETWEEN p.first AND p.last)"
    " AND NOT (stands.event IS NULL AND substr(order_no, 1, 6) IN"
    " (SELECT to_char(p.day, 'YYMMDD') FROM hopkiosk.purged AS p)) ORDER BY 1, 2 LIMIT 1";

static enum fleet_result prove_rows(struct proving *proving, const char *id) {
    PGresult *rows = NULL;
    struct fleet_value values[] = {{0, id, 0}};
    enum fleet_result result = fleet_link_ask(proving->link, rows_sql, values, 1, &rows);
    if (result == FLEET_OK && PQntuples(rows) > 0)
        find_wrong(proving, "%s of order %s: not what the events tell", PQgetvalue(rows, 0, 1),
                   PQgetvalue(rows, 0, 0));
    PQclear(rows);
    return result;
}

/* What the installation's first event is chained to. */
static enum fleet_result find_start(struct proving *proving, const PGresult *list, int i) {
    PGresult *rows = NULL;
    proving->last = atoll(PQgetvalue(list, i, 4));
    journal_proof_first(proving->proof, proving->finding.terminal, proving->hash);
    if (PQgetisnull(list, i, 3))
        return FLEET_OK;
    struct fleet_value values[] = {{0, PQgetvalue(list, i, 3), 0}, {0, PQgetvalue(list, i, 4), 0}};
    enum fleet_result result = fleet_link_ask(
        proving->link, "SELECT hopkiosk.hash_at($1::integer, $2::bigint)", values, 2, &rows);
    if (result == FLEET_OK && PQgetisnull(rows, 0, 0))
        find_wrong(proving, "event %lld, behind which it goes on, is missing",
                   (long long)proving->last);
    else if (result == FLEET_OK)
        snprintf(proving->hash, sizeof proving->hash, "%s", PQgetvalue(rows, 0, 0));
    PQclear(rows);
    return result;
}

static enum fleet_result prove_installation(struct proving *proving, const PGresult *list, int i) {
    const char *id = PQgetvalue(list, i, 0);
    int64_t events = atoll(PQgetvalue(list, i, 5));
    proving->finding = (struct fleet_finding){.name = PQgetvalue(list, i, 1),
                                              .terminal = PQgetvalue(list, i, 2),
                                              .forked = PQgetvalue(list, i, 7)[0] == 't',
                                              .good = true};
    enum fleet_result result = find_start(proving, list, i);
    if (result == FLEET_OK)
        result = prove_events(proving, id);
    if (result == FLEET_OK && proving->last != events)
        find_wrong(proving, "event %lld: expected, the newest here is %lld", (long long)events,
                   (long long)proving->last);
    if (result == FLEET_OK && strcmp(proving->hash, PQgetvalue(list, i, 6)) != 0)
        find_wrong(proving, "event %lld: not the one that was noted as the newest",
                   (long long)events);
    bool all_rows = strcmp(PQgetvalue(list, i, 8), "0") == 0;
    if (result == FLEET_OK && proving->finding.good && all_rows)
        result = prove_rows(proving, id);
    return result;
}

enum fleet_result fleet_verify(struct fleet_link *link, const char *terminal,
                               void (*tell)(void *context, const struct fleet_finding *finding),
                               void *context) {
    struct proving proving = {.link = link, .proof = journal_proof_begin()};
    struct fleet_value values[] = {{0, terminal, 0}};
    PGresult *list = NULL;
    ENSURE(proving.proof != NULL);
    enum fleet_result result = fleet_link_ask(
        link,
        "SELECT id, name, terminal, parent, parent_events, events, encode(hash, 'hex'), forked,"
        " rows_left FROM hopkiosk.installations WHERE $1::text IS NULL OR terminal = $1"
        " ORDER BY id",
        values, 1, &list);
    for (int i = 0; result == FLEET_OK && i < PQntuples(list); i++) {
        result = prove_installation(&proving, list, i);
        if (result == FLEET_OK)
            tell(context, &proving.finding);
    }
    PQclear(list);
    journal_proof_end(proving.proof);
    return result;
}
