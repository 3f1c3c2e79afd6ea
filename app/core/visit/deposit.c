#include "app/core/visit/deposit.h"

#include "app/core/visit/payment.h"

enum notice deposit_account_obstacle(const struct core_setup *setup, const struct account *account,
                                     enum identity_kind identity) {
    if (account->account_type == ACCOUNT_INPATIENT || setup->policy.outpatient_deposit)
        return NOTICE_NONE;
    return identity == IDENTITY_WRISTBAND ? NOTICE_NOT_INPATIENT : NOTICE_OUTPATIENT_DEPOSIT;
}

enum notice deposit_obstacle(struct situation at) {
    return offer_deposit_obstacle(&at.setup->policy, session_account(at.session),
                                  at.session->choice.amount);
}

enum notice deposit_clash(const struct book *book, const struct order_person *person) {
    return book_deposit_busy(book, person) ? NOTICE_STILL_ASKING : NOTICE_NONE;
}

void deposit_add_claims(const struct session *session, struct order *order) {
    payment_add_claim(order, "", order->no, order->no, session->choice.amount);
}
