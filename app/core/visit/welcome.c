/* WELCOME and SERVICE: the services offered. A card that was shown first is kept until one is
 * chosen. */
#include "app/core/visit/flows.h"
#include "app/core/visit/screen.h"
#include "app/core/visit/who.h"

static struct next choose_service(struct visit *visit, int service) {
    struct session *session = visit->session;

    if (service <= SERVICE_NONE || service >= SERVICE_COUNT)
        return next_stay();
    enum notice obstacle = offer_service_obstacle(visit_situation(visit), (enum service)service);
    if (obstacle != NOTICE_NONE) {
        session->notice = obstacle;
        return next_stay();
    }
    session->service = (enum service)service;
    return session->who.identity != IDENTITY_NONE ? next_ask(QUESTION_ACCOUNT)
                                                  : next_show(SCREEN_IDENTIFY);
}

static struct next welcome_touch(struct visit *visit, struct touch touch) {
    if (touch.kind == TOUCH_SERVICE)
        return choose_service(visit, touch.n);
    session_forget_person(visit->session);
    return next_show(SCREEN_SERVICE);
}

/* Most who hold a card out at once have bills to pay, and who has a wristband lies here: nothing is
 * asked where the policy asks nobody who shows a card. */
static struct next welcome_code(struct visit *visit, const struct event *event) {
    struct session *session = visit->session;
    struct next next = who_code(visit, event);
    enum service usual =
        session->who.identity == IDENTITY_WRISTBAND ? SERVICE_DEPOSIT : SERVICE_BILLS;

    if (next.kind != NEXT_SHOW || session->who.identity == IDENTITY_NONE ||
        visit->setup->policy.confirm == CONFIRM_EVERYBODY ||
        offer_service_obstacle(visit_situation(visit), usual) != NOTICE_NONE)
        return next;
    session->service = usual;
    return next_ask(QUESTION_ACCOUNT);
}

const struct screen_ops welcome_screen = {
    .rule = {.screen = SCREEN_WELCOME,
             .hears = HEARS_ALWAYS | HEARS_CODES,
             .touches = TAKES_ALWAYS | TAKES(NEXT) | TAKES(SERVICE) | TAKES(STAFF),
             .back = SCREEN_WELCOME,
             .timeout = SCREEN_WELCOME,
             .idle = IDLE_AT_REST,
             .arm = ARM_IDENTIFY},
    .touch = welcome_touch,
    .code = welcome_code};

const struct screen_ops service_screen = {
    .rule = {.screen = SCREEN_SERVICE,
             .hears = HEARS_ALWAYS | HEARS_CODES,
             .touches = TAKES_ALWAYS | TAKES(BACK) | TAKES(SERVICE),
             .back = SCREEN_WELCOME,
             .timeout = SCREEN_WELCOME,
             .arm = ARM_IDENTIFY},
    .touch = welcome_touch,
    .code = who_code};
