#include "app/platform/platform.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/log.h"
#include "app/platform/fields.h"
#include "app/platform/json_wire.h"

void platform_wire_json(struct platform_wire *out, const char *base_url, const char *path,
                        cJSON *message) {
    size_t base = strlen(base_url);
    while (base > 0 && base_url[base - 1] == '/')
        base--;
    out->content_type = "application/json; charset=UTF-8";
    out->message = message;
    out->body = wire_print(message, false);
    ENSURE(out->body != NULL);
    out->body_length = strlen(out->body);
    int made = asprintf(&out->url, "%.*s%s%s", (int)base, base_url, *path == '/' ? "" : "/", path);
    ENSURE(made > 0);
}

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
