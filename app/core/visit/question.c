/* The facts that a question of the visit is made of. */
#include "app/core/visit/session.h"

static const char *asked_number(const struct session *session) {
    const struct visit_choice *choice = &session->choice;

    return choice->no_such[0] != '\0'
               ? choice->no_such
               : session_bills(session)->bills[choice->asked_bill].org_trace_no;
}

struct question session_question(const struct session *session, enum verb verb) {
    return (struct question){.verb = verb,
                             .service = session->service,
                             .identity = session->who.identity,
                             .identity_no = session->who.identity_no,
                             .id_no = session->who.id_no,
                             .account = session_account(session),
                             .org_trace_no = verb == VERB_ASK_CREDIT ? asked_number(session) : NULL,
                             .code = session->payment.pay_code,
                             .card = session->who.card};
}
