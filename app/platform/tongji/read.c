/* What the console's answers mean. Nothing of them moves money. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/log.h"
#include "app/platform/tongji/tongji.h"
#include "app/wire/flat_xml.h"
#include "app/wire/json.h"
#include "app/wire/reading.h"

/* The same as reading_begin, of an answer in XML. */
static bool begin_xml(struct wire_reading *out, int http_status, const char *body, size_t length) {
    char *json = NULL;
    size_t json_length = 0;
    unsigned long line;
    FILE *plain = open_memstream(&json, &json_length);
    ENSURE(plain != NULL);
    const char *wrong = flat_xml_to_json(body, length, "detail", plain, &line);
    fclose(plain);
    bool good = reading_begin(out, http_status, wrong ? "" : json, wrong ? 0 : json_length);
    if (wrong != NULL && http_status == 200)
        reading_malformed(out, "XML, line %lu: %s", line, wrong);
    free(json);
    return good;
}

/* 0002 is "none", which is an answer; 0001 and 0003 refuse the query. */
static enum outcome tongji_outcome(const char *code) {
    if (strcmp(code, "0000") == 0 || strcmp(code, "0002") == 0)
        return OUTCOME_ACCEPTED;
    return strcmp(code, "0001") == 0 || strcmp(code, "0003") == 0 ? OUTCOME_DECLINED
                                                                  : OUTCOME_UNKNOWN;
}

static bool has_first(const cJSON *row, const char *one, const char *other) {
    const char *first = wire_text(row, one), *second = wire_text(row, other);
    return (first != NULL && *first != '\0') || (second != NULL && *second != '\0');
}

/* cfgParams may leave columns out, so that a row's are not looked for one by one. */
static void check_console_rows(const cJSON *rows, struct wire_reading *out) {
    int number = 1;
    if (!cJSON_IsArray(rows)) {
        reading_malformed(out, "detail is missing");
        return;
    }
    for (const cJSON *row = rows->child; row != NULL; row = row->next, number++)
        if (!cJSON_IsObject(row) || !has_first(row, "appOrderId", "payOrderId")) {
            reading_malformed(out, "row %d misses appOrderId and payOrderId", number);
            return;
        }
}

void tongji_read(const struct config *config, const char *operation, const cJSON *sent,
                 int http_status, const char *body, size_t length, struct wire_reading *out) {
    (void)config, (void)operation, (void)sent;
    bool read = flat_xml_is(body, length) ? begin_xml(out, http_status, body, length)
                                          : reading_begin(out, http_status, body, length);
    const char *code = read ? wire_text(out->tree, "respCode") : NULL;
    if (read && (code == NULL || *code == '\0')) {
        reading_malformed(out, "respCode is missing");
    } else if (read) {
        reading_code(out, code, wire_text(out->tree, "msg"));
        out->outcome = tongji_outcome(code);
        if (strcmp(code, "0000") == 0)
            check_console_rows(wire_member(out->tree, "detail"), out);
    }
    out->answer.outcome = out->outcome;
    out->answer.document = out->document;
}
