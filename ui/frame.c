#include "ui/frame.h"

#include <stdlib.h>
#include <string.h>

void frame_clear(struct frame *frame) {
    frame->touch_count = 0;
    frame->text_count = 0;
    frame->code_count = 0;
    frame->mover_count = 0;
    frame->words_length = 0;
    frame->words[0] = '\0';
}

void frame_add_touch(struct frame *frame, struct touch touch, struct rect rect) {
    if (frame->touch_count < FRAME_TOUCHES_MAX)
        frame->touches[frame->touch_count++] = (struct frame_touch){touch, rect};
}

void frame_add_text(struct frame *frame, const struct frame_text *text) {
    if (frame->text_count < FRAME_TEXTS_MAX)
        frame->texts[frame->text_count++] = *text;
}

/* Copies without ASCII blanks and ideographic spaces; returns the bytes written. */
static int squeeze_blanks(const char *text, int length, char *out, int room) {
    int n = 0;
    for (int i = 0; i < length && n < room - 1; i++)
        if (i + 2 < length && memcmp(text + i, "\xe3\x80\x80", 3) == 0)
            i += 2;
        else if (!strchr(" \t\r\n", text[i]))
            out[n++] = text[i];
    out[n] = '\0';
    return n;
}

int frame_begin_words(struct frame *frame) {
    if (frame->words_length > 0 && frame->words_length < FRAME_WORDS_SIZE - 1) {
        frame->words[frame->words_length++] = '\n';
        frame->words[frame->words_length] = '\0';
    }
    return frame->words_length;
}

void frame_add_code(struct frame *frame, const struct frame_code *code) {
    if (frame->code_count < FRAME_CODES_MAX)
        frame->codes[frame->code_count++] = *code;
}

void frame_add_mover(struct frame *frame, const struct frame_mover *mover) {
    if (frame->mover_count < FRAME_MOVERS_MAX)
        frame->movers[frame->mover_count++] = *mover;
}

void frame_add_words(struct frame *frame, const char *text, int length) {
    frame->words_length += squeeze_blanks(text, length, frame->words + frame->words_length,
                                          FRAME_WORDS_SIZE - frame->words_length);
}

bool frame_shows(const struct frame *frame, const char *text) {
    int length = (int)strlen(text);
    char *wanted = malloc((size_t)length + 1);
    if (!wanted)
        return false;
    squeeze_blanks(text, length, wanted, length + 1);
    bool found = strstr(frame->words, wanted) != NULL;
    free(wanted);
    return found;
}

const struct frame_touch *frame_at(const struct frame *frame, int x, int y) {
    for (int i = frame->touch_count - 1; i >= 0; i--)
        if (rect_holds(frame->touches[i].rect, x, y))
            return &frame->touches[i];
    return NULL;
}

static bool same_touch(struct touch a, struct touch b) {
    return a.kind == b.kind && a.n == b.n;
}

const struct frame_touch *frame_find(const struct frame *frame, struct touch touch) {
    for (int i = 0; i < frame->touch_count; i++)
        if (same_touch(frame->touches[i].touch, touch))
            return &frame->touches[i];
    return NULL;
}

int frame_count(const struct frame *frame, struct touch touch, int end) {
    int count = 0;
    for (int i = 0; i < end; i++)
        count += same_touch(frame->touches[i].touch, touch);
    return count;
}

const struct frame_touch *frame_chosen(const struct frame *frame, struct choice choice) {
    int nth = 0;
    for (int i = 0; i < frame->touch_count && choice.touch.kind != TOUCH_NONE; i++)
        if (same_touch(frame->touches[i].touch, choice.touch) && nth++ == choice.nth)
            return &frame->touches[i];
    return NULL;
}
