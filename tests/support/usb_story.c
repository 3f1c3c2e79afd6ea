#include "tests/support/usb_story.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define EVENTS_MAX 2048

const struct driver_limits story_limits = {.poll_ms = 300,
                                           .stale_ms = 1200,
                                           .reconnect_first_ms = 50,
                                           .reconnect_max_ms = 400,
                                           .print_ms = 6000,
                                           .scan_gap_ms = 200,
                                           .transfer_ms = 700,
                                           .pos_ack_ms = 250,
                                           .pos_ms = 1000};

static struct {
    pthread_mutex_t lock;
    pthread_cond_t came;
    struct driver_event events[EVENTS_MAX];
    int count, scans_taken, keys_taken, cards_taken;
    int told[ROLE_COUNT]; /* events before the last status that was waited for */
} heard = {.lock = PTHREAD_MUTEX_INITIALIZER};

static void post(void *context, const struct driver_event *event) {
    (void)context;
    pthread_mutex_lock(&heard.lock);
    if (heard.count < EVENTS_MAX)
        heard.events[heard.count++] = *event;
    pthread_cond_broadcast(&heard.came);
    pthread_mutex_unlock(&heard.lock);
}

int story_slowness(void) {
    const char *text = getenv("STORY_SLOW");
    int times = text ? atoi(text) : 1;
    return times > 1 ? times : 1;
}

static struct driver_limits limits_here(void) {
    struct driver_limits limits = story_limits;
    int *const all[] = {&limits.poll_ms,     &limits.stale_ms,    &limits.print_ms,
                        &limits.scan_gap_ms, &limits.transfer_ms, &limits.pos_ack_ms,
                        &limits.pos_ms};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        *all[i] *= story_slowness();
    return limits;
}

struct usb *story_begin(const struct driver_binding *bindings, int count) {
    char error[128];
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&heard.came, &attributes);
    heard.count = heard.scans_taken = heard.keys_taken = heard.cards_taken = 0;
    memset(heard.told, 0, sizeof heard.told);
    struct driver_limits limits = limits_here();
    struct usb *usb = usb_start(bindings, count, &limits, post, NULL, error, sizeof error);
    if (!usb) {
        fprintf(stderr, "usb_start: %s\n", error);
        abort();
    }
    usb_arm(usb, ~0u);
    return usb;
}

void story_end(struct usb *usb) {
    usb_stop(usb);
    pthread_cond_destroy(&heard.came);
}

int64_t story_now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

void story_pause(int ms) {
    ms *= story_slowness();
    nanosleep(&(struct timespec){ms / 1000, ms % 1000 * 1000000L}, NULL);
}

/* Waits until `holds` does, with the lock held. */
static bool wait_until(bool (*holds)(const void *wanted), const void *wanted) {
    struct timespec deadline;
    clock_gettime(CLOCK_MONOTONIC, &deadline);
    deadline.tv_sec += STORY_MS / 1000 * story_slowness();
    pthread_mutex_lock(&heard.lock);
    bool held;
    while (!(held = holds(wanted)) &&
           pthread_cond_timedwait(&heard.came, &heard.lock, &deadline) == 0)
        continue;
    pthread_mutex_unlock(&heard.lock);
    return held;
}

struct wanted_status {
    enum device_role role;
    int device, supply, media; /* -1: any */
    const char *detail;
};

static bool is_status(const struct driver_event *event, enum device_role role) {
    return event->kind == DRIVER_STATUS && event->role == role;
}

static bool fits(const struct driver_status *status, const struct wanted_status *wanted) {
    return (wanted->device < 0 || (int)status->device == wanted->device) &&
           (wanted->supply < 0 || (int)status->supply == wanted->supply) &&
           (wanted->media < 0 || (int)status->media == wanted->media) &&
           (!wanted->detail || strcmp(status->detail, wanted->detail) == 0);
}

/* The newest says so. */
static bool status_holds(const void *data) {
    const struct wanted_status *wanted = data;
    int i = heard.count - 1;
    while (i >= 0 && !is_status(&heard.events[i], wanted->role))
        i--;
    if (i < 0 || !fits(&heard.events[i].of.status, wanted))
        return false;
    heard.told[wanted->role] = i + 1;
    return true;
}

/* One said so since. */
static bool status_held(const void *data) {
    const struct wanted_status *wanted = data;
    for (int i = heard.told[wanted->role]; i < heard.count; i++) {
        if (!is_status(&heard.events[i], wanted->role) || !fits(&heard.events[i].of.status, wanted))
            continue;
        heard.told[wanted->role] = i + 1;
        return true;
    }
    return false;
}

/* What the role was last, for whoever reads why a story failed. */
static void tell_last(enum device_role role) {
    const struct driver_status *last = NULL;
    pthread_mutex_lock(&heard.lock);
    for (int i = 0; i < heard.count; i++)
        if (heard.events[i].kind == DRIVER_STATUS && heard.events[i].role == role)
            last = &heard.events[i].of.status;
    if (last)
        fprintf(stderr, "%s is %s: %s\n", device_role_name(role), device_word_name(last->device),
                last->detail);
    pthread_mutex_unlock(&heard.lock);
}

bool story_device(enum device_role role, enum device_word device) {
    bool held = wait_until(status_holds, &(struct wanted_status){role, (int)device, -1, -1, NULL});
    if (!held)
        tell_last(role);
    return held;
}

bool story_supply(enum device_role role, enum supply_word supply) {
    return wait_until(status_holds, &(struct wanted_status){role, -1, (int)supply, -1, NULL});
}

bool story_media(enum device_role role, enum media_word media) {
    return wait_until(status_holds, &(struct wanted_status){role, -1, -1, (int)media, NULL});
}

bool story_detail(enum device_role role, const char *detail) {
    return wait_until(status_holds, &(struct wanted_status){role, -1, -1, -1, detail});
}

bool story_was_device(enum device_role role, enum device_word device) {
    return wait_until(status_held, &(struct wanted_status){role, (int)device, -1, -1, NULL});
}

bool story_was_media(enum device_role role, enum media_word media) {
    return wait_until(status_held, &(struct wanted_status){role, -1, -1, (int)media, NULL});
}

bool story_was_detail(enum device_role role, const char *detail) {
    return wait_until(status_held, &(struct wanted_status){role, -1, -1, -1, detail});
}

static const struct driver_event *nth_scan(int number) {
    for (int i = 0; i < heard.count; i++)
        if (heard.events[i].kind == DRIVER_SCAN && number-- == 0)
            return &heard.events[i];
    return NULL;
}

static bool scan_came(const void *number) {
    return nth_scan(*(const int *)number) != NULL;
}

const struct driver_event *story_scan(void) {
    int number = heard.scans_taken;
    if (!wait_until(scan_came, &number))
        return NULL;
    heard.scans_taken++;
    pthread_mutex_lock(&heard.lock);
    const struct driver_event *event = nth_scan(number); /* written once, before it was counted */
    pthread_mutex_unlock(&heard.lock);
    return event;
}

int story_scans(void) {
    pthread_mutex_lock(&heard.lock);
    int count = 0;
    while (nth_scan(count))
        count++;
    pthread_mutex_unlock(&heard.lock);
    return count;
}

static const struct driver_event *nth_key(int number) {
    for (int i = 0; i < heard.count; i++)
        if (heard.events[i].kind == DRIVER_KEY && number-- == 0)
            return &heard.events[i];
    return NULL;
}

static bool key_came(const void *wanted) {
    return nth_key(*(const int *)wanted) != NULL;
}

char story_key(void) {
    int number = heard.keys_taken;
    if (!wait_until(key_came, &number))
        return 0;
    heard.keys_taken++;
    pthread_mutex_lock(&heard.lock);
    char key = nth_key(number)->of.key;
    pthread_mutex_unlock(&heard.lock);
    return key;
}

int story_keys(void) {
    pthread_mutex_lock(&heard.lock);
    int count = 0;
    while (nth_key(count))
        count++;
    pthread_mutex_unlock(&heard.lock);
    return count;
}

static const struct driver_event *nth_card(int number) {
    for (int i = 0; i < heard.count; i++)
        if (heard.events[i].kind == DRIVER_CARD && number-- == 0)
            return &heard.events[i];
    return NULL;
}

static bool card_came(const void *number) {
    return nth_card(*(const int *)number) != NULL;
}

const struct driver_card *story_card(void) {
    int number = heard.cards_taken;
    if (!wait_until(card_came, &number))
        return NULL;
    heard.cards_taken++;
    pthread_mutex_lock(&heard.lock);
    const struct driver_event *event = nth_card(number);
    pthread_mutex_unlock(&heard.lock);
    return &event->of.card;
}

int story_cards(void) {
    pthread_mutex_lock(&heard.lock);
    int count = 0;
    while (nth_card(count))
        count++;
    pthread_mutex_unlock(&heard.lock);
    return count;
}

static int find_printed(uint32_t job, int *completion) {
    int count = 0;
    for (int i = 0; i < heard.count; i++) {
        if (heard.events[i].kind != DRIVER_PRINTED || heard.events[i].of.printed.job != job)
            continue;
        *completion = (int)heard.events[i].of.printed.completion;
        count++;
    }
    return count;
}

struct wanted_job {
    uint32_t job;
    int *completion;
};

static bool job_ended(const void *data) {
    const struct wanted_job *wanted = data;
    return find_printed(wanted->job, wanted->completion) > 0;
}

int story_printed(uint32_t job) {
    int completion = -1;
    wait_until(job_ended, &(struct wanted_job){job, &completion});
    return completion;
}

int64_t story_printed_ms(uint32_t job) {
    int64_t when_ms = 0;
    if (story_printed(job) < 0)
        return 0;
    pthread_mutex_lock(&heard.lock);
    for (int i = 0; i < heard.count && when_ms == 0; i++)
        if (heard.events[i].kind == DRIVER_PRINTED && heard.events[i].of.printed.job == job)
            when_ms = heard.events[i].mono_ms;
    pthread_mutex_unlock(&heard.lock);
    return when_ms;
}

int story_completions(uint32_t job) {
    int completion;
    pthread_mutex_lock(&heard.lock);
    int count = find_printed(job, &completion);
    pthread_mutex_unlock(&heard.lock);
    return count;
}

struct wanted_pos {
    uint32_t id;
    int state; /* of a progress; -1: the end */
    const struct driver_event *found;
    int count;
};

static bool pos_came(const void *data) {
    struct wanted_pos *wanted = (struct wanted_pos *)data;
    wanted->count = 0;
    for (int i = 0; i < heard.count; i++) {
        const struct driver_event *event = &heard.events[i];
        bool end = event->kind == DRIVER_POS_DONE && event->of.pos.id == wanted->id;
        bool progress = event->kind == DRIVER_POS_PROGRESS && event->of.progress.id == wanted->id &&
                        event->of.progress.state == wanted->state;
        if (wanted->state < 0 ? end : progress) {
            wanted->found = event;
            wanted->count++;
        }
    }
    return wanted->found != NULL;
}

const struct driver_event *story_pos(uint32_t id) {
    struct wanted_pos wanted = {.id = id, .state = -1};
    wait_until(pos_came, &wanted);
    return wanted.found;
}

int story_pos_completions(uint32_t id) {
    struct wanted_pos wanted = {.id = id, .state = -1};
    pthread_mutex_lock(&heard.lock);
    pos_came(&wanted);
    pthread_mutex_unlock(&heard.lock);
    return wanted.count;
}

bool story_progress(uint32_t id, int state) {
    struct wanted_pos wanted = {.id = id, .state = state};
    return wait_until(pos_came, &wanted);
}

void story_print(struct usb *usb, uint32_t job, int lines) {
    static struct print_doc doc;
    doc.count = 0;
    for (int i = 0; i < lines; i++) {
        struct print_item *item = &doc.items[doc.count++];
        *item = (struct print_item){.kind = PRINT_PAIR, .scale = 1};
        snprintf(item->text, sizeof item->text, "门诊收费 %d", i + 1);
        snprintf(item->right, sizeof item->right, "128.50");
    }
    doc.items[doc.count++] = (struct print_item){.kind = PRINT_CUT};
    usb_print(usb, job, &doc);
}
