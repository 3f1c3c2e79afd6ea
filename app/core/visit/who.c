#include "app/core/visit/who.h"

#include <string.h>

#include "app/core/order/shares.h"
#include "app/core/terms/codes.h"
#include "app/core/terms/copy.h"
#include "app/core/terms/mask.h"

/* Capital letters: HIS and reader agree on a capital X only. */
static void capitalise_text(char *text) {
    for (; *text; text++)
        if (*text >= 'a' && *text <= 'z')
            *text = (char)(*text - 'a' + 'A');
}

/* A card that is shown before a service is chosen is kept. */
static struct next take_identity(struct session *session, enum identity_kind kind,
                                 const char *number, const char *id_no) {
    bool early = session->screen == SCREEN_WELCOME || session->screen == SCREEN_SERVICE;

    if (early)
        session_forget_person(session);
    session->who.identity = kind;
    session->who.typed = false;
    text_copy(session->who.identity_no, sizeof session->who.identity_no, number);
    text_copy(session->who.id_no, sizeof session->who.id_no, id_no);
    return early ? next_show(SCREEN_SERVICE) : next_ask(QUESTION_ACCOUNT);
}

static struct next refuse_code(const struct visit *visit, enum notice notice) {
    return next_tell(visit->session->screen, notice);
}

static struct next identify_number(struct visit *visit, const char *code, const char *upper) {
    const struct core_setup *setup = visit->setup;
    /* As it was typed first: a site's prefix may have small letters. */
    enum identity_kind kind = code_identity(setup->code_rules, setup->code_rule_count, code);

    if (kind == IDENTITY_ID_CARD)
        code = upper;
    else if (kind == IDENTITY_NONE) {
        kind = code_identity(setup->code_rules, setup->code_rule_count, upper);
        code = upper;
    }
    if (kind != IDENTITY_NONE)
        return take_identity(visit->session, kind, code, "");
    return refuse_code(visit, code_pay_channel(code) != CHANNEL_NONE ? NOTICE_PAY_CODE_TOO_SOON
                                                                     : NOTICE_CODE_UNKNOWN);
}

static struct next take_number(struct visit *visit, const char *number) {
    char upper[SCAN_TEXT_SIZE];

    text_copy(upper, sizeof upper, number);
    capitalise_text(upper);
    struct next next = identify_number(visit, number, upper);
    text_wipe(upper, sizeof upper);
    return next;
}

static struct next take_scan(struct visit *visit, const struct event_scan *scan) {
    const char *code = code_after_aim(scan->text);

    if (scan->length == 0 || code[0] == '\0')
        return refuse_code(visit, NOTICE_CODE_UNREADABLE);
    return take_number(visit, code);
}

static struct next take_card(struct visit *visit, const struct event_card *card) {
    bool known = card->kind > IDENTITY_NONE && card->kind < IDENTITY_COUNT;

    if (card->role == ROLE_ID_READER)
        visit->session->id_card_read = true;
    if (known && card->number[0] != '\0')
        return take_identity(visit->session, card->kind, card->number, card->id_no);
    if (known && card->id_no[0] != '\0') /* identified by the ID number on the card */
        return take_identity(visit->session, IDENTITY_ID_CARD, card->id_no, "");
    return refuse_code(visit, NOTICE_CARD_UNREADABLE);
}

struct next who_code(struct visit *visit, const struct event *event) {
    return event->kind == EVENT_CARD ? take_card(visit, &event->of.card)
                                     : take_scan(visit, &event->of.scan);
}

struct next who_typed(struct visit *visit, const char *number) {
    struct next next = take_number(visit, number);

    visit->session->who.typed = visit->session->who.identity != IDENTITY_NONE;
    return next;
}

/* Is a card alone not enough? Money goes back only to who has more than a card. */
static bool wants_last4(struct situation at) {
    const struct policy *policy = &at.setup->policy;
    const struct session *session = at.session;
    bool needs_more = session->who.typed || session->service == SERVICE_REFUND;

    return policy->confirm_last4 || (policy->confirm == CONFIRM_TYPED && needs_more);
}

/* Digits, or an X behind them: where a mask hides the end, nobody could type what is told. */
static bool tells_last4(const char *id_no) {
    size_t length = strlen(id_no);
    if (length < LAST4_LENGTH)
        return false;
    const char *last4 = id_no + length - LAST4_LENGTH;
    for (int i = 0; i < LAST4_LENGTH - 1; i++)
        if (last4[i] < '0' || last4[i] > '9')
            return false;
    char last = last4[LAST4_LENGTH - 1];
    return (last >= '0' && last <= '9') || last == 'x' || last == 'X';
}

/* True when CONFIRM asks the last 4 of the ID number: not when the whole number was given, and not
 * when the account does not tell them. */
bool who_asks_last4(struct situation at) {
    const struct session *session = at.session;
    const struct account *account = session_account(session);

    return wants_last4(at) && !session->who.confirmed && account != NULL &&
           session->who.identity != IDENTITY_ID_CARD && tells_last4(account->cert_no);
}

bool who_is_known(struct situation at) {
    const struct visit_who *who = &at.session->who;
    bool id_card = who->identity == IDENTITY_ID_CARD && !who->typed;

    return at.setup->policy.confirm != CONFIRM_EVERYBODY && (id_card || !wants_last4(at));
}

bool who_is_last4(const struct session *session) {
    const struct account *account = session_account(session);
    char right[TRACE_NO_SIZE];

    if (account == NULL)
        return false;
    text_copy(right, sizeof right, account->cert_no);
    capitalise_text(right);
    size_t length = strlen(right);
    bool good =
        length >= LAST4_LENGTH && strcmp(right + length - LAST4_LENGTH, session->typed) == 0;
    text_wipe(right, sizeof right);
    return good;
}

void who_fill_person(const struct session *session, struct order_person *person) {
    const struct account *account = session_account(session);
    const struct hospital_card *card =
        session->who.card >= 0 ? &account->cards[session->who.card] : NULL;
    const char *cert_no =
        account->mdtrt_cert_no[0] != '\0' ? account->mdtrt_cert_no : session->who.identity_no;

    *person = (struct order_person){.account_type = account->account_type};
    mask_name(account->name, person->masked_name, sizeof person->masked_name);
    person->keys = session_patient_keys(session);
    text_copy(person->mdtrt_cert_type, sizeof person->mdtrt_cert_type, account->mdtrt_cert_type);
    text_copy(person->mdtrt_cert_no, sizeof person->mdtrt_cert_no, cert_no);
    text_copy(person->cert_no, sizeof person->cert_no, account->cert_no);
    text_copy(person->his_cust_id, sizeof person->his_cust_id,
              card != NULL ? card->his_cust_id : account->his_cust_id);
    text_copy(person->his_cust_type, sizeof person->his_cust_type,
              card != NULL ? card->his_cust_type : "");
    text_copy(person->patient_type, sizeof person->patient_type, account->patient_type);
}

void who_name_insured(struct situation at, struct order *order) {
    const struct account *account = session_account(at.session);
    bool insured = order_shown_leg(order)->channel == CHANNEL_INSURANCE;

    if (insured && at.setup->policy.insured_by_name && account != NULL)
        text_copy(order->person.whole_name, sizeof order->person.whole_name, account->name);
}
