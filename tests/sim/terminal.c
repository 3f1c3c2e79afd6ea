/* The shell of the simulated terminal: it runs the core's effects and may be killed before each of
 * them. What was given to the journal and not committed dies with it; what left on the wire does
 * not. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/core/order/payments.h"
#include "tests/sim/sim.h"

#define JOURNAL_PATH "kiosk.db"
#define VFS_NAME "sim"
#define NUMBER_MARK "7K0042"
#define HOUR_MS INT64_C(3600000)
#define PROOF_MS (12 * HOUR_MS)

struct now terminal_now(const struct sim *sim) {
    return (struct now){sim->now_ms + sim->wall_offset_ms, sim->now_ms - sim->boot_ms + 1000};
}

int64_t terminal_late_window_ms(const struct sim *sim) {
    if (sim->faults_last)
        return HOUR_MS / 3;
    return sim->edge.flow ? 6 * HOUR_MS : 24 * HOUR_MS;
}

int64_t terminal_deadline(const struct sim *sim) {
    if (!sim->running)
        return INT64_MAX;
    int64_t deadline = core_deadline(&sim->core);
    return deadline == INT64_MAX ? deadline : deadline - 1000 + sim->boot_ms;
}

/* ---- effects ---- */
static void persist(struct sim *sim, const struct effect *effect) {
    if (sim->write_count == SIM_WRITES_MAX) {
        sim_fail(sim, "more than %d writes wait for the journal", SIM_WRITES_MAX);
        return;
    }
    const struct order *order = &sim->core.book.orders[effect->to.index];
    struct sim_write *write = &sim->writes[sim->write_count++];
    write->number = effect->number;
    write->order = *order;
    write->note_count = effect->of.persist.count;
    memcpy(write->notes, &sim->effects.notes[effect->of.persist.first],
           (size_t)write->note_count * sizeof *write->notes);
    write->wall_ms = terminal_now(sim).wall_ms;
    bool opens = write->note_count > 0 && write->notes[0].note == NOTE_OPENED;
    write->hold_count =
        opens ? order_holds(order, session_bills(&sim->core.session), write->holds, SIM_HOLDS_MAX)
              : 0;
    for (int i = 0; i < write->note_count; i++)
        sim_trace(sim, "persist %u %s %s", effect->number, order->no,
                  note_name((enum note)write->notes[i].note));
    if (!sim->committing) {
        sim->committing = true;
        sim_after(sim, sim_chance(sim, sim->faults.delay) ? sim_between(sim, 1, 3000) : 2,
                  HAPPEN_COMMIT, sim->life);
    }
}

static struct sim_request request_of_order(struct sim *sim, const struct effect *effect) {
    const struct order *order = &sim->core.book.orders[effect->to.index];
    struct sim_request request = {.number = effect->number,
                                  .life = sim->life,
                                  .verb = effect->of.send.verb,
                                  .card = sim_card_of(order->person.mdtrt_cert_no)};
    memcpy(request.order_no, order->no, ORDER_NO_SIZE);
    if (effect->leg != PART_NONE) {
        request.fen = order->legs[effect->leg].amount.fen;
        request.expire_ms = order->legs[effect->leg].expire_ms;
        request.channel = order->legs[effect->leg].channel;
    }
    if (effect->claim != PART_NONE) {
        const struct claim *claim = &order->claims[effect->claim];
        memcpy(request.org_trace_no, claim->org_trace_no, TRACE_NO_SIZE);
        order_claim_trace(order, effect->claim, request.amp_trace_id);
        request.fen = claim->amount.fen;
    }
    if (effect->refund != PART_NONE) {
        const struct refund *refund = &order->refunds[effect->refund];
        snprintf(request.refund_no, sizeof request.refund_no, "%s",
                 refund->caller_no[0] != '\0' ? refund->caller_no : refund->no);
        request.fen = order->refunds[effect->refund].amount.fen;
    }
    return request;
}

static bool list_was_read(const struct sim *sim, const struct effect *effect) {
    const struct order *order = &sim->core.book.orders[effect->to.index];
    int payment = platform_find(sim, order->no);
    return order->service != SERVICE_BILLS || payment < 0 || sim->payments[payment].listed_ms > 0;
}

static bool add_payment(void *list, const struct order *order) {
    return payments_add(list, order);
}

/* The open order that is due, as the shell fetches it: one at a time. */
static void fetch_order(struct sim *sim, const struct sim_request *request) {
    static struct due_order fetched;
    struct due_order *due = &fetched;
    static char known[ORDERS_MAX][ORDER_NO_SIZE];
    struct journal_due_ask ask = {.wall_ms = terminal_now(sim).wall_ms,
                                  .all = sim->core.book.all_due,
                                  .known = (const char(*)[ORDER_NO_SIZE])known};
    for (int i = 0; i < ORDERS_MAX; i++)
        if (sim->core.book.orders[i].run.used)
            memcpy(known[ask.known_count++], sim->core.book.orders[i].no, ORDER_NO_SIZE);
    if (journal_fetch_due(sim->journal, &ask, due) != JOURNAL_OK) {
        wire_local(sim, request, NULL);
        return;
    }
    if (due->found && durable_note_restored(sim, &due->order)) {
        pairs_note_restart(sim, &due->order);
        sim_trace(sim, "restored %s %s", due->order.no, order_state_name(order_state(&due->order)));
    }
    wire_local(sim, request, &due->head);
}

static void set_aside(struct sim *sim, const struct effect *effect) {
    const char *no = sim->core.book.orders[effect->to.index].no;
    if (journal_set_due(sim->journal, no, effect->of.set_aside.due_ms) != JOURNAL_OK)
        sim_trace(sim, "%s is not set aside: %s", no, journal_error(sim->journal));
}

/* What the shell reads of the journal for the patient. */
static void read_records(struct sim *sim, const struct effect *effect) {
    const struct session *session = &sim->core.session;
    struct sim_request request = {
        .number = effect->number, .life = sim->life, .verb = effect->of.send.verb};
    if (request.verb == VERB_FETCH) {
        fetch_order(sim, &request);
        return;
    }
    if (request.verb == VERB_REOPEN) {
        struct order_document *found = sim_document(sim, sizeof *found);
        found->head.kind = DOCUMENT_ORDER;
        bool good =
            journal_load(sim->journal, session->payment.order_no, &found->order) == JOURNAL_OK;
        wire_local(sim, &request, good ? &found->head : NULL);
        return;
    }
    struct payment_list *list = sim_document(sim, sizeof *list);
    list->head.kind = DOCUMENT_PAYMENTS;
    list->keys = session_patient_keys(session);
    bool good = session_account(session) &&
                journal_each_of_patient(sim->journal, &list->keys, add_payment, list) == JOURNAL_OK;
    wire_local(sim, &request, good ? &list->head : NULL);
}

static void send(struct sim *sim, const struct effect *effect) {
    struct sim_request request;
    enum verb verb = effect->of.send.verb;
    if (verb == VERB_RECORDS || verb == VERB_REOPEN || verb == VERB_FETCH) {
        read_records(sim, effect);
        return;
    }
    if (effect->to.kind == ADDRESS_VISIT) {
        request = (struct sim_request){.number = effect->number,
                                       .life = sim->life,
                                       .verb = effect->of.send.verb,
                                       .card = sim_card_of(sim->core.session.who.identity_no)};
    } else {
        const struct order *order = &sim->core.book.orders[effect->to.index];
        request = request_of_order(sim, effect);
        request_check(sim, &request, order);
        durable_check_sent(sim, order, effect);
    }
    if (request.verb == VERB_CREDIT && !list_was_read(sim, effect))
        sim_fail(sim, "a credit of %s without the list read again", request.order_no);
    wire_send(sim, &request, effect->of.send.timeout_ms);
}

/* Being killed before it is not another story than being killed after it. */
static bool acts_outside(const struct effect *effect) {
    return effect->kind != EFFECT_REPLY && effect->kind != EFFECT_QUIT;
}

/* Writes of one order that follow one another wait for the same commit: a kill between them is a
 * kill before the first, and how many they are changes no chance. */
static bool is_boundary(const struct effects *effects, int i) {
    const struct effect *effect = &effects->items[i], *before = effect - 1;
    return i == 0 || effect->kind != EFFECT_PERSIST || before->kind != EFFECT_PERSIST ||
           before->to.index != effect->to.index;
}

static bool is_killed(struct sim *sim) {
    return ++sim->effect_count == sim->kill_at || sim_chance(sim, sim->faults.kill);
}

static void run_effects(struct sim *sim) {
    for (int i = 0; i < sim->effects.count && sim->running; i++) {
        const struct effect *effect = &sim->effects.items[i];
        if (!acts_outside(effect))
            continue;
        if (is_boundary(&sim->effects, i) && is_killed(sim)) {
            terminal_kill(sim);
            return;
        }
        switch (effect->kind) {
        case EFFECT_PERSIST:
            persist(sim, effect);
            break;
        case EFFECT_SEND:
            send(sim, effect);
            break;
        case EFFECT_PRINT:
            sim_after(sim, 800, HAPPEN_PRINTED, effect->number);
            break;
        case EFFECT_SET_ASIDE:
            set_aside(sim, effect);
            break;
        case EFFECT_CALL:
            caller_hears(sim, effect);
            break;
        case EFFECT_ARM:
        case EFFECT_WIPE:
        case EFFECT_LOG:
        case EFFECT_STAFF:
        case EFFECT_REPLY:
        case EFFECT_CHOSEN:
        case EFFECT_DRAWER:
        case EFFECT_QUIT:
        case EFFECT_COUNT:
            break;
        }
    }
}

void terminal_event(struct sim *sim, struct event event) {
    if (!sim->running)
        return;
    event.now = terminal_now(sim);
    core_step(&sim->core, &event, &sim->effects);
    run_effects(sim);
}

/* The window and the staff screen do not exist yet: the order is asked directly, in the core or
 * brought back from the journal. */
static struct order *order_to_give_back(struct sim *sim, const char *no, int *slot) {
    static struct order order;
    struct book_turn turn = {&sim->core.book, &sim->core.setup, terminal_now(sim), &sim->effects};
    *slot = book_find(&sim->core.book, no);
    if (*slot >= 0)
        return &sim->core.book.orders[*slot];
    effects_clear(&sim->effects);
    if (journal_load(sim->journal, no, &order) != JOURNAL_OK ||
        (*slot = book_reopen(turn, &order, -1)) < 0)
        return NULL;
    (void)durable_note_restored(sim, &order);
    run_effects(sim);
    return sim->running ? &sim->core.book.orders[*slot] : NULL;
}

void terminal_give_back(struct sim *sim, int durable) {
    int slot;
    if (!sim->running || sim->durable_count == 0)
        return;
    if (durable < 0)
        durable = (int)sim_between(sim, 0, sim->durable_count - 1);
    const char *no = sim->durable[durable].no;
    struct order *order = order_to_give_back(sim, no, &slot);
    if (!order || order->claim_count == 0)
        return;
    struct order_rules rules = {.policy = &sim->core.setup.policy,
                                .limits = &sim->core.setup.limits,
                                .next_number = &sim->core.book.next_number,
                                .last_no = sim->core.book.last_no,
                                .number_mark = NUMBER_MARK,
                                .journal_ok = true};
    int claim = sim->edge.flow ? 0 : (int)sim_between(sim, 0, order->claim_count - 1);
    pairs_note_wanted_back(sim, order, claim);
    effects_clear(&sim->effects);
    struct fen amount = {order->claims[claim].amount.fen - order->claims[claim].refunded.fen};
    if (sim->edge.flow)
        amount.fen = amount.fen * sim->edge.flow->give_back_permille / 1000;
    else if (sim_chance(sim, 200))
        amount = order->claims[claim].amount; /* what already went back as well */
    else if (order->service == SERVICE_DEPOSIT && sim_chance(sim, 500))
        amount.fen = sim_between(sim, 1, amount.fen);
    else if (order->service == SERVICE_BILLS && sim_chance(sim, 100))
        amount.fen = sim_between(sim, 1, amount.fen); /* refused: a bill goes back whole */
    struct fen own = order->legs[0].split.own;
    if (own.fen > 0 && sim_chance(sim, 400)) /* of an insured payment */
        amount = own;
    bool unproven = order->claims[claim].unproven;
    enum refusal refusal =
        order_refund_request(order, &rules, claim, amount, terminal_now(sim), &sim->effects);
    sim_trace(sim, "claim %d of %s is wanted back: %d", claim + 1, no, (int)refusal);
    if (refusal == REFUSAL_NONE && unproven)
        sim_fail(sim, "%s: a credit goes back that nobody has proved", no);
    if (refusal == REFUSAL_NONE && !sim->edge.flow && sim_chance(sim, 300))
        sim_after(sim, sim_between(sim, 500, 120000), HAPPEN_GIVE_BACK, durable);
    sim->give_backs += refusal == REFUSAL_NONE;
    for (int i = 0; i < sim->effects.count; i++)
        sim->effects.items[i].to = (struct address){ADDRESS_ORDER, slot};
    run_effects(sim);
}

struct open_case {
    char order_no[ORDER_NO_SIZE], case_no[ORDER_CASE_NO_SIZE + 8];
};

static bool take_case(void *context, const struct journal_case *row) {
    struct open_case *out = context;
    snprintf(out->order_no, sizeof out->order_no, "%s", row->order_no);
    snprintf(out->case_no, sizeof out->case_no, "%s", row->case_no);
    return false; /* the oldest */
}

void terminal_resolve(struct sim *sim) {
    struct open_case found = {"", ""};
    if (!sim->running ||
        journal_each_case(sim->journal, NULL, true, take_case, &found) != JOURNAL_OK ||
        !found.order_no[0])
        return;
    enum journal_result result = journal_resolve(
        sim->journal,
        &(struct journal_decision){found.order_no, found.case_no, "the window", "decided",
                                   RESOLUTION_RETURNED, terminal_now(sim).wall_ms});
    sim_trace(sim, "case %s is resolved: %d", found.case_no, (int)result);
    if (result != JOURNAL_OK)
        return;
    sim->resolved++;
    struct event event = {.kind = EVENT_CONTROL, .of.control.control = CONTROL_RESOLVED};
    memcpy(event.of.control.order_no, found.order_no, ORDER_NO_SIZE);
    terminal_event(sim, event);
}

/* ---- the journal ---- */
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

static enum journal_result commit_some(struct sim *sim, int first, int count) {
    struct journal_write writes[SIM_WRITES_MAX];
    for (int i = 0; i < count; i++) {
        const struct sim_write *write = &sim->writes[first + i];
        writes[i] = (struct journal_write){.order = &write->order,
                                           .notes = write->notes,
                                           .note_count = write->note_count,
                                           .wall_ms = write->wall_ms,
                                           .evidence = "",
                                           .holds = write->holds,
                                           .hold_count = write->hold_count};
    }
    enum journal_result result = journal_commit(sim->journal, writes, count);
    if (result != JOURNAL_OK)
        sim_trace(sim, "commit: %s", journal_error(sim->journal));
    return result;
}

/* As the pump: what fails together is tried one by one. */
static void commit(struct sim *sim, int count) {
    enum journal_result whole = commit_some(sim, 0, count);
    for (int i = 0; i < count; i++)
        sim->writes[i].result = whole == JOURNAL_OK || count == 1 ? whole : commit_some(sim, i, 1);
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

/* ---- life and death ---- */
static void plug_in(struct sim *sim, enum device_role role) {
    terminal_event(
        sim,
        (struct event){.kind = EVENT_DEVICE,
                       .of.device = {.role = role, .device = DEVICE_READY, .supply = SUPPLY_OK}});
}

static const struct journal_options journal_options = {
    .path = JOURNAL_PATH, .terminal_id = "SIM", .vfs = VFS_NAME};

/* Made once for each seed: of the short worlds of --edges, thousands of one seed, it would be a
 * third of the work. */
void terminal_lay_disk(struct sim *sim) {
    if (!sim->kept || sim->kept_seed != sim->seed) {
        vfs_reset(sim->vfs, sim->seed);
        if (journal_open(&journal_options, &sim->journal) != JOURNAL_OK)
            abort();
        vfs_keep(sim->vfs);
        journal_close(sim->journal);
        sim->kept = true;
        sim->kept_seed = sim->seed;
    }
    vfs_recall(sim->vfs);
}

void terminal_start(struct sim *sim) {
    struct core_setup setup = {.policy = policy_default(),
                               .limits = limits_default(),
                               .number_mark = NUMBER_MARK,
                               .journal_ok = true,
                               .code_rule_count = 3,
                               .code_rules = {{IDENTITY_HOSPITAL_CARD, "C", 9, 9, false},
                                              {IDENTITY_WRISTBAND, "W", 9, 9, false},
                                              {IDENTITY_E_INSURANCE, "EC", 11, 11, false}}};
    request_choose_policy(sim, &setup.policy);
    setup.policy.late_window_ms = terminal_late_window_ms(sim);
    setup.policy.proof_ms = PROOF_MS;
    setup.policy.wallets = sim->onepay ? ROUTE_ONEPAY : ROUTE_NONE;
    enum journal_result result = journal_open(&journal_options, &sim->journal);
    if (result == JOURNAL_OK)
        result = journal_last_no(sim->journal, setup.last_no);
    if (result != JOURNAL_OK) {
        sim_fail(sim, "the journal does not open: %s", journal_result_text(result));
        return;
    }
    sim->life++;
    sim->running = true;
    sim->write_count = 0;
    sim->committing = false;
    sim->boot_ms = sim->now_ms;
    effects_clear(&sim->effects);
    sim_trace(sim, "the terminal starts, last number %s", setup.last_no);
    core_init(&sim->core, &setup, terminal_now(sim));
    plug_in(sim, ROLE_SCANNER);
    plug_in(sim, ROLE_PRINTER);
    plug_in(sim, ROLE_PINPAD);
}

void terminal_stop(struct sim *sim) {
    journal_close(sim->journal);
    sim->journal = NULL;
    sim->running = false;
}

/* The program dies; with faults.power the machine too, and the disk loses what was not synced. */
void terminal_kill(struct sim *sim) {
    static const enum vfs_loss losses[] = {VFS_LOSE_ALL, VFS_LOSE_NONE, VFS_LOSE_SOME, VFS_TEAR};
    enum vfs_loss loss = sim->faults.power ? losses[sim_between(sim, 0, 3)] : VFS_LOSE_NONE;
    terminal_die(sim, loss);
}

void terminal_die(struct sim *sim, enum vfs_loss loss) {
    sim_trace(sim, "KILLED");
    for (int i = 0; i < sim->write_count; i++)
        pairs_note_write(sim, &sim->writes[i].order, PAIR_KILLED);
    sim->died_of_power = loss != VFS_LOSE_NONE;
    sim->kills++;
    sim->faults_done++;
    vfs_cut(sim->vfs);
    terminal_stop(sim);
    vfs_restore(sim->vfs, loss);
    sim_after(sim, sim_between(sim, 500, 90000), HAPPEN_RESTART, 0);
}
