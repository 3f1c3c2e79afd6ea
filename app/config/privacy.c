/* Section `privacy`: the key of patients' keys. Made once and never changed: with another key a
 * patient's orders would not be found again. */
#include "app/config/privacy.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/rand.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/base/log.h"
#include "app/config/section.h"

#define KEY_BYTES 32

static bool make_hospital_key(const char *path, char *error, size_t error_size) {
    unsigned char random[KEY_BYTES];
    char text[2 * KEY_BYTES + 1];
    ENSURE(RAND_bytes(random, sizeof random) == 1);
    for (int i = 0; i < KEY_BYTES; i++)
        snprintf(text + 2 * i, 3, "%02x", random[i]);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool written =
        fd >= 0 && write(fd, text, sizeof text - 1) == (ssize_t)sizeof text - 1 && fsync(fd) == 0;
    if (!written)
        snprintf(error, error_size, "%s: %s", path, strerror(errno));
    /* A key that was written in part is removed. */
    if (fd >= 0 && close(fd) == 0 && !written)
        unlink(path);
    return written;
}

static const struct config_row privacy_rows[] = {
    {"privacy.hospital_key", CONFIG_SECRET,
     .offset = offsetof(struct config_privacy, hospital_key)},
    {0}};

const struct config_section config_privacy_section = {.size = sizeof(struct config_privacy),
                                                      .rows = privacy_rows};

const struct config_privacy *config_privacy(const struct config *config) {
    return config_section(config, &config_privacy_section);
}

bool config_hospital_key(struct config *config, const char *journal_path, char *error,
                         size_t error_size) {
    struct config_privacy *privacy = (struct config_privacy *)config_privacy(config);
    if (privacy->hospital_key[0] != '\0')
        return true;
    const char *slash = strrchr(journal_path, '/');
    int folder = slash == NULL ? 0 : (int)(slash - journal_path) + 1;
    char *path = NULL;
    ENSURE(asprintf(&path, "%.*s", folder, journal_path) >= 0);
    (void)mkdir(path, 0700);
    free(path);
    ENSURE(asprintf(&path, "%.*shospital.key", folder, journal_path) > 0);
    struct config_loading loading = {config, error, error_size};
    char *key = NULL;
    if (access(path, F_OK) == 0 || make_hospital_key(path, error, error_size))
        key = config_private_file(&loading, "privacy.hospital_key", path);
    free(path);
    if (key == NULL)
        return false;
    free(privacy->hospital_key);
    privacy->hospital_key = key;
    return true;
}
