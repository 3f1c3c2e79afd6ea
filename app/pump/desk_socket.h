/* The desk's socket, where window software calls (app/payclient/protocol.h): one thread that greets
 * callers, takes their lines, keeps those who wait alive and hands answers back. Up to
 * DESK_CALLS_MAX calls wait at once; the next one is told at once that the desk is full. Who may
 * open the socket (0660) may call. */
#ifndef HOPKIOSK_PUMP_DESK_SOCKET_H
#define HOPKIOSK_PUMP_DESK_SOCKET_H

#include <stdbool.h>
#include <stdint.h>

#define DESK_CALLS_MAX 32

struct desk_ask {
    uint32_t caller; /* given back with the answer; never 0 */
    char *line;      /* malloc'ed, without its end; the receiver frees it */
};

struct desk_socket;
/* `take` is called on the pump's thread for each call, which is answered by desk_socket_answer
 * exactly once; false: too busy, the caller is told so. `beat` is called there every second. NULL
 * when there can be no socket at `path`: logged. */
struct desk_socket *desk_socket_start(const char *path,
                                      bool (*take)(void *context, const struct desk_ask *ask),
                                      void (*beat)(void *context), void *context);
/* `line` is {"code", "out"} without a line's end; it passes to the pump. A caller who has gone is
 * no fault. */
void desk_socket_answer(struct desk_socket *desk, uint32_t caller, char *line);
/* Callers who still wait are hung up on. */
void desk_socket_stop(struct desk_socket *desk);

#endif
