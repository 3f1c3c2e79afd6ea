#include "app/core/clock_watch.h"

#define SECOND_MS INT64_C(1000)
/* Until three comparisons agree, and while they say that the clock is wrong: somebody may be
 * setting it just now. A platform that is not reached is asked again as often as a journal that
 * failed is tried. */
#define SOON_MS INT64_C(2000)
#define WRONG_MS INT64_C(30000)
#define SILENT_MS INT64_C(60000)

void clock_watch_begin(struct terminal *terminal, const struct core_setup *setup, struct now now) {
    terminal->clock = (struct clock_check){.state = CLOCK_UNKNOWN};
    terminal->clock_request = 0;
    terminal->clock_next_mono_ms = setup->compares_clock ? now.mono_ms : INT64_MAX;
}

void clock_watch_tick(struct visit *visit) {
    struct terminal *terminal = visit->terminal;

    if (terminal->clock_request != 0 || visit->now.mono_ms < terminal->clock_next_mono_ms)
        return;
    struct effect *effect = visit_effect(visit, EFFECT_SEND);
    effect->number = book_take_number(visit->book);
    effect->to = (struct address){ADDRESS_TERMINAL, 0};
    effect->of.send.verb = VERB_CLOCK;
    effect->of.send.timeout_ms = visit->setup->limits.answer_ms;
    terminal->clock_request = effect->number;
}

static int64_t pause_ms(const struct visit *visit, bool told) {
    const struct clock_check *check = &visit->terminal->clock;
    int64_t longest_ms = visit->setup->limits.clock_ms;
    int64_t ms = longest_ms;

    if (!told)
        ms = SILENT_MS;
    else if (!check->agreed)
        ms = SOON_MS;
    else if (check->state == CLOCK_WRONG)
        ms = WRONG_MS;
    return ms < longest_ms ? ms : longest_ms;
}

static void compare_clock(struct visit *visit, int64_t ahead_ms) {
    struct clock_check *check = &visit->terminal->clock;
    bool was_wrong = check->state == CLOCK_WRONG;
    bool was_unproven = check->state == CLOCK_UNKNOWN && visit->setup->clock_unproven;

    if (!clock_check_hear(check, ahead_ms))
        return;
    bool wrong = check->state == CLOCK_WRONG;
    if (wrong != was_wrong || was_unproven)
        visit->session->revision++; /* what is offered shows it */
    visit_effect(visit, EFFECT_LOG)->of.log.word = wrong ? LOG_CLOCK_WRONG : LOG_CLOCK_RIGHT;
}

bool clock_watch_answer(struct visit *visit, const struct event_answer *answer) {
    struct terminal *terminal = visit->terminal;

    if (answer->tells_time)
        compare_clock(visit, answer->clock_ahead_s * SECOND_MS);
    if (answer->request == 0 || answer->request != terminal->clock_request)
        return false;
    terminal->clock_request = 0;
    terminal->clock_next_mono_ms = visit->now.mono_ms + pause_ms(visit, answer->tells_time);
    return true;
}

int64_t clock_watch_deadline(const struct terminal *terminal) {
    return terminal->clock_request != 0 ? INT64_MAX : terminal->clock_next_mono_ms;
}
