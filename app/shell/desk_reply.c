#include <stdlib.h>

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/shell/desk_parts.h"
#include "app/wire/json.h"

static struct desk_call *free_call(struct desk *desk) {
    for (int i = 0; i < DESK_CALLS_MAX; i++)
        if (!desk->calls[i].used)
            return &desk->calls[i];
    return NULL;
}

struct desk_call *desk_open_call(struct desk *desk, uint32_t caller,
                                 const struct wire_operation *row) {
    struct desk_call *call = free_call(desk);
    if (call == NULL)
        return NULL;
    if (++desk->next_number == 0)
        desk->next_number = 1;
    *call = (struct desk_call){.used = true,
                               .number = desk->next_number,
                               .caller = caller,
                               .row = row,
                               .since_mono_ms = clock_mono_ms()};
    return call;
}

struct desk_call *desk_find_call(struct desk *desk, uint32_t number) {
    for (int i = 0; i < DESK_CALLS_MAX; i++)
        if (desk->calls[i].used && desk->calls[i].number == number)
            return &desk->calls[i];
    return NULL;
}

void desk_answer_caller(struct desk *desk, uint32_t caller, const char *code, cJSON *answer) {
    cJSON *line = cJSON_CreateObject();
    cJSON_AddStringToObject(line, "code", code);
    cJSON_AddItemToObject(line, "out", answer);
    char *text = wire_print(line, false);
    cJSON_Delete(line);
    if (desk->socket != NULL)
        desk_socket_answer(desk->socket, caller, text);
    else
        free(text);
}

void desk_reply(struct desk *desk, struct desk_call *call, const char *code, cJSON *answer) {
    log_write(LOG_INFO, "desk", "%s: %s in %d ms", call->row->name, code,
              (int)(clock_mono_ms() - call->since_mono_ms));
    desk_answer_caller(desk, call->caller, code, answer);
    cJSON_Delete(call->param);
    cJSON_Delete(call->sent);
    *call = (struct desk_call){.used = false};
}

void desk_reply_code(struct desk *desk, struct desk_call *call, const char *code,
                     const char *detail) {
    desk_reply(desk, call, code, desk_answer_begin(call->row->name, code, detail));
}
