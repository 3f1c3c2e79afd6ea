/* A hospital: its bills, its lists of them, a window that settles bills too and gives money back.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sim/his_parts.h"

#define FLOW_LAG_MS 50000

#define CROWD_CARD_FIRST '3' /* behind the letter */

static const char *const cards[SIM_CARDS] = {"C10000001", "C10000002", "W20001234", "W20005678"};

bool sim_is_inpatient(int card) {
    return card < SIM_CARDS ? card >= 2 : card % 2 == 1;
}

const char *sim_card_no(int card) {
    static char numbers[SIM_CARDS_MAX][16];
    if (card < SIM_CARDS)
        return cards[card];
    snprintf(numbers[card], sizeof numbers[card], "%c%c%07d", sim_is_inpatient(card) ? 'W' : 'C',
             CROWD_CARD_FIRST, card);
    return numbers[card];
}

int sim_card_of(const char *no) {
    if (no[0] != '\0' && no[1] == CROWD_CARD_FIRST)
        return atoi(no + 2);
    for (int i = 0; i < SIM_CARDS; i++)
        if (strcmp(cards[i], no) == 0 || strcmp(masked_id_no(i), no) == 0)
            return i;
    return -1;
}

/* The first seven characters stay: the simulator knows a bill by them, the terminal does not. */
static void name_bill(struct sim *sim, int i) {
    struct sim_bill *bill = &sim->bills[i];
    bill->numbered_list = sim->his_lists;
    snprintf(bill->org_trace_no, TRACE_NO_SIZE, "B%06d-%d", i, bill->numbers++);
}

bool his_same_bill(const char *a, const char *b) {
    return strncmp(a, b, BILL_STEM) == 0;
}

/* Draws nothing: other worlds stay as they are. */
bool his_lags_long(const struct sim *sim) {
    return sim->edge.flow ? sim->edge.flow->lags : (sim->seed >> 9) % 3 == 0;
}

/* A trial is a settlement as well, where ORG_004 tells of visits. */
void his_note_newest(struct sim *sim, int card, bool succeeded, const char *call_sn) {
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
    sim->his_names = flow->names;
    sim->his_tells_last = flow->uncredit_refused;
    sim->his_repeats = !flow->lags;
    sim->his_knows_dead = true;
    sim->his_renumbers = flow->renumbers;
    sim->his_looked_at = flow->looked_at;
    sim->his_by_visit = flow->by_visit;
    sim->his_gives_back = flow->gives_back;
    sim->his_lag_ms = flow->lags ? LONG_LAG * FLOW_LAG_MS : 0;
    sim->bill_count = flow->bills;
    for (int i = 0; i < flow->bills; i++) {
        sim->bills[i] = (struct sim_bill){.card = flow->card, .fen = 1000 + 17 * i};
        name_bill(sim, i);
    }
    if (flow->window_ms > 0)
        sim_after(sim, flow->window_ms, HAPPEN_WINDOW, 0);
}

void his_add_bill(struct sim *sim, int card, int64_t fen) {
    int i = sim->bill_count++;
    sim->bills[i] = (struct sim_bill){.card = card, .fen = fen};
    name_bill(sim, i);
}

void his_open(struct sim *sim) {
    memset(sim->newest, 0, sizeof sim->newest);
    if (sim->edge.flow) {
        open_for(sim, sim->edge.flow);
        return;
    }
    sim->his_says_fail = sim_chance(sim, 500);
    sim->his_is_lenient = sim_chance(sim, 300);
    sim->his_names = sim_chance(sim, sim->amp ? 600 : 300); /* else nothing goes back there */
    sim->his_repeats = sim_chance(sim, 600);
    sim->his_tells_last = sim_chance(sim, 300);
    sim->his_renumbers = sim_chance(sim, 400);
    sim->his_looked_at = sim->his_renumbers && (sim->seed >> 11) % 2 == 0;
    sim->his_knows_dead = sim_chance(sim, 500);
    sim->his_by_visit =
        !sim->amp && (sim->seed >> 3) % 4 == 0; /* draws nothing: other worlds stay as they are */
    if (sim->his_by_visit) { /* a lie could not be told from another's settlement */
        sim->his_names = sim->his_tells_last = false;
        sim->faults.his_lies = 0;
    }
    /* What a window does of what a platform credits by itself, the platform settles with the HIS.
     */
    sim->his_gives_back = !sim->onepay && !sim->mmpc && !sim->amp && (sim->seed >> 7) % 3 == 0;
    sim->his_lag_ms = sim_chance(sim, 400) ? sim_between(sim, 0, 50000) : 0;
    if (his_lags_long(sim))
        sim->his_lag_ms *= LONG_LAG;
    sim->bill_count = (int)sim_between(sim, 2, 12);
    for (int i = 0; i < sim->bill_count; i++) {
        struct sim_bill *bill = &sim->bills[i];
        *bill = (struct sim_bill){.card = (int)sim_between(sim, 0, 1),
                                  .fen = sim_between(sim, 1, 50000)};
        name_bill(sim, i);
        if (sim_chance(sim, 150))
            sim_after(sim, sim_between(sim, 0, 600000), HAPPEN_WINDOW, i);
        for (int64_t ms = 150000; sim->his_gives_back && ms < 900000; ms += 100000)
            sim_after(sim, ms, HAPPEN_WINDOW, i);
    }
}

/* Whoever cannot pay here goes to a window. */
void his_race(struct sim *sim, const char *org_trace_no) {
    for (int i = 0; i < sim->bill_count; i++)
        if (his_same_bill(sim->bills[i].org_trace_no, org_trace_no) &&
            sim_chance(sim, sim->faults.window_races))
            sim_after(sim, sim_between(sim, 1000, 40000), HAPPEN_WINDOW, i);
}

bool his_contradicts(const struct sim *sim, const char *org_trace_no) {
    for (int i = 0; i < sim->credit_count; i++) {
        const struct sim_credit *credit = &sim->credits[i];
        bool says_fail =
            credit->lied || (sim->his_tells_last && (credit->taken_back || credit->not_back));
        if (says_fail && his_same_bill(credit->org_trace_no, org_trace_no))
            return true;
    }
    return false;
}

static bool was_credited(const struct sim *sim, const struct sim_bill *bill) {
    for (int i = 0; i < sim->credit_count; i++)
        if (!sim->credits[i].refused &&
            his_same_bill(sim->credits[i].org_trace_no, bill->org_trace_no))
            return true;
    return false;
}

/* Nobody wants at a window what is on its way back at the terminal, nor what it has not called
 * credited: nobody stands in two places. But who does not wait there for what it does not know yet
 * may find it booked at the window, where the HIS says so of its number afterwards. Not what the
 * HIS said no of and booked all the same: `closed` after a no is what an honest no looks like, too,
 * and no terminal can tell the two apart; nor what is taken back in the second between ORG_004's
 * last answer and the list. */
static bool is_known(const struct sim *sim, const struct sim_credit *credit) {
    char no[ORDER_NO_SIZE] = "";
    memcpy(no, credit->amp_trace_id, ORDER_NO_LENGTH);
    int claim = atoi(credit->amp_trace_id + ORDER_NO_LENGTH) - 1;
    const struct order *order = durable_order(sim, no);
    int slot = sim->running ? book_find(&sim->core.book, no) : -1;
    enum claim_state state = order == NULL || claim < 0 || claim >= order->claim_count ? CLAIM_VOID
                             : slot >= 0 ? sim->core.book.orders[slot].claims[claim].state
                                         : order->claims[claim].state;
    bool listing = state == CLAIM_CREDIT_UNKNOWN && slot >= 0 &&
                   sim->core.book.orders[slot].run.claim[claim].reread;
    bool told = !sim->his_tells_last && sim->core.setup.policy.settle_result == SETTLE_RESULT_ORDER;
    return (state == CLAIM_DONE && order->claims[claim].state == CLAIM_DONE) ||
           (state == CLAIM_CREDIT_UNKNOWN && told && !credit->lied && !listing);
}

/* Whoever was credited comes to a window, which gives the money back. */
static void give_back(struct sim *sim, struct sim_bill *bill) {
    for (int i = 0; i < sim->credit_count; i++) {
        struct sim_credit *credit = &sim->credits[i];
        if (credit->refused || credit->taken_back || !is_known(sim, credit) ||
            !his_same_bill(credit->org_trace_no, bill->org_trace_no))
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
    his_note_newest(sim, bill->card, true, "WINDOW");
    sim_trace(sim, "a window settles %s", bill->org_trace_no);
}

bool his_window_paid(const struct sim *sim, const char *org_trace_no) {
    for (int i = 0; i < sim->bill_count; i++)
        if (his_same_bill(sim->bills[i].org_trace_no, org_trace_no))
            return sim->bills[i].by_window || other_kiosk_settled(sim, org_trace_no);
    return false;
}

bool his_has_taken_back(const struct sim *sim, const char *org_trace_no) {
    for (int i = 0; i < sim->credit_count; i++)
        if (sim->credits[i].taken_back && strcmp(sim->credits[i].org_trace_no, org_trace_no) == 0)
            return true;
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

void his_say(struct event_answer *answer, enum outcome outcome, const char *code) {
    answer->outcome = outcome;
    memcpy(answer->code, code, strlen(code) + 1);
}

static void account(struct sim *sim, const struct sim_request *request,
                    struct event_answer *answer) {
    struct account *account = masked_account(sim);
    int card = request->card;
    account->account_type = sim_is_inpatient(card) ? ACCOUNT_INPATIENT : ACCOUNT_OUTPATIENT;
    account->balance.fen = 1000000; /* not spent */
    snprintf(account->name, sizeof account->name, "王淑兰");
    snprintf(account->keys.id, sizeof account->keys.id, "%064d", card);
    snprintf(account->mdtrt_cert_no, sizeof account->mdtrt_cert_no, "%s", sim_card_no(card));
    snprintf(account->mdtrt_cert_type, sizeof account->mdtrt_cert_type,
             sim_is_inpatient(card) ? "05" : "10");
    snprintf(account->his_cust_id, sizeof account->his_cust_id, "%s", sim_card_no(card));
    if (sim->amp) { /* whom a message reaches */
        snprintf(account->cert_no, sizeof account->cert_no, "11010519491231002X");
        snprintf(account->phone, sizeof account->phone, "13800000001");
    }
    if (sim->masked.masking != MASKING_NONE)
        masked_tell(sim, card, request->by_id_card, account);
    answer->document = &account->head;
    his_say(answer, OUTCOME_ACCEPTED, "00");
}

int64_t his_settled_ms(const struct sim *sim, const char *org_trace_no) {
    for (int i = 0; i < sim->bill_count; i++)
        if (his_same_bill(sim->bills[i].org_trace_no, org_trace_no))
            return sim->bills[i].settled_ms;
    return 0;
}

struct sim_bill *his_list_alone(struct sim *sim, const char *org_trace_no) {
    sim->his_lists++;
    for (int i = 0; i < sim->bill_count; i++) {
        struct sim_bill *bill = &sim->bills[i];
        if (!his_same_bill(bill->org_trace_no, org_trace_no) || bill->settled)
            continue;
        if (sim->his_renumbers)
            name_bill(sim, i);
        return bill;
    }
    return NULL;
}

static bool is_listed(const struct sim *sim, const struct sim_bill *bill) {
    bool lags = sim->safety || sim->edge.flow;
    return !bill->settled || (lags && sim->now_ms < bill->settled_ms + sim->his_lag_ms);
}

/* With a line each, which is what a bill is where its numbers are not. */
static void list_bill(struct sim *sim, int i, struct bill_list *list) {
    struct sim_bill *from = &sim->bills[i];
    struct bill *bill = &list->bills[list->bill_count++];
    if (sim->his_renumbers && !from->settled)
        name_bill(sim, i);
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

bool his_list_other(struct sim *sim, int bill, char org_trace_no[TRACE_NO_SIZE]) {
    sim->his_lists++;
    for (int i = 0; i < sim->bill_count; i++)
        if (sim->bills[i].card == sim->bills[bill].card && !sim->bills[i].settled &&
            sim->his_renumbers)
            name_bill(sim, i);
    memcpy(org_trace_no, sim->bills[bill].org_trace_no, TRACE_NO_SIZE);
    return is_listed(sim, &sim->bills[bill]);
}

void his_look(struct sim *sim, int card) {
    sim->his_lists++;
    for (int i = 0; i < sim->bill_count; i++) {
        struct sim_bill *bill = &sim->bills[i];
        if (bill->card != card || bill->settled || bill->looked_at)
            continue;
        bill->looked_at = true;
        name_bill(sim, i);
    }
}

static void bills(struct sim *sim, const struct sim_request *request, struct event_answer *answer) {
    int card = request->card;
    sim->his_lists++;
    struct bill_list *list =
        sim_document(sim, sizeof *list + (size_t)sim->bill_count * sizeof list->lines[0]);
    list->head.kind = DOCUMENT_BILLS;
    for (int i = 0; i < sim->bill_count; i++)
        if (sim->bills[i].card == card && is_listed(sim, &sim->bills[i]))
            list_bill(sim, i, list);
    if (sim->his_looked_at && request->order_no[0] != '\0')
        sim_after(sim, 1, HAPPEN_LOOK, card);
    answer->document = &list->head;
    his_say(answer, OUTCOME_ACCEPTED, "00");
}

/* ORG_006. */
static void guide(struct sim *sim, struct event_answer *answer) {
    struct guidance *guidance = sim_document(sim, sizeof *guidance);
    guidance->head.kind = DOCUMENT_GUIDANCE;
    answer->document = &guidance->head;
    his_say(answer, OUTCOME_ACCEPTED, "00");
}

void his_act(struct sim *sim, const struct sim_request *request, struct event_answer *answer) {
    switch (request->verb) {
    case VERB_ACCOUNT:
        account(sim, request, answer);
        return;
    case VERB_BILLS:
        bills(sim, request, answer);
        return;
    case VERB_CREDIT:
        his_credit(sim, request, answer);
        return;
    case VERB_ASK_CREDIT:
    case VERB_PROBE_CREDIT:
        his_ask_credit(sim, request, answer);
        return;
    case VERB_UNCREDIT:
        if (!sim->core.setup.policy.his_takes_back)
            sim_fail(sim, "%s asks for ORG_005, which this hospital has not", request->order_no);
        his_uncredit(sim, request, answer);
        return;
    case VERB_GUIDANCE:
        guide(sim, answer);
        return;
    default:
        his_say(answer, OUTCOME_DECLINED, "02");
        return;
    }
}
