#include "app/fleet/place.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"
#include "app/fleet/tables.h"

/* One finding. */
struct finding {
    struct fleet_link *link;
    struct journal *journal;
    struct journal_mark mark;
    struct place *out;
};

static enum fleet_result fail_journal(const struct finding *finding) {
    snprintf(finding->link->error, sizeof finding->link->error, "the journal: %.200s",
             journal_error(finding->journal));
    return FLEET_JOURNAL;
}

/* Whether the journal has this hash at this event. */
static enum fleet_result compare_journal(const struct finding *finding, int64_t number,
                                         const char *hash, bool *same) {
    char ours[JOURNAL_HASH_SIZE];
    enum journal_result result = journal_hash_at(finding->journal, number, ours);
    *same = result == JOURNAL_OK && strcmp(ours, hash) == 0;
    return result == JOURNAL_OK || result == JOURNAL_NOT_FOUND ? FLEET_OK : fail_journal(finding);
}

/* What is no longer there is compared at the end of its run: a hash proves all before it. */
static enum fleet_result compare_database(const struct finding *finding, const char *id,
                                          int64_t number, bool *same) {
    char digits[24];
    PGresult *answer = NULL;
    snprintf(digits, sizeof digits, "%lld", (long long)number);
    struct fleet_value values[] = {{0, id, 0}, {0, digits, 0}};
    enum fleet_result result = fleet_link_ask(
        finding->link, "SELECT at, hash FROM hopkiosk.hash_from($1::integer, $2::bigint)", values,
        2, &answer);
    *same = false;
    if (result == FLEET_OK && PQntuples(answer) == 1)
        result = compare_journal(finding, atoll(PQgetvalue(answer, 0, 0)), PQgetvalue(answer, 0, 1),
                                 same);
    PQclear(answer);
    return result;
}

/* The last event that the journal and an installation of the database have in common: a hash proves
 * all before it, so the halves tell. */
static enum fleet_result find_common(const struct finding *finding, const char *id,
                                     int64_t their_events, int64_t *out) {
    int64_t low = 0,
            high = their_events < finding->mark.events ? their_events : finding->mark.events;
    while (low < high) {
        int64_t middle = low + (high - low + 1) / 2;
        bool same;
        enum fleet_result result = compare_database(finding, id, middle, &same);
        if (result != FLEET_OK)
            return result;
        if (same)
            low = middle;
        else
            high = middle - 1;
    }
    *out = low;
    return FLEET_OK;
}

/* Behind which installation, and which event of it, this journal goes on. */
struct parent {
    char id[16]; /* "": none */
    int64_t events;
    bool has_more; /* events that this journal does not have */
};

static enum fleet_result find_parent(const struct finding *finding, const PGresult *rows,
                                     int first_row, struct parent *out) {
    for (int i = first_row; i < PQntuples(rows); i++) {
        int64_t common = 0, their_events = atoll(PQgetvalue(rows, i, 1));
        enum fleet_result result =
            find_common(finding, PQgetvalue(rows, i, 0), their_events, &common);
        if (result != FLEET_OK)
            return result;
        if (common > out->events) {
            out->events = common;
            out->has_more = their_events > common;
            snprintf(out->id, sizeof out->id, "%s", PQgetvalue(rows, i, 0));
        }
    }
    return FLEET_OK;
}

/* A journal of another name of the same terminal: the one that was restored, if any. */
static enum fleet_result find_older_name(const struct finding *finding, struct parent *out) {
    PGresult *rows = NULL;
    struct fleet_value values[] = {{0, finding->mark.journal_id, 0},
                                   {0, finding->mark.terminal_id, 0}};
    enum fleet_result result = fleet_link_ask(
        finding->link, "SELECT id, events FROM hopkiosk.others($1, $2) LIMIT 20", values, 2, &rows);
    if (result == FLEET_OK)
        result = find_parent(finding, rows, 0, out);
    PQclear(rows);
    return result;
}

static enum fleet_result begin_place(const struct finding *finding, const struct parent *parent) {
    struct place *out = finding->out;
    char events[24], bytes[JOURNAL_HASH_SIZE + 2];
    PGresult *answer = NULL;
    if (journal_hash_at(finding->journal, parent->events, out->hash) != JOURNAL_OK)
        return fail_journal(finding);
    snprintf(events, sizeof events, "%lld", (long long)parent->events);
    snprintf(bytes, sizeof bytes, "\\x%s", out->hash);
    struct fleet_value values[] = {{0, finding->mark.journal_id, 0},
                                   {0, finding->mark.terminal_id, 0},
                                   {0, finding->mark.installation, 0},
                                   {0, parent->id[0] != '\0' ? parent->id : NULL, 0},
                                   {0, events, 0},
                                   {0, bytes, 0},
                                   {0, parent->has_more ? "true" : "false", 0}};
    enum fleet_result result =
        fleet_link_ask(finding->link,
                       "SELECT hopkiosk.begin($1, $2, $3, $4::integer, $5::bigint, $6::bytea,"
                       " $7::boolean)",
                       values, 7, &answer);
    if (result == FLEET_OK) {
        out->id = atoi(PQgetvalue(answer, 0, 0));
        out->events = parent->events;
        out->forked = parent->has_more;
    }
    PQclear(answer);
    return result;
}

/* The installation whose newest event the journal has. */
static enum fleet_result match_place(const struct finding *finding, const PGresult *rows) {
    for (int i = 0; i < PQntuples(rows) && !PQgetisnull(rows, i, 0); i++) {
        bool same;
        int64_t events = atoll(PQgetvalue(rows, i, 1));
        enum fleet_result result = compare_journal(finding, events, PQgetvalue(rows, i, 2), &same);
        if (result != FLEET_OK)
            return result;
        if (!same)
            continue;
        *finding->out = (struct place){.id = atoi(PQgetvalue(rows, i, 0)), .events = events};
        snprintf(finding->out->hash, sizeof finding->out->hash, "%s", PQgetvalue(rows, i, 2));
        return FLEET_OK;
    }
    return FLEET_OK;
}

static enum fleet_result check_version(const struct finding *finding, const PGresult *rows) {
    int needs = PQntuples(rows) > 0 ? atoi(PQgetvalue(rows, 0, 3)) : 0;
    if (needs <= FLEET_VERSION)
        return FLEET_OK;
    snprintf(finding->link->error, sizeof finding->link->error,
             "the tables are for programs of version %d or newer of them, this one knows %d", needs,
             FLEET_VERSION);
    return FLEET_REFUSED;
}

static enum fleet_result find_or_begin(const struct finding *finding, const PGresult *rows) {
    struct parent parent = {0};
    bool known = PQntuples(rows) > 0 && !PQgetisnull(rows, 0, 0);
    enum fleet_result result = check_version(finding, rows);
    if (result == FLEET_OK)
        result = match_place(finding, rows);
    if (result != FLEET_OK || finding->out->id != 0)
        return result;
    result = known ? find_parent(finding, rows, 0, &parent) : find_older_name(finding, &parent);
    return result == FLEET_OK ? begin_place(finding, &parent) : result;
}

static enum fleet_result ask_place(struct finding *finding,
                                   enum fleet_result (*read)(const struct finding *,
                                                             const PGresult *)) {
    PGresult *rows = NULL;
    *finding->out = (struct place){0};
    if (journal_mark(finding->journal, &finding->mark) != JOURNAL_OK)
        return fail_journal(finding);
    struct fleet_value values[] = {{0, finding->mark.journal_id, 0}};
    enum fleet_result result = fleet_link_ask(
        finding->link, "SELECT id, events, hash, needs FROM hopkiosk.meet($1)", values, 1, &rows);
    if (result == FLEET_OK)
        result = read(finding, rows);
    PQclear(rows);
    return result;
}

enum fleet_result place_find(struct fleet_link *link, struct journal *journal, struct place *out) {
    struct finding finding = {.link = link, .journal = journal, .out = out};
    return ask_place(&finding, find_or_begin);
}

static enum fleet_result match_or_none(const struct finding *finding, const PGresult *rows) {
    if (PQntuples(rows) == 0 || PQgetisnull(rows, 0, 0))
        finding->out->id = PLACE_NONE;
    return match_place(finding, rows);
}

enum fleet_result place_look(struct fleet_link *link, struct journal *journal, struct place *out) {
    struct finding finding = {.link = link, .journal = journal, .out = out};
    return ask_place(&finding, match_or_none);
}

enum fleet_result place_is_forked(struct fleet_link *link, const struct place *place, bool *out) {
    char id[16];
    PGresult *rows = NULL;
    snprintf(id, sizeof id, "%d", place->id);
    struct fleet_value values[] = {{0, id, 0}};
    enum fleet_result result =
        fleet_link_ask(link, "SELECT hopkiosk.is_forked($1::integer)", values, 1, &rows);
    if (result == FLEET_OK)
        *out = PQgetvalue(rows, 0, 0)[0] == 't';
    PQclear(rows);
    return result;
}
