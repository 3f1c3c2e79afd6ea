/* OWN_PART: the insurance has settled its part of the bill; the patient chooses how to pay the
 * rest. Who leaves, or chooses nothing in time, gets the insurance's part back. */
#include "app/core/order/shares.h"
#include "app/core/visit/payment.h"
#include "app/core/visit/screen.h"

/* The insurance's own code is not the one that is scanned now. */
static struct next choose_own_way(struct visit *visit, enum channel way) {
    struct session *session = visit->session;

    session->choice.channel = way;
    session->documents[DOCUMENT_PAY_LINK] = NULL;
    book_choose_way(visit_turn(visit), session->payment.slot, way);
    return next_wait(WAITING_PLACING);
}

/* Where there is one way only, there is nothing to choose. */
static struct next own_part_enter(struct visit *visit) {
    enum channel only = CHANNEL_NONE;
    int count = 0;

    for (enum channel way = CHANNEL_NONE + 1; way < CHANNEL_COUNT; way++)
        if (offer_own_way(visit_situation(visit), way)) {
            count++;
            only = way;
        }
    bool free = offer_channel_obstacle(visit_situation(visit), only) == NOTICE_NONE;
    return count == 1 && free ? choose_own_way(visit, only) : next_stay();
}

static struct next own_part_touch(struct visit *visit, struct touch touch) {
    struct situation at = visit_situation(visit);

    if (touch.kind == TOUCH_CANCEL)
        return payment_cancel(visit);
    if (visit_order(visit) == NULL || touch.n <= CHANNEL_NONE || touch.n >= CHANNEL_COUNT ||
        !offer_own_way(at, (enum channel)touch.n))
        return next_stay();
    enum notice notice = offer_channel_obstacle(at, (enum channel)touch.n);
    return notice == NOTICE_NONE ? choose_own_way(visit, (enum channel)touch.n)
                                 : next_tell(SCREEN_OWN_PART, notice);
}

const struct screen_ops own_part_screen = {
    .rule = {.screen = SCREEN_OWN_PART,
             .hears = HEARS_ALWAYS | HEARS_ORDER,
             .touches = TAKES_ALWAYS | TAKES(CHANNEL) | TAKES(CANCEL),
             .back = SCREEN_OWN_PART,
             .timeout = SCREEN_RESULT,
             .idle = IDLE_NEVER,
             .step = 3,
             .money_touches = TAKES(CHANNEL) | TAKES(CANCEL)},
    .enter = own_part_enter,
    .touch = own_part_touch,
    .follow = payment_follow};
