#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/pump/script.h"

#define WAIT_SECONDS 10

/* A line that is being parsed. */
struct parsing {
    const struct script_names *names;
    struct script_line *out;
};

static bool refuse_line(const struct parsing *parsing, const char *why) {
    struct script_line *out = parsing->out;
    out->command = SCRIPT_WRONG;
    snprintf(out->text, sizeof out->text, "%s", why);
    return true;
}

static bool parse_wait(char *rest, const struct parsing *parsing) {
    struct script_line *out = parsing->out;
    char *seconds = strchr(rest, ' ');
    out->seconds = WAIT_SECONDS;
    if (seconds != NULL) {
        char *end;
        *seconds++ = '\0';
        out->seconds = (int)strtol(seconds, &end, 10);
        if (*end != '\0' || out->seconds < 1)
            return refuse_line(parsing, "wait SCREEN [SECONDS]: the seconds are not a number");
    }
    return parsing->names->screen(rest, &out->screen) ||
           refuse_line(parsing, "wait: there is no such screen");
}

static bool parse_tap(char *rest, const struct parsing *parsing) {
    struct script_line *out = parsing->out;
    char end;
    if (sscanf(rest, "%d,%d%c", &out->x, &out->y, &end) == 2) {
        out->command = SCRIPT_TAP_AT;
        return true;
    }
    return parsing->names->touch(rest, &out->touch) ||
           refuse_line(parsing, "tap: there is no such id");
}

static bool parse_key(char *rest, const struct parsing *parsing) {
    struct script_line *out = parsing->out;
    static const struct {
        const char *name;
        char key;
    } names[] = {{"enter", '\n'},
                 {"delete", '\b'},
                 {"escape", 0x1b},
                 {"point", '.'},
                 {"next", '\t'},
                 {"left", 0x1c},
                 {"right", 0x1d},
                 {"up", 0x1e},
                 {"down", 0x1f},
                 {"again", '*'},
                 /* of the cashier's window: UI_KEY_F and its like of ui/ui.h */
                 {"f1", (char)0x81},
                 {"f2", (char)0x82},
                 {"f3", (char)0x83},
                 {"f4", (char)0x84},
                 {"f5", (char)0x85},
                 {"f6", (char)0x86},
                 {"f7", (char)0x87},
                 {"f8", (char)0x88},
                 {"f9", (char)0x89},
                 {"f10", (char)0x8a},
                 {"f11", (char)0x8b},
                 {"f12", (char)0x8c},
                 {"alt1", (char)0x91},
                 {"alt2", (char)0x92},
                 {"alt3", (char)0x93},
                 {"alt4", (char)0x94},
                 {"pageup", (char)0xa0},
                 {"pagedown", (char)0xa1}};
    out->key = strlen(rest) == 1 ? rest[0] : '\0';
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(names[i].name, rest) == 0)
            out->key = names[i].key;
    return out->key != '\0' || refuse_line(parsing, "key: there is no such key");
}

static bool parse_phone(char *rest, const struct parsing *parsing) {
    bool known =
        strcmp(rest, "pay") == 0 || strcmp(rest, "cancel") == 0 || strcmp(rest, "late") == 0;
    return known || refuse_line(parsing, "phone pay|cancel|late");
}

static bool parse_text(char *rest, const struct parsing *parsing) {
    return rest[0] != '\0' || refuse_line(parsing, "something is missing behind the command");
}

static bool parse_quit(char *rest, const struct parsing *parsing) {
    return rest[0] == '\0' || refuse_line(parsing, "quit stands alone");
}

static const struct {
    const char *name;
    enum script_command command;
    bool (*parse)(char *rest, const struct parsing *parsing);
} commands[] = {
    {"wait", SCRIPT_WAIT, parse_wait},     {"tap", SCRIPT_TAP, parse_tap},
    {"key", SCRIPT_KEY, parse_key},        {"type", SCRIPT_TYPE, parse_text},
    {"shot", SCRIPT_SHOT, parse_text},     {"expect", SCRIPT_EXPECT, parse_text},
    {"device", SCRIPT_DEVICE, parse_text}, {"phone", SCRIPT_PHONE, parse_phone},
    {"hear", SCRIPT_HEAR, parse_text},     {"quit", SCRIPT_QUIT, parse_quit},
};

/* Cuts blanks at both ends. */
static char *trim_blanks(char *text) {
    text += strspn(text, " \t\r\n");
    for (size_t end = strlen(text); end > 0 && strchr(" \t\r\n", text[end - 1]) != NULL;)
        text[--end] = '\0';
    return text;
}

bool script_parse(const char *line, const struct script_names *names, struct script_line *out) {
    const struct parsing parsing = {names, out};
    char copy[SCRIPT_TEXT_SIZE];
    int number = out->number;
    *out = (struct script_line){.number = number};
    if (snprintf(copy, sizeof copy, "%s", line) >= (int)sizeof copy)
        return refuse_line(&parsing, "the line is too long");
    char *word = trim_blanks(copy);
    if (word[0] == '\0' || word[0] == '#')
        return false;
    char *rest = word + strcspn(word, " \t");
    rest = *rest == '\0' ? rest : (*rest = '\0', trim_blanks(rest + 1));
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        if (strcmp(commands[i].name, word) == 0) {
            out->command = commands[i].command;
            snprintf(out->text, sizeof out->text, "%s", rest);
            return commands[i].parse(rest, &parsing);
        }
    }
    return refuse_line(&parsing, "there is no such command");
}
