#include "app/fleet/replicator.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/fleet/schema.h"

#define NOT_LOOKED (-1)
#define BACK_OFF_FIRST_MS 1000
#define BACK_OFF_MAX_MS 16000
/* A terminal at which nobody pays is heard of all the same, and asks whether the database still has
 * what it took: a replica that lagged when it was promoted may lack it. */
#define SIGN_OF_LIFE_MS INT64_C(300000)
/* What a batch of a journal that catches up leaves to others before the next. */
#define BATCHES_A_TURN 50

void replicator_begin(struct replicator *replicator, const struct replicator_options *options) {
    *replicator = (struct replicator){.options = *options};
    replicator->chance =
        (unsigned)clock_mono_ms() ^ (unsigned)getpid() << 16 ^ (unsigned)(uintptr_t)replicator >> 4;
    replicator->looked = NOT_LOOKED;
    replicator->unknown_wall_ms = clock_wall_ms();
    batch_begin(&replicator->batch);
}

static void close_journal(struct replicator *replicator) {
    journal_close(replicator->journal);
    replicator->journal = NULL;
    replicator->place = (struct place){0};
    replicator->figures.place_known = false; /* another journal may come in its place */
    replicator->unknown_wall_ms = clock_wall_ms();
}

void replicator_end(struct replicator *replicator) {
    close_journal(replicator);
    batch_end(&replicator->batch);
}

/* From least to most, by chance: terminals that were started together do not send together. */
static int64_t chance_between(struct replicator *replicator, int64_t least, int64_t most) {
    return least + rand_r(&replicator->chance) % (most - least + 1);
}

static void note_trouble(struct replicator *replicator, const char *text) {
    if (strcmp(replicator->figures.trouble, text) != 0)
        log_write(text[0] != '\0' ? LOG_WARNING : LOG_INFO, "fleet", "%s",
                  text[0] != '\0' ? text : "events are taken again");
    snprintf(replicator->figures.trouble, sizeof replicator->figures.trouble, "%s", text);
}

/* The journal that stands there now: a restored one is another file. */
static bool look_for_journal(struct replicator *replicator) {
    struct stat file;
    bool there = stat(replicator->options.journal_path, &file) == 0;
    if (replicator->journal != NULL && there && file.st_dev == replicator->device &&
        file.st_ino == replicator->inode)
        return true;
    close_journal(replicator);
    replicator->device = there ? file.st_dev : 0;
    replicator->inode = there ? file.st_ino : 0;
    struct journal_options options = {.path = replicator->options.journal_path, .read_only = true};
    enum journal_result result =
        there ? journal_open(&options, &replicator->journal) : JOURNAL_NOT_FOUND;
    replicator->looked = NOT_LOOKED;
    if (result == JOURNAL_OK)
        return true;
    char said[FLEET_ERROR_SIZE];
    snprintf(said, sizeof said, "%.150s: %.90s", options.path, journal_result_text(result));
    replicator->figures.result = FLEET_JOURNAL;
    note_trouble(replicator, said);
    return false;
}

static bool opens_case(void *urgent, const struct journal_event *event, const char *hash) {
    (void)hash;
    *(bool *)urgent = strstr(event->payload, "\"cases/") != NULL;
    return !*(bool *)urgent;
}

static bool happened_at(void *wall_ms, const struct journal_event *event, const char *hash) {
    (void)hash;
    *(int64_t *)wall_ms = event->wall_ms;
    return false;
}

/* Since when something waits: as long as the database has not said what it has of this journal,
 * since it is read. */
static void note_waiting(struct replicator *replicator) {
    struct replicator_figures *figures = &replicator->figures;
    int64_t waits_ms = 0;
    if (figures->journal_events == 0 ||
        (figures->place_known && figures->journal_events <= figures->place_events))
        figures->waits_wall_ms = 0;
    else if (!figures->place_known)
        figures->waits_wall_ms = replicator->unknown_wall_ms;
    else if (journal_each_after(replicator->journal, figures->place_events, happened_at,
                                &waits_ms) == JOURNAL_OK)
        figures->waits_wall_ms = waits_ms;
}

/* New events wait for the batch, a case does not. */
static void look(struct replicator *replicator, int64_t now_ms) {
    struct journal_mark mark;
    bool urgent = false, is_new = replicator->looked == NOT_LOOKED;
    if (journal_mark(replicator->journal, &mark) != JOURNAL_OK) {
        note_trouble(replicator, journal_error(replicator->journal));
        close_journal(replicator);
        return;
    }
    replicator->figures.journal_events = mark.events;
    note_waiting(replicator);
    if (mark.events == replicator->looked)
        return;
    if (mark.events < replicator->looked) /* it went back: the database is asked anew */
        replicator->place.id = 0;
    if (!is_new && mark.events > replicator->looked &&
        journal_each_after(replicator->journal, replicator->looked, opens_case, &urgent) !=
            JOURNAL_OK)
        note_trouble(replicator, journal_error(replicator->journal));
    replicator->looked = mark.events;
    int64_t interval_ms = replicator->options.interval_ms;
    if (is_new) /* it may have gone another way; after a power cut all terminals start at once */
        replicator->due_mono_ms = now_ms + chance_between(replicator, 0, interval_ms / 6);
    if (urgent) {
        replicator->due_mono_ms = now_ms;
        replicator->patient_until_mono_ms = 0;
    } else if (replicator->due_mono_ms == 0)
        replicator->due_mono_ms = now_ms + chance_between(replicator, interval_ms / 2, interval_ms);
}

static enum fleet_result put_batch(struct replicator *replicator, struct fleet_link *link,
                                   bool with_rows) {
    struct batch *batch = &replicator->batch;
    struct place *place = &replicator->place;
    char id[16], after[24], before[JOURNAL_HASH_SIZE + 2];
    struct fleet_value values[4 + BATCH_COLUMN_COUNT];
    PGresult *answer = NULL;
    snprintf(id, sizeof id, "%d", place->id);
    snprintf(after, sizeof after, "%lld", (long long)place->events);
    snprintf(before, sizeof before, "\\x%s", place->hash);
    values[0] = (struct fleet_value){0, id, 0};
    values[1] = (struct fleet_value){0, after, 0};
    values[2] = (struct fleet_value){0, before, 0};
    batch_values(batch, values + 3);
    values[3 + BATCH_COLUMN_COUNT] = (struct fleet_value){0, with_rows ? "true" : "false", 0};
    enum fleet_result result = fleet_link_ask(
        link,
        "SELECT hopkiosk.put($1::integer, $2::bigint, $3::bytea, $4, $5, $6, $7, $8, $9, $10,"
        " $11, $12::boolean)",
        values, 4 + BATCH_COLUMN_COUNT, &answer);
    if (result == FLEET_OK && atoll(PQgetvalue(answer, 0, 0)) < 0) {
        snprintf(link->error, sizeof link->error, "the database was told by another process");
        result = FLEET_MOVED;
    }
    PQclear(answer);
    if (result != FLEET_OK)
        return result;
    place->events += batch->count;
    memcpy(place->hash, batch->last_hash, sizeof place->hash);
    replicator->figures.events += batch->count;
    replicator->figures.batches++;
    replicator->figures.sent_wall_ms = clock_wall_ms();
    return FLEET_OK;
}

/* The database has this event as its newest: so must the journal, or it went another way. */
static bool is_at_place(struct replicator *replicator) {
    char hash[JOURNAL_HASH_SIZE];
    return journal_hash_at(replicator->journal, replicator->place.events, hash) == JOURNAL_OK &&
           strcmp(hash, replicator->place.hash) == 0;
}

static enum fleet_result read_batch(struct replicator *replicator, struct fleet_link *link,
                                    int most) {
    struct batch *batch = &replicator->batch;
    int64_t after = replicator->place.events;
    if (!is_at_place(replicator)) {
        snprintf(link->error, sizeof link->error, "the journal went back or another way");
        return FLEET_MOVED;
    }
    if (batch_read(batch, replicator->journal, after, most) != JOURNAL_OK) {
        snprintf(link->error, sizeof link->error, "the journal: %.200s",
                 journal_error(replicator->journal));
        return FLEET_JOURNAL;
    }
    if (batch->count == 0 && batch->is_damaged) {
        snprintf(link->error, sizeof link->error,
                 "the journal: event %lld is missing or altered (kioskctl journal verify)",
                 (long long)after + 1);
        return FLEET_JOURNAL;
    }
    return FLEET_OK;
}

/* A value that the database cannot hold is in one of these: each alone, and that one without its
 * rows; its bytes and its hash are kept. */
static enum fleet_result put_singly(struct replicator *replicator, struct fleet_link *link) {
    enum fleet_result result = FLEET_OK;
    for (int left = replicator->batch.count; left > 0 && result == FLEET_OK; left--) {
        result = read_batch(replicator, link, 1);
        if (result == FLEET_OK)
            result = put_batch(replicator, link, true);
        if (result != FLEET_DATA)
            continue;
        log_write(LOG_ERROR, "fleet", "event %lld: its rows are left out: %s",
                  (long long)replicator->place.events + 1, link->error);
        result = put_batch(replicator, link, false);
    }
    return result;
}

/* The database knows, also after a restart. Older tables are brought to this version by whoever
 * may; until then a fork is told of as long as this process runs. */
static enum fleet_result look_for_fork(struct replicator *replicator, struct fleet_link *link) {
    bool forked = replicator->figures.forked || replicator->place.forked;
    enum fleet_result result = place_is_forked(link, &replicator->place, &forked);
    if (result == FLEET_NO_TABLES && fleet_schema_bring(link) == FLEET_OK)
        result = place_is_forked(link, &replicator->place, &forked);
    replicator->figures.forked = forked;
    replicator->fork_mono_ms = clock_mono_ms();
    return result == FLEET_NO_TABLES ? FLEET_OK : result;
}

static enum fleet_result find_place(struct replicator *replicator, struct fleet_link *link) {
    enum fleet_result result = place_find(link, replicator->journal, &replicator->place);
    if (result == FLEET_NO_TABLES && (result = fleet_schema_bring(link)) == FLEET_OK)
        result = place_find(link, replicator->journal, &replicator->place);
    if (result != FLEET_OK)
        return result;
    if (replicator->place.forked)
        log_write(
            LOG_ERROR, "fleet",
            "this journal has gone another way than the database has seen (was it restored, or"
            " copied to another machine?): it goes on behind event %lld as installation %d",
            (long long)replicator->place.events, replicator->place.id);
    replicator->seen_mono_ms = clock_mono_ms();
    return look_for_fork(replicator, link);
}

/* All that is in the journal, batch by batch, as far as one turn goes. */
static enum fleet_result send_events(struct replicator *replicator, struct fleet_link *link) {
    bool is_new =
        replicator->place.id == 0 || clock_mono_ms() - replicator->seen_mono_ms >= SIGN_OF_LIFE_MS;
    bool may_be_cleared =
        replicator->figures.forked && clock_mono_ms() - replicator->fork_mono_ms >= SIGN_OF_LIFE_MS;
    enum fleet_result result = is_new           ? find_place(replicator, link)
                               : may_be_cleared ? look_for_fork(replicator, link)
                                                : FLEET_OK;
    for (int i = 0; i < BATCHES_A_TURN && result == FLEET_OK; i++) {
        result = read_batch(replicator, link, BATCH_EVENTS_MAX);
        if (result != FLEET_OK || replicator->batch.count == 0)
            return result;
        result = put_batch(replicator, link, true);
        if (result == FLEET_DATA)
            result = put_singly(replicator, link);
    }
    return result;
}

static void note_success(struct replicator *replicator) {
    struct replicator_figures *figures = &replicator->figures;
    note_trouble(replicator, "");
    figures->place_events = replicator->place.events;
    figures->place_known = true;
    figures->result = FLEET_OK;
    note_waiting(replicator);
    replicator->failed = 0;
    replicator->seen_mono_ms = clock_mono_ms();
    replicator->patient_until_mono_ms = 0;
    replicator->due_mono_ms =
        figures->place_events < figures->journal_events ? replicator->seen_mono_ms : 0;
}

/* Longer and longer, with chance: a database that comes back is not met by all at once. */
static void note_failure(struct replicator *replicator, enum fleet_result result,
                         const char *said) {
    int64_t back_off_ms = BACK_OFF_FIRST_MS << (replicator->failed < 4 ? replicator->failed : 4);
    if (back_off_ms > BACK_OFF_MAX_MS)
        back_off_ms = BACK_OFF_MAX_MS;
    note_trouble(replicator, said);
    replicator->figures.failures++;
    replicator->figures.result = result;
    replicator->failed++;
    replicator->place.id = 0; /* what was sent may have been taken: the database is asked */
    if (result == FLEET_MOVED)
        back_off_ms = 10;
    replicator->patient_until_mono_ms =
        clock_mono_ms() + chance_between(replicator, back_off_ms / 2, back_off_ms);
}

static void send_by(struct replicator *replicator, struct fleet_link *shared) {
    struct fleet_link own = {0}, *link = shared != NULL ? shared : &own;
    const struct replicator_options *options = &replicator->options;
    enum fleet_result result = FLEET_OK;
    if (link->connection == NULL)
        result = fleet_link_open(link, &(struct fleet_link_options){
                                           options->database, options->patience_ms, options->stop});
    if (result == FLEET_OK)
        result = send_events(replicator, link);
    if (result == FLEET_OK)
        note_success(replicator);
    else if (result != FLEET_STOPPED)
        note_failure(replicator, result, link->error);
    if (link->connection != NULL && (shared == NULL || result != FLEET_OK))
        fleet_link_close(link);
}

int64_t replicator_turn(struct replicator *replicator, struct fleet_link *shared) {
    int64_t now_ms = clock_mono_ms(), next_ms;
    bool open = true;
    if (now_ms >= replicator->look_mono_ms) {
        replicator->look_mono_ms = now_ms + replicator->options.look_ms;
        open = look_for_journal(replicator);
        if (open)
            look(replicator, now_ms);
    }
    if (replicator->due_mono_ms == 0 && now_ms - replicator->seen_mono_ms >= SIGN_OF_LIFE_MS)
        replicator->due_mono_ms = now_ms;
    if (replicator->journal != NULL && replicator->due_mono_ms != 0 &&
        now_ms >= replicator->due_mono_ms && now_ms >= replicator->patient_until_mono_ms)
        send_by(replicator, shared);
    next_ms = replicator->look_mono_ms;
    int64_t send_ms = replicator->due_mono_ms > replicator->patient_until_mono_ms
                          ? replicator->due_mono_ms
                          : replicator->patient_until_mono_ms;
    if (replicator->journal != NULL && replicator->due_mono_ms != 0 && send_ms < next_ms)
        next_ms = send_ms;
    return next_ms;
}
