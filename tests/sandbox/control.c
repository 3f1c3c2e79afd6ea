#include "tests/sandbox/control.h"

#include <stdlib.h>
#include <string.h>

#include "tests/sandbox/centre.h"
#include "tests/sandbox/hospital.h"
#include "tests/sandbox/payment.h"
#include "tests/sandbox/portal.h"
#include "tests/sandbox/service.h"
#include "tests/sandbox/settings.h"
#include "tests/sandbox/value.h"

/* Each fills `out` and returns NULL, or what is wrong with the order. */
typedef const char *control_run(struct sandbox *sandbox, const cJSON *request, cJSON *out);

static struct payment *payment_of(struct sandbox *sandbox, const cJSON *request) {
    const struct rows *payments = &sandbox->books.payments;
    const char *payment_no = message_text(request, "paymentNo");
    if (payment_no != NULL)
        return ROWS_FIND(payments, payment, payment_no, payment_no);
    return payments->count == 0 ? NULL : payments->at[payments->count - 1];
}

static const char *add_fault(struct sandbox *sandbox, const cJSON *request, cJSON *out) {
    (void)out;
    return faults_add(&sandbox->faults, request);
}

static const char *clear(struct sandbox *sandbox, const cJSON *request, cJSON *out) {
    (void)request;
    (void)out;
    faults_clear(&sandbox->faults);
    return NULL;
}

static const char *release(struct sandbox *sandbox, const cJSON *request, cJSON *out) {
    (void)request;
    (void)out;
    sandbox->faults.released++;
    return NULL;
}

static const char *phone(struct sandbox *sandbox, const cJSON *request, cJSON *out) {
    struct payment *payment = payment_of(sandbox, request);
    if (payment == NULL)
        return "paymentNo: no such payment";
    cJSON_AddStringToObject(out, "paymentNo", payment->payment_no);
    return payment_phone(sandbox, payment, phone_act_of(message_get(request, "act")));
}

static const char *window(struct sandbox *sandbox, const cJSON *request, cJSON *out) {
    struct bill *bill =
        ROWS_FIND(&sandbox->books.bills, bill, org_trace_no, message_get(request, "org_trace_no"));
    if (bill == NULL)
        return "org_trace_no: no such bill";
    if (bill->state != BILL_UNSETTLED)
        return "org_trace_no: already settled";
    bill->state = BILL_WINDOW;
    bill->settled_ms = sandbox_now_ms(sandbox);
    sandbox_number(sandbox, "WN", bill->call_sn);
    hospital_tried(sandbox, bill->card, bill->org_trace_no, bill->call_sn, true);
    cJSON_AddStringToObject(out, "call_sn", bill->call_sn);
    return NULL;
}

static const char *add_bill(struct sandbox *sandbox, const cJSON *request, cJSON *out) {
    int64_t amount_fen = 0;
    if (!yuan_read(message_get(request, "amount"), &amount_fen) || amount_fen <= 0)
        return "amount: expected yuan above zero with two decimals";
    const struct bill *bill = hospital_add_bill(sandbox, message_get(request, "card"), amount_fen);
    if (bill == NULL)
        return "card: no such outpatient";
    cJSON_AddStringToObject(out, "org_trace_no", bill->org_trace_no);
    cJSON_AddStringToObject(out, "doc_trace_no", bill->doc_trace_no);
    return NULL;
}

static const char *reset(struct sandbox *sandbox, const cJSON *request, cJSON *out) {
    (void)request;
    (void)out;
    sandbox_reset(sandbox);
    return NULL;
}

static const char *set_clock(struct sandbox *sandbox, const cJSON *request, cJSON *out) {
    const char *offset = message_text(request, "offset_ms");
    if (offset == NULL)
        return "offset_ms: expected a number";
    sandbox->clock_offset_ms = strtoll(offset, NULL, 10);
    put_moment(out, "now", sandbox_now_ms(sandbox));
    return NULL;
}

static const char *forget(struct sandbox *sandbox, const cJSON *request, cJSON *out) {
    struct payment *payment = payment_of(sandbox, request);
    (void)out;
    if (payment == NULL)
        return "paymentNo: no such payment";
    payment->forgotten = true;
    return NULL;
}

static const char *set(struct sandbox *sandbox, const cJSON *request, cJSON *out) {
    (void)out;
    return settings_set(&sandbox->settings, request);
}

/* A refund that was left open comes to an end. */
static const char *end_refund(struct sandbox *sandbox, const cJSON *request, cJSON *out) {
    (void)out;
    int state = settings_word(refund_words, message_get(request, "state"));
    struct refund *refund =
        ROWS_FIND(&sandbox->books.refunds, refund, request_no, message_get(request, "requestNo"));
    if (refund == NULL || refund->state != REFUND_EXCEPTION)
        return "requestNo: no such open refund";
    if (state < 0)
        return "state: expected a tradeStatus of refunds";
    struct payment *payment =
        ROWS_FIND(&sandbox->books.payments, payment, payment_no, refund->payment_no);
    refund->state = state;
    if (payment != NULL && (state == REFUND_DONE || state == REFUND_APPLIED))
        payment_return(payment, refund->fee_fen);
    return NULL;
}

/* The phone in front of the centre's cashier: act open, pay or cancel. */
static const char *insure(struct sandbox *sandbox, const cJSON *request, cJSON *out) {
    struct order *order = centre_order(sandbox, request);
    if (order == NULL)
        return "medOrgOrd: no such order";
    cJSON_AddStringToObject(out, "payOrdId", order->pay_ord_id);
    return centre_act(sandbox, order, message_get(request, "act"));
}

/* An order is put into a state that only accidents lead to. */
static const char *set_order(struct sandbox *sandbox, const cJSON *request, cJSON *out) {
    struct order *order = centre_order(sandbox, request);
    int state = settings_word(order_words, message_get(request, "ordStas"));
    (void)out;
    if (order == NULL)
        return "medOrgOrd: no such order";
    if (state < 0)
        return "ordStas: expected 0 to 17";
    order->state = state;
    return NULL;
}

/* The phone in front of the portal's message: act pay or cancel. */
static const char *portal(struct sandbox *sandbox, const cJSON *request, cJSON *out) {
    (void)out;
    return portal_act(sandbox, message_get(request, "medOrgOrd"), message_get(request, "act"));
}

struct totals {
    int64_t paid_fen, returned_fen, credited_fen, cancelled_fen, window_fen;
};

static struct totals totals_of(const struct books *books) {
    struct totals totals = {0};
    for (int i = 0; i < books->payments.count; i++) {
        const struct payment *payment = books->payments.at[i];
        totals.paid_fen += payment_was_paid(payment) ? payment->fee_fen : 0;
        totals.returned_fen += payment->returned_fen;
    }
    for (int i = 0; i < books->credits.count; i++) {
        const struct credit *credit = books->credits.at[i];
        totals.credited_fen += credit->amount_fen - credit->cancelled_fen;
        totals.cancelled_fen += credit->cancelled_fen;
    }
    for (int i = 0; i < books->bills.count; i++) {
        const struct bill *bill = books->bills.at[i];
        totals.window_fen += bill->state == BILL_WINDOW ? bill->amount_fen : 0;
    }
    return totals;
}

static const char *show_books(struct sandbox *sandbox, const cJSON *request, cJSON *out) {
    (void)request;
    struct totals totals = totals_of(&sandbox->books);
    cJSON *sums = cJSON_AddObjectToObject(out, "totals");
    put_yuan(sums, "paid", totals.paid_fen);
    put_yuan(sums, "returned", totals.returned_fen);
    put_yuan(sums, "credited", totals.credited_fen);
    put_yuan(sums, "cancelled", totals.cancelled_fen);
    put_yuan(sums, "window", totals.window_fen);
    cJSON *tree = books_tree(&sandbox->books);
    while (tree->child != NULL) {
        cJSON *rows = cJSON_DetachItemViaPointer(tree, tree->child);
        cJSON_AddItemToObject(out, rows->string, rows);
    }
    cJSON_Delete(tree);
    return NULL;
}

static const struct {
    const char *name;
    control_run *run;
} controls[] = {
    {"fault", add_fault},
    {"clear", clear},
    {"release", release},
    {"phone", phone},
    {"window", window},
    {"bill", add_bill},
    {"reset", reset},
    {"clock", set_clock},
    {"forget", forget},
    {"settings", set},
    {"refund", end_refund},
    {"books", show_books},
    {"insure", insure},
    {"order", set_order},
    {"portal", portal},
    {"day", day_control},
    {"change", day_control_change},
};

cJSON *control_answer(struct sandbox *sandbox, const char *name, const cJSON *request) {
    for (size_t i = 0; i < sizeof controls / sizeof controls[0]; i++) {
        if (strcmp(controls[i].name, name) != 0)
            continue;
        cJSON *out = cJSON_CreateObject();
        const char *error = controls[i].run(sandbox, request, out);
        cJSON_AddBoolToObject(out, "ok", error == NULL);
        if (error != NULL)
            cJSON_AddStringToObject(out, "error", error);
        pthread_cond_broadcast(&sandbox->changed);
        return out;
    }
    return NULL;
}
