/* RECORDS: earlier payments, or those of which something may go back. The flow's row says what
 * picking one does (flows.h). */
#include "app/core/visit/flows.h"
#include "app/core/visit/looking_back.h"
#include "app/core/visit/screen.h"
#include "app/core/visit/typing.h"

/* Coming back from CONFIRM drops the plan. */
static struct next records_enter(struct visit *visit) {
    visit->session->giving_back.plan = (struct refund_plan){0};
    return next_stay();
}

static struct next records_touch(struct visit *visit, struct touch touch) {
    struct session *session = visit->session;
    const struct payment_list *payments = session_payments(session);
    const struct flow_rows *rows = flow_of(session)->rows;

    if (payments == NULL || rows == NULL)
        return next_stay();
    session->notice = NOTICE_NONE;
    int count = rows->count(payments);
    if (touch.kind == TOUCH_MORE || touch.kind == TOUCH_LESS)
        turn_page(session, touch.kind, count,
                  visit_rows_a_page(visit_situation(visit), PAGE_PAYMENTS));
    else if (touch.kind == TOUCH_ALL && rows->all != NULL)
        return rows->all(visit);
    else if (touch.kind == TOUCH_BILL && touch.n >= 1 && touch.n <= count)
        return rows->pick(visit, touch.n - 1);
    return next_stay();
}

static struct next hear_list(struct visit *visit, const struct event_answer *answer) {
    struct session *session = visit->session;
    const struct flow_rows *rows = flow_of(session)->rows;

    session->documents[DOCUMENT_PAYMENTS] = document_of(answer, DOCUMENT_PAYMENTS);
    if (session_payments(session) == NULL)
        return next_tell(SCREEN_CONFIRM, NOTICE_RECORDS_FAILED);
    struct patient_keys keys = session_patient_keys(session);
    book_ask_person(visit_turn(visit), &keys);
    if (session_payments(session)->partly)
        return next_tell(SCREEN_RECORDS, NOTICE_RECORDS_PARTLY);
    if (session_payments(session)->here_only)
        return next_tell(SCREEN_RECORDS, NOTICE_RECORDS_HERE_ONLY);
    bool empty = rows->count(session_payments(session)) == 0;
    return next_tell(SCREEN_RECORDS, empty ? rows->empty : NOTICE_NONE);
}

static struct next records_answer(struct visit *visit, enum visit_question question,
                                  const struct event *event) {
    return question == QUESTION_ORDER ? looking_back_answer(visit, &event->of.answer)
                                      : hear_list(visit, &event->of.answer);
}

const struct screen_ops records_screen = {.rule = {.screen = SCREEN_RECORDS,
                                                   .hears = HEARS_ALWAYS | HEARS_ORDER,
                                                   .touches = TAKES_ALWAYS | TAKES(BACK) |
                                                              TAKES(ALL) | TAKES(MORE) |
                                                              TAKES(LESS) | TAKES(BILL),
                                                   .back = SCREEN_CONFIRM,
                                                   .timeout = SCREEN_WELCOME,
                                                   .step = 2},
                                          .enter = records_enter,
                                          .touch = records_touch,
                                          .answer = records_answer};
