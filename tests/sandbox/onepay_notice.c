/* onepay: messages to phones and calls to a notifyUrl. They are kept, so that a test can read them.
 */
#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sandbox/onepay.h"
#include "tests/sandbox/value.h"

#define NOTIFY_MS_MAX 5000

void hop_keep(struct sandbox *sandbox, const char *type, const char *key, const cJSON *body) {
    struct notice *notice = rows_add(&sandbox->books.notices);
    char *text = cJSON_PrintUnformatted(body);
    text_set(notice->type, NO_SIZE, type);
    text_set(notice->key, sizeof notice->key, key);
    text_set(notice->body, sizeof notice->body, text);
    notice->at_ms = sandbox_now_ms(sandbox);
    cJSON_free(text);
    pthread_cond_broadcast(&sandbox->changed);
}

/* Validated above; whoever is told keeps its own settings. */
void hop_setinfo(struct sandbox *sandbox, const cJSON *param, struct reply *reply) {
    (void)sandbox;
    (void)param;
    (void)reply;
}

void hop_notice(struct sandbox *sandbox, const cJSON *param, struct reply *reply) {
    const char *begin = message_get(param, "beginDate");
    if (strcmp(begin, message_get(param, "endDate")) != 0) {
        reply_refuse(reply, ONEPAY_INVALID, "endDate: expected beginDate");
        return;
    }
    hop_keep(sandbox, reply->type, message_get(param, "inpatientNo"), param);
}

void hop_push(struct sandbox *sandbox, const cJSON *param, struct reply *reply) {
    if (strcmp(message_get(param, "drugState"), "cancel") == 0 &&
        message_get(param, "cancelDesc")[0] == '\0') {
        reply_refuse(reply, ONEPAY_MISSING, "cancelDesc: expected a value");
        return;
    }
    hop_keep(sandbox, reply->type, message_get(param, "cardNo"), param);
    reply->body = cJSON_CreateObject();
    /* Patients of elsewhere get no message. */
    bool sent = strcmp(message_get(param, "feeType"), "02") != 0;
    cJSON_AddStringToObject(reply->body, "notifyState", sent ? "succ" : "fail");
    put_time(reply->body, "notifyTime", sandbox_now_ms(sandbox));
}

static struct notice *notice_due(const struct sandbox *sandbox) {
    const struct rows *notices = &sandbox->books.notices;
    for (int i = 0; i < notices->count; i++) {
        struct notice *notice = notices->at[i];
        if (strcmp(notice->type, "notify") == 0 && !notice->sent)
            return notice;
    }
    return NULL;
}

static size_t hear_nothing(char *data, size_t size, size_t count, void *context) {
    (void)data;
    (void)context;
    return size * count;
}

static long call_url(const char *url, const char *body) {
    long status = 0;
    CURL *easy = curl_easy_init();
    struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json");
    curl_easy_setopt(easy, CURLOPT_URL, url);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http");
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)NOTIFY_MS_MAX);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(easy, CURLOPT_COPYPOSTFIELDS, body);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, hear_nothing);
    if (curl_easy_perform(easy) == CURLE_OK)
        curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    curl_slist_free_all(headers);
    curl_easy_cleanup(easy);
    return status;
}

/* A reset while the call is outside the lock makes the row another's: it is found again. */
void hop_notify_due(struct sandbox *sandbox) {
    struct notice *notice = notice_due(sandbox);
    if (notice == NULL)
        return;
    notice->sent = true;
    char *url = strdup(notice->key), *body = strdup(notice->body);
    pthread_mutex_unlock(&sandbox->lock);
    long status = call_url(url, body);
    pthread_mutex_lock(&sandbox->lock);
    const struct rows *notices = &sandbox->books.notices;
    for (int i = 0; i < notices->count; i++) {
        struct notice *kept = notices->at[i];
        if (kept->sent && strcmp(kept->body, body) == 0)
            kept->status = status;
    }
    free(url);
    free(body);
}

void hop_hear_notify(struct sandbox *sandbox, const cJSON *request) {
    hop_keep(sandbox, "his.notify", message_get(request, "outTradeNo"), request);
}
