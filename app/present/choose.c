/* The views in which a patient recognises and chooses. */
#include <stdio.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/core/terms/mask.h"
#include "app/core/visit/bill_choice.h"
#include "app/core/visit/flows.h"
#include "app/core/visit/typing.h"
#include "app/present/parts.h"

#define TO_THE_DAY 10

/* The day of "2026-11-18 09:12:40"; what is written in another way stays as it is. */
static const char *day_text(const char *text, char out[CLOCK_TEXT_SIZE]) {
    snprintf(out, CLOCK_TEXT_SIZE, "%s", text);
    if (strlen(text) == 19 && text[10] == ' ')
        out[TO_THE_DAY] = '\0';
    return out;
}

/* A hospital's own code for a kind of card says nothing to a patient; its name does. */
static const char *name_of_type(const char *type) {
    for (const char *c = type; *c; c++)
        if ((unsigned char)*c >= 0x80)
            return type;
    return "";
}

void present_cards(const struct presenting *p) {
    const struct account *account = present_account_read(p);

    p->view->of.cards.count = account->card_count;
    p->view->of.cards.page = p->session->page;
    for (int i = 0; i < account->card_count; i++) {
        const struct hospital_card *card = &account->cards[i];
        bool shown = p->session->who.confirmed && card->has_balance;
        mask_middle(card->his_cust_id, CARD_HEAD, CARD_TAIL, p->store->cards[i],
                    sizeof p->store->cards[i]);
        p->view->of.cards.cards[i] =
            (struct view_card){.number = p->store->cards[i],
                               .type = name_of_type(card->his_cust_type),
                               .built = day_text(card->built, p->store->built[i]),
                               .has_balance = shown,
                               .balance_fen = shown ? card->balance.fen : 0};
    }
}

static struct view_bill view_of_bill(const struct presenting *p, const struct bill *bill, int row,
                                     char begun[CLOCK_TEXT_SIZE], char since[CLOCK_TEXT_SIZE]) {
    char held[CLOCK_TEXT_SIZE];
    static const char *const holds[] = {
        [BILL_FREE] = "", [BILL_BEING_PAID] = "bills.being_paid", [BILL_PAID] = "bills.paid"};
    bool sold = bill->hold == BILL_FREE && session_sold(p->session, row);
    return (struct view_bill){.hold_key = sold ? "bills.sold" : holds[bill->hold],
                              .held_since = present_when(p, clock_text(bill->held_ms, held), since),
                              .department = bill->department,
                              .doctor = bill->doctor,
                              .begun = present_when(p, bill->begun, begun),
                              .amount_fen = bill->amount.fen,
                              .line_count = bill->line_count,
                              .selected = session_selected(p->session, row)};
}

static int page_count(int rows, int rows_a_page) {
    return rows > 0 ? (rows + rows_a_page - 1) / rows_a_page : 1;
}

static int rows_from(int first, int total, int rows_a_page) {
    int left = total - first;

    return left < 0 ? 0 : left < rows_a_page ? left : rows_a_page;
}

/* Sums what is selected: the core refuses to go on where it would be too much. */
static void sum_selected(const struct presenting *p, const struct bill_list *bills) {
    struct fen sum = {0};

    for (int i = 0; i < bills->bill_count; i++)
        if (session_selected(p->session, i)) {
            p->view->of.bills.selected_count++;
            if (!money_add(sum, bills->bills[i].amount, &sum))
                sum.fen = MONEY_MAX_FEN;
        }
    p->view->of.bills.selected_fen = sum.fen;
}

void present_bills(const struct presenting *p) {
    const struct bill_list *bills = session_bills(p->session);
    int a_page = visit_rows_a_page(p->at, PAGE_BILLS);
    struct view *view = p->view;

    view->of.bills.tip = "";
    view->of.bills.page_count = 1;
    if (offer_service_obstacle(p->at, SERVICE_RECORDS) == NOTICE_NONE)
        view->of.bills.records_service = (int)SERVICE_RECORDS;
    if (bills == NULL)
        return;
    if (!p->session->choice.tip_seen)
        view->of.bills.tip = bills->tip;
    view->of.bills.page = p->session->page;
    view->of.bills.page_count = page_count(bills->bill_count, a_page);
    view->of.bills.first = p->session->page * a_page;
    view->of.bills.count = rows_from(view->of.bills.first, bills->bill_count, a_page);
    for (int i = 0; i < view->of.bills.count; i++) {
        int row = view->of.bills.first + i;
        view->of.bills.rows[i] =
            view_of_bill(p, &bills->bills[row], row, p->store->begun[i], p->store->since[i]);
    }
    view->of.bills.total_count = bills->bill_count;
    view->of.bills.code_now = p->core->setup.policy.pay_code_on_bills &&
                              offer_channel_obstacle(p->at, CHANNEL_PHONE) == NOTICE_NONE;
    view->of.bills.all_selected = bill_choice_is_all(p->at);
    sum_selected(p, bills);
}

void present_bill(const struct presenting *p) {
    static const struct bill no_bill;
    const struct bill_list *bills = session_bills(p->session);
    int a_page = visit_rows_a_page(p->at, PAGE_LINES);
    const struct bill *bill = bills != NULL ? &bills->bills[p->session->choice.bill] : &no_bill;
    struct view *view = p->view;

    view->of.bill.bill =
        view_of_bill(p, bill, p->session->choice.bill, p->store->begun[0], p->store->since[0]);
    view->of.bill.page = p->session->page;
    view->of.bill.page_count = page_count(bill->line_count, a_page);
    view->of.bill.first = p->session->page * a_page;
    view->of.bill.count = rows_from(view->of.bill.first, bill->line_count, a_page);
    for (int i = 0; i < view->of.bill.count; i++) {
        const struct bill_line *line = &bills->lines[bill->first_line + view->of.bill.first + i];
        view->of.bill.rows[i] = (struct view_line){.name = line->name,
                                                   .spec = line->spec,
                                                   .price = line->price,
                                                   .count = line->count,
                                                   .unit = line->unit,
                                                   .amount_fen = line->amount.fen};
    }
}

const char *present_typed(const struct presenting *p, const char *typed) {
    char *out = p->store->typed;
    size_t size = sizeof p->store->typed;
    size_t whole = strcspn(typed, "."), n = 0;

    for (size_t i = 0; typed[i] != '\0' && n + 2 < size; i++) {
        if (i > 0 && i < whole && (whole - i) % 3 == 0)
            out[n++] = ',';
        out[n++] = typed[i];
    }
    out[n] = '\0';
    return out;
}

void present_amount(const struct presenting *p) {
    struct fen presets[6];
    struct view *view = p->view;
    bool refund = p->session->service == SERVICE_REFUND && session_payments(p->session) != NULL;

    view->of.amount.typed = present_typed(p, p->session->typed);
    view->of.amount.amount_fen = p->session->choice.amount.fen;
    if (refund) {
        present_refund_amount(p);
        return;
    }
    view->of.amount.title_key = "title.amount";
    view->of.amount.cap_key = "amount.cap";
    view->of.amount.cap_fen = offer_deposit_cap(p->at).fen;
    view->of.amount.preset_count = offer_presets(p->at, presets);
    for (int i = 0; i < view->of.amount.preset_count; i++)
        view->of.amount.presets_fen[i] = presets[i].fen;
}
