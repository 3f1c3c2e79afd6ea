#include "tests/sandbox/call.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CALL_MS_MAX 5000

static size_t hear(char *data, size_t size, size_t count, void *context) {
    return fwrite(data, size, count, context) * size;
}

/* `hospital`: of the header X-Hospital, "" none. */
static CURLcode post(const char *url, const char *hospital, const char *text, FILE *heard) {
    CURL *easy = curl_easy_init();
    struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json");
    char line[128];
    snprintf(line, sizeof line, "X-Hospital: %s", hospital);
    if (hospital[0] != '\0')
        headers = curl_slist_append(headers, line);
    curl_easy_setopt(easy, CURLOPT_URL, url);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http");
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)CALL_MS_MAX);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(easy, CURLOPT_COPYPOSTFIELDS, text);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, hear);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, heard);
    CURLcode code = curl_easy_perform(easy);
    curl_slist_free_all(headers);
    curl_easy_cleanup(easy);
    return code;
}

cJSON *sandbox_call(struct sandbox *sandbox, const char *url, const cJSON *body) {
    char *text = cJSON_PrintUnformatted(body), *answer = NULL, hospital[64];
    size_t length = 0;
    FILE *heard = open_memstream(&answer, &length);
    memcpy(hospital, sandbox->settings.headers, sizeof hospital);
    pthread_mutex_unlock(&sandbox->lock);
    CURLcode code = post(url, hospital, text, heard);
    pthread_mutex_lock(&sandbox->lock);
    fclose(heard);
    cJSON *tree = code == CURLE_OK ? message_read(answer, length) : NULL;
    free(answer);
    cJSON_free(text);
    return tree;
}

cJSON *sandbox_call_his(struct sandbox *sandbox, const char *suffix, const cJSON *body) {
    char url[400];
    if (sandbox->settings.his_base[0] != '\0')
        snprintf(url, sizeof url, "%s%s", sandbox->settings.his_base, suffix);
    else
        snprintf(url, sizeof url, "http://127.0.0.1:%u/his%s", sandbox->port, suffix);
    return sandbox_call(sandbox, url, body);
}
