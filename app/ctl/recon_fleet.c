#include "app/ctl/recon_fleet.h"

#include <stdlib.h>
#include <string.h>

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/ctl/fleet_link.h"
#include "app/ctl/journal_json.h"
#include "app/fleet/orders.h"
#include "app/fleet/status.h"
#include "app/shell/order_rows.h"
#include "app/wire/json.h"

#define DAY_S 86400
#define CHINA_S 28800

struct fleet_writing {
    FILE *out;
    struct order *order;
    int64_t end_ms;
    int absent; /* terminals that were not heard of since the period ended */
};

static bool add_case_row(void *context, const struct journal_case *found) {
    cJSON_AddItemToArray(context, json_of_case(found));
    return true;
}

static cJSON *json_of_rows(const cJSON *rows, const char *order_no, struct order *order) {
    if (!order_rows_read(rows, order))
        return json_of_unreadable(order_no, "rows of the fleet's database contradict each other");
    cJSON *tree = json_of_order(order);
    if (order_sums(order).in_cases.fen != 0)
        order_rows_each_case(rows, add_case_row, cJSON_AddArrayToObject(tree, "cases"));
    return tree;
}

static bool write_order_rows(void *context, const char *order_no, const char *rows) {
    const struct fleet_writing *writing = context;
    cJSON *read = cJSON_CreateObject();
    cJSON_AddStringToObject(read, "order_no", order_no);
    const char *error;
    cJSON_AddItemToObject(read, "rows", wire_parse(rows, strlen(rows), &error));
    cJSON *tree = json_of_rows(read, order_no, writing->order);
    char *text = cJSON_PrintUnformatted(tree);
    ENSURE(text != NULL);
    fprintf(writing->out, "%s\n", text);
    free(text);
    cJSON_Delete(tree);
    cJSON_Delete(read);
    return !ferror(writing->out);
}

static void say_absent(void *context, const struct fleet_terminal *terminal) {
    struct fleet_writing *writing = context;
    char seen[CLOCK_TEXT_SIZE];
    if (terminal->replaced || terminal->seen_ms >= writing->end_ms ||
        terminal->now_ms - terminal->seen_ms <= FLEET_SILENT_MS)
        return;
    writing->absent++;
    ctl_say(CTL_OK, "terminal %s was last heard of at %s: what it did since may be missing",
            terminal->terminal, clock_text(terminal->seen_ms, seen));
}

static enum ctl_exit write_from(struct fleet_link *link, int64_t from_s,
                                struct fleet_writing *writing) {
    char first_day[CLOCK_TEXT_SIZE];
    int64_t rows_left = 0;
    clock_text((from_s - CHINA_S - DAY_S) * 1000, first_day);
    first_day[10] = '\0';
    enum fleet_result result = fleet_status(link, say_absent, writing);
    if (result == FLEET_OK)
        result = fleet_each_order(link, first_day, write_order_rows, writing, &rows_left);
    if (result != FLEET_OK)
        return ctl_fleet_failed(link, result);
    if (rows_left > 0)
        ctl_say(CTL_OK, "the rows of %lld events are missing: kioskctl fleet status",
                (long long)rows_left);
    return ferror(writing->out) ? ctl_say(CTL_FAILED, "the temporary file is full") : CTL_OK;
}

enum ctl_exit ctl_fleet_write(struct ctl *ctl, int64_t from_s, int64_t end_s, FILE *out) {
    struct fleet_link link;
    struct fleet_writing writing = {.out = out, .end_ms = (end_s - CHINA_S) * 1000};
    enum ctl_exit code = ctl_fleet_open(ctl, ctl->database, &link);
    if (code != CTL_OK)
        return code;
    writing.order = calloc(1, sizeof *writing.order);
    ENSURE(writing.order != NULL);
    code = write_from(&link, from_s, &writing);
    free(writing.order);
    fleet_link_close(&link);
    return code;
}
