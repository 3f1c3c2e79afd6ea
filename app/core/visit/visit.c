#include "app/core/visit/parts.h"
#include "app/core/visit/screens.h"

#include <string.h>

#define BIT(kind) (1u << (kind))

struct effect *visit_effect(struct visit *visit, enum effect_kind kind) {
    if (visit->out->count == EFFECTS_MAX)
        __builtin_trap();
    struct effect *effect = &visit->out->items[visit->out->count++];
    *effect = (struct effect){.kind = kind,
                              .slot = SLOT_SESSION,
                              .leg = PART_NONE,
                              .claim = PART_NONE,
                              .refund = PART_NONE};
    return effect;
}

void visit_begin(struct visit *visit) {
    struct session *session = visit->session;
    bool closed = visit->terminal->out_of_service || !visit->book->journal_ok;

    session_reset(session);
    session->screen = closed ? SCREEN_OUT_OF_SERVICE : SCREEN_WELCOME;
    session->language = visit->setup->language;
    session->since_mono_ms = visit->now.mono_ms;
    session->touched_mono_ms = visit->now.mono_ms;
}

void session_end(struct visit *visit) {
    int slot = visit->session->payment.slot;

    if (slot >= 0)
        book_cancel(visit_turn(visit), slot);
    visit_begin(visit);
    visit_effect(visit, EFFECT_WIPE);
}

void session_quit(struct visit *visit) {
    visit_begin(visit);
    visit_effect(visit, EFFECT_WIPE);
    visit_effect(visit, EFFECT_QUIT);
}

void session_show(struct visit *visit, enum screen screen) {
    struct session *session = visit->session;

    session->screen = screen;
    session->since_mono_ms = visit->now.mono_ms;
    session_alive(visit);
    session->notice = NOTICE_NONE;
    session->page = 0;
    session->giving_back.asked = false;
    if (screen == SCREEN_SERVICE || screen == SCREEN_IDENTIFY)
        session_forget_person(session);
}

void session_alive(struct visit *visit) {
    visit->session->touched_mono_ms = visit->now.mono_ms;
    visit->session->warning = false;
}

void session_refuse(struct visit *visit, enum screen screen, enum notice notice) {
    if (visit->session->screen != screen)
        session_show(visit, screen);
    visit->session->notice = notice;
}

static void choose_service(struct visit *visit, int service) {
    if (service <= SERVICE_NONE || service >= SERVICE_COUNT)
        return;
    enum notice obstacle = offer_service_obstacle(visit_situation(visit), (enum service)service);
    if (obstacle != NOTICE_NONE) {
        visit->session->notice = obstacle;
        return;
    }
    visit->session->service = (enum service)service;
    identify_begin(visit);
}

static void abandon_question(struct visit *visit) {
    enum waiting_for waiting = visit->session->waiting;

    visit->session->request = 0;
    if (waiting == WAITING_PLACING)
        session_show(visit, SCREEN_CHANNEL);
    else
        session_show(visit, SCREEN_IDENTIFY);
    text_wipe(visit->session->payment.pay_code, sizeof visit->session->payment.pay_code);
}

static void touch_cancel(struct visit *visit) {
    if (visit->session->payment.slot >= 0)
        pay_cancel(visit);
    else if (visit->session->screen == SCREEN_PAY_CODE)
        session_show(visit, SCREEN_CHANNEL);
    else if (visit->session->request != 0)
        abandon_question(visit);
}

static void touch_home(struct visit *visit) {
    enum screen base = session_base(visit->session);

    if (pay_undecided(visit_situation(visit)))
        pay_cancel(visit);
    else if (base == SCREEN_WELCOME || base == SCREEN_OUT_OF_SERVICE)
        session_show(visit, base);
    else
        session_end(visit);
}

/* Nothing of the screen below is lost: not its page, not its notice. */
static void touch_help(struct visit *visit) {
    struct session *session = visit->session;

    if (session->screen == SCREEN_HELP)
        return;
    session->help_back = session->screen;
    session->screen = SCREEN_HELP;
    session->since_mono_ms = visit->now.mono_ms;
}

static void leave_help(struct visit *visit) {
    visit->session->screen = visit->session->help_back;
    visit->session->since_mono_ms = visit->now.mono_ms;
}

static void touch_back(struct visit *visit) {
    const struct session *session = visit->session;
    enum screen back = screen_rule(session->screen)->back;
    const struct account *account = session_account(session);

    if (session->screen == SCREEN_HELP) {
        leave_help(visit);
        return;
    }
    if (session->screen == SCREEN_BILL) {
        bill_close(visit);
        return;
    }
    if (session->screen == SCREEN_STAFF) {
        staff_back(visit);
        return;
    }
    if (pay_undecided(visit_situation(visit))) {
        pay_cancel(visit);
        return;
    }
    if (session->screen == SCREEN_RESULT) {
        session_forget_order(visit->session);
        records_begin(visit);
        return;
    }
    if (session->service == SERVICE_REFUND &&
        (session->screen == SCREEN_AMOUNT || session->giving_back.asked))
        back = SCREEN_RECORDS;
    else if (session->screen == SCREEN_KEYPAD && session->field == FIELD_LAST4)
        back = SCREEN_CONFIRM;
    else if (session->screen == SCREEN_CONFIRM && account != NULL && account->card_count > 1)
        back = SCREEN_CARDS;
    else if (session->screen == SCREEN_CHANNEL && session->service == SERVICE_DEPOSIT)
        back = SCREEN_AMOUNT;
    session_show(visit, back);
}

static void touch_screen(struct visit *visit, struct touch touch) {
    switch (visit->session->screen) {
    case SCREEN_WELCOME:
    case SCREEN_SERVICE:
        if (touch.kind == TOUCH_SERVICE)
            choose_service(visit, touch.n);
        else
            session_show(visit, SCREEN_SERVICE);
        break;
    case SCREEN_IDENTIFY:
        keypad_open(visit, FIELD_CARD_NO);
        break;
    case SCREEN_KEYPAD:
        keypad_touch(visit, touch);
        break;
    case SCREEN_CARDS:
        cards_touch(visit, touch);
        break;
    case SCREEN_CONFIRM:
        confirm_touch(visit, touch);
        break;
    case SCREEN_BILLS:
        bills_touch(visit, touch);
        break;
    case SCREEN_BILL:
        bill_touch(visit, touch);
        break;
    case SCREEN_AMOUNT:
        amount_touch(visit, touch);
        break;
    case SCREEN_CHANNEL:
        channel_touch(visit, touch);
        break;
    case SCREEN_RESULT:
        result_touch(visit, touch);
        break;
    case SCREEN_RECORDS:
        records_touch(visit, touch);
        break;
    case SCREEN_HELP:
        leave_help(visit);
        break;
    case SCREEN_STAFF:
        staff_touch(visit, touch);
        break;
    case SCREEN_PAY_QR:
    case SCREEN_PAY_CODE:
    case SCREEN_WAITING:
    case SCREEN_OUT_OF_SERVICE:
    case SCREEN_COUNT:
        break; /* nothing beyond the touches of every screen */
    }
}

static void hear_touch(struct visit *visit, struct touch touch) {
    struct session *session = visit->session;

    switch (touch.kind) {
    case TOUCH_LANG:
        session->language = session->language == LANGUAGE_ZH ? LANGUAGE_EN : LANGUAGE_ZH;
        break;
    case TOUCH_HELP:
        touch_help(visit);
        break;
    case TOUCH_HOME:
        touch_home(visit);
        break;
    case TOUCH_BACK:
        touch_back(visit);
        break;
    case TOUCH_CANCEL:
        touch_cancel(visit);
        break;
    case TOUCH_STAFF:
        staff_open(visit);
        break;
    case TOUCH_EXTEND:
        break; /* it was a sign of life: done already */
    default:
        touch_screen(visit, touch);
        break;
    }
}

/* Everything a patient does comes through here, from glass or keys. What is guarded must have been
 * touched late enough: a finger that only stays down does not count. */
static void accept_touch(struct visit *visit, struct touch touch, uint32_t held_ms) {
    struct session *session = visit->session;
    struct situation down = visit_situation(visit); /* when the finger came down */
    bool warned = session->warning;

    down.now = (struct now){visit->now.wall_ms - held_ms, visit->now.mono_ms - held_ms};
    session_alive(visit);
    if ((unsigned)touch.kind >= TOUCH_KIND_COUNT)
        return;
    if (warned && touch.kind != TOUCH_HOME) /* the warning covered what was touched */
        return;
    if ((screen_rule(session->screen)->touches & BIT(touch.kind)) == 0)
        return;
    if (touch.kind == TOUCH_BACK && !offer_back(visit_situation(visit)))
        return;
    if (offer_guard_left_ms(down, touch) > 0)
        return;
    hear_touch(visit, touch);
}

void session_touch(struct visit *visit, const struct event_touch *touch) {
    const struct session *session = visit->session;

    if (touch->screen != session->screen || touch->revision != session->revision)
        return;
    accept_touch(visit, touch->touch, touch->held_ms);
}

void session_text(struct visit *visit, char key) {
    enum screen screen = visit->session->screen;
    bool typing = screen == SCREEN_KEYPAD || screen == SCREEN_AMOUNT || staff_types(visit->session);

    if (key >= 'a' && key <= 'z')
        key = (char)(key - 'a' + 'A');
    if (key == '\n')
        accept_touch(visit, (struct touch){TOUCH_NEXT, 0}, 0);
    else if (key == 0x1b)
        accept_touch(visit, (struct touch){TOUCH_BACK, 0}, 0);
    else if (typing)
        accept_touch(visit, (struct touch){TOUCH_KEY, key}, 0);
}
