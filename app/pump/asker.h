/* Questions to a local socket, a line each, on a thread of its own: whoever asks does not wait. */
#ifndef HOPKIOSK_PUMP_ASKER_H
#define HOPKIOSK_PUMP_ASKER_H

#include <stdbool.h>

struct asker;
struct asker *asker_start(const char *path, int timeout_ms);
/* `answer` is a line, free() it; NULL: nobody answered in time. Called once, on the asker's thread,
 * or by asker_stop.
 */
typedef void asker_done(void *context, char *answer);
/* Takes `line` (malloc), which is wiped once it was asked. False: too many questions wait, and
 * `done` is not called. */
__attribute__((warn_unused_result)) bool asker_ask(struct asker *asker, char *line,
                                                   asker_done *done, void *context);
/* Nobody asks any more. What was taken is completed first, what waits without an answer. NULL is
 * nobody. */
void asker_stop(struct asker *asker);

#endif
