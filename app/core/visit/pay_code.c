/* PAY_CODE: the payment code on the phone is scanned, or a card is at the pinpad. */
#include "app/core/visit/pay_code.h"

#include "app/core/terms/codes.h"
#include "app/core/terms/copy.h"
#include "app/core/visit/checkout.h"
#include "app/core/visit/payment.h"
#include "app/core/visit/screen.h"

/* Until the count is over nothing has begun: the code is forgotten. */
static struct next stop_counting(struct session *session) {
    session->payment.counting = false;
    text_wipe(session->payment.pay_code, sizeof session->payment.pay_code);
    return next_show(session->payment.counted_on);
}

static struct next pay_code_leave(struct visit *visit) {
    if (visit->session->payment.counting)
        return stop_counting(visit->session);
    if (visit_order(visit) != NULL)
        return payment_cancel(visit);
    return next_show(SCREEN_CHANNEL);
}

static struct next pay_code_touch(struct visit *visit, struct touch touch) {
    (void)touch; /* only CANCEL is taken here */
    return pay_code_leave(visit);
}

/* Of the kind that the chosen way wants. */
static bool is_code_of_way(const struct visit *visit, const char *code) {
    const struct core_setup *setup = visit->setup;

    if (visit->session->choice.channel == CHANNEL_INSURANCE)
        return code_identity(setup->code_rules, setup->code_rule_count, code) ==
               IDENTITY_E_INSURANCE;
    return code_pay_channel(code) != CHANNEL_NONE;
}

static struct next pay_code_code(struct visit *visit, const struct event *event) {
    struct session *session = visit->session;
    const struct event_scan *scan = &event->of.scan;
    const char *code = code_after_aim(scan->text);

    if (visit_order(visit) != NULL || session->payment.counting)
        return next_stay(); /* paid at the pinpad, or by the code before: a second one is ignored */
    if (scan->length == 0 || code[0] == '\0')
        return next_tell(SCREEN_PAY_CODE, NOTICE_CODE_UNREADABLE);
    if (!is_code_of_way(visit, code))
        return next_tell(SCREEN_PAY_CODE, NOTICE_CODE_WRONG_KIND);
    text_copy(session->payment.pay_code, sizeof session->payment.pay_code, code);
    return session->choice.channel == CHANNEL_INSURANCE ? checkout_begin_insured(visit)
                                                        : checkout_begin(visit);
}

/* Without a scanner the payment code cannot be read: back to the channels. */
static struct next pay_code_follow(struct visit *visit) {
    if (visit->session->payment.counting)
        return next_stay();
    if (visit_order(visit) == NULL && !offer_role_ready(visit->terminal, ROLE_SCANNER))
        return next_tell(SCREEN_CHANNEL, NOTICE_SCANNER_ABSENT);
    return payment_follow(visit);
}

/* True when the sum has not changed since the code was held out, nor a moment before. */
static bool is_of_this_sum(const struct visit *visit, const struct event_scan *scan) {
    const struct session *session = visit->session;
    int64_t since_ms = session->since_mono_ms > session->choice.sum_mono_ms
                           ? session->since_mono_ms
                           : session->choice.sum_mono_ms;

    return scan->revision == session->revision &&
           visit->now.mono_ms >= since_ms + visit->setup->limits.guard_ms;
}

bool pay_code_is_one(const struct event *event) {
    return event->kind == EVENT_SCAN &&
           code_pay_channel(code_after_aim(event->of.scan.text)) != CHANNEL_NONE;
}

struct next pay_code_early(struct visit *visit, const struct event_scan *scan, struct fen amount,
                           enum notice otherwise) {
    struct session *session = visit->session;
    const char *code = code_after_aim(scan->text);
    enum screen screen = session->screen;
    enum notice obstacle = offer_channel_obstacle(visit_situation(visit), CHANNEL_PHONE);

    if (obstacle != NOTICE_NONE)
        return next_tell(screen, NOTICE_CHANNEL);
    if (!visit->setup->policy.pay_code_on_bills || code_is_id_no(code))
        return next_tell(screen, otherwise);
    if (!is_of_this_sum(visit, scan))
        return next_tell(screen, NOTICE_PAY_CODE_AGAIN);
    session->choice.amount = amount;
    session->choice.channel = CHANNEL_PHONE;
    obstacle = checkout_obstacle(visit);
    if (obstacle != NOTICE_NONE)
        return next_tell(screen, obstacle);
    text_copy(session->payment.pay_code, sizeof session->payment.pay_code, code);
    session->payment.counting = true;
    session->payment.counted_on = screen;
    return next_show(SCREEN_PAY_CODE);
}

int64_t pay_code_count_ms(struct situation at) {
    return session_patience(at.session) * at.setup->limits.count_ms;
}

static int64_t pay_code_deadline(struct situation at) {
    if (at.session->payment.counting)
        return at.session->since_mono_ms + pay_code_count_ms(at);
    return payment_no_card_deadline(at);
}

static struct next pay_code_expired(struct visit *visit) {
    if (!visit->session->payment.counting)
        return payment_cancel(visit);
    visit->session->payment.counting = false;
    return checkout_begin(visit);
}

const struct screen_ops pay_code_screen = {
    .rule = {.screen = SCREEN_PAY_CODE,
             .hears = HEARS_ALWAYS | HEARS_ORDER | HEARS(PROGRESS) | HEARS(SCAN),
             .touches = TAKES_ALWAYS | TAKES(BACK) | TAKES(CANCEL),
             .back = SCREEN_CHANNEL,
             .timeout = SCREEN_WELCOME,
             .step = 3,
             .money_touches = TAKES(CANCEL),
             .arm = ARM_PAY_CODE},
    .touch = pay_code_touch,
    .code = pay_code_code,
    .follow = pay_code_follow,
    .back = pay_code_leave,
    .deadline = pay_code_deadline,
    .expired = pay_code_expired};
