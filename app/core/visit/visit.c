/* The engine of a visit: shows screens, asks, waits and ends as their handlers say. */
#include "app/core/visit/visit.h"

#include <string.h>

#include "app/core/order/shares.h"
#include "app/core/terms/copy.h"
#include "app/core/visit/looking_back.h"
#include "app/core/visit/payment.h"
#include "app/core/visit/take.h"

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
    if (screen_ops(visit->session->screen)->enter != NULL)
        next = screen_ops(visit->session->screen)->enter(visit);
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
    const struct screen_ops *ops = screen_ops(session_base(visit->session));

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
