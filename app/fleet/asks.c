#include "app/fleet/asks.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/fleet/elsewhere.h"

#define LINE_SIZE 2048
#define LINE_PATIENCE_MS 500
#define PATIENCE_MS 1500 /* for all of a question: the kiosk waits 2 s */
#define PAUSE_MS 1000    /* after a caller that could not be met */
#define WAITING_MAX 8
#define LINK_IDLE_MS 30000 /* then the connection is another terminal's to use */

struct asks {
    struct replicator_options options; /* of what is asked of the database */
    char *path;
    int listener;
    struct fleet_link link;
    pthread_t thread;
    pthread_mutex_t lock; /* of the figures, which the main thread tells */
    struct replicator_figures figures;
};

/* A line, or nothing. */
static bool hear_line(int client, char line[LINE_SIZE]) {
    size_t length = 0;
    int64_t until_ms = clock_mono_ms() + LINE_PATIENCE_MS;
    while (length < LINE_SIZE - 1 && (length == 0 || line[length - 1] != '\n')) {
        struct pollfd ready = {.fd = client, .events = POLLIN};
        int64_t left_ms = until_ms - clock_mono_ms();
        if (left_ms <= 0 || poll(&ready, 1, (int)left_ms) != 1)
            return false;
        ssize_t got = recv(client, line + length, LINE_SIZE - 1 - length, 0);
        if (got <= 0)
            return false;
        length += (size_t)got;
    }
    line[length] = '\0';
    return length > 0 && line[length - 1] == '\n';
}

struct replicator_figures asks_figures(struct asks *asks) {
    pthread_mutex_lock(&asks->lock);
    struct replicator_figures figures = asks->figures;
    pthread_mutex_unlock(&asks->lock);
    return figures;
}

/* One that cannot be read is there, too. */
static bool has_order(void *context, const char *order_no, int64_t created_ms) {
    struct order *order = calloc(1, sizeof *order);
    ENSURE(order != NULL);
    enum journal_result result = journal_load(context, order_no, order);
    bool has = result == JOURNAL_OK ? order->created_ms == created_ms : result != JOURNAL_NOT_FOUND;
    free(order);
    return has;
}

/* False: the journal cannot be read. It stays open for what the answer asks of it. */
static bool know_asker(struct asks *asks, struct elsewhere_asker *out, struct journal **journal) {
    struct journal_options options = {.path = asks->options.journal_path, .read_only = true};
    struct journal_mark mark;
    *journal = NULL;
    if (journal_open(&options, journal) != JOURNAL_OK ||
        journal_mark(*journal, &mark) != JOURNAL_OK)
        return false;
    *out = (struct elsewhere_asker){.has_order = has_order, .context = *journal};
    memcpy(out->journal_id, mark.journal_id, JOURNAL_ID_SIZE);
    return true;
}

static enum fleet_result open_link(struct asks *asks, int patience_ms) {
    asks->link.patience_ms = patience_ms;
    if (asks->link.connection != NULL)
        return FLEET_OK;
    return fleet_link_open(
        &asks->link,
        &(struct fleet_link_options){asks->options.database, patience_ms, asks->options.stop});
}

/* Where this journal stands now. One that was restored is not told before it goes on as a journal
 * of its own, some seconds: until then what it lacks would pass for its own, and be hidden. */
static enum fleet_result find_asker(struct asks *asks, struct elsewhere_asker *asker) {
    struct place place;
    enum fleet_result result = place_look(&asks->link, asker->context, &place);
    asker->place = place.id;
    if (result != FLEET_OK || place.id != 0)
        return result;
    snprintf(asks->link.error, sizeof asks->link.error,
             "this machine's journal was restored, and does not go on in the database yet");
    return FLEET_MOVED;
}

static int patience_left(int64_t until_ms) {
    int64_t left_ms = until_ms - clock_mono_ms();
    return left_ms > 0 ? (int)left_ms : 0;
}

/* Connecting and asking, in what is left of the time. */
static enum fleet_result ask_in_time(struct asks *asks, struct elsewhere_asker *asker,
                                     const cJSON *keys, int64_t until_ms, cJSON **answer) {
    int left_ms = patience_left(until_ms);
    enum fleet_result result = left_ms == 0 ? FLEET_DOWN : open_link(asks, left_ms);
    asks->link.patience_ms = patience_left(until_ms);
    if (result == FLEET_OK)
        result = find_asker(asks, asker);
    asks->link.patience_ms = patience_left(until_ms);
    if (result == FLEET_OK)
        result = elsewhere_ask(&asks->link, asker, keys, answer);
    if (result != FLEET_OK)
        fleet_link_close(&asks->link);
    return result;
}

/* Twice: the connection may have ended since it was used last. */
static cJSON *ask_database(struct asks *asks, struct elsewhere_asker *asker, const cJSON *keys) {
    cJSON *answer = NULL;
    int64_t until_ms = clock_mono_ms() + PATIENCE_MS;
    bool was_open = asks->link.connection != NULL;
    enum fleet_result result = ask_in_time(asks, asker, keys, until_ms, &answer);
    if (result != FLEET_OK && was_open)
        result = ask_in_time(asks, asker, keys, until_ms, &answer);
    if (result != FLEET_OK)
        log_write(LOG_WARNING, "fleet", "other machines' payments are not known: %s",
                  asks->link.error);
    return answer;
}

static cJSON *answer_payments(struct asks *asks, const cJSON *keys) {
    struct elsewhere_asker asker;
    struct journal *journal;
    cJSON *answer = NULL;
    if (know_asker(asks, &asker, &journal))
        answer = ask_database(asks, &asker, keys);
    else
        log_write(LOG_WARNING, "fleet",
                  "other machines' payments are not asked for: this "
                  "machine's journal cannot be read");
    journal_close(journal);
    return answer;
}

static cJSON *answer_status(struct asks *asks) {
    struct replicator_figures figures = asks_figures(asks);
    const struct {
        const char *name;
        int64_t value;
    } numbers[] = {{"events", figures.events},
                   {"batches", figures.batches},
                   {"failures", figures.failures},
                   {"sent_ms", figures.sent_wall_ms},
                   {"journal_events", figures.journal_events},
                   {"place_events", figures.place_events}};
    cJSON *answer = cJSON_CreateObject();
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        char digits[24];
        snprintf(digits, sizeof digits, "%lld", (long long)numbers[i].value);
        cJSON_AddRawToObject(answer, numbers[i].name, digits);
    }
    cJSON_AddStringToObject(answer, "trouble", figures.trouble);
    return answer;
}

static cJSON *answer_line(struct asks *asks, const char *line) {
    cJSON *asked = cJSON_Parse(line), *answer = NULL;
    const char *word = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(asked, "ask"));
    if (word != NULL && strcmp(word, "payments") == 0)
        answer = answer_payments(asks, cJSON_GetObjectItemCaseSensitive(asked, "keys"));
    else if (word != NULL && strcmp(word, "status") == 0)
        answer = answer_status(asks);
    cJSON_Delete(asked);
    return answer;
}

/* Whoever no longer waits is not worked for: others do. */
static bool has_left(int client) {
    struct pollfd gone = {.fd = client, .events = POLLRDHUP};
    return poll(&gone, 1, 0) == 1 && (gone.revents & (POLLHUP | POLLRDHUP | POLLERR)) != 0;
}

static void serve_client(struct asks *asks, int client) {
    char line[LINE_SIZE];
    struct timeval patience = {.tv_sec = 1};
    setsockopt(client, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    bool asked = hear_line(client, line) && !has_left(client);
    cJSON *answer = asked ? answer_line(asks, line) : NULL;
    char *text =
        answer != NULL ? cJSON_PrintUnformatted(answer) : strdup("{\"error\":\"unknown\"}");
    ENSURE(text != NULL);
    size_t length = strlen(text);
    text[length] = '\n'; /* in the place of the zero, which nobody reads any more */
    for (size_t sent = 0; sent <= length;) {
        ssize_t step = send(client, text + sent, length + 1 - sent, MSG_NOSIGNAL);
        if (step <= 0)
            break;
        sent += (size_t)step;
    }
    explicit_bzero(line, sizeof line);
    cJSON_Delete(answer);
    free(text);
    close(client);
}

static void *run_asks(void *context) {
    struct asks *asks = context;
    for (;;) {
        struct pollfd ready[] = {{.fd = asks->options.stop, .events = POLLIN},
                                 {.fd = asks->listener, .events = POLLIN}};
        int count = poll(ready, 2, asks->link.connection != NULL ? LINK_IDLE_MS : -1);
        if (count < 0 && errno != EINTR)
            break;
        if (count == 0)
            fleet_link_close(&asks->link);
        if (ready[0].revents != 0)
            break;
        if (ready[1].revents == 0)
            continue;
        int client = accept4(asks->listener, NULL, NULL, SOCK_CLOEXEC);
        if (client >= 0)
            serve_client(asks, client);
        else /* no descriptor is left: the caller is there still */
            (void)poll(ready, 1, PAUSE_MS);
    }
    fleet_link_close(&asks->link);
    return NULL;
}

/* What stands at `path` is removed only if it is a socket that nobody answers at. */
static bool remove_left_socket(const struct sockaddr_un *address) {
    struct stat status;
    if (lstat(address->sun_path, &status) != 0)
        return errno == ENOENT;
    int file = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    bool answers = connect(file, (const struct sockaddr *)address, sizeof *address) == 0 ||
                   errno == EAGAIN; /* so many wait there already */
    close(file);
    errno = EADDRINUSE;
    return S_ISSOCK(status.st_mode) && !answers && unlink(address->sun_path) == 0;
}

static int listen_at_path(const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    memcpy(address.sun_path, path, strlen(path));
    if (!remove_left_socket(&address))
        return -1;
    int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    mode_t mask = umask(0177);
    bool bound = bind(listener, (struct sockaddr *)&address, sizeof address) == 0 &&
                 listen(listener, WAITING_MAX) == 0;
    umask(mask);
    if (bound)
        return listener;
    int why = errno;
    close(listener);
    errno = why;
    return -1;
}

struct asks *asks_start(const char *socket_path, const struct replicator_options *options) {
    int listener = listen_at_path(socket_path);
    if (listener < 0) {
        log_write(LOG_ERROR, "fleet", "no socket at %s: %s", socket_path, strerror(errno));
        return NULL;
    }
    struct asks *asks = calloc(1, sizeof *asks);
    ENSURE(asks != NULL && pthread_mutex_init(&asks->lock, NULL) == 0);
    asks->options = *options;
    asks->path = strdup(socket_path);
    asks->listener = listener;
    ENSURE(pthread_create(&asks->thread, NULL, run_asks, asks) == 0);
    return asks;
}

void asks_tell(struct asks *asks, const struct replicator_figures *figures) {
    pthread_mutex_lock(&asks->lock);
    asks->figures = *figures;
    pthread_mutex_unlock(&asks->lock);
}

void asks_join(struct asks *asks) {
    pthread_join(asks->thread, NULL);
    close(asks->listener);
    unlink(asks->path);
    pthread_mutex_destroy(&asks->lock);
    free(asks->path);
    free(asks);
}
