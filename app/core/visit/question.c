/* The facts that a question of the visit is made of. */
#include "app/core/visit/session.h"

struct question session_question(const struct session *session, enum verb verb) {
    return (struct question){.verb = verb,
                             .service = session->service,
                             .identity = session->who.identity,
                             .identity_no = session->who.identity_no,
                             .id_no = session->who.id_no,
                             .account = session_account(session),
                             .card = session->who.card};
}
