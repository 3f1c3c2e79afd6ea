#include "app/core/visit/session.h"

#include <string.h>

#include "app/core/terms/copy.h"

static const struct visit_who nobody = {.card = -1};
static const struct visit_payment no_payment = {.slot = -1};
static const struct visit_giving_back nothing_back = {.refund = -1};

struct patient_keys session_patient_keys(const struct session *session) {
    const struct account *account = session_account(session);
    struct patient_keys keys = account != NULL ? account->keys : (struct patient_keys){.id = ""};

    if (account != NULL && session->who.card >= 0)
        text_copy(keys.cust, sizeof keys.cust, account->cards[session->who.card].cust_key);
    return keys;
}

void session_reset(struct session *session) {
    uint32_t revision = session->revision;
    enum arm armed = session->armed;

    text_wipe(session, sizeof *session);
    *session = (struct session){.revision = revision + 1,
                                .armed = armed,
                                .who = nobody,
                                .payment = no_payment,
                                .giving_back = nothing_back};
}

void session_forget_person(struct session *session) {
    text_wipe(&session->who, sizeof session->who);
    text_wipe(session->typed, sizeof session->typed);
    session->who = nobody;
    session->choice = (struct visit_choice){0};
    session->giving_back = nothing_back;
    session->documents[DOCUMENT_ACCOUNT] = NULL;
    session->documents[DOCUMENT_BILLS] = NULL;
    session->documents[DOCUMENT_PAYMENTS] = NULL;
}

void session_forget_order(struct session *session) {
    struct fen given_back = session->giving_back.given_back;

    text_wipe(&session->payment, sizeof session->payment);
    session->payment = no_payment;
    session->giving_back = nothing_back;
    session->giving_back.given_back = given_back;
    session_stop_asking(session);
    session->documents[DOCUMENT_PAY_LINK] = NULL;
    memset(session->guidance, 0, sizeof session->guidance);
}

void session_forget_staff(struct session *session) {
    text_wipe(&session->staff, sizeof session->staff);
    session->documents[DOCUMENT_STAFF_CASES] = NULL;
    session->documents[DOCUMENT_STAFF_FILE] = NULL;
}

void session_stop_asking(struct session *session) {
    session->request = 0;
    session->question = QUESTION_NONE;
}

int session_patience(const struct session *session) {
    return session->wishes.elder ? 3 : 1;
}

enum screen session_base(const struct session *session) {
    return session->screen == SCREEN_HELP ? session->help_back : session->screen;
}

void session_keep(struct session *session, const struct document *document) {
    session->documents[document->kind] = document;
}

bool session_looks_at(const struct session *session, const struct document *document) {
    for (int i = 0; i < DOCUMENT_KIND_COUNT; i++)
        if (session->documents[i] == document)
            return true;
    for (int i = 0; i < BILLS_MAX; i++)
        if ((const void *)session->guidance[i] == document)
            return true;
    return false;
}

struct fen session_refunded(const struct session *session) {
    const struct refund_plan *plan = &session->giving_back.plan;
    struct fen sum = {0};

    for (int i = 0; i < plan->count; i++)
        if (plan->steps[i].done)
            sum.fen += plan->steps[i].amount.fen;
    return sum;
}

struct fen session_refund_amount(const struct session *session) {
    enum verdict verdict = session->payment.verdict;

    if (verdict == VERDICT_REFUNDED || verdict == VERDICT_REFUND_PARTLY)
        return session_refunded(session);
    return session->giving_back.plan.steps[session->giving_back.step].amount;
}
