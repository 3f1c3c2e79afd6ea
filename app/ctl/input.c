#include "app/ctl/input.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"
#include "app/ctl/ctl.h"
#include "app/wire/json.h"

static char *read_stdin(size_t *length) {
    char *text = malloc(WIRE_JSON_MAX + 1);
    ENSURE(text != NULL);
    *length = fread(text, 1, WIRE_JSON_MAX + 1, stdin);
    return text;
}

cJSON *input_json(const char *argument) {
    if (argument == NULL)
        return cJSON_CreateObject();
    size_t length = strlen(argument);
    const char *error;
    char *text = strcmp(argument, "-") == 0 ? read_stdin(&length) : NULL;
    cJSON *tree = wire_parse(text != NULL ? text : argument, length, &error);
    free(text);
    if (tree != NULL && cJSON_IsObject(tree))
        return tree;
    ctl_say(CTL_REFUSED, "expected a JSON object: %s", tree == NULL ? error : "got something else");
    cJSON_Delete(tree);
    return NULL;
}
