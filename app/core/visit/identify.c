/* Who is it: a code or a card, the HIS's account, which of several cards, "that is me". */
#include "app/core/terms/codes.h"
#include "app/core/visit/parts.h"

#include <string.h>

#define LAST4_LENGTH 4
#define LAST4_TRIES_MAX 3

static void keep_identity(struct session *session, enum identity_kind kind, const char *number,
                          const char *id_no) {
    session->who.identity = kind;
    text_copy(session->who.identity_no, sizeof session->who.identity_no, number);
    text_copy(session->who.id_no, sizeof session->who.id_no, id_no);
}

static void ask_account(struct visit *visit, enum identity_kind kind, const char *number,
                        const char *id_no) {
    keep_identity(visit->session, kind, number, id_no);
    session_ask(visit, VERB_ACCOUNT, WAITING_ACCOUNT);
}

/* HIS and reader agree on capital X only. */
static void capitalise(char *text) {
    for (; *text; text++)
        if (*text >= 'a' && *text <= 'z')
            *text = (char)(*text - 'a' + 'A');
}

/* A card shown before a service was chosen is kept for it. */
static void take_identity(struct visit *visit, enum identity_kind kind, const char *number,
                          const char *id_no) {
    enum screen screen = visit->session->screen;

    if (screen != SCREEN_WELCOME && screen != SCREEN_SERVICE) {
        ask_account(visit, kind, number, id_no);
        return;
    }
    session_show(visit, SCREEN_SERVICE); /* whoever was known before is forgotten here */
    keep_identity(visit->session, kind, number, id_no);
}

void identify_begin(struct visit *visit) {
    if (visit->session->who.identity != IDENTITY_NONE)
        session_ask(visit, VERB_ACCOUNT, WAITING_ACCOUNT);
    else
        session_show(visit, SCREEN_IDENTIFY);
}

static void refuse_code(struct visit *visit, enum notice notice) {
    session_refuse(visit, visit->session->screen, notice);
}

static void identify_code(struct visit *visit, const char *code) {
    char upper[SCAN_TEXT_SIZE];

    text_copy(upper, sizeof upper, code);
    capitalise(upper);
    /* As it was scanned first: a site's prefix may be in small letters. */
    enum identity_kind kind =
        code_identity(visit->setup->code_rules, visit->setup->code_rule_count, code);
    if (kind == IDENTITY_ID_CARD)
        code = upper;
    else if (kind == IDENTITY_NONE) {
        kind = code_identity(visit->setup->code_rules, visit->setup->code_rule_count, upper);
        code = upper;
    }
    if (kind != IDENTITY_NONE)
        take_identity(visit, kind, code, "");
    else if (code_pay_channel(code) != CHANNEL_NONE)
        refuse_code(visit, NOTICE_PAY_CODE_TOO_SOON);
    else
        refuse_code(visit, NOTICE_CODE_UNKNOWN);
    text_wipe(upper, sizeof upper);
}

/* The end of an ID number is asked of the person on the screen: a card changes nothing there. */
static bool asks_end_of_id_no(const struct session *session) {
    return session->screen == SCREEN_KEYPAD && session->field == FIELD_LAST4;
}

void identify_scan(struct visit *visit, const struct event_scan *scan) {
    const char *code = code_after_aim(scan->text);

    if (asks_end_of_id_no(visit->session))
        return;
    if (scan->length == 0 || code[0] == '\0')
        refuse_code(visit, NOTICE_CODE_UNREADABLE);
    else
        identify_code(visit, code);
}

void identify_card(struct visit *visit, const struct event_card *card) {
    if (asks_end_of_id_no(visit->session))
        return;
    if (card->kind <= IDENTITY_NONE || card->kind >= IDENTITY_COUNT)
        refuse_code(visit, NOTICE_CARD_UNREADABLE);
    else if (card->number[0] != '\0')
        take_identity(visit, card->kind, card->number, card->id_no);
    else if (card->id_no[0] != '\0') /* the person's number is that of the ID card */
        take_identity(visit, IDENTITY_ID_CARD, card->id_no, "");
    else
        refuse_code(visit, NOTICE_CARD_UNREADABLE);
}

/* What the service needs of the account; NOTICE_NONE: go on. */
static enum notice account_obstacle(const struct visit *visit, const struct account *account) {
    if (visit->session->service != SERVICE_DEPOSIT || account->account_type == ACCOUNT_INPATIENT)
        return NOTICE_NONE;
    if (visit->setup->policy.outpatient_deposit)
        return NOTICE_NONE;
    return visit->session->who.identity == IDENTITY_WRISTBAND ? NOTICE_NOT_INPATIENT
                                                              : NOTICE_OUTPATIENT_DEPOSIT;
}

void identify_answer(struct visit *visit, const struct event_answer *answer) {
    const struct account *account = (const struct account *)document_of(answer, DOCUMENT_ACCOUNT);
    enum notice notice = NOTICE_NONE;

    if (account != NULL)
        notice = account_obstacle(visit, account);
    else if (answer->outcome == OUTCOME_DECLINED)
        notice = NOTICE_NO_PATIENT;
    else if (answer->outcome == OUTCOME_ACCEPTED)
        notice = NOTICE_HIS_REFUSED;
    else
        notice = session_answer_notice(answer);

    if (notice != NOTICE_NONE) {
        session_refuse(visit, SCREEN_IDENTIFY, notice);
        return;
    }
    session_keep(visit->session, &account->head);
    visit->session->who.card = account->card_count == 1 ? 0 : -1;
    visit->session->who.last4_tries = 0;
    session_show(visit, account->card_count > 1 ? SCREEN_CARDS : SCREEN_CONFIRM);
}

void cards_touch(struct visit *visit, struct touch touch) {
    const struct account *account = session_account(visit->session);

    if (account == NULL || touch.n < 1 || touch.n > account->card_count)
        return;
    visit->session->who.card = touch.n - 1;
    session_show(visit, SCREEN_CONFIRM);
}

/* Whoever gave the whole ID number need not give its end; without one there is nothing to ask. */
bool offer_asks_last4(struct situation at) {
    const struct session *session = at.session;

    return at.setup->policy.confirm_last4 && !session->who.confirmed &&
           session_account(session) != NULL && session->who.identity != IDENTITY_ID_CARD &&
           strlen(session_account(session)->cert_no) >= LAST4_LENGTH;
}

void keypad_open(struct visit *visit, enum keypad_field field) {
    session_show(visit, SCREEN_KEYPAD);
    visit->session->field = field;
    text_wipe(visit->session->typed, sizeof visit->session->typed);
}

void confirm_touch(struct visit *visit, struct touch touch) {
    struct session *session = visit->session;

    if (session->giving_back.asked) {
        refund_confirm_touch(visit, touch);
        return;
    }
    if (touch.kind != TOUCH_NEXT || session_account(session) == NULL)
        return;
    if (offer_asks_last4(visit_situation(visit))) {
        keypad_open(visit, FIELD_LAST4);
        return;
    }
    session->who.confirmed = true;
    choose_begin(visit);
}

static bool last4_right(const struct session *session) {
    char right[TRACE_NO_SIZE];
    size_t length;

    if (session_account(session) == NULL)
        return false;
    text_copy(right, sizeof right, session_account(session)->cert_no);
    capitalise(right);
    length = strlen(right);
    bool good =
        length >= LAST4_LENGTH && strcmp(right + length - LAST4_LENGTH, session->typed) == 0;
    text_wipe(right, sizeof right);
    return good;
}

static void check_last4(struct visit *visit) {
    struct session *session = visit->session;
    bool good = last4_right(session);

    text_wipe(session->typed, sizeof session->typed);
    if (good) {
        session->who.confirmed = true;
        choose_begin(visit);
    } else if (++session->who.last4_tries < LAST4_TRIES_MAX) {
        session->notice = NOTICE_LAST4_WRONG;
    } else {
        session_end(visit);
        session->notice = NOTICE_LAST4_WRONG;
    }
}

static void keypad_done(struct visit *visit) {
    char code[TYPED_SIZE];

    if (visit->session->field == FIELD_LAST4) {
        check_last4(visit);
        return;
    }
    if (visit->session->typed[0] == '\0')
        return;
    text_copy(code, sizeof code, visit->session->typed);
    identify_code(visit, code);
    text_wipe(code, sizeof code);
}

void session_type(struct session *session, int key, size_t most) {
    size_t length = strlen(session->typed);

    session->notice = NOTICE_NONE;
    if (key == KEY_CLEAR)
        text_wipe(session->typed, sizeof session->typed);
    else if (key == KEY_DELETE && length > 0)
        session->typed[length - 1] = '\0';
    else if (length < most && ((key >= '0' && key <= '9') || (key >= 'A' && key <= 'Z')))
        session->typed[length] = (char)key;
}

void keypad_touch(struct visit *visit, struct touch touch) {
    struct session *session = visit->session;

    if (touch.kind == TOUCH_NEXT)
        keypad_done(visit);
    else
        session_type(session, touch.n,
                     session->field == FIELD_LAST4 ? LAST4_LENGTH : TYPED_SIZE - 1);
}
