#include "app/ctl/printer_test.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "app/base/clock.h"
#include "drivers/print_doc.h"

#define ANSWER_MS 30000
#define TEST_NUMBER 1 /* of the one probe and the one page */
#define QUERIES 4

bool printer_test_wait(struct own_devices *devices, enum driver_event_kind kind,
                       struct driver_event *event) {
    int64_t until_ms = clock_mono_ms() + ANSWER_MS, now_ms;
    while ((now_ms = clock_mono_ms()) < until_ms &&
           own_devices_next(devices, event, (int)(until_ms - now_ms)))
        if (event->kind == kind)
            return true;
    return false;
}

/* The questions as the manuals write them. */
static const struct {
    const char *name;
    unsigned bit;
} questions[] = {{"DLE EOT 1", DRIVER_QUERY(1)},         {"DLE EOT 2", DRIVER_QUERY(2)},
                 {"DLE EOT 3", DRIVER_QUERY(3)},         {"DLE EOT 4", DRIVER_QUERY(4)},
                 {"GS a", DRIVER_PROBED_AUTOMATIC},      {"DLE DC4 8", DRIVER_PROBED_CLEAR},
                 {"GS r 1", DRIVER_PROBED_PAPER_SENSOR}, {"GS ( H 48", DRIVER_PROBED_PROCESS_ID}};
enum { QUESTIONS = sizeof questions / sizeof *questions };

/* --- what would fit it ---------------------------------------------------------------------- */

static enum driver_question best_question(const struct driver_probe *probe) {
    if ((probe->answered & DRIVER_PROBED_PROCESS_ID) != 0)
        return DRIVER_ASKS_PROCESS_ID;
    return (probe->answered & DRIVER_PROBED_PAPER_SENSOR) != 0 ? DRIVER_ASKS_PAPER_SENSOR
                                                               : DRIVER_ASKS_NOTHING;
}

static void say_member(bool *any, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void say_member(bool *any, const char *format, ...) {
    va_list arguments;
    printf("%s", *any ? ", " : "write         ");
    va_start(arguments, format);
    vprintf(format, arguments);
    va_end(arguments);
    *any = true;
}

static void say_status(bool *any, unsigned answered) {
    char list[32] = "";
    for (int n = 1; n <= QUERIES; n++)
        if ((answered & DRIVER_QUERY(n)) != 0)
            snprintf(list + strlen(list), sizeof list - strlen(list), "%s%d",
                     list[0] != '\0' ? ", " : "", n);
    say_member(any, "\"status\": [%s]", list);
}

/* The members of its row that differ from what receipts are printed by now. */
static void say_members(const struct driver_probe *probe) {
    static const char *const words[] = {[DRIVER_ASKS_BY_MODEL] = "by_model",
                                        [DRIVER_ASKS_PROCESS_ID] = "process_id",
                                        [DRIVER_ASKS_PAPER_SENSOR] = "paper_sensor",
                                        [DRIVER_ASKS_NOTHING] = "none"};
    const struct driver_printer *used = &probe->used;
    bool any = false, automatic = (probe->answered & DRIVER_PROBED_AUTOMATIC) != 0;
    bool clears = (probe->answered & DRIVER_PROBED_CLEAR) != 0;
    if ((probe->answered & DRIVER_QUERIES_ALL) != used->queries)
        say_status(&any, probe->answered);
    if (automatic != (used->automatic_status == DRIVER_YES))
        say_member(&any, "\"automatic_status\": %s", automatic ? "true" : "false");
    if (best_question(probe) != used->question)
        say_member(&any, "\"end_question\": \"%s\"", words[best_question(probe)]);
    if (used->clear != DRIVER_CLEAR_DLE_ENQ && clears != (used->clear == DRIVER_CLEAR_DLE_DC4))
        say_member(&any, "\"clear\": \"%s\"", clears ? "dle_dc4" : "none");
    if (any)
        printf("  (in its row of \"devices\")\n");
}

static void say_probe(const struct driver_probe *probe) {
    printf("model         %s %s (%s)\n", probe->maker, probe->model,
           probe->known ? "known" : "not known: taken as a usual one");
    printf("commands      %s\n", probe->commands);
    printf("head          %d dots, %d columns, %d mm/s%s%s\n", probe->dots, probe->used.columns,
           probe->used.speed_mm_s, probe->used.raster_qr == DRIVER_YES ? ", QR as pictures" : "",
           probe->used.cutter == DRIVER_NO ? ", no cutter" : "");
    for (int i = 0; i < QUESTIONS; i++)
        printf("%-14s%s\n", questions[i].name,
               (probe->answered & questions[i].bit) != 0 ? "answered" : "not answered");
    say_members(probe);
}

bool printer_test_probe(struct own_devices *devices, struct driver_probe *out) {
    struct driver_event event;
    usb_probe(own_devices_usb(devices), TEST_NUMBER);
    if (!printer_test_wait(devices, DRIVER_PROBED, &event) || !event.of.probe.found)
        return false;
    *out = event.of.probe;
    say_probe(out);
    return true;
}

/* --- the page ------------------------------------------------------------------------------- */

static struct print_item *add_item(struct print_doc *page, enum print_kind kind, const char *format,
                                   ...) __attribute__((format(printf, 3, 4)));
static struct print_item *add_item(struct print_doc *page, enum print_kind kind, const char *format,
                                   ...) {
    struct print_item *item = &page->items[page->count++];
    va_list arguments;
    *item = (struct print_item){.kind = kind, .scale = 1};
    va_start(arguments, format);
    vsnprintf(item->text, sizeof item->text, format, arguments);
    va_end(arguments);
    return item;
}

static void add_pair(struct print_doc *page, const char *left, const char *right) {
    struct print_item *item = add_item(page, PRINT_PAIR, "%s", left);
    snprintf(item->right, sizeof item->right, "%s", right);
}

/* Its end stands at the edge: on the next line, or short of the edge, the columns are others. */
static void add_ruler(struct print_doc *page, int columns) {
    char ruler[256];
    int count = columns < (int)sizeof ruler - 1 ? columns : (int)sizeof ruler - 1;
    for (int i = 0; i < count; i++)
        ruler[i] = (char)('0' + (i + 1) % 10);
    ruler[count] = '\0';
    add_item(page, PRINT_TEXT, "%d 列到纸边 / columns to the edge:", columns);
    add_item(page, PRINT_TEXT, "%s", ruler);
}

static void add_test_code(struct print_doc *page, enum print_qr qr, const char *caption) {
    add_item(page, PRINT_TEXT, "%s", caption);
    struct print_item *code = add_item(page, PRINT_QR, "HOPKIOSK TEST");
    code->align = PRINT_CENTRE;
    code->qr = qr;
}

static void compose_page(const struct driver_probe *probe, struct print_doc *page) {
    page->count = 0;
    struct print_item *title = add_item(page, PRINT_TEXT, "打印测试");
    title->align = PRINT_CENTRE;
    title->scale = 2;
    add_item(page, PRINT_TEXT, "Printer test: %s %s", probe->maker, probe->model);
    add_item(page, PRINT_RULE, "%s", "");
    for (int i = 0; i < QUESTIONS; i++)
        add_pair(page, questions[i].name,
                 (probe->answered & questions[i].bit) != 0 ? "有应答 / answered"
                                                           : "无应答 / not answered");
    add_item(page, PRINT_TEXT,
             "上方若有乱码，本机不识 GS ( H / letters above the title: no GS ( H");
    add_item(page, PRINT_RULE, "%s", "");
    add_ruler(page, probe->used.columns);
    add_pair(page, "金额", "¥0.00");
    add_item(page, PRINT_TEXT, "GBK 张 龙 国    GB18030 㐂 𠮷");
    add_test_code(page, PRINT_QR_COMMAND,
                  "指令二维码，无则设 raster_qr / QR by command, if none: raster_qr");
    add_test_code(page, PRINT_QR_PICTURE, "图形二维码 / QR as a picture");
    add_item(page, PRINT_BAR, "26112012")->align = PRINT_CENTRE;
    add_item(page, PRINT_CUT, "%s", "");
}

enum driver_completion printer_test_page(struct own_devices *devices,
                                         const struct driver_probe *probe) {
    static struct print_doc page;
    struct driver_event event;
    compose_page(probe, &page);
    usb_print(own_devices_usb(devices), TEST_NUMBER, &page);
    return printer_test_wait(devices, DRIVER_PRINTED, &event) ? event.of.printed.completion
                                                              : COMPLETED_UNKNOWN;
}
