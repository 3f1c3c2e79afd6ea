#include "tests/usbbench/device.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/usbbench/model.h"

#define OUTGOING_MAX                                                                               \
    20000 /* messages: a long code of a keyboard scanner is thousands of reports                   \
           */

struct message {
    struct message *next;
    size_t length, taken;
    uint8_t bytes[];
};

static const struct model *const models[] = {
    &model_scanner,
    &model_scanner_pos,
    &model_scanner_cdc,
    &model_printer_kpm,
    &model_printer_ppu,
    &model_printer,
    &model_pinpad,
    &model_card_reader,
    &model_card_reader_apdu,
    &model_card_reader_multi,
    &model_card_reader_character,
    &model_id_reader,
    &model_id_reader_hid,
    &model_keyboard,
    &model_touch_panel,
    &model_printer_a4,
};

const struct model *model_find(const char *name) {
    if (strncmp(name, "replay:", 7) == 0)
        return model_replay(name + 7);
    for (size_t i = 0; i < sizeof models / sizeof *models; i++)
        if (strcmp(models[i]->name, name) == 0)
            return models[i];
    return NULL;
}

struct urb *urb_create(size_t length) {
    struct urb *urb = calloc(1, sizeof *urb + length);
    if (urb)
        urb->length = length;
    return urb;
}

bool device_init(struct device *device, const char *name, const struct model *model,
                 const char *paper_folder) {
    *device = (struct device){.model = model, .plugged = true, .paper_folder = paper_folder};
    snprintf(device->name, sizeof device->name, "%s", name);
    device->state = calloc(1, model->state_size ? model->state_size : 1);
    return device->state != NULL;
}

void device_destroy(struct device *device) {
    device_close(device, NULL);
    device_forget_outgoing(device);
    if (device->model && device->model->destroy)
        device->model->destroy(device);
    free(device->state);
    device->state = NULL;
}

static uint32_t halt_bit(uint8_t endpoint) {
    return 1u << ((endpoint & 15) + (endpoint & 0x80 ? 16 : 0));
}

static void finish(struct device *device, struct urb *urb, int status) {
    urb->done = true;
    urb->status = status;
    urb->due_ms = device->now_ms + device->slow_ms;
}

static void finish_at_once(struct urb *urb, int status) {
    urb->done = true;
    urb->status = status;
    urb->due_ms = 0;
}

/* Moves waiting bytes into a transfer to the host; false: there are none. */
static bool fill(struct device *device, struct urb *urb) {
    struct message **head = &device->outgoing[urb->endpoint & 15];
    struct message *message = *head;
    if (!message)
        return false;
    size_t left = message->length - message->taken;
    urb->actual = left < urb->length ? left : urb->length;
    memcpy(urb->data, message->bytes + message->taken, urb->actual);
    message->taken += urb->actual;
    if (message->taken == message->length) {
        *head = message->next;
        device->outgoing_count--;
        free(message);
    }
    return true;
}

/* GET_DESCRIPTOR of the device or its configuration: every device has that. */
static int describe(const struct model *model, const uint8_t setup[8], uint8_t *data) {
    size_t from = setup[3] == 1 ? 0 : model->descriptors[0];
    size_t length = setup[3] == 1 ? model->descriptors[0] : model->descriptors_length - from;
    size_t room = setup[6] | (size_t)setup[7] << 8;
    length = length < room ? length : room;
    memcpy(data, model->descriptors + from, length);
    return (int)length;
}

static void control(struct device *device, struct urb *urb) {
    urb->done = true; /* the model may send while it answers */
    int length = -EPIPE;
    if (urb->setup[0] == 0x80 && urb->setup[1] == 6 && (urb->setup[3] == 1 || urb->setup[3] == 2))
        length = describe(device->model, urb->setup, urb->data);
    else if (device->model->control)
        length = device->model->control(device, urb->setup, urb->data);
    urb->actual = length > 0 ? (size_t)length : 0;
    finish(device, urb, length < 0 ? length : 0);
}

static bool is_first_out(const struct device *device, const struct urb *urb) {
    for (const struct urb *at = device->first; at != urb; at = at->next)
        if (!at->done && at->type == URB_DATA && at->endpoint == urb->endpoint)
            return false;
    return true;
}

/* As many bytes as the device takes now, and as come through before the cable goes. */
static void take_bytes(struct device *device, struct urb *urb) {
    const struct model *model = device->model;
    size_t count = urb->length - urb->actual, room = model->room ? model->room(device) : count;
    const uint8_t *bytes = urb->data + urb->actual;
    count = count < room ? count : room;
    if (device->is_cut && count > device->cut_after)
        count = device->cut_after;
    urb->actual += count;
    if (urb->actual == urb->length)
        finish(device, urb, 0);
    if (model->receive && (count > 0 || urb->length == 0))
        model->receive(device, urb->endpoint, bytes, count);
    device->cut_after -= device->is_cut ? count : 0;
    device->pulled = device->is_cut && device->cut_after == 0;
}

/* Tries to complete one transfer. */
static void serve(struct device *device, struct urb *urb) {
    if (device->hung || device->pulled)
        return;
    if (urb->type == URB_CONTROL) {
        control(device, urb);
    } else if (device->halted & halt_bit(urb->endpoint)) {
        finish(device, urb, -EPIPE);
    } else if (urb->endpoint & 0x80) {
        if (!device->silent && fill(device, urb))
            finish(device, urb, 0);
    } else if (is_first_out(device, urb)) {
        take_bytes(device, urb);
    }
}

/* A model that answers while it is served is served again, not within. */
static void serve_all(struct device *device) {
    device->serve_again = true;
    if (device->serving)
        return;
    device->serving = true;
    while (device->serve_again) {
        device->serve_again = false;
        for (struct urb *urb = device->first; urb; urb = urb->next)
            if (!urb->done)
                serve(device, urb);
    }
    device->serving = false;
}

void device_resume(struct device *device) {
    serve_all(device);
}

void device_submit(struct device *device, struct urb *urb) {
    struct urb **end = &device->first;
    while (*end)
        end = &(*end)->next;
    *end = urb;
    if (!device->plugged)
        finish_at_once(urb, -ESHUTDOWN);
    else
        serve_all(device);
}

struct urb *device_reap(struct device *device, const void *owner) {
    for (struct urb **at = &device->first; *at; at = &(*at)->next) {
        struct urb *urb = *at;
        if (urb->done && urb->due_ms <= device->now_ms && (!owner || urb->owner == owner)) {
            *at = urb->next;
            return urb;
        }
    }
    return NULL;
}

bool device_has_finished(const struct device *device) {
    for (const struct urb *urb = device->first; urb; urb = urb->next)
        if (urb->done && urb->due_ms <= device->now_ms)
            return true;
    return false;
}

bool device_discard(struct device *device, uint64_t id) {
    for (struct urb *urb = device->first; urb; urb = urb->next) {
        if (urb->id != id || (urb->done && urb->due_ms <= device->now_ms))
            continue;
        finish_at_once(urb, -ENOENT);
        return true;
    }
    return false;
}

void device_close(struct device *device, const void *owner) {
    struct urb **at = &device->first;
    while (*at) {
        struct urb *urb = *at;
        if (owner && urb->owner != owner) {
            at = &urb->next;
            continue;
        }
        *at = urb->next;
        free(urb);
    }
}

void device_forget_outgoing(struct device *device) {
    for (int i = 0; i < DEVICE_ENDPOINTS; i++) {
        while (device->outgoing[i]) {
            struct message *message = device->outgoing[i];
            device->outgoing[i] = message->next;
            free(message);
        }
    }
    device->outgoing_count = 0;
}

void device_unplug(struct device *device) {
    device->plugged = false;
    device->is_cut = device->pulled = false;
    if (!device->model->own_power)
        device->timer_ms = 0;
    device->halted = 0;
    device_forget_outgoing(device);
    for (struct urb *urb = device->first; urb; urb = urb->next)
        if (!urb->done || urb->due_ms > device->now_ms)
            finish_at_once(urb, -ESHUTDOWN);
}

void device_replug(struct device *device) {
    device->plugged = true;
    if (device->model->power_on)
        device->model->power_on(device);
}

void device_clear_halt(struct device *device, uint8_t endpoint) {
    device->halted &= ~halt_bit(endpoint);
    serve_all(device);
}

void device_send(struct device *device, uint8_t endpoint, const uint8_t *bytes, size_t length) {
    if (!device->plugged || device->outgoing_count >= OUTGOING_MAX)
        return;
    struct message *message = malloc(sizeof *message + length);
    if (!message)
        return;
    *message = (struct message){.length = length};
    memcpy(message->bytes, bytes, length);
    struct message **end = &device->outgoing[endpoint & 15];
    while (*end)
        end = &(*end)->next;
    *end = message;
    device->outgoing_count++;
    serve_all(device);
}

void device_advance(struct device *device, int64_t now_ms) {
    device->now_ms = now_ms;
    bool runs = device->plugged || device->model->own_power;
    if (device->timer_ms && device->timer_ms <= now_ms && runs) {
        device->timer_ms = 0;
        device->model->timer(device);
    }
}

int64_t device_deadline_ms(const struct device *device) {
    int64_t deadline = device->timer_ms ? device->timer_ms : INT64_MAX;
    for (const struct urb *urb = device->first; urb; urb = urb->next)
        if (urb->done && urb->due_ms > device->now_ms && urb->due_ms < deadline)
            deadline = urb->due_ms;
    return deadline;
}

static void send_garbage(struct device *device) {
    uint8_t bytes[64];
    uint32_t seed = 12345;
    for (size_t i = 0; i < sizeof bytes; i++) {
        seed = seed * 1103515245u + 12345u;
        bytes[i] = (uint8_t)(seed >> 16);
    }
    device_send(device, 0x81, bytes, sizeof bytes);
}

/* Has the host taken all there was, and does it wait for more? */
static bool is_heard(const struct device *device) {
    for (const struct urb *urb = device->first; urb; urb = urb->next)
        if (!urb->done && urb->type == URB_DATA && urb->endpoint & 0x80)
            return device->outgoing_count == 0;
    return false;
}

static void heal(struct device *device) {
    device->halted = 0;
    device->slow_ms = 0;
    device->silent = device->hung = false;
    serve_all(device);
}

bool device_command(struct device *device, const char *command, char *error, size_t error_size) {
    int slow_ms, bytes;
    if (strcmp(command, "stall") == 0) {
        device->halted = UINT32_MAX;
        serve_all(device);
    } else if (sscanf(command, "slow %d", &slow_ms) == 1 && slow_ms >= 0) {
        device->slow_ms = slow_ms;
    } else if (sscanf(command, "unplug after %d", &bytes) == 1 && bytes > 0) {
        device->is_cut = true;
        device->cut_after = (size_t)bytes;
    } else if (strcmp(command, "silent") == 0) {
        device->silent = true;
    } else if (strcmp(command, "hang") == 0) {
        device->hung = true;
    } else if (strcmp(command, "heal") == 0) {
        heal(device);
    } else if (strcmp(command, "garbage") == 0) {
        send_garbage(device);
    } else if (strcmp(command, "heard") == 0) {
        snprintf(error, error_size, "%s is not heard", device->name);
        return is_heard(device);
    } else if (!device->model->command || !device->model->command(device, command)) {
        snprintf(error, error_size, "%s does not know \"%s\"", device->name, command);
        return false;
    }
    return true;
}
