/* IDENTIFY: a code, a card or keys say who it is; the hospital answers with the account. */
#include "app/core/visit/flows.h"
#include "app/core/visit/screen.h"
#include "app/core/visit/who.h"

static struct next identify_enter(struct visit *visit) {
    session_forget_person(visit->session);
    return next_stay();
}

static struct next identify_touch(struct visit *visit, struct touch touch) {
    (void)touch;
    visit->session->field = FIELD_CARD_NO;
    return next_show(SCREEN_KEYPAD);
}

/* Why the visit cannot go on with this account; NOTICE_NONE when it can. */
static enum notice account_obstacle(const struct visit *visit, const struct event_answer *answer,
                                    const struct account *account) {
    const struct flow *flow = flow_of(visit->session);

    if (account == NULL)
        return answer->outcome == OUTCOME_DECLINED ? NOTICE_NO_PATIENT
                                                   : offer_failure_notice(answer);
    if (flow->account_obstacle == NULL)
        return NOTICE_NONE;
    return flow->account_obstacle(visit->setup, account, visit->session->who.identity);
}

static struct next identify_answer(struct visit *visit, enum visit_question question,
                                   const struct event *event) {
    const struct event_answer *answer = &event->of.answer;
    const struct account *account = (const struct account *)document_of(answer, DOCUMENT_ACCOUNT);
    enum notice notice = account_obstacle(visit, answer, account);

    (void)question;
    if (notice != NOTICE_NONE)
        return next_tell(SCREEN_IDENTIFY, notice);
    session_keep(visit->session, &account->head);
    visit->session->who.card = account->card_count == 1 ? 0 : -1;
    visit->session->who.last4_tries = 0;
    visit->session->who.confirmed = false;
    return account->card_count > 1 ? next_show(SCREEN_CARDS) : flow_begin_known(visit);
}

const struct screen_ops identify_screen = {
    .rule = {.screen = SCREEN_IDENTIFY,
             .hears = HEARS_ALWAYS | HEARS_CODES,
             .touches = TAKES_ALWAYS | TAKES(BACK) | TAKES(NEXT),
             .back = SCREEN_SERVICE,
             .timeout = SCREEN_WELCOME,
             .step = 1,
             .arm = ARM_IDENTIFY},
    .enter = identify_enter,
    .touch = identify_touch,
    .code = who_code,
    .answer = identify_answer};
