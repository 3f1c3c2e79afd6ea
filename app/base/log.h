/* The log: one line an entry, to a file or stderr. Never write a secret, a payment code, a card or
 * ID number to it. */
#ifndef HOPKIOSK_BASE_LOG_H
#define HOPKIOSK_BASE_LOG_H

enum log_level { LOG_ERROR = 0, LOG_WARNING, LOG_INFO, LOG_DEBUG };
/* `path` "" or NULL: stderr. Before log_open everything goes to stderr. A file is turned over at 8
 * MiB, and four before it are kept. `level`: what is more is not written. */
void log_open(const char *path, enum log_level level);
/* To journald, with fields of its own (HOPKIOSK_SOURCE, PRIORITY); where it does not listen, stderr
 * stays. */
void log_open_journald(const char *socket_path);
void log_close(void);
/* Opens a file of ours to append to, its owner's only: -1 and errno. Not through a symbolic link,
 * with which whoever may write to the folder would choose the file. */
int log_open_file(const char *path);
/* What errno says after it. */
const char *log_open_reason(void);
/* Of many lines in a row that say the same, and of many that one source writes within a minute,
 * only the first ones and their number are written. `module` is a literal. */
void log_write(enum log_level level, const char *module, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Checks for a bug of ours: logs it and aborts. */
_Noreturn void log_bug(const char *file, int line, const char *what);
#define ENSURE(condition) ((condition) ? (void)0 : log_bug(__FILE__, __LINE__, #condition))

#endif
