/* A scripted visit (--script): one command a line, # comments. A thread reads the lines, so that a
 * pipe may be slow, and carries out those that are not for the panel (phone, device). Every other
 * line is given to the main thread, one at a time, until it says that the line is done. */
#ifndef HOPKIOSK_PUMP_SCRIPT_H
#define HOPKIOSK_PUMP_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>

enum script_command {
    SCRIPT_WAIT = 0, /* wait SCREEN [SECONDS=10] */
    SCRIPT_TAP,      /* tap ID */
    SCRIPT_TAP_AT,   /* tap X,Y */
    SCRIPT_KEY,      /* key NAME: a digit, a letter, point enter delete escape next left right up
                        down again */
    SCRIPT_TYPE,     /* type TEXT */
    SCRIPT_SHOT,     /* shot NAME */
    SCRIPT_EXPECT,   /* expect TEXT */
    SCRIPT_HEAR,     /* hear KEY: it was said, or is, to the headphones or to all */
    SCRIPT_QUIT,     /* quit, or the end of the script */
    SCRIPT_DEVICE,   /* device NAME COMMAND...: by the script's thread; a refusal is tried again */
    SCRIPT_PHONE,    /* phone pay|cancel|late: done by the script's thread */
    SCRIPT_WRONG     /* the line cannot be understood, or failed: `text` says why */
};

/* Turns the names that a line may say into the numbers of whoever shows the screens. The script
 * itself knows none. */
struct script_touch {
    int kind, n;
};
struct script_names {
    /* False: there is no such name. */
    bool (*screen)(const char *name, int *out);
    bool (*touch)(const char *name, struct script_touch *out);
};

#define SCRIPT_TEXT_SIZE 512
struct script_line {
    int number;
    enum script_command command;
    int screen;
    int seconds;
    struct script_touch touch;
    int x, y;
    char key;                    /* as it is typed: '\b' delete, '\n' enter, 0x1b escape */
    char text[SCRIPT_TEXT_SIZE]; /* what was written, or the rest of the line */
};

/* Pure. False: an empty line or a comment. */
bool script_parse(const char *line, const struct script_names *names, struct script_line *out);

struct script;
struct script_options {
    const char *path; /* "-": standard input */
    const char *sandbox_url, *usb_socket;
    const struct script_names *names;
};
/* `take` is called on the script's thread for each line that is the main thread's. NULL and a
 * complaint on stderr when the file cannot be read. */
struct script *script_start(const struct script_options *options,
                            void (*take)(void *context, struct script_line *line), void *context);
/* Ends the line that was taken: the next one may come. */
void script_done(struct script *script);
void script_stop(struct script *script);

#endif
