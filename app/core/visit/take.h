/* What a patient leaves in the machine: a card in the reader, an ID card on its reader, a receipt
 * in a presenter. */
#ifndef HOPKIOSK_CORE_VISIT_TAKE_H
#define HOPKIOSK_CORE_VISIT_TAKE_H

#include "app/core/visit/screen.h"

/* What the visit that ends now leaves behind. What an earlier one left is not this patient's, and
 * the reminder itself leaves nothing. */
struct visit_left take_left_behind(struct visit *visit);
bool take_any(const struct visit_left *left);
/* To be called when a device spoke: what lay there may be gone, and a receipt may come out after
 * its visit. */
struct next take_hear_device(struct visit *visit, enum device_role role);

#endif
