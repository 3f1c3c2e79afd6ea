#include "app/ctl/call_file.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/base/log.h"
#include "app/config/rules.h"
#include "app/pump/net.h"
#include "app/wire/json.h"
#include "app/wire/packed_csv.h"

#define FILE_MAX (32u << 20) /* as it is downloaded */

bool call_file_has(const char *platform, const char *operation) {
    return (strcmp(platform, "amp") == 0 &&
            (strcmp(operation, "getTradeFile") == 0 || strcmp(operation, "getCheckFile") == 0)) ||
           (strcmp(platform, "mmpc") == 0 && strcmp(operation, "bill") == 0);
}

/* The member wherever the answer wraps it. */
static const char *find_text(const cJSON *tree, const char *name) {
    const char *text = wire_text(tree, name);
    for (const cJSON *child = cJSON_IsObject(tree) ? tree->child : NULL;
         text == NULL && child != NULL; child = child->next)
        text = cJSON_IsObject(child) ? find_text(child, name) : NULL;
    return text;
}

/* amp's is a ZIP of one CSV, with a digest; the centre's bill is kept as it comes. */
static const char *write_content(const cJSON *answer, const struct net_answer *got, FILE *out) {
    const char *digest = find_text(answer, "digest");
    if (digest != NULL)
        return packed_csv_unpack(got->body, got->length, digest, out);
    return fwrite(got->body, 1, got->length, out) == got->length ? NULL
                                                                 : "the file cannot be written";
}

/* Written beside it, and put in its place when it is whole: it names persons, so it is its owner's
 * only. */
static enum ctl_exit put_file(const cJSON *answer, const struct net_answer *got, const char *path) {
    char *beside = NULL;
    ENSURE(asprintf(&beside, "%s.part", path) > 0);
    (void)unlink(beside);
    int descriptor = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    FILE *out = descriptor < 0 ? NULL : fdopen(descriptor, "w");
    enum ctl_exit code = CTL_OK;
    const char *wrong = out == NULL ? NULL : write_content(answer, got, out);
    bool written = out != NULL && (fclose(out) == 0) && wrong == NULL && rename(beside, path) == 0;
    if (wrong != NULL)
        code = ctl_say(CTL_MALFORMED, "%s", wrong);
    else if (!written)
        code = ctl_say(CTL_FAILED, "%s: cannot be written", path);
    if (!written)
        (void)unlink(beside);
    free(beside);
    return code;
}

/* What the answer links to, into `got`. */
static enum ctl_exit download(const struct config *config, const struct platform *platform,
                              const cJSON *answer, struct net_answer *got,
                              char why[CALL_FILE_WHY]) {
    const char *url = find_text(answer, "downloadUrl");
    struct net_request request = {.number = 1,
                                  .url = url,
                                  .timeout_ms = (int)config_rules(config)->limits.answer_ms,
                                  .answer_max = FILE_MAX,
                                  .trust = platform->trust(config)};
    if (url == NULL) {
        snprintf(why, CALL_FILE_WHY, "downloadUrl is missing");
        return CTL_MALFORMED;
    }
    net_once(config_allows_plain(config), &request, got);
    if (got->curl_code != 0)
        snprintf(why, CALL_FILE_WHY, "the file did not come: %s", got->error);
    else if (got->http_status != 200)
        snprintf(why, CALL_FILE_WHY, "the file did not come: HTTP %d", got->http_status);
    return got->curl_code == 0 && got->http_status == 200 ? CTL_OK : CTL_UNKNOWN;
}

enum ctl_exit call_file_fetch(const struct config *config, const struct platform *platform,
                              const cJSON *answer, const char *path) {
    struct net_answer got = {0};
    char why[CALL_FILE_WHY] = "";
    enum ctl_exit code = download(config, platform, answer, &got, why);
    code = code == CTL_OK ? put_file(answer, &got, path) : ctl_say(code, "%s", why);
    free(got.body);
    return code;
}

enum ctl_exit call_file_write(const struct config *config, const struct platform *platform,
                              const cJSON *answer, FILE *out, char why[CALL_FILE_WHY]) {
    struct net_answer got = {0};
    enum ctl_exit code = download(config, platform, answer, &got, why);
    const char *wrong = code == CTL_OK ? write_content(answer, &got, out) : NULL;
    if (wrong != NULL)
        snprintf(why, CALL_FILE_WHY, "%s", wrong);
    free(got.body);
    return wrong != NULL ? CTL_MALFORMED : code;
}
