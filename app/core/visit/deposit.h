/* A deposit: an amount for the patient's account at the hospital. */
#ifndef HOPKIOSK_CORE_VISIT_DEPOSIT_H
#define HOPKIOSK_CORE_VISIT_DEPOSIT_H

#include "app/core/visit/screen.h"

enum notice deposit_account_obstacle(const struct core_setup *setup, const struct account *account,
                                     enum identity_kind identity);
enum notice deposit_obstacle(struct situation at);
/* NOTICE_STILL_ASKING while an earlier deposit of the same person is undecided. */
enum notice deposit_clash(const struct book *book, const struct order_person *person);
void deposit_add_claims(const struct session *session, struct order *order);

#endif
