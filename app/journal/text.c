#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/journal/rows.h"

static bool make_room(struct text *text, size_t more) {
    size_t room = text->room ? text->room : 1024;
    if (text->failed)
        return false;
    while (room <= text->length + more)
        room *= 2;
    if (room == text->room)
        return true;
    char *data = realloc(text->data, room);
    text->failed = !data;
    if (data) {
        text->data = data;
        text->room = room;
    }
    return data != NULL;
}

void text_clear(struct text *text) {
    text->length = 0;
    text->failed = false;
    text_add(text, "", 0);
}

void text_add(struct text *text, const char *piece, size_t length) {
    if (!make_room(text, length))
        return;
    memcpy(text->data + text->length, piece, length);
    text->length += length;
    text->data[text->length] = '\0';
}

void text_word(struct text *text, const char *piece) {
    text_add(text, piece, strlen(piece));
}

void text_number(struct text *text, int64_t number) {
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%" PRId64, number);
    text_add(text, digits, (size_t)length);
}

static void add_escape(struct text *text, unsigned char character) {
    char escape[8];
    int length = character == '"' || character == '\\'
                     ? snprintf(escape, sizeof escape, "\\%c", character)
                     : snprintf(escape, sizeof escape, "\\u%04x", character);
    text_add(text, escape, (size_t)length);
}

void text_json_string(struct text *text, const char *string) {
    text_add(text, "\"", 1);
    for (const char *at = string; *at;) {
        size_t plain = 0;
        while ((unsigned char)at[plain] >= 0x20 && at[plain] != '"' && at[plain] != '\\')
            plain++;
        text_add(text, at, plain);
        at += plain;
        if (*at)
            add_escape(text, (unsigned char)*at++);
    }
    text_add(text, "\"", 1);
}

void text_free(struct text *text) {
    free(text->data);
    *text = (struct text){0};
}
