/* Whose payment it was, at hospitals that mask numbers: all persons have one mask, a number is left
 * out, a his_cust_id is a visit's, masked, or another's as well. The keys are made by the program
 * (wire/person_keys.h); what must be shown and what must not is decided here, by how each came and
 * what the hospital told then. */
#include "tests/sim/masked.h"

#include <stdio.h>
#include <string.h>

#include "app/wire/person_keys.h"
#include "tests/sim/sim.h"

#define HOSPITAL_KEY "the key of a hospital"
#define ID_NO_END 14 /* of a whole number; the last four begin here */
#define OUT_PERMILLE 250

/* Born apart, alike at both ends. */
static const char *const id_numbers[SIM_CARDS] = {"320102194002150012", "320102194010150012",
                                                  "320102194109150012", "320102194205150012"};

struct told_account {
    struct account account;
    struct sim_shown shown;
};

const char *masked_id_no(int card) {
    return id_numbers[card];
}

/* Where a message goes to the patient the ID number has to be known whole. */
static enum masking choose_masking(const struct sim *sim, uint64_t *random) {
    enum masking first = sim->amp ? MASKING_ASKED : MASKING_ALL;
    return first + (enum masking)random_below(random, MASKING_COUNT - first);
}

/* From numbers of its own: other worlds stay as they are. */
void masked_begin(struct sim *sim) {
    struct sim_masked *masked = &sim->masked;
    *masked = (struct sim_masked){.random = sim->seed ^ UINT64_C(0x6d61736b6564)};
    if (sim->edge.flow || sim->crowd.kind != CROWD_NONE || !random_permille(&masked->random, 125))
        return;
    masked->masking = choose_masking(sim, &masked->random);
    masked->asks_last4 = random_permille(&masked->random, 500);
    masked->hides_end = random_permille(&masked->random, 500);
    sim_trace(sim, "a hospital of masking %d", (int)masked->masking);
}

void masked_choose_policy(const struct sim *sim, struct policy *policy) {
    if (sim->masked.masking != MASKING_NONE && sim->masked.asks_last4)
        policy->confirm = CONFIRM_TYPED;
}

bool masked_has_id_card(struct sim *sim) {
    enum masking masking = sim->masked.masking;
    bool tells = masking != MASKING_NONE && masking != MASKING_VISIT;
    return tells && random_permille(&sim->masked.random, 400);
}

const char *masked_last4(const struct sim *sim) {
    bool asked = sim->masked.masking != MASKING_NONE && sim->core.session.field == FIELD_LAST4;
    return asked ? id_numbers[sim->card] + ID_NO_END : "";
}

struct account *masked_account(struct sim *sim) {
    struct told_account *told = sim_document(sim, sizeof *told);
    told->account.head.kind = DOCUMENT_ACCOUNT;
    return &told->account;
}

static const struct sim_shown *shown_of(const struct account *account) {
    return &((const struct told_account *)account)->shown;
}

static void mask_id_no(const struct sim *sim, int card, char out[TRACE_NO_SIZE]) {
    const char *whole = id_numbers[card];
    if (sim->masked.hides_end)
        snprintf(out, TRACE_NO_SIZE, "%.4s************%s", whole, whole + ID_NO_END + 2);
    else
        snprintf(out, TRACE_NO_SIZE, "%.6s********%s", whole, whole + ID_NO_END);
}

/* The ID number as the hospital tells it. */
static void tell_id_no(struct sim *sim, const struct sim_shown *shown, char out[TRACE_NO_SIZE]) {
    enum masking masking = sim->masked.masking;
    bool asked = masking == MASKING_ASKED && shown->by_id_card;
    bool once = masking == MASKING_ONCE || masking == MASKING_ALL || asked;
    bool left_out = once && random_permille(&sim->masked.random, OUT_PERMILLE);
    if (masking == MASKING_ALL || masking == MASKING_VISIT || asked)
        mask_id_no(sim, shown->person, out);
    else
        snprintf(out, TRACE_NO_SIZE, "%s", id_numbers[shown->person]);
    if (left_out)
        out[0] = '\0';
}

static void tell_cust_id(struct sim *sim, const struct sim_shown *shown, char out[TRACE_NO_SIZE]) {
    enum masking masking = sim->masked.masking;
    if (masking == MASKING_TWICE)
        snprintf(out, TRACE_NO_SIZE, "P%d", shown->person / 2);
    else if (shown->cust_known)
        snprintf(out, TRACE_NO_SIZE, "P%d", shown->person);
    else if (masking == MASKING_VISIT && random_permille(&sim->masked.random, 500))
        snprintf(out, TRACE_NO_SIZE, "P****");
    else
        snprintf(out, TRACE_NO_SIZE, "V%06d", sim->masked.visits++);
}

void masked_tell(struct sim *sim, int card, bool by_id_card, struct account *account) {
    struct told_account *told = (struct told_account *)account;
    enum masking masking = sim->masked.masking;
    told->shown =
        (struct sim_shown){.person = card,
                           .by_id_card = by_id_card,
                           .cust_known = masking != MASKING_VISIT && masking != MASKING_ASKED};
    tell_id_no(sim, &told->shown, account->cert_no);
    tell_cust_id(sim, &told->shown, account->his_cust_id);
    told->shown.id_known = by_id_card || strcmp(account->cert_no, id_numbers[card]) == 0;
    sim_trace(sim, "the hospital tells ID number '%s', his_cust_id '%s'", account->cert_no,
              account->his_cust_id);
    const char *number = by_id_card ? id_numbers[card] : sim_card_no(card);
    struct shown_card card_shown = {by_id_card ? "02" : card >= 2 ? "05" : "10", number, number};
    account->keys = (struct patient_keys){.id = ""};
    person_keys_add(HOSPITAL_KEY, &card_shown, account);
}

/* A number whose first write was lost is given anew, perhaps to another. */
static void forget_opener(struct sim_masked *masked, const char *order_no) {
    for (int i = 0; i < masked->opened_count; i++)
        if (strcmp(masked->opened[i].no, order_no) == 0)
            masked->opened[i].no[0] = '\0';
}

void masked_note_opened(struct sim *sim, const struct order *order) {
    struct sim_masked *masked = &sim->masked;
    const struct account *account = session_account(&sim->core.session);
    forget_opener(masked, order->no);
    if (masked->masking == MASKING_NONE || account == NULL || order->caller_no[0] != '\0' ||
        masked->opened_count == SIM_PAYMENTS_MAX)
        return;
    memcpy(masked->opened[masked->opened_count].no, order->no, ORDER_NO_SIZE);
    masked->opened[masked->opened_count++].by = *shown_of(account);
}

/* NULL: window software's. */
static const struct sim_shown *opener_of(const struct sim *sim, const char *order_no) {
    const struct sim_masked *masked = &sim->masked;
    for (int i = 0; i < masked->opened_count; i++)
        if (strcmp(masked->opened[i].no, order_no) == 0)
            return &masked->opened[i].by;
    return NULL;
}

/* The hospital has one number for both: their payments are shown, and nothing goes back. */
static bool has_number_of(const struct sim *sim, const struct sim_shown *a,
                          const struct sim_shown *b) {
    return sim->masked.masking == MASKING_TWICE && a->person / 2 == b->person / 2;
}

/* Is it known that they are one person, by what was shown and told both times? */
static bool are_known_as_one(const struct sim_shown *a, const struct sim_shown *b) {
    return a->person == b->person &&
           (a->by_id_card == b->by_id_card || (a->id_known && b->id_known) ||
            (a->cust_known && b->cust_known));
}

static void check_row(struct sim *sim, const struct sim_shown *visitor, const struct payment *row) {
    const struct sim_shown *opener = opener_of(sim, row->order_no);
    if (opener == NULL || opener->person == visitor->person)
        return;
    if (!has_number_of(sim, opener, visitor))
        sim_fail(sim, "%s of card %d is shown to card %d", row->order_no, opener->person,
                 visitor->person);
    if (row->returnable)
        sim_fail(sim, "%s of card %d can be taken back by card %d", row->order_no, opener->person,
                 visitor->person);
}

static void check_shown(struct sim *sim, const struct sim_shown *visitor) {
    const struct payment_list *list = session_payments(&sim->core.session);
    if (list == NULL || list == sim->masked.seen)
        return;
    sim->masked.seen = list;
    for (int i = 0; i < list->count; i++)
        check_row(sim, visitor, &list->rows[i]);
}

void masked_check(struct sim *sim) {
    const struct session *session = &sim->core.session;
    const struct account *account = session_account(session);
    if (sim->masked.masking == MASKING_NONE || account == NULL)
        return;
    const struct sim_shown *visitor = shown_of(account);
    check_shown(sim, visitor);
    if (session->notice == NOTICE_LAST4_WRONG && !sim->monkey)
        sim_fail(sim, "card %d: the last 4 of the ID number are not taken", visitor->person);
    if (session->notice == NOTICE_REFUND_ACCOUNT)
        sim_fail(sim, "card %d sees a payment that it may not open", visitor->person);
    const struct sim_shown *opener =
        session->giving_back.refund >= 0 ? opener_of(sim, session->payment.order_no) : NULL;
    if (opener != NULL && opener->person != visitor->person)
        sim_fail(sim, "card %d takes %s of card %d back", visitor->person,
                 session->payment.order_no, opener->person);
}

static const struct payment *row_of(const struct payment_list *list, const char *order_no) {
    for (int i = 0; i < list->count; i++)
        if (strcmp(list->rows[i].order_no, order_no) == 0)
            return &list->rows[i];
    return NULL;
}

void masked_check_list(struct sim *sim, const struct payment_list *list) {
    const struct account *account = session_account(&sim->core.session);
    if (sim->masked.masking == MASKING_NONE || list->more)
        return;
    for (int i = 0; i < sim->durable_count; i++) {
        const char *no = sim->durable[i].no;
        const struct sim_shown *opener = opener_of(sim, no);
        const struct payment *row = row_of(list, no);
        if (damage_is_of(sim, no) || opener == NULL || !are_known_as_one(opener, shown_of(account)))
            continue;
        if (row == NULL)
            sim_fail(sim, "%s is hidden from card %d, who paid it", no, opener->person);
        else if (!row->returnable)
            sim_fail(sim, "%s cannot be taken back by card %d, who paid it", no, opener->person);
    }
}
