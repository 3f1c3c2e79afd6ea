/* A hospital: bills, deposits, a window that settles bills too. It credits an org_trace_no once;
 * the same amp_trace_id again gets the same answer. Some hospitals give the amp_trace_id back in
 * ORG_004, as our extension; the others say `succ` whoever settled it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sim/sim.h"

#define STALE_MS_MAX 300000 /* less than limits.credit_deadline_ms */

static const char *const cards[SIM_CARDS] = {"C10000001", "C10000002", "W20001234", "W20005678"};

const char *sim_card_no(int card) {
    return cards[card];
}

int sim_card_of(const char *no) {
    for (int i = 0; i < SIM_CARDS; i++)
        if (strcmp(cards[i], no) == 0)
            return i;
    return -1;
}

/* The first seven characters stay: the simulator knows a bill by them, the terminal does not. */
static void name_bill(struct sim_bill *bill, int i) {
    snprintf(bill->org_trace_no, TRACE_NO_SIZE, "B%06d-%d", i, bill->numbers++);
}

static bool same_bill(const char *a, const char *b) {
    return strncmp(a, b, BILL_STEM) == 0;
}

/* A trial is a settlement as well, where ORG_004 tells of visits. */
static void note_newest(struct sim *sim, int card, bool succeeded, const char *call_sn) {
    if (card < 0)
        return;
    sim->newest[card].any = true;
    sim->newest[card].succeeded = succeeded;
    snprintf(sim->newest[card].call_sn, TRACE_NO_SIZE, "%s", call_sn);
}

/* What a flow wants: bills of one card, of amounts that tell them apart. */
static void open_for(struct sim *sim, const struct flow *flow) {
    sim->his_says_fail = true;
    sim->his_is_lenient = false;
    sim->his_names = false;
    sim->his_tells_last = flow->uncredit_refused;
    sim->his_repeats = sim->his_knows_dead = true;
    sim->his_renumbers = flow->renumbers;
    sim->his_by_visit = flow->by_visit;
    sim->his_gives_back = flow->gives_back;
    sim->his_lag_ms = 0;
    sim->bill_count = flow->bills;
    for (int i = 0; i < flow->bills; i++) {
        sim->bills[i] = (struct sim_bill){.card = flow->card, .fen = 1000 + 17 * i};
        name_bill(&sim->bills[i], i);
    }
    if (flow->window_ms > 0)
        sim_after(sim, flow->window_ms, HAPPEN_WINDOW, 0);
}

void his_open(struct sim *sim) {
    memset(sim->newest, 0, sizeof sim->newest);
    if (sim->edge.flow) {
        open_for(sim, sim->edge.flow);
        return;
    }
    sim->his_says_fail = sim_chance(sim, 500);
    sim->his_is_lenient = sim_chance(sim, 300);
    sim->his_names = sim_chance(sim, 300);
    sim->his_repeats = sim_chance(sim, 600);
    sim->his_tells_last = sim_chance(sim, 300);
    sim->his_renumbers = sim_chance(sim, 400);
    sim->his_knows_dead = sim_chance(sim, 500);
    sim->his_by_visit =
        (sim->seed >> 3) % 4 == 0; /* draws nothing: other worlds stay as they are */
    if (sim->his_by_visit) {       /* a lie could not be told from another's settlement */
        sim->his_names = sim->his_tells_last = false;
        sim->faults.his_lies = 0;
    }
    /* What a window does of what a platform credits by itself, the platform settles with the HIS.
     */
    sim->his_gives_back = !sim->onepay && !sim->mmpc && (sim->seed >> 7) % 3 == 0;
    sim->his_lag_ms = sim_chance(sim, 400) ? sim_between(sim, 0, 50000) : 0;
    sim->bill_count = (int)sim_between(sim, 2, 12);
    for (int i = 0; i < sim->bill_count; i++) {
        struct sim_bill *bill = &sim->bills[i];
        *bill = (struct sim_bill){.card = (int)sim_between(sim, 0, 1),
                                  .fen = sim_between(sim, 1, 50000)};
        name_bill(bill, i);
        if (sim_chance(sim, 150))
            sim_after(sim, sim_between(sim, 0, 600000), HAPPEN_WINDOW, i);
        for (int64_t ms = 150000; sim->his_gives_back && ms < 900000; ms += 100000)
            sim_after(sim, ms, HAPPEN_WINDOW, i);
    }
}

/* Whoever cannot pay here goes to a window. */
void his_race(struct sim *sim, const char *org_trace_no) {
    for (int i = 0; i < sim->bill_count; i++)
        if (same_bill(sim->bills[i].org_trace_no, org_trace_no) &&
            sim_chance(sim, sim->faults.window_races))
            sim_after(sim, sim_between(sim, 1000, 40000), HAPPEN_WINDOW, i);
}

bool his_contradicts(const struct sim *sim, const char *org_trace_no) {
    for (int i = 0; i < sim->credit_count; i++) {
        const struct sim_credit *credit = &sim->credits[i];
        bool says_fail =
            credit->lied || (sim->his_tells_last && (credit->taken_back || credit->not_back));
        if (says_fail && same_bill(credit->org_trace_no, org_trace_no))
            return true;
    }
    return false;
}

static bool was_credited(const struct sim *sim, const struct sim_bill *bill) {
    for (int i = 0; i < sim->credit_count; i++)
        if (!sim->credits[i].refused && same_bill(sim->credits[i].org_trace_no, bill->org_trace_no))
            return true;
    return false;
}

/* Nobody wants at a window what the terminal has not called credited, or what is on its way back
 * there: nobody stands in two places. */
static bool is_known(const struct sim *sim, const struct sim_credit *credit) {
    char no[ORDER_NO_SIZE] = "";
    memcpy(no, credit->amp_trace_id, ORDER_NO_LENGTH);
    int claim = atoi(credit->amp_trace_id + ORDER_NO_LENGTH) - 1;
    const struct order *order = durable_order(sim, no);
    int slot = sim->running ? book_find(&sim->core.book, no) : -1;
    if (slot >= 0 && claim >= 0 && sim->core.book.orders[slot].claims[claim].state != CLAIM_DONE)
        return false;
    return order != NULL && claim >= 0 && claim < order->claim_count &&
           order->claims[claim].state == CLAIM_DONE;
}

/* Whoever was credited comes to a window, which gives the money back. */
static void give_back(struct sim *sim, struct sim_bill *bill) {
    for (int i = 0; i < sim->credit_count; i++) {
        struct sim_credit *credit = &sim->credits[i];
        if (credit->refused || credit->taken_back || !is_known(sim, credit) ||
            !same_bill(credit->org_trace_no, bill->org_trace_no))
            continue;
        credit->taken_back = credit->elsewhere = true;
        bill->settled = false;
        sim_trace(sim, "a window gives %s back", bill->org_trace_no);
    }
}

void his_window(struct sim *sim, int i) {
    struct sim_bill *bill = &sim->bills[i];
    if (!sim->safety)
        return;
    if (bill->settled && !bill->by_window && sim->his_gives_back)
        give_back(sim, bill);
    if (bill->settled)
        return;
    if (sim->his_gives_back && was_credited(sim, bill))
        return; /* who has just got the money back does not pay at once */
    bill->settled = bill->by_window = true;
    bill->settled_ms = sim->now_ms;
    note_newest(sim, bill->card, true, "WINDOW");
    sim_trace(sim, "a window settles %s", bill->org_trace_no);
}

bool his_window_paid(const struct sim *sim, const char *org_trace_no) {
    for (int i = 0; i < sim->bill_count; i++)
        if (same_bill(sim->bills[i].org_trace_no, org_trace_no))
            return sim->bills[i].by_window;
    return false;
}

bool his_counts(const struct sim_credit *credit) {
    return !credit->taken_back || credit->elsewhere;
}

int64_t his_credited_fen(const struct sim *sim, const char *order_no) {
    int64_t fen = 0;
    for (int i = 0; i < sim->credit_count; i++)
        if (!sim->credits[i].refused && his_counts(&sim->credits[i]) &&
            strncmp(sim->credits[i].amp_trace_id, order_no, ORDER_NO_LENGTH) == 0)
            fen += sim->credits[i].fen;
    return fen;
}

static void say(struct event_answer *answer, enum outcome outcome, const char *code) {
    answer->outcome = outcome;
    memcpy(answer->code, code, strlen(code) + 1);
}

static void account(struct sim *sim, int card, struct event_answer *answer) {
    struct account *account = sim_document(sim, sizeof *account);
    account->head.kind = DOCUMENT_ACCOUNT;
    account->account_type = card >= 2 ? ACCOUNT_INPATIENT : ACCOUNT_OUTPATIENT;
    account->balance.fen = 1000000; /* not spent */
    snprintf(account->name, sizeof account->name, "王淑兰");
    snprintf(account->keys.id, sizeof account->keys.id, "%064d", card);
    snprintf(account->mdtrt_cert_no, sizeof account->mdtrt_cert_no, "%s", cards[card]);
    snprintf(account->mdtrt_cert_type, sizeof account->mdtrt_cert_type, card >= 2 ? "05" : "10");
    snprintf(account->his_cust_id, sizeof account->his_cust_id, "%s", cards[card]);
    answer->document = &account->head;
    say(answer, OUTCOME_ACCEPTED, "00");
}

static bool is_listed(const struct sim *sim, const struct sim_bill *bill) {
    return !bill->settled || (sim->safety && sim->now_ms < bill->settled_ms + sim->his_lag_ms);
}

/* With a line each, which is what a bill is where its numbers are not. */
static void list_bill(struct sim *sim, int i, struct bill_list *list) {
    struct sim_bill *from = &sim->bills[i];
    struct bill *bill = &list->bills[list->bill_count++];
    if (sim->his_renumbers && !from->settled)
        name_bill(from, i);
    memcpy(bill->org_trace_no, from->org_trace_no, TRACE_NO_SIZE);
    memcpy(bill->doc_trace_no, from->org_trace_no, TRACE_NO_SIZE);
    bill->amount.fen = from->fen;
    if (sim->his_renumbers) {
        snprintf(bill->key, sizeof bill->key, "bill %d", i);
        bill->first_line = list->line_count;
        bill->line_count = 1;
        snprintf(list->lines[list->line_count++].key, HOLD_KEY_SIZE, "sn|sim|%d", i);
    }
}

static void bills(struct sim *sim, int card, struct event_answer *answer) {
    struct bill_list *list =
        sim_document(sim, sizeof *list + SIM_BILLS_MAX * sizeof list->lines[0]);
    list->head.kind = DOCUMENT_BILLS;
    for (int i = 0; i < sim->bill_count; i++)
        if (sim->bills[i].card == card && is_listed(sim, &sim->bills[i]))
            list_bill(sim, i, list);
    answer->document = &list->head;
    say(answer, OUTCOME_ACCEPTED, "00");
}

/* The newest: a bill that a window gave back may be credited again. */
static struct sim_credit *find_credit(struct sim *sim, const char *org_trace_no) {
    for (int i = sim->credit_count - 1; i >= 0; i--)
        if (!sim->credits[i].refused && strcmp(sim->credits[i].org_trace_no, org_trace_no) == 0)
            return &sim->credits[i];
    return NULL;
}

/* Under this number: it is refused for good. */
static bool refused_before(const struct sim *sim, const struct sim_request *request) {
    for (int i = 0; i < sim->credit_count; i++)
        if (sim->credits[i].refused &&
            strcmp(sim->credits[i].org_trace_no, request->org_trace_no) == 0 &&
            strcmp(sim->credits[i].amp_trace_id, request->amp_trace_id) == 0)
            return true;
    return false;
}

static struct sim_bill *find_bill(struct sim *sim, const char *org_trace_no) {
    for (int i = 0; i < sim->bill_count; i++)
        if (strcmp(sim->bills[i].org_trace_no, org_trace_no) == 0)
            return &sim->bills[i];
    return NULL;
}

static void tell_credit(const struct sim *sim, const struct sim_credit *credit,
                        struct event_answer *answer) {
    answer->has_amount = true;
    answer->amount.fen = credit->fen;
    memcpy(answer->no, credit->call_sn, TRACE_NO_SIZE);
    if (sim->his_names)
        memcpy(answer->in_no, credit->amp_trace_id, CLAIM_TRACE_SIZE);
    say(answer, OUTCOME_ACCEPTED, "00");
}

static struct sim_credit *decide(struct sim *sim, const struct sim_request *request) {
    if (sim->credit_count == SIM_CREDITS_MAX) {
        sim_fail(sim, "too many credits for the simulator");
        return &sim->credits[0];
    }
    struct sim_credit *credit = &sim->credits[sim->credit_count++];
    *credit = (struct sim_credit){.fen = request->fen,
                                  .request = request->number,
                                  .life = request->life,
                                  .known_ms = sim->now_ms};
    if (sim_chance(sim, sim->faults.stale))
        credit->known_ms += sim_between(sim, 1000, STALE_MS_MAX);
    memcpy(credit->org_trace_no, request->org_trace_no, TRACE_NO_SIZE);
    memcpy(credit->amp_trace_id, request->amp_trace_id, CLAIM_TRACE_SIZE);
    snprintf(credit->call_sn, TRACE_NO_SIZE, "SN%d", sim->credit_count);
    return credit;
}

/* The terminal knew a list without the bill, which the window had settled: it must not come. And
 * money that came too late is never credited. */
static void check_credit(struct sim *sim, const struct sim_request *request,
                         const struct sim_bill *bill) {
    int i = platform_find(sim, request->order_no);
    if (i < 0 || !sim->payments[i].paid || sim->payments[i].late)
        sim_fail(sim, "a credit of %s, which %s", request->order_no,
                 i >= 0 && sim->payments[i].paid ? "was paid too late" : "is not paid");
    else if (bill && bill->by_window && bill->settled_ms + sim->his_lag_ms < request->listed_ms)
        sim_fail(sim, "a credit of %s, which the list had no more", request->org_trace_no);
}

static bool settle(struct sim *sim, const struct sim_request *request) {
    struct sim_bill *bill = find_bill(sim, request->org_trace_no);
    bool settled = bill && bill->settled && !(bill->by_window && sim->his_is_lenient);
    check_credit(sim, request, bill);
    bool good =
        !refused_before(sim, request) && !settled && !sim_chance(sim, sim->faults.his_refuses);
    struct sim_credit *credit = decide(sim, request);
    credit->refused = !good;
    if (bill && good) {
        bill->settled = true;
        bill->settled_ms = sim->now_ms;
    }
    note_newest(sim, request->card, good, credit->call_sn);
    sim_trace(sim, "  the HIS %s %s for %s", good ? "credits" : "refuses", credit->org_trace_no,
              credit->amp_trace_id);
    return good;
}

/* Of a bill that has another by now. */
static bool is_dead(const struct sim *sim, const char *org_trace_no) {
    for (int i = 0; i < sim->bill_count; i++)
        if (same_bill(sim->bills[i].org_trace_no, org_trace_no))
            return strcmp(sim->bills[i].org_trace_no, org_trace_no) != 0;
    return false;
}

bool his_book(struct sim *sim, const struct order *order) {
    bool good = !sim_chance(sim, sim->faults.his_refuses);
    for (int i = 0; i < order->claim_count; i++) {
        const struct sim_bill *bill = find_bill(sim, order->claims[i].org_trace_no);
        good = good && !(bill != NULL && bill->settled) &&
               !is_dead(sim, order->claims[i].org_trace_no);
    }
    for (int i = 0; good && i < order->claim_count; i++) {
        struct sim_request request = {.fen = order->claims[i].amount.fen, .life = sim->life};
        memcpy(request.org_trace_no, order->claims[i].org_trace_no, TRACE_NO_SIZE);
        order_claim_trace(order, i, request.amp_trace_id);
        struct sim_bill *bill = find_bill(sim, request.org_trace_no);
        if (find_credit(sim, request.org_trace_no) != NULL)
            sim_fail(sim, "%s is credited twice", request.org_trace_no);
        decide(sim, &request);
        if (bill != NULL) {
            bill->settled = true;
            bill->settled_ms = sim->now_ms;
        }
    }
    sim_trace(sim, "  the HIS %s %s", good ? "books" : "refuses", order->no);
    return good;
}

void his_unbook(struct sim *sim, const char *amp_trace_id, int64_t fen) {
    for (int i = 0; amp_trace_id[0] != '\0' && i < sim->credit_count; i++) {
        struct sim_credit *credit = &sim->credits[i];
        if (credit->refused || strcmp(credit->amp_trace_id, amp_trace_id) != 0)
            continue;
        if (fen > credit->fen)
            sim_fail(sim, "more of %s is taken back than is booked", credit->org_trace_no);
        credit->fen -= fen;
        credit->taken_back = credit->fen == 0;
    }
}

/* ORG_003. An odd HIS says `exp` though it has settled, or 01 though it has not looked. */
static void credit(struct sim *sim, const struct sim_request *request,
                   struct event_answer *answer) {
    struct sim_credit *known = find_credit(sim, request->org_trace_no);
    if (known && known->elsewhere && strcmp(known->amp_trace_id, request->amp_trace_id) != 0)
        known = NULL; /* due again, for whoever pays it now */
    bool again = known && (known->request != request->number || known->life != request->life);
    if (request->unlooked) {
        say(answer, sim->his_pends ? OUTCOME_PENDING : OUTCOME_UNKNOWN, "01");
        return;
    }
    if (!known && is_dead(sim, request->org_trace_no)) {
        say(answer, sim->his_knows_dead ? OUTCOME_DECLINED : OUTCOME_UNKNOWN,
            sim->his_knows_dead ? "00" : "02");
        return;
    }
    if (again && !find_bill(sim, request->org_trace_no) && !known->taken_back)
        sim_fail(sim, "the deposit %s is credited twice", request->org_trace_no);
    if (known && (known->taken_back || (again && !sim->his_repeats) ||
                  strcmp(known->amp_trace_id, request->amp_trace_id) != 0)) {
        say(answer, OUTCOME_DECLINED, "00");
        return;
    }
    if (!known && !settle(sim, request)) {
        say(answer, OUTCOME_DECLINED, "00");
        return;
    }
    if (!known && sim_chance(sim, sim->faults.his_lies)) {
        known = find_credit(sim, request->org_trace_no);
        known->lied = true;
        known->known_ms = sim->now_ms;
    }
    if (known && known->lied)
        say(answer, OUTCOME_DECLINED, "00");
    else if (sim_chance(sim, sim->faults.his_odd))
        say(answer, OUTCOME_UNKNOWN, "exp");
    else
        tell_credit(sim, find_credit(sim, request->org_trace_no), answer);
}

/* ORG_004 of a visit: the newest settlement, whatever number is asked. */
static void ask_visit(struct sim *sim, const struct sim_request *request,
                      struct event_answer *answer) {
    int card = request->card;
    if (card < 0 || !sim->newest[card].any) {
        say(answer, OUTCOME_UNKNOWN, "01");
    } else {
        bool good = sim->newest[card].succeeded;
        say(answer, good ? OUTCOME_ACCEPTED : OUTCOME_DECLINED, good ? "00" : "fail");
        memcpy(answer->no, sim->newest[card].call_sn, TRACE_NO_SIZE);
    }
}

/* ORG_004. */
static void ask_credit(struct sim *sim, const struct sim_request *request,
                       struct event_answer *answer) {
    const struct sim_credit *known = find_credit(sim, request->org_trace_no);
    const struct sim_bill *bill = find_bill(sim, request->org_trace_no);
    if (sim_chance(sim, sim->faults.his_odd)) {
        say(answer, OUTCOME_UNKNOWN, "exp");
    } else if (sim->his_by_visit) {
        ask_visit(sim, request, answer);
    } else if (known && sim->his_tells_last && (known->taken_back || known->not_back)) {
        say(answer, OUTCOME_DECLINED, "00");
    } else if (known && known->taken_back) {
        say(answer, OUTCOME_UNKNOWN, "closed");
    } else if (known && (!sim->safety || sim->now_ms >= known->known_ms)) {
        tell_credit(sim, known, answer);
    } else if (bill && bill->by_window) {
        if (sim->his_names)
            memcpy(answer->in_no, "WINDOW", sizeof "WINDOW");
        say(answer, OUTCOME_ACCEPTED, "00");
    } else {
        bool no = sim->his_says_fail && !known;
        say(answer, no ? OUTCOME_DECLINED : OUTCOME_UNKNOWN, no ? "00" : "01");
    }
}

/* ORG_005. What was taken back stays so; the bill is not offered again. A deposit also goes back in
 * part. */
static void uncredit(struct sim *sim, const struct sim_request *request,
                     struct event_answer *answer) {
    struct sim_credit *known = find_credit(sim, request->org_trace_no);
    if (known && request->fen > known->fen)
        sim_fail(sim, "more of %s is wanted back than is booked", request->org_trace_no);
    if (!known || known->taken_back || strcmp(known->amp_trace_id, request->amp_trace_id) != 0) {
        say(answer, OUTCOME_DECLINED, "fail");
        return;
    }
    known->not_back = sim_chance(sim, sim->faults.uncredit_refused);
    if (known->not_back) {
        say(answer, OUTCOME_DECLINED, "fail");
        return;
    }
    known->fen -= request->fen;
    known->taken_back = known->fen == 0;
    sim_trace(sim, "  the HIS takes %s back", known->org_trace_no);
    if (sim_chance(sim, sim->faults.his_odd))
        say(answer, OUTCOME_UNKNOWN, "exp");
    else
        say(answer, OUTCOME_ACCEPTED, "succ");
}

/* ORG_006. */
static void guide(struct sim *sim, struct event_answer *answer) {
    struct guidance *guidance = sim_document(sim, sizeof *guidance);
    guidance->head.kind = DOCUMENT_GUIDANCE;
    answer->document = &guidance->head;
    say(answer, OUTCOME_ACCEPTED, "00");
}

void his_act(struct sim *sim, const struct sim_request *request, struct event_answer *answer) {
    switch (request->verb) {
    case VERB_ACCOUNT:
        account(sim, request->card, answer);
        return;
    case VERB_BILLS:
        bills(sim, request->card, answer);
        return;
    case VERB_CREDIT:
        credit(sim, request, answer);
        return;
    case VERB_ASK_CREDIT:
    case VERB_PROBE_CREDIT:
        ask_credit(sim, request, answer);
        return;
    case VERB_UNCREDIT:
        uncredit(sim, request, answer);
        return;
    case VERB_GUIDANCE:
        guide(sim, answer);
        return;
    default:
        say(answer, OUTCOME_DECLINED, "02");
        return;
    }
}
