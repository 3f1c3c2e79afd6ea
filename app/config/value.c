/* Single values of the configuration: texts (also from files that only their owner reads) and
 * numbers. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/base/log.h"
#include "app/config/section.h"
#include "app/wire/json.h"

#define SECRET_FILE_MAX 65536

bool config_complain(struct config_loading *loading, const char *path, const cJSON *got,
                     bool secret, const char *expected) {
    const char *text = wire_text_of(got);
    char shown[80];
    if (got == NULL || cJSON_IsNull(got))
        snprintf(shown, sizeof shown, "nothing");
    else if (secret)
        snprintf(shown, sizeof shown, "something else (not shown)");
    else if (cJSON_IsString(got))
        snprintf(shown, sizeof shown, "\"%.60s\"", text);
    else
        snprintf(shown, sizeof shown, "%.60s",
                 text != NULL         ? text
                 : cJSON_IsArray(got) ? "an array"
                                      : "an object");
    snprintf(loading->error, loading->error_size, "%s: expected %s, got %s", path, expected, shown);
    return false;
}

bool config_wrong(struct config_loading *loading, const char *path, const char *expected,
                  const char *got) {
    snprintf(loading->error, loading->error_size, "%s: expected %s, got \"%.60s\"", path, expected,
             got);
    return false;
}

bool config_unknown(struct config_loading *loading, const char *path) {
    snprintf(loading->error, loading->error_size, "%s: no such member", path);
    return false;
}

static void *complain_of_file(struct config_loading *loading, const char *path, const char *file,
                              const char *why) {
    snprintf(loading->error, loading->error_size, "%s: %s: %s", path, file, why);
    return NULL;
}

char *config_resolve(const struct config *config, char *text) {
    if (text[0] == '\0' || text[0] == '/')
        return text;
    char *resolved = NULL;
    ENSURE(asprintf(&resolved, "%s/%s", config->folder, text) > 0);
    free(text);
    return resolved;
}

/* The whole of an open file without the one newline at its end. */
static char *read_text(struct config_loading *loading, const char *path, const char *file, int fd) {
    char *text = malloc(SECRET_FILE_MAX + 1);
    ENSURE(text != NULL);
    ssize_t length = read(fd, text, SECRET_FILE_MAX + 1);
    if (length < 0 || length > SECRET_FILE_MAX || memchr(text, '\0', (size_t)length) != NULL) {
        free(text);
        return complain_of_file(loading, path, file, "cannot be read, is too long or no text");
    }
    if (length > 0 && text[length - 1] == '\n')
        length--;
    text[length] = '\0';
    return text;
}

static char *read_file(struct config_loading *loading, const char *path, const char *file,
                       bool private) {
    int fd = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat status;
    if (fd < 0)
        return complain_of_file(loading, path, file, strerror(errno));
    char *text = NULL;
    if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode))
        complain_of_file(loading, path, file, "expected a plain file");
    else if (private && (status.st_mode & 077) != 0)
        complain_of_file(loading, path, file, "others may read it: chmod 600 it");
    else if (private && status.st_uid != geteuid() && status.st_uid != 0)
        complain_of_file(loading, path, file, "it belongs to somebody else: chown it");
    else
        text = read_text(loading, path, file, fd);
    close(fd);
    return text;
}

char *config_private_file(struct config_loading *loading, const char *path, const char *file) {
    return read_file(loading, path, file, true);
}

/* systemd keeps what is in this folder from everybody else. */
static char *read_credential(struct config_loading *loading, const char *path, const char *name) {
    const char *folder = getenv("CREDENTIALS_DIRECTORY");
    if (folder == NULL || strchr(name, '/') != NULL)
        return complain_of_file(loading, path, name,
                                "no such credential: the service needs LoadCredential=");
    char *file = NULL;
    ENSURE(asprintf(&file, "%s/%s", folder, name) > 0);
    char *text = read_file(loading, path, file, false);
    free(file);
    return text;
}

char *config_string(struct config_loading *loading, const char *path, const cJSON *item,
                    bool secret) {
    if (cJSON_IsString(item))
        return strdup(item->valuestring);
    const char *file = wire_text(item, "file"), *credential = wire_text(item, "credential");
    if (cJSON_GetArraySize(item) != 1 || (file == NULL) == (credential == NULL)) {
        config_complain(loading, path, item, secret,
                        "a string, {\"file\": path} or {\"credential\": name}");
        return NULL;
    }
    if (credential != NULL)
        return read_credential(loading, path, credential);
    char *resolved = config_resolve(loading->config, strdup(file));
    char *text = read_file(loading, path, resolved, true);
    free(resolved);
    return text;
}

bool config_whole(struct config_loading *loading, const char *path, const cJSON *item,
                  int64_t least, int64_t most, int64_t *out) {
    const char *text = cJSON_IsRaw(item) ? item->valuestring : NULL;
    if (text == NULL || text[strspn(text, "-0123456789")] != '\0')
        return config_complain(loading, path, item, false, "an integer");
    errno = 0;
    long long value = strtoll(text, NULL, 10);
    if (errno != 0 || value < least || value > most) {
        char expected[80];
        snprintf(expected, sizeof expected, "an integer from %lld to %lld", (long long)least,
                 (long long)most);
        return config_complain(loading, path, item, false, expected);
    }
    *out = value;
    return true;
}
