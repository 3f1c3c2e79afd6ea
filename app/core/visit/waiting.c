/* WAITING: for an answer or for the visit's order. Every wait ends after a time; the patient is
 * told what is undecided then. */
#include "app/core/terms/copy.h"
#include "app/core/visit/flows.h"
#include "app/core/visit/screen.h"

/* The pump answers a time-out by itself; without that the question is given up so much later. */
#define ANSWER_GRACE_MS 5000

static struct next waiting_enter(struct visit *visit) {
    visit->session->wait_mono_ms = visit->now.mono_ms;
    return next_stay();
}

static struct next give_up_question(struct session *session) {
    enum screen screen = question_row(session->question)->given_up;

    session_stop_asking(session);
    text_wipe(session->payment.pay_code, sizeof session->payment.pay_code);
    return next_show(screen);
}

static struct next waiting_touch(struct visit *visit, struct touch touch) {
    struct session *session = visit->session;

    (void)touch; /* only CANCEL is taken here */
    if (visit_order(visit) != NULL)
        return flow_of(session)->cancel(visit);
    return session->request != 0 ? give_up_question(session) : next_stay();
}

static struct next waiting_follow(struct visit *visit) {
    return flow_of(visit->session)->follow(visit);
}

static int64_t waiting_deadline(struct situation at) {
    const struct limits *limits = &at.setup->limits;

    if (at.session->request != 0)
        return at.session->wait_mono_ms + limits->account_ms + ANSWER_GRACE_MS;
    return at.session->wait_mono_ms + wait_row(at.session->waiting)->limit_ms(limits);
}

static struct next waiting_expired(struct visit *visit) {
    if (visit->session->request != 0)
        return (struct next){.kind = NEXT_SILENCE};
    if (visit_order(visit) == NULL)
        return next_end(NOTICE_NONE);
    book_cancel(visit_turn(visit),
                visit->session->payment.slot); /* changes nothing when it is paid */
    return next_show(SCREEN_RESULT);
}

const struct screen_ops waiting_screen = {.rule = {.screen = SCREEN_WAITING,
                                                   .hears = HEARS_ALWAYS | HEARS_ORDER,
                                                   .touches = TAKES_ALWAYS | TAKES(CANCEL),
                                                   .back = SCREEN_WAITING,
                                                   .timeout = SCREEN_RESULT,
                                                   .idle = IDLE_NEVER,
                                                   .step = 3,
                                                   .money_touches = TAKES(CANCEL)},
                                          .enter = waiting_enter,
                                          .touch = waiting_touch,
                                          .follow = waiting_follow,
                                          .deadline = waiting_deadline,
                                          .expired = waiting_expired};
