/* Questions to a local socket, a line each, on a thread of its own: whoever asks does not wait. */
#ifndef HOPKIOSK_PUMP_ASKER_H
#define HOPKIOSK_PUMP_ASKER_H

#include <stdbool.h>

struct asker;
struct asker *asker_start(const char *path, int timeout_ms);
/* `answer` is a line, free() it; NULL: nobody answered in time. Called once, on the asker's thread.
 */
typedef void asker_done(void *context, char *answer);
/* Takes `line` (malloc), which is wiped once it was asked. False: another question is under way,
 * and `done` is not called. */
__attribute__((warn_unused_result)) bool asker_ask(struct asker *asker, char *line,
                                                   asker_done *done, void *context);
/* What is under way is completed first. NULL is nobody. */
void asker_stop(struct asker *asker);

#endif
