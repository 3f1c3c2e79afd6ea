#include "app/receipt/receipt.h"
#include "app/core/order/shares.h"

#include <stdio.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/core/visit/guides.h"
#include "app/core/visit/keys.h"
#include "app/receipt/parts.h"

/* Items kept free at the end for what must not be missing: number, footer, cut. */
#define END_ITEMS 12

static void add_code(struct writer *w, enum print_kind kind, const char *code) {
    struct print_item *item = writer_add(w, kind, code);

    if (item != NULL)
        item->align = PRINT_CENTRE;
}

static void add_amount(struct writer *w, const char *key, struct fen amount) {
    char text[WRITER_AMOUNT_SIZE];

    if (amount.fen != 0)
        writer_pair(w, writer_words(w, key), writer_amount_text(amount, text));
}

static void write_verdict(struct writer *w, enum verdict verdict) {
    writer_heading(w, writer_words(w, fate_title_key(w->source->order, verdict)), WRITER_LARGE);
}

/* What the verdict means, where what to do next does not say it anyway. */
static void write_meaning(struct writer *w, enum verdict verdict) {
    char case_no[ORDER_CASE_NO_SIZE];

    if (verdict_has_case(verdict))
        writer_pair(w, writer_words(w, "receipt.case_no"),
                    order_case_no(w->source->order, case_no));
    bool plain = verdict == VERDICT_CREDITED || verdict == VERDICT_UNKNOWN ||
                 (verdict == VERDICT_WINDOW && !insured_case_key(w->source->order, verdict));
    if (!plain)
        writer_line(w, writer_words(w, fate_text_key(w->source->order, verdict)));
}

static void write_place(struct writer *w) {
    const struct account *account =
        w->source->session != NULL ? session_account(w->source->session) : NULL;

    if (account == NULL || account->account_type != ACCOUNT_INPATIENT)
        return;
    writer_pair(w, writer_words(w, "receipt.ward"), account->ward);
    writer_pair(w, writer_words(w, "receipt.bed"), account->bed);
}

/* Writes the pinpad's slip, which a dispute refers to. Of the card only the last 4 digits. */
static void write_slip(struct writer *w, const struct leg *leg) {
    size_t length = strlen(leg->slip.card);
    char card[16];

    if (leg->route != ROUTE_POS)
        return;
    snprintf(card, sizeof card, "**** %s", leg->slip.card + (length > 4 ? length - 4 : 0));
    writer_pair(w, writer_words(w, "receipt.card"), length > 0 ? card : "");
    writer_pair(w, writer_words(w, "receipt.card_reference"), leg->out_no);
    writer_pair(w, writer_words(w, "receipt.card_voucher"), leg->slip.voucher);
    writer_pair(w, writer_words(w, "receipt.pinpad"), leg->slip.terminal);
}

/* The order's number is below its code, at the end. */
static void write_facts(struct writer *w) {
    const struct order *order = w->source->order;
    const struct leg *leg = order_shown_leg(order);
    char time[CLOCK_TEXT_SIZE], terminal[WRITER_JOINED_SIZE];

    writer_pair(w, writer_words(w, "receipt.name"), order->person.masked_name);
    write_place(w);
    writer_pair(
        w, writer_words(w, service_key(order->service)),
        writer_words(w, order->received.fen > 0 ? "receipt.in_cash" : channel_key(leg->channel)));
    write_slip(w, leg);
    snprintf(terminal, sizeof terminal, "%s %s", writer_words(w, "receipt.terminal"),
             writer_given(w->source->site.terminal_no, ""));
    writer_pair(w, terminal,
                clock_text(leg->paid_ms != 0 ? leg->paid_ms : order->created_ms, time));
    writer_add(w, PRINT_RULE, "");
}

/* What became of a bill that is not simply paid. */
static const char *claim_key(const struct claim *claim) {
    switch (claim->state) {
    case CLAIM_DONE:
        return claim->unproven ? "receipt.claim.unproven" : "receipt.claim.credited";
    case CLAIM_REVERSING:
    case CLAIM_UNCREDITING:
        return "receipt.claim.returning";
    case CLAIM_REVERSED:
    case CLAIM_REFUNDED:
        return "receipt.claim.returned";
    case CLAIM_CASE:
        return "receipt.claim.window";
    case CLAIM_VOID:
        return "receipt.claim.void";
    case CLAIM_WAITING:
    case CLAIM_CHECKING:
    case CLAIM_CREDITING:
    case CLAIM_CREDIT_UNKNOWN:
        break;
    }
    return "receipt.claim.asking";
}

/* The name of a bill: its department while the visit knows it, else the hospital's number. */
static const char *claim_name(const struct writer *w, const struct claim *claim) {
    const struct bill_list *bills =
        w->source->session != NULL ? session_bills(w->source->session) : NULL;

    if (w->source->order->service == SERVICE_DEPOSIT)
        return writer_words(w, service_key(SERVICE_DEPOSIT));
    for (int i = 0; bills != NULL && i < bills->bill_count; i++)
        if (strcmp(bills->bills[i].org_trace_no, claim->org_trace_no) == 0)
            return writer_given(bills->bills[i].department, claim->org_trace_no);
    return claim->org_trace_no;
}

static void write_claims(struct writer *w, enum verdict verdict) {
    const struct order *order = w->source->order;
    bool alike = verdict == VERDICT_CREDITED || verdict == VERDICT_NOT_PAID;
    bool late = verdict == VERDICT_LATE || verdict == VERDICT_LATE_RETURNED;
    char amount[WRITER_AMOUNT_SIZE];

    for (int i = 0; i < order->claim_count; i++) {
        const struct claim *claim = &order->claims[i];
        writer_pair(w, claim_name(w, claim), writer_amount_text(claim->amount, amount));
        if (late)
            writer_pair(w, "", writer_words(w, "receipt.claim.late"));
        else if (!alike)
            writer_pair(w, "", writer_words(w, claim_key(claim)));
    }
    writer_add(w, PRINT_RULE, "");
}

/* What the amount is. Of what a portal has settled only its sum is known here. */
static const char *paid_key(const struct order *order, bool unknown) {
    if (unknown)
        return "receipt.asked";
    return order_split_is_on_phone(order_shown_leg(order)) ? "split.total" : "receipt.paid";
}

/* What the patient paid, large. */
static void write_paid(struct writer *w, enum verdict verdict) {
    struct order_sums sums = order_sums(w->source->order);
    bool unseen = sums.paid.fen > 0 && !order_seen_paid(w->source->order);
    bool unpaid = verdict == VERDICT_NOT_PAID, unknown = verdict == VERDICT_UNKNOWN || unseen;
    struct fen amount = unknown ? order_amount(w->source->order) : sums.paid;
    char text[WRITER_AMOUNT_SIZE];

    if (amount.fen == 0 && !unpaid)
        return;
    writer_pair(w, writer_words(w, paid_key(w->source->order, unknown)),
                writer_amount_text(unpaid ? (struct fen){0} : amount, text));
    struct print_item *item = &w->doc->items[w->doc->count - 1];
    item->bold = true;
    item->scale = WRITER_LARGE;
}

/* How the settlement came about: which fund paid, what is left in the account, what of the own part
 * the insurance does not pay for. */
static void write_settlement(struct writer *w, const struct leg *leg) {
    struct settlement_row rows[SETTLEMENT_ROWS_MAX];
    int count = settlement_rows(leg->settlement, rows);
    char text[WRITER_AMOUNT_SIZE];

    for (int i = 0; i < count; i++)
        writer_pair(w,
                    rows[i].kind == SETTLEMENT_FUND ? rows[i].name
                                                    : writer_words(w, settlement_key(rows[i].kind)),
                    writer_amount_text(rows[i].amount, text));
}

/* Cash as it was handed over, and what was given out of it. */
static void write_cash(struct writer *w) {
    const struct order *order = w->source->order;
    char text[WRITER_AMOUNT_SIZE];
    struct fen change = {order->received.fen - order_amount(order).fen};

    if (order->received.fen == 0 || order_sums(order).paid.fen == 0 || change.fen < 0)
        return;
    writer_pair(w, writer_words(w, "receipt.received"), writer_amount_text(order->received, text));
    writer_pair(w, writer_words(w, "receipt.change"), writer_amount_text(change, text));
}

/* Who paid an insured payment; and where the settlement differs from what was shown before it. */
static void write_split(struct writer *w) {
    const struct leg *shown = order_shown_leg(w->source->order);
    const struct leg *leg = order_insured_leg(w->source->order);

    if (shown->state == LEG_PAID && order_split_is_on_phone(shown))
        writer_line(w, writer_words(w, "receipt.split.on_phone"));
    if (leg == NULL || leg->state != LEG_PAID)
        return;
    add_amount(w, "receipt.split.fund", leg->split.fund);
    add_amount(w, "receipt.split.account", leg->split.account);
    add_amount(w, "receipt.split.own", leg->split.own);
    add_amount(w, "receipt.split.prepaid", leg->split.prepaid);
    if (order_split_differs(leg))
        add_amount(w, "receipt.split.shown", leg->shown_own);
    write_settlement(w, leg);
}

/* Where the money is: of a plain success all of it is where the verdict says. */
static void write_sums(struct writer *w, enum verdict verdict) {
    struct order_sums sums = order_sums(w->source->order);

    if (verdict == VERDICT_CREDITED && sums.returned.fen == 0)
        return;
    if (verdict == VERDICT_UNKNOWN)
        add_amount(w, "receipt.paid", sums.paid);
    add_amount(w, "receipt.credited", sums.credited);
    add_amount(w, "receipt.returned", sums.returned);
    add_amount(w,
               verdict == VERDICT_ASKING || verdict == VERDICT_UNKNOWN ? "receipt.in_flight"
                                                                       : "receipt.returning",
               sums.in_flight);
    add_amount(w, "receipt.in_cases", sums.in_cases);
}

static void write_bold(struct writer *w, const char *text) {
    struct print_item *item = text[0] != '\0' ? writer_add(w, PRINT_TEXT, text) : NULL;

    if (item != NULL)
        item->bold = true;
}

/* "a b", or the one that is given. */
static const char *joined(const char *a, const char *b, char out[WRITER_JOINED_SIZE]) {
    snprintf(out, WRITER_JOINED_SIZE, "%s%s%s", a, a[0] != '\0' && b[0] != '\0' ? " " : "", b);
    return out;
}

/* Under which number, where to, in which queue. */
static void write_drug(struct writer *w, const struct guide_item *item) {
    char place[WRITER_JOINED_SIZE], queue[WRITER_JOINED_SIZE], waiting[WRITER_JOINED_SIZE];

    writer_pair(w, writer_given(item->title, writer_words(w, "guide.drug")), item->key);
    write_bold(w, joined(item->value, item->window, place));
    joined(item->queue[0] != '\0' ? writer_words(w, "receipt.queue") : "", item->queue, queue);
    joined(item->waiting[0] != '\0' ? writer_words(w, "receipt.queue_waiting") : "", item->waiting,
           waiting);
    if (queue[0] != '\0' && waiting[0] != '\0')
        writer_pair(w, queue, waiting);
    else
        writer_line(w, queue[0] != '\0' ? queue : waiting);
}

static void write_guide(struct writer *w, const struct guide_item *item) {
    char title[WRITER_JOINED_SIZE];

    if (item->drug) {
        write_drug(w, item);
    } else {
        write_bold(w, joined(item->title, item->key, title));
        writer_line(w, item->value);
    }
    if (item->code_value[0] != '\0' && item->code == CODE_TYPE_BAR) {
        add_code(w, PRINT_BAR, item->code_value); /* the printer prints its digits below */
    } else if (item->code_value[0] != '\0' && item->code == CODE_TYPE_QR) {
        add_code(w, PRINT_QR, item->code_value);
        if (!item->drug) /* of a drug the number above says the same to a person */
            writer_heading(w, item->code_value, 1);
    }
}

static void write_guidance(struct writer *w) {
    struct guides guides;

    if (w->source->session == NULL)
        return;
    guides_of(w->source->session, &guides);
    if (guides.count == 0 && guides.next_step[0] == '\0')
        return;
    writer_add(w, PRINT_RULE, "");
    writer_line(w, guides.next_step);
    for (int i = 0; i < guides.count; i++)
        write_guide(w, guides.items[i]);
}

static const char *next_key(enum verdict verdict) {
    switch (verdict) {
    case VERDICT_CREDITED:
        return "receipt.next.credited";
    case VERDICT_UNPROVEN:
        return "receipt.next.unproven";
    case VERDICT_ASKING:
        return "receipt.next.asking";
    case VERDICT_UNKNOWN:
        return "receipt.next.unknown";
    case VERDICT_RETURNED:
        return "receipt.next.returned";
    case VERDICT_PARTLY:
        return "receipt.next.partly";
    case VERDICT_NOT_PAID:
        return "receipt.next.not_paid";
    case VERDICT_LATE:
    case VERDICT_LATE_RETURNED:
        return "receipt.next.late";
    case VERDICT_REFUNDED:
    case VERDICT_REFUND_PARTLY:
        return "receipt.next.refunded";
    case VERDICT_REFUNDING:
        return "receipt.next.refunding";
    case VERDICT_REFUND_REFUSED:
        return "receipt.next.refund_refused";
    case VERDICT_REFUND_UNCONFIRMED:
        return "receipt.next.refund_unconfirmed";
    case VERDICT_SETTLED:
        return "receipt.next.settled";
    case VERDICT_WINDOW:
    case VERDICT_NONE:
    case VERDICT_COUNT:
        break;
    }
    return "receipt.next.window";
}

/* What to do with a bill on the phone is said of it alone. */
static const char *end_key(const struct order *order, enum verdict verdict) {
    const char *title, *text;

    if (own_words(order, verdict, &title, &text))
        return fate_text_key(order, verdict);
    return only_closed(order, verdict) ? "receipt.next.closed" : next_key(verdict);
}

static void write_end(struct writer *w, enum verdict verdict) {
    char printed[CLOCK_TEXT_SIZE], order_no[WRITER_JOINED_SIZE];

    w->room = PRINT_ITEMS_MAX;
    writer_line(w, writer_words(w, end_key(w->source->order, verdict)));
    add_code(w, PRINT_QR, w->source->order->no);
    snprintf(order_no, sizeof order_no, "%s %s", writer_words(w, "receipt.order_no"),
             w->source->order->no);
    writer_heading(w, order_no, 1);
    if (w->source->reprint)
        writer_pair(w, writer_words(w, "receipt.printed_at"),
                    clock_text(w->source->now.wall_ms, printed));
    writer_line(w, w->source->site.footer);
    writer_feed(w, 1);
    writer_add(w, PRINT_CUT, "");
}

/* True for a receipt about a refund, false for one about a payment. */
static bool is_refund(const struct receipt_source *source) {
    return source->session != NULL && source->session->service == SERVICE_REFUND &&
           source->session->giving_back.plan.count > 0;
}

static void write_payment(struct writer *w, enum verdict verdict) {
    writer_head(w, "receipt.title");
    write_verdict(w, verdict);
    write_paid(w, verdict);
    write_cash(w);
    write_split(w);
    write_meaning(w, verdict);
    write_sums(w, verdict);
    receipt_write_refunds(w);
    write_guidance(w);
    writer_add(w, PRINT_RULE, "");
    write_claims(w, verdict);
    write_facts(w);
}

static void write_refund(struct writer *w, enum verdict verdict) {
    writer_head(w, "receipt.title.refund");
    write_verdict(w, verdict);
    write_meaning(w, verdict);
    writer_add(w, PRINT_RULE, "");
    receipt_write_plan(w);
}

void receipt_compose(const struct receipt_source *source, struct print_doc *out) {
    struct writer w = {source, out, PRINT_ITEMS_MAX - END_ITEMS};
    bool refund = is_refund(source);
    enum verdict verdict = refund ? source->session->payment.verdict : order_verdict(source->order);

    out->count = 0;
    if (refund)
        write_refund(&w, verdict);
    else
        write_payment(&w, verdict);
    write_end(&w, verdict);
}
