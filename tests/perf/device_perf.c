/* The drivers among virtual devices, which answer at once: what is measured is ours, the bench's
 * own way there and back included. */
#include <poll.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "drivers/printer/escpos.h"
#include "tests/support/usb_story.h"

#define TIMES 21
#define IDLE_S 5
#define RECEIPTS 200
#define RECEIPT_LINES 60

static const struct driver_binding bindings[] = {
    {.role = ROLE_SCANNER, .driver = "scanner-hid", .port = ""},
    {.role = ROLE_PRINTER, .driver = "printer-escpos", .port = ""},
    {.role = ROLE_ID_READER, .driver = "id-reader-sdt", .port = ""},
    {.role = ROLE_CARD_READER, .driver = "card-reader-ccid", .port = ""},
    {.role = ROLE_PINPAD, .driver = "pinpad-ecr", .port = ""}};
static const char *const names[] = {"scanner", "printer", "idreader", "cardreader", "pinpad"};
#define DEVICES (int)(sizeof bindings / sizeof *bindings)

static int compare(const void *left, const void *right) {
    return *(const int *)left - *(const int *)right;
}

static void figure(const char *what, int times[TIMES], const char *wanted) {
    qsort(times, TIMES, sizeof *times, compare);
    printf("%-58s %5d (%3d) ms   (wanted: %s)\n", what, times[TIMES / 2], times[TIMES - 1], wanted);
}

static void need(bool held, const char *what) {
    if (held)
        return;
    fprintf(stderr, "device_perf: %s did not come\n", what);
    exit(1);
}

static void suffix_to_event(void) {
    int times[TIMES];
    need(bench("scanner suffix none"), "the scanner");
    for (int i = 0; i < TIMES; i++) {
        need(bench("scanner scan 286123456789012345") && bench_until("scanner heard"), "the code");
        int64_t pressed = story_now_ms();
        need(bench("scanner press"), "the suffix");
        const struct driver_event *event = story_scan();
        need(event != NULL, "the scan");
        times[i] = (int)(event->mono_ms - pressed);
    }
    figure("suffix of a scan to its event", times, "<= 5 ms");
}

static void card_to_event(const char *name, const char *card, const char *what) {
    enum device_role role = *name == 'c' ? ROLE_CARD_READER : ROLE_ID_READER;
    int times[TIMES];
    for (int i = 0; i < TIMES; i++) {
        int64_t inserted = story_now_ms();
        need(bench("%s insert %s", name, card) && story_card() != NULL, what);
        times[i] = (int)(story_now_ms() - inserted);
        need(bench("%s remove", name) && story_media(role, MEDIA_NONE), "the empty reader");
    }
    figure(what, times, "<= 50 ms, and 300 ms where a card is looked for");
}

static void replug_to_ready(int device) {
    char what[64];
    int times[TIMES];
    snprintf(what, sizeof what, "replug to ready: %s", names[device]);
    for (int i = 0; i < TIMES; i++) {
        need(bench("%s unplug", names[device]), names[device]);
        need(story_device(bindings[device].role, DEVICE_ABSENT), "absence");
        int64_t plugged = story_now_ms();
        need(bench("%s replug", names[device]), names[device]);
        need(story_device(bindings[device].role, DEVICE_READY), what);
        times[i] = (int)(story_now_ms() - plugged);
    }
    figure(what, times, "<= 1000 ms");
}

/* The pump sleeps in here. Under the bench a transfer itself waits for the bench's answer, which on
 * a machine it never does: so the ends of this sleep are counted, not the thread's switches. */
static atomic_int wakings;

int poll(struct pollfd *files, nfds_t count, int timeout_ms) {
    struct timespec time = {timeout_ms / 1000, timeout_ms % 1000 * 1000000L};
    int ready = ppoll(files, count, timeout_ms < 0 ? NULL : &time, NULL);
    wakings += timeout_ms != 0;
    return ready;
}

static void idle(struct usb *usb, uint32_t armed, const char *what, const char *wanted) {
    usb_arm(usb, armed);
    story_pause(1000);
    int before = wakings;
    story_pause(IDLE_S * 1000);
    printf("%-58s %9.1f /s   (wanted: %s)\n", what, (double)(wakings - before) / IDLE_S, wanted);
}

static void receipt_bytes(void) {
    static struct print_doc doc;
    for (int i = 0; i < RECEIPT_LINES; i++) {
        struct print_item *item = &doc.items[doc.count++];
        *item = (struct print_item){.kind = PRINT_PAIR, .scale = 1, .right = "128.50"};
        snprintf(item->text, sizeof item->text, "门诊收费 %d", i + 1);
    }
    doc.items[doc.count++] = (struct print_item){.kind = PRINT_QR, .text = "26112012000000010001"};
    doc.items[doc.count++] = (struct print_item){.kind = PRINT_CUT};
    struct timespec from, to;
    size_t length = 0;
    clock_gettime(CLOCK_MONOTONIC, &from);
    for (int i = 0; i < RECEIPTS; i++) {
        struct escpos_bytes bytes;
        need(escpos_render(&doc, &(struct escpos_head){.dots = 576}, &bytes), "the bytes");
        length = bytes.length;
        free(bytes.bytes);
    }
    clock_gettime(CLOCK_MONOTONIC, &to);
    int64_t us = ((to.tv_sec - from.tv_sec) * 1000000 + (to.tv_nsec - from.tv_nsec) / 1000);
    printf("%-58s %9.3f ms   (wanted: <= 2 ms; %zu bytes)\n", "a receipt of 60 lines into bytes",
           (double)us / RECEIPTS / 1000, length);
}

int main(int argc, char **argv) {
    (void)argc;
    bench_enter(argv, "scanner printer idreader cardreader pinpad");
    setvbuf(stdout, NULL, _IOLBF, 0);
    puts("devices: the median of 21, and the worst");
    struct usb *usb = story_begin(bindings, DEVICES);
    for (int i = 0; i < DEVICES; i++)
        need(story_device(bindings[i].role, DEVICE_READY), names[i]);
    suffix_to_event();
    card_to_event("cardreader", "social", "social security card inserted to its event");
    card_to_event("cardreader", "uid 04A1B2C3", "contactless card put on to its event");
    card_to_event("idreader", "citizen", "ID card put on to its event");
    for (int i = 0; i < DEVICES; i++)
        replug_to_ready(i);
    idle(usb, 0, "wake-ups of the pump, nobody waits for a card", "<= 20 /s");
    idle(usb, ~0u, "wake-ups of the pump, a card is looked for every 300 ms", "<= 20 /s");
    story_end(usb);
    receipt_bytes();
    return 0;
}
