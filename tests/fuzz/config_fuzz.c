/* Any file: loaded whole or refused with a complaint. It is given as /dev/fd, never on a disk. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "app/shell/settings.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char path[64], error[256] = "";
    int file = memfd_create("config", MFD_CLOEXEC);
    if (file < 0 || write(file, data, size) != (ssize_t)size)
        abort();
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    struct config config;
    if (settings_load(path, &config, error, sizeof error))
        config_free(&config);
    else if (error[0] == '\0')
        abort();
    close(file);
    return 0;
}
