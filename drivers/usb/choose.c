#include "drivers/usb/choose.h"

#include <stdio.h>
#include <string.h>

#include "drivers/usb/ambiguity.h"

/* What was plugged in a moment ago may not be alone: its like may be on the same hub. */
#define SETTLE_MS 250
/* Silence is asked again after so many of the longest backoff. */
#define SILENT_BACKOFFS 30

/* --- ports ------------------------------------------------------------------------------------ */

static bool same_text(const char *left, const char *right) {
    return strcmp(left ? left : "", right ? right : "") == 0;
}

static bool are_alike(const struct usb_port *left, const struct usb_port *right) {
    const struct driver_binding *one = left->binding, *other = right->binding;
    return left->driver == right->driver && one->vid == other->vid && one->pid == other->pid &&
           same_text(one->port, other->port) && one->interface_given == other->interface_given &&
           one->interface == other->interface && same_text(one->terminal_no, other->terminal_no) &&
           same_text(one->merchant_no, other->merchant_no);
}

void usb_choice_init(struct usb_choice *choice, struct usb_port *ports, int count) {
    choice->ports = ports;
    choice->port_count = count;
    for (int i = 0; i < count; i++)
        for (int k = i; k >= 0; k--)
            if (are_alike(&ports[i], &ports[k]))
                ports[i].leader = &ports[k];
}

/* How many of the ports alike have not got their device yet. */
static int places_left(const struct usb_choice *choice, const struct usb_port *leader) {
    int count = 0;
    for (int i = 0; i < choice->port_count; i++)
        count += choice->ports[i].leader == leader && !usb_port_settled(&choice->ports[i]);
    return count;
}

/* --- what is known ---------------------------------------------------------------------------- */

static void keep_verdict(struct usb_choice *choice, const struct usb_port *port,
                         libusb_device *device, int interface, struct usb_seen seen) {
    int64_t wait_ms = (int64_t)SILENT_BACKOFFS * port->host->limits.reconnect_max_ms;
    seen.again_ms = usb_now_ms() + wait_ms;
    usb_seen_keep(&choice->memory, port->leader, device, interface, seen);
}

void usb_choice_judged(struct usb_choice *choice, const struct usb_port *port,
                       enum usb_verdict verdict, int rank, const char *reason) {
    struct usb_seen seen = {.verdict = verdict, .rank = rank};
    snprintf(seen.reason, sizeof seen.reason, "%s", reason);
    keep_verdict(choice, port, port->device, port->fit.interface, seen);
}

bool usb_choice_contested(const struct usb_choice *choice, const struct usb_port *port,
                          const struct usb_survey *survey) {
    struct usb_candidates mine = usb_candidates_find(choice, port, survey);
    for (int i = 0; i < mine.count; i++)
        if (!mine.all[i].holder)
            return true;
    return usb_is_wanted(choice, port, survey);
}

void usb_choice_forget(struct usb_choice *choice, const libusb_device *device) {
    usb_seen_forget(&choice->memory, device);
    for (int i = 0; i < choice->port_count; i++)
        if (choice->ports[i].had == device)
            choice->ports[i].had = NULL;
}

void usb_choice_forget_gone(struct usb_choice *choice, const struct usb_survey *survey) {
    usb_seen_forget_gone(&choice->memory, survey);
    for (int i = 0; i < choice->port_count; i++)
        if (!usb_survey_find(survey, choice->ports[i].had))
            choice->ports[i].had = NULL;
}

/* --- choosing --------------------------------------------------------------------------------- */

static void open_candidate(struct usb_choice *choice, struct usb_port *port,
                           const struct usb_candidate *one, bool trial) {
    port->quiet = trial || (one->seen && !port->had);
    int error = usb_port_open(port, one->found->device, &one->fit, trial);
    if (error == 0)
        return;
    usb_port_refused(port, error);
    if (!trial)
        return;
    struct usb_seen seen = {.verdict = USB_SILENT};
    snprintf(seen.reason, sizeof seen.reason, "%s", usb_error_detail(error));
    keep_verdict(choice, port, one->found->device, one->fit.interface, seen);
}

/* Why a device is not this port's; false: it does not matter here. */
static bool is_a_reason(const struct usb_choice *choice, const struct usb_port *port,
                        const struct usb_seen *seen) {
    const struct usb_fit fit = {.interface = seen->interface, .second_interface = -1};
    return seen->leader == port->leader && usb_seen_is_out(seen) &&
           !usb_holder_of(choice, seen->device, &fit);
}

/* Nothing is there for it: why, and when silence is asked again. */
static void wait_for_device(const struct usb_choice *choice, struct usb_port *port,
                            const struct usb_survey *survey) {
    char detail[DRIVER_DETAIL_SIZE] = "not found";
    const struct usb_seen *told = NULL;
    int64_t again_ms = 0;
    for (int i = 0; i < choice->memory.count; i++) {
        const struct usb_seen *seen = &choice->memory.all[i];
        if (!is_a_reason(choice, port, seen))
            continue;
        bool silent = seen->verdict == USB_SILENT;
        if (silent && (!again_ms || seen->again_ms < again_ms))
            again_ms = seen->again_ms;
        if (!told || (silent && told->verdict != USB_SILENT))
            told = seen;
    }
    const struct usb_found *found = told ? usb_survey_find(survey, told->device) : NULL;
    if (found)
        snprintf(detail, sizeof detail, "%s %s %04x:%04x: %s", again_ms ? "tried" : "let go",
                 found->place, found->descriptor.idVendor, found->descriptor.idProduct,
                 told->reason);
    usb_port_wait(port, again_ms ? DEVICE_UNKNOWN : DEVICE_ABSENT, detail, again_ms);
}

static void wait_for_words(struct usb_port *port, const struct usb_candidates *candidates) {
    struct usb_alike alike[USB_CANDIDATES_MAX];
    char detail[DRIVER_DETAIL_SIZE];
    for (int i = 0; i < candidates->count; i++) {
        const struct usb_candidate *one = &candidates->all[i];
        alike[i] =
            (struct usb_alike){one->found->descriptor.idVendor, one->found->descriptor.idProduct,
                               one->found->place, one->fit.interface};
    }
    usb_ambiguity_words(alike, candidates->count, detail, sizeof detail);
    usb_port_wait(port, DEVICE_FAULT, detail, 0);
}

static int rank_of(const struct usb_candidate *one) {
    return one->seen && one->seen->verdict == USB_MINE ? one->seen->rank : 0;
}

/* Highest rank first, otherwise in the order of the bus. */
static void sort_by_rank(struct usb_candidates *candidates) {
    for (int i = 1; i < candidates->count; i++)
        for (int k = i; k > 0 && rank_of(&candidates->all[k]) > rank_of(&candidates->all[k - 1]);
             k--) {
            struct usb_candidate swapped = candidates->all[k];
            candidates->all[k] = candidates->all[k - 1];
            candidates->all[k - 1] = swapped;
        }
}

static const struct usb_candidate *first_free(const struct usb_candidates *candidates,
                                              bool unknown_only) {
    for (int i = 0; i < candidates->count; i++) {
        const struct usb_candidate *one = &candidates->all[i];
        bool unknown = !one->seen || one->seen->verdict != USB_MINE;
        if (!one->holder && (unknown || !unknown_only))
            return one;
    }
    return NULL;
}

/* It has something to wait for, and will be told. */
static void wait_for_others(struct usb_port *port) {
    bool nothing_said = port->status.detail[0] == '\0';
    usb_port_wait(port, nothing_said ? DEVICE_UNKNOWN : port->status.device,
                  nothing_said ? "asking" : port->status.detail, 0);
}

/* More than there are places: those of the highest rank, if rank tells. */
static void choose_among(struct usb_choice *choice, struct usb_port *port,
                         struct usb_candidates *candidates, int places) {
    const struct usb_candidate *untried = first_free(candidates, true);
    bool trying = false;
    for (int i = 0; i < candidates->count; i++)
        trying = trying || candidates->all[i].holder;
    if (port->driver->proves && untried) {
        open_candidate(choice, port, untried, true);
        return;
    }
    if (trying) {
        wait_for_others(port);
        return;
    }
    sort_by_rank(candidates);
    if (rank_of(&candidates->all[places - 1]) > rank_of(&candidates->all[places]))
        open_candidate(choice, port, &candidates->all[0], false);
    else
        wait_for_words(port, candidates);
}

static const struct usb_candidate *what_it_had(const struct usb_port *port,
                                               const struct usb_candidates *candidates) {
    for (int i = 0; i < candidates->count; i++)
        if (candidates->all[i].found->device == port->had && !candidates->all[i].holder &&
            candidates->all[i].fit.interface == port->had_interface)
            return &candidates->all[i];
    return NULL;
}

/* Nothing tells its devices apart, so all that may be its own have to be there, and no other's. */
static bool may_take(const struct usb_choice *choice, struct usb_port *port,
                     const struct usb_candidates *candidates) {
    for (int i = 0; i < candidates->count; i++) {
        if (usb_candidate_is_undecided(choice, port, &candidates->all[i])) {
            wait_for_others(port);
            return false;
        }
    }
    int64_t settled_ms = choice->plugged_ms + SETTLE_MS;
    bool named = usb_closeness(port->binding) > 1;
    if (candidates->count == 0 || named || !choice->plugged_ms || usb_now_ms() >= settled_ms)
        return true;
    port->retry_ms = settled_ms; /* BACKOFF still */
    return false;
}

void usb_choose(struct usb_choice *choice, struct usb_port *port, const struct usb_survey *survey) {
    struct usb_candidates candidates = usb_candidates_find(choice, port, survey);
    int places = places_left(choice, port->leader);
    const struct usb_candidate *had = what_it_had(port, &candidates);
    if (had) {
        open_candidate(choice, port, had, false);
        return;
    }
    if (!port->driver->proves && !may_take(choice, port, &candidates))
        return;
    if (candidates.count > places) {
        choose_among(choice, port, &candidates, places);
        return;
    }
    sort_by_rank(&candidates);
    const struct usb_candidate *one = first_free(&candidates, false);
    if (one)
        open_candidate(choice, port, one, false);
    else if (candidates.count > 0)
        wait_for_others(port);
    else
        wait_for_device(choice, port, survey);
}

void usb_choice_refuse_rivals(struct usb_choice *choice, const struct usb_survey *survey) {
    for (int i = 0; i < choice->port_count; i++) {
        struct usb_port *port = &choice->ports[i];
        if (port->leader != port || port->driver->proves || places_left(choice, port) > 0)
            continue;
        struct usb_candidates rivals = usb_candidates_find(choice, port, survey);
        for (int k = 0; k < rivals.count; k++)
            keep_verdict(choice, port, rivals.all[k].found->device, rivals.all[k].fit.interface,
                         (struct usb_seen){.verdict = USB_NOT_MINE,
                                           .reason = "another was in use when it came"});
    }
}
