#include "app/platform/platform.h"

#include <string.h>

const struct platform *platform_by_name(const char *name) {
    static const struct platform *const all[] = {&platform_upp, &platform_his};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (strcmp(all[i]->name, name) == 0)
            return all[i];
    return NULL;
}
