/* The shell of the simulated terminal: it runs the core's effects and may be killed before each of
 * them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/core/order/payments.h"
#include "app/core/order/shares.h"
#include "tests/sim/amp.h"
#include "tests/sim/amp_refund.h"
#include "tests/sim/ghosts.h"
#include "tests/sim/own_part.h"
#include "tests/sim/request.h"
#include "tests/sim/sim.h"

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
    if (opens)
        masked_note_opened(sim, order);
    for (int i = 0; i < write->note_count; i++) {
        sim_trace(sim, "persist %u %s %s", effect->number, order->no,
                  note_name((enum note)write->notes[i].note));
        if (write->notes[i].note == NOTE_OWN_CHOSEN)
            own_note_chosen(sim, order);
    }
    if (!sim->committing) {
        sim->committing = true;
        sim_after(sim, sim_chance(sim, sim->faults.delay) ? sim_between(sim, 1, 3000) : 2,
                  HAPPEN_COMMIT, sim->life);
    }
}

/* Whether a booking is taken back is asked by the refund's number. */
static void name_unbooking(const struct order *order, const struct effect *effect,
                           struct sim_request *request) {
    if (!request->desk_card || request->verb != VERB_ASK_CREDIT ||
        order->claims[effect->claim].state != CLAIM_UNCREDITING)
        return;
    const struct refund *refund = &order->refunds[order_refund_of_claim(order, effect->claim)];
    snprintf(request->refund_no, sizeof request->refund_no, "%s",
             refund->caller_no[0] != '\0' ? refund->caller_no : refund->no);
}

static struct sim_request request_of_order(struct sim *sim, const struct effect *effect) {
    const struct order *order = &sim->core.book.orders[effect->to.index];
    struct sim_request request = {.number = effect->number,
                                  .life = sim->life,
                                  .verb = effect->of.send.verb,
                                  .card = sim_card_of(order->person.mdtrt_cert_no)};
    memcpy(request.order_no, order->no, ORDER_NO_SIZE);
    request.desk_card = order_is_desk_card(order);
    memcpy(request.pay_no, order->no, ORDER_NO_SIZE);
    if (effect->leg != PART_NONE) {
        request.leg = effect->leg;
        memcpy(request.pay_no, order->legs[effect->leg].no, ORDER_NO_SIZE);
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
    if (request.verb == VERB_PROBE_CREDIT)
        order_no_such_trace(order, request.org_trace_no);
    if (effect->refund != PART_NONE) {
        const struct refund *refund = &order->refunds[effect->refund];
        bool callers = refund->caller_no[0] != '\0' &&
                       (!request.desk_card || request.verb == VERB_UNCREDIT); /* not the pinpad's */
        snprintf(request.refund_no, sizeof request.refund_no, "%s",
                 callers ? refund->caller_no : refund->no);
        request.fen = request.verb == VERB_UNCREDIT ? order_refunding(order, refund->claim).fen
                                                    : refund->amount.fen;
        request.settled_by = amp_settled_by(sim, order);
    }
    name_unbooking(order, effect, &request);
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

static bool pass_unreadable_row(void *list, const char *order_no, const char *why) {
    (void)order_no, (void)why;
    ((struct payment_list *)list)->partly = true;
    return true;
}

/* Whatever was sent once can be sent again as its caller said it. */
static void check_caller_words(struct sim *sim, const struct order *order) {
    char *operation = NULL, *members = NULL;
    if (order->caller_no[0] == '\0')
        return;
    if (journal_caller_words(sim->journal, order->no, &operation, &members) != JOURNAL_OK ||
        operation == NULL || strcmp(members, order->caller_no) != 0)
        sim_fail(sim, "%s has lost what its caller said", order->no);
    free(operation);
    free(members);
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
    crowd_check_fetched(sim, &ask, due);
    if (due->found)
        check_caller_words(sim, &due->order);
    if (due->found && durable_note_restored(sim, &due->order)) {
        pairs_note_restart(sim, &due->order);
        sim_trace(sim, "restored %s %s", due->order.no, order_state_name(order_state(&due->order)));
    }
    wire_local(sim, request, &due->head);
}

static void set_aside(struct sim *sim, const struct effect *effect) {
    const char *no = sim->core.book.orders[effect->to.index].no;
    bool good = journal_set_due(sim->journal, no, effect->of.set_aside.due_ms) == JOURNAL_OK;
    if (!good)
        sim_trace(sim, "%s is not set aside: %s", no, journal_error(sim->journal));
    crowd_note_set_aside(sim, no, good ? &effect->of.set_aside.due_ms : NULL);
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
    journal_on_unreadable(sim->journal, pass_unreadable_row, list);
    bool good = session_account(session) &&
                journal_each_of_patient(sim->journal, &list->keys, add_payment, list) == JOURNAL_OK;
    journal_on_unreadable(sim->journal, NULL, NULL);
    if (good)
        masked_check_list(sim, list);
    wire_local(sim, &request, good ? &list->head : NULL);
}

static void keep_found(struct sim *sim, const struct effect *effect) {
    bool visit = effect->of.found.settles == SETTLE_RESULT_VISIT;
    sim_trace(sim, "found: ORG_004 tells of %s", visit ? "visits" : "orders");
    if (visit != sim->his_by_visit)
        sim_fail(sim, "what ORG_004 tells of is mistaken");
    if (journal_find_out(sim->journal, visit ? JOURNAL_FOUND_BY_VISIT : JOURNAL_FOUND_BY_ORDER,
                         terminal_now(sim).wall_ms) != JOURNAL_OK)
        sim_trace(sim, "it is not kept: %s", journal_error(sim->journal));
}

/* Of the visit, about a bill or a number that there is not. */
static void name_asked(const struct sim *sim, struct sim_request *request) {
    struct question question = session_question(&sim->core.session, request->verb);
    if (question.org_trace_no != NULL)
        snprintf(request->org_trace_no, TRACE_NO_SIZE, "%s", question.org_trace_no);
}

static void send(struct sim *sim, const struct effect *effect) {
    struct sim_request request;
    enum verb verb = effect->of.send.verb;
    if (verb == VERB_RECORDS || verb == VERB_REOPEN || verb == VERB_FETCH) {
        read_records(sim, effect);
        return;
    }
    if (effect->to.kind == ADDRESS_VISIT) {
        request =
            (struct sim_request){.number = effect->number,
                                 .life = sim->life,
                                 .verb = effect->of.send.verb,
                                 .card = sim_card_of(sim->core.session.who.identity_no),
                                 .by_id_card = sim->core.session.who.identity == IDENTITY_ID_CARD};
        name_asked(sim, &request);
    } else {
        const struct order *order = &sim->core.book.orders[effect->to.index];
        request = request_of_order(sim, effect);
        request_check(sim, &request, order);
        other_kiosk_check_sent(sim, &request, order);
        durable_check_sent(sim, order, effect);
        if (damage_is_of(sim, order->no))
            sim_fail(sim, "%s cannot be read and %s leaves", order->no, verb_word(verb));
    }
    if (sim->amp && verb == VERB_BILLS)
        amp_check_list(sim, request.card);
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

void terminal_run_effects(struct sim *sim) {
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
        case EFFECT_FOUND:
            keep_found(sim, effect);
            break;
        case EFFECT_ARM:
        case EFFECT_WIPE:
        case EFFECT_LOG:
        case EFFECT_STAFF:
        case EFFECT_REPLY:
        case EFFECT_CHOSEN:
        case EFFECT_DRAWER:
        case EFFECT_SLIP:
        case EFFECT_QUIT:
        case EFFECT_COUNT:
            break;
        }
        if (vfs_is_cut(sim->vfs)) { /* the journal was written beside a commit, and power went */
            terminal_kill(sim);
            return;
        }
    }
}

void terminal_event(struct sim *sim, struct event event) {
    if (!sim->running)
        return;
    event.now = terminal_now(sim);
    ghosts_stand(&sim->core.book);
    enum notice notice = sim->core.session.notice;
    crowd_before_event(sim, event.kind == EVENT_TICK);
    core_step(&sim->core, &event, &sim->effects);
    crowd_after_event(sim, notice);
    masked_check(sim);
    damage_check(sim);
    terminal_run_effects(sim);
}
