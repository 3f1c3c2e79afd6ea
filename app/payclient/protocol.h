/* How the library for window software and the desk talk, over a local stream socket, one call a
 * connection:
 *   desk    DESK_GREETING: it takes calls. Before it nothing is asked, so nothing has left.
 *   caller  {"call": "payTrans", "transType": ..., "param": {...}}   one line, UTF-8
 *           {"call": "MobileTrans", "data": {...}, ...}
 *   desk    an empty line at least every DESK_ALIVE_MS while it works
 *           {"code": ..., "out": {...}}   one line, then the end
 * A line that does not end was not said. */
#ifndef HOPKIOSK_PAYCLIENT_PROTOCOL_H
#define HOPKIOSK_PAYCLIENT_PROTOCOL_H

/* From another machine it is the same, over TLS at desk.listen, behind one line more:
 *   caller  token TOKEN
 *   desk    DESK_GREETING, or nothing at all for a wrong one */
#define DESK_TOKEN_WORD "token "
#define DESK_TOKEN_LINE_MAX 256

#define DESK_SOCKET_DEFAULT "/run/hopkiosk/desk.sock"
#define DESK_GREETING "hopkiosk desk 1\n"
#define DESK_GREETING_MS 900 /* a caller is told within a second that no desk runs */
#define DESK_ALIVE_MS 1000
#define DESK_SILENCE_MS 15000
#define DESK_LINE_MAX (1 << 20) /* of a question or an answer; 500 rows of examList are less */

#endif
