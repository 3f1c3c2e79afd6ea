/* The staff's screen: a PIN, then pages. Nothing here moves money: a person says what was done. */
#include "app/core/visit/parts.h"

#include <string.h>

#define TRIES_MAX 5
#define PAUSE_MS (INT64_C(5) * 60 * 1000) /* after so many wrong PINs */
#define PIN_KEYS_MAX 12

/* Where `back` leads; MENU and PIN: out. */
static const enum staff_page parents[STAFF_PAGE_COUNT] = {
    [STAFF_CASES] = STAFF_MENU,  [STAFF_CASE] = STAFF_CASES, [STAFF_REASON] = STAFF_CASE,
    [STAFF_NOTE] = STAFF_REASON, [STAFF_WHO] = STAFF_NOTE,   [STAFF_DEVICES] = STAFF_MENU,
    [STAFF_STOP] = STAFF_MENU,
};

static void show(struct visit *visit, enum staff_page page) {
    session_show(visit, SCREEN_STAFF);
    visit->session->staff.page = page;
    visit->session->staff.request = 0;
    text_wipe(visit->session->typed, sizeof visit->session->typed);
}

static void ask(struct visit *visit, enum staff_ask what) {
    struct effect *effect = visit_effect(visit, EFFECT_STAFF);

    effect->number = book_take_number(visit->book);
    effect->of.staff.ask = what;
    visit->session->staff.request = effect->number;
}

static void show_cases(struct visit *visit) {
    show(visit, STAFF_CASES);
    visit->session->documents[DOCUMENT_STAFF_CASES] = NULL;
    ask(visit, STAFF_ASK_CASES);
}

void staff_open(struct visit *visit) {
    if (!visit->setup->has_staff_pin)
        return;
    visit->session->staff = (struct visit_staff){.page = STAFF_PIN};
    visit->session->documents[DOCUMENT_STAFF_CASES] = NULL;
    visit->session->documents[DOCUMENT_STAFF_FILE] = NULL;
    show(visit, STAFF_PIN);
}

void staff_back(struct visit *visit) {
    enum staff_page page = visit->session->staff.page;

    if (page == STAFF_PIN || page == STAFF_MENU)
        session_end(visit);
    else if (parents[page] == STAFF_CASES)
        show_cases(visit);
    else
        show(visit, parents[page]);
}

bool staff_types(const struct session *session) {
    enum staff_page page = session->staff.page;

    return session->screen == SCREEN_STAFF &&
           (page == STAFF_PIN || page == STAFF_NOTE || page == STAFF_WHO);
}

/* Counted when it is asked, not when it is answered: leaving meanwhile is no way around. */
static void check_pin(struct visit *visit) {
    struct terminal *terminal = visit->terminal;

    if (terminal->staff_tries >= TRIES_MAX && visit->now.mono_ms < terminal->staff_pause_mono_ms) {
        visit->session->notice = NOTICE_STAFF_PAUSE;
        text_wipe(visit->session->typed, sizeof visit->session->typed);
        return;
    }
    if (terminal->staff_tries >= TRIES_MAX)
        terminal->staff_tries = 0;
    if (++terminal->staff_tries == TRIES_MAX)
        terminal->staff_pause_mono_ms = visit->now.mono_ms + PAUSE_MS;
    ask(visit, STAFF_ASK_PIN);
}

static void pin_heard(struct visit *visit, bool right) {
    struct terminal *terminal = visit->terminal;

    text_wipe(visit->session->typed, sizeof visit->session->typed);
    if (right) {
        terminal->staff_tries = 0;
        show(visit, STAFF_MENU);
    } else {
        visit->session->notice =
            terminal->staff_tries >= TRIES_MAX ? NOTICE_STAFF_PAUSE : NOTICE_STAFF_PIN;
    }
}

static void pick_item(struct visit *visit, int item) {
    struct terminal *terminal = visit->terminal;

    switch (item) {
    case STAFF_ITEM_CASES:
        show_cases(visit);
        return;
    case STAFF_ITEM_DEVICES:
        show(visit, STAFF_DEVICES);
        return;
    case STAFF_ITEM_SERVICE:
        terminal->out_of_service = !terminal->out_of_service;
        visit->session->revision++; /* the menu says which */
        return;
    case STAFF_ITEM_STOP:
        show(visit, STAFF_STOP);
        return;
    default:
        return;
    }
}

static void page_touch(struct session *session, enum touch_kind way) {
    const struct staff_cases *cases = session_staff_cases(session);
    const struct staff_file *file = session_staff_file(session);

    if (session->staff.page == STAFF_CASES && cases != NULL)
        turn_page(session, way, cases->count, STAFF_ROWS_A_PAGE);
    else if (session->staff.page == STAFF_CASE && file != NULL)
        turn_page(session, way, file->line_count, STAFF_LINES_A_PAGE);
}

static void open_case(struct visit *visit, int n) {
    const struct staff_cases *cases = session_staff_cases(visit->session);

    if (cases == NULL || n < 1 || n > cases->count)
        return;
    visit->session->staff.chosen = cases->rows[n - 1];
    show(visit, STAFF_CASE);
    visit->session->documents[DOCUMENT_STAFF_FILE] = NULL;
    ask(visit, STAFF_ASK_CASE);
}

static void pick_reason(struct visit *visit, int n) {
    if (n <= RESOLUTION_NONE || n >= RESOLUTION_COUNT)
        return;
    visit->session->staff.resolution = (enum resolution)n;
    show(visit, STAFF_NOTE);
}

static void note_done(struct visit *visit) {
    struct visit_staff *staff = &visit->session->staff;

    if (staff->resolution == RESOLUTION_OTHER && visit->session->typed[0] == '\0') {
        visit->session->notice = NOTICE_STAFF_NOTE;
        return;
    }
    text_copy(staff->note, sizeof staff->note, visit->session->typed);
    show(visit, STAFF_WHO);
}

static void who_done(struct visit *visit) {
    struct visit_staff *staff = &visit->session->staff;

    if (visit->session->typed[0] == '\0') {
        visit->session->notice = NOTICE_STAFF_WHO;
        return;
    }
    text_copy(staff->who, sizeof staff->who, visit->session->typed);
    ask(visit, STAFF_ASK_RESOLVE);
}

static void go_on(struct visit *visit) {
    switch (visit->session->staff.page) {
    case STAFF_PIN:
        check_pin(visit);
        return;
    case STAFF_CASE:
        if (session_staff_file(visit->session) != NULL)
            show(visit, STAFF_REASON);
        return;
    case STAFF_NOTE:
        note_done(visit);
        return;
    case STAFF_WHO:
        who_done(visit);
        return;
    case STAFF_STOP:
        visit_effect(visit, EFFECT_LOG)->of.log.word = LOG_STAFF_QUIT;
        session_quit(visit);
        return;
    case STAFF_MENU:
    case STAFF_CASES:
    case STAFF_REASON:
    case STAFF_DEVICES:
    case STAFF_PAGE_COUNT:
        return;
    }
}

static void pick(struct visit *visit, int n) {
    if (visit->session->staff.page == STAFF_MENU)
        pick_item(visit, n);
    else if (visit->session->staff.page == STAFF_REASON)
        pick_reason(visit, n);
}

void staff_touch(struct visit *visit, struct touch touch) {
    struct session *session = visit->session;

    if (session->staff.request != 0 && touch.kind != TOUCH_MORE && touch.kind != TOUCH_LESS)
        return; /* an answer is on its way */
    switch (touch.kind) {
    case TOUCH_NEXT:
        go_on(visit);
        return;
    case TOUCH_KEY:
        if (staff_types(session))
            session_type(session, touch.n,
                         session->staff.page == STAFF_PIN ? PIN_KEYS_MAX : STAFF_TEXT_SIZE - 1);
        return;
    case TOUCH_MORE:
    case TOUCH_LESS:
        page_touch(session, touch.kind);
        return;
    case TOUCH_CASE:
        if (session->staff.page == STAFF_CASES)
            open_case(visit, touch.n);
        return;
    case TOUCH_PICK:
        pick(visit, touch.n);
        return;
    default:
        return;
    }
}

static void cases_heard(struct session *session, const struct event_staff *event) {
    if (!event->ok || document_if(event->document, DOCUMENT_STAFF_CASES) == NULL)
        session->notice = NOTICE_RECORDS_FAILED;
    else
        session_keep(session, event->document);
}

static void case_heard(struct session *session, const struct event_staff *event) {
    if (!event->ok || document_if(event->document, DOCUMENT_STAFF_FILE) == NULL)
        session->notice = NOTICE_RECORDS_FAILED;
    else
        session_keep(session, event->document);
}

static void resolved_heard(struct visit *visit, bool ok) {
    if (ok)
        show_cases(visit);
    visit->session->notice = ok ? NOTICE_STAFF_RESOLVED : NOTICE_STAFF_NOT_SAVED;
}

void staff_heard(struct visit *visit, const struct event_staff *event) {
    struct session *session = visit->session;

    if (session_base(session) != SCREEN_STAFF || event->number == 0 ||
        event->number != session->staff.request)
        return; /* whoever asked has gone */
    session->staff.request = 0;
    switch (event->ask) {
    case STAFF_ASK_PIN:
        pin_heard(visit, event->ok);
        return;
    case STAFF_ASK_CASES:
        cases_heard(session, event);
        return;
    case STAFF_ASK_CASE:
        case_heard(session, event);
        return;
    case STAFF_ASK_RESOLVE:
        resolved_heard(visit, event->ok);
        return;
    }
}
