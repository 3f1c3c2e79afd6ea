/* Time: the idle warning, the end of a visit, and the deadline of every wait. */
#include "app/core/order/shares.h"
#include "app/core/visit/parts.h"
#include "app/core/visit/screens.h"

/* An answer's own time-out comes from the pump; so much later it is given up here as well. */
#define ANSWER_GRACE_MS 5000

/* A screen that ends by itself when nobody touches it, and after how long; 0: it does not. */
static int64_t idle_limit_ms(struct situation at) {
    const struct limits *limits = &at.setup->limits;

    if (session_base(at.session) == SCREEN_PAY_CODE && at.session->payment.slot >= 0)
        return 0; /* the bank terminal ends it */
    switch (session_base(at.session)) {
    case SCREEN_PAY_QR:  /* the code's own countdown ends it */
    case SCREEN_WAITING: /* ends by its wait: a payment that is being decided is not left */
        return 0;
    case SCREEN_WELCOME:
    case SCREEN_OUT_OF_SERVICE: /* back to the hospital's language, nothing to warn of */
        return limits->idle_ms;
    case SCREEN_RESULT:
        return limits->result_ms;
    default:
        return limits->idle_ms + limits->warn_ms;
    }
}

/* The warning stands so long; never more than half of a screen's time. */
static int64_t warn_limit_ms(struct situation at) {
    int64_t half = idle_limit_ms(at) / 2;

    return at.setup->limits.warn_ms < half ? at.setup->limits.warn_ms : half;
}

int64_t offer_idle_left_ms(struct situation at) {
    int64_t limit = idle_limit_ms(at);
    int64_t left = at.session->touched_mono_ms + limit - at.now.mono_ms;

    if (limit == 0)
        return INT64_MAX;
    return left > 0 ? left : 0;
}

int64_t offer_guard_left_ms(struct situation at, struct touch touch) {
    const struct session *session = at.session;
    int64_t left = session->since_mono_ms + at.setup->limits.guard_ms - at.now.mono_ms;

    if ((screen_rule(session->screen)->money_touches & (1u << touch.kind)) == 0 || left < 0)
        return 0;
    return left;
}

/* Every kind of waiting is given up after a time; what is undecided then is said to be so. */
static int64_t wait_limit_ms(struct situation at) {
    const struct limits *limits = &at.setup->limits;

    if (at.session->request != 0)
        return limits->account_ms + ANSWER_GRACE_MS;
    switch (at.session->waiting) {
    case WAITING_PLACING:
        return 2 * limits->answer_ms;
    case WAITING_CONFIRMING:
        return limits->expire_ms + limits->answer_ms;
    case WAITING_CREDIT:
    case WAITING_CLOSE:
    case WAITING_ACCOUNT:
    case WAITING_BILLS:
    case WAITING_RECORDS:
    case WAITING_REFUND:
        break;
    }
    return limits->settle_show_ms;
}

static bool is_waiting(const struct session *session) {
    return session_base(session) == SCREEN_WAITING;
}

/* Nobody has put a card in for as long as a payment may take. */
static int64_t no_card_deadline(struct situation at) {
    bool waits = pay_at_terminal(at) && !pay_card_is_in(at.session) &&
                 !order_shown_leg(&at.book->orders[at.session->payment.slot])->close_wanted;

    return waits ? at.session->wait_mono_ms + at.setup->limits.expire_ms : INT64_MAX;
}

static void give_up_waiting(struct visit *visit) {
    const struct order *order = visit_order(visit);

    if (visit->session->request != 0) {
        const struct event_answer silence = {.outcome = OUTCOME_UNKNOWN, .reached = true};
        session_answer(visit, &silence);
    } else if (order == NULL) {
        session_end(visit);
    } else {
        book_cancel(visit_turn(visit), visit->session->payment.slot); /* harmless when it is paid */
        result_show(visit, order);
    }
}

static bool warns(const struct session *session) {
    enum screen base = session_base(session);

    return base != SCREEN_WELCOME && base != SCREEN_OUT_OF_SERVICE;
}

/* Is there anything of a patient left on the first screen? */
static bool is_untouched(struct situation at) {
    const struct session *session = at.session;

    return session->screen != SCREEN_HELP && session->language == at.setup->language &&
           session->notice == NOTICE_NONE;
}

static void idle_tick(struct visit *visit) {
    struct session *session = visit->session;
    int64_t left = offer_idle_left_ms(visit_situation(visit));

    if (left == INT64_MAX || (!warns(session) && is_untouched(visit_situation(visit))))
        return;
    if (left == 0)
        session_end(visit);
    else if (warns(session) && left <= warn_limit_ms(visit_situation(visit)))
        session->warning = true;
}

static void print_tick(struct visit *visit) {
    struct session *session = visit->session;
    int64_t until = session->payment.print_mono_ms + visit->setup->limits.print_ms;

    if (session->payment.receipt == RECEIPT_PRINTING && visit->now.mono_ms >= until)
        session->payment.receipt = RECEIPT_UNKNOWN;
}

void session_tick(struct visit *visit) {
    const struct session *session = visit->session;

    print_tick(visit);
    if (visit->now.mono_ms >= no_card_deadline(visit_situation(visit)))
        pay_cancel(visit);
    if (is_waiting(session) &&
        visit->now.mono_ms >= session->wait_mono_ms + wait_limit_ms(visit_situation(visit)))
        give_up_waiting(visit);
    idle_tick(visit);
}

static int64_t earlier(int64_t a, int64_t b) {
    return a < b ? a : b;
}

static int64_t idle_deadline(struct situation at) {
    const struct session *session = at.session;
    int64_t limit = idle_limit_ms(at);

    if (limit == 0 || (!warns(session) && is_untouched(at)))
        return INT64_MAX;
    if (warns(session) && !session->warning)
        limit -= warn_limit_ms(at);
    return session->touched_mono_ms + limit;
}

int64_t session_deadline(struct situation at) {
    const struct session *session = at.session;
    int64_t deadline = earlier(idle_deadline(at), no_card_deadline(at));

    if (is_waiting(session))
        deadline = earlier(deadline, session->wait_mono_ms + wait_limit_ms(at));
    if (session->payment.receipt == RECEIPT_PRINTING)
        deadline = earlier(deadline, session->payment.print_mono_ms + at.setup->limits.print_ms);
    return deadline;
}
