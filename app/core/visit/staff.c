/* STAFF: a PIN, then pages. Nothing here moves money: a resolution records what a person did. */
#include "app/core/terms/copy.h"
#include "app/core/terms/staff_tries.h"
#include "app/core/visit/screen.h"
#include "app/core/visit/typing.h"

#define PIN_KEYS_MAX 12

void staff_lock_begin(struct terminal *terminal, const struct core_setup *setup, struct now now) {
    int64_t left_ms = setup->staff_pause_ms < PIN_PAUSE_MS ? setup->staff_pause_ms : PIN_PAUSE_MS;

    terminal->staff_tries = setup->staff_tries;
    terminal->staff_pause_mono_ms = now.mono_ms + left_ms;
}

static struct next staff_enter(struct visit *visit) {
    text_wipe(visit->session->typed, sizeof visit->session->typed);
    return next_stay();
}

static struct next show_page(struct session *session, enum staff_page page) {
    session->staff.page = page;
    session->staff.request = 0;
    return next_show(SCREEN_STAFF);
}

static struct effect *ask_shell(struct visit *visit, enum staff_ask what) {
    struct effect *effect = visit_effect(visit, EFFECT_STAFF);

    effect->number = book_take_number(visit->book);
    effect->of.staff.ask = what;
    visit->session->staff.request = effect->number;
    return effect;
}

static struct next show_cases(struct visit *visit) {
    struct next next = show_page(visit->session, STAFF_CASES);

    visit->session->documents[DOCUMENT_STAFF_CASES] = NULL;
    ask_shell(visit, STAFF_ASK_CASES);
    return next;
}

static struct next open_case_file(struct visit *visit, int n) {
    const struct staff_cases *cases = session_staff_cases(visit->session);

    if (cases == NULL || n < 1 || n > cases->count)
        return next_stay();
    visit->session->staff.chosen = cases->rows[n - 1];
    visit->session->documents[DOCUMENT_STAFF_FILE] = NULL;
    struct next next = show_page(visit->session, STAFF_CASE);
    ask_shell(visit, STAFF_ASK_CASE);
    return next;
}

static struct next tell_staff(struct session *session, enum notice notice) {
    session->notice = notice;
    return next_stay();
}

static struct next pin_next(struct visit *visit) {
    struct staff_try try;

    if (!staff_tries_begin(visit->terminal, visit->now, &try)) {
        text_wipe(visit->session->typed, sizeof visit->session->typed);
        return tell_staff(visit->session, NOTICE_STAFF_PAUSE);
    }
    struct effect *effect = ask_shell(visit, STAFF_ASK_PIN);
    effect->of.staff.tries = try.tries;
    effect->of.staff.pause_ms = try.pause_ms;
    return next_stay();
}

/* Who did it stands in the log. */
static void log_act(struct visit *visit, enum log_word word) {
    struct effect *effect = visit_effect(visit, EFFECT_LOG);

    effect->of.log.word = word;
    effect->of.log.person = visit->session->staff.person;
}

static struct next menu_pick(struct visit *visit, int item) {
    switch (item) {
    case STAFF_ITEM_CASES:
        return show_cases(visit);
    case STAFF_ITEM_DEVICES:
        return show_page(visit->session, STAFF_DEVICES);
    case STAFF_ITEM_SERVICE:
        visit->terminal->out_of_service = !visit->terminal->out_of_service;
        log_act(visit, visit->terminal->out_of_service ? LOG_STAFF_CLOSED : LOG_STAFF_OPENED);
        visit->session->revision++; /* the menu shows the new state */
        break;
    case STAFF_ITEM_STOP:
        return show_page(visit->session, STAFF_STOP);
    default:
        break;
    }
    return next_stay();
}

static struct next case_next(struct visit *visit) {
    bool read = session_staff_file(visit->session) != NULL;

    return read ? show_page(visit->session, STAFF_REASON) : next_stay();
}

static struct next reason_pick(struct visit *visit, int n) {
    if (n <= RESOLUTION_NONE || n >= RESOLUTION_COUNT)
        return next_stay();
    visit->session->staff.resolution = (enum resolution)n;
    return show_page(visit->session, STAFF_NOTE);
}

static struct next note_next(struct visit *visit) {
    struct visit_staff *staff = &visit->session->staff;

    if (staff->resolution == RESOLUTION_OTHER && visit->session->typed[0] == '\0')
        return tell_staff(visit->session, NOTICE_STAFF_NOTE);
    text_copy(staff->note, sizeof staff->note, visit->session->typed);
    ask_shell(visit, STAFF_ASK_RESOLVE);
    return next_stay();
}

/* Of the rows only the keypad leads further. */
static struct next devices_pick(struct visit *visit, int n) {
    return n == ROLE_KEYPAD + 1 ? show_page(visit->session, STAFF_KEYS) : next_stay();
}

/* Enter works: what was typed gives way to the next try. */
static struct next keys_next(struct visit *visit) {
    text_wipe(visit->session->typed, sizeof visit->session->typed);
    return next_stay();
}

static struct next stop_next(struct visit *visit) {
    log_act(visit, LOG_STAFF_QUIT);
    return (struct next){.kind = NEXT_QUIT};
}

/* The pages: where `back` leads, what NEXT and picking a row do. */
static const struct {
    bool leaves; /* `back` ends the visit */
    enum staff_page parent;
    struct next (*next)(struct visit *visit);
    struct next (*pick)(struct visit *visit, int n);
} pages[STAFF_PAGE_COUNT] = {
    [STAFF_PIN] = {.leaves = true, .next = pin_next},
    [STAFF_MENU] = {.leaves = true, .pick = menu_pick},
    [STAFF_CASES] = {.parent = STAFF_MENU},
    [STAFF_CASE] = {.parent = STAFF_CASES, .next = case_next},
    [STAFF_REASON] = {.parent = STAFF_CASE, .pick = reason_pick},
    [STAFF_NOTE] = {.parent = STAFF_REASON, .next = note_next},
    [STAFF_DEVICES] = {.parent = STAFF_MENU, .pick = devices_pick},
    [STAFF_KEYS] = {.parent = STAFF_DEVICES, .next = keys_next},
    [STAFF_STOP] = {.parent = STAFF_MENU, .next = stop_next},
};

static struct next staff_back(struct visit *visit) {
    enum staff_page page = visit->session->staff.page;

    if (pages[page].leaves)
        return next_end(NOTICE_NONE);
    if (pages[page].parent == STAFF_CASES)
        return show_cases(visit); /* the list is read again */
    return show_page(visit->session, pages[page].parent);
}

static void turn_staff_page(struct visit *visit, enum touch_kind way) {
    struct session *session = visit->session;
    const struct staff_cases *cases = session_staff_cases(session);
    const struct staff_file *file = session_staff_file(session);

    if (staff_page_types(session->staff.page))
        typing_turn_board(session, way);
    else if (session->staff.page == STAFF_CASES && cases != NULL)
        turn_page(session, way, cases->count, STAFF_ROWS_A_PAGE);
    else if (session->staff.page == STAFF_CASE && file != NULL)
        turn_page(session, way, file->line_count, STAFF_LINES_A_PAGE);
    else if (session->staff.page == STAFF_DEVICES)
        turn_page(session, way, staff_device_rows(visit->terminal), STAFF_ROWS_A_PAGE);
}

static void type_staff_key(struct session *session, int key) {
    bool pin = session->staff.page == STAFF_PIN;

    if (staff_page_types(session->staff.page))
        typing_key(session, key, pin ? PIN_KEYS_MAX : STAFF_TEXT_SIZE - 1);
}

static struct next staff_touch(struct visit *visit, struct touch touch) {
    struct session *session = visit->session;
    enum staff_page page = session->staff.page;

    if (touch.kind == TOUCH_MORE || touch.kind == TOUCH_LESS) {
        turn_staff_page(visit, touch.kind);
        return next_stay();
    }
    if (session->staff.request != 0)
        return next_stay(); /* an answer is on its way */
    if (touch.kind == TOUCH_KEY)
        type_staff_key(session, touch.n);
    else if (touch.kind == TOUCH_NEXT && pages[page].next != NULL)
        return pages[page].next(visit);
    else if (touch.kind == TOUCH_PICK && pages[page].pick != NULL)
        return pages[page].pick(visit, touch.n);
    else if (touch.kind == TOUCH_CASE && page == STAFF_CASES)
        return open_case_file(visit, touch.n);
    return next_stay();
}

static struct next pin_answer(struct visit *visit, const struct event_staff *answer) {
    struct terminal *terminal = visit->terminal;
    bool often = terminal->staff_tries >= PIN_TRIES_MAX;

    text_wipe(visit->session->typed, sizeof visit->session->typed);
    if (!answer->ok)
        return tell_staff(visit->session, often ? NOTICE_STAFF_PAUSE : NOTICE_STAFF_PIN);
    staff_tries_right(terminal, answer->name, visit->setup->cashier);
    visit->session->staff.person = answer->person;
    return show_page(visit->session, STAFF_MENU);
}

static struct next document_answer(struct session *session, const struct event_staff *answer,
                                   enum document_kind kind) {
    if (!answer->ok || document_if(answer->document, kind) == NULL)
        return tell_staff(session, NOTICE_RECORDS_FAILED);
    session_keep(session, answer->document);
    return next_stay();
}

static struct next resolve_answer(struct visit *visit, bool saved) {
    if (!saved)
        return tell_staff(visit->session, NOTICE_STAFF_NOT_SAVED);
    struct next next = show_cases(visit);
    next.notice = NOTICE_STAFF_RESOLVED;
    return next;
}

static struct next staff_answer(struct visit *visit, enum visit_question question,
                                const struct event *event) {
    const struct event_staff *answer = &event->of.staff;
    struct session *session = visit->session;

    (void)question;
    if (answer->number == 0 || answer->number != session->staff.request)
        return next_stay(); /* the question was given up */
    session->staff.request = 0;
    switch (answer->ask) {
    case STAFF_ASK_PIN:
        return pin_answer(visit, answer);
    case STAFF_ASK_CASES:
        return document_answer(session, answer, DOCUMENT_STAFF_CASES);
    case STAFF_ASK_CASE:
        return document_answer(session, answer, DOCUMENT_STAFF_FILE);
    case STAFF_ASK_RESOLVE:
        return resolve_answer(visit, answer->ok);
    }
    return next_stay();
}

const struct screen_ops staff_screen = {.rule = {.screen = SCREEN_STAFF,
                                                 .hears = HEARS_ALWAYS,
                                                 .touches = TAKES_ALWAYS | TAKES(BACK) |
                                                            TAKES(NEXT) | TAKES(KEY) | TAKES(MORE) |
                                                            TAKES(LESS) | TAKES(CASE) | TAKES(PICK),
                                                 .back = SCREEN_WELCOME,
                                                 .timeout = SCREEN_WELCOME},
                                        .enter = staff_enter,
                                        .touch = staff_touch,
                                        .answer = staff_answer,
                                        .back = staff_back};
