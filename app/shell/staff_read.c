#include "app/shell/staff_read.h"

#include <cjson/cJSON.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/core/order/shares.h"
#include "app/wire/json.h"

#define COLUMNS 56 /* of a line; a Chinese character takes two */
#define FLAT_SIZE 4096
#define TEXT_LINES_MAX 40 /* lines of one request or answer; kioskctl's export has all of it */

static bool add_staff_case(void *context, const struct journal_case *found) {
    struct staff_cases *cases = context;
    if (cases->count == STAFF_CASES_MAX) {
        cases->more = true;
        return false;
    }
    struct staff_case *row = &cases->rows[cases->count++];
    row->reason = found->reason;
    row->opened_ms = found->opened_ms;
    snprintf(row->order_no, sizeof row->order_no, "%s", found->order_no);
    snprintf(row->case_no, sizeof row->case_no, "%s", found->case_no);
    return true;
}

static bool is_unreadable(enum journal_result result) {
    return result == JOURNAL_CORRUPT || result == JOURNAL_NOT_FOUND;
}

/* Of an order that cannot be read only its numbers are shown. */
static enum journal_result complete_staff_case(struct journal *journal, struct staff_case *row,
                                               struct order *order) {
    enum journal_result result = journal_load(journal, row->order_no, order);
    if (result == JOURNAL_OK) {
        row->amount = order_sums(order).in_cases;
        memcpy(row->masked_name, order->person.masked_name, sizeof row->masked_name);
    }
    return is_unreadable(result) ? JOURNAL_OK : result;
}

struct staff_cases *staff_read_cases(struct journal *journal) {
    struct staff_cases *cases = calloc(1, sizeof *cases);
    struct order *order = calloc(1, sizeof *order);
    ENSURE(cases != NULL && order != NULL);
    cases->head.kind = DOCUMENT_STAFF_CASES;
    enum journal_result result = journal_each_case(journal, NULL, true, add_staff_case, cases);
    for (int i = 0; result == JOURNAL_OK && i < cases->count; i++)
        result = complete_staff_case(journal, &cases->rows[i], order);
    explicit_bzero(order, sizeof *order);
    free(order);
    if (result == JOURNAL_OK)
        return cases;
    free(cases);
    return NULL;
}

__attribute__((format(printf, 3, 4))) static void
add_staff_line(struct staff_file *file, const char *key, const char *format, ...) {
    if (file->line_count == STAFF_LINES_MAX)
        return;
    struct staff_line *line = &file->lines[file->line_count++];
    va_list arguments;
    snprintf(line->key, sizeof line->key, "%s", key);
    va_start(arguments, format);
    vsnprintf(line->text, sizeof line->text, format, arguments);
    va_end(arguments);
}

/* The bytes of a UTF-8 character and, in *columns, the columns it takes. */
static int measure_character(const char *text, int *columns) {
    unsigned char first = (unsigned char)text[0];
    int length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    *columns = length < 3 ? 1 : 2;
    for (int i = 1; i < length; i++)
        if (text[i] == '\0')
            return i;
    return length;
}

/* How many bytes fit a line; breaks behind a blank if there is one. */
static int fitting_length(const char *text) {
    int length = 0, columns = 0, blank = 0;
    while (text[length] != '\0') {
        int wide, bytes = measure_character(text + length, &wide);
        if (columns + wide > COLUMNS)
            return blank > 0 ? blank : length;
        columns += wide;
        length += bytes;
        if (text[length - 1] == ' ')
            blank = length;
    }
    return length;
}

static void add_wrapped_lines(struct staff_file *file, const char *mark, const char *text) {
    for (int i = 0; text[0] != '\0' && i < TEXT_LINES_MAX; i++) {
        int length = fitting_length(text);
        add_staff_line(file, "", "%s %.*s", i == 0 ? mark : " ", length, text);
        text += length;
    }
}

struct flat {
    char text[FLAT_SIZE];
    size_t length;
};

static void append_flat(struct flat *flat, const char *path, const char *text) {
    int more = snprintf(flat->text + flat->length, FLAT_SIZE - flat->length, "%s%s=%s",
                        flat->length > 0 ? " " : "", path, text);
    flat->length += more > 0 ? (size_t)more : 0;
    if (flat->length >= FLAT_SIZE)
        flat->length = FLAT_SIZE - 1;
}

/* Writes a message as "data.tradeStatus=pay_success data.tradeFee=1.20", no deeper than
 * WIRE_JSON_DEPTH. */
static void flatten_message(const cJSON *item, const char *path, int depth, struct flat *out) {
    const cJSON *member;
    int index = 0;
    if (depth > WIRE_JSON_DEPTH)
        return;
    if (!cJSON_IsObject(item) && !cJSON_IsArray(item)) {
        const char *text = wire_text_of(item);
        if (text != NULL && text[0] != '\0')
            append_flat(out, path, text);
        return;
    }
    cJSON_ArrayForEach(member, item) {
        char below[192];
        if (cJSON_IsArray(item)) {
            snprintf(below, sizeof below, "%.150s[%d]", path, index++);
        } else {
            snprintf(below, sizeof below, "%.120s%s%.60s", path, path[0] != '\0' ? "." : "",
                     member->string);
        }
        flatten_message(member, below, depth + 1, out);
    }
}

static void add_message_lines(struct staff_file *file, const char *mark, const cJSON *message) {
    struct flat flat = {.length = 0};
    if (message != NULL) {
        flatten_message(message, "", 0, &flat);
        add_wrapped_lines(file, mark, flat.text);
    }
}

static const char *text_or_empty(const cJSON *tree, const char *name) {
    const char *text = wire_text(tree, name);
    return text != NULL ? text : "";
}

static void add_evidence_lines(struct staff_file *file, const char *evidence) {
    char head[256];
    const char *error;
    cJSON *tree = wire_parse(evidence, strlen(evidence), &error);
    if (tree == NULL)
        return;
    snprintf(head, sizeof head, "%s: %s [%s] %s (%s ms)", text_or_empty(tree, "operation"),
             text_or_empty(tree, "outcome"), text_or_empty(tree, "code"),
             text_or_empty(tree, "message"), text_or_empty(tree, "ms"));
    add_wrapped_lines(file, " ", head);
    add_message_lines(file, "→", wire_member(tree, "asked"));
    add_message_lines(file, "←", wire_member(tree, "answered"));
    cJSON_Delete(tree);
}

static bool add_event_lines(void *context, const struct journal_event *event) {
    struct staff_file *file = context;
    char key[32], when[CLOCK_TEXT_SIZE];
    snprintf(key, sizeof key, "note.%s", event->note);
    add_staff_line(file, key, "%s", clock_text(event->wall_ms, when));
    if (event->evidence != NULL && event->evidence[0] != '\0')
        add_evidence_lines(file, event->evidence);
    return file->line_count < STAFF_LINES_MAX;
}

static void add_sum_line(struct staff_file *file, const char *key, struct fen amount) {
    char text[MONEY_TEXT_SIZE];
    if (amount.fen != 0)
        add_staff_line(file, key, "¥%s", money_format(amount, text));
}

static void add_head_lines(struct staff_file *file, const struct staff_case *chosen) {
    char key[32], when[CLOCK_TEXT_SIZE];
    snprintf(key, sizeof key, "case.%s", case_reason_name(chosen->reason));
    add_staff_line(file, "staff.case", "%s", chosen->case_no);
    add_staff_line(file, key, "%s", "");
    add_staff_line(file, "staff.opened", "%s", clock_text(chosen->opened_ms, when));
    add_staff_line(file, "staff.order", "%s", chosen->order_no);
}

static void add_order_lines(struct staff_file *file, const struct order *order) {
    struct order_sums sums = order_sums(order);
    add_staff_line(file, "staff.person", "%s", order->person.masked_name);
    add_sum_line(file, "staff.paid", sums.paid);
    add_sum_line(file, "staff.credited", sums.credited);
    add_sum_line(file, "staff.returned", sums.returned);
    add_sum_line(file, "staff.in_cases", sums.in_cases);
    for (int i = 0; i < order->leg_count; i++)
        if (order_leg_differs(&order->legs[i], order->legs[i].seen))
            add_sum_line(file, "staff.seen", order->legs[i].seen);
    for (int i = 0; i < order->leg_count; i++)
        add_staff_line(file, "staff.payment", "%s %s", order->legs[i].no, order->legs[i].out_no);
    for (int i = 0; i < order->refund_count; i++)
        add_staff_line(file, "staff.refund", "%s %s", order->refunds[i].no,
                       order->refunds[i].out_no);
}

struct staff_file *staff_read_file(struct journal *journal, const struct staff_case *chosen) {
    struct staff_file *file = calloc(1, sizeof *file + STAFF_LINES_MAX * sizeof file->lines[0]);
    struct order *order = calloc(1, sizeof *order);
    ENSURE(file != NULL && order != NULL);
    file->head.kind = DOCUMENT_STAFF_FILE;
    add_head_lines(file, chosen);
    enum journal_result result = journal_load(journal, chosen->order_no, order);
    if (result == JOURNAL_OK)
        add_order_lines(file, order);
    else if (is_unreadable(result))
        add_wrapped_lines(file, " ", journal_error(journal));
    if (result == JOURNAL_OK || is_unreadable(result))
        result = journal_each_event(journal, chosen->order_no, add_event_lines, file);
    explicit_bzero(order, sizeof *order);
    free(order);
    if (result == JOURNAL_OK)
        return file;
    free(file);
    return NULL;
}
