#include <stdlib.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/core/terms/mask.h"
#include "app/shell/desk_parts.h"
#include "app/wire/json.h"
#include "app/wire/masked.h"
#include "app/wire/reading.h"

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

static void mask_bank_cards(cJSON *item);

/* `extra` may be the text of an object. Of other text no long number is told. */
static void mask_extra_text(cJSON *extra) {
    const char *ignored;
    cJSON *open = wire_parse(extra->valuestring, strlen(extra->valuestring), &ignored);
    if (!cJSON_IsObject(open) && !cJSON_IsArray(open)) {
        masked_sentence(extra->valuestring);
    } else {
        mask_bank_cards(open);
        free(extra->valuestring);
        extra->valuestring = wire_print(open, false);
        ENSURE(extra->valuestring != NULL);
    }
    cJSON_Delete(open);
}

/* The caller is the hospital's own software and hears of its patients all that the platform said;
 * a bank card's number goes to nobody whole. */
static void mask_bank_cards(cJSON *item) {
    char masked[40];
    const char *name = item->string == NULL ? "" : item->string, *text = wire_text_of(item);
    if (text != NULL && wire_same_name(name, "BankCardNo")) {
        char *kept = strdup(mask_middle(text, 6, 4, masked, sizeof masked));
        ENSURE(kept != NULL);
        free(item->valuestring);
        item->valuestring = kept;
        item->type = cJSON_String;
    } else if (cJSON_IsString(item) && wire_same_name(name, "extra")) {
        mask_extra_text(item);
    }
    for (cJSON *child = item->child; child != NULL; child = child->next)
        mask_bank_cards(child);
}

void desk_answer_caller(struct desk *desk, uint32_t caller, const char *code, cJSON *answer) {
    cJSON *line = cJSON_CreateObject();
    mask_bank_cards(answer);
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
    char logged[CODE_SIZE];
    log_write(LOG_INFO, "desk", "%s: %s in %d ms", call->row->name,
              reading_logged_code(code, logged), (int)(clock_mono_ms() - call->since_mono_ms));
    desk_answer_caller(desk, call->caller, code, answer);
    cJSON_Delete(call->param);
    cJSON_Delete(call->sent);
    *call = (struct desk_call){.used = false};
}

void desk_reply_code(struct desk *desk, struct desk_call *call, const char *code,
                     const char *detail) {
    desk_reply(desk, call, code, desk_answer_begin(call->row->name, code, detail));
}
