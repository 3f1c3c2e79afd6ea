/* The numbers of the design (sizes, reach, distance, contrast, nothing cut, what is never dropped),
 * checked on any view. What breaks them is told on stderr and counted; nothing stops. */
#ifndef HOPKIOSK_TESTS_LAYOUT_H
#define HOPKIOSK_TESTS_LAYOUT_H

#include "tests/support/samples/samples.h"
#include "ui/ui.h"

/* A window of this panel without a screen; the caller destroys it. */
struct ui *layout_open(const struct panel *panel);

/* Draws the view and checks it; `what` names it in complaints. */
void layout_check(struct ui *ui, const struct panel *panel, const char *what,
                  const struct view *view);

/* Counts what the caller itself has found wrong. */
void layout_complain(const struct panel *panel, const char *what, const char *complaint);

/* All there were since the program began. */
int layout_complaints(void);

#endif
