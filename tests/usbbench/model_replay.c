/* A device that only knows one recording: `--device NAME=replay:FILE`. It answers what was answered
 * then, as long as the host says what it said then; on anything else it falls silent. Notices and
 * whatever a device says unasked come when their turn comes.
 *   start       what was recorded before the host's first message */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/usbbench/model.h"

#define LINES_MAX 2000
#define BYTES_MAX 4096
#define DESCRIPTORS_MAX 2048
#define LINE_SIZE (2 * BYTES_MAX + 32)

struct line {
    enum { LINE_IN, LINE_OUT, LINE_NOTICE, LINE_SETUP, LINE_ANSWER, LINE_REFUSED } kind;
    size_t length;
    uint8_t *bytes;
};

struct recording {
    struct model model; /* with the recorded descriptors */
    uint8_t descriptors[DESCRIPTORS_MAX];
    int count;
    struct line lines[LINES_MAX];
};

struct replay {
    int at;
};

static const struct recording *recording_of(const struct device *device) {
    return (const struct recording *)device->model;
}

/* The endpoint of a kind, from the recorded descriptors. */
static uint8_t endpoint_to_host(const struct recording *recording, bool notice) {
    const uint8_t *bytes = recording->descriptors;
    uint8_t only = 0;
    for (size_t i = 0; i + 6 < recording->model.descriptors_length && bytes[i]; i += bytes[i]) {
        if (bytes[i + 1] != 5 || !(bytes[i + 2] & 0x80))
            continue;
        if ((bytes[i + 3] == 3) == notice)
            return bytes[i + 2];
        only = bytes[i + 2];
    }
    return only;
}

/* Says what comes next, up to the host's next turn. */
static void go_on(struct device *device) {
    const struct recording *recording = recording_of(device);
    struct replay *replay = device->state;
    for (; replay->at < recording->count; replay->at++) {
        const struct line *line = &recording->lines[replay->at];
        if (line->kind == LINE_OUT)
            return;
        if (line->kind != LINE_IN && line->kind != LINE_NOTICE)
            continue; /* control transfers are answered by what they ask, not by their turn */
        uint8_t endpoint = endpoint_to_host(recording, line->kind == LINE_NOTICE);
        device_send(device, endpoint, line->bytes, line->length);
    }
}

static void receive(struct device *device, uint8_t endpoint, const uint8_t *bytes, size_t length) {
    const struct recording *recording = recording_of(device);
    struct replay *replay = device->state;
    (void)endpoint;
    go_on(device); /* over control transfers to the host's turn */
    if (replay->at == recording->count)
        return;
    const struct line *line = &recording->lines[replay->at];
    if (line->kind != LINE_OUT || line->length != length ||
        memcmp(line->bytes, bytes, length) != 0) {
        fprintf(stderr, "%s: line %d is not what the host says now\n", device->name, replay->at);
        replay->at = recording->count;
        return;
    }
    replay->at++;
    go_on(device);
}

static int control(struct device *device, const uint8_t setup[8], uint8_t *data) {
    const struct recording *recording = recording_of(device);
    for (int i = 0; i + 1 < recording->count; i++) {
        const struct line *line = &recording->lines[i], *answer = line + 1;
        size_t room = setup[6] | (size_t)setup[7] << 8;
        if (line->kind != LINE_SETUP || line->length != 8 || memcmp(line->bytes, setup, 8) != 0)
            continue;
        if (answer->kind != LINE_ANSWER || answer->length > room)
            return -EPIPE;
        if (setup[0] & 0x80)
            memcpy(data, answer->bytes, answer->length);
        return (int)answer->length;
    }
    return -EPIPE;
}

static bool command(struct device *device, const char *text) {
    if (strcmp(text, "start") != 0)
        return false;
    go_on(device);
    return true;
}

static void destroy(struct device *device) {
    struct recording *recording = (struct recording *)device->model;
    device->model = NULL;
    for (int i = 0; i < recording->count; i++)
        free(recording->lines[i].bytes);
    free(recording);
}

static size_t read_hex(const char *text, uint8_t *out) {
    size_t count = 0;
    unsigned byte;
    for (; count < BYTES_MAX && sscanf(text, "%2x", &byte) == 1; text += 2)
        out[count++] = (uint8_t)byte;
    return count;
}

static bool take_line(struct recording *recording, const char *text) {
    static const char *const kinds[] = {"in", "out", "notice", "setup", "answer", "refused"};
    static uint8_t bytes[BYTES_MAX];
    char what[16];
    int hex = 0;
    if (sscanf(text, "%15s %n", what, &hex) != 1)
        return true;
    size_t length = read_hex(text + hex, bytes);
    size_t room = sizeof recording->descriptors - recording->model.descriptors_length;
    if (strcmp(what, "descriptor") == 0 && length <= room) {
        memcpy(recording->descriptors + recording->model.descriptors_length, bytes, length);
        recording->model.descriptors_length += length;
        return true;
    }
    for (int i = 0; i < 6 && recording->count < LINES_MAX; i++) {
        struct line *line = &recording->lines[recording->count];
        if (strcmp(what, kinds[i]) != 0)
            continue;
        *line = (struct line){.kind = i, .length = length, .bytes = malloc(length + 1)};
        if (!line->bytes)
            return false;
        memcpy(line->bytes, bytes, length);
        recording->count++;
        return true;
    }
    return false;
}

const struct model *model_replay(const char *path) {
    static char text[LINE_SIZE];
    struct recording *recording = calloc(1, sizeof *recording);
    FILE *file = recording ? fopen(path, "r") : NULL;
    if (!file) {
        perror(path);
        return NULL;
    }
    recording->model = (struct model){.name = "replay",
                                      .descriptors = recording->descriptors,
                                      .state_size = sizeof(struct replay),
                                      .control = control,
                                      .receive = receive,
                                      .command = command,
                                      .destroy = destroy};
    bool good = true;
    while (good && fgets(text, sizeof text, file))
        good = *text == '#' || take_line(recording, text);
    fclose(file);
    return good ? &recording->model : NULL;
}
