/* A patient's e-insurance code where the region's gateway decodes it: the gateway is asked before
 * anything is opened, and the bill is paid with what the code stands for. Until it answers any
 * other way may be chosen: then its answer is nobody's. */
#include <string.h>

#include "app/core/desk/parts.h"
#include "app/core/terms/copy.h"

void desk_ask_gateway(struct desk_turn turn) {
    struct desk_window *window = turn.window;
    struct effect *effect = desk_add_effect(turn.book.out, 0);
    effect->kind = EFFECT_SEND;
    effect->to = (struct address){ADDRESS_VISIT, 0}; /* the patient before the window */
    effect->number = window->payment.decode_request = book_take_number(turn.book.book);
    effect->of.send.verb = VERB_DECODE;
    effect->of.send.timeout_ms = turn.book.setup->limits.account_ms;
    window->gateway = DESK_GATEWAY_ASKED;
    window->revision++;
}

bool desk_window_decoded(struct desk_turn turn, const struct event_answer *answer) {
    struct desk_window *window = turn.window;
    struct desk_payment *payment = &window->payment;
    if (payment->decode_request == 0 || payment->decode_request != answer->request)
        return false;
    bool good = answer->outcome == OUTCOME_ACCEPTED && answer->in_no[0] != '\0';
    desk_forget_code(window);
    window->revision++;
    if (!good) {
        window->gateway =
            answer->outcome == OUTCOME_DECLINED ? DESK_GATEWAY_REFUSED : DESK_GATEWAY_DOWN;
        return true;
    }
    text_copy(payment->pay_code, sizeof payment->pay_code, answer->in_no);
    desk_choose(turn, DESK_WAY_INSURED);
    return true;
}
