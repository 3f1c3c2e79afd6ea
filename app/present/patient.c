/* The display that is turned to the patient at a desk: whose money, how much, what to do now. */
#include "app/present/parts.h"

static enum view_patient_state state_of_end(const struct desk_payment *payment, bool back) {
    bool begun = !payment->unheard && payment->refusal == CALL_TAKEN;
    if (payment->refusal == CALL_IN_CASE || (back && payment->refusal == CALL_BUSY))
        return PATIENT_WINDOW; /* where the money is nobody here can say now */
    if (back && (!begun || payment->news == CALL_UNPAID))
        return PATIENT_NOT_REFUNDED;
    if (back && payment->news == CALL_PAID)
        return PATIENT_REFUNDED;
    if (!begun)
        return PATIENT_NOT_PAID;
    switch (payment->news) {
    case CALL_PAID:
        return PATIENT_PAID;
    case CALL_RETURNED:
        return PATIENT_RETURNED;
    case CALL_WITH_PERSON:
        return PATIENT_WINDOW;
    case CALL_UNSURE:
        return PATIENT_UNSURE;
    case CALL_UNPAID:
    case CALL_CONFLICTS:
    case CALL_UNDER_WAY:
    case CALL_PLACED:
        break;
    }
    return payment->perhaps_paid && payment->way != DESK_WAY_CASH ? PATIENT_CLOSED
                                                                  : PATIENT_NOT_PAID;
}

/* A code is shown only as long as it can be paid: not while it is taken back, not while nobody
 * knows. */
static enum view_patient_state state_of_wait(const struct desk_payment *payment) {
    if (!payment->chosen)
        return PATIENT_CODE;
    if (desk_way_pinpad(payment->way) != 0 && payment->leg == LEG_PLACING && !payment->unknown &&
        payment->slot >= 0 && !payment->cancel_wanted)
        return PATIENT_CARD;
    bool payable = desk_way_shows_code(payment->way) && payment->news == CALL_PLACED &&
                   !payment->unknown && !payment->cancel_wanted && payment->link[0] != '\0';
    return payable ? PATIENT_QR : PATIENT_ASKING;
}

static enum view_patient_state state_of_patient(const struct desk_window *window) {
    if (window->looking) /* the patient it was is gone */
        return PATIENT_IDLE;
    switch (window->screen) {
    case SCREEN_DESK_PAY:
        return PATIENT_DUE;
    case SCREEN_DESK_CASH:
        return PATIENT_CASH;
    case SCREEN_DESK_WAIT:
        return window->waiting[0].back.wanted ? PATIENT_REFUND : state_of_wait(&window->payment);
    case SCREEN_DESK_RESULT:
        return state_of_end(&window->payment, window->waiting[0].back.wanted);
    case SCREEN_DESK_REFUND:
        return PATIENT_REFUND;
    default:
        return PATIENT_IDLE;
    }
}

/* What the patient has to do at the pinpad now. */
static const struct {
    const char *key, *text_key;
} card_words[CARD_STEP_COUNT] = {
    [CARD_STEP_NONE] = {"patient.card.insert", "patient.card.text"},
    [CARD_STEP_INSERT] = {"patient.card.insert", "patient.card.text"},
    [CARD_STEP_READING] = {"patient.card.reading", "patient.card.leave"},
    [CARD_STEP_PIN] = {"patient.card.pin", "patient.card.cover"},
    [CARD_STEP_PIN_KEY] = {"patient.card.pin", "patient.card.cover"},
    [CARD_STEP_PIN_DONE] = {"patient.card.bank", "patient.card.leave"},
    [CARD_STEP_ONLINE] = {"patient.card.bank", "patient.card.leave"},
    [CARD_STEP_REMOVE] = {"patient.card.remove", "patient.card.keep"},
};

struct view_patient present_patient(const struct presenting *p) {
    const struct desk_window *window = &p->core->window;
    const struct desk_waiting *call = desk_window_call(window);
    struct view_patient patient = {.state = state_of_patient(window),
                                   .card_key = card_words[window->payment.step].key,
                                   .card_text_key = card_words[window->payment.step].text_key,
                                   .show = "",
                                   .link = ""};

    if (call == NULL)
        return patient;
    int64_t received = desk_received(window).fen, due = call->amount.fen;
    patient.amount_fen = due;
    patient.cash =
        call->back.wanted ? desk_back_in_cash(call) : window->payment.way == DESK_WAY_CASH;
    patient.insured = patient.state == PATIENT_QR && window->payment.way == DESK_WAY_INSURED;
    patient.show = call->show;
    patient.received_fen = received;
    patient.change_fen = received > due ? received - due : 0;
    if (patient.state == PATIENT_QR) {
        int64_t left_ms = window->payment.expire_ms - p->now.wall_ms;
        patient.link = window->payment.link;
        patient.left_s = left_ms > 0 ? (int)((left_ms + 999) / 1000) : 0;
        patient.whole_s = (int)(p->core->setup.limits.expire_ms / 1000);
    }
    return patient;
}
