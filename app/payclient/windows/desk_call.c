/* One call to the desk of another machine: its token, its greeting, the line, the answer. */
#include "app/payclient/desk_call.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

#include "app/base/log.h"
#include "app/payclient/protocol.h"
#include "app/payclient/windows/library_settings.h"
#include "app/payclient/windows/schannel.h"

#define MEETING_MS 5000 /* with TLS, from another machine */

/* "10.1.2.3:7443" */
static bool split_address(const char *desk, char host[SETTING_SIZE], const char **port) {
    const char *colon = strrchr(desk, ':');
    if (colon == NULL || colon == desk || colon[1] == '\0')
        return false;
    snprintf(host, SETTING_SIZE, "%.*s", (int)(colon - desk), desk);
    *port = colon + 1;
    return true;
}

static bool say_token(struct schannel *tls, const char *token) {
    char line[SETTING_SIZE + sizeof DESK_TOKEN_WORD];
    int length = snprintf(line, sizeof line, "%s%s\n", DESK_TOKEN_WORD, token);
    bool said = schannel_say(tls, line, (size_t)length);
    SecureZeroMemory(line, sizeof line);
    return said;
}

static bool await_remote_greeting(struct schannel *tls, uint64_t until_ms) {
    char heard[sizeof DESK_GREETING - 1];
    size_t length = 0;
    while (length < sizeof heard) {
        size_t got = schannel_hear(tls, heard + length, sizeof heard - length, until_ms);
        if (got == 0)
            return false;
        length += got;
    }
    return memcmp(heard, DESK_GREETING, sizeof heard) == 0;
}

/* The first line that is not empty; NULL: the desk has gone, or was silent for too long. */
static char *hear_remote_answer(struct schannel *tls) {
    size_t length = 0, room = 4096;
    char *text = malloc(room);
    ENSURE(text != NULL);
    for (;;) {
        size_t got =
            schannel_hear(tls, text + length, room - length, GetTickCount64() + DESK_SILENCE_MS);
        if (got == 0)
            break;
        length += got;
        size_t empty = 0;
        while (empty < length && text[empty] == '\n')
            empty++;
        length -= empty;
        memmove(text, text + empty, length);
        char *end = memchr(text, '\n', length);
        if (end != NULL) {
            *end = '\0';
            return text;
        }
        if (length < room)
            continue;
        if (room >= DESK_LINE_MAX)
            break;
        room *= 2;
        text = realloc(text, room);
        ENSURE(text != NULL);
    }
    free(text);
    return NULL;
}

enum desk_call desk_call(const char *line, char **answer, char *why, size_t why_size) {
    const struct settings *settings = settings_of_library();
    char host[SETTING_SIZE];
    const char *port;
    uint64_t until_ms = GetTickCount64() + MEETING_MS;
    if (!split_address(settings->desk, host, &port)) {
        snprintf(why, why_size, "payclient.ini beside payclient.dll: desk=ADDRESS:PORT");
        return DESK_ABSENT;
    }
    struct schannel *tls =
        schannel_open(host, port, settings->fingerprint, until_ms, why, why_size);
    if (tls == NULL)
        return DESK_ABSENT;
    enum desk_call result = DESK_LOST;
    if (!say_token(tls, settings->token) || !await_remote_greeting(tls, until_ms) ||
        !schannel_say(tls, line, strlen(line))) {
        snprintf(why, why_size, "%.100s: no desk, or another token", settings->desk);
        result = DESK_ABSENT;
    } else if ((*answer = hear_remote_answer(tls)) != NULL) {
        result = DESK_ANSWERED;
    } else {
        snprintf(why, why_size, "the desk went away: ask what became of it");
    }
    schannel_close(tls);
    return result;
}
