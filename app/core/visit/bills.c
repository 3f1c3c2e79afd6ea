/* BILLS: the list of what is owed; the patient chooses what to pay. */
#include "app/core/visit/bill_choice.h"
#include "app/core/visit/checkout.h"
#include "app/core/visit/flows.h"
#include "app/core/visit/pay_code.h"
#include "app/core/visit/screen.h"
#include "app/core/visit/typing.h"

#define DEAD_MACHINE_MS INT64_C(3600000) /* the pauses between its questions, and clocks */

/* Comes back from BILL at the page of that bill. */
static struct next bills_enter(struct visit *visit) {
    visit->session->page =
        visit->session->choice.bill / visit_rows_a_page(visit_situation(visit), PAGE_BILLS);
    visit->session->choice.bill = 0;
    bill_choice_together(visit->session);
    return next_stay();
}

static void toggle_bill(struct visit *visit, int i) {
    struct session *session = visit->session;
    bool wanted = !session_selected(session, i);

    session->choice.sum_mono_ms = visit->now.mono_ms;

    session->notice = bill_choice_obstacle(visit_situation(visit), i);
    if (session->notice == NOTICE_NONE && wanted && bill_choice_count(session) == BILLS_MAX)
        session->notice = NOTICE_MANY_BILLS;
    bill_choice_set(session, i, wanted && session->notice == NOTICE_NONE);
}

/* Why the selected bills cannot be paid together; NOTICE_NONE when they can. */
static enum notice selection_obstacle(const struct visit *visit, struct fen *sum) {
    const struct session *session = visit->session;

    if (session_bills(session)->bill_count == 0)
        return NOTICE_NO_BILLS;
    if (bill_choice_count(session) == 0)
        return NOTICE_NO_SELECTION;
    if (!bill_choice_sum(session, sum) || money_compare(*sum, visit->setup->policy.order_max) > 0)
        return NOTICE_AMOUNT_MAX;
    return NOTICE_NONE;
}

static struct next pay_selected(struct visit *visit) {
    struct session *session = visit->session;
    struct fen sum;

    if (!session->choice.tip_seen) {
        session->choice.tip_seen = true;
        session->since_mono_ms =
            visit->now.mono_ms; /* the tip gives way to the list: the guard of PAY begins anew */
        return next_stay();
    }
    session->notice = selection_obstacle(visit, &sum);
    if (session->notice != NOTICE_NONE)
        return next_stay();
    session->choice.amount = sum;
    return checkout_ask_way(visit);
}

/* Nothing is due: what may have come meanwhile, or what became of what was paid. */
static struct next leave_empty(struct visit *visit, struct touch touch) {
    if (touch.kind == TOUCH_AGAIN)
        return next_ask(QUESTION_BILLS);
    if (touch.n != SERVICE_RECORDS ||
        offer_service_obstacle(visit_situation(visit), SERVICE_RECORDS) != NOTICE_NONE)
        return next_stay();
    visit->session->service = SERVICE_RECORDS;
    return flow_begin(visit);
}

static struct next bills_touch(struct visit *visit, struct touch touch) {
    struct session *session = visit->session;
    const struct bill_list *bills = session_bills(session);
    bool row = touch.n >= 1 && bills != NULL && touch.n <= bills->bill_count;

    if (bills == NULL)
        return next_stay();
    if (touch.kind == TOUCH_AGAIN || touch.kind == TOUCH_SERVICE)
        return bills->bill_count == 0 ? leave_empty(visit, touch) : next_stay();
    session->notice = NOTICE_NONE;
    switch (touch.kind) {
    case TOUCH_NEXT:
    case TOUCH_PAY:
        return pay_selected(visit);
    case TOUCH_DETAIL:
        if (!row)
            break;
        session->choice.bill = touch.n - 1;
        return next_show(SCREEN_BILL);
    case TOUCH_BILL:
        if (row)
            toggle_bill(visit, touch.n - 1);
        break;
    case TOUCH_ALL:
        session->choice.sum_mono_ms = visit->now.mono_ms;
        bill_choice_toggle_all(visit);
        break;
    case TOUCH_MORE:
    case TOUCH_LESS:
        turn_page(session, touch.kind, bills->bill_count,
                  visit_rows_a_page(visit_situation(visit), PAGE_BILLS));
        break;
    default:
        break;
    }
    return next_stay();
}

/* A phone's code held out at the list stands for PAY and for the way to pay. */
static struct next bills_code(struct visit *visit, const struct event *event) {
    struct fen sum = {0};

    if (!pay_code_is_one(event) || session_bills(visit->session) == NULL ||
        !visit->session->choice.tip_seen)
        return next_stay();
    enum notice notice = selection_obstacle(visit, &sum);
    return notice == NOTICE_NONE
               ? pay_code_early(visit, &event->of.scan, sum, NOTICE_PAY_CODE_BILLS)
               : next_tell(SCREEN_BILLS, notice);
}

/* What a new list says at once: nothing to pay, or why some of it is not selected or listed. */
static enum notice list_notice(const struct visit *visit, const struct bill_list *bills) {
    if (bills->bill_count == 0 && bills->left_out == 0)
        return NOTICE_NO_BILLS;
    for (int i = 0; i < bills->bill_count; i++)
        if (bills->bills[i].hold == BILL_BEING_PAID ||
            book_bill_busy(visit->book, bills->bills[i].org_trace_no))
            return NOTICE_STILL_ASKING;
    if (bills->left_out > 0)
        return bills->more ? NOTICE_MORE_BILLS : NOTICE_BILLS_LEFT_OUT;
    return bills->bill_count > BILLS_MAX ? NOTICE_MANY_BILLS : NOTICE_NONE;
}

/* A machine that is gone for good tells nobody of an end: by then it would have given it up. */
static bool bars_the_list(const struct visit *visit, const struct payment *payment) {
    int64_t longest_ms =
        visit->setup->limits.push_ms + 2 * visit->setup->policy.late_window_ms + DEAD_MACHINE_MS;
    bool gone =
        payment->elsewhere[0] != '\0' && visit->now.wall_ms >= payment->created_ms + longest_ms;

    return payment->verdict == VERDICT_UNKNOWN && route_traits(payment->route)->seen_at_his &&
           !gone;
}

/* What the journals of the hospital's machines have of the person. While a bill is on the phone no
 * list is read: it might give the bill another number, and the one that the patient is paying would
 * be dead. */
static struct next pushed_answer(const struct visit *visit, const struct event_answer *answer) {
    const struct document *document = document_of(answer, DOCUMENT_PAYMENTS);
    const struct payment_list *payments = (const struct payment_list *)(const void *)document;

    if (payments == NULL)
        return next_tell(SCREEN_CONFIRM, NOTICE_RECORDS_FAILED);
    for (int i = 0; i < payments->count; i++)
        if (bars_the_list(visit, &payments->rows[i]))
            return next_tell(SCREEN_CONFIRM, NOTICE_PUSHED);
    return next_ask(QUESTION_BILLS);
}

static struct next bills_answer(struct visit *visit, enum visit_question question,
                                const struct event *event) {
    const struct bill_list *bills = bill_choice_list(&event->of.answer);

    if (question == QUESTION_PUSHED)
        return pushed_answer(visit, &event->of.answer);
    if (bills == NULL)
        return next_tell(SCREEN_CONFIRM, offer_failure_notice(&event->of.answer));
    bill_choice_take(visit, bills);
    visit->session->choice.tip_seen = bills->tip[0] == '\0' || bills->bill_count == 0;
    return next_tell(SCREEN_BILLS, list_notice(visit, bills));
}

/* A bill of the list was found to be due again. */
static struct next bills_follow(struct visit *visit) {
    const struct session *session = visit->session;
    bool shown = session->screen == SCREEN_BILLS && session_bills(session) != NULL;

    return shown && session->choice.released != visit->book->released ? next_ask(QUESTION_BILLS)
                                                                      : next_stay();
}

const struct screen_ops bills_screen = {
    .rule = {.screen = SCREEN_BILLS,
             .hears = HEARS_ALWAYS | HEARS(SCAN),
             .touches = TAKES_ALWAYS | TAKES(BACK) | TAKES(NEXT) | TAKES(PAY) | TAKES(ALL) |
                        TAKES(MORE) | TAKES(LESS) | TAKES(BILL) | TAKES(DETAIL) | TAKES(AGAIN) |
                        TAKES(SERVICE),
             .back = SCREEN_CONFIRM,
             .timeout = SCREEN_WELCOME,
             .step = 2,
             .money_touches = TAKES(PAY),
             .arm = ARM_PAY_CODE},
    .enter = bills_enter,
    .touch = bills_touch,
    .code = bills_code,
    .answer = bills_answer,
    .follow = bills_follow};
