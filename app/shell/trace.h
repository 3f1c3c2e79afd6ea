/* The wire as it was, masked, one JSON line an exchange: for integrators, off unless configured. */
#ifndef HOPKIOSK_SHELL_TRACE_H
#define HOPKIOSK_SHELL_TRACE_H

struct trace;
/* `path` "": NULL, and nothing is written. */
struct trace *trace_open(const char *path);
void trace_close(struct trace *trace);
/* `masked`: an exchange's evidence. */
void trace_write(struct trace *trace, const char *masked);

#endif
