/* What the terminal gives to its journal, and a disk that breaks under it. */

#include "tests/sim/sim.h"

void terminal_mark_held(struct sim *sim, const struct sim_request *request,
                        const struct event_answer *answer) {
    const struct bill_list *heard = bill_list_of(answer);
    if (request->verb != VERB_BILLS || request->order_no[0] != '\0' || heard == NULL)
        return;
    for (int i = 0; i < sim->document_count; i++) /* the one that was made for this answer */
        if (sim->documents[i] == &heard->head &&
            journal_mark_held(sim->journal, (struct bill_list *)sim->documents[i]) != JOURNAL_OK)
            sim_trace(sim, "the list is not joined: %s", journal_error(sim->journal));
}

/* What was paid here and is listed is brought, as the shell does. */
static void bring_holder(struct sim *sim, const struct bill *bill) {
    static struct recheck recheck;
    recheck = (struct recheck){
        .head.kind = DOCUMENT_RECHECK, .kind = RECHECK_LISTED, .claim = bill->held_claim};
    if (!sim->running || journal_load(sim->journal, bill->held_by, &recheck.order) != JOURNAL_OK)
        return;
    if (book_find(&sim->core.book, bill->held_by) < 0 &&
        book_may_recheck(&sim->core.book, bill->held_by))
        (void)durable_note_restored(sim, &recheck.order);
    terminal_event(
        sim, (struct event){.kind = EVENT_CONTROL,
                            .of.control = {.control = CONTROL_RECHECK, .document = &recheck.head}});
}

void terminal_bring_holders(struct sim *sim, const struct bill_list *bills) {
    static struct bill held[4];
    int count = 0;
    for (int i = 0; bills != NULL && i < bills->bill_count && count < 4; i++)
        if (bills->bills[i].hold == BILL_PAID)
            held[count++] = bills->bills[i];
    for (int i = 0; i < count; i++)
        bring_holder(sim, &held[i]);
}

/* What a caller says is its number; a patient at the screen says nothing. */
static struct journal_write journal_write_of(const struct sim_write *write) {
    bool called = write->order.caller_no[0] != '\0';
    return (struct journal_write){
        .order = &write->order,
        .notes = write->notes,
        .note_count = write->note_count,
        .wall_ms = write->wall_ms,
        .evidence = "",
        .holds = write->holds,
        .hold_count = write->hold_count,
        .words = {called ? "hop.trade.recpay" : NULL, called ? write->order.caller_no : NULL}};
}

static enum journal_result commit_some(struct sim *sim, int first, int count) {
    struct journal_write writes[SIM_WRITES_MAX];
    for (int i = 0; i < count; i++)
        writes[i] = journal_write_of(&sim->writes[first + i]);
    enum journal_result result = journal_commit(sim->journal, writes, count);
    if (result != JOURNAL_OK)
        sim_trace(sim, "commit: %s", journal_error(sim->journal));
    return result;
}

/* As the pump: what fails together is tried one by one, what fails then is owed. */
static void commit(struct sim *sim, int count) {
    enum journal_result whole = commit_some(sim, 0, count);
    for (int i = 0; i < count; i++) {
        struct sim_write *write = &sim->writes[i];
        write->result = whole == JOURNAL_OK || count == 1 ? whole : commit_some(sim, i, 1);
        if (write->result != JOURNAL_OK) {
            struct journal_write failed = journal_write_of(write);
            journal_owe(sim->journal, &failed);
        }
    }
}

struct written {
    uint32_t number;
    enum journal_result result;
};

static void tell(struct sim *sim, const struct written *written, int count) {
    int life = sim->life;
    for (int i = 0; i < count && sim->running && sim->life == life; i++) {
        bool good = written[i].result == JOURNAL_OK;
        sim_trace(sim, "%s %u", good ? "durable" : "not durable", written[i].number);
        terminal_event(
            sim, (struct event){.kind = good ? EVENT_DURABLE : EVENT_PERSIST_FAILED,
                                .of.durable = {.number = written[i].number,
                                               .conflict = written[i].result == JOURNAL_CONFLICT}});
    }
}

/* False: it was killed before. */
static bool break_disk(struct sim *sim, enum edge_fault fault) {
    if (fault == EDGE_KILL) {
        terminal_kill(sim);
        return false;
    }
    if (fault == EDGE_LOST || sim_chance(sim, sim->faults.disk))
        vfs_fail_syncs(sim->vfs, 1);
    if (fault == EDGE_TORN)
        vfs_cut_after(sim->vfs, sim_between(sim, 1, 5));
    bool full = sim->now_ms < sim->full_until_ms || sim_chance(sim, sim->faults.disk);
    if (full)
        vfs_limit(sim->vfs, vfs_counts(sim->vfs).bytes_held + sim_between(sim, 0, 4096));
    if (sim->faults.power && sim_chance(sim, sim->faults.kill))
        vfs_cut_after(sim->vfs, sim_between(sim, 1, 12));
    return true;
}

void terminal_commit(struct sim *sim) {
    struct written written[SIM_WRITES_MAX];
    int count = sim->write_count;
    enum edge_fault fault = edge_pass(sim);
    if (!break_disk(sim, fault))
        return;
    commit(sim, count);
    vfs_limit(sim->vfs, 0);
    sim->committing = false;
    bool cut = vfs_is_cut(sim->vfs);
    vfs_cut_after(sim->vfs,
                  0); /* a commit that fails before its cut leaves none for what follows */
    for (int i = 0; i < count; i++)
        pairs_note_write(sim, &sim->writes[i].order,
                         cut                                   ? PAIR_POWER
                         : sim->writes[i].result == JOURNAL_OK ? PAIR_CLEAN
                                                               : PAIR_FAILED);
    if (cut && fault != EDGE_TORN) {
        terminal_kill(sim);
        return;
    }
    for (int i = 0; i < count; i++) {
        written[i] = (struct written){sim->writes[i].number, sim->writes[i].result};
        if (written[i].result == JOURNAL_OK)
            durable_note_order(sim, &sim->writes[i].order);
        else
            durable_note_failed(sim, &sim->writes[i].order);
    }
    sim->write_count = 0;
    if (fault == EDGE_TORN || fault == EDGE_POWER) {
        terminal_die(sim, fault == EDGE_TORN ? VFS_TEAR : VFS_LOSE_ALL);
        return;
    }
    tell(sim, written, count);
    if (fault == EDGE_TWICE)
        tell(sim, written, count);
}
