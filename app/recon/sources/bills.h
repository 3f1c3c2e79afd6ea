/* The rows of upp's bills (4.9, 4.10), which a hospital serves too (5.1). */
#ifndef HOPKIOSK_RECON_SOURCES_BILLS_H
#define HOPKIOSK_RECON_SOURCES_BILLS_H

#include "app/recon/sources/json_list.h"

enum bills_envelope { BILLS_RESULT = 0, BILLS_KIND, BILLS_MESSAGE };
extern const char *const bills_columns[], *const bills_envelope[];
#define BILLS_IDS (1u << RECON_PAYMENT_NO | 1u << RECON_OUT_NO | 1u << RECON_IN_NO)

int bills_row(struct source *source, size_t at, const struct recon_slice *values,
              struct recon_entry *entries);

#endif
