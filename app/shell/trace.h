/* The trace for integrators: every exchange, masked, as one line of JSON. Off unless configured. */
#ifndef HOPKIOSK_SHELL_TRACE_H
#define HOPKIOSK_SHELL_TRACE_H

struct trace;
/* NULL, and nothing is written, when `path` is "". */
struct trace *trace_open(const char *path);
void trace_close(struct trace *trace);
/* `masked`: the exchange's evidence. */
void trace_write(struct trace *trace, const char *masked);

#endif
