/* The engine of a visit: shows screens, asks, waits and ends as their handlers say. */
#include "app/core/visit/visit.h"

#include <string.h>

#include "app/core/order/shares.h"
#include "app/core/terms/copy.h"
#include "app/core/visit/flows.h"
#include "app/core/visit/looking_back.h"
#include "app/core/visit/payment.h"
#include "app/core/visit/take.h"

#define BIT(kind) (1u << (kind))

static const struct screen_ops *shown_ops(const struct visit *visit) {
    return screen_ops(visit->session->screen);
}

/* The handlers of the screen, or of the one that help covers. */
static const struct screen_ops *base_ops(const struct visit *visit) {
    return screen_ops(session_base(visit->session));
}

bool visit_at_rest(const struct session *session) {
    return screen_rule(session->screen)->idle == IDLE_AT_REST;
}

void visit_begin(struct visit *visit) {
    struct session *session = visit->session;
    bool closed = visit->terminal->out_of_service || !book_journal_usable(visit->book);

    session_reset(session);
    session->screen = closed ? SCREEN_OUT_OF_SERVICE : SCREEN_WELCOME;
    session->language = visit->setup->language;
    session->since_mono_ms = visit->now.mono_ms;
    session->touched_mono_ms = visit->now.mono_ms;
}

static void quit_program(struct visit *visit) {
    visit_begin(visit);
    visit_effect(visit, EFFECT_WIPE);
    visit_effect(visit, EFFECT_QUIT);
}

/* Overwrites the whole visit. Its order lives on; an unpaid one is cancelled. The patient is
 * reminded of what they left before the next one sees the first screen. */
static struct next end_visit(struct visit *visit, enum notice notice) {
    struct visit_left left = take_left_behind(visit);
    enum language language = visit->session->language;
    struct wishes wishes = visit->session->wishes;

    if (visit->session->payment.slot >= 0)
        book_cancel(visit_turn(visit), visit->session->payment.slot);
    visit_begin(visit);
    visit_effect(visit, EFFECT_WIPE);
    visit->session->notice = notice;
    if (!take_any(&left))
        return next_stay();
    left.notice = notice;
    visit->session->left = left;
    visit->session->language = language;
    visit->session->wishes = wishes;
    return next_show(SCREEN_TAKE);
}

/* Enters a screen: notice, warning and page begin anew. */
static struct next show_screen(struct visit *visit, enum screen screen, enum notice notice) {
    struct session *session = visit->session;
    struct next next = next_stay();

    session->screen = screen;
    session->since_mono_ms = visit->now.mono_ms;
    visit_alive(visit);
    session->notice = NOTICE_NONE;
    session->page = 0;
    if (shown_ops(visit)->enter != NULL)
        next = shown_ops(visit)->enter(visit);
    if (notice != NOTICE_NONE)
        session->notice = notice;
    return next;
}

static struct next tell_notice(struct visit *visit, enum screen screen, enum notice notice) {
    if (visit->session->screen != screen)
        return show_screen(visit, screen, notice);
    visit->session->notice = notice;
    return next_stay();
}

static struct next show_waiting(struct visit *visit, enum waiting_for waiting) {
    visit->session->waiting = waiting;
    return show_screen(visit, SCREEN_WAITING, NOTICE_NONE);
}

/* The claim that a question is about; 0 where it is about the whole order. */
static int asked_claim(const struct session *session, enum visit_question question) {
    switch (question) {
    case QUESTION_GUIDANCE:
        return session->payment.advised;
    case QUESTION_STANDS:
        return session->giving_back.plan.steps[session->giving_back.step].claim;
    default:
        return 0;
    }
}

static struct next ask_question(struct visit *visit, enum visit_question question) {
    const struct question_row *row = question_row(question);
    struct session *session = visit->session;
    struct effect *effect = visit_effect(visit, EFFECT_SEND);

    effect->number = book_take_number(visit->book);
    effect->of.send.verb = row->verb;
    effect->of.send.timeout_ms = visit->setup->limits.account_ms;
    if (row->of_order) {
        const struct order *order = visit_order(visit);
        effect->to = (struct address){ADDRESS_ORDER, session->payment.slot};
        effect->leg = (int8_t)(order_shown_leg(order) - order->legs);
        effect->claim = (int8_t)asked_claim(session, question);
    }
    session->request = effect->number;
    session->question = question;
    return row->waits ? show_waiting(visit, row->waiting) : next_stay();
}

/* Gives the answer to the screen that asked. */
static struct next give_answer(struct visit *visit, const struct event *event) {
    enum visit_question question = visit->session->question;

    session_stop_asking(visit->session);
    return screen_ops(question_row(question)->asker)->answer(visit, question, event);
}

static struct next give_silence(struct visit *visit) {
    const struct event silence = {.kind = EVENT_ANSWER,
                                  .of.answer = {.outcome = OUTCOME_UNKNOWN, .reached = true}};

    return give_answer(visit, &silence);
}

static void uncover_screen(struct visit *visit) {
    visit->session->screen = visit->session->help_back;
    visit->session->since_mono_ms = visit->now.mono_ms;
}

static struct next take_step(struct visit *visit, struct next next) {
    switch (next.kind) {
    case NEXT_STAY:
        break;
    case NEXT_SHOW:
        return show_screen(visit, next.screen, next.notice);
    case NEXT_TELL:
        return tell_notice(visit, next.screen, next.notice);
    case NEXT_WAIT:
        return show_waiting(visit, next.waiting);
    case NEXT_ASK:
        return ask_question(visit, next.question);
    case NEXT_SILENCE:
        return give_silence(visit);
    case NEXT_UNCOVER:
        uncover_screen(visit);
        break;
    case NEXT_END:
        return end_visit(visit, next.notice);
    case NEXT_QUIT:
        quit_program(visit);
        break;
    }
    return next_stay();
}

void visit_go(struct visit *visit, struct next next) {
    while (next.kind != NEXT_STAY)
        next = take_step(visit, next);
}

/* The covered screen keeps its page and its notice. */
static struct next cover_with_help(struct visit *visit) {
    struct session *session = visit->session;

    if (session->screen == SCREEN_HELP)
        return next_stay();
    session->help_back = session->screen;
    session->screen = SCREEN_HELP;
    session->since_mono_ms = visit->now.mono_ms;
    return next_stay();
}

static struct next touch_screen(struct visit *visit, const struct screen_ops *ops,
                                struct touch touch) {
    return ops->touch != NULL ? ops->touch(visit, touch) : next_stay();
}

/* An undecided payment is cancelled first; else the visit ends. */
static struct next go_home(struct visit *visit) {
    const struct screen_rule *rule = screen_rule_of(visit->session);

    if (flow_of(visit->session)->undecided(visit->session))
        return touch_screen(visit, base_ops(visit), (struct touch){TOUCH_CANCEL, 0});
    return rule->idle == IDLE_AT_REST ? next_show(rule->screen) : next_end(NOTICE_NONE);
}

static struct next go_back(struct visit *visit) {
    const struct screen_ops *ops = shown_ops(visit);

    return ops->back != NULL ? ops->back(visit) : next_show(ops->rule.back);
}

static struct next go_to_staff(struct visit *visit) {
    if (!visit->setup->has_staff_pin)
        return next_stay();
    session_forget_staff(visit->session);
    return next_show(SCREEN_STAFF);
}

/* A page holds another number of rows then: it begins anew. */
static void take_wish(struct session *session, enum touch_kind kind) {
    bool *wish = kind == TOUCH_LARGER ? &session->wishes.elder
                 : kind == TOUCH_LOW  ? &session->wishes.low
                                      : &session->wishes.dark;

    *wish = !*wish;
    if (kind != TOUCH_DARK)
        session->page = 0;
}

static struct next take_touch(struct visit *visit, struct touch touch) {
    struct session *session = visit->session;

    switch (touch.kind) {
    case TOUCH_LANG:
        session->language = session->language == LANGUAGE_ZH ? LANGUAGE_EN : LANGUAGE_ZH;
        return next_stay();
    case TOUCH_LARGER:
    case TOUCH_LOW:
    case TOUCH_DARK:
        take_wish(session, touch.kind);
        return next_stay();
    case TOUCH_HELP:
        return cover_with_help(visit);
    case TOUCH_HOME:
        return go_home(visit);
    case TOUCH_BACK:
        return go_back(visit);
    case TOUCH_STAFF:
        return go_to_staff(visit);
    case TOUCH_EXTEND:
        return next_stay(); /* visit_alive has done it */
    default:
        return touch_screen(visit, shown_ops(visit), touch);
    }
}

/* Every touch and key goes through here. The guard of money buttons counts from when the finger
 * came down, so that a finger resting on the glass pays nothing. */
static void accept_touch(struct visit *visit, struct touch touch, uint32_t held_ms) {
    struct session *session = visit->session;
    struct situation down = visit_situation(visit); /* as it was when the finger came down */
    bool warned = session->warning;

    down.now = (struct now){visit->now.wall_ms - held_ms, visit->now.mono_ms - held_ms};
    visit_alive(visit);
    if ((unsigned)touch.kind >= TOUCH_KIND_COUNT)
        return;
    if (warned && touch.kind != TOUCH_HOME) /* the warning covered the button */
        return;
    if (session->payment.counting && touch.kind != TOUCH_HOME) { /* wherever it is: no, not this */
        visit_go(visit, go_back(visit));
        return;
    }
    if ((screen_rule(session->screen)->touches & BIT(touch.kind)) == 0)
        return;
    if (touch.kind == TOUCH_BACK && !offer_back(visit_situation(visit)))
        return;
    if (offer_guard_left_ms(down, touch) > 0)
        return;
    visit_go(visit, take_touch(visit, touch));
}

/* Takes a touch only if the frame it was made on is still the one shown. */
static void hear_touch(struct visit *visit, const struct event_touch *touch) {
    const struct session *session = visit->session;

    if (touch->screen == session->screen && touch->revision == session->revision)
        accept_touch(visit, touch->touch, touch->held_ms);
}

static void hear_key(struct visit *visit, char key) {
    const struct session *session = visit->session;
    bool typing = (screen_rule(session->screen)->touches & TAKES(KEY)) != 0 &&
                  (session->screen != SCREEN_STAFF || staff_page_types(session->staff.page));

    if (key >= 'a' && key <= 'z')
        key = (char)(key - 'a' + 'A');
    if (key == '\n')
        accept_touch(visit, (struct touch){TOUCH_NEXT, 0}, 0);
    else if (key == 0x1b)
        accept_touch(visit, (struct touch){TOUCH_BACK, 0}, 0);
    else if (typing || session->payment.counting)
        accept_touch(visit, (struct touch){TOUCH_KEY, key}, 0);
}

static void hear_code(struct visit *visit, const struct event *event) {
    if (visit->session->warning) /* it covered the sum: a code pays nothing yet */
        visit->session->choice.sum_mono_ms = visit->now.mono_ms;
    visit_alive(visit);
    if (shown_ops(visit)->code != NULL)
        visit_go(visit, shown_ops(visit)->code(visit, event));
}

/* Hears a patient's event if the screen's rule allows it. */
static void hear_patient(struct visit *visit, const struct event *event) {
    if ((screen_rule(visit->session->screen)->hears & BIT(event->kind)) == 0)
        return;
    if (event->kind == EVENT_TOUCH)
        hear_touch(visit, &event->of.touch);
    else if (event->kind == EVENT_TEXT)
        hear_key(visit, event->of.text.key);
    else
        hear_code(visit, event);
}

/* Gives the answer of printer or shell to the screen that asked, if it is still there. */
static void hear_helper(struct visit *visit, const struct event *event, enum screen screen) {
    if (session_base(visit->session) == screen)
        visit_go(visit, screen_ops(screen)->answer(visit, QUESTION_NONE, event));
}

void visit_hear(struct visit *visit, const struct event *event) {
    switch (event->kind) {
    case EVENT_TOUCH:
    case EVENT_TEXT:
    case EVENT_SCAN:
    case EVENT_CARD:
        hear_patient(visit, event);
        break;
    case EVENT_PRINTED:
        hear_helper(visit, event, SCREEN_RESULT);
        break;
    case EVENT_STAFF:
        hear_helper(visit, event, SCREEN_STAFF);
        break;
    case EVENT_PROGRESS:
        payment_progress(visit, &event->of.progress);
        break;
    case EVENT_DEVICE:
        visit->session->revision++; /* devices are shown on most screens */
        visit_go(visit, take_hear_device(visit, event->of.device.role));
        break;
    default:
        break; /* not for the visit */
    }
}

bool visit_awaits(const struct session *session, uint32_t request) {
    return request != 0 && request == session->request;
}

void visit_answer(struct visit *visit, const struct event *event) {
    visit_go(visit, give_answer(visit, event));
}

/* A bill of this patient's list that was paid here: the order's own numbers of the person are gone
 * since it was settled. */
static bool is_of_list(const struct session *session, const struct recheck *recheck) {
    struct patient_keys keys = session_patient_keys(session);

    return session_account(session) != NULL &&
           patient_keys_meet(&recheck->order.person.keys, &keys);
}

void visit_recheck(struct visit *visit, const struct recheck *recheck) {
    bool listed = recheck->kind == RECHECK_LISTED;

    if (listed && !is_of_list(visit->session, recheck))
        return;
    book_recheck(visit_turn(visit), recheck);
    int slot = book_find(visit->book, recheck->order.no);
    if (listed && slot >= 0)
        looking_back_name_person(visit, &visit->book->orders[slot]);
}

/* The claim that waits for this answer, or PART_NONE; must be read before the order takes the
 * answer. */
static int claim_of_request(const struct order *order, uint32_t request) {
    for (int i = 0; i < order->claim_count; i++)
        if (order->run.claim[i].request == request)
            return i;
    for (int i = 0; i < order->leg_count; i++) /* a pushed bill is asked about for its leg */
        if (order->run.leg[i].request == request && order->run.leg[i].verb == VERB_ASK_CREDIT)
            return order_first_claim(order, i);
    return PART_NONE;
}

static void keep_document(struct session *session, int claim, const struct document *document) {
    if (document_if(document, DOCUMENT_PAY_LINK) != NULL)
        session_keep(session, document);
    else if (document_if(document, DOCUMENT_GUIDANCE) != NULL && claim != PART_NONE)
        session->guidance[claim] = (const struct guidance *)document;
}

void visit_order_answer(struct visit *visit, int slot, const struct event_answer *answer) {
    struct session *session = visit->session;
    int claim = claim_of_request(&visit->book->orders[slot], answer->request);

    if (slot == session->payment.slot && !payment_code_is_wrong(visit, answer))
        keep_document(session, claim, answer->document);
    book_answer(visit_turn(visit), slot, answer);
    if (slot == session->payment.slot || session->screen == SCREEN_RECORDS)
        session->revision++;
}

void visit_before(struct visit *visit, struct session *before) {
    payment_wipe_sent_code(visit);
    memcpy(before, visit->session, sizeof *before);
}

static void follow_order(struct visit *visit) {
    const struct screen_ops *ops = base_ops(visit);

    if (ops->follow != NULL)
        visit_go(visit, ops->follow(visit));
}

static void arm_readers(struct visit *visit) {
    enum arm wanted = screen_rule(visit->session->screen)->arm;

    if (wanted == visit->session->armed)
        return;
    visit->session->armed = wanted;
    visit_effect(visit, EFFECT_ARM)->of.arm.arm = wanted;
}

/* Anything changed but the sign of life: a new revision. */
static void note_change(struct session *session, struct session *before) {
    before->touched_mono_ms = session->touched_mono_ms;
    if (before->revision == session->revision && memcmp(before, session, sizeof *before) != 0)
        session->revision++;
    text_wipe(before, sizeof *before);
}

void visit_after(struct visit *visit, struct session *before) {
    follow_order(visit);
    arm_readers(visit);
    note_change(visit->session, before);
}
