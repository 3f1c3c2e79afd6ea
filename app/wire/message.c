#include "app/wire/message.h"

#include <stdlib.h>

void wire_request_free(struct wire_request *request) {
    free(request->url);
    free(request->body);
    cJSON_Delete(request->message);
    *request = (struct wire_request){0};
}

cJSON *wire_members_to_send(const cJSON *members, cJSON **expected) {
    cJSON *kept = cJSON_Duplicate(members, true);
    *expected = cJSON_DetachItemFromObjectCaseSensitive(kept, WIRE_EXPECTED);
    return kept;
}

void wire_reading_free(struct wire_reading *reading) {
    cJSON_Delete(reading->tree);
    reading->tree = NULL;
}
