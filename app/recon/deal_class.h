/* The class of a deal whose amounts agree: who has it, and what each says of its state. */
#ifndef HOPKIOSK_RECON_DEAL_CLASS_H
#define HOPKIOSK_RECON_DEAL_CLASS_H

#include "app/recon/classes.h"
#include "app/recon/sides.h"

enum recon_class deal_class(const struct judge *judge, const struct deal_row *rows, size_t count,
                            const struct deal_sums *sums);

#endif
