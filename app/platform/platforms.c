#include "app/platform/platform.h"

#include <string.h>

#include "app/platform/his/his.h"
#include "app/platform/upp/upp.h"

const struct platform *const platforms[] = {&platform_his, &platform_upp, NULL};

const struct platform *platform_by_name(const char *name) {
    for (const struct platform *const *platform = platforms; *platform != NULL; platform++)
        if (strcmp((*platform)->name, name) == 0)
            return *platform;
    return NULL;
}
