/* Deals in which a source has several rows: one payment of several bills, or the reverse. */
#ifndef HOPKIOSK_RECON_SEVERAL_H
#define HOPKIOSK_RECON_SEVERAL_H

#include "app/recon/sides.h"

#define PROPOSED_MAX 4 /* rows of a covering set */

/* Do the terminal's parts say, row by row, why several rows are one deal? A row that is alone of
 * its source is said by the deal's sum. */
bool deal_is_explained_by_terminal(const struct judge *judge, const struct deal_row *rows,
                                   size_t count);
/* Of two sources one has a single row, the other several that do not add up to it: up to four of
 * them that do are moved to the front, behind that one. Returns how many rows then stand together,
 * 0 none. */
size_t deal_cover_single(struct deal_row *rows, size_t count, const struct deal_sums *sums);

#endif
