#include "app/platform/platform.h"

#include <stdlib.h>
#include <string.h>

void platform_wire_free(struct platform_wire *wire) {
    free(wire->url);
    free(wire->body);
    cJSON_Delete(wire->message);
    *wire = (struct platform_wire){0};
}

void platform_reading_free(struct platform_reading *reading) {
    cJSON_Delete(reading->tree);
    reading->tree = NULL;
}

const struct platform *platform_by_name(const char *name) {
    static const struct platform *const all[] = {&platform_upp, &platform_his};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (strcmp(all[i]->name, name) == 0)
            return all[i];
    return NULL;
}
