/* Questions of the visit's own: sent, waited for, answered to whoever asked. */
#include "app/core/visit/parts.h"

void session_wait(struct visit *visit, enum waiting_for waiting) {
    session_show(visit, SCREEN_WAITING);
    visit->session->waiting = waiting;
    visit->session->wait_mono_ms = visit->now.mono_ms;
}

void session_ask(struct visit *visit, enum verb verb, enum waiting_for waiting) {
    struct effect *effect = visit_effect(visit, EFFECT_SEND);

    effect->number = book_take_number(visit->book);
    effect->of.send.verb = verb;
    effect->of.send.timeout_ms = visit->setup->limits.account_ms;
    visit->session->request = effect->number;
    visit->session->verb = verb;
    session_wait(visit, waiting);
}

void session_ask_order(struct visit *visit, enum verb verb, int claim) {
    struct session *session = visit->session;
    struct effect *effect = visit_effect(visit, EFFECT_SEND);

    effect->number = book_take_number(visit->book);
    effect->slot = (int16_t)session->payment.slot;
    effect->leg = 0;
    effect->claim = (int8_t)claim;
    effect->of.send.verb = verb;
    effect->of.send.timeout_ms = visit->setup->limits.account_ms;
    session->request = effect->number;
    session->verb = verb;
}

enum notice session_answer_notice(const struct event_answer *answer) {
    switch (answer->outcome) {
    case OUTCOME_ACCEPTED:
        return NOTICE_NONE;
    case OUTCOME_UNKNOWN:
        return answer->reached ? NOTICE_HIS_SLOW : NOTICE_HIS_DOWN;
    case OUTCOME_DECLINED:
    case OUTCOME_PENDING:
    case OUTCOME_MALFORMED:
        break;
    }
    return NOTICE_HIS_REFUSED;
}

void session_answer(struct visit *visit, const struct event_answer *answer) {
    enum verb verb = visit->session->verb;

    visit->session->request = 0;
    visit->session->verb = VERB_NONE;
    if (verb == VERB_GUIDANCE) { /* the only question that nobody waits for */
        records_guidance(visit, answer);
        return;
    }
    switch (visit->session->waiting) {
    case WAITING_ACCOUNT:
        identify_answer(visit, answer);
        break;
    case WAITING_BILLS:
        choose_answer(visit, answer);
        break;
    case WAITING_PLACING:
        if (verb == VERB_RECORDS)
            pay_day_answer(visit, answer);
        else
            pay_answer(visit, answer);
        break;
    case WAITING_RECORDS:
        records_answer(visit, verb, answer);
        break;
    case WAITING_REFUND:
        refund_answer_of(visit, verb, answer);
        break;
    case WAITING_CONFIRMING:
    case WAITING_CREDIT:
    case WAITING_CLOSE:
        /* These wait for the order, never for a question of the visit's own. */
        visit_effect(visit, EFFECT_LOG)->of.log.word = LOG_UNEXPECTED;
        break;
    }
}
