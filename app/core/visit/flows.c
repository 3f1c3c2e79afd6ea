#include "app/core/visit/flows.h"

#include "app/core/visit/bill_choice.h"
#include "app/core/visit/deposit.h"
#include "app/core/visit/giving_back.h"
#include "app/core/visit/looking_back.h"
#include "app/core/visit/payment.h"
#include "app/core/visit/typing.h"
#include "app/core/visit/who.h"

static const struct flow_payment bills_payment = {.chosen_on = SCREEN_BILLS,
                                                  .recheck = QUESTION_BILLS_AGAIN,
                                                  .add_claims = bill_choice_add_claims};

static const struct flow_amount deposit_amount = {.title_key = "title.amount",
                                                  .cap_key = "amount.cap",
                                                  .cap = offer_deposit_cap,
                                                  .presets = offer_presets,
                                                  .obstacle = deposit_obstacle,
                                                  .back = SCREEN_CONFIRM};
static const struct flow_payment deposit_payment = {.chosen_on = SCREEN_AMOUNT,
                                                    .obstacle = deposit_obstacle,
                                                    .clash = deposit_clash,
                                                    .add_claims = deposit_add_claims};

static const struct flow_amount refund_amount = {.title_key = "title.refund_amount",
                                                 .cap_key = "amount.cap.refund",
                                                 .cap = giving_back_cap,
                                                 .presets = giving_back_presets,
                                                 .obstacle = giving_back_obstacle,
                                                 .chosen = giving_back_amount_chosen,
                                                 .back = SCREEN_RECORDS};
static const struct flow_rows refund_rows = {.count = giving_back_row_count,
                                             .empty = NOTICE_NO_REFUNDS,
                                             .pick = giving_back_pick,
                                             .all = giving_back_pick_balance};

static const struct flow_rows payment_rows = {
    .count = looking_back_row_count, .empty = NOTICE_NO_PAYMENTS, .pick = looking_back_pick};

/* Common to the visits that pay something. */
#define FOLLOWS_PAYMENT                                                                            \
    .undecided = payment_undecided, .follow = payment_follow, .cancel = payment_cancel,            \
    .verdict = payment_verdict

static const struct flow flows[SERVICE_COUNT] = {
    [SERVICE_NONE] = {.first = SCREEN_WELCOME, FOLLOWS_PAYMENT},
    [SERVICE_BILLS] = {.question = QUESTION_BILLS, .payment = &bills_payment, FOLLOWS_PAYMENT},
    [SERVICE_DEPOSIT] = {.first = SCREEN_AMOUNT,
                         .account_obstacle = deposit_account_obstacle,
                         .amount = &deposit_amount,
                         .payment = &deposit_payment,
                         FOLLOWS_PAYMENT},
    [SERVICE_REFUND] = {.looks_up = true,
                        .question = QUESTION_RECORDS,
                        .amount = &refund_amount,
                        .rows = &refund_rows,
                        .confirmed = giving_back_begin,
                        .answer = giving_back_answer,
                        .undecided = giving_back_runs,
                        .follow = giving_back_follow,
                        .cancel = giving_back_cancel,
                        .verdict = giving_back_verdict},
    [SERVICE_RECORDS] = {.looks_up = true,
                         .question = QUESTION_RECORDS,
                         .rows = &payment_rows,
                         FOLLOWS_PAYMENT},
};

const struct flow *flow_of(const struct session *session) {
    return &flows[session->service];
}

struct next flow_begin(struct visit *visit) {
    struct session *session = visit->session;
    const struct flow *flow = flow_of(session);

    struct patient_keys keys = session_patient_keys(session);

    if (flow->looks_up && !patient_keys_known(&keys))
        return next_tell(SCREEN_CONFIRM, NOTICE_RECORDS_FAILED);
    if (flow->question == QUESTION_BILLS && book_insurance_busy(visit->book, &keys))
        return next_tell(SCREEN_CONFIRM, policy_pushes(&visit->setup->policy)
                                             ? NOTICE_PUSHED
                                             : NOTICE_STILL_ASKING);
    if (flow->question == QUESTION_BILLS && patient_keys_known(&keys) &&
        policy_pushes(&visit->setup->policy))
        return next_ask(QUESTION_PUSHED);
    if (flow->question != QUESTION_NONE)
        return next_ask(flow->question);
    typing_begin_amount(session);
    return next_show(flow->first);
}

/* Its hours may have ended since it was chosen. */
struct next flow_begin_confirmed(struct visit *visit) {
    struct session *session = visit->session;
    if (!policy_is_open(&visit->setup->policy, session->service, visit->now.wall_ms))
        return next_tell(SCREEN_CONFIRM, NOTICE_HOURS);
    session->who.confirmed = true;
    return flow_begin(visit);
}

struct next flow_begin_known(struct visit *visit) {
    return who_is_known(visit_situation(visit)) ? flow_begin_confirmed(visit)
                                                : next_show(SCREEN_CONFIRM);
}

/* What stands in the way of every service. */
static enum notice obstacle_of_all(struct situation at, enum service service) {
    if (at.terminal->out_of_service)
        return NOTICE_OUT_OF_SERVICE;
    if (!book_journal_usable(at.book))
        return NOTICE_JOURNAL;
    return policy_is_open(&at.setup->policy, service, at.now.wall_ms) ? NOTICE_NONE : NOTICE_HOURS;
}

enum notice offer_service_obstacle(struct situation at, enum service service) {
    if (service <= SERVICE_NONE || service >= SERVICE_COUNT)
        return NOTICE_NOT_OFFERED;
    enum notice notice = obstacle_of_all(at, service);
    if (notice == NOTICE_NONE && flows[service].payment != NULL)
        notice = offer_payment_obstacle(at);
    return notice;
}

int offer_next_bill(struct situation at) {
    const struct visit_payment *payment = &at.session->payment;
    bool settled = payment->verdict == VERDICT_CREDITED || payment->verdict == VERDICT_UNPROVEN;
    bool paid = payment->slot >= 0 && !payment->reviewing && settled;

    return paid && session_account(at.session) != NULL &&
                   offer_channel_obstacle(at, CHANNEL_INSURANCE) == NOTICE_NONE
               ? bill_choice_left(at.session)
               : -1;
}

bool offer_payment_again(struct situation at) {
    const struct session *session = at.session;
    const struct visit_payment *payment = &session->payment;

    return payment->slot >= 0 && payment->verdict == VERDICT_NOT_PAID && !payment->reviewing &&
           flow_of(session)->payment != NULL && session_account(session) != NULL &&
           !order_perhaps_paid(&at.book->orders[payment->slot]);
}
