#include "app/pump/vendor.h"

#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/base/queue.h"
#include "app/pump/vendor_talk.h"

#define VENDOR_WAITING_MAX 512
#define VENDOR_POLL_MS 60000
#define HOST_PATH_SIZE 4096

/* One request, waiting or with a host. */
struct job {
    uint32_t number;
    const struct wire_library *library;
    char *input; /* in the library's encoding */
    int64_t deadline_mono_ms;
    struct job *next; /* of those that wait for a host */
};

/* One process. */
struct host {
    pid_t pid; /* 0: none */
    int fd;
    const struct wire_library *library;
    bool greeted; /* the library is loaded and has its settings */
    bool handed;  /* the job's input was given to it */
    struct job *job;
};

struct vendor {
    char host_path[HOST_PATH_SIZE];
    void (*done)(void *context, const struct net_answer *answer);
    void *context;
    struct queue *waiting; /* of struct job * */
    struct job *first;
    struct host hosts[VENDOR_HOSTS_MAX];
    int wake_fd;
    atomic_bool stopping;
    pthread_t thread;
};

/* Beside this program, as it is built, or where it is installed. */
static void find_host(char out[HOST_PATH_SIZE]) {
    static const char installed[] = "../libexec/hopkiosk/vendorhost";
    ssize_t length = readlink("/proc/self/exe", out, HOST_PATH_SIZE - sizeof installed);
    out[length > 0 ? length : 0] = '\0';
    char *slash = strrchr(out, '/');
    char *name = slash == NULL ? out : slash + 1;
    strcpy(name, "vendorhost");
    if (access(out, X_OK) != 0)
        strcpy(name, installed);
}

static void free_job(struct job *job) {
    if (job != NULL && job->input != NULL)
        explicit_bzero(job->input, strlen(job->input)); /* it may hold a pay code */
    if (job != NULL)
        free(job->input);
    free(job);
}

static void answer_job(const struct vendor *vendor, struct job *job, CURLcode code, bool reached,
                       const char *error, char *body) {
    struct net_answer answer = {.number = job->number,
                                .curl_code = (int)code,
                                .reached = reached,
                                .http_status = body == NULL ? 0 : 200,
                                .body = body == NULL ? strdup("") : body};
    ENSURE(answer.body != NULL);
    answer.length = strlen(answer.body);
    snprintf(answer.error, sizeof answer.error, "%.120s", error);
    free_job(job);
    vendor->done(vendor->context, &answer);
}

/* Ends the process, whatever it does; its job is the caller's. */
static struct job *end_host(struct host *host) {
    struct job *job = host->job;
    if (host->pid != 0) {
        kill(host->pid, SIGKILL);
        while (waitpid(host->pid, NULL, 0) < 0 && errno == EINTR) {
        }
        close(host->fd);
    }
    *host = (struct host){0};
    return job;
}

/* The pid, 0 when it cannot be started; the other end of its socket in *fd. */
static pid_t spawn_host(const struct vendor *vendor, const struct wire_library *library, int *fd) {
    extern char **environ;
    int pair[2];
    char *const arguments[] = {(char *)vendor->host_path, (char *)library->path,
                               (char *)library->function, NULL};
    pid_t pid = 0;
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
        return 0;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, pair[1], VENDOR_FD);
    for (int i = 0; i < VENDOR_FD; i++) /* what a library prints may hold persons */
        posix_spawn_file_actions_addopen(&files, i, "/dev/null", O_RDWR, 0);
    posix_spawn_file_actions_addclosefrom_np(&files, VENDOR_FD + 1);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    if (posix_spawn(&pid, vendor->host_path, &files, &attributes, arguments, environ) != 0)
        pid = 0;
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
    close(pair[1]);
    *fd = pair[0];
    if (pid == 0)
        close(pair[0]);
    return pid;
}

static bool hand_packet(const struct host *host, const char *text) {
    return send(host->fd, text, strlen(text) + 1, MSG_NOSIGNAL | MSG_DONTWAIT) >= 0;
}

static bool start_host(const struct vendor *vendor, struct host *host,
                       const struct wire_library *library) {
    char *settings =
        library->settings == NULL ? strdup("") : encoding_to(library->encoding, library->settings);
    *host = (struct host){.library = library};
    host->pid = settings == NULL ? 0 : spawn_host(vendor, library, &host->fd);
    bool started = host->pid != 0 && hand_packet(host, settings);
    if (host->pid != 0 && !started)
        end_host(host);
    free(settings);
    return started;
}

/* A host of this library that is free, else a new one in the place of none or of another's. */
static struct host *find_free_host(struct vendor *vendor, const struct wire_library *library) {
    struct host *empty = NULL, *other = NULL;
    for (int i = 0; i < VENDOR_HOSTS_MAX; i++) {
        struct host *host = &vendor->hosts[i];
        if (host->pid != 0 && host->job == NULL && host->library == library)
            return host;
        if (host->pid == 0)
            empty = host;
        else if (host->job == NULL)
            other = host;
    }
    if (empty == NULL && other != NULL)
        end_host(empty = other);
    return empty;
}

/* Gives the job to the host; what cannot be given is answered. */
static void hand_job(struct vendor *vendor, struct host *host, struct job *job) {
    if (host->pid == 0 && !start_host(vendor, host, job->library)) {
        answer_job(vendor, job, CURLE_COULDNT_CONNECT, false, "the library's host does not start",
                   NULL);
        return;
    }
    host->job = job;
    host->handed = host->greeted;
    if (host->greeted && !hand_packet(host, job->input))
        answer_job(vendor, end_host(host), CURLE_COULDNT_CONNECT, false,
                   "the library's host is gone", NULL);
}

static void hand_waiting(struct vendor *vendor) {
    struct job *job, **at = &vendor->first;
    while (queue_pop(vendor->waiting, &job)) {
        while (*at != NULL)
            at = &(*at)->next;
        *at = job;
    }
    while (vendor->first != NULL) {
        job = vendor->first;
        struct host *host = find_free_host(vendor, job->library);
        if (host == NULL)
            return;
        vendor->first = job->next;
        job->next = NULL;
        hand_job(vendor, host, job);
    }
}

/* {"returned": ..., "out": ...}; a text that its encoding cannot have is left out. */
static char *body_of_reply(const struct wire_library *library, const char *reply, size_t length) {
    size_t code = strnlen(reply, length);
    size_t skipped = code < length ? code + 1 : length;
    char *returned = encoding_from(library->encoding, reply, code);
    char *out = encoding_from(library->encoding, reply + skipped, length - skipped);
    cJSON *body = cJSON_CreateObject();
    if (returned != NULL)
        cJSON_AddStringToObject(body, "returned", returned);
    if (out != NULL)
        cJSON_AddStringToObject(body, "out", out);
    char *text = cJSON_PrintUnformatted(body);
    cJSON_Delete(body);
    free(returned);
    free(out);
    ENSURE(text != NULL);
    return text;
}

static void hear_greeting(struct vendor *vendor, struct host *host, const char *said) {
    host->greeted = said[0] == '\0';
    if (!host->greeted) {
        log_write(LOG_ERROR, "vendor", "%s", said);
        struct job *job = end_host(host);
        if (job != NULL)
            answer_job(vendor, job, CURLE_COULDNT_CONNECT, false, said, NULL);
        return;
    }
    if (host->job != NULL)
        hand_job(vendor, host, host->job);
}

static void lose_host(struct vendor *vendor, struct host *host) {
    bool reached = host->handed;
    struct job *job = end_host(host);
    log_write(LOG_ERROR, "vendor", "the library's process ended by itself");
    if (job != NULL)
        answer_job(vendor, job, reached ? CURLE_RECV_ERROR : CURLE_COULDNT_CONNECT, reached,
                   "the library's process ended by itself", NULL);
}

static void hear_host(struct vendor *vendor, struct host *host) {
    char packet[VENDOR_REPLY_MAX + 1];
    ssize_t length = recv(host->fd, packet, sizeof packet - 1, MSG_DONTWAIT);
    if (length < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (length <= 0) {
        lose_host(vendor, host);
        return;
    }
    packet[length] = '\0';
    if (!host->greeted) {
        hear_greeting(vendor, host, packet);
    } else if (host->job != NULL) {
        struct job *job = host->job;
        host->job = NULL;
        answer_job(vendor, job, CURLE_OK, true, "",
                   body_of_reply(host->library, packet, (size_t)length));
    }
    explicit_bzero(packet, sizeof packet);
}

static void answer_overdue(struct vendor *vendor, int64_t now_ms) {
    for (int i = 0; i < VENDOR_HOSTS_MAX; i++) {
        struct host *host = &vendor->hosts[i];
        bool reached = host->handed;
        if (host->job != NULL && host->job->deadline_mono_ms <= now_ms)
            answer_job(vendor, end_host(host), CURLE_OPERATION_TIMEDOUT, reached,
                       "the library did not answer in time", NULL);
    }
    for (struct job **at = &vendor->first; *at != NULL;) {
        struct job *job = *at;
        if (job->deadline_mono_ms > now_ms) {
            at = &job->next;
            continue;
        }
        *at = job->next;
        answer_job(vendor, job, CURLE_OPERATION_TIMEDOUT, false, "no host was free in time", NULL);
    }
}

static int64_t earlier_of(int64_t deadline_ms, const struct job *job) {
    return job != NULL && job->deadline_mono_ms < deadline_ms ? job->deadline_mono_ms : deadline_ms;
}

static int wait_ms_of(const struct vendor *vendor) {
    int64_t now_ms = clock_mono_ms(), deadline_ms = now_ms + VENDOR_POLL_MS;
    for (int i = 0; i < VENDOR_HOSTS_MAX; i++)
        deadline_ms = earlier_of(deadline_ms, vendor->hosts[i].job);
    for (const struct job *job = vendor->first; job != NULL; job = job->next)
        deadline_ms = earlier_of(deadline_ms, job);
    return deadline_ms > now_ms ? (int)(deadline_ms - now_ms) : 0;
}

/* Until a host speaks, a request comes or a deadline is over. */
static void wait_hosts(struct vendor *vendor) {
    struct pollfd fds[VENDOR_HOSTS_MAX + 1] = {{.fd = vendor->wake_fd, .events = POLLIN}};
    uint64_t woken;
    for (int i = 0; i < VENDOR_HOSTS_MAX; i++)
        fds[i + 1] = (struct pollfd){.fd = vendor->hosts[i].pid == 0 ? -1 : vendor->hosts[i].fd,
                                     .events = POLLIN};
    if (poll(fds, VENDOR_HOSTS_MAX + 1, wait_ms_of(vendor)) <= 0)
        return;
    if (fds[0].revents != 0 && read(vendor->wake_fd, &woken, sizeof woken) < 0)
        return;
    for (int i = 0; i < VENDOR_HOSTS_MAX; i++)
        if (fds[i + 1].revents != 0)
            hear_host(vendor, &vendor->hosts[i]);
}

static void abandon_jobs(struct vendor *vendor) {
    struct job *job;
    for (int i = 0; i < VENDOR_HOSTS_MAX; i++) {
        bool reached = vendor->hosts[i].handed;
        job = end_host(&vendor->hosts[i]);
        if (job != NULL)
            answer_job(vendor, job, CURLE_ABORTED_BY_CALLBACK, reached, "stopping", NULL);
    }
    while ((job = vendor->first) != NULL) {
        vendor->first = job->next;
        answer_job(vendor, job, CURLE_ABORTED_BY_CALLBACK, false, "stopping", NULL);
    }
    while (queue_pop(vendor->waiting, &job))
        answer_job(vendor, job, CURLE_ABORTED_BY_CALLBACK, false, "stopping", NULL);
}

static void *run_vendor(void *context) {
    struct vendor *vendor = context;
    while (!atomic_load(&vendor->stopping)) {
        hand_waiting(vendor);
        wait_hosts(vendor);
        answer_overdue(vendor, clock_mono_ms());
    }
    abandon_jobs(vendor);
    return NULL;
}

static void wake_vendor(void *context) {
    const struct vendor *vendor = context;
    uint64_t one = 1;
    ENSURE(write(vendor->wake_fd, &one, sizeof one) == (ssize_t)sizeof one);
}

struct vendor *vendor_start(const char *host,
                            void (*done)(void *context, const struct net_answer *answer),
                            void *context) {
    struct vendor *vendor = calloc(1, sizeof *vendor);
    ENSURE(vendor != NULL);
    vendor->done = done;
    vendor->context = context;
    if (host == NULL)
        find_host(vendor->host_path);
    else
        snprintf(vendor->host_path, sizeof vendor->host_path, "%s", host);
    vendor->wake_fd = eventfd(0, EFD_CLOEXEC);
    ENSURE(vendor->wake_fd >= 0);
    vendor->waiting = queue_create(sizeof(struct job *), VENDOR_WAITING_MAX, wake_vendor, vendor);
    ENSURE(pthread_create(&vendor->thread, NULL, run_vendor, vendor) == 0);
    return vendor;
}

void vendor_send(struct vendor *vendor, const struct vendor_request *request) {
    struct job *job = calloc(1, sizeof *job);
    ENSURE(job != NULL);
    *job = (struct job){.number = request->number,
                        .library = request->library,
                        .input = encoding_to(request->library->encoding, request->input),
                        .deadline_mono_ms = clock_mono_ms() + request->timeout_ms};
    const char *refusal =
        job->input == NULL ? "the request cannot be said in the library's encoding"
        : strlen(job->input) >= VENDOR_BUFFER ? "the request is too long for the library"
                                              : NULL;
    if (refusal == NULL && !queue_push_droppable(vendor->waiting, &job))
        refusal = "too many requests are waiting";
    if (refusal != NULL)
        answer_job(vendor, job, CURLE_URL_MALFORMAT, false, refusal, NULL);
}

void vendor_stop(struct vendor *vendor) {
    atomic_store(&vendor->stopping, true);
    wake_vendor(vendor);
    pthread_join(vendor->thread, NULL);
    queue_destroy(vendor->waiting);
    close(vendor->wake_fd);
    free(vendor);
}

/* The one answer of vendor_once. */
struct once {
    struct net_answer *out;
    int done_fd;
};

static void take_once(void *context, const struct net_answer *answer) {
    const struct once *once = context;
    uint64_t one = 1;
    *once->out = *answer;
    ENSURE(write(once->done_fd, &one, sizeof one) == (ssize_t)sizeof one);
}

void vendor_once(const char *host, const struct vendor_request *request, struct net_answer *out) {
    struct once once = {out, eventfd(0, EFD_CLOEXEC)};
    uint64_t done;
    ENSURE(once.done_fd >= 0);
    struct vendor *vendor = vendor_start(host, take_once, &once);
    vendor_send(vendor, request);
    ENSURE(read(once.done_fd, &done, sizeof done) == (ssize_t)sizeof done);
    vendor_stop(vendor);
    close(once.done_fd);
}
