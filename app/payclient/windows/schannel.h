/* TLS by Windows' own Schannel over a socket, as a client. */
#ifndef HOPKIOSK_PAYCLIENT_WINDOWS_SCHANNEL_H
#define HOPKIOSK_PAYCLIENT_WINDOWS_SCHANNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct schannel;
/* NULL and a sentence: there is no such desk, its certificate is another's, or it took too long.
 * `fingerprint`: of the only certificate that counts; "": one that Windows trusts. */
struct schannel *schannel_open(const char *host, const char *port, const char *fingerprint,
                               uint64_t until_ms, char *why, size_t why_size);
bool schannel_say(struct schannel *tls, const char *text, size_t length);
/* Bytes that came; 0: it ended, or said nothing until then. */
size_t schannel_hear(struct schannel *tls, char *out, size_t size, uint64_t until_ms);
void schannel_close(struct schannel *tls);

#endif
