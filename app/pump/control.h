/* The local control socket (0600, beside the journal) and the signals that end the program: one
 * thread that listens and passes what was asked to the main thread. One JSON line is asked, one is
 * answered: {"ask":"status"}. Words that need more have it in the same object:
 * {"ask":"resolve","order_no":...,"case_no":...,"by":...,"reason":...}. */
#ifndef HOPKIOSK_PUMP_CONTROL_H
#define HOPKIOSK_PUMP_CONTROL_H

#include <stdbool.h>
#include <stddef.h>

enum control_word {
    ASK_STATUS = 0,
    ASK_DEVICES,
    ASK_OUT_OF_SERVICE,
    ASK_IN_SERVICE,
    ASK_QUIT,
    ASK_RESOLVE,
    ASK_RECHECK,
    ASK_NOT_UNDERSTOOD,
    ASK_COUNT
};

/* The receiver answers with control_reply, exactly once. */
struct control_ask {
    enum control_word word;
    int client; /* -1: it was a signal, nobody waits for an answer */
    char *line; /* the whole question, freed by control_reply; NULL: a signal */
};

struct control_port;
/* `path` "" : signals only. SIGTERM and SIGINT must be blocked in every thread. `post` is called on
 * the control thread; false: too busy, the client is told so. A socket that cannot be made is
 * logged, the kiosk works without it. */
struct control_port *control_start(const char *path,
                                   bool (*post)(void *context, const struct control_ask *ask),
                                   void *context);
void control_stop(struct control_port *control);
/* Sends the line without waiting and hangs up. */
void control_reply(const struct control_ask *ask, const char *json);

/* kioskctl's side: asks and waits at most timeout_ms. The answer is malloc'ed; NULL: nobody answers
 * there (errno says why). */
char *control_call(const char *path, const char *word, int timeout_ms);
/* The same with a whole line of its own. */
char *control_call_line(const char *path, const char *line, int timeout_ms);
const char *control_word_name(enum control_word word);

#endif
