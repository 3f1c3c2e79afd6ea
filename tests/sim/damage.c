/* The disk gives a row of an open order back as nobody wrote it. That order is a case then, which a
 * person decides by the hospital's books; it is not touched any more; the others go on, and nothing
 * is sold before the decision. At the end its rows are healed: nothing else may be wrong. */
#include "tests/sim/damage.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sim/sim.h"

#define NOTES_MOST 12 /* of an open order, before it happens */
#define MINUTE_MS INT64_C(60000)

/* What the reader refuses; ?1: the order. */
static const struct {
    const char *table, *sql;
} blows[] = {
    {"legs", "UPDATE legs SET state = 'nonsense' WHERE order_no = ?1"},
    {"legs", "UPDATE legs SET no = 'X' || substr(no, 2) WHERE order_no = ?1"},
    {"legs", "UPDATE legs SET amount_fen = amount_fen + 1 WHERE order_no = ?1 AND n = 0"},
    {"claims", "UPDATE claims SET org_trace_no = org_trace_no || char(0) || 'x' WHERE order_no ="
               " ?1"},
    {"claims", "UPDATE claims SET n = n + 64 WHERE order_no = ?1 AND n = 0"},
    {"orders", "UPDATE orders SET account_type = 'x' WHERE order_no = ?1"},
    {"retry", "UPDATE retry SET cert_no = printf('%50d', 1) WHERE order_no = ?1"},
    {"retry", "DELETE FROM retry WHERE order_no = ?1"},
    {"shares", "DELETE FROM shares WHERE order_no = ?1"},
    {"orders", "DELETE FROM orders WHERE order_no = ?1"},
};
#define BLOW_COUNT ((int)(sizeof blows / sizeof blows[0]))

static void count_down(struct sim_damage *damage) {
    damage->notes = 1 + (int)random_below(&damage->random, NOTES_MOST);
}

/* From numbers of its own: other worlds stay as they are. */
void damage_begin(struct sim *sim) {
    struct sim_damage *damage = &sim->damage;
    *damage = (struct sim_damage){.random = sim->seed ^ UINT64_C(0x64616d616765)};
    if (sim->edge.flow || sim->kill_at != 0 || sim->crowd.kind != CROWD_NONE ||
        !random_permille(&damage->random, 125))
        return;
    damage->wanted = random_permille(&damage->random, 300) ? DAMAGES_MAX : 1;
    count_down(damage);
}

static int find_damaged(const struct sim *sim, const char *order_no) {
    for (int i = 0; i < sim->damage.count; i++)
        if (strcmp(sim->damage.orders[i].no, order_no) == 0)
            return i;
    return -1;
}

bool damage_is_of(const struct sim *sim, const char *order_no) {
    return find_damaged(sim, order_no) >= 0;
}

bool damage_undecided(const struct sim *sim) {
    for (int i = 0; i < sim->damage.count; i++)
        if (!sim->damage.orders[i].decided)
            return true;
    return false;
}

void damage_note_durable(struct sim *sim, const struct order *order) {
    struct sim_damage *damage = &sim->damage;
    if (damage_is_of(sim, order->no))
        sim_fail(sim, "%s cannot be read and is written", order->no);
    if (damage->wanted == 0 || !sim->safety || order_settled(order) || --damage->notes > 0)
        return;
    count_down(damage);
    memcpy(damage->no, order->no, ORDER_NO_SIZE);
    sim_after(sim, random_below(&damage->random, 1500), HAPPEN_DAMAGE, 0);
}

void damage_act(struct sim *sim) {
    const struct order *order = durable_order(sim, sim->damage.no);
    if (!sim->safety || sim->damage.wanted == 0 || order == NULL || order_settled(order) ||
        damage_is_of(sim, order->no) ||
        !sim_happens(sim, "the power goes, and a row of %s", order->no))
        return;
    sim->damage.strikes = true;
    if (sim->running)
        terminal_die(sim, VFS_LOSE_NONE);
}

/* ---- the file, while no terminal has it ---- */

static sqlite3 *open_file(const char *path, const char *vfs) {
    sqlite3 *db = NULL;
    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, vfs) != SQLITE_OK)
        abort();
    return db;
}

static sqlite3_stmt *about(sqlite3 *db, const char *sql, const char *order_no) {
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
        abort();
    sqlite3_bind_text(statement, 1, order_no, -1, SQLITE_STATIC);
    return statement;
}

static int count_rows(sqlite3 *db, const char *sql, const char *order_no) {
    sqlite3_stmt *statement = about(db, sql, order_no);
    int count = sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int(statement, 0) : -1;
    sqlite3_finalize(statement);
    return count;
}

/* A caller's number stays taken, whatever is decided. */
static int count_holds(sqlite3 *db, const char *order_no) {
    return count_rows(db,
                      "SELECT count(*) FROM holds WHERE order_no = ?1 AND held = 1"
                      " AND key NOT LIKE 'caller|%'",
                      order_no);
}

/* Which bill of several went back nobody can tell. */
static int count_booked(sqlite3 *db, const char *order_no) {
    return count_rows(db,
                      "SELECT count(*) FROM holds JOIN claims ON claims.order_no = holds.order_no"
                      " AND claims.n = holds.claim AND claims.state = 'done'"
                      " AND claims.taken_elsewhere = 0 WHERE holds.order_no = ?1 AND held = 1"
                      " AND EXISTS (SELECT 1 FROM holds AS other WHERE other.order_no = ?1"
                      " AND other.claim <> holds.claim)",
                      order_no);
}

/* One row as it stands, as SQL. */
static void tell_row(sqlite3_stmt *statement, const char *table, sqlite3_str *out) {
    sqlite3_str_appendf(out, "INSERT INTO %s VALUES (", table);
    for (int i = 0; i < sqlite3_column_count(statement); i++) {
        const char *comma = i > 0 ? "," : "";
        if (sqlite3_column_type(statement, i) == SQLITE_INTEGER)
            sqlite3_str_appendf(out, "%s%lld", comma, sqlite3_column_int64(statement, i));
        else
            sqlite3_str_appendf(out, "%s%Q", comma, sqlite3_column_text(statement, i));
    }
    sqlite3_str_appendall(out, ");");
}

static char *tell_healing(struct sim *sim, sqlite3 *db, const char *table, const char *order_no) {
    char sql[96];
    snprintf(sql, sizeof sql, "SELECT * FROM %s WHERE order_no = ?1", table);
    sqlite3_str *out = sqlite3_str_new(db);
    sqlite3_stmt *statement = about(db, sql, order_no);
    sqlite3_str_appendf(out, "DELETE FROM %s WHERE order_no = %Q;", table, order_no);
    while (sqlite3_step(statement) == SQLITE_ROW)
        tell_row(statement, table, out);
    sqlite3_finalize(statement);
    char *text = sqlite3_str_finish(out), *kept = sim_document(sim, strlen(text) + 1);
    memcpy(kept, text, strlen(text) + 1);
    sqlite3_free(text);
    return kept;
}

/* Where the row that it wants is there. */
static void strike(struct sim *sim, sqlite3 *db, int blow) {
    struct sim_damage *damage = &sim->damage;
    struct sim_damaged *damaged = &damage->orders[damage->count];
    *damaged = (struct sim_damaged){.holds = count_holds(db, damage->no)};
    memcpy(damaged->no, damage->no, ORDER_NO_SIZE);
    damaged->healing = tell_healing(sim, db, blows[blow].table, damaged->no);
    sqlite3_stmt *statement = about(db, blows[blow].sql, damaged->no);
    if (sqlite3_step(statement) != SQLITE_DONE)
        abort();
    sqlite3_finalize(statement);
    damaged->booked = count_booked(db, damage->no);
    damage->wanted--;
    damage->count++;
    sim->faults_done++;
    sim_trace(sim, "%s is damaged: %s", damaged->no, blows[blow].sql);
    /* Not while it may still be paid in time: a code or a message stands for five minutes. */
    if (random_permille(&damage->random, 750))
        sim_after(sim, (6 + random_below(&damage->random, 20)) * MINUTE_MS, HAPPEN_STAFF,
                  damage->count);
}

void damage_strike(struct sim *sim, const char *path, const char *vfs) {
    if (!sim->damage.strikes)
        return;
    sim->damage.strikes = false;
    vfs_fail_syncs(sim->vfs, 0); /* one fault at a time */
    sqlite3 *db = open_file(path, vfs);
    int blow = (int)random_below(&sim->damage.random, BLOW_COUNT);
    if (count_rows(db, "SELECT count(*) FROM orders WHERE order_no = ?1 AND settled = 0",
                   sim->damage.no) == 1)
        strike(sim, db, blow);
    sqlite3_close(db);
}

/* A case of one of its parts was open before, or somebody found that part booked: all of it waits
 * for that. */
static bool is_let_go_of(sqlite3 *db, const struct sim_damaged *damaged) {
    return damaged->decided && !damaged->kept &&
           count_rows(db,
                      "SELECT count(*) FROM cases WHERE order_no = ?1 AND part <> 'order'"
                      " AND (state = 'open' OR how <> 'returned')",
                      damaged->no) == 0;
}

static void check_holds(struct sim *sim, sqlite3 *db, const struct sim_damaged *damaged) {
    int wanted = is_let_go_of(db, damaged) ? damaged->booked : damaged->holds;
    int held = count_holds(db, damaged->no);
    if (held != wanted)
        sim_fail(sim, "%s cannot be read and holds %d, not %d", damaged->no, held, wanted);
}

void damage_heal(struct sim *sim, const char *path, const char *vfs) {
    sqlite3 *db = open_file(path, vfs);
    for (int i = 0; i < sim->damage.count; i++) {
        check_holds(sim, db, &sim->damage.orders[i]);
        if (sqlite3_exec(db, sim->damage.orders[i].healing, NULL, NULL, NULL) != SQLITE_OK)
            sim_fail(sim, "not healed: %s", sqlite3_errmsg(db));
    }
    sqlite3_close(db);
}

/* ---- the terminal ---- */

static int undecided_count(const struct sim *sim) {
    int count = 0;
    for (int i = 0; i < sim->damage.count; i++)
        count += !sim->damage.orders[i].decided;
    return count;
}

void damage_isolate(struct sim *sim) {
    int undecided = 0;
    enum journal_result result =
        journal_isolate(sim->journal, terminal_now(sim).wall_ms, &undecided);
    if (result != JOURNAL_OK)
        sim_fail(sim, "what cannot be read is no case: %s", journal_error(sim->journal));
    if (undecided != undecided_count(sim))
        sim_fail(sim, "%d orders that cannot be read wait for a person, and %d do", undecided,
                 undecided_count(sim));
    if (undecided > 0)
        core_distrust_journal(&sim->core, JOURNAL_UNDECIDED, terminal_now(sim));
}

void damage_check(struct sim *sim) {
    if (damage_undecided(sim) && sim->core.book.journal_fault == JOURNAL_SOUND)
        sim_fail(sim, "%d orders wait for a person, and the journal is called sound",
                 undecided_count(sim));
}

enum resolution damage_decision(const struct sim *sim, const char *order_no) {
    return his_credited_fen(sim, order_no) > 0 ? RESOLUTION_CREDITED : RESOLUTION_RETURNED;
}

void damage_check_told(struct sim *sim) {
    if (sim->running && !damage_undecided(sim) && sim->core.book.journal_fault != JOURNAL_SOUND)
        sim_fail(sim, "everything is decided, and nothing is sold");
}

void damage_note_decided(struct sim *sim, const char *order_no, bool kept) {
    struct sim_damaged *damaged = &sim->damage.orders[find_damaged(sim, order_no)];
    damaged->decided = true;
    damaged->kept = kept;
}

/* ---- the end ---- */

struct damage_cases {
    int all, decided;
};

static bool count_case(void *context, const struct journal_case *found) {
    struct damage_cases *cases = context;
    cases->all += found->reason == CASE_UNREADABLE;
    cases->decided += found->reason == CASE_UNREADABLE && found->resolved;
    return true;
}

/* What was on its way back is for the person: of insurance the money goes first, then the book. */
static int64_t on_way_back(const struct sim *sim, const struct order *order) {
    char trace[CLAIM_TRACE_SIZE];
    int64_t fen = 0;
    for (int i = 0; i < sim->credit_count * order->claim_count; i++) {
        const struct sim_credit *credit = &sim->credits[i / order->claim_count];
        int claim = i % order->claim_count;
        if (order->claims[claim].state == CLAIM_UNCREDITING && !credit->refused &&
            his_counts(credit) &&
            strcmp(credit->amp_trace_id, order_claim_trace(order, claim, trace)) == 0)
            fen += credit->fen;
    }
    return fen;
}

/* All of it may be in the case; no more has left than came. */
static void check_money(struct sim *sim, const char *order_no) {
    int64_t paid = 0;
    int64_t gone = his_credited_fen(sim, order_no) - on_way_back(sim, durable_order(sim, order_no));
    for (int i = 0; i < sim->payment_count; i++) {
        const struct sim_payment *payment = &sim->payments[i];
        if (strcmp(payment->order_no, order_no) != 0 || !payment->paid)
            continue;
        paid += payment->fen;
        gone += payment->returned_fen;
    }
    if (gone > paid)
        sim_fail(sim, "%s cannot be read: %lld came, and %lld is credited or returned", order_no,
                 (long long)paid, (long long)gone);
}

static void check_damaged(struct sim *sim, const struct sim_damaged *damaged) {
    static struct order order;
    struct damage_cases cases = {0};
    if (journal_each_case(sim->journal, damaged->no, false, count_case, &cases) != JOURNAL_OK ||
        cases.all != 1 || cases.decided != damaged->decided)
        sim_fail(sim, "%s cannot be read and is %d cases, %d of them decided", damaged->no,
                 cases.all, cases.decided);
    if (journal_load(sim->journal, damaged->no, &order) == JOURNAL_OK)
        sim_fail(sim, "%s is damaged and is read", damaged->no);
    check_money(sim, damaged->no);
}

void damage_check_end(struct sim *sim) {
    struct journal_finding finding = {.good = true};
    bool named = false;
    if (sim->damage.count == 0)
        return;
    for (int i = 0; i < sim->damage.count; i++)
        check_damaged(sim, &sim->damage.orders[i]);
    if (journal_verify(sim->journal, &finding) != JOURNAL_OK)
        sim_fail(sim, "a damaged journal cannot be verified: %s", journal_error(sim->journal));
    for (int i = 0; i < sim->damage.count; i++)
        named = named || strstr(finding.text, sim->damage.orders[i].no) != NULL;
    if (finding.good || !named)
        sim_fail(sim, "verify says nothing of a damaged row: %s", finding.text);
    terminal_heal(sim);
}
