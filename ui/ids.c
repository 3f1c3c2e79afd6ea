#include "ui/ids.h"

#include <stdio.h>
#include <string.h>

static const char *const screens[SCREEN_END] = {
#define X(upper, lower) [SCREEN_##upper] = #lower,
    SCREENS(X) DESK_SCREENS(X)
#undef X
};

static const char *const touches[TOUCH_KIND_COUNT] = {
#define X(upper, lower) [TOUCH_##upper] = #lower,
    TOUCHES(X)
#undef X
};

/* What a touch carries, and its name has behind a dot. */
enum argument {
    ARGUMENT_NONE = 0,
    ARGUMENT_COUNT,
    ARGUMENT_KEY,
    ARGUMENT_CHANNEL,
    ARGUMENT_SERVICE
};
static const enum argument arguments[TOUCH_KIND_COUNT] = {
    [TOUCH_BILL] = ARGUMENT_COUNT,      [TOUCH_DETAIL] = ARGUMENT_COUNT,
    [TOUCH_CARD] = ARGUMENT_COUNT,      [TOUCH_AMOUNT] = ARGUMENT_COUNT,
    [TOUCH_KEY] = ARGUMENT_KEY,         [TOUCH_CHANNEL] = ARGUMENT_CHANNEL,
    [TOUCH_SERVICE] = ARGUMENT_SERVICE, [TOUCH_CASE] = ARGUMENT_COUNT,
    [TOUCH_PICK] = ARGUMENT_COUNT,      [TOUCH_FUNCTION] = ARGUMENT_COUNT,
    [TOUCH_REPRINT] = ARGUMENT_COUNT,
};

static const char *const channels[] = CHANNEL_WORDS;
static const char *const services[] = SERVICE_WORDS;

#define LENGTH(array) ((int)(sizeof(array) / sizeof *(array)))

/* Keys whose character would not read well in a script. */
static const struct {
    char key;
    const char *name;
} named_keys[] = {{KEY_DELETE, "del"}, {KEY_CLEAR, "clear"}, {'.', "dot"}, {'\n', "enter"}};

const char *screen_name(enum screen screen) {
    return (unsigned)screen < SCREEN_END ? screens[screen] : "";
}

bool screen_parse(const char *name, enum screen *out) {
    for (int i = 0; i < SCREEN_END; i++)
        if (strcmp(name, screens[i]) == 0) {
            *out = (enum screen)i;
            return true;
        }
    return false;
}

const char *channel_name(int channel) {
    return channel > 0 && channel < LENGTH(channels) ? channels[channel] : "";
}

const char *service_name(int service) {
    return service > 0 && service < LENGTH(services) ? services[service] : "";
}

static bool is_plain_key(int key) {
    return (key >= '0' && key <= '9') || (key >= 'A' && key <= 'Z');
}

static void key_text(int key, char *out, size_t size) {
    for (int i = 0; i < LENGTH(named_keys); i++)
        if (named_keys[i].key == key) {
            snprintf(out, size, "%s", named_keys[i].name);
            return;
        }
    snprintf(out, size, "%c", is_plain_key(key) ? (char)key : '?');
}

char *touch_name(struct touch touch, char out[TOUCH_NAME_SIZE]) {
    if ((unsigned)touch.kind >= TOUCH_KIND_COUNT) {
        out[0] = '\0';
        return out;
    }
    const char *kind = touches[touch.kind];
    char key[8];

    switch (arguments[touch.kind]) {
    case ARGUMENT_NONE:
        snprintf(out, TOUCH_NAME_SIZE, "%s", kind);
        break;
    case ARGUMENT_COUNT:
        snprintf(out, TOUCH_NAME_SIZE, "%s.%d", kind, touch.n);
        break;
    case ARGUMENT_KEY:
        key_text(touch.n, key, sizeof key);
        snprintf(out, TOUCH_NAME_SIZE, "%s.%s", kind, key);
        break;
    case ARGUMENT_CHANNEL:
        snprintf(out, TOUCH_NAME_SIZE, "%s.%s", kind, channel_name(touch.n));
        break;
    case ARGUMENT_SERVICE:
        snprintf(out, TOUCH_NAME_SIZE, "%s.%s", kind, service_name(touch.n));
        break;
    }
    return out;
}

/* 1..9999, no sign, no leading zero; else 0. */
static int parse_count(const char *text) {
    int n = 0;

    if (text[0] == '0' || strlen(text) > 4)
        return 0;
    for (; *text; text++) {
        if (*text < '0' || *text > '9')
            return 0;
        n = n * 10 + (*text - '0');
    }
    return n;
}

static int parse_key_name(const char *text) {
    for (int i = 0; i < LENGTH(named_keys); i++)
        if (strcmp(text, named_keys[i].name) == 0)
            return named_keys[i].key;
    return text[0] != '\0' && text[1] == '\0' && is_plain_key(text[0]) ? text[0] : 0;
}

static int parse_name(const char *text, const char *const *names, int count) {
    for (int i = 1; i < count; i++)
        if (strcmp(text, names[i]) == 0)
            return i;
    return 0;
}

/* What stands behind the dot; 0: nothing that exists. */
static int parse_argument(enum touch_kind kind, const char *text) {
    switch (arguments[kind]) {
    case ARGUMENT_NONE:
        break;
    case ARGUMENT_COUNT:
        return parse_count(text);
    case ARGUMENT_KEY:
        return parse_key_name(text);
    case ARGUMENT_CHANNEL:
        return parse_name(text, channels, LENGTH(channels));
    case ARGUMENT_SERVICE:
        return parse_name(text, services, LENGTH(services));
    }
    return 0;
}

bool touch_parse(const char *name, struct touch *out) {
    const char *dot = strchr(name, '.');
    size_t length = dot != NULL ? (size_t)(dot - name) : strlen(name);

    for (int i = 1; i < TOUCH_KIND_COUNT; i++) {
        enum touch_kind kind = (enum touch_kind)i;
        if (strlen(touches[i]) != length || strncmp(name, touches[i], length) != 0)
            continue;
        if ((arguments[kind] != ARGUMENT_NONE) != (dot != NULL))
            return false;
        int n = dot != NULL ? parse_argument(kind, dot + 1) : 0;
        if (dot != NULL && n == 0)
            return false;
        *out = (struct touch){.kind = kind, .n = n};
        return true;
    }
    return false;
}
