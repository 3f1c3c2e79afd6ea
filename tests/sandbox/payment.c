#include "tests/sandbox/payment.h"

#include <string.h>

#include "tests/sandbox/hospital.h"
#include "tests/sandbox/onepay.h"
#include "tests/sandbox/value.h"

enum phone_act phone_act_of(const char *word) {
    static const char *const words[] = {"", "pay", "cancel", "late"};
    for (int act = PHONE_PAY; act <= PHONE_LATE; act++)
        if (strcmp(words[act], word) == 0)
            return (enum phone_act)act;
    return PHONE_NONE;
}

/* expireTime names a second: all of it is in time, or paymentTime would deny that it was late. */
static int64_t end_ms(const struct payment *payment) {
    return payment->closed_ms != 0 ? payment->closed_ms : payment->expire_ms + 1000;
}

bool payment_too_late(const struct sandbox *sandbox, const struct payment *payment) {
    return payment->closed_ms != 0 || sandbox_now_ms(sandbox) >= end_ms(payment);
}

void payment_pay(struct sandbox *sandbox, struct payment *payment) {
    bool late = payment_too_late(sandbox, payment);
    payment->state = PAYMENT_PAID;
    payment->paid_ms = sandbox_now_ms(sandbox);
    if (hop_is(payment)) {
        hop_paid(sandbox, payment);
    } else {
        sandbox_number(sandbox, "CH", payment->in_payment_no);
        if (late)
            payment->return_ms = payment->paid_ms;
    }
    pthread_cond_broadcast(&sandbox->changed);
}

bool payment_has_code(const struct payment *payment) {
    return strcmp(payment->operation, "scanCode") == 0 ||
           strcmp(payment->operation, "aggCode") == 0 ||
           (hop_is(payment) && strstr(payment->channel_product, "_QR") != NULL);
}

/* A code that was called failed can be scanned again. */
static bool may_still_pay(const struct payment *payment) {
    bool code = payment_has_code(payment);
    return payment->state == PAYMENT_WAITING || (code && payment->state == PAYMENT_DECLINED);
}

const char *payment_phone(struct sandbox *sandbox, struct payment *payment, enum phone_act act) {
    if (!may_still_pay(payment))
        return "the payment no longer waits";
    switch (act) {
    case PHONE_PAY:
        if (payment_too_late(sandbox, payment))
            return "the code is no longer valid";
        payment_pay(sandbox, payment);
        return NULL;
    case PHONE_CANCEL:
        payment->state = PAYMENT_DECLINED;
        return NULL;
    case PHONE_LATE:
        payment->pays_late = true;
        pthread_cond_broadcast(&sandbox->changed);
        return NULL;
    case PHONE_NONE:
        break;
    }
    return "act: expected pay, cancel or late";
}

bool payment_close(struct sandbox *sandbox, struct payment *payment) {
    if (payment->closed_ms != 0)
        return true;
    if (payment_was_paid(payment))
        return false;
    payment->closed_ms = sandbox_now_ms(sandbox);
    pthread_cond_broadcast(&sandbox->changed);
    return true;
}

bool payment_was_paid(const struct payment *payment) {
    return payment->state == PAYMENT_PAID || payment->state == PAYMENT_RETURNED;
}

/* In part it is still a paid payment; the document has no word between. */
void payment_return(struct payment *payment, int64_t fen) {
    payment->returned_fen += fen;
    if (payment->returned_fen == payment->fee_fen)
        payment->state = PAYMENT_RETURNED;
}

int64_t payment_refundable_fen(const struct sandbox *sandbox, const struct payment *payment) {
    int64_t left = payment_was_paid(payment) ? payment->fee_fen : 0;
    const struct rows *refunds = &sandbox->books.refunds;
    for (int i = 0; i < refunds->count; i++) {
        const struct refund *refund = refunds->at[i];
        if (strcmp(refund->payment_no, payment->payment_no) == 0 && refund->state != REFUND_FAILED)
            left -= refund->fee_fen;
    }
    return left;
}

/* Section 5.2: only when the HIS does not have the order, or has it refunded. */
static void return_late(struct sandbox *sandbox, struct payment *payment) {
    int64_t left = payment_refundable_fen(sandbox, payment);
    payment->return_ms = 0;
    payment->his_has_it = hospital_holds_fen(sandbox, payment->payment_no) > 0;
    if (payment->his_has_it || left <= 0)
        return;
    struct refund *refund = rows_add(&sandbox->books.refunds);
    sandbox_number(sandbox, "AR", refund->request_no);
    text_set(refund->refund_no, sizeof refund->refund_no, refund->request_no);
    sandbox_number(sandbox, "YTR", refund->out_refund_no);
    text_set(refund->payment_no, sizeof refund->payment_no, payment->payment_no);
    refund->state = REFUND_DONE;
    refund->fee_fen = left;
    refund->made_ms = sandbox_now_ms(sandbox);
    refund->automatic = true;
    payment_return(payment, left);
}

/* When this payment wants something done by itself; 0: never. */
static int64_t due_ms(const struct sandbox *sandbox, struct payment *payment) {
    if (payment->return_ms != 0)
        return payment->return_ms + sandbox->settings.late_return_ms;
    if (!payment->pays_late || !may_still_pay(payment))
        return 0;
    return end_ms(payment) + sandbox->settings.late_pay_ms;
}

int64_t payments_chores(struct sandbox *sandbox) {
    int64_t now_ms = sandbox_now_ms(sandbox), next_ms = 0;
    const struct rows *payments = &sandbox->books.payments;
    for (int i = 0; i < payments->count; i++) {
        struct payment *payment = payments->at[i];
        int64_t due = due_ms(sandbox, payment);
        if (due != 0 && due <= now_ms) {
            if (payment->return_ms != 0)
                return_late(sandbox, payment);
            else
                payment_pay(sandbox, payment);
            due = due_ms(sandbox, payment);
        }
        if (due != 0 && (next_ms == 0 || due < next_ms))
            next_ms = due;
    }
    return next_ms;
}
