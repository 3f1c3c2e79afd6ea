/* Any line on the fleet's socket, through its thread: one line of JSON comes back. Its keys also on
 * their way to a database that is not there. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "app/base/log.h"
#include "app/fleet/asks.h"
#include "app/fleet/elsewhere.h"

static char folder[64], path[96];
static struct asks *asks;

static void forget_folder(void) {
    unlink(path);
    rmdir(folder);
}

static void begin_asks(void) {
    static char journal[96];
    snprintf(folder, sizeof folder, "/tmp/asks_fuzz.XXXXXX");
    if (mkdtemp(folder) == NULL)
        abort();
    snprintf(path, sizeof path, "%s/fleet.sock", folder);
    snprintf(journal, sizeof journal, "%s/journal.db", folder);
    atexit(forget_folder);
    log_open("/dev/null", LOG_ERROR);
    struct replicator_options options = {.journal_path = journal,
                                         .database = "host=/nowhere dbname=fleet",
                                         .stop = eventfd(0, EFD_CLOEXEC)};
    struct replicator_figures figures = {.events = 7, .trouble = "no \"answer\" in time"};
    asks = asks_start(path, &options);
    if (asks == NULL)
        abort();
    asks_tell(asks, &figures);
}

static int say_line(const uint8_t *data, size_t size) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    memcpy(address.sun_path, path, strlen(path));
    int file = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (file < 0 || connect(file, (struct sockaddr *)&address, sizeof address) != 0)
        abort();
    /* It may answer and hang up before it has heard all. */
    if ((size > 0 && send(file, data, size, MSG_NOSIGNAL) < 0 && errno != EPIPE) ||
        (send(file, "\n", 1, MSG_NOSIGNAL) < 0 && errno != EPIPE && errno != ECONNRESET))
        abort();
    return file;
}

/* libFuzzer looks at its clock by a signal. */
static ssize_t hear_some(int file, char *out, size_t size) {
    ssize_t got;
    do
        got = recv(file, out, size, 0);
    while (got < 0 && errno == EINTR);
    return got;
}

static void need_answer(int file) {
    static char answer[1 << 16];
    size_t length = 0;
    ssize_t got = 0;
    while (length < sizeof answer - 1 &&
           (got = hear_some(file, answer + length, sizeof answer - 1 - length)) > 0)
        length += (size_t)got;
    answer[length] = '\0';
    /* With bytes left that it never read it hangs up hard, and the answer may be lost. */
    if (length == 0 && got < 0 && errno == ECONNRESET)
        return;
    cJSON *tree = cJSON_Parse(answer);
    if (tree == NULL || answer[length - 1] != '\n')
        abort();
    cJSON_Delete(tree);
}

static bool has_none(void *context, const char *order_no, int64_t created_ms) {
    (void)context, (void)order_no, (void)created_ms;
    return false;
}

static void ask_nobody(const char *line) {
    static const struct elsewhere_asker asker = {.journal_id = "journal", .has_order = has_none};
    struct fleet_link link = {.stop = -1, .patience_ms = 1};
    cJSON *asked = cJSON_Parse(line), *answer = NULL;
    const cJSON *keys = cJSON_GetObjectItemCaseSensitive(asked, "keys");
    if (elsewhere_ask(&link, &asker, keys, &answer) == FLEET_OK || answer != NULL)
        abort();
    cJSON_Delete(asked);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (asks == NULL)
        begin_asks();
    const uint8_t *end = memchr(data, '\n', size);
    if (end != NULL)
        size = (size_t)(end - data);
    int file = say_line(data, size);
    need_answer(file);
    close(file);
    char *line = strndup((const char *)data, size);
    if (line == NULL)
        abort();
    ask_nobody(line);
    free(line);
    return 0;
}
