#include "app/pump/net.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"
#include "app/base/queue.h"

/* More requests than the main thread ever has under way. */
#define NET_WAITING_MAX 2048
/* The longest sleep. Curl and new requests wake the thread; this is a safety net. */
#define NET_POLL_MS 60000

/* The most bytes of headers. */
#define HEADERS_MAX 65536

/* One request on its way. */
struct transfer {
    uint32_t number;
    CURL *easy;
    struct curl_slist *headers;
    char *answer;
    size_t length, capacity, header_length, answer_max;
    bool too_long;
    char error[CURL_ERROR_SIZE];
    struct transfer *next; /* of those under way */
};

struct net {
    bool allow_plain;
    void (*done)(void *context, const struct net_answer *answer);
    void *context;
    CURLM *multi;
    struct queue *waiting; /* of struct transfer * */
    struct transfer *under_way;
    atomic_bool stopping, turned;
    pthread_t thread;
};

static size_t take_bytes(char *bytes, size_t size, size_t count, void *context) {
    struct transfer *transfer = context;
    size_t more = size * count;
    if (transfer->length + more > transfer->answer_max) {
        transfer->too_long = true;
        return 0;
    }
    if (transfer->length + more + 1 > transfer->capacity) {
        size_t capacity = (transfer->length + more + 1) * 2;
        char *larger = realloc(transfer->answer, capacity);
        if (larger == NULL)
            return 0;
        transfer->answer = larger;
        transfer->capacity = capacity;
    }
    memcpy(transfer->answer + transfer->length, bytes, more);
    transfer->length += more;
    transfer->answer[transfer->length] = '\0';
    return more;
}

static size_t take_header(char *bytes, size_t size, size_t count, void *context) {
    struct transfer *transfer = context;
    (void)bytes;
    transfer->header_length += size * count;
    return transfer->header_length > HEADERS_MAX ? 0 : size * count;
}

/* True when the host is an address of this machine, or "localhost", which curl never looks up. A
 * name that only begins like an address may be anybody's. */
static bool is_own_address(const char *host) {
    struct in_addr v4;
    if (inet_pton(AF_INET, host, &v4) == 1)
        return ntohl(v4.s_addr) >> 24 == IN_LOOPBACKNET;
    return strcmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0;
}

/* NULL, or why nothing is sent to this address. */
static const char *refusal_of(const char *address, bool allow_plain) {
    const char *refusal = NULL;
    char *scheme = NULL, *host = NULL;
    CURLU *url = curl_url();
    CURLUcode code = curl_url_set(url, CURLUPART_URL, address, CURLU_DISALLOW_USER);
    if (code == CURLUE_USER_NOT_ALLOWED)
        refusal = "a name or password in the address would be sent and logged";
    else if (code != CURLUE_OK || curl_url_get(url, CURLUPART_SCHEME, &scheme, 0) != CURLUE_OK ||
             curl_url_get(url, CURLUPART_HOST, &host, 0) != CURLUE_OK)
        refusal = "the address is not a URL";
    else if (strcmp(scheme, "http") == 0 && !allow_plain && !is_own_address(host))
        refusal = "plain http beyond this machine needs allow_plain";
    curl_free(scheme);
    curl_free(host);
    curl_url_cleanup(url);
    return refusal;
}

static void set_body(struct transfer *transfer, const struct net_request *request) {
    char type[128];
    snprintf(type, sizeof type, "Content-Type: %s", request->content_type);
    transfer->headers = curl_slist_append(curl_slist_append(transfer->headers, type), "Expect:");
    curl_easy_setopt(transfer->easy, CURLOPT_POSTFIELDSIZE, (long)request->body_length);
    curl_easy_setopt(transfer->easy, CURLOPT_COPYPOSTFIELDS,
                     request->body_length > 0 ? request->body : "");
}

/* A hospital's own authority stands in place of the system's, not beside them. */
static void set_trust(CURL *easy, const struct wire_trust *trust) {
    if (trust->ca_file[0] != '\0') {
        curl_easy_setopt(easy, CURLOPT_CAINFO, trust->ca_file);
        curl_easy_setopt(easy, CURLOPT_CAPATH, NULL);
    }
    if (trust->client_certificate[0] != '\0') {
        curl_easy_setopt(easy, CURLOPT_SSLCERT, trust->client_certificate);
        curl_easy_setopt(easy, CURLOPT_SSLKEY, trust->client_key);
    }
    if (trust->pin[0] != '\0')
        curl_easy_setopt(easy, CURLOPT_PINNEDPUBLICKEY, trust->pin);
}

static void add_headers(struct transfer *transfer, const struct wire_trust *trust) {
    for (int i = 0; trust->headers[i] != NULL; i++)
        transfer->headers = curl_slist_append(transfer->headers, trust->headers[i]);
}

static struct transfer *transfer_create(const struct net_request *request) {
    struct transfer *transfer = calloc(1, sizeof *transfer);
    ENSURE(transfer != NULL);
    transfer->number = request->number;
    transfer->answer_max = request->answer_max != 0 ? request->answer_max : NET_ANSWER_MAX;
    CURL *easy = transfer->easy = curl_easy_init();
    ENSURE(easy != NULL);
    curl_easy_setopt(easy, CURLOPT_URL, request->url);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L); /* a redirection is an answer */
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    /* No connection is used twice: on a used one curl sends a request again by itself when the
     * other side hangs up, but only the order may decide to repeat something. */
    curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
    curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L);
    curl_easy_setopt(easy, CURLOPT_PROXY, ""); /* no proxy from the environment */
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)request->timeout_ms);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, transfer->error);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_bytes);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, transfer);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, transfer);
    curl_easy_setopt(easy, CURLOPT_PRIVATE, transfer);
    if (request->content_type != NULL)
        set_body(transfer, request);
    if (request->trust != NULL) {
        set_trust(easy, request->trust);
        add_headers(transfer, request->trust);
    }
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, transfer->headers);
    return transfer;
}

static void transfer_free(struct transfer *transfer) {
    curl_easy_cleanup(transfer->easy);
    curl_slist_free_all(transfer->headers);
    free(transfer->answer);
    free(transfer);
}

static int64_t server_date_ms(CURL *easy) {
    struct curl_header *date;
    if (curl_easy_header(easy, "Date", 0, CURLH_HEADER, -1, &date) != CURLHE_OK)
        return 0;
    time_t seconds = curl_getdate(date->value, NULL);
    return seconds < 0 ? 0 : (int64_t)seconds * 1000;
}

static void say_error(const struct transfer *transfer, CURLcode code, struct net_answer *out) {
    const char *error = transfer->error[0] != '\0' ? transfer->error : curl_easy_strerror(code);
    if (transfer->too_long)
        error = "the answer is longer than 4 MiB";
    snprintf(out->error, sizeof out->error, "%.*s", (int)sizeof out->error - 1,
             code == CURLE_OK ? "" : error);
}

/* Makes the answer of an ended transfer; the body passes to it. */
static struct net_answer answer_of(struct transfer *transfer, CURLcode code) {
    long status = 0, sent = 0;
    curl_easy_getinfo(transfer->easy, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(transfer->easy, CURLINFO_REQUEST_SIZE, &sent);
    struct net_answer answer = {.number = transfer->number,
                                .curl_code = (int)code,
                                .reached = sent > 0,
                                .http_status = (int)status,
                                .server_date_ms = server_date_ms(transfer->easy)};
    say_error(transfer, code, &answer);
    answer.body = transfer->answer != NULL ? transfer->answer : calloc(1, 1);
    ENSURE(answer.body != NULL);
    answer.length = transfer->length;
    transfer->answer = NULL;
    return answer;
}

static struct net_answer refused_answer(uint32_t number, CURLcode code, const char *why) {
    struct net_answer answer = {.number = number, .curl_code = (int)code, .body = calloc(1, 1)};
    ENSURE(answer.body != NULL);
    snprintf(answer.error, sizeof answer.error, "%s", why);
    return answer;
}

static void finish_transfer(struct net *net, struct transfer *transfer, CURLcode code) {
    struct net_answer answer = answer_of(transfer, code);
    transfer_free(transfer);
    net->done(net->context, &answer);
}

static void take_waiting(struct net *net) {
    struct transfer *transfer;
    while (queue_pop(net->waiting, &transfer)) {
        transfer->next = net->under_way;
        net->under_way = transfer;
        curl_multi_add_handle(net->multi, transfer->easy);
    }
}

static void forget_transfer(struct net *net, struct transfer *transfer) {
    struct transfer **at = &net->under_way;
    while (*at != transfer)
        at = &(*at)->next;
    *at = transfer->next;
    curl_multi_remove_handle(net->multi, transfer->easy);
}

static void take_finished(struct net *net) {
    int left;
    CURLMsg *message;
    while ((message = curl_multi_info_read(net->multi, &left)) != NULL) {
        if (message->msg == CURLMSG_DONE) {
            CURLcode code = message->data.result;
            char *private = NULL;
            curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &private);
            struct transfer *transfer = (struct transfer *)(void *)private;
            forget_transfer(net, transfer);
            finish_transfer(net, transfer, code);
        }
    }
}

static void *run_net(void *context) {
    struct net *net = context;
    while (!atomic_load(&net->stopping)) {
        int running;
        take_waiting(net);
        curl_multi_perform(net->multi, &running);
        take_finished(net);
        curl_multi_poll(net->multi, NULL, 0, NET_POLL_MS, NULL);
        atomic_store(&net->turned, true);
    }
    take_waiting(net);
    while (net->under_way != NULL) {
        struct transfer *transfer = net->under_way;
        forget_transfer(net, transfer);
        finish_transfer(net, transfer, CURLE_ABORTED_BY_CALLBACK);
    }
    return NULL;
}

static void wake_net(void *context) {
    curl_multi_wakeup(context);
}

struct net *net_start(bool allow_plain,
                      void (*done)(void *context, const struct net_answer *answer), void *context) {
    struct net *net = calloc(1, sizeof *net);
    ENSURE(net != NULL);
    curl_global_init(CURL_GLOBAL_DEFAULT);
    net->allow_plain = allow_plain;
    net->done = done;
    net->context = context;
    net->multi = curl_multi_init();
    ENSURE(net->multi != NULL);
    net->waiting = queue_create(sizeof(struct transfer *), NET_WAITING_MAX, wake_net, net->multi);
    ENSURE(pthread_create(&net->thread, NULL, run_net, net) == 0);
    return net;
}

void net_send(struct net *net, const struct net_request *request) {
    const char *refusal = refusal_of(request->url, net->allow_plain);
    if (refusal == NULL) {
        struct transfer *transfer = transfer_create(request);
        if (queue_push_droppable(net->waiting, &transfer))
            return;
        transfer_free(transfer);
        refusal = "too many requests are waiting";
    }
    struct net_answer answer = refused_answer(request->number, CURLE_URL_MALFORMAT, refusal);
    net->done(net->context, &answer);
}

bool net_turns(struct net *net) {
    bool turned = atomic_exchange(&net->turned, false);
    curl_multi_wakeup(net->multi);
    return turned;
}

void net_stop(struct net *net) {
    atomic_store(&net->stopping, true);
    curl_multi_wakeup(net->multi);
    pthread_join(net->thread, NULL);
    curl_multi_cleanup(net->multi);
    queue_destroy(net->waiting);
    free(net);
}

void net_once(bool allow_plain, const struct net_request *request, struct net_answer *out) {
    const char *refusal = refusal_of(request->url, allow_plain);
    if (refusal != NULL) {
        *out = refused_answer(request->number, CURLE_URL_MALFORMAT, refusal);
        return;
    }
    struct transfer *transfer = transfer_create(request);
    CURLcode code = curl_easy_perform(transfer->easy);
    *out = answer_of(transfer, code);
    transfer_free(transfer);
}
